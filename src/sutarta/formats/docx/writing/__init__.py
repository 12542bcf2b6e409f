"""Word files (.docx) out: papers with real styles, tracked changes, comments and bookmarks."""

from .hands import Comment, Hand
from .opened import NotPatched
from .patching import patch
from .tracking import track
from .whole import write

__all__ = ["Comment", "Hand", "NotPatched", "patch", "track", "write"]
