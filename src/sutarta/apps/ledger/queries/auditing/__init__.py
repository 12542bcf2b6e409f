"""Auditing: whether rows, acts, tree and signatures still agree with one another.

Nothing here trusts a stored digest: each is computed anew from what it stands for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from sutarta.apps.ledger.models import Log
from sutarta.apps.ledger.queries.auditing import book as books
from sutarta.apps.ledger.queries.auditing import rows, trees
from sutarta.apps.ledger.queries.auditing.book import Book
from sutarta.apps.ledger.queries.auditing.findings import Act, Audit, Finding
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from sutarta.core.translog import Note

Openings = Callable[[Group, Book], Iterable[Finding]]

__all__ = ["Act", "Audit", "Book", "Finding", "Openings", "look_through"]


def look_through(
    group: Group,
    at: datetime,
    *,
    openings: Sequence[Openings] = (),
    kept: Sequence[str] = (),
    tell: Callable[[str], object] = lambda step: None,
) -> Audit:
    """Compare everything the group's log says with everything there is.

    openings   checkers of the apps above: whether commitments open to what is stored
    kept       signed checkpoints that somebody else kept
    tell       hears what is looked at next: "acts", "trees", "rows", "openings"
    """
    tell("acts")
    book = books.read(group, at)
    found = Audit(findings=list(book.findings), notes=book.notes, acts=book.acts)
    tell("trees")
    found.findings += trees.findings(group, book)
    found.findings += _against(group, book, kept)
    tell("rows")
    found.findings += rows.findings(group, book)
    found.rows = len(book.marks)
    tell("openings")
    for check in openings:
        found.findings += check(group, book)
    return found


def _against(group: Group, book: Book, kept: Sequence[str]) -> Iterator[Finding]:
    known = {log.origin: log for log in Log.objects.filter(group=group)}
    for note in kept:
        origin = translog.Checkpoint.parse(Note.parse(note).text).origin
        if origin in known:
            log = known[origin]
            yield from trees.against(log, trees.tree(log, book), note)
