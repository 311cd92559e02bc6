"""Entry points: names under which distributions offer objects (entry points specification)."""

from __future__ import annotations

from . import errors, kinship, sections

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from typing import Any

    from .installed import Distribution


class _Pattern:
    """The object reference as a regular expression, compiled if someone looks at it."""

    def __get__(self, instance: object, owner: type) -> re.Pattern[str]:
        import re

        module, attr = r"(?P<module>[\w.]+)\s*", r"(:\s*(?P<attr>[\w.]+)\s*)?"
        return re.compile(module + attr + r"((?P<extras>\[.*\])\s*)?$")


class _Base:
    """The base that `kinship` exchanges for the standard library's class."""


@kinship.of_stdlib
class EntryPoint(_Base):
    """A named object reference, `module:attr [extras]`, in a group.

    Immutable; equal and ordered by name, value and group. *dist* is the distribution that
    declares it, or None. `module`, `attr` and `extras` raise ValueError if *value* is not an
    object reference.
    """

    name: str
    value: str
    group: str
    dist: Distribution | None = None
    pattern = _Pattern()

    def __init__(self, name: str, value: str, group: str) -> None:
        state = self.__dict__
        state["name"], state["value"], state["group"] = name, value, group

    def load(self) -> Any:
        """Import the module, with the system that the distribution belongs to; return attr.

        Returns the module itself if there is no attr. Raises what importing raises, and
        AttributeError.
        """
        found: Any = self._system().import_module(self.module)
        for name in (self.attr or "").split("."):
            if name:
                found = getattr(found, name)
        return found

    def _system(self) -> Any:
        owner = self.__dict__.get("_owner") or getattr(self.dist, "_system", None)
        if owner is None:
            from .. import process

            return process
        return owner

    @property
    def module(self) -> str:
        """The module to import."""
        return self._reference[0]

    @property
    def attr(self) -> str | None:
        """The attribute of the module, with dots, or None."""
        return self._reference[1]

    @property
    def extras(self) -> list[str]:
        """The names of the extras that are needed."""
        return _words(self._reference[2])

    @property
    def _reference(self) -> tuple[str, str | None, str]:
        reference = parse_reference(self.value)
        if reference is None:
            raise ValueError(errors.BAD_REFERENCE, self.value)
        return reference

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_owner"}

    def matches(self, **params: Any) -> bool:
        """Whether each attribute that is named has the value that is given.

        Raises ValueError for *dist*, AttributeError for what entry points do not have.
        """
        if "dist" in params:
            raise ValueError(errors.MATCH_DIST)
        found: bool = all(getattr(self, name) == value for name, value in params.items())
        return found

    def _key(self) -> tuple[str, str, str]:
        return self.name, self.value, self.group

    def __lt__(self, other: Any) -> bool:
        smaller: bool = self._key() < other._key()
        return smaller

    def __eq__(self, other: object) -> bool:
        # The standard library's entry points have it too, and say that they are equal to ours.
        key = getattr(other, "_key", None)
        return key is not None and self._key() == key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(errors.IMMUTABLE.format("EntryPoint"))

    def __delattr__(self, name: str) -> None:
        raise AttributeError(errors.IMMUTABLE.format("EntryPoint"))

    def __repr__(self) -> str:
        return f"EntryPoint(name={self.name!r}, value={self.value!r}, group={self.group!r})"


class _Tuple(tuple):  # type: ignore[type-arg]
    """The base that `kinship` exchanges for the standard library's class."""

    __slots__ = ()


@kinship.of_stdlib
class EntryPoints(_Tuple):
    """An immutable sequence of entry points, from which some can be selected."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[EntryPoint]: ...

    def __getitem__(self, name: str) -> EntryPoint:  # type: ignore[override]
        """Return the first entry point called *name*. Raises KeyError."""
        for entry_point in self:
            if entry_point.name == name:
                return entry_point
        raise KeyError(name)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({tuple(self)!r})"

    def select(self, **params: Any) -> EntryPoints:
        """Return those that match: `select(group="console_scripts", name="pip")`."""
        return type(self)(each for each in self if each.matches(**params))

    @property
    def names(self) -> set[str]:
        """The names of all."""
        return {each.name for each in self}

    @property
    def groups(self) -> set[str]:
        """The groups of all."""
        return {each.group for each in self}


def declared_by(dist: Any, name: str, value: str, group: str, owner: Any = None) -> EntryPoint:
    """Return an entry point that *dist* declares, loaded by *owner* (None: by what found dist)."""
    entry_point = EntryPoint(name, value, group)
    state = vars(entry_point)
    state["dist"] = dist
    if owner is not None:
        state["_owner"] = owner
    return entry_point


def read(text: str, dist: Distribution) -> EntryPoints:
    """Return the entry points in the entry_points.txt of *dist*."""
    found = sections.pairs(text)
    return EntryPoints([declared_by(dist, name, value, group) for group, name, value in found])


def parse_reference(value: str) -> tuple[str, str | None, str] | None:
    """Return (module, attr or None, extras in brackets or "") of *value*, or None.

    `module [: attr] [[extras]]`, with white space before and after each but the module.
    """
    module, rest = _dotted(value)
    attr: str | None = None
    rest = rest.strip()
    if rest.startswith(":"):
        attr, rest = _dotted(rest[1:].lstrip())
        rest = rest.lstrip()
    if not module or attr == "":
        return None
    if rest and not (rest[0] == "[" and rest[-1] == "]" and "\n" not in rest and len(rest) > 1):
        return None
    return module, attr, rest


def _dotted(text: str) -> tuple[str, str]:
    """Split *text* after its leading word characters and dots."""
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] in "._"):
        end += 1
    return text[:end], text[end:]


def _words(text: str) -> list[str]:
    return "".join(each if each.isalnum() or each == "_" else " " for each in text).split()
