"""How each kind of news is told: a title, a sentence and where to read on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import meeting_pages, showing
from sutarta.apps.strategies.models import StepKind, Strategy
from sutarta.apps.ui import wording
from sutarta.core import deadlines
from sutarta.core.documents import Outcome
from sutarta.core.text import excerpt

SHORT = 220  # characters of somebody's words in a letter or a feed

DONE = {
    StepKind.BOARD: gettext_lazy("The board has approved the strategy"),
    StepKind.GENERAL_MEETING: gettext_lazy("The general meeting has approved the strategy"),
    StepKind.REGIONAL_COUNCIL: gettext_lazy(
        "The strategy was presented to the regional development council"
    ),
    StepKind.MUNICIPAL_COUNCIL: gettext_lazy("The municipal council has approved the strategy"),
    StepKind.MINISTRY: gettext_lazy("The strategy was handed in to the ministry"),
}
FATES = {
    Outcome.REWORDED: gettext_lazy("Passage %(place)s has other words in version %(version)s"),
    Outcome.MOVED: gettext_lazy("Passage %(place)s stands elsewhere in version %(version)s"),
    Outcome.SPLIT: gettext_lazy("Passage %(place)s was divided in version %(version)s"),
    Outcome.MERGED: gettext_lazy(
        "Passage %(place)s was joined with another in version %(version)s"
    ),
    Outcome.GONE: gettext_lazy("Passage %(place)s is no longer in version %(version)s"),
}


class Item(Protocol):
    """What is told; `news.Item` has it."""

    @property
    def at(self) -> datetime: ...
    @property
    def strategy(self) -> Strategy: ...
    @property
    def consultation(self) -> Consultation: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Said:
    """Three functions of an item."""

    title: Callable[[Item], str]
    text: Callable[[Item], str]
    path: Callable[[Item], str]


def _version_title(item: Item) -> str:
    number = {"number": item.facts["version"].number}
    if item.facts["before"] is None:
        return _("Version %(number)s published") % number
    return _("Version %(number)s published: what changed, and why") % number


def _version_text(item: Item) -> str:
    version, changed = item.facts["version"], item.facts["changed"]
    if item.facts["before"] is None:
        return version.note or _("Everybody can read it.")
    count = ngettext(
        "%(n)s passage does not stand as it stood.",
        "%(n)s passages do not stand as they stood.",
        changed,
    ) % {"n": changed}
    return f"{version.get_reason_display()}. {count}"


def _version_path(item: Item) -> str:
    strategy, number = item.strategy.number, item.facts["version"].number
    if item.facts["before"] is None:
        return reverse("consultations:version", args=[strategy, number])
    return reverse("consultations:compare", args=[strategy, number, item.facts["before"]])


def _announced_title(item: Item) -> str:
    if item.consultation.is_idea_call:
        return _("We ask for your needs and ideas: %(title)s") % _titled(item)
    return _("Discussion announced: %(title)s") % _titled(item)


def _titled(item: Item) -> dict[str, str]:
    return {"title": item.consultation.title}


def _announced_text(item: Item) -> str:
    opens_at = datetime.fromisoformat(item.facts["opens_at"])
    days = {"opens": wording.local_date_time(opens_at), "until": _until(item)}
    if opens_at > item.at:
        return _("It opens on %(opens)s; everybody may speak until %(until)s.") % days
    return _("Everybody may speak until %(until)s.") % days


def _until(item: Item) -> str:
    return deadlines.say(item.consultation.deadline.value, get_language() or "lt")


def _open_text(item: Item) -> str:
    return _("Everybody may speak until %(until)s.") % {"until": _until(item)}


def _ending_text(item: Item) -> str:
    return _("What reaches us until %(until)s is in time.") % {"until": _until(item)}


def _extended_text(item: Item) -> str:
    rows = item.consultation.deadlines.all()
    reason = next((row.reason for row in rows if row.set_at == item.at), "")
    words = _("The new deadline is %(until)s.") % {"until": _until(item)}
    return f"{words} {reason}".strip()


def _closed_text(item: Item) -> str:
    if item.consultation.answered_at is not None:
        return _("Everybody has got an answer.")
    day = wording.local_date(item.consultation.answers_by)
    return _("Everybody gets an answer, all at the same time, by %(day)s.") % {"day": day}


def _answers_title(item: Item) -> str:
    count = int(item.facts["answers"])
    words = ngettext("%(n)s answer published", "%(n)s answers published", count)
    return words % {"n": count}


def _answers_text(item: Item) -> str:
    return _("What became of each proposal, and why: %(title)s.") % _titled(item)


def _step_title(item: Item) -> str:
    step = item.facts["step"]
    if step.done_on:
        return str(DONE[step.kind])
    words = step.get_kind_display()
    return _("Next: %(step)s") % {"step": words[:1].lower() + words[1:]}


def _step_text(item: Item) -> str:
    step = item.facts["step"]
    day = step.done_on or step.planned_on
    parts = [wording.local_date(day)] if day else []
    return ", ".join([*parts, *([step.note] if step.note else [])])


def _said_title(item: Item) -> str:
    one = item.facts["submission"]
    words = {"number": wording.nr(one.number), "kind": one.get_kind_display()}
    return _("About passage %(place)s: %(kind)s %(number)s") % {**item.facts, **words}


def _said_text(item: Item) -> str:
    text = showing.public_text(item.facts["submission"])
    return excerpt(text.why or text.body or text.proposed, SHORT) if text else ""


def _answered_title(item: Item) -> str:
    answer = item.facts["answer"]
    words = {
        "number": wording.nr(item.facts["submission"].number),
        "outcome": answer.get_outcome_display(),
    }
    return _("Answer to %(number)s: %(outcome)s") % words


def _changed_title(item: Item) -> str:
    facts = {"place": item.facts["place"], "version": item.facts["version"].number}
    return str(FATES[item.facts["outcome"]]) % facts


def _changed_text(item: Item) -> str:
    if item.facts["outcome"] == Outcome.GONE:
        return _("The page of changes says why.")
    return excerpt(item.facts["words"], SHORT)


def _changed_path(item: Item) -> str:
    numbers = [item.strategy.number, item.facts["version"].number, item.facts["before"]]
    return f"{reverse('consultations:compare', args=numbers)}#{item.facts['lineage']}"


def _met(item: Item) -> dict[str, str]:
    return {"title": item.facts["meeting"].title}


def _meeting_text(item: Item) -> str:
    its = item.facts["meeting"]
    when = wording.local_span(its.starts_at, its.ends_at)
    where = meeting_pages.one_line(its.place) or its.link
    return f"{when}, {where}".removesuffix(", ")


def _meeting(item: Item) -> str:
    return reverse("consultations:meeting", args=[item.facts["meeting"].number])


def _consultation(item: Item) -> str:
    return reverse("consultations:consultation", args=[item.consultation.number])


def _submission(item: Item) -> str:
    return reverse("consultations:submission", args=[item.facts["submission"].number])


SAID = {
    "version": Said(_version_title, _version_text, _version_path),
    "announced": Said(_announced_title, _announced_text, _consultation),
    "opened": Said(
        lambda item: _("The discussion has opened: %(title)s") % _titled(item),
        _open_text,
        _consultation,
    ),
    "ending": Said(
        lambda item: _("The discussion ends soon: %(title)s") % _titled(item),
        _ending_text,
        _consultation,
    ),
    "extended": Said(
        lambda item: _("The deadline was extended: %(title)s") % _titled(item),
        _extended_text,
        _consultation,
    ),
    "closed": Said(
        lambda item: _("The discussion is over: %(title)s") % _titled(item),
        _closed_text,
        _consultation,
    ),
    "answers": Said(_answers_title, _answers_text, _consultation),
    "report": Said(
        lambda item: _("Closing report: you said – we did"),
        lambda item: item.consultation.title,
        lambda item: reverse("consultations:closing_report", args=[item.consultation.number]),
    ),
    "meeting": Said(
        lambda item: _("Come and talk: %(title)s") % _met(item), _meeting_text, _meeting
    ),
    "meeting_changed": Said(
        lambda item: _("Something of the meeting has changed: %(title)s") % _met(item),
        _meeting_text,
        _meeting,
    ),
    "meeting_cancelled": Said(
        lambda item: _("The meeting is cancelled: %(title)s") % _met(item),
        lambda item: item.facts["meeting"].cancelled_why,
        _meeting,
    ),
    "minutes": Said(
        lambda item: _("Minutes of the meeting: %(title)s") % _met(item),
        lambda item: _("Who came, what was said, and what becomes of it."),
        _meeting,
    ),
    "step": Said(_step_title, _step_text, lambda item: reverse("web:home")),
    "said": Said(_said_title, _said_text, _submission),
    "answered": Said(
        _answered_title, lambda item: excerpt(item.facts["answer"].reason, SHORT), _submission
    ),
    "changed": Said(_changed_title, _changed_text, _changed_path),
}
