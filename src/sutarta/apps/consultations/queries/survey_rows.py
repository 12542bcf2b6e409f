"""One row of a survey's sheet: what it says as a submission, or why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Consultation, Kind
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.rules import entering
from sutarta.apps.consultations.rules.speaking import LONGEST
from sutarta.core.text import matches, search_text
from sutarta.core.text.words import fold
from sutarta.formats.sheets import is_ambiguous, to_instant

ANSWER = "answer"  # a column that is appended to the words as "question: answer"
_AGREES = ("taip", "yes", "true", "1", "sutinku", "leidziu", "galima", "agree", "i agree", "x", "v")
_BEGINS = re.compile(r"(taip,|sutinku\b|yes,|i agree\b)")
# „Sutinku, bet be vardo“, "Yes, but not by name": words after which the yes is no plain one.
_UNLESS = re.compile(
    r"\b(ne\w*|bet|be|tik|jei\w*|anonim\w*|but|not?|only|if|without|anonym\w*|\w+n't)\b"
)
_LONGEST = {"name": 120, "organisation": 200, "phone": 40, "place": 200, "email": 254}
_SPOKEN = {
    "lietuviu": "lt", "lithuanian": "lt", "anglu": "en", "english": "en", "lenku": "pl",
    "polish": "pl", "rusu": "ru", "russian": "ru", "ukrainieciu": "uk", "ukrainian": "uk",
    "vokieciu": "de", "german": "de", "latviu": "lv", "baltarusiu": "be",
}  # fmt: skip


@dataclass(frozen=True)
class Choices:
    """What was chosen for a sheet.

    place, first, height   which sheet of the file, and where its headings stand; first 0: guessed
    columns       heading -> a role of formats.sheets or ANSWER; what is not named is left out
    month_first   11/10/2026 is the tenth of November
    """

    place: int = 0
    first: int = 0
    height: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    month_first: bool = False


@dataclass(frozen=True)
class Said:
    """A row understood: `words` are arguments of actions.speaking.Words.

    note     what is kept for the staff alone: an organisation nobody agreed to publish
    """

    words: dict[str, Any]
    received_at: datetime
    language: str
    note: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell; column None when it is the row."""

    column: int | None
    sentence: str


@dataclass(frozen=True)
class Reader:
    """Reads the rows of one sheet.

    headings   of its columns, in order
    came_at    when the answers came where no column says it
    at         the moment of looking
    """

    consultation: Consultation
    headings: Sequence[str]
    choices: Choices
    came_at: datetime | None
    at: datetime

    @cached_property
    def columns(self) -> dict[str, int]:
        """Role -> column."""
        found = {}
        for column, heading in enumerate(self.headings):
            role = self.choices.columns.get(heading, "")
            if role and role != ANSWER:
                found[role] = column
        return found

    @cached_property
    def answers(self) -> list[int]:
        """Columns appended as question and answer."""
        chosen = self.choices.columns
        return [n for n, heading in enumerate(self.headings) if chosen.get(heading) == ANSWER]

    @cached_property
    def _passages(self) -> dict[str, str]:
        """Looked for before -> the passage's id, or "" when there is not exactly one."""
        return {}

    @cached_property
    def _known(self) -> list[tuple[str, str, str]]:
        known = passages.of(self.consultation.version).by_id
        return [(one.id, one.number, search_text(one.text)) for one in known.values()]

    def cell(self, cells: Sequence[str], role: str) -> str:
        column = self.columns.get(role)
        return cells[column] if column is not None and column < len(cells) else ""

    def read(self, cells: Sequence[str]) -> tuple[Said | None, list[Fault]]:
        """What the row says, or everything that is wrong with it."""
        faults: list[Fault] = []
        received_at = self._received(cells, faults)
        lineage = self._lineage(cells, faults)
        language = self._language(cells, faults)
        self._check_lengths(cells, faults)
        words = self._words(cells, lineage)
        said = words["proposed"] or words["body"]
        if not said.strip():
            faults.append(self._fault("words", _("There are no words in it.")))
        elif max(len(said), len(words["why"])) > LONGEST:
            faults.append(self._fault("words", _("The text is too long.")))
        if faults or received_at is None:
            return None, faults
        agrees = self._agrees(cells)
        organisation = self.cell(cells, "organisation")
        note = f"{self._heading('organisation')}: {organisation}" if organisation else ""
        words |= {
            "author_name": self.cell(cells, "name"),
            "organisation": organisation if agrees else "",
            "show_name": agrees,
            "email": self.cell(cells, "email"),
            "phone": self.cell(cells, "phone"),
        }
        return Said(words, received_at, language, "" if agrees else note), []

    def _fault(self, role: str, sentence: str) -> Fault:
        return Fault(self.columns.get(role), sentence)

    def _heading(self, role: str) -> str:
        return self.headings[self.columns[role]]

    def _received(self, cells: Sequence[str], faults: list[Fault]) -> datetime | None:
        said = self.cell(cells, "received")
        zone = self.consultation.group.zone
        found = to_instant(said, zone, month_first=self.choices.month_first) if said else None
        if said and found is None:
            sentence = _("This is no date and hour, such as 2026-11-10 09:00.")
            faults.append(self._fault("received", sentence))
            return None
        if found is None:
            found = self.came_at
        elif not isinstance(found, datetime):
            # A day alone: its first moment in which something could come counts for the author.
            midnight = datetime(found.year, found.month, found.day, tzinfo=ZoneInfo(zone))
            opens = self.consultation.opens_at
            is_that_day = midnight < opens < midnight + timedelta(days=1)
            found = opens if is_that_day else midnight
        if found is None:
            faults.append(self._fault("received", _("It does not say when it came.")))
            return None
        verdict = entering.may_have_come(self.consultation, found, self.at)
        if not verdict:
            faults.append(self._fault("received", str(verdict.reason)))
        return found

    def _lineage(self, cells: Sequence[str], faults: list[Fault]) -> str:
        asked = self.cell(cells, "passage").strip()
        if not asked or self.consultation.is_idea_call:
            return ""
        if asked not in self._passages:
            self._passages[asked] = self._found(asked)
        if not self._passages[asked]:
            sentence = _("Not exactly one passage has this number or these words.")
            faults.append(self._fault("passage", sentence))
        return self._passages[asked]

    def _found(self, asked: str) -> str:
        number = asked.rstrip(".")
        ids = [id for id, printed, _text in self._known if printed == number]
        ids = ids or [id for id, _printed, text in self._known if matches(asked, text)]
        return ids[0] if len(ids) == 1 else ""

    def _language(self, cells: Sequence[str], faults: list[Fault]) -> str:
        said = fold(self.cell(cells, "language").lower()).strip()
        if not said:
            return ""
        code = said if said in tongues.LANGUAGES else _named(said)
        if not code:
            faults.append(self._fault("language", _("This language is not known.")))
        return code

    def _check_lengths(self, cells: Sequence[str], faults: list[Fault]) -> None:
        for role, longest in _LONGEST.items():
            if len(self.cell(cells, role)) > longest:
                sentence = _("At most %(n)s characters.") % {"n": longest}
                faults.append(self._fault(role, sentence))
        if email := self.cell(cells, "email"):
            try:
                validate_email(email)
            except ValidationError:
                sentence = _("Write the whole e-mail address, such as name@post.lt.")
                faults.append(self._fault("email", sentence))

    def _agrees(self, cells: Sequence[str]) -> bool:
        """Only a plain yes: whoever did not clearly agree is not named."""
        said = fold(self.cell(cells, "consent").lower()).strip(" .!,")
        if said in _AGREES:
            return True
        return bool(_BEGINS.match(said)) and not _UNLESS.search(said)

    def _words(self, cells: Sequence[str], lineage: str) -> dict[str, Any]:
        """A wording with its reason where both passage and wording are given; else all of it in
        the words, under the questions as they were asked.
        """
        is_idea = self.consultation.is_idea_call
        proposal, why = self.cell(cells, "proposal"), self.cell(cells, "why")
        is_wording = bool(lineage and proposal)
        appended = [] if is_wording else [*self._line(cells, "proposal"), *self._line(cells, "why")]
        if not is_idea:
            appended += self._line(cells, "place")
        appended += [_asked(self.headings[n], cells[n]) for n in self.answers if cells[n]]
        said = [self.cell(cells, "words"), *appended]
        body = "\n".join(part for part in said[1:] if part)
        body = "\n\n".join(part for part in (said[0], body) if part)
        usual = Kind.IDEA if is_idea else Kind.COMMENT if lineage else Kind.GENERAL
        if is_wording:
            why = "\n\n".join(part for part in (why, body) if part)
        return {
            "kind": str(Kind.WORDING if is_wording else usual),
            "body": "" if is_wording else body,
            "proposed": proposal if is_wording else "",
            "why": why if is_wording else "",
            "lineage_id": lineage,
            "place": self.cell(cells, "place") if is_idea else "",
        }

    def _line(self, cells: Sequence[str], role: str) -> list[str]:
        said = self.cell(cells, role)
        return [_asked(self._heading(role), said)] if said else []

    def is_ambiguous(self, cells: Sequence[str]) -> bool:
        """Whether its date could be told either way."""
        return is_ambiguous(self.cell(cells, "received"))


def _asked(heading: str, said: str) -> str:
    """Question and answer as one line.

    >>> _asked("Kodėl?", "Toli"), _asked("Amžius", "40")
    ('Kodėl? Toli', 'Amžius: 40')
    """
    return f"{heading} {said}" if heading.endswith(("?", ":", ".", "!")) else f"{heading}: {said}"


def _named(said: str) -> str:
    """Code of the language of that name, in itself, in Lithuanian or in English; or ""."""
    word = said.removesuffix(" kalba").removesuffix(" k.").strip()
    own = {fold(name.lower()): code for code, name in tongues.LANGUAGES.items()}
    if code := own.get(word) or _SPOKEN.get(word):
        return code
    return next((code for code in tongues.LANGUAGES if _english(code) == word), "")


def _english(code: str) -> str:
    try:
        return str(get_language_info(code)["name"]).lower()
    except KeyError:
        return ""
