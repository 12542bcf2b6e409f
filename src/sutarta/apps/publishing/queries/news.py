"""What happened in public: one source for letters, feeds and the front page.

Acts come from the log, openings and closings from the clock. Nothing is news before everybody
can read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sutarta.apps.consultations.models import Consultation, Meeting
from sutarta.apps.consultations.queries import register
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.publishing.queries import sentences
from sutarta.apps.strategies.models import Step, StepKind, Strategy, Version
from sutarta.apps.tenants.models import Group

EVENTS = {
    "version.published": "version",
    "consultation.announced": "announced",
    "consultation.deadline_extended": "extended",
    "answers.published": "answers",
    "report.published": "report",
    "strategy.step_set": "step",
    "meeting.announced": "meeting",
    "meeting.changed": "meeting_changed",
    "meeting.cancelled": "meeting_cancelled",
    "meeting.minuted": "minutes",
}
SOON = timedelta(days=3)  # before a discussion ends, followers are reminded


@dataclass(frozen=True)
class Item:
    """One piece of news.

    key           names it for good, also as its id in Atom
    code          key of `sentences.SAID`
    facts         what its sentences are made of
    """

    key: UUID
    at: datetime
    code: str
    strategy: Strategy
    consultation: Consultation | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """One line in the language of the moment."""
        return sentences.SAID[self.code].title(self)

    @property
    def text(self) -> str:
        """A sentence that explains it, or ""."""
        return sentences.SAID[self.code].text(self)

    @property
    def path(self) -> str:
        """Where to read on, without the host."""
        return sentences.SAID[self.code].path(self)


@dataclass(frozen=True)
class Known:
    """What the news of a group are told with: rows that hold titles, days and reasons.

    versions   public ones by numbers of strategy and version; steps: by number and kind
    meetings   announced ones by number
    """

    group: Group
    strategies: Mapping[int, Strategy]
    versions: Mapping[tuple[int, int], Version]
    consultations: Mapping[int, Consultation]
    steps: Mapping[tuple[int, str], Step]
    meetings: Mapping[int, Meeting]

    def steps_of(self, strategy: Strategy) -> list[Step]:
        """Those of one strategy, in the order of the path."""
        order = [(strategy.number, kind) for kind in StepKind.values]
        return [self.steps[key] for key in order if key in self.steps]


def known(
    group: Group,
    consultations: Iterable[Consultation],
    versions: Iterable[Version] | None = None,
) -> Known:
    """Read once for all that is told.

    consultations   every announced one, with strategy and deadlines
    versions        every public one of the group; asked for when not given
    """
    versions = register.versions_of(group) if versions is None else versions
    by_number = {one.number: one for one in consultations}
    its = [one.strategy for one in (*by_number.values(), *versions)]
    steps = Step.objects.filter(group=group).select_related("strategy")
    met = Meeting.objects.filter(group=group, announced_at__isnull=False)
    return Known(
        group=group,
        strategies={strategy.number: strategy for strategy in its},
        versions={(one.strategy.number, one.number): one for one in versions},
        consultations=by_number,
        steps={(step.strategy.number, step.kind): step for step in steps},
        meetings={meeting.number: meeting for meeting in met},
    )


def happened(known: Known, at: datetime, since: datetime | None = None) -> list[Item]:
    """Everything that happened until `at`, newest first; one question for any number.

    since   what happened at that instant or before is left out
    """
    entries = ledger.acts(known.group, *EVENTS).filter(at__lte=at)
    if since is not None:
        entries = entries.filter(at__gt=since)
    items = [*_acts(list(entries), known), *_times(known, at)]
    found = [item for item in items if since is None or item.at > since]
    return sorted(found, key=lambda item: (item.at, item.key), reverse=True)


def reminders(consultations: Iterable[Consultation], at: datetime) -> list[Item]:
    """Discussions that end soon: told to followers, and no news any more when they are over."""
    return [
        _item(uuid5(one.pk, f"ending {ends}"), ends - SOON, "ending", one)
        for one in consultations
        if (ends := one.deadline.closes_at) - SOON <= at < ends and one.opens_at < ends - SOON
    ]


def about_strategy(items: Iterable[Item], strategy: Strategy) -> list[Item]:
    """Of these, what somebody hears who follows the strategy."""
    return [item for item in items if item.strategy.pk == strategy.pk]


def about_consultation(
    items: Iterable[Item], consultation: Consultation, versions: Iterable[int]
) -> list[Item]:
    """The same for a consultation: its own news, and the version that comes of it.

    versions   numbers of the strategy's published versions
    """
    spoken = _spoken(consultation)
    after = min((number for number in versions if number > spoken), default=None)
    return [
        item
        for item in items
        if (item.consultation is not None and item.consultation.pk == consultation.pk)
        or (
            item.code == "version"
            and item.strategy.pk == consultation.strategy_id
            and item.facts["version"].number == after
        )
    ]


def _spoken(consultation: Consultation) -> int:
    """Number of the version spoken about; 0 when there was none yet."""
    return consultation.version.number if consultation.version else 0


def _acts(entries: Sequence[Entry], known: Known) -> list[Item]:
    """Entries newest first; those of something no longer public tell nothing."""
    found: list[Item] = []
    told: set[Step] = set()  # of a step only how it stands now is news
    for entry in entries:
        item = _act(entry, EVENTS[entry.event], ledger.facts(entry), known)
        if item is None or item.facts.get("step") in told:
            continue
        if item.code == "step":
            told.add(item.facts["step"])
        found.append(item)
    return found


def _act(entry: Entry, code: str, facts: Mapping[str, Any], known: Known) -> Item | None:
    if code == "version":
        return _version(entry, facts, known)
    if code == "step":
        return _step(entry, facts, known)
    number = facts.get("consultation", facts.get("number"))
    consultation = known.consultations.get(number)
    if consultation is None:
        return None
    if entry.event.startswith("meeting."):
        facts = {**facts, "meeting": known.meetings[facts["number"]]}
    return _item(entry.pk, entry.at, code, consultation, facts)


def _version(entry: Entry, facts: Mapping[str, Any], known: Known) -> Item | None:
    strategy, number = facts["strategy"], facts["version"]
    version = known.versions.get((strategy, number))
    if version is None:
        return None
    older = [n for its, n in known.versions if its == strategy and n < number]
    told = {
        "version": version,
        "before": max(older, default=None),
        "changed": sum(facts.get("passages", {}).values()),
    }
    return Item(entry.pk, entry.at, "version", version.strategy, None, told)


def _step(entry: Entry, facts: Mapping[str, Any], known: Known) -> Item | None:
    """A step as it stands now; one taken out again, or of a strategy nobody can read, is none."""
    strategy = known.strategies.get(facts["strategy"])
    step = known.steps.get((facts["strategy"], facts["kind"]))
    if strategy is None or step is None:
        return None
    return Item(entry.pk, entry.at, "step", strategy, None, {"step": step})


def _times(known: Known, at: datetime) -> list[Item]:
    """Openings and closings, which no act makes."""
    found = []
    for one in known.consultations.values():
        ends = one.deadline.closes_at
        if one.announced_at < one.opens_at <= at:
            found.append(_item(uuid5(one.pk, "opened"), one.opens_at, "opened", one))
        if ends <= at:
            found.append(_item(uuid5(one.pk, f"closed {ends}"), ends, "closed", one))
    return found


def _item(
    key: UUID,
    at: datetime,
    code: str,
    consultation: Consultation,
    facts: Mapping[str, Any] | None = None,
) -> Item:
    return Item(key, at, code, consultation.strategy, consultation, facts or {})
