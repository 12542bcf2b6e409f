"""A letter as mail servers pass it on (.eml, RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Collection
from email import message_from_bytes

from . import machines, signatures
from .addressing import addressed
from .decoding import MAX_LINE, header, instant, is_one_sender, sender, tidy
from .forwarding import passed_on
from .letter import MAX_TEXT, Forwarded, Letter, Refused, stands_for
from .parts import Found, Headers, gathered, headers_of
from .quoting import cut
from .signatures import Keys

_TELLING = {"from", "date", "subject", "received", "message-id", "return-path", "mime-version"}
_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
_ID = re.compile(r"<([^<>\s]{1,900})>")
_MOST = 100  # addresses and ids kept


def read(data: bytes, keys: Keys | None = None, hosts: Collection[str] = ()) -> Letter:
    """Raises Refused: "neither" when it has no lines of a letter above it, and others."""
    whole = data.lstrip(b"\r\n \t\xef\xbb\xbf")
    try:
        message = message_from_bytes(whole)
        headers = headers_of(message)
        if len(_TELLING & set(headers)) < 2:
            raise Refused("neither")
        found = gathered(message)
    except RecursionError as error:
        raise Refused("too_deep") from error
    _sign(found, headers, whole, keys or {}, hosts)
    return letter(headers, found)


def _sign(found: Found, headers: Headers, data: bytes, keys: Keys, hosts: Collection[str]) -> None:
    """Note who vouches for it. Nobody does where a second sender could be taken for the first:
    a signature covers one From line, and it need not be the one that is read.
    """
    held, is_broken = signatures.verified(data, keys, headers) if keys else ([], False)
    found.findings += ["dkim"] if is_broken else []
    if is_one_sender(headers.get("from", [])):
        found.signed = [*signatures.found_by(headers, hosts), *held]


def letter(headers: Headers, found: Found) -> Letter:
    """From header lines, by their names in small letters, and the parts found."""
    whole = tidy(found.text)
    text, quoted = cut(whole[:MAX_TEXT])
    subject = header(_first(headers, "subject"))
    if not (text or quoted or subject or found.attachments or found.inner):
        raise Refused("no_text")
    forwarded = _forwarded(whole[:MAX_TEXT], subject, found)
    name, address = sender(_first(headers, "from"))
    automatic = machines.automatic(headers, found.kind, found.report)
    return Letter(
        sender_name=name,
        sender_address=address,
        subject=subject,
        sent_at=instant(_first(headers, "date")),
        received_at=instant(_first(headers, "received")),
        text=text,
        quoted="\n\n".join(filter(None, (quoted, *_inner_words(found)))),
        attachments=tuple(found.attachments),
        message_id=header(_first(headers, "message-id")).strip("<> "),
        findings=_findings(found, text, forwarded, is_long=len(whole) > MAX_TEXT),
        forwarded=forwarded,
        references=_references(headers, found, is_bounce=automatic == "bounce"),
        reply_to=_reply_to(headers, address),
        recipients=_recipients(headers),
        automatic=automatic,
        signed=tuple(dict.fromkeys(one.domain for one in found.signed)),
        signed_to=_signed_to(found, address),
    )


def _forwarded(text: str, subject: str, found: Found) -> Forwarded | None:
    """The letter passed on in the words, or attached whole; one in a report has come back."""
    noted = passed_on(text, subject)
    return noted or (_attached(found) if found.inner and not found.report else None)


def _attached(found: Found) -> Forwarded:
    headers, words = found.inner[0]
    name, address = sender(_first(headers, "from"))
    return Forwarded(
        sender_name=name,
        sender_address=address,
        subject=header(_first(headers, "subject")),
        sent=_first(headers, "date")[:200],
        text=cut(tidy(words)[:MAX_TEXT])[0],
    )


def _inner_words(found: Found) -> list[str]:
    said = [tidy(words)[:MAX_TEXT].strip("\n") for _headers, words in found.inner]
    return [*said, tidy(found.aside)[:MAX_TEXT].strip("\n")]


def _findings(
    found: Found, text: str, forwarded: Forwarded | None, *, is_long: bool
) -> tuple[str, ...]:
    more = {"shortened": is_long, "forwarded": forwarded is not None, "empty": not text}
    return tuple(dict.fromkeys([*found.findings, *(name for name, holds in more.items() if holds)]))


def _references(headers: Headers, found: Found, *, is_bounce: bool) -> tuple[str, ...]:
    """In-Reply-To, then References from the last to the first: RFC 5322, section 3.6.4."""
    lines = [_first(headers, "in-reply-to"), " ".join(headers.get("references", []))]
    if is_bounce:
        lines += [_first(inner, "message-id") for inner, _words in found.inner]
    first, *others = (_ID.findall(line[: MAX_LINE * 20]) for line in lines)
    ids = [*first, *reversed(others[0]), *(each for ids in others[1:] for each in ids)]
    return tuple(dict.fromkeys(ids))[:_MOST]


def _signed_to(found: Found, address: str) -> tuple[str, ...]:
    domain = address.rpartition("@")[2]
    its = [one for one in found.signed if stands_for(one.domain, domain)]
    return tuple(dict.fromkeys(to for one in its for to in one.to))[:_MOST]


def _reply_to(headers: Headers, address: str) -> str:
    _name, wanted = sender(_first(headers, "reply-to"))
    return "" if wanted.lower() == address.lower() else wanted


def _recipients(headers: Headers) -> tuple[str, ...]:
    lines = [line for name in _DELIVERED for line in headers.get(name, [])]
    named = [address.lower() for _name, address in addressed(lines)]
    found = [address for address in named if "@" in address and address.isprintable()]
    return tuple(dict.fromkeys(address[:320] for address in found))[:_MOST]


def _first(headers: Headers, name: str) -> str:
    return next(iter(headers.get(name, [])), "")
