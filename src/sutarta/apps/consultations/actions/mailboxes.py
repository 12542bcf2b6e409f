"""Mailboxes: connected, opened anew, given further addresses, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.rules import mailboxes as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import allotting, imap, oauth, sealing
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.models import Alias, Door, Mailbox, SignIn
from sutarta.apps.mail.queries.receiving import mailbox_of
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants.models import Group

TAKEN = _("This address is in use already.")
NOT_ALLOTTED = _(
    "This address is not allotted to your group. The person who looks after the server can do that."
)
TOO_MANY = _("A group has at most twenty mailboxes: end one first.")


@dataclass(frozen=True)
class Wanted:
    """A mailbox as it is to be connected; see mail.models.Mailbox.

    secret   a password, or the token by which new ones are got; "" for our own server
    """

    address: str
    door: str = Door.IMAP
    has_tags: bool = False
    host: str = ""
    port: int = 993
    user: str = ""
    sign_in: str = SignIn.PASSWORD
    secret: str = ""
    folder: str = "INBOX"
    since: datetime | None = None


def attempt(mailbox: Mailbox) -> None:
    """Sign in and open the folder, and nothing more. Raises mail.failures.Failing."""
    with imap.opened(reading.account_of(mailbox)) as client:
        imap.examine(client, mailbox.folder)


def made(group: Group, wanted: Wanted, at: datetime) -> Mailbox:
    """The mailbox, not stored yet: for `attempt`, and then for `connect`."""
    mailbox = Mailbox(
        group=group,
        address=wanted.address.lower(),
        door=wanted.door,
        has_tags=wanted.has_tags,
        host=wanted.host.lower(),
        port=wanted.port,
        user=wanted.user,
        sign_in=wanted.sign_in,
        folder=wanted.folder,
        since=wanted.since or at,
        added_at=at,
        connected_at=at,
    )
    if wanted.secret:
        mailbox.secret = sealing.seal_secret(wanted.secret, mailbox)
    return mailbox


@transaction.atomic
def connect(*, actor: Any, mailbox: Mailbox, at: datetime) -> None:
    """Begin to take letters in at an address. Raises Refused when it is in use, or another's."""
    require(rules.may_keep_mailboxes(actor, mailbox.group, at))
    require_free(mailbox)
    try:
        with transaction.atomic():
            mailbox.save(force_insert=True)
    except IntegrityError as error:  # another did so in this very moment
        raise Refused(TAKEN) from error
    _record("mailbox.connected", mailbox, at)


def require_free(mailbox: Mailbox) -> None:
    """Raises Refused when letters to its address are, or may become, somebody else's."""
    address, group = mailbox.address, mailbox.group
    is_taken = mailbox_of(address) is not None
    if is_taken or allotting.overlaps(group, address, has_tags=mailbox.has_tags):
        raise Refused(TAKEN)
    _require_allotted(mailbox, address)
    if Mailbox.objects.filter(group=group, ended_at=None).count() >= allotting.MOST:
        raise Refused(TOO_MANY)


def _require_allotted(mailbox: Mailbox, address: str) -> None:
    if not allotting.is_free_for(mailbox.group, address, mailbox.door):
        raise Refused(NOT_ALLOTTED)


@transaction.atomic
def reconnect(*, actor: Any, mailbox: Mailbox, at: datetime) -> None:
    """Keep the password, or token, that `mailbox` holds now, and where it opens it. What was read
    stays read.
    """
    require(rules.may_change(actor, mailbox, at))
    mailbox.connected_at, mailbox.error, mailbox.failing_since = at, "", None
    place = ["host", "port", "user", "sign_in", "uid_validity", "last_uid"]
    mailbox.save(update_fields=[*place, "secret", "connected_at", "error", "failing_since"])
    _record("mailbox.changed", mailbox, at)


@transaction.atomic
def add_address(
    *, actor: Any, mailbox: Mailbox, address: str, consultation: int, at: datetime
) -> None:
    """Keep a further address of the mailbox for one consultation. Raises Refused."""
    require(rules.may_change(actor, mailbox, at))
    address = address.lower()
    if mailbox_of(address) is not None or Alias.objects.filter(address=address).exists():
        raise Refused(TAKEN)
    _require_allotted(mailbox, address)
    Alias.objects.create(
        group=mailbox.group, mailbox=mailbox, address=address, consultation=consultation
    )
    _record("mailbox.changed", mailbox, at, consultation=consultation)


@transaction.atomic
def drop_address(*, actor: Any, alias: Alias, at: datetime) -> None:
    """Keep it for that consultation no more. Doing so twice changes nothing."""
    require(rules.may_change(actor, alias.mailbox, at))
    if Alias.objects.filter(pk=alias.pk).delete()[0]:
        _record("mailbox.changed", alias.mailbox, at, consultation=alias.consultation)


@transaction.atomic
def end(*, actor: Any, mailbox: Mailbox, at: datetime) -> None:
    """Take no more letters in there; what opens it is forgotten, the letters stay."""
    require(rules.may_change(actor, mailbox, at))
    mailbox.ended_at, mailbox.secret, mailbox.user = at, b"", ""
    mailbox.save(update_fields=["ended_at", "secret", "user"])
    mailbox.aliases.all().delete()
    _record("mailbox.ended", mailbox, at)


def give_back(sign_in: str, token: str) -> bool:
    """Have Google or Microsoft forget the permission that an ended mailbox was read by; whether
    that was done. Asks the network, so it goes after the transaction, and ends nothing.
    """
    try:
        oauth.revoke(sign_in, token)
    except Failing:
        return False
    return True


def token_of(mailbox: Mailbox) -> str:
    """The permission by which it is read; "" where there is none."""
    if mailbox.sign_in == SignIn.PASSWORD or not mailbox.secret:
        return ""
    try:
        return sealing.secret_of(mailbox)
    except sealing.Locked:
        return ""


def _record(event: str, mailbox: Mailbox, at: datetime, **facts: object) -> None:
    """The address may be a person's, so the log has none."""
    ledger.record(event, group=mailbox.group, at=at, door=str(mailbox.door), **facts)
