"""Deciding what the public sees of a submission, and taking late ones with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import letters, sealing, translating
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Moderation, Submission, Visibility
from sutarta.apps.consultations.queries import moderating as queries
from sutarta.apps.consultations.queries import sealed, translations
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups

NEEDS_REASON = {Visibility.REDACTED, Visibility.HIDDEN, Visibility.SET_ASIDE}


class PointsToSomebody(Refused):
    """What would be public may still point to one person: to be looked at once more."""


@transaction.atomic
def moderate(
    *,
    actor: Any,
    submission: Submission,
    visibility: str,
    public: Text = Text(),  # noqa: B008 - frozen
    reason: str = "",
    despite: str = "",
    seen: str,
    at: datetime,
) -> Moderation:
    """Decide what the public sees. Deciding again is how one undoes it; every decision stays.

    visibility   PUBLIC shows the original, REDACTED shows `public` instead, HIDDEN and
                 SET_ASIDE show nothing
    reason       told to the author; needed unless the original is shown
    despite      why the text may be public although it still seems to point to one person
    seen         digest of the text the person looked at; what was corrected meanwhile
                 must be read again

    An author who left an address is told why a text is covered or not shown; the author of
    something set aside only when the address is known to be theirs. Raises Refused, and
    PointsToSomebody when what would be public needs a second look and `despite` says nothing.
    """
    require(rules.may_moderate(actor, submission, at))
    submission = hold_submission(submission)
    _require_sense(submission, visibility, public, reason.strip(), seen)
    if queries.needs_opening(submission, visibility) and not queries.has_opened(actor, submission):
        raise Refused(_("Open the original and read it before you decide so."))
    shown = _shown(submission, visibility, public)
    if not despite.strip() and queries.points_to_somebody(submission, shown):
        raise PointsToSomebody(_("What stays may still point to one person."))
    row = _decide(submission, visibility, shown, reason.strip(), actor, at)
    row.despite = despite.strip()
    row.save(update_fields=["despite"])
    _tell_author(submission, row)
    return row


@transaction.atomic
def take_back(*, actor: Any, submission: Submission, reason: str = "", at: datetime) -> Moderation:
    """Undo a publication or a setting aside, for many at once or for one.

    What was public as it is begins to be checked again. What was set aside is what it was
    before, if that can be had again, or begins to be checked again. Nobody is written to.
    Raises Refused for what is covered or hidden: that is decided anew, with the original open.
    """
    require(rules.may_moderate(actor, submission, at))
    submission = hold_submission(submission)
    if submission.visibility not in {Visibility.PUBLIC, Visibility.SET_ASIDE}:
        raise Refused(_("Only what is published or set aside can be taken back like this."))
    aside = submission.visibility == Visibility.SET_ASIDE
    visibility = queries.before_set_aside(submission) if aside else Visibility.CHECKING
    shown = _shown(submission, visibility, Text())
    return _decide(submission, visibility, shown, reason.strip(), actor, at)


@transaction.atomic
def accept_late(*, actor: Any, submission: Submission, reason: str, at: datetime) -> None:
    """Write down why a late submission is taken. The same reason again changes nothing."""
    require(rules.may_explain_late(actor, submission, at))
    if not reason.strip():
        raise Refused(_("Write why it is taken although it came late."))
    submission = hold_submission(submission)
    if submission.late_reason == reason.strip():
        return
    submission.late_reason = reason.strip()
    submission.save(update_fields=["late_reason"])
    ledger.record(
        "submission.late_explained",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission],
        number=submission.number,
    )


def _decide(
    submission: Submission, visibility: str, shown: Text, reason: str, actor: Any, at: datetime
) -> Moderation:
    submission.visibility = visibility
    submission.public_body, submission.public_proposed = shown.body, shown.proposed
    submission.public_why, submission.public_place = shown.why, shown.place
    sealing.seal_shown(submission)
    removed = translating.follow(submission)
    submission.keys = translations.search_keys_of(submission)
    submission.save()
    row = Moderation.objects.create(
        group=submission.group,
        submission=submission,
        visibility=visibility,
        reason=reason,
        actor=actor,
        at=at,
    )
    ledger.record(
        "submission.moderated",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission, row],
        gone=removed,
        number=submission.number,
        visibility=str(visibility),
        digest=submission.digest,
        shown=submission.shown_digest,
    )
    return row


def _require_sense(
    submission: Submission, visibility: str, public: Text, reason: str, seen: str
) -> None:
    if visibility not in Visibility.values or visibility == Visibility.CHECKING:
        raise Refused(_("Choose what the public sees."))
    if seen != submission.digest:
        raise Refused(_("The author has corrected the text meanwhile. Read it again."))
    if visibility in NEEDS_REASON and not reason:
        raise Refused(_("Write the reason. We will tell it to the author."))
    if visibility != Visibility.REDACTED:
        return
    if public == sealed.original(submission):
        raise Refused(_("Nothing is covered yet. Cover the places, or publish the text as it is."))
    if not (public.body + public.proposed).strip():
        raise Refused(_("Nothing is left of the text. Choose not to publish it instead."))


def _shown(submission: Submission, visibility: str, public: Text) -> Text:
    if visibility == Visibility.PUBLIC:
        return sealed.original(submission)
    return public if visibility == Visibility.REDACTED else Text()


def _tell_author(submission: Submission, row: Moderation) -> None:
    hidden = row.visibility in {Visibility.REDACTED, Visibility.HIDDEN}
    aside = row.visibility == Visibility.SET_ASIDE and submission.confirmed_at is not None
    if not submission.email or not (hidden or aside):
        return
    letters.post(
        group=submission.group,
        to=submission.email,
        kind="moderated",
        about=row.pk,
        language=submission.language,
        at=row.at,
        submission=submission,
        covered=row.visibility == Visibility.REDACTED,
        reason=row.reason,
        own_page=letters.own_page(submission, groups.address(submission.group)),
    )
