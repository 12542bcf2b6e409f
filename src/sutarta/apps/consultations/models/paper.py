"""Sheets of paper: forms printed with codes, and which proposals stood on one sheet."""

from __future__ import annotations

from django.db import models

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import TenantRow


class PaperRun(TenantRow):
    """Forms printed with consecutive numbers, so that a sheet that comes back is known.

    first, count   numbers of the group's own series; printed with a check digit
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="paper_runs")
    language = models.CharField(max_length=10)
    first = models.PositiveIntegerField()
    count = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    @property
    def last(self) -> int:
        return self.first + self.count - 1


class OnPaper(LoggedRow):
    """The sheet a proposal was typed in from; the others of that sheet name the same one.

    sheet     a name of its own for every sheet of paper
    printed   number printed on it, null for a sheet that is no form of ours
    place     1 for the first proposal on it
    """

    LOGGED = ("submission", "sheet", "printed", "place")

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="on_paper")
    sheet = models.UUIDField(db_index=True)
    printed = models.PositiveIntegerField(null=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "sheet", "place"], name="place_on_paper"),
            models.UniqueConstraint(
                fields=["group", "printed", "place"],
                condition=models.Q(printed__isnull=False),
                name="printed_paper_once",
            ),
        ]
