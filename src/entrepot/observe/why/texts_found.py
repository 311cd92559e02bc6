"""What can be said of a name, and of a module that is found."""

from __future__ import annotations

from .severity import NOTE, PROBLEM, WARNING

#: code -> (severity, text, advice)
OF_FOUND: dict[str, tuple[str, str, str]] = {
    "not-an-identifier": (
        NOTE,
        "no import statement can say {name!r}: {why}",
        "import_module({name!r}) can; or rename the file to an identifier",
    ),
    "normalised-name": (
        NOTE,
        "an import statement turns {given!r} into {name!r} (PEP 3131), which is searched for here",
        "call the file {name}.py",
    ),
    "file-name": (
        PROBLEM,
        "{given!r} looks like the name of a file",
        "ask for the module: entrepot why {name}",
    ),
    "shadows-stdlib": (
        WARNING,
        "{path} hides the standard library's {name}: whoever imports {name} gets this file",
        "rename {path}; and if it was imported before, remove its pyc in __pycache__",
    ),
    "shadowed-by-interpreter": (
        WARNING,
        "{path} is never imported: {name} is a {kind}, which is found before the path is searched",
        "rename {path}",
    ),
    "hidden-by-stdlib": (
        WARNING,
        "{path}{of} is not imported: the standard library's {name} comes first",
        "uninstall it if it is a backport that this Python does not need; else rename it",
    ),
    "hidden-by-shared": (
        WARNING,
        "{path} is not imported: the system shares {name} with the process",
        "rename {path}, or make the system with a `shared` that has no {top}",
    ),
    "two-distributions": (
        WARNING,
        "two distributions have {name}: {first} is imported, {second} ({path}) is not",
        "uninstall the one that you do not want: {pip} uninstall {uninstall}",
    ),
    "two-owners": (
        WARNING,
        "{path} belongs to {owners}: the one installed last has overwritten the other's",
        "uninstall them all, then install the one that you want: {pip} uninstall {uninstall}",
    ),
    "hides": (
        WARNING,
        "{path}{of} is not imported: {winner} comes before it on the path",
        "remove or rename {winner} if you want the other one",
    ),
    "masks-finder": (
        WARNING,
        "{finder} has {name} from {path}, but is not asked: {winner} is found on the path before",
        "rename {winner}, or start from another directory",
    ),
    "portion-cut-off": (
        WARNING,
        (
            "the directory {path} adds nothing to {name}: {winner} makes {name} a regular package, "
            "which has one directory only"
        ),
        (
            "remove {winner} if {name} is meant to be a namespace package (PEP 420), from every "
            "directory of it; else move the modules there"
        ),
    ),
    "directory-without-init": (
        WARNING,
        (
            "{path} comes first on the path, but {winner} is imported: a directory without "
            "__init__.py gives way to what is found later"
        ),
        "add {path}/__init__.py if that is the package that you want",
    ),
    "same-directory": (
        WARNING,
        "{path} is not imported: {winner}, in the same directory, goes before it",
        "remove or rename one of the two",
    ),
    "namespace-empty": (
        WARNING,
        (
            "{name} is nothing but the directory {path}, which has no modules (a namespace "
            "package, PEP 420)"
        ),
        (
            "if an installed {name} was meant, it is not installed{provided}: install it; if not, "
            "rename or remove the directory"
        ),
    ),
    "init-gone": (
        WARNING,
        (
            "{dist} has installed {path}, which is gone: {name} is a namespace package now, "
            "without the package's code"
        ),
        "{pip} install --force-reinstall --no-deps {projects}",
    ),
    "misnamed-init": (
        WARNING,
        (
            "{path} is not taken for the package's __init__, so {name} is a namespace package, "
            "without its code"
        ),
        "rename it to __init__.py",
    ),
    "imported-from-elsewhere": (
        WARNING,
        "{name} was imported before, from {imported}; a search would find {path} now",
        "restart the program, or find out who changed sys.path or sys.modules in between",
    ),
    "already-imported": (
        NOTE,
        "{name} is in sys.modules: an import takes it from there, without a search",
        "reload it to have changes of its file: importlib.reload()",
    ),
    "made-by-parent": (
        NOTE,
        "{parent} puts {name} into sys.modules when it is executed: {path}, line {line}",
        "nothing: an import of {name} executes {parent} first",
    ),
    "program-itself": (
        WARNING,
        (
            "{path} is the program itself: importing {name} executes it a second time, in the "
            "place of the {name} that was meant"
        ),
        "rename the program",
    ),
    "program-changes-path": (
        NOTE,
        "{program}, line {line}, changes its path when it runs: {text}",
        "what that adds is not searched here; look from inside: entrepot.explain({name!r})",
    ),
    "path-at-run-time": (
        NOTE,
        (
            "{path}, line {line}, changes {what} when it is executed: modules may be found then "
            "that are not found here"
        ),
        "import it and look again in the running program: entrepot.explain({name!r})",
    ),
    "syntax-error": (
        PROBLEM,
        "{path}, line {line}, cannot be compiled: {error}",
        "correct it; or, if it is installed, install a release for Python {python}",
    ),
    "foreign-inside": (
        WARNING,
        "{path}{more} built for {built}; this is {here}: importing them fails",
        (
            "install {install} for this Python: {pip} install --force-reinstall --no-cache-dir "
            "{install}"
        ),
    ),
    "bytecode-stale": (
        NOTE,
        "the pyc of {name} is stale: {reason}",
        "nothing: the next import compiles it again{unkept}",
    ),
    "bytecode-damaged": (
        NOTE,
        "the pyc of {name} cannot be used: {reason}",
        "nothing: the next import compiles it again{unkept}",
    ),
    "bytecode-unchecked": (
        WARNING,
        (
            "the pyc {path} does not fit the source, and is used all the same, since it says not "
            "to check (PEP 552)"
        ),
        "compile again: {python} -m compileall -f --invalidation-mode unchecked-hash {source}",
    ),
    "bytecode-not-kept": (
        NOTE,
        "{name} is compiled at each start: no pyc is kept{why}",
        "{fix}",
    ),
}
