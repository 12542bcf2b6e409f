"""Comparisons as papers and pages: redlines that people read, print and take back to Word."""

from .laying import Remarks, Sayings, lay
from .runs import plainly, redlined

__all__ = ["Remarks", "Sayings", "lay", "plainly", "redlined"]
