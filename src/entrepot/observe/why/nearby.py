"""Why nothing was found: files that are there, and are not what is imported."""

from __future__ import annotations

import os
import stat
import sys
from unicodedata import is_normalized, normalize

from ...loaders.suffixes import all_suffixes
from .advice import pip
from .builds import EXTENSIONS, built_and_here, is_loadable
from .catalogue import Finding
from .owners import providing
from .search import ABSENT, FOUND, NOT_ARCHIVE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .search import Entry
    from .view import View
    from .walk import Stage


def stale_cache(view: View, stage: Stage) -> Iterator[Finding]:
    """Files that a path entry finder does not know yet, which a new one finds."""
    for entry in stage.search.entries if stage.search else ():
        if entry.stale is not None:
            path = entry.stale.origin or entry.stale.submodule_search_locations[0]
            yield Finding("stale-cache", path=path, directory=entry.directory)


def files(view: View, stage: Stage) -> Iterator[Finding]:
    """Files whose names are nearly right, in the directories of the path."""
    for entry in stage.search.entries if stage.search else ():
        if entry.answer is FOUND or entry.stale is not None:
            continue
        findings = [_of_file(view, entry, name, stage) for name in entry.names]
        certain = [finding for finding in findings if finding is not None]
        # A stub says nothing where the module itself is beside it.
        yield from [each for each in certain if not _is_stub(each)] or certain
        yield from _orphans(view, entry, stage.name.rpartition(".")[2])


def _is_stub(finding: Finding) -> bool:
    return str(finding.details["path"]).endswith(".pyi")


def _of_file(view: View, entry: Entry, name: str, stage: Stage) -> Finding | None:
    tail = stage.name.rpartition(".")[2]
    path = os.path.join(entry.directory, name)
    stem = name.partition(".")[0]
    if name.endswith(EXTENSIONS) and not is_loadable(name):
        return foreign_extension(view, path, stage.name)
    if stem != tail and _is_module(path):
        return _other_spelling(path, stem, stage.name)
    if not os.path.isfile(path):
        return _no_file(path) if name.endswith(tuple(all_suffixes())) else None
    return _wrong_suffix(path, name, tail)


def _is_module(path: str) -> bool:
    return os.path.isdir(path) or path.lower().endswith(tuple(all_suffixes()))


def _other_spelling(path: str, stem: str, name: str) -> Finding:
    tail = name.rpartition(".")[2]
    if normalize("NFC", stem) == normalize("NFC", tail):
        form = "NFD" if not is_normalized("NFC", stem) else "NFC"
        return Finding("unicode-form", path=path, name=tail, form=form)
    return Finding("wrong-case", path=path, name=tail, actual=name[: -len(tail)] + stem)


def _no_file(path: str) -> Finding | None:
    if os.path.islink(path) and not os.path.exists(path):
        what = f"a link to {os.readlink(path)}, which does not exist"
        return Finding("not-a-file", path=path, what=what, fix="restore what it leads to")
    if os.path.isdir(path):
        stem = os.path.splitext(path)[0]
        fix = f"rename the directory to {stem} if it is a package"
        return Finding("not-a-file", path=path, what="a directory", fix=fix)
    if stat.S_ISREG(os.stat(path).st_mode):
        return None
    return Finding("not-a-file", path=path, what="something special", fix="replace it")


def _wrong_suffix(path: str, name: str, tail: str) -> Finding | None:
    suffix = name[len(tail) :]
    if suffix.lower() in all_suffixes():
        return Finding("wrong-suffix", path=path, fix=f"rename it to {tail}{suffix.lower()}")
    if suffix in (".py.txt", ".txt", ".pyw", ".py3", ".python"):
        return Finding("wrong-suffix", path=path, fix=f"rename it to {tail}.py")
    if suffix in (".pyx", ".pyi"):
        fix = {
            ".pyx": "build it: it is source of Cython, of which an extension module is made",
            ".pyi": "install the module itself: a stub is for type checkers only",
        }[suffix]
        return Finding("wrong-suffix", path=path, fix=fix)
    return None


def foreign_extension(view: View, path: str, name: str) -> Finding:
    """Return the finding for an extension module that another interpreter could import."""
    top = name.partition(".")[0]
    install = next((owner.name for owner, _ in providing(view, top)), top)
    details = {"path": path, "install": install, "pip": pip(), **built_and_here(path)}
    return Finding("foreign-extension", **details)


def _orphans(view: View, entry: Entry, tail: str) -> Iterator[Finding]:
    cache = os.path.join(entry.directory, "__pycache__")
    tag = sys.implementation.cache_tag or ""
    for name in view.listing(cache):
        if name.startswith(f"{tail}.{tag}") and tag:
            source = os.path.join(entry.directory, f"{tail}.py")
            yield Finding("orphan-bytecode", path=os.path.join(cache, name), source=source)
            return


def unusable_entries(view: View, stage: Stage) -> Iterator[Finding]:
    """Path entries that are not what was meant: with `~` or `$`, quoted, or several in one."""
    if "." in stage.name:
        return
    for entry in stage.search.entries if stage.search else ():
        text = entry.entry
        if not isinstance(text, str):
            kind = type(text).__name__
            what = f"is no string but a {kind}: it is ignored"
            yield Finding("entry-unusable", entry=text, what=what, fix="put str(entry) on sys.path")
        elif entry.answer == ABSENT:
            yield from _absent(text)
        elif entry.answer == NOT_ARCHIVE:
            what = "is a file, but no archive that can be read"
            fix = "put the directory on the path, not the file; or repair the archive"
            yield Finding("entry-unusable", entry=text, what=what, fix=fix)


def _absent(entry: str) -> Iterator[Finding]:
    bare = entry.strip(_QUOTES)
    if "~" in entry or "$" in entry:
        # Python has made it absolute: what stands before the tilde is the current directory.
        meant = os.path.expanduser(os.path.expandvars(entry[max(entry.find("~"), 0) :]))
        what = "is taken literally: ~ and variables are the shell's business"
        yield Finding("entry-unusable", entry=entry, what=what, fix=f"use {meant}")
    elif entry != bare and os.path.exists(bare):
        what = "has quotation marks or blanks around it"
        yield Finding("entry-unusable", entry=entry, what=what, fix=f"use {bare}")
    elif _OTHER in entry and all(map(os.path.exists, entry.split(_OTHER))):
        what = f"is several, separated by {_OTHER!r} where this system has {os.pathsep!r}"
        fix = f"use {entry.replace(_OTHER, os.pathsep)}"
        yield Finding("entry-unusable", entry=entry, what=what, fix=fix)


_QUOTES = " '\""
#: What separates path entries on other systems.
_OTHER = ";" if os.pathsep == ":" else ":"
