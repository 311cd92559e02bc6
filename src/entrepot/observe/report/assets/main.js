// The page: views as tabs, filters, the theme, printing.

const { element, state } = app;
const root = document.documentElement;
const tabs = document.getElementById("tabs");
const main = document.getElementById("views");
const query = document.getElementById("query");
const distribution = document.getElementById("distribution");
const outcome = document.getElementById("outcome");

for (const view of app.views) {
  const options = { role: "tab", type: "button", id: `tab-${view.name}`, "aria-controls": `view-${view.name}`, text: view.title };
  view.tab = element("button", { ...options, click: () => app.show(view.name) });
  view.panel = element("section", { role: "tabpanel", id: `view-${view.name}`, "aria-labelledby": `tab-${view.name}`, class: `view ${view.name}` });
  view.panel.dataset.title = view.title;
  view.panel.hidden = true;
  tabs.append(view.tab);
  main.append(view.panel);
}

/** A view is made when it is first shown, and brought up to date when it is shown again. */
function ready(view) {
  if (!view.made) {
    view.made = true;
    view.make(view.panel);
  } else if (view.stale) view.update();
  view.stale = false;
}

app.show = (name, reveal) => {
  const chosen = app.views.find((view) => view.name === name) || app.views[0];
  state.view = chosen.name;
  for (const view of app.views) {
    view.panel.hidden = view !== chosen;
    view.tab.setAttribute("aria-selected", view === chosen);
    view.tab.tabIndex = view === chosen ? 0 : -1;
  }
  ready(chosen);
  if (chosen.selected) chosen.selected();
  if (reveal && chosen.reveal) chosen.reveal(reveal);
  if (location.hash.slice(1) !== chosen.name) history.replaceState(null, "", `#${chosen.name}`);
};

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  const at = app.views.findIndex((view) => view.name === state.view);
  const next = app.views[(at + step + app.views.length) % app.views.length];
  app.show(next.name);
  next.tab.focus();
});

// Filters.

function options(select, everything, values) {
  select.append(element("option", { value: "", text: everything }), ...values.map((value) => element("option", { value, text: value })));
}
options(distribution, "All distributions", app.data.distributions.map((row) => row.name));
options(outcome, "All outcomes", [...new Set(app.imports.map((one) => one.outcome))].sort());

function filter() {
  state.words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
  state.distribution = distribution.value;
  state.outcome = outcome.value;
  const found = app.imports.filter(app.matches);
  const own = found.reduce((sum, one) => sum + one.own, 0);
  const text = `${app.count(found.length)} of ${app.count(app.imports.length)}, ${app.time(own)} their own`;
  document.getElementById("matching").textContent = app.filtering() ? text : "";
  for (const view of app.views) view.stale = true;
  ready(app.views.find((view) => view.name === state.view));
}

/** Set the filters that are given, and show a view. */
app.filterBy = (given, view) => {
  if ("distribution" in given) distribution.value = given.distribution;
  filter();
  app.show(view);
};

let typing;
query.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(filter, 80);
});
distribution.addEventListener("change", filter);
outcome.addEventListener("change", filter);
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, select")) return;
  event.preventDefault();
  query.focus();
});

// What is selected.

app.on("select", () => {
  const view = app.views.find((each) => each.name === state.view);
  if (view.selected) view.selected();
});

// Light or dark: as the system has it, until it is chosen here.

const theme = document.getElementById("theme");
const dark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
const named = () => (theme.textContent = isDark() ? "Light" : "Dark");
theme.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  named();
});
dark.addEventListener("change", named);
named();

// On paper every view is there, tables by their first rows.

addEventListener("beforeprint", () => {
  for (const view of app.views) {
    view.panel.hidden = false;
    ready(view);
    if (view.print) view.print(true);
  }
});
addEventListener("afterprint", () => {
  for (const view of app.views) if (view.print) view.print(false);
  app.show(state.view);
});

app.show(location.hash.slice(1));
addEventListener("hashchange", () => app.show(location.hash.slice(1)));
root.dataset.ready = Math.round(performance.now());
