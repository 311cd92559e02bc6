"""A trace as one HTML file: `entrepot trace --html FILE`, `report.write(trace, path)`.

The file needs nothing else: no network, no fonts, no server. It opens from a disk or an attachment.

1. `data` turns a trace into what the page shows: imports, sums, cycles, savings. All that is
   counted is counted here, in Python; the page sorts, filters and draws.
2. `page` puts it together: `assets/page.html`, the style, d3 and d3-flame-graph (`vendor/`, with
   their licences and hashes), the page's own scripts in `assets/`, and the data as JSON.

Names come from programs and may be anything. In the file every `<`, `>`, `&` and every character
beyond ASCII of the data is written as an escape of JSON, so that none can end the element that it
stands in; the scripts write text, never markup; and a Content-Security-Policy in the page forbids
every script but those whose hash it has, and every request.

The same trace gives the same file, to the byte.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from ..trace.model import Trace

__all__ = ["dumps", "write"]


def dumps(trace: Trace, *, sources: bool = True) -> str:
    """Return the report of *trace*, an HTML document.

    *sources* allows the sources of the traced modules to be read, for the imports that a trace
    does not hold; without them the savings are an upper bound, and cycles only those that
    were met.
    """
    from .data import page_data
    from .page import document

    return document(page_data(trace, sources=sources))


def write(trace: Trace, path: str | os.PathLike[str], *, sources: bool = True) -> None:
    """Write the report of *trace* to the file *path*; OSError where that cannot be done.

    The file is there as a whole or not at all; "-" is standard output. *sources* is that of
    `dumps`.
    """
    from os import fspath

    from ..trace import output

    output.write(fspath(path), dumps(trace, sources=sources))
