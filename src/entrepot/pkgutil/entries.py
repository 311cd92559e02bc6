"""The finder of one path entry, as the path based finder makes and remembers it (PEP 302)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
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
