"""Files that strangers hand over: known by their content, opened in earnest, freed of metadata.

clean_safely(data)      the file made anew without metadata, or Refused; in a bounded process
mark_safely(data)       a picture as a small square PNG, for a group's own mark
scan(address, data)     what a ClamAV daemon says of it
tidy_name(name, suffix) a name fit for a heading and for a disk
"""

from .clamav import Infected, Unreachable, scan
from .kinds import MEDIA_TYPES, PICTURES, SUFFIXES
from .names import tidy_name
from .refusals import MAX_FILE, MAX_MARK, REASONS, Refused
from .sandbox import Clean, clean_safely, mark_safely

__all__ = [
    "MAX_FILE",
    "MAX_MARK",
    "MEDIA_TYPES",
    "PICTURES",
    "REASONS",
    "SUFFIXES",
    "Clean",
    "Infected",
    "Refused",
    "Unreachable",
    "clean_safely",
    "mark_safely",
    "scan",
    "tidy_name",
]
