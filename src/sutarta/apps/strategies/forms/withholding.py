"""What staff type to withhold a passage: which one, and why."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ui.forms import PlainForm


class WhichForm(PlainForm):
    """The passage, by the number printed beside it."""

    passage = forms.CharField(
        label=_("Number of the passage"),
        help_text=_("As it stands beside the passage on the public page: 2.4/3, for example."),
        max_length=40,
        error_messages={"required": _("Write the number of the passage.")},
    )


class ReasonForm(PlainForm):
    """Why its words are withheld; everybody reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "It stands where the words stood, and everybody reads it. Do not repeat what is "
            "withheld. For example: a person’s name and illness."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write the reason. Everybody will read it."),
            "max_length": _("The reason is too long: at most 300 characters."),
        },
    )
