"""Who agrees: one row per device or address, known by a keyed digest; only counts are told."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.core import signing
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sutarta.apps.consultations.models import Consultation, Submission, Support
from sutarta.apps.tenants.models import Group

SALT = "sutarta.support.link/1"
LINK_LASTS = 30 * 24 * 3600  # seconds


def standing() -> QuerySet[Support]:
    """Support that was not taken back."""
    return Support.objects.filter(withdrawn_at=None)


def agreed() -> Coalesce:
    """For `annotate`: how many agree with each submission, asked within the same question."""
    mine = standing().filter(submission=OuterRef("pk")).order_by().values("submission")
    return Coalesce(Subquery(mine.annotate(count=Count("*")).values("count")), 0)


def count(submission: Submission) -> int:
    return standing().filter(submission=submission).count()


def total(consultation: Consultation) -> int:
    """How many times somebody agreed with something in the consultation."""
    return standing().filter(submission__consultation=consultation).count()


def is_mine(submission: Submission, device: str) -> bool:
    """Whether that device or address agrees now."""
    return bool(device) and standing().filter(submission=submission, device=device).exists()


def of_cookie(submission: Submission, cookie: str) -> str:
    """What is kept of a device: its random cookie under our key, other for every submission.

    So nobody who reads the table, we included, can tell what else a device agreed with.
    """
    return _digest(submission, f"cookie:{cookie}") if cookie else ""


def of_address(submission: Submission, address: str) -> str:
    """What is kept of an e-mail address; large and small letters are the same address."""
    return _digest(submission, f"address:{address.lower()}")


def link_for(submission: Submission, device: str) -> str:
    """The signed part of a mailed link; holds the digest, never the address."""
    return signing.dumps([str(submission.pk), device], salt=SALT)


def read_link(group: Group, signed: str) -> tuple[Submission, str] | None:
    """The submission and digest of a mailed link; None when it is not ours, or too old."""
    try:
        key, device = signing.loads(signed, salt=SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    found = Submission.objects.filter(group=group, pk=key).select_related("consultation", "group")
    submission = found.prefetch_related("consultation__deadlines").first()
    return (submission, device) if submission else None


def _digest(submission: Submission, whom: str) -> str:
    message = f"sutarta.support/1:{submission.pk}:{whom}"
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
