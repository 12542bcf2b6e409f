"""What may be taken home as a file: versions, comparisons, the register, closing reports.

Each is a paper (formats.papers) built from what the public pages show, and from nothing else.
"""

from sutarta.apps.consultations.papers.closing import closing_report
from sutarta.apps.consultations.papers.comparing import comparison
from sutarta.apps.consultations.papers.letters import letters
from sutarta.apps.consultations.papers.reading import version
from sutarta.apps.consultations.papers.registering import register

__all__ = ["closing_report", "comparison", "letters", "register", "version"]
