"""The log of public acts: entries, the tree over them, who signs it and who witnesses.

Rows are added and numbered, never changed or removed. What a row of the other tables says is
bound to the log by its imprint (`LoggedRow`).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sutarta.apps.tenants.models import TenantRow


class LoggedRow(TenantRow):
    """A row whose public facts stand in the log as a digest: a change of it by hand is noticed.

    LOGGED      names of the fields the imprint covers, or of properties made of the row's own
                fields. Nobody's words, name or address are among them but as salted commitments,
                so that erasing them leaves every imprint valid
    LOGGED_IF   which rows the log has to speak of; of a draft, for instance, it says nothing
    """

    LOGGED: ClassVar[tuple[str, ...]] = ()
    LOGGED_IF: ClassVar[Q] = Q()

    class Meta:
        abstract = True


class Log(TenantRow):
    """One epoch of a group's log: a tree that only grows. A group has one in force.

    number         of the epoch, from 1: a restore that lost acts begins another one
    origin         names it for good, whatever host the group has
    size           acts it has taken in
    sequenced_at   when it took in the last one; never goes back
    ended_at       null while it is in force
    """

    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=120, unique=True)
    size = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    sequenced_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="log_epoch"),
            models.UniqueConstraint(
                fields=["group"], condition=Q(ended_at=None), name="one_log_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.origin


class Key(TenantRow):
    """A key by which a log signs; the newest is in force.

    public     the key as it is printed: name+hash+base64 (c2sp.org/signed-note)
    sealed     its secret half, sealed under the installation's own key
    handover   note by which the key before handed over; "" for the first
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="keys")
    number = models.PositiveIntegerField()
    public = models.CharField(max_length=250)
    sealed = models.BinaryField()
    handover = models.TextField(blank=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="key_number")]


class Entry(TenantRow):
    """One public act: what happened, when it is said to have happened, and its canonical bytes.

    at            the time the act states
    recorded_at   the time the row was stored, by the clock of the machine
    about         the public address the act is about, such as "p/65"; "" for none
    body          canonical JSON (RFC 8785) of the act; holds digests and numbers, no person's text
    digest        SHA-256 of the body, in hex
    log, leaf     its place in the tree, and sequenced_at when it got it; null while it waits
    """

    event = models.CharField(max_length=60)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    about = models.CharField(max_length=60, blank=True)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    log = models.ForeignKey(Log, models.PROTECT, null=True, related_name="entries")
    leaf = models.PositiveBigIntegerField(null=True)
    sequenced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "leaf"], name="one_entry_a_leaf"),
            models.CheckConstraint(
                condition=Q(log=None, leaf=None, sequenced_at=None)
                | ~Q(log=None) & ~Q(leaf=None) & ~Q(sequenced_at=None),
                name="entry_waits_or_has_its_place",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "id"], name="ledger_by_group"),
            models.Index(fields=["group", "about"], name="ledger_by_page"),
            models.Index(fields=["group", "digest"], name="ledger_by_digest"),
            models.Index(fields=["group"], condition=Q(leaf=None), name="ledger_waiting"),
        ]


class Tile(TenantRow):
    """A tile of a log's tree (c2sp.org/tlog-tiles); the last of each level still grows.

    hashes   up to 256 of 32 bytes each
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="tiles")
    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "number"], name="tile_once")]


class Checkpoint(TenantRow):
    """The log at one size, signed.

    root   in hex
    note   the signed note, as anybody may have it; cosignatures stand apart
    """

    log = models.ForeignKey(Log, models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "size"], name="one_checkpoint_a_size")
        ]


class Witness(TenantRow):
    """Somebody else who keeps our checkpoints and signs them: a library, a municipality, an NGO.

    public    their cosigning key, as it is printed (c2sp.org/tlog-cosignature)
    address   their page, "" for none
    ended_at  since when their signatures are not taken any more; those there stay
    """

    name = models.CharField(max_length=160)
    public = models.CharField(max_length=250)
    address = models.URLField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "public"], name="witness_key_once")]

    def __str__(self) -> str:
        return self.name


class Cosignature(TenantRow):
    """A witness's signature under one of our checkpoints.

    line        as it stands under the note
    signed_at   the time the witness signed
    """

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, models.PROTECT, related_name="cosignatures")
    line = models.CharField(max_length=400)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosigned_once")
        ]
