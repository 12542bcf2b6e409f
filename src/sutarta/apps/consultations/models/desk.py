"""How the desk keeps order: bundles, tags, notes, filing, undo, and whom it told by hand."""

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


class Bundle(LoggedRow):
    """Similar submissions that get one answer; each keeps its own row, number and author."""

    LOGGED = ("consultation", "made_by", "made_at")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="bundles")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class Tag(TenantRow):
    """A word the desk sorts submissions by; the public does not see it."""

    name = models.CharField(_("Tag"), max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Tagging(TenantRow):
    """A tag on a submission."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="taggings")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="taggings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "tag"], name="tagged_once")]


class SavedFilter(TenantRow):
    """A view of the list that one member of the staff keeps under a name, for themselves.

    query   the address of the list: filter, words and order, in this order
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("Name of the view"), max_length=40)
    query = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "name"], name="filter_named_once"),
            models.UniqueConstraint(fields=["group", "person", "query"], name="filter_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Note(TenantRow):
    """What one member of the staff tells the others about a submission.

    actor   who wrote it; null for what stood in a letter and is not its sender's own
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="notes")
    text = models.TextField(_("Note"))
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Filing(LoggedRow):
    """A passage a submission also speaks of, as staff read it; its own anchor stays as it was.

    lineage_id  passage of `version`
    """

    LOGGED = ("submission", "version", "lineage_id", "actor", "at")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="filings")
    version = models.ForeignKey(Version, models.PROTECT, related_name="filings")
    lineage_id = models.CharField(max_length=20)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "version", "lineage_id"], name="filed_once"
            )
        ]
        indexes = [models.Index(fields=["group", "version", "lineage_id"], name="filed_at")]


class Deed(TenantRow):
    """One thing done to many submissions at the desk, with what is needed to undo it.

    kind     what was done, such as "set_aside", "tag", "assign"
    before   per submission, what it was: {submission number: {...}}
    """

    kind = models.CharField(max_length=20)
    before = SchemaJSONField(schema="sutarta.deed/1", default=dict)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)


class TellingWay(models.TextChoices):
    LETTER = "LETTER", _("By a printed letter")
    PHONE = "PHONE", _("By telephone")
    COMMENT = "COMMENT", _("By a reply under their comment")


class Telling(TenantRow):
    """Staff told somebody without e-mail the answer to their submission."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="tellings")
    way = models.CharField(max_length=10, choices=TellingWay)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "way"], name="told_once")]
