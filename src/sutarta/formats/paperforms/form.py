"""What stands on a paper form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sutarta.formats.papers import Emblem


@dataclass(frozen=True)
class Sheet:
    """What is a single sheet's own.

    code      as it is read and typed, such as "0042-7"
    link      whole address in the small QR code, where the office types that sheet in
    """

    code: str
    link: str


@dataclass(frozen=True)
class PaperForm:
    """One sheet with a front and a back, printed as often as there are `sheets`.

    author     the group; never a person
    made_at    in the file's properties, so that the same content gives the same bytes
    about      number of the consultation and version, so that nobody takes it for another
    until      the deadline in full, after the words of `call`
    link       whole address, in the large QR code; shown: the same as it is copied
    code_alt   what that code is, for those who cannot see it
    kinds      what may be ticked under `kinds_title`; () for none
    text       what is written on the lines
    more       that the lines go on overleaf
    consent    beside the box to tick below the name
    back       where to and until when, after the words of `back_title`
    office     heading of what the office fills in, number: before the number it gives
    overleaf   above the lines of the back
    sheet      before a sheet's code; sheet_alt: what its QR code is
    sheets     () for one form without a code
    """

    title: str
    language: str
    author: str
    made_at: datetime
    about: str
    call: str
    until: str
    link: str
    shown: str
    scan: str
    code_alt: str
    kinds_title: str
    kinds: tuple[str, ...]
    text: str
    more: str
    name: str
    consent: str
    contact: str
    back_title: str
    back: str
    privacy: str
    office: str
    number: str
    came: str
    overleaf: str
    sheet: str = ""
    sheet_alt: str = ""
    sheets: tuple[Sheet, ...] = ()
    emblem: Emblem | None = None
