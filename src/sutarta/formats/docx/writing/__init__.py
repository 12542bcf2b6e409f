"""Word files (.docx) out: papers with real styles, tracked changes, comments and bookmarks."""

from .patching import NotPatched, patch
from .whole import write

__all__ = ["NotPatched", "patch", "write"]
