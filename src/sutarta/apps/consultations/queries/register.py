"""The public register: everything received, filtered, searched and counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, FilteredRelation, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import QueryDict

from sutarta.apps.consultations.models import Channel, Kind, Submission
from sutarta.apps.consultations.queries import bundles, passages, public
from sutarta.apps.consultations.queries.asking import Asked
from sutarta.apps.consultations.queries.bundles import Bundled
from sutarta.apps.consultations.queries.counts import ASIDE, STATES, by_state
from sutarta.apps.consultations.queries.passages import Part, Passage
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.apps.tenants.models import Group
from sutarta.core.text import tokens, word_keys

PER_PAGE = 20
NUMBER = re.compile(r"\s*(?:nr|no)?\.?\s*(\d{1,9})\s*", re.IGNORECASE)
GENERAL, GONE = "general", "gone"
PLACE = "place"


@dataclass(frozen=True)
class Wanted(Asked):
    """What a visitor asks for; the fields are the names in the address.

    part      id of a part of the newest version, "general" or "gone"
    version   "strategy-version", such as "1-2"
    state     key of STATES
    bundle    number of a submission: it and all that said the same, each on its own row
    order     "place": as in the strategy; "" newest first
    """

    q: str = ""
    part: str = ""
    version: str = ""
    kind: str = ""
    channel: str = ""
    state: str = ""
    bundle: str = ""
    order: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        known = {
            "kind": {kind.lower() for kind in Kind.values},
            "channel": {channel.lower() for channel in Channel.values},
            "state": set(STATES),
            "order": {PLACE},
        }
        given = cls.given(query, known)
        if not (given["bundle"].isdecimal() and len(given["bundle"]) < 10):
            given["bundle"] = ""
        return cls(**given)

    @property
    def is_filtered(self) -> bool:
        return bool(replace(self, order="").address())


@dataclass(frozen=True)
class Found:
    """One page of the register; submissions that said the same stand on one row.

    chosen   how many submissions that is on all pages
    beside   key of a row -> the others that said the same
    counts   state -> how many there are under the other filters; "" for all
    aside    how many are set aside as spam or abuse: counted, not listed
    """

    page: Page[Submission]
    chosen: int
    counts: dict[str, int]
    total: int
    aside: int
    beside: dict[object, Bundled]


def versions_of(group: Group) -> list[Version]:
    """Every published version of the group, newest strategy and version first, light."""
    found = Version.objects.filter(group=group, published_at__isnull=False)
    found = found.select_related("strategy").defer(*HEAVY)
    return list(found.order_by("-strategy__number", "-number"))


def parts_of(newest: Version | None) -> tuple[Part, ...]:
    return passages.of(newest).parts if newest else ()


def register(
    group: Group, wanted: Wanted, newest: Version | None, page: str, forgotten_before: datetime
) -> Found:
    """The page of the register that `wanted` asks for; the same number of questions for any size.

    newest   the version whose parts and order count; `page` as it stands in the address
    forgotten_before   as in `bundles.beside`
    """
    everything, asked = _asked(group, wanted, newest)
    counted = everything.aggregate(
        total=Count("id"),
        aside=Count("id", filter=ASIDE),
        state_=Count("id", filter=asked & ~ASIDE),
        **by_state(asked),
    )
    found = _in_order(_chosen(everything, asked, wanted), wanted, newest)
    heads = list(found) if wanted.bundle else _heads(found)
    paged = Paginator(heads, PER_PAGE).get_page(page)
    rows = public.submissions(group).prefetch_related("consultation__deadlines")
    by_id = {row.pk: row for row in rows.filter(pk__in=list(paged.object_list))}
    paged.object_list = [by_id[pk] for pk in paged.object_list]
    beside = {} if wanted.bundle else bundles.beside(group, paged.object_list, forgotten_before)
    total, aside = counted.pop("total"), counted.pop("aside")
    counts = {name.removeprefix("state_"): count for name, count in counted.items()}
    return Found(paged, len(found), counts, total, aside, beside)


def chosen(group: Group, wanted: Wanted, newest: Version | None) -> QuerySet[Submission]:
    """All that `wanted` asks for, newest first, for feeds and tables."""
    everything, asked = _asked(group, wanted, newest)
    keys = _chosen(everything, asked, wanted).values("pk")
    return public.submissions(group).filter(pk__in=keys).order_by("-number")


def _asked(group: Group, wanted: Wanted, newest: Version | None) -> tuple[QuerySet[Submission], Q]:
    """Everything of the group, and what of it the filters ask for, whatever its state."""
    rows = Submission.objects.filter(group=group).annotate(
        placed=FilteredRelation("placements", condition=Q(placements__version=newest)),
        held=Concat(Value(" "), "keys", Value(" "), output_field=TextField()),
    )
    asked = _under(wanted, newest)
    if wanted.q:
        asked &= searched(wanted.q)
    if wanted.bundle:
        named = Submission.objects.filter(group=group, number=int(wanted.bundle))
        asked &= Q(bundle__in=named.filter(bundle__isnull=False).values("bundle"))
    return rows, asked


def _chosen(rows: QuerySet[Submission], asked: Q, wanted: Wanted) -> QuerySet[Submission]:
    found = rows.filter(asked & ~ASIDE)
    return found.filter(STATES[wanted.state]) if wanted.state else found


def _heads(found: dict[object, object]) -> list[object]:
    """The first of every bundle; what is in none stands for itself."""
    seen: dict[object, object] = {}
    for pk, bundle in found.items():
        seen.setdefault(bundle or pk, pk)
    return list(seen.values())


def _under(wanted: Wanted, newest: Version | None) -> Q:
    asked = Q()
    if wanted.kind:
        asked &= Q(kind=wanted.kind.upper())
    if wanted.channel:
        asked &= Q(channel=wanted.channel.upper())
    strategy, _dash, number = wanted.version.partition("-")
    if strategy.isdecimal() and number.isdecimal():
        asked &= Q(version__strategy__number=int(strategy), version__number=int(number))
    return asked & _in_part(wanted.part, newest)


def _in_part(part: str, newest: Version | None) -> Q:
    """Where it stands in the newest version, by itself or carried over."""
    if part == GENERAL:
        return Q(lineage_id="", version__isnull=False)
    if part == GONE:
        return Q(placed__outcome=GONE)
    ids = next((list(found.ids) for found in parts_of(newest) if found.id == part), None)
    if ids is None:
        return Q()
    return Q(version=newest, lineage_id__in=ids) | Q(placed__lineage_id__in=ids)


def searched(query: str) -> Q:
    """By number („17“, „Nr. 17“), else by the keys of every word; the last may be unfinished."""
    if number := NUMBER.fullmatch(query):
        return Q(number=int(number[1]))
    asked = Q()
    words = tokens(query)
    for at, word in enumerate(words):
        keys = word_keys(word)
        meets = Q()
        for key in keys:
            meets |= Q(held__contains=f" {key} ")
        if at == len(words) - 1:
            meets |= Q(held__contains=f" {keys[0]}")
        asked &= meets
    return asked


def _in_order(
    rows: QuerySet[Submission], wanted: Wanted, newest: Version | None
) -> dict[object, object]:
    """Key -> bundle of the rows, newest first or as their passages stand in the newest version."""
    rows = rows.order_by("-number")
    if wanted.order != PLACE or newest is None:
        return dict(rows.values_list("pk", "bundle"))
    places = passages.of(newest).by_id
    found = rows.annotate(carried=F("placed__lineage_id")).values_list(
        "pk", "bundle", "version", "lineage_id", "carried"
    )
    ordered = sorted(found, key=lambda row: _place(row[2:], newest, places))
    return {row[0]: row[1] for row in ordered}


def _place(
    row: tuple[object, str, str | None], newest: Version, places: Mapping[str, Passage]
) -> int:
    """Position in the newest version; what stands nowhere there comes last."""
    version, lineage, carried = row
    here = lineage if version == newest.pk else carried or ""
    return places[here].place if here in places else len(places)
