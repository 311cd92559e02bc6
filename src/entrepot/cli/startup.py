"""The files in site-packages by which each start of an interpreter goes through entrepot.

The interpreter's `site` looks into site-packages at each start:

- Until Python 3.14 it executes the lines of `.pth` files that begin with `import`.
- Since 3.15 that is deprecated, and `.start` files name functions to be called (PEP 829). What
  they name must be there, or each start complains: so a module of a few lines stands beside it.

Either way entrepot may be uninstalled, or damaged, without `disable`: nothing happens then. With
the environment variable ENTREPOT=0 nothing happens either. ENTREPOT_IMAGE names an image that is
used, ENTREPOT_TRUST how far it is trusted. Each file is written atomically, the
one that `site` looks for last, and removed first.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig

from .. import host
from ..bytecode.location import cache_from_source

_NAME = "entrepot_enable"
#: What is executed, with any error ignored: at this point nobody could do anything about it.
_BODY = """\
import os, sys
if os.environ.get("ENTREPOT") != "0":
    try:
        import entrepot
        entrepot.install()
        image = os.environ.get("ENTREPOT_IMAGE")
        if image and not sys.flags.ignore_environment:
            entrepot.use_image(image, os.environ.get("ENTREPOT_TRUST", "checked"))
    except Exception:
        pass
"""
_LINE = f"import os; exec({_BODY!r}, {{}})\n"
_MODULE = f'''\
"""Written by `entrepot enable`, removed by `entrepot disable`."""


def start():
{"".join(f"    {line}" for line in _BODY.splitlines(keepends=True))}'''

#: The files, in the order in which they are written.
FILES: dict[str, str] = (
    {f"{_NAME}.py": _MODULE, f"{_NAME}.start": f"{_NAME}:start\n"}
    if sys.version_info >= (3, 15)
    else {f"{_NAME}.pth": _LINE}
)


class StartupError(Exception):
    """The files cannot be written or removed; the text says why."""


def site_packages() -> str:
    """Return the directory for the files; StartupError if this interpreter has none.

    It is where pure Python packages of this environment are installed.
    """
    directory = sysconfig.get_path("purelib")
    if not os.path.isdir(directory):
        raise StartupError(f"there is no site-packages directory: {directory!r} does not exist")
    if sys.flags.no_site or directory in _looked_into():
        return directory
    raise StartupError(f"this interpreter does not look for startup files in {directory!r}")


def _looked_into() -> list[str]:
    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return [os.path.normpath(path) for path in (*site.getsitepackages(), *user)]


def enable(directory: str) -> bool:
    """Write the files to *directory*; returns whether anything had to be done.

    Raises StartupError when they cannot be written.
    """
    if is_enabled(directory):
        return False
    for name, text in FILES.items():
        try:
            host.DISK.write_atomic(os.path.join(directory, name), text.encode(), 0o644)
        except OSError as problem:
            raise StartupError(f"cannot write to {directory!r}: {problem.strerror}") from problem
    return True


def disable(directory: str) -> bool:
    """Remove the files, and the bytecode of the module, from *directory*; whether any was there.

    Raises StartupError when they cannot be removed.
    """
    paths = [os.path.join(directory, name) for name in reversed(FILES)]
    paths += [cache_from_source(path) for path in paths if path.endswith(".py")]
    return any([_remove(path) for path in paths])  # noqa: C419 - all of them


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    except OSError as problem:
        raise StartupError(f"cannot remove {path!r}: {problem.strerror}") from problem
    return True


def is_enabled(directory: str) -> bool:
    """Whether the files in *directory* are there, as this version of entrepot writes them."""
    return all(_content(os.path.join(directory, name)) == text for name, text in FILES.items())


def _content(path: str) -> str | None:
    try:
        return host.DISK.read(path).decode("utf-8", "replace")
    except OSError:
        return None
