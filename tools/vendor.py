"""Fetches what the HTML report contains of others' code, or checks that it is what it should be.

    python tools/vendor.py            fetch by npm, verify, write
    python tools/vendor.py --check    verify what is there; needs neither npm nor a network

The table is src/entrepot/observe/report/vendor/packages.json: exact versions, the integrity that
npm publishes for the whole package, and a hash for each file taken from it. For another version,
change the first two there (`npm view d3@VERSION dist.integrity`), remove the hashes, fetch, and
put in the hashes that are printed. The files are committed, so that a wheel is built without npm.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/entrepot/observe/report/vendor"


class Wrong(Exception):
    """What is there, or what was fetched, is not what the table says."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only look at what is there")
    options = parser.parse_args()
    packages = json.loads((VENDOR / "packages.json").read_text(encoding="utf-8"))["packages"]
    try:
        for package in packages:
            if not options.check:
                fetch(package)
            check(package)
    except (Wrong, OSError, subprocess.CalledProcessError) as problem:
        print(f"vendor: {problem}", file=sys.stderr)
        return 1
    return 0


def fetch(package: dict) -> None:
    """Write the files of *package*, if npm gives what was published."""
    wanted = f"{package['name']}@{package['version']}"
    with tempfile.TemporaryDirectory() as directory:
        command = ["npm", "pack", "--silent", "--pack-destination", directory, wanted]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(directory).glob("*.tgz")
        digest = hashlib.sha512(archive.read_bytes()).digest()
        if f"sha512-{base64.b64encode(digest).decode()}" != package["integrity"]:
            raise Wrong(f"{wanted} has another integrity than {package['integrity']}")
        with tarfile.open(archive) as members:
            for name, file in package["files"].items():
                (VENDOR / name).write_bytes(members.extractfile(file["from"]).read())


def check(package: dict) -> None:
    """Raise Wrong where a file of *package* has another hash than the table."""
    for name, file in package["files"].items():
        found = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
        if found != file.get("sha256"):
            raise Wrong(f"{name} of {package['name']} has the sha256 {found}")
        print(f"{package['name']} {package['version']}: {name}, {package['licence']}")


if __name__ == "__main__":
    sys.exit(main())
