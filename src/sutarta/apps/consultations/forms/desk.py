"""What staff type about one submission: the answer, why it is taken late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Prose
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.ui.forms import PlainForm
from sutarta.core.text import excerpt, matches, search_text

MATCHES = 12  # passages offered for one search


class LateForm(PlainForm):
    """Why a late submission is taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="late_%s", **kwargs)

    reason = Prose(
        rows=2,
        label=_("Why is it taken although it came late?"),
        help_text=_("Published beside the submission."),
        required=True,
        error_messages={"required": _("Write why it is taken although it came late.")},
    )


def search(choosable: Mapping[str, Passage], words: str) -> list[str]:
    """Ids of the first passages with that printed number or with those words."""
    words = words.strip()
    if not words:
        return []
    by_number = [one.id for one in choosable.values() if one.number == words.rstrip(".")]
    by_words = (one.id for one in choosable.values() if matches(words, search_text(one.text)))
    return by_number or [id for _place, id in zip(range(MATCHES), by_words, strict=False)]


def label(passage: Passage) -> str:
    return f"{passage.number}. {excerpt(passage.text, 90)}" if passage.text else passage.number
