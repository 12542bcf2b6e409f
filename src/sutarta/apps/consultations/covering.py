"""Marks that stand in a public text where something is covered, and what each of them says."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What stands in the text, in the language of the register -> what readers see.
KINDS: dict[str, Promise] = {
    "vardas": pgettext_lazy("covered", "name"),
    "sveikatos duomenys": pgettext_lazy("covered", "health data"),
    "adresas": pgettext_lazy("covered", "address"),
    "kita": pgettext_lazy("covered", "other personal data"),
}
NAME, HEALTH, ADDRESS, OTHER = KINDS
UNNAMED = pgettext_lazy("covered", "covered")
MARK = re.compile(r"„\[uždengta(?:: (" + "|".join(KINDS) + r"))?\]“")

# Kinds of core.text.revealing -> what the person who decides is told, and the mark to cover with.
HINTS: dict[str, tuple[Promise, str]] = {
    "code": (_("personal code"), OTHER),
    "account": (_("bank account"), OTHER),
    "email": (_("e-mail address"), OTHER),
    "phone": (_("telephone number"), OTHER),
    "plate": (_("number of a car"), OTHER),
    "address": (_("street or house"), ADDRESS),
    "name": (_("name of a person"), NAME),
    "age": (_("age or year of birth"), OTHER),
    "alone": (_("lives alone"), OTHER),
    "health": (_("illness or disability"), HEALTH),
    "family": (_("family, neighbours or benefits"), OTHER),
}


def mark(kind: str = "") -> str:
    """What to put where something is covered; without a kind the mark does not say what it was."""
    return f"„[uždengta: {kind}]“" if kind else "„[uždengta]“"


def pieces(text: str) -> list[tuple[str, Promise | None]]:
    """The text in pieces: (words, None), or ("", what the mark in that place says)."""
    found: list[tuple[str, Promise | None]] = []
    at = 0
    for match in MARK.finditer(text):
        found += [(text[at : match.start()], None), ("", KINDS.get(match[1] or "", UNNAMED))]
        at = match.end()
    return [*found, (text[at:], None)]


def plain(text: str, instead: str = "…") -> str:
    """The text with `instead` where something is covered, for titles and search."""
    return MARK.sub(instead, text)
