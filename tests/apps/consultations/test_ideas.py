"""Idea calls: begun without a text, told with a place, shown on a map, filed under words."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.actions import ideas as actions
from sutarta.apps.consultations.actions import running, sorting, speaking
from sutarta.apps.consultations.actions.running import Facts
from sutarta.apps.consultations.models import (
    Consultation,
    Kind,
    Stage,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import ideas as queries
from sutarta.apps.consultations.queries import receipts
from sutarta.apps.consultations.queries.ideas import Wanted
from sutarta.apps.consultations.rules import ideas as rules
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants.models import Ward
from sutarta.core import deadlines
from sutarta.core.canonical import fingerprint
from tests import ideas, make
from tests.make import LAST_DAY, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def call(group):
    return ideas.call(group=group)


def url(name: str, *args: object) -> str:
    return reverse(f"consultations:{name}", args=args)


def host(group) -> dict[str, str]:
    return {"host": group.hosts.get().name}


def words(page) -> str:
    return html.unescape(re.sub(r"\s+", " ", page.content.decode())).replace("\xa0", " ")


@pytest.fixture
def open_page(client, group):
    def opened(address: str) -> str:
        page = client.get(address, headers=host(group))
        assert page.status_code == 200, page.status_code
        return words(page)

    return opened


# Beginning

FACTS = Facts(
    title="Ko reikia?",
    opens_at=NOON,
    answers_by=LAST_DAY + timedelta(days=14),
    summary="Pasakokite, ko trūksta.",
    waived=("broad_terms", "planned", "not_planned", "deciders", "open_questions"),
    contact_name="R. M.",
    contact_phone="+370 600 00000",
)
DEADLINE = deadlines.Deadline.of(LAST_DAY, deadlines.END_OF_DAY, "Europe/Vilnius")


def begin(group, actor, **more):
    facts = {"strategy": None, "title": "Alksnių strategija", "facts": FACTS, **more}
    return actions.begin(actor=actor, group=group, deadline=DEADLINE, at=NOON, **facts)


def test_a_call_begins_with_a_strategy_that_has_a_title_alone(group):
    actor = make.member(of=group)
    made = begin(group, actor)

    assert made.is_idea_call and made.version is None
    assert made.strategy.title == "Alksnių strategija" and not made.strategy.versions.exists()

    running.announce(actor=actor, consultation=made, at=NOON)
    assert made.stage(NOON) is Stage.OPEN


@pytest.mark.parametrize("role", Role.values)
def test_editors_begin_a_call(group, role, in_english):
    actor = make.member(of=group, role=role)
    may = role in {Role.COORDINATOR, Role.EDITOR}

    assert bool(rules.may_begin(actor, group, NOON)) is may
    assert bool(rules.may_keep_territory(actor, group, NOON)) is may
    if not may:
        with pytest.raises(Refused):
            begin(group, actor)
        assert not Strategy.objects.exists()


FORM = {
    "strategy_title": "Alksnių strategija",
    "title": "Ko reikia?",
    "summary": "Pasakokite, ko trūksta.",
    "deciders": "",
    "contact_name": "R. M.",
    "contact_email": "rm@alksniai.example",
    "contact_phone": "",
    "opens_at": "2030-01-01T09:00",
    "last_day": "2030-02-01",
    "wording": "day",
    "hour": "",
    "answers_by": "2030-02-20",
}


def test_the_desk_begins_announces_and_edits_a_call(client, group):
    client.force_login(make.member(of=group))
    answer = client.post(url("desk_begin_ideas"), FORM, headers=host(group))

    made = Consultation.objects.get()
    assert answer.headers["Location"] == url("desk_consultation", made.number)
    assert "deciders" in made.waived
    edited = {**FORM, "deciders": "Valdyba sausį."}
    client.post(url("desk_edit", made.number), edited, headers=host(group))
    client.post(url("desk_announce", made.number), headers=host(group))
    made = Consultation.objects.get()
    assert made.announced_at and made.deciders == "Valdyba sausį."
    edited["summary"] = "Aiškiau."
    client.post(url("desk_edit", made.number), edited, headers=host(group))
    assert Consultation.objects.get().summary == "Aiškiau."
    for name in ("desk_consultation", "desk_edit", "desk_idea_ways"):
        assert client.get(url(name, made.number), headers=host(group)).status_code == 200
    assert client.get(url("desk_consultations"), headers=host(group)).status_code == 200


@pytest.mark.parametrize(
    "bad",
    [
        {"strategy_title": " "},
        {"strategy": "99"},
        {"title": ""},
        {"last_day": "1"},
        {"answers_by": ""},
        {"opens_at": "rytoj"},
        {"contact_email": "ne"},
    ],
)
def test_whatever_is_wrong_stays_in_the_form(client, group, bad):
    make.version(group=group)
    client.force_login(make.member(of=group))
    page = client.post(url("desk_begin_ideas"), {**FORM, **bad}, headers=host(group))

    assert page.status_code == 422 and "Pasakokite" in words(page)
    assert not Consultation.objects.exists()


# Telling

TYPED = {
    "body": "Prie <turgaus> nėra kur „prisėsti“.",
    "place": "Turgaus g., stotelė",
    "for_whom": ["OLDER", "FAMILIES"],
    "author_name": "J. K.",
}


def hidden(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"csrfmiddlewaretoken", "next"}:
            found.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    return found


def test_a_need_is_told_checked_and_receipted(client, group, call):
    ward = ideas.ward(group)
    say = url("say", call.number)
    chosen = client.get(say, headers=host(group)).content.decode()
    assert "kind=need" in chosen and "kind=idea" in chosen and "kind=wording" not in chosen

    typed = {**TYPED, "kind": "need", "ward": str(ward.pk)}
    checked = client.post(say, {**typed, "step": "check"}, headers=host(group))
    page = checked.content.decode()
    assert "Senamiestis, Turgaus g., stotelė" in page and checked.status_code == 200
    again = client.post(say, {**hidden(page), "step": "write"}, headers=host(group))
    assert again.content.decode().count("checked") >= 2
    sent = client.post(say, {**hidden(page), "step": "send"}, headers=host(group))
    told = Submission.objects.get()
    assert (told.kind, told.ward, told.version) == (Kind.NEED, ward, None)
    assert (told.body, told.place) == (TYPED["body"], TYPED["place"])
    assert told.for_whom == ["FAMILIES", "OLDER"] or told.for_whom == ["OLDER", "FAMILIES"]
    mine = client.get(sent.headers["Location"], headers=host(group))
    assert mine.status_code == 200 and "Turgaus g." in words(mine)


@pytest.mark.parametrize(
    "bad",
    [{"body": " "}, {"ward": "nėra"}, {"for_whom": ["ALL"]}, {"email": "ne"}, {"website": "x"}],
)
def test_nothing_is_lost_on_an_error(client, group, call, bad):
    ideas.ward(group)
    typed = {**TYPED, "kind": "idea", **bad, "step": "check"}
    page = client.post(url("say", call.number), typed, headers=host(group))

    assert page.status_code == 422
    assert TYPED["place"] in words(page)
    assert not Submission.objects.exists()


def test_a_question_may_be_asked_and_a_wording_not_proposed(client, group, call):
    page = client.get(url("say", call.number) + "?kind=question", headers=host(group))
    assert page.status_code == 200
    page = client.get(url("say", call.number) + "?kind=wording", headers=host(group))
    assert "kind=idea" in page.content.decode()


def test_needs_are_not_offered_where_there_is_a_text(client, in_english):
    with_text = make.consultation()

    with pytest.raises(speaking.BadWords):
        make.receipt(consultation=with_text, kind=Kind.IDEA, lineage_id="")


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": Kind.GENERAL},
        {"ward": "00000000-0000-0000-0000-000000000000"},
        {"for_whom": ("NOBODY",)},
        {"kind": Kind.QUESTION, "place": "čia"},
        {"lineage_id": "abcdef"},
    ],
)
def test_what_makes_no_sense_is_refused(call, facts):
    with pytest.raises(speaking.BadWords):
        make.receipt(
            consultation=call, at=make.now(), **{"kind": Kind.IDEA, "lineage_id": "", **facts}
        )


def test_the_part_of_another_group_is_refused(call):
    theirs = ideas.ward(make.group())

    with pytest.raises(speaking.BadWords):
        ideas.idea(call, ward=theirs)


def test_the_receipt_vouches_for_the_place(group, call):
    told = ideas.idea(call, ward=ideas.ward(group), place="Turgaus g.", for_whom=("OLDER",))
    proof = receipts.fingerprints(told)[-1]

    where = {name: proof["content"][name] for name in ("ward", "place", "for_whom", "version")}
    assert where == {
        "ward": 1, "place": "Turgaus g.", "for_whom": ["OLDER"], "version": None,
    }  # fmt: skip
    assert fingerprint(bytes.fromhex(proof["salt"]), proof["content"]) == proof["fingerprint"]


def test_a_part_with_another_name_breaks_no_receipt(group, call):
    told = ideas.idea(call, ward=ideas.ward(group))
    Ward.objects.filter(group=group).update(name="Naujamiestis")
    proof = receipts.fingerprints(Submission.objects.get(pk=told.pk))[-1]

    assert fingerprint(bytes.fromhex(proof["salt"]), proof["content"]) == told.digest


def test_the_author_corrects_the_place_and_withdraws(client, group, call):
    receipt = make.receipt(consultation=call, kind=Kind.IDEA, place="Turgaus g.", at=make.now())
    correct = url("correct", receipt.secret)
    client.post(correct, {"body": "Suolelis.", "place": "Liepų g."}, headers=host(group))

    told = Submission.objects.get()
    assert (told.body, told.place) == ("Suolelis.", "Liepų g.")
    assert told.former_texts.get().place == "Turgaus g."
    assert [one["content"]["place"] for one in receipts.fingerprints(told)] == [
        "Turgaus g.", "Liepų g.",
    ]  # fmt: skip
    assert client.get(url("mine", receipt.secret), headers=host(group)).status_code == 200
    client.post(url("withdraw", receipt.secret), headers=host(group))
    assert Submission.objects.get().withdrawn_at


# Reading


def test_the_page_shows_the_map_the_list_and_the_ideas(open_page, group, call):
    town, meadow = ideas.ward(group), ideas.ward(group, "Pievos", outline=[])
    ideas.idea(call, ward=town, for_whom=("OLDER",))
    ideas.idea(call, ward=meadow, body="Takas į mokyklą.", kind=Kind.NEED)
    ideas.idea(call, body="Daugiau medžių.")
    ideas.idea(call, body="Tikrinama.", visibility=Visibility.CHECKING)
    page = open_page(url("consultation", call.number))

    assert (
        page.count('fill-rule="evenodd"') == 1
    )  # a part without an outline stands in the list alone
    assert "Pievos" in page and "Pastatykite suolelį" in page and "Takas į mokyklą" in page
    assert "Tikrinama." not in page
    assert page.count('href="?ward=1#ideas"') == 2 and page.count('href="?ward=2#ideas"') == 1


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("?ward=1", {"suolelį"}),
        ("?ward=none", {"medžių"}),
        ("?whom=older", {"suolelį"}),
        ("?kind=need", {"Takas"}),
        ("?q=taku", {"Takas"}),
        ("?ward=1&kind=need", set()),
        ("?ward=99", set()),
        ("?ward=abc&whom=x&kind=wording", {"suolelį", "Takas", "medžių"}),
        ("?page=77", {"suolelį", "Takas", "medžių"}),
    ],
)
def test_filters(open_page, group, call, query, seen):
    town, meadow = ideas.ward(group), ideas.ward(group, "Pievos")
    ideas.idea(call, ward=town, for_whom=("OLDER",))
    ideas.idea(call, ward=meadow, body="Takas į mokyklą.", kind=Kind.NEED)
    ideas.idea(call, body="Daugiau medžių.")
    page = open_page(url("consultation", call.number) + query)
    listed = page[page.index('id="ideas"') :]

    assert {word for word in ("suolelį", "Takas", "medžių") if word in listed} == seen


def test_an_empty_call_says_so(open_page, call):
    assert "<svg" in open_page(url("consultation", call.number))  # icons alone
    assert "idea-map" not in open_page(url("consultation", call.number))


def test_a_covered_place_is_not_shown(open_page, group, call):
    told = ideas.idea(call, place="Liepų g. 77-12", visibility=Visibility.REDACTED)
    told.public_place = "Liepų g. „[uždengta: adresas]“"
    told.save()

    for name, number in (("consultation", call.number), ("submission", told.number)):
        page = open_page(url(name, number))
        assert "77-12" not in page and "Liepų g." in page


def test_an_approved_photo_is_shown_with_words_for_it(open_page, group, call):
    told = ideas.idea(call)
    shown = make.attachment(told, b"GIF1", approved_at=make.now())
    waiting = make.attachment(told, b"GIF2")
    page = open_page(url("consultation", call.number))

    assert f'alt="Nuotrauka prie Nr. {told.number}"' in page or "Photo with" in page
    assert shown.digest in page and waiting.digest not in page


def test_1_and_300_ideas_take_the_same_number_of_questions(client, group, call):
    wards = [ideas.ward(group, f"Dalis {n}") for n in range(6)]
    version = make.version(strategy=call.strategy)
    actor = make.member(of=group)
    client.force_login(actor)
    first = ideas.idea(call, ward=wards[0])
    make.attachment(first, b"GIF", approved_at=make.now())
    sorting.file(actor=actor, submission=first, lineage_id=make.passage(version), at=make.now())

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address, headers=host(group)).status_code == 200
        return len(seen)

    addresses = [
        url("consultation", call.number), url("desk_idea_ways", call.number), url("register"),
        url("desk") + "?show=all",
    ]  # fmt: skip
    few = [asked(address) for address in addresses]
    few = [asked(address) for address in addresses]
    copies = []
    for number in range(2, 301):
        stored = (field.attname for field in Submission._meta.concrete_fields)
        facts = {name: getattr(first, name) for name in stored if name != "id"}
        facts |= {"number": number, "secret_digest": f"{number}", "request_key": f"{number}"}
        copies.append(Submission(**facts | {"ward_id": wards[number % 6].pk}))
    Submission.objects.bulk_create(copies)

    assert [asked(address) for address in addresses] == few
    print(f"questions: {dict(zip(addresses, few, strict=True))}")


# From needs to words


@pytest.fixture
def filed(group, call):
    """An idea placed beside the first paragraph of the version that came of the call."""
    version = make.version(strategy=call.strategy)
    told = ideas.idea(call)
    lineage = make.passage(version)
    actor = make.member(of=group)
    sorting.file(actor=actor, submission=told, lineage_id=lineage, at=make.now())
    return told, version, lineage


def test_an_idea_cannot_be_placed_before_there_are_words(group, call, in_english):
    with pytest.raises(Refused, match="no published text"):
        actor = make.member(of=group)
        sorting.file(actor=actor, submission=ideas.idea(call), lineage_id="x", at=make.now())


def test_the_idea_leads_to_the_words_and_the_words_to_the_idea(open_page, filed, call):
    told, version, lineage = filed
    address = url("passage", version.strategy.number, version.number, lineage)

    for page in (url("consultation", call.number), url("submission", told.number)):
        assert f'href="{address}#{lineage}"' in open_page(page)
    assert f'href="{url("submission", told.number)}"' in open_page(address)


def test_an_idea_follows_its_words_into_the_next_version(open_page, filed):
    from sutarta.apps.consultations.actions import carrying

    told, version, lineage = filed
    after = make.reworded(version, lineage, "Pagalba teikiama ir naktį.")
    carrying.place_submissions(version=after, at=make.now())

    address = url("passage", after.strategy.number, after.number, lineage)
    assert f'href="{address}#{lineage}"' in open_page(url("submission", told.number))
    assert f'href="{url("submission", told.number)}"' in open_page(address)


def test_a_call_counts_what_entered_the_strategy(group, call, filed):
    told, _version, _lineage = filed
    make.answer(ideas.idea(call, body="Kita."))
    found = queries.ways(call)

    assert (len(found.rows), found.entered) == (2, 1)
    assert [(way.submission.number, bool(way.links), way.is_answered) for way in found.rows] == [
        (told.number, True, False), (told.number + 1, False, True),
    ]  # fmt: skip


def test_an_answered_idea_that_went_nowhere_says_so(open_page, call):
    told = ideas.idea(call)
    make.answer(told, outcome="NOTED", reason="Ačiū, įrašyta.")
    page = open_page(url("submission", told.number))

    assert "Ačiū, įrašyta." in page
    assert "Strategijoje" in page or "No words of the strategy" in page


# Everything else works without a version


@pytest.mark.parametrize(
    "name", ["register", "feed", "register_csv", "register_xlsx", "register_docx", "submission"]
)
@pytest.mark.parametrize("visibility", [Visibility.PUBLIC, Visibility.CHECKING])
def test_public_pages_know_ideas(client, group, call, name, visibility):
    told = ideas.idea(call, ward=ideas.ward(group), place="Čia", visibility=visibility)
    args = [told.number] if name == "submission" else []
    answer = client.get(url(name, *args), headers=host(group))

    assert answer.status_code == 200
    b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    "name",
    ["desk_submission", "desk_answer", "desk_moderate", "desk_erase"],
)
def test_pages_of_the_desk_know_ideas(client, group, call, name):
    told = ideas.idea(call, ward=ideas.ward(group), place="Čia", for_whom=("OLDER",))
    client.force_login(make.member(of=group))

    assert client.get(url(name, told.number), headers=host(group)).status_code in {200, 405}


def test_an_idea_is_moderated_answered_reported_and_erased(client, group, call):
    told = ideas.idea(call, place="Liepų g. 5", visibility=Visibility.CHECKING,
                      email="jk@alksniai.example")  # fmt: skip
    client.force_login(make.member(of=group))
    number = told.number
    data = {
        "visibility": "REDACTED", "public_body": told.body,
        "public_place": "Liepų g. „[uždengta: adresas]“", "reason": "Adresas.",
        "seen": told.digest,
    }  # fmt: skip
    moderated = client.post(url("desk_moderate", number), data, headers=host(group))
    assert moderated.status_code == 302, re.findall("ds-error.*?</", words(moderated))
    told.refresh_from_db()
    assert "5" not in told.public_place and told.visibility == Visibility.REDACTED

    said = {"outcome": "NOTED", "reason": "Ačiū, įrašyta.", "do": "ready"}
    answered = client.post(url("desk_answer", number), said, headers=host(group))
    assert answered.status_code == 302, words(answered)
    Consultation.objects.update(opens_at=NOON - timedelta(days=60))
    call.deadlines.update(closes_at=make.now() - timedelta(days=1))
    page = client.get(url("desk_publish_answers", call.number), headers=host(group))
    sent = {name: values[0] for name, values in hidden(page.content.decode()).items()}
    published = client.post(url("desk_publish_answers", call.number), sent, headers=host(group))
    assert published.status_code == 302
    told.refresh_from_db()
    assert told.answer.published_at
    page = url("desk_report", call.number)
    assert client.get(page, headers=host(group)).status_code == 200
    make.report(Consultation.objects.get(), published_at=make.now())
    client.logout()
    cache.clear()
    shown = client.get(url("closing_report", call.number), headers=host(group))
    assert shown.status_code == 200 and "version None" not in words(shown)
    paper = client.get(url("report_file", call.number, "docx"), headers=host(group))
    assert paper.status_code == 200


def test_the_search_of_a_visitor_is_not_trusted():
    from django.http import QueryDict

    wanted = Wanted.asked(QueryDict("ward=²&whom=OLDER&kind=IDEA&q=" + "x" * 999))
    assert (wanted.ward, wanted.whom, wanted.kind, len(wanted.q)) == ("", "", "", 200)


# By other channels

ENTRY = {
    "channel": "PHONE",
    "text": "Trūksta suolelio prie poliklinikos.",
    "kind": "NEED",
    "spot": "Poliklinikos g.",
    "for_whom": ["OLDER"],
    "do": "save",
}


def enter(client, call, **more):
    received = (make.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    data = {**ENTRY, "consultation": call.number, "received_at": received, **more}
    return client.post(url("desk_enter"), data, headers=host(call.group))


def test_staff_enter_a_need_told_by_telephone(client, group, call):
    ward = ideas.ward(group)
    client.force_login(make.member(of=group))
    page = client.get(url("desk_enter"), headers=host(group))
    assert "Senamiestis" in words(page)
    answer = enter(client, call, ward=str(ward.pk))

    assert answer.status_code == 302, re.findall(r"ds-error.{0,300}", words(answer))
    told = Submission.objects.get()
    assert (told.kind, told.ward, told.place) == (Kind.NEED, ward, "Poliklinikos g.")
    assert told.for_whom == ["OLDER"]
    entered = client.get(url("desk_entered", told.number), headers=host(group))
    assert entered.status_code == 200


@pytest.mark.parametrize(
    "bad", [{"ward": "x"}, {"for_whom": ["X"]}, {"kind": "WORDING"}, {"text": ""}]
)
def test_what_staff_typed_stays_with_the_error(client, group, call, bad):
    client.force_login(make.member(of=group))
    page = enter(client, call, **bad)

    assert page.status_code == 422 and "Poliklinikos g." in words(page)


def test_a_question_by_telephone_has_no_place(client, group, call):
    client.force_login(make.member(of=group))

    assert enter(client, call, kind="QUESTION").status_code == 302
    assert Submission.objects.get().place == ""


def test_the_menu_leads_to_the_register_before_there_is_a_strategy(open_page, call):
    assert f'href="{url("register")}"' in open_page(url("consultation", call.number))
