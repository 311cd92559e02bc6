"""The pictures of the documentation, made of a real program; --screenshots puts them there.

Without that they are made all the same, and thrown away: what they show must be there.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import sysconfig
from importlib.util import find_spec

import pytest

import entrepot
from entrepot.observe import report
from entrepot.observe.trace import file
from tests.conftest import clean_environment

#: What stands in the pictures for the places on the machine where they are made.
PLACES = {
    sysconfig.get_path("purelib"): "/srv/docs/.venv/lib/python3/site-packages",
    sysconfig.get_path("stdlib"): "/usr/lib/python3",
    os.path.dirname(os.path.dirname(entrepot.__file__)): "/srv/entrepot",
    sys.base_prefix: "/usr",
}
PROGRAM = ("-m", "sphinx", "--version")
WIDTH, HEIGHT = 100, 34  # of the terminal, in characters


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("docs")


@pytest.fixture(scope="module")
def traced(place):
    """The trace of a start of Sphinx, with bytecode."""
    if find_spec("sphinx") is None:
        pytest.skip("needs sphinx (dependency group `programs`)")
    words = ["trace", "--quiet", "--json", "trace.json", *PROGRAM]
    for _ in range(2):  # the first time writes the bytecode
        terminal(words, place)
    text = (place / "trace.json").read_text()
    return file.loads(text, "trace.json")


@pytest.fixture(scope="module")
def real(traced, place):
    """Its report, without the places on this machine."""
    path = place / "report.html"
    text = report.dumps(traced)
    for here, there in PLACES.items():
        text = text.replace(json.dumps(here)[1:-1], there)
    path.write_text(text.replace(json.dumps(str(place))[1:-1], "/srv/docs"), encoding="utf-8")
    return path


def save(browser, path):
    browser.settle()
    browser.driver.save_screenshot(str(path))
    assert path.stat().st_size > 10_000


#: Each picture: the view, the width and height of the window, whether it is dark.
PICTURES = {
    "report-overview": ("overview", 1280, 900, False),
    "report-icicle": ("icicle", 1280, 720, False),
    "report-waterfall": ("waterfall", 1280, 800, False),
    "report-modules": ("modules", 1280, 720, False),
    "report-savings": ("savings", 1280, 800, False),
    "report-cycles": ("cycles", 1280, 800, False),
    "report-dark": ("icicle", 1280, 720, True),
    "report-narrow": ("waterfall", 800, 900, False),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_view_of_a_real_program(chromium, real, images, name):
    view, width, height, dark = PICTURES[name]
    chromium.open(real, width, height)
    if dark:
        chromium.find("#theme").click()
    chromium.show(view)
    chromium.settle()
    prepare(chromium, view, width)
    save(chromium, images / f"{name}.png")
    assert chromium.errors() == []


def prepare(browser, view, width):
    """Bring a view to what its picture shows."""
    if view == "savings":
        browser.find("#view-savings .rows .row[data-at='2'] .name").click()
    if view == "waterfall" and width > 1000:
        browser.find("#view-waterfall .rows .row[data-at='8'] .name").click()
    if view == "icicle":
        browser.press("#icicle", "ARROW_DOWN", "ARROW_DOWN")


#: The commands whose output is shown, by the name of the picture.
COMMANDS = {
    "terminal-trace": ["trace", *PROGRAM],
    "terminal-why": ["why", "random"],
    "terminal-graph": ["graph", "--cycles", "trace.json"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_says(traced, place, images, name):
    console = pytest.importorskip("rich.console", reason="needs rich (extra `cli`)")
    text = pytest.importorskip("rich.text").Text
    if name == "terminal-why":
        place = place / "cards"
        place.mkdir()
        (place / "random.py").write_text("def shuffle(cards): ...\n")
    said = terminal(COMMANDS[name], place)
    for here, there in {**PLACES, str(place): "/srv/docs"}.items():
        said = said.replace(here, there)
    said = re.sub(r"[^\n]*\r(?=[^\n])", "", said)  # progress, which is wiped out
    lines = [f"$ entrepot {' '.join(COMMANDS[name])}", *said.rstrip().splitlines()]
    assert len(lines) > 5
    recorder = console.Console(record=True, width=WIDTH, file=io.StringIO(), soft_wrap=True)
    recorder.print(text.from_ansi("\n".join(lines)))
    svg = recorder.export_svg(title=f"entrepot {COMMANDS[name][0]}", unique_id=name)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # the reader's own fonts
    assert "https://cdn" not in svg
    (images / f"{name}.svg").write_text(svg, encoding="utf-8")


def terminal(words, cwd):
    """What a command says to a terminal; only one gets colours."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    import fcntl
    import struct
    import termios

    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "entrepot", *words],
        cwd=cwd,
        env=clean_environment(TERM="xterm-256color", COLUMNS=str(WIDTH)),
        stdin=subprocess.DEVNULL,
        stdout=child,
        stderr=child,
    )
    os.close(child)
    said = bytearray()
    try:
        while chunk := os.read(parent, 65536):
            said += chunk
    except OSError:
        pass  # the other end is closed: EIO on Linux
    os.close(parent)
    process.wait(60)
    return said.decode().replace("\r\n", "\n")
