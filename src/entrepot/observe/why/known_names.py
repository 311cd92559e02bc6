"""Well-known modules whose distributions are called otherwise: import name -> distributions.

The first one is what most people want. Names that only differ by case or punctuation from the
distribution's are here too where pip would not find them by the import name; and the name of a
distribution itself, if a module has it besides those that are called otherwise.
"""

from __future__ import annotations

from ...core.names import lineage

DISTRIBUTIONS: dict[str, tuple[str, ...]] = {
    "airflow": ("apache-airflow",),
    "attr": ("attrs",),
    "attrs": ("attrs",),
    "azure.identity": ("azure-identity",),
    "azure.storage.blob": ("azure-storage-blob",),
    "backports.zoneinfo": ("backports.zoneinfo",),
    "bs4": ("beautifulsoup4",),
    "bson": ("pymongo",),
    "cairo": ("pycairo",),
    "can": ("python-can",),
    "chess": ("python-chess",),
    "clr": ("pythonnet",),
    "Crypto": ("pycryptodome",),
    "Cryptodome": ("pycryptodomex",),
    "cv2": ("opencv-python", "opencv-python-headless", "opencv-contrib-python"),
    "dateutil": ("python-dateutil",),
    "decouple": ("python-decouple",),
    "discord": ("discord.py",),
    "dns": ("dnspython",),
    "docx": ("python-docx",),
    "dotenv": ("python-dotenv",),
    "faiss": ("faiss-cpu", "faiss-gpu"),
    "fitz": ("PyMuPDF",),
    "flask_sqlalchemy": ("Flask-SQLAlchemy",),
    "fuse": ("fusepy",),
    "gi": ("PyGObject",),
    "git": ("GitPython",),
    "github": ("PyGithub",),
    "gitlab": ("python-gitlab",),
    "google.api_core": ("google-api-core",),
    "google.auth": ("google-auth",),
    "google.cloud.bigquery": ("google-cloud-bigquery",),
    "google.cloud.pubsub": ("google-cloud-pubsub",),
    "google.cloud.storage": ("google-cloud-storage",),
    "google.genai": ("google-genai",),
    "google.generativeai": ("google-generativeai",),
    "google.protobuf": ("protobuf",),
    "googleapiclient": ("google-api-python-client",),
    "gridfs": ("pymongo",),
    "grpc": ("grpcio",),
    "igraph": ("igraph",),
    "jenkins": ("python-jenkins",),
    "jose": ("python-jose",),
    "jwt": ("PyJWT",),
    "kafka": ("kafka-python",),
    "ldap": ("python-ldap",),
    "Levenshtein": ("Levenshtein",),
    "lxml": ("lxml",),
    "magic": ("python-magic",),
    "markdown": ("Markdown",),
    "matplotlib": ("matplotlib",),
    "mpl_toolkits": ("matplotlib",),
    "multipart": ("python-multipart",),
    "mx": ("egenix-mx-base",),
    "MySQLdb": ("mysqlclient",),
    "nacl": ("PyNaCl",),
    "OpenGL": ("PyOpenGL",),
    "OpenSSL": ("pyOpenSSL",),
    "osgeo": ("GDAL",),
    "paho": ("paho-mqtt",),
    "PIL": ("Pillow",),
    "pkg_resources": ("setuptools",),
    "pptx": ("python-pptx",),
    "psycopg2": ("psycopg2-binary", "psycopg2"),
    "pwn": ("pwntools",),
    "pylab": ("matplotlib",),
    "pymongo": ("pymongo",),
    "pymysql": ("PyMySQL",),
    "pythoncom": ("pywin32",),
    "pywintypes": ("pywin32",),
    "rest_framework": ("djangorestframework",),
    "ruamel.yaml": ("ruamel.yaml",),
    "sentry_sdk": ("sentry-sdk",),
    "serial": ("pyserial",),
    "setuptools": ("setuptools",),
    "setuptools_scm": ("setuptools-scm",),
    "skimage": ("scikit-image",),
    "sklearn": ("scikit-learn",),
    "slugify": ("python-slugify",),
    "snappy": ("python-snappy",),
    "socks": ("PySocks",),
    "sqlalchemy": ("SQLAlchemy",),
    "talib": ("TA-Lib",),
    "telegram": ("python-telegram-bot",),
    "tlz": ("toolz",),
    "toolz": ("toolz",),
    "umap": ("umap-learn",),
    "usb": ("pyusb",),
    "websocket": ("websocket-client",),
    "win32api": ("pywin32",),
    "win32com": ("pywin32",),
    "win32con": ("pywin32",),
    "win32gui": ("pywin32",),
    "wx": ("wxPython",),
    "Xlib": ("python-xlib",),
    "yaml": ("PyYAML",),
    "zmq": ("pyzmq",),
    "zope.interface": ("zope.interface",),
}

#: What to install where the newest release of the distribution no longer has the module.
REQUIREMENTS = {"pkg_resources": "setuptools<82"}


def provided_by(name: str) -> tuple[str, tuple[str, ...]]:
    """Return which module of *name* and its packages is known, and its distributions, best first.

    >>> provided_by("google.protobuf.message")
    ('google.protobuf', ('protobuf',))
    >>> provided_by("nobody.knows")
    ('', ())
    """
    for each in reversed(lineage(name)):
        if each in DISTRIBUTIONS:
            return each, DISTRIBUTIONS[each]
    return "", ()
