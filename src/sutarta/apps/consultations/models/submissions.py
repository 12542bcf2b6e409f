"""What people say: submissions, their former texts and what hangs on them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow, Ward


class Kind(models.TextChoices):
    COMMENT = "COMMENT", _("Comment")
    WORDING = "WORDING", _("Suggested wording")
    GENERAL = "GENERAL", _("General proposal")
    QUESTION = "QUESTION", _("Question")
    NEED = "NEED", _("Need")
    IDEA = "IDEA", _("Idea")


OF_IDEA_CALLS = (Kind.NEED, Kind.IDEA)
OF_VERSIONS = (Kind.COMMENT, Kind.WORDING, Kind.GENERAL)  # questions may be asked in both


class ForWhom(models.TextChoices):
    """Whom a need or an idea concerns."""

    EVERYBODY = "EVERYBODY", _("Everybody")
    CHILDREN = "CHILDREN", _("Children and young people")
    FAMILIES = "FAMILIES", _("Families")
    OLDER = "OLDER", _("Older people")
    DISABLED = "DISABLED", _("People with disabilities and their carers")
    POOR = "POOR", _("People in poverty or at risk of it")
    JOBLESS = "JOBLESS", _("People looking for work")
    NEWCOMERS = "NEWCOMERS", _("Newcomers from other countries")


class Channel(models.TextChoices):
    WEB = "WEB", _("Website")
    EMAIL = "EMAIL", _("E-mail")
    PAPER = "PAPER", _("On paper")
    PHONE = "PHONE", _("By telephone")
    MEETING = "MEETING", _("At a meeting")
    WORKGROUP = "WORKGROUP", _("Working group")
    SURVEY = "SURVEY", _("Survey")
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


# Of what stands before everybody; `READ` says for the database what `Submission.is_read` says.
SHOWN = (Visibility.PUBLIC, Visibility.REDACTED)
READ = models.Q(visibility__in=SHOWN, withdrawn_at=None, erased_at=None)
COVERED = "„[uždengta]“"  # what stands in the public text where a place is covered


class Submission(LoggedRow):
    """One input by one author by one channel: numbered, receipted, never deleted.

    received_at    the instant that counts: when the request's headers or the letter arrived
    recorded_at    when it was stored
    version        the version spoken of; null for a need or an idea, told before there was one
    lineage_id     the passage spoken of; "" for a general proposal or question
    ward           where a need or an idea is: a part of the territory
    for_whom       codes of ForWhom
    quote          marked words of the passage, with what stands before and after
    body           what they said; proposed: their wording; why: their reason for it; place: where
                   their need or idea is, in their own words
    public_*       what moderation lets the public see
    phone, post_address   how to reach somebody without e-mail; for staff alone
    entered_by     who wrote it down, null when its author did
    assigned_to    who works on it; bundle: similar ones that get one answer
    withdrawn_why  why the group took it back with a whole sheet; "" when its author did
    erased_at      when its words were erased by two people; the number and the acts stay
    salt, digest   fingerprint: SHA-256 over the salt and the canonical content
    author_*, contact_*, shown_*   the same of name and organisation, of ways to reach them, and of
                   what the public reads, each with a salt of its own
    secret_digest  SHA-256 of the secret that opens the author's own page
    """

    LOGGED = (
        "number",
        "consultation",
        "version",
        "kind",
        "channel",
        "language",
        "lineage_id",
        "received_at",
        "recorded_at",
        "entered_by",
        "is_late",
        "late_reason",
        "bundle",
        "visibility",
        "withdrawn_at",
        "erased_at",
        "digest",
        "author_digest",
        "contact_digest",
        "shown_digest",
    )

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="submissions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    language = models.CharField(max_length=10)
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, related_name="+")
    place = models.CharField(_("Place"), max_length=200, blank=True)
    for_whom = SchemaJSONField(schema="sutarta.for-whom/1", default=list, blank=True)
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
    public_place = models.CharField(max_length=200, blank=True)
    keys = models.TextField(blank=True)  # search keys of the public text
    author_name = models.CharField(_("Name"), max_length=120, blank=True)
    organisation = models.CharField(_("Organisation"), max_length=200, blank=True)
    show_name = models.BooleanField(default=False)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    post_address = models.TextField(_("Postal address"), blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    bundle = models.ForeignKey(
        "consultations.Bundle", models.PROTECT, null=True, related_name="submissions"
    )
    confirmed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    late_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    author_salt = models.BinaryField(default=bytes)
    author_digest = models.CharField(max_length=64, blank=True)
    contact_salt = models.BinaryField(default=bytes)
    contact_digest = models.CharField(max_length=64, blank=True)
    shown_salt = models.BinaryField(default=bytes)
    shown_digest = models.CharField(max_length=64, blank=True)
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
    def strategy(self) -> Strategy:
        return self.consultation.strategy

    @property
    def reply_language(self) -> str:
        """The language in which the site speaks to its author: theirs, if it speaks that."""
        return tongues.ours(self.language, self.group)

    @property
    def is_read(self) -> bool:
        """Whether the public reads the words and the author: nothing unchecked, hidden, taken
        back or erased is read.
        """
        return self.visibility in SHOWN and self.withdrawn_at is None and self.erased_at is None

    @property
    def has_original(self) -> bool:
        """Whether the words as written are still there: without a salt nothing proves them."""
        return bytes(self.salt) != b""

    @property
    def shown_author(self) -> str:
        """What the register calls the author once it may: a name they agreed to show, or ""."""
        if self.organisation:
            return self.organisation
        return self.author_name if self.show_name else ""


class FormerText(LoggedRow):
    """What a submission said before it was corrected; kept, and marked as former.

    replaced_by   who had typed it in wrongly from paper; null when its author corrected it
    """

    LOGGED = ("submission", "digest", "replaced_at", "replaced_by")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="former_texts")
    body = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    why = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")


class Source(TenantRow):
    """Where somebody spoke when it was not to us: a comment on a page, an article, a letter.

    link, dated    of the comment or article; both may be missing for a letter
    place          what it was: the name of the page, newspaper or meeting
    replied_at     when staff pasted our reply under it
    message_digest   SHA-256 of a letter's own id, so that the same letter is entered once
    """

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="source")
    place = models.CharField(_("Where"), max_length=200, blank=True)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    dated = models.DateField(_("Date"), null=True)
    replied_at = models.DateTimeField(null=True)
    message_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "message_digest"],
                condition=~models.Q(message_digest=""),
                name="source_letter_once",
            )
        ]


class Attachment(LoggedRow):
    """A file handed over with a submission: checked by content, kept outside the web root.

    name         as its author called it, cleaned
    media_type   as its content says, never as the sender says
    path, size   of the copy without metadata; digest: SHA-256 of what was received
    kept_digest  SHA-256 of that copy, as the public gets it
    salt, commitment   of the file's own fingerprint: queries.attachments.content
    approved_at  since when the public may open it; never before a person said so
    is_unscanned a virus scanner should have looked at it and could not yet
    removed_at   when the bytes were removed; the row stays
    """

    LOGGED = (
        "submission",
        "media_type",
        "commitment",
        "added_at",
        "approved_at",
        "approved_by",
        "removed_at",
    )

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    kept_digest = models.CharField(max_length=64, blank=True)
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    is_unscanned = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "digest"],
                condition=models.Q(removed_at=None),
                name="attachment_once",
            )
        ]


class Support(TenantRow):
    """„I agree“ with somebody's proposal: one per device or e-mail, to be taken back any time.

    device   keyed digest of a random cookie, or of the confirmed address; nothing else is kept
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="supports")
    device = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "device"], name="support_once")
        ]
