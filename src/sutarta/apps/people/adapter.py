"""How allauth behaves here: nobody signs up by themselves; codes go out as our letters."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from sutarta.apps.mail import actions as mail


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

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing beside the page: „signed in as …“ is plain from the page itself."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the code as a letter of the group, like every other letter."""
        request = allauth_context.request
        facts = {"group": request.group, **context}
        mail.post(
            group=request.group,
            to=email,
            subject=render_to_string(f"{template_prefix}_subject.txt", facts),
            text=render_to_string(f"{template_prefix}_message.txt", facts),
            kind="sign_in",
            key=f"sign_in:{uuid7()}",
            language=get_language() or request.group.language,
            at=request.at,
        )
