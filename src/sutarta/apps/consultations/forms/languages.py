"""What is typed in further languages: by staff, and by residents in the form of their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.queries.translations import PARTS
from sutarta.apps.consultations.tongues import Said
from sutarta.apps.ui.forms import PlainForm


class RenditionForm(PlainForm):
    """A consultation told in another language, or more plainly."""

    title = Line(
        label=_("Title"),
        max_length=200,
        help_text=_("Short: what it is about, in the words of those who will read it."),
    )
    text = Prose(
        rows=16,
        label=_("Text"),
        help_text=_("What is planned, where, for whom, what can still change, until when."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, needed in (("title", _("Write the title.")), ("text", _("Write the text."))):
            field = self.fields[name]
            field.required, field.error_messages["required"] = True, needed
            field.widget.attrs |= {"lang": language, "dir": tongues.direction(language)}


class FormWordsForm(PlainForm):
    """The places of the form, each beside its words in the languages of the site."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"lang": language, "dir": tongues.direction(language), "rows": 2}
        for name, place in tongues.PLACES.items():
            field = Line(label=place.hint, max_length=tongues.LONGEST)
            field.widget = forms.Textarea(attrs={**attrs, "class": "ds-input"})
            self.fields[name] = field

    def places(self) -> list[dict[str, object]]:
        """Each field with the words it stands for, in every language of the site."""
        return [{"field": self[name], "originals": tongues.originals(name)} for name in self.fields]


class TranslationForm(PlainForm):
    """A translation of the parts of a text that the public reads."""

    body = Prose(rows=8, label=_("What they say"))
    proposed = Prose(rows=6, label=_("New wording"))
    why = Prose(rows=4, label=_("Why"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, submission: Submission, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            if not getattr(submission, f"public_{part}"):
                del self.fields[part]
                continue
            field = self.fields[part]
            field.required = True
            field.error_messages["required"] = _("Translate each part of the text.")
            field.widget.attrs["lang"] = language

    @property
    def text(self) -> Text:
        return Text(**{part: self.cleaned_data.get(part, "") for part in PARTS})


@dataclass(frozen=True)
class TheirField:
    """A field with its words and errors, each in the language it stands in."""

    field: forms.BoundField
    label: Said
    hint: Said | None
    errors: list[Said]


class TheirForm(PlainForm):
    """A general proposal in a language of the group's own wording; errors in that language, too.

    said   place -> its words, from `tongues.wording`
    """

    body = Prose(rows=7, required=True)
    author_name = Line(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    show_name = forms.BooleanField(required=False)
    email = forms.EmailField(
        required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    # A field that people do not see and many robots fill in.
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, said: Mapping[str, Said], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        for name, words in THEIR_FIELDS.items():
            field = self.fields[name]
            field.help_text = said[words.hint].text if words.hint else ""
            for code, place in words.errors.items():
                field.error_messages[code] = said[place].text
        for name in ("body", "author_name"):
            attrs = {"lang": language, "dir": tongues.direction(language)}
            self.fields[name].widget.attrs |= attrs

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(self.said["leave_empty"].text)
        return ""

    def words(self, kind: str) -> Words:
        """What was typed, for the action; only when the form is valid."""
        typed = self.cleaned_data
        return Words(
            kind=kind,
            body=typed["body"],
            author_name=typed["author_name"],
            show_name=typed["show_name"],
            email=typed["email"],
        )

    def theirs(self) -> dict[str, TheirField]:
        """The fields as the page shows them."""
        return {
            name: TheirField(
                self[name],
                self.said[words.label],
                self.said[words.hint] if words.hint else None,
                [self._error(str(error)) for error in self[name].errors],
            )
            for name, words in THEIR_FIELDS.items()
        }

    def _error(self, text: str) -> Said:
        """An error is the words of one place; those of Django itself cannot come up."""
        return next((one for one in self.said.values() if one.text == text), Said(text, ""))


@dataclass(frozen=True)
class _Words:
    """Places of the words of a field: code of an error -> place for the errors."""

    label: str
    hint: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


TOO_LONG = {"max_length": "too_long", "null_characters_not_allowed": "text_needed"}
THEIR_FIELDS = {
    "body": _Words("text", "text_hint", {"required": "text_needed", **TOO_LONG}),
    "author_name": _Words("name", "name_hint", TOO_LONG),
    "show_name": _Words("show_name"),
    "email": _Words(
        "email",
        "email_hint",
        dict.fromkeys(("invalid", "max_length", "null_characters_not_allowed"), "email_wrong"),
    ),
    "website": _Words("leave_empty", "", {"null_characters_not_allowed": "leave_empty"}),
}
