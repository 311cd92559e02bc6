// What there is to know of the selected import, beside the views.

const { element } = app;
const panel = document.getElementById("details");

function row(term, ...content) {
  const kept = content.filter((each) => each !== null && each !== "");
  return kept.length ? [element("dt", { text: term }), element("dd", {}, ...kept)] : [];
}

/** A button that selects an import. */
app.link = (one, text = one.name) =>
  element("button", { type: "button", class: "link", text, click: () => app.select(one) });

/** A bar of the phases' times, with a tooltip for each. */
app.phaseBar = (phases) => {
  const sum = phases.reduce((a, b) => a + b, 0);
  const bar = element("span", { class: "phases", "aria-hidden": "true" });
  phases.forEach((ns, at) => {
    if (!ns || ns / sum < 0.002) return;
    const part = element("span", { class: `phase-${app.PHASES[at]}`, title: `${app.PHASES[at]}: ${app.time(ns)}` });
    part.style.flexGrow = ns / sum;
    bar.append(part);
  });
  return bar;
};

app.site = ([module, file, line]) => {
  const text = file ? app.place(file, line) : module;
  return element("code", { class: "site", text, title: file ? `${file}:${line} (${module})` : module });
};

function phaseList(phases) {
  const sum = phases.reduce((a, b) => a + b, 0);
  const list = element("ul", { class: "plain key" });
  phases.forEach((ns, at) => {
    if (!ns) return;
    const name = app.PHASES[at];
    const mark = element("i", { class: `dot phase-${name}` });
    const value = element("span", { class: "value", text: `${app.time(ns)} · ${app.percent(ns, sum)}` });
    list.append(element("li", {}, mark, name, value));
  });
  return list;
}

function shown(items, most, make) {
  const list = element("ul", { class: "plain" }, ...items.slice(0, most).map((item) => element("li", {}, make(item))));
  return list;
}

/** The section on what putting it off would save; for a module, a package or a distribution. */
app.savingDetails = (saving) => {
  const parts = [element("h3", { text: "Were it imported lazily" })];
  if (saving.kept) {
    const text = `Nothing is saved: ${saving.kept} is needed by others, and brings its parent with it.`;
    return [...parts, element("p", { text })];
  }
  const sum = `${app.time(saving.ns)} saved, ${app.percent(saving.ns, app.data.importing)} of all importing: `;
  const what = saving.count === 1 ? "its own time, for the rest is needed elsewhere." : `${app.plural(saving.count, "module", "modules")} that nothing else needs.`;
  parts.push(element("p", { class: "strong", text: sum + what }));
  if (saving.sites.length) {
    parts.push(element("h4", { text: `${app.plural(saving.asked, "statement", "statements")} to change` }));
    parts.push(shown(saving.sites, 25, app.site));
    if (saving.asked > saving.sites.length) parts.push(more(saving.asked - saving.sites.length));
  }
  if (saving.count > 1) {
    parts.push(element("h4", { text: "Not imported then" }));
    parts.push(shown(saving.modules, 60, (name) => element("code", { text: name })));
    if (saving.count > saving.modules.length) parts.push(more(saving.count - saving.modules.length));
  }
  return parts;
};

function more(number) {
  return element("p", { class: "faint", text: `and ${app.count(number)} more` });
}

function chain(one) {
  const list = element("ol", { class: "plain chain" });
  for (let at = one; at; at = at.parent) {
    const asked = at.importer ? app.site(at.importer) : null;
    list.append(element("li", {}, at === one ? element("strong", { text: at.name }) : app.link(at), " ", asked));
  }
  return list;
}

function facts(one) {
  const share = `${app.time(one.total)} · ${app.percent(one.total, app.data.importing)}`;
  return element(
    "dl",
    { class: "facts" },
    ...row("with its imports", share),
    ...row("its own", app.time(one.own)),
    ...row("started at", app.time(one.start)),
    ...row("distribution", one.distribution),
    ...row("file", one.origin ? element("code", { text: one.origin }) : ""),
    ...row("bytecode", one.bytecode === "none" ? "" : one.bytecode || ""),
    ...row("read", one.bytes ? app.bytes(one.bytes) : ""),
    ...row("memory", one.memory ? app.bytes(one.memory) : ""),
    ...row("loader", one.loader ? element("code", { text: one.loader.split(".").pop(), title: one.loader }) : ""),
    ...row("thread", one.thread[1]),
    ...row("error", one.error || ""),
  );
}

function children(one) {
  const greatest = [...one.children].sort((a, b) => b.total - a.total);
  if (!greatest.length) return [];
  const list = shown(greatest, 12, (child) => {
    const value = element("span", { class: "value", text: app.time(child.total) });
    return element("span", { class: "pair" }, app.link(child), value);
  });
  const title = element("h3", { text: `Imports ${app.plural(greatest.length, "module", "modules")} first` });
  return greatest.length > 12 ? [title, list, more(greatest.length - 12)] : [title, list];
}

/** Show a panel with a title, a badge for what is not well, and sections. */
app.detail = (title, badge, ...sections) => {
  const close = element("button", { type: "button", class: "quiet close", text: "×", "aria-label": "Close the details", click: () => app.select(null) });
  const label = badge ? element("span", { class: `badge ${badge}`, text: badge }) : null;
  panel.replaceChildren(element("h2", {}, element("code", { text: title }), label), close, ...sections);
  panel.hidden = false;
  panel.scrollTop = 0;
};

app.on("select", () => {
  const one = app.state.selected;
  if (!one) return void (panel.hidden = true);
  if (one.group) return app.detail(one.name, null, ...app.savingDetails(one));
  const saving = one.outcome === "loaded" ? app.savings.get(one.name) : null;
  const help = saving ? app.savingDetails(saving) : [];
  const first = app.state.view === "savings"; // it is what is looked for there
  app.detail(
    one.name,
    one.outcome === "loaded" ? null : one.outcome,
    ...(first ? help : []),
    facts(one),
    element("h3", { text: "Its own time" }),
    app.phaseBar(one.phases),
    phaseList(one.phases),
    element("h3", { text: "Who asked" }),
    chain(one),
    ...(first ? [] : help),
    ...children(one),
  );
});
