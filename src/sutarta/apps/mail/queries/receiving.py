"""Addresses at which letters come, and letters nobody has looked at."""

from __future__ import annotations

import re

from django.db.models import QuerySet

from sutarta.apps.mail.models import Alias, Mailbox, RawLetter
from sutarta.apps.tenants.models import Group

TAG = re.compile(r"c[1-9][0-9]{0,8}")  # of a consultation: "c7"


def waiting() -> QuerySet[RawLetter]:
    """Letters nobody has settled yet, of every group, oldest first.

    Among them UNREADABLE ones (reason TOO_BIG), whose headers are all that is kept.
    """
    rows = RawLetter.objects.filter(settled_at=None, removed_at=None)
    return rows.select_related("group", "mailbox").order_by("received_at", "id")


def mailboxes(group: Group) -> QuerySet[Mailbox]:
    """Those of the group that are in use, by address."""
    return Mailbox.objects.filter(group=group, ended_at=None).order_by("address")


def mailbox_of(address: str) -> tuple[Mailbox, str] | None:
    """The mailbox in use to which letters for an address go, and the tag; None for no such one.

    The tag is "c7" for an address kept for consultation 7 and for office+c7@…; of any other
    office+… it is what stands after the plus sign, in small letters; "" for none.
    """
    address = address.strip().strip("<>").lower()
    if not address.isprintable():
        return None  # bytes that are no letters: a database would refuse the question
    live = Mailbox.objects.filter(ended_at=None).select_related("group")
    if found := live.filter(address=address).first():
        return found, ""
    aliases = Alias.objects.filter(address=address, mailbox__ended_at=None)
    if alias := aliases.select_related("mailbox__group").first():
        return alias.mailbox, f"c{alias.consultation}"
    name, _at, host = address.rpartition("@")
    name, plus, tag = name.partition("+")
    found = live.filter(address=f"{name}@{host}", has_tags=True).first() if plus else None
    return (found, tag) if found else None


def number_in(tag: str) -> int | None:
    """The number of the consultation a tag names, None for none.

    >>> number_in("c7"), number_in("news")
    (7, None)
    """
    return int(tag[1:]) if TAG.fullmatch(tag) else None


def address_of(group: Group, consultation: int) -> str:
    """Where letters about a consultation are to be sent: its own address if it has one.

    Else the group's oldest mailbox, with a tag where those arrive; "" where no letters are taken.
    """
    rows = Mailbox.objects.filter(group=group, ended_at=None).order_by("-has_tags", "added_at")
    mailbox = rows.first()
    if mailbox is None:
        return ""  # as for most groups: one question
    aliases = Alias.objects.filter(group=group, mailbox__ended_at=None, consultation=consultation)
    if alias := aliases.order_by("id").first():
        return alias.address
    name, _at, host = mailbox.address.rpartition("@")
    return f"{name}+c{consultation}@{host}" if mailbox.has_tags else mailbox.address
