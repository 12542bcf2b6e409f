"""Signing in with Google or Microsoft: they ask the owner, we get a token and no password.

Authorization code with PKCE (RFC 6749, section 4.1; RFC 7636). What is kept is the refresh token;
the token for the mailbox itself is asked for anew each time and never stored.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.conf import settings

from sutarta.apps.mail import tls
from sutarta.apps.mail.failures import REVOKED, UNKNOWN_APP, UNREACHABLE, Failing

PATIENCE = 15  # seconds
LONGEST = 100_000  # bytes of an answer
GONE = {"invalid_token", "invalid_grant"}  # it was taken back before
OVER = {"invalid_grant", "interaction_required", "consent_required", "login_required"}


@dataclass(frozen=True)
class Tokens:
    """What the service handed over.

    access    opens the mailbox for an hour or so
    refresh   gets new ones; "" when the one we have stays good
    """

    access: str
    refresh: str = ""


@dataclass(frozen=True)
class Asking:
    """One question to the owner of a mailbox, until it is answered.

    url        where the owner is sent
    state      comes back with the answer: what does not bring it answers another question
    verifier   proves that who asks for the tokens is who asked the question
    """

    url: str
    state: str
    verifier: str


def is_set_up(sign_in: str) -> bool:
    """Whether this installation is registered with the service."""
    return bool(settings.MAIL_SIGN_IN.get(sign_in, {}).get("id"))


def ask(sign_in: str, address: str, back: str) -> Asking:
    """A new question. `back` is where the owner is sent with the answer. Raises Failing."""
    service = _service(sign_in)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "client_id": service["id"],
        "response_type": "code",
        "redirect_uri": back,
        "scope": service["scope"],
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "login_hint": address,
        "access_type": "offline",  # Google's way to ask for a refresh token
        "prompt": "consent",
    }
    return Asking(f"{service['authorize']}?{urllib.parse.urlencode(asked)}", state, verifier)


def exchange(sign_in: str, code: str, verifier: str, back: str) -> Tokens:
    """Tokens for the code that came with the answer. Raises Failing, also without a refresh one."""
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "code_verifier": verifier,
        "redirect_uri": back,
    }
    tokens = _tokens(_service(sign_in), said)
    if not tokens.refresh:
        raise Failing(REVOKED)
    return tokens


def refresh(sign_in: str, token: str) -> Tokens:
    """New tokens for the one that is kept. Raises Failing."""
    said = {"grant_type": "refresh_token", "refresh_token": token}
    return _tokens(_service(sign_in), said)


def revoke(sign_in: str, token: str) -> None:
    """Have the service forget the permission (RFC 7009): nobody gets in by that token any more.

    Raises Failing: UNKNOWN_APP where it offers no address for that, as Microsoft does not;
    UNREACHABLE where it does not answer, or refuses.
    """
    service = _service(sign_in)
    if not service.get("revoke"):
        raise Failing(UNKNOWN_APP)
    body = urllib.parse.urlencode({"token": token}).encode()
    asked = urllib.request.Request(service["revoke"], body)  # noqa: S310 - a setting
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE, context=tls.context()):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        if _said(error) not in GONE:
            raise Failing(UNREACHABLE) from error
    except (OSError, ValueError) as error:
        raise Failing(UNREACHABLE) from error


def _service(sign_in: str) -> Mapping[str, str]:
    if not is_set_up(sign_in):
        raise Failing(UNKNOWN_APP)
    service: Mapping[str, str] = settings.MAIL_SIGN_IN[sign_in]
    return service


def _tokens(service: Mapping[str, str], said: Mapping[str, str]) -> Tokens:
    ours = {"client_id": service["id"], "client_secret": service["secret"]}
    found = _posted(service["token"], {**said, **ours})
    access, again = found.get("access_token"), found.get("refresh_token", "")
    if not isinstance(access, str) or not access or not isinstance(again, str):
        raise Failing(UNREACHABLE)
    return Tokens(access, again)


def _posted(url: str, fields: Mapping[str, str]) -> dict[str, Any]:
    body = urllib.parse.urlencode(fields).encode()
    asked = urllib.request.Request(url, body, {"Accept": "application/json"})  # noqa: S310 - a setting
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE, context=tls.context()) as answer:  # noqa: S310
            return _read(answer.read(LONGEST))
    except urllib.error.HTTPError as error:
        raise Failing(_why(error)) from error
    except (OSError, ValueError) as error:
        raise Failing(UNREACHABLE) from error


def _why(error: urllib.error.HTTPError) -> str:
    """RFC 6749, section 5.2: what the service says of a request it refuses."""
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UNREACHABLE
    return REVOKED if _said(error) in OVER else UNKNOWN_APP


def _said(error: urllib.error.HTTPError) -> object:
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    try:
        said = _read(error.read(LONGEST)).get("error")
    except (OSError, ValueError):
        return None
    return said if isinstance(said, str) else None


def _read(answer: bytes) -> dict[str, Any]:
    found = json.loads(answer)
    return found if isinstance(found, dict) else {}
