"""A real browser, headless: Chromium and its driver, as Debian's `chromium` and `chromium-driver`.

`pytest tests/browser --screenshots` also writes the pictures of the documentation.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil

import pytest

from entrepot.observe import report
from entrepot.observe.trace.file import from_json
from tests.made_traces import trace as made

IMAGES = pathlib.Path(__file__).parents[2] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # root, as in a container, may not have one
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
    "--font-render-hinting=none",
)


def pytest_addoption(parser):
    text = "write the pictures of the documentation to docs/images"
    parser.addoption("--screenshots", action="store_true", help=text)


def driver():
    """A browser; skips the test where there is none."""
    pytest.importorskip("selenium", reason="needs selenium (dependency group `browser`)")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    service = shutil.which("chromedriver")
    if not (browser and service):
        pytest.skip("needs Chromium and chromedriver (Debian: chromium, chromium-driver)")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options, webdriver.ChromeService(service))
    found.set_script_timeout(60)
    return found


class Browser:
    """One page at a time, and what a test wants to do with it."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, path, width=1280, height=900):
        """Show a report, in a window of that size; forget what was logged before."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        self.errors(), self.requests()
        self.driver.get(path.as_uri())
        self.until("return 'ready' in document.documentElement.dataset")
        return self

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def until(self, script, *arguments):
        """Wait until a script returns something true, which is returned."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 30).until(lambda _: self.run(script, *arguments))

    def settle(self):
        """Wait until what was asked for is drawn."""
        self.driver.execute_async_script(
            "const done = arguments[0]; setTimeout(() => requestAnimationFrame(() => done()), 350)"
        )

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def texts(self, selector):
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)"
        return self.run(script, selector)

    def text(self, selector):
        return self.texts(selector)[0].replace("\N{NO-BREAK SPACE}", " ")

    def show(self, view):
        self.find(f"#tab-{view}").click()
        self.until("return !document.getElementById(arguments[0]).hidden", f"view-{view}")

    def choose(self, selector, value):
        """Choose an option of a select."""
        from selenium.webdriver.support.ui import Select

        Select(self.find(selector)).select_by_value(value)

    def search(self, words):
        field = self.find("#query")
        self.run("arguments[0].select()", field)
        field.send_keys(words)
        self.settle()

    def press(self, selector, *keys):
        from selenium.webdriver import Keys

        self.run("document.querySelector(arguments[0]).focus()", selector)
        for key in keys:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, key, key))

    def errors(self):
        """What the console has had of warnings and errors since it was last asked."""
        return [each["message"] for each in self.driver.get_log("browser")]

    def requests(self):
        """The addresses asked for since it was last asked."""
        events = [
            json.loads(each["message"])["message"] for each in self.driver.get_log("performance")
        ]
        sent = [each["params"] for each in events if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent]


@pytest.fixture(scope="session")
def chromium():
    found = driver()
    yield Browser(found)
    found.quit()


@pytest.fixture(scope="session")
def data():
    """A trace of 2,400 imports."""
    return made(2400)


@pytest.fixture(scope="session")
def page(data, tmp_path_factory):
    """Its report."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    report.write(from_json(data), path)
    return path


@pytest.fixture
def opened(chromium, page):
    """The report in the browser, as it opens; nothing may have gone wrong by the end."""
    yield chromium.open(page)
    assert chromium.errors() == []
    assert [url for url in chromium.requests() if url.partition("#")[0] != page.as_uri()] == []


@pytest.fixture
def images(request, tmp_path):
    """The directory for pictures: that of the documentation if they are asked for."""
    if not request.config.getoption("--screenshots"):
        return tmp_path
    os.makedirs(IMAGES, exist_ok=True)
    return IMAGES
