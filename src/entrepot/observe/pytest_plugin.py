"""pytest's options `--import-trace[=N]` and `--import-trace-json FILE`.

pytest loads this module in each environment that has entrepot, so it imports nothing before one
of its options is used. `trace/pytest_report.py` does what they ask for.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: How many imports are reported if no number is given.
_NUMBER = 10


def pytest_addoption(parser: Any) -> None:
    """Add the options."""
    group = parser.getgroup("entrepot", "imports (entrepot)")
    group.addoption(
        "--import-trace", metavar="N", nargs="?", type=_number, const=_NUMBER, default=None,
        help=f"report the N (default: {_NUMBER}) slowest imports of the test run",
    )  # fmt: skip
    group.addoption(
        "--import-trace-json", metavar="FILE", default=None,
        help="write the trace of all imports of the test run to FILE",
    )  # fmt: skip


def _number(text: str) -> int:
    if text.isdecimal() and int(text):
        return int(text)
    from argparse import ArgumentTypeError

    raise ArgumentTypeError(f"{text!r} is no number of imports: write --import-trace={_NUMBER}")


def pytest_load_initial_conftests(early_config: Any) -> None:
    """Begin to trace before the first conftest is imported, if that is asked for."""
    options = early_config.known_args_namespace
    number = getattr(options, "import_trace", None)
    path = getattr(options, "import_trace_json", None)
    if number is not None or path is not None:
        from .trace.pytest_report import ImportTrace

        early_config.pluginmanager.register(ImportTrace(number, path), "entrepot_import_trace")
