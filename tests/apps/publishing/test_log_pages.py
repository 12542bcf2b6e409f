"""The log as people read it: every act in plain words, chosen, paged, with its proof."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from sutarta.apps.consultations.actions import moderating
from sutarta.apps.consultations.models import Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.publishing.queries import act_sentences, acts
from sutarta.apps.publishing.queries.act_words import MISSING
from sutarta.core import translog
from tests import ideas, make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def its():
    return make.consultation(group=make.group(host="ours.test"))


def _page(client, query: str = "", language: str = "en") -> str:
    client.cookies["sutarta_language"] = language
    return client.get(f"/log/{query}", headers=HOST).content.decode()


def _act(group, event: str = "territory.changed", **facts) -> Entry:
    given = {"at": NOON, "about": "", **facts}
    return ledger.record(event, group=group, **given)


def _events() -> list[str]:
    sys.path.insert(0, str(ROOT / "tools" / "check"))
    import documented

    return sorted(documented.events() | {"rows.continued"})


# What any act may state: enough for every sentence.
FACTS = {
    "number": 65, "numbers": [65, 66], "consultation": 1, "strategy": 1, "version": 2,
    "channel": "WEB", "visibility": "PUBLIC", "kind": "BOARD", "upheld": True, "scope": "WORDS",
    "asker": "AUTHOR", "rule": "author", "language": "uk", "is_easy": False, "answers": 3,
    "decided_on": "2026-11-20", "seen_on": "2026-11-20", "outlet": "NEWSPAPER", "passages": 2,
    "submissions": 4, "role": "EDITOR", "title": "Ko reikia Alksniams?",
}  # fmt: skip


@pytest.mark.parametrize("event", _events())
def test_every_act_is_told_in_both_languages(event):
    told = act_sentences.of(event)
    facts = acts.Facts(FACTS)
    said = {}
    for language in ("en", "lt"):
        with translation.override(language):
            said[language] = str(told.sentence(facts))

    assert event in act_sentences.TOLD, "give it a sentence in publishing.queries.act_sentences"
    assert said["en"] != said["lt"]
    assert not any(sign in said[language] for sign in (MISSING, "%", "{") for language in said)
    assert told.place(facts) == "" or told.place(facts).startswith("/")


def test_an_act_that_states_less_than_it_should_is_still_told():
    for told in act_sentences.TOLD.values():
        assert isinstance(str(told.sentence(acts.Facts())), str)
        assert isinstance(told.place(acts.Facts()), str)


def test_an_act_we_do_not_know_is_told_by_its_name(client, its):
    _act(its.group, "moon.landed")

    assert "moon.landed" in _page(client)


def test_the_page_tells_what_happened_newest_first(client, its):
    now = make.now()
    receipt = make.receipt(consultation=its, at=now)
    moderating.moderate(
        actor=make.member(of=its.group),
        submission=receipt.submission,
        visibility=Visibility.PUBLIC,
        public=Text.of(receipt.submission),
        reason="",
        seen=receipt.submission.digest,
        at=now + timedelta(minutes=1),
    )
    page = _page(client)

    first = page.index("The words of No.\xa01 were published")
    assert first < page.index("No.\xa01 was received (website)")
    assert "The log takes it in within a minute" in page
    ledger.sequence_all(now + timedelta(minutes=1))
    assert "The log takes it in within a minute" not in _page(client, "?kind=proposals")


def test_another_time_than_the_logs_own_is_marked(client, its):
    _act(its.group, at=NOON - timedelta(days=3))
    _act(its.group, "group.changed", at=NOON - timedelta(minutes=4))
    ledger.sequence_all(NOON)

    assert _page(client).count("the log took it in at another time") == 1


CHOSEN = [
    ("", {"group.changed", "submission.received", "submission.withdrawn", "answers.published"}),
    ("?kind=group", {"group.changed"}),
    ("?kind=proposals", {"submission.received", "submission.withdrawn"}),
    ("?number=2", {"submission.withdrawn"}),
    ("?consultation=1", {"submission.received", "answers.published"}),
    ("?since=2026-11-22", {"submission.received", "submission.withdrawn", "answers.published"}),
    ("?until=2026-11-21", {"group.changed"}),
    ("?since=2026-11-22&until=2026-11-22&kind=answers", {"answers.published"}),
    # what is no filter is left out
    ("?kind=moon&number=x&since=2026-99-99&until=9999-12-31&consultation=²", "all"),
    ("?number=99999999999999999999&page=x", "all"),
    ("?number=999999999", set()),
    ("?kind=group&number=1", set()),
]


@pytest.mark.parametrize(("query", "events"), CHOSEN)
def test_acts_are_chosen_by_address(client, its, query, events):
    group = its.group
    elsewhere = make.consultation(version=its.version)
    one, two = make.submission(consultation=its), make.submission(consultation=elsewhere)
    Entry.objects.all().delete()
    _act(group, "group.changed", at=NOON - timedelta(days=1))
    _act(group, "submission.received", about=f"p/{one.number}", number=one.number)
    _act(group, "submission.withdrawn", about=f"p/{two.number}", number=two.number)
    _act(group, "answers.published", about=f"c/{its.number}", consultation=its.number)
    answer = client.get(f"/log/{query}", headers=HOST)
    found = {act.entry.event for act in answer.context["page"].object_list}

    assert answer.status_code == 200
    assert found == (CHOSEN[0][1] if events == "all" else events)


def test_everything_about_a_number_holds_what_it_shares_with_others(its):
    for number in (7, 8):
        _act(its.group, "submission.received", about=f"p/{number}", number=number)
    _act(its.group, "submissions.bundled", numbers=[7, 9])
    _act(its.group, "submissions.bundled", numbers=[8, 9])
    found = acts.page(its.group, acts.Wanted(number="7"), "1").object_list

    assert [act.said["facts"] for act in found] == [{"numbers": [7, 9]}, {"number": 7}]


def test_everything_about_a_number_holds_its_answer_published_with_all_others(its):
    number = make.submission(consultation=its).number
    Entry.objects.all().delete()
    _act(its.group, "answers.published", about=f"c/{its.number}", consultation=its.number)
    _act(its.group, "consultation.edited", about=f"c/{its.number}", number=its.number)
    _act(its.group, "answers.published", about="c/99", consultation=99)
    found = acts.page(its.group, acts.Wanted(number=str(number)), "1").object_list

    assert [act.said["facts"] for act in found] == [{"consultation": its.number}]


def test_another_groups_acts_are_not_among_ours(client, its):
    _act(make.group(), "group.changed")
    page = acts.page(its.group, acts.Wanted(), "1")

    assert all(act.entry.group_id == its.group.pk for act in page.object_list)


def test_the_list_asks_the_same_however_long_it_is(its, django_assert_num_queries):
    for count in (1, 300):
        for _one in range(count):
            _act(its.group, "consultation.edited", about="c/1", number=its.number)
        ledger.sequence_all(NOON)
        with django_assert_num_queries(4):
            page = acts.page(its.group, acts.Wanted(kind="discussions"), "1")
            assert [(act.sentence, act.path, act.is_apart) for act in page.object_list]


def test_rows_that_did_not_fit_belong_to_their_act(client, its):
    wards = [ideas.ward(its.group, f"Dalis {n}") for n in range(304)]
    entry = _act(its.group, rows=wards)
    ledger.sequence_all(NOON)
    entry.refresh_from_db()
    answer = client.get(f"/log/1/{entry.leaf}/", headers=HOST)

    assert Entry.objects.filter(event="rows.continued").exists()
    assert "rows.continued" not in {act.entry.event for act in acts.page(
        its.group, acts.Wanted(), "1").object_list}  # fmt: skip
    assert len(answer.context["rows"]) == 304


def test_an_act_comes_with_a_proof_that_anybody_can_follow(client, its):
    for _one in range(5):
        _act(its.group)
    ledger.sequence_all(NOON)
    page = client.get("/log/1/3/", headers=HOST).content.decode()
    answer = client.get("/log/1/3/proof.json", headers=HOST)
    said = answer.json()
    leaf = translog.leaf_bytes(said["act"], said["sequenced_at"])
    note = translog.Note.parse(said["checkpoint"])
    point = translog.Checkpoint.parse(note.text)

    assert translog.leaf_hash(leaf).hex() in page
    assert translog.Verifier.parse(said["first"]).find(note)
    assert translog.includes(
        translog.leaf_hash(leaf), said["leaf"], point.size,
        [b64decode(one) for one in said["path"]], point.root,
    )  # fmt: skip
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/log/1/99/", "/log/9/0/", f"/log/{10**30}/{10**30}/"])
def test_there_is_no_page_of_what_is_not_in_the_log(client, its, path):
    _act(its.group)
    ledger.sequence_all(NOON)

    assert client.get(path, headers=HOST).status_code == 404
    assert client.get(f"{path}proof.json", headers=HOST).status_code == 404


def test_the_feed_tells_the_same_under_the_same_filters(client, its):
    Entry.objects.all().delete()
    _act(its.group, "group.changed")
    wanted = _act(its.group, "submission.withdrawn", about="p/2", number=2)
    ledger.sequence_all(NOON)
    answer = client.get("/log/feed/?number=2", headers=HOST)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(answer.content).findall(f"{atom}entry")  # our own feed

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [one.findtext(f"{atom}id") for one in entries] == [f"urn:uuid:{wanted.pk}"]


def test_the_page_says_how_the_log_stands_and_is_kept_for_half_a_minute(client, its):
    _act(its.group)
    before = client.get("/log/", headers=HOST)
    ledger.sequence_all(NOON)
    soon = client.get("/log/", headers=HOST)

    assert "sutarta/" in before.content.decode()
    assert soon["ETag"] == before["ETag"]  # a checkpoint is no act: the page is as old as that
    assert "1 act, signed on" in _page(client, "?kind=group")


def test_bodies_of_acts_are_shown_as_they_were_recorded(client, its):
    entry = _act(its.group, "submission.withdrawn", about="p/2", number=2)
    ledger.sequence_all(NOON)
    entry.refresh_from_db()
    answer = client.get(f"/log/1/{entry.leaf}/", headers=HOST)

    assert json.loads(answer.context["body"]) == json.loads(bytes(entry.body))
