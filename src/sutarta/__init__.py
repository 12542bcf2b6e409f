"""Sutarta: from a Word draft to an agreed, funded and accountable strategy."""

__version__ = "0.7.0"
