"""What staff type about one submission: what the public sees, the answer, why it is taken late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Answer, Outcome, Submission, Visibility
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards
from sutarta.core.text import excerpt, matches, search_text

MATCHES = 12  # passages offered for one search
CHANGES = {Outcome.ACCEPTED, Outcome.PARTLY}


class ModerationForm(PlainForm):
    """What the public sees of a submission."""

    visibility = forms.ChoiceField(
        label=_("What does the public see?"),
        choices=[
            (Visibility.PUBLIC, _("The text as it is")),
            (Visibility.REDACTED, _("The text with covered places")),
            (Visibility.HIDDEN, _("No text, only the number")),
            (Visibility.SET_ASIDE, _("Nothing: it is spam or abuse")),
        ],
        widget=RadioCards(
            hints={
                Visibility.REDACTED: _("Cover names and illnesses of other people below."),
                Visibility.HIDDEN: _("It is still answered, and its author is told why."),
                Visibility.SET_ASIDE: _("It is counted, and needs no answer. Can be taken back."),
            }
        ),
        error_messages={"required": _("Choose what the public sees.")},
    )
    public_body = Prose(rows=6, label=_("Public text"))
    public_proposed = Prose(rows=6, label=_("Public text of the proposed wording"))
    public_why = Prose(rows=4, label=_("Public text of the reason"))
    reason = Prose(
        rows=2,
        label=_("Reason"),
        help_text=_("Needed unless the text is published as it is. We tell it to the author."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        shown = submission.visibility == Visibility.REDACTED
        initial = {
            "seen": submission.digest,
            **{
                f"public_{part}": getattr(submission, f"public_{part}" if shown else part)
                for part in ("body", "proposed", "why")
            },
        }
        if submission.visibility != Visibility.CHECKING:
            initial["visibility"] = submission.visibility
        super().__init__(*args, initial=initial, auto_id="moderation_%s", **kwargs)
        for part in ("body", "proposed", "why"):
            if not getattr(submission, part):
                del self.fields[f"public_{part}"]

    def look_again(self, submission: Submission) -> None:
        """The page that comes back shows the text as it is now, so that one may be decided on."""
        self.data = self.data.copy()
        self.data["seen"] = submission.digest

    @property
    def public(self) -> Text:
        said = self.cleaned_data
        parts = (said.get(f"public_{part}", "") for part in ("body", "proposed", "why"))
        return Text(*parts)


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
