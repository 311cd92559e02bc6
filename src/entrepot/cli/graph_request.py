"""What the words after `entrepot graph` ask for."""

from __future__ import annotations

import os

from .request import UsageError, parse as parse_program

__all__ = ["FORMATS", "GraphRequest", "UsageError", "parse"]

FORMATS = ("text", "dot", "mermaid", "json", "svg", "html")
GROUPS = ("module", "package", "distribution")
#: The formats of files, by their suffixes.
_SUFFIXES = {
    ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid", ".json": "json",
    ".svg": "svg", ".html": "html", ".htm": "html", ".txt": "text",
}  # fmt: skip
#: How many words follow an option.
_OPTIONS = {
    "--format": 1, "-o": 1, "--output": 1, "--by": 1, "--only": 1, "--exclude": 1, "--limit": 1,
    "--path": 2, "--cycles": 0, "--all": 0, "--json": 0, "--no-source": 0, "--help": 0, "-h": 0,
}  # fmt: skip


class GraphRequest:
    """What is asked for: of a *trace* (a file) or a *program* (the words after `run`)."""

    __slots__ = (
        "by", "cycles", "every", "exclude", "format", "help", "limit", "only", "output", "path",
        "program", "sources", "trace",
    )  # fmt: skip

    def __init__(self) -> None:
        self.trace: str | None = None
        self.program: list[str] = []
        self.format = ""
        self.output: str | None = None
        self.by: str | None = None
        self.only: list[str] = []
        self.exclude: list[str] = []
        self.limit: int | None = None
        self.path: tuple[str, str] | None = None
        self.cycles = False
        self.every = False
        self.sources = True
        self.help = False


def parse(words: list[str]) -> GraphRequest:
    """Return what *words* ask for; UsageError when they make no sense."""
    request, rest = GraphRequest(), list(words)
    _take_options(request, rest)
    if not request.help:
        _take_rest(request, rest)
    if not request.help:
        _complete(request)
    return request


def _take_options(request: GraphRequest, rest: list[str]) -> None:
    """Take the options that *rest* begins with out of it."""
    while rest and not request.help:
        option, equals, value = rest[0].partition("=")
        if option not in _OPTIONS:
            break
        del rest[0]
        if equals:
            rest.insert(0, value)
        count = _OPTIONS[option]
        if len(rest) < count or (equals and not count):
            raise UsageError(f"{option} takes {('no value', 'a value', 'two values')[count]}")
        _take(request, option.lstrip("-"), rest[:count])
        del rest[:count]


def _take(request: GraphRequest, option: str, values: list[str]) -> None:
    """Take one option with its values."""
    if option in ("only", "exclude"):
        getattr(request, option).append(values[0])
    elif option in ("o", "output"):
        request.output = values[0]
    elif option == "path":
        request.path = (values[0], values[1])
    elif option == "limit":
        request.limit = _number(values[0])
    elif option == "by":
        request.by = _one_of("--by", values[0], GROUPS)
    elif option == "format":
        request.format = _one_of("--format", values[0], FORMATS)
    elif option == "json":
        request.format = "json"
    else:
        name = {"all": "every", "no-source": "sources", "h": "help"}.get(option, option)
        setattr(request, name, option != "no-source")


def _number(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise UsageError(f"--limit takes a number from 1, not {value!r}")
    return int(value)


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise UsageError(f"{option} takes one of {', '.join(known)}, not {value!r}")
    return value


def _take_rest(request: GraphRequest, rest: list[str]) -> None:
    """Take the trace or the program, whatever the words behind the options are."""
    if rest and rest[0].endswith(".json"):
        request.trace = rest.pop(0)
        _take_options(request, rest)  # Behind a program they are the program's.
        if rest and not request.help:
            raise UsageError(f"{rest[0]!r} is too much behind a trace")
        return
    if not rest:
        raise UsageError("of what: a trace (.json) or a program?")
    parse_program(rest)  # Raises UsageError.
    request.program = rest


def _complete(request: GraphRequest) -> None:
    """Find out the format, and refuse what does not go together."""
    if request.cycles and request.path:
        raise UsageError("--cycles and --path are two questions")
    if request.output == "-":
        request.output = None
    if not request.format and request.output:
        suffix = os.path.splitext(request.output)[1].lower()
        if suffix not in _SUFFIXES:
            known = ", ".join(_SUFFIXES)
            raise UsageError(f"no format has the suffix {suffix!r}; there are {known}, or --format")
        request.format = _SUFFIXES[suffix]
    request.format = request.format or "text"
