"""What coordinators type about a mailbox."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.mailboxes import Wanted
from sutarta.apps.mail import providers
from sutarta.apps.mail.models import IMAP_TLS_PORT, Door, SignIn
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui.forms import PlainForm

APP_PASSWORD = re.compile(r"[a-z]{4}( [a-z]{4}){3}")  # as Google shows it, in four groups
# No phone is to begin a name of a server with a capital, nor to offer its owner's own address.
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
ADDRESS = _("Write an address, such as info@town.lt.")


class AddressForm(PlainForm):
    """The address at which letters come."""

    address = forms.EmailField(
        label=_("Address"),
        help_text=_("The one people write to, such as info@town.lt."),
        max_length=254,
        widget=forms.EmailInput(attrs=PLAIN),
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
    )


class PasswordForm(PlainForm):
    """What opens a mailbox; never shown again."""

    password = forms.CharField(
        label=_("Password"),
        max_length=300,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the password.")},
    )

    def clean_password(self) -> str:
        """Without the spaces Google shows in an app password."""
        password: str = self.cleaned_data["password"]
        bare = password.strip()
        return bare.replace(" ", "") if APP_PASSWORD.fullmatch(bare) else password


class OpenForm(PasswordForm):
    """How a mailbox is reached. What is filled in is right for most."""

    address = forms.EmailField(widget=forms.HiddenInput, max_length=254)
    user = forms.CharField(
        label=_("User name"),
        max_length=254,
        help_text=_("Usually the whole address."),
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "email"}),
        error_messages={"required": _("Write the user name.")},
    )
    host = forms.CharField(
        label=_("IMAP server"),
        max_length=253,
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "url"}),
        error_messages={"required": _("Write the name of the server.")},
    )
    port = forms.IntegerField(
        label=_("Port"),
        min_value=1,
        max_value=65535,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    folder = forms.CharField(
        label=_("Folder"),
        max_length=200,
        widget=forms.TextInput(attrs=PLAIN),
        help_text=_("INBOX, unless a rule in the mailbox puts such letters elsewhere."),
    )
    since = forms.DateField(
        label=_("Take in letters from before today, too, since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left empty, only letters that come from now on are taken in."),
    )
    has_tags = forms.BooleanField(
        label=_("Letters to name+anything@… come to this mailbox as well"),
        required=False,
        help_text=_("Then each consultation has an address of its own without further work."),
    )
    field_order = (
        "address", "user", "password", "host", "port", "folder", "since", "has_tags",
    )  # fmt: skip

    def __init__(self, *args: Any, needs_password: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_password:
            for name in ("password", "user", "host", "port", "folder"):
                self.fields[name].required = False

    @classmethod
    def for_address(cls, address: str) -> OpenForm:
        """Filled in with what is known of its service."""
        known = providers.of(address)
        return cls(
            initial={
                "address": address,
                "user": address,
                "host": known.host,
                "port": IMAP_TLS_PORT,
                "folder": "INBOX",
                "has_tags": known.has_tags,
            }
        )

    def clean_password(self) -> str:
        return super().clean_password() if self.cleaned_data.get("password") else ""

    def wanted(self, group: Group, door: str, sign_in: str = SignIn.PASSWORD) -> Wanted:
        """The mailbox as typed; by a sign-in elsewhere, or at our own server, without password."""
        said = self.cleaned_data
        facts: dict[str, Any] = {
            "address": said["address"].lower(),
            "door": door,
            "sign_in": sign_in,
            "has_tags": said["has_tags"],
            "since": _start_of(said["since"], group),
        }
        if door == Door.IMAP:
            facts |= {"user": said["user"] or said["address"], "folder": said["folder"] or "INBOX"}
            if sign_in == SignIn.PASSWORD:
                facts |= {"host": said["host"], "port": said["port"], "secret": said["password"]}
            else:
                facts |= {"host": providers.BY_SIGN_IN[SignIn(sign_in)].host}
        return Wanted(**facts)


class AliasForm(PlainForm):
    """A further address, for one consultation."""

    address = forms.EmailField(
        label=_("Address"),
        max_length=254,
        help_text=_("Your provider must deliver it to this mailbox."),
        widget=forms.EmailInput(attrs=PLAIN),
        error_messages={"required": ADDRESS, "invalid": ADDRESS},
    )
    consultation = forms.TypedChoiceField(label=_("Consultation"), coerce=int)

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].choices = choices


def _start_of(day: Any, group: Group) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(group.zone)) if day else None
