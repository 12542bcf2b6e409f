"""What a letter says as a submission: its author's own words, and what goes beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.apps.consultations.rules.speaking import LONGEST
from sutarta.formats.letters import Attached, Letter

# Addresses behind which nobody reads: a receipt would come back, or answer a robot.
_NOBODY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon",
           "postmaster", "bounce", "bounces")  # fmt: skip
_ROOM = 200  # characters left for saying that the rest stands elsewhere
LARGEST_LOGO = 20_000  # bytes; a larger picture within the text is a photo somebody sends


@dataclass(frozen=True)
class Said:
    """body: the words for the register; beside: what the staff read in a note, "" for nothing."""

    body: str
    beside: str
    author_name: str
    email: str


def said(letter: Letter, unread: str, language: str) -> Said:
    """Own words, and the rest. Every word of the letter is in one of the two.

    unread     why the words could not be read, "" when they could: then a sentence stands for them
    language   of the sentences that stand where the letter has no words
    """
    name, address, text = author(letter)
    beside = [letter.quoted]
    with translation.override(language):
        if unread:
            text = _(
                "[The program could not read this letter. A person will write its words here.]"
            )
        elif not text.strip():
            text = letter.subject or _("[This letter has no words, only files.]")
        if len(text) > LONGEST:
            cut = text.rfind("\n", 0, LONGEST - _ROOM)
            cut = cut if cut > LONGEST // 2 else LONGEST - _ROOM
            beside.insert(0, text[cut:].strip())
            text = (
                text[:cut].rstrip() + "\n\n" + _("[The letter goes on; the staff have the rest.]")
            )
    return Said(text, "\n\n".join(filter(None, beside)), name[:120], reachable(address))


def author(letter: Letter) -> tuple[str, str, str]:
    """Name, address and words of whoever speaks: of the inner letter where the sender passed it on
    without a word.
    """
    inner = letter.forwarded
    if inner is not None and not letter.text.strip() and inner.text.strip():
        return inner.sender_name, inner.sender_address, inner.text
    return letter.sender_name, letter.sender_address, letter.text


def reachable(address: str) -> str:
    """The address if a person may read what is sent there, else ""."""
    name = address.partition("@")[0].lower()
    if name.startswith(_NOBODY) or len(address) > 254:
        return ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def files(letter: Letter) -> tuple[list[Attached], list[Attached]]:
    """Files to keep with the submission, and small pictures of signatures, which are not."""
    logos = [one for one in letter.attachments if one.is_inline and len(one.data) < LARGEST_LOGO]
    return [one for one in letter.attachments if one not in logos], logos
