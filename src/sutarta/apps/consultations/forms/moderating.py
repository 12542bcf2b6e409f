"""What staff type when they decide what the public sees, and why they open what is sealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.consultations.queries import moderating as queries
from sutarta.apps.consultations.queries import sealed
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.queries.sealed import PARTS
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards

COVER = "cover"  # name of the button that covers what is ticked


class ModerationForm(PlainForm):
    """What the public sees of a submission.

    `cover` offers the words that may point to a person: ticked and sent with the button "cover",
    they are covered in the public text, so that nobody needs a script. `anyway` and `despite`
    are asked for when what would be public still points to somebody.
    """

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
    cover = forms.MultipleChoiceField(
        label=_("Words that may point to a person"),
        help_text=_("Tick what to cover. What does no harm may stay."),
        required=False,
        widget=CheckCards,
    )
    public_body = Prose(rows=6, label=_("Public text"))
    public_proposed = Prose(rows=6, label=_("Public text of the proposed wording"))
    public_why = Prose(rows=4, label=_("Public text of the reason"))
    public_place = Line(label=_("Public words for the place"), max_length=200)
    reason = Prose(
        rows=2,
        label=_("Reason"),
        help_text=_("Needed unless the text is published as it is. We tell it to the author."),
    )
    anyway = forms.BooleanField(label=_("Publish it anyway"), required=False)
    despite = Line(
        label=_("Why it may be published"),
        help_text=_(
            "For example: the author speaks of themselves and wants it so. Only staff see it."
        ),
        max_length=300,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, submission: Submission, opened: bool = False, **kwargs: Any
    ) -> None:
        self.submission = submission
        words = self._words(opened)
        initial: dict[str, Any] = {"seen": submission.digest}
        initial |= {f"public_{part}": getattr(words, part) for part in PARTS}
        if submission.visibility != Visibility.CHECKING:
            initial["visibility"] = submission.visibility
        super().__init__(*args, initial=initial, auto_id="moderation_%s", **kwargs)
        self.is_blind = not self.is_bound and not any(initial[f"public_{one}"] for one in PARTS)
        for part in PARTS:
            if self.is_blind or not getattr(submission, part):
                del self.fields[f"public_{part}"]
        self.look(words)

    def _words(self, opened: bool) -> Text:
        """What to begin with: nothing sealed, unless it was just opened."""
        if opened and self.submission.visibility != Visibility.REDACTED:
            return sealed.original(self.submission)
        return sealed.words_for_desk(self.submission)

    def look(self, words: Text) -> None:
        """Offer to cover what may point to a person in these words; without any, ask nothing."""
        found = queries.looks(self.submission, words)
        posted = self.data.getlist("cover") if self.is_bound else []
        offered = {look.words: f"{look.words} – {look.label}" for look in found}
        offered = {**dict.fromkeys(posted, ""), **offered}
        self.fields["cover"].choices = [(words, label or words) for words, label in offered.items()]
        self.covers = {look.words: look.cover for look in found}

    @property
    def wants_covering(self) -> bool:
        return self.is_bound and self.data.get("do") == COVER

    @property
    def is_warned(self) -> bool:
        """Whether to ask once more before it is published."""
        return self.is_bound and bool({"anyway", "despite"} & set(self.errors))

    def warn(self) -> None:
        """What would be public points to somebody: say so beside the words of now."""
        self.look(self.public)
        self.add_error(
            "anyway",
            _("What stays may still point to one person. Cover more, or publish it anyway."),
        )

    def covered(self) -> None:
        """Cover what is ticked in the text that came, and let the person go on from there."""
        self.look(sealed.original(self.submission))
        data = self.data.copy()
        for part in PARTS:
            text = data.get(f"public_{part}", "")
            for words in data.getlist("cover"):
                text = text.replace(words, covering.mark(self.covers.get(words, covering.OTHER)))
            data[f"public_{part}"] = text
        data["visibility"] = Visibility.REDACTED
        data.setlist("cover", [])
        self.data = data
        self._errors = {}
        self.look(self.shown)

    @property
    def shown(self) -> Text:
        """The public text as it stands in the form."""
        return Text(*(self.data.get(f"public_{part}", "") for part in PARTS))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("anyway") and not said.get("despite"):
            self.add_error("despite", _("Write why it may be published."))
        return said

    def look_again(self, submission: Submission) -> None:
        """The page that comes back shows the text as it is now, so that one may be decided on."""
        self.data = self.data.copy()
        self.data["seen"] = submission.digest

    @property
    def public(self) -> Text:
        """What the public would read."""
        said = self.cleaned_data
        if said.get("visibility") == Visibility.PUBLIC:
            return sealed.original(self.submission)
        return Text(*(said.get(f"public_{part}", "") for part in PARTS))

    @property
    def despite_warning(self) -> str:
        said = self.cleaned_data
        return said["despite"] if said["anyway"] else ""


class OpeningForm(PlainForm):
    """Why somebody opens a sealed original."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="opening_%s", **kwargs)

    why = forms.CharField(
        label=_("Why do you open it?"),
        help_text=_("Kept with your name and the time."),
        max_length=300,
        error_messages={"required": _("Write why you open it.")},
    )
