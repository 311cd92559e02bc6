"""Finders: from a name and a path to a spec.

    path.py        PathFinder, on `meta_path`: asks a finder for each path entry      PEP 302
    directory.py   FileFinder: the files of one directory, their names listed once    PEP 235
    hooks.py       what path hooks have in common
    registry.py    WindowsRegistryFinder
    listing.py     what is known of a directory, and for how long
    unlisted.py    what is known of a huge one at first
    index.py       which entries of a long path have which names

A path entry becomes a finder by the first of `path_hooks` that takes it, and is remembered in
`path_importer_cache`, None meaning that nobody wants it. What is remembered of a directory
is dropped when the directory's mtime changes or `invalidate_caches()` is called.
"""
