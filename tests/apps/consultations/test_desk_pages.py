"""The pages of the desk: who sees what, what happens to bad input, how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.models import Answer, Consultation, Kind, Submission, Visibility
from sutarta.apps.people.models import Role
from sutarta.core.documents import Outcome
from tests import make
from tests.apps.consultations.test_desk_carrying import HELP, REST, ROAD, next_draft, note

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
NOW = make.now()
ROLES = ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"]


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def desk(client, group):
    """A client signed in as a person of the named role, English chosen."""

    def sign_in(role=Role.COORDINATOR, of=group):
        client.force_login(make.member(of=of, role=role), BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client

    return sign_in


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def everything(group):
    """One of everything a page of the desk may show; returns the addresses of all pages."""
    version = make.version(HELP, REST, ROAD, group=group)
    open_one = make.consultation(
        version=version, opens_at=NOW - timedelta(days=5), last_day=(NOW + timedelta(days=9)).date()
    )
    make.consultation(version=version, announced_at=None)
    made = make.submission(
        consultation=open_one, at=NOW, lineage_id=make.passage(version, 2), email="a@post.lt"
    )
    make.submission(consultation=open_one, at=NOW, kind=Kind.QUESTION, body="Kada?")
    draft = next_draft(version, HELP, ROAD, "Kelios laisvos valandos per mėnesį.")
    draft.passages.all().delete()
    note(draft, made.lineage_id, Outcome.DOUBTFUL, candidates=[[draft.document.blocks[3].id, 0.4]])
    number = version.strategy.number
    return {
        "desk_consultations": [],
        "desk_prepare": [number, 1],
        "desk_sentence": [],
        "desk_consultation": [open_one.number],
        "desk_edit": [open_one.number],
        "desk_extend": [open_one.number],
        "desk": [],
        "desk_submission": [made.number],
        "anchors_of": [number],
        "desk_passage": [number, made.lineage_id],
    }


POSTS = {
    "desk_announce": [2],
    "desk_publish_answers": [1],
    "desk_moderate": [1],
    "desk_answer": [1],
    "desk_late": [1],
    "desk_publish_next": [1],
    "desk_passage": [1, None],
    "desk_prepare": [1, 1],
    "desk_edit": [1],
    "desk_extend": [1],
}
WRITERS = {
    "desk_moderate": "MODERATOR",
    "desk_answer": "MODERATOR",
    "desk_late": "MODERATOR",
}
FORMS = {"desk_prepare", "desk_edit", "desk_extend"}  # shown only to those who may send them


def url(name, args):
    return reverse(f"consultations:{name}", args=args)


@pytest.mark.parametrize("role", ROLES)
def test_all_staff_read_the_desk_and_only_writers_get_its_forms(desk, group, role):
    pages, client = everything(group), desk(role)

    found = {name: client.get(url(name, args)).status_code for name, args in pages.items()}

    may_write = role in {"COORDINATOR", "EDITOR"}
    assert found == {name: 200 if may_write or name not in FORMS else 403 for name in pages}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTS)
def test_each_act_is_for_its_own_role(desk, group, role, name):
    pages, client = everything(group), desk(role)
    args = pages[name] if name == "desk_passage" else POSTS[name]

    answer = client.post(url(name, args), {"do": "ready"})

    allowed = {"COORDINATOR", WRITERS.get(name, "EDITOR")}
    refused_anyway = {"desk_announce", "desk_publish_answers", "desk_late", "desk_publish_next"}
    expected = 403 if role not in allowed or name in refused_anyway else 422
    assert answer.status_code == expected
    if role == "AUDITOR":
        assert "Your role in this group does not include this step." in answer.content.decode()


def test_strangers_find_nothing_and_the_logged_out_sign_in_first(client, desk, group):
    pages = everything(group)
    for name, args in pages.items():
        assert client.get(url(name, args), headers=HOST).status_code == 302
    elsewhere = make.group()
    stranger = desk(of=elsewhere)
    everywhere = [*pages.items(), *((n, a) for n, a in POSTS.items() if None not in a)]

    found = {stranger.get(url(name, args)).status_code for name, args in everywhere}
    posted = {stranger.post(url(name, args)).status_code for name, args in everywhere}

    assert found | posted == {404}


def test_anothers_groups_things_are_not_found_at_ones_own_desk(desk, group):
    pages = everything(make.group())
    client = desk()

    found = {name: client.get(url(name, args)).status_code for name, args in pages.items() if args}

    assert set(found.values()) == {404}


def form(**changes):
    return {
        "title": "Aptarimas", "summary": "Apie pagalbą.", "waive_planned": "on",
        "opens_at": "2026-12-01T09:00", "last_day": "2026-12-20", "wording": "day", "hour": "",
        "answers_by": "2027-01-10", "contact_name": "R. M.", "contact_email": "",
        "contact_phone": "+370 600 00000", **changes,
    }  # fmt: skip


def test_a_consultation_is_prepared_with_its_deadline_said_back(desk, group):
    make.version(group=group)
    client = desk("EDITOR")

    answer = client.post(url("desk_prepare", [1, 1]), form(), follow=True)

    made = Consultation.objects.get()
    assert (made.title, made.waived) == ("Aptarimas", ["planned"])
    assert made.deadline.closes_at.isoformat() == "2026-12-20T22:00:00+00:00"
    page = answer.content.decode()
    assert "We take proposals until 20\xa0December 2026 (Sunday), 24:00, Lithuanian time." in page
    assert "What is not planned" in page


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": " "}, "Write the title."),
        ({"last_day": ""}, "Choose the day."),
        ({"last_day": "2026-02-30"}, "Write the day as year, month and day"),
        ({"last_day": "0026-12-20"}, "Check the year."),
        ({"wording": "before"}, "Write the hour."),
        ({"wording": "before", "hour": "25:00"}, "Write hour and minutes"),
        ({"wording": "through", "hour": "00:00"}, "Midnight is read two ways"),
        ({"opens_at": "vakar"}, "Write the day and hour"),
        ({"contact_email": "rita"}, "Write the whole e-mail address"),
        ({"title": "x" * 201}, "at most 200 characters"),
    ],
)
def test_after_bad_input_what_was_typed_is_still_there(desk, group, changes, why):
    make.version(group=group)
    client = desk()

    answer = client.post(url("desk_prepare", [1, 1]), form(**changes, summary="Ilgas tekstas."))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert "Ilgas tekstas." in page
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"last_day": "2026-11-30", "wording": "before", "hour": "17:00"},
         "We take proposals until 30\xa0November 2026 (Monday), 17:00, Lithuanian time."),
        ({"last_day": "2026-11-30", "wording": "day"}, "(Monday), 24:00, Lithuanian time."),
        ({"last_day": "", "wording": "day"}, ""),
    ],
)  # fmt: skip
def test_a_deadline_being_typed_is_said_back(desk, group, typed, said):
    answer = desk().get(url("desk_sentence", []), typed)

    assert said in answer.content.decode()
    assert bool(said) == ("We take" in answer.content.decode())


def one(group, **facts):
    its = make.consultation(
        group=group, opens_at=NOW - timedelta(days=5), last_day=(NOW + timedelta(days=9)).date()
    )
    return make.submission(consultation=its, at=NOW, **facts)


def test_a_moderation_that_is_refused_keeps_the_text_being_covered(desk, group):
    made = one(group, body="Jonas serga.")
    typed = {
        "visibility": "REDACTED", "public_body": "„[uždengta]“ serga.", "reason": "",
        "seen": made.digest,
    }  # fmt: skip

    answer = desk("MODERATOR").post(url("desk_moderate", [made.number]), typed)

    assert answer.status_code == 422
    assert "Write the reason. We will tell it to the author." in answer.content.decode()
    assert "„[uždengta]“ serga." in answer.content.decode()
    assert made.moderations.count() == 0


def test_who_saw_an_older_text_reads_the_newer_one_and_may_then_decide(desk, group):
    made, client = one(group, body="Mintis."), desk("MODERATOR")
    typed = {"visibility": "PUBLIC", "seen": "old"}

    answer = client.post(url("desk_moderate", [made.number]), typed)

    assert "Read it again." in answer.content.decode()
    assert f'name="seen" value="{made.digest}"' in answer.content.decode()


def test_an_answer_is_kept_as_draft_and_marked_ready_with_the_changed_passages(desk, group):
    made, client = one(group, visibility=Visibility.PUBLIC), desk("MODERATOR")
    typed = {"outcome": "PARTLY", "reason": "Iš dalies.", "changed": [made.lineage_id]}

    client.post(url("desk_answer", [made.number]), {**typed, "do": "keep"})
    client.post(url("desk_answer", [made.number]), {**typed, "do": "ready"})

    answer = Answer.objects.get()
    assert (answer.outcome, answer.changed, answer.is_ready) == ("PARTLY", [made.lineage_id], True)


def test_an_answer_that_accepts_nothing_changes_nothing(desk, group):
    made, client = one(group, visibility=Visibility.PUBLIC), desk("MODERATOR")
    typed = {"outcome": "NOTED", "reason": "Dėkojame.", "changed": [made.lineage_id]}

    client.post(url("desk_answer", [made.number]), {**typed, "do": "ready"})

    assert Answer.objects.get().changed == []


def test_looking_for_a_passage_keeps_what_was_typed_and_stores_nothing(desk, group):
    made, client = one(group, visibility=Visibility.PUBLIC), desk("MODERATOR")
    other = make.passage(made.version, 2)
    typed = {"outcome": "PARTLY", "reason": "Dar rašau.", "find": "šeimoms", "do": "find"}

    answer = client.post(url("desk_answer", [made.number]), typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{other}"' in page
    assert "Dar rašau." in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"outcome": "", "reason": "Tekstas čia.", "do": "ready"}, "Choose the outcome."),
        ({"outcome": "PARTLY", "reason": "", "do": "ready"}, "Write the reason."),
        ({"outcome": "MAYBE", "reason": "Tekstas čia.", "do": "keep"}, "Select a valid choice."),
        ({"outcome": "PARTLY", "reason": "Tekstas čia.", "changed": ["bx"], "do": "keep"},
         "Select a valid choice."),
    ],
)  # fmt: skip
def test_a_bad_answer_comes_back_with_its_words(desk, group, typed, why):
    made = one(group, visibility=Visibility.PUBLIC)

    answer = desk("MODERATOR").post(url("desk_answer", [made.number]), typed)

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert typed["reason"] in answer.content.decode()


def test_the_inbox_filters_and_finds_what_is_not_public_yet(desk, group):
    made = one(group, body="Reikia autobuso savaitgaliais.", author_name="O. L.")
    its = made.consultation
    make.submission(consultation=its, at=NOW, body="Kita mintis.", visibility=Visibility.PUBLIC)
    client = desk()

    def numbers(**asked):
        answer = client.get(url("desk", []), asked)
        return [row.submission.number for row in answer.context["rows"]]

    assert numbers() == [1]
    assert numbers(show="answer") == [2]
    assert numbers(show="all") == [2, 1]
    assert numbers(show="all", words="savaitgalis") == [1]
    assert numbers(show="all", words="Nr. 2") == [2]
    assert numbers(show="all", words="O. L.") == [1]
    assert numbers(show="nonsense") == [1]
    assert numbers(show="ready") == []


def test_from_one_submission_to_the_next_within_the_list(desk, group):
    its = one(group).consultation
    for _more in range(2):
        make.submission(consultation=its, at=NOW)
    page = desk().get(url("desk_submission", [2]) + "?show=moderate")

    assert (page.context["newer"], page.context["older"]) == (3, 1)


def test_a_decided_passage_leads_to_the_next_one_and_the_version_is_published(desk, group):
    version = make.version(HELP, REST, ROAD, group=group)
    draft = next_draft(version, HELP, REST, "Kelios laisvos valandos per mėnesį.")
    draft.passages.all().delete()
    for number, place in ((2, 3), (3, 3)):
        candidate = [draft.document.blocks[place].id, 0.5]
        note(draft, make.passage(version, number), Outcome.DOUBTFUL, candidates=[candidate])
    client = desk("EDITOR")
    first, second = (url("desk_passage", [1, make.passage(version, n)]) for n in (2, 3))

    nothing = client.post(first, {})
    forged = client.post(first, {"becomes": "bnothing"})
    gone = client.post(first, {"becomes": "gone"})
    tied = client.post(second, {"becomes": draft.document.blocks[3].id})
    done = client.post(url("desk_publish_next", [1]))

    assert (nothing.status_code, forged.status_code) == (422, 422)
    assert (gone.url, tied.url) == (second, url("anchors_of", [1]))
    assert done.url == url("version", [1, 2])


def rows(group, count):
    its = one(group, visibility=Visibility.PUBLIC).consultation
    for _number in range(count - 1):
        make.submission(consultation=its, at=NOW, visibility=Visibility.PUBLIC)


@pytest.mark.parametrize("name", ["desk", "desk_submission", "desk_consultation"])
def test_a_page_asks_the_same_number_of_questions_for_1_and_300(desk, group, name):
    rows(group, 1)
    client, args = desk(), [] if name == "desk" else [1]
    address = url(name, args) + "?show=all"
    client.get(address)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = asked()
    first = Submission.objects.get()
    copies = []
    for number in range(2, 301):
        first.pk, first.number = None, number
        copies.append(Submission(**{
            field.attname: getattr(first, field.attname)
            for field in Submission._meta.concrete_fields if field.attname != "id"
        }))  # fmt: skip
        copies[-1].secret_digest = copies[-1].request_key = f"{number}"
    Submission.objects.bulk_create(copies)

    likes = name == "desk_submission"  # one more reads those that say nearly the same
    assert asked() == few + likes
    assert few <= 48


def test_the_first_version_is_published_and_leads_to_the_first_consultation(desk, group):
    make.version(group=group, published=False)
    client = desk("EDITOR")

    page = client.get(url("anchors", []), follow=True)
    done = client.post(url("desk_publish_next", [1]))

    assert "Publish version 1" in page.content.decode()
    assert done.url == url("desk_prepare", [1, 1])
