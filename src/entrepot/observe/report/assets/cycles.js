// The cycles: the lines of each, and the one that is the cheapest to change.

const { element, data } = app;
const byName = new Map(app.imports.map((one) => [one.name, one]));

function step({ imports, by: [module, file, line], text, met }, at, change) {
  const name = (of) => (byName.has(of) ? app.link(byName.get(of), of) : element("code", { text: of }));
  const place = element("code", { class: "site", text: app.place(file, line), title: file ? `${file}:${line}` : "" });
  const marks = [met && "met it half-loaded", at === change && "change this"].filter(Boolean);
  const badges = marks.map((mark) => element("span", { class: `badge ${mark === "change this" ? "change" : "missing"}`, text: mark }));
  const said = text ? element("div", { class: "statement" }, element("code", { text })) : null;
  return element("li", {}, name(module), " imports ", name(imports), " ", place, ...badges, said);
}

function cycle(each) {
  const title = app.plural(each.modules.length, "module", "modules");
  const steps = each.steps.map((one, at) => step(one, at, each.change));
  const advice = element("p", { class: "advice", text: each.advice });
  return element("section", { class: "card cycle" }, element("h2", { text: title }), element("ol", { class: "plain" }, ...steps), advice);
}

function relevant(each) {
  return !app.filtering() || each.modules.some((name) => byName.has(name) && app.matches(byName.get(name)));
}

let list;
function update() {
  const shown = data.cycles.filter(relevant);
  list.replaceChildren(...shown.map(cycle));
  if (!shown.length) list.append(element("p", { class: "none", text: data.cycles.length ? "No cycle has a module that matches." : "No module leads back to itself while it is loaded." }));
}

app.views.push({
  name: "cycles",
  title: `Cycles (${data.cycles.length})`,
  make(panel) {
    list = element("div", { class: "cycles" });
    panel.append(element("p", { class: "faint hint", text: "Each module imports the next while it is loaded, and the last one the first. Put off the import that is marked in each, and no circle is left." }), list);
    update();
  },
  update,
});
