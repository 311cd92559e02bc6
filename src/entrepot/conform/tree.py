"""Write the tree of a case."""

from __future__ import annotations

import os
import zipfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .cases import Case, File


def write(case: Case, root: str) -> None:
    """Write the files of *case* below *root*, which is made. Archives are stored, not packed."""
    os.mkdir(root)
    for file in case.files:
        path = os.path.join(root, *(file.archive or file.name).split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if file.archive:
            _add_to_archive(path, file)
        elif file.link:
            os.symlink(file.link, path)
        elif file.name.endswith("/"):
            os.makedirs(path, exist_ok=True)
        else:
            with open(path, "wb") as out:
                out.write(file.data)


def _add_to_archive(path: str, file: File) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(file.name, file.data)
