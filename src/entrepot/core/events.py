"""What the engine tells: each step of an import, to whoever observes.

An observer is a function of one `Event`. Without observers no event is made: each place that
tells first looks at `observers`, which is empty then. Verbose output, tracing and explaining
are nothing but observers.

The kinds, in the order of one import:

    import      a module that is not in `modules` is wanted            name
    search      a meta path finder is asked                            name, finder
    found       the search has ended with a spec                       name, spec
    missing     the search has ended without                           name
    listed      a directory was read                                   path, entries
    read        a file was read: source, or a pyc; its size in bytes   name, path, size
    stale       a pyc was not used, and why                            name, path, reason
    cached      a fresh pyc was used                                   name, path
    compiled    source was compiled                                    name, path
    written     a pyc was written                                      name, path
    unwritten   a pyc could not be written, and why                    name, path, reason
    create      a module object is made                                name, spec
    execute     the module's body is executed                          name, spec
    executed    it has ended                                           name, spec, module
    failed      it has raised                                          name, spec, error
    bound       a submodule was bound in its parent                    name, parent
    done        the import is over; what it has raised, or None        name, error

Only for a module that is in `modules`, but still under construction:

    repeat      it is wanted: in the same thread this closes a cycle   name
    waited      whoever wanted it goes on                              name
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Observer = Callable[["Event"], object]


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


class Events:
    """The observers of one import system.

    `observers` is replaced, never changed, so that telling needs no lock.
    """

    __slots__ = ("_of_kind", "_of_others", "_wanted", "observers")

    def __init__(self) -> None:
        self.observers: tuple[Observer, ...] = ()
        #: The kinds that an observer wants, if it does not want all.
        self._wanted: tuple[tuple[Observer, frozenset[str]], ...] = ()
        self._prepare()

    def subscribe(
        self, observer: Observer, kinds: Iterable[str] | None = None
    ) -> Callable[[], None]:
        """Call *observer* with each event from now on, or those of *kinds*.

        Returns what ends that.
        """
        if kinds is not None:
            self._wanted = (*self._wanted, (observer, frozenset(kinds)))
        self.observers = (*self.observers, observer)
        self._prepare()
        return lambda: self.unsubscribe(observer)

    def unsubscribe(self, observer: Observer) -> None:
        """Stop calling *observer*; nothing happens if it was not subscribed."""
        self._wanted = tuple(pair for pair in self._wanted if pair[0] is not observer)
        self.observers = tuple(each for each in self.observers if each is not observer)
        self._prepare()

    def _prepare(self) -> None:
        """Work out whom each kind of event is told: an event that nobody wants is not made."""
        wanted = self._wanted
        choosy = [observer for observer, _ in wanted]
        others = tuple(each for each in self.observers if not any(each is one for one in choosy))
        self._of_kind: dict[str, tuple[Observer, ...]] = {
            kind: (*others, *(observer for observer, those in wanted if kind in those))
            for kind in frozenset().union(*(those for _, those in wanted))
        }
        self._of_others = others

    def tell(self, kind: str, **details: Any) -> None:
        """Tell the observers; what one of them raises ends the import that is told about."""
        observers = self._of_kind.get(kind, self._of_others)
        if observers:
            event = Event(kind, details)
            for observer in observers:
                observer(event)


#: The observers of the process's own import system, and of loaders made without any system.
PROCESS = Events()
