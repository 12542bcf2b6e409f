"""Letters out. A letter is stored in the act's own transaction and sent by the worker."""

from __future__ import annotations

from django.db import models

from sutarta.apps.tenants.models import TenantRow


class LetterState(models.TextChoices):
    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"  # given up after the last try; shown to staff


class Letter(TenantRow):
    """One letter to one address. `key` makes posting the same letter twice harmless.

    html        the same in simple HTML, "" for plain text alone
    leave_url   where one click ends such letters (RFC 8058), "" where there is nothing to end
    file_name   of the file of JSON that goes along, "" for none
    file_text   what it holds, "" while it is not put in yet; it ends with the letter
    thread      ids of the letters before it, the oldest first, with spaces between; the last is
                the one it answers
    reply_to    where an answer comes in; "" for the group's own address
    """

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    to = models.EmailField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    leave_url = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_text = models.TextField(blank=True)
    thread = models.TextField(blank=True)
    reply_to = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "key"], name="letter_once")]
        indexes = [models.Index(fields=["state", "next_at"], name="letters_due")]
