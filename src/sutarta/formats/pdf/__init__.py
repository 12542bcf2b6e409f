"""PDF out: tagged papers (PDF/UA-1), set by typst in a process of its own."""

from .writing import NotWritten, write

__all__ = ["NotWritten", "write"]
