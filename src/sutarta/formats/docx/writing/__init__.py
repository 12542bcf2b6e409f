"""Word files (.docx) out: papers with real styles, tracked changes, comments and bookmarks."""

from .whole import write

__all__ = ["write"]
