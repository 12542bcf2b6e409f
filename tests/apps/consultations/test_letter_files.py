"""Letters to people without e-mail as one PDF file."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.consultations.models import Visibility
from sutarta.apps.people.models import Role
from tests import make
from tests.formats.papers import opened, outline, words

pytestmark = pytest.mark.django_db
HOST = "ours.test"


@pytest.fixture
def its():
    return make.consultation(
        group=make.group(host=HOST), contact_name="V. B.", contact_phone="+370 600 00001"
    )


def written_to(its, name: str, **facts):
    told = {"author_name": name, "post_address": f"{name} g. 1, Alksniai", **facts}
    submission = make.submission(consultation=its, visibility=Visibility.PUBLIC)
    for key, value in told.items():
        setattr(submission, key, value)
    submission.email = ""
    submission.save()
    make.answer(submission, reason=f"Atsakymas skirtas {name}.")
    return submission


def ask(client, its, role=Role.COORDINATOR, query=""):
    client.force_login(make.member(of=its.group, role=role))
    address = reverse("consultations:desk_letters_pdf", args=[its.number])
    return client.get(address + query, headers={"host": HOST})


def test_every_letter_is_a_page_of_its_own(client, its):
    written_to(its, "Gluosnių")
    written_to(its, "Pušų")

    answer = ask(client, its)

    assert answer["Cache-Control"] == "private, no-store"
    pages = [page.extract_text() for page in opened(answer.content).pages]
    assert len(pages) == 2
    for page, name in zip(pages, ("Gluosnių", "Pušų"), strict=True):
        assert f"{name} g. 1, Alksniai" in page
        assert f"Atsakymas skirtas {name}." in page
        assert "V. B." in page
    assert "Gluosnių" not in pages[1]
    assert len(outline(answer.content)) >= 2


def test_one_letter_alone(client, its):
    first = written_to(its, "Gluosnių")
    written_to(its, "Pušų")

    text = words(ask(client, its, query=f"?nr={first.number}").content)

    assert "Gluosnių" in text
    assert "Pušų" not in text


def test_no_letter_is_an_empty_page(client, its):
    assert ask(client, its).status_code == 200


@pytest.mark.parametrize("role", list(Role.values))
def test_the_staff_reads_them(client, its, role):
    written_to(its, "Gluosnių")

    assert ask(client, its, role).status_code == 200
