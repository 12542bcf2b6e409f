"""What residents type. Whatever is wrong, all of it stays in the form."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import OF_IDEA_CALLS, Kind
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.queries.sealed import PARTS
from sutarta.apps.consultations.rules.speaking import LONGEST
from sutarta.apps.ui.forms import PlainForm, RadioCards, SharedSelect

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ON_PASSAGES = {Kind.COMMENT, Kind.WORDING}

TOO_LONG = ngettext_lazy(
    "At most %(limit_value)d characters fit here, and there is %(show_value)d. "
    "Send a longer text by e-mail.",
    "At most %(limit_value)d characters fit here, and there are %(show_value)d. "
    "Send a longer text by e-mail.",
    "show_value",
)
NO_WEB_LINK = _("Copy the whole address, beginning with https://.")
NO_MOMENT = {
    "required": _("Choose the day and hour."),
    "invalid": _("Write the day and hour, such as 2026-11-10 09:00."),
}


class Prose(forms.CharField):
    """A text of several lines: line ends made alike, control characters left out."""

    def __init__(self, *, rows: int, **facts: Any) -> None:
        facts.setdefault("required", False)
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=LONGEST, widget=widget, **facts)
        self.error_messages["max_length"] = TOO_LONG
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = TOO_LONG

    def to_python(self, value: Any) -> str:
        return super().to_python(tidy(value))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength: a browser would cut off what is pasted without a word."""
        return {}


class Line(forms.CharField):
    """A text of one line."""

    def __init__(self, **facts: Any) -> None:
        facts.setdefault("required", False)
        super().__init__(**facts)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(tidy(value)).split())


class WebLink(forms.URLField):
    """A whole address of the web; "" for none."""

    def __init__(self, **facts: Any) -> None:
        facts = {"required": False, "max_length": 500, "assume_scheme": "https", **facts}
        super().__init__(**facts, error_messages={"invalid": NO_WEB_LINK})

    def clean(self, value: Any) -> str:
        link: str = super().clean(value)
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(NO_WEB_LINK)
        return link


class Moment(forms.DateTimeField):
    """A day and hour of the group's clock."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(**facts, widget=widget, error_messages=NO_MOMENT)


class _Shared(forms.ChoiceField):
    """Its choices are never changed, so that every form may have the same."""

    __deepcopy__ = forms.Field.__deepcopy__  # type: ignore[assignment]


class Choice(_Shared):
    """One of several on cards. Whoever picks nothing gets the first, so nothing is required."""

    widget = RadioCards

    def clean(self, value: Any) -> str:
        return super().clean(value or self.initial)


class LanguageField(_Shared):
    """The language of what is written, by its name in itself; "" for the usual one.

    usual   what stands for that
    """

    widget = SharedSelect

    def __init__(self, *, usual: Any, **facts: Any) -> None:
        choices = [("", usual), *tongues.LANGUAGES.items()]
        super().__init__(choices=choices, required=False, **facts)
        self.error_messages["invalid_choice"] = _("Choose a language from the list.")


def tidy(value: Any) -> Any:
    """Text as we store it: "\\n" between lines, no control characters."""
    if not isinstance(value, str):
        return value
    return _INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


class TextForm(PlainForm):
    """The words alone: what is said, or the wording proposed and why."""

    proposed = Prose(
        rows=6,
        label=_("New wording"),
        help_text=_("Change the words here so that they read as they should."),
    )
    body = Prose(rows=7, label=_("What do you want to say?"))
    why = Prose(rows=4, label=_("Why would that be better?"))
    place = Line(
        label=_("Where exactly?"),
        max_length=200,
        help_text=_("A street, a yard, a bus stop. Please not where you live."),
    )

    def __init__(self, *args: Any, kind: str, passage: Passage | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.passage = kind, passage
        if kind == Kind.WORDING:
            self.needed = "proposed"
            del self.fields["body"]
        else:
            self.needed = "body"
            del self.fields["proposed"], self.fields["why"]
            self.fields["body"].label = LABELS[kind]
            self.fields["body"].help_text = _(
                "In your own words. Please leave out other people’s names and illnesses."
            )
        if kind not in OF_IDEA_CALLS:
            del self.fields["place"]
        self.fields[self.needed].required = True
        self.fields[self.needed].error_messages["required"] = NEEDED[kind]

    def clean_proposed(self) -> str:
        """A proposal must change something; white space does not count."""
        proposed = self.cleaned_data["proposed"]
        if self.passage and proposed.split() == self.passage.text.split():
            raise forms.ValidationError(
                _("The wording is still the same. Change the words, or leave a comment instead.")
            )
        return proposed

    @property
    def text(self) -> Text:
        said = self.cleaned_data
        return Text(*(said.get(part, "") for part in PARTS))


LABELS = {
    Kind.COMMENT: _("Your comment"),
    Kind.GENERAL: _("Your proposal"),
    Kind.QUESTION: _("Your question"),
    Kind.NEED: _("What is lacking, or does not work?"),
    Kind.IDEA: _("What should there be?"),
}
NEEDED = {
    Kind.COMMENT: _("Write your comment."),
    Kind.WORDING: _("Write how the words should read."),
    Kind.GENERAL: _("Write your proposal."),
    Kind.QUESTION: _("Write your question."),
    Kind.NEED: _("Write what is lacking."),
    Kind.IDEA: _("Write your idea."),
}


class SpeakingForm(TextForm):
    """The words, and what the author tells about themselves: all of that is optional."""

    OWN, ORGANISATION = "own", "organisation"

    behalf = Choice(
        label=_("Who speaks?"),
        choices=[(OWN, _("I speak for myself")), (ORGANISATION, _("I speak for an organisation"))],
        initial=OWN,
    )
    organisation = Line(label=_("Name of the organisation"), max_length=200)
    author_name = Line(
        label=_("Your name"),
        max_length=120,
        help_text=_("First name, initials or whatever you like. You may leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    show_name = forms.BooleanField(
        label=_("Show my name in the register"),
        required=False,
        help_text=_("Otherwise we write “Resident”."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "We will send the number, the link and the answer. The address is never published."
        ),
        error_messages={"invalid": _("Write the whole e-mail address, such as name@post.lt.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = LanguageField(
        label=_("Language of your words"), usual=_("The language of this page")
    )
    # A field that people do not see and many robots fill in.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        by_organisation = said.get("behalf") == self.ORGANISATION
        if by_organisation and "organisation" in said and not said["organisation"]:
            self.add_error("organisation", _("Write the name of the organisation."))
        return said

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Only robots write here. Empty this field and send again.")
            )
        return ""

    @property
    def words(self) -> Words:
        """What was typed, for the action; only when the form is valid."""
        said = self.cleaned_data
        text = self.text
        by_organisation = said["behalf"] == self.ORGANISATION
        return Words(
            kind=str(self.kind),
            body=text.body,
            proposed=text.proposed,
            why=text.why,
            lineage_id=self.passage.id if self.passage else "",
            author_name=said["author_name"],
            organisation=said["organisation"] if by_organisation else "",
            show_name=said["show_name"],
            email=said["email"],
        )
