"""Reading, the register, the author's page: what is seen, what is kept, what is not told."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.models import Placement
from sutarta.apps.consultations.queries.reading import public_addresses
from sutarta.apps.ledger.actions import record
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


def host(thing):
    return {"host": thing.group.hosts.get().name}


def words(page) -> str:
    """The words of a page, without what is only for screen readers."""
    text = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\xa0", " ").split())


def reading(version, lineage=""):
    name = "passage" if lineage else "version"
    address = [version.strategy.number, version.number, *([lineage] if lineage else [])]
    return reverse(f"consultations:{name}", args=address)


def test_every_passage_stands_on_the_reading_page_under_its_address(client, running):
    version = running.version

    page = client.get(reading(version), headers=host(running)).content.decode()

    for block in version.document.blocks:
        assert f'id="{block.id}"' in page
        assert f'href="{reading(version, block.id)}#{block.id}"' in page


def test_counts_stand_beside_the_passage_and_in_the_contents(client, running):
    block = make.passage(running.version)
    for _time in range(3):
        make.submission(consultation=running)
    make.submission(consultation=running, visibility="SET_ASIDE")
    withdrawn = make.submission(consultation=running)
    speaking.withdraw(submission=withdrawn, at=make.now())

    page = client.get(reading(running.version), headers=host(running))

    mark = re.search(
        rf'<a class="mark" href="[^"]*{block}/#{block}">.*?</svg>(\d+)', page.content.decode()
    )
    assert mark[1] == "3"
    assert [part["count"] for part in page.context["toc"]] == [3]


def test_the_opened_passage_shows_what_was_said_about_it_and_no_other(client, running):
    here, there = make.passage(running.version, 1), make.passage(running.version, 2)
    make.submission(consultation=running, visibility="PUBLIC", body="Apie pirmą.")
    make.submission(consultation=running, visibility="PUBLIC", body="Apie antrą.", lineage_id=there)
    make.submission(consultation=running, body="Dar netikrinta.")

    page = words(client.get(reading(running.version, here), headers=host(running)))

    assert "Apie pirmą." in page
    assert "Apie antrą." not in page
    assert "Dar netikrinta." not in page
    assert (
        client.get(reading(running.version), headers=host(running)).content.count(b"Apie pirm") == 0
    )


def test_a_suggested_wording_is_shown_struck_and_inserted(client, running):
    make.submission(
        consultation=running,
        kind="WORDING",
        body="",
        proposed="Pagalba į namus teikiama kasdien, taip pat naktimis.",
        visibility="PUBLIC",
    )
    block = make.passage(running.version)

    page = client.get(reading(running.version, block), headers=host(running)).content.decode()

    bare = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page)
    assert re.search(r"<del>savaitgaliais\s*</del>\s*<ins>naktimis\s*</ins>", bare)


def document_with_everything() -> Document:
    def cells(*texts: str, header: bool = False) -> tuple[Cell, ...]:
        return tuple(Cell(((Span(text),),), header=header) for text in texts)

    blocks = (
        make.block("Pinigai", Kind.HEADING, level=1, number="5."),
        make.block("Pirmas", Kind.ITEM, number="a)", level=1),
        make.block("Finansinis planas", Kind.TABLE),
        Block(Kind.ROW, cells=cells("Veiksmas", "Iš viso", header=True), header=True),
        Block(Kind.ROW, cells=cells("Pagalba", "220 000,00")),
        Block(Kind.FIGURE, spans=(Span("Miesto planas"),), alt="Planas", image="a" * 64),
        Block(Kind.FOOTNOTE, spans=(Span("Be PVM"),), label="1"),
    )
    return identify(Document(blocks, media={"a" * 64: "image/png"}), seed="test")


def test_a_row_of_a_table_can_be_opened_and_spoken_about(client):
    version = make.version(document=document_with_everything())
    now = make.now()
    consultation = make.consultation(
        version=version,
        opens_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=3)).date(),
    )
    row = version.document.blocks[4].id
    make.submission(
        consultation=consultation, lineage_id=row, visibility="PUBLIC", body="Kam tiek daug?"
    )

    page = client.get(reading(version, row), headers=host(version)).content.decode()

    assert re.search(rf'<tr id="{row}" class="is-open">', page)
    assert "Kam tiek daug?" in page
    assert page.count("<thead>") == page.count("<figcaption>") == 1
    assert f"/s/1/1/picture/{'a' * 64}/" in page


def test_a_printed_number_leads_to_the_permanent_address(client, running):
    version = running.version
    block = make.passage(version)
    address = reverse("consultations:printed", args=[1, 1, "2.1"])

    answer = client.get(address, headers=host(running))

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reading(version, block)}#{block}"
    missing = reverse("consultations:printed", args=[1, 1, "9.9/9"])
    assert client.get(missing, headers=host(running)).status_code == 404


def test_the_short_address_leads_to_the_newest_version(client, running):
    make.version("Kita.", strategy=running.version.strategy)
    make.version("Juodraštis.", strategy=running.version.strategy, published=False)

    answer = client.get("/s/1/", headers=host(running))

    assert answer.headers["Location"] == "/s/1/2/"


def test_a_private_draft_is_not_found(client, running):
    draft = make.version("Slapta.", strategy=running.version.strategy, published=False)

    assert client.get("/s/1/2/", headers=host(running)).status_code == 404
    assert client.get(f"/s/1/2/{make.passage(draft)}/", headers=host(running)).status_code == 404


def test_a_picture_is_shown_only_where_a_published_version_shows_it(client):
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from sutarta.apps.strategies.models import Picture

    version = make.version(document=document_with_everything())
    path = default_storage.save("pictures/a.png", ContentFile(b"\x89PNG"))
    for digest in ("a" * 64, "b" * 64):
        Picture.objects.create(
            group=version.group, digest=digest, media_type="image/png", path=path
        )

    shown = client.get(f"/s/1/1/picture/{'a' * 64}/", headers=host(version))
    other = client.get(f"/s/1/1/picture/{'b' * 64}/", headers=host(version))

    assert b"".join(shown.streaming_content) == b"\x89PNG"
    assert shown.headers["Content-Type"] == "image/png"
    assert "immutable" in shown.headers["Cache-Control"]
    assert other.status_code == 404


def corrected(consultation):
    """Version 2 with a reworded first passage and without the second, and one answer."""
    old = consultation.version
    first, second = make.passage(old, 1), make.passage(old, 2)
    kept = make.submission(consultation=consultation, visibility="PUBLIC", body="Ir naktimis!")
    lost = make.submission(
        consultation=consultation, visibility="PUBLIC", body="O šeimos?", lineage_id=second
    )
    make.answer(kept, changed=[first])
    blocks = (
        old.document.blocks[0],
        make.block("Pagalba į namus teikiama kasdien, taip pat naktimis.", id=first),
        make.block("Nauja pastraipa.", id="bnewpassage"),
    )
    new = make.version(
        strategy=old.strategy, document=Document(blocks), published_at=make.now(), reason="ANSWERS"
    )
    for submission, outcome, lineage in ((kept, "reworded", first), (lost, "gone", "")):
        Placement.objects.create(
            group=new.group,
            submission=submission,
            version=new,
            outcome=outcome,
            lineage_id=lineage,
            old_text=old.document.blocks[1 if lineage else 2].text,
            placed_at=NOON,
        )
    return new, first, kept, lost


def test_comments_follow_their_passage_into_the_next_version(client, running):
    new, first, _kept, _lost = corrected(running)

    page = client.get(reading(new, first), headers=host(running))

    text = words(page)
    assert "Ir naktimis!" in text
    assert "savaitgaliais" in text  # the words it was spoken under
    assert [part["count"] for part in page.context["toc"]] == [1]
    assert page.context["changed"] == 2


def test_what_lost_its_passage_is_shown_under_the_old_words(client, running):
    new, _first, _kept, lost = corrected(running)

    page = client.get(reading(new), headers=host(running))

    assert [item["shown"].number for item in page.context["orphans"]] == [lost.number]
    assert "Šeimos, prižiūrinčios artimuosius" in words(page)


def test_a_changed_passage_names_the_submission_that_changed_it(client, running):
    new, _first, kept, _lost = corrected(running)

    page = client.get(reading(new), headers=host(running)).content.decode()

    notes = re.findall(r'<p class="side-note">(.*?)</p>', page)
    links = [re.findall(r'href="([^"]*)"', note) for note in notes]
    assert links == [
        [reverse("consultations:submission", args=[kept.number])],
        [reverse("consultations:history", args=[1, 2, "bnewpassage"])],
    ]


def test_the_history_tells_every_version_what_was_said_and_why_it_changed(client, running):
    _new, first, kept, _lost = corrected(running)
    address = reverse("consultations:history", args=[1, 2, first])

    chapters = client.get(address, headers=host(running)).context["steps"]

    assert [chapter.version.number for chapter in chapters] == [2, 1]
    assert [chapter.because for chapter in chapters] == [[kept.number], []]
    assert [[shown.number for shown in chapter.said] for chapter in chapters] == [
        [],
        [kept.number],
    ]
    assert [(change.op, change.text) for change in chapters[0].changes][1:3] == [
        ("gone", "savaitgaliais"),
        ("new", "naktimis"),
    ]


def test_from_a_submission_one_sees_the_words_that_changed(client, running):
    _new, first, kept, _lost = corrected(running)
    address = reverse("consultations:submission", args=[kept.number])

    page = client.get(address, headers=host(running))

    changed = page.context["words_changed"]
    assert [[change.op for change in item["changes"]] for item in changed] == [
        ["same", "gone", "new", "same"]
    ]
    assert page.context["whereabouts"].outcome == "REWORDED"
    assert reverse("consultations:history", args=[1, 2, first]) in page.content.decode()


@pytest.mark.parametrize("name", ["version", "register", "consultation", "submission", "history"])
def test_a_public_page_says_304_until_it_reads_differently(client, running, name):
    make.submission(consultation=running, visibility="PUBLIC")
    keys = {
        "version": [1, 1],
        "register": [],
        "consultation": [running.number],
        "submission": [1],
        "history": [1, 1, make.passage(running.version)],
    }
    address = reverse(f"consultations:{name}", args=keys[name])

    first = client.get(address, headers=host(running))
    etag = first.headers["ETag"]
    again = client.get(address, headers={**host(running), "If-None-Match": etag})
    record("test.happened", group=running.group, at=make.now())
    same = client.get(address, headers={**host(running), "If-None-Match": etag})
    Group.objects.update(phone="+370 400 00000")
    later = client.get(address, headers={**host(running), "If-None-Match": etag})

    answers = [first, again, same, later]
    assert [answer.status_code for answer in answers] == [200, 304, 304, 200]
    assert again.content == b""
    assert "no-cache" in first.headers["Cache-Control"]


def test_a_kept_page_holds_no_token_and_sets_no_cookie(client, running):
    page = client.get(reading(running.version), headers=host(running))

    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert page.cookies == {}


def test_a_page_travels_packed_to_those_who_can_unpack_it(client, running):
    plain = client.get(reading(running.version), headers=host(running))
    packed = client.get(
        reading(running.version), headers={**host(running), "Accept-Encoding": "gzip"}
    )

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content


def test_a_kept_page_ends_with_the_deadline(client, running):
    """The same state of the log reads differently once the deadline has passed."""
    from sutarta.apps.consultations.queries import public

    closes = running.deadline.closes_at
    opens = running.opens_at

    before = public.next_change([running], closes - timedelta(minutes=5))
    first = public.next_change([running], opens - timedelta(microseconds=1))

    assert before == closes
    assert first == opens


def test_languages_do_not_mix_in_memory(running):
    lithuanian = Client().get(reading(running.version), headers=host(running))
    reader = Client()
    reader.cookies["sutarta_language"] = "en"
    english = reader.get(reading(running.version), headers=host(running))

    assert lithuanian.headers["Content-Language"] == "lt"
    assert english.headers["Content-Language"] == "en"
    assert "Contents" in english.content.decode()


def test_staff_get_a_page_of_their_own_that_nobody_keeps(client, running):
    client.force_login(make.member(of=running.group))

    page = client.get(reading(running.version), headers=host(running))

    assert page.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in page.headers


@pytest.mark.parametrize("count", [1, 300])
def test_the_reading_page_asks_the_same_few_questions(
    client, running, count, django_assert_num_queries
):
    for _time in range(count):
        submission = make.submission(consultation=running, visibility="PUBLIC")
        make.answer(submission)
    address, headers = reading(running.version, make.passage(running.version)), host(running)
    client.get(reading(running.version), headers=headers)  # the version is in memory now

    # the group by its host, the menu; then log, versions, deadlines, marks, thread
    with django_assert_num_queries(8):
        client.get(address, headers=headers)
    # the group and the state of the log
    with django_assert_num_queries(2):
        client.get(address, headers=headers)


def test_about_a_consultation_nothing_is_left_unsaid(client):
    now = make.now()
    consultation = make.consultation(
        opens_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=5)).date(),
        deciders="Visuotinis narių susirinkimas gruodžio 18 d.",
        waived=["broad_terms"],
    )
    address = reverse("consultations:consultation", args=[1])

    page = client.get(address, headers=host(consultation))

    parts = {str(part["label"]): part["words"] for part in page.context["summary"]}
    assert len(parts) == 3
    assert "Visuotinis narių susirinkimas gruodžio 18 d." in parts.values()
    assert "" in parts.values()
    assert consultation.group.email in page.content.decode()
    assert 'id="privacy"' in page.content.decode()


def test_every_public_address_is_there(client, running):
    make.submission(consultation=running)
    make.version("Slapta.", strategy=running.version.strategy, published=False)
    make.consultation(version=running.version, announced_at=None)

    addresses = public_addresses(running.group)

    assert addresses == ["/s/1/1/", "/c/1/", "/p/", "/p/1/"]
    for address in addresses:
        assert client.get(address, headers=host(running)).status_code == 200


def test_another_groups_things_are_not_found(client, running):
    make.submission(consultation=running, visibility="PUBLIC")
    elsewhere = {"host": make.group().hosts.get().name}
    block = make.passage(running.version)

    for address in (
        "/s/1/",
        "/s/1/1/",
        f"/s/1/1/{block}/",
        f"/s/1/1/{block}/history/",
        "/s/1/1/nr/2.1/",
        "/c/1/",
        "/c/1/say/",
        "/p/1/",
    ):
        assert client.get(address, headers=elsewhere).status_code == 404
