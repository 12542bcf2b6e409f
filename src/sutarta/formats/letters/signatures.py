"""Who vouches for a letter: its sending host's signature, or what the receiving host found."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .addressing import addressed

Headers = dict[str, list[str]]
Keys = Mapping[str, str]

MOST = 3  # signatures looked at; the domain of the sender's address is among the first
_HEADS = 200_000  # bytes
_FOLD = re.compile(rb"\r?\n[ \t]+")
_SIGNATURE = re.compile(rb"^dkim-signature:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+", re.IGNORECASE)
_MANY = 50  # signatures of which the tags are looked at
_LONGEST = 20_000  # characters of a line of recipients
_TO = ("to", "cc")
_COMMENT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Signed:
    """A signature that holds.

    domain   whose it is
    to       addresses it was made for: those of To and Cc, where it covers these lines. Anybody
             may send on, to somebody else, a letter that was signed for another
    """

    domain: str
    to: tuple[str, ...] = ()


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


def verified(data: bytes, keys: Keys, headers: Headers) -> tuple[list[Signed], bool]:
    """DKIM signatures that hold, and whether one was looked at and does not.

    keys      name in the DNS -> its TXT record; a signature whose key is missing is not looked at
    headers   lines of the letter by their names in small letters
    """
    import dkim  # only where there is a key: it takes a tenth of a second

    known = {name.lower(): record.encode("ascii", "replace") for name, record in keys.items()}
    held: list[Signed] = []
    is_broken = False
    for place in range(MOST):
        seen: list[str] = []

        def record(name: bytes, timeout: int = 0, seen: list[str] = seen) -> bytes | None:
            seen.append(name.decode("ascii", "replace").rstrip(".").lower())
            return known.get(seen[-1])

        tags: dict[str, str] = {}
        try:
            looked = dkim.DKIM(data, minkey=1024)
            holds = looked.verify(place, dnsfunc=record)
            tags = _texts(looked.signature_fields)
            holds = holds and _proves(tags)
        except (dkim.DKIMException, ValueError, LookupError, TypeError, AttributeError):
            holds = False
        if not seen or seen[-1] not in known:
            continue
        if holds:
            domain = seen[-1].partition("._domainkey.")[2]
            held.append(Signed(domain, _made_for(tags, headers)))
        is_broken = is_broken or not holds
    return held, is_broken


def found_by(headers: Headers, hosts: Collection[str]) -> list[Signed]:
    """DKIM signatures that hold, as the receiving host says (Authentication-Results).

    hosts   names under which our own receiving hosts sign their findings; what others say is
            no more than words of the letter (RFC 8601, section 5)

    Which of a domain's signatures it means is not said, so what one of them leaves open is open.
    """
    held: list[Signed] = []
    # The host that received it last put its line on top; what stands below came with the letter.
    for line in headers.get("authentication-results", [])[:1]:
        host, _semicolon, rest = _COMMENT.sub(" ", line[:4_000]).partition(";")
        if not host.split() or host.split()[0].lower() not in hosts:
            continue
        for domain in _passed(rest):
            its = [tags for tags in _signatures(headers) if tags.get("d", "").lower() == domain]
            proves = bool(its) and all(map(_proves, its))
            made_for = [set(_made_for(tags, headers)) for tags in its]
            common = sorted(set.intersection(*made_for)) if proves else []
            held.append(Signed(domain, tuple(common)))
    return held


def _passed(results: str) -> list[str]:
    found = []
    for result in results.split(";"):
        words = result.split()
        if words and words[0].lower() == "dkim=pass":
            facts = dict(word.lower().partition("=")[::2] for word in words[1:])
            domain = facts.get("header.d") or facts.get("header.i", "").rpartition("@")[2]
            found += [domain] if _HOST.fullmatch(domain) else []
    return found


def _proves(tags: Mapping[str, str]) -> bool:
    """Whether it covers the whole letter and its sender, in a way that still proves something.

    With the tag l= words could have been added below what was signed (RFC 6376, section 8.2);
    SHA-1 proves nothing any more (RFC 8301); x= says until when it holds, to the second.
    """
    if "l" in tags or tags.get("a", "").lower() == "rsa-sha1" or "from" not in _lines(tags):
        return False
    until = tags.get("x", "")
    return not until or (until.isdecimal() and len(until) < 13 and int(until) > time.time())


def _made_for(tags: Mapping[str, str], headers: Headers) -> tuple[str, ...]:
    """Addresses of To and Cc. A line is covered where the signature names it as often as it is
    there: of two lines it covers the lower one, and the upper could have been put above later.
    """
    lines = _lines(tags)
    covered = [
        line
        for name in _TO
        if len(headers.get(name, [])) <= lines.count(name)
        for line in headers.get(name, [])
    ]
    named = [address.lower() for _name, address in addressed(covered)]
    return tuple(dict.fromkeys(one for one in named if "@" in one))


def _lines(tags: Mapping[str, str]) -> list[str]:
    return [name.strip().lower() for name in tags.get("h", "").split(":")]


def _signatures(headers: Headers) -> list[dict[str, str]]:
    return [_tags(line[:_LONGEST]) for line in headers.get("dkim-signature", [])[:_MANY]]


def _texts(tags: Mapping[bytes, bytes]) -> dict[str, str]:
    return {
        name.decode("ascii", "replace"): "".join(value.decode("ascii", "replace").split())
        for name, value in tags.items()
    }


def _tags(line: str) -> dict[str, str]:
    """The tags of a signature: RFC 6376, section 3.2."""
    pairs = (part.partition("=") for part in line.split(";"))
    return {name.strip(): "".join(value.split()) for name, _is, value in pairs}
