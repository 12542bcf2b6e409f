"""A letter as mail servers pass it on (.eml, RFC 5322)."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from . import html
from .decoding import decoded, header, instant, sender, tidy
from .letter import MAX_DEPTH, MAX_PARTS, MAX_TEXT, Attached, Letter, Refused
from .quoting import cut

_TELLING = {"from", "date", "subject", "received", "message-id", "return-path", "mime-version"}
Headers = dict[str, list[str]]


def read(data: bytes) -> Letter:
    """Raises Refused: "neither" when it has no lines of a letter above it, and others."""
    try:
        message = message_from_bytes(data.lstrip(b"\r\n \t\xef\xbb\xbf"))
        headers = _headers(message)
        if len(_TELLING & set(headers)) < 2:
            raise Refused("neither")
        found = _gathered(message)
    except RecursionError as error:
        raise Refused("too_deep") from error
    return letter(headers, found)


def letter(headers: Headers, found: Found) -> Letter:
    """From header lines, by their names in small letters, and the parts found."""
    text, quoted = cut(tidy(found.text)[:MAX_TEXT])
    subject = header(_first(headers, "subject"))
    if not (text or subject or found.attachments):
        raise Refused("no_text")
    if len(found.text) > MAX_TEXT:
        found.findings.append("shortened")
    if text and not quoted and cut("x\n" + text)[1]:
        found.findings.append("forwarded")
    name, address = sender(_first(headers, "from"))
    return Letter(
        sender_name=name,
        sender_address=address,
        subject=subject,
        sent_at=instant(_first(headers, "date")),
        received_at=instant(_first(headers, "received")),
        text=text,
        quoted="\n\n".join(part for part in (quoted, tidy(found.inner)[:MAX_TEXT]) if part),
        attachments=tuple(found.attachments),
        message_id=header(_first(headers, "message-id")).strip("<> "),
        findings=tuple(dict.fromkeys(found.findings)),
    )


@dataclass
class Found:
    """What the parts of a letter hold; inner: words of letters attached to it."""

    plain: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)
    inner: str = ""
    attachments: list[Attached] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The plain text where it says something, else the HTML."""
        plain = "\n".join(self.plain)
        if plain.strip() or not self.rich:
            return plain
        self.findings.append("html")
        return "\n".join(map(html.words, self.rich))


def _gathered(message: Message) -> Found:
    """Every part, without recursion; how deep and how many is bounded."""
    found, count = Found(), 0
    waiting: list[tuple[Message, int, bool]] = [(message, 0, False)]
    while waiting:
        part, depth, is_inner = waiting.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise Refused("too_deep")
        if count > MAX_PARTS:
            raise Refused("too_many")
        payload = part.get_payload()
        if isinstance(payload, list):
            is_letter = part.get_content_type() == "message/rfc822"
            waiting += [
                (each, depth + 1, is_inner or is_letter)
                for each in reversed(payload)
                if isinstance(each, Message)
            ]
        else:
            _take(part, found, is_inner)
    return found


def _take(part: Message, found: Found, is_inner: bool) -> None:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    kind = part.get_content_type()
    name = _name(part)
    if kind not in {"text/plain", "text/html"} or name or _disposition(part) == "attachment":
        inline = bool(part.get("content-id")) and kind.startswith("image/")
        if data:
            found.attachments.append(Attached(name or "file", kind, data, inline))
        return
    text, guessed = decoded(data, part.get_content_charset())
    if guessed:
        found.findings.append("charset")
    if is_inner:
        found.inner += (html.words(text) if kind == "text/html" else text) + "\n"
    elif kind == "text/html":
        found.rich.append(text)
    else:
        found.plain.append(text)


def _name(part: Message) -> str:
    """The name of an attached file: RFC 2231, or RFC 2047 as many programs write it."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):
        name = "file"
    return header(name).replace("/", " ").replace("\\", " ").strip()[:200]


def _disposition(part: Message) -> str:
    return str(part.get("content-disposition", "")).partition(";")[0].strip().lower()


def _headers(message: Message) -> Headers:
    """Header lines as they came, the topmost first."""
    found: Headers = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value))
    return found


def _first(headers: Headers, name: str) -> str:
    return next(iter(headers.get(name, [])), "")
