"""Letters out, the addresses at which letters come, and the letters that came."""

from sutarta.apps.mail.models.letters import Letter, LetterState
from sutarta.apps.mail.models.mailboxes import IMAP_TLS_PORT, Alias, Door, Mailbox, SignIn
from sutarta.apps.mail.models.received import RawLetter, RawState

__all__ = [
    "IMAP_TLS_PORT",
    "Alias",
    "Door",
    "Letter",
    "LetterState",
    "Mailbox",
    "RawLetter",
    "RawState",
    "SignIn",
]
