"""A trace in the file format of www.speedscope.app: an evented profile for each thread.

Source: https://www.speedscope.app/file-format-schema.json.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .model import Import, Trace

_SCHEMA = "https://www.speedscope.app/file-format-schema.json"


def dumps(trace: Trace) -> str:
    """Return the text of the file."""
    return json.dumps(as_json(trace)) + "\n"


def as_json(trace: Trace) -> dict[str, Any]:
    """Return the JSON data of the file."""
    frames = _Frames()
    threads: dict[tuple[int, int, str], list[Import]] = {}
    for root in trace.roots:
        threads.setdefault((root.pid, root.thread_id, root.thread_name), []).append(root)
    several = len({pid for pid, _, _ in threads}) > 1
    profiles = [
        _profile(f"{name} of process {pid}" if several else name, roots, frames, trace.wall_ns)
        for (pid, _, name), roots in threads.items()
    ]
    return {
        "$schema": _SCHEMA,
        "exporter": f"entrepot@{trace.entrepot}",
        "name": " ".join(trace.program.get("argv", ())),
        "activeProfileIndex": 0,
        "shared": {"frames": frames.frames},
        # The schema allows for none; the viewer wants one.
        "profiles": profiles or [_profile("MainThread", [], frames, trace.wall_ns)],
    }


class _Frames:
    """The table of frames, each once."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self._known: dict[tuple[str, str | None], int] = {}

    def number(self, name: str, file: str | None) -> int:
        key = name, file
        if key not in self._known:
            self._known[key] = len(self.frames)
            self.frames.append({"name": name} if file is None else {"name": name, "file": file})
        return self._known[key]


def _profile(name: str, roots: list[Import], frames: _Frames, end: int) -> dict[str, Any]:
    events: list[dict[str, Any]] = []
    #: What is still to be done, last first: imports to open, frames to close at a time.
    waiting: list[Import | tuple[int, int]] = [*reversed(roots)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            events.append({"type": "C", "frame": one[0], "at": one[1]})
            continue
        frame = frames.number(one.name, one.origin)
        events.append({"type": "O", "frame": frame, "at": one.start})
        waiting.append((frame, one.end))
        waiting += reversed(one.children)
    last = max((event["at"] for event in events), default=0)
    return {
        "type": "evented", "name": name, "unit": "nanoseconds", "startValue": 0,
        "endValue": max(end, last), "events": events,
    }  # fmt: skip
