"""Languages beside the two the site itself speaks, and the places of the form in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutarta.apps.tenants.models import Group

LONGEST = 400  # characters of one place of the form
STARTING = Path(__file__).parent / "starting"

# BCP 47 code -> the language's name in itself.
LANGUAGES: dict[str, str] = {
    "lt": "lietuvių",
    "en": "English",
    "ar": "العربية",
    "be": "беларуская",
    "bg": "български",
    "cs": "čeština",
    "da": "dansk",
    "de": "Deutsch",
    "el": "ελληνικά",
    "es": "español",
    "et": "eesti",
    "fa": "فارسی",
    "fi": "suomi",
    "fr": "français",
    "ga": "Gaeilge",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "hrvatski",
    "hu": "magyar",
    "hy": "հայերեն",
    "it": "italiano",
    "ja": "日本語",
    "ka": "ქართული",
    "lv": "latviešu",
    "mt": "Malti",
    "nl": "Nederlands",
    "no": "norsk",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "ru": "русский",
    "sgs": "žemaitiu",
    "sk": "slovenčina",
    "sl": "slovenščina",
    "sv": "svenska",
    "tr": "Türkçe",
    "uk": "українська",
    "ur": "اردو",
    "uz": "oʻzbekcha",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True)
class Place:
    """One place of the form: its words in the site's own languages, and what it is for."""

    original: str | Promise
    hint: str | Promise


PLACES: dict[str, Place] = {
    "title": Place(_("Tell us what you think"), _("Heading of the page")),
    "lead": Place(
        _("Write in your own language. We read it, translate it and answer."),
        _("First sentence under the heading"),
    ),
    "until": Place(_("We take proposals until"), _("Before the date and hour of the deadline")),
    "late": Place(
        _("The deadline has passed. We still take what you write, and mark it as late."),
        _("Instead of the deadline, once it has passed"),
    ),
    "text": Place(_("Your proposal"), _("Name of the large field")),
    "text_hint": Place(
        _("In your own words. Please leave out other people’s names and illnesses."),
        _("Under the name of the large field"),
    ),
    "name": Place(_("Your name"), _("Name of the field")),
    "name_hint": Place(
        _("First name, initials or whatever you like. You may leave it empty."),
        _("Under the name of the field"),
    ),
    "show_name": Place(_("Show my name in the register"), _("Beside the box to tick")),
    "email": Place(_("E-mail"), _("Name of the field")),
    "email_hint": Place(
        _("We will send the number, the link and the answer. The address is never published."),
        _("Under the name of the field"),
    ),
    "optional": Place(
        pgettext_lazy("field of a form", "optional"), _("After names of fields that may stay empty")
    ),
    "privacy": Place(
        _("We publish the text, never the e-mail address. We cover personal data before that."),
        _("Above the button"),
    ),
    "send": Place(_("Send and get a number"), _("On the button")),
    "look_first": Place(_("Please look at this first"), _("Heading of the list of errors")),
    "kept": Place(_("What you wrote is still here."), _("Under the list of errors")),
    "text_needed": Place(_("Write your proposal."), _("Error: the large field is empty")),
    "too_long": Place(
        _("The text is too long. Send a longer text by e-mail."), _("Error: too long")
    ),
    "email_wrong": Place(
        _("Write the whole e-mail address, such as name@post.lt."),
        _("Error: the address is not complete"),
    ),
    "leave_empty": Place(
        _("Leave this empty"), _("Name and error of a field that people do not see")
    ),
    "thanks": Place(_("Thank you, we have your submission"), _("Heading of the receipt")),
    "number": Place(_("Your number:"), _("Before the number, on the receipt and in the letter")),
    "keep": Place(
        _("Keep the number and the link. With the link you can always see what becomes of it."),
        _("On the receipt"),
    ),
    "next": Place(
        _("We translate and publish what you wrote. You get an answer with its reason by"),
        _("Before the date of the answers, on the receipt and in the letter"),
    ),
    "confirm": Place(
        _(
            "Open this link to confirm that the address is yours. "
            "There you also see, correct or withdraw what you said. Do not give it to anybody."
        ),
        _("In the letter, before the link"),
    ),
    "back": Place(_("Back to what this is about"), _("Link under the form")),
    "paper": Place(
        _("The same form on paper, to print and fill in by hand (PDF)"), _("Link under the form")
    ),
    "paper_scan": Place(
        _("You can also write on the website: scan the code or copy the address"),
        _("On paper: beside the address"),
    ),
    "paper_more": Place(
        _("If there is not enough room, go on overleaf."), _("On paper: below the lines")
    ),
    "paper_contact": Place(
        _("Where to answer – e-mail, telephone or address:"), _("On paper: above a line")
    ),
    "paper_return": Place(
        _("Bring or send this sheet to:"), _("On paper: before the address of the office")
    ),
}


def name_of(code: str) -> str:
    """The language's name in itself; of one we do not list, its code."""
    return LANGUAGES.get(code, code)


def direction(code: str) -> str:
    """For the attribute `dir`."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"


def site_languages() -> list[str]:
    """The languages in which every page of the site is written."""
    return [code for code, _name in settings.LANGUAGES]


def further(group: Group) -> dict[str, str]:
    """The languages a group may add its form in: all that the site does not speak itself."""
    own = {*site_languages(), group.language}
    return {code: name for code, name in LANGUAGES.items() if code not in own}


def ours(language: str, group: Group) -> str:
    """The language in which the site itself can speak to somebody who writes in `language`."""
    return language if language in site_languages() else group.language


@dataclass(frozen=True)
class Said:
    """Words of one place, and the language they stand in."""

    text: str
    language: str

    @property
    def direction(self) -> str:
        return direction(self.language)


def wording(language: str, words: Mapping[str, str], group: Group) -> dict[str, Said]:
    """Every place in that language; where its words are missing, in the group's own."""
    with translation.override(ours(group.language, group)):
        own = {name: str(place.original) for name, place in PLACES.items()}
    return {
        name: Said(words[name], language) if words.get(name) else Said(own[name], group.language)
        for name in PLACES
    }


def originals(name: str) -> list[Said]:
    """The words of one place in every language of the site."""
    found = []
    for code in site_languages():
        with translation.override(code):
            found.append(Said(str(PLACES[name].original), code))
    return found


def starting_words(language: str) -> dict[str, str]:
    """Words we have written for a language, to begin with; {} for most languages."""
    if language not in LANGUAGES:
        return {}
    file = STARTING / f"{language}.json"
    words: dict[str, str] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return words
