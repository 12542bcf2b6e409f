"""How allauth behaves here: nobody signs up by themselves; codes go out as our letters."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from sutarta.apps.mail import actions as mail
from sutarta.apps.people.models import User
from sutarta.apps.tenants import queries as groups

KINDS = {"account/email/login_code": "sign_in"}


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code we sent. Check the letter once more."),
        "too_many_login_attempts": _("Too many tries. Wait a little and ask for a new code."),
        "rate_limited": _("Too many tries. Wait a little and ask for a new code."),
        "account_inactive": _("This account has been closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey is asked for first: it is one press."""
        ways = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing beside the page: „signed in as …“ is plain from the page itself."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post a code or a warning as a letter of the group, like every other letter."""
        request = allauth_context.request
        facts = {
            "group": request.group,
            "group_address": groups.address(request.group),
            **context,
        }
        mail.post(
            group=request.group,
            to=email,
            subject=render_to_string(f"{template_prefix}_subject.txt", facts).strip(),
            text=render_to_string(f"{template_prefix}_message.txt", facts),
            kind=KINDS.get(template_prefix, "account"),
            key=f"account:{uuid7()}",
            language=get_language() or request.group.language,
            at=request.at,
        )


class SafetyAdapter(DefaultMFAAdapter):
    """Passkeys and codes of an app, in our words; their secrets are stored encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not work. Check the code, or try the key once more."),
        "cannot_generate_recovery_codes": _(
            "Spare codes are for those who have a passkey or an app for codes. Add one first."
        ),
    }

    def get_totp_issuer(self) -> str:
        return f"Sutarta, {allauth_context.request.group.short_name}"

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)s") % {"number": count + 1}


def _fernet() -> Fernet:
    """A cipher under a key of its own, made from the installation's key (RFC 5869)."""
    made = HKDF(SHA256(), 32, salt=None, info=b"sutarta.account.secrets/1")
    return Fernet(urlsafe_b64encode(made.derive(settings.SECRET_KEY.encode())))
