"""Whether a person sent a letter, or a machine: nothing answers a machine, so nothing loops."""

from __future__ import annotations

import re

from .decoding import header

Headers = dict[str, list[str]]

_SUBJECT = re.compile(
    r"\s*(?:automati\w+ (?:reply|response|atsaky\w+)|auto(?:matic)?[- ]?reply|out of office|"
    r"nesu biure|ne biure|atostogauju)\s*:",
    re.IGNORECASE,
)
_ANSWERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply", "x-auto-reply")
_POSTMAN = re.compile(r"(?:mailer-daemon|mail-daemon|mdaemon)@", re.IGNORECASE)


def automatic(headers: Headers, kind: str, report: str) -> str:
    """What Letter.automatic says.

    headers   lines by their names in small letters
    kind      media type of the whole; report: its parameter report-type

    A report of delivery or a failed recipient makes a bounce, RFC 3834's Auto-Submitted a reply.
    A null return path alone is a machine's too: RFC 5321, section 4.5.5.
    """
    if kind == "multipart/report" and report == "disposition-notification":
        return "reply"
    if kind == "multipart/report" or "x-failed-recipients" in headers:
        return "bounce"
    if _POSTMAN.search(_first(headers, "from")):
        return "bounce"
    if _is_answer(headers):
        return "reply"
    if _first(headers, "return-path").replace(" ", "") == "<>":
        return "bounce"
    came_by_list = {"list-id", "list-post", "mailing-list"} & set(headers)
    if came_by_list or _first(headers, "precedence").lower() in {"list", "bulk", "junk"}:
        return "list"
    return ""


def _is_answer(headers: Headers) -> bool:
    submitted = _first(headers, "auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(name in headers for name in _ANSWERS):
        return True
    if _first(headers, "precedence").lower() in {"auto_reply", "auto-reply"}:
        return True
    return bool(_SUBJECT.match(header(_first(headers, "subject"))))


def _first(headers: Headers, name: str) -> str:
    return next(iter(headers.get(name, [])), "").strip()
