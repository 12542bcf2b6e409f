"""Uploaded letters, kept for the hours between looking at one and entering it."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, Signer

from sutarta.apps.tenants.models import Group
from sutarta.formats import letters

KEPT_FOR = timedelta(days=1)
_FOLDER = "letters"


def keep_letter(group: Group, data: bytes, name: str, at: datetime) -> str:
    """Keep the file; returns the ticket by which the same group finds it again.

    Those nobody entered within a day are removed on the way.
    """
    forget_old(at)
    ending = "msg" if name.lower().endswith(".msg") else "eml"
    called = f"{at:%Y%m%d%H%M%S}-{secrets.token_hex(16)}.{ending}"
    default_storage.save(f"{_FOLDER}/{called}", ContentFile(data))
    return _signer(group).sign(called)


def kept_letter(group: Group, ticket: str) -> letters.Letter | None:
    """The letter behind a ticket, or None when it is not kept any more."""
    path = _path(group, ticket)
    if not path or not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return letters.read_safely(file.read(), path)


def forget_letter(group: Group, ticket: str) -> None:
    """The letter was entered. One that is not there is forgotten already."""
    if path := _path(group, ticket):
        default_storage.delete(path)


def forget_old(at: datetime) -> int:
    """Remove what was uploaded over a day ago and never entered; returns how many."""
    if not default_storage.exists(_FOLDER):
        return 0
    limit = f"{at - KEPT_FOR:%Y%m%d%H%M%S}"
    _folders, names = default_storage.listdir(_FOLDER)
    old = [name for name in names if name < limit]
    for name in old:
        default_storage.delete(f"{_FOLDER}/{name}")
    return len(old)


def _path(group: Group, ticket: str) -> str:
    try:
        return f"{_FOLDER}/{_signer(group).unsign(ticket)}"
    except BadSignature:
        return ""


def _signer(group: Group) -> Signer:
    return Signer(salt=f"letters:{group.pk}")
