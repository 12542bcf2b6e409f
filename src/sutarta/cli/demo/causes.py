"""Why the second version of the invented town's strategy differs from the first."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

from sutarta.apps.consultations.actions import reasoning
from sutarta.apps.consultations.models import ChangeCause
from sutarta.apps.consultations.queries import comparison
from sutarta.apps.consultations.queries.comparison import Change
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Version
from sutarta.cli.demo.places import spaced
from sutarta.cli.demo.speaking import Said

FILE = "alksniai-why.json"
NOTES = {
    ChangeCause.GUIDELINES: (
        "Pagal atnaujintas ministerijos gaires daugiau lėšų turi tekti žmonėms, o ne pastatams, ir "
        "kiekvienas rezultatas turi būti patikrinamas."
    ),
    ChangeCause.EDITING: "Pasakyta trumpiau ir aiškiau; mintis ta pati.",
}
OF_THE_GUIDELINES = {"8", "11"}  # the sums, and what is new on equality and environment
AFTER_OTHERS = "Suderinta su kitais pakeitimais: perskaičiuotos sumos, numeriai ir nuorodos."


@dataclass(frozen=True)
class Because:
    """The cause of one change; `topic` names the voice it was changed for."""

    cause: ChangeCause
    topic: str = ""
    note: str = ""


def known() -> list[dict[str, object]]:
    """Every line that stands in one version alone, with its cause, as the texts' sources say."""
    rows: list[dict[str, object]] = json.loads(
        (resources.files(__package__) / FILE).read_text("utf-8")
    )
    return rows


def explain(before: Version, draft: Version, said: Said, actor: User, at: datetime) -> None:
    """Say why every passage changed: first what answers name, then everything else, in bulk."""
    reasoning.link_suggested(actor=actor, version=draft, at=at)
    gathered: dict[Because, list[str]] = defaultdict(list)
    for change in comparison.compared(before, draft).changes:
        for because in _causes(change, said):
            gathered[because].append(change.pair.id)
    for because, passages in gathered.items():
        reasoning.explain(
            actor=actor, version=draft, passages=passages, cause=because.cause,
            number=said[because.topic].number if because.topic else None, note=because.note, at=at,
        )  # fmt: skip


def _causes(change: Change, said: Said) -> set[Because]:
    """What the sources say of it; one that nothing else explains only follows from others."""
    rows = list(_rows(change))
    found = {_because(str(row["cause"]), str(row.get("topic", "")), said) for row in rows}
    if found or change.reasons:
        return found
    if change.number.split(".")[0] in OF_THE_GUIDELINES:
        return {_because(ChangeCause.GUIDELINES, "", said)}
    return {Because(ChangeCause.EDITING, note=AFTER_OTHERS)}


def _rows(change: Change) -> Iterator[dict[str, object]]:
    old = {spaced(block.text).strip() for block in change.pair.old}
    new = {spaced(block.text).strip() for block in change.pair.new}
    only_old, only_new = (old, new) if change.pair.is_moved else (old - new, new - old)
    for row in known():
        if row["words"] in (only_old if row["gone"] else only_new):
            yield row


def _because(cause: str, topic: str, said: Said) -> Because:
    if cause == ChangeCause.SUBMISSION and topic in said:
        return Because(ChangeCause.SUBMISSION, topic)
    if cause == ChangeCause.GUIDELINES:
        return Because(ChangeCause.GUIDELINES, note=NOTES[ChangeCause.GUIDELINES])
    return Because(ChangeCause.EDITING, note=NOTES[ChangeCause.EDITING])
