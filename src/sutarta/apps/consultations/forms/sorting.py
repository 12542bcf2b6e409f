"""What staff type to keep order: many submissions at once, notes, tags, whose work it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import bulk
from sutarta.apps.consultations.actions.filters import LONGEST_NAME
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.people.models import User
from sutarta.apps.ui.forms import PlainForm


class ToField(forms.ChoiceField):
    """Somebody of the desk, or nobody; cleaned to the person or None."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(required=False, label=_("Whose work"), **facts)
        self.people: dict[str, User] = {}

    def offer(self, people: Iterable[User]) -> None:
        self.people = {str(one.pk): one for one in people}
        names = [(key, str(one)) for key, one in self.people.items()]
        self.choices = [("", _("Nobody")), *names]

    def clean(self, value: Any) -> User | None:
        return self.people.get(super().clean(value))


class TagLine(Line):
    """A tag, typed or chosen from those there are."""

    def __init__(self) -> None:
        attrs = {"list": "known-tags", "autocomplete": "off", "maxlength": 40}
        super().__init__(label=_("Tag"), max_length=40, widget=forms.TextInput(attrs=attrs))


class BulkForm(PlainForm):
    """One thing for all that is ticked.

    `ticked` holds "number:beginning of the digest"; `everything` means all that was found,
    also on other pages.
    """

    everything = forms.BooleanField(required=False)
    reason = Prose(
        rows=2,
        label=_("Reason, one for all"),
        help_text=_("It goes to the authors whose address is known."),
    )
    tag = TagLine()
    to = ToField()

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="bulk_%s", **kwargs)
        self.fields["to"].offer(people)

    @property
    def ticked(self) -> list[str]:
        return self.data.getlist("ticked") if self.is_bound else []

    @property
    def seen(self) -> dict[int, str]:
        """Number -> beginning of the digest, of what was ticked; nonsense is left out."""
        pairs = (one.partition(":") for one in self.ticked)
        return {
            int(number): digest
            for number, _colon, digest in pairs
            if number.isascii() and number.isdecimal() and len(number) < 10 and digest
        }

    @property
    def wish(self) -> bulk.Wish:
        said = self.cleaned_data
        entered = "tag" if said["tag"] else ""  # the Enter key in the field of a tag
        return bulk.Wish(
            kind=self.data.get("do") or entered,
            reason=said["reason"],
            tag=said["tag"],
            to=said["to"],
            seen={} if said["everything"] else self.seen,
        )


class KeepForm(PlainForm):
    """The name under which somebody keeps a view of the list."""

    name = Line(
        label=_("Name of the view"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_NAME}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="keep_%s", **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Write a name for the view.")


class NoteForm(PlainForm):
    """A note for colleagues."""

    text = Prose(
        rows=2,
        label=_("Note for colleagues"),
        required=True,
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="note_%s", **kwargs)


class TagForm(PlainForm):
    """A tag for one submission."""

    tag = TagLine()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="tag_%s", **kwargs)


class AssignForm(PlainForm):
    """Whose work one submission is."""

    to = ToField()

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="assign_%s", **kwargs)
        self.fields["to"].offer(people)
