"""The register to take away: the public columns of a table, and when each row last changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutarta.apps.consultations.models import ForWhom, Submission
from sutarta.apps.consultations.queries import passages, showing, translations
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ui.marks import CHANNELS, STATUSES

LICENSE = "https://creativecommons.org/licenses/by/4.0/"


def columns() -> list[str]:
    """Headings of the table."""
    return [
        _("No."), _("Received"), _("How received"), _("Kind"), _("Strategy"), _("Version"),
        _("Passage"), _("Author"), _("Proposed wording"), _("Text"), _("Why"), _("State"),
        _("Official answer"), _("Answered"), _("Changed passages"), _("Late"), _("Agree"),
        _("Same as"), _("Part of the territory"), _("Place"), _("For whom"), _("Language"),
        _("Translation"), _("Fingerprint"), _("Address"), pgettext("of data", "Licence"),
    ]  # fmt: skip


def rows(found: QuerySet[Submission], site: str) -> Iterator[list[Any]]:
    """A row for each submission; hidden and erased ones have theirs, without words.

    found   of `register.chosen`
    site    the group's own address, for links
    """
    bundled: dict[object, int] = {}
    for submission in found.order_by("number").prefetch_related("consultation__deadlines"):
        first = bundled.setdefault(submission.bundle_id, submission.number)
        same = first if submission.bundle_id and first != submission.number else None
        yield _row(submission, same, site)


def _row(submission: Submission, same: int | None, site: str) -> list[Any]:
    text = showing.public_text(submission) or Text()
    passage = passages.of(submission.version).by_id.get(submission.lineage_id)
    answer = showing.published_answer(submission)
    ward = submission.ward.name if submission.ward and text.place + text.body else ""
    state = STATUSES[showing.state(submission)].word
    return [
        submission.number,
        timezone.localtime(submission.received_at),
        str(CHANNELS[submission.channel].word),
        str(submission.get_kind_display()),
        submission.strategy.number,
        submission.version.number if submission.version else None,
        passage.number if passage else "",
        showing.author(submission),
        text.proposed,
        text.body,
        text.why,
        str(state),
        answer.reason if answer else "",
        timezone.localtime(answer.published_at) if answer and answer.published_at else None,
        "; ".join(answer.changed) if answer else "",
        f"{showing.how_late(submission)} {submission.late_reason}".strip(),
        submission.agreed,
        same,
        ward,
        text.place,
        "; ".join(str(ForWhom(code).label) for code in submission.for_whom) if text.body else "",
        submission.language,
        translations.as_one(translations.beside(submission)),
        submission.digest,
        site + reverse("consultations:submission", args=[submission.number]),
        LICENSE,
    ]


def newly_changed(found: QuerySet[Submission], count: int) -> list[Submission]:
    """The rows that changed last, each with `.changed_at`, newest change first."""
    instants = [
        Coalesce(name, "recorded_at")
        for name in ("answer__published_at", "withdrawn_at", "erased_at", "moderated_at")
    ]
    dated = found.annotate(moderated_at=Max("moderations__at"))
    dated = dated.annotate(changed_at=Greatest("recorded_at", *instants))
    return list(dated.order_by("-changed_at", "-number")[:count])
