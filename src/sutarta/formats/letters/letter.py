"""What a letter is to us, and why one is not read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sutarta.formats.bounded.refusing import Refusal

MEGABYTE = 2**20
MAX_FILE = 25 * MEGABYTE
MAX_TEXT = 200_000  # characters of one letter; what is beyond is no proposal
MAX_PARTS = 200
MAX_DEPTH = 12

REASONS = {
    "neither": "This is neither an .eml nor a .msg file.",
    "too_large": "The letter is too large: at most 25 MB.",
    "broken": "The letter is damaged or cut short.",
    "too_deep": "The letter holds too many letters inside one another.",
    "too_many": "The letter has too many parts.",
    "too_slow": "Reading the letter took too long.",
    "no_text": "No words were found in the letter.",
}


class Refused(Refusal):
    """A letter that is not read; `code` is one of REASONS and stable, str() is its sentence."""

    reasons = REASONS


@dataclass(frozen=True)
class Attached:
    """A file of the letter. is_inline: a picture of its text, such as the logo of a signature."""

    name: str
    media_type: str
    data: bytes
    is_inline: bool = False


@dataclass(frozen=True)
class Letter:
    """An e-mail as a person would copy it out.

    sent_at       as the sender's clock said, None when it does not say
    received_at   as the last mail server that took it said: the first Received line
    text          what the sender wrote; quoted: letters quoted below and signatures, so that
                  every line is in one of the two
    message_id    the letter's own id, "" for none
    findings      what a person should look at: "forwarded", "charset", "html", "shortened",
                  "rtf_only"
    """

    sender_name: str = ""
    sender_address: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    text: str = ""
    quoted: str = ""
    attachments: tuple[Attached, ...] = ()
    message_id: str = ""
    findings: tuple[str, ...] = ()
