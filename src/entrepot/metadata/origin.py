"""Where a distribution was installed from (PEP 610, direct_url.json), and if it is editable."""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .installed import Distribution

#: How installers write it, less white space. Within a string its quotation marks were escaped.
_USUAL = '"dir_info":{"editable":true}'


def origin_of(dist: Distribution) -> Any:
    """Return direct_url.json of *dist* with namespaces for objects; None without that file.

    Raises ValueError (json.JSONDecodeError) if it is not JSON.
    """
    text = dist.read_text("direct_url.json")
    if text is None:
        return None
    import json

    try:
        return json.loads(text, object_hook=lambda members: SimpleNamespace(**members))
    except RecursionError:
        raise ValueError(f"direct_url.json of {dist} is nested too deep") from None


def is_editable(dist: Distribution) -> bool:
    """Whether *dist* is imported from its source tree.

    Either direct_url.json says so (PEP 660), or it is the egg-info that `setup.py develop`
    leaves in a source tree. A damaged direct_url.json says nothing.
    """
    text = dist.read_text("direct_url.json")
    if text is None:
        return _is_development_egg(dist)
    compact = "".join(text.split())
    if '"editable"' not in compact:
        return False
    if _USUAL in compact and compact[0] == "{" and compact[-1] == "}":
        return True  # Each look at all packages asks this; `json` is dear to import.
    try:
        origin = origin_of(dist)
    except ValueError:
        return False
    return getattr(getattr(origin, "dir_info", None), "editable", False) is True


def _is_development_egg(dist: Distribution) -> bool:
    from .recorded import existence

    if not str(dist).endswith(".egg-info") or dist.read_text("SOURCES.txt") is None:
        return False
    installed = dist.read_text("installed-files.txt") or dist.read_text("RECORD")
    exists = existence(dist)
    return not installed and (exists("setup.py") or exists("pyproject.toml"))
