"""What staff add to a notice in their own words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Prose
from sutarta.apps.publishing.announcing import OF_THE_CONSULTATION, PARTS, Facts
from sutarta.apps.ui.forms import PlainForm, dress

HELP = {
    "about": _("Three or four sentences that a neighbour understands, in this language."),
    "goal": _("One sentence from the strategy."),
    "objectives": _("One a line; numbers and dashes are not needed."),
    "programme": _("For example: programme, priority and specific objectives, with their numbers."),
    "involved": _("Who helped to prepare it, and how: organisations, meetings, surveys."),
    "changed": _("What is different from the version before, and why, in two or three sentences."),
    "elsewhere": _("Places where it lies on paper, other sites: whole addresses only."),
    "decides": _("For example: the board on 20 January, then the municipal council."),
    "closing": _("A sentence of your own at the end."),
}
ROWS = {"objectives": 4, "goal": 2, "decides": 2, "closing": 2}


class NoticeForm(PlainForm):
    """The parts of a notice, every one optional; what must be there is for the checks to say."""

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in offered(facts):
            self.fields[name] = Prose(rows=ROWS.get(name, 3), label=PARTS[name],
                                      help_text=HELP[name])  # fmt: skip
        dress(self)

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, as far as it can be read."""
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


def offered(facts: Facts) -> list[str]:
    """Parts to write here; those of the consultation itself are written on its own page."""
    theirs = OF_THE_CONSULTATION if facts.own_language else ()
    first = facts.edition is None or facts.edition.before is None
    left_out = {*theirs, *(["changed"] if first else [])}
    return [name for name in PARTS if name not in left_out]
