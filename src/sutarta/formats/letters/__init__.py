"""Letters in: an e-mail saved as .eml or .msg, or copied from a mail program's window.

read(data, name)          the letter, or Refused; for files one trusts
read_safely(data, name)   the same in a process bounded in time and memory
pasted(text, zone)        the letter from its copied text
"""

from .letter import FINDINGS, MAX_FILE, REASONS, Attached, Forwarded, Letter, Refused
from .pasting import pasted
from .reading import read
from .sandbox import read_safely

__all__ = [
    "FINDINGS",
    "MAX_FILE",
    "REASONS",
    "Attached",
    "Forwarded",
    "Letter",
    "Refused",
    "pasted",
    "read",
    "read_safely",
]
