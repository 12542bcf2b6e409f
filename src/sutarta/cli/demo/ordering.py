"""The log of a demo group, put in order as if its sequencer had run all the while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.tenants.models import Group

AT_ONCE = timedelta(minutes=4)  # acts closer together are taken in together


def put_in_order(group: Group, within: timedelta = AT_ONCE) -> None:
    """Take in every act there is, each shortly after the time it states."""
    acts = Entry.objects.filter(group=group, leaf=None).order_by("at").values_list("at", flat=True)
    moments = list(acts)
    log = ledger.log_of(group, moments[0])
    for last in _ends(moments, within):
        while ledger.sequence(log, last, said_by=last):
            pass


def _ends(moments: list[datetime], within: timedelta) -> Iterator[datetime]:
    """The last moment of every handful of moments that lie close together; they are sorted."""
    first = moments[0]
    for before, now in pairwise(moments):
        if now - first > within:
            yield before
            first = now
    yield moments[-1]
