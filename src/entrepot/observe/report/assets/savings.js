// What would help: the savings of lazy imports, of modules, packages or distributions.

const { element, data } = app;
const loaded = new Map(app.imports.filter((one) => one.outcome === "loaded").map((one) => [one.name, one]));
const importOf = (saving) => (saving.group ? saving : loaded.get(saving.name));
data.savings.package.forEach((saving) => (saving.group = "package"));
data.savings.distribution.forEach((saving) => (saving.group = "distribution"));

function where(saving) {
  if (saving.kept) return element("span", { class: "faint", text: `needed by ${saving.kept}`, title: `needed by ${saving.kept}` });
  if (!saving.sites.length) return "";
  const [first] = saving.sites;
  const more = saving.asked > 1 ? ` and ${app.count(saving.asked - 1)} more` : "";
  return element("span", {}, app.site(first), more);
}

const columns = [
  { key: "name", title: "Imported lazily", cell: (saving) => saving.name, value: (saving) => saving.name },
  { key: "saves", title: "saves ms", about: "The time of all that would not be imported", cell: (saving) => app.ms(saving.ns), value: (saving) => saving.ns, numeric: true },
  { key: "share", title: "of all", about: "Of the time of all imports", cell: (saving) => app.percent(saving.ns, data.importing), value: (saving) => saving.ns, numeric: true },
  { key: "count", title: "modules", about: "How many would not be imported", cell: (saving) => app.count(saving.count), value: (saving) => saving.count, numeric: true },
  { key: "own", title: "own ms", cell: (saving) => app.ms(saving.own), value: (saving) => saving.own, numeric: true },
  { key: "where", title: "Where to change it", cell: where, value: (saving) => saving.asked },
];
columns.id = "saving";
let rows;
let by = "module";

/** A saving matches as the module does; a group does if one of its modules would be saved. */
function matches(saving) {
  if (!saving.group) return app.matches(importOf(saving));
  return !app.filtering() || saving.modules.some((name) => loaded.has(name) && app.matches(loaded.get(name)));
}

const update = () => rows.show(data.savings[by].filter(matches));

function make(panel) {
  rows = new app.Rows({
    label: "What would help",
    className: "savings",
    columns,
    height: 26,
    sort: { key: "saves", down: true },
    choose: (saving) => app.select(importOf(saving)),
    chosen: () => {
      const one = app.state.selected;
      return one && !one.group && by === "module" ? app.savings.get(one.name) : one;
    },
  });
  const choose = app.choice("Put off", { module: "one module", package: "a whole package", distribution: "a whole distribution" }, (value) => {
    by = value;
    update();
  });
  const about = "Were it imported only when it is used, the start would not execute it, nor what nothing else needs. Statements of the sources that import it again are counted as needs.";
  panel.append(element("div", { class: "tools" }, choose), element("p", { class: "faint hint", text: about }), rows.element);
  update();
}

app.views.push({
  name: "savings",
  title: "What would help",
  make,
  update,
  selected: () => rows.draw(),
  reveal(name) {
    const saving = app.savings.get(name);
    if (saving && importOf(saving)) app.select(importOf(saving));
    rows.reveal(saving);
  },
  print: (on) => rows.print(on),
});
