// The trace and the state of the page. Every other file puts one thing into `app`.

app.views = [];
const data = JSON.parse(document.getElementById("trace").textContent);

/** The phases of an import, in its order; an import has their times in the same order. */
app.PHASES = ["search", "create", "read", "unmarshal", "compile", "write", "execute", "other"];
app.data = data;
app.imports = data.imports;
app.byId = new Map(app.imports.map((one) => [one.id, one]));
app.savings = new Map(data.savings.module.map((saving) => [saving.name, saving]));

for (const one of app.imports) {
  one.children = [];
  one.total = (one.end || 0) - (one.start || 0);
  one.start = one.start || 0;
  one.parent = one.parent === undefined ? null : app.byId.get(one.parent);
  one.depth = one.parent ? one.parent.depth + 1 : 0;
  if (one.parent) one.parent.children.push(one);
  one.text = [one.name, one.distribution, one.origin, ...(one.importer || [])].join(" ").toLowerCase();
}

/** What is chosen: `words`, `distribution` and `outcome` filter; `selected` is an import. */
app.state = { words: [], distribution: "", outcome: "", selected: null, view: "" };

app.filtering = () => Boolean(app.state.words.length || app.state.distribution || app.state.outcome);

app.matches = (one) =>
  (!app.state.distribution || one.distribution === app.state.distribution) &&
  (!app.state.outcome || one.outcome === app.state.outcome) &&
  app.state.words.every((word) => one.text.includes(word));

/** Make an element; `text` and attributes are set as text, never as markup. */
app.element = (tag, options = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") element.textContent = value;
    else if (name === "click") element.addEventListener("click", value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
};

/** A set of listeners by event: "filter", "select", "theme". */
const listeners = {};
app.on = (event, listener) => (listeners[event] ||= []).push(listener);
app.tell = (event) => (listeners[event] || []).forEach((listener) => listener());

app.select = (one) => {
  app.state.selected = one;
  app.tell("select");
};

/** Colours of distributions: the ten that took the most time have one, the others share grey. */
const HUES = ["#8ec1e8", "#f6c177", "#a6d189", "#eba0ac", "#c9a8f5", "#7fd1c7", "#f2d974", "#d8b49a", "#a3b5f2", "#e6a5dc"];
const REST = "#c4c8cf";
const hues = new Map(data.distributions.slice(0, HUES.length).map((row, at) => [row.name, HUES[at]]));
app.hue = (distribution) => hues.get(distribution) || REST;
app.legend = () => [...hues, ...(data.distributions.length > HUES.length ? [["others", REST]] : [])];
