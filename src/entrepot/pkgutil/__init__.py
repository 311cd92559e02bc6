"""Packages as a whole: their modules, their data, their paths."""
