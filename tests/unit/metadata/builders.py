"""Makes path entries with distributions in them."""

from __future__ import annotations

import os
import zipfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pathlib

    Files = dict[str, "str | bytes"]


def write(root: pathlib.Path, files: Files) -> pathlib.Path:
    """Write *files* (path: content) below *root*, and return that."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    root.mkdir(parents=True, exist_ok=True)
    return root


def dist_info(name: str, version: str = "1.0", **files: str | bytes) -> Files:
    """The files of a dist-info directory: keywords are file names, `_txt` for `.txt`."""
    directory = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    found: Files = {f"{directory}/METADATA": metadata}
    for key, content in files.items():
        found[f"{directory}/{key.replace('_txt', '.txt').replace('_json', '.json')}"] = content
    return found


def archive(path: pathlib.Path, files: Files) -> pathlib.Path:
    """Write *files* as the zip file *path*, and return that."""
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


class System:
    """What metadata needs of an import system: a path and finders."""

    def __init__(self, *path: object, meta_path: list[object] | None = None) -> None:
        import importlib.machinery

        self.path = [os.fspath(entry) for entry in path]  # type: ignore[call-overload]
        self.meta_path = [importlib.machinery.PathFinder] if meta_path is None else meta_path
        self.on_invalidate: list[object] = []
        self.imported: list[str] = []

    def import_module(self, name: str) -> object:
        """Import as the process does, and remember what."""
        import importlib

        self.imported.append(name)
        return importlib.import_module(name)
