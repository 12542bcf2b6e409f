"""Running a consultation: preparing, its deadlines, announcing. It opens and closes by time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sutarta.apps.consultations.actions import letters
from sutarta.apps.consultations.actions.carrying import SERIES
from sutarta.apps.consultations.actions.holding import hold_consultation
from sutarta.apps.consultations.models import (
    SUMMARY_FIELDS,
    Consultation,
    Deadline,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import gates, public
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import ideas
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants import actions as tenants
from sutarta.core import deadlines
from sutarta.core.canonical import digest

SAYS_NO = {
    "closed": gettext_lazy(
        "The deadline has passed and cannot be moved. Open a new round instead."
    ),
    "not_later": gettext_lazy("A deadline that is announced can only be moved to a later time."),
}


@dataclass(frozen=True)
class Facts:
    """What a consultation says of itself; the six parts of the summary may be waived by name."""

    title: str
    opens_at: datetime
    answers_by: date
    summary: str = ""
    broad_terms: str = ""
    planned: str = ""
    not_planned: str = ""
    deciders: str = ""
    open_questions: str = ""
    waived: tuple[str, ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@transaction.atomic
def prepare(*, actor: Any, version: Version, facts: Facts, at: datetime) -> Consultation:
    """Begin a consultation on a published version; nobody outside the desk sees it yet."""
    require(rules.may_prepare(actor, version, at))
    return _make(actor, version.strategy, version, facts, at)


@transaction.atomic
def prepare_idea_call(
    *, actor: Any, strategy: Strategy, facts: Facts, at: datetime
) -> Consultation:
    """The same before there are words: an idea call. What only a text needs may be waived."""
    require(ideas.may_begin(actor, strategy.group, at))
    return _make(actor, strategy, None, facts, at)


def _make(
    actor: Any, strategy: Strategy, version: Version | None, facts: Facts, at: datetime
) -> Consultation:
    return Consultation.objects.create(
        group=strategy.group,
        number=tenants.take_number(strategy.group, "consultation"),
        strategy=strategy,
        version=version,
        made_by=actor,
        made_at=at,
        **_stored(facts),
    )


@transaction.atomic
def begin(
    *, actor: Any, version: Version, facts: Facts, deadline: deadlines.Deadline, at: datetime
) -> Consultation:
    """Prepare a consultation together with its first deadline: never one without the other."""
    made = prepare(actor=actor, version=version, facts=facts, at=at)
    set_deadline(actor=actor, consultation=made, deadline=deadline, at=at)
    return made


@transaction.atomic
def edit(*, actor: Any, consultation: Consultation, facts: Facts, at: datetime) -> list[str]:
    """Change what the consultation says of itself; returns the names of what changed.

    What is announced may be explained better, and every change of it is logged; its opening
    stays, and its deadline has an action of its own. Changing nothing leaves no trace.
    """
    hold_consultation(consultation)
    require(rules.may_edit(actor, consultation, at))
    new = _stored(facts)
    changed = [name for name, value in new.items() if getattr(consultation, name) != value]
    if consultation.announced_at is not None:
        _require_announced_stays(consultation, new, changed, at)
    if not changed:
        return []
    for name in changed:
        setattr(consultation, name, new[name])
    consultation.save(update_fields=changed)
    if consultation.announced_at is not None:
        _record("consultation.edited", consultation, at, [consultation], fields=changed)
    return changed


def _require_announced_stays(
    consultation: Consultation, new: dict[str, Any], changed: list[str], at: datetime
) -> None:
    if "opens_at" in changed:
        raise Refused(gettext_lazy("The opening is announced and stays as it is."))
    after = Consultation(group=consultation.group, pk=consultation.pk, **{**new, "opens_at": at})
    if lacking := gates.missing(gates.before_announcing(after, at)):
        raise Refused(_("Still missing: %(what)s.") % {"what": "; ".join(lacking)})


def _stored(facts: Facts) -> dict[str, Any]:
    """Field names and values; only names of empty parts of the summary count as waived."""
    new = asdict(facts)
    named = {name for name in facts.waived if name in SUMMARY_FIELDS}
    new["waived"] = sorted(name for name in named if not new[name].strip())
    return new


@transaction.atomic
def set_deadline(
    *,
    actor: Any,
    consultation: Consultation,
    deadline: deadlines.Deadline,
    at: datetime,
    reason: str = "",
    answers_by: date | None = None,
) -> Deadline:
    """Add a deadline; the last one added is in force. Setting the same one again adds nothing.

    deadline     made by core.deadlines from a date and wording, or from a sentence
    reason       why it is moved; needed once the consultation is announced
    answers_by   the new day of the answers, None to keep the one there is

    Once announced, a deadline may only be moved to a later time, and only before it passes:
    then everybody who left an address is told. Raises Refused otherwise.
    """
    tenants.hold_numbers(consultation.group, SERIES)
    hold_consultation(consultation)
    require(rules.may_set_deadline(actor, consultation, at))
    current = _current(consultation)
    if current is not None and current.value == deadline:
        return current
    announced = consultation.announced_at is not None
    if announced and current is not None:
        _require_extension(current, deadline, reason, answers_by or consultation.answers_by, at)
    row = _add(actor, consultation, deadline, reason, at)
    if answers_by is not None and answers_by != consultation.answers_by:
        consultation.answers_by = answers_by
        consultation.save(update_fields=["answers_by"])
    if announced:
        late = _take_back_late(consultation, row)
        rows = [consultation, row, *late]
        _record("consultation.deadline_extended", consultation, at, rows)
        _tell_of_extension(consultation, row, at)
    return row


def _current(consultation: Consultation) -> Deadline | None:
    return consultation.deadline if consultation.deadlines.exists() else None


def _require_extension(
    current: Deadline,
    new: deadlines.Deadline,
    reason: str,
    answers_by: date,
    at: datetime,
) -> None:
    ruling = deadlines.may_extend(current.value, new, at)
    if not ruling:
        raise Refused(SAYS_NO[ruling.code])
    if not reason.strip():
        raise Refused(gettext_lazy("Write why the deadline is moved. Everybody will read it."))
    if answers_by <= new.local_date:
        raise Refused(gettext_lazy("The day of the answers must come after the deadline."))


def _add(
    actor: Any, consultation: Consultation, value: deadlines.Deadline, reason: str, at: datetime
) -> Deadline:
    row = Deadline.objects.create(
        group=consultation.group,
        consultation=consultation,
        local_date=value.local_date,
        wording=value.wording.code,
        zone=value.zone,
        tz_version=value.tz_version,
        closes_at=value.instant,
        reason=reason,
        set_by=actor,
        set_at=at,
    )
    consultation.__dict__.pop("deadline", None)  # the remembered one is no longer in force
    return row


def _take_back_late(consultation: Consultation, row: Deadline) -> list[Submission]:
    """What came after the old close while the extension was being stored is in time now."""
    late = Submission.objects.filter(consultation=consultation, is_late=True)
    keys = list(late.filter(received_at__lt=row.closes_at).values_list("pk", flat=True))
    taken = Submission.objects.filter(pk__in=keys)
    taken.update(is_late=False)
    return list(taken)


def _tell_of_extension(consultation: Consultation, row: Deadline, at: datetime) -> None:
    spoke = Submission.objects.filter(consultation=consultation, withdrawn_at=None)
    spoke = spoke.exclude(visibility=Visibility.SET_ASIDE)  # robots write others' addresses
    for email, language in letters.addresses(spoke):
        letters.post(
            group=consultation.group,
            to=email,
            kind="deadline_extended",
            about=row.pk,
            language=language,
            at=at,
            consultation=consultation,
            reason=row.reason,
            until=deadlines.say(row.value, deadlines.nearest_language(language)),
            address=public.page_address(consultation),
        )


@transaction.atomic
def announce(*, actor: Any, consultation: Consultation, at: datetime) -> None:
    """Make the consultation public; it opens at its time, or at once when that has passed.

    Raises Refused with a list of what is missing.
    """
    hold_consultation(consultation)
    checks = gates.before_announcing(consultation, at)
    require(rules.may_announce(actor, consultation, gates.missing(checks), at))
    consultation.announced_at = at
    consultation.opens_at = max(consultation.opens_at, at)
    consultation.save(update_fields=["announced_at", "opens_at"])
    rows = [consultation, *consultation.deadlines.all()]
    _record("consultation.announced", consultation, at, rows)


def _record(
    event: str,
    consultation: Consultation,
    at: datetime,
    rows: Sequence[LoggedRow],
    **more: object,
) -> None:
    """Log a public act on the consultation, with the digest of what it now says."""
    version, row = consultation.version, consultation.deadline
    ledger.record(
        event,
        group=consultation.group,
        at=at,
        about=f"c/{consultation.number}",
        rows=rows,
        number=consultation.number,
        strategy=consultation.strategy.number,
        version=version.number if version else None,
        opens_at=consultation.opens_at.isoformat(),
        closes_at=row.closes_at.isoformat(),
        wording=row.wording,
        local_date=row.local_date.isoformat(),
        answers_by=consultation.answers_by.isoformat(),
        waived=list(consultation.waived),
        content=digest({name: getattr(consultation, name) for name in ("title", *SUMMARY_FIELDS)}),
        **more,
    )
