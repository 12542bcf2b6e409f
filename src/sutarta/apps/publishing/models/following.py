"""Who wants to hear of what, by e-mail. Atom needs no row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants.models import TenantRow


class About(models.TextChoices):
    STRATEGY = "STRATEGY", _("The whole strategy")
    CONSULTATION = "CONSULTATION", _("A consultation")
    PASSAGE = "PASSAGE", _("One passage")


class Follow(TenantRow):
    """One address follows one thing, once it has said so by the link in a letter.

    language        of the letters
    lineage_id      the passage, as it was named when the address began to follow it
    secret_digest   SHA-256 of the secret of the follower's page: all follows of an address
    confirmed_at    when the address answered; before that nothing is sent but the question
    told_until      news up to this instant were told
    written_at      when the last digest was written; at most one a week to an address
    """

    about = models.CharField(max_length=12, choices=About)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="follows")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, related_name="follows"
    )
    lineage_id = models.CharField(max_length=20, blank=True)
    email = models.EmailField(_("E-mail"))
    language = models.CharField(max_length=10)
    secret_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "email", "strategy", "lineage_id"],
                condition=models.Q(consultation=None),
                name="text_followed_once",
            ),
            models.UniqueConstraint(
                fields=["group", "email", "consultation"], name="consultation_followed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "secret_digest"], name="follow_by_secret"),
        ]
