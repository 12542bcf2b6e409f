"""Letters that need a person's eye (sending), and those that came (receiving)."""

from sutarta.apps.mail.queries.sending import (
    WAITS_FOR_FILE,
    stalled,
    undelivered,
    waiting_for_file,
    was_posted,
    written_to,
)

__all__ = [
    "WAITS_FOR_FILE",
    "stalled",
    "undelivered",
    "waiting_for_file",
    "was_posted",
    "written_to",
]
