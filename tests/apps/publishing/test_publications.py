"""How long a notice stands, what is left to publish, who may record it, what the log keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.consultations.actions import attaching, running
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.actions import publications as actions
from sutarta.apps.publishing.actions.publications import Seen
from sutarta.apps.publishing.models import Outlet, Publication
from sutarta.apps.publishing.queries import publications as queries
from sutarta.apps.publishing.rules import publications as rules
from sutarta.core import deadlines
from tests import files, make
from tests.make import LAST_DAY, NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY = NOON.date()  # 22 November; the deadline is the end of the 30th, announced on the 2nd
BOTH = [Outlet.MUNICIPALITY.value, Outlet.NEWSPAPER.value]
NOT_THEIRS = "Your role in this group does not include this step."
PAPER = Seen(Outlet.NEWSPAPER, "Alksnių žinios", date(2026, 11, 12))


@pytest.fixture
def its():
    group = make.group(obligatory=BOTH, notice_days=14)
    return make.consultation(version=make.version(group=group))


@pytest.fixture
def editor(its):
    return make.member(of=its.group, role=Role.EDITOR)


def published(its, outlet, day, where="Alksnių žinios", **facts):
    facts.setdefault("is_obligatory", outlet in its.group.obligatory)
    return make.publication(its, outlet=outlet, where=where, seen_on=day, **facts)


def standing(its):
    return queries.standing(its, queries.of(its))


def extend(its, editor, day=date(2026, 12, 7)):
    return running.set_deadline(
        actor=editor,
        consultation=its,
        deadline=deadlines.Deadline.of(day, deadlines.END_OF_DAY, its.group.zone),
        reason="Prašė gyventojai.",
        answers_by=day + timedelta(days=14),
        at=NOON,
    )


# --- How long it stands -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "state", "since", "days", "missing"),
    [
        ([], "MISSING", None, 0, BOTH),
        ([("MUNICIPALITY", 10)], "MISSING", None, 0, ["NEWSPAPER"]),
        ([("MUNICIPALITY", 10), ("NEWSPAPER", 16)], "KEPT", 16, 14, []),
        ([("MUNICIPALITY", 10), ("NEWSPAPER", 17)], "SHORT", 17, 13, []),
        ([("NEWSPAPER", 12), ("NEWSPAPER", 19), ("MUNICIPALITY", 10)], "KEPT", 12, 18, []),
        ([("MUNICIPALITY", 10), ("NEWSPAPER", 12), ("RADIO", 28)], "KEPT", 12, 18, []),
        ([("MUNICIPALITY", 1), ("NEWSPAPER", 1)], "KEPT", 2, 28, []),
        ([("MUNICIPALITY", 30), ("NEWSPAPER", 30)], "SHORT", 30, 0, []),
    ],
    ids=["nothing", "one of two", "just enough", "a day short", "the first time counts",
         "what is not obligatory does not count", "from the announcement on", "on the last day"],
)  # fmt: skip
def test_the_length_counts_from_the_last_obligatory_one(its, seen, state, since, days, missing):
    for outlet, day in seen:
        published(its, outlet, date(2026, 11, day))

    found = standing(its)

    assert (found.state, found.days, list(found.missing)) == (state, days, missing)
    assert found.since == (since and date(2026, 11, since))
    assert found.short_by == (max(0, 14 - days))


def test_one_more_obligatory_place_moves_the_beginning(its):
    published(its, "MUNICIPALITY", date(2026, 11, 10))
    published(its, "NEWSPAPER", date(2026, 11, 11))
    published(its, "NEWSPAPER", date(2026, 11, 18), where="Kaimynų balsas")

    assert standing(its).since == date(2026, 11, 18)


def test_a_notice_seen_after_the_deadline_is_none(its):
    published(its, "MUNICIPALITY", date(2026, 11, 10))
    late = published(its, "NEWSPAPER", date(2026, 12, 1))

    assert queries.marks(its, late) == ("OBLIGATORY", "AFTER_DEADLINE")
    assert standing(its).missing == (Outlet.NEWSPAPER,)


def test_without_obligatory_outlets_the_first_one_counts(its):
    its.group.obligatory = []
    assert standing(its).state == "NONE"

    published(its, "SITE", date(2026, 11, 10), is_obligatory=False)
    published(its, "RADIO", date(2026, 11, 20), is_obligatory=False)

    assert (standing(its).state, standing(its).since) == ("KEPT", date(2026, 11, 10))


def test_without_a_rule_nothing_is_too_short(its):
    its.group.notice_days = 0
    published(its, "MUNICIPALITY", LAST_DAY)
    published(its, "NEWSPAPER", LAST_DAY)

    assert (standing(its).state, standing(its).short_by) == ("KEPT", 0)


def test_one_seen_before_the_announcement_is_marked(its):
    early = published(its, "RADIO", date(2026, 11, 1))

    assert queries.marks(its, early) == ("BEFORE_ANNOUNCED",)


def test_a_withdrawn_record_counts_no_more(its, editor):
    published(its, "MUNICIPALITY", date(2026, 11, 10))
    wrong = published(its, "NEWSPAPER", date(2026, 11, 10))
    actions.withdraw(actor=editor, publication=wrong, reason="Kitas laikraštis.", at=NOON)

    wrong.refresh_from_db()
    assert queries.marks(its, wrong) == ("RECORD_WITHDRAWN",)
    assert standing(its).missing == (Outlet.NEWSPAPER,)


# --- A moved deadline ---------------------------------------------------------------------------


def test_an_extension_makes_all_outdated_and_says_what_to_publish_again(its, editor):
    first = published(its, "MUNICIPALITY", date(2026, 11, 10), where="Savivaldybė")
    paper = published(its, "NEWSPAPER", date(2026, 11, 12))
    extend(its, editor)

    found = standing(its)

    assert set(found.again) == {first, paper}
    assert found.missing == tuple(Outlet(code) for code in BOTH)
    assert all("OUTDATED" in queries.marks(its, one) for one in queries.of(its))


def test_what_is_published_again_is_no_longer_asked_for(its, editor):
    published(its, "MUNICIPALITY", date(2026, 11, 10), where="Savivaldybė")
    published(its, "NEWSPAPER", date(2026, 11, 12))
    extend(its, editor)

    again = replace(PAPER, where="alksnių  ŽINIOS", seen_on=TODAY)
    actions.record(actor=editor, consultation=its, seen=again, at=NOON)

    assert [one.outlet for one in standing(its).again] == ["MUNICIPALITY"]


def test_the_desk_asks_to_publish_again_and_stops_when_it_is_over(its, editor):
    published(its, "MUNICIPALITY", date(2026, 11, 10), where="Savivaldybė")
    published(its, "NEWSPAPER", date(2026, 11, 12))
    assert queries.tasks(its.group, NOON) == []
    extend(its, editor)

    task = queries.tasks(its.group, NOON)[0]

    assert (task.label, task.count) == ("Publish the notice again", 2)
    assert task.url == f"/desk/c/{its.number}/publications/"
    assert queries.tasks(its.group, NOON + timedelta(days=30)) == []


def test_the_desk_asks_for_missing_outlets_in_three_questions(its, django_assert_num_queries):
    make.consultation(version=make.version(group=its.group))

    with django_assert_num_queries(3):
        tasks = queries.tasks(its.group, NOON)

    assert [task.why for task in tasks] == ["Not seen yet: The municipality’s site, Newspaper."] * 2


@pytest.mark.parametrize(
    ("day", "names_first", "reason"),
    [
        (TODAY, False, ""),
        (date(2026, 11, 21), False, "On that day this deadline was not set yet."),
        (date(2026, 11, 21), True, ""),
        (TODAY + timedelta(days=1), False, "That day has not come yet: record what was seen."),
    ],
    ids=["new", "before it was set", "the former", "ahead"],
)
def test_a_notice_names_the_deadline_there_was(its, editor, day, names_first, reason):
    first = its.deadline
    extend(its, editor)
    seen = replace(PAPER, seen_on=day)
    call = {"actor": editor, "consultation": its, "seen": seen, "at": NOON}
    call["deadline"] = first if names_first else None

    if reason:
        with pytest.raises(Refused, match=reason):
            actions.record(**call)
    else:
        assert ("OUTDATED" in queries.marks(its, actions.record(**call))) is names_first


def test_deadlines_of_before_the_announcement_are_not_offered():
    its = make.consultation(announced_at=NOON - timedelta(days=5))
    second = make.deadline(its, last_day=LAST_DAY, set_at=NOON - timedelta(days=6))
    third = make.deadline(its, last_day=LAST_DAY, set_at=NOON - timedelta(days=1))

    assert queries.announced_deadlines(its) == [second, third]


# --- Recording and withdrawing ------------------------------------------------------------------


def test_a_publication_is_recorded_once_and_logged(its, editor):
    seen = replace(PAPER, cost_cents=12050, order_number="SK-1")
    for _time in range(2):
        made = actions.record(actor=editor, consultation=its, seen=seen, at=NOON)

    assert Publication.objects.get() == made
    assert (made.is_obligatory, made.deadline, made.cost_cents) == (True, its.deadline, 12050)
    body = Entry.objects.get(event="notice.published").body
    assert b"NEWSPAPER" in bytes(body)
    assert b"SK-1" not in bytes(body)


def test_a_copy_is_kept_without_hidden_data(its, editor):
    handed = attaching.read("iškarpa.jpg", files.jpeg())
    made = actions.record(actor=editor, consultation=its, seen=PAPER, copy=handed, at=NOON)

    with default_storage.open(made.copy_path) as file:
        kept = file.read()

    assert files.OWNER.encode() not in kept
    assert made.copy_path.startswith(f"{its.group_id}/publications/")
    assert (made.copy_type, made.copy_size) == ("image/jpeg", len(kept))


def test_the_right_record_may_keep_the_copy_of_the_wrong_one(its, editor):
    wrong = make.publication(its, copy=files.png(), seen_on=date(2026, 11, 12))
    actions.withdraw(actor=editor, publication=wrong, reason="Kita diena.", at=NOON)
    seen = replace(PAPER, seen_on=date(2026, 11, 13))
    right = actions.record(actor=editor, consultation=its, seen=seen, copy_of=wrong, at=NOON)

    assert (right.copy_path, right.copy_digest) == (wrong.copy_path, wrong.copy_digest)


def test_a_record_is_withdrawn_once_with_its_reason(its, editor):
    made = make.publication(its)
    actions.withdraw(actor=editor, publication=made, reason="Kitas laikraštis.", at=NOON)

    made.refresh_from_db()
    assert (made.withdrawn_at, made.withdrawn_why) == (NOON, "Kitas laikraštis.")
    assert Entry.objects.filter(event="notice.withdrawn").count() == 1
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw(actor=editor, publication=made, reason="Vėl.", at=NOON)


@pytest.mark.parametrize(
    ("role", "announced", "records", "withdraws"),
    [
        (Role.COORDINATOR, True, "", ""),
        (Role.EDITOR, True, "", ""),
        (Role.EDITOR, False, "Announce the consultation first: notices lead people to it.", ""),
        (Role.MODERATOR, True, NOT_THEIRS, NOT_THEIRS),
        (Role.AUDITOR, True, NOT_THEIRS, NOT_THEIRS),
        (Role.AUDITOR, False, NOT_THEIRS, NOT_THEIRS),
        (None, True, "Only staff of this group may do this.",
         "Only staff of this group may do this."),
    ],
)  # fmt: skip
def test_who_may_record_and_withdraw_when(role, announced, records, withdraws):
    its = make.consultation(announced_at=NOON if announced else None)
    actor = make.member(of=its.group, role=role) if role else make.user()

    assert rules.may_record(actor, its, NOON).reason == records
    assert rules.may_withdraw(actor, make.publication(its), NOON).reason == withdraws


def test_a_refused_act_leaves_nothing(its):
    moderator = make.member(of=its.group, role=Role.MODERATOR)

    with pytest.raises(Refused):
        actions.record(actor=moderator, consultation=its, seen=PAPER, at=NOON)

    assert (Publication.objects.count(), Entry.objects.count()) == (0, 0)
