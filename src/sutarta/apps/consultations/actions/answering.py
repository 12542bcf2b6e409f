"""Answering: drafts at the desk, then all answers of a consultation published together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import inviting, letters
from sutarta.apps.consultations.actions.holding import (
    hold_all,
    hold_consultation,
    hold_submission,
)
from sutarta.apps.consultations.models import (
    Answer,
    Consultation,
    Outcome,
    Submission,
)
from sutarta.apps.consultations.queries import answers, arrivals, gates, public, since
from sutarta.apps.consultations.queries.drafts import words_of
from sutarta.apps.consultations.queries.gates import content_digest
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui.wording import local_time


class Overtaken(Refused):
    """Somebody else has written the same answer meanwhile; theirs is kept until one decides."""

    def __init__(self, answer: Answer) -> None:
        said = _("%(who)s has written this answer meanwhile, at %(time)s.")
        time = local_time(answer.written_at)
        super().__init__(said % {"who": answer.written_by, "time": time})
        self.answer = answer


@transaction.atomic
def draft_answer(
    *,
    actor: Any,
    submission: Submission,
    outcome: str,
    reason: str,
    changed: Sequence[str] = (),
    is_ready: bool,
    apart: bool = False,
    seen: str | None = None,
    at: datetime,
) -> Answer:
    """Write or rewrite the answer to one proposal; nobody outside the desk sees it yet.

    outcome    one of models.Outcome; a draft that is not ready may leave it and the reason ""
    changed    lineage ids of the passages that change, in the version spoken of or a later one
    apart      answer this one of a bundle alone; otherwise all of the bundle get the same answer
    seen       queries.answers.edition of the answer that was rewritten; None: not looked at

    What a second person approved must be approved anew once a word of it changes. Raises Refused
    when the answer is published, or ready without outcome or reason, and Overtaken when somebody
    else has written it since it was seen.
    """
    hold_all(answers.together(submission))  # in one order, so that two never wait for each other
    submission = hold_submission(submission)
    require(rules.may_draft_answer(actor, submission, at))
    require_sense(submission, outcome, reason, changed, is_ready)
    _require_newest(actor, submission, seen)
    said = {
        "outcome": outcome,
        "reason": reason.strip(),
        "changed": list(dict.fromkeys(changed)),
        "is_ready": is_ready,
        "is_apart": apart and submission.bundle_id is not None,
    }
    answer = _write(submission, said, actor, at)
    for other in [] if said["is_apart"] else answers.sharing(submission):
        _write(other, said, actor, at)
    return answer


@transaction.atomic
def autosave(*, actor: Any, submission: Submission, at: datetime, **said: Any) -> Answer:
    """Keep what is being typed as a draft. A ready answer is changed by a button alone.

    said   as of draft_answer, without is_ready
    """
    ready = Answer.objects.filter(submission=submission, is_ready=True)
    if ready.exists():
        raise Refused(_("This answer is marked ready. Press a button to change it."))
    return draft_answer(actor=actor, submission=submission, is_ready=False, at=at, **said)


def _require_newest(actor: Any, submission: Submission, seen: str | None) -> None:
    answer = Answer.objects.select_related("written_by").filter(submission=submission).first()
    if seen is None or answer is None or answer.written_by_id == actor.pk:
        return
    if answers.edition(answer) != seen:
        raise Overtaken(answer)


def _write(submission: Submission, said: dict[str, Any], actor: Any, at: datetime) -> Answer:
    """The answer with what is said; one that says it already keeps its writer and approval."""
    answer = Answer.objects.filter(submission=submission).first()
    if answer is not None and all(getattr(answer, name) == value for name, value in said.items()):
        return answer
    writer = {"written_by": actor, "written_at": at, "approved_by": None, "approved_at": None}
    written, _is_new = Answer.objects.update_or_create(
        submission=submission, defaults={"group": submission.group, **said, **writer}
    )
    return written


def require_sense(
    submission: Submission, outcome: str, reason: str, changed: Sequence[str], is_ready: bool
) -> None:
    """Raise Refused when an answer that says this would make no sense."""
    if outcome not in Outcome.values and (outcome or is_ready):
        raise Refused(_("Choose the outcome."))
    if is_ready and not reason.strip():
        raise Refused(_("Write the reason. It is published with the outcome."))
    if changed and not set(changed) <= _known_passages(submission.version):
        raise Refused(_("One of the chosen passages is not in this strategy."))


def _known_passages(version: Version | None) -> set[str]:
    """Lineage ids of the version spoken of and of every later one, drafts included.

    An idea speaks of none: it is placed beside the words that came of it instead.
    """
    if version is None:
        return set()
    later = Version.objects.filter(strategy=version.strategy_id, number__gte=version.number)
    return {id for one in later for id in words_of(one)}


@transaction.atomic
def answer_question(*, actor: Any, submission: Submission, reason: str, at: datetime) -> Answer:
    """Answer a question; the answer is published at once and its author told."""
    submission = hold_submission(submission)
    require(rules.may_answer_question(actor, submission, at))
    if not reason.strip():
        raise Refused(_("Write the answer."))
    answer, _is_new = Answer.objects.update_or_create(
        submission=submission,
        defaults={
            "group": submission.group,
            "outcome": Outcome.NOTED,
            "reason": reason.strip(),
            "is_ready": True,
            "written_by": actor,
            "written_at": at,
            "published_at": at,
        },
    )
    ledger.record(
        "question.answered",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[answer],
        number=submission.number,
        content=content_digest([answer]),
    )
    if submission.email:
        since.note([submission])
        threads = arrivals.threads([submission])
        _post(submission.consultation, submission.email, [submission], threads, at)
    return answer


@transaction.atomic
def publish_answers(
    *, actor: Any, consultation: Consultation, seen: str | None = None, at: datetime
) -> int:
    """Publish every answer of a closed consultation at once; returns how many.

    Everybody who left an address gets one letter with the answers to all they proposed. A late
    proposal that came after the first publication is answered by publishing once more.

    seen   gates.content_digest of the answers that were looked through; None: not looked at

    Raises Refused with a list of what is missing, or when an answer was changed since it was seen.
    """
    hold_consultation(consultation)
    held = hold_all(gates.to_answer(consultation))
    gate = gates.before_publishing(consultation)
    require(rules.may_publish_answers(actor, consultation, gates.missing(gate.checks), at))
    rows = Submission.objects.filter(pk__in=held).select_related("answer", "group")
    answered = list(rows.order_by("number"))
    _require_seen([one.answer for one in answered], seen)
    if not answered and consultation.answered_at is not None:
        return 0
    Answer.objects.filter(submission__in=answered).update(published_at=at)
    published = [one.answer for one in answered]
    for answer in published:
        answer.published_at = at
    if consultation.answered_at is None:
        consultation.answered_at = at
        consultation.save(update_fields=["answered_at"])
    outcomes = Counter(str(submission.answer.outcome) for submission in answered)
    ledger.record(
        "answers.published",
        group=consultation.group,
        at=at,
        about=f"c/{consultation.number}",
        rows=[consultation, *published],
        consultation=consultation.number,
        answers=len(answered),
        content=content_digest(published),
        outcomes={outcome: outcomes[outcome] for outcome in Outcome.values},
    )
    _tell_everybody(consultation, answered, at)
    return len(answered)


def _require_seen(prepared: Sequence[Answer], seen: str | None) -> None:
    if seen is not None and seen != content_digest(prepared):
        raise Refused(_("An answer was changed meanwhile. Look through them once more."))


def _tell_everybody(
    consultation: Consultation, answered: Sequence[Submission], at: datetime
) -> None:
    reached = [submission for submission in answered if submission.email]
    since.note(reached)
    threads = arrivals.threads(reached)
    by_address = defaultdict(list)
    for submission in reached:
        by_address[submission.email.lower()].append(submission)
    for email, theirs in by_address.items():
        _post(consultation, email, theirs, threads, at)
    inviting.tell_of_answers(answered, by_address.keys(), at)


def _post(
    consultation: Consultation,
    email: str,
    theirs: Sequence[Submission],
    threads: Mapping[object, str],
    at: datetime,
) -> None:
    """One letter with the answers to everything in `theirs`, in the thread of what they wrote.

    threads   as of queries.arrivals.threads
    """
    group = consultation.group
    base = groups.address(group)
    letters.post(
        group=group,
        to=email,
        kind="answered",
        about=theirs[0].pk,
        language=theirs[-1].language,
        at=at,
        thread=[threads[one.pk] for one in theirs if one.pk in threads],
        consultation=consultation,
        base=base,
        answers=[(one, one.answer, letters.own_page(one, base)) for one in theirs],
        public_page=public.page_address(consultation),
    )
