"""`entrepot conform`: hold an import system against what import must do."""

from __future__ import annotations

import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from ..conform import Case, Report
    from ..conform.runner import Outcome

SUMMARY = "hold an import system against what import must do"

_EPILOG = """\
MODULE is the name of a module that puts an import system of its own behind the import statement
when it is imported. The exit status is 0 if each case passed or the ledger explains why not,
1 if one failed, 2 if the question makes no sense."""


def main(argv: Sequence[str]) -> int:
    """Run the cases that *argv* asks for; returns the exit status."""
    from ..conform import CaseError, TargetError

    options = _parser().parse_args(argv)
    try:
        cases = _selected(options)
        report = None if options.list else _run(cases, options)
    except (TargetError, CaseError, LookupError) as problem:
        return _fail(str(problem.args[0]))
    except OSError as problem:
        return _fail(f"the cases cannot be run: {problem}")
    except KeyboardInterrupt:
        _fail("interrupted")
        return 128 + signal.SIGINT  # As shells have it.
    if report is None:
        return _list(cases)
    _print(report, as_json=options.json)
    return 0 if report.ok else 1


def _fail(problem: str) -> int:
    print(f"entrepot conform: {problem}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="entrepot conform", description=SUMMARY, epilog=_EPILOG, allow_abbrev=False
    )
    parser.add_argument(
        "--candidate",
        default="interpreter",
        metavar="NAME",
        help="interpreter (its own import system, the default), installed, isolated or portable "
        "(entrepot in each of these ways), or MODULE",
    )
    parser.add_argument(
        "--python",
        metavar="COMMAND",
        help="the interpreter to run the cases with (default: the one that runs entrepot)",
    )
    parser.add_argument("--section", metavar="TEXT", help="only cases of that section or area")
    parser.add_argument("--case", metavar="ID", help="only that case")
    parser.add_argument("--list", action="store_true", help="list the cases and run none")
    parser.add_argument("--json", action="store_true", help="JSON (docs/conformance.md)")
    parser.add_argument("--jobs", type=_count, metavar="N", help="processes at a time (cores)")
    parser.add_argument(
        "--timeout", type=_seconds, metavar="SECONDS", help="for each case (30)", default=30.0
    )
    return parser


def _count(text: str) -> int:
    return int(_checked(text, int, "a number from 1", 1))


def _seconds(text: str) -> float:
    return _checked(text, float, "a number of seconds above 0", 1e-9)


def _checked(text: str, kind: Callable[[str], float], what: str, least: float) -> float:
    """Return the number in *text*; argparse shows what an ArgumentTypeError says."""
    from argparse import ArgumentTypeError

    try:
        if least <= kind(text) < 1e6:
            return kind(text)
    except ValueError:
        pass
    raise ArgumentTypeError(f"takes {what}, not {text!r}")


def _selected(options: argparse.Namespace) -> list[Case]:
    from ..conform import read_cases

    cases = read_cases()
    if options.case is not None:
        cases = [each for each in cases if options.case in (each.id, each.id.partition("/")[2])]
        if not cases:
            raise LookupError(f"no case {options.case!r}")
    if options.section is not None:
        wanted = options.section.casefold()
        cases = [each for each in cases if wanted in f"{each.area}\n{each.source}".casefold()]
        if not cases:
            raise LookupError(f"no section {options.section!r}")
    return cases


def _list(cases: Sequence[Case]) -> int:
    from .table import show

    show(("id", "title", "source"), [(each.id, each.title, each.source) for each in cases])
    return 0


def _run(cases: Sequence[Case], options: argparse.Namespace) -> Report:
    from ..conform import Report, Target, read_ledger, run_cases

    # The first process asks for more than a case does.
    target = Target(options.candidate, options.python, patience=4 * options.timeout)
    ledger = read_ledger()
    with _Progress(len(cases), f"{target.description}, {target.candidate}") as progress:
        outcomes = run_cases(
            cases, target, jobs=options.jobs, limit=options.timeout, progress=progress.tell
        )
    return Report(target, outcomes, ledger)


class _Progress:
    """How many cases are done, on standard error: counted on a terminal, else a line."""

    def __init__(self, total: int, about: str) -> None:
        self._total = total
        self._about = about
        self._live = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        if not self._live:
            cases = "case" if self._total == 1 else "cases"
            print(f"{self._about}: {self._total} {cases}", file=sys.stderr)
        return self

    def tell(self, done: int) -> None:
        if self._live:
            text = f"\r{self._about}: {done} of {self._total} cases "
            print(text, end="", flush=True, file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        if self._live:
            print("\r\x1b[K", end="", flush=True, file=sys.stderr)


def _print(report: Report, *, as_json: bool) -> None:
    if as_json:
        import json

        print(json.dumps(report.as_json(), indent=2))
        return
    from .table import show

    rows = [(area, *map(_number, counts)) for area, *counts in report.rows()]
    totals = [sum(column) for column in list(zip(*report.rows(), strict=True))[1:]]
    show(
        ("section", "passed", "failed", "explained", "skipped"),
        [*rows, ("", *map(str, totals))],
    )
    for outcome in report.failed:
        _show_failure(outcome, report.why(outcome))
    for outcome in report.outdated:
        print(f"\n{outcome.case.id} passes: the ledger is outdated")


def _number(count: int) -> str:
    return str(count or "")


def _show_failure(outcome: Outcome, why: str | None) -> None:
    case = outcome.case
    print(f"\n{case.id}: {case.title}\n  {case.source}")
    for head, text in (("expected", case.expect), ("got", outcome.got)):
        print(f"  {head}:", *(f"    {line}" for line in text.splitlines()), sep="\n")
    print(f"  why: {why or 'not known'}")
