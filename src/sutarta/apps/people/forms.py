"""Questions of signing in and of the account's safety, of who works here, and of the group."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.models import Role
from sutarta.apps.tenants import accent as accents
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui.forms import PlainForm, PlainModelForm, RadioCards
from sutarta.formats import uploads

BAD_MARKS = {
    "empty": _("The file is empty."),
    "too_large": _("The picture is too large: at most 2 MB."),
    "drawing": _("A drawing (SVG) can carry a script, so we do not take it. Save it as PNG."),
    "unknown": _("This is no picture we can show. Save it as PNG or JPEG."),
    "old_office": _("This is no picture we can show. Save it as PNG or JPEG."),
    "heic": _("This picture is in the HEIC format. Save it as JPEG."),
    "too_many_pixels": _("The picture is too large: at most 50 million pixels. Make it smaller."),
    "too_slow": _("The picture took too long to look through. Make it smaller."),
    "too_hungry": _("The picture took too much memory to look through. Make it smaller."),
    "broken": _("The file is damaged or cut short. Save it anew and send it again."),
}


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


def _code(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        error_messages={"required": _("Write the code.")},
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class AppCodeForm(ActivateTOTPForm):
    """The first code of an app, which shows that it was set up rightly."""

    code = _code(_("The six digits the app shows now"))


class SecondStepForm(AuthenticateForm):
    """After the e-mail code: the code of the app, or one of the spare codes."""

    code = _code(_("Code of the app, or a spare code"))


class AgainForm(ReauthenticateForm):
    """The same, before something that concerns safety."""

    code = _code(_("Code of the app, or a spare code"))


class KeyForm(AddWebAuthnForm):
    """A new passkey; always one that signs in by itself."""

    name = forms.CharField(
        label=_("What shall we call this key?"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "ds-input"}),
    )
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)


class MemberForm(PlainForm):
    """Somebody new on the staff, or a further role."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=120,
        error_messages={"required": _("Write the name: colleagues see who did what.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Write the e-mail address: the sign-in code goes there."),
            "invalid": _("Write the whole e-mail address, for example vardas@pastas.lt."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.MODERATOR,
        widget=RadioCards(
            hints={
                Role.COORDINATOR: _("Does everything and decides who works here."),
                Role.EDITOR: _("Brings in files, makes versions, runs consultations."),
                Role.MODERATOR: _("Registers and checks proposals, writes answers."),
                Role.AUDITOR: _("Reads everything at the desk, changes nothing."),
            }
        ),
    )


class GroupForm(PlainModelForm):
    """What the group says of itself on every page, and how it decides."""

    class Meta:
        model = Group
        fields = (
            "name",
            "short_name",
            "municipality",
            "address",
            "office_hours",
            "phone",
            "email",
            "is_financed",
            "project_number",
            "records_until",
            "four_eyes",
            "board_approves",
        )
        widgets = {"records_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "records_until": _("The page on privacy names this day. Leave it empty until the "
                               "programme has told you."),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("is_financed") and not said.get("project_number"):
            self.add_error(
                "project_number",
                _("Write the number of the project: it stands beside the emblem on every page."),
            )
        return said


class ColourForm(PlainForm):
    """The group's own colour, or ours. `.colour` is what was chosen, "" for ours."""

    whose = forms.ChoiceField(
        label=_("Colour of links, buttons and headings"),
        choices=[("OURS", _("As Sutarta has it")), ("OWN", _("Our own colour"))],
        widget=RadioCards,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    accent = forms.CharField(
        label=_("Our own colour"),
        max_length=7,
        error_messages={"required": _("Write the colour as # and six signs, such as #2b6e3f.")},
        help_text=_("Press it to choose, or write its code, for example #2b6e3f."),
        widget=forms.TextInput(attrs={"type": "color", "class": "colour"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = ""  # the nearest colour that can be read
        if self.is_bound and self.data.get("whose") != "OWN":
            self.fields["accent"].required = False

    def clean_accent(self) -> str:
        said: str = self.cleaned_data["accent"].strip().lower()
        return said if said.startswith("#") or not said else f"#{said}"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("whose") == "OWN" and "accent" in said:
            self._look_at(said["accent"])
        return said

    def _look_at(self, colour: str) -> None:
        if not accents.is_colour(colour):
            self.add_error("accent", _("Write the colour as # and six signs, such as #2b6e3f."))
        elif why := accents.fault(colour):
            self.offered = accents.nearest(colour)
            self.add_error("accent", accents.REASONS[why])

    @property
    def colour(self) -> str:
        said = self.cleaned_data
        return said["accent"] if said["whose"] == "OWN" else ""


class MarkForm(PlainForm):
    """The group's own mark. Valid, `.picture` is a small square PNG."""

    mark = forms.FileField(
        label=_("Picture of the mark"),
        help_text=_("PNG, JPEG or WebP, at most 2 MB. Best a square of at least 200 pixels."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": BAD_MARKS["empty"],
            "missing": _("Choose a file."),
        },
    )

    def clean_mark(self) -> Any:
        file = self.cleaned_data["mark"]
        if file.size > uploads.MAX_MARK:
            raise forms.ValidationError(BAD_MARKS["too_large"])
        data = file.read()
        if _is_drawing(data):
            raise forms.ValidationError(BAD_MARKS["drawing"])
        try:
            self.picture = uploads.mark_safely(data)
        except uploads.Refused as refused:
            reason = BAD_MARKS.get(refused.code, BAD_MARKS["broken"])
            raise forms.ValidationError(reason) from refused
        return file


def _is_drawing(data: bytes) -> bool:
    return b"<svg" in data[:2000].lower()
