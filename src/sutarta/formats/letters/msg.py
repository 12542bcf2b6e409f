"""A letter as Outlook keeps it (.msg)."""

from __future__ import annotations

import io
import struct
from datetime import datetime
from email import message_from_string

import oxmsg
from oxmsg.attachment import Attachment
from oxmsg.properties import Properties

from . import html, naming
from .decoding import likely, tidy
from .eml import letter
from .letter import MAX_DEPTH, MAX_PARTS, Attached, Letter, Refused
from .parts import Found, Headers

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
# Property ids of MS-OXPROPS.
_DELIVERED, _MESSAGE_ID, _SENDER_NAME, _SENDER, _SENDER_SMTP = (
    0x0E06,
    0x1035,
    0x0C1A,
    0x0C1F,
    0x5D01,
)
_EMBEDDED = "__substg1.0_3701000D"
_RTF, _SHORT_NAME, _CONTENT_ID = 0x1009, 0x3704, 0x3712
# What olefile and oxmsg let out for a file that is not whole.
_BREAKS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, struct.error,
    OverflowError, NotImplementedError,
)  # fmt: skip


def read(data: bytes) -> Letter:
    """Raises Refused. Meant to run where time and memory are bounded: see read_safely."""
    try:
        message = oxmsg.Message.load(io.BytesIO(data))
        headers, found = _headers(message), _gathered(message)
        delivered, sent = _at(message, _DELIVERED), likely(message.sent_date)
    except RecursionError as error:
        raise Refused("too_deep") from error
    except _BREAKS as error:
        raise Refused("broken") from error
    made = letter(headers, found)
    return Letter(
        **{
            **{name: getattr(made, name) for name in made.__dataclass_fields__},
            "sent_at": made.sent_at or sent,
            "received_at": made.received_at or delivered,
        }
    )


def _headers(message: oxmsg.Message) -> Headers:
    """The lines the letter came with; for one that never left the house, Outlook's own facts."""
    known = message.properties.str_prop_value
    lines = message_from_string(known(0x007D) or "")
    headers: Headers = {}
    for name, value in lines.raw_items():
        headers.setdefault(name.lower(), []).append(str(value))
    address = next((a for a in (known(_SENDER_SMTP), known(_SENDER)) if a and "@" in a), "")
    name = (known(_SENDER_NAME) or "").replace('"', "")
    headers.setdefault("from", [f'"{name}" <{address}>' if name else address])
    headers["subject"] = [message.subject] if message.subject else headers.get("subject", [])
    if own := known(_MESSAGE_ID):
        headers.setdefault("message-id", [own])
    return headers


def _gathered(message: oxmsg.Message) -> Found:
    found = Found()
    found.text = _words(message, found.findings)
    attached = message.attachments
    if len(attached) > MAX_PARTS:
        raise Refused("too_many")
    for file in attached:
        _take(file, found, 0)
    return found


def _words(message: oxmsg.Message, findings: list[str]) -> str:
    if body := tidy(message.body or ""):
        return body
    if rich := message.html_body:
        findings.append("html")
        return html.words(rich)
    if message.properties.binary_prop_value(_RTF):
        findings.append("rtf_only")
    return ""


def _take(file: Attachment, found: Found, depth: int) -> None:
    data = file.file_bytes
    if not data:
        if inside := _inside(file):
            _take_letter(inside, found, depth + 1)
        else:
            found.findings.append("damaged")
        return
    known = file.properties.str_prop_value
    name = naming.plain(tidy(file.file_name or known(_SHORT_NAME) or "")) or "file"
    kind = tidy(file.mime_type or "application/octet-stream")[:100]
    is_inline = bool(known(_CONTENT_ID)) and kind.startswith("image/")
    found.attachments.append(Attached(name, kind, data, is_inline))


class _Inside(oxmsg.Message):
    """A letter attached to a letter: its properties begin elsewhere (MS-OXMSG, 2.4.1.2)."""

    @property
    def properties(self) -> Properties:
        return Properties(self._storage, properties_header_offset=24)


def _inside(file: Attachment) -> _Inside | None:
    """The letter that is attached, None when it is something else."""
    held = getattr(file, "_storage").storages  # noqa: B009 - python-oxmsg offers no other way
    found = next((one for one in held if one.name == _EMBEDDED), None)
    return _Inside(found) if found else None


def _take_letter(message: _Inside, found: Found, depth: int) -> None:
    """Its words stay apart, its files come with the others."""
    if depth > MAX_DEPTH:
        raise Refused("too_deep")
    found.inner.append((_headers(message), _words(message, found.findings)))
    if len(found.attachments) + len(found.inner) > MAX_PARTS:
        raise Refused("too_many")
    for file in message.attachments:
        _take(file, found, depth)


def _at(message: oxmsg.Message, property_id: int) -> datetime | None:
    return likely(message.properties.date_prop_value(property_id))
