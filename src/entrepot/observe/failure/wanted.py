"""What an exception says was wanted: a name, of a module that did not have it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

_Module: type[ModuleType] = type(__import__("sys"))

_CANNOT_IMPORT = "cannot import name "
_MODULE, _NO_ATTRIBUTE = "module ", " has no attribute "
_PARTIAL = "partially initialized module "
_SUBMODULE = "cannot access submodule "


class Wanted:
    """That *name* was wanted; *modules* could be what is under construction, likeliest first."""

    __slots__ = ("modules", "name")

    def __init__(self, name: str, modules: list[str]) -> None:
        self.name = name
        self.modules = modules


def wanted(error: BaseException) -> Wanted | None:
    """Return what *error* misses, or None if it is no error of that kind."""
    if isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        return _imported(error)
    if isinstance(error, AttributeError):
        return _attribute(error)
    return None


def _imported(error: ImportError) -> Wanted | None:
    text = str(error.msg)
    if not isinstance(error.name, str) or not text.startswith(_CANNOT_IMPORT):
        return None
    # Python 3.12 tells the name apart; before it stands in the text only.
    name = getattr(error, "name_from", None) or _quoted(text, _CANNOT_IMPORT)
    return Wanted(name, [error.name, f"{error.name}.{name}"]) if name else None


def _attribute(error: AttributeError) -> Wanted | None:
    text, owner = str(error), getattr(error, "obj", None)
    if isinstance(owner, _Module):
        module, name = str(owner.__name__), str(error.name)
    elif text.startswith((_PARTIAL, _MODULE)):  # An interpreter that does not tell the object.
        module = _quoted(text, _PARTIAL if text.startswith(_PARTIAL) else _MODULE)
        name = _quoted(text, text.partition(_NO_ATTRIBUTE)[0] + _NO_ATTRIBUTE)
    else:
        return None
    return Wanted(name, [module, f"{module}.{name}"]) if module and name else None


def _quoted(text: str, before: str) -> str:
    """Return what stands in quotes behind *before*; "" if nothing does."""
    rest = text[len(before) :] if text.startswith(before) else ""
    return rest[1:].partition(rest[0])[0] if rest[:1] in ("'", '"') else ""
