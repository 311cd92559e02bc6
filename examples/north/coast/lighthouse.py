"""A module in the northern portion of the namespace package `coast`."""

LIGHT = "a flash every five seconds"
