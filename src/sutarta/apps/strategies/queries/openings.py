"""For the audit: whether published words and kept files are those that were committed to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.core.files.storage import default_storage

from sutarta.apps.ledger import imprints
from sutarta.apps.ledger.queries.auditing import Book, Finding
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import BadDocument, commitment, document_digest_from, load

PIECE = 1 << 20  # bytes read at once


def findings(group: Group, book: Book) -> Iterator[Finding]:
    """Published versions whose words, and originals whose bytes, are not those of the log."""
    published = Version.objects.filter(group=group, published_at__isnull=False)
    for version in published.select_related("strategy", "original").order_by("published_at"):
        about = f"s/{version.strategy.number}/{version.number}"
        if not _opens(version):
            yield Finding("version.words", imprints.key(version), {"about": about})
        if file_digest(version.original.path) != version.original.digest:
            yield Finding("original.bytes", imprints.key(version.original), {"about": about})


def file_digest(path: str) -> str:
    """SHA-256 of a kept file, in hex; "" when it is not there."""
    if not path or not default_storage.exists(path):
        return ""
    found = hashlib.sha256()
    with default_storage.open(path) as file:
        for piece in file.chunks(PIECE):
            found.update(piece)
    return found.hexdigest()


def _opens(version: Version) -> bool:
    """Block by block; of a withheld one only the commitment is left, which its own row holds."""
    rows = version.withholdings.filter(ended_at=None)
    withheld = dict(rows.values_list("lineage_id", "commitment"))
    try:
        words = load(json.loads(bytes(version.content)))
        commitments = [
            (one.id, withheld.get(one.id) or commitment(one, bytes.fromhex(version.salts[one.id])))
            for one in words.blocks
        ]
        made = document_digest_from(commitments, title=words.title, language=words.language)
    except (ValueError, KeyError, BadDocument):
        return False
    return made == version.digest
