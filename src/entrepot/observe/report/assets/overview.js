// The first look: sums by phase and distribution, and the head of each other view.

const { element, data } = app;
const MOST = 10;

function card(title, about, ...content) {
  return element("section", { class: "card" }, element("h2", { text: title }), element("p", { class: "faint", text: about }), ...content);
}

/** A list of names with a bar and a number each; `rows` are `[label, value, text, click, class]`. */
function bars(title, rows) {
  const most = Math.max(...rows.map((each) => each[1]), 1);
  const body = element("tbody");
  for (const [label, value, text, click, color] of rows) {
    const bar = element("span", { class: `fill ${color || ""}`, "aria-hidden": "true" });
    bar.style.width = `${(100 * value) / most}%`;
    if (color && color.startsWith("#")) bar.style.background = color;
    const name = click ? element("button", { type: "button", class: "link", text: label, click }) : label;
    const head = element("th", { scope: "row", title: label }, name);
    const track = element("td", { class: "track" }, bar);
    body.append(element("tr", {}, head, track, element("td", { class: "numeric", text })));
  }
  return element("table", { class: "bars", "aria-label": title }, body);
}

function phases() {
  const times = app.PHASES.map((name) => data.phases[name]);
  const rows = app.PHASES.map((name, at) => [name, times[at], `${app.time(times[at])} · ${app.percent(times[at], data.importing)}`, null, `phase-${name}`]);
  return card("Where the time goes", "All imports, by phase.", app.phaseBar(times), bars("Phases", rows));
}

function distributions() {
  const rows = data.distributions.slice(0, MOST).map((each) => {
    const text = `${app.time(each.own)} · ${app.plural(each.modules, "module", "modules")}`;
    return [each.name, each.own, text, () => app.filterBy({ distribution: each.name }, "modules"), app.hue(each.name)];
  });
  const rest = data.distributions.slice(MOST);
  if (rest.length) {
    const own = rest.reduce((sum, each) => sum + each.own, 0);
    rows.push([app.plural(rest.length, "other", "others"), own, app.time(own), null, app.hue("")]);
  }
  return card("Whose time it is", "The own time of the modules of each distribution.", bars("Distributions", rows));
}

function help() {
  const rows = data.savings.module
    .filter((each) => each.ns > 0)
    .slice(0, MOST)
    .map((each) => [each.name, each.ns, `${app.time(each.ns)} · ${app.plural(each.count, "module", "modules")}`, () => app.show("savings", each.name), "saves"]);
  return card("What would help", "Saved by importing it lazily: itself, and what nothing else needs.", bars("What would help", rows));
}

function slowest() {
  const rows = [...app.imports]
    .sort((a, b) => b.own - a.own)
    .slice(0, MOST)
    .map((one) => [one.name, one.own, `${app.time(one.own)} · ${app.percent(one.own, data.importing)}`, () => app.select(one), app.hue(one.distribution)]);
  return card("The slowest by themselves", "Own time, without what they import.", bars("Slowest modules", rows));
}

function failures() {
  const lost = app.imports.filter((one) => one.outcome !== "loaded").sort((a, b) => b.total - a.total);
  if (!lost.length) return null;
  const rows = lost.slice(0, MOST).map((one) => [one.name, one.total, `${app.time(one.total)} · ${one.outcome}`, () => app.select(one), `outcome-${one.outcome}`]);
  const sum = app.time(lost.reduce((all, one) => all + one.total, 0));
  return card("Looked for in vain", `${app.plural(lost.length, "import", "imports")} not loaded, ${sum} in all.`, bars("Not loaded", rows));
}

app.views.push({
  name: "overview",
  title: "Overview",
  make: (panel) => panel.append(element("div", { class: "cards" }, ...[phases(), distributions(), help(), slowest(), failures()].filter(Boolean))),
  update() {},
});

// The line under the title, and the figures above the views.

const number = (outcome) => app.imports.filter((one) => one.outcome === outcome).length;
const lost = number("missing") + number("failed") + number("unfinished");
const tiles = [
  ["wall time", app.time(data.wall)],
  ["importing", app.time(data.importing), app.percent(data.importing, data.wall)],
  ["modules", app.count(number("loaded"))],
  ["not loaded", app.count(lost)],
  ["read", app.bytes(app.imports.reduce((sum, one) => sum + (one.bytes || 0), 0))],
  ["cycles", app.count(data.cycles.length)],
];
document.getElementById("tiles").append(
  ...tiles.map(([term, value, more]) =>
    element("div", {}, element("dt", { text: term }), element("dd", {}, value, more ? element("small", { text: more }) : null))),
);
document.getElementById("program").textContent = data.program;
const { implementation = "", version = "" } = data.interpreter;
const named = { cpython: "CPython", pypy: "PyPy" }[implementation] || implementation;
const ended = data.ended.error || (data.ended.status ? `${data.ended.how}, status ${data.ended.status}` : data.ended.how);
document.getElementById("meta").textContent = [`${named} ${version}`, `entrepot ${data.entrepot}`, data.started.replace("T", " ").replace("+00:00", " UTC"), ended].join(" · ");
