"""What would become of every row of a sheet, before anything is stored; and sheets taken before."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from sutarta.apps.consultations.models import (
    Consultation,
    SheetState,
    SurveyRow,
    SurveySheet,
)
from sutarta.apps.consultations.queries.receipts import derived_secret
from sutarta.apps.consultations.queries.survey_drafts import Draft, table_of
from sutarta.apps.consultations.queries.survey_rows import (
    ANSWER,
    Choices,
    Fault,
    Reader,
    Said,
)
from sutarta.apps.tenants.models import Group
from sutarta.formats.sheets import ROLES, Row, Table, guess

NEW, KNOWN, CHANGED, FAULTY, LEFT = "NEW", "KNOWN", "CHANGED", "FAULTY", "LEFT"


@dataclass(frozen=True)
class Planned:
    """A row, and what becomes of it.

    fate     NEW: would be taken; KNOWN: is in the register; CHANGED: is there with other words,
             which stay; FAULTY: cannot be taken as it is; LEFT: left out at the desk
    cells    as corrected
    number   of the submission it became, for KNOWN and CHANGED
    """

    row: Row
    cells: tuple[str, ...]
    fate: str
    key: str
    content: str
    said: Said | None = None
    faults: Sequence[Fault] = ()
    number: int | None = None


@dataclass(frozen=True)
class Plan:
    """Every row under the headings. ambiguous: dates that could be told either way."""

    table: Table
    rows: tuple[Planned, ...]
    ambiguous: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def of(self, fate: str) -> list[Planned]:
        return [one for one in self.rows if one.fate == fate]

    @property
    def letters(self) -> int:
        """How many would get a letter with their number."""
        return sum(bool(one.said and one.said.words["email"]) for one in self.of(NEW))


def sheets(group: Group) -> QuerySet[SurveySheet]:
    """Sheets with who brought them."""
    return SurveySheet.objects.filter(group=group).select_related(
        "consultation__group", "consultation__version__strategy", "made_by", "undo_by"
    )


def sheets_of(consultation: Consultation) -> QuerySet[SurveySheet]:
    """Of one consultation, the last one first; those whose cells are gone untaken are not shown."""
    rows = sheets(consultation.group).filter(consultation=consultation).order_by("-number")
    return rows.exclude(state=SheetState.LOOKED_AT, path="")


def unfinished() -> QuerySet[SurveySheet]:
    """Of every group, those being taken in or taken back."""
    states = [SheetState.TAKING, SheetState.UNDOING]
    return SurveySheet.objects.filter(state__in=states).order_by("confirmed_at", "id")


def to_take_back(sheet: SurveySheet) -> QuerySet[SurveyRow]:
    """Rows whose submissions can be taken back: neither answered nor gone."""
    rows = SurveyRow.objects.filter(
        sheet=sheet, submission__withdrawn_at=None, submission__erased_at=None
    )
    rows = rows.exclude(submission__answer__published_at__isnull=False)
    return rows.select_related("submission").order_by("row")


def choices_of(sheet: SurveySheet) -> Choices:
    return Choices(**sheet.choices)


def as_stored(choices: Choices) -> dict[str, object]:
    return asdict(choices)


def fingerprint(headings: Sequence[str]) -> str:
    """Names headings, whatever their case and spaces."""
    plain = [" ".join(heading.lower().split()) for heading in headings]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def offered(sheet: SurveySheet, found: Table) -> tuple[str, dict[str, str], bool]:
    """Name, columns and order of dates to begin with: as last time under the same headings, else
    guessed, and every other column as question and answer.
    """
    before = SurveySheet.objects.filter(
        group=sheet.group, headings=fingerprint(found.headings), confirmed_at__isnull=False
    ).order_by("-confirmed_at")
    if (last := before.first()) is not None:
        chosen = choices_of(last)
        return last.name, dict(chosen.columns), chosen.month_first
    guessed = guess(found.headings)
    roles = {heading: guessed.get(n, ANSWER) for n, heading in enumerate(found.headings)}
    return sheet.name, roles, False


def plan(sheet: SurveySheet, draft: Draft, at: datetime, *, most: int | None = None) -> Plan:
    """What becomes of the rows; `most`: of the first so many."""
    chosen = choices_of(sheet)
    found = table_of(draft.book, chosen.place, chosen.first, chosen.height)
    reader = Reader(sheet.consultation, found.headings, chosen, sheet.came_at, at)
    marks = _marks(sheet, found, reader)[:most]
    by_key, by_content = _taken(sheet)
    rows = []
    for row, (key, content) in zip(found.rows, marks, strict=False):
        cells = draft.fixed(row)
        before = by_key.get(key) or by_content.get(content)
        if before is not None:
            fate = KNOWN if before[0] == content else CHANGED
            rows.append(Planned(row, cells, fate, key, content, number=before[1]))
        elif row.number in draft.left_out:
            rows.append(Planned(row, cells, LEFT, key, content))
        else:
            said, faults = reader.read(cells)
            fate = FAULTY if faults else NEW
            rows.append(Planned(row, cells, fate, key, content, said, faults))
    ambiguous = sum(reader.is_ambiguous(row.cells) for row in found.rows)
    return Plan(found, tuple(rows), ambiguous, Counter(one.fate for one in rows))


def rows_of(sheet: SurveySheet, draft: Draft, number: int, at: datetime) -> set[int]:
    """Numbers of the rows that are in the register as the submission of that number."""
    return {one.row.number for one in plan(sheet, draft, at).rows if one.number == number}


def _marks(sheet: SurveySheet, found: Table, reader: Reader) -> list[tuple[str, str]]:
    """Key and content of every row: of its cells as uploaded, so that a later sheet has the same.

    The same answer is: the same own id; else the same hour, address and name; else the same cells.
    Of several that are the same, the first in one sheet is the first in the next.
    """
    seen: Counter[str] = Counter()
    marks = []
    for row in found.rows:
        whole = sorted(
            [heading, cell]
            for heading, cell in zip(found.headings, row.cells, strict=False)
            if cell
        )
        if own := reader.cell(row.cells, "row_id"):
            who: list[object] = ["id", own]
        elif hour := reader.cell(row.cells, "received"):
            rest = [reader.cell(row.cells, role).lower() for role in ("email", "name")]
            who = ["hour", hour, *rest]
        else:
            who = ["cells", whole]
        words = [str(sheet.consultation_id), " ".join(sheet.name.lower().split()), who]
        marks.append((_keyed(sheet, words, seen), _keyed(sheet, ["content", whole], seen)))
    return marks


def _keyed(sheet: SurveySheet, words: object, seen: Counter[str]) -> str:
    """Keyed, so that nobody learns by trying what an erased answer said."""
    said = json.dumps(words, ensure_ascii=False)
    seen[said] += 1
    purpose = f"sutarta.survey-row/1:{sheet.consultation_id}:{seen[said]}"
    return derived_secret(purpose, sheet.group, said)


def there(sheet: SurveySheet) -> QuerySet[SurveyRow]:
    """Rows of the consultation that are not taken again: in the register, or erased from it. What
    somebody had erased does not come back with the next sheet, also where its own was undone.
    """
    rows = SurveyRow.objects.filter(group=sheet.group, sheet__consultation=sheet.consultation)
    return rows.filter(Q(released_at=None) | Q(submission__erased_at__isnull=False))


def _taken(
    sheet: SurveySheet,
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[str, int]]]:
    """Key and content -> (content, number of the submission), of what is in the register."""
    found = there(sheet).values_list("key", "content", "submission__number")
    by_key = {key: (content, number) for key, content, number in found}
    return by_key, {content: (content, number) for content, number in by_key.values()}


def known_roles() -> tuple[str, ...]:
    """Every role a column can be given."""
    return (*ROLES, ANSWER)


@dataclass(frozen=True)
class Numbers:
    """Of the submissions of a sheet: the first and last number; back: taken back, kept: not."""

    first: int | None
    last: int | None
    back: int
    kept: int


def numbers(sheet: SurveySheet) -> Numbers:
    found = SurveyRow.objects.filter(sheet=sheet).aggregate(
        first=Min("submission__number"),
        last=Max("submission__number"),
        back=Count("id", filter=Q(released_at__isnull=False)),
        kept=Count("id", filter=Q(released_at=None)),
    )
    return Numbers(**found)


def progress(sheet: SurveySheet) -> tuple[int, int]:
    """Rows in the register, or taken back, and how many there are of them."""
    counted = numbers(sheet)
    if sheet.state == SheetState.UNDOING:
        return counted.back, counted.back + to_take_back(sheet).count()
    return counted.kept + counted.back, sheet.taken
