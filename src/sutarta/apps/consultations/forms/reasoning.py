"""Why passages changed, as staff say it for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.reasoning import NEEDS_NOTE
from sutarta.apps.consultations.causes import CAUSES
from sutarta.apps.consultations.forms.speaking import Line
from sutarta.apps.consultations.models import ChangeCause
from sutarta.apps.ui.forms import PlainForm, RadioCards


class ReasonForm(PlainForm):
    """One reason for all ticked changes; the ticks stand beside the changes on the page."""

    passages = forms.MultipleChoiceField(
        label=_("Changes"),
        error_messages={
            "required": _("Tick at least one change."),
            "invalid_choice": _("One of the ticked passages did not change. Look again."),
        },
    )
    cause = forms.ChoiceField(
        label=_("What caused the ticked changes?"),
        choices=[(code, CAUSES[code].word) for code in ChangeCause.values],
        widget=RadioCards,
        error_messages={"required": _("Choose what caused the change.")},
    )
    number = forms.IntegerField(
        label=_("Number of the proposal"),
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write the number alone, such as 17."),
            "min_value": _("Write the number alone, such as 17."),
            "max_value": _("Write the number alone, such as 17."),
        },
    )
    note = Line(
        label=_("One sentence for everybody"),
        help_text=_("What was decided or changed, by whom and when."),
        max_length=500,
    )
    link = forms.URLField(
        label=_("Link to the decision or the guidelines"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, such as https://www.e-tar.lt/…")},
    )

    def __init__(self, *args: Any, choosable: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="reason_%s", **kwargs)
        self.fields["passages"].choices = [(id, id) for id in choosable]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        cause = said.get("cause")
        if cause == ChangeCause.SUBMISSION and "number" in said and said["number"] is None:
            self.add_error("number", _("Write the number of the proposal."))
        if cause in NEEDS_NOTE and "note" in said and not said["note"]:
            self.add_error("note", _("Say in one sentence what was decided or changed, and when."))
        return said

    @property
    def ticked(self) -> set[str]:
        """What is ticked on the page that comes back."""
        if self.is_bound:
            return set(self.data.getlist("passages"))
        return set(self.initial.get("passages", ()))
