"""Letters that came by mail: what was understood of each, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.mail.models import RawLetter
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import TenantRow


class Tie(models.TextChoices):
    """How a letter hangs together with a submission."""

    BECAME = "BECAME", _("It became this submission")
    BESIDE = "BESIDE", _("Their answer to our letter about it")
    REPEATS = "REPEATS", _("The same letter once more")


class Reason(models.TextChoices):
    """Why a letter waits for a person, or is set aside; for the sentence beside it."""

    # to sort
    GENERAL = "GENERAL", _("It came to the general address and names no consultation.")
    SEVERAL = "SEVERAL", _("It came to the addresses of several consultations.")
    NOT_OPEN = "NOT_OPEN", _("It came before the consultation opened.")
    OVER = "OVER", _("The answers of that consultation are published already.")
    REPLY = "REPLY", _("It answers a letter of ours.")
    PASSED_ON = "PASSED_ON", _("Somebody passed on another person’s letter.")
    SAME_ID = "SAME_ID", _("It says something else under the id of an earlier letter.")
    LISTED = "LISTED", _("It came through a mailing list to the address of a consultation.")
    TAKEN_BACK = "TAKEN_BACK", _("It was set aside and put back.")
    # set aside
    AUTO_REPLY = "AUTO_REPLY", _("An automatic reply, such as “out of office”.")
    BOUNCE = "BOUNCE", _("A notice that a letter could not be delivered.")
    LIST = "LIST", _("It came through a mailing list.")
    LOOP = "LOOP", _("Our own letter came back.")
    DUPLICATE = "DUPLICATE", _("The same letter came before.")
    SPAM = "SPAM", _("Advertising or fraud.")
    PRIVATE = "PRIVATE", _("A letter about something else.")
    BESIDE = "BESIDE", _("Kept beside the submission it speaks of.")
    OTHER = "OTHER", _("Another reason, as written beside it.")


class Arrival(TenantRow):
    """A raw letter once it was looked at: who wrote it, what it is tied to, who decided.

    tries            how often reading it was begun: what kills its reader is not tried for ever
    sender_*, subject   as the letter says; sent_at by the sender's clock, null where it is silent
    message_id       the letter's own id, so that our letters stand in its thread
    message_digest   SHA-256 of it; fingerprint: of who says what (formats.letters): they tell
                     that the same letter came before; the former stays when the rest has ended
    is_vouched       whether the sender's domain has signed the letter, and as one to us
    unread           why its words could not be read, one of formats.letters.REASONS; "" if read
    submission, tie  what it became, belongs beside or repeats
    same_as          the earlier letter it repeats
    settled_by       who of the staff decided; null where the program did
    why              in the words of whoever set it aside
    """

    letter = models.OneToOneField(RawLetter, models.PROTECT, related_name="arrival")
    tries = models.PositiveSmallIntegerField(default=0)
    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=1000, blank=True)
    message_digest = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    is_vouched = models.BooleanField(default=False)
    unread = models.CharField(max_length=20, blank=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="arrivals")
    tie = models.CharField(max_length=10, choices=Tie, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(tie=Tie.BECAME),
                name="submission_of_one_letter",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "message_digest"], name="arrival_by_id"),
            models.Index(fields=["group", "fingerprint"], name="arrival_by_words"),
        ]


class LetterOpening(LoggedRow):
    """Somebody on the staff took out a letter as it came: who, when and what for."""

    LOGGED = ("arrival", "actor", "at")

    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
