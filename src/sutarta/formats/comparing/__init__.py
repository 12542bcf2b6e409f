"""Comparisons as papers and pages: redlines that people read, print and take back to Word."""

from .laying import Remarks, Sayings, lay
from .page import page
from .runs import plainly, redlined
from .wording import Wording

__all__ = ["Remarks", "Sayings", "Wording", "lay", "page", "plainly", "redlined"]
