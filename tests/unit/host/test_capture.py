"""`compile_program` gives what `compile()` gives, errors and warnings too."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import textwrap
import warnings
from pathlib import Path

import pytest

from entrepot.host import capture, compile_program

LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))

cpython_only = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="elsewhere it is compile() that compiles"
)


def flat(code):
    """All that can be seen of a code object, those inside of it included."""
    seen = [
        getattr(code, name)
        for name in sorted(dir(code))
        if name.startswith("co_") and not callable(getattr(code, name)) and name != "co_consts"
        if name != "co_lnotab"  # deprecated
    ]
    inner = [flat(each) if hasattr(each, "co_code") else each for each in code.co_consts]
    return [*seen, list(code.co_lines()), inner]


@pytest.mark.parametrize("path", LIBRARY[::7], ids=lambda path: path.stem)
def test_the_code_is_that_of_compile(path):
    source = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = compile(source, str(path), "exec", dont_inherit=True)
        assert flat(compile_program(source, str(path))) == flat(expected)


def start(tmp_path, text, *options):
    """Run the program *text* under python and under entrepot, each in a new process."""
    script = tmp_path / "script.py"
    script.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    for command in ([], ["-m", "entrepot", "run"]):
        done = subprocess.run(
            [sys.executable, *options, *command, str(script)],
            env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        yield done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "print('whole')",
        "",
        "# only a comment",
        '"""The docstring."""\nprint(__doc__)',
        "from __future__ import annotations\ndef f(x: y): ...\nprint(f.__annotations__)",
        "def f(x: int): ...\nprint(f.__annotations__)",
        "# -*- coding: latin-1 -*-\nprint(ascii('\xe9'))".encode("latin-1"),
        b"\xef\xbb\xbfprint('BOM')",
        "print('\\d' == '\\\\d')",
        "assert (1, 'always true')",
        "x = 1 is 1",
        "print(",
        "  indented",
        "return",
        "x: int = 1\nprint(__annotations__)" if sys.version_info < (3, 14) else "x: int = 1",
        "def f():\n    global a\n    raise ValueError(__file__)\nf()",
        "import sys\nprint(sys.getprofile(), sys._getframe().f_code.co_name)",
        "import warnings\nprint(warnings.filters)",
    ],
)
@pytest.mark.parametrize("options", [(), ("-W", "error"), ("-W", "ignore"), ("-O",)], ids=str)
def test_a_script_says_what_it_says_under_python(tmp_path, text, options):
    plain, ours = start(tmp_path, text, *options)
    assert ours == plain


@pytest.mark.parametrize(
    "text", [b"print(1)\0", b"print('\xff')", b"# coding: no-such\n"], ids=ascii
)
def test_a_script_that_cannot_be_decoded(tmp_path, text):
    # The interpreter's own reader of files words it otherwise than compile() does.
    plain, ours = start(tmp_path, text)
    if plain[0] == 0 and b"\0" in text:
        pytest.skip("this interpreter reads a script only up to its first null byte")
    assert ours[:2] == plain[:2] == (1, "")
    assert "Error: " in ours[2]


@cpython_only
def test_what_the_compiler_has_to_say_is_left_to_compile():
    assert capture._captured("x = (1 is 1)") is None
    assert capture._captured("x = (") is None
    assert capture._captured("x = 1").co_filename == "<string>"


def test_nothing_of_the_program_is_executed():
    before = list(warnings.filters)
    code = compile_program("import entrepot; entrepot.executed = True; 1 / 0", "name.py")
    assert code.co_filename == "name.py"
    assert not hasattr(sys.modules["entrepot"], "executed")
    assert (sys.getprofile(), warnings.filters) == (None, before)


def test_who_profiles_is_not_disturbed():
    seen = []

    def profile(frame, event, argument):
        seen.append(event)

    sys.setprofile(profile)
    try:
        compile_program("pass", "name.py")
        still = sys.getprofile()
    finally:
        sys.setprofile(None)
    assert still is profile
    assert seen
