// Numbers and names as people read them.

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const two = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Nanoseconds in the unit that fits, three digits: "1.23 s", "45.6 ms", "789 µs". */
app.time = (ns) => {
  const [size, unit] = ns >= 1e9 ? [1e9, "s"] : ns >= 1e6 ? [1e6, "ms"] : [1e3, "µs"];
  const value = ns / size;
  return `${value.toFixed(value >= 100 || ns === 0 ? 0 : value >= 10 ? 1 : 2)}\u00a0${unit}`;
};

/** Nanoseconds as milliseconds, for columns: "1,234.56". */
app.ms = (ns) => two.format(ns / 1e6);
app.count = (number) => grouped.format(number);
app.percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)}%` : "0%");
app.plural = (number, one, many) => `${app.count(number)} ${number === 1 ? one : many}`;

app.bytes = (number) => {
  const [size, unit] = number >= 1e6 ? [1e6, "MB"] : number >= 1e3 ? [1e3, "kB"] : [1, "B"];
  return `${(number / size).toFixed(size === 1 || number / size >= 100 ? 0 : 1)}\u00a0${unit}`;
};

/** A file by its end, from the last directory that says whose it is: "django/db/models.py". */
app.short = (file) => {
  if (!file) return "";
  const parts = file.split(/[\\/]/);
  const at = Math.max(parts.lastIndexOf("site-packages"), parts.findLastIndex((part) => /^(python|pypy)\d/.test(part)));
  return at >= 0 ? parts.slice(at + 1).join("/") : parts.slice(-3).join("/");
};

app.place = (file, line) => (file ? `${app.short(file)}:${line}` : "");
