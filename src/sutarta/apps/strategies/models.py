"""Strategies, their immutable versions, and what becomes of a passage from one to the next."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow
from sutarta.core import canonical
from sutarta.core.documents import Document, load


class Strategy(LoggedRow):
    """A local development strategy; its words are in its versions."""

    LOGGED = ("number", "title", "language", "created_at")

    number = models.PositiveIntegerField()
    title = models.CharField(_("Title"), max_length=200)
    language = models.CharField(_("Language"), max_length=10, default="lt")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="strategy_number")]

    def __str__(self) -> str:
        return self.title


class StepKind(models.TextChoices):
    """Who still decides on a strategy, in the order of its path."""

    BOARD = "BOARD", _("The board approves the strategy")
    GENERAL_MEETING = "GENERAL_MEETING", _("The general meeting approves the strategy")
    REGIONAL_COUNCIL = "REGIONAL_COUNCIL", _("Presented to the regional development council")
    MUNICIPAL_COUNCIL = "MUNICIPAL_COUNCIL", _("The municipal council approves the strategy")
    MINISTRY = "MINISTRY", _("Handed in to the ministry")


class Step(LoggedRow):
    """A step of the strategy's path after its consultations, planned or made.

    planned_on   when it is meant to be; done_on: when it was; both may still be unknown
    note         what was decided, such as the number of the resolution
    """

    LOGGED = ("strategy", "kind", "planned_on", "done_on", "note", "link", "set_by", "set_at")

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind)
    planned_on = models.DateField(_("Planned for"), null=True, blank=True)
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    note = models.CharField(_("Decision or remark"), max_length=200, blank=True)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strategy", "kind"], name="step_once")]


class Original(LoggedRow):
    """A file as it was handed over, kept byte by byte outside the web root."""

    LOGGED = ("digest", "size", "kept_at", "kept_by")
    LOGGED_IF = models.Q(pk=None)

    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=255)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Picture(TenantRow):
    """A picture of a document, named by the SHA-256 of its bytes."""

    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    path = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "digest"], name="picture_once")]


class Import(TenantRow):
    """A Word file being looked at before anything of it becomes a version.

    read         the document as read, canonical JSON; read anew from the original only when
                 tracked changes are taken the other way
    findings     list of {"code", "block", "detail"}
    corrections  what a person changed in the preview, by place in the original
                 (`corrections.places`): {"paragraph:word/document.xml:12": {"kind": "heading",
                 "level": 2}, ...: {"alt": "..."}, ...: {"header": true}}
    remarks      tracked changes and comments of the file, as formats.reviewing.dump gives them
    settled      what became of them: key of a remark (`remarks.Remark`) -> {"as": "out"}, {"as":
                 "note"} or {"as": "submission", "number": 12}
    changes      how tracked changes are taken: "accept", "reject" or "" while undecided
    keys         what an earlier export wrote into passages of the file and came back, such as
                 {"12": ["p/17"]}: position of the block -> keys
    untied       keys that a person does not want to count
    closed_at    when its version was published, or it was put away; one is open at a time
    """

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="imports")
    original = models.ForeignKey(Original, models.PROTECT, related_name="+")
    read = models.BinaryField()
    findings = SchemaJSONField(schema="sutarta.findings/1")
    corrections = SchemaJSONField(schema="sutarta.corrections/1", default=dict)
    remarks = SchemaJSONField(schema="sutarta.remarks/1", default=dict)
    settled = SchemaJSONField(schema="sutarta.settled/1", default=dict)
    changes = models.CharField(max_length=10, blank=True)
    keys = SchemaJSONField(schema="sutarta.keys/1", default=dict)
    untied = SchemaJSONField(schema="sutarta.keys/1", default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["strategy"],
                condition=models.Q(closed_at=None),
                name="one_open_import_per_strategy",
            )
        ]

    @cached_property
    def document(self) -> Document:
        """The document as read, before corrections."""
        return load(json.loads(bytes(self.read)))

    @property
    def has_changes(self) -> bool:
        """Whether the file holds tracked changes."""
        return any(found["code"].startswith("changes.") for found in self.findings)


class VersionReason(models.TextChoices):
    """Why there is a new version."""

    FIRST = "FIRST", _("First draft")
    ANSWERS = "ANSWERS", _("Corrected after residents’ proposals")
    GUIDELINES = "GUIDELINES", _("Corrected after a change of the guidelines")
    AMENDMENT = "AMENDMENT", _("Amendment of an approved strategy")
    EDITING = "EDITING", _("Editorial corrections")


class Immutable(ValueError):
    """A published version was about to be changed or removed: never stored."""


class Version(LoggedRow):
    """One state of a strategy's words: a private draft until published, then immutable.

    content   canonical JSON (RFC 8785) of the document, schema "sutarta.document/1"
    salts     block id -> salt in hex: with them the digest can be proved block by block
    digest    of the blocks' commitments; empty for a draft
    rendered  the blocks' HTML, made once at publication: list of {"id", "html", ...}
    keys      lineage id -> keys that came back with its file, as `Import.keys` has them
    covered_at   when words of it were last withheld or shown again (`Withholding`): the one way
              in which a published version changes
    """

    LOGGED = (
        "strategy",
        "number",
        "reason",
        "note",
        "original",
        "digest",
        "page_digest",
        "made_by",
        "made_at",
        "published_at",
        "covered_at",
    )
    LOGGED_IF = models.Q(published_at__isnull=False)

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(_("Reason"), max_length=20, choices=VersionReason)
    note = models.TextField(_("Public note"), blank=True)
    original = models.ForeignKey(Original, models.PROTECT, related_name="+")
    content = models.BinaryField()
    salts = SchemaJSONField(schema="sutarta.salts/1", default=dict)
    digest = models.CharField(max_length=64, blank=True)
    rendered = models.TextField(blank=True)
    keys = SchemaJSONField(schema="sutarta.keys/1", default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    covered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="version_number"),
            models.UniqueConstraint(
                fields=["strategy"],
                condition=models.Q(published_at=None),
                name="one_draft_per_strategy",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strategy} / {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the draft, or publish it. Raises Immutable when the stored row is published."""
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft. Raises Immutable when the stored row is published."""
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if Version.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise Immutable(f"version {self.pk} is published and stays as it is")

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def page_digest(self) -> str:
        """Digest of the stored HTML, under the salts of all blocks: without one of them nobody
        can guess what stood there.
        """
        return canonical.digest([self.salts, self.rendered])

    @property
    def path(self) -> str:
        """Its permanent address on the public site, without the host."""
        return f"/s/{self.strategy.number}/{self.number}/"

    @cached_property
    def document(self) -> Document:
        """The words of this version."""
        return load(json.loads(bytes(self.content)))


class Passage(LoggedRow):
    """What became of one passage of the version before; unchanged ones have no row.

    version     the newer version
    old_id      lineage id in the version before
    outcome     core.documents.Outcome: reworded, moved, split, merged, gone, doubtful
    new_ids     lineage ids in the newer version
    candidates  list of [lineage id, likeness 0..1], best first, as the machine first gave the ids
    ties        lineage ids its words went to when the draft was corrected by hand, also those no
                longer in it: a correction taken back finds its way
    own_id      id the chosen passage bore before a person tied it to `old_id`: to untie it again
    decided_by  the person who settled a doubtful one; null when the machine was sure
    """

    LOGGED = ("version", "old_id", "outcome", "new_ids", "decided_by", "decided_at")
    LOGGED_IF = models.Q(version__published_at__isnull=False)

    version = models.ForeignKey(Version, models.PROTECT, related_name="passages")
    old_id = models.CharField(max_length=20)
    outcome = models.CharField(max_length=10)
    new_ids = SchemaJSONField(schema="sutarta.lineage-ids/1", default=list)
    confidence = models.FloatField()
    candidates = SchemaJSONField(schema="sutarta.candidates/1", default=list)
    ties = SchemaJSONField(schema="sutarta.lineage-ids/1", default=list)
    own_id = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "old_id"], name="passage_once")]


class Withholding(LoggedRow):
    """A passage of a published version whose words nobody reads any more, and why.

    reason       for everybody to read, without what is withheld
    kept, salt   the block as it was, and the salt of its commitment in hex: with them it can be
                 shown again; both empty once they were removed for good
    commitment   of the block as it was published: the digest of the version is made of it
    ended_at     when the words were shown again
    """

    LOGGED = (
        "version",
        "lineage_id",
        "reason",
        "commitment",
        "withheld_by",
        "withheld_at",
        "ended_by",
        "ended_at",
    )

    version = models.ForeignKey(Version, models.PROTECT, related_name="withholdings")
    lineage_id = models.CharField(max_length=20)
    reason = models.CharField(_("Reason"), max_length=300)
    kept = SchemaJSONField(schema="sutarta.block/1", null=True)
    salt = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64)
    withheld_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "lineage_id"],
                condition=models.Q(ended_at=None),
                name="withheld_once",
            )
        ]


class BlockEdit(TenantRow):
    """One correction typed into a draft, a block at a time. Rows are only added.

    Rows of one person with one instant were made together, such as a split; their ids rise in
    the order they were made.

    before, after   the block as stored by core.documents; None where it was not there, or is
                    not any more
    place           position of the block in the draft, from 0
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="edits")
    lineage_id = models.CharField(max_length=20)
    place = models.PositiveIntegerField()
    before = SchemaJSONField(schema="sutarta.block/1", null=True)
    after = SchemaJSONField(schema="sutarta.block/1", null=True)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class StaffNote(TenantRow):
    """What a colleague left in a Word file beside a passage: for the desk alone, in no log.

    key           of the remark in `file`, so that it is kept once
    part, index   the paragraph in the file; index -1 for the file as a whole
    version, lineage_id   the passage it stands beside, once the file became a draft; from there it
                  goes with the passage to later versions
    author_name   as in the file; written_at: as in the file, null when it does not say
    text          the comment; of a tracked change what was changed in words
    quote         words it was made on
    before, after the paragraph without and with the change; both empty for a comment
    done_at       when somebody ticked it off
    """

    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="staff_notes")
    file = models.ForeignKey(Import, models.PROTECT, related_name="staff_notes")
    key = models.CharField(max_length=20)
    part = models.CharField(max_length=255)
    index = models.IntegerField()
    version = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    lineage_id = models.CharField(max_length=20, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="note_once")]
