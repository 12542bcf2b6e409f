"""What a coordinator types about a witness."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Line
from sutarta.apps.ledger.models import Witness
from sutarta.apps.ui.forms import PlainForm
from sutarta.core.translog import BadNote, Verifier
from sutarta.core.translog.notes import COSIGNATURE


class WitnessForm(PlainForm):
    """Who witnesses, and with which key. Valid, `.cleaned_data["key"]` is the key itself.

    taken   printed keys that count already
    """

    name = Line(
        label=_("Who is it?"),
        max_length=160,
        help_text=_("Such as “Alksniai library”. Everybody can read it."),
    )
    key = Line(
        label=_("Their key"),
        max_length=250,
        help_text=_("The line that “sutarta witness” printed when it ran the first time."),
    )
    address = forms.URLField(
        label=_("Their page"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, such as https://biblioteka.lt.")},
    )

    def __init__(self, *args: Any, taken: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        for name, words in (
            ("name", _("Write who it is.")),
            ("key", _("Paste the line with the key.")),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = words
        self.fields["key"].widget.attrs.update(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        )

    def clean_key(self) -> Verifier:
        try:
            key = Verifier.parse(self.cleaned_data["key"])
        except BadNote as bad:
            raise forms.ValidationError(
                _("This is no key. Copy the whole line: a name, a plus sign, and what follows.")
            ) from bad
        if key.kind != COSIGNATURE:
            raise forms.ValidationError(
                _("This is the key of a log, not of a witness. Ask for the line of the witness.")
            )
        if str(key) in self.taken:
            raise forms.ValidationError(_("This witness is named already."))
        return key

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if address and not address.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["address"].error_messages["invalid"])
        return address

    @staticmethod
    def taken_by(witnesses: list[Witness]) -> frozenset[str]:
        return frozenset(one.public for one in witnesses)
