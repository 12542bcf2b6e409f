"""Answers to surveys made elsewhere: each sheet of them, and what became of its rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow


class SheetState(models.TextChoices):
    LOOKED_AT = "LOOKED_AT", _("Not taken in yet")
    TAKING = "TAKING", _("Being taken in")
    TAKEN = "TAKEN", _("Taken in")
    UNDOING = "UNDOING", _("Being undone")
    UNDONE = "UNDONE", _("Undone")


class SurveySheet(LoggedRow):
    """A sheet of answers taken into the register. Its cells are kept until that is done, no longer.

    number      in the group's series of imports
    name        of the survey: the same answers under the same name are taken once
    file_name   as it was uploaded
    salt, digest   fingerprint: SHA-256 over the salt and its bytes; without the salt nobody can try
                whether a short file holds what they guess
    headings    SHA-256 of its headings, by which the next sheet of the kind is known
    choices     what its columns are and how it is read: queries.survey_plans.Choices
    path        where its cells and what was corrected are kept; "" when they are not any more
    came_at     when the answers came, where no column says it
    taken, known, changed, left   rows: now in the register; there before; there before with other
                words; not taken
    confirmed_at, made_at    when it was said to be taken in, and when all of it was
    undo_*      who takes all of it back and why, as soon as they say so; undone_at: when it is done
    """

    LOGGED = ("number", "consultation", "digest", "taken", "made_by", "made_at", "undone_at")
    LOGGED_IF = models.Q(made_at__isnull=False)

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="survey_sheets")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.LOOKED_AT)
    name = models.CharField(_("Name of the survey"), max_length=120)
    file_name = models.CharField(max_length=200)
    salt = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64)
    headings = models.CharField(max_length=64, blank=True)
    choices = SchemaJSONField(schema="sutarta.survey-choices/1", default=dict)
    path = models.CharField(max_length=255, blank=True)
    came_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    undo_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undo_why = models.TextField(_("Why all of it is taken back"), blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="survey_sheet_number")
        ]

    def __str__(self) -> str:
        return self.name


class SurveyRow(TenantRow):
    """A row of a sheet that became a submission.

    row       its number in the sheet
    key       keyed digest of what makes it the same answer in a later sheet
    content   keyed digest of all its cells: whether it says the same as before
    released_at   when its import was undone; since then it may be taken again
    """

    sheet = models.ForeignKey(SurveySheet, models.PROTECT, related_name="rows")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="survey_row")
    row = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "key"],
                condition=models.Q(released_at=None),
                name="survey_row_once",
            )
        ]
        indexes = [models.Index(fields=["group", "content"], name="survey_row_content")]
