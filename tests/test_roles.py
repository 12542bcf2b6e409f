"""Who may press what at the desk: one table over every address that takes something."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sutarta.apps.people.models import Role
from tests import doors, make
from tests.doors import read

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
NOT_THEIRS = "Your role in this group does not include this step."
EDITS, MODERATES = Role.EDITOR, Role.MODERATOR
EITHER = f"{EDITS} {MODERATES}"
TAKES = {
    "people:settings": Role.COORDINATOR,
    "people:look": Role.COORDINATOR,
    "people:mark": Role.COORDINATOR,
    "people:members": Role.COORDINATOR,
    "people:end_membership": Role.COORDINATOR,
    "publishing:publications": EDITS,
    "publishing:withdraw": EDITS,
    "publishing:settings": Role.COORDINATOR,
    "publishing:desk_witnesses": Role.COORDINATOR,
    "publishing:end_witness": Role.COORDINATOR,
    "strategies:start": EDITS,
    "strategies:import": EDITS,
    "strategies:steps": EDITS,
    "strategies:changes": EDITS,
    "strategies:correct": EDITS,
    "strategies:tie": EDITS,
    "strategies:make_draft": EDITS,
    "strategies:discard": EDITS,
    "strategies:start_draft": EDITS,
    "strategies:edit": EDITS,
    "strategies:edit_add": EDITS,
    "strategies:edit_remove": EDITS,
    "strategies:edit_move": EDITS,
    "strategies:edit_undo": EDITS,
    "strategies:note": EITHER,
    "strategies:withhold": EITHER,
    "strategies:show_again": EITHER,
    "consultations:desk_begin_ideas": EDITS,
    "consultations:territory": EDITS,
    "consultations:territory_part": EDITS,
    "consultations:territory_outlines": EDITS,
    "consultations:mailbox_add": Role.COORDINATOR,
    "consultations:mailbox": Role.COORDINATOR,
    "consultations:desk_meeting_new": EDITS,
    "consultations:desk_meeting": EDITS,
    "consultations:desk_meeting_edit": EDITS,
    "consultations:desk_meeting_announce": EDITS,
    "consultations:desk_meeting_delete": EDITS,
    "consultations:desk_meeting_notes": MODERATES,
    "consultations:desk_meeting_list": MODERATES,
    "consultations:desk_meeting_minutes": EITHER,
    "consultations:desk_remarks": EDITS,
    "consultations:desk_remarks_again": EDITS,
    "consultations:desk_prepare": EDITS,
    "consultations:desk_edit": EDITS,
    "consultations:desk_extend": EDITS,
    "consultations:desk_announce": EDITS,
    "consultations:desk_publish_answers": EDITS,
    "consultations:desk_passage": EDITS,
    "consultations:desk_publish_next": EDITS,
    "consultations:desk_board": EDITS,
    "consultations:desk_report": EDITS,
    "consultations:desk_correct_answer": EDITS,
    "consultations:desk_reasons": EITHER,
    "consultations:desk_reasons_link": EITHER,
    "consultations:desk_reasons_back": EITHER,
    "consultations:desk_approvals": EITHER,
    "consultations:desk_texts": MODERATES,
    "consultations:desk_text": MODERATES,
    "consultations:desk_rendition": EDITS,
    "consultations:desk_form_words": Role.COORDINATOR,
    "consultations:desk_translate": EITHER,
    "consultations:desk_surveys": MODERATES,
    "consultations:desk_survey": MODERATES,
    "consultations:desk_survey_check": MODERATES,
    "consultations:desk_survey_done": MODERATES,
    "consultations:desk_enter": MODERATES,
    "consultations:desk_letter": MODERATES,
    "consultations:desk_letter_take": MODERATES,
    "consultations:desk_letter_aside": MODERATES,
    "consultations:desk_letter_back": MODERATES,
    "consultations:desk_letter_beside": MODERATES,
    "consultations:desk_letter_file": f"{Role.MODERATOR} {Role.AUDITOR}",
    "consultations:desk_type_in": MODERATES,
    "consultations:desk_pasted": MODERATES,
    "consultations:desk_paper": MODERATES,
    "consultations:desk_type": MODERATES,
    "consultations:desk_retype": MODERATES,
    "consultations:desk_telling": MODERATES,
    "consultations:desk_moderate": MODERATES,
    "consultations:desk_open": f"{Role.MODERATOR} {Role.AUDITOR}",
    "consultations:desk_take_back": MODERATES,
    "consultations:desk_erase": MODERATES,
    "consultations:desk_erase_decide": Role.COORDINATOR,
    "consultations:desk_settle": MODERATES,
    "consultations:desk_answer": MODERATES,
    "consultations:desk_late": MODERATES,
    "consultations:desk_bulk": EITHER,
    "consultations:desk_undo": EITHER,
    "consultations:desk_filter_keep": EITHER,
    "consultations:desk_filter_remove": EITHER,
    "consultations:desk_note": EITHER,
    "consultations:desk_tag": EITHER,
    "consultations:desk_assign": EITHER,
    "consultations:desk_places": EITHER,
    "consultations:desk_similar": MODERATES,
    "consultations:desk_campaign": MODERATES,
    "consultations:desk_files": MODERATES,
    "publishing:notice_words": EDITS,
}


@pytest.fixture
def house():
    return doors.House()


def _pressed(house, role: str) -> dict[str, object]:
    """What a person of that role is answered at every address; nothing stays done."""
    client = Client()
    client.force_login(make.member(of=house.group, role=role))
    client.cookies["sutarta_language"] = "en"
    answers = {}
    for name in sorted(doors.of_staff()):
        with transaction.atomic():
            address = reverse(name, args=house.keys(name))
            answers[name] = client.post(address, {"do": "ready"}, headers=HOST)
            read(answers[name])
            transaction.set_rollback(True)
    return answers


def test_the_table_holds_every_address_that_takes_something(house):
    answers = _pressed(house, Role.COORDINATOR)

    assert {name for name, answer in answers.items() if answer.status_code != 405} == set(TAKES)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_is_let_in_where_its_work_is_and_told_why_not_elsewhere(house, role):
    answers = _pressed(house, role)

    refused = {name for name in TAKES if answers[name].status_code == 403}
    told_off = {name for name in refused if NOT_THEIRS in answers[name].content.decode()}
    theirs = {name for name, needed in TAKES.items() if role in {*needed.split(), Role.COORDINATOR}}
    assert told_off == set(TAKES) - theirs
