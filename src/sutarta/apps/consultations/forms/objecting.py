"""What readers type to report a text, authors to ask for a review, staff to settle either."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.actions.objecting import LONGEST
from sutarta.apps.consultations.forms.speaking import Prose
from sutarta.apps.consultations.models import ObjectionReason
from sutarta.apps.ui.forms import PlainForm, RadioCards


class Words(Prose):
    """A few sentences."""

    def clean(self, value: Any) -> str:
        words = super().clean(value)
        if len(words) > LONGEST:
            raise forms.ValidationError(
                ngettext(
                    "At most %(limit)d character fits here.",
                    "At most %(limit)d characters fit here.",
                    LONGEST,
                )
                % {"limit": LONGEST}
            )
        return words


class ReportForm(PlainForm):
    """What is wrong with a public text."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=ObjectionReason.choices,
        widget=RadioCards,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    said = Words(
        rows=4,
        label=_("In your own words"),
        help_text=_("Only staff read it. Please leave out your own and other people’s data."),
    )
    # A field that people do not see and many robots fill in.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("reason") == ObjectionReason.OTHER and not said.get("said", "x"):
            self.add_error("said", _("Write what is wrong."))
        return said

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Only robots write here. Empty this field and send again.")
            )
        return ""


class ReviewForm(PlainForm):
    """Why the author does not agree."""

    said = Words(
        rows=5,
        label=_("Why do you not agree?"),
        required=True,
        error_messages={"required": _("Write why you do not agree.")},
    )


class SettleForm(PlainForm):
    """How an objection ended."""

    YES, NO = "yes", "no"

    upheld = forms.ChoiceField(
        label=_("Does anything change because of it?"),
        choices=[(YES, _("Yes, it was right")), (NO, _("No, it stays as it is"))],
        widget=RadioCards,
        error_messages={"required": _("Choose whether anything changes.")},
    )
    explanation = Words(
        rows=3,
        label=_("Explanation"),
        help_text=_("The author of a text under review reads it."),
        required=True,
        error_messages={"required": _("Write how you decided and why.")},
    )

    def __init__(self, *args: Any, key: object = "", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"settle_{key}_%s", **kwargs)
