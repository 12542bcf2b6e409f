"""Markdown in: CommonMark with tables, struck words, footnotes and lines about the file."""

from .reading import read

__all__ = ["read"]
