"""The office's reusable texts: written, rewritten, put away and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import StandardText
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants.models import Group


@transaction.atomic
def add_text(*, actor: Any, group: Group, title: str, text: str, at: datetime) -> StandardText:
    """Keep a text for answers to come. Raises Refused when title or text is empty."""
    require(rules.may_keep_texts(actor, group, at))
    _require_words(title, text)
    return StandardText.objects.create(
        group=group, title=title.strip(), text=text.strip(), made_by=actor, made_at=at
    )


@transaction.atomic
def rewrite_text(
    *, actor: Any, standard: StandardText, title: str, text: str, at: datetime
) -> StandardText:
    """Answers written with it before stay as they are."""
    require(rules.may_keep_texts(actor, standard.group, at))
    _require_words(title, text)
    standard.title, standard.text = title.strip(), text.strip()
    standard.made_by, standard.made_at = actor, at
    standard.save(update_fields=["title", "text", "made_by", "made_at"])
    return standard


@transaction.atomic
def put_away(*, actor: Any, standard: StandardText, is_away: bool, at: datetime) -> None:
    """Offer it no more, or again."""
    require(rules.may_keep_texts(actor, standard.group, at))
    standard.put_away_at = at if is_away else None
    standard.save(update_fields=["put_away_at"])


def _require_words(title: str, text: str) -> None:
    if not title.strip():
        raise Refused(_("Write a title, so that you find the text again."))
    if not text.strip():
        raise Refused(_("Write the text."))
