"""Those who observe imports: who is told what (see `events.py`)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from .events import Events, Handler, Observer


class Event:
    """One step of an import: its *kind* and its *details* (see the module's table)."""

    __slots__ = ("details", "kind")

    def __init__(self, kind: str, details: dict[str, Any]) -> None:
        self.kind = kind
        self.details = details

    def __getattr__(self, name: str) -> Any:
        try:
            return self.details[name]
        except KeyError:
            raise AttributeError(f"{self.kind!r} events have no {name!r}") from None

    def __repr__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"Event({self.kind!r}, {details})"


def subscribe(
    events: Events, observer: Observer, kinds: Iterable[str] | None
) -> Callable[[], None]:
    """Do what `Events.subscribe()` says."""
    if kinds is not None:
        events.wanted = (*events.wanted, (observer, frozenset(kinds)))
    events.observers = (*events.observers, observer)
    _prepare(events)
    return lambda: unsubscribe(events, observer)


def attach(events: Events, handlers: Mapping[str, Handler]) -> Callable[[], None]:
    """Do what `Events.attach()` says."""
    events.handlers = (*events.handlers, handlers)
    events.observers = (*events.observers, handlers)
    _prepare(events)
    return lambda: unsubscribe(events, handlers)


def unsubscribe(events: Events, observer: Observer | Mapping[str, Handler]) -> None:
    """Do what `Events.unsubscribe()` says."""
    events.wanted = tuple(pair for pair in events.wanted if pair[0] is not observer)
    events.handlers = tuple(each for each in events.handlers if each is not observer)
    events.observers = tuple(each for each in events.observers if each is not observer)
    _prepare(events)


def _prepare(events: Events) -> None:
    """Work out whom each kind of event is told: an event that nobody wants is not made."""
    wanted = events.wanted
    apart = [*(observer for observer, _ in wanted), *events.handlers]
    others = tuple(each for each in events.observers if not any(each is one for one in apart))
    events.of_kind = {
        kind: (*others, *(observer for observer, those in wanted if kind in those))
        for kind in frozenset().union(*(those for _, those in wanted))
    }
    events.of_others = others
    for kind, names in events.frequent.items():
        setattr(events, f"on_{kind}", _function(events, kind, names))


def _function(events: Events, kind: str, names: tuple[str, ...]) -> Handler | None:
    """Return the one function by which all who want to know of *kind* are told, or None."""
    if not events.observers:
        return None
    handlers = [each[kind] for each in events.handlers if kind in each]
    if events.of_kind.get(kind, events.of_others) or len(handlers) > 1:
        return lambda *details: events.tell(kind, **dict(zip(names, details, strict=True)))
    return handlers[0] if handlers else None


def tell(events: Events, kind: str, details: dict[str, Any]) -> None:
    """Do what `Events.tell()` says."""
    for handlers in events.handlers:
        if kind in handlers:
            handlers[kind](**details)
    observers = events.of_kind.get(kind, events.of_others)
    if observers:
        event = Event(kind, details)
        for observer in observers:
            observer(event)
