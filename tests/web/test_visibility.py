"""What the European Union asks of whoever takes its money: it is named on all that goes out.

The emblem, the sentence and the number of the project stand on every page and paper of a financed
group; where no picture fits, as in a table, the sentence and the number.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from sutarta.apps.mail import actions as mail
from tests import doors, make
from tests.doors import read

pytestmark = pytest.mark.django_db
NUMBER = "11-001-T-0007"
SENTENCE = {"en": "Co-funded by the European Union", "lt": "Bendrai finansuoja Europos Sąjunga"}
# For machines alone, or a file somebody else made.
NOT_OURS = {
    "web:health", "web:robots", "web:sitemap", "consultations:picture", "consultations:file",
    "consultations:receipt", "consultations:own_data_json", "publishing:proof_copy",
    "tenants:look", "tenants:mark", "ledger:keys", "ledger:checkpoint", "ledger:checkpoint_of",
    "ledger:tile", "ledger:tile_of", "ledger:entries", "ledger:entries_of",
    "publishing:act_proof", "publishing:dossier",
}  # fmt: skip


@pytest.fixture
def house():
    cache.clear()
    house = doors.House()
    house.group.is_financed, house.group.project_number = True, NUMBER
    house.group.save()
    return house


def text_of(answer) -> str:
    """All words of a page or file, on one line."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind == "application/pdf":
        said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            said = " ".join(
                parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")
            )
    else:
        said = data.decode()
    return " ".join(said.replace("\xa0", " ").replace("\r\n ", "").split())


@pytest.mark.parametrize("language", ["en", "lt"])
def test_all_that_a_financed_group_shows_names_the_union(language, house, subtests):
    for name in sorted(set(doors.of_residents()) - NOT_OURS):
        with subtests.test(name), transaction.atomic():
            _names_the_union(name, language, house)
            transaction.set_rollback(True)


def _names_the_union(name, language, house):
    client = Client()
    if doors.DOORS[name].own:
        client.force_login(house.coordinator)
    client.cookies["sutarta_language"] = language
    address = reverse(name, args=house.keys(name))
    answer = client.get(address, headers={"host": house.host})
    if answer.status_code != 200:
        read(answer)
        return

    said = text_of(answer)

    tongue = answer.headers.get("Content-Language", language)
    assert SENTENCE.get(tongue, SENTENCE["lt"]) in said  # a form in another language: the group's
    assert NUMBER in said
    if answer.headers["Content-Type"].startswith("text/html"):
        assert 'class="eu-emblem"' in said


@pytest.mark.parametrize("language", ["en", "lt"])
def test_letters_of_a_financed_group_name_the_union(language, house):
    words = {"subject": "A", "text": "Labas.\n", "html": "<body><p>Labas.</p></body>"}
    facts = {"to": "a@b.example", "kind": "test", "key": "1", "language": language}
    mail.post(group=house.group, at=make.now(), **words, **facts)
    outbox.outbox.clear()
    mail.send_due(make.now())

    sent = next(one for one in outbox.outbox if one.to == ["a@b.example"])
    for said in (sent.body, sent.alternatives[0].content):
        assert said.count(SENTENCE[language]) == 1
        assert NUMBER in said


def test_other_groups_say_nothing_of_it(client):
    group = make.group(host="ours.test")
    make.consultation(version=make.version(group=group))

    for address in ("/", "/embed/", "/p/register.csv", "/p/feed/"):
        answer = client.get(address, headers={"host": "ours.test"})
        assert SENTENCE["lt"] not in answer.content.decode()
