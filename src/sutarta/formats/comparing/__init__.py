"""Comparisons as papers and pages: redlines that people read, print and take back to Word."""

from .laying import Remarks, Sayings, lay
from .page import page
from .runs import plainly, redlined
from .wording import Wording, counted

__all__ = ["Remarks", "Sayings", "Wording", "counted", "lay", "page", "plainly", "redlined"]
