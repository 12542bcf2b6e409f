"""Whose addresses are whose: no group can name another's for its own."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from sutarta.apps.consultations.actions import mailboxes as actions
from sutarta.apps.mail import allotting
from sutarta.apps.mail.models import Door, Mailbox
from sutarta.apps.people.access import Refused
from sutarta.config import env
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
SAID = "vvg.example=ours.test, info@town.example=theirs.test town.example=ours.test"


@pytest.fixture
def groups(settings):
    """Two groups that share the server, and what is allotted to them."""
    settings.LISTEN_FOR = env.allotments(SAID)
    return make.group(host="ours.test"), make.group(host="theirs.test")


ALLOTTED = [
    # address, door; whether ours, and theirs, may have it
    ("a@vvg.example", Door.LISTENER, True, False),
    ("A+c7@VVG.example", Door.LISTENER, True, False),
    ("a@vvg.example", Door.IMAP, True, False),
    ("info@town.example", Door.LISTENER, False, True),  # the address goes before its domain
    ("info+c7@town.example", Door.LISTENER, False, True),
    ("info@town.example", Door.IMAP, False, True),
    ("other@town.example", Door.LISTENER, True, False),
    ("a@below.vvg.example", Door.LISTENER, False, False),
    ("a@blogasvvg.example", Door.LISTENER, False, False),
    ("a@gmail.com", Door.LISTENER, False, False),
    ("a@gmail.com", Door.IMAP, True, True),
]


@pytest.mark.parametrize(("address", "door", "ours", "theirs"), ALLOTTED)
def test_what_is_allotted_is_for_its_group_alone(groups, address, door, ours, theirs):
    said = [allotting.is_free_for(group, address, door) for group in groups]

    assert said == [ours, theirs]


def test_what_is_allotted_to_nobody_known_is_nobodys(groups, settings):
    settings.LISTEN_FOR = env.allotments("vvg.example=nera.test")

    assert not any(allotting.is_free_for(one, "a@vvg.example", Door.IMAP) for one in groups)
    assert allotting.unknown_hosts() == ["nera.test"]


def test_the_only_group_needs_nothing_allotted_until_there_is_another(settings):
    group = make.group()
    assert allotting.is_free_for(group, "a@anywhere.example", Door.LISTENER)

    make.group()
    assert not allotting.is_free_for(group, "a@anywhere.example", Door.LISTENER)
    assert allotting.is_free_for(group, "a@anywhere.example", Door.IMAP)


@contextmanager
def refused(reason):
    with pytest.raises(Refused) as found:
        yield
    assert found.value.reason == reason


def connect(group, address, door=Door.LISTENER, **facts):
    mailbox = Mailbox(group=group, address=address, door=door, added_at=NOON, **facts)
    actions.connect(actor=make.member(of=group), mailbox=mailbox, at=NOON)
    return mailbox


def test_a_coordinator_of_another_group_connects_it_by_no_door(groups):
    _ours, theirs = groups
    for door in (Door.LISTENER, Door.IMAP):
        with refused(actions.NOT_ALLOTTED):
            connect(theirs, "a@vvg.example", door)

    its = connect(theirs, "info@town.example")
    with refused(actions.NOT_ALLOTTED):
        actions.add_address(
            actor=make.member(of=theirs), mailbox=its, address="b@vvg.example", consultation=1,
            at=NOON,
        )  # fmt: skip
    assert not its.aliases.exists()


@pytest.mark.parametrize("first_has_tags", [True, False])
def test_two_groups_hold_no_overlapping_addresses(groups, settings, first_has_tags):
    settings.LISTEN_FOR = {}
    ours, theirs = groups
    both = [("info@kitur.example", True), ("info+takas@kitur.example", False)]
    first, second = both if first_has_tags else reversed(both)
    connect(ours, first[0], Door.IMAP, has_tags=first[1])

    with refused(actions.TAKEN):
        connect(theirs, second[0], Door.IMAP, has_tags=second[1])


def test_one_group_has_no_end_of_mailboxes_neither(groups):
    for n in range(allotting.MOST):
        make.mailbox(of=groups[0], address=f"a{n}@vvg.example")

    with refused(actions.TOO_MANY):
        connect(groups[0], "z@vvg.example")


@pytest.mark.parametrize(
    "said", ["vvg.example", "=ours.test", "vvg.example=", "x=y", "a.b=c.d a.b=e.f", "@=ours.test"]
)
def test_nonsense_is_refused_at_start(said):
    with pytest.raises(env.BadSetting, match="SUTARTA_LISTEN_FOR"):
        env.allotments(said)
