"""What people get for an answer, and where their words stand in later versions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow


class Outcome(models.TextChoices):
    ACCEPTED = "ACCEPTED", _("Accepted")
    PARTLY = "PARTLY", _("Accepted in part")
    NOT_ACCEPTED = "NOT_ACCEPTED", _("Not accepted")
    NOTED = "NOTED", _("Noted")
    OUT_OF_SCOPE = "OUT_OF_SCOPE", _("Out of scope")


class Answer(LoggedRow):
    """Outcome and reason for one submission, with the passages that change because of it.

    changed      lineage ids of the passages the answer changes
    is_apart     its submission is in a bundle, and yet gets an answer of its own
    approved_*   a second person who read it, where the group wants four eyes
    corrected_at  when the published answer was last corrected; the rows tell what it said before
    """

    LOGGED = (
        "submission",
        "outcome",
        "reason",
        "changed",
        "is_apart",
        "written_by",
        "written_at",
        "approved_by",
        "approved_at",
        "published_at",
        "corrected_at",
    )
    LOGGED_IF = models.Q(published_at__isnull=False)

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason = models.TextField(_("Reason, published"))
    changed = SchemaJSONField(schema="sutarta.lineage-ids/1", default=list)
    is_ready = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    is_apart = models.BooleanField(default=False)
    corrected_at = models.DateTimeField(null=True)


class AnswerCorrection(LoggedRow):
    """What a published answer said before it was corrected, and why. Rows are only added."""

    LOGGED = ("answer", "outcome", "reason", "changed", "why", "actor", "at")

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="corrections")
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason = models.TextField()
    changed = SchemaJSONField(schema="sutarta.lineage-ids/1", default=list)
    why = models.CharField(max_length=500)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Placement(LoggedRow):
    """Where a submission stands in a later version: every one has an outcome in each.

    outcome     kept, reworded, moved, split, merged, gone (or "general": it hung on no passage)
    lineage_id  its passage in `version`, "" when it is gone
    old_text    the words it was spoken under
    """

    LOGGED = ("submission", "version", "outcome", "lineage_id", "placed_at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="placements")
    version = models.ForeignKey(Version, models.PROTECT, related_name="placements")
    outcome = models.CharField(max_length=10)
    lineage_id = models.CharField(max_length=20, blank=True)
    old_text = models.TextField(blank=True)
    placed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="placed_once")
        ]


class StandardText(TenantRow):
    """A text the desk uses again and again in answers."""

    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


class BoardApproval(LoggedRow):
    """The board approved the answers of a consultation: when, and by which resolution.

    content   digest of what the answers said then; changed afterwards, the board decides anew
    """

    LOGGED = ("consultation", "decided_on", "resolution", "content", "recorded_by", "recorded_at")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="approvals")
    decided_on = models.DateField(_("Date of the meeting"))
    resolution = models.CharField(_("Resolution"), max_length=120)
    content = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class ChangeCause(models.TextChoices):
    SUBMISSION = "SUBMISSION", _("Residents’ proposals")
    GUIDELINES = "GUIDELINES", _("Change of the guidelines")
    AMENDMENT = "AMENDMENT", _("Amendment")
    DECISION = "DECISION", _("Decision of the group")
    EDITING = "EDITING", _("Editorial correction")


class ChangeReason(LoggedRow):
    """Why one passage changed in a version; a passage may have several reasons.

    Only a draft can be removed, and its reasons with it.

    lineage_id   of the passage in `version`, or in the version before when it is gone
    submission   for SUBMISSION alone
    note         one sentence for the public; link: where the decision or guideline stands
    """

    LOGGED = ("version", "lineage_id", "cause", "submission", "note", "link", "made_by", "made_at")
    LOGGED_IF = models.Q(version__published_at__isnull=False)

    version = models.ForeignKey(Version, models.CASCADE, related_name="change_reasons")
    lineage_id = models.CharField(max_length=20)
    cause = models.CharField(max_length=12, choices=ChangeCause)
    submission = models.ForeignKey(
        Submission, models.PROTECT, null=True, related_name="change_reasons"
    )
    note = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lineage_id", "cause", "submission"],
                name="change_reason_once",
            )
        ]


class Report(LoggedRow):
    """The closing report of a consultation: „you said – we did“. Kept as it was published.

    what_changed   in plain words, by the coordinator
    population     who lives in the territory and how many of them took part, where known:
                   [[sector or age group, people or null, took part or null], ...]
    content        numbers, outcomes and reasons as published, so that they never change afterwards
    """

    LOGGED = (
        "consultation",
        "what_changed",
        "who_took_part",
        "population",
        "content",
        "written_by",
        "written_at",
        "published_at",
    )
    LOGGED_IF = models.Q(published_at__isnull=False)

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="report")
    what_changed = models.TextField(_("What changed"), blank=True)
    who_took_part = models.TextField(_("Who took part"), blank=True)
    population = SchemaJSONField(schema="sutarta.population/1", default=list)
    content = SchemaJSONField(schema="sutarta.report/1", default=dict)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
