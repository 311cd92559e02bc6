"""`entrepot image build | show | verify`: images of programs and environments."""

from __future__ import annotations

import sys

from . import fail, request as requests, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..image.collect import Found
    from ..importers.image import Image

SUMMARY = "make, show and verify images: the code of a program's modules in one file"

HELP = """\
usage: entrepot image build -o FILE [--from-trace TRACE] [PROGRAM [ARGUMENT ...]]
       entrepot image build -o FILE --env
       entrepot image show [--json] [--modules] FILE
       entrepot image verify [--json] [--trust checked|sealed] FILE

build makes an image of all that a program imports. The program is run for that, to its end or
until it is interrupted; PROGRAM is what it is for `entrepot run`. `entrepot run --image FILE
PROGRAM` then takes modules from the image. It serves the interpreter and the options -O and -OO
with which it was made: python -O -m entrepot image build ...

options of build:
  -o FILE             where to write the image
  --from-trace TRACE  what was imported in a run under `entrepot trace`; PROGRAM is not run, and
                      may be left out: it only says which script is kept too
  --env               all modules of this environment instead: the standard library's and those of
                      every directory on sys.path

show tells what is in an image, and says so if it cannot be used. verify reads all of it and
compares it with the files that it was made from; --trust sealed leaves these alone. The exit
status is 0, 1 for an image that cannot be used or is not up to date, 2 for a wrong call or when
the image cannot be written.
"""

SCHEMA = {"format": "entrepot-image-report", "version": 1}


class Options:
    """The words after `build`, `show` or `verify`, taken apart."""

    __slots__ = ("flags", "rest", "values")

    def __init__(self, words: Sequence[str], flags: set[str], valued: set[str]) -> None:
        self.flags: set[str] = set()
        self.values: dict[str, str] = {}
        self.rest = list(words)
        while (self.rest and self.rest[0].startswith("--")) or self.rest[:1] == ["-o"]:
            option, equals, value = self.rest.pop(0).partition("=")
            if option in flags and not equals:
                self.flags.add(option)
            elif option not in valued:
                raise requests.UsageError(f"unknown option {option}")
            elif equals or self.rest:
                self.values[option] = value if equals else self.rest.pop(0)
            else:
                raise requests.UsageError(f"argument expected for the {option} option")


def main(argv: Sequence[str]) -> int:
    """Carry out one of the three; returns the exit status."""
    name, words = (argv[0], argv[1:]) if argv else ("", [])
    if name in ("-h", "--help") or {"-h", "--help"}.intersection(words[:1]):
        print(HELP, end="")
        return 0
    if name not in ACTIONS:
        return fail(f"no action {name!r}" if name else "which action?", _usage())
    try:
        return ACTIONS[name](words)
    except requests.UsageError as problem:
        return fail(f"image {name}: {problem}", _usage())


def _usage() -> str:
    return HELP.partition("\n\n")[0]


# --- build


def build(words: Sequence[str]) -> int:
    """Write an image; returns the exit status."""
    from ..image import collect, layout

    options = Options(words, {"--env"}, {"-o", "--output", "--from-trace"})
    target = options.values.get("-o") or options.values.get("--output")
    if not target:
        raise requests.UsageError("where to? -o FILE says it")
    try:
        found, of = _collect(options)
        contents = layout.Contents(0 if "--env" in options.flags else layout.TOGETHER)
        contents.add_all(found, _progress)
        _add_script(contents, options)
        if not contents.modules and not contents.scripts:
            return fail(f"image build: {of!r} has imported nothing that an image can keep")
        size = layout.write(target, contents, {"of": of})
    except (collect.CollectError, layout.WriteError) as problem:
        return fail(f"image build: {problem}")
    count = sum(map(len, contents.modules.values()))
    print(f"{target}: {count} modules, {_size(size)}{_said_of(contents.left_out)}")
    return 0


def _collect(options: Options) -> tuple[list[Found], str]:
    """Return what is to be in the image, and what it is an image of, as a text."""
    from ..image import collect

    if "--env" in options.flags:
        if options.rest or "--from-trace" in options.values:
            raise requests.UsageError("--env is an image of all: no program, no trace")
        own = 0 if getattr(sys.flags, "safe_path", sys.flags.isolated) else 1
        return collect.of_environment(sys.path[own:]), f"the environment {sys.prefix}"
    if "--from-trace" in options.values:
        path = options.values["--from-trace"]
        return collect.of_trace(path), f"the trace {path}"
    if requests.parse(options.rest).interpreter:
        raise requests.UsageError("options of python go before: python OPTION ... -m entrepot")
    found, status = collect.of_program(f"{__package__}.image_child", options.rest)
    if status:
        how = f"exit status {status}" if status > 0 else f"signal {-status}"
        note = f"the program has ended with {how}; the image has what it imported till then"
        print(f"entrepot image build: {note}", file=sys.stderr)
    return found, " ".join(options.rest)


def _add_script(contents: Any, options: Options) -> None:
    """Keep the code of the script too, if the program is one: compiling it takes its time."""
    import os

    from ..image.records import LeftOut

    request = requests.parse(options.rest) if options.rest else None
    if request is None or request.form != requests.PATH or request.program.endswith(".pyc"):
        return
    path = os.path.abspath(request.program)
    if os.path.isfile(path):
        try:
            contents.add_script(path)
        except LeftOut:
            pass  # An archive, or what running it will tell.


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and of > 200 and (done % 50 == 0 or done == of):
        text = f"\r{done} of {of} modules" if done < of else f"\r{' ' * 40}\r"
        print(text, end="", flush=True, file=sys.stderr)


def _said_of(left_out: dict[str, str]) -> str:
    return f"; {len(left_out)} are left to the ordinary way" if left_out else ""


def _size(size: float) -> str:
    for unit in ("bytes", "KiB"):
        if size < 1024:
            return f"{size:.0f} {unit}"
        size /= 1024
    return f"{size:.1f} MiB"


# --- show and verify


def show(words: Sequence[str]) -> int:
    """Tell what is in an image; returns the exit status."""
    return _report(Options(words, {"--json", "--modules"}, set()), verifies=False)


def verify(words: Sequence[str]) -> int:
    """Read all of an image, compare it with the files; returns the exit status."""
    return _report(Options(words, {"--json"}, {"--trust"}), verifies=True)


def _report(options: Options, *, verifies: bool) -> int:
    from ..importers.image import Refused

    trust = options.values.get("--trust", "checked")
    if len(options.rest) != 1 or trust not in ("checked", "sealed"):
        raise requests.UsageError("one image, please; --trust is checked or sealed")
    path = options.rest[0]
    try:
        report = _examined(path, trust, verifies=verifies)
    except Refused as problem:
        report = {**SCHEMA, "path": path, "usable": False, "reason": str(problem)}
    if "--json" in options.flags:
        import json

        print(json.dumps(report, indent=2))
    elif not report["usable"]:
        print(f"entrepot: the image {path!r} cannot be used: {report['reason']}", file=sys.stderr)
    else:
        _print(report, verifies=verifies, all_modules="--modules" in options.flags)
    return 0 if report["usable"] and not report["problems"] else 1


def _examined(path: str, trust: str, *, verifies: bool) -> dict[str, Any]:
    """Return the report on the image *path*, the JSON of docs/images.md. Raises Refused."""
    import os

    from ..image import examine
    from ..importers.image import Image

    image: Image = Image(path, trust)
    look = examine.examined if verifies else examine.modules_of
    modules = [_described(each) for each in look(image)]
    about = image.about
    return {
        **SCHEMA,
        "path": path,
        "usable": True,
        "reason": None,
        "of": about["of"],
        "made": about["made"],
        "entrepot": about["entrepot"],
        "interpreter": image.identity,
        "bytes": os.path.getsize(path),
        "directories": len(image.pieces),
        "left_out": about["left_out"],
        "modules": modules,
        "problems": sum(1 for each in modules if each["problem"]),
    }


def _described(module: Any) -> dict[str, Any]:
    kind, path = module.record[:2]
    return {
        "name": module.name,
        "kind": kind,
        "file": path,
        "bytes": module.bytes,
        "problem": module.problem,
    }


def _print(report: dict[str, Any], *, verifies: bool, all_modules: bool) -> None:
    modules = report["modules"]
    if verifies:
        bad = [each for each in modules if each["problem"]]
        if bad:
            table.show(("module", "", "file"), [(m["name"], m["problem"], m["file"]) for m in bad])
        print(f"{report['path']}: {len(modules) - len(bad)} of {len(modules)} modules are right")
        return
    rows = [
        ("of", report["of"]),
        ("made", f"{report['made']} by entrepot {report['entrepot']}"),
        *report["interpreter"].items(),
        ("size", _size(report["bytes"])),
        ("directories", str(report["directories"])),
        ("modules", ", ".join(_counts(modules))),
        ("left out", str(len(report["left_out"]))),
    ]
    table.show(("", ""), rows)
    if all_modules:
        print()
        lines = [(m["name"], m["kind"], _size(m["bytes"]), m["file"]) for m in modules]
        lines += [(name, "left out", "", why) for name, why in report["left_out"].items()]
        table.show(("module", "kind", "code", "file"), lines)


def _counts(modules: list[dict[str, Any]]) -> list[str]:
    kinds = sorted({each["kind"] for each in modules})
    return [f"{sum(each['kind'] == kind for each in modules)} {kind}" for kind in kinds]


ACTIONS = {"build": build, "show": show, "verify": verify}
