"""Pages of the desk asked for with nonsense in the address: an answer, never a crash."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
JUNK = (
    "2026-13-01T00:00", "0001-01-01T00:00Z", "9999-12-31T23:59:59.9+14", "٣", "²", "-1", "0",
    "99999999999999999999", "9" * 5_000, "1e9", "NaN", "\0",
    "ą" * 300, "00000000-0000-0000-0000-000000000000", "0x10", "[]", "%", "'", "<b>", "..", " ",
)  # fmt: skip
NAMES = (
    "came", "channel", "code", "consultation", "sheet", "place", "registered", "page", "show",
    "c", "q", "kind", "state", "from", "until", "ward", "order", "bundle", "number", "find",
)  # fmt: skip
PAGES = (
    "desk", "desk_type", "desk_enter", "desk_letter", "desk_campaigns", "desk_letters_in",
    "desk_objections", "desk_consultations", "desk_csv", "desk_meetings", "desk_meeting_new",
)  # fmt: skip
ABOUT = (
    "desk_paper", "desk_surveys", "desk_consultation", "desk_submission", "desk_retype",
    "desk_entered", "desk_telling",
)  # fmt: skip


@pytest.fixture
def desk(client):
    its = make.running(version=make.version(group=make.group(host="testserver")))
    make.entered(consultation=its)
    client.force_login(make.member(of=its.group, role=Role.COORDINATOR))
    return client


def addresses():
    return [
        *(reverse(f"consultations:{name}") for name in PAGES),
        *(reverse(f"consultations:{name}", args=[1]) for name in ABOUT),
    ]


@pytest.mark.parametrize("said", JUNK, ids=range(len(JUNK)))
def test_nonsense_in_the_address_is_answered(desk, said):
    found = {page: desk.get(page, dict.fromkeys(NAMES, said)).status_code for page in addresses()}

    assert {page: code for page, code in found.items() if code >= 500} == {}
