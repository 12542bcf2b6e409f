"""Makes letters as programs send them: charset, encoding, parts, and what is quoted below."""

from __future__ import annotations

import base64
import html
import quopri
import zlib
from dataclasses import dataclass

from tests.formats.letters import programs

OWN = (
    "Laba diena,\n\nŽąsų gatvės šaligatvis įžūliai duobėtas: „vos pereinu“, sako kaimynė.\n"
    "Prašau sutvarkyti.\n\nAčiū iš anksto"
)
PLAN = b"%PDF-1.7 \xe0\x00\n.\r\n"
LOGO = b"\x89PNG\r\n\x1a\n\x00"
HEAD = (
    "Received: from a by mx.alksniai.example; Fri, 20 Nov 2026 11:00:05 +0200\r\n"
    "From: =?UTF-8?Q?R=C5=ABta_M=2E?= <r.m@post.example>\r\nTo: vvg@alksniai.example\r\n"
    "Date: Fri, 20 Nov 2026 11:00:00 +0200\r\nMessage-ID: <1@post.example>\r\n"
    "MIME-Version: 1.0\r\n"
)
CHARSETS = ["utf-8", "windows-1257", "iso-8859-13"]
ENCODINGS = ["8bit", "quoted-printable", "base64"]
# How a name is written, the header's lines after "attachment" and what it then is called.
NAMES = {
    "rfc2231": "; filename*=utf-8''%C5%A0laito%20planas.pdf",
    "rfc2231 windows-1257": "; filename*=windows-1257''%D0laito%20planas.pdf",
    "rfc2231 in pieces": ";\r\n filename*0*=utf-8''%C5%A0laito%20;\r\n filename*1*=planas.pdf",
    "rfc2231 beside an old one": (
        "; filename=\"Slaito planas.pdf\";\r\n filename*=utf-8''%C5%A0laito%20planas.pdf"
    ),
    "rfc2047": '; filename="=?utf-8?B?xaBsYWl0byBwbGFuYXMucGRm?="',
    "rfc2047 windows-1257": '; filename="=?windows-1257?Q?=D0laito_planas=2Epdf?="',
    "rfc2047 in pieces": ('; filename="=?utf-8?Q?=C5=A0laito_?=\r\n =?utf-8?Q?planas=2Epdf?="'),
    "raw utf-8": '; filename="Šlaito planas.pdf"',
    "percent": "; filename=%C5%A0laito%20planas.pdf",
}


@dataclass(frozen=True)
class Sent:
    """A letter as bytes, and what is to be found in it."""

    data: bytes
    text: str
    quoted: str
    files: tuple[tuple[str, bytes], ...] = ()


def part(kind: str, text: str, charset: str = "utf-8", encoding: str = "8bit") -> bytes:
    """One text with the two lines that tell how it is written."""
    data = text.replace("\n", "\r\n").encode(charset, "xmlcharrefreplace")
    if encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    head = (
        f"Content-Type: {kind}; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + data


def several(kind: str, *parts: bytes, more: str = "") -> bytes:
    """A multipart of these."""
    mark = f"=_{zlib.crc32(b''.join(parts)):08x}"
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"{more}\r\n\r\n'
    inside = b"".join(f"--{mark}\r\n".encode() + each + b"\r\n" for each in parts)
    return head.encode() + inside + f"--{mark}--\r\n".encode()


def file(
    data: bytes = PLAN, naming: str = NAMES["rfc2231"], kind: str = "application/pdf"
) -> bytes:
    """An attached file."""
    head = (
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment{naming}\r\n\r\n"
    )
    return head.encode() + base64.encodebytes(data).replace(b"\n", b"\r\n")


def picture() -> bytes:
    head = "Content-Type: image/png; name=logo.png\r\nContent-ID: <l>\r\n"
    return f"{head}Content-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(LOGO)


def page(words: str, below: str = "") -> str:
    """The words as HTML, and what the program puts below."""
    said = "".join(
        f"<p>{html.escape(each).replace(chr(10), '<br>')}</p>" for each in words.split("\n\n")
    )
    return f"<html><head><style>p{{margin:0}}</style></head><body>{said}{below}</body></html>"


def whole(body: bytes, subject: str = "Re: Takas", more: str = "") -> bytes:
    return f"{HEAD}Subject: {subject}\r\n{more}".encode() + body


def plain(style: str, charset: str, encoding: str) -> Sent:
    """A letter of plain text alone."""
    below = readable(programs.BELOW[style], charset)
    text = f"{OWN}\n\n{below}" if below else OWN
    return Sent(whole(part("text/plain", text, charset, encoding)), OWN, below)


def readable(text: str, charset: str) -> str:
    """What of a text a program that writes in that charset would have let through."""
    return text.encode(charset, "replace").decode(charset)


def _alternative(style: str) -> Sent:
    below = programs.RICH.get(style, "")
    text = f"{OWN}\n\n{programs.BELOW[style]}"
    rich = page(OWN, below) if below else page(text)
    parts = [part("text/plain", text), part("text/html", rich, encoding="quoted-printable")]
    return Sent(whole(several("alternative", *parts)), OWN, programs.BELOW[style])


def _mixed(style: str) -> Sent:
    said = part("text/plain", f"{OWN}\n\n{programs.BELOW[style]}", encoding="base64")
    data = whole(several("mixed", said, file()))
    return Sent(data, OWN, programs.BELOW[style], (("Šlaito planas.pdf", PLAN),))


def _between(style: str) -> Sent:
    """Apple's way: words, a picture, more words."""
    first, rest = OWN.split("\n\n", 1)
    tail = part("text/plain", f"{rest}\n\n{programs.BELOW[style]}", "windows-1257", "base64")
    if not programs.BELOW[style].isascii():
        tail = part("text/plain", f"{rest}\n\n{programs.BELOW[style]}", encoding="base64")
    data = whole(several("mixed", part("text/plain", f"{first}\n"), picture(), tail))
    return Sent(data, OWN, programs.BELOW[style], (("logo.png", LOGO),))


def _flowed(style: str) -> Sent:
    broken = OWN.replace(" įžūliai", " \nįžūliai").replace("sako ", "sako \n")
    kind = "text/plain; format=flowed; delsp=no"
    text = f"{broken}\n\n{programs.BELOW[style]}"
    return Sent(whole(part(kind, text)), OWN, programs.BELOW[style])


STRUCTURES = {
    "alternative": _alternative,
    "mixed": _mixed,
    "between": _between,
    "flowed": _flowed,
}


def rich(style: str, charset: str, encoding: str) -> Sent:
    """A letter of HTML alone."""
    data = whole(part("text/html", page(OWN, programs.RICH[style]), charset, encoding))
    quoted = "Ar reikia tako prie ežero?" if programs.RICH[style] else ""
    return Sent(data, OWN, quoted)
