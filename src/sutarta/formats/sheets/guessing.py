"""Which column of a survey's sheet probably holds what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sutarta.core.text.words import fold

# What a column can be, in the order in which a heading is tried against them.
ROLES = (
    "row_id", "received", "email", "phone", "consent", "organisation", "name", "language",
    "passage", "place", "why", "proposal", "words",
)  # fmt: skip

# Beginnings of headings or of words in them, without diacritics. „=“: the whole heading.
_SIGNS: dict[str, tuple[str, ...]] = {
    "row_id": (
        "=id", "=nr", "=eil nr", "=no", "=#", "response id", "respondent id", "submission id",
        "atsakymo id", "atsakymo nr", "respondento id", "respondento nr", "anketos nr",
        "anketos id", "=respondentas", "=token",
    ),
    "received": (
        "timestamp", "laiko zym", "submitted at", "submission date", "date submitted", "=data",
        "=date", "=laikas", "pateikimo data", "pateikimo laikas", "pateikta", "uzpildymo data",
        "uzpildymo laikas", "uzpildyta", "atsakymo data", "atsakymo laikas", "data ir laikas",
        "baigta", "completion time", "pabaigos laikas", "end date", "=gauta", "=received",
    ),
    "email": (
        "email", "e mail", "el past", "elektroninio past", "elektroninis past", "e past",
        "=username", "naudotojo vardas", "=epastas",
    ),
    "phone": ("phone", "telephone", "telefon", "tel nr", "=tel", "mobil"),
    "consent": (
        "sutink", "sutikim", "ar sutink", "leidz", "ar galim", "consent", "i agree", "do you agree",
        "may we", "show my name", "rodyti varda", "skelbti varda",
    ),
    "organisation": ("organizacij", "organisation", "organization", "atstovauj", "imon", "istaig",
                     "company", "institucij"),
    "name": ("=vardas", "vardas pavard", "vardas ir pavard", "vardas, pavard", "jusu vardas",
             "=pavarde", "=name", "full name", "your name", "first name", "name and surname"),
    "language": ("=kalba", "=language", "atsakymo kalba", "response language", "anketos kalba",
                 "start language"),
    "passage": ("=punktas", "=pastraipa", "=skyrius", "strategijos viet", "strategijos punkt",
                "kuris punktas", "kuri pastraipa", "passage", "paragraph", "=section"),
    "place": ("=vieta", "=adresas", "=place", "=where", "=address", "kurioje viet", "=kur",
              "seniunij", "vietov", "location"),
    "why": ("kodel", "=priezastis", "pagrindim", "argument", "=why", "reason", "justification"),
    "proposal": ("=pasiulymas", "siulom", "jusu pasiulym", "ka siulyt", "ka siulot",
                 "nauja formuluot", "suggested wording", "=proposal", "your proposal",
                 "=idea", "=ideja"),
    "words": ("pastab", "nuomon", "koment", "=tekstas", "ka manot", "ka reik", "ka keis",
              "jusu zodz", "comment", "opinion", "feedback", "=text", "your words",
              "=atsakymas", "=zinute", "message"),
}  # fmt: skip
# A heading with a sign of "consent" also has to speak of a name and of nothing else done with it:
# most forms ask whether somebody agrees that their data are processed.
_OF_NAMES, _PROCESSED = ("vard", "pavard", "name"), ("tvark", "process")
_GAPS = re.compile(r"[^\w#]+")


def guess(headings: Sequence[str]) -> dict[int, str]:
    """Column, from 0 -> one of ROLES, each role once; columns that say nothing are left out.

    Guesses, to be looked at by a person: by how survey programs name their own columns, such as
    Google Forms its "Timestamp" and „Laiko žymė“, and by what people call theirs.

    >>> guess(["Laiko žymė", "El. pašto adresas", "Ką manote apie tvarką?", "Ar turite vaikų?"])
    {0: 'received', 1: 'email', 2: 'words'}
    """
    found: dict[int, str] = {}
    for role in ROLES:
        for column, heading in enumerate(headings):
            if column not in found and role not in found.values() and _is(role, _plain(heading)):
                found[column] = role
    if "words" not in found.values() and "proposal" in found.values():
        column = next(column for column, role in found.items() if role == "proposal")
        found[column] = "words"
    return dict(sorted(found.items()))


def _is(role: str, heading: str) -> bool:
    if role == "consent" and (not _has(heading, _OF_NAMES) or _has(heading, _PROCESSED)):
        return False
    return _has(heading, _SIGNS[role])


def _has(heading: str, signs: Sequence[str]) -> bool:
    return any(
        heading == sign[1:] if sign.startswith("=") else f" {sign}" in f" {heading}"
        for sign in signs
    )


def _plain(heading: str) -> str:
    return _GAPS.sub(" ", fold(heading.lower())).strip()
