"""The comparative version: the whole newer text with what was struck and put in, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sutarta.apps.consultations import causes
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.papers.reading import published
from sutarta.apps.consultations.queries import comparison as queries
from sutarta.apps.consultations.queries.comparison import Change
from sutarta.apps.consultations.queries.reasons import Reason
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import STATUSES
from sutarta.core.documents import Pair
from sutarta.formats.comparing import Sayings, lay
from sutarta.formats.papers import Figure, Paper, Remark, Run, Runs, plain


def comparison(group: Group, old: Version, new: Version, *, tracked: bool = False) -> Paper:
    """What changed from `old` to `new`, both published and of one strategy.

    tracked   for Word: whoever takes every change has the text of `new`, whoever refuses every
              one that of `old`
    """
    compared = queries.compared(old, new)
    strategy = new.strategy
    title = _("Comparative version: %(title)s") % {"title": strategy.title}
    running = _("version %(old)s compared with version %(new)s") % {
        "old": old.number,
        "new": new.number,
    }
    told = {change.pair.id: _remark(change) for change in compared.changes}
    pieces = lay(compared.found, _sayings(), lambda pairs: _said(told, pairs), exact=tracked)
    paper = framing.framed(group, title, strategy.language, new.published_at, pieces, running)
    shown = {piece.image for piece in pieces if isinstance(piece, Figure)}
    return replace(
        paper,
        lead=(f"{published(old)} → {published(new)}", _count(len(compared.changes))),
        legend=framing.legend(reasons=True),
        tracked=tracked,
        pictures=framing.pictures(group, shown - {""}),
    )


def _count(changes: int) -> str:
    return _("Passages changed: %(n)s") % {"n": changes}


def _sayings() -> Sayings:
    return Sayings(
        moved_to=_("moved to {place}"),
        moved_from=_("moved here from {place}"),
        no_alt=_("A picture without a description"),
    )


def _said(told: Mapping[str, Remark], pairs: Sequence[Pair]) -> tuple[Remark, ...]:
    return tuple(told[pair.id] for pair in pairs if pair.id in told)


def _remark(change: Change) -> Remark:
    """Whether numbers alone differ, and every reason: the cause, who asked, the sentence for the
    public.
    """
    lines: list[Runs] = []
    if change.pair.is_numbers:
        lines.append(plain(f"{change.number}: {_('Only numbers differ')}."))
    if not change.reasons:
        lines.append(_line(change.number, str(causes.CAUSES[queries.NONE].word)))
    lines += [_line(change.number, _reason(reason), reason.link) for reason in change.reasons]
    return Remark(tuple(lines))


def _line(number: str, words: str, link: str = "") -> Runs:
    start = Run(f"{number}: ", ("bold",))
    return (start, Run(words), *((Run(" "), Run(link, link=link)) if link else ()))


def _reason(reason: Reason) -> str:
    if reason.number is None:
        said = str(causes.CAUSES[reason.cause].word)  # type: ignore[index]
    else:
        outcome = str(STATUSES[reason.outcome].word).lower() if reason.outcome else ""
        said = ", ".join(filter(None, (wording.nr(reason.number), reason.author, outcome)))
    return f"{said}. {reason.note}".strip() if reason.note else f"{said}."
