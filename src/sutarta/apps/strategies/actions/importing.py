"""Bringing a file in and correcting what was read, before anything becomes a version."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.apps.people.models import User
from sutarta.apps.strategies import corrections, remarks, rules, sentences
from sutarta.apps.strategies.corrections import Correction
from sutarta.apps.strategies.models import Import, Original, Picture, Strategy
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import dump
from sutarta.formats import reading as documents
from sutarta.formats import reviewing
from sutarta.formats.reading import Reading

Changes = Literal["accept", "reject"]


class BadFile(Exception):
    """The file is not taken in. `sentence` says why and what to do; `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentences.REFUSALS[code]


@transaction.atomic
def start_strategy(
    *, actor: User, group: Group, title: str, language: str, at: datetime
) -> Strategy:
    """A strategy without a version yet."""
    require(rules.may_change(actor, group, at))
    strategy = Strategy.objects.create(
        group=group,
        number=tenants.take_number(group, "strategy"),
        title=title,
        language=language,
        created_at=at,
    )
    ledger.record("strategy.started", group=group, at=at, rows=[strategy], strategy=strategy.number)
    return strategy


def start_with_file(
    *, actor: User, group: Group, title: str, language: str, name: str, data: bytes, at: datetime
) -> Import:
    """Start a strategy from its first file. Raises BadFile; then there is no strategy."""
    require(rules.may_change(actor, group, at))
    reading = _read(name, data, language, "accept")
    with transaction.atomic():
        strategy = start_strategy(actor=actor, group=group, title=title, language=language, at=at)
        return _kept(actor, strategy, name, data, reading, at)


def keep_import(*, actor: User, strategy: Strategy, name: str, data: bytes, at: datetime) -> Import:
    """Read a file for the preview and keep it byte by byte. Raises BadFile.

    Puts away the file that was looked at before. Reading takes seconds, so it goes before
    the transaction.
    """
    require(rules.may_change(actor, strategy.group, at))
    reading = _read(name, data, strategy.language, "accept")
    with transaction.atomic():
        return _kept(actor, strategy, name, data, reading, at)


def choose_changes(*, actor: User, import_: Import, changes: Changes, at: datetime) -> Import:
    """Take all tracked changes, or none: reads the kept original that way.

    Corrections stay where their paragraphs stay.
    """
    require(rules.may_prepare(actor, import_, at))
    with default_storage.open(import_.original.path) as kept:
        data = kept.read()
    reading = _read(import_.original.name, data, import_.strategy.language, changes)
    with transaction.atomic():
        current = Import.objects.select_for_update().get(pk=import_.pk)
        require(rules.may_prepare(actor, current, at))
        _take(current, reading)
        current.changes = changes
        current.save()
        _keep_pictures(current.group, reading)
    return current


@transaction.atomic
def correct(
    *, actor: User, import_: Import, position: int, correction: Correction | None, at: datetime
) -> Import:
    """Correct the block at `position`; None takes the correction back.

    Raises BadCorrection when the correction does not fit the block, IndexError when there
    is no such block.
    """
    current = Import.objects.select_for_update().get(pk=import_.pk)
    require(rules.may_prepare(actor, current, at))
    place = corrections.places(current.document)[position]
    current.corrections.pop(place, None)
    if correction is not None:
        fitting = corrections.checked(current.document.blocks[position], correction)
        current.corrections[place] = fitting
    current.save(update_fields=["corrections"])
    return current


@transaction.atomic
def tie_key(*, actor: User, import_: Import, key: str, tied: bool, at: datetime) -> Import:
    """Let a mark that came back in the file count, or not. Saying so again changes nothing.

    Raises LookupError when the file bears no such mark.
    """
    current = Import.objects.select_for_update().get(pk=import_.pk)
    require(rules.may_prepare(actor, current, at))
    if key not in {one for keys in current.keys.values() for one in keys}:
        raise LookupError(key)
    others = [one for one in current.untied if one != key]
    current.untied = others if tied else [*others, key]
    current.save(update_fields=["untied"])
    return current


@transaction.atomic
def put_away(*, actor: User, import_: Import, at: datetime) -> Import:
    """Close the preview without a version; the original stays kept."""
    current = Import.objects.select_for_update().get(pk=import_.pk)
    require(rules.may_prepare(actor, current, at))
    current.closed_at = at
    current.save(update_fields=["closed_at"])
    return current


def _read(name: str, data: bytes, language: str, changes: Changes) -> Reading:
    try:
        return documents.read_safely(name, data, changes=changes, language=language)
    except documents.Refused as refusal:
        raise BadFile(refusal.code) from refusal


def _kept(
    actor: User, strategy: Strategy, name: str, data: bytes, reading: Reading, at: datetime
) -> Import:
    Strategy.objects.select_for_update().get(pk=strategy.pk)  # one open import at a time
    digest = hashlib.sha256(data).hexdigest()
    ending, _type = documents.KINDS[documents.kind_of(name, data)]
    path = f"{strategy.group_id}/originals/{digest}{ending}"
    _store(path, data)
    original = Original.objects.create(
        group=strategy.group,
        name=name[-255:],
        digest=digest,
        size=len(data),
        path=path,
        kept_at=at,
        kept_by=actor,
    )
    strategy.imports.filter(closed_at=None).update(closed_at=at)
    import_ = Import(
        group=strategy.group, strategy=strategy, original=original, made_by=actor, made_at=at
    )
    _take(import_, reading)
    import_.save()
    _keep_pictures(strategy.group, reading)
    return import_


def _take(import_: Import, reading: Reading) -> None:
    import_.read = canonical_bytes(dump(reading.document))
    import_.keys = _keys(reading)
    import_.findings = [
        {"code": found.code, "block": found.block, "detail": dict(found.detail)}
        for found in reading.findings
    ]
    import_.remarks = reviewing.dump(reading.revisions, reading.comments)


def _keys(reading: Reading) -> dict[str, list[str]]:
    """What our bookmarks say, and our comments: programs lose one of them here and there."""
    found = {position: set(keys) for position, keys in reading.keys.items()}
    for comment in reading.comments:
        if comment.block is not None and remarks.OUR_INITIALS.fullmatch(comment.initials):
            found.setdefault(comment.block, set()).add(comment.initials)
    return {str(position): sorted(keys) for position, keys in sorted(found.items())}


def _keep_pictures(group: Group, reading: Reading) -> None:
    for digest, data in reading.pictures.items():
        path = f"{group.pk}/pictures/{digest}"
        _store(path, data)
        Picture.objects.get_or_create(
            group=group,
            digest=digest,
            defaults={"media_type": reading.document.media[digest], "path": path},
        )


def _store(path: str, data: bytes) -> None:
    """Files are named by their content: what is there whole is the same."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return
        default_storage.delete(path)  # the machine went down while it was written
    default_storage.save(path, ContentFile(data))
