"""How many of what came in during a consultation: the numbers of its closing report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sutarta.apps.consultations.models import Channel, Kind, Outcome, Submission, Visibility
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.showing import published_answer
from sutarta.apps.consultations.rules import small_numbers
from sutarta.core.text import tokens

PERCENT_FROM = 30  # people; of fewer, a percentage says more than is known
RESIDENT, ORGANISATION = "RESIDENT", "ORGANISATION"
WHOLE = ""  # the section of what speaks of the whole strategy


def counts(rows: Sequence[Submission], support: int) -> dict[str, int]:
    """Everything counted once; `rows` are all submissions of a consultation.

    people    e-mail addresses, and every submission without one counted as one person
    texts     different texts, whatever their punctuation and capitals
    changed   those whose answer changes the text
    """
    spoken = [row for row in rows if _counts(row)]
    answered = [row for row in spoken if published_answer(row)]
    questions = [row for row in spoken if row.kind == Kind.QUESTION]
    return {
        "received": len(rows),
        "people": people(spoken),
        "texts": texts(spoken),
        "support": support,
        "proposals": len(spoken) - len(questions),
        "questions": len(questions),
        "answered": len(answered),
        "questions_answered": sum(row.kind == Kind.QUESTION for row in answered),
        "changed": sum(bool(row.answer.changed) for row in answered),
        "late": sum(row.is_late for row in spoken),
        "hidden": sum(row.visibility == Visibility.HIDDEN for row in spoken),
        "covered": sum(row.visibility == Visibility.REDACTED for row in spoken),
        "set_aside": sum(row.visibility == Visibility.SET_ASIDE for row in rows),
        "withdrawn": sum(row.withdrawn_at is not None for row in rows),
        "erased": sum(row.erased_at is not None for row in rows),
    }


def by(rows: Sequence[Submission]) -> dict[str, list[list[Any]]]:
    """Name of a view -> [[code or name, how many], ...], those with none left out.

    channel and kind over everything received; speaker over what was neither spam nor taken back;
    outcome over published answers to proposals; section over the uppermost headings, in their
    order, WHOLE for what hangs on no passage; ward, of an idea call, over the parts of the
    territory, WHOLE for what names none.
    """
    spoken = [row for row in rows if _counts(row)]
    outcomes = (
        str(row.answer.outcome)
        for row in spoken
        if row.kind != Kind.QUESTION and published_answer(row)
    )
    return {
        "channel": _in_order(Channel.values, (str(row.channel) for row in rows)),
        "kind": _in_order(Kind.values, (str(row.kind) for row in rows)),
        "outcome": _in_order(Outcome.values, outcomes),
        "speaker": _in_order([RESIDENT, ORGANISATION], (_speaker(row) for row in spoken)),
        "section": _sections(spoken),
        **({"ward": wards} if (wards := _wards(spoken)) else {}),
    }


def people(rows: Iterable[Submission]) -> int:
    """Who spoke: each address once; who left none is counted once for each submission."""
    return len({row.email.lower() or str(row.pk) for row in rows})


def texts(rows: Iterable[Submission]) -> int:
    """How many different texts there are; an erased one counts for itself."""
    return len({_likeness(row) for row in rows})


def _likeness(row: Submission) -> str:
    words = tokens(f"{row.body} {row.proposed} {row.why}")
    return " ".join([row.kind, row.lineage_id, *words]) if words else str(row.pk)


def _counts(row: Submission) -> bool:
    """Whether it is part of what people said: not spam, not taken back."""
    return row.visibility != Visibility.SET_ASIDE and row.withdrawn_at is None


def _speaker(row: Submission) -> str:
    return ORGANISATION if row.organisation else RESIDENT


def _in_order(order: Sequence[str], found: Iterable[str]) -> list[list[Any]]:
    counted = Counter(found)
    return [[code, counted[code]] for code in order if counted[code]]


def _sections(rows: Sequence[Submission]) -> list[list[Any]]:
    if not rows or rows[0].version_id is None:
        return []
    held = passages.of(rows[0].version)
    names = {part.id: part.name for part in held.parts}
    found = Counter(
        held.by_id[row.lineage_id].part if row.lineage_id in held.by_id else WHOLE for row in rows
    )
    ordered = [[name, found[id]] for id, name in names.items() if found[id]]
    return ordered + ([[WHOLE, found[WHOLE]]] if found[WHOLE] else [])


def _wards(rows: Sequence[Submission]) -> list[list[Any]]:
    """Parts of the territory by their numbers; of an idea call alone."""
    if not rows or rows[0].version_id is not None:
        return []
    named = sorted({(row.ward.number, row.ward.name) for row in rows if row.ward})
    found = Counter(row.ward.name if row.ward else WHOLE for row in rows)
    ordered = [[name, found[name]] for _number, name in named]
    return ordered + ([[WHOLE, found[WHOLE]]] if found[WHOLE] else [])


def turnout(population: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Who lives here beside who took part: one row per group, as far as it may be told.

    population   [name, people or None, took part or None] for each group

    Rows have name, people, took_part, too_few, people_share and took_part_share. A group of
    few participants is told as too few, and then no shares are told at all, for they would give
    its number away; groups may overlap and have no total, so that nothing else does. Shares are
    whole percents, from PERCENT_FROM participants on.
    """
    known = [took or 0 for _name, _people, took in population]
    few = [small_numbers.is_few(took) for took in known]
    lived, took_part = sum(people or 0 for _name, people, _took in population), sum(known)
    shares = took_part >= PERCENT_FROM and not any(few)
    return [
        {
            "name": name,
            "people": people,
            "took_part": None if is_few else took,
            "too_few": is_few,
            "people_share": _percent(people, lived) if shares else None,
            "took_part_share": _percent(took, took_part) if shares else None,
        }
        for (name, people, took), is_few in zip(population, few, strict=True)
    ]


def _percent(part: int | None, whole: int) -> int | None:
    return None if part is None or not whole else (200 * part + whole) // (2 * whole)
