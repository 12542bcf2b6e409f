"""Meetings with residents: when and where, who came, the minutes, what was noted there.

The board's own meetings, with a quorum and votes, are another thing and have no place here.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutarta.apps.consultations.models.running import Consultation
from sutarta.apps.consultations.models.submissions import Submission
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow


class Sector(models.TextChoices):
    """The partners of a local action group, as people themselves say whom they stand for."""

    RESIDENTS = "RESIDENTS", pgettext_lazy("sector", "Residents")
    CIVIL = "CIVIL", _("Associations and other civil society")
    BUSINESS = "BUSINESS", pgettext_lazy("sector", "Business")
    PUBLIC = "PUBLIC", _("Municipality and other public bodies")
    OTHER = "OTHER", pgettext_lazy("sector", "Others, or not known")


class Want(models.TextChoices):
    """What somebody who came agreed to be written to about."""

    NEWS = "NEWS", _("Minutes and answers")
    INVITE = "INVITE", _("The next meeting")


class Meeting(LoggedRow):
    """A meeting with residents about what a consultation asks.

    number         in the group's own series of meetings
    place          venue and address; link: of an online meeting, "" for none
    words          what will be spoken about, as it was announced
    sequence       one more with each change of what was announced
    attendance     codes of Sector -> how many came; public once minuted
    minutes        what was said and agreed; public once minuted
    minutes_salt, minutes_digest   fingerprint of minutes and attendance as published; without
                   the salt nobody can try small numbers out
    minuted_at     when minutes and attendance were published
    """

    LOGGED = (
        "number",
        "consultation",
        "title",
        "starts_at",
        "ends_at",
        "place",
        "link",
        "words",
        "sequence",
        "made_by",
        "made_at",
        "announced_at",
        "cancelled_at",
        "cancelled_why",
        "minuted_at",
        "minutes_digest",
    )
    LOGGED_IF = Q(announced_at__isnull=False)

    number = models.PositiveIntegerField()
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="meetings")
    title = models.CharField(_("Title"), max_length=200)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.TextField(_("Place"), max_length=300, blank=True)
    link = models.URLField(_("Link to join online"), max_length=500, blank=True)
    words = models.TextField(_("What will be spoken about"), blank=True)
    sequence = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.TextField(_("Why it is cancelled"), blank=True)
    attendance = SchemaJSONField(schema="sutarta.attendance/1", default=dict, blank=True)
    minutes = models.TextField(_("Minutes"), blank=True)
    minutes_salt = models.BinaryField(default=bytes)
    minutes_digest = models.CharField(max_length=64, blank=True)
    minuted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="meeting_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_lasts"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_announced(self) -> bool:
        return self.announced_at is not None

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_minuted(self) -> bool:
        return self.minuted_at is not None

    @property
    def came(self) -> int:
        """How many people came, of all sectors."""
        return sum(self.attendance.values())

    def is_on(self, at: datetime) -> bool:
        """Whether people are sitting together at that moment."""
        return self.starts_at <= at < self.ends_at


class FormerMinutes(LoggedRow):
    """What published minutes said before they were corrected; kept, and marked as former.

    minutes   "" where they named somebody who is not to be read of; then there is no salt either
    why       what was put right; everybody reads it
    """

    LOGGED = ("meeting", "why", "digest", "replaced_at", "replaced_by")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="former_minutes")
    minutes = models.TextField(blank=True)
    attendance = SchemaJSONField(schema="sutarta.attendance/1", default=dict)
    why = models.TextField(_("What was put right"))
    salt = models.BinaryField()
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, models.PROTECT, related_name="+")


class MinutesFile(LoggedRow):
    """A file beside the minutes: signed minutes, slides, a picture; public once minuted.

    name         as it was called, cleaned; media_type: as its content says
    path, size   of the copy without metadata; digest: SHA-256 of what was handed over
    kept_digest  SHA-256 of that copy, as the public gets it
    salt, commitment   of the file's own fingerprint
    is_unscanned a virus scanner should have looked at it and could not yet
    removed_at   when the bytes were removed; the row stays
    """

    LOGGED = ("meeting", "media_type", "commitment", "added_at", "removed_at")
    LOGGED_IF = Q(meeting__minuted_at__isnull=False)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    kept_digest = models.CharField(max_length=64)
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64)
    is_unscanned = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "digest"],
                condition=Q(removed_at=None),
                name="minutes_file_once",
            )
        ]


class AtMeeting(LoggedRow):
    """The meeting at which a proposal was noted.

    place   1 for the first proposal noted there
    """

    LOGGED = ("meeting", "submission", "place")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="noted")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="at_meeting")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="place_at_meeting")
        ]


class Participant(TenantRow):
    """Somebody on the list of those who came, and what they agreed to; gone after `ends_on`.

    sector         code of Sector, as they said
    wants          codes of Want they ticked
    consented_at   when they put themselves on the list
    ends_on        last day on which the row is kept
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participants")
    name = models.CharField(_("Name"), max_length=120, blank=True)
    organisation = models.CharField(_("Organisation"), max_length=200, blank=True)
    sector = models.CharField(
        pgettext_lazy("sector", "Sector"), max_length=10, choices=Sector, default=Sector.RESIDENTS
    )
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    wants = SchemaJSONField(schema="sutarta.wants/1", default=list, blank=True)
    consented_at = models.DateTimeField()
    ends_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["ends_on"], name="participant_by_end")]
