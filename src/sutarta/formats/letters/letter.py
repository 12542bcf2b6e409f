"""What a letter is to us, and why one is not read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sutarta.formats.bounded.refusing import Refusal

MEGABYTE = 2**20
MAX_FILE = 25 * MEGABYTE
MAX_TEXT = 200_000  # characters of one letter; what is beyond is no proposal
MAX_PARTS = 200
MAX_DEPTH = 12

FINDINGS = {
    "forwarded": "the sender passes somebody else's letter on",
    "empty": "there are no words of the sender's own",
    "charset": "the letter does not say rightly how its characters are written",
    "html": "there is HTML alone, of which the words were taken",
    "alternatives": "its plain text and its HTML say different things; both are there",
    "shortened": "it is longer than we take",
    "rtf_only": "its words are in a form of Outlook's that we do not read",
    "winmail": "its words or files may lie in a winmail.dat, which we do not open",
    "encrypted": "its words are encrypted, or wrapped in a signature",
    "damaged": "a part could not be decoded, or something attached could not be read",
    "dkim": "a signature of its sending host does not hold",
}

_ANSWERING = re.compile(r"^(?:\s*(?:re|fwd?|ats|atsakymas|pers|persl)\s*:)+", re.IGNORECASE)

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
class Forwarded:
    """The letter that was passed on: somebody else's words, never the sender's.

    sent   when it was sent, in the words of the program that wrote it down
    text   what its author wrote, without what they quoted in turn
    """

    sender_name: str = ""
    sender_address: str = ""
    subject: str = ""
    sent: str = ""
    text: str = ""


@dataclass(frozen=True)
class Letter:
    """An e-mail as a person would copy it out.

    sent_at       as the sender's clock said, None when it does not say
    received_at   as the last mail server that took it said: the first Received line
    text          what the sender wrote, "" when they wrote nothing of their own; quoted: letters
                  quoted or passed on below and signatures, so that every line is in one of the two
    forwarded     the letter that the sender passed on; its lines are in `quoted` as well
    message_id    the letter's own id, "" for none; references: ids of the letters it answers, the
                  nearest first, of a bounce those of the letter that came back
    reply_to      where the sender wants answers, "" for their own address
    recipients    addresses it was delivered to (Delivered-To and the like), then To and Cc
    automatic     "" for a person's letter, "reply" for an automatic answer or notice (RFC 3834),
                  "bounce" for one that could not be delivered (RFC 3462), "list" for what came
                  through a mailing list (RFC 2919), which may well be a person's words
    signed        domains whose signature on it holds: DKIM (RFC 6376), or as the receiving host
                  found it (RFC 8601)
    signed_to     addresses in To and Cc for which such a signature was made, of a domain that
                  stands for the sender's: to whom the sender did write it
    findings      what a person should look at: see FINDINGS
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
    forwarded: Forwarded | None = None
    references: tuple[str, ...] = ()
    reply_to: str = ""
    recipients: tuple[str, ...] = ()
    automatic: str = ""
    signed: tuple[str, ...] = ()
    signed_to: tuple[str, ...] = ()

    @property
    def is_vouched(self) -> bool:
        """Whether the domain of the sender's address, or one above it, has signed the letter."""
        domain = self.sender_address.rpartition("@")[2]
        return any(stands_for(one, domain) for one in self.signed)

    @property
    def fingerprint(self) -> str:
        """Digest of who says what: alike for a letter that was sent twice under two ids.

        SHA-256 (hex) of the sender's address, the words without regard to spaces and capitals,
        and the files; of the subject, without „Re:“ and the like, where there are no words.
        """
        passed_on = self.forwarded.text if self.forwarded else ""
        said = _plain(f"{self.text} {passed_on}") or _plain(_ANSWERING.sub("", self.subject))
        files = sorted(sha256(file.data).hexdigest() for file in self.attachments)
        parts = [self.sender_address.lower(), said, *files]
        return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def stands_for(signer: str, domain: str) -> bool:
    """Whether a signature of `signer` vouches for addresses at `domain`: RFC 7489, section 3.1.1.

    >>> stands_for("post.lt", "a.post.lt"), stands_for("a.post.lt", "post.lt")
    (True, False)
    """
    signer, domain = signer.lower(), domain.lower()
    return bool(signer) and (domain == signer or domain.endswith(f".{signer}"))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
