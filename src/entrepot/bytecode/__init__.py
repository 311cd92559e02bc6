"""Bytecode files: where they are, what their header says, when they are used.

A source file's code is kept in a pyc: 16 bytes of header, then the marshalled code.

    fresh.py       most pycs: by time, and fresh
    header.py      the 16 bytes as a value, read and written              PEP 552
    location.py    `pkg/m.py` <-> `pkg/__pycache__/m.cpython-313.pyc`     PEP 3147, 488
    policy.py      every reason why a pyc is stale, as one decision table
    source.py      source bytes to text: coding cookie, BOM, newlines     PEP 263, 3120

The loaders (`loaders/source.py`) put them together: locate the pyc, read its header, ask the
policy, and either use the code or compile the source and write a new pyc.
"""

from __future__ import annotations

from ..core.spec import locate_bytecode_with
from .location import cached_path_of

locate_bytecode_with(cached_path_of)
