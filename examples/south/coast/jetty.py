"""A module in the southern portion of the namespace package `coast`."""

LENGTH = 120
