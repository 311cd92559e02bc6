"""Images: the code of many modules in one mapped file, served without looking for it.

A program that starts looks for hundreds of files, opens, reads and checks each. An image has
what it would find: for each directory the names in it, and for each source file its code. It is
made by `entrepot.image` and served by

    format.py   what is in the file, and why one is refused
    opened.py   an open image: its directories, the code of its modules, what is still as it was
    finder.py   the finder of a directory that is in an image
    loader.py   the loader of a module whose code is in an image
    use.py      `use()`: put all that behind the import statement, and back

An image stands where directories do: its path hook takes the directories that are in it, and
makes finders that know their names and code. So the search is the ordinary one (PEP 302): all
entries of the path are asked in their order, those that are in the image and those that are
not; built-in and frozen modules, other people's finders, and changes to `sys.path` and
`__path__` mean what they always do. The code of a module is taken from the image only if the
search led to the file that it was made from, and that is as it was: with *checked* trust its
size and mtime are compared, one `stat` a module; with *sealed* nothing is.

What does not fit goes the ordinary way: a changed module alone, a whole image if it is damaged,
another interpreter's, or could have been written by somebody else.
"""

from __future__ import annotations

from ...host import frames
from . import finder, format as _format, loader, opened, use as _use
from .format import CHECKED, SEALED, Refused
from .opened import Image
from .use import InUse, path_of, use

__all__ = ["CHECKED", "SEALED", "Image", "InUse", "Refused", "path_of", "use"]

frames.hide(finder, _format, loader, opened, _use)
