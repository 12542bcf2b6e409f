"""What the front page tells: what is going on, what became of proposals, what happened last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import Consultation, Stage
from sutarta.apps.consultations.queries import counts, public, register
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording


@dataclass(frozen=True)
class Step:
    """One station of the strategy's path. state: "done", "here" or "next"."""

    title: str
    state: str
    day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """Counts of all submissions of the group; what was withdrawn or set aside is received only."""

    received: int
    answered: int
    changed: int
    waiting: int
    by_channel: list[tuple[str, int]]

    @property
    def unchanged(self) -> int:
        return self.answered - self.changed


@dataclass(frozen=True)
class Act:
    """One public act in words."""

    at: datetime
    text: str
    url: str


def announced(group: Group) -> list[Consultation]:
    """Every announced consultation, oldest first, with its version and deadlines."""
    found = Consultation.objects.filter(group=group).exclude(announced_at=None)
    found = found.select_related("version__strategy").defer("version__content", "version__rendered")
    return list(found.prefetch_related("deadlines").order_by("opens_at"))


def current(consultations: list[Consultation], at: datetime) -> Consultation | None:
    """The one to show first: open, else ahead, else the last one."""
    for stage in (Stage.OPEN, Stage.ANNOUNCED):
        for consultation in consultations:
            if consultation.stage(at) is stage:
                return consultation
    return consultations[-1] if consultations else None


def until(consultations: list[Consultation], shown: Consultation | None, at: datetime) -> datetime:
    """Until when the front page reads the same: the card counts hours, at last minutes."""
    change = public.next_change(consultations, at)
    if shown is None or shown.stage(at) is not Stage.OPEN:
        return change
    closes_at = shown.deadline.closes_at
    return min(change, closes_at - wording.next_remaining(closes_at - at))


def figures(group: Group) -> Figures:
    """What became of everything that was handed over; counted in one question."""
    totals = counts.totals(group)
    return Figures(
        received=totals.received,
        answered=totals.answered,
        changed=totals.changed,
        waiting=totals.waiting,
        by_channel=list(totals.by_channel.items()),
    )


def path(versions: list[Version], consultations: list[Consultation], at: datetime) -> list[Step]:
    """The strategy's way so far, and the step after it."""
    by_version: dict[object, list[Consultation]] = {}
    for consultation in consultations:
        by_version.setdefault(consultation.version_id, []).append(consultation)
    steps = []
    for version in versions:
        title = _("Version %(number)s published") % {"number": version.number}
        day = timezone.localdate(version.published_at)
        steps.append(Step(title, "done", day, version.get_reason_display()))
        for consultation in by_version.get(version.id, []):
            steps += _discussion(consultation, at)
    return steps


def _discussion(consultation: Consultation, at: datetime) -> list[Step]:
    stage = consultation.stage(at)
    number = {"number": consultation.version.number}
    states = {
        Stage.ANNOUNCED: ("next", "next"),
        Stage.OPEN: ("here", "next"),
        Stage.CLOSED: ("done", "here"),
        Stage.ANSWERED: ("done", "done"),
    }[stage]
    answered = consultation.answered_at
    day = timezone.localdate(answered) if answered else consultation.answers_by
    last = consultation.deadline.local_date
    talk = Step(_("Discussion of version %(number)s") % number, states[0], last, _("until"))
    return [talk, Step(_("Answers to all proposals"), states[1], day, "" if answered else _("by"))]


def latest(group: Group, count: int = 6) -> list[Act]:
    """The newest public acts that say something to a resident."""
    acts = ledger.acts(group, *SENTENCES)[:count]
    return [_act(entry.event, entry.at, ledger.facts(entry)) for entry in acts]


def _act(event: str, at: datetime, facts: dict[str, object]) -> Act:
    say, address = SENTENCES[event]
    return Act(at=at, text=say(facts), url=address(facts))


def _version_published(facts: dict[str, object]) -> str:
    number = int(str(facts["version"]))
    if number == 1:
        return _("Version %(number)s published") % {"number": number}
    return _("Version %(number)s published: what changed, and why") % {"number": number}


def _version_page(facts: dict[str, object]) -> str:
    """The first version itself; a later one beside the version before it."""
    strategy, number = facts["strategy"], int(str(facts["version"]))
    if number == 1:
        return reverse("consultations:version", args=[strategy, number])
    return reverse("consultations:compare", args=[strategy, number, number - 1])


def _consultation_page(facts: dict[str, object]) -> str:
    number = facts.get("consultation", facts.get("number"))
    return reverse("consultations:consultation", args=[number])


def _report_page(facts: dict[str, object]) -> str:
    return reverse("consultations:closing_report", args=[facts["consultation"]])


def _answers_published(facts: dict[str, object]) -> str:
    count = int(str(facts["answers"]))
    words = ngettext("%(n)s answer published", "%(n)s answers published", count)
    return words % {"n": count}


SENTENCES = {
    "version.published": (_version_published, _version_page),
    "consultation.announced": (
        lambda facts: _("Discussion announced: everybody may speak"),
        _consultation_page,
    ),
    "consultation.deadline_extended": (
        lambda facts: _("Deadline of the discussion extended"),
        _consultation_page,
    ),
    "answers.published": (_answers_published, _consultation_page),
    "report.published": (lambda facts: _("Closing report: you said – we did"), _report_page),
}


def public_strategy(group: Group) -> list[Version]:
    """Published versions of the newest strategy the public can read, oldest first."""
    found = register.versions_of(group)
    return [version for version in reversed(found) if version.strategy_id == found[0].strategy_id]
