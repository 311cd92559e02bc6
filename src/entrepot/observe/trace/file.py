"""The trace file: JSON, `"format": "entrepot-trace"`, version 1 (docs/trace.md has the schema).

Within version 1 there may be more keys, which are passed over; none goes, or changes its meaning.
"""

from __future__ import annotations

from .jsontext import Texts, text_of
from .model import OUTCOMES, PHASES, Import, Importer, Repeat, Trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMAT, VERSION = "entrepot-trace", 1

_NONE = type(None)
#: What the objects in the file must have, and of which type.
_TRACE = {
    "entrepot": str, "interpreter": dict, "program": dict, "started": str, "wall_ns": int,
    "ended": dict, "imports": list, "repeats": list,
}  # fmt: skip
_PROGRAM = {"form": str, "argv": list, "cwd": str}
_ENDED = {"how": str, "status": int, "error": (str, _NONE)}
_IMPORT = {
    "id": int, "parent": (int, _NONE), "name": str, "start": int, "end": int, "phases": dict,
    "importer": (dict, _NONE), "thread": dict, "pid": int, "outcome": str,
    "error": (str, _NONE), "caught": (bool, _NONE), "origin": (str, _NONE),
    "loader": (str, _NONE), "package": bool, "bytecode": str, "bytes": int,
    "memory": (int, _NONE), "distribution": (str, _NONE),
}  # fmt: skip
_THREAD = {"id": int, "name": str}
_IMPORTER = {"module": str, "file": str, "line": int}
_REPEAT = {"module": str, "importer": (dict, _NONE), "state": str, "at": int}
#: Fields whose values are those of the object in the file, as they are.
_PLAIN = (
    "name", "start", "end", "pid", "outcome", "error", "caught", "origin", "loader", "package",
    "bytecode", "bytes", "memory", "distribution",
)  # fmt: skip
_PLAIN_OF_TRACE = ("entrepot", "interpreter", "program", "started", "wall_ns", "ended")


class BadTrace(ValueError):
    """What was read is no trace, or no whole one; the text says where and why, in a line."""


def as_json(trace: Trace) -> dict[str, Any]:
    """Return *trace* as the JSON data of a trace file."""
    return {
        "format": FORMAT,
        "version": VERSION,
        **{name: getattr(trace, name) for name in _PLAIN_OF_TRACE},
        "imports": [_import_as_json(one) for one in trace.imports],
        "repeats": [_repeat_as_json(one) for one in trace.repeats],
    }


def _import_as_json(one: Import) -> dict[str, Any]:
    return {
        "id": one.id,
        "parent": None if one.parent is None else one.parent.id,
        **{name: getattr(one, name) for name in _PLAIN},
        "phases": dict(one.phases),
        "importer": _importer_as_json(one.importer),
        "thread": {"id": one.thread_id, "name": one.thread_name},
    }


def _importer_as_json(importer: Importer | None) -> dict[str, Any] | None:
    if importer is None:
        return None
    return {"module": importer.module, "file": importer.file, "line": importer.line}


def _repeat_as_json(repeat: Repeat) -> dict[str, Any]:
    importer = _importer_as_json(repeat.importer)
    return {"module": repeat.module, "importer": importer, "state": repeat.state, "at": repeat.at}


#: The text of an import, with a place for each of its values; those are in `_line`.
_PHASES_TEXT = ", ".join(f'"{name}": %s' for name in PHASES)
_PLAIN_TEXT = ", ".join(f'"{name}": %s' for name in ("id", "parent", *_PLAIN))
_LINE = (
    f'  {{{_PLAIN_TEXT}, "phases": {{{_PHASES_TEXT}}}, '
    '"importer": %s, "thread": {"id": %s, "name": %s}}'
)


def dumps(trace: Trace) -> str:
    """Return the text of the trace file of *trace*: ASCII, a line for each import."""
    texts = Texts()
    head = {"format": FORMAT, "version": VERSION}
    head |= {name: getattr(trace, name) for name in _PLAIN_OF_TRACE}
    lists = {
        "imports": [_line(one, texts) for one in trace.imports],
        "repeats": [f"  {text_of(_repeat_as_json(one))}" for one in trace.repeats],
    }
    parts = [f" {texts[name]}: {text_of(value)}" for name, value in head.items()]
    for name, lines in lists.items():
        among = ",\n".join(lines)
        parts.append(f' "{name}": [\n{among}\n ]' if lines else f' "{name}": []')
    text = ",\n".join(parts)
    return f"{{\n{text}\n}}\n"


def _line(one: Import, texts: Texts) -> str:
    """Return the line of an import: `_import_as_json` in one go, for there are thousands."""
    importer = one.importer
    return _LINE % (
        one.id, "null" if one.parent is None else one.parent.id, texts[one.name], one.start,
        one.end, one.pid, texts[one.outcome], texts[one.error], texts[one.caught],
        texts[one.origin], texts[one.loader], texts[one.package], texts[one.bytecode], one.bytes,
        "null" if one.memory is None else one.memory, texts[one.distribution],
        *map(one.phases.__getitem__, PHASES),
        "null" if importer is None else _IMPORTER_TEXT
        % (texts[importer.module], texts[importer.file], importer.line),
        one.thread_id, texts[one.thread_name],
    )  # fmt: skip


_IMPORTER_TEXT = '{"module": %s, "file": %s, "line": %s}'


def read(path: str) -> Trace:
    """Return the trace in the file *path*. Raises BadTrace, or OSError if it cannot be read."""
    with open(path, "rb") as file:
        data = file.read()
    return loads(data, path)


def loads(data: bytes | str, where: str = "<trace>") -> Trace:
    """Return the trace whose file has the content *data*; *where* is its name in messages."""
    import json

    if not data.strip():
        raise BadTrace(f"{where}: the file is empty")
    try:
        found = json.loads(data)
    except ValueError as error:
        text = data if isinstance(data, str) else data[:64].decode("utf-8", "replace")
        cut = " or was cut short" if text.lstrip().startswith("{") else ""
        raise BadTrace(f"{where}: is not JSON{cut}: {error}") from None
    except RecursionError:
        raise BadTrace(f"{where}: is nested too deeply") from None
    return from_json(found, where)


def from_json(data: Any, where: str = "<trace>") -> Trace:
    """Return the trace of the JSON *data*. Raises BadTrace, which names *where* it is from."""
    try:
        return _trace(data)
    except BadTrace as problem:
        raise BadTrace(f"{where}: {problem}") from None


def _trace(data: Any) -> Trace:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadTrace(f'is no trace of entrepot: it has no "format": "{FORMAT}"')
    if data.get("version") != VERSION:
        raise BadTrace(
            f"is of version {data.get('version')!r} of the trace format; this is version {VERSION}"
        )
    _check(data, _TRACE, "the trace")
    _check(data["program"], _PROGRAM, '"program"')
    _check(data["ended"], _ENDED, '"ended"')
    trace = Trace()
    for name in _PLAIN_OF_TRACE:
        setattr(trace, name, data[name])
    known: dict[int, Import] = {}
    trace.imports = [_import(item, at, known) for at, item in enumerate(data["imports"])]
    trace.repeats = [_repeat(item, at) for at, item in enumerate(data["repeats"])]
    return trace


def _check(item: Any, wanted: dict[str, Any], where: str) -> None:
    """Raise BadTrace unless *item* is an object that has what is *wanted*."""
    if not isinstance(item, dict):
        raise BadTrace(f"{where} is no object")
    for name, types in wanted.items():
        if name not in item:
            raise BadTrace(f'{where} has no "{name}"')
        value = item[name]
        # A bool is an int for Python, but not here.
        if not isinstance(value, types) or (types is int and isinstance(value, bool)):
            raise BadTrace(f'{where} has "{name}": {text_of(value)[:60]}')


def _import(item: Any, at: int, known: dict[int, Import]) -> Import:
    where = f"import {at}"
    _check(item, _IMPORT, where)
    _check(item["thread"], _THREAD, f'"thread" of {where}')
    if item["id"] in known:
        raise BadTrace(f'{where} has the "id" of an earlier one')
    if item["end"] < item["start"]:
        raise BadTrace(f"{where} ends before it starts")
    if item["outcome"] not in OUTCOMES:
        raise BadTrace(f'{where} has "outcome": {text_of(item["outcome"])[:60]}')
    one = Import(item["id"], item["name"], item["start"], item["end"])
    for name in _PLAIN:
        setattr(one, name, item[name])
    _check(item["phases"], dict.fromkeys(PHASES, int), f'"phases" of {where}')
    one.phases = {name: item["phases"][name] for name in PHASES}
    one.importer = _importer(item["importer"], where)
    one.thread_id, one.thread_name = item["thread"]["id"], item["thread"]["name"]
    if item["parent"] is not None:
        one.parent = known.get(item["parent"])
        if one.parent is None:
            raise BadTrace(f'{where} has a "parent" that does not come before it')
        one.parent.children.append(one)
    known[one.id] = one
    return one


def _importer(item: Any, where: str) -> Importer | None:
    if item is None:
        return None
    _check(item, _IMPORTER, f'"importer" of {where}')
    return Importer(item["module"], item["file"], item["line"])


def _repeat(item: Any, at: int) -> Repeat:
    where = f"repeat {at}"
    _check(item, _REPEAT, where)
    return Repeat(item["module"], _importer(item["importer"], where), item["at"], item["state"])
