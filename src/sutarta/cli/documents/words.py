"""What a comparison says beside the texts, in English and Lithuanian: no catalogue is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutarta.formats.comparing import Wording

LANGUAGES = ("en", "lt")
_OWN_LETTERS = frozenset("ąčęėįšųūž")
_SHARE = 100  # one letter in so many is Lithuanian in any Lithuanian text

_WORDS = {
    "title": ("Comparative version", "Lyginamasis variantas"),
    "numbers": ("Only numbers differ", "Pakeisti tik skaičiai"),
    "inserted": ("inserted:", "įrašyta:"),
    "removed": ("removed:", "išbraukta:"),
    "how": ("How to read it:", "Kaip skaityti:"),
    "struck": ("words taken out are struck", "išbraukti žodžiai perbraukti"),
    "underlined": ("words put in are underlined", "įrašyti žodžiai pabraukti"),
    "changes": ("Changes", "Pakeitimai"),
    "no_changes": ("No word changed.", "Nė vienas žodis nepakeistas."),
    "text": ("The text", "Tekstas"),
    "to_changes": ("To the list of changes", "Į pakeitimų sąrašą"),
    "to_text": ("To the text", "Į tekstą"),
    "next": ("Next change", "Kitas pakeitimas"),
    "passage": ("Passage {number}", "{number} pastraipa"),
    "looks": (
        "Only look different: {n}",
        "Tik atrodo kitaip: {n}",
    ),
    "other_picture": ("The picture is another one.", "Paveikslas kitas."),
}
_SAYINGS = {
    "moved_to": ("moved to {place}", "perkelta į {place}"),
    "moved_from": ("moved here from {place}", "perkelta iš {place}"),
    "no_alt": ("A picture without a description", "Paveikslas be aprašymo"),
}
_TURNS = {
    "reworded": ("Reworded", "Suformuluota kitaip"),
    "moved": ("Moved", "Perkelta"),
    "split": ("Split", "Išskaidyta"),
    "merged": ("Merged", "Sujungta"),
    "new": ("New", "Nauja"),
    "gone": ("No longer in the text", "Tekste nebeliko"),
    "looks": ("Only looks different", "Tik atrodo kitaip"),
    "kept": ("Unchanged", "Nepakeista"),
}
_COUNTS = {
    "reworded": ("worded otherwise", "suformuluota kitaip"),
    "numbers": ("of these only numbers", "iš jų tik skaičiai"),
    "moved": ("moved", "perkelta"),
    "split": ("split", "išskaidyta"),
    "merged": ("merged", "sujungta"),
    "new": ("new", "nauja"),
    "gone": ("no longer in the text", "tekste nebeliko"),
    "looks": ("only look different", "tik atrodo kitaip"),
    "kept": ("unchanged", "nepakeista"),
}


def wording(language: str) -> Wording:
    """The words in one of LANGUAGES."""
    from sutarta.formats.comparing import Sayings, Wording

    at = LANGUAGES.index(language)
    return Wording(
        language=language,
        sayings=Sayings(**{name: said[at] for name, said in _SAYINGS.items()}),
        turns={name: said[at] for name, said in _TURNS.items()},
        counts={name: said[at] for name, said in _COUNTS.items()},
        **{name: said[at] for name, said in _WORDS.items()},
    )


def language_of(text: str) -> str:
    """Lithuanian where its own letters say so, else English.

    >>> language_of("Šaligatvių plėtra"), language_of("Pavements")
    ('lt', 'en')
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    own = sum(letter in _OWN_LETTERS for letter in letters)
    return "lt" if own and own * _SHARE >= len(letters) else "en"
