"""Accepted wordings in the group's own Word file, and the file back again."""

from __future__ import annotations

import io
import zipfile

import docx as word
import pytest
from django.urls import reverse
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sutarta.apps.consultations.models import Kind, Outcome, Visibility
from sutarta.apps.consultations.papers import word_file
from sutarta.apps.consultations.queries import comparison, returning, wordings
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies import remarks
from sutarta.apps.strategies.models import VersionReason
from sutarta.formats import docx
from tests import make

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
HELP = "Pagalba į namus teikiama darbo dienomis."
DAILY = "Pagalba į namus teikiama kasdien."
ROAD = "Dviračių takas sujungs kvartalą su centru."
PARAGRAPHS = ("# Ko žmonėms trūksta", HELP, ROAD, [["Metai", "Eurai"], ["2026", "1 200"]])
REASON = "Pritariame: valandas įrašome.\nAčiū."


@pytest.fixture
def group():
    return make.group(host="ours.test", short_name="Alksnių VVG")


@pytest.fixture
def editor(group):
    return make.member(of=group, role="EDITOR")


@pytest.fixture
def version(group, editor):
    """Published, made of a Word file."""
    return strategies.publish_version(
        actor=editor, version=drafted(editor, make.strategy(group=group)), at=make.NOON
    )


@pytest.fixture
def its(version):
    return make.consultation(version=version, answered_at=make.NOON)


def drafted(who, strategy, data=None):
    data = data or make.word_file(*PARAGRAPHS)
    import_ = strategies.keep_import(
        actor=who, strategy=strategy, name="strategija.docx", data=data, at=make.NOON
    )
    if import_.has_changes:
        import_ = strategies.choose_changes(
            actor=who, import_=import_, changes="accept", at=make.NOON
        )
    return strategies.make_draft(
        actor=who, import_=import_, reason=VersionReason.ANSWERS, note="", at=make.NOON
    )


def proposed(its, text=DAILY, number=1, *, outcome=Outcome.ACCEPTED, **facts):
    facts = {"visibility": Visibility.PUBLIC, "kind": Kind.WORDING, "proposed": text, **facts}
    one = make.submission(
        consultation=its, lineage_id=make.passage(its.version, number), why="Ir šventėm.", **facts
    )
    make.answer(one, outcome=outcome, reason=REASON)
    return one


def made(version):
    return word_file(wordings.handover(version))


def texts(data, **facts):
    return [block.text for block in docx.read(data, **facts).document.blocks]


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(f"word/{name}.xml").decode()


def authors(data):
    """Who made which tracked change, as Word shows it: (author, date, words)."""
    body = word.Document(io.BytesIO(data)).element.body
    return [
        (each.get(qn("w:author")), each.get(qn("w:date")), "".join(each.itertext()))
        for each in body.iter(qn("w:ins"), qn("w:del"))
    ]


def comments(data):
    """Paragraphs of every comment."""
    file = word.Document(io.BytesIO(data))
    return [[p.text for p in one.paragraphs] for one in file.comments]


def test_accepting_all_gives_the_wordings_and_rejecting_all_the_version(version, its):
    proposed(its)
    proposed(its, "2026\t1 500", 5)

    data = made(version)

    before = [block.text for block in version.document.blocks]
    assert texts(data, changes="reject") == before
    after = [DAILY if text == HELP else text.replace("1 200", "1 500") for text in before]
    assert texts(data) == after


def test_a_change_bears_the_name_the_public_reads_and_when_it_was_accepted(version, its):
    proposed(its, author_name="A. Žukas", show_name=True)
    proposed(its, "Takas bus apšviestas.", 2, author_name="Slapta", email="slapta@x.example")

    data = made(version)

    assert {name for name, _at, _words in authors(data)} == {
        "A. Žukas, Nr.\xa01", "Gyventojas, Nr.\xa02"
    }  # fmt: skip
    assert {at for _name, at, _words in authors(data)} == {"2026-12-02T12:00:00Z"}  # in Vilnius
    assert "kasdien" in "".join(words for _name, _at, words in authors(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        everything = b"".join(package.read(name) for name in package.namelist()).decode(
            errors="ignore"
        )
    assert "slapta" not in everything.lower()


def test_every_answer_stands_in_the_margin_of_its_passage(version, its):
    proposed(its, outcome=Outcome.PARTLY)
    proposed(its, "Takas iki ežero.", 2, outcome=Outcome.NOT_ACCEPTED)
    proposed(its, "Teikiama visada.", 1)
    make.answer(make.submission(consultation=its, kind=Kind.GENERAL, body="Rašykite trumpiau.",
                                visibility=Visibility.PUBLIC), reason="Trumpiname.")  # fmt: skip
    make.answer(make.submission(consultation=its, body="Mano tel. 8 600", lineage_id=make.passage(
        version), visibility=Visibility.HIDDEN), outcome=Outcome.NOTED, reason="Ačiū.")  # fmt: skip

    said = comments(made(version))

    assert len(said) == 5
    found = {lines[0].replace("\xa0", " "): lines[1:] for lines in said}
    assert found["Nr. 3: atsižvelgta."] == ["Atsakymas: Pritariame: valandas įrašome.", "Ačiū."]
    assert found["Nr. 2: neatsižvelgta."][0] == "Siūloma redakcija (Gyventojas): Takas iki ežero."
    assert found["Nr. 4: atsižvelgta."][0] == "Gyventojas: Rašykite trumpiau."
    assert found["Nr. 5: priimta žiniai."] == ["Atsakymas: Ačiū."]
    aside = found["Nr. 1: atsižvelgta iš dalies."]
    assert aside[0].startswith("Į tekstą neįrašyta: ")
    assert texts(made(version))[1] == "Teikiama visada."


def test_a_version_corrected_by_hand_goes_along_as_it_is_now(version, its, editor):
    draft = strategies.start_draft_from(
        actor=editor, version=version, reason="EDITING", note="", at=make.NOON
    )
    block = draft.document.blocks[2]
    strategies.edit_block(
        actor=editor, version=draft, lineage_id=block.id, at=make.NOON,
        blocks=[make.block("Takas eis palei ežerą.", id=block.id)], seen=_seen(block),
    )  # fmt: skip
    draft.refresh_from_db()
    second = strategies.publish_version(actor=editor, version=type(draft).objects.get(pk=draft.pk),
                                        at=make.NOON)  # fmt: skip
    proposed(make.consultation(version=second), "Takas eis palei upę.", 2)

    data = made(second)

    assert texts(data, changes="reject")[1:3] == [HELP, "Takas eis palei ežerą."]
    assert texts(data)[2] == "Takas eis palei upę."


def _seen(block):
    from sutarta.apps.strategies import queries

    return queries.seen(block)


def test_a_file_that_cannot_be_read_any_more_is_made_anew(its):
    version = make.version(HELP, ROAD)  # its original is no Word file
    proposed(make.consultation(version=version))

    assert DAILY in texts(made(version))


@pytest.mark.parametrize("settled", ["accept", "reject", "left"])
def test_what_the_writer_accepted_is_tied_by_itself(version, its, editor, settled):
    proposed(its)
    data = made(version)
    if settled != "left":
        data = settle(data, settled)

    draft = drafted(editor, version.strategy, data)

    compared = comparison.compared(version, draft)
    found = {change.pair.id: [one.number for one in change.reasons] for change in compared.changes}
    expected = {} if settled == "reject" else {make.passage(version): [1]}
    assert found == expected


def test_a_comment_of_ours_brings_the_proposal_back_where_the_bookmark_was_lost(
    version, its, editor
):
    proposed(its)
    proposed(its, "Pagalba teikiama visada.", outcome=Outcome.PARTLY)  # in its comment alone
    data = made(version)
    file = word.Document(io.BytesIO(settle(data, "accept")))
    for each in list(file.element.body.iter(qn("w:bookmarkStart"))):
        if each.get(qn("w:name")).startswith("stk_"):
            each.getparent().remove(each)
    written = io.BytesIO()
    file.save(written)

    draft = drafted(editor, version.strategy, written.getvalue())

    assert draft.keys[make.passage(version)] == ["p/1", "p/2"]
    assert [one.is_taken for one in returning.in_version(draft)] == [True, False]


def test_what_we_wrote_ourselves_is_no_remark_of_a_colleague(version, its, editor):
    proposed(its)
    proposed(its, "Takas iki ežero.", 2, outcome=Outcome.NOT_ACCEPTED)
    file = word.Document(io.BytesIO(made(version)))
    file.add_comment(file.paragraphs[2].runs, text="Ar tikrai?", author="R. M.", initials="RM")
    file.add_paragraph("Pabaiga.")._p.append(_inserted("R. M.", "Ir dar."))
    written = io.BytesIO()
    file.save(written)

    drafted(editor, version.strategy, written.getvalue())

    import_ = version.strategy.imports.get(closed_at=None)
    assert [(one.author, one.is_comment) for one in remarks.of(import_)] == [
        ("R. M.", False), ("R. M.", True)
    ]  # fmt: skip


def _inserted(author, text):
    change = OxmlElement("w:ins")
    change.set(qn("w:id"), "900")
    change.set(qn("w:author"), author)
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    run.append(words)
    change.append(run)
    return change


def settle(data, way):
    """The file as Word leaves it: every tracked change taken, or none."""
    file = word.Document(io.BytesIO(data))
    keep, lose = (qn("w:ins"), qn("w:del")) if way == "accept" else (qn("w:del"), qn("w:ins"))
    for each in list(file.element.body.iter(lose)):
        each.getparent().remove(each)
    for each in list(file.element.body.iter(keep)):
        for child in list(each):
            for text in child.iter(qn("w:delText")):
                text.tag = qn("w:t")
            each.addprevious(child)
        each.getparent().remove(each)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def get(client, who, name, version):
    client.force_login(who)
    client.cookies["sutarta_language"] = "en"
    return client.get(reverse(name, args=[version.strategy.number]), headers=HOST)


def test_the_page_says_what_will_be_in_the_file(client, version, its, editor):
    proposed(its)
    proposed(its, language="en")

    page = " ".join(
        get(client, editor, "consultations:desk_handover", version).content.decode().split()
    )

    assert "1 accepted wording as a tracked change" in page
    assert "2 answers as comments in the margin" in page
    assert "Another accepted wording" not in page
    assert "It is written in another language." in page
    file = get(client, editor, "consultations:desk_handover_file", version)
    assert file["Content-Disposition"] == 'attachment; filename="strategija-1-with-answers.docx"'
    assert DAILY in texts(b"".join(file.streaming_content))


def test_without_an_answer_the_page_says_so_and_there_is_no_file(client, version, editor):
    page = get(client, editor, "consultations:desk_handover", version)
    file = get(client, editor, "consultations:desk_handover_file", version)

    assert "Nothing is answered yet" in page.content.decode()
    assert file.status_code == 403
    assert "No answer about this strategy has been published yet." in file.content.decode()


def test_an_auditor_reads_and_a_stranger_finds_nothing(client, version, its, group):
    proposed(its)

    for who, status in ((make.member(of=group, role="AUDITOR"), 200), (make.user(), 404)):
        assert get(client, who, "consultations:desk_handover", version).status_code == status
    draft = make.version(strategy=make.strategy(group=group), published=False)
    auditor = make.member(of=group, role="AUDITOR")
    assert get(client, auditor, "consultations:desk_handover", draft).status_code == 404
