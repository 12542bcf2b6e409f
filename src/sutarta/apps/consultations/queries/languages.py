"""Renditions of consultations and words of the form in further languages."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Consultation, FormWords, Rendition
from sutarta.apps.consultations.tongues import Said
from sutarta.apps.tenants.models import Group


def renditions(consultation: Consultation) -> list[Rendition]:
    """The easy ones first, then by the languages' names in themselves."""
    rows = Rendition.objects.filter(consultation=consultation)
    return sorted(rows, key=lambda one: (not one.is_easy, tongues.name_of(one.language)))


def addresses(group: Group) -> list[str]:
    """Paths of all renditions of announced consultations, for the sitemap."""
    rows = Rendition.objects.filter(group=group, consultation__announced_at__isnull=False)
    rows = rows.order_by("consultation__number", "language")
    return [
        reverse("consultations:easy", args=[number])
        if is_easy
        else reverse("consultations:rendition", args=[number, language])
        for number, language, is_easy in rows.values_list(
            "consultation__number", "language", "is_easy"
        )
    ]


def rendition(consultation: Consultation, language: str, *, is_easy: bool) -> Rendition | None:
    """The one in that language, if there is one."""
    rows = Rendition.objects.filter(consultation=consultation, is_easy=is_easy)
    return rows.filter(language=language).first()


def forms(group: Group) -> QuerySet[FormWords]:
    """Every language the group has ever offered its form in, by name."""
    return FormWords.objects.filter(group=group).order_by("name")


def offered(group: Group) -> list[FormWords]:
    """The languages the form is offered in now, by name."""
    return list(forms(group).filter(ended_at=None))


def form_in(group: Group, language: str) -> FormWords | None:
    """The words of the form in that language while it is offered."""
    return forms(group).filter(language=language, ended_at=None).first()


def words_for(group: Group, language: str) -> dict[str, Said] | None:
    """How the form says things to somebody who writes in that language.

    None where the site speaks it itself, or the group has no words for it. The words stay good
    for receipts after the form is no longer offered.
    """
    if language in tongues.site_languages():
        return None
    row = forms(group).filter(language=language).first()
    return tongues.wording(language, row.words, group) if row else None
