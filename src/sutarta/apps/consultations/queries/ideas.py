"""Idea calls: needs and ideas by place, by those they are for, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.urls import reverse

from sutarta.apps.consultations.models import (
    OF_IDEA_CALLS,
    READ,
    Attachment,
    Consultation,
    Filing,
    ForWhom,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import passages, public, sealed
from sutarta.apps.consultations.queries.asking import Asked
from sutarta.apps.consultations.queries.register import searched
from sutarta.apps.consultations.queries.showing import Link, published_answer
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries import newest as newest_of
from sutarta.apps.tenants import territory
from sutarta.apps.tenants.models import Ward
from sutarta.apps.tenants.territory import Map
from sutarta.formats import uploads

PER_PAGE = 20
ELSEWHERE = "none"  # of what names no part of the territory


@dataclass(frozen=True)
class Wanted(Asked):
    """What a visitor asks for; the fields are the names in the address.

    ward   number of a part of the territory, or ELSEWHERE
    whom   code of ForWhom, kind: of Kind, both small; q: words
    """

    ward: str = ""
    whom: str = ""
    kind: str = ""
    q: str = ""

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        known = {
            "whom": {code.lower() for code in ForWhom.values},
            "kind": {kind.lower() for kind in OF_IDEA_CALLS},
        }
        given = cls.given(query, known)
        ward = given["ward"]
        is_number = ward.isascii() and ward.isdecimal() and len(ward) < 5
        given["ward"] = ward if is_number or ward == ELSEWHERE else ""
        return cls(**given)


@dataclass(frozen=True)
class Place:
    """A part of the territory and how many ideas are told for it; `shade` 0 to 4, none to most.

    ward   None for what names no part
    """

    ward: Ward | None
    count: int
    shade: int
    query: str
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """One page of needs and ideas that everybody reads.

    total     how many there are in the call, `waiting`: more that are still being checked
    photos    submission -> pictures the public may open
    became    submission -> the words that came of it, in the newest version
    """

    page: Page[Submission]
    total: int
    waiting: int
    photos: Mapping[UUID, Sequence[Attachment]]
    became: Mapping[UUID, Sequence[Link]]


def submissions(consultation: Consultation) -> QuerySet[Submission]:
    """Needs and ideas of the call that everybody may read."""
    return Submission.objects.filter(READ, consultation=consultation, kind__in=OF_IDEA_CALLS)


def found(consultation: Consultation, wanted: Wanted, page: str) -> Found:
    """What `wanted` asks for, the newest first; as many questions for any size."""
    everything = Submission.objects.filter(consultation=consultation, kind__in=OF_IDEA_CALLS)
    counted = everything.aggregate(
        total=Count("id", filter=READ),
        waiting=Count("id", filter=Q(visibility=Visibility.CHECKING, withdrawn_at=None)),
    )
    keys = _chosen(consultation, wanted).order_by("-number").values_list("pk", flat=True)
    paged = Paginator(list(keys), PER_PAGE).get_page(page)
    rows = public.submissions(consultation.group).filter(pk__in=list(paged.object_list))
    paged.object_list = list(rows.prefetch_related("consultation__deadlines").order_by("-number"))
    on_page = [row.pk for row in paged.object_list]
    return Found(
        page=paged,
        **counted,
        photos=photos(on_page),
        became=became(on_page, newest_of(consultation.strategy)),
    )


def _chosen(consultation: Consultation, wanted: Wanted) -> QuerySet[Submission]:
    rows = submissions(consultation)
    if wanted.ward == ELSEWHERE:
        rows = rows.filter(ward=None)
    elif wanted.ward:
        rows = rows.filter(ward__number=int(wanted.ward))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind.upper())
    if wanted.q:
        held = Concat(Value(" "), "keys", Value(" "), output_field=TextField())
        rows = rows.annotate(held=held).filter(searched(wanted.q))
    if wanted.whom:  # kept as JSON text: no engine of ours need look into it
        pairs = rows.values_list("pk", "for_whom")
        rows = rows.filter(pk__in=[pk for pk, codes in pairs if wanted.whom.upper() in codes])
    return rows


def places(consultation: Consultation, wanted: Wanted) -> list[Place]:
    """Every part of the territory in use or spoken of, then what names none; with its count."""
    counted = submissions(consultation).values_list("ward").annotate(count=Count("id"))
    counts = dict(counted.order_by())
    named = Ward.objects.filter(Q(ended_at=None) | Q(pk__in=[*counts]), group=consultation.group)
    wards: list[Ward | None] = list(named.order_by("number"))
    most = max(counts.values(), default=0)
    return [
        _place(ward, counts.get(ward.pk if ward else None, 0), most, wanted)
        for ward in [*wards, None]
        if ward is not None or counts.get(None)
    ]


def _place(ward: Ward | None, count: int, most: int, wanted: Wanted) -> Place:
    code = str(ward.number) if ward else ELSEWHERE
    is_chosen = wanted.ward == code
    query = wanted.address(ward="" if is_chosen else code)
    return Place(ward, count, -(-4 * count // most) if most else 0, query, is_chosen)


def drawn(found: Sequence[Place]) -> Map | None:
    """The map of the parts that have an outline; keys are places in `found`."""
    outlines = {at: place.ward.outline for at, place in enumerate(found) if place.ward is not None}
    return territory.drawn(outlines)


def photos(keys: Iterable[UUID]) -> dict[UUID, list[Attachment]]:
    """Submission -> approved pictures, oldest first."""
    rows = Attachment.objects.filter(
        submission__in=list(keys), approved_at__isnull=False, removed_at=None
    )
    held: defaultdict[UUID, list[Attachment]] = defaultdict(list)
    for row in rows.filter(media_type__in=uploads.PICTURES).order_by("added_at", "id"):
        held[row.submission_id].append(row)
    return dict(held)


def became(keys: Iterable[UUID], newest: Version | None) -> dict[UUID, list[Link]]:
    """Submission -> links to the words the office placed it beside, in the order of the text."""
    if newest is None:
        return {}
    known = passages.of(newest).by_id
    rows = Filing.objects.filter(version=newest, submission__in=list(keys))
    here = [(row.submission_id, known[row.lineage_id]) for row in rows if row.lineage_id in known]
    links: defaultdict[UUID, list[Link]] = defaultdict(list)
    for key, passage in sorted(here, key=lambda pair: pair[1].place):
        address = [newest.strategy.number, newest.number, passage.id]
        url = f"{reverse('consultations:passage', args=address)}#{passage.id}"
        links[key].append(Link(passage.number, url))
    return dict(links)


@dataclass(frozen=True)
class Way:
    """One need or idea and what became of it: links to words, or its answer, or neither yet."""

    submission: Submission
    links: Sequence[Link]
    is_answered: bool

    @property
    def title(self) -> str:
        return sealed.title(self.submission)


@dataclass(frozen=True)
class Ways:
    """What became of a whole call. `entered`: how many stand beside words of the strategy."""

    rows: Sequence[Way]
    newest: Version | None

    @property
    def entered(self) -> int:
        return sum(1 for way in self.rows if way.links)


def ways(consultation: Consultation) -> Ways:
    """From needs to words, by number, of everything that everybody may read."""
    newest = newest_of(consultation.strategy)
    rows = submissions(consultation).select_related("answer", "ward").order_by("number")
    rows = list(rows)
    links = became([row.pk for row in rows], newest)
    found = [Way(row, links.get(row.pk, ()), published_answer(row) is not None) for row in rows]
    return Ways(found, newest)
