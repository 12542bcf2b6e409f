"""The local action groups: every other row belongs to one of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from sutarta.apps.tenants import gathering
from sutarta.apps.tenants.fields import SchemaJSONField


class Group(models.Model):
    """One local action group: the tenant, with its territory, contacts and host names.

    accent        its own colour, "#rrggbb"; "" for that of Sutarta
    mark_digest   names its own mark, a square PNG kept outside the web root; "" for none
    embed_hosts   host names whose pages may frame our /embed/
    notice_days   days a notice must stand before the deadline, 0 where the group has no rule
    obligatory    outlets (publishing.Outlet) in which a notice must appear
    records_until last day on which the programme's rules ask for the documents; null: not known yet
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("Name of the group"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=60)
    municipality = models.CharField(_("Municipality"), max_length=120)
    language = models.CharField(_("Language"), max_length=10, default="lt")
    zone = models.CharField(_("Time zone"), max_length=60, default="Europe/Vilnius")
    address = models.CharField(_("Address"), max_length=200, blank=True)
    office_hours = models.CharField(_("Office hours"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    is_financed = models.BooleanField(_("Financed by the European Union"), default=False)
    project_number = models.CharField(_("Project number"), max_length=60, blank=True)
    four_eyes = models.BooleanField(_("A second person approves every answer"), default=False)
    board_approves = models.BooleanField(_("The board approves the answers"), default=False)
    accent = models.CharField(_("Colour"), max_length=7, blank=True)
    mark_digest = models.CharField(max_length=64, blank=True, editable=False)
    embed_hosts = SchemaJSONField(schema="sutarta.hosts/1", default=list, blank=True)
    notice_days = models.PositiveSmallIntegerField(
        _("Days a notice must stand before the deadline"), default=14
    )
    obligatory = SchemaJSONField(schema="sutarta.channels/1", default=list, blank=True)
    records_until = models.DateField(
        _("Until when the programme asks us to keep its documents"), null=True, blank=True
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_financed=False) | ~models.Q(project_number=""),
                name="financed_group_has_project_number",
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def mark_path(self) -> str:
        """Where its mark lies among the files."""
        return f"{self.pk}/mark/{self.mark_digest}.png" if self.mark_digest else ""

    @property
    def kind_label(self) -> str:
        """What stands under the group's name."""
        return gettext("Local action group")


class Host(models.Model):
    """A host name under which a group is reached; a stranger's host is not found.

    retired_at   since when the name leads on to the primary one
    """

    name = models.CharField(primary_key=True, max_length=253)
    group = models.ForeignKey(Group, models.PROTECT, related_name="hosts")
    is_primary = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(is_primary=True), name="one_primary_host"
            ),
            models.CheckConstraint(
                condition=models.Q(is_primary=False) | models.Q(retired_at=None),
                name="primary_host_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Crossing(ValueError):
    """A row points to a row of another group: never stored."""


class TenantRow(models.Model):
    """A row of one group. Foreign keys between tenant rows stay within the group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row. Raises Crossing when it points to a row of another group."""
        self._require_own_group()
        super().save(*args, **kwargs)

    def insert(self) -> None:
        """Store a new row as `save` would, in a third of its time: for what comes in crowds.

        While rows are gathered (`tenants.gathering`) it is stored with the others.
        """
        self._require_own_group()
        place, fields = _insertion(type(self))
        values = [one.get_db_prep_save(one.pre_save(self, True), connection) for one in fields]
        gathering.insert(place, values)
        self._state.adding, self._state.db = False, connection.alias

    def _require_own_group(self) -> None:
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                other = getattr(self, field.name)
                if isinstance(other, TenantRow) and other.group_id != self.group_id:
                    raise Crossing(f"{self._meta.label}.{field.name} leaves the group")


@cache
def _insertion(
    model: type[models.Model],
) -> tuple[gathering.Place, tuple[models.Field[Any, Any], ...]]:
    """Where rows of the model go, and its fields in the order of the columns."""
    fields, quote = model._meta.concrete_fields, connection.ops.quote_name
    columns = tuple(quote(field.column) for field in fields)
    return gathering.Place(quote(model._meta.db_table), columns), fields


class Counter(TenantRow):
    """The last number given out in a group, such as that of its submissions."""

    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name"], name="one_counter_per_name")
        ]


class Ward(TenantRow):
    """A part of the territory: a ward of the town, an eldership.

    outline    list of rings; a ring is a list of [longitude, latitude] in degrees (WGS 84); []
               for a part without a drawn border
    ended_at   since when it is not offered any more; what was said of it stays
    """

    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=120)
    outline = SchemaJSONField(schema="sutarta.outline/1", default=list)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="ward_number"),
            models.UniqueConstraint(fields=["group", "name"], name="ward_named_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Pulse(models.Model):
    """When a part of the installation last showed life: worker, backup, alarm."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
