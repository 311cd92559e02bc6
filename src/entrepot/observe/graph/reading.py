"""Traces in whatever form they are given."""

from __future__ import annotations

from ..trace import file
from ..trace.model import Trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def document(trace: Any) -> Mapping[str, Any]:
    """Return *trace* as the document of a trace file: a `Trace`, a document, or a file's path.

    Raises BadTrace for what is no trace, OSError for a file that cannot be read.
    """
    if isinstance(trace, Trace):
        return file.as_json(trace)
    if isinstance(trace, dict):
        file.from_json(trace)  # Is it whole?
        return trace
    return file.as_json(file.read(trace))
