// The table of all imports.

const { element } = app;

const time = (key, title, about, value) => ({ key, title, about, value, numeric: true, cell: (one) => app.ms(value(one)) });

function name(one) {
  const badge = one.outcome === "loaded" ? null : element("span", { class: `badge ${one.outcome}`, text: one.outcome });
  return element("span", { class: "file", title: one.name }, element("span", { text: one.name }), badge);
}

function owner(one) {
  const dot = element("i", { class: "dot" });
  dot.style.background = app.hue(one.distribution);
  return element("span", { title: one.distribution }, dot, one.distribution);
}

function place(one) {
  const [file, line] = one.importer && one.importer[1] ? [app.short(one.importer[1]), `:${one.importer[2]}`] : [asked(one), ""];
  return element("span", { class: "file", title: one.importer ? one.importer[1] + line : "" }, element("span", { text: file }), element("span", { text: line }));
}

const asked = (one) => (one.importer ? app.place(one.importer[1], one.importer[2]) || one.importer[0] : "");

const columns = [
  { key: "name", title: "Module", cell: name, value: (one) => one.name },
  time("total", "total ms", "From start to end, with what it imports", (one) => one.total),
  time("own", "own ms", "Without what it imports", (one) => one.own),
  { key: "owner", title: "Distribution", cell: owner, value: (one) => one.distribution },
  { key: "asked", title: "Imported by", cell: place, value: asked },
  { key: "bytes", title: "size", about: "Bytes read", cell: (one) => (one.bytes ? app.bytes(one.bytes) : ""), value: (one) => one.bytes || 0, numeric: true },
  ...app.PHASES.map((phase, at) => time(phase, phase, `${phase}, ms of its own time`, (one) => one.phases[at])),
  { key: "bytecode", title: "bytecode", cell: (one) => one.bytecode || "", value: (one) => one.bytecode },
];
columns.id = "module";
let rows;

app.views.push({
  name: "modules",
  title: "Modules",
  make(panel) {
    rows = new app.Rows({
      label: "Modules",
      className: "modules",
      columns,
      height: 26,
      sort: { key: "total", down: true },
      choose: app.select,
      chosen: () => app.state.selected,
    });
    panel.append(rows.element);
    this.update();
  },
  update: () => rows.show(app.imports.filter(app.matches)),
  selected: () => rows.draw(),
  print: (on) => rows.print(on),
});
