"""What the words after `entrepot run` ask for.

Python's own rules: options first; then `-c CODE`, `-m NAME`, `-` or a path, which end them; all
that follows belongs to the program. Options of one letter may stand together (`-Bc pass`). Those
that are the interpreter's are collected: it takes them at its start only.
"""

from __future__ import annotations

from ..finders.path import PATH_CHECKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COMMAND, MODULE, PATH, STDIN = "-c", "-m", "path", "-"
#: What a path turns out to be: a directory or an archive with a `__main__`.
MAIN = "main"

#: Options of the interpreter: without an argument, with one, and with one as a word of its own.
_FLAGS, _WITH_ARGUMENT, _LONG = "bBdEiIOPqRsSuv", "WX", ("--check-hash-based-pycs",)


class UsageError(Exception):
    """The words ask for nothing that can be done; the text says why."""


class Request:
    """A program in one of four *form*s, its *arguments*, and how to run it.

    *interpreter* are the options that only a new start of the interpreter can honour, *own* those
    of the command with their arguments, if they have any.
    """

    __slots__ = (
        "arguments", "explain", "form", "help", "interpreter", "own", "path_check", "program",
        "verbose",
    )  # fmt: skip

    def __init__(self) -> None:
        self.form = ""
        self.program = ""
        self.arguments: list[str] = []
        self.interpreter: list[str] = []
        self.own: list[tuple[str, str | None]] = []
        self.verbose = False
        self.explain = False
        self.path_check: str | None = None
        self.help = False


def parse(words: Sequence[str], own: Mapping[str, bool] | None = None) -> Request:
    """Return what *words* ask for; UsageError when they make no sense.

    *own* are options of the command besides those of `run`, long ones: whether it has an
    argument, for each.
    """
    request, rest = Request(), list(words)
    while rest and not request.form and not request.help:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            request.form, request.program = (STDIN if word == "-" else PATH), word
        elif word.startswith("--"):
            _long(request, word, rest, own or {})
        else:
            _short(request, word, rest)
    request.arguments = rest
    if not request.form and not request.help:
        raise UsageError("what shall be run?")
    return request


def _long(request: Request, word: str, rest: list[str], own: Mapping[str, bool]) -> None:
    option, equals, value = word.partition("=")
    if option in own:
        if equals and not own[option]:
            raise UsageError(f"the {option} option takes no argument")
        argument = _argument(option, value, rest) if own[option] else None
        request.own.append((option, argument))
    elif word == "--verbose":
        request.verbose = True
    elif word == "--explain":
        request.explain = True
    elif word == "--help":
        request.help = True
    elif option == "--path-check":
        request.path_check = _choice(word, rest, PATH_CHECKS)
    elif option in _LONG:
        request.interpreter.append(word)
        if not equals:
            request.interpreter.append(_argument(word, "", rest))
    else:
        raise UsageError(f"unknown option {word}")


def _choice(word: str, rest: list[str], choices: Sequence[str]) -> str:
    """Return the argument of the long option in *word*, which is one of *choices*."""
    option, equals, value = word.partition("=")
    value = value if equals else _argument(option, "", rest)
    if value not in choices:
        raise UsageError(f"{option} is {' or '.join(choices)}, not {value!r}")
    return value


def _short(request: Request, word: str, rest: list[str]) -> None:
    """Take the options of one letter in *word*, one after the other."""
    for at, letter in enumerate(word[1:], 1):
        option, after = f"-{letter}", word[at + 1 :]
        if option in (COMMAND, MODULE):
            request.form, request.program = option, _argument(option, after, rest)
            return
        if letter in _WITH_ARGUMENT:
            request.interpreter += [option, _argument(option, after, rest)]
            return
        if letter in _FLAGS:
            request.interpreter.append(option)
        elif letter == "h":
            request.help = True
        else:
            raise UsageError(f"unknown option {option}")


def _argument(option: str, after: str, rest: list[str]) -> str:
    """Return the argument of *option*: what stands *after* it in its word, or the next word."""
    if after:
        return after
    if not rest:
        raise UsageError(f"argument expected for the {option} option")
    return rest.pop(0)
