"""The two questions of signing in by e-mail."""

from __future__ import annotations

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(RequestLoginCodeForm):
    """Who are you? allauth answers the same to known and unknown addresses."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole e-mail address, for example vardas@pastas.lt."),
        },
        widget=forms.EmailInput(attrs={"class": "ds-input", "autocomplete": "email"}),
    )


class CodeForm(ConfirmLoginCodeForm):
    """The code from the letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        error_messages={"required": _("Write the code from the letter.")},
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "one-time-code", "inputmode": "text"}
        ),
    )
