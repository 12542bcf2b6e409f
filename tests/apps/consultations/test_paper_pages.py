"""Pages of paper: forms to print, a stack typed in, receipts for sheets, slips put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.models import (
    Channel,
    Kind,
    OnPaper,
    PaperRun,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.people.models import Role
from tests import make
from tests.files import png
from tests.formats.papers import words

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CONTACT = "a.z@alksniai.example, 8 600 00000, Liepų g. 7"


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def its(group):
    return make.running(version=make.version(group=group))


@pytest.fixture
def office(client, its):
    who = make.member(of=its.group, role=Role.MODERATOR)
    client.force_login(who, BACKEND)
    client.cookies["sutarta_language"] = "en"
    return who


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


def send(client, its, host, **said):
    """One sheet as the page sends it."""
    came = timezone.localtime(make.now() - timedelta(hours=1))
    typed = {
        "do": "next", "code": "", "text": "Reikia suolo.", "kind": "", "channel": "PAPER",
        "received_at": f"{came:%Y-%m-%dT%H:%M}", "consultation": its.number,
        "request_key": f"k{Submission.objects.count()}", **said,
    }  # fmt: skip
    return client.post(url("desk_type"), typed, headers={"host": host})


@pytest.fixture
def typed(client, its, office, host):
    """Types in one sheet after the other; returns what became of the last."""

    def send_one(**said):
        answer = send(client, its, host, **said)
        assert answer.status_code == 302, answer.content.decode()
        return Submission.objects.order_by("-number").first(), answer

    return send_one


@pytest.fixture
def host(group):
    return "ours.test"


def test_a_sheet_becomes_a_row_and_the_next_form_remembers_the_stack(client, its, typed, host):
    made, answer = typed(author_name="A Ž", show_name="on", contact=CONTACT)

    assert (made.channel, made.body, made.kind) == (Channel.PAPER, "Reikia suolo.", Kind.GENERAL)
    assert (made.email, made.phone) == ("a.z@alksniai.example", "8 600 00000")
    assert (made.post_address, made.author_name) == ("Liepų g. 7", "A Ž")
    assert made.on_paper.place == 1
    page = client.get(answer.url, headers={"host": host}).content.decode()
    came = timezone.localtime(made.received_at)
    assert f'value="{came:%Y-%m-%dT%H:%M}"' in page
    assert "Registered as No.\xa01" in page
    assert page.count("autofocus") == 1
    assert "Reikia suolo" in page  # in the list of what was typed in today


def test_one_more_from_the_sheet_has_name_and_contact_filled_in(client, its, typed, host):
    first, answer = typed(do="same", author_name="A Ž", contact=CONTACT)
    page = client.get(answer.url, headers={"host": host}).content.decode()
    assert "One more from the same sheet as" in page
    assert 'value="A Ž"' in page and CONTACT in page
    assert "a.z" not in answer.url

    second, _answer = typed(text="Reikia tako.", sheet=first.on_paper.sheet)

    assert second.on_paper.sheet == first.on_paper.sheet
    public = client.get(url("submission", second.number), headers={"host": host})
    assert "from the same sheet of paper:" not in public.content.decode()  # nobody reads it yet
    Submission.objects.update(visibility=Visibility.PUBLIC)
    public = client.get(url("submission", second.number), headers={"host": host})
    assert "from the same sheet of paper:" in public.content.decode()
    receipt = client.get(url("desk_sheet", first.on_paper.sheet), headers={"host": host})
    told = receipt.content.decode()
    assert f"/p/{first.number}" in told and f"/p/{second.number}" in told
    desk = client.get(url("desk_submission", first.number), headers={"host": host})
    assert "from the same sheet of paper:" in desk.content.decode()


def test_a_code_names_the_consultation_and_a_slip_of_it_is_told(client, its, typed, office, host):
    other = make.running(version=its.version)
    run = make.paper_run(other)
    code = queries.code(run.first)

    wrong = send(client, its, host, code=f"{code[:-1]}{(int(code[-1]) + 1) % 10}")
    made, _answer = typed(code=code)

    assert wrong.status_code == 422
    assert "it is copied wrongly" in wrong.content.decode()
    assert (made.consultation, made.on_paper.printed) == (other, run.first)


def test_a_sheet_that_is_in_the_register_asks_before_one_more_is_taken(
    client, its, typed, office, host
):
    code = queries.code(make.paper_run(its).first)
    first, _answer = typed(code=code)

    asked = send(client, its, host, code=code, text="Reikia tako.")
    assert asked.status_code == 422
    assert f"This sheet is in the register already: No. {first.number}." in _plain(asked)
    second, _answer = typed(code=code, text="Reikia tako.", again="on")

    assert second.on_paper.sheet == first.on_paper.sheet


def test_a_code_never_printed_is_refused(client, its, office, host):
    answer = send(client, its, host, code=queries.code(9))

    assert answer.status_code == 422
    assert not Submission.objects.exists()


@pytest.mark.parametrize("contact", ["a@@b", "a@b.lt, c@d.lt", "860000001, 860000002"])
def test_a_contact_that_cannot_be_is_told(client, its, office, host, contact):
    answer = send(client, its, host, contact=contact)

    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_the_passage_is_found_and_a_wording_taken(client, its, typed, host):
    found = send(client, its, host, do="find", find="2.1", text="")
    made, _answer = typed(kind="WORDING", find="2.1", text="Kitaip.", why="Nes aiškiau.")

    assert found.status_code == 200 and "<blockquote" in found.content.decode()
    assert (made.kind, made.proposed, made.why) == (Kind.WORDING, "Kitaip.", "Nes aiškiau.")


def test_a_scan_comes_along(client, its, typed):
    made, _answer = typed(files=[_scan()])

    assert made.attachments.get().media_type == "image/png"


def test_what_is_no_file_of_ours_keeps_the_form(client, its, office, host):
    answer = send(client, its, host, files=[_named(b"#!/bin/sh\nrm", "x.sh")])

    assert answer.status_code == 422
    assert "Reikia suolo." in answer.content.decode()
    assert not Submission.objects.exists()


def test_an_idea_call_takes_its_ideas_from_paper(client, group, office, its, host):
    call = make.running(strategy=its.strategy)
    answer = send(client, call, host, kind="", spot="Prie tilto", for_whom=["OLDER"])

    assert answer.status_code == 302
    made = Submission.objects.get()
    assert (made.kind, made.place) == (Kind.IDEA, "Prie tilto")


def test_a_slip_is_put_right_on_its_page(client, its, typed, host):
    made, _answer = typed(text="Reikia uolo.", author_name="A Ž")
    address = url("desk_retype", made.number)
    page = client.get(address, headers={"host": host}).content.decode()
    assert "Reikia uolo." in page

    said = {"text": "Reikia suolo.", "author_name": "A. Ž.", "contact": "8 600 00000"}
    answer = client.post(address, said, headers={"host": host})

    made.refresh_from_db()
    assert answer.status_code == 302
    assert (made.body, made.author_name, made.phone) == ("Reikia suolo.", "A. Ž.", "8 600 00000")
    empty = client.post(address, {"text": ""}, headers={"host": host})
    assert empty.status_code == 422


def test_what_the_public_reads_is_not_put_right(client, its, office, host):
    made = make.entered(consultation=its, publish=True)

    page = client.get(url("desk_retype", made.number), headers={"host": host})
    answer = client.post(url("desk_retype", made.number), {"text": "Kita."}, headers={"host": host})

    assert "It has been checked already" in page.content.decode()
    assert answer.status_code == 403


def test_words_that_were_hidden_are_laid_open_nowhere(client, its, typed, host):
    made, answer = typed(text="Kaimynė O. K. serga.", author_name="A Ž")
    Submission.objects.filter(pk=made.pk).update(visibility=Visibility.HIDDEN)

    for address in (
        answer.url,
        url("desk_sheet", made.on_paper.sheet),
        url("desk_retype", made.number),
        f"{url('desk_type')}?sheet={made.on_paper.sheet}",
    ):
        page = client.get(address, headers={"host": host})
        assert page.status_code == 200
        assert "O. K." not in page.content.decode(), address


def test_forms_are_printed_with_codes_and_again(client, its, office, host):
    answer = client.post(
        url("desk_paper", its.number), {"count": 2, "language": "lt"}, headers={"host": host}
    )
    run = PaperRun.objects.get()
    file = client.get(answer.url, headers={"host": host})
    again = client.get(url("desk_paper", its.number), headers={"host": host}).content.decode()

    told = words(file.content)
    assert file["Content-Type"] == "application/pdf"
    assert [queries.code(run.first) in told, queries.code(run.last) in told] == [True, True]
    assert f"{queries.code(1)} – {queries.code(2)}" in again
    assert "0 of 2 came back" in " ".join(again.split())
    send(client, its, host, code=queries.code(2))
    send(client, its, host, code=queries.code(2), text="Reikia tako.", again="on")
    assert [one.came_back for one in queries.runs(its)] == [1]
    too_many = client.post(
        url("desk_paper", its.number), {"count": 999, "language": "lt"}, headers={"host": host}
    )
    assert too_many.status_code == 422
    assert PaperRun.objects.count() == 1


@pytest.mark.parametrize("language", ["lt", "en"])
def test_everybody_finds_the_form_beside_the_other_ways(client, its, host, language):
    client.cookies["sutarta_language"] = language
    page = client.get(url("consultation", its.number), headers={"host": host}).content.decode()
    address = url("paper_form", its.number, language)
    assert address in page

    file = client.get(address, headers={"host": host})
    known = client.get(address, headers={"host": host, "if-none-match": file["ETag"]})

    assert file["Content-Language"] == language
    assert its.title in words(file.content)
    assert known.status_code == 304


def test_the_form_is_had_in_the_languages_that_are_offered(client, its, host):
    make.form_words(of=its.group, language="uk")
    make.form_words(of=its.group, language="ar", words={"title": "قل لنا"})

    ukrainian = client.get(url("paper_form", its.number, "uk"), headers={"host": host})
    page = client.get(url("say_in", its.number, "uk"), headers={"host": host}).content.decode()

    assert "Принесіть або надішліть цей аркуш" in words(ukrainian.content)
    assert url("paper_form", its.number, "uk") in page
    for code in ("ar", "pl", "xx"):  # not drawn, not offered, not known
        answer = client.get(url("paper_form", its.number, code), headers={"host": host})
        assert answer.status_code == 404


def test_a_page_of_many_sheets_asks_as_often_as_one_of_few(client, its, typed, host):
    def asked(address):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address, headers={"host": host})
        return len(queries)

    first, answer = typed()
    asked(answer.url)
    few = asked(answer.url)
    for number in range(8):
        _made, answer = typed(text=f"Reikia {number}.", sheet=first.on_paper.sheet)

    asked(answer.url)
    assert asked(answer.url) == few
    assert OnPaper.objects.count() == 9


def _plain(answer):
    return answer.content.decode().replace("\xa0", " ")


def _scan():
    return _named(png(), "lapas.png")


def _named(data, name):
    return SimpleUploadedFile(name, data)
