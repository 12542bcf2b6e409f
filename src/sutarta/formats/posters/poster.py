"""What stands on a poster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sutarta.formats.papers import Emblem


@dataclass(frozen=True)
class Form:
    """The lower end of the poster, to be cut off, filled in and handed over.

    cut      what stands at the line
    title    what it is for
    about    number of the consultation and version, so that nobody takes it for another
    back     where to and until when
    fields   what is asked for under the lines of the proposal, each on a line of its own
    """

    cut: str
    title: str
    about: str
    back: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Poster:
    """One page.

    author    the group; never a person
    made_at   in the file's properties, so that the same content gives the same bytes
    until     the deadline in full, after the words of `call`
    ways      how else to speak, after the words of `ways_title`
    link      whole address, in the QR code; shown: the same in large letters, as it is copied
    scan      what the code and the address are for
    code_alt  what the code is, for those who cannot see it
    accent    colour of the band, "#rrggbb"
    small     a line for whoever looks closely, "" for none
    """

    title: str
    language: str
    author: str
    made_at: datetime
    call: str
    until: str
    about: str
    ways_title: str
    ways: tuple[str, ...]
    link: str
    shown: str
    scan: str
    code_alt: str
    form: Form
    emblem: Emblem | None = None
    accent: str = "#0b5760"
    small: str = ""
