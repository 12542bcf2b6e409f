"""Which addresses are whose: the operator allots them where several groups share one server.

A mail server hands letters over by address alone. Could each group name any address for its own,
it would get another's letters.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q

from sutarta.apps.mail.models import Alias, Door, Mailbox
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group

MOST = 20  # mailboxes of one group


def is_free_for(group: Group, address: str, door: str) -> bool:
    """Whether a group may take letters in at an address, by a door of mail.models.

    What is allotted is for its group alone, whatever the door. By our own listener nothing else is
    taken, but for the only group there is, while nothing is allotted at all.
    """
    owner = _owner(address)
    if owner is not None or door != Door.LISTENER:
        return owner in (None, group.pk)
    return not settings.LISTEN_FOR and not _others(group)


def allotted(group: Group) -> list[str]:
    """Domains and addresses allotted to the group, in order; [] for none."""
    return sorted(name for name, host in settings.LISTEN_FOR.items() if _key(host) == group.pk)


def overlaps(group: Group, address: str, *, has_tags: bool) -> bool:
    """Whether another group has an address among those that would come here: name+anything@…"""
    name, _at, host = address.rpartition("@")
    if not has_tags:
        return False
    like = Q(address__startswith=f"{name}+", address__endswith=f"@{host}")
    mailboxes = Mailbox.objects.filter(like, ended_at=None)
    aliases = Alias.objects.filter(like, mailbox__ended_at=None)
    return any(rows.exclude(group=group).exists() for rows in (mailboxes, aliases))


def unknown_hosts() -> list[str]:
    """Hosts to which something is allotted and where no group answers."""
    return sorted(host for host in set(settings.LISTEN_FOR.values()) if _key(host) is None)


def _owner(address: str) -> object:
    """Key of the group to which the address is allotted, or its domain; None for nobody.

    What is allotted at a host where no group answers is nobody's else.
    """
    name, _at, host = address.lower().rpartition("@")
    for one in (f"{name}@{host}", f"{name.partition('+')[0]}@{host}", host):
        if one in settings.LISTEN_FOR:
            return _key(settings.LISTEN_FOR[one]) or "nobody"
    return None


def _key(host: str) -> object:
    found = groups.group_at(host)
    return found.pk if found else None


def _others(group: Group) -> bool:
    """Whether there are other groups; a demonstration gets no letters."""
    return Group.objects.filter(is_demo=False).exclude(pk=group.pk).exists()
