"""Who vouches for a letter: its sending host's signature, or what the receiving host found."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

Headers = dict[str, list[str]]
Keys = Mapping[str, str]

MOST = 3  # signatures looked at; the domain of the sender's address is among the first
_HEADS = 200_000  # bytes
_FOLD = re.compile(rb"\r?\n[ \t]+")
_SIGNATURE = re.compile(rb"^dkim-signature:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


def asked(data: bytes) -> list[str]:
    """Names in the DNS whose TXT records hold the keys of the letter's DKIM signatures.

    Cheap and safe on a stranger's bytes; whoever may ask the DNS looks them up and hands the
    records to `read`.

    >>> asked(b"DKIM-Signature: v=1; d=alksniai.example;\\r\\n s=a; b=x\\r\\n\\r\\n")
    ['a._domainkey.alksniai.example']
    """
    lines = _FOLD.sub(b" ", re.split(rb"\r?\n\r?\n", data[:_HEADS], maxsplit=1)[0])
    found = [_tags(each.decode("ascii", "replace")) for each in _SIGNATURE.findall(lines)[:MOST]]
    names = [f"{tags.get('s', '')}._domainkey.{tags.get('d', '')}" for tags in found]
    return [name for name in dict.fromkeys(names) if len(name) < 254 and _HOST.fullmatch(name)]


def verified(data: bytes, keys: Keys) -> tuple[list[str], bool]:
    """Domains whose DKIM signature holds, and whether one was looked at and does not.

    keys   name in the DNS -> its TXT record; a signature whose key is missing is not looked at
    """
    import dkim  # only where there is a key: it takes a tenth of a second

    known = {name.lower(): record.encode("ascii", "replace") for name, record in keys.items()}
    held: list[str] = []
    is_broken = False
    for place in range(MOST):
        seen: list[str] = []

        def record(name: bytes, timeout: int = 0, seen: list[str] = seen) -> bytes | None:
            seen.append(name.decode("ascii", "replace").rstrip(".").lower())
            return known.get(seen[-1])

        try:
            looked = dkim.DKIM(data, minkey=1024)
            holds = looked.verify(place, dnsfunc=record) and _covers(looked.signature_fields)
        except (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError):
            holds = False
        if not seen or seen[-1] not in known:
            continue
        if holds:
            held.append(seen[-1].partition("._domainkey.")[2])
        is_broken = is_broken or not holds
    return held, is_broken


def _covers(tags: Mapping[bytes, bytes]) -> bool:
    """Whether it covers the whole letter, in a way that still proves something.

    With the tag l= words could have been added below what was signed (RFC 6376, section 8.2);
    SHA-1 proves nothing any more (RFC 8301).
    """
    return b"l" not in tags and tags.get(b"a", b"").lower() != b"rsa-sha1"


def found_by(headers: Headers, hosts: Collection[str]) -> list[str]:
    """Domains whose DKIM signature the receiving host says holds (Authentication-Results).

    hosts   names under which our own receiving hosts sign their findings; what others say is
            no more than words of the letter (RFC 8601, section 5)
    """
    held: list[str] = []
    # The host that received it last put its line on top; what stands below came with the letter.
    for line in headers.get("authentication-results", [])[:1]:
        host, _semicolon, rest = _COMMENT.sub(" ", line[:4_000]).partition(";")
        if not host.split() or host.split()[0].lower() not in hosts:
            continue
        for result in rest.split(";"):
            words = result.split()
            if words and words[0].lower() == "dkim=pass":
                facts = dict(word.lower().partition("=")[::2] for word in words[1:])
                domain = facts.get("header.d") or facts.get("header.i", "").rpartition("@")[2]
                held += [domain] if _HOST.fullmatch(domain) else []
    return held


def _tags(line: str) -> dict[str, str]:
    """The tags of a signature: RFC 6376, section 3.2."""
    pairs = (part.partition("=") for part in line.split(";"))
    return {name.strip(): "".join(value.split()) for name, _is, value in pairs}
