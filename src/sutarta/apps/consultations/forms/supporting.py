"""Agreeing by e-mail, for those whose browser keeps no cookies."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ui.forms import PlainForm


class AddressForm(PlainForm):
    """Where the link goes."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We will send a link with a button. The address itself is not kept."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole e-mail address, such as name@post.lt."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
