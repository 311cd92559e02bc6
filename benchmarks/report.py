"""How long a browser takes to open the report of a trace, and to answer in it.

    python benchmarks/report.py [--rounds N] [--modules N]

Needs what tests/browser needs: selenium, Chromium, chromedriver. There is no peer that shows the
same; the figures stand beside the promise: 2,400 modules are open within two seconds. Writes
benchmarks/out/report.json.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pytest

from benchmarks._harness import Fact, NotMeasured, readable, summary
from benchmarks._results import main
from entrepot.observe import report
from entrepot.observe.trace.file import from_json
from tests.browser.conftest import Browser, driver
from tests.made_traces import trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from benchmarks._harness import Figure

PROMISED = 2.0  # seconds, to open

#: From the start of the navigation until the page is on the screen (ms); null before that.
PAINTED = """
const [paint] = performance.getEntriesByName('first-contentful-paint');
const ready = Number(document.documentElement.dataset.ready);
return paint && ready ? Math.max(paint.startTime, ready) : null;
"""

#: What a click or a word takes until the browser has drawn what comes of it.
ANSWER = """
const done = arguments[arguments.length - 1];
const start = performance.now();
new Function(arguments[0])();
requestAnimationFrame(() => setTimeout(() => done((performance.now() - start) / 1000)));
"""
CLICK = "document.querySelector({!r}).click()"
ACTIONS = {
    "show the icicle": CLICK.format("#tab-icicle"),
    "show the waterfall": CLICK.format("#tab-waterfall"),
    "zoom the waterfall": CLICK.format("[aria-label='Zoom in']"),
    "show the modules": CLICK.format("#tab-modules"),
    "sort the modules": CLICK.format("#view-modules .head .own button"),
    "scroll the modules": "document.querySelector('#view-modules .grid').scrollTop += 20000",
    "filter the modules": (
        "const s = document.querySelector('#distribution'); s.value = 'numpy 2.1.3';"
        "s.dispatchEvent(new Event('change'))"
    ),
    "select a module": CLICK.format("#view-modules .rows .row .name"),
    "show what would help": CLICK.format("#tab-savings"),
}


def measure(browser: Browser, path: Path) -> dict[str, float]:
    """Open the report once and do everything; seconds for each."""
    browser.open(path)
    found = {"open": browser.until(PAINTED) / 1000}
    for name, script in ACTIONS.items():
        found[name] = browser.driver.execute_async_script(ANSWER, script)
    return found


def browser(folder: Path, options: argparse.Namespace) -> Iterator[Figure | Fact]:
    """The report of a made trace, in Chromium."""
    told = from_json(trace(options.modules))
    try:
        browser = Browser(driver())
    except pytest.skip.Exception as reason:
        raise NotMeasured(str(reason)) from None
    path = folder / "report.html"
    start = time.perf_counter()
    report.write(told, path)
    yield Fact("write the file", readable(time.perf_counter() - start))
    try:
        rounds = [measure(browser, path) for _ in range(options.rounds)]
    finally:
        browser.driver.quit()
    size = f"open the report of {options.modules:,} imports"
    promised = [(PROMISED, one.pop("open")) for one in rounds]
    yield summary(size, promised, 1.0, against="the promise")
    for name in rounds[0]:
        yield Fact(name, readable(statistics.median(each[name] for each in rounds)))


if __name__ == "__main__":
    main("The report of a trace", "report", (browser,), __doc__, ["modules"])
