"""What may be taken home as a file: versions, comparisons, the register, closing reports.

Each is a paper (formats.papers) built from what the public pages show, and from nothing else; but
for `word_file`, which is the group's own file and for its staff alone.
"""

from sutarta.apps.consultations.papers.blanks import blank
from sutarta.apps.consultations.papers.closing import closing_report
from sutarta.apps.consultations.papers.comparing import comparison
from sutarta.apps.consultations.papers.letters import letters
from sutarta.apps.consultations.papers.reading import version
from sutarta.apps.consultations.papers.registering import register
from sutarta.apps.consultations.papers.wordings import word_file

__all__ = [
    "blank",
    "closing_report",
    "comparison",
    "letters",
    "register",
    "version",
    "word_file",
]
