"""What staff choose and type about letters that came by mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.settling import NOT_SUBMISSIONS
from sutarta.apps.consultations.forms.speaking import Line, Prose
from sutarta.apps.consultations.models import Consultation, Reason
from sutarta.apps.ui.forms import PlainForm, RadioCards


class BelongsForm(PlainForm):
    """The consultation a letter belongs to; where there is one, there is nothing to choose."""

    consultation = forms.ChoiceField(
        label=_("Consultation"),
        error_messages={
            "required": _("Choose the consultation."),
            "invalid_choice": _("Choose the consultation."),
        },
    )

    def __init__(
        self, *args: Any, consultations: Sequence[Consultation], key: object = "", **kwargs: Any
    ) -> None:
        """consultations: those that take submissions, the likeliest first; key: of the letter."""
        super().__init__(*args, auto_id=f"belongs_{key}_%s", **kwargs)
        field = self.fields["consultation"]
        field.choices = [(str(one.number), one.title) for one in consultations]
        if len(consultations) == 1:
            field.widget = forms.HiddenInput()
            field.initial = str(consultations[0].number)
        self.only = consultations[0] if len(consultations) == 1 else None


class AsideForm(PlainForm):
    """Why a letter is no submission."""

    reason = forms.ChoiceField(
        label=_("Why is it no submission?"),
        choices=[(code, Reason(code).label) for code in NOT_SUBMISSIONS],
        widget=RadioCards,
        error_messages={
            "required": _("Choose why it is no submission."),
            "invalid_choice": _("Choose why it is no submission."),
        },
    )
    why = Line(label=_("In your own words"), max_length=300)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reason") == Reason.OTHER and not said.get("why"):
            self.add_error("why", _("Write why it is no submission."))
        return said


class TakeOutForm(PlainForm):
    """What somebody takes out a letter as it came for."""

    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=300,
        help_text=_("Who took it out, when and what for is kept."),
        error_messages={"required": _("Write why you open it.")},
    )


class TypeInForm(PlainForm):
    """The words of a letter that no program could read."""

    body = Prose(
        rows=6,
        label=_("What the letter says"),
        required=True,
        error_messages={"required": _("Write what they say.")},
    )
