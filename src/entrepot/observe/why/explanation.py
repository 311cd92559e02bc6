"""The explanation of one name: what was searched, what was found, what there is to say of it."""

from __future__ import annotations

from . import catalogue, found, missing, names, parents
from .catalogue import Finding
from .changes import changes
from .shelter import Shelter
from .walk import walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .describe import Module
    from .view import View
    from .walk import Stage


class Explanation:
    """Why an import of *name* gets what it gets; nothing has been executed for it.

    `found` tells if a module is found, `ok` if there is also no problem with it. `module`
    describes the module, None if there is none; `stages` has the search for each name on the way
    to it, `findings` all there is to say, problems first. `str()` is a text for people,
    `as_json()` one for programs; rich shows it in colours.
    """

    def __init__(self, given: str, name: str, view: View) -> None:
        self.given = given
        self.name = name
        self.view = view
        self.stages: list[Stage] = walk(view, name)
        self.made = parents.making(self.stages, name)
        self.findings: list[Finding] = sorted(self._findings(), key=_gravity)

    @property
    def last(self) -> Stage:
        """The stage where the search has ended."""
        return self.stages[-1]

    @property
    def found(self) -> bool:
        """Whether an import would find the module (or has already)."""
        is_found = self.last.name == self.name and self.last.module is not None
        return self.is_imported or is_found or self.made is not None

    @property
    def is_imported(self) -> bool:
        """Whether the module is there already."""
        return self.last.name == self.name and self.last.is_imported

    @property
    def ok(self) -> bool:
        """Whether the module is found and no problem is known."""
        return self.found and all(each.severity != catalogue.PROBLEM for each in self.findings)

    @property
    def module(self) -> Module | None:
        """What the search has found for the name, or None."""
        return self.last.module if self.found and self.made is None else None

    def codes(self) -> list[str]:
        """Return the codes of the findings."""
        return [each.code for each in self.findings]

    def _findings(self) -> list[Finding]:
        result = list(names.findings(self.given, self.name, found=self.found))
        for line, text in changes(self.view):
            details = {"program": self.view.program, "line": line, "text": text}
            result.append(Finding("program-changes-path", name=self.name, **details))
        if not self.found:
            return result + list(missing.findings(self.view, self.stages, self.name))
        for stage in self.stages if self.made else self.stages[:-1]:
            if not stage.is_imported:
                result += [each for each in found.findings(self.view, stage) if _is_grave(each)]
        if self.made is not None:
            return [*result, self.made]
        result += found.findings(self.view, self.last)
        return result + list(parents.changing(self.stages, self.name))

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as JSON has it; docs/why.md documents the schema."""
        from .jsonable import explanation

        return explanation(self)

    def __str__(self) -> str:
        with Shelter():
            from .layout import plain

            return plain(self)

    def __repr__(self) -> str:
        return f"<explanation of {self.name!r}: {', '.join(self.codes()) or 'all is well'}>"

    def __rich__(self) -> Any:
        with Shelter():
            from .layout import rich_text

            return rich_text(self)


def _gravity(finding: Finding) -> int:
    return (catalogue.PROBLEM, catalogue.WARNING, catalogue.NOTE).index(finding.severity)


def _is_grave(finding: Finding) -> bool:
    return finding.severity != catalogue.NOTE
