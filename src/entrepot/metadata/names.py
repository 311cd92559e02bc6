"""Distribution names: normalisation, and the names of metadata directories.

PEP 503 makes `Foo.Bar`, `foo-bar` and `foo__bar` one name. The recording-installed-projects
specification writes it with underscores where it stands in a file name; so does this module.
"""

from __future__ import annotations

#: What the directory (or file) with the metadata of one distribution is called, in lower case.
SUFFIXES = (".dist-info", ".egg-info")
#: The metadata directory within an egg.
EGG_INFO = "egg-info"


def normalize(name: str) -> str:
    """Return *name* as PEP 503 has it, with underscores: `Foo.-Bar` is `foo_bar`."""
    name = name.lower().replace("-", "_").replace(".", "_")
    while "__" in name:
        name = name.replace("__", "_")
    return name


def stem(filename: str) -> str:
    """Return the name in `NAME-1.0.dist-info`, `NAME.egg-info` or `NAME-1.0-py3.11.egg`."""
    return filename.rpartition(".")[0].partition("-")[0]


def is_metadata(filename: str) -> bool:
    """Whether *filename* is called as a metadata directory is."""
    return filename.lower().endswith(SUFFIXES)
