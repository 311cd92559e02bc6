"""The page: one document out of its parts, and what it is allowed to do."""

from __future__ import annotations

import base64
import hashlib
import json

from ...resources import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The scripts, in the order in which they run.
VENDORED = ("d3.min.js", "d3-flamegraph.min.js")
SCRIPTS = (
    "base.js", "format.js", "rows.js", "details.js", "overview.js", "icicle.js", "waterfall.js",
    "modules.js", "savings.js", "cycles.js", "main.js",
)  # fmt: skip

#: What JSON allows to stand as it is, and HTML, or JavaScript of old, does not.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&"}


def document(data: dict[str, Any]) -> str:
    """Return the page that shows *data*, the same for the same data."""
    scripts = [_vendored(name) for name in VENDORED] + [_own_script()]
    parts = {
        "policy": _policy(scripts),
        "title": escaped(data["title"]),
        "style": _asset("style.css"),
        "data": embedded(data),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    page = _asset("page.html")
    for name, text in parts.items():
        before, after = page.split(f"<!--{name}-->")
        page = f"{before}{text}{after}"
    return page


def embedded(data: Any) -> str:
    """Return *data* as JSON that may stand in an element of HTML, whatever it contains."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def escaped(text: str) -> str:
    """Return *text* as HTML; half a surrogate pair is written as U+FFFD, for HTML has none."""
    from html import escape

    return escape(text.encode("utf-8", "replace").decode())


def _own_script() -> str:
    """Return the page's own scripts as one, each in a block of its own; they share `app`."""
    blocks = "".join(f"{{\n{_asset(name)}}}\n" for name in SCRIPTS)
    return f'"use strict";\nconst app = {{}};\n{blocks}'


def _vendored(name: str) -> str:
    return _text("vendor", name)


def _asset(name: str) -> str:
    return _text("assets", name)


def _text(folder: str, name: str) -> str:
    return str((files(__package__) / folder / name).read_text(encoding="utf-8"))


def _policy(scripts: list[str]) -> str:
    """Return the Content-Security-Policy: these scripts, styles of the page, nothing else."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {hashes}"


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
