"""Addresses and links in a text that can vanish, or that nobody can read or copy.

Everything found has a code and the words it was found in; sentences belong to `checking`. Hosts
are data, each with the reason why a link to it does not last.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

SHARED, SHORTENED, SOCIAL = "shared", "shortened", "social"

# Host (its sub-domains with it) -> why a link to it may lead nowhere tomorrow.
FLEETING = {
    # Files shared from somebody's own account: gone with the account, or asked to sign in for.
    "drive.google.com": SHARED, "docs.google.com": SHARED, "forms.gle": SHARED,
    "dropbox.com": SHARED, "db.tt": SHARED, "1drv.ms": SHARED, "onedrive.live.com": SHARED,
    "sharepoint.com": SHARED, "icloud.com": SHARED, "mega.nz": SHARED, "box.com": SHARED,
    "wetransfer.com": SHARED, "we.tl": SHARED, "files.fm": SHARED, "mediafire.com": SHARED,
    "sendspace.com": SHARED, "failai.lt": SHARED, "ge.tt": SHARED, "pcloud.com": SHARED,
    # Short links: where they lead, and whether they still do, is decided by somebody else.
    "bit.ly": SHORTENED, "tinyurl.com": SHORTENED, "goo.gl": SHORTENED, "t.co": SHORTENED,
    "ow.ly": SHORTENED, "is.gd": SHORTENED, "v.gd": SHORTENED, "cutt.ly": SHORTENED,
    "rebrand.ly": SHORTENED, "buff.ly": SHORTENED, "rb.gy": SHORTENED, "shorturl.at": SHORTENED,
    "lnkd.in": SHORTENED, "trumpa.lt": SHORTENED, "qrco.de": SHORTENED, "linktr.ee": SHORTENED,
    # Social networks: a post sinks, and a group asks to sign in.
    "facebook.com": SOCIAL, "fb.com": SOCIAL, "fb.me": SOCIAL, "fb.watch": SOCIAL,
    "m.me": SOCIAL, "messenger.com": SOCIAL, "instagram.com": SOCIAL, "x.com": SOCIAL,
    "twitter.com": SOCIAL, "linkedin.com": SOCIAL, "tiktok.com": SOCIAL, "t.me": SOCIAL,
    "threads.net": SOCIAL, "vk.com": SOCIAL, "youtube.com": SOCIAL, "youtu.be": SOCIAL,
}  # fmt: skip

# Mailboxes anybody may open, and lose with a forgotten password or when a colleague leaves.
FREE_MAILBOXES = frozenset(
    (
        "gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com",
        "icloud.com", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "yandex.com",
        "one.lt", "inbox.lt", "mail.lt", "takas.lt", "zebra.lt", "delfi.lt", "inbox.lv",
    )
)  # fmt: skip

_AT_HOST = r"(?:[a-z0-9ąčęėįšųūž](?:[a-z0-9ąčęėįšųūž-]*[a-z0-9ąčęėįšųūž])?\.)+"
_TOP = r"(?:lt|lv|ee|pl|eu|com|org|net|info|io|ly|gl|me|gd|co|cc|app|dev|site|online|tt|be|at|ru)"
_LINK = re.compile(
    r"(?P<scheme>https?)://(?P<rest>[^\s<>„“”\"]*)"
    rf"|(?<![\w@/.:-])(?P<bare>{_AT_HOST}{_TOP})(?P<path>/[^\s<>„“”\"]*)?(?![\w@-])",
    re.IGNORECASE,
)
_WITHOUT_HOST = re.compile(
    r"(?<![\w:/.<])/{1,2}(?:www\.\S+|[a-z][\w-]*(?:/[\w.-]*)+)", re.IGNORECASE
)
_NAME = r"(?<![\w.+-])[\w.+-]{1,64}"  # bounded: a long word is looked at once
_HIDDEN_MAIL = re.compile(
    r"\[?email[\s\u00a0]protected\]?"
    rf"|{_NAME}\s{{0,3}}[\[({{]\s{{0,3}}(?:at|eta|et|ta|@)\s{{0,3}}[\])}}]\s{{0,3}}[\w-]+"
    r"(?:[\w.-]|\s?[\[({][^)\]}]{0,20}[\])}]){0,200}"
    rf"|{_NAME}\s{{1,3}}(?:eta|@)\s{{1,3}}[\w-]+\.\w+"
    rf"|{_NAME}@[\w-]{{1,64}}\s?[\[({{]\s?(?:dot|taškas|taskas)\s?[\])}}]",
    re.IGNORECASE,
)
# „Čia“ is a harmless word until it stands for an address.
_HERE = re.compile(
    r"\bčia\s*(?:[:.!]|>+|→|$)"
    r"|(?:susipažin|paskaity|skaity|rasi|rast|parsisių|atsisių|peržiūr|žiūr|spaus|paspau|pild"
    r"|užpildy|teikti|teikite|siūlyti|siūlykite|patalpint|skelbiam|paskelbt|nuorod)"
    r"\w{0,20}[^.!?\n]{0,60}\bčia\b"
    r"|\bčia\b[^.!?\n]{0,30}(?:susipažin|skaity|rasi|spaus|paspau|atsisių)\w*"
    r"|(?:šioje|šia|toliau pateikta|žemiau esanči\w+)\s+nuorod\w*"
    r"|\b(?:click|press|read|found|find|see|available|download|fill\w*)\b[^.!?\n]{0,60}\bhere\b"
    r"|\bhere\s*(?::|>+|→|$)|\b(?:this|the following) link\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"/(?:posts?|groups?|events?|permalink|photos?|story|stories|share|watch|reel|p|status)\b",
    re.IGNORECASE,
)
_ENDS = ".,;:!?)]}"


@dataclass(frozen=True)
class Doubt:
    """Something in a text that will not hold. code: see `doubts`; words: as they stand there."""

    code: str
    words: str


@dataclass(frozen=True)
class Link:
    """An address as it stands in a text. scheme: "" when left out; host: lower case, no port."""

    words: str
    scheme: str
    host: str
    path: str


def doubts(text: str, *, trial: bool = False) -> list[Doubt]:
    """What of the text can vanish or cannot be read, a paragraph at a time.

    trial   whether addresses of this very machine are let through, as in a demo group

    Codes: "email.unreadable" · "link.here" („čia“ and no address) · "link.shared",
    "link.shortened", "link.social" (a post or a group) · "link.only_social" (a page of a network
    and no other place) · "link.insecure" (http:) · "link.machine" (a bare IP or localhost) ·
    "link.broken" (no host) · "link.bare" (the front page of a site and not the page meant).

    >>> [doubt.code for doubt in doubts("Projektą rasite čia.")]
    ['link.here']
    >>> doubts("Projektą rasite čia: https://alksniai.lt/c/3/")
    []
    """
    found: dict[Doubt, None] = {}
    for paragraph in text.split("\n"):
        found |= dict.fromkeys(_of_paragraph(paragraph, trial=trial))
    return list(found)


def links(text: str) -> list[Link]:
    """Every address in the text, with or without its beginning."""
    return [_link(found) for found in _LINK.finditer(text)]


def is_free_mailbox(email: str) -> bool:
    """Whether anybody may open a mailbox there.

    >>> is_free_mailbox("alksniuvvg@gmail.com"), is_free_mailbox("rastine@alksniai.lt")
    (True, False)
    """
    return email.rpartition("@")[2].lower() in FREE_MAILBOXES


def is_machine(host: str) -> bool:
    """Whether the name is that of one machine, which others cannot reach or will not know.

    >>> [is_machine(host) for host in ("10.0.0.7", "localhost", "vvg", "alksniai.lt")]
    [True, True, True, False]
    """
    name = host.strip("[]").lower()
    if "." not in name or name.endswith((".localhost", ".local", ".lan", ".internal", ".invalid")):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _of_paragraph(text: str, *, trial: bool) -> Iterator[Doubt]:
    for hidden in _HIDDEN_MAIL.finditer(text):
        yield Doubt("email.unreadable", hidden.group().strip())
    for broken in _WITHOUT_HOST.finditer(text):
        yield Doubt("link.broken", broken.group().rstrip(_ENDS))
    named = links(_HIDDEN_MAIL.sub(" ", text))
    if not named and (here := _HERE.search(text)):
        yield Doubt("link.here", here.group().strip())
    for link in named:
        if code := _wrong(link, named, trial=trial):
            yield Doubt(code, link.words)


def _wrong(link: Link, named: list[Link], *, trial: bool) -> str:
    """Code of what is wrong with the link, the worst first; "" when it holds."""
    if not link.host:
        return "link.broken"
    if is_machine(link.host):
        return "" if trial else "link.machine"
    why = _fleeting(link.host)
    if why == SOCIAL:
        others = [one for one in named if one.host and _fleeting(one.host) is None]
        if _POST.search(link.path):
            return "link.social"
        return "" if others else "link.only_social"
    if why:
        return f"link.{why}"
    if link.scheme == "http":
        return "link.insecure"
    return "" if link.path.strip("/") else "link.bare"


def _fleeting(host: str) -> str | None:
    labels = host.split(".")
    names = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((FLEETING[name] for name in names if name in FLEETING), None)


def _link(found: re.Match[str]) -> Link:
    words = found.group().rstrip(_ENDS)
    if found["scheme"]:
        host, slash, path = found["rest"].rstrip(_ENDS).partition("/")
        name = host.rpartition("@")[2].lower()
        name = name if name.startswith("[") else name.partition(":")[0]
        return Link(words, found["scheme"].lower(), name, slash + path)
    return Link(words, "", found["bare"].lower(), (found["path"] or "").rstrip(_ENDS))
