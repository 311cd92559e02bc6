"""Loaders: from a spec to an executed module (PEP 302, PEP 451).

base.py       what all loaders share: execute code in a module; a name and a path
source.py     source files, with their pycs (bytecode/)        PEP 3147, 552
sourceless.py a pyc alone
extension.py  shared libraries, and frameworks on Apple's      PEP 489
suffixes.py   which suffix means which loader
"""
