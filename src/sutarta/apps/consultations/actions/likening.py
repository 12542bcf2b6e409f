"""Comparing what people write as it comes, so that the desk opens with likes found already."""

from __future__ import annotations

from datetime import datetime, timedelta
from time import thread_time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sutarta.apps.consultations.models import Comparison, Consultation, Sketch, Submission
from sutarta.apps.consultations.queries import campaigns, comparing, sketches
from sutarta.apps.consultations.queries.public import HEAVY_VERSION
from sutarta.apps.ledger.models import Entry

SHARE = 20  # of the time, one part at most goes into comparing one consultation
AT_ONCE = 500  # sketches of one statement


def compare_all(at: datetime) -> int:
    """Compare again where something was said or done since; returns how many consultations.

    Safe at any time. What is answered needs no comparison any more: traces of it are removed,
    and of what was taken back or erased.
    """
    _forget_gone()
    done = 0
    for consultation in _waiting():
        act = _last_act(consultation)
        before = Comparison.objects.filter(consultation=consultation).first()
        if before is None or (_is_due(before, at) and _is_other(consultation, before, act)):
            _sketch(consultation)
            _compare(consultation, act, at)
            done += 1
    return done


def forget(submission: Submission) -> None:
    """Its traces; in the caller's transaction."""
    Sketch.objects.filter(submission=submission).delete()
    rows = Comparison.objects.select_for_update()
    made = rows.filter(consultation=submission.consultation).first()
    if made is not None:
        made.found = _without(made.found, {submission.number})
        made.save(update_fields=["found"])


def _waiting() -> list[Consultation]:
    rows = Consultation.objects.filter(answered_at=None, submissions__isnull=False).distinct()
    rows = rows.select_related("group", "version").defer(*HEAVY_VERSION)
    return list(rows.order_by("id"))


def _last_act(consultation: Consultation) -> UUID | None:
    acts = Entry.objects.filter(group=consultation.group).order_by("-id")
    return acts.values_list("id", flat=True).first()


def _is_other(consultation: Consultation, before: Comparison, act: UUID | None) -> bool:
    """Whether something may have changed; an act that was begun earlier may come to light later."""
    if before.act != act:
        return True
    return campaigns.letters(consultation).filter(sketch=None).exists()


def _is_due(before: Comparison, at: datetime) -> bool:
    return at >= before.made_at + SHARE * timedelta(milliseconds=before.took_ms)


def _sketch(consultation: Consultation) -> None:
    """Sketches of what has none that is up to date."""
    rows = campaigns.letters(consultation).select_related(None).select_related("sketch")
    light = rows.only(*sketches.STATE, "sketch__of")
    stale = [row.pk for row in light if not _is_sketched(row)]
    for start in range(0, len(stale), AT_ONCE):
        some = list(Submission.objects.filter(pk__in=stale[start : start + AT_ONCE]))
        found = sketches.stems(consultation.group, some)
        made = [
            Sketch(
                group=consultation.group,
                submission=row,
                of=sketches.state(row),
                stems=sketches.packed(numbers),
            )
            for row, numbers in zip(some, found, strict=True)
        ]
        with transaction.atomic():
            Sketch.objects.filter(submission__in=some).delete()
            Sketch.objects.bulk_create(made)
            _forget_gone()


def _is_sketched(row: Submission) -> bool:
    sketch: Sketch | None = getattr(row, "sketch", None)
    return sketch is not None and sketch.of == sketches.state(row)


def _compare(consultation: Consultation, act: UUID | None, at: datetime) -> None:
    began = thread_time()
    found = comparing.found(consultation, list(campaigns.letters(consultation)))
    took = round(1000 * (thread_time() - began))
    with transaction.atomic():
        there = set(campaigns.letters(consultation).values_list("number", flat=True))
        numbers = {letter[0] for each in found for letter in each["letters"]}
        Comparison.objects.update_or_create(
            consultation=consultation,
            defaults={
                "group": consultation.group,
                "act": act,
                "found": _without(found, numbers - there),
                "made_at": at,
                "took_ms": took,
            },
        )


def _without(found: comparing.Found, gone: set[int]) -> comparing.Found:
    """Without anything that names these numbers."""
    return [
        {
            **each,
            "passages": [place for place in each["passages"] if place[0] not in gone],
            "letters": [letter for letter in each["letters"] if letter[0] not in gone],
        }
        for each in found
    ]


def _forget_gone() -> None:
    over = Q(submission__withdrawn_at__isnull=False) | Q(submission__erased_at__isnull=False)
    over |= Q(submission__consultation__answered_at__isnull=False)
    Sketch.objects.filter(over).delete()
    Comparison.objects.filter(consultation__answered_at__isnull=False).delete()
