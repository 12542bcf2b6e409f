"""Letters made to keep a reader busy, 25 MB each: what they cost, and what becomes of them.

    python -m bench.attacks [NAME ...]

Prints processor time in the caller's own process, and time and memory of the bounded one that
reads the letter. Exits with 1 when one costs more than is allowed.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from itertools import islice

from sutarta.formats import letters
from sutarta.formats.letters import heading, signatures

SIZE = letters.MAX_FILE - 1_000
MOST, MOST_HERE = 6.5, 1.0  # seconds: 5 of the limit, the start of Python, and the clock's grain
ABOVE = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMIME-Version: 1.0\r\n"
TWO = b"From: a@b.example\r\nSubject: s\r\n"
SIGNED = b"DKIM-Signature: v=1; a=rsa-sha256; d=b.example; s=x; bh=eA==; b=eA=="
KEY = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ"


def fill(unit: bytes, size: int = SIZE) -> bytes:
    return (unit * (size // len(unit) + 1))[:size]


def under(lines: bytes, body: bytes = b"x") -> bytes:
    return ABOVE + lines + b"\r\n\r\n" + body


def of(kind: str, unit: bytes, more: str = "") -> bytes:
    return under(f"Content-Type: {kind}{more}".encode(), fill(unit))


def line(name: bytes, unit: bytes) -> bytes:
    """A letter of one header line."""
    return TWO + name + b": " + fill(unit) + b"\r\n\r\nx"


def lines(unit: bytes) -> bytes:
    return under(fill(unit + b"\r\n"))


def nested(depth: int, rest: bytes = b"x") -> bytes:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return TWO + b"".join(parts) + b"\r\n" + rest


def encoded(how: str, unit: bytes) -> bytes:
    return under(
        f"Content-Type: text/plain\r\nContent-Transfer-Encoding: {how}".encode(), fill(unit)
    )


def continued() -> bytes:
    names = (b"; name*%d*=%%41" % n for n in range(1_000_000))
    return under(b"Content-Type: application/pdf" + b"".join(names))


def versions() -> bytes:
    """As many different words as there is room for, said twice."""
    said = b"".join(islice((b"%x " % n for n in range(10**9)), 1_700_000))
    said = said.translate(bytes.maketrans(b"0123456789", b"ghijklmnop"))
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\n" + said
    parts += b"\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>" + said[: SIZE - len(parts) - 999]
    return under(b"Content-Type: multipart/alternative; boundary=b", parts)


def honest() -> bytes:
    """What the limits are for: words and a file as large as fits."""
    text = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + fill(b"Reikia tako. ", 2_000)
    file = b"\r\n--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    data = fill(b"QUJD" * 19 + b"\r\n", SIZE - 4_000)
    return under(b"Content-Type: multipart/mixed; boundary=b", text + file + data + b"\r\n--b--")


PLAIN, HTML = "text/plain; charset=utf-8", "text/html; charset=utf-8"
CASES: dict[str, Callable[[], bytes]] = {
    "an honest letter": honest,
    "10,000 parts deep": lambda: nested(10_000),
    "300,000 parts deep": lambda: nested(300_000),
    "one boundary for all": lambda: of(
        "multipart/mixed",
        b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n",
        "; boundary=b",
    ),
    "a million parts": lambda: of("multipart/mixed", b"--b\r\n\r\n\r\n", "; boundary=b"),
    "11 deep and no end": lambda: nested(11, fill(b"--x\r\n")),
    "500 deep and no end": lambda: nested(500, fill(b"--x\r\n")),
    "letters in letters": lambda: of("message/rfc822", b"Content-Type: message/rfc822\r\n\r\n"),
    "reports without end": lambda: of("message/delivery-status", b"A: b\r\n\r\n"),
    "headers of a letter": lambda: of("text/rfc822-headers", b"A: b\r\n"),
    "a million headers": lambda: lines(b"X-A: b"),
    "a million From": lambda: lines(b"From: a@b.example"),
    "a million Received": lambda: lines(b"Received: a; Mon, 1 Jan 2024 00:00:00 +0000"),
    "a million To": lambda: lines(b"To: a@b.example"),
    "To of brackets": lambda: lines(b"To: " + b"(" * 19_000),
    "To of commas": lambda: lines(b"To: " + b"," * 19_000),
    "a subject of 25 MB": lambda: line(b"Subject", b"a"),
    "a folded subject": lambda: line(b"Subject", b"a\r\n "),
    "encoded words": lambda: line(b"Subject", b"=?utf-8?Q?=41?= "),
    "encoded words left open": lambda: line(b"Subject", b"=?utf-8?Q?"),
    "From of brackets": lambda: b"Subject: s\r\nFrom: " + fill(b"(") + b"\r\n\r\nx",
    "From of people": lambda: b"Subject: s\r\nFrom: " + fill(b'"a" <b@c.example>, ') + b"\r\n\r\nx",
    "parameters": lambda: under(b"Content-Type: text/plain; " + fill(b"a=b; ")),
    "parameters in parts": continued,
    "a file name of 25 MB": lambda: under(
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="
        + fill(b"%C5%A1")
    ),
    "a file name of quotes": lambda: under(
        b"Content-Type: application/pdf\r\nContent-Disposition: attachment" + fill(b';"\\"')
    ),
    "one line": lambda: of(PLAIN, b"a"),
    "short lines": lambda: of(PLAIN, b"a\r\n"),
    "empty lines": lambda: of(PLAIN, b"\n"),
    "spaces": lambda: of(PLAIN, b" "),
    "quoted lines": lambda: of(PLAIN, b"> > > a\n"),
    "lines Nuo": lambda: of(PLAIN, b"Nuo: a\n"),
    "lines Nuo and Kam": lambda: of(PLAIN, b"Nuo: a\nKam: b;\n"),
    "rulers": lambda: of(PLAIN, b"-----------\n"),
    "rulers apart": lambda: of(PLAIN, b"_____\n\n"),
    "a ruler with words": lambda: of(PLAIN, b"--- a a a "),
    "attributions": lambda: of(PLAIN, b"On 2026-11-20 10:12 R M <r@p.example>\n"),
    "attributions of digits": lambda: of(PLAIN, " rašė".encode() + b" 1:11" * 56 + b" x\n"),
    "names of devices": lambda: of(PLAIN, b"Sent from my phone\n"),
    "stars": lambda: of(PLAIN, b"*_" * 5_000 + b"\n"),
    "spaces before words": lambda: of(PLAIN, b" " * 5_000 + b"S\n"),
    "dashes before words": lambda: of(PLAIN, b"-" * 5_000 + b"a\n"),
    "dash, spaces, words": lambda: of(PLAIN, b"-- " + b" " * 5_000 + b"a\n"),
    "flowed": lambda: of("text/plain; format=flowed; delsp=yes", b"a \r\n"),
    "flowed and deep": lambda: of("text/plain; format=flowed", b">" * 3_000 + b"a \r\n"),
    "charset idna": lambda: of("text/plain; charset=idna", b"xn--a."),
    "charset punycode": lambda: of("text/plain; charset=punycode", b"a-b"),
    "charset of a module": lambda: of("text/plain; charset=antigravity", b"a"),
    "charset zlib": lambda: of("text/plain; charset=zlib_codec", b"\x78\x9c"),
    "utf-7": lambda: of("text/plain; charset=utf-7", b"+AGEAYQ-"),
    "utf-16": lambda: of("text/plain; charset=utf-16", b"\x00\xd8"),
    "quoted-printable": lambda: encoded("quoted-printable", b"=C5=A1"),
    "base64": lambda: encoded("base64", b"QUFB\r\n"),
    "base64, damaged": lambda: encoded("base64", b"Q=U\xffF="),
    "uuencode": lambda: encoded("x-uuencode", b"begin 644 a\n#86)C\n"),
    "html, a million deep": lambda: of(HTML, b"<div>"),
    "html, quotations": lambda: of(HTML, b"<blockquote>a"),
    "html, tags": lambda: of(HTML, b"<b>a</b>"),
    "html, paragraphs": lambda: of(HTML, b"<p>a"),
    "html, not closed": lambda: of(HTML, b"<a><b><i>"),
    "html, tables": lambda: of(HTML, b"<table><tr><td>"),
    "html, attributes": lambda: under(f"Content-Type: {HTML}".encode(), b"<p " + fill(b"a=b ")),
    "html, styles": lambda: of(HTML, b"<p style='" + b" " * 1_000 + b"'>a"),
    "html, entities": lambda: of(HTML, b"&amp;"),
    "html, entities of its own": lambda: under(
        f"Content-Type: {HTML}".encode(),
        b"<!DOCTYPE a [<!ENTITY a '" + b"a" * 1_000 + b"'>]>" + fill(b"&a;"),
    ),
    "html, comments": lambda: of(HTML, b"<!--"),
    "html, brackets": lambda: of(HTML, b"<"),
    "html, one line of tags": lambda: of(HTML, b"a<i></i>"),
    "two versions": versions,
    "winmail.dat": lambda: of("application/ms-tnef", b"\x78\x9f\x3e\x22"),
    "Outlook's, noise": lambda: letters_magic() + fill(b"\x00\xff\x01"),
    "Outlook's, nothing": lambda: letters_magic() + fill(b"\x00"),
    "empty lines above": lambda: fill(b"\n", SIZE - 200) + under(b"X: y"),
    "no lines at all": lambda: fill(b"a"),
    "nulls": lambda: under(b"X: y", fill(b"\x00")),
    "a signature of 25 MB": lambda: (
        b"DKIM-Signature: " + fill(b"a=b;") + b"\r\n" + ABOVE + b"\r\nx"
    ),
    "signatures": lambda: fill(SIGNED + b"; h=from:to\r\n") + ABOVE + b"\r\nx",
    "signed lines": lambda: SIGNED + b"; h=from" + fill(b":to") + b"\r\n" + ABOVE + b"\r\nx",
    "a signed body of spaces": lambda: (
        SIGNED
        + b"; c=relaxed/relaxed; h=from\r\n"
        + under(b"X: y", fill(b" \t" * 5_000 + b"a\r\n"))
    ),
    "a signed body of lines": lambda: (
        SIGNED + b"; c=simple/simple; h=from\r\n" + under(b"X: y", fill(b"\r\n"))
    ),
    "findings of hosts": lambda: line(b"Authentication-Results", b"dkim=pass header.d=a.example;"),
    "findings in brackets": lambda: line(b"Authentication-Results", b"("),
}


def letters_magic() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1")


def here(data: bytes) -> tuple[float, dict[str, str]]:
    """Seconds of our own process, and the keys that are asked for."""
    began = time.process_time()
    names = signatures.asked(data)
    heading.heading(data)
    heading.recipients(data)
    return time.process_time() - began, dict.fromkeys(names, KEY)


def read(data: bytes, keys: dict[str, str]) -> str:
    try:
        found = letters.read_safely(data, "x.eml", keys, ["mx.example"])
    except letters.Refused as refused:
        return refused.code
    return f"read: {len(found.text)} characters, {len(found.attachments)} files"


def spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(names: list[str]) -> int:
    worst, worst_here = 0.0, 0.0
    for name in names or CASES:
        data = CASES[name]()[: letters.MAX_FILE]
        ours, keys = here(data)
        before = spent()
        outcome = read(data, keys)
        cost = spent() - before
        worst, worst_here = max(worst, cost), max(worst_here, ours)
        print(
            f"{name:28} {len(data) / 2**20:5.1f} MB {ours:5.2f} {cost:6.2f} s  {outcome}",
            flush=True,
        )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"at most {worst_here:.2f} s here, {worst:.2f} s and {most:.0f} MB there")
    return int(worst > MOST or worst_here > MOST_HERE or most > 512)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
