"""Storing what was handed over: many submissions, one transaction, one sync of the disk."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone, translation

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.actions.speaking import BadWords
from sutarta.apps.consultations.intake.calls import Answer, Call
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public
from sutarta.apps.people.access import Refused
from sutarta.apps.tenants import gathering

log = logging.getLogger(__name__)

FAILED = Answer(failed=True)
REMEMBERED = 1.0  # seconds in which a consultation is not read again

_remembered: dict[UUID, tuple[float, Consultation]] = {}


@dataclass
class _Item:
    """One call of a batch, by its place in it."""

    place: int
    call: Call
    consultation: Consultation


def take(said: Sequence[bytes]) -> list[bytes]:
    """Store all that was said and answer each, in order. Nothing is answered before it is safe.

    First all together, with few statements. Where one of them cannot be stored so, each has its
    own savepoint and leaves the others alone. When that fails as well, all are told that it
    failed: whoever handed them over stores them one by one.
    """
    answers = _in_one_go(said)
    if answers is None:
        answers = _each_apart(said)
    return [answer.packed() for answer in answers]


def _in_one_go(said: Sequence[bytes]) -> list[Answer] | None:
    """None when one of them spoils it: somebody sent a form again, or worse."""
    answers = [FAILED] * len(said)
    try:
        with transaction.atomic(durable=True), gathering.rows():
            for item in _items(said):
                with _as_its_reader(item):
                    answers[item.place] = _submitted(item)
    except IntegrityError:
        return None
    except DatabaseError:
        log.exception("%d submissions could not be stored in one go", len(said))
        connection.close()  # a broken one is not kept
        return None
    except Exception:
        log.exception("%d submissions could not be stored in one go", len(said))
        return None
    return answers


def _each_apart(said: Sequence[bytes]) -> list[Answer]:
    answers = [FAILED] * len(said)
    try:
        with transaction.atomic(durable=True):
            for item in _items(said):
                answers[item.place] = _taken(item)
    except DatabaseError:
        log.exception("%d submissions could not be stored together", len(said))
        connection.close()  # a broken one is not kept
        return [FAILED] * len(said)
    return answers


@contextmanager
def _as_its_reader(item: _Item) -> Iterator[None]:
    zone = ZoneInfo(item.consultation.group.zone)
    with translation.override(item.call.reader), timezone.override(zone):
        yield


def _items(said: Sequence[bytes]) -> Iterator[_Item]:
    """Group after group, so that two machines never wait for each other's numbers in a circle."""
    calls = dict(_calls(said))
    found = _consultations({call.consultation for call in calls.values()})
    items = [
        _Item(place, call, found[call.consultation])
        for place, call in calls.items()
        if call.consultation in found
    ]
    yield from sorted(items, key=lambda item: (item.consultation.group_id, item.place))


def _consultations(keys: set[UUID]) -> dict[UUID, Consultation]:
    """As they were a moment ago. Should the deadline have moved since, `speaking` asks anew."""
    now = time.monotonic()
    for key in [key for key, (at, _one) in _remembered.items() if now - at > REMEMBERED]:
        del _remembered[key]
    if missing := keys - _remembered.keys():
        read = public.with_deadlines().in_bulk(missing)
        _remembered.update((key, (now, one)) for key, one in read.items())
    return {key: _remembered[key][1] for key in keys & _remembered.keys()}


def _calls(said: Sequence[bytes]) -> Iterator[tuple[int, Call]]:
    for place, one in enumerate(said):
        try:
            yield place, Call.unpacked(one)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            log.exception("what was handed over is no submission")


def _taken(item: _Item) -> Answer:
    """All that `speaking.submit` writes has a savepoint of its own."""
    try:
        with _as_its_reader(item):
            return _submitted(item)
    except DatabaseError:
        log.exception("a submission could not be stored")
        if connection.needs_rollback or not connection.is_usable():
            raise
    except Exception:
        log.exception("a submission could not be stored")
    return FAILED


def _submitted(item: _Item) -> Answer:
    call = item.call
    try:
        receipt = speaking.submit(
            consultation=item.consultation,
            words=call.words,
            at=call.at,
            recorded_at=call.recorded_at,
            request_key=call.request_key,
            language=call.language,
            network=call.network,
        )
    except Refused as refusal:
        return Answer(refused=str(refusal.reason))
    except BadWords as why:
        return Answer(bad_words=str(why))
    return Answer(str(receipt.submission.pk), receipt.secret, receipt.is_new)
