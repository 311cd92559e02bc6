"""The report in a real browser, with 2,400 modules: every view shows, finds, sorts and zooms."""

from __future__ import annotations

import pytest

from entrepot.observe import report
from entrepot.observe.graph import graph
from entrepot.observe.savings import savings
from entrepot.observe.trace.file import from_json
from entrepot.observe.trace.model import PHASES

VIEWS = ("overview", "icicle", "waterfall", "modules", "savings", "cycles")


@pytest.fixture(scope="module")
def imports(data):
    return data["imports"]


def total(record):
    return record["end"] - record["start"]


def own(record):
    return sum(record["phases"].values())


def names(browser, view, first=10):
    """The names in the first rows of a table, as they stand."""
    rows = f"#view-{view} .rows .row"
    script = """
        return [...document.querySelectorAll(arguments[0])]
          .sort((a, b) => a.dataset.at - b.dataset.at)
          .slice(0, arguments[1])
          .map((row) => (row.querySelector(".name .file > span") || row.querySelector(".name")))
          .map((cell) => cell.textContent.toWellFormed())"""
    return browser.run(script, rows, first)


def count(browser, view):
    rows = browser.find(f"#view-{view} .grid").get_attribute("aria-rowcount")
    return int(rows) - 1


def greatest(imports, key, first=10):
    ordered = sorted(enumerate(imports), key=lambda each: (-key(each[1]), each[0]))
    return [record["name"] for _, record in ordered[:first]]


def test_it_opens_with_the_sums(opened, data, imports):
    assert opened.driver.title == "Imports of app.py --serve"
    assert opened.text("#program") == "app.py --serve"
    loaded = sum(record["outcome"] == "loaded" for record in imports)
    tiles = dict(zip(opened.texts("#tiles dt"), opened.texts("#tiles dd"), strict=True))
    assert tiles["modules"] == f"{loaded:,}"
    assert tiles["not loaded"] == str(len(imports) - loaded)
    assert tiles["wall time"] == f"{data['wall_ns'] / 1e9:.2f}\N{NO-BREAK SPACE}s"
    assert int(tiles["cycles"]) == len(graph(data).cycles(100)) > 0


def test_the_views_are_tabs_for_the_mouse_and_the_keyboard(opened):
    for view in VIEWS:
        opened.show(view)
        assert [
            each.get_attribute("id") for each in opened.all("main > section:not([hidden])")
        ] == [f"view-{view}"]
        assert opened.find(f"#tab-{view}").get_attribute("aria-selected") == "true"
    opened.show("overview")
    for view in [*VIEWS[1:], VIEWS[0]]:
        opened.press("#tabs [aria-selected=true]", "ARROW_RIGHT")
        assert opened.find(f"#view-{view}").is_displayed()
        assert opened.driver.switch_to.active_element.get_attribute("id") == f"tab-{view}"


def test_the_address_tells_the_view(chromium, page):
    chromium.open(page)
    chromium.show("modules")
    assert chromium.driver.current_url.endswith("#modules")
    chromium.driver.refresh()
    chromium.until("return 'ready' in document.documentElement.dataset")
    assert chromium.find("#view-modules").is_displayed()


def test_the_overview_has_the_totals(opened, imports):
    phases = dict(zip(opened.texts("[aria-label=Phases] th"), PHASES, strict=True))
    assert list(phases) == list(PHASES)
    sums = {}
    for record in imports:
        name = record["distribution"] or "(not found)"
        sums[name] = sums.get(name, 0) + own(record)
    ordered = sorted(sums, key=lambda name: -sums[name])
    assert opened.texts("[aria-label=Distributions] th") == ordered
    assert f"{sums['stdlib'] / 1e6:.0f}" in opened.texts("[aria-label=Distributions] .numeric")[0]


def test_search_and_filters_reach_every_view(opened, imports):
    def wanted(*words):
        texts = (f"{r['name']} {r['distribution']}".lower() for r in imports)
        return sum(all(word in text for word in words) for text in texts)

    opened.show("modules")
    assert count(opened, "modules") == len(imports)
    opened.press("body", "/")
    assert opened.driver.switch_to.active_element.get_attribute("id") == "query"
    opened.search("pydantic.")
    found = count(opened, "modules")
    assert wanted("pydantic.") <= found < len(imports)
    assert opened.text("#matching").startswith(f"{found:,} of {len(imports):,}")
    opened.show("waterfall")
    assert count(opened, "waterfall") == found
    opened.show("modules")
    opened.search("no such thing")
    assert opened.texts("#view-modules .rows .none") == ["Nothing here matches."]
    opened.run("document.getElementById('query').value = ''")
    opened.choose("#distribution", "numpy 2.1.3")
    opened.choose("#outcome", "failed")
    opened.run("document.getElementById('outcome').dispatchEvent(new Event('change'))")
    chosen = [r for r in imports if r["distribution"] == "numpy 2.1.3" and r["outcome"] == "failed"]
    assert count(opened, "modules") == len(chosen)


KEYS = {"total": total, "own": own, "bytes": lambda record: record["bytes"]}
KEYS |= {phase: lambda record, phase=phase: record["phases"][phase] for phase in PHASES}


def test_the_modules_are_sorted_by_each_figure(opened, imports):
    opened.show("modules")
    click = "document.querySelector(arguments[0] + ' button').click()"
    for key, value in KEYS.items():
        head = f"#view-modules .head .{key}"
        if key != "total":  # by which they are sorted at first
            opened.run(click, head)
        assert opened.find(head).get_attribute("aria-sort") == "descending"
        assert names(opened, "modules") == greatest(imports, value)
        opened.run(click, head)
        assert opened.find(head).get_attribute("aria-sort") == "ascending"
        assert names(opened, "modules") == greatest(imports, lambda each, value=value: -value(each))


def test_the_modules_are_sorted_by_name_and_importer(opened, imports):
    opened.show("modules")
    opened.find("#view-modules .head .name button").click()
    assert names(opened, "modules", 3) == sorted({r["name"] for r in imports})[:3]
    opened.run("document.querySelector('#view-modules .head .asked button').click()")
    first = opened.text("#view-modules .rows .row .asked")
    assert ":" in first


def test_any_row_is_reached_by_scrolling_and_by_keys(opened, imports):
    opened.show("modules")
    assert len(opened.all("#view-modules .rows .row")) < 100
    opened.run(
        "const g = document.querySelector('#view-modules .grid'); g.scrollTop = g.scrollHeight"
    )
    opened.settle()
    last = greatest(imports, total, len(imports))[-1]
    rows = opened.all("#view-modules .rows .row")
    assert max(int(row.get_attribute("data-at")) for row in rows) == len(imports) - 1
    opened.press("#view-modules .grid", "HOME", "ARROW_DOWN")
    assert opened.text("#details h2 code") == greatest(imports, total)[1]
    opened.press("#view-modules .grid", "END")
    assert opened.text("#details h2 code") == last
    active = opened.find("#view-modules .grid").get_attribute("aria-activedescendant")
    assert opened.find(f"#{active}").get_attribute("aria-selected") == "true"


def test_the_details_of_a_module(opened, imports):
    opened.show("modules")
    opened.find("#view-modules .rows .row[data-at='1'] .name").click()
    name = greatest(imports, total)[1]
    (record,) = [each for each in imports if each["name"] == name]
    assert opened.text("#details h2 code") == name
    place = opened.find("#details .chain .site").get_attribute("title")
    asked = record["importer"]
    assert place.startswith(f"{asked['file']}:{asked['line']}")
    facts = opened.text("#details .facts")
    assert record["origin"] in facts
    assert record["distribution"] in facts
    opened.find("#details .chain li:nth-child(2) button").click()
    assert opened.text("#details h2 code") == asked["module"]
    opened.find("#details .close").click()
    assert not opened.find("#details").is_displayed()


def test_the_waterfall_is_sorted(opened, imports):
    opened.show("waterfall")
    assert names(opened, "waterfall") == [record["name"] for record in imports[:10]]
    opened.choose("#view-waterfall select", "total")
    assert names(opened, "waterfall") == greatest(imports, total)
    opened.choose("#view-waterfall select", "own")
    assert names(opened, "waterfall") == greatest(imports, own)


def extent(browser):
    grid = browser.find("#view-waterfall .grid")
    return int(grid.get_attribute("data-from")), int(grid.get_attribute("data-to"))


def test_the_waterfall_is_zoomed(opened, data, imports):
    opened.show("waterfall")
    whole = extent(opened)
    assert whole == (0, data["wall_ns"])
    opened.find("[aria-label='Zoom in']").click()
    opened.settle()
    near = extent(opened)
    assert near[1] - near[0] == pytest.approx(data["wall_ns"] / 2, rel=0.01)
    opened.press("#view-waterfall .grid", "ARROW_RIGHT")
    opened.settle()
    assert extent(opened)[0] > near[0]
    opened.press("#view-waterfall .grid", "0")
    opened.settle()
    assert extent(opened) == whole


def test_the_waterfall_zooms_on_an_import(opened, imports):
    opened.show("waterfall")
    from selenium.webdriver import ActionChains

    ActionChains(opened.driver).double_click(
        opened.find("#view-waterfall .rows .row[data-at='4'] .name")
    ).perform()
    opened.settle()
    start, end = extent(opened)
    record = imports[4]
    assert start <= record["start"] < record["end"] <= end
    assert total(record) / (end - start) == pytest.approx(0.9, rel=0.02)
    assert opened.text("#details h2 code") == record["name"]


def test_the_waterfall_by_wheel_and_drag(opened, data):
    opened.show("waterfall")
    script = """
        const lane = document.querySelector('#view-waterfall .rows .row .lane');
        const { left, top, width } = lane.getBoundingClientRect();
        lane.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, ctrlKey: arguments[0],
          clientX: left + width / 2, clientY: top + 5, bubbles: true, cancelable: true }))"""
    opened.run(script, False)
    assert extent(opened) == (0, data["wall_ns"])
    opened.run(script, True)
    near = extent(opened)
    assert near[1] - near[0] < data["wall_ns"]
    from selenium.webdriver import ActionChains

    lane = opened.find("#view-waterfall .rows .row .lane")
    ActionChains(opened.driver).click_and_hold(lane).move_by_offset(120, 0).release().perform()
    assert extent(opened)[0] < near[0]


def frames(browser):
    return browser.run("return document.querySelectorAll('#icicle g.frame').length")


def frame(browser, name):
    script = """return [...document.querySelectorAll('#icicle g.frame')]
        .find((g) => g.getAttribute('name') === arguments[0])"""
    return browser.run(script, name)


def test_the_icicle_is_zoomed(opened, imports):
    opened.show("icicle")
    opened.settle()
    biggest = max((r for r in imports if r["parent"] is None), key=total)
    child = max((r for r in imports if r["parent"] == biggest["id"]), key=total)
    whole = opened.run("return document.querySelector('#icicle').clientWidth")
    before = float(frame(opened, child["name"]).get_attribute("width"))
    assert before < whole
    frame(opened, child["name"]).click()
    opened.settle()
    width = opened.run("return document.querySelector('#icicle').clientWidth")
    assert float(frame(opened, child["name"]).get_attribute("width")) == pytest.approx(width)
    assert child["name"] in opened.text("#view-icicle .crumbs")
    assert opened.text("#details h2 code") == child["name"]
    opened.press("#icicle", "ESCAPE")
    opened.settle()
    assert not opened.find("#view-icicle .crumbs").is_displayed()
    near = total(child) / sum(total(r) for r in imports if r["parent"] is None)
    width = opened.run("return document.querySelector('#icicle').clientWidth")
    found = float(frame(opened, child["name"]).get_attribute("width"))
    assert found == pytest.approx(near * width, rel=0.01)


def test_the_icicle_by_keys(opened, imports):
    opened.show("icicle")
    opened.settle()
    roots = [r for r in imports if r["parent"] is None]
    threads = {}
    for record in roots:
        threads[record["thread"]["id"]] = threads.get(record["thread"]["id"], 0) + total(record)
    assert len(threads) > 1
    opened.press("#icicle", "ARROW_DOWN")  # the frame of the thread that took the most time
    assert not opened.find("#details").is_displayed()
    assert len(opened.all("#icicle .selected")) == 1
    opened.press("#icicle", "ARROW_DOWN")
    busiest = max(threads, key=threads.get)
    first = max((r for r in roots if r["thread"]["id"] == busiest), key=total)
    assert opened.text("#details h2 code") == first["name"]
    opened.press("#icicle", "ARROW_DOWN")
    second = max((r for r in imports if r["parent"] == first["id"]), key=total)
    assert opened.text("#details h2 code") == second["name"]
    assert opened.texts("#icicle .selected text, #icicle .selected title")[0].startswith(
        second["name"]
    )
    opened.press("#icicle", "ARROW_UP", "ENTER")
    opened.settle()
    assert first["name"] in opened.text("#view-icicle .crumbs")


def test_the_icicle_is_searched(opened, imports):
    opened.show("icicle")
    opened.settle()
    assert frames(opened) > 100
    matching = """return [...document.querySelectorAll('#icicle g.match')]
        .map((frame) => frame.getAttribute('name'))"""
    assert opened.run(matching) == []
    opened.search("sqlalchemy")
    found = opened.run(matching)
    assert found
    assert all("sqlalchemy" in name or by_sqlalchemy(imports, name) for name in found)
    others = opened.all("#icicle g:not(.match) rect")
    assert {each.get_attribute("fill") for each in others} == {"var(--unmatched)"}


def by_sqlalchemy(imports, name):
    (record,) = [each for each in imports if each["name"] == name]
    return "sqlalchemy" in record["importer"]["module"]


def test_the_icicle_in_another_order(opened, imports):
    opened.show("icicle")
    opened.settle()
    position = "return +arguments[0].getAttribute('transform').match(/\\(([\\d.]+)/)[1]"
    biggest = max((r for r in imports if r["parent"] is None), key=total)
    assert opened.run(position, frame(opened, biggest["name"])) > 0
    opened.choose("#view-icicle select", "size")
    opened.settle()
    assert opened.run(position, frame(opened, biggest["name"])) == 0


def test_what_would_help(opened, data):
    opened.show("savings")
    assert names(opened, "savings") == [each.name for each in savings(data)[:10]]
    for by in ("package", "distribution"):
        opened.choose("#view-savings select", by)
        assert names(opened, "savings", 6) == [each.name for each in savings(data, by=by)[:6]]
    opened.find("#view-savings .rows .row[data-at='0'] .name").click()
    first = savings(data, by="distribution")[0]
    assert opened.text("#details h2 code") == first.name
    assert f"{len(first.modules):,} modules that nothing else needs" in opened.text("#details")


def test_the_overview_leads_to_what_would_help(opened, data):
    name = opened.texts("[aria-label='What would help'] button")[2]
    opened.all("[aria-label='What would help'] button")[2].click()
    assert opened.find("#view-savings").is_displayed()
    assert opened.text("#details h2 code") == name
    assert opened.text("#view-savings .rows [aria-selected=true] .name") == name


def test_each_cycle_has_its_lines_and_the_one_to_change(opened, data):
    opened.show("cycles")
    found = graph(data).cycles(100)
    assert len(opened.all("#view-cycles .cycle")) == len(found) > 0
    assert len(opened.all("#view-cycles .badge.change")) == len(found)
    script = "return [...document.querySelectorAll('#view-cycles .site')].map((each) => each.title)"
    places = opened.run(script)
    for cycle in found:
        assert {edge.places[0].where for edge in cycle.edges} <= set(places)
    assert opened.texts("#view-cycles .advice") == [cycle.change.advice for cycle in found]


def test_light_and_dark(opened):
    ground = "return getComputedStyle(document.body).backgroundColor"
    assert opened.run(ground) == "rgb(255, 255, 255)"
    opened.find("#theme").click()
    assert opened.run(ground) == "rgb(20, 23, 28)"
    opened.find("#theme").click()
    assert opened.run(ground) == "rgb(255, 255, 255)"


CONTRAST = """
const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (e) => {
  for (; e; e = e.parentElement) {
    const found = parse(getComputedStyle(e).backgroundColor);
    if (found.length === 3 || found[3] === 1) return found;
  }
  return [255, 255, 255];
};
const poor = [];
for (const e of document.querySelectorAll('body *')) {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  if (!own || !e.checkVisibility() || e.closest('svg, script')) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (ratio < 4.5) poor.push([e.className, e.textContent.slice(0, 20), ratio]);
}
return poor;
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_contrast(opened, theme):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    opened.run("document.documentElement.dataset.theme = arguments[0]", theme)
    for view in VIEWS:
        opened.show(view)
        opened.settle()
        assert opened.run(CONTRAST) == []
    opened.show("modules")
    opened.find("#view-modules .rows .row[data-at='0'] .name").click()
    assert opened.run(CONTRAST) == []


def test_every_control_has_a_name(opened):
    for view in VIEWS:
        opened.show(view)
        nodes = opened.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        controls = {"button", "combobox", "searchbox", "tab", "grid", "link", "tabpanel"}
        roles = [each for each in nodes if each.get("role", {}).get("value") in controls]
        assert len(roles) > 8
        assert [each for each in roles if not each.get("name", {}).get("value")] == []


@pytest.mark.parametrize("width", [1280, 800, 400])
def test_nothing_overflows_the_window(chromium, page, width):
    chromium.open(page, width)
    for view in VIEWS:
        chromium.show(view)
        assert chromium.run("return document.documentElement.scrollWidth") <= width


def test_it_is_printed_with_every_view(opened):
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    opened.run("dispatchEvent(new Event('beforeprint'))")
    assert all(opened.find(f"#view-{view}").is_displayed() for view in VIEWS)
    assert len(opened.all("#view-modules .rows .row")) == 120
    assert not opened.find("#filters").is_displayed()
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    opened.run("dispatchEvent(new Event('afterprint'))")
    assert [view for view in VIEWS if opened.find(f"#view-{view}").is_displayed()] == ["overview"]
    pdf = opened.driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
    assert len(pdf) > 20_000


NAMES = [
    "</script><script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    "a\u2028b",
    "\N{SNOWMAN} & co",
    "\udc80",
]


def test_names_are_shown_as_they_are(chromium, tmp_path, data):
    few = {**data, "imports": data["imports"][:40], "repeats": []}
    few["imports"] = [dict(record) for record in few["imports"]]
    for record, name in zip(few["imports"], NAMES, strict=False):
        record["name"] = record["distribution"] = name
    path = tmp_path / "report.html"
    report.write(from_json(few), path)
    chromium.open(path)
    for view in VIEWS:
        chromium.show(view)
        chromium.settle()
    chromium.show("waterfall")
    shown = ["\ufffd" if name == "\udc80" else name for name in NAMES]
    assert names(chromium, "waterfall", len(NAMES)) == shown
    assert chromium.driver.title == "Imports of app.py --serve"
    assert chromium.errors() == []
    assert chromium.run("return document.images.length") == 0


def test_an_empty_trace(chromium, tmp_path, data):
    path = tmp_path / "report.html"
    report.write(from_json({**data, "imports": [], "repeats": []}), path)
    chromium.open(path)
    for view in VIEWS:
        chromium.show(view)
        chromium.settle()
    assert chromium.errors() == []
