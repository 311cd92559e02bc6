// The waterfall: each import a row, its bar from start to end on the clock.

const { element, data } = app;
const ROW = 24;
const DEEPEST = 20000; // how many times the whole can be enlarged
const first = d3.min(app.imports, (one) => one.start) || 0;
const last = Math.max(data.wall, d3.max(app.imports, (one) => one.end || 0) || 1);

const clock = d3.scaleLinear().domain([0, last]);
let view = clock.copy(); // the clock as zoomed
let rows, axis, zoomer;

/** The phases before the execution follow each other; the execution has the imports in it. */
function bar(one) {
  const lane = element("div", { class: "lane", role: "img", "aria-label": `from ${app.time(one.start)} to ${app.time(one.start + one.total)}` });
  const put = (className, from, to) => {
    const left = Math.max(view(from), 0);
    const width = Math.min(view(to), view.range()[1]) - left;
    if (width <= 0 && view(to) < 0) return;
    if (left > view.range()[1]) return;
    const part = element("span", { class: className });
    part.style.left = `${left}px`;
    part.style.width = `${Math.max(width, 1.5)}px`;
    lane.append(part);
  };
  put(`phase-execute whole outcome-${one.outcome}`, one.start, one.start + one.total);
  for (const child of one.children) {
    if (view(child.end) - view(child.start) >= 1) put("nested", child.start, child.start + child.total);
  }
  let at = one.start;
  one.phases.slice(0, 6).forEach((ns, phase) => {
    if (ns && view(at + ns) - view(at) >= 0.75) put(`phase-${app.PHASES[phase]}`, at, at + ns);
    at += ns;
  });
  return lane;
}

function name(one) {
  const label = element("span", { text: one.name, title: one.name });
  const depth = rows && rows.sort.key === "start" && !rows.sort.down ? Math.min(one.depth, 12) : 0;
  label.style.paddingLeft = `${depth * 10}px`;
  return label;
}

const columns = [
  { key: "name", title: "Module", cell: name, value: (one) => one.name },
  { key: "total", title: "ms", about: "with its imports", cell: (one) => app.ms(one.total), value: (one) => one.total, numeric: true },
  { key: "own", title: "own ms", cell: (one) => app.ms(one.own), value: (one) => one.own, numeric: true },
  { key: "start", title: "Time", about: "Sort by start", cell: bar, value: (one) => one.start, live: true },
];
columns.id = "waterfall";

function make(panel) {
  rows = new app.Rows({
    label: "Waterfall of imports",
    className: "waterfall",
    columns,
    height: ROW,
    sort: { key: "start", down: false },
    choose: app.select,
    chosen: () => app.state.selected,
    twice: zoomOn,
  });
  axis = d3.select(rows.head.querySelector(".start")).append("svg").attr("class", "axis").attr("height", 22).attr("aria-hidden", "true");
  zoomer = d3.zoom().scaleExtent([1, DEEPEST]).filter(wanted).on("zoom", (event) => moved(event.transform));
  const target = d3.select(rows.element).call(zoomer).on("dblclick.zoom", null);
  const by = (factor) => () => target.call(zoomer.scaleBy, factor, [left() + range() / 2, 0]);
  const all = () => target.call(zoomer.transform, d3.zoomIdentity);
  rows.element.addEventListener("keydown", (event) => {
    const does = { "+": by(2), "=": by(2), "-": by(0.5), 0: all, Escape: all, Enter: () => app.state.selected && zoomOn(app.state.selected) }[event.key];
    const pan = { ArrowLeft: 0.2, ArrowRight: -0.2 }[event.key];
    if (does) does();
    else if (pan) target.call(zoomer.translateBy, (pan * range()) / d3.zoomTransform(rows.element).k, 0);
    else return;
    event.preventDefault();
  });
  const order = app.choice("Order", { start: "by start", total: "the longest first", own: "the longest by itself", name: "by name" }, (key) => rows.sortBy(key, key === "total" || key === "own"));
  const button = (text, label, click) => element("button", { type: "button", text, "aria-label": label, click });
  const zoom = element("span", { class: "buttons" }, button("+", "Zoom in", by(2)), button("−", "Zoom out", by(0.5)), element("button", { type: "button", id: "waterfall-reset", text: "Show all", click: all }));
  const key = element("ul", { class: "legend", "aria-label": "Colours" }, ...app.PHASES.slice(0, 7).map((phase) => element("li", {}, element("i", { class: `dot phase-${phase}` }), phase)), element("li", {}, element("i", { class: "dot nested" }), "other imports"));
  panel.append(element("div", { class: "tools" }, order, zoom, key), element("p", { class: "faint hint", text: "Drag to move in time; Ctrl or Shift and the wheel, + and − to zoom; double-click or Enter zooms on an import." }), rows.element);
  new ResizeObserver(resize).observe(rows.element);
  resize();
  rows.show(app.imports.filter(app.matches));
}

// The lane is the last column: where it begins, and how wide it is.
const left = () => rows.head.querySelector(".start").offsetLeft;
const range = () => clock.range()[1];

/** The wheel alone scrolls the rows; a drag moves in time, and buttons stay buttons. */
function wanted(event) {
  if (event.type === "wheel") return event.ctrlKey || event.shiftKey;
  return !event.button && !event.target.closest(".head button") && event.type !== "dblclick";
}

function resize() {
  const width = rows.head.querySelector(".start").clientWidth - 8;
  if (width <= 0) return;
  const [from, to] = view.domain();
  clock.range([0, width]);
  zoomer.translateExtent([[left(), 0], [left() + width, 0]]).extent([[left(), 0], [left() + width, 0]]);
  show(from, to);
}

function moved(transform) {
  const shift = left();
  const low = clock.invert(transform.invertX(shift) - shift);
  const high = clock.invert(transform.invertX(shift + range()) - shift);
  view = clock.copy().domain([low, high]);
  const wide = Math.max(2, Math.floor(range() / 90));
  const [size, unit] = high - low > 2e9 ? [1e9, "s"] : high - low > 2e6 ? [1e6, "ms"] : [1e3, "µs"];
  const shown = d3.scaleLinear().domain([low / size, high / size]).range(view.range());
  axis.attr("width", range() + 8).call(d3.axisTop(shown).ticks(wide).tickSizeOuter(0).tickFormat((value) => `${value} ${unit}`));
  axis.selectAll(".domain").remove();
  axis.selectAll(".tick").attr("transform", (value) => `translate(${shown(value)},22)`);
  rows.element.dataset.from = Math.round(low);
  rows.element.dataset.to = Math.round(high);
  rows.draw();
}

/** Zoom to a span of time. */
function show(from, to) {
  const scale = Math.min(DEEPEST, last / (to - from));
  const middle = left() + clock((from + to) / 2);
  const shift = left() + range() / 2 - middle * scale;
  d3.select(rows.element).call(zoomer.transform, d3.zoomIdentity.translate(shift, 0).scale(scale));
}

/** Give an import nine tenths of the width. */
function zoomOn(one) {
  const margin = Math.max(one.total, 1000) / 18;
  show(one.start - margin, one.start + one.total + margin);
}

app.views.push({
  name: "waterfall",
  title: "Waterfall",
  make,
  update: () => rows.show(app.imports.filter(app.matches)),
  selected() {
    rows.draw();
  },
  print: (on) => rows.print(on),
});
