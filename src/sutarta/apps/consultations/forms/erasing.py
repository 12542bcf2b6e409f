"""What staff type to ask for an erasure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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


OWN = {
    ErasureScope.CONTACT: _("My name and contact"),
    ErasureScope.ATTACHMENTS: _("My files"),
    ErasureScope.WORDS: _("Everything I said, with name, contact and files"),
}


class OwnErasureForm(PlainForm):
    """What the author wishes to have erased; only what there is can be chosen.

    held         scopes of which there is anything
    may_ask_now  whether this network may ask once more in this hour
    """

    scope = forms.ChoiceField(
        label=_("What shall we erase?"),
        widget=RadioCards(
            hints={
                ErasureScope.CONTACT: _(
                    "At once. Your words stay. We can write to you no longer, so keep the link "
                    "to this page: the answer will stand here."
                ),
                ErasureScope.ATTACHMENTS: _("A coordinator looks at it first, within a month."),
                ErasureScope.WORDS: _(
                    "A coordinator looks at it first, within a month. The number, the time and "
                    "our answer stay."
                ),
            }
        ),
        error_messages={
            "required": _("Choose what to erase."),
            "invalid_choice": _("Choose what to erase."),
        },
    )
    ground = forms.CharField(
        label=_("Why, if you wish to say"),
        help_text=_("Without personal data: this sentence is kept."),
        max_length=300,
        required=False,
    )

    def __init__(
        self, *args: Any, held: Iterable[str] = (), may_ask_now: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_ask_now = may_ask_now
        self.fields["scope"].choices = [(scope, OWN[ErasureScope(scope)]) for scope in held]

    def clean(self) -> dict[str, Any]:
        if not self.may_ask_now:
            raise forms.ValidationError(_("Too many requests came from your network. Try later."))
        return super().clean()
