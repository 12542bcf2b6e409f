"""Writing a translation beside what somebody said, and keeping it in step with the original."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import sealing
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Submission, Translation, Visibility
from sutarta.apps.consultations.queries import translations as queries
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import languages as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require


@transaction.atomic
def translate(
    *, actor: Any, submission: Submission, language: str, text: Text, seen: str, at: datetime
) -> Translation:
    """Put a translation of the public text beside it, or rewrite the one there is.

    seen   `queries.public_digest` of the text the person translated

    The same words again leave no second trace. Raises Refused when the text has changed
    meanwhile, and when a part of it stays untranslated or is translated out of nothing.
    """
    submission = hold_submission(submission)
    require(rules.may_translate(actor, submission, at))
    if language not in queries.choosable(submission):
        raise Refused(_("Choose a language from the list."))
    if seen != queries.public_digest(submission):
        raise Refused(_("The public text has changed meanwhile. Read it again."))
    _require_same_parts(submission, text)
    row = Translation.objects.filter(submission=submission, language=language).first()
    if row and row.of_digest == seen and queries.words(row) == text:
        return row
    row = row or Translation(group=submission.group, submission=submission, language=language)
    row.body, row.proposed, row.why = text.body, text.proposed, text.why
    row.of_digest, row.made_by, row.made_at = seen, actor, at
    sealing.seal_translation(row)
    row.save()
    _keep_keys(submission)
    _record("submission.translated", submission, language, at, rows=[row])
    return row


@transaction.atomic
def remove(*, actor: Any, translation: Translation, at: datetime) -> None:
    """Take a translation away: a wrong one is worse than none."""
    submission = hold_submission(translation.submission)
    require(rules.may_translate(actor, submission, at))
    removed = _removed(Translation.objects.filter(pk=translation.pk))
    _keep_keys(submission)
    _record("submission.untranslated", submission, translation.language, at, gone=removed)


def follow(submission: Submission) -> list[Translation]:
    """Bring translations in step with what the public reads from now on; for other actions.

    Returns those removed, which the act has to name.

    Where less is read than before, or nothing, they go: they would still say what was covered.
    Where the author's corrected words are read, they stay at the desk, outdated.
    """
    rows = Translation.objects.filter(submission=submission)
    if submission.visibility == Visibility.PUBLIC and submission.is_read:
        rows.exclude(of_digest=queries.public_digest(submission)).update(of_digest=queries.OUTDATED)
        return []
    if submission.is_read:
        rows = rows.exclude(of_digest=queries.public_digest(submission))
    return _removed(rows)


def forget(submission: Submission) -> list[Translation]:
    """The words are gone, so what they were translated to goes with them; for other actions.

    Returns those removed, which the act has to name.
    """
    return _removed(Translation.objects.filter(submission=submission))


def _removed(rows: QuerySet[Translation]) -> list[Translation]:
    found = list(rows)
    Translation.objects.filter(pk__in=[row.pk for row in found]).delete()
    return found


def _require_same_parts(submission: Submission, text: Text) -> None:
    for part in queries.PARTS:
        there, said = getattr(submission, f"public_{part}"), getattr(text, part)
        if bool(there.strip()) != bool(said.strip()):
            raise Refused(_("Translate each part of the text."))


def _keep_keys(submission: Submission) -> None:
    submission.keys = queries.search_keys_of(submission)
    submission.save(update_fields=["keys"])


def _record(
    event: str, submission: Submission, language: str, at: datetime, **marks: Sequence[Translation]
) -> None:
    ledger.record(
        event,
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        number=submission.number,
        language=language,
        **marks,
    )
