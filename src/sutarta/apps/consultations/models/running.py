"""Consultations: a time to speak about a version, what was said, what was answered."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.core import deadlines

SUMMARY_FIELDS = ("summary", "broad_terms", "planned", "not_planned", "deciders", "open_questions")


class Stage(models.TextChoices):
    """Where a consultation stands; follows from its rows and the time alone."""

    PREPARING = "PREPARING", _("Being prepared")
    ANNOUNCED = "ANNOUNCED", _("Not open yet")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed, answers are being prepared")
    ANSWERED = "ANSWERED", _("Answered")


class Consultation(LoggedRow):
    """A window of time in which people speak about one version.

    Without a version it is an idea call: there is no draft yet, and people tell needs and ideas
    for the strategy. The six summary fields are filled, or their names stand in `waived`.
    """

    LOGGED = (
        "number",
        "strategy",
        "version",
        "title",
        "summary",
        "broad_terms",
        "planned",
        "not_planned",
        "deciders",
        "open_questions",
        "waived",
        "opens_at",
        "answers_by",
        "made_by",
        "made_at",
        "announced_at",
        "answered_at",
    )
    LOGGED_IF = models.Q(announced_at__isnull=False)

    number = models.PositiveIntegerField()
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="consultations")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="consultations")
    title = models.CharField(_("Title"), max_length=200)
    summary = models.TextField(_("What this is about, in plain words"), blank=True)
    broad_terms = models.TextField(_("What broad terms mean here"), blank=True)
    planned = models.TextField(_("What is planned, where and for whom"), blank=True)
    not_planned = models.TextField(_("What is not planned"), blank=True)
    deciders = models.TextField(_("Who decides, and when"), blank=True)
    open_questions = models.TextField(_("What can still change"), blank=True)
    waived = SchemaJSONField(schema="sutarta.waived/1", default=list, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("Contact e-mail"), blank=True)
    contact_phone = models.CharField(_("Contact telephone"), max_length=40, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    answers_by = models.DateField(_("Answers by"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # all answers published together

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="consultation_number")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_idea_call(self) -> bool:
        """Whether people tell needs and ideas, for there are no words to speak about yet."""
        return self.version_id is None

    @cached_property
    def deadline(self) -> Deadline:
        """The deadline in force: the last one set."""
        return max(self.deadlines.all(), key=lambda row: (row.set_at, row.id))

    def stage(self, at: object) -> Stage:
        """Where the consultation stands at that moment."""
        if self.announced_at is None:
            return Stage.PREPARING
        if self.answered_at is not None:
            return Stage.ANSWERED
        if at < self.opens_at:
            return Stage.ANNOUNCED
        return Stage.OPEN if at < self.deadline.closes_at else Stage.CLOSED

    def is_open(self, at: object) -> bool:
        return self.stage(at) is Stage.OPEN


class Deadline(LoggedRow):
    """Until when: a local date and wording made into one instant. Rows are only added."""

    LOGGED = (
        "consultation",
        "local_date",
        "wording",
        "zone",
        "tz_version",
        "closes_at",
        "reason",
        "set_by",
        "set_at",
    )
    LOGGED_IF = models.Q(consultation__announced_at__isnull=False)

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="deadlines")
    local_date = models.DateField()
    wording = models.CharField(max_length=40)  # code of a core.deadlines.Wording
    zone = models.CharField(max_length=60)
    tz_version = models.CharField(max_length=20)
    closes_at = models.DateTimeField()  # exclusive
    reason = models.TextField(blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    @property
    def value(self) -> deadlines.Deadline:
        """The same as a value of core.deadlines."""
        return deadlines.Deadline(
            local_date=self.local_date,
            wording=deadlines.Wording.from_code(self.wording),
            zone=self.zone,
            instant=self.closes_at,
            tz_version=self.tz_version,
        )
