"""`entrepot trace --compare A.json B.json`: what has changed between two traces."""

from __future__ import annotations

import argparse
import json
import sys

from ..observe.trace.compare import Comparison, lines
from ..observe.trace.file import BadTrace, read
from ..observe.trace.output import STDOUT, check_writable, said, write
from . import fail, let_output_go

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from ..observe.trace.model import Trace

SUMMARY = "tell what has changed between two traces"


def main(words: list[str]) -> int:
    """Compare two traces; returns 0, 1 if importing has grown by too much, 2 for bad input."""
    options = _parser().parse_args(words)
    try:
        if options.json:
            check_writable(options.json)
        about = Comparison(_read(options.compare[0]), _read(options.compare[1]))
        if options.json:
            write(options.json, json.dumps(about.as_json(), indent=1) + "\n")
    except BadTrace as problem:
        return fail(str(problem))
    except BrokenPipeError:
        raise  # Nobody reads it.
    except OSError as problem:
        if options.json == STDOUT:
            let_output_go()
        return fail(said(problem))
    too_much = options.fail_above is not None and about.growth > options.fail_above
    if options.json != STDOUT and not options.quiet:
        for line in lines(about, None if options.all else 8):
            print(line)
    if too_much:
        grown, allowed = 100 * about.growth, 100 * options.fail_above
        print(
            f"entrepot: importing takes {grown:.1f} % longer; {allowed:g} % is allowed",
            file=sys.stderr,
        )
    return 1 if too_much else 0


def _read(path: str) -> Trace:
    try:
        return read(path)
    except OSError as error:
        raise BadTrace(f"cannot read {path}: {error.strerror}") from None


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in a line, as `entrepot trace` does without --compare."""

    def error(self, message: str) -> NoReturn:
        self.exit(fail(f"{message} (entrepot trace --help tells more)"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="entrepot trace", description=SUMMARY, allow_abbrev=False)
    parser.add_argument(
        "--compare", nargs=2, metavar=("A.json", "B.json"), required=True,
        help="trace files, the earlier one first",
    )  # fmt: skip
    parser.add_argument(
        "--fail-above", metavar="PERCENT", type=_share,
        help="exit status 1 if all imports together take this much longer, as in 10%%",
    )  # fmt: skip
    parser.add_argument("--json", metavar="FILE", help="write it as JSON (docs/trace.md)")
    parser.add_argument("--all", action="store_true", help="all modules, not only the first ones")
    parser.add_argument("--quiet", action="store_true", help="show nothing")
    return parser


def _share(text: str) -> float:
    """Return the share that *text* means: `10%` and `10` are 0.1."""
    number = text.strip().removesuffix("%").strip()
    try:
        percent = float(number)
    except ValueError:
        percent = float("nan")
    if not 0 <= percent < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no percentage, such as 10%")
    return percent / 100
