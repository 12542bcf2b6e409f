"""The dossier: whole, readable without us, and none of it is what the public may not read."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from sutarta.apps.consultations.actions import moderating
from sutarta.apps.consultations.models import Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.strategies.actions import withholding
from sutarta.core import translog
from sutarta.core.canonical import fingerprint
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}


@pytest.fixture
def its():
    return make.consultation(group=make.group(host="ours.test"))


def _dossier(client, language: str = "lt") -> zipfile.ZipFile:
    client.cookies["sutarta_language"] = language
    answer = client.get("/c/1/dossier.zip", headers=HOST)
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def _data(found: zipfile.ZipFile) -> dict:
    said = found.read("data.js").decode()
    return json.loads(said.removeprefix("window.sutartaDossier = ").rstrip(";\n"))


def test_it_holds_every_public_thing_and_its_checksum(client, its):
    shown = make.submission(consultation=its, visibility=Visibility.PUBLIC)
    make.attachment(shown, b"%PDF-1.4 vienas", approved_at=NOON)
    ledger.sequence_all(NOON)
    found = _dossier(client)
    sums = dict(
        line.split("  ", 1)[::-1] for line in found.read("checksums.txt").decode().splitlines()
    )

    assert set(sums) | {"checksums.txt"} == set(found.namelist())
    assert all(hashlib.sha256(found.read(n)).hexdigest() == s for n, s in sums.items())
    assert {
        "index.html", "submissions.html", "register.csv", "register.json", "verify.html",
        "verify.js", "dossier.js", "data.js", "versions/1-1.html", "versions/1-1.pdf",
        "versions/1-1.docx", "publications.csv", "log/checkpoint", "log/keys",
    } <= set(found.namelist())  # fmt: skip
    assert any(name.startswith("attachments/") for name in sums)


def test_its_log_is_the_whole_log_in_tiles(client, its):
    for _one in range(300):
        ledger.record("consultation.edited", group=its.group, at=NOON, number=its.number)
    ledger.sequence_all(NOON)
    found = _dossier(client)
    note = translog.Note.parse(found.read("log/checkpoint"))
    point = translog.Checkpoint.parse(note.text)
    key = translog.Verifier.parse(json.loads(found.read("log/keys"))["key"])
    tree = translog.Tiles(
        point.size, lambda *place: found.read(f"log/{translog.tile_path(*place)}")
    )
    leaves = []
    for level, number, width in translog.tiles_of(point.size):
        if level == 0:
            path = f"log/{translog.entries_path(number, width)}"
            leaves += translog.unpack_entries(found.read(path))

    assert key.find(note)
    assert translog.root_of(point.size, tree.lookup) == point.root
    assert len(leaves) == point.size > 256


def test_public_words_open_what_an_act_names(client, its):
    shown = make.submission(consultation=its, body="Reikia suoliukų.")
    moderating.moderate(
        actor=make.member(of=its.group),
        submission=shown,
        visibility=Visibility.PUBLIC,
        public=Text.of(shown),
        reason="",
        seen=shown.digest,
        at=NOON,
    )
    ledger.sequence_all(NOON)
    said = _data(_dossier(client))
    named = {one["act"]["facts"].get("shown") for one in said["acts"]}

    assert [one["content"]["body"] for one in said["openings"]] == ["Reikia suoliukų."]
    for one in said["openings"]:
        assert fingerprint(bytes.fromhex(one["salt"]), one["content"]) == one["digest"]
        assert one["digest"] in named
    assert said["log"]["origin"].startswith("sutarta/")


SECRETS = ("Slapti žodžiai", "Vardenis Pavardenis", "vardenis@alksniai.example", "+370 611 11111")


@pytest.mark.parametrize(
    "visibility", [Visibility.CHECKING, Visibility.HIDDEN, Visibility.SET_ASIDE]
)
def test_what_the_public_may_not_read_is_not_in_it(client, its, visibility):
    made = make.submission(
        consultation=its, body="Slapti žodžiai", author_name="Vardenis Pavardenis",
        email="vardenis@alksniai.example",
    )  # fmt: skip
    made.visibility = visibility
    made.save()
    make.attachment(made, b"Slapti baitai", approved_at=NOON)
    ledger.sequence_all(NOON)
    found = _dossier(client)
    everything = b"".join(found.read(name) for name in found.namelist()).decode(errors="ignore")
    salts = (made.salt, made.author_salt, made.contact_salt)

    assert not [said for said in (*SECRETS, "Slapti baitai") if said in everything]
    assert not [salt for salt in salts if bytes(salt).hex() in everything]


def test_it_is_made_anew_only_when_something_happened(client, its):
    ledger.sequence_all(NOON)
    first = client.get("/c/1/dossier.zip", headers=HOST)
    first.getvalue()
    again = client.get("/c/1/dossier.zip", headers={**HOST, "if-none-match": first["ETag"]})
    ledger.record("consultation.edited", group=its.group, at=NOON, number=1)
    later = client.get("/c/1/dossier.zip", headers={**HOST, "if-none-match": first["ETag"]})
    later.getvalue()

    assert (again.status_code, later.status_code) == (304, 200)
    assert first["Content-Type"] == "application/zip"


def test_before_the_log_has_begun_there_is_one_too(client, its):
    said = _data(_dossier(client, "en"))

    assert said["acts"] == []


def test_a_consultation_not_announced_has_none(client):
    make.consultation(group=make.group(host="ours.test"), announced_at=None)

    assert client.get("/c/1/dossier.zip", headers=HOST).status_code == 404


def test_withheld_words_of_a_version_are_in_no_file_of_it(client, its):
    version = its.version
    before = _dossier(client)
    secret = version.document.blocks[1].text
    withholding.withhold(
        actor=make.member(of=its.group),
        version=version,
        lineage_id=make.passage(version),
        reason="Asmens duomenys",
        at=make.now(),
    )
    after = _dossier(client)

    assert secret in before.read("versions/1-1.html").decode()
    assert secret not in after.read("versions/1-1.html").decode()
    for kind in ("pdf", "docx"):
        assert before.read(f"versions/1-1.{kind}") != after.read(f"versions/1-1.{kind}")
