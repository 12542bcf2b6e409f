"""Strategies, their versions and what became of passages."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sutarta.apps.strategies.models import BlockEdit, Import, Passage, Strategy, Version
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Outcome

HEAVY = ("content", "salts", "rendered")  # hundreds of kilobytes each


def strategies_of(group: Group) -> QuerySet[Strategy]:
    """Newest first, with `.all_versions` (newest first, light), `.open_imports` and `.open_notes`.

    Versions have `.is_corrected`: whether they were corrected by hand after the Word file.
    """
    corrected = Exists(BlockEdit.objects.filter(version=OuterRef("pk")))
    versions = Version.objects.defer(*HEAVY).order_by("-number").select_related("made_by")
    versions = versions.annotate(is_corrected=corrected)
    imports = Import.objects.filter(closed_at=None).defer("read", "remarks", "settled")
    imports = imports.select_related("original")
    return (
        Strategy.objects.filter(group=group)
        .order_by("-number")
        .annotate(open_notes=Count("staff_notes", filter=Q(staff_notes__done_at=None)))
        .prefetch_related(
            Prefetch("versions", versions, to_attr="all_versions"),
            Prefetch("imports", imports, to_attr="open_imports"),
        )
    )


def strategy_at(group: Group, number: int) -> Strategy | None:
    """The strategy of that number, None for a stranger's or a missing one."""
    found = Strategy.objects.filter(group=group, number=number)
    return found.select_related("group").first()


def first_public(group: Group) -> Strategy | None:
    """The newest strategy that has a published version."""
    public = Strategy.objects.filter(group=group, versions__published_at__isnull=False)
    return public.order_by("-number").first()


def has_newer(version: Version) -> bool:
    """Whether a later version of its strategy is published."""
    key = Strategy._meta.pk.get_db_prep_value(version.strategy_id, connection)
    with connection.cursor() as cursor:  # for every submission: a queryset takes five times as long
        cursor.execute(
            "SELECT 1 FROM strategies_version"
            " WHERE strategy_id = %s AND number > %s AND published_at IS NOT NULL LIMIT 1",
            [key, version.number],
        )
        return cursor.fetchone() is not None


def published(strategy: Strategy) -> QuerySet[Version]:
    """Published versions, newest first, without their heavy columns."""
    versions = Version.objects.filter(strategy=strategy, published_at__isnull=False)
    return versions.order_by("-number").defer(*HEAVY)


def version_at(group: Group, strategy_number: int, version_number: int) -> Version | None:
    """A published version with its rendered blocks and its strategy; None when there is none."""
    found = Version.objects.filter(
        group=group,
        strategy__number=strategy_number,
        number=version_number,
        published_at__isnull=False,
    )
    return found.select_related("strategy").defer("content", "salts").first()


def newest(strategy: Strategy) -> Version | None:
    """The version in force: the newest published one."""
    return published(strategy).select_related("strategy").first()


def draft_of(strategy: Strategy) -> Version | None:
    """The private draft, of which there is at most one."""
    drafts = Version.objects.filter(strategy=strategy, published_at=None)
    return drafts.select_related("strategy", "original").first()


def passages_of(version: Version) -> QuerySet[Passage]:
    """What did not stay word for word, in the order of the version before."""
    return Passage.objects.filter(version=version).order_by("id")


def doubtful(version: Version) -> QuerySet[Passage]:
    """Passages that a person still has to decide on."""
    return passages_of(version).filter(outcome=Outcome.DOUBTFUL)
