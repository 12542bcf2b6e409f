"""Agreeing with somebody's proposal, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Submission, Support
from sutarta.apps.consultations.queries import supports
from sutarta.apps.consultations.rules import supporting as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import limits
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording

FROM_NETWORK = 60  # times in an hour that one network may agree: a library has one address


def agree(*, submission: Submission, device: str, network: str, at: datetime) -> None:
    """Count one device or address once; again after it was taken back.

    device   digest of queries.supports

    No act for the log, which would drown in them: kept pages are only told to be built anew.
    Raises Refused when it may not be, or for too many from one network.
    """
    require(rules.may_support(submission, at))
    if supports.is_mine(submission, device):
        return
    if not limits.may_act("support", network, FROM_NETWORK, at):
        raise Refused(_("Too many from your network agreed in the last hour. Try again later."))
    with transaction.atomic():
        Support.objects.update_or_create(
            submission=submission,
            device=device,
            defaults={"group": submission.group, "given_at": at, "withdrawn_at": None},
        )
        ledger.stir(submission.group)


@transaction.atomic
def take_back(*, submission: Submission, device: str, at: datetime) -> None:
    """Agree no longer. Doing so twice changes nothing."""
    mine = supports.standing().filter(submission=submission, device=device)
    if mine.update(withdrawn_at=at):
        ledger.stir(submission.group)


@transaction.atomic
def post_link(*, submission: Submission, address: str, network: str, at: datetime) -> bool:
    """Send a link through which the owner of an address agrees; returns whether one went out.

    Whether the address agreed already is told to its owner only. The letter is forgotten
    like every other; of the address itself nothing is kept.
    Raises Refused when nobody may agree now.
    """
    require(rules.may_support(submission, at))
    if not limits.may_write(address, network, at):
        return False
    device = supports.of_address(submission, address)
    link = reverse(
        "consultations:support_link",
        args=[submission.number, supports.link_for(submission, device)],
    )
    context = {
        "submission": submission,
        "group": submission.group,
        "url": groups.address(submission.group) + link,
    }
    mail.post(
        group=submission.group,
        to=address,
        subject=_("Do you agree with %(number)s?") % {"number": wording.nr(submission.number)},
        text=render_to_string("consultations/public/letter_support.txt", context),
        kind="support.link",
        key=f"support.link:{device[:32]}:{at:%Y%m%d%H}",
        language=get_language() or submission.group.language,
        at=at,
    )
    return True
