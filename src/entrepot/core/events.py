"""What the engine tells: each step of an import, to whoever observes.

An observer is a function of one `observers.Event` (`Events.subscribe`), or, where each
microsecond counts, a function for each kind that takes its details (`Events.attach`). Verbose
output, tracing and explaining are nothing but observers. Without any no event is made: each place
that tells first looks whether there are `observers`, or at the attribute for its kind
(`on_found`, ...), which is None then.

The kinds, in the order of one import, and their details:

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

from . import observers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from .observers import Event

    Observer = Callable[["Event"], object]
    Handler = Callable[..., object]


#: The kinds that most imports tell, and their details: they have attributes of `Events`.
FREQUENT: dict[str, tuple[str, ...]] = {
    "import": ("name",),
    "search": ("name", "finder"),
    "found": ("name", "spec"),
    "missing": ("name",),
    "read": ("name", "path", "size"),
    "cached": ("name", "path"),
    "compiled": ("name", "path"),
    "create": ("name", "spec"),
    "execute": ("name", "spec"),
    "executed": ("name", "spec", "module"),
    "failed": ("name", "spec", "error"),
    "bound": ("name", "parent"),
    "done": ("name", "error"),
}


class Events:
    """The observers of one import system.

    `observers` is replaced, never changed, so that telling needs no lock.

    `on_found`, and so on for each of the `FREQUENT` kinds, is a function that is to be called with
    the details, in the order of the table; None if nobody wants to know.
    """

    __slots__ = (
        "handlers", "observers", "of_kind", "of_others", "on_bound", "on_cached", "on_compiled",
        "on_create", "on_done", "on_execute", "on_executed", "on_failed", "on_found",
        "on_import", "on_missing", "on_read", "on_search", "wanted",
    )  # fmt: skip
    frequent = FREQUENT
    if TYPE_CHECKING:
        on_bound: Handler | None
        on_cached: Handler | None
        on_compiled: Handler | None
        on_create: Handler | None
        on_done: Handler | None
        on_execute: Handler | None
        on_executed: Handler | None
        on_failed: Handler | None
        on_found: Handler | None
        on_import: Handler | None
        on_missing: Handler | None
        on_read: Handler | None
        on_search: Handler | None

    def __init__(self) -> None:
        #: Whatever observes: functions, and mappings that were attached.
        self.observers: tuple[Any, ...] = ()
        #: The kinds that an observer wants, if it does not want all.
        self.wanted: tuple[tuple[Observer, frozenset[str]], ...] = ()
        self.handlers: tuple[Mapping[str, Handler], ...] = ()
        #: Who is told of the kinds that not all observers want, and of the others.
        self.of_kind: dict[str, tuple[Observer, ...]] = {}
        self.of_others: tuple[Observer, ...] = ()
        for kind in FREQUENT:
            setattr(self, f"on_{kind}", None)

    def subscribe(
        self, observer: Observer, kinds: Iterable[str] | None = None
    ) -> Callable[[], None]:
        """Call *observer* with each event from now on, or those of *kinds*.

        Returns what ends that.
        """
        return observers.subscribe(self, observer, kinds)

    def attach(self, handlers: Mapping[str, Handler]) -> Callable[[], None]:
        """Call the handler of a kind with the details of each such event, from now on.

        By position or by name: a handler's parameters have the names that the table has, in its
        order. No `Event` is made for it. Returns what ends that.
        """
        return observers.attach(self, handlers)

    def unsubscribe(self, observer: Observer | Mapping[str, Handler]) -> None:
        """Stop calling *observer*; nothing happens if it was not subscribed or attached."""
        observers.unsubscribe(self, observer)

    def tell(self, kind: str, **details: Any) -> None:
        """Tell the observers; what one of them raises ends the import that is told about."""
        observers.tell(self, kind, details)


#: The observers of the process's own import system, and of loaders made without any system.
PROCESS = Events()
