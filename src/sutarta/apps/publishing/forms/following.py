"""What somebody types who wants to follow."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ui.forms import PlainForm


class AddressForm(PlainForm):
    """An address, and a field that people do not see and many robots fill in."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the whole e-mail address, such as name@post.lt."),
            "max_length": _("The address is too long."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                _("Only robots write here. Empty this field and send again.")
            )
        return ""
