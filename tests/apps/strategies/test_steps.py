"""What comes after the consultations: said at the desk, read by everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions, queries, rules
from sutarta.apps.strategies.actions.stepping import Facts
from sutarta.apps.strategies.models import Step, StepKind
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
HOST = {"host": "ours.test"}
PLANNED = Facts(planned_on=date(2026, 12, 18), note="17.30 val., kultūros namai")


def _set(strategy, steps, **facts):
    actor = facts.pop("actor", None) or make.member(of=strategy.group)
    return actions.set_steps(
        actor=actor, strategy=strategy, steps=steps, today=TODAY, at=NOON, **facts
    )


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("COORDINATOR", ""),
        ("EDITOR", ""),
        ("MODERATOR", "Your role in this group does not include this step."),
        ("AUDITOR", "Your role in this group does not include this step."),
        ("stranger", "Only staff of this group may do this."),
        ("nobody", "Only staff of this group may do this."),
    ],
)
@pytest.mark.parametrize("when", [timedelta(), timedelta(days=400)])
def test_who_may_say_what_comes_after(who, reason, when):
    strategy = make.strategy()
    actor = {
        "stranger": lambda: make.member(of=make.group()),
        "nobody": AnonymousUser,
    }.get(who, lambda: make.member(of=strategy.group, role=who))()

    with translation.override("en"):
        assert rules.may_set_steps(actor, strategy, NOON + when).reason == reason


def test_steps_stand_in_the_order_of_the_path_whatever_was_said_first():
    strategy = make.strategy()
    _set(strategy, {"MINISTRY": Facts()})
    _set(strategy, {"GENERAL_MEETING": PLANNED, "BOARD": None})

    assert [step.kind for step in queries.steps_of(strategy)] == ["GENERAL_MEETING", "MINISTRY"]


def test_each_change_is_logged_with_its_days_and_no_words():
    strategy = make.strategy()
    _set(strategy, {"GENERAL_MEETING": PLANNED})

    entry = Entry.objects.get(group=strategy.group, event="strategy.step_set")
    assert ledger.facts(entry) == {
        "strategy": strategy.number,
        "kind": "GENERAL_MEETING",
        "needed": True,
        "planned_on": "2026-12-18",
        "done_on": None,
    }
    assert "kultūros" not in bytes(entry.body).decode()


def test_saying_the_same_again_leaves_no_trace():
    strategy = make.strategy()

    changed = [_set(strategy, {"MINISTRY": PLANNED, "BOARD": None}) for _time in range(2)]

    assert changed == [["MINISTRY"], []]
    assert Entry.objects.filter(event="strategy.step_set").count() == 1


def test_a_step_no_longer_needed_goes_and_the_log_knows():
    strategy = make.strategy()
    _set(strategy, {"MUNICIPAL_COUNCIL": PLANNED})

    assert _set(strategy, {"MUNICIPAL_COUNCIL": None}) == ["MUNICIPAL_COUNCIL"]
    assert Step.objects.count() == 0
    newest = ledger.acts(strategy.group, "strategy.step_set")
    assert [ledger.facts(entry)["needed"] for entry in newest] == [False, True]


def test_nothing_is_done_on_a_day_to_come():
    strategy = make.strategy()

    with pytest.raises(Refused):
        _set(strategy, {"BOARD": Facts(done_on=TODAY + timedelta(days=1))})
    assert Step.objects.count() == 0


def test_strategies_without_steps_are_those_the_public_reads():
    group = make.group()
    unsaid = make.version(group=group).strategy
    _set(make.version(group=group).strategy, {"MINISTRY": Facts()})
    make.version(group=group, published=False)
    make.version()

    assert list(queries.without_steps(group)) == [unsaid]


@pytest.fixture
def desk(client):
    strategy = make.version(group=make.group(host="ours.test")).strategy
    client.force_login(make.member(of=strategy.group, role="EDITOR"))
    client.cookies["sutarta_language"] = "en"
    address = reverse("strategies:steps", args=[strategy.number])
    return lambda **said: (
        client.post(address, said, headers=HOST) if said else client.get(address, headers=HOST)
    )


def test_the_page_offers_every_kind_once_and_keeps_what_was_said(desk):
    answer = desk(**{"general_meeting-needed": "on", "general_meeting-planned_on": "2026-12-18"})

    assert answer.status_code == 302
    page = desk().content.decode()
    assert page.count("This step is needed") == len(StepKind.values)
    assert 'value="2026-12-18"' in page
    assert Step.objects.get().planned_on == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("planned_on", "18 gruodžio", "Write the day as year, month and day"),
        ("planned_on", "2026-02-30", "Write the day as year, month and day"),
        ("done_on", "2999-01-01", "This day is still to come."),
        ("note", "x" * 201, "The remark is too long"),
        ("link", "ne adresas", "Write the whole address"),
        ("link", "javascript:alert(1)", "Write the whole address"),
        ("link", "ftp://alksniai.lt/a", "Write the whole address"),
        ("link", "https://alksniai.lt/" + "x" * 500, "The link is too long"),
    ],
)
def test_what_is_wrong_comes_back_with_the_reason_and_what_was_typed(desk, field, typed, said):
    answer = desk(**{"board-needed": "on", f"board-{field}": typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert typed in page
    assert Step.objects.count() == 0


def test_without_a_scheme_a_link_is_a_safe_one(desk):
    desk(**{"board-needed": "on", "board-link": "alksniai.lt/sprendimas"})

    assert Step.objects.get().link == "https://alksniai.lt/sprendimas"


def test_what_is_not_ticked_is_taken_out(desk):
    desk(**{"board-needed": "on"})
    desk(**{"ministry-needed": "on", "board-planned_on": "2026-12-18"})

    assert Step.objects.get().kind == "MINISTRY"
