"""A module that is imported from an archive."""

ENTRIES = ["sugar", "tea"]
