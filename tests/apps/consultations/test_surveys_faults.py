"""Sheets of answers when something goes wrong: a lost file, two at once, an erasure meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from sutarta.apps.consultations.actions import erasing, survey_taking
from sutarta.apps.consultations.actions import surveys as actions
from sutarta.apps.consultations.models import (
    ErasureScope,
    SheetState,
    Submission,
    SurveyRow,
    SurveySheet,
)
from sutarta.apps.consultations.queries import survey_drafts, survey_plans
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make, surveys

pytestmark = pytest.mark.django_db
NOW = make.now()
CAME = NOW - timedelta(days=2)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def its():
    return make.running(version=make.version("Pagalba.", group=make.group(host="testserver")))


@pytest.fixture
def who(its):
    return make.member(of=its.group, role=Role.MODERATOR)


def rows(*numbers):
    return [surveys.row(number, CAME) for number in numbers]


def brought(its, who, *numbers):
    return surveys.brought(its, *rows(*numbers), actor=who, at=NOW)


@pytest.fixture
def lost(its, who):
    """Half of it is in the register, and the file is gone."""
    sheet = brought(its, who, 1, 2, 3)
    actions.confirm(actor=who, sheet=sheet, at=NOW)
    survey_taking.take(sheet=sheet, at=NOW, most=1)
    sheet.refresh_from_db()
    default_storage.delete(sheet.path)
    return sheet


def test_a_sheet_whose_file_is_lost_is_given_up_and_the_rest_taken_from_the_file_again(
    its, who, lost
):
    with pytest.raises(survey_drafts.Lost):
        survey_taking.go_on(NOW)
    survey_taking.give_up(actor=who, sheet=lost, at=NOW)

    lost.refresh_from_db()
    assert (lost.state, lost.taken, lost.left) == (SheetState.TAKEN, 1, 2)
    assert Entry.objects.filter(event="import.given_up").count() == 1
    assert survey_taking.go_on(NOW) == 0
    again = surveys.took(its, *rows(1, 2, 3), actor=who, at=NOW)
    assert (again.taken, again.known, Submission.objects.count()) == (2, 1, 3)


def test_only_a_sheet_that_waits_for_a_lost_file_is_given_up(its, who):
    sheet = brought(its, who, 1)
    actions.confirm(actor=who, sheet=sheet, at=NOW)

    with pytest.raises(Refused, match="goes on by itself"):
        survey_taking.give_up(actor=who, sheet=sheet, at=NOW)


def test_the_page_offers_it_and_does_it(client, its, who, lost):
    client.force_login(who)
    client.cookies["sutarta_language"] = "en"
    address = reverse("consultations:desk_survey_done", args=[lost.number])

    assert "The file is lost" in client.get(address).content.decode()
    client.post(address, {"do": "give_up"})

    assert "The file is lost" not in client.get(address).content.decode()
    assert SurveySheet.objects.get().state == SheetState.TAKEN


@pytest.mark.parametrize("page", ["desk_survey", "desk_survey_check", "desk_survey_faulty"])
def test_a_sheet_that_waits_without_its_file_says_so(client, its, who, page):
    sheet = brought(its, who, 1)
    default_storage.delete(sheet.path)
    client.force_login(who)
    client.cookies["sutarta_language"] = "en"

    answer = client.get(reverse(f"consultations:{page}", args=[sheet.number]))

    assert answer.status_code == 403
    assert "The file of this sheet is lost." in answer.content.decode()


def test_two_sheets_with_the_same_answers_taken_at_once_are_taken_once(its, who, monkeypatch):
    first, second = brought(its, who, 1, 2), brought(its, who, 1, 2, 3)
    for sheet in (first, second):
        actions.confirm(actor=who, sheet=sheet, at=NOW)
    plans, there = [], survey_plans.there

    def taken_meanwhile(sheet):
        """As another process sees it which asked before the first sheet was stored."""
        if sheet == second and len(plans) < 2:
            plans.append(sheet)
            return SurveyRow.objects.none()
        return there(sheet)

    survey_taking.take(sheet=first, at=NOW)
    monkeypatch.setattr(survey_plans, "there", taken_meanwhile)
    survey_taking.take(sheet=second, at=NOW)

    second.refresh_from_db()
    assert (second.state, second.taken, second.known) == (SheetState.TAKEN, 1, 2)
    assert Submission.objects.count() == SurveyRow.objects.count() == 3


@pytest.mark.parametrize("scope", [ErasureScope.WORDS, ErasureScope.CONTACT])
def test_what_is_erased_leaves_the_sheets_that_wait(
    its, who, scope, django_capture_on_commit_callbacks
):
    surveys.took(its, *rows(1, 2), actor=who, at=NOW)
    sheet = brought(its, who, 1, 2, 3)
    old, said = sheet.path, Submission.objects.get(number=1)
    with django_capture_on_commit_callbacks(execute=True):
        row = erasing.ask_erasure(
            actor=who, submission=said, scope=scope, asker="AUTHOR", ground="Prašė.", at=NOW
        )
        second = make.member(of=its.group, role=Role.COORDINATOR)
        erasing.decide_erasure(actor=second, erasure=row, carry_out=True, at=NOW)

    sheet.refresh_from_db()
    draft = survey_drafts.draft_of(sheet)
    assert not default_storage.exists(old)
    assert b"Nuomon\xc4\x97 1:" not in draft.to_bytes()
    assert survey_plans.plan(sheet, draft, NOW).counts == {"KNOWN": 1, "NEW": 1}
