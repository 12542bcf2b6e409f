"""Letters as they came, sealed on the disk until their time ends."""

from __future__ import annotations

from django.db import models

from sutarta.apps.mail.models.mailboxes import Door, Mailbox
from sutarta.apps.tenants.models import TenantRow


class RawState(models.TextChoices):
    """What became of a letter."""

    WAITING = "WAITING"  # nobody has looked at it yet
    TAKEN = "TAKEN"  # it is in the register
    TO_SORT = "TO_SORT"  # a person says where it belongs
    SET_ASIDE = "SET_ASIDE"  # not a submission: an automatic reply, a bounce, a copy
    UNREADABLE = "UNREADABLE"  # a person has to look at it


class RawLetter(TenantRow):
    """One letter, byte for byte as it came.

    mailbox       where it came; null when staff handed it over
    envelope_to   the address it was sent to, as far as that is known
    received_at   the instant that counts: when the mailbox, or our own server, had it whole
    fetched_at    when we got it; the same for what comes to our own server
    origin        names the letter where it came from, once in a group: so getting it twice is
                  harmless. "<mailbox key>:<uid validity>:<uid>", "lmtp:<SHA-256>"
    digest        SHA-256 of the bytes that are kept, in hexadecimal digits
    size          bytes of the letter as it came; more than are kept when it was too big
    path          where the sealed bytes lie among the files
    reason        a code that says more about the state: AUTO_REPLY, BOUNCE, DUPLICATE, TOO_BIG
    settled_at    when somebody, or a rule, said what becomes of it
    removed_at    when the bytes were removed
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, related_name="letters")
    door = models.CharField(max_length=10, choices=Door)
    envelope_to = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    origin = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=RawState, default=RawState.WAITING)
    reason = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "origin"], name="raw_letter_once")]
        indexes = [models.Index(fields=["settled_at", "received_at"], name="raw_letters_waiting")]
