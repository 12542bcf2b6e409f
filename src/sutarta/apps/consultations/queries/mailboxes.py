"""How mailboxes stand, in words for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.mail import failures
from sutarta.apps.mail.models import Alias, Door, Mailbox
from sutarta.apps.mail.queries import mailboxes as mail
from sutarta.apps.tenants.models import Group

# What is wrong, and what helps.
WHY = {
    failures.UNREACHABLE: _(
        "The mail server does not answer. Look whether its name and port are right."
    ),
    failures.CERTIFICATE: _(
        "The mail server could not prove who it is, so it got no password. Look whether its name "
        "is written as your provider writes it."
    ),
    failures.SIGN_IN: _(
        "The mailbox refuses this user name or password. Gmail, iCloud and Yahoo want an app "
        "password, made for this one program, instead of the usual one."
    ),
    failures.REVOKED: _(
        "The mailbox lets us in no more: the permission ended, or was given for another address. "
        "Sign in once more."
    ),
    failures.UNKNOWN_APP: _(
        "Signing in this way is not set up on this server. Ask the person who looks after it, or "
        "use an app password."
    ),
    failures.LOCKED: _("The password can no longer be opened here. Type it once more."),
    failures.FOLDER: _("There is no folder of this name in the mailbox."),
    failures.CUT: _("The line broke while letters were read. It is tried again every minute."),
    failures.ODD: _("The mail server gives an answer we do not understand."),
    failures.STORE: _(
        "The letters could not be kept on this server. Tell the person who looks after it: the "
        "disk may be full."
    ),
    failures.INSIDE: _(
        "This mail server stands in this site’s own network. The person who looks after the "
        "server has to allow that first."
    ),
    failures.PORT: _(
        "Mailboxes are read at port 993 alone. The person who looks after the server can allow "
        "others."
    ),
}

NOBODY_READS = _(
    "For hours nobody has tried to read it. Tell the person who looks after the server: background "
    "work may have stopped."
)


@dataclass(frozen=True)
class Standing:
    """One mailbox as the desk shows it.

    status   a code of ui.marks
    why      what is wrong and what helps, "" when nothing is
    """

    mailbox: Mailbox
    status: str
    why: Any = ""

    @property
    def is_ours(self) -> bool:
        """Whether a mail server hands its letters over, so that nothing is read."""
        return self.mailbox.door == Door.LISTENER


def standings(group: Group, at: datetime) -> list[Standing]:
    """Every mailbox in use, with `.waiting` letters."""
    return [standing(one, at) for one in mail.listed(group)]


def standing(mailbox: Mailbox, at: datetime) -> Standing:
    """How one stands; red as soon as it is silent, or somebody has to do something."""
    if mailbox.door == Door.LISTENER:
        return Standing(mailbox, "SAFE")
    known = mailbox.read_at or mailbox.added_at
    is_silent = at - known >= mail.SILENCE
    if is_silent or mailbox.error in failures.ASK_SOMEBODY:
        return Standing(mailbox, "NOT_SAFE", WHY.get(mailbox.error, NOBODY_READS))
    if mailbox.error or mailbox.read_at is None:
        return Standing(mailbox, "NOT_SET_UP", WHY.get(mailbox.error, ""))
    return Standing(mailbox, "SAFE")


def silent(group: Group, at: datetime) -> list[Standing]:
    """Mailboxes that need somebody, for the first page of the desk."""
    rows = mail.read_by_us().filter(group=group)
    return [one for one in (standing(row, at) for row in rows) if one.status == "NOT_SAFE"]


def answerable(group: Group) -> QuerySet[Consultation]:
    """Consultations for which an address may be kept: those without published answers."""
    return Consultation.objects.filter(group=group, answered_at=None).order_by("-number")


def aliases(mailbox: Mailbox) -> list[tuple[Alias, str]]:
    """Addresses kept for a consultation, each with its title; "" for one that is not there."""
    rows = list(Alias.objects.filter(mailbox=mailbox).order_by("address"))
    numbers = [one.consultation for one in rows]
    known = Consultation.objects.filter(group=mailbox.group, number__in=numbers)
    titles = dict(known.values_list("number", "title"))
    return [(one, titles.get(one.consultation, "")) for one in rows]
