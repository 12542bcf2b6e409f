"""Every page, in both languages, light and dark, narrow and wide: no rule of access broken."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.people import actions as people
from tests import doors, make

pytestmark = pytest.mark.django_db(transaction=True)

# Addresses that show a page when opened; the others only take what is sent, or lead on.
NOT_PAGES = {
    "web:language", "web:health", "web:robots", "web:sitemap", "account_confirm_login_code",
    "account_login", "people:sign_in", "people:sign_out", "strategies:changes",
    "strategies:make_draft", "strategies:correct", "strategies:discard", "strategies:original",
    "strategies:picture", "strategies:edit_move", "strategies:edit_undo", "consultations:strategy", "consultations:printed",
    "consultations:picture", "consultations:file", "consultations:feed",
    "consultations:register_csv", "consultations:register_xlsx", "consultations:desk_files",
    "consultations:receipt", "consultations:confirm",
    "consultations:desk_open", "consultations:desk_take_back", "consultations:desk_settle",
    "consultations:desk_erase_decide",
    "consultations:desk_reasons_link", "consultations:desk_reasons_back",
    "consultations:desk_sentence", "consultations:desk_announce",
    "consultations:desk_moderate",
    "consultations:desk_pasted", "consultations:desk_answer", "consultations:desk_late", "consultations:desk_publish_next",
    "people:end_membership", "account_reauthenticate", "mfa_authenticate", "mfa_login_webauthn",
    "mfa_deactivate_totp", "mfa_download_recovery_codes",
}  # fmt: skip
PAGES = sorted(set(doors.DOORS) - NOT_PAGES)
KINDS = ("comment", "wording", "general", "question")


@pytest.fixture
def house(transactional_db):
    house = doors.House(host="localhost")
    house.secret = people.make_link(group=house.group, user=house.coordinator, at=make.now())
    return house


def _addresses(house, staff: bool) -> list[str]:
    doors_of = doors.DOORS
    names = [name for name in PAGES if (doors_of[name].staff or doors_of[name].own) is staff]
    found = [reverse(name, args=house.keys(name)) for name in names]
    if not staff:
        say = reverse("consultations:say", args=house.keys("consultations:say"))
        block = f"&block={house.values['lineage']}"
        found += [f"{say}?kind={kind}{block if kind in KINDS[:2] else ''}" for kind in KINDS]
        found += ["/missing/", "/p/?q=nieko"]
    return found


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("staff", [False, True], ids=["residents", "staff"])
def test_no_page_breaks_a_rule_of_access(walk, axe, house, language, scheme, staff):
    way = walk(js=True, width=1280, scheme=scheme, language=language)
    if staff:
        way.open(f"/in/{house.secret}/")
        way.page.locator("main button").click()
        way.page.wait_for_load_state()
    faults = []
    for address in _addresses(house, staff):
        way.open(address)
        for width in (1280, 320):
            way.page.set_viewport_size({"width": width, "height": 800})
            broken = axe.run(way.page).response["violations"]
            faults += [f"{address} {width}: {rule['id']} {_where(rule)}" for rule in broken]
            if way.page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} {width}: scrolls sideways")
        if way.page.evaluate("document.documentElement.lang") != language:
            faults.append(f"{address}: not marked as {language}")

    assert faults == []


def _where(rule) -> str:
    return rule["nodes"][0]["html"][:120]
