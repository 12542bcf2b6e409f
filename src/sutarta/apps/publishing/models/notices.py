"""The notice of a consultation, and the proof of where and when it was published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Deadline
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.models import User
from sutarta.apps.tenants.fields import SchemaJSONField
from sutarta.apps.tenants.models import TenantRow


class Outlet(models.TextChoices):
    """Through what a notice reaches people; Group.obligatory holds such codes."""

    SITE = "SITE", _("The group’s own site")
    MUNICIPALITY = "MUNICIPALITY", _("The municipality’s site")
    NEWSPAPER = "NEWSPAPER", _("Newspaper")
    SOCIAL = "SOCIAL", _("Social network")
    POSTER = "POSTER", _("Notice boards")
    RADIO = "RADIO", _("Radio or television")
    OTHER = "OTHER", _("Elsewhere")


class Notice(TenantRow):
    """What the notice of a consultation says besides the consultation's own facts.

    words   language -> part of the notice -> its words; parts are named in `announcing.PARTS`
    """

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="notice")
    words = SchemaJSONField(schema="sutarta.notice-words/1", default=dict)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()


class Publication(LoggedRow):
    """The notice was seen published: the proof of it. Rows are added, and withdrawn if wrong.

    deadline        the deadline it announced: another one in force makes it outdated
    outlet, where   through what, and the name of the newspaper, site or place
    seen_on         the day it was seen there; local to the group
    is_obligatory   counts for how long the notice stood
    order_number    of the order with a newspaper; cost_cents: whole euro cents, null when unknown
    copy_*          the stored copy: a scan, a picture or a PDF kept outside the web root
    withdrawn_at    when the record turned out wrong, with the reason
    """

    LOGGED = (
        "consultation",
        "deadline",
        "outlet",
        "where",
        "seen_on",
        "is_obligatory",
        "order_number",
        "cost_cents",
        "link",
        "copy_type",
        "copy_digest",
        "copy_size",
        "recorded_by",
        "recorded_at",
        "withdrawn_at",
        "withdrawn_why",
    )

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="publications")
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="publications")
    outlet = models.CharField(_("Where"), max_length=20, choices=Outlet)
    where = models.CharField(_("Name of the newspaper, site or place"), max_length=200)
    seen_on = models.DateField(_("Seen published on"))
    is_obligatory = models.BooleanField(_("This one is obligatory"), default=False)
    order_number = models.CharField(_("Order number"), max_length=60, blank=True)
    cost_cents = models.PositiveIntegerField(_("Cost"), null=True, blank=True)
    link = models.URLField(_("Link"), max_length=500, blank=True)
    copy_name = models.CharField(max_length=200, blank=True)
    copy_type = models.CharField(max_length=100, blank=True)
    copy_path = models.CharField(max_length=255, blank=True)
    copy_digest = models.CharField(max_length=64, blank=True)
    copy_size = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
