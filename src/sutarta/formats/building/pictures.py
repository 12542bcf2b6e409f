"""Pictures and their alternative texts, as the reader of Word files sees them."""

from __future__ import annotations

from sutarta.formats.docx.drawings import FILE_NAME, Picture, media_type

from .words import tidy


def tidy_alternative(text: str) -> str:
    """The alternative text on one line; "" for a file name, which tells a listener nothing.

    >>> tidy_alternative("Malūnas  prie Šventosios"), tidy_alternative("foto1.JPG")
    ('Malūnas prie Šventosios', '')
    """
    text = " ".join(tidy(text).split())
    return "" if FILE_NAME.search(text) else text


def picture_of(
    data: bytes | None, alternative: str, name: str = "", *, decorative: bool = False
) -> Picture:
    """A picture as a figure with its findings; `data` None when it is not in the file."""
    kind = media_type(data or b"")
    if data is None or not kind:
        reason = "not in the file" if data is None else "format"
        detail = {"reason": reason, "name": name.rsplit("/", 1)[-1][:200], "alt": alternative}
        return Picture(alternative, findings=(("picture.unreadable", detail),))
    nameless = not alternative and not decorative
    return Picture(alternative, data, kind, (("picture.no_alt", {}),) if nameless else ())
