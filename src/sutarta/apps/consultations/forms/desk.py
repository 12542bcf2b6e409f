"""What staff type about one submission: the answer, why it is taken late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Answer, Outcome, Submission
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards
from sutarta.core.text import excerpt, matches, search_text

MATCHES = 12  # passages offered for one search
CHANGES = {Outcome.ACCEPTED, Outcome.PARTLY}


class AnswerForm(PlainForm):
    """Outcome, reason and the passages that change.

    The passages offered are those ticked already, the one spoken of, and what `find` finds:
    so a document of any length needs no script to choose from.
    """

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Outcome.choices,
        widget=RadioCards,
        error_messages={"required": _("Choose the outcome.")},
    )
    reason = Prose(
        rows=5,
        label=_("Reason, published"),
        help_text=_("Say what will be done, or why not. Short sentences."),
        required=True,
        error_messages={"required": _("Write the reason. It is published with the outcome.")},
    )
    changed = forms.MultipleChoiceField(
        label=_("What changes in the text"), required=False, widget=CheckCards
    )
    find = Line(label=_("Find another passage"), help_text=_("By its number or by words in it."))

    def __init__(
        self,
        *args: Any,
        submission: Submission,
        choosable: Mapping[str, Passage],
        **kwargs: Any,
    ) -> None:
        answer: Answer | None = getattr(submission, "answer", None)
        spoken_of = [submission.lineage_id] if submission.lineage_id else []
        initial: dict[str, Any] = {"changed": spoken_of}
        if answer is not None:
            initial = {
                "outcome": answer.outcome,
                "reason": answer.reason,
                "changed": answer.changed,
            }
        super().__init__(*args, initial=initial, auto_id="answer_%s", **kwargs)
        if self.is_bound and self.data.get("do") != "ready":
            self.fields["outcome"].required = self.fields["reason"].required = False
        posted = self.data.getlist("changed") if self.is_bound else initial["changed"]
        asked = self.data.get("find", "") if self.is_bound else ""
        found = search(choosable, asked)
        self.nothing_found = bool(asked.strip()) and not found
        offered = dict.fromkeys([*posted, *spoken_of, *found])
        self.fields["changed"].choices = [
            (id, label(choosable[id])) for id in offered if id in choosable
        ]

    @property
    def chosen(self) -> list[str]:
        """Only what is accepted changes the text."""
        said = self.cleaned_data
        return said["changed"] if said["outcome"] in CHANGES else []


class QuestionForm(PlainForm):
    """The answer to a question."""

    reason = Prose(
        rows=5,
        label=_("Answer, published at once"),
        help_text=_("We also send it to the author, if they left an address."),
        required=True,
        error_messages={"required": _("Write the answer.")},
    )


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
