"""Why nothing was found: the module is in a place that is not on this path."""

from __future__ import annotations

import os
import sys

from ...metadata.names import normalize
from .advice import pip
from .catalogue import Finding
from .installs import installed, quoted_requirement
from .known_names import REQUIREMENTS, provided_by
from .owners import providing
from .view import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .walk import Stage

_SITES = ("site-packages", "dist-packages")
#: How many directories are looked at beside a prefix: somebody's home may hold thousands.
_MANY = 200
#: How many other environments are told of.
_ENOUGH = 3


def findings(view: View, stage: Stage) -> Iterator[Finding]:
    """Yield where else the top-level module of *stage* is."""
    if "." in stage.name:
        return
    here = list(_in_current_directory(view, stage.name))
    yield from here
    if not here:
        yield from _in_user_site(view, stage.name)
        yield from _in_environments(view, stage.name)


def on_path(view: View, directory: str) -> bool:
    """Whether *directory* is one of the path's."""
    wanted = _real(directory)
    entries = (view.directory(entry) for entry in view.path if isinstance(entry, str))
    return any(_real(entry) == wanted for entry in entries)


def module_in(directory: str, name: str) -> str | None:
    """Return the file of the module *name* in *directory*, for whichever interpreter, or None."""
    package = os.path.join(directory, name)
    for path in (os.path.join(package, "__init__.py"), f"{package}.py"):
        if os.path.isfile(path):
            return path
    try:
        names = os.listdir(directory)
    except OSError:
        return None
    found = [
        each for each in names if each.startswith(f"{name}.") and each.endswith((".so", ".pyd"))
    ]
    return os.path.join(directory, min(found)) if found else None


# --- Near the current directory


def _in_current_directory(view: View, name: str) -> Iterator[Finding]:
    cwd = view.directory("")
    path = module_in(cwd, name)
    if path is not None and not on_path(view, cwd) and not _is_around(view, cwd, name):
        why, fix = _why_not_current(view, cwd, name)
        yield Finding("in-current-directory", path=path, why=why, fix=fix)
    source = os.path.join(cwd, "src")
    path = module_in(source, name)
    project = next((each for each in _PROJECT if os.path.isfile(os.path.join(cwd, each))), None)
    if path is not None and project and not on_path(view, source):
        yield Finding("src-layout", path=path, pip=pip(), project=cwd)


def _is_around(view: View, cwd: str, name: str) -> bool:
    """Whether the program is itself in the package, of which `beside` tells."""
    package = os.path.join(cwd, name) + os.sep
    return view.importer is not None and view.importer.file.startswith(package)


_PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")


def _why_not_current(view: View, cwd: str, name: str) -> tuple[str, str]:
    if view.program is not None and not view.is_safe:
        why = ": for a script, its own directory is"
        return why, f"start it as a module (python -m), or put {cwd} in PYTHONPATH"
    if view.is_safe:
        why = ": -P, -I or PYTHONSAFEPATH keeps it off"
        return why, "leave that out, or install the project"
    return "", f"put {cwd} in PYTHONPATH, or install the project"


# --- The user's own site-packages


def _in_user_site(view: View, name: str) -> Iterator[Finding]:
    import site

    directory = site.getusersitepackages()
    # Where nobody is at home, as on WebAssembly, there is no such directory.
    path = module_in(directory, name) if directory else None
    if path is None or on_path(view, directory):
        return
    why, fix = _why_no_user_site()
    install = _install_as(view, directory, name)
    yield Finding("user-site", path=path, why=why, fix=fix, install=install, pip=pip())


def _why_no_user_site() -> tuple[str, str]:
    if sys.prefix != sys.base_prefix:
        return (
            "this is a virtual environment",
            "include-system-site-packages = true in pyvenv.cfg",
        )
    if sys.flags.no_user_site:
        return "-s, -I or PYTHONNOUSERSITE keeps it off", "leave that out"
    return "it was made after this program's start", "start it again"


# --- Other environments and interpreters


class Environment:
    """Another environment: its *site* directory, the *python* in it, and its *version*."""

    __slots__ = ("python", "site", "version")

    def __init__(self, site: str, prefix: str) -> None:
        self.site = site
        library = os.path.basename(os.path.dirname(site))
        self.version = library[6:] if library.startswith("python") else ""
        self.python = _python_of(prefix, self.version)


def _python_of(prefix: str, version: str) -> str | None:
    names = (
        f"bin/python{version}",
        "bin/python3",
        "bin/python",
        "Scripts/python.exe",
        "python.exe",
    )
    paths = (os.path.join(prefix, *name.split("/")) for name in names)
    return next(filter(os.path.exists, paths), None)


def _in_environments(view: View, name: str) -> Iterator[Finding]:
    seen: set[str] = set()
    found = 0
    for environment in environments(view):
        real = _real(environment.site)
        path = None if real in seen or on_path(view, real) else module_in(environment.site, name)
        seen.add(real)
        if path is not None:
            yield _elsewhere(view, environment, path, name)
            found += 1
        if found == _ENOUGH:
            return


def _elsewhere(view: View, environment: Environment, path: str, name: str) -> Finding:
    version = f", of Python {environment.version}" if environment.version else ""
    install = _install_as(view, environment.site, name)
    fix = f"install it here: {pip()} install {install}"
    if environment.python is not None:
        fix = f"start the program with {environment.python}, or {fix}"
    return Finding("elsewhere", path=path, version=version, fix=fix)


def _install_as(view: View, site: str, name: str) -> str:
    """Return what to install to have here what the directory *site* has as *name*."""
    other = View(view.system, path=[site], modules={}, fresh=True)
    here = installed(view)
    for owner, is_there in providing(other, name):
        if is_there:
            same = normalize(owner.name) in here
            newest = quoted_requirement(REQUIREMENTS.get(name, owner.name))
            return f"{owner.name}=={owner.version}" if same else newest
    return next(iter(provided_by(name)[1]), normalize(name).replace("_", "-"))


def environments(view: View) -> Iterator[Environment]:
    """Yield environments that are likely to be the one that was meant, likely ones first."""
    for prefix in _prefixes(view):
        for site in _sites(prefix):
            yield Environment(site, prefix)


def _prefixes(view: View) -> Iterator[str]:
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if os.environ.get(variable):
            yield os.environ[variable]
    yield from _beside(view.directory(""))
    if view.program is not None:
        yield from _beside(os.path.dirname(view.program))
    yield from dict.fromkeys(filter(None, (sys.prefix, sys.base_prefix, _user_base())))
    yield from _on_command_path()
    for prefix in dict.fromkeys((sys.prefix, sys.base_prefix)):
        yield from _children(os.path.dirname(prefix))


def _beside(directory: str) -> Iterator[str]:
    """Yield the virtual environments in *directory* and in those above it."""
    above = os.path.dirname(directory)
    levels = [directory, *([above, os.path.dirname(above)] if above != directory else [])]
    for level in dict.fromkeys(levels):
        for child in _children(level):
            if os.path.isfile(os.path.join(child, "pyvenv.cfg")):
                yield child


def _children(directory: str) -> list[str]:
    try:
        names = sorted(os.listdir(directory))[:_MANY]
    except OSError:
        return []
    return [os.path.join(directory, name) for name in names]


def _user_base() -> str:
    import site

    return site.getuserbase()


def _on_command_path() -> Iterator[str]:
    """Yield the prefixes of the interpreters that the shell finds."""
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        try:
            names = [name for name in os.listdir(directory) if _is_python(name)]
        except OSError:
            continue
        for name in sorted(names):
            yield os.path.dirname(os.path.dirname(_real(os.path.join(directory, name))))


def _real(path: str) -> str:
    """Return the path without links; as it is where a sandbox forbids to read one, as WASI does."""
    try:
        return os.path.realpath(path)
    except OSError:
        return os.path.abspath(path)


def _is_python(name: str) -> bool:
    bare = name.removesuffix(".exe")
    rest = bare.removeprefix("python").removeprefix("pypy")
    return rest != bare and all(part.isdigit() for part in rest.split(".") if rest)


def _sites(prefix: str) -> Iterator[str]:
    windows: Any = os.path.join(prefix, "Lib", _SITES[0])
    if sys.platform == "win32":
        yield windows
        return
    for library in ("lib", os.path.join("local", "lib")):
        for child in _children(os.path.join(prefix, library)):
            if os.path.basename(child).startswith(("python", "pypy")):
                yield from (os.path.join(child, site) for site in _SITES)
