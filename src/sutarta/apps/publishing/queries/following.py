"""What can be followed, and who follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import passages, public, reading, receipts
from sutarta.apps.publishing.models import About, Follow
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants.models import Group
from sutarta.core.text import excerpt

SHORT = 60  # characters of a passage that name it in a list


@dataclass(frozen=True)
class Subject:
    """One thing that can be followed.

    lineage   of the passage, "" when it is no passage
    """

    about: About
    strategy: Strategy
    consultation: Consultation | None = None
    lineage: str = ""

    @property
    def query(self) -> str:
        """What asks for it in an address: „?strategy=1&passage=bq3k“."""
        query = QueryDict(mutable=True)
        if self.consultation:
            query["consultation"] = str(self.consultation.number)
        else:
            query["strategy"] = str(self.strategy.number)
        if self.lineage:
            query["passage"] = self.lineage
        return f"?{query.urlencode()}"

    @property
    def feed(self) -> str:
        """Path of the same as Atom."""
        if self.consultation:
            return reverse("publishing:feed_consultation", args=[self.consultation.number])
        if self.lineage:
            return reverse("publishing:feed_passage", args=[self.strategy.number, self.lineage])
        return reverse("publishing:feed_strategy", args=[self.strategy.number])

    def path(self, versions: Sequence[Version]) -> str:
        """Path of its page; `versions` are those of the strategy that are public, newest first."""
        if self.consultation:
            return reverse("consultations:consultation", args=[self.consultation.number])
        if self.lineage and (version := _holding(versions, self.lineage)):
            numbers = [self.strategy.number, version.number, self.lineage]
            return f"{reverse('consultations:passage', args=numbers)}#{self.lineage}"
        if versions:
            return reverse("consultations:strategy", args=[self.strategy.number])
        return reverse("web:home")

    def name(self, versions: Sequence[Version]) -> str:
        """What it is called in a list, in the reader's language around the group's own words."""
        if self.consultation:
            return self.consultation.title
        if not self.lineage:
            return self.strategy.title
        version = _holding(versions, self.lineage)
        if version is None:
            return _("A passage")
        passage = passages.of(version).by_id[self.lineage]
        words = {"number": passage.number, "words": excerpt(passage.text, SHORT)}
        return _("Passage %(number)s: %(words)s") % words


def _holding(versions: Iterable[Version], lineage: str) -> Version | None:
    """The newest version with that passage."""
    return next((one for one in versions if lineage in passages.of(one).by_id), None)


def versions_of(strategy: Strategy) -> list[Version]:
    """Its published versions, newest first."""
    return reading.published_versions(strategy.group, strategy.number)


def asked(group: Group, query: Mapping[str, str]) -> Subject | None:
    """What an address asks to follow; None when there is no such public thing.

    Without any name it is the newest strategy that everybody can read.
    """
    consultation, strategy = query.get("consultation", ""), query.get("strategy", "")
    if consultation:
        found = public.announced(group).filter(number=_number(consultation)).first()
        return Subject(About.CONSULTATION, found.strategy, found) if found else None
    if strategy or query.get("passage"):
        its = strategies.strategy_at(group, _number(strategy))
        return _in_strategy(its, query.get("passage", "")) if its else None
    newest = strategies.first_public(group)
    return Subject(About.STRATEGY, newest) if newest else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _in_strategy(strategy: Strategy, lineage: str) -> Subject | None:
    if lineage:
        there = _holding(versions_of(strategy), lineage) is not None
        return Subject(About.PASSAGE, strategy, lineage=lineage) if there else None
    calls = public.announced(strategy.group).filter(strategy=strategy)
    is_public = strategies.published(strategy).exists() or calls.exists()
    return Subject(About.STRATEGY, strategy) if is_public else None


def subject_of(follow: Follow) -> Subject:
    """What the address follows; from a row of `of_addresses` or `mine`."""
    return Subject(About(follow.about), follow.strategy, follow.consultation, follow.lineage_id)


def secret_for(group: Group, email: str) -> str:
    """The secret of an address's own page: 256 bits that only this installation can derive.

    One for all that the address follows, so that any letter leads to the same page. It is only
    ever told to that address.
    """
    return receipts.derived_secret("sutarta.follow.secret/1", group, email.lower())


def _rows(group: Group) -> QuerySet[Follow]:
    rows = Follow.objects.filter(group=group)
    return rows.select_related("group", "strategy__group", "consultation")


def mine(group: Group, secret: str) -> list[Follow]:
    """Everything the address with this secret follows or was asked about, oldest first."""
    found = _rows(group).filter(secret_digest=receipts.secret_digest(secret))
    return list(found.order_by("asked_at", "id"))


def due(group: Group, before: datetime) -> list[str]:
    """Addresses to which nothing was written since `before`, in alphabetical order."""
    confirmed = Follow.objects.filter(group=group, confirmed_at__isnull=False)
    rows = confirmed.values("email").annotate(last=Max("written_at"))
    rows = rows.filter(Q(last=None) | Q(last__lte=before)).order_by("email")
    return list(rows.values_list("email", flat=True))


def of_addresses(group: Group, emails: Iterable[str]) -> QuerySet[Follow]:
    """Confirmed follows of these addresses, one address after the other."""
    found = _rows(group).filter(email__in=list(emails), confirmed_at__isnull=False)
    return found.order_by("email", "asked_at", "id")


def keys() -> dict[str, list[str]]:
    """Group -> keys of all its follows; a group without any is there, too. For a later restore."""
    found: dict[str, list[str]] = {str(pk): [] for pk in Group.objects.values_list("pk", flat=True)}
    for group, key in Follow.objects.order_by("id").values_list("group", "id"):
        found[str(group)].append(str(key))
    return found
