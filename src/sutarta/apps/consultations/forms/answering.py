"""What staff type around answers: reusable texts, the board's decision, a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.desk import CHANGES, label
from sutarta.apps.consultations.forms.running import Day
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Answer, Kind, Outcome, Submission
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards

PLACEHOLDERS = {"{nr}", "{passage}"}
IN_BRACES = re.compile(r"\{[^{}\n]*\}")


class TextForm(PlainForm):
    """One reusable text."""

    title = Line(
        label=_("Title"),
        max_length=120,
        help_text=_("Only you see it, in the list of texts."),
    )
    text = Prose(
        rows=5,
        label=_("Text"),
        help_text=_(
            "{nr} becomes the number of the submission, {passage} the number of its passage."
        ),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        strange = sorted(set(IN_BRACES.findall(text)) - PLACEHOLDERS)
        if strange:
            raise forms.ValidationError(
                _("We do not know %(what)s. Only {nr} and {passage} are filled in.")
                % {"what": ", ".join(strange)}
            )
        return text

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("title") and "title" not in self.errors:
            self.add_error("title", _("Write a title, so that you find the text again."))
        if not said.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the text."))
        return said


class BoardForm(PlainForm):
    """When the board approved the answers, and by which resolution."""

    decided_on = Day(label=_("Date of the meeting"))
    resolution = Line(
        label=_("Resolution"), max_length=120, help_text=_("Its number, such as V-12.")
    )

    def clean_resolution(self) -> str:
        resolution: str = self.cleaned_data["resolution"]
        if not resolution:
            raise forms.ValidationError(_("Write which resolution it was, such as its number."))
        return resolution


class CorrectionForm(PlainForm):
    """New words for a published answer, and what was wrong with the old ones."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Outcome.choices,
        widget=RadioCards,
        error_messages={"required": _("Choose the outcome.")},
    )
    reason = Prose(
        rows=6,
        label=_("Reason, published"),
        required=True,
        error_messages={"required": _("Write the reason. It is published with the outcome.")},
    )
    changed = forms.MultipleChoiceField(
        label=_("What changes in the text"), required=False, widget=CheckCards
    )
    why = Prose(
        rows=2,
        label=_("Why is the answer corrected?"),
        help_text=_("Published beside it, and told to its author."),
        required=True,
        error_messages={
            "required": _("Write why the answer is corrected. It is published beside it.")
        },
    )

    def __init__(
        self,
        *args: Any,
        submission: Submission,
        choosable: Mapping[str, Passage],
        **kwargs: Any,
    ) -> None:
        answer: Answer = submission.answer
        initial = {"outcome": answer.outcome, "reason": answer.reason, "changed": answer.changed}
        super().__init__(*args, initial=initial, **kwargs)
        offered = dict.fromkeys([*answer.changed, submission.lineage_id])
        self.fields["changed"].choices = [
            (id, label(choosable[id])) for id in offered if id in choosable
        ]
        if submission.kind == Kind.QUESTION:
            del self.fields["outcome"], self.fields["changed"]
        elif not self.fields["changed"].choices:
            del self.fields["changed"]

    @property
    def said(self) -> dict[str, Any]:
        """As actions.correcting takes it; only what is accepted changes the text."""
        said = self.cleaned_data
        outcome = said.get("outcome", Outcome.NOTED)
        return {
            "outcome": outcome,
            "reason": said["reason"],
            "changed": said.get("changed", []) if outcome in CHANGES else [],
            "why": said["why"],
        }
