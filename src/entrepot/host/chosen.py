"""Which host this is: decided here, once, when entrepot is loaded.

`cpython.py` where its modules are there, unless the environment variable ENTREPOT_HOST asks for
`portable`; on any other interpreter `portable.py`. A new host file gets its line here.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import cpython as interpreter
else:
    try:
        from . import cpython as interpreter
    except ImportError:  # Another interpreter: what every one has will do.
        from . import portable as interpreter

    _wanted = interpreter.environment("ENTREPOT_HOST") or interpreter.NAME
    if _wanted == "portable" != interpreter.NAME:
        from . import portable as interpreter
    if _wanted != interpreter.NAME:
        raise ImportError(f"ENTREPOT_HOST is {_wanted!r}; here it can be 'portable', or not set")

__all__ = ["interpreter"]
