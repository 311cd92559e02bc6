"""How long a browser takes to open the report of a trace, and to answer in it.

    python benchmarks/report.py [--modules N] [--rounds N]

Needs what tests/browser needs: selenium, Chromium, chromedriver. There is no peer that shows the
same; the figures stand beside the promise: 2,400 modules are open within two seconds. Writes
benchmarks/out/report.json.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import pytest
from _harness import OUT, host

from entrepot.observe import report
from entrepot.observe.trace.file import from_json
from tests.browser.conftest import Browser, driver
from tests.made_traces import trace

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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--modules", type=int, default=2400)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    told = from_json(trace(options.modules))
    try:
        browser = Browser(driver())
    except pytest.skip.Exception as reason:
        print(f"not measured: {reason}")
        return
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "report.html")
        start = time.perf_counter()
        report.write(told, path)
        wrote, size = time.perf_counter() - start, path.stat().st_size
        rounds = [measure(browser, path) for _ in range(options.rounds)]
    browser.driver.quit()
    medians = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    print(f"The report of {len(told.imports):,} imports ({size / 1e6:.1f} MB): {host()}\n")
    print("| figure | median | promised | |\n|---|---:|---:|---|")
    print(f"| write the file | {wrote:.2f} s | - | |")
    for name, seconds in medians.items():
        promise = f"{PROMISED:.0f} s" if name == "open" else "-"
        verdict = "" if name != "open" else "ok" if seconds <= PROMISED else "OVER"
        print(f"| {name} | {seconds * 1e3:.0f} ms | {promise} | {verdict} |")
    OUT.mkdir(exist_ok=True)
    said = {"host": host(), "imports": len(told.imports), "bytes": size, "write": wrote, **medians}
    (OUT / "report.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
