"""Reading zip archives: their directory at once, their members one by one.

    end.py        the end of the file: where the directory is (zip64, comments, prepended data)
    directory.py  the directory: one block of bytes, and an index of names into it
    member.py     one member: its entry, its local header, its bytes, all checked
    methods.py    decompressors, imported when the first member needs one

An `Archive` never changes: a file that has changed is a new archive. So it is shared by all
importers and threads without locks. No file stays open. The format is that of PKWARE's
APPNOTE.TXT; sections are cited where a field would puzzle.

Archives are not trusted. Everything that an archive says about itself is checked against the
file before it is used, and nothing expands beyond what its entry says nor, compressed, beyond
`member.LIMIT`. What is wrong is an `ArchiveError`, which names the archive and says why.
"""
