"""PDF out: tagged papers (PDF/UA-1), set by typst in a process of its own."""

from .setting import NotWritten
from .writing import write

__all__ = ["NotWritten", "write"]
