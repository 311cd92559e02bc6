"""importlib_metadata, with which entrepot.metadata is compared; None before Python 3.11.

The version that entrepot.metadata is to match, 10.2, needs 3.11, and older ones do other things.
"""

from __future__ import annotations

import sys

import pytest

if sys.version_info >= (3, 11):
    import importlib_metadata
else:
    importlib_metadata = None

needed = pytest.mark.skipif(
    importlib_metadata is None, reason="importlib_metadata 10.2 needs Python 3.11"
)
