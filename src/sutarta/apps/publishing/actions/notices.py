"""Writing the notice of a consultation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions.holding import hold_consultation
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people.access import require
from sutarta.apps.publishing.announcing import PARTS
from sutarta.apps.publishing.models import Notice
from sutarta.apps.publishing.rules import notices as rules
from sutarta.core.deadlines.grammar import Language


@transaction.atomic
def write(
    *,
    actor: Any,
    consultation: Consultation,
    language: Language,
    words: Mapping[str, str],
    at: datetime,
) -> Notice:
    """Keep the group's own words in one language; those in the other stay.

    words   part of announcing.PARTS -> its text; empty parts and unknown names are not kept

    Words with mistakes are kept too: the checks then hold the notice back and say why. It is
    no public act before somebody publishes the notice, so the log has no line of it.
    """
    hold_consultation(consultation)
    require(rules.may_write(actor, consultation, at))
    kept = {name: words[name].strip() for name in PARTS if words.get(name, "").strip()}
    notice, is_new = Notice.objects.select_for_update().get_or_create(
        consultation=consultation,
        defaults={
            "group": consultation.group,
            "words": {language: kept},
            "edited_by": actor,
            "edited_at": at,
        },
    )
    if is_new or notice.words.get(language, {}) == kept:
        return notice
    notice.words = {**notice.words, language: kept}
    notice.edited_by, notice.edited_at = actor, at
    notice.save(update_fields=["words", "edited_by", "edited_at"])
    return notice
