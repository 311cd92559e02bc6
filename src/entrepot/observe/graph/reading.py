"""Traces in whatever form they are given."""

from __future__ import annotations

import os

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
    if not isinstance(trace, (str, os.PathLike)):
        raise TypeError(f"a trace, its document or its path is needed, not {type(trace).__name__}")
    return file.as_json(file.read(os.fspath(trace)))
