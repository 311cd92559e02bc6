"""What can be said of a module that is not found."""

from __future__ import annotations

from .severity import PROBLEM, WARNING

#: code -> (severity, text, advice)
OF_MISSING: dict[str, tuple[str, str, str]] = {
    "blocked": (
        PROBLEM,
        "None stands in sys.modules for {name}, which forbids to import it",
        (
            "find who put it there (tests do, to act as if it were not installed); del "
            "sys.modules[{name!r}] allows it again"
        ),
    ),
    "finder-raised": (
        PROBLEM,
        "the finder {finder}{of} raises {error}, which ends the import",
        "{fix}",
    ),
    "parent-missing": (
        PROBLEM,
        "{parent} is not found, so nothing in it is",
        "see what is said of {parent}",
    ),
    "parent-not-package": (
        PROBLEM,
        "{parent} is a {kind}, not a package{where}",
        "import {parent} itself; or, if another {parent} was meant, see what hides it",
    ),
    "attribute-not-module": (
        PROBLEM,
        "{tail} is no module but is defined in {path}, line {line}",
        "from {parent} import {tail}",
    ),
    "parent-fails": (
        PROBLEM,
        "{parent} comes first, and cannot be compiled: {path}, line {line}: {error}",
        "correct it; or, if it is installed, install a release for Python {python}",
    ),
    "stale-cache": (
        PROBLEM,
        "{path} is there, but what is remembered of {directory} is older",
        "call importlib.invalidate_caches() after files were made in a running program",
    ),
    "not-in-package": (
        PROBLEM,
        "{parent} has no module {tail}{others}",
        "{fix}",
    ),
    "wrong-case": (
        PROBLEM,
        "{path} differs from {name} in upper and lower case, which counts (PEP 235)",
        "import {actual}, or rename the file",
    ),
    "unicode-form": (
        PROBLEM,
        "{path} looks like {name}, but is written with other characters (Unicode form {form})",
        "rename it to the composed form, NFC",
    ),
    "foreign-extension": (
        PROBLEM,
        "{path} was built for {built}; this is {here}",
        (
            "install {install} for this Python: {pip} install --force-reinstall --no-cache-dir "
            "{install}"
        ),
    ),
    "not-a-file": (
        PROBLEM,
        "{path} is {what}, not a file",
        "{fix}",
    ),
    "wrong-suffix": (
        PROBLEM,
        "{path} is not imported because of its suffix",
        "{fix}",
    ),
    "orphan-bytecode": (
        PROBLEM,
        "{path} is there, but its source is not: a pyc in __pycache__ is not imported without it",
        "restore {source}",
    ),
    "in-cut-off-portion": (
        PROBLEM,
        (
            "{path} is there, but {winner} makes {parent} a regular package, which has one "
            "directory only"
        ),
        (
            "remove {winner} if {parent} is meant to be a namespace package (PEP 420); or add "
            "__init__.py to the directory that you want and put it first on the path"
        ),
    ),
    "pth-nowhere": (
        PROBLEM,
        "{path} adds {target} to the path, which does not exist",
        "{fix}",
    ),
    "pth-not-read": (
        PROBLEM,
        (
            "{target} has {name}, and {path} names it, but .pth files are read in site directories "
            "only"
        ),
        "put {target} on the path itself (PYTHONPATH), or call site.addsitedir({directory!r})",
    ),
    "editable-nowhere": (
        PROBLEM,
        "{dist} is installed as editable from {target}, which does not exist",
        (
            "install it again from where its source is now: {pip} install -e DIRECTORY; or {pip} "
            "uninstall {project}"
        ),
    ),
    "files-gone": (
        PROBLEM,
        "{dist} has installed {name}, but its files are gone",
        "{pip} install --force-reinstall --no-deps {project}",
    ),
    "distribution-name": (
        PROBLEM,
        "{name} is the name of a distribution, {dist}; its modules are called {modules}",
        "import {first}",
    ),
    "not-installed": (
        PROBLEM,
        "{project} provides {name}, and is not installed{required}",
        "{pip} install {quoted}",
    ),
    "not-in-distribution": (
        PROBLEM,
        "{dist} is installed, but has no {name}",
        "{fix}",
    ),
    "beside-importer": (
        PROBLEM,
        "{path} is beside {importer}, but an import does not look there{why}",
        "{fix}",
    ),
    "inside-package": (
        PROBLEM,
        (
            "{importer} is itself in {name}, but {directory}, which has {name}, is not on the "
            "path: for a script, its own directory is"
        ),
        "{fix}",
    ),
    "in-current-directory": (
        PROBLEM,
        "{path} is in the current directory, which is not on the path{why}",
        "{fix}",
    ),
    "src-layout": (
        PROBLEM,
        "{path} is in a source tree that is not installed",
        "{pip} install -e {project}",
    ),
    "elsewhere": (
        PROBLEM,
        "{path} is in another environment{version}",
        "{fix}",
    ),
    "user-site": (
        PROBLEM,
        "{path} is in the user's site-packages, which is not on the path: {why}",
        "{pip} install {install}, or allow it: {fix}",
    ),
    "removed-from-stdlib": (
        PROBLEM,
        "{name} was removed from the standard library in Python {version}; this is {here}",
        "{fix}",
    ),
    "new-in-stdlib": (
        PROBLEM,
        "{name} is in the standard library since Python {version}; this is {here}",
        "{fix}",
    ),
    "python-2": (
        PROBLEM,
        "{name} is the name that Python 2 had for it",
        "import {fix}",
    ),
    "stdlib-missing": (
        PROBLEM,
        (
            "{name} belongs to the standard library, but this Python has been built or packaged "
            "without it"
        ),
        "{fix}",
    ),
    "entry-unusable": (
        WARNING,
        "the path entry {entry!r} {what}",
        "{fix}",
    ),
    "misspelt": (
        PROBLEM,
        "nothing is called {name}; there is {closest}",
        "import {first}",
    ),
    "unknown": (
        PROBLEM,
        "nothing called {name} is in any place that was looked into",
        (
            "check the name; if it comes with a distribution, find out which, and install it with "
            "{pip} install"
        ),
    ),
}
