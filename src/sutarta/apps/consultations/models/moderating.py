"""What the desk decides about what the public sees, and what people say against it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models.submissions import Submission, Visibility
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User


class Moderation(LoggedRow):
    """One decision on what the public sees of a submission. Rows are only added.

    reason    told to the author
    despite   why the text is public although what is left of it may point to one person
    """

    LOGGED = ("submission", "visibility", "actor", "at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="moderations")
    visibility = models.CharField(max_length=10, choices=Visibility)
    reason = models.TextField(blank=True)
    despite = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Opening(LoggedRow):
    """Somebody on the staff opened a sealed original: who, when and what for."""

    LOGGED = ("submission", "actor", "at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="openings")
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ObjectionKind(models.TextChoices):
    REPORT = "REPORT", _("Somebody reported this text")
    REVIEW = "REVIEW", _("The author asks for a review")


class ObjectionReason(models.TextChoices):
    """What a reader finds wrong with a public text."""

    PERSONAL = "PERSONAL", _("It tells something private about a person")
    ABUSE = "ABUSE", _("It insults, threatens or incites")
    UNTRUE = "UNTRUE", _("It is spam, or somebody speaks in another’s name")
    ANSWER = "ANSWER", _("Something is wrong with the official answer")
    OTHER = "OTHER", _("Something else")


class Objection(LoggedRow):
    """A reader reports a public text, or an author asks to look again at what was hidden.

    reason     of a report alone; in no imprint, for the few there are could be tried one by one
    said       what is wrong, in their words; a report with a reason needs none
    settled_*  when, by whom and with what explanation it was closed; upheld: whether anything
               changed because of it
    """

    LOGGED = ("submission", "kind", "at", "settled_at", "settled_by", "upheld")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=10, choices=ObjectionKind)
    reason = models.CharField(max_length=10, choices=ObjectionReason, blank=True)
    said = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_with = models.TextField(blank=True)
    upheld = models.BooleanField(null=True)


class ErasureScope(models.TextChoices):
    CONTACT = "CONTACT", _("Name and contact")
    ATTACHMENTS = "ATTACHMENTS", _("Attachments")
    WORDS = "WORDS", _("Everything they said, with name, contact and attachments")


class ErasureAsker(models.TextChoices):
    AUTHOR = "AUTHOR", _("The author")
    THIRD = "THIRD", _("Another person the text speaks of")
    AUTHORITY = "AUTHORITY", _("An authority")


class Erasure(LoggedRow):
    """Erasing by two people: one asks, another one carries it out. The row stays and is counted.

    ground     the author's wish or the legal ground, without personal data
    asked_by   null when the author asked by their secret link
    decided_by null when that alone was enough: their own name and contact
    refusal    why it was not carried out, told to the author
    """

    LOGGED = (
        "submission",
        "scope",
        "asker",
        "asked_by",
        "asked_at",
        "decided_by",
        "decided_at",
        "carried_out",
    )
    LOGGED_IF = models.Q(carried_out=True)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="erasures")
    scope = models.CharField(max_length=12, choices=ErasureScope)
    asker = models.CharField(max_length=10, choices=ErasureAsker)
    ground = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    carried_out = models.BooleanField(null=True)
    refusal = models.CharField(_("Why not"), max_length=300, blank=True)
