"""What the standard library had, has only now, or had under another name.

Sources: "What's New in Python" 3.0 to 3.15; PEP 594; PEP 3108.
"""

from __future__ import annotations

#: name -> (removed in, what to do)
REMOVED: dict[str, tuple[tuple[int, int], str]] = {
    "_bootlocale": ((3, 10), "use locale"),
    "aifc": ((3, 13), "install standard-aifc"),
    "asynchat": ((3, 12), "use asyncio, or install pyasynchat"),
    "asyncore": ((3, 12), "use asyncio, or install pyasyncore"),
    "audioop": ((3, 13), "install audioop-lts"),
    "binhex": ((3, 11), "use base64 or binascii"),
    "cgi": ((3, 13), "use email.message for forms, or install legacy-cgi"),
    "cgitb": ((3, 13), "use traceback, or install legacy-cgi"),
    "chunk": ((3, 13), "install standard-chunk"),
    "crypt": ((3, 13), "use hashlib, or install legacycrypt, bcrypt or argon2-cffi"),
    "distutils": (
        (3, 12),
        "install setuptools, which brings its own, or use packaging and sysconfig",
    ),
    "formatter": ((3, 10), "no replacement; format text by hand"),
    "imghdr": ((3, 13), "install filetype or puremagic"),
    "imp": ((3, 12), "use importlib (importlib.util, importlib.machinery)"),
    "lib2to3": ((3, 13), "install parso or libcst"),
    "mailcap": ((3, 13), "use mimetypes"),
    "msilib": ((3, 13), "no replacement in Python"),
    "nis": ((3, 13), "no replacement"),
    "nntplib": ((3, 13), "install standard-nntplib or pynntp"),
    "ossaudiodev": ((3, 13), "install pygame or sounddevice"),
    "parser": ((3, 10), "use ast"),
    "pipes": ((3, 13), "use subprocess; for pipes.quote, shlex.quote"),
    "smtpd": ((3, 12), "install aiosmtpd"),
    "sndhdr": ((3, 13), "install filetype or puremagic"),
    "spwd": ((3, 13), "install python-pam"),
    "sunau": ((3, 13), "install standard-sunau"),
    "symbol": ((3, 10), "use ast"),
    "telnetlib": ((3, 13), "install telnetlib3 or Exscript"),
    "uu": ((3, 13), "use base64 or binascii"),
    "xdrlib": ((3, 13), "install standard-xdrlib"),
}

#: name -> (since, what older Pythons can install, or "")
ADDED: dict[str, tuple[tuple[int, int], str]] = {
    "annotationlib": ((3, 14), ""),
    "compression": ((3, 14), ""),
    "compression.zstd": ((3, 14), "backports.zstd"),
    "concurrent.interpreters": ((3, 14), ""),
    "pathlib.types": ((3, 14), ""),
    "string.templatelib": ((3, 14), ""),
    "tomllib": ((3, 11), "tomli"),
    "wsgiref.types": ((3, 11), ""),
}

#: name in Python 2 -> name now
PYTHON_2: dict[str, str] = {
    "BaseHTTPServer": "http.server",
    "ConfigParser": "configparser",
    "Cookie": "http.cookies",
    "HTMLParser": "html.parser",
    "Queue": "queue",
    "SocketServer": "socketserver",
    "StringIO": "io",
    "Tkinter": "tkinter",
    "UserDict": "collections",
    "__builtin__": "builtins",
    "cPickle": "pickle",
    "cStringIO": "io",
    "commands": "subprocess",
    "cookielib": "http.cookiejar",
    "copy_reg": "copyreg",
    "htmlentitydefs": "html.entities",
    "httplib": "http.client",
    "md5": "hashlib",
    "robotparser": "urllib.robotparser",
    "sets": "builtins",
    "sha": "hashlib",
    "thread": "threading",
    "tkMessageBox": "tkinter.messagebox",
    "urllib2": "urllib.request",
    "urlparse": "urllib.parse",
    "xmlrpclib": "xmlrpc.client",
}

_READLINE = "install readline's development files, and build Python again; on Windows, pyreadline3"
_CURSES = "install ncurses' development files, and build Python again; on Windows, windows-curses"
_TKINTER = (
    "install the package of your system that has it (Debian: python3-tk; Fedora: "
    "python3-tkinter; Homebrew: python-tk)"
)

#: Parts of the standard library that are often packaged apart, or left out: what helps.
APART: dict[str, str] = {
    "tkinter": _TKINTER,
    "_tkinter": _TKINTER,
    "ensurepip": "install the package of your system that has it (Debian: python3-venv)",
    "venv": "install the package of your system that has it (Debian: python3-venv)",
    "_ctypes": "install libffi's development files, and build Python again",
    "ctypes": "install libffi's development files, and build Python again",
    "_sqlite3": "install SQLite's development files, and build Python again",
    "sqlite3": "install SQLite's development files, and build Python again",
    "_ssl": "install OpenSSL's development files, and build Python again",
    "ssl": "install OpenSSL's development files, and build Python again",
    "_lzma": "install liblzma's development files, and build Python again",
    "_bz2": "install bzip2's development files, and build Python again",
    "readline": _READLINE,
    "curses": _CURSES,
    "_curses": _CURSES,
    "test": "install the package of your system that has it (Debian: libpython3-testsuite)",
}

_UNIX = "it exists on Unix only; look for a module that works on this system"
_WINDOWS = "it exists on Windows only; look for a module that works on this system"
#: Modules of one platform -> what to say on the others.
PLATFORMS: dict[str, str] = {
    **dict.fromkeys(
        ("fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"), _UNIX
    ),
    **dict.fromkeys(("_winapi", "msvcrt", "nt", "winreg", "winsound", "_overlapped"), _WINDOWS),
    "_scproxy": "it exists on macOS only; look for a module that works on this system",
}
