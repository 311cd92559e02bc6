"""Every finding, once: how grave it is, what it says, what is to be done.

docs/why.md explains them by their codes; tests/unit/observe/why has a situation for each.
"""

from __future__ import annotations

from .severity import NOTE, PROBLEM, WARNING
from .texts_found import OF_FOUND
from .texts_missing import OF_MISSING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["CATALOGUE", "NOTE", "PROBLEM", "WARNING", "Finding"]

#: code -> (severity, text, advice)
CATALOGUE = {**OF_FOUND, **OF_MISSING}


class Finding:
    """What was found out: a *code* of the catalogue, its *severity*, the *text*, the *advice*.

    *details* are the values that stand in the texts.
    """

    __slots__ = ("advice", "code", "details", "severity", "text")

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.severity, text, advice = CATALOGUE[code]
        self.details = details
        self.text = text.format(**details)
        self.advice = advice.format(**details)

    def __repr__(self) -> str:
        return f"<{self.severity} {self.code}: {self.text}>"
