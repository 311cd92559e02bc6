"""Importers: finder and loader in one, for modules that are not files on a path.

builtin.py   modules compiled into the interpreter
frozen.py    modules whose bytecode is compiled into it
zip          modules in archives                                     PEP 273
"""
