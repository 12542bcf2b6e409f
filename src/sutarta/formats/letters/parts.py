"""The parts of a letter (MIME): which of them are its words, and which are files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from . import flowed, html, naming
from .decoding import decoded
from .letter import MAX_DEPTH, MAX_PARTS, Attached, Refused
from .signatures import Signed

Headers = dict[str, list[str]]

_WORD = re.compile(r"[^\W\d_]{2,}")
_COVERED = 0.9  # share of one text's different words that stand in the other too
_FEW = 3  # words by which two texts may differ whatever their length
_WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
_WRAPPED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_HEADS = {"text/rfc822-headers", "message/rfc822-headers"}


@dataclass
class Found:
    """What the parts of a letter hold.

    text          its words
    inner         of each letter attached: its header lines and its words
    aside         words of a machine's report
    kind, report  media type of the whole, and what it reports when it is a report
    signed        signatures on it that hold
    """

    text: str = ""
    inner: list[tuple[Headers, str]] = field(default_factory=list)
    aside: str = ""
    attachments: list[Attached] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    kind: str = ""
    report: str = ""
    signed: list[Signed] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """A text of the letter; is_rich when it was HTML."""

    text: str
    is_rich: bool = False


def gathered(message: Message) -> Found:
    """Every part; how deep and how many is bounded. Raises Refused."""
    found = Found(kind=message.get_content_type())
    if found.kind == "multipart/report":
        found.report = str(message.get_param("report-type") or "").lower()
    found.text = _in_row(_Walk(found).of(message, 0), found)
    return found


class _Walk:
    """Goes through the parts and says in which order their words stand."""

    def __init__(self, found: Found) -> None:
        self.found, self.count = found, 0

    def of(self, part: Message, depth: int) -> list[Words]:
        """Words of the part; its files, and letters inside it, are put where they belong."""
        self.count += 1
        if depth > MAX_DEPTH:
            raise Refused("too_deep")
        if self.count > MAX_PARTS:
            raise Refused("too_many")
        kind = part.get_content_type()
        if not part.is_multipart():
            return self._leaf(part, kind)
        below = [each for each in part.get_payload() if isinstance(each, Message)]
        if kind == "message/rfc822":
            return self._letter(below, depth)
        if kind == "message/delivery-status":
            self.found.aside += "\n".join(map(_said, below))
            return []
        if kind == "multipart/encrypted":
            self.found.findings.append("encrypted")
        words = [self.of(each, depth + 1) for each in below]
        if kind == "multipart/alternative":
            return self._chosen(words)
        return [one for each in words for one in each]

    def _letter(self, below: list[Message], depth: int) -> list[Words]:
        for each in below:
            # Its place is kept: letters inside it come after it.
            self.found.inner.append((headers_of(each), ""))
            place = len(self.found.inner) - 1
            words = _in_row(self.of(each, depth + 1), self.found)
            self.found.inner[place] = (headers_of(each), words)
        return []

    def _chosen(self, offered: list[list[Words]]) -> list[Words]:
        """Of versions of the same text the one that holds it all; both when neither does."""
        texts = [words for words in offered if any(one.text.strip() for one in words)]
        plain = next((each for each in texts if not any(one.is_rich for one in each)), None)
        rich = next((each for each in reversed(texts) if any(one.is_rich for one in each)), None)
        if plain is None or rich is None:
            return plain or rich or []
        if _covers(plain, rich):
            return plain
        if _covers(rich, plain):
            return rich
        self.found.findings.append("alternatives")
        return [*plain, *rich]

    def _leaf(self, part: Message, kind: str) -> list[Words]:
        data = self._data(part)
        name = naming.of(part)
        is_file = kind not in {"text/plain", "text/html"} or name or _disposition(part)
        if kind in _HEADS:
            self.found.inner.append((_heads(data), ""))
        elif is_file:
            self._file(part, kind, name, data)
        else:
            return [self._words(part, kind, data)]
        return []

    def _words(self, part: Message, kind: str, data: bytes) -> Words:
        text, is_guessed = decoded(data, _charset(part))
        if is_guessed:
            self.found.findings.append("charset")
        if kind == "text/html":
            return Words(html.words(text), is_rich=True)
        if str(part.get_param("format") or "").lower() == "flowed":
            text = flowed.joined(text, del_sp=str(part.get_param("delsp") or "").lower() == "yes")
        return Words(text)

    def _file(self, part: Message, kind: str, name: str, data: bytes) -> None:
        if kind in _WINMAIL or name.lower() == "winmail.dat":
            self.found.findings.append("winmail")
        if kind in _WRAPPED:
            self.found.findings.append("encrypted")
        if data:
            is_inline = bool(part.get("content-id")) and kind.startswith("image/")
            self.found.attachments.append(Attached(name or "file", kind, data, is_inline))

    def _data(self, part: Message) -> bytes:
        data = part.get_payload(decode=True)
        if any(type(flaw).__name__.startswith("InvalidBase64") for flaw in part.defects):
            self.found.findings.append("damaged")
        return data if isinstance(data, bytes) else b""


def _in_row(words: list[Words], found: Found) -> str:
    said = [one for one in words if one.text.strip()]
    if said and all(one.is_rich for one in said):
        found.findings.append("html")
    return "\n".join(one.text for one in said)


def _covers(one: list[Words], other: list[Words]) -> bool:
    """Whether the words of the other stand in the one as well, but for a few."""
    here, there = _distinct(one), _distinct(other)
    missing = len(there - here)
    return missing <= max(_FEW - 1, int(len(there) * (1 - _COVERED)))


def _distinct(texts: list[Words]) -> set[str]:
    return {word for one in texts for word in _WORD.findall(one.text.casefold())}


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _disposition(part: Message) -> bool:
    said = str(part.get("content-disposition", "")).partition(";")[0]
    return said.strip().lower() == "attachment"


def headers_of(message: Message) -> Headers:
    """Header lines as they came, the topmost first, by their names in small letters."""
    found: Headers = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value))
    return found


def _heads(data: bytes) -> Headers:
    return headers_of(message_from_bytes(data))


def _said(message: Message) -> str:
    return "".join(f"{name}: {value}\n" for name, value in message.raw_items())
