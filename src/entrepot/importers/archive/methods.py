"""The compression methods of zip members, as a table (APPNOTE 4.4.5).

Their modules are imported when the first member needs them. That import may itself be served
from an archive: a thread that needs a decompressor in order to import it gets an ArchiveError
instead of an endless recursion.
"""

from __future__ import annotations

from .. import _lazily
