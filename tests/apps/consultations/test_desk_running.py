"""Preparing, announcing and extending a consultation."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sutarta.apps.consultations.actions import running
from sutarta.apps.consultations.models import Deadline, Stage
from sutarta.apps.consultations.queries import gates
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import facts as said
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.core import deadlines
from tests import make
from tests.make import LAST_DAY, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FACTS = running.Facts(
    title="Projekto aptarimas",
    opens_at=NOON + timedelta(days=1),
    answers_by=LAST_DAY + timedelta(days=14),
    summary="Aptariame pagalbą į namus.",
    waived=("broad_terms", "planned", "not_planned", "deciders", "open_questions"),
    contact_name="R. M.",
    contact_phone="+370 600 00000",
)


def until(day: date, wording: deadlines.Wording = deadlines.END_OF_DAY) -> deadlines.Deadline:
    return deadlines.Deadline.of(day, wording, "Europe/Vilnius")


def prepared(facts=FACTS, deadline=until(LAST_DAY), **group):  # noqa: B008
    version = make.version(group=make.group(**group))
    editor = make.member(of=version.group, role=Role.EDITOR)
    consultation = running.prepare(actor=editor, version=version, facts=facts, at=NOON)
    if deadline:
        running.set_deadline(actor=editor, consultation=consultation, deadline=deadline, at=NOON)
    return consultation, editor


def test_a_consultation_is_numbered_and_stays_private_until_announced():
    consultation, editor = prepared()

    assert (consultation.number, consultation.stage(NOON)) == (1, Stage.PREPARING)
    assert not Entry.objects.exists()
    running.announce(actor=editor, consultation=consultation, at=NOON)
    assert consultation.stage(NOON) == Stage.ANNOUNCED
    assert consultation.stage(NOON + timedelta(days=1)) == Stage.OPEN
    assert consultation.stage(until(LAST_DAY).instant) == Stage.CLOSED
    entry = Entry.objects.get()
    assert entry.event == "consultation.announced"
    assert said(entry)["closes_at"] == "2026-11-30T22:00:00+00:00"


def test_nobody_speaks_about_a_draft():
    version = make.version(published=False)
    editor = make.member(of=version.group)

    with pytest.raises(Refused, match="Publish the version first"):
        running.prepare(actor=editor, version=version, facts=FACTS, at=NOON)


@pytest.mark.parametrize(
    ("changes", "deadline", "lacking"),
    [
        ({"summary": ""}, LAST_DAY, "What this is about, in plain words"),
        ({"waived": ("summary",)}, LAST_DAY,
         "What broad terms mean here; What is planned, where and for whom; "
         "What is not planned; Who decides, and when; What can still change"),
        ({"contact_name": ""}, LAST_DAY, "Contact person with an e-mail or a telephone"),
        ({"contact_phone": ""}, LAST_DAY, "Contact person with an e-mail or a telephone"),
        ({}, None, "Deadline after the opening; Day of the answers after the deadline"),
        ({}, NOON.date(), "Deadline after the opening"),
        ({"answers_by": LAST_DAY}, LAST_DAY, "Day of the answers after the deadline"),
    ],
)  # fmt: skip
def test_announcing_is_refused_with_what_is_missing(changes, deadline, lacking):
    its_deadline = until(deadline) if deadline else None
    consultation, editor = prepared(replace(FACTS, **changes), its_deadline)

    with pytest.raises(Refused) as refusal:
        running.announce(actor=editor, consultation=consultation, at=NOON)

    assert str(refusal.value) == f"Still missing: {lacking}."
    assert consultation.announced_at is None


def test_a_financed_group_needs_its_project_number():
    consultation, _editor = prepared(is_financed=True, project_number="04-001-P-0001")
    consultation.group.project_number = ""

    lacking = gates.missing(gates.before_announcing(consultation, NOON))

    assert lacking == ["Number of the project financed by the European Union"]


def test_announced_after_its_opening_a_consultation_opens_at_once():
    consultation, editor = prepared(replace(FACTS, opens_at=NOON - timedelta(days=1)))

    running.announce(actor=editor, consultation=consultation, at=NOON)

    assert (consultation.opens_at, consultation.stage(NOON)) == (NOON, Stage.OPEN)


def test_a_consultation_is_announced_once():
    consultation, editor = prepared()
    running.announce(actor=editor, consultation=consultation, at=NOON)

    with pytest.raises(Refused, match="announced already"):
        running.announce(actor=editor, consultation=consultation, at=NOON)


def test_deadlines_are_only_added_and_the_same_one_only_once():
    consultation, editor = prepared()
    for day in (LAST_DAY, LAST_DAY - timedelta(days=1), LAST_DAY - timedelta(days=1)):
        running.set_deadline(actor=editor, consultation=consultation, deadline=until(day), at=NOON)

    days = Deadline.objects.order_by("id").values_list("local_date", flat=True)

    assert list(days) == [LAST_DAY, LAST_DAY - timedelta(days=1)]
    assert consultation.deadline.local_date == LAST_DAY - timedelta(days=1)


def announced():
    consultation = make.consultation(contact_name="R. M.", contact_phone="+370 600 00000")
    return consultation, make.member(of=consultation.group, role=Role.EDITOR)


def test_an_extension_is_logged_and_each_address_told_once():
    consultation, editor = announced()
    for email in ("a@post.lt", "A@post.lt", "b@post.lt", ""):
        make.submission(consultation=consultation, email=email)
    Letter.objects.all().delete()
    later = until(LAST_DAY + timedelta(days=7))

    running.set_deadline(
        actor=editor, consultation=consultation, deadline=later, reason="Vėlavo plakatai.", at=NOON
    )

    letters = Letter.objects.order_by("to")
    assert [letter.to for letter in letters] == ["a@post.lt", "b@post.lt"]
    assert "Vėlavo plakatai." in letters[0].text
    assert "gruodžio 7" in letters[0].text
    assert Entry.objects.filter(event="consultation.deadline_extended").count() == 1
    assert consultation.stage(until(LAST_DAY).instant) == Stage.OPEN


@pytest.mark.parametrize(
    ("days", "hours", "reason", "answers_in", "why"),
    [
        (-1, 0, "Vėlavo.", 14, "only be moved to a later time"),
        (7, 0, " ", 14, "Write why the deadline is moved"),
        (7, 0, "Vėlavo.", 7, "answers must come after the deadline"),
        (7, 24 * 9, "Vėlavo.", 30, "Open a new round"),
    ],
)
def test_an_extension_is_refused_when_it_cannot_be_defended(days, hours, reason, answers_in, why):
    consultation, editor = announced()

    with pytest.raises(Refused, match=why):
        running.set_deadline(
            actor=editor,
            consultation=consultation,
            deadline=until(LAST_DAY + timedelta(days=days)),
            reason=reason,
            answers_by=LAST_DAY + timedelta(days=answers_in),
            at=NOON + timedelta(hours=hours),
        )

    assert Deadline.objects.count() == 1


def stored(consultation):
    names = running.Facts.__dataclass_fields__
    return running.Facts(**{name: getattr(consultation, name) for name in names})


def test_what_is_announced_may_be_explained_better_and_that_is_logged():
    consultation, editor = announced()
    facts = replace(stored(consultation), planned="Trys dienos centrai.")

    changed = running.edit(actor=editor, consultation=consultation, facts=facts, at=NOON)
    again = running.edit(actor=editor, consultation=consultation, facts=facts, at=NOON)

    assert (changed, again) == (["planned", "waived"], [])
    edited = Entry.objects.filter(event="consultation.edited")
    assert [said(entry)["fields"] for entry in edited] == [["planned", "waived"]]


@pytest.mark.parametrize(
    ("changes", "when", "why"),
    [
        ({"opens_at": NOON}, NOON, "The opening is announced"),
        ({"contact_name": ""}, NOON, "Still missing: Contact person"),
        ({"answers_by": LAST_DAY}, NOON, "Still missing: Day of the answers"),
        ({"summary": "Kitaip."}, NOON + timedelta(days=9), "This consultation is over"),
    ],
)
def test_what_is_announced_does_not_move(changes, when, why):
    consultation, editor = announced()
    facts = replace(stored(consultation), **changes)

    with pytest.raises(Refused, match=why):
        running.edit(actor=editor, consultation=consultation, facts=facts, at=when)
