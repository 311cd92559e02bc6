// The icicle: each import as wide as its time, what it imports below it (d3-flame-graph).

const { element, data } = app;
const ORDERS = {
  time: (a, b) => a.data.order - b.data.order,
  size: (a, b) => b.data.value - a.data.value || a.data.order - b.data.order,
};
const OWN = d3.scaleLinear().domain([0, 0.25, 1]).range(["#dfe6ee", "#f2d974", "#ef8a62"]).clamp(true);
const COLOURS = {
  distribution: (one) => app.hue(one.distribution),
  own: (one) => OWN(one.own / most),
};
const UNMATCHED = "var(--unmatched)";
const most = Math.max(...app.imports.map((one) => one.own), 1);

let chart = null;
let home = null; // the frame of everything
let zoomed = null;
let cursor = null; // the frame that the keys have come to
let colour = COLOURS.distribution;
let holder, crumbs;

function node(one) {
  return { name: one.name, value: one.total, order: one.id, import: one, children: one.children.map(node) };
}

/** Everything: the imports that no import made; of several threads each has its own frame. */
function root() {
  const roots = app.imports.filter((one) => !one.parent);
  const threads = d3.group(roots, (one) => `${one.pid} ${one.thread.join(" ")}`);
  const groups = [...threads.values()].map((own) => {
    const value = d3.sum(own, (one) => one.total);
    return { name: own[0].thread[1] || `thread ${own[0].thread[0]}`, value, order: own[0].id, children: own.map(node) };
  });
  const all = { name: "all imports", order: 0, value: d3.sum(groups, (each) => each.value) };
  return { ...all, children: groups.length === 1 ? groups[0].children : groups };
}

function label(frame) {
  const one = frame.data.import;
  if (!one) return `${frame.data.name}: ${app.time(frame.data.value)}`;
  return `${one.name}\n${app.time(one.total)} with its imports, ${app.time(one.own)} its own\n${one.distribution}`;
}

function fill(frame) {
  const one = frame.data.import;
  if (app.filtering() && !frame.highlight) return UNMATCHED;
  return one ? colour(one) : "var(--everything)";
}

function make(panel) {
  const order = choice("Order", { time: "in the order of time", size: "the longest first" }, (value) => {
    chart.sort(ORDERS[value]).update();
    mark();
  });
  const colours = choice("Colour", { distribution: "by distribution", own: "by own time" }, (value) => {
    colour = COLOURS[value];
    legend.hidden = value !== "distribution";
    chart.update();
    mark();
  });
  const reset = element("button", { type: "button", text: "Show all", id: "icicle-reset", click: () => zoom(home) });
  const legend = element("ul", { class: "legend", "aria-label": "Colours" }, ...app.legend().map(([name, hue]) => {
    const dot = element("i", { class: "dot" });
    dot.style.background = hue;
    return element("li", {}, dot, name);
  }));
  crumbs = element("nav", { class: "crumbs", "aria-label": "Zoomed to" });
  holder = element("div", { class: "icicle", id: "icicle", tabindex: 0, role: "group", "aria-label": "Icicle of imports. Arrow keys move between imports, Enter zooms in, Escape shows all." });
  panel.append(element("div", { class: "tools" }, order, colours, reset, legend), crumbs, holder);
  draw();
  holder.addEventListener("keydown", key);
  new ResizeObserver(resize).observe(holder);
}

function choice(name, options, change) {
  const select = element("select", {}, ...Object.entries(options).map(([value, text]) => element("option", { value, text })));
  select.addEventListener("change", () => change(select.value));
  return element("label", { class: "choice" }, `${name} `, select);
}
app.choice = choice;

function draw() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  chart = flamegraph
    .default()
    .width(holder.clientWidth)
    .cellHeight(20)
    .inverted(true)
    .minFrameSize(1)
    .resetHeightOnZoom(true)
    .transitionDuration(still ? 0 : 200)
    .sort(ORDERS.time)
    .setLabelHandler(label)
    .setDetailsHandler(() => {})
    .setSearchHandler(() => {})
    .setSearchMatch((frame) => Boolean(frame.data.import) && app.matches(frame.data.import))
    .setColorMapper(fill)
    .onClick(clicked);
  const chosen = d3.select(holder).datum(root()).call(chart);
  home = zoomed = chosen.datum();
  update();
}

function resize() {
  const width = holder.clientWidth;
  if (!width || width === chart.width()) return;
  chart.width(width).update();
  mark();
}

/** The library has zoomed to a frame, by a click or because it was told to. */
function clicked(frame) {
  zoomed = frame;
  const path = frame.ancestors().reverse();
  crumbs.replaceChildren(...path.flatMap((each, at) => {
    const button = element("button", { type: "button", class: "link", text: each.data.name, click: () => zoom(each) });
    return at ? [" › ", button] : [button];
  }));
  crumbs.hidden = frame === home;
  if (frame.data.import !== app.state.selected) app.select(frame.data.import || null);
  mark();
}

function zoom(frame) {
  if (!holder.clientWidth) return;
  chart.zoomTo(frame);
}

const frameOf = (one) => home.find((frame) => frame.data.import === one);

function key(event) {
  const at = cursor || zoomed;
  const beside = at.parent ? at.parent.children : [at];
  const place = beside.indexOf(at);
  const go = {
    ArrowDown: () => d3.greatest(at.children || [], (frame) => frame.data.value),
    ArrowUp: () => at.parent,
    ArrowLeft: () => beside[place - 1],
    ArrowRight: () => beside[place + 1],
  };
  if (event.key in go) {
    const next = go[event.key]();
    if (next) {
      cursor = next;
      app.select(next.data.import || null); // the frame of a thread is no import
    }
  } else if (event.key === "Enter") zoom(at);
  else if (event.key === "Escape") zoom(home);
  else return;
  event.preventDefault();
}

/** Show which frame is selected, and for whom colours do not tell: which match. */
function mark() {
  d3.select(holder)
    .selectAll("g.frame")
    .classed("selected", (frame) => frame === cursor)
    .classed("match", (frame) => app.filtering() && Boolean(frame.highlight));
}

/** Follow what was selected, here or elsewhere. */
function selected() {
  const one = app.state.selected;
  if (one && !one.group && !(cursor && cursor.data.import === one)) cursor = frameOf(one) || null;
  if (!one && cursor && cursor.data.import) cursor = null;
  mark();
}

function update() {
  if (app.filtering()) chart.search("of the filters");
  else chart.clear();
  mark();
}

app.views.push({ name: "icicle", title: "Icicle", make, update, selected });
