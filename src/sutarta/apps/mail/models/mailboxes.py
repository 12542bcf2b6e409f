"""Addresses at which letters come, and how we get at them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sutarta.apps.tenants.models import TenantRow

IMAP_TLS_PORT = 993


class Door(models.TextChoices):
    """The road a letter came by."""

    IMAP = "IMAP"  # we ask a mailbox
    LISTENER = "LISTENER"  # a mail server hands it to us
    UPLOAD = "UPLOAD"  # staff hand over a file
    PASTED = "PASTED"  # staff paste the words


class SignIn(models.TextChoices):
    """How we sign in to a mailbox."""

    PASSWORD = "PASSWORD"  # noqa: S105 - a way, not a secret
    GOOGLE = "GOOGLE"
    MICROSOFT = "MICROSOFT"


class Mailbox(TenantRow):
    """An address at which letters come, by IMAP or to our own listener.

    address       in small letters; of one group only while it is in use
    has_tags      whether letters to name+anything@host come here as well
    secret        sealed (mail.sealing): a password, or the token by which new ones are got
    uid_validity, last_uid   up to where the folder is read (RFC 9051, section 2.3.1.1)
    since         letters received before it are none of ours; null when all are
    connected_at  when somebody last said where it is and what opens it
    read_at       when it was last read to the end
    failing_since, error     since when reading fails, and a code why; null and "" when it works
    """

    address = models.EmailField()
    door = models.CharField(max_length=10, choices=Door)
    has_tags = models.BooleanField(default=False)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=IMAP_TLS_PORT)
    user = models.CharField(max_length=254, blank=True)
    sign_in = models.CharField(max_length=10, choices=SignIn, default=SignIn.PASSWORD)
    secret = models.BinaryField(default=b"")
    folder = models.CharField(max_length=200, default="INBOX")
    uid_validity = models.PositiveBigIntegerField(null=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    since = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None), name="one_mailbox_in_use"
            ),
            models.CheckConstraint(
                condition=Q(door__in=[Door.IMAP, Door.LISTENER]), name="mailbox_has_a_door"
            ),
        ]

    def __str__(self) -> str:
        return self.address


class Alias(TenantRow):
    """Another address of a mailbox, kept for one consultation.

    consultation   its number in the group; this app knows no consultations
    """

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="aliases")
    address = models.EmailField(unique=True)
    consultation = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.address
