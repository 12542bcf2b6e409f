"""Saying the same in other words: renditions of a consultation, and the form in a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions.holding import hold_consultation
from sutarta.apps.consultations.models import Consultation, FormWords, Rendition
from sutarta.apps.consultations.rules import languages as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import digest


@transaction.atomic
def set_rendition(
    *,
    actor: Any,
    consultation: Consultation,
    language: str,
    is_easy: bool,
    title: str,
    text: str,
    at: datetime,
) -> Rendition:
    """Write what the consultation is about in that language, or rewrite it.

    is_easy   the easy-to-read one, in the group's own language

    The same words again leave no second trace. Raises Refused for a language we do not know,
    for the group's own unless it is the easy one, and for nothing written.
    """
    require(rules.may_render(actor, consultation, at))
    _require_language(consultation.group, language, is_easy)
    if not title.strip() or not text.strip():
        raise Refused(_("Write both the title and the text."))
    hold_consultation(consultation)
    row = Rendition.objects.filter(
        consultation=consultation, language=language, is_easy=is_easy
    ).first() or Rendition(
        group=consultation.group, consultation=consultation, language=language, is_easy=is_easy
    )
    if (row.title, row.text) == (title.strip(), text.strip()):
        return row
    row.title, row.text, row.made_by, row.made_at = title.strip(), text.strip(), actor, at
    row.save()
    _record("consultation.rendition_set", row, at, digest=digest([row.title, row.text]), rows=[row])
    return row


@transaction.atomic
def remove_rendition(*, actor: Any, rendition: Rendition, at: datetime) -> None:
    """Take it off the site."""
    require(rules.may_render(actor, rendition.consultation, at))
    _record("consultation.rendition_removed", rendition, at, gone=[rendition])
    rendition.delete()


@transaction.atomic
def set_form_words(
    *, actor: Any, group: Group, language: str, words: Mapping[str, str], at: datetime
) -> FormWords:
    """Offer the form in that language, in these words; empty places fall back to the group's.

    Raises Refused for a language the site speaks itself or we do not know, for no words at all,
    and for a place that is too long.
    """
    require(rules.may_word_form(actor, group, at))
    if language not in tongues.further(group):
        raise Refused(_("Choose a language from the list."))
    kept = {name: " ".join(words.get(name, "").split()) for name in tongues.PLACES}
    kept = {name: said for name, said in kept.items() if said}
    if not kept:
        raise Refused(_("Write at least one of the places."))
    if any(len(said) > tongues.LONGEST for said in kept.values()):
        raise Refused(_("The text is too long."))
    row = FormWords.objects.filter(group=group, language=language).first()
    if row is not None and (row.words, row.ended_at) == (kept, None):
        return row
    row = row or FormWords(group=group, language=language)
    row.name, row.words, row.ended_at = tongues.name_of(language), kept, None
    row.made_by, row.made_at = actor, at
    row.save()
    ledger.record(
        "form.language_set",
        group=group,
        at=at,
        rows=[row],
        language=language,
        digest=digest(row.words),
    )
    return row


@transaction.atomic
def end_form_language(*, actor: Any, form: FormWords, at: datetime) -> None:
    """Offer the form in that language no more; its words stay. Twice changes nothing."""
    require(rules.may_word_form(actor, form.group, at))
    form = FormWords.objects.select_for_update(of=("self",)).select_related("group").get(pk=form.pk)
    if form.ended_at is not None:
        return
    form.ended_at = at
    form.save(update_fields=["ended_at"])
    ledger.record(
        "form.language_ended", group=form.group, at=at, rows=[form], language=form.language
    )


def _require_language(group: Group, language: str, is_easy: bool) -> None:
    if language not in tongues.LANGUAGES:
        raise Refused(_("Choose a language from the list."))
    if is_easy != (language == group.language):
        raise Refused(_("In the group’s own language only an easy-to-read text is added."))


def _record(event: str, row: Rendition, at: datetime, **facts: Any) -> None:
    ledger.record(
        event,
        group=row.group,
        at=at,
        about=f"c/{row.consultation.number}",
        number=row.consultation.number,
        language=row.language,
        is_easy=row.is_easy,
        **facts,
    )
