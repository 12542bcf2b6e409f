"""Number and short code, as somebody reads them from paper."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ui.forms import PlainForm
from sutarta.core.translog.entries import CODE_SIGNS

MISREAD = str.maketrans("OIL", "011")  # signs that are in no code, and what they are taken for
SIGNS = 16
NUMBER = re.compile(r"(?:nr|no|№)?[\s.]*([0-9]{1,9})\.?", re.IGNORECASE)


class CheckForm(PlainForm):
    """A printed receipt. Written small, in other groups or with an O for a 0, a code is read."""

    number = forms.CharField(
        label=_("Number"),
        help_text=_("Such as 65"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the number of the receipt.")},
    )
    code = forms.CharField(
        label=_("Short code"),
        help_text=_("Sixteen letters and digits"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Write the short code of the receipt.")},
    )

    def clean_number(self) -> int:
        match = NUMBER.fullmatch(self.cleaned_data["number"])
        if match is None:
            raise forms.ValidationError(_("A number has digits alone, such as 65."))
        return int(match[1])

    def clean_code(self) -> str:
        """The code as it is printed."""
        said = re.sub(r"[\W_]", "", self.cleaned_data["code"]).upper().translate(MISREAD)
        if len(said) != SIGNS or not set(said) <= set(CODE_SIGNS):
            raise forms.ValidationError(
                _("A short code has sixteen letters and digits, such as %(code)s.")
                % {"code": "7K2M-Q4TZ-90AB-XY31"}
            )
        return "-".join(said[at : at + 4] for at in range(0, SIGNS, 4))
