"""Web pages in: pasted from Word, saved from a browser, exported by an office program."""

from .reading import read, read_text

__all__ = ["read", "read_text"]
