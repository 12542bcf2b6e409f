"""What staff type to answer: the answer, reusable texts, the board's decision, a correction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.desk import label, search
from sutarta.apps.consultations.forms.running import Day
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Answer, Kind, Outcome, StandardText, Submission
from sutarta.apps.consultations.queries.answers import edition, filled
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards

CHANGES = {Outcome.ACCEPTED, Outcome.PARTLY}
PLACEHOLDERS = {"{nr}", "{passage}"}
IN_BRACES = re.compile(r"\{[^{}\n]*\}")


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
    apart = forms.BooleanField(
        label=_("Answer this one apart"),
        help_text=_("The others keep their answer, and this one gets its own."),
        required=False,
    )
    standard = forms.CharField(label=_("Put in a text"), required=False, widget=forms.Select)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    find = Line(label=_("Find another passage"), help_text=_("By its number or by words in it."))

    def __init__(
        self,
        *args: Any,
        submission: Submission,
        choosable: Mapping[str, Passage],
        texts: Sequence[StandardText] = (),
        **kwargs: Any,
    ) -> None:
        answer: Answer | None = getattr(submission, "answer", None)
        spoken_of = [submission.lineage_id] if submission.lineage_id else []
        initial: dict[str, Any] = {"changed": spoken_of}
        self.texts = {str(one.pk): one for one in texts}
        if answer is not None:
            initial = {
                "outcome": answer.outcome,
                "reason": answer.reason,
                "changed": answer.changed,
                "apart": answer.is_apart,
                "seen": edition(answer),
            }
        super().__init__(*args, initial=initial, auto_id="answer_%s", **kwargs)
        self.fields["standard"].widget.choices = [
            ("", _("Choose a text")),
            *((key, one.title) for key, one in self.texts.items()),
        ]
        if not texts:
            del self.fields["standard"]
        if submission.bundle_id is None:
            del self.fields["apart"]
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
        if submission.version_id is None:  # an idea speaks of no words that could change
            del self.fields["changed"], self.fields["find"]

    def full_clean(self) -> None:
        """A draft may be half written; what is shown again still says what an answer needs."""
        super().full_clean()
        self.fields["outcome"].required = self.fields["reason"].required = True

    def put_in(self, submission: Submission) -> None:
        """Put the chosen text at the end of what is typed."""
        standard = self.texts.get(self.data.get("standard", ""))
        if standard is None:
            self.full_clean()
            self.add_error("standard", _("Choose a text."))
            return
        typed = self.data.get("reason", "").rstrip()
        text = filled(standard, submission)
        self.data = self.data.copy()
        self.data["reason"] = f"{typed}\n\n{text}" if typed else text

    def look_again(self, answer: Answer) -> None:
        """What comes back knows of the newer writing, so that it may knowingly be replaced."""
        self.data = self.data.copy()
        self.data["seen"] = edition(answer)

    @property
    def said(self) -> dict[str, Any]:
        """As actions.answering takes it."""
        said = self.cleaned_data
        return {
            "outcome": said["outcome"],
            "reason": said["reason"],
            "changed": self.chosen,
            "apart": said.get("apart", False),
            "seen": said["seen"],
        }

    @property
    def chosen(self) -> list[str]:
        """Only what is accepted changes the text."""
        said = self.cleaned_data
        return said.get("changed", []) if said["outcome"] in CHANGES else []


class QuestionForm(PlainForm):
    """The answer to a question."""

    reason = Prose(
        rows=5,
        label=_("Answer, published at once"),
        help_text=_("We also send it to the author, if they left an address."),
        required=True,
        error_messages={"required": _("Write the answer.")},
    )


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _need(self, "title", _("Write a title, so that you find the text again."))
        _need(self, "text", _("Write the text."))


class BoardForm(PlainForm):
    """When the board approved the answers, and by which resolution."""

    decided_on = Day(label=_("Date of the meeting"))
    resolution = Line(
        label=_("Resolution"), max_length=120, help_text=_("Its number, such as V-12.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _need(self, "resolution", _("Write which resolution it was, such as its number."))


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


def _need(form: PlainForm, name: str, message: Any) -> None:
    """Make a field of ours, which are optional by themselves, a required one."""
    form.fields[name].required = True
    form.fields[name].error_messages["required"] = message
