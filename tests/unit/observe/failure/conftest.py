from __future__ import annotations

import importlib
import sys
import textwrap

import pytest


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A function: writes files, imports a module, and returns the exception that this raises."""
    folder = tmp_path.resolve()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.chdir(folder)

    def fail(files, module):
        for name, text in files.items():
            # Another test may have imported the library's module of that name.
            monkeypatch.delitem(sys.modules, name.removesuffix(".py"), raising=False)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")
        importlib.invalidate_caches()
        with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever it is
            importlib.import_module(module)
        return caught.value

    yield fail
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None) or ""
        if file.startswith(str(folder)):
            del sys.modules[name]
