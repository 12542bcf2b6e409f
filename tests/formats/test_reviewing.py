"""Tracked changes and comments of a file: who, when, where, and the words before and after."""

import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import Kind
from sutarta.formats import docx, html, odt
from sutarta.formats.docx import wire
from sutarta.formats.reviewing import Comment, suggestions
from tests.formats.docx.packages import paragraph, row, table, text, word_file
from tests.formats.odt.packages import package as odt_file

TRICKY = Path(__file__).resolve().parents[2].parent / "shared/data/documents/docx_tricky"
DAY = "2026-03-01T10:00:00Z"


def by(author, inner, kind="ins"):
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="{DAY}">{inner}</w:{kind}>'


def gone(author, words):
    return by(author, f"<w:r><w:delText>{words}</w:delText></w:r>", "del")


def suggested(reading):
    return [
        (one.author, one.kinds, one.before, one.after) for one in suggestions(reading.revisions)
    ]


TWO_PEOPLE = paragraph("Pradžia.") + paragraph(
    text("Trys ") + gone("A. B.", "takai") + by("A. B.", text("keliai")) + by("C. D.", text(" du"))
)


def test_each_person_is_told_with_their_own_changes_alone():
    assert suggested(docx.read(word_file(TWO_PEOPLE))) == [
        ("A. B.", ("deletion", "insertion"), "Trys takai", "Trys keliai"),
        ("C. D.", ("insertion",), "Trys takai", "Trys takai du"),
    ]


def test_a_revision_knows_its_place_and_where_it_begins():
    (first, second, third) = docx.read(word_file(TWO_PEOPLE)).revisions

    assert (first.block, first.part, first.index) == (1, "word/document.xml", 1)
    assert [(one.text, one.start) for one in (first, second, third)] == [
        ("takai", 5),
        ("keliai", 10),
        ("du", 10),
    ]


def test_words_one_person_wrote_and_another_struck_are_in_neither_text():
    struck = by("A. B.", gone("C. D.", "visai "))
    reading = docx.read(word_file(paragraph(text("Yra ") + struck + text("gerai"))))

    assert suggested(reading) == [
        ("A. B.", ("insertion",), "Yra gerai", "Yra visai gerai"),
        ("C. D.", ("deletion",), "Yra gerai", "Yra gerai"),
    ]


def test_a_row_is_one_suggestion_with_everything_in_it():
    mark = f'<w:ins w:id="9" w:author="A. B." w:date="{DAY}"/>'
    new = row(
        f"<w:tc>{paragraph(by('A. B.', text('Takas')))}</w:tc>",
        f"<w:tc>{paragraph(by('A. B.', text('12')))}</w:tc>",
        properties=mark,
    )
    reading = docx.read(word_file(table(row("Kas", "Kiek"), new)))

    assert suggested(reading) == [("A. B.", ("insertion",), "", "Takas\t12")]


def test_a_move_has_two_ends():
    body = paragraph(by("A. B.", text("Takas"), "moveFrom")) + paragraph(
        by("A. B.", text("Takas"), "moveTo")
    )
    reading = docx.read(word_file(paragraph("Čia.") + body))

    assert [(one.kind, one.what) for one in reading.revisions] == [("move", "from"), ("move", "to")]
    assert suggested(reading) == [
        ("A. B.", ("move",), "Takas", ""),
        ("A. B.", ("move",), "", "Takas"),
    ]


def test_looks_alone_are_told_apart():
    bold = f'<w:b/><w:rPrChange w:id="1" w:author="A. B." w:date="{DAY}"><w:rPr/></w:rPrChange>'
    (one,) = suggestions(docx.read(word_file(paragraph(text("takas", bold)))).revisions)

    assert (one.is_look_alone, one.before, one.after) == (True, "takas", "takas")


@pytest.mark.parametrize("body", [TWO_PEOPLE, TWO_PEOPLE * 2])
def test_remarks_are_the_same_however_the_changes_were_settled(body):
    data = word_file(body)
    accepted, rejected = docx.read(data).revisions, docx.read(data, changes="reject").revisions

    assert [replace(one, block=None) for one in accepted] == [
        replace(one, block=None) for one in rejected
    ]


W15 = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def commented():
    """A comment on two words, an answer to it, both closed."""
    said = "".join(
        f'<w:comment w:id="{at}" w:author="{who}" w:date="{DAY}">'
        f'<w:p w14:paraId="0000000{at}">{text(words)}</w:p></w:comment>'
        for at, (who, words) in enumerate([("A. B.", "Kodėl trys?"), ("C. D.", "Nes trys.")])
    )
    marks = "".join(f'<w:commentRangeStart w:id="{at}"/>' for at in (0, 1))
    ends = "".join(f'<w:commentRangeEnd w:id="{at}"/>' for at in (0, 1))
    body = f"<w:p>{text('Yra ')}{marks}{text('trys takai')}{ends}{text('.')}</w:p>"
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="00000000" w15:done="1"/>'
        '<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="1"/>'
        "</w15:commentsEx>"
    )
    link = f'<Relationship Id="ex" Type="{W15}" Target="commentsExtended.xml"/>'
    return word_file(body, link, {"word/commentsExtended.xml": extended.encode()}, comments=said)


def test_comments_know_their_words_what_they_answer_and_whether_they_are_closed():
    first, second = docx.read(commented()).comments

    assert first == Comment(
        author="A. B.",
        date=DAY,
        text="Kodėl trys?",
        part="word/document.xml",
        index=0,
        quote="trys takai",
        start=4,
        is_resolved=True,
        block=0,
    )
    assert (second.author, second.replies_to, second.is_resolved) == ("C. D.", 0, True)


def test_remarks_come_whole_through_the_wire():
    reading = docx.read(commented())

    assert wire.load(wire.dump(reading)) == reading


def odt_changes():
    def region(name, kind, author, inner=""):
        who = f"<dc:creator>{author}</dc:creator><dc:date>2026-03-01T10:00:00</dc:date>"
        info = f"<office:change-info>{who}</office:change-info>"
        return (
            f'<text:changed-region text:id="{name}"><text:{kind}>{info}{inner}</text:{kind}>'
            "</text:changed-region>"
        )

    removed = "<text:p>takai</text:p>"
    frame = (
        region("d", "deletion", "A. B.", removed)
        + region("i", "insertion", "A. B.")
        + region("e", "insertion", "C. D.")
    )
    body = (
        "<text:p>Trys "
        '<text:change text:change-id="d"/>'
        '<text:change-start text:change-id="i"/>keliai<text:change-end text:change-id="i"/>'
        '<text:change-start text:change-id="e"/> du</text:p>'
        '<text:p>Dar<text:change-end text:change-id="e"/>.</text:p>'
    )
    return odt_file(f"<text:tracked-changes>{frame}</text:tracked-changes>{body}")


def test_an_odt_tells_the_same_and_an_insertion_in_each_paragraph():
    assert suggested(odt.read(odt_changes())) == [
        ("A. B.", ("deletion", "insertion"), "Trys takai", "Trys keliai"),
        ("C. D.", ("insertion",), "Trys takai", "Trys takai du"),
        ("C. D.", ("insertion",), ".", "Dar."),
    ]


def test_comments_of_an_odt_know_what_they_answer():
    def said(name, words, more=""):
        return (
            f'<office:annotation office:name="{name}" {more}><dc:creator>A. B.</dc:creator>'
            f"<dc:date>2026-03-01T10:00:00</dc:date><text:p>{words}</text:p></office:annotation>"
        )

    first = said("a", "Kodėl?", 'loext:resolved="true"')
    second = said("b", "Nes.", 'loext:parent-name="a"')
    end = '<office:annotation-end office:name="a"/>'
    body = f"<text:p>Yra {first}trys{end}{second} takai.</text:p>"
    first, second = odt.read(odt_file(body)).comments

    assert (first.text, first.quote, first.start, first.is_resolved) == ("Kodėl?", "trys", 4, True)
    assert (second.text, second.replies_to) == ("Nes.", 0)


def test_a_page_tells_its_ins_and_del():
    page = (
        '<p>Trys <del cite="mailto:A. B." datetime="2026-03-01">takai</del>'
        '<ins cite="mailto:A. B." datetime="2026-03-01">keliai</ins>'
        '<ins cite="mailto:C. D." datetime="2026-03-01"> du</ins></p>'
        '<ins cite="mailto:A. B." datetime="2026-03-02"><p>Nauja pastraipa.</p></ins>'
        "<p><ins>Tik pabraukta</ins></p>"
    )

    assert suggested(html.read(page.encode())) == [
        ("A. B.", ("deletion", "insertion"), "Trys takai", "Trys keliai"),
        ("C. D.", ("insertion",), "Trys takai", "Trys takai du"),
        ("A. B.", ("insertion",), "", "Nauja pastraipa."),
    ]


@pytest.mark.data
def test_real_files_tell_who_changed_what():
    """A paragraph and a word struck (and one only parted); fifteen paragraphs of one person."""
    told = docx.read((TRICKY / "poi-58067.docx").read_bytes())
    many = docx.read((TRICKY / "poi-delins.docx").read_bytes())
    said = docx.read((TRICKY / "mammoth-comments.docx").read_bytes())

    assert [(one[0], one[1]) for one in suggested(told)] == [
        ("Henning Femmer", ("deletion",)),
        ("Henning Femmer", ("deletion",)),
    ]
    assert suggested(told)[1][2:] == (
        "This is a whole paragraph where only one word is deleted.",
        "This is a whole paragraph where one word is deleted.",
    )
    assert {one.author for one in many.revisions} == {"pavel"}
    assert len(suggestions(many.revisions)) == 15
    assert [(one.quote, one.text) for one in said.comments] == [
        ("Ouch", "A tachyon walks into a bar."),
        ("", "Fin."),
    ]


CUT = {"": lambda words: text(words), "ins": lambda words: by("A. B.", text(words))}
CUT["del"] = lambda words: gone("A. B.", words)
WORDS = st.text("abcčž ", min_size=1, max_size=6).filter(str.strip)
RUNS = st.lists(st.tuples(st.sampled_from(["", "ins", "del"]), WORDS), min_size=1, max_size=6)


@given(st.lists(RUNS, min_size=1, max_size=4))
def test_words_before_and_after_are_those_of_the_text_rejected_and_accepted(paragraphs):
    """Of one person's changes: what the reader shows when all are settled is what was told."""
    body = paragraph("Pradžia.") + "".join(
        paragraph("".join(CUT[kind](words) for kind, words in runs)) for runs in paragraphs
    )
    data = word_file(body)
    told = {one.index: one for one in suggestions(docx.read(data).revisions)}

    for changes, side in (("reject", "before"), ("accept", "after")):
        shown = {
            block.source.index: block.text.split()
            for block in docx.read(data, changes=changes).document.blocks
        }
        for index, one in told.items():
            assert shown.get(index, []) == getattr(one, side).split()


ALL = sorted(TRICKY.parent.glob("docx_*/*.docx"))


@pytest.mark.data
def test_words_before_and_after_are_those_of_real_files():
    """The one difference: a paragraph whose end was struck together with the one before it."""
    differ = [found for path in filter(_is_tracked, ALL) for found in _differences(path)]

    assert differ == [("poi-58067.docx", "reject", 10)]


def _is_tracked(path):
    """Looked for in the file itself: reading all of them takes half a minute."""
    with suppress(zipfile.BadZipFile, KeyError), zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml")
        return any(mark in body for mark in (b"<w:ins ", b"<w:del ", b"<w:moveTo "))
    return False


def _differences(path):
    data = path.read_bytes()
    readings = {}
    for changes in ("accept", "reject"):
        with suppress(docx.Refused):
            readings[changes] = docx.read(data, changes=changes)
    sides = {"reject": "before", "accept": "after"}
    for changes, reading in readings.items():
        shown = {
            (block.source.part, block.source.index): block.text.split()
            for block in reading.document.blocks
            if block.source and block.kind in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM)
        }
        for one in suggestions(reading.revisions):
            words = shown.get((one.part, one.index))
            if words is not None and words != getattr(one, sides[changes]).split():
                yield path.name, changes, one.index
