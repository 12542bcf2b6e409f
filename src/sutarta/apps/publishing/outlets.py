"""A notice as it goes out: for the site, the newspaper, the social network, members' e-mail."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutarta.apps.publishing.announcing import Announcement, Part
from sutarta.core.text import excerpt
from sutarta.formats.papers import emblem

SHORTEST = 900  # characters a newspaper may ask for
GLIMPSE, PEEK = 280, 140  # characters of one part, where little and least fits
_FOUND = re.compile(
    r"https?://[^\s<>„“”\"]+[^\s<>„“”\".,;:!?)]|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)

OUTLETS = {
    "site": gettext_lazy("Site"),
    "newspaper": gettext_lazy("Newspaper"),
    "social": gettext_lazy("Social network"),
    "email": gettext_lazy("E-mail to members"),
    "files": gettext_lazy("Poster and files"),
}


@dataclass(frozen=True)
class Text:
    """A text to take. code: its name as a file; kind: "txt" or "html"; subject: of a letter."""

    code: str
    label: str
    kind: str
    words: str
    subject: str = ""

    @property
    def size(self) -> int:
        return len(self.words)


def texts(said: Announcement, outlet: str) -> list[Text]:
    """Every text of that outlet, in the notice's language but named in the reader's."""
    makers = {
        "site": (("site", _("Text"), plain), ("site-code", _("Code of the page"), html)),
        "newspaper": (("newspaper", _("Whole notice"), newspaper),
                      ("newspaper-short", _("Short notice"), short)),
        "social": (("social", _("Post"), social),),
        "email": (("email", _("Letter"), letter),),
    }.get(outlet, ())  # fmt: skip
    made = []
    for code, label, make in makers:
        with translation.override(said.facts.language):
            words = make(said) + ""  # plain: the code is to be read, not to become part of our page
        kind = "html" if make is html else "txt"
        if words:
            made.append(Text(code, label, kind, words, said.title if make is letter else ""))
    return made


def plain(said: Announcement) -> str:
    """Everything, with titles: for a site that takes text alone, and for whoever reads it out."""
    return _joined(said.title, *map(_titled, said.parts), said.facts.group.name)


def html(said: Announcement) -> SafeString:
    """Everything as a piece of a page, without class, style or script; addresses stand in full."""
    parts = [_part(part) for part in said.parts if part.code != "union"]
    parts.append(_union(said))
    return format_html(
        '<section lang="{}">\n<h2>{}</h2>\n{}\n</section>',
        said.facts.language,
        said.title,
        format_html_join("\n", "{}", ((part,) for part in parts if part)),
    )


def newspaper(said: Announcement) -> str:
    """Everything in running paragraphs, a line each."""
    return "\n".join(filter(None, (said.title, *map(_running, said.parts), said.facts.group.name)))


def short(said: Announcement) -> str:
    """What nobody may be left without, and as much of the rest as fits in SHORTEST.

    "" when not even that fits.
    """
    needed = {"deadline": 1, "where": 2, "contact": 6, "union": 8}
    wished = {"about": 3, "changed": 4, "decides": 5, "next": 7}
    lines = {0: said.title, 9: said.facts.group.name}
    lines |= {place: _running(said.part(code)) for code, place in needed.items()}
    if _length(lines) > SHORTEST:
        return ""
    for take in (_beginning, _running):
        for code, place in wished.items():
            longer = {**lines, place: take(said.part(code))}
            if _length(longer) <= SHORTEST:
                lines = longer
    return "\n".join(lines[place] for place in sorted(lines) if lines[place])


def _beginning(part: Part) -> str:
    """As many whole paragraphs as fit in PEEK, and the beginning of the next when it is long.

    An address is never cut.
    """
    told: list[str] = []
    for paragraph in part.paragraphs:
        room = PEEK - len(" ".join([*told, ""]))
        if len(paragraph) > room:
            if room > PEEK // 2 and "://" not in paragraph:
                told.append(excerpt(paragraph, room))
            break
        told.append(paragraph)
    return _running(replace(part, paragraphs=tuple(told)))


def social(said: Announcement) -> str:
    """Short paragraphs; the deadline and the address come first, before what is folded away."""
    codes = ("where", "deadline", "about", "goal", "changed", "contact", "next", "union")
    parts = [said.part(code) for code in codes]
    lines = [
        excerpt(_running(part), GLIMPSE) if part.code in {"about", "goal"} else _running(part)
        for part in parts
    ]
    return _joined(said.title, *lines, said.facts.group.name)


def letter(said: Announcement) -> str:
    """A letter to the members: the notice, and a request to pass it on."""
    pass_on = _("Please tell your neighbours, colleagues and members of your organisation.")
    codes = [part for part in said.parts if part.code != "union"]
    union = _running(said.part("union"))
    greeting = _("Good day,")
    return _joined(greeting, *map(_titled, codes), pass_on, said.facts.group.name, union)


def _titled(part: Part) -> str:
    items = [f"– {item}" for item in part.items]
    return "\n".join(filter(None, (part.title, *part.paragraphs, *items)))


def _running(part: Part) -> str:
    """The part in one line; its title only where it is not understood without."""
    said = " ".join((*part.paragraphs, *_listed(part.items)))
    return f"{part.title}: {said}" if said and part.named and part.title else said


def _listed(items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield "; ".join(item.rstrip(".;") for item in items) + "."


def _joined(*blocks: str) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _length(lines: dict[int, str]) -> int:
    return len("\n".join(line for line in lines.values() if line))


def _part(part: Part) -> SafeString:
    title = format_html("<h3>{}</h3>\n", part.title) if part.title else ""
    paragraphs = format_html_join("\n", "<p>{}</p>", ((_linked(p),) for p in part.paragraphs))
    items = format_html_join("\n", "<li>{}</li>", ((_linked(item),) for item in part.items))
    listed = format_html("<ul>\n{}\n</ul>", items) if items else ""
    between = "\n" if paragraphs and listed else ""
    return format_html("{}{}{}{}", title, paragraphs, between, listed)


def _union(said: Announcement) -> SafeString | str:
    """The emblem stands in the code itself, so that it cannot vanish from the page."""
    sentence = " ".join(said.part("union").paragraphs)
    if not sentence:
        return ""
    picture = base64.b64encode(emblem.png(2)).decode()
    alt = _("Flag of the European Union")
    return format_html(
        '<p><img src="data:image/png;base64,{}" width="54" height="36" alt="{}"> {}</p>',
        picture, alt, sentence,
    )  # fmt: skip


def _linked(text: str) -> SafeString:
    """Addresses as links whose words are the address itself."""
    pieces, end = [], 0
    for found in _FOUND.finditer(text):
        url = found.group()
        target = url if "://" in url else f"mailto:{url}"
        pieces += [(text[end : found.start()],)]
        pieces += [(format_html('<a href="{}">{}</a>', target, url),)]
        end = found.end()
    return format_html_join("", "{}", [*pieces, (text[end:],)])
