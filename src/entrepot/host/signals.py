"""What a process does with signals, for a command that only waits for another one.

`signal` makes three enumerations when it is imported, which takes as long as importing some forty
small modules. What it wraps does not.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal as numbers
else:
    try:
        import _signal as numbers
    except ImportError:
        import signal as numbers

__all__ = ["numbers"]
