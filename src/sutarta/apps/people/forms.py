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
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui.forms import PlainForm, PlainModelForm, RadioCards


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
            "four_eyes",
            "board_approves",
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("is_financed") and not said.get("project_number"):
            self.add_error(
                "project_number",
                _("Write the number of the project: it stands beside the emblem on every page."),
            )
        return said
