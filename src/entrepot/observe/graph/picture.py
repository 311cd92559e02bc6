"""Pictures, drawn by Graphviz."""

from __future__ import annotations

#: How many nodes a picture can have and still be read, and `dot` can place in seconds.
READABLE_NODES = 150


class NoGraphviz(Exception):
    """The program `dot` is not there, or has failed; the text says what to do."""


def svg(source: str) -> str:
    """Return the SVG that Graphviz makes of DOT. Raises NoGraphviz."""
    return _drawn(source, "-Tsvg")


def _drawn(source: str, option: str) -> str:
    import subprocess

    try:
        made = subprocess.run(
            ["dot", option],
            input=source.encode(),
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        raise NoGraphviz(
            f"SVG needs the program dot, which is not there ({problem.strerror}): install Graphviz "
            "(apt install graphviz, brew install graphviz), or take --format html or mermaid"
        ) from None
    if made.returncode:
        said = made.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise NoGraphviz(f"dot has failed with status {made.returncode}: {said}")
    return made.stdout.decode("utf-8")
