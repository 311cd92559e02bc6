"""`entrepot image` and `entrepot run --image`, as a user calls them."""

from __future__ import annotations

import json
import os
import sys

import pytest

PROGRAM = """\
import sys
import helper
print("says", helper.WORD, sys.argv[1:])
"""


@pytest.fixture
def program(tmp_path):
    (tmp_path / "app.py").write_text(PROGRAM)
    (tmp_path / "helper.py").write_text("WORD = 'hello'\n")
    return tmp_path / "app.py"


@pytest.fixture
def entrepot(python):
    def run(*words, **options):
        return python("-m", "entrepot", *words, check=False, **options)

    return run


@pytest.fixture
def image(entrepot, program, tmp_path):
    path = tmp_path / "app.image"
    done = entrepot("image", "build", "-o", path, program, "--word")
    assert done.returncode == 0, done.stderr
    assert "says hello ['--word']" in done.stdout
    assert f"{path}: " in done.stdout
    return path


def report(entrepot, action, path, *options):
    done = entrepot("image", action, "--json", *options, path)
    return done.returncode, json.loads(done.stdout)


def test_a_program_and_its_image(entrepot, image, program):
    status, said = report(entrepot, "show", image)
    assert status == 0
    assert said["format"] == "entrepot-image-report"
    assert said["version"] == 1
    assert said["usable"]
    assert said["of"] == f"{program} --word"
    names = {each["name"]: each for each in said["modules"]}
    assert names["helper"]["file"] == str(program.parent / "helper.py")
    assert names["__main__"]["file"] == str(program)
    done = entrepot("run", "--image", image, "--verbose", program, "a")
    assert done.stdout == "says hello ['a']\n"
    assert f"# {image} is fresh" in done.stderr


def test_it_can_be_read(entrepot, image):
    done = entrepot("image", "show", "--modules", image)
    assert done.returncode == 0
    assert "helper" in done.stdout
    assert sys.implementation.name in done.stdout
    assert entrepot("image", "verify", image).stdout.endswith("modules are right\n")


def test_it_is_verified(entrepot, image, program):
    (program.parent / "helper.py").write_text("WORD = 'changed'\n")
    done = entrepot("image", "verify", image)
    assert done.returncode == 1
    assert "helper  changed  " in done.stdout
    status, said = report(entrepot, "verify", image)
    assert (status, said["problems"]) == (1, 1)
    assert entrepot("image", "verify", "--trust", "sealed", image).returncode == 0
    assert entrepot("run", "--image", image, program).stdout == "says changed []\n"
    sealed = entrepot("run", "--image", image, "--trust=sealed", program)
    assert sealed.stdout == "says hello []\n"


def test_a_changed_script_is_compiled(entrepot, image, program):
    program.write_text("print('changed')\n")
    assert entrepot("run", "--image", image, program).stdout == "changed\n"


def test_one_that_is_refused(entrepot, image, program):
    image.write_bytes(image.read_bytes()[:1000])
    done = entrepot("run", "--image", image, program)
    assert (done.returncode, done.stdout) == (0, "says hello []\n")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"entrepot run: the image {str(image)!r} is not used: 1000 of its ")
    assert line.endswith("build it again")
    for action in ("show", "verify"):
        done = entrepot("image", action, image)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        status, said = report(entrepot, action, image)
        assert (status, said["usable"]) == (1, False)
        assert "1000 of its" in said["reason"]


def test_each_level_of_optimization_needs_its_own(image, program, python):
    done = python("-O", "-m", "entrepot", "run", "--image", image, program)
    assert done.stdout == "says hello []\n"
    assert "(optimization is '0', here '1')" in done.stderr


def test_options_of_python_go_along(entrepot, image, program):
    done = entrepot("run", "--image", image, "--trust", "sealed", "-B", "--verbose", program)
    assert done.stdout == "says hello []\n"
    assert f"# {image} is fresh" in done.stderr


def test_from_a_trace(entrepot, program, tmp_path):
    trace = {
        "format": "entrepot-trace", "version": 1,
        "imports": [{"name": "helper", "origin": str(program.parent / "helper.py"),
                     "package": False, "loader": "entrepot.loaders.source.SourceFileLoader"}],
    }  # fmt: skip
    (tmp_path / "t.json").write_text(json.dumps(trace))
    path = tmp_path / "t.image"
    done = entrepot("image", "build", "-o", path, "--from-trace", tmp_path / "t.json", program)
    assert done.stdout.startswith(f"{path}: 1 modules")  # It was not run.
    _, said = report(entrepot, "show", path)
    assert {each["name"] for each in said["modules"]} == {"helper", "__main__"}


def test_a_program_that_fails(entrepot, program, tmp_path):
    program.write_text("import helper\nraise SystemExit(3)\n")
    path = tmp_path / "x.image"
    done = entrepot("image", "build", "-o", path, program)
    assert done.returncode == 0
    assert "ended with exit status 3; the image has what it imported" in done.stderr
    assert path.exists()


def test_modules_and_code(entrepot, program, tmp_path):
    for words in (["-m", "helper"], ["-c", "import helper"]):
        path = tmp_path / f"{words[0]}.image"
        done = entrepot(
            "image", "build", "-o", path, *words, env={"PYTHONPATH": str(program.parent)}
        )
        assert done.returncode == 0, done.stderr
        _, said = report(entrepot, "show", path)
        assert "helper" in {each["name"] for each in said["modules"]}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "which action?"),
        (["burn"], "no action 'burn'"),
        (["build", "app.py"], "where to? -o FILE says it"),
        (["build", "-o", "x.image"], "what shall be run?"),
        (["build", "-o"], "argument expected for the -o option"),
        (["build", "--loud", "-o", "x", "app.py"], "unknown option --loud"),
        (["build", "-o", "x.image", "--env", "app.py"], "--env is an image of all"),
        (["build", "-o", "x.image", "-O", "app.py"], "python OPTION ... -m entrepot"),
        (["build", "-o", "x.image", "none.py"], "has imported nothing"),
        (["build", "-o", "x.image", "--from-trace", "none.json"], "cannot read 'none.json'"),
        (["show"], "one image, please"),
        (["verify", "--trust", "blind", "x"], "--trust is checked or sealed"),
    ],
)
def test_wrong_calls(entrepot, tmp_path, words, reason):
    done = entrepot("image", *words)
    assert done.returncode == 2
    assert reason in done.stderr
    assert not (tmp_path / "cwd" / "x.image").exists()


def test_a_wrong_trust(entrepot, program):
    done = entrepot("run", "--trust", "blind", program)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--trust is checked or sealed, not 'blind'" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a directory that is read-only is POSIX's")
def test_where_it_cannot_be_written(entrepot, program):
    target = "/proc/x.image" if os.path.isdir("/proc") else "/x.image"
    done = entrepot("image", "build", "-o", target, program)
    assert done.returncode == 2
    assert done.stderr.startswith(f"entrepot: image build: cannot write '{target}': ")


def test_help(entrepot):
    for words in (["--help"], ["build", "--help"]):
        done = entrepot("image", *words)
        assert done.returncode == 0
        assert done.stdout.startswith("usage: entrepot image build -o FILE")
