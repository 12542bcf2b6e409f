"""Order on the page of a submission, and the list as a file."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.models import Filing, Note, Submission, Tag, Visibility
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def consultation(group):
    return make.consultation(group=group)


@pytest.fixture
def desk(client, group):
    def sign_in(role=Role.COORDINATOR):
        who = make.member(of=group, role=role)
        client.force_login(who, BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client, who

    return sign_in


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


def test_order_is_kept_on_one_page(desk, consultation):
    its = make.submission(consultation=consultation)
    there = make.passage(consultation.version, 2)
    client, who = desk()

    posts = [
        ("desk_note", {"text": "Skambinau autorei."}),
        ("desk_tag", {"tag": "Keliai"}),
        ("desk_assign", {"do": "mine"}),
        ("desk_places", {"passage": there}),
    ]
    answers = [client.post(url(name, its.number), data, follow=True) for name, data in posts]

    page = answers[-1].content.decode()
    assert [answer.status_code for answer in answers] == [200] * 4
    assert all(words in page for words in ("Skambinau autorei.", "Keliai", "Take away"))
    its.refresh_from_db()
    assert its.assigned_to == who
    client.post(url("desk_tag", its.number), {"off": "Keliai"})
    client.post(url("desk_places", its.number), {"off": there})
    client.post(url("desk_assign", its.number), {"to": ""})
    its.refresh_from_db()
    assert (its.taggings.count(), Filing.objects.count(), its.assigned_to) == (0, 0, None)


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("desk_note", {"text": " "}, "Write the note."),
        ("desk_note", {"text": "ž" * 60_000}, "characters fit here"),
        ("desk_tag", {"tag": ""}, "Write the tag."),
        ("desk_tag", {"tag": "ilga " * 10}, "at most 40 characters"),
        ("desk_assign", {"to": "nobody"}, "Select a valid choice"),
        ("desk_places", {"passage": "nera"}, "This passage is not in the published text."),
        ("desk_places", {"passage": ""}, "This passage is not in the published text."),
        ("desk_similar", {"with": "77"}, "There is no submission of this number."),
        ("desk_similar", {"with": "septyni"}, "There is no submission of this number."),
        ("desk_similar", {"with": "²"}, "There is no submission of this number."),
    ],
)
def test_after_bad_input_the_reason_and_what_was_typed_are_there(
    desk, consultation, name, typed, why
):
    its = make.submission(consultation=consultation)
    client, _who = desk()

    answer = client.post(url(name, its.number), typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert name in {"desk_assign", "desk_places"} or next(iter(typed.values())).strip() in page
    assert not Note.objects.exists() and not Tag.objects.exists()


def test_a_passage_is_found_by_number_and_by_words(desk, consultation):
    its = make.submission(consultation=consultation)
    client, _who = desk()

    def offered(place):
        answer = client.get(url("desk_submission", its.number), {"place": place})
        return [one.text for one in answer.context["offered"]]

    assert offered("laisvų valandų") == [consultation.version.document.blocks[2].text]
    assert offered("nėra tokio žodžio") == []
    assert offered("savaitgaliais") == []  # where it stands by itself


def test_similar_ones_are_put_together_and_taken_apart(desk, consultation):
    words = "Prašome įrengti apšvietimą prie mokyklos, vakarais tamsu."
    one, two = (make.submission(consultation=consultation, body=words) for _ in range(2))
    client, _who = desk()
    page = client.get(url("desk_submission", one.number)).content.decode()
    assert "These say much the same" in page

    client.post(url("desk_similar", one.number), {"with": two.number})
    assert Submission.objects.exclude(bundle=None).count() == 2
    client.post(url("desk_similar", two.number), {"do": "leave"})

    assert Submission.objects.exclude(bundle=None).count() == 0


def test_an_auditor_reads_the_order_and_changes_nothing(desk, consultation):
    its = make.submission(consultation=consultation)
    Note.objects.create(
        group=its.group, submission=its, text="Skambinau.", actor=make.user(), at=make.NOON
    )
    client, _who = desk(Role.AUDITOR)

    page = client.get(url("desk_submission", its.number)).content.decode()

    assert "Skambinau." in page
    assert not any(url(name, 1) in page for name in ("desk_note", "desk_places", "desk_similar"))


def _read(client, address):
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("role", Role.values)
def test_the_list_is_a_file_for_all_staff_as_the_filter_shows_it(desk, consultation, role):
    make.submission(
        consultation=consultation, body="=1+1", author_name="O. L.", email="o.l@post.lt"
    )
    make.submission(consultation=consultation, body="Kitas.", visibility=Visibility.PUBLIC)
    client, _who = desk(role)

    text = _read(client, url("desk_csv") + "?show=moderate").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    book = openpyxl.load_workbook(io.BytesIO(_read(client, url("desk_xlsx") + "?show=all")))

    assert [(line["No."], line["Text"], line["E-mail"]) for line in lines] == [
        ("1", "'=1+1", "o.l@post.lt")
    ]
    sheet = book.active
    assert [sheet.cell(row, 1).value for row in (2, 3)] == [2, 1]
    assert sheet.cell(2, 2).is_date
    assert sheet.cell(3, 2).value.hour == 12  # the wall clock of the group


def test_words_under_cover_stay_covered_in_the_file(desk, consultation):
    its = make.submission(consultation=consultation, body="Ona serga.")
    Submission.objects.filter(pk=its.pk).update(
        visibility=Visibility.REDACTED, public_body="Kažkas serga."
    )
    client, _who = desk()

    text = _read(client, url("desk_csv") + "?show=all").decode()

    assert "Kažkas serga." in text
    assert "Ona" not in text


def _copies(first, upto):
    fields = [f for f in Submission._meta.concrete_fields if f.attname != "id"]
    copies = []
    for number in range(2, upto + 1):
        made = Submission(**{f.attname: getattr(first, f.attname) for f in fields})
        made.number, made.secret_digest, made.request_key = number, str(number), str(number)
        copies.append(made)
    Submission.objects.bulk_create(copies)


@pytest.mark.parametrize("name", ["desk", "desk_csv", "desk_xlsx", "desk_submission"])
def test_1_and_300_submissions_take_the_same_number_of_questions(desk, consultation, name):
    client, _who = desk()
    first = make.submission(consultation=consultation)
    client.post(url("desk_tag", first.number), {"tag": "Keliai"})
    client.post(url("desk_assign", first.number), {"do": "mine"})
    address = url(name, *([1] if name == "desk_submission" else [])) + "?show=all&sort=old"
    _read(client, address)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert _read(client, address)
        return len(queries)

    few = asked()
    first.refresh_from_db()
    _copies(first, 300)

    likes = name == "desk_submission"  # one more reads those that say nearly the same
    assert asked() == few + likes
