"""A regular package, which imports a submodule of its own by a relative name."""

from .crane import lift

__all__ = ["lift"]
