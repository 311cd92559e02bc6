"""Importing from zip archives: a path hook, and a finder and loader in one (PEP 273).

    importer.py    `zipimporter`: which module is which member, and what the loader protocol asks
    bytecode.py    when a pyc in an archive is used
    shared.py      one open archive for all importers of it, and for the interpreter's own
    extensions.py  extension modules, unpacked to where they can be loaded; only if asked for

How archives are read is the business of `entrepot.importers.archive`.
"""
