"""Path hooks: asking them, and what ours share: one look at an entry, suffixes with loaders."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from os import stat_result
    from typing import Any

    from ..core.system import ImportSystem


def entry_finder(system: ImportSystem, entry: str) -> Any:
    """Return the finder that the path hooks of *system* have for *entry*; None if none has.

    It is taken from, or added to, `path_importer_cache`.
    """
    cache = system.path_importer_cache
    if entry in cache:
        return cache[entry]
    for hook in system.path_hooks:
        try:
            finder = hook(entry)
        except ImportError:
            continue
        return cache.setdefault(entry, finder)
    return None


def pairs(loader_details: Iterable[tuple[Any, Iterable[str]]]) -> list[tuple[str, Any]]:
    """Return each suffix with its loader."""
    return [(suffix, load) for load, suffixes in loader_details for suffix in suffixes]


class Details:
    """The details of one path hook: its finders share the pairs of suffix and loader.

    What is added to a list of suffixes is in the finders that are made from then on.
    """

    __slots__ = ("_details", "_lists", "_pairs", "_seen")

    def __init__(self, loader_details: tuple[tuple[Any, Iterable[str]], ...]) -> None:
        self._details = loader_details
        self._lists: list[Iterable[str]] | None = None
        #: What was in the lists when the pairs were made.
        self._seen: list[list[str]] = []
        self._pairs: list[tuple[str, Any]] = []

    def pairs(self) -> list[tuple[str, Any]]:
        """Return each suffix with its loader, in a new list."""
        lists = self._lists
        if lists is None or lists != self._seen:
            self._pairs = pairs(self._details)
            self._lists = [suffixes for _, suffixes in self._details]
            self._seen = [[*suffixes] for suffixes in self._lists]
        return self._pairs[:]


#: The attribute of a path hook that holds its code and its other form; see `offer`.
_FORM = "form_by_status"
_Function = type(pairs)


def offer(hook: Any, form: Callable[[str, stat_result | None], Any]) -> None:
    """Say that *form* does what the path *hook*, a function, does, for who knows more.

    It is called with the entry and its status on the real disk, None where there is nothing, and
    returns None instead of raising ImportError. So one look is enough for all hooks.
    """
    hook.__dict__[_FORM] = hook.__code__, form


def form_by_status(hook: Any) -> Callable[[str, stat_result | None], Any] | None:
    """Return what was offered for *hook*, or None."""
    if type(hook) is not _Function or _FORM not in hook.__dict__:
        return None
    code, form = hook.__dict__[_FORM]
    # Another function may have been given the attributes of a hook that it wraps.
    return form if hook.__code__ is code else None
