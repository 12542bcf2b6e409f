"""The closing report of a consultation as data, for the page, the PDF and the Word file.

Numbers, outcomes and reasons are kept as they were published. The words of residents are not:
they are joined from the register whenever the report is shown, so that what is covered, hidden
or erased afterwards is gone from the report, too. Words of versions never change, so only the
numbers of the versions are kept; a change that was promised when the report was published is
shown once the next version is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import (
    Consultation,
    Kind,
    Report,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import (
    gates,
    meeting_pages,
    passages,
    public,
    showing,
    supports,
    tallies,
    translations,
)
from sutarta.apps.consultations.queries.gates import Check
from sutarta.apps.consultations.queries.register import versions_of
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group

Content = dict[str, Any]


def published(group: Group) -> QuerySet[Report]:
    """Published closing reports of the group with all that `content` asks."""
    return _with_consultation(Report.objects.filter(group=group, published_at__isnull=False))


def report_of(consultation: Consultation) -> Report | None:
    """The report, published or being prepared; None before anybody wrote in it."""
    return _with_consultation(Report.objects.filter(consultation=consultation)).first()


def _with_consultation(reports: QuerySet[Report]) -> QuerySet[Report]:
    found = reports.select_related("consultation__group", "consultation__version__strategy")
    found = found.select_related("consultation__strategy")
    found = found.defer(*(f"consultation__{name}" for name in public.HEAVY_VERSION))
    return found.prefetch_related("consultation__deadlines").order_by("consultation__number")


def content(of: Report | Consultation) -> Content:
    """Everything the report says, for whoever shows it. As published, or as it would be now.

    of   a report, or a consultation for which none was begun yet

    published_at   instant in ISO 8601, None while it is being prepared
    consultation   number, title, strategy (number), strategy_title, language,
                   version (number, None of an idea call), opens_at, closes_at,
                   answered_at (ISO 8601), days_open,
                   extensions: [{on, closes_at, reason}]
    words          what_changed, who_took_part: plain text of the office, paragraphs by blank lines
    numbers        see tallies.counts
    by             see tallies.by: channel, kind, outcome, speaker, section -> [[code, count]]
    population     rows of tallies.turnout
    changes        passages changed because of answers, in order of the text: {lineage, number,
                   version, old, new (words; None when the change is not published yet, "" when
                   the passage is gone), submissions: [numbers], url (path of its story)}
    submissions    everything but spam, by number: {number, kind, channel, received_at, is_late,
                   late_reason, state (key of ui.marks.STATUSES), outcome, reason, changed
                   (lineage ids), title, author, text ({body, proposed, why} or None when it may
                   not be read), language (of the words), translation ({language, body, proposed,
                   why} or None), place (words), url (path), corrected_at}; outcome "" and reason
                   "" when there is no answer
    meetings       as their own pages tell of them: {number, title, starts_at, url (path), total
                   (people who came), parts ([sector in words, count]; None for a number that
                   is not told), noted}; cancelled ones left out
    since          how many came in after the report was published
    """
    report, consultation = (of, of.consultation) if isinstance(of, Report) else (None, of)
    rows, versions = list(_rows(consultation)), _versions(consultation)
    if report is not None and report.published_at is not None:
        fixed: Content = report.content
    else:
        fixed = _frozen(consultation, report, rows, versions)
    known = {one["number"] for one in fixed["submissions"]}
    listed = [row for row in rows if row.visibility != Visibility.SET_ASIDE]
    return {
        **fixed,
        "published_at": _iso(report.published_at) if report else None,
        "population": tallies.turnout(fixed["population"]),
        "changes": _with_words(fixed["changes"], versions),
        "submissions": _with_texts(fixed["submissions"], rows, versions),
        "meetings": meeting_pages.reported(consultation),
        "since": sum(row.number not in known for row in listed),
    }


def freeze(report: Report) -> Content:
    """What is kept of the report when it is published now: nothing that a resident wrote."""
    its = report.consultation
    return _frozen(its, report, list(_rows(its)), _versions(its))


def _frozen(
    consultation: Consultation,
    report: Report | None,
    rows: Sequence[Submission],
    versions: Sequence[Version],
) -> Content:
    return {
        "consultation": _about(consultation),
        "words": {
            "what_changed": report.what_changed if report else "",
            "who_took_part": report.who_took_part if report else "",
        },
        "numbers": tallies.counts(rows, supports.total(consultation)),
        "by": tallies.by(rows),
        "population": report.population if report else [],
        "changes": _changes(rows, versions),
        "submissions": [_fate(row) for row in rows if row.visibility != Visibility.SET_ASIDE],
    }


def _rows(consultation: Consultation) -> QuerySet[Submission]:
    rows = public.submissions(consultation.group).filter(consultation=consultation)
    return rows.prefetch_related("consultation__deadlines").order_by("number")


def _versions(consultation: Consultation) -> list[Version]:
    """Published versions from the one spoken of on, oldest first; an idea call has none."""
    spoken = consultation.version
    if spoken is None:
        return []
    return [
        version
        for version in reversed(versions_of(consultation.group))
        if version.strategy_id == spoken.strategy_id and version.number >= spoken.number
    ]


def _about(consultation: Consultation) -> Content:
    strategy, version = consultation.strategy, consultation.version
    deadline = consultation.deadline
    moved = sorted(consultation.deadlines.all(), key=lambda row: row.set_at)[1:]
    announced = consultation.announced_at
    return {
        "number": consultation.number,
        "title": consultation.title,
        "strategy": strategy.number,
        "strategy_title": strategy.title,
        "language": strategy.language,
        "version": version.number if version else None,
        "opens_at": _iso(consultation.opens_at),
        "closes_at": _iso(deadline.closes_at),
        "answered_at": _iso(consultation.answered_at),
        "days_open": _days(consultation),
        "extensions": [
            {"on": _iso(row.set_at), "closes_at": _iso(row.closes_at), "reason": row.reason}
            for row in moved
            if announced is not None and row.set_at > announced
        ],
    }


def _days(consultation: Consultation) -> int:
    """Local days on which one could speak, the first and the last one included."""
    first = timezone.localdate(consultation.opens_at)
    return (consultation.deadline.local_date - first).days + 1


def _fate(row: Submission) -> Content:
    answer = showing.published_answer(row)
    return {
        "number": row.number,
        "kind": str(row.kind),
        "channel": str(row.channel),
        "received_at": _iso(row.received_at),
        "is_late": row.is_late,
        "late_reason": row.late_reason,
        "outcome": str(answer.outcome) if answer else "",
        "reason": answer.reason if answer else "",
        "changed": list(answer.changed) if answer else [],
    }


def _changes(rows: Sequence[Submission], versions: Sequence[Version]) -> list[Content]:
    """Passages named by published answers, in the order of the text, with those who asked."""
    because: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if (answer := showing.published_answer(row)) and row.withdrawn_at is None:
            for lineage in answer.changed:
                because[lineage].append(row.number)
    if not because:
        return []
    old, new = versions[0], versions[-1]
    places = {**_places(new), **_places(old)}
    ordered = sorted(because, key=lambda id: (places.get(id, len(places)), id))
    return [
        {"lineage": id, "old": old.number, "new": new.number, "submissions": because[id]}
        for id in ordered
    ]


def _places(version: Version) -> dict[str, int]:
    return {id: passage.place for id, passage in passages.of(version).by_id.items()}


def _with_words(changes: Sequence[Content], versions: Sequence[Version]) -> list[Content]:
    """The changes with the words of the versions they name."""
    by_number = {version.number: version for version in versions}
    shown = []
    for change in changes:
        old, new = by_number[change["old"]], by_number[change["new"]]
        if old is new and len(versions) > 1:
            new = versions[1]  # it was still being prepared when the report was published
        before, after = (passages.of(one).by_id.get(change["lineage"]) for one in (old, new))
        number = (after or before).number if after or before else ""
        address = [new.strategy.number, new.number, change["lineage"]]
        shown.append(
            {
                "lineage": change["lineage"],
                "number": number,
                "version": new.number,
                "old": before.text if before else "",
                "new": None if old is new else after.text if after else "",
                "submissions": change["submissions"],
                "url": reverse("consultations:history", args=address) if number else "",
            }
        )
    return shown


def _with_texts(
    fates: Sequence[Content], rows: Sequence[Submission], versions: Sequence[Version]
) -> list[Content]:
    """The kept outcomes with the words that may be read today."""
    by_number = {row.number: row for row in rows}
    newest = versions[-1] if versions else None
    return [
        {**fate, **_words(showing.shown(by_number[fate["number"]], newest), fate)} for fate in fates
    ]


def _words(shown: showing.Shown, fate: Content) -> Content:
    text = shown.text
    answer = shown.answer
    return {
        "state": shown.state if shown.state == "WITHDRAWN" else fate["outcome"] or shown.state,
        "title": shown.title,
        "author": shown.author,
        "text": {"body": text.body, "proposed": text.proposed, "why": text.why} if text else None,
        "language": shown.submission.language,
        "translation": translations.as_data(shown.translation),
        "place": shown.where or shown.place.label,
        "url": reverse("consultations:submission", args=[shown.number]),
        "corrected_at": _iso(answer.corrected_at) if answer and fate["outcome"] else None,
    }


def _iso(at: Any) -> str | None:
    return at.isoformat() if at is not None else None


def checks(consultation: Consultation, report: Report | None) -> list[Check]:
    """Ticks before publishing: everything answered, and said in plain words what changed."""
    inbox = reverse("consultations:desk")
    waiting = gates.to_answer(consultation).count()
    asked = _open_questions(consultation)
    answered = _("Every proposal has its published answer")
    replied = _("Every question has its answer")
    return [
        Check(answered, consultation.answered_at is not None and not waiting,
              _waiting(waiting), f"{inbox}?show=answer"),
        Check(replied, not asked, _waiting(asked), f"{inbox}?show=answer"),
        Check(_("It is told in plain words what changed"),
              bool(report and report.what_changed.strip())),
    ]  # fmt: skip


def _open_questions(consultation: Consultation) -> int:
    questions = Submission.objects.filter(
        consultation=consultation, kind=Kind.QUESTION, withdrawn_at=None, erased_at=None
    )
    return (
        questions.filter(answer__published_at=None).exclude(visibility=Visibility.SET_ASIDE).count()
    )


def _waiting(count: int) -> str:
    return ngettext("%(n)s waits", "%(n)s wait", count) % {"n": count} if count else ""
