"""What staff type to ask for an erasure."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import ErasureAsker, ErasureScope
from sutarta.apps.ui.forms import PlainForm, RadioCards


class ErasureForm(PlainForm):
    """What to erase, who asks for it, and on what ground."""

    scope = forms.ChoiceField(
        label=_("What is to be erased?"),
        choices=ErasureScope.choices,
        widget=RadioCards(
            hints={
                ErasureScope.CONTACT: _("The words stay, without a name."),
                ErasureScope.WORDS: _("Only at the author’s wish or on a legal ground."),
            }
        ),
        error_messages={
            "required": _("Choose what to erase."),
            "invalid_choice": _("Choose what to erase."),
        },
    )
    asker = forms.ChoiceField(
        label=_("Who asks for it?"),
        choices=ErasureAsker.choices,
        widget=RadioCards,
        error_messages={
            "required": _("Choose who asks for it."),
            "invalid_choice": _("Choose who asks for it."),
        },
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("The author’s wish or the legal ground, without personal data: this is kept."),
        max_length=300,
        error_messages={"required": _("Write the ground.")},
    )
