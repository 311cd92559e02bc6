"""A submodule, imported as `.crane`."""


def lift(load: str) -> str:
    return f"lifted {load}"
