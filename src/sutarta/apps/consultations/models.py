"""Consultations: a time to speak about a version, what was said, what was answered."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow
from sutarta.core import deadlines

SUMMARY_FIELDS = ("summary", "broad_terms", "planned", "not_planned", "deciders", "open_questions")


class Stage(models.TextChoices):
    """Where a consultation stands; follows from its rows and the time alone."""

    PREPARING = "PREPARING", _("Being prepared")
    ANNOUNCED = "ANNOUNCED", _("Not open yet")
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed, answers are being prepared")
    ANSWERED = "ANSWERED", _("Answered")


class Consultation(TenantRow):
    """A window of time in which people speak about one version.

    The six summary fields are filled, or their names stand in `waived`.
    """

    number = models.PositiveIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="consultations")
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


class Deadline(TenantRow):
    """Until when: a local date and wording made into one instant. Rows are only added."""

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


class Kind(models.TextChoices):
    COMMENT = "COMMENT", _("Comment")
    WORDING = "WORDING", _("Suggested wording")
    GENERAL = "GENERAL", _("General proposal")
    QUESTION = "QUESTION", _("Question")


class Channel(models.TextChoices):
    WEB = "WEB", _("Website")
    EMAIL = "EMAIL", _("E-mail")
    PAPER = "PAPER", _("On paper")
    PHONE = "PHONE", _("By telephone")
    MEETING = "MEETING", _("At a meeting")
    ELSEWHERE = "ELSEWHERE", _("Elsewhere")


class Visibility(models.TextChoices):
    """What the public sees of a submission; number, time and channel are always seen.

    A submission that is not published still gets an answer. One set aside as spam or abuse does
    not: it is counted, not listed one by one, and never holds the other answers up.
    """

    CHECKING = "CHECKING", _("Being checked")
    PUBLIC = "PUBLIC", _("Published")
    REDACTED = "REDACTED", _("Published with covered places")
    HIDDEN = "HIDDEN", _("Not published")
    SET_ASIDE = "SET_ASIDE", _("Set aside as spam or abuse")


COVERED = "„[uždengta]“"  # what stands in the public text where a place is covered


class Submission(TenantRow):
    """One input by one author by one channel: numbered, receipted, never deleted.

    received_at    the instant that counts: when the request's headers or the letter arrived
    recorded_at    when it was stored
    lineage_id     the passage spoken of; "" for a general proposal or question
    quote          marked words of the passage, with what stands before and after
    body           what they said; proposed: their wording; why: their reason for it
    public_*       what moderation lets the public see
    salt, digest   fingerprint: SHA-256 over the salt and the canonical content
    secret_digest  SHA-256 of the secret that opens the author's own page
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=10)
    lineage_id = models.CharField(max_length=20, blank=True)
    quote = models.TextField(blank=True)
    quote_before = models.CharField(max_length=80, blank=True)
    quote_after = models.CharField(max_length=80, blank=True)
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.CHECKING)
    public_body = models.TextField(blank=True)
    public_proposed = models.TextField(blank=True)
    public_why = models.TextField(blank=True)
    keys = models.TextField(blank=True)  # search keys of the public text
    author_name = models.CharField(_("Name"), max_length=120, blank=True)
    organisation = models.CharField(_("Organisation"), max_length=200, blank=True)
    show_name = models.BooleanField(default=False)
    email = models.EmailField(_("E-mail"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    late_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    secret_digest = models.CharField(max_length=64, unique=True)
    request_key = models.CharField(max_length=64)  # the same form sent twice is one submission

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="submission_number"),
            models.UniqueConstraint(fields=["group", "request_key"], name="submission_once"),
        ]
        indexes = [
            models.Index(  # holds all that the counts beside passages need
                fields=["group", "version", "lineage_id", "visibility", "withdrawn_at"],
                name="submission_by_passage",
            )
        ]

    def __str__(self) -> str:
        return f"Nr. {self.number}"

    @property
    def is_read(self) -> bool:
        """Whether the public reads the words and the author: nothing unchecked, hidden or
        taken back is read.
        """
        shown = {Visibility.PUBLIC, Visibility.REDACTED}
        return self.visibility in shown and self.withdrawn_at is None

    @property
    def shown_author(self) -> str:
        """What the register calls the author once it may: a name they agreed to show, or ""."""
        if self.organisation:
            return self.organisation
        return self.author_name if self.show_name else ""


class FormerText(TenantRow):
    """What a submission said before its author corrected it; kept, and marked as former."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="former_texts")
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()


class Moderation(TenantRow):
    """One decision on what the public sees of a submission. Rows are only added."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="moderations")
    visibility = models.CharField(max_length=10, choices=Visibility)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Outcome(models.TextChoices):
    ACCEPTED = "ACCEPTED", _("Accepted")
    PARTLY = "PARTLY", _("Accepted in part")
    NOT_ACCEPTED = "NOT_ACCEPTED", _("Not accepted")
    NOTED = "NOTED", _("Noted")
    OUT_OF_SCOPE = "OUT_OF_SCOPE", _("Out of scope")


class Answer(TenantRow):
    """Outcome and reason for one submission, with the passages that change because of it.

    changed   lineage ids of the passages the answer changes
    """

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=15, choices=Outcome)
    reason = models.TextField(_("Reason, published"))
    changed = SchemaJSONField(schema="sutarta.lineage-ids/1", default=list)
    is_ready = models.BooleanField(default=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)


class Placement(TenantRow):
    """Where a submission stands in a later version: every one has an outcome in each.

    outcome     kept, reworded, moved, split, merged, gone (or "general": it hung on no passage)
    lineage_id  its passage in `version`, "" when it is gone
    old_text    the words it was spoken under
    """

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
