"""`entrepot run --explain`: the same traceback, and the explanation under it."""

from __future__ import annotations

import pytest

from entrepot.cli import programs
from tests.unit.cli.conftest import ENTREPOT

CIRCLE = {
    "app.py": "import shop.orders\n",
    "shop/__init__.py": "",
    "shop/orders.py": "from shop.customers import Customer\nclass Order:\n    of: Customer\n",
    "shop/customers.py": """\
        from shop.orders import Order
        class Customer:
            def order(self): return Order()
        """,
}


@pytest.fixture
def explained(files, outcome):
    """A function: the traceback without and what follows it with --explain, after a check."""

    def run(contents, *program, options=(), env=None):
        files(contents)
        plain = outcome(*program, prefix=(*ENTREPOT, *options), env=env)
        status, out, errors = outcome(*program, prefix=(*ENTREPOT, "--explain", *options), env=env)
        assert (status, out) == plain[:2]
        assert errors.startswith(plain[2]), errors
        return errors[len(plain[2]) :]

    return run


def test_a_circle(explained):
    text = explained(CIRCLE, "app.py")
    assert text.startswith("entrepot: a circular import\n  it is reached by\n    app.py:1 ")
    assert "shop/customers.py:1: move it into Customer.order()" in text.replace("\\", "/")


def test_a_module_that_is_not_found(explained):
    text = explained({"app.py": "import jsno\n"}, "app.py")
    assert text.startswith("entrepot: no module jsno\n")
    assert "import json" in text


def test_code_on_the_command_line(explained):
    text = explained(CIRCLE, "-c", "import shop.orders")
    # Since Python 3.13 the interpreter keeps the lines of the command.
    line = "import shop.orders" if programs.SHOWS_LINES else "(__main__ imports shop.orders)"
    assert f"    <string>:1  {line}\n" in text


def test_a_module(explained):
    assert "a circular import" in explained(CIRCLE, "-m", "app")


def test_options_of_the_interpreter(explained):
    assert "a circular import" in explained(CIRCLE, "app.py", options=("-X", "dev"))


def test_the_program_is_imported_again_by_its_name(explained):
    files = {
        "main.py": "from work import step\nLIMIT = 3\nstep()\n",
        "work.py": "from main import LIMIT\ndef step(): return LIMIT\n",
    }
    text = explained(files, "main.py")
    assert "main.py is the program, and loaded a second time as main" in text
    assert "move what other modules" in text


@pytest.mark.parametrize(
    "program",
    [
        "1/0",
        "raise SystemExit(3)",
        "raise SystemExit('bye')",
        "import os; os._exit(4)",
        "raise ImportError('by hand')",
        "raise ModuleNotFoundError('by hand')",
        "from os import nothing_x",
        "x = 1",
        "def f(: pass",
    ],
)
def test_nothing_else_is_explained(explained, program):
    assert explained({"app.py": program}, "app.py") == ""


def test_a_hook_of_the_program_is_called_first(explained):
    code = "import sys\nsys.excepthook = lambda *a: print('HOOK', file=sys.stderr)\nimport jsno\n"
    assert explained({"app.py": code}, "app.py").startswith("entrepot: no module jsno")


def test_trouble_with_the_explanation_hides_nothing(explained):
    code = """\
        def explain(name, system): raise SystemError("broken")
        import entrepot.observe.failure.missing as missing
        missing.explain = explain
        import sesame
        """
    text = explained({"app.py": code}, "app.py")
    assert text == ("entrepot: there is no explanation, for making it fails: SystemError: broken\n")


def test_modules_of_the_program_are_not_executed_for_it(explained):
    hidden = {f"{name}.py": "print('EXECUTED')\n" for name in ("ast", "difflib", "shlex")}
    text = explained({**hidden, "app.py": "import jsno\n"}, "app.py")
    assert "EXECUTED" not in text
    assert "import json" in text


def test_no_standard_error(files, outcome):
    files({"app.py": "import sys\nsys.stderr = None\nimport jsno\n"})
    assert outcome("app.py", prefix=(*ENTREPOT, "--explain"))[0] == 1


def test_an_encoding_without_the_marks(explained):
    text = explained(CIRCLE, "app.py", env={"PYTHONIOENCODING": "ascii"})
    assert "->" in text
    assert text.isascii()


def test_of_a_traced_program(files, outcome):
    files(CIRCLE)
    command = ("-m", "entrepot", "trace", "--quiet", "--explain")
    status, _, errors = outcome("app.py", prefix=command)
    assert status == 1
    assert errors.startswith("Traceback")
    assert "\nentrepot: a circular import\n" in errors


def test_verbose_too(files, outcome):
    files(CIRCLE)
    _, _, errors = outcome("app.py", prefix=(*ENTREPOT, "--verbose", "--explain"))
    assert "entrepot: a circular import" in errors
