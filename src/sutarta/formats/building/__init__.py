"""What the readers of web pages, Markdown and OpenDocument build blocks with."""

from .pictures import picture_of, tidy_alternative
from .story import MAX_SPAN, Row, Story
from .words import Line, tidy

__all__ = ["MAX_SPAN", "Line", "Row", "Story", "picture_of", "tidy", "tidy_alternative"]
