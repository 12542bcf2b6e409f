"""Signing in by a passkey and by an app, with a real browser and its virtual key."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def way(walk, group):
    """A coordinator who has come in by a link."""
    user = make.member(of=group, name="R M", email="r.m@alksniai.example")
    secret = people.make_link(group=group, user=user, at=make.now())
    way = walk(js=True, width=1280)
    way.base = way.base.replace("127.0.0.1", "localhost")
    way.open(f"/in/{secret}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    return way


def _key_ring(way):
    """A key inside the browser that answers for the person, PIN included."""
    wire = way.page.context.new_cdp_session(way.page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _sign_out(way):
    way.open("/desk/")
    way.page.locator("summary:has-text('R M')").click()
    way.press("Atsijungti")


def test_a_passkey_signs_in_without_a_letter(way):
    _key_ring(way)
    way.open("/in/safety/webauthn/add/")
    way.fill("Kaip", "Darbo kompiuteris")
    way.press("Pridėti šį įrenginį")
    way.page.wait_for_url(re.compile("/reauthenticate/"))
    way.press("Naudoti prieigos raktą")
    way.page.wait_for_url(re.compile("/recovery-codes/$"))
    codes = way.page.locator(".codes li").count()
    _sign_out(way)

    way.open("/in/code/")
    way.press("Prisijungti prieigos raktu")
    way.page.wait_for_url(re.compile("/desk/"))

    assert codes == 10
    assert way.says("R M")
    way.open("/in/safety/")
    assert way.says("Darbo kompiuteris")
    way.tell("passkey added and used")


def test_an_app_asks_for_a_second_step(way):
    way.open("/in/safety/totp/activate/")
    secret = way.page.locator("code.secret").inner_text()
    way.fill("Šeši", _code(secret))
    way.press("Įjungti")
    _sign_out(way)

    way.open("/in/code/")
    way.fill("pašto adresas", "r.m@alksniai.example")
    way.press("Siųsti kodą")
    way.fill("Kodas iš laiško", _mailed())
    way.press("Prisijungti")
    asked = way.says("Dar vienas žingsnis")
    way.fill("Programėlės kodas", _code(secret))
    way.press("Prisijungti kodu")

    assert asked
    way.open("/desk/")
    assert way.says("R M")
    way.tell("second step set up and used")


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _mailed() -> str:
    letter = Letter.objects.filter(kind="sign_in").latest("created_at")
    return letter.subject.rsplit(" ", 1)[-1]


def test_other_devices_are_listed_and_signed_out(way, walk, group):
    user = make.User.objects.get(email="r.m@alksniai.example")
    other = walk(js=False, width=390)
    other.base = other.base.replace("127.0.0.1", "localhost")
    other.open(f"/in/{people.make_link(group=group, user=user, at=make.now())}/")
    other.page.locator("main button").click()

    way.open("/in/sessions/")
    seen = way.page.locator(".sessions li").count()
    way.press("Atsijungti visur kitur")

    assert seen == 2
    assert way.page.locator(".sessions li").count() == 1
    other.open("/desk/")
    assert "/in/" in other.page.url
