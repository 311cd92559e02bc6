// A table of any length: only the rows in sight are in the document.

const AROUND = 6; // rows that are ready above and below those in sight
const TWICE = 500; // ms between the clicks of a double-click
const PRINTED = 120; // rows of a printed table

/**
 * `columns` have `key`, `title`, `cell(item)` (text or an element), `value(item)` to sort by, and
 * may be `numeric`, or `live`: drawn anew whenever the rows are; without `value` it is not sorted by. `choose(item)` is told of the row
 * that is selected, `chosen()` says which is; `twice(item)` is told of a double-click.
 */
app.Rows = class {
  constructor({ label, columns, height, sort, choose, chosen, twice, className = "" }) {
    Object.assign(this, { columns, height, choose, chosen, twice, items: [], sorted: [], drawn: new Map() });
    this.sort = sort;
    this.body = app.element("div", { class: "rows", role: "rowgroup" });
    this.head = app.element("div", { class: "row head", role: "row", "aria-rowindex": 1 });
    this.head.append(...columns.map((column) => this.header(column)));
    this.element = app.element(
      "div",
      { class: `grid ${className}`, role: "grid", tabindex: 0, "aria-label": label, "aria-colcount": columns.length },
      app.element("div", { role: "rowgroup", class: "heads" }, this.head),
      this.body,
    );
    this.element.addEventListener("scroll", () => this.later(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.body.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.later()).observe(this.element);
  }

  header(column) {
    const label = column.value
      ? app.element("button", { type: "button", text: column.title, click: () => this.sortBy(column.key) })
      : app.element("span", { text: column.title });
    if (column.about) label.title = column.about;
    const options = { role: "columnheader", class: `cell ${column.key}`, "data-key": column.key };
    const cell = app.element("div", options, label);
    cell.classList.toggle("numeric", Boolean(column.numeric));
    return cell;
  }

  /** Sort by a column; once more turns it round. Numbers start with the greatest. */
  sortBy(key, down) {
    const column = this.columns.find((each) => each.key === key);
    const first = Boolean(column.numeric);
    this.sort = { key, down: down ?? (this.sort.key === key ? !this.sort.down : first) };
    this.show(this.items);
  }

  show(items) {
    this.items = items;
    this.drawn = new Map();
    const { key, down } = this.sort;
    const value = this.columns.find((column) => column.key === key).value;
    const sign = down ? -1 : 1;
    const keyed = items.map((item, at) => [value(item), at, item]);
    keyed.sort((a, b) => sign * compare(a[0], b[0]) || a[1] - b[1]);
    this.sorted = keyed.map((each) => each[2]);
    for (const cell of this.head.children) {
      const sorted = cell.dataset.key === key ? (down ? "descending" : "ascending") : null;
      if (sorted) cell.setAttribute("aria-sort", sorted);
      else cell.removeAttribute("aria-sort");
    }
    this.element.setAttribute("aria-rowcount", this.sorted.length + 1);
    this.body.style.height = `${this.sorted.length * this.height}px`;
    this.element.scrollTop = 0;
    this.draw();
  }

  later() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    if (this.printing) return;
    const top = this.element.scrollTop / this.height;
    const first = Math.max(0, Math.floor(top) - AROUND);
    const last = Math.ceil(top + this.element.clientHeight / this.height) + AROUND;
    this.fill(first, Math.min(last, this.sorted.length));
  }

  /** Rows that stay in sight stay in the document: one that goes while it is pressed loses its click. */
  fill(first, last) {
    const made = [];
    const before = this.drawn;
    this.drawn = new Map();
    for (let at = first; at < last; at++) {
      const item = this.sorted[at];
      const kept = before.get(item);
      const row = kept && Number(kept.dataset.at) === at ? this.refreshed(kept, item) : this.row(item, at);
      this.drawn.set(item, row);
      made.push(row);
    }
    if (!this.sorted.length) made.push(app.element("p", { class: "none", text: "Nothing here matches." }));
    for (const old of [...this.body.children]) if (!made.includes(old)) old.remove();
    made.forEach((row, at) => this.body.children[at] === row || this.body.insertBefore(row, this.body.children[at]));
    const active = this.body.querySelector("[aria-selected=true]");
    if (active) this.element.setAttribute("aria-activedescendant", active.id);
    else this.element.removeAttribute("aria-activedescendant");
  }

  refreshed(row, item) {
    row.setAttribute("aria-selected", this.chosen() === item);
    this.columns.forEach((column, at) => column.live && row.children[at].replaceChildren(column.cell(item)));
    return row;
  }

  row(item, at) {
    const selected = this.chosen() === item;
    const options = { class: "row", role: "row", "aria-rowindex": at + 2, "aria-selected": selected };
    const row = app.element("div", { ...options, id: `${this.columns.id || "row"}-${at}` });
    row.style.top = `${at * this.height}px`;
    row.dataset.at = at;
    for (const column of this.columns) {
      const content = column.cell(item);
      const cell = app.element("div", { role: "gridcell", class: `cell ${column.key}` }, content);
      if (column.numeric) cell.classList.add("numeric");
      if (typeof content === "string") cell.title = content;
      row.append(cell);
    }
    return row;
  }

  /** The item at the height of an event: its row may have been made anew since it was pressed. */
  at(event) {
    return this.sorted[Math.floor((event.clientY - this.body.getBoundingClientRect().top) / this.height)];
  }

  click(event) {
    const item = this.at(event);
    if (!item) return;
    const again = this.clicked === item && event.timeStamp - this.clickedAt < TWICE;
    [this.clicked, this.clickedAt] = [item, event.timeStamp];
    this.choose(item);
    if (again && this.twice) this.twice(item);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || !this.sorted.length || event.target !== this.element) return;
    event.preventDefault();
    const now = this.sorted.indexOf(this.chosen());
    const at = Math.min(this.sorted.length - 1, Math.max(0, now + steps[event.key]));
    this.choose(this.sorted[at]);
    this.reveal(this.sorted[at]);
  }

  /** Scroll as little as it takes to have the row of `item` in sight. */
  reveal(item) {
    const top = this.sorted.indexOf(item) * this.height;
    if (top < 0) return;
    const room = this.element.clientHeight - this.head.offsetHeight - this.height;
    const { scrollTop } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top > scrollTop + room) this.element.scrollTop = top - room;
    this.draw();
  }

  print(on) {
    this.printing = on;
    if (!on) return this.draw();
    this.fill(0, Math.min(PRINTED, this.sorted.length));
    const more = this.sorted.length - PRINTED;
    if (more > 0) this.body.append(app.element("p", { class: "none", text: `and ${app.count(more)} more` }));
  }
};

/** Compare two values; what is missing comes last among ascending ones. */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "\uffff").localeCompare(String(b ?? "\uffff"), "en", { numeric: true });
}
