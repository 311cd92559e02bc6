"""The metadata of installed distributions: everything `importlib.metadata` does, sooner.

What flows through, from the outside in:

    path entry -> Listing -> place -> Distribution -> version, metadata, entry points, files

1. `environment.Metadata` belongs to an import system. It asks the finders on `meta_path`
   (`find_distributions`); for the path finder it looks at the path entries itself.
2. `listing` has the metadata directories of each path entry (`NAME-1.0.dist-info`, egg-info,
   eggs, zip files), kept while a `stat` of the directory gives the same.
3. `places` reads the files of one metadata directory, on disk, in an archive, or from anything
   that is like a path.
4. `installed` derives all properties from `read_text` and `locate_file`.
5. The readers are pure functions of text: `headers` (METADATA), `sections` (entry_points.txt,
   requires.txt), `record` (RECORD). What is malformed costs its own line only.
6. `merged` joins the entry points of all distributions and remembers them; `index` does so
   between processes, if asked to (`use_index`).

The functions here are those of the process's own import system. Nothing is imported before it
is needed: `version("x")` touches neither `email` nor `pathlib`; other classes come into being
when they are named. `kinship` makes ours subclasses of the standard library's once that is
loaded, `serve` gives the standard library's callers this package instead.

Sources: documentation of `importlib.metadata` and importlib_metadata 10.2; PEP 376, 503, 566,
610, 627, 660; "Core metadata", "Entry points" and "Recording installed projects" of
packaging.python.org.
"""

from __future__ import annotations

from ..startup import Section

with Section("host", whole=True):
    from .. import host  # noqa: F401 - for the sections below
with Section("metadata"):
    from .environment import PROCESS, Metadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .entrypoints import EntryPoint, EntryPoints
    from .errors import MetadataNotFound, PackageNotFoundError
    from .finder import DistributionFinder, MetadataPathFinder
    from .installed import Distribution, PathDistribution
    from .paths import FileHash, PackagePath
    from .protocols import IDistribution, IPackagePath, PackageMetadata, SimplePath
    from .serve import install

__all__ = [
    "Distribution",
    "DistributionFinder",
    "EntryPoint",
    "EntryPoints",
    "FileHash",
    "IDistribution",
    "IPackagePath",
    "Metadata",
    "MetadataNotFound",
    "MetadataPathFinder",
    "PackageMetadata",
    "PackageNotFoundError",
    "PackagePath",
    "PathDistribution",
    "SimplePath",
    "distribution",
    "distributions",
    "entry_points",
    "files",
    "install",
    "installer",
    "metadata",
    "packages_distributions",
    "requested",
    "requires",
    "use_index",
    "version",
]

#: Where the names are that are made on demand.
_HOMES = {
    "Distribution": "installed",
    "DistributionFinder": "finder",
    "EntryPoint": "entrypoints",
    "EntryPoints": "entrypoints",
    "FileHash": "paths",
    "IDistribution": "protocols",
    "IPackagePath": "protocols",
    "MetadataNotFound": "errors",
    "MetadataPathFinder": "finder",
    "PackageMetadata": "protocols",
    "PackageNotFoundError": "errors",
    "PackagePath": "paths",
    "PathDistribution": "installed",
    "SimplePath": "protocols",
    "install": "serve",
}
_SUBMODULES = ("diagnose", "parsed")


distribution = PROCESS.distribution
distributions = PROCESS.distributions
entry_points = PROCESS.entry_points
files = PROCESS.files
installer = PROCESS.installer
metadata = PROCESS.metadata
packages_distributions = PROCESS.packages_distributions
requested = PROCESS.requested
requires = PROCESS.requires
use_index = PROCESS.use_index
version = PROCESS.version


def __getattr__(name: str) -> Any:
    if name in _SUBMODULES:
        return _submodule(name)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_submodule(_HOMES[name]), name)
    globals()[name] = value
    return value


def _submodule(name: str) -> Any:
    # The statement, not import_module: whatever system imported this package imports its parts.
    return __import__(f"{__name__}.{name}", fromlist=["*"])


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_SUBMODULES})
