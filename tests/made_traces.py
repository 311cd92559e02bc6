"""Traces as a program of thousands of modules would leave, made up; the same for the same seed."""

from __future__ import annotations

import random

PHASES = ("search", "create", "read", "unmarshal", "compile", "write", "execute", "other")
#: Distributions with the share of the modules that each has.
SHARES = {
    "stdlib": 30,
    "program": 12,
    "django 5.1": 14,
    "numpy 2.1.3": 12,
    "pandas 2.2.3": 12,
    "sqlalchemy 2.0.36": 8,
    "requests 2.32.3": 4,
    "pydantic 2.10.1": 8,
}
WORDS = [
    "adapters",
    "base",
    "cache",
    "codec",
    "config",
    "core",
    "db",
    "encoding",
    "errors",
    "events",
    "fields",
    "files",
    "forms",
    "graph",
    "http",
    "index",
    "io",
    "json",
    "locks",
    "models",
    "net",
    "options",
    "parser",
    "paths",
    "query",
    "render",
    "schema",
    "session",
    "signals",
    "storage",
    "tables",
    "text",
    "threads",
    "time",
    "tokens",
    "tools",
    "types",
    "urls",
    "utils",
    "views",
    "widgets",
    "workers",
]


class _Maker:
    """Plays a program's imports, one inside the other, and keeps the time."""

    def __init__(self, modules, seed):
        self.random = random.Random(seed)
        self.clock = 2_000_000
        self.records, self.repeats = [], []
        self.waiting = self.names(modules)
        self.stack = []
        self.thread = {"id": 1, "name": "MainThread"}

    def names(self, count):
        """Modules in an order in which a parent stands before its submodules."""
        packages = []
        for owner, share in SHARES.items():
            base = {"stdlib": "lib", "program": "shop"}.get(owner, owner.partition(" ")[0])
            mine, room = [base], count * share // 100
            while len(mine) < room:
                parent = self.random.choice(mine[: 1 + len(mine) // 4])
                name = f"{parent}.{self.random.choice(WORDS)}"
                if name in mine:
                    name += f"_{len(mine)}"
                mine.append(name)
            packages.append([(name, owner) for name in mine])
        return [list(reversed(each)) for each in packages]

    def run(self):
        while any(self.waiting):
            # The program's own thread, and now and then one of two others.
            number = self.random.choice([1, 1, 1, 1, 2, 3]) if self.records else 1
            names = {1: "MainThread", 2: "loader", 3: "ThreadPoolExecutor-0_0"}
            self.thread = {"id": number, "name": names[number]}
            self.load(None)
            self.clock += self.random.randrange(20_000, 400_000)

    def load(self, parent):
        queue = self.random.choice([each for each in self.waiting if each])
        name, owner = queue.pop()
        number, start = len(self.records), self.clock
        path = f"/srv/venv/lib/python3.13/site-packages/{name.replace('.', '/')}.py"
        record = {
            "id": number,
            "parent": parent,
            "name": name,
            "start": start,
            "end": start,
            "phases": dict.fromkeys(PHASES, 0),
            "importer": self.importer(),
            "thread": self.thread,
            "pid": 4711,
            "outcome": "loaded",
            "error": None,
            "caught": None,
            "origin": path,
            "loader": "entrepot.loaders.source.SourceFileLoader",
            "package": self.random.random() < 0.2,
            "bytecode": self.random.choice(["fresh"] * 9 + ["stale", "written"]),
            "bytes": self.random.randrange(300, 90_000),
            "memory": None,
            "distribution": owner,
        }
        self.records.append(record)
        self.stack.append(record)
        self.fill(record)
        self.stack.pop()
        record["end"] = self.clock

    def fill(self, record):
        self.spend(record, "search", 5_000, 80_000)
        fate = self.random.random()
        if fate < 0.02:
            record.update(outcome="missing", origin=None, loader=None, bytes=0, bytecode="none")
            record["error"] = f"ModuleNotFoundError: No module named {record['name']!r}"
            record["distribution"] = None
            return
        self.spend(record, "create", 1_000, 4_000)
        self.spend(record, "read", 8_000, 60_000)
        fresh = record["bytecode"] == "fresh"
        for phase, most in [("unmarshal", 300_000)] if fresh else [("compile", 4_000_000)]:
            self.spend(record, phase, 10_000, most)
        if record["bytecode"] == "written":
            self.spend(record, "write", 50_000, 200_000)
        self.execute(record)
        self.spend(record, "other", 1_000, 3_000)
        if fate > 0.995:
            record.update(outcome="failed", error="ImportError: libfast.so.3: cannot open")

    def execute(self, record):
        slow = 60 if self.random.random() < 0.01 else 1
        self.spend(record, "execute", 20_000, 700_000 * slow)
        if len(self.stack) < 14:
            for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 3, 6])):
                if any(self.waiting):
                    self.load(record["id"])
                    self.spend(record, "execute", 500, 20_000)
        if len(self.stack) > 2 and self.random.random() < 0.006:
            whom = self.random.choice(self.stack[:-1])
            repeat = {"module": whom["name"], "importer": self.importer()}
            self.repeats.append({**repeat, "state": "initializing", "at": self.clock})

    def spend(self, record, phase, least, most):
        taken = self.random.randrange(least, most)
        record["phases"][phase] += taken
        self.clock += taken

    def importer(self):
        if not self.stack:
            return {"module": "__main__", "file": "/srv/shop/app.py", "line": 1 + len(self.records)}
        above = self.stack[-1]
        line = self.random.randrange(1, 200)
        return {"module": above["name"], "file": above["origin"], "line": line}


def trace(modules=2400, seed=6):
    """A trace of about that many imports; some are missing, some fail, some go in circles."""
    maker = _Maker(modules, seed)
    maker.run()
    return {
        "format": "entrepot-trace",
        "version": 1,
        "entrepot": "0.1.0",
        "interpreter": {
            "implementation": "cpython",
            "version": "3.13.0",
            "executable": "/srv/venv/bin/python",
        },
        "program": {"form": "path", "argv": ["app.py", "--serve"], "cwd": "/srv/shop"},
        "started": "2026-11-23T01:02:03+00:00",
        "wall_ns": maker.clock + 90_000_000,
        "ended": {"how": "returned", "status": 0, "error": None},
        "imports": maker.records,
        "repeats": maker.repeats,
    }
