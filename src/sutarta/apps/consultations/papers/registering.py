"""The register as a paper: everything that came in, with its answer, by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.queries import public, showing, translations
from sutarta.apps.consultations.queries import register as queries
from sutarta.apps.consultations.queries.showing import Shown
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import CHANNELS, STATUSES
from sutarta.formats.comparing import plainly
from sutarta.formats.papers import Heading, Paper, Piece, Run, Runs, Words, plain


def register(group: Group, language: str, at: datetime) -> Paper:
    """Everything but spam, as the public may read it now; the number of questions is fixed.

    at   the day said on the paper
    """
    rows = public.submissions(group).exclude(visibility=Visibility.SET_ASIDE)
    rows = list(rows.prefetch_related("consultation__deadlines").order_by("number"))
    versions = queries.versions_of(group)
    day = _("as it stood on %(day)s") % {"day": wording.local_date(at)}
    title = _("Register of proposals and answers")
    pieces = [Words(plain(_intro(len(rows))), look="lead"), *_listed(rows, versions)]
    return framing.framed(group, title, language, at, pieces, f"{title}, {day}")


def _intro(count: int) -> str:
    return ngettext("%(n)s submission received", "%(n)s submissions received", count) % {"n": count}


def _listed(rows: Sequence[Submission], versions: Sequence[Version]) -> Iterator[Piece]:
    newest = {version.strategy_id: version for version in reversed(versions)}
    ordered = sorted(rows, key=lambda row: (row.consultation.number, row.number))
    for consultation, mine in groupby(ordered, key=lambda row: row.consultation):
        yield Heading(plain(consultation.title), 1)
        for row in mine:
            yield from told(showing.shown(row, newest.get(row.consultation.strategy_id)))


def told(shown: Shown) -> Iterator[Piece]:
    """One submission: its number and title, where it came from, its words, its answer."""
    row = shown.submission
    yield Heading(plain(f"{wording.nr(row.number)}. {shown.title}"), 2)
    about = [
        shown.author,
        str(CHANNELS[row.channel].word),
        wording.local_date_time(row.received_at),
        shown.place.label,
        shown.late,
    ]
    yield Words(plain(" · ".join(filter(None, about))), look="meta")
    if shown.text is None:
        yield Words(plain(f"{STATUSES[_unread(row)].word}."))
    else:
        yield from _words(shown)
    if shown.answer is not None:
        outcome = str(STATUSES[shown.answer.outcome].word)
        yield from answered(outcome, shown.answer.reason)


def _unread(row: Submission) -> str:
    """Why the words are not there, as a key of STATUSES, whatever was answered."""
    if row.withdrawn_at is not None:
        return "WITHDRAWN"
    if row.erased_at is not None:
        return "ERASED"
    return "CHECKING" if row.visibility == Visibility.CHECKING else "HIDDEN"


def answered(outcome: str, reason: str) -> Iterator[Piece]:
    """What was decided and why."""
    first, *rest = paragraphs(reason) or [()]
    yield Words((Run(f"{_('Answer')}: {outcome}. ", ("bold",)), *first), look="quote")
    yield from (Words(runs, look="quote") for runs in rest)


def _words(shown: Shown) -> Iterator[Piece]:
    text = shown.text
    if text is None:
        return
    yield from map(Words, paragraphs(text.body))
    if shown.where:
        yield Words((Run(f"{_('Place')}: ", ("bold",)), *plain(shown.where)))
    if text.proposed:
        runs = plainly(shown.changes) if shown.changes else plain(text.proposed)
        yield Words((Run(f"{_('Suggested wording')}: ", ("bold",)), *runs))
    if text.why:
        yield Words((Run(f"{_('Why')}: ", ("bold",)), *plain(text.why)))
    yield from translated(translations.as_data(shown.translation))


def translated(said: dict[str, str] | None) -> Iterator[Piece]:
    """A translation under the original, marked as one.

    said   from `queries.translations.as_data`
    """
    if said is None:
        return
    mark = _("Translation of the group into %(language)s:")
    yield Words(plain(mark % {"language": tongues.name_of(said["language"])}), look="meta")
    for part in ("body", "proposed", "why"):
        yield from map(Words, paragraphs(said[part]))


def paragraphs(text: str) -> list[Runs]:
    """Plain text as paragraphs: a blank line parts them."""
    parts = (part.strip() for part in text.replace("\r", "").split("\n\n"))
    return [plain(part) for part in parts if part]
