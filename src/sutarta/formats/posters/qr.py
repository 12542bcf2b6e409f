"""QR codes of addresses."""

from __future__ import annotations

import io

import segno

QUIET = 4  # modules of white around the code, as the standard asks


def matrix(link: str) -> tuple[bytes, ...]:
    """The code's rows, 1 for dark; error correction M, for paper that gets wet."""
    return tuple(bytes(row) for row in _code(link).matrix)


def svg(link: str) -> str:
    """The code as a drawing of lines, with its white border."""
    written = io.BytesIO()
    _code(link).save(written, kind="svg", border=QUIET, light="#ffffff", dark="#000000")
    return written.getvalue().decode()


def inline(link: str) -> str:
    """The code as a drawing within a page, without a size of its own."""
    drawn: str = _code(link).svg_inline(
        border=QUIET, light="#ffffff", dark="#000000", svgclass="qr", lineclass=None, omitsize=True
    )
    return drawn


def _code(link: str) -> segno.QRCode:
    return segno.make(link, error="m", micro=False, boost_error=False)
