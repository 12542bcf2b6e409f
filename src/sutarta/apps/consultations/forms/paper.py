"""What staff print, type in from sheets of paper, and put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.actions.paper import About
from sutarta.apps.consultations.forms.entering import CHANNELS, EntryForm
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Channel, Kind, Submission
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.consultations.queries.paper import BY_HAND
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules.paper import MOST_PRINTED
from sutarta.apps.ui.forms import PlainForm

WRONG_EMAIL = _("Write the whole e-mail address, such as name@post.lt.")
_PHONE = re.compile(r"\+?(?:[\s()/-]*\d){7,}\s*")  # a postal code has fewer digits
# What stands on other pages, is not asked for on paper, or is told here by `contact`.
ELSEWHERE = ("link", "dated", "taken", "left_out", "email", "phone", "post_address")
PICTURES = "image/*,application/pdf"  # a phone offers its camera for these


class PrintForm(PlainForm):
    """How many forms, and in which language."""

    count = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=MOST_PRINTED,
        initial=10,
        error_messages={
            "required": _("Write how many."),
            "invalid": _("Write how many."),
            "min_value": _("At least one."),
            "max_value": _("At most %(limit_value)s at once."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one, tongues.name_of(one)) for one in languages]


class Contact(Line):
    """An e-mail address, a telephone number, a postal address, or several after commas.

    Its value is an `About` with nothing else in it.
    """

    def clean(self, value: Any) -> About:
        line = super().clean(value)
        pieces = [piece.strip() for piece in re.split(r"[,;]", line)]
        emails = [piece for piece in pieces if "@" in piece]
        phones = [piece for piece in pieces if _PHONE.fullmatch(piece)]
        rest = [piece for piece in pieces if piece and piece not in emails and piece not in phones]
        if len(emails) > 1 or len(phones) > 1:
            raise ValidationError(_("Write one address and one number: answers go to one place."))
        for email in emails:
            EmailValidator(message=WRONG_EMAIL)(email)
        first = [*emails, ""][0], [*phones, ""][0]
        return About(email=first[0], phone=first[1], post_address=", ".join(rest))


def contact_of(submission: Submission) -> str:
    """The line one would type to reach its author."""
    said = (submission.email, submission.phone, submission.post_address.replace("\n", ", "))
    return ", ".join(filter(None, said))


class SheetForm(EntryForm):
    """One proposal from a sheet of paper, typed without lifting the hands from the keys.

    What seldom changes within a stack stands at the end and is remembered: the channel, when it
    came, the consultation.
    """

    code = Line(
        label=_("Code of the sheet"),
        max_length=20,
        help_text=_("Printed at the bottom. Empty: other paper."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    again = forms.BooleanField(
        label=_("Another proposal from the same sheet"), required=False, widget=forms.HiddenInput
    )
    contact = Contact(
        label=_("Where to answer"),
        max_length=400,
        help_text=_("E-mail, telephone or address; several with commas between them."),
    )
    sheet = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ELSEWHERE:
            del self.fields[name]
        self.fields["text"].help_text = _("As it stands on the sheet. One proposal, one entry.")
        self.fields["place"].label = _("Which meeting?")
        self.fields["place"].help_text = _("Only for notes of a meeting: where and when it was.")
        self.fields["channel"].choices = [(one, CHANNELS[one]) for one in BY_HAND]
        self.fields["text"].widget.attrs["rows"] = 6
        self.fields["files"].widget.attrs["accept"] = PICTURES
        self.before: list[int] = []  # numbers typed in from the same sheet already
        if not self.is_bound:
            self._begin_at("text" if self.initial.get("sheet") else "code")

    def _begin_at(self, name: str) -> None:
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
        self.fields[name].widget.attrs["autofocus"] = True

    def offer_again(self, numbers: Sequence[int]) -> None:
        """Ask whether it is one more from a sheet that is in the register already."""
        self.before = list(numbers)
        self.fields["again"].widget = forms.CheckboxInput()

    def clean_code(self) -> int | None:
        typed: str = self.cleaned_data["code"]
        if not typed:
            return None
        number = queries.number_of(typed)
        if number is None:
            raise ValidationError(_("Look at the code again: it is copied wrongly."))
        return number

    def clean(self) -> dict[str, Any]:
        # What the fields left out would say, for all that the form of an entry asks of them.
        self.cleaned_data |= {"email": "", "phone": "", "post_address": "", "message_id": ""}
        said = super().clean()
        said["about"] = said.get("contact") or About()
        return said

    @property
    def words(self) -> Any:
        about = self.cleaned_data["about"]
        self.cleaned_data |= {
            "email": about.email,
            "phone": about.phone,
            "post_address": about.post_address,
        }
        return super().words

    @property
    def origin(self) -> Origin:
        """The meeting it was said at; a sheet of paper comes from nowhere else."""
        is_meeting = self.cleaned_data["channel"] == Channel.MEETING
        return Origin(self.cleaned_data["place"]) if is_meeting else Origin()


class RetypeForm(PlainForm):
    """The words as they stand on the paper, and who wrote them."""

    text = Prose(
        rows=7,
        label=_("What they say"),
        required=True,
        error_messages={"required": _("Write what they say.")},
    )
    why = Prose(rows=3, label=_("Why would that be better?"))
    author_name = Line(label=_("Name"), max_length=120)
    show_name = forms.BooleanField(label=_("Show the name in the register"), required=False)
    organisation = Line(label=_("Organisation"), max_length=200)
    contact = Contact(label=_("Where to answer"), max_length=400)

    def __init__(self, *args: Any, submission: Submission, **kwargs: Any) -> None:
        self.submission = submission
        self.is_wording = submission.kind == Kind.WORDING
        kwargs.setdefault("initial", self._as_it_is())
        super().__init__(*args, **kwargs)
        if not self.is_wording:
            del self.fields["why"]

    def _as_it_is(self) -> dict[str, object]:
        its = self.submission
        return {
            "text": its.proposed if self.is_wording else its.body,
            "why": its.why,
            "author_name": its.author_name,
            "show_name": its.show_name,
            "organisation": its.organisation,
            "contact": contact_of(its),
        }

    @property
    def words(self) -> Text:
        """The words anew; the place of an idea stays."""
        said = self.cleaned_data
        place = self.submission.place
        if self.is_wording:
            return Text(proposed=said["text"], why=said["why"], place=place)
        return Text(said["text"], why=self.submission.why, place=place)

    @property
    def about(self) -> About:
        said, contact = self.cleaned_data, self.cleaned_data["contact"]
        return About(
            author_name=said["author_name"],
            organisation=said["organisation"],
            show_name=said["show_name"],
            email=contact.email,
            phone=contact.phone,
            post_address=contact.post_address,
        )
