"""Files to take home: what they say, who made them, how often they are made."""

from __future__ import annotations

import io
from datetime import timedelta

import docx as word
import pytest
from django.core.cache import cache, caches
from django.urls import reverse
from django.utils import translation
from PIL import Image

from sutarta.apps.consultations import lending, papers, shelf, shelved
from sutarta.apps.consultations.models import ChangeCause, ChangeReason, Kind, Visibility
from sutarta.apps.consultations.views.public import files
from sutarta.core.documents import Block, Cell, Document, Span, identify
from sutarta.core.documents import Kind as BlockKind
from sutarta.formats import docx, pdf
from sutarta.formats.papers import Figure, Heading, Table, Words, text_of
from tests import make
from tests.formats.papers import attribute, fonts, opened, outline, tags, words

pytestmark = pytest.mark.django_db
HOST = "alksniai.test"


def dot() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(written, "PNG")
    return written.getvalue()


DOT = dot()


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def group():
    return make.group(host=HOST, is_financed=True, project_number="BIVP-7")


def row(*texts: str, header: bool = False) -> Block:
    cells = tuple(Cell(((Span(text),),)) for text in texts)
    return Block(BlockKind.ROW, cells=cells, header=header)


@pytest.fixture
def first(group):
    """A version with a heading, a paragraph, a list, a table and a picture."""
    picture = make.illustrated(DOT).blocks[-1]
    blocks = (
        make.block("Ko žmonėms trūksta", BlockKind.HEADING, level=1, number="2."),
        make.block("Pagalba į namus teikiama darbo dienomis."),
        make.block("viena", BlockKind.ITEM, number="a)"),
        Block(BlockKind.TABLE, (Span("1 lentelė"),)),
        row("Metai", "Žmonės", header=True),
        row("2025", "11 840"),
        picture,
    )
    found = identify(Document(blocks, media={picture.image: "image/png"}), "t")
    version = make.version(document=found, group=group)
    make.picture(DOT, group=group)
    return version


@pytest.fixture
def second(first):
    return make.reworded(first, make.passage(first), "Pagalba į namus teikiama ir savaitgaliais.")


def address(name: str, *keys: object) -> str:
    return reverse(f"consultations:{name}", args=keys)


def get(client, name: str, *keys: object, **headers: str):
    return client.get(address(name, *keys), headers={"host": HOST, **headers})


def of_word(answer) -> list[str]:
    return [block.text for block in docx.read(answer.content).document.blocks]


def test_a_version_as_pdf_says_its_words_with_numbers_and_project(client, first):
    answer = get(client, "version_file", 1, 1, "pdf")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="strategija-1-versija-1.pdf"'
    text = words(answer.content)
    for said in ("2.1 Pagalba į namus teikiama darbo dienomis.", "a) viena", "11 840",
                 "Bendrai finansuoja Europos Sąjunga", "BIVP-7", "1 / 1"):  # fmt: skip
        assert said in text
    assert text.count("Pagalba į namus") == 1
    assert set(fonts(answer.content)) <= {"Inter-Regular", "Inter-SemiBold"}
    assert outline(answer.content) == ["2. Ko žmonėms trūksta"]
    assert opened(answer.content).metadata.title == first.strategy.title
    told = [str(each.get("/Alt", "")) for tag, each in tags(answer.content) if tag == "/Figure"]
    assert told == ["Europos Sąjungos vėliava", "Gyventojų skaičius pagal metus"]
    heads = [str(attribute(each, "/Scope")) for tag, each in tags(answer.content) if tag == "/TH"]
    assert heads == ["/Column", "/Column"]


def test_a_version_as_word_comes_back_as_it_was(client, first):
    answer = get(client, "version_file", 1, 1, "docx")

    assert 'attachment; filename="strategija-1-versija-1.docx"' in answer["Content-Disposition"]
    assert word.Document(io.BytesIO(answer.content)).core_properties.author == first.group.name
    texts = of_word(answer)
    assert texts[0] == first.strategy.title
    assert [text for text in texts if text][-6:] == [
        "Ko žmonėms trūksta",
        "Pagalba į namus teikiama darbo dienomis.",
        "viena",
        "1 lentelė",
        "Metai\tŽmonės",
        "2025\t11 840",
    ]


def test_a_title_that_the_text_begins_with_is_not_said_twice(group):
    strategy = make.strategy(group=group)
    title = make.block(strategy.title, BlockKind.HEADING, level=1)
    below = make.block("Dalis", BlockKind.HEADING, level=2)
    version = make.version(strategy=strategy, document=identify(Document((title, below)), "t"))

    paper = papers.version(group, version)

    assert [text_of(piece.runs) for piece in paper.pieces] == ["Dalis"]
    assert paper.title_anchor == version.document.blocks[0].id
    assert pdf.write(paper)


def test_pages_lead_to_their_files(client, group, first, second):
    its = make.consultation(version=first)
    make.submission(consultation=its)
    make.report(its, published_at=make.NOON)
    pages = {
        "version": (1, 2), "compare": (1, 2, 1), "register": (), "closing_report": (1,),
    }  # fmt: skip
    told = {name: get(client, name, *keys).content.decode() for name, keys in pages.items()}

    for kind in ("pdf", "docx"):
        assert address("version_file", 1, 2, kind) in told["version"]
        assert address("compare_file", 1, 2, 1, kind) in told["compare"]
        assert address(f"register_{kind}") in told["register"]
        assert address("report_file", 1, kind) in told["closing_report"]


def test_a_draft_is_no_file(client, first):
    make.version(strategy=first.strategy, published=False, number=2)

    assert get(client, "version_file", 1, 2, "pdf").status_code == 404
    assert get(client, "compare_file", 1, 2, 1, "pdf").status_code == 404


@pytest.mark.parametrize("keys", [(9, 1, "pdf"), (1, 9, "pdf")])
def test_what_is_not_there_is_not_found(client, first, keys):
    assert get(client, "version_file", *keys).status_code == 404


def comparison_of(group, first, second):
    return papers.comparison(group, first, second)


def test_a_comparison_shows_the_whole_text_with_changes_and_reasons(group, first, second):
    submission = make.submission(
        consultation=make.consultation(version=first),
        visibility=Visibility.PUBLIC,
        organisation="Alksnių bendrija",
    )
    ChangeReason.objects.create(
        group=group, version=second, lineage_id=make.passage(first), made_at=make.NOON,
        cause=ChangeCause.SUBMISSION, submission=submission, made_by=make.user(),
    )  # fmt: skip

    paper = comparison_of(group, first, second)

    changed = next(piece for piece in paper.pieces if isinstance(piece, Words))
    assert [(run.change, run.text) for run in changed.runs] == [
        ("", "Pagalba į namus teikiama "),
        ("gone", "darbo dienomis"),
        ("new", "ir savaitgaliais"),
        ("", "."),
    ]
    [remark] = changed.remarks
    said = " ".join(map(text_of, remark.paragraphs))
    assert "1" in said and "Alksnių bendrija" in said
    assert [type(piece) for piece in paper.pieces] == [Heading, Words, Words, Table, Figure]
    assert "Alksnių bendrija" in words(pdf.write(paper))


def test_a_comparison_is_a_word_file_with_tracked_changes(client, first, second):
    answer = get(client, "compare_file", 1, 2, 1, "docx")

    before = [b.text for b in docx.read(answer.content, changes="reject").document.blocks]
    after = [b.text for b in docx.read(answer.content).document.blocks]
    assert "Pagalba į namus teikiama darbo dienomis." in before
    assert "Pagalba į namus teikiama ir savaitgaliais." in after
    [comment] = word.Document(io.BytesIO(answer.content)).comments
    assert comment.author == first.group.name
    assert comment.text


def test_a_comparison_as_pdf_is_named_as_people_know_it(client, first, second):
    answer = get(client, "compare_file", 1, 2, 1, "pdf")

    assert opened(answer.content).metadata.title.startswith("Lyginamasis variantas")
    assert answer["Content-Disposition"] == 'inline; filename="lyginamasis-variantas-1-1-2.pdf"'


def test_a_comparison_the_wrong_way_round_leads_to_the_right_one(client, second):
    answer = get(client, "compare_file", 1, 1, 2, "pdf")

    assert answer.status_code == 302
    assert answer["Location"] == address("compare_file", 1, 2, 1, "pdf")


def rows_of(table: Table) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    return [
        (
            row.change,
            [[(r.change, r.text) for runs in cell.paragraphs for r in runs] for cell in row.cells],
        )
        for row in table.rows
    ]


def test_rows_of_a_table_are_compared_cell_by_cell(group):
    heads = (Block(BlockKind.TABLE), row("Metai", "Eurai", header=True))
    old = identify(Document((*heads, row("2026", "1 200"), row("2027", "50"))), "t")
    kept = [*old.blocks[:2], row("2026", "1 500"), row("2028", "70")]
    ids = [block.id for block in old.blocks]
    new = identify(
        Document((*kept[:2], _as(kept[2], ids[2], ids[0]), _as(kept[3], "bnew", ids[0]))), "u"
    )
    before = make.version(document=old, group=group)
    after = make.version(strategy=before.strategy, document=new)
    make.Passage.objects.create(
        group=group, version=after, old_id=ids[2], outcome="reworded", new_ids=[ids[2]],
        confidence=1,
    )  # fmt: skip
    make.Passage.objects.create(
        group=group, version=after, old_id=ids[3], outcome="gone", new_ids=[], confidence=1
    )

    [table] = [p for p in papers.comparison(group, before, after).pieces if isinstance(p, Table)]

    told = rows_of(table)
    assert told[1] == ("", [[("", "2026")], [("gone", "1 200"), ("new", "1 500")]])
    assert sorted(change for change, _cells in told[2:]) == ["gone", "new"]
    assert table.heads == 1
    assert len(table.remarks) == 3


def _as(block: Block, id: str, table: str) -> Block:
    return Block(block.kind, id=id, cells=block.cells, header=block.header, table=table)


def test_the_register_says_what_may_be_read_and_what_was_answered(client, group, first):
    its = make.consultation(version=first)
    make.answer(
        make.submission(
            consultation=its, body="Parašykite valandas.", visibility=Visibility.PUBLIC,
            author_name="R. M.", show_name=True,
        )
    )  # fmt: skip
    make.submission(consultation=its, body="Slaptas žodis.")
    make.submission(consultation=its, body="Šlamštas.", visibility=Visibility.SET_ASIDE)

    for kind in ("pdf", "docx"):
        answer = get(client, f"register_{kind}")
        text = words(answer.content) if kind == "pdf" else " ".join(of_word(answer))
        assert "Parašykite valandas." in text
        assert "R. M." in text
        assert "Pritariame: valandas įrašome." in text
        assert "Nr.\xa02" in text or "Nr. 2" in text
        assert "Slaptas" not in text
        assert "Šlamštas" not in text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"visibility": Visibility.HIDDEN}, "Text not published."),
        ({"visibility": Visibility.CHECKING}, "Being checked."),
        ({"withdrawn_at": make.NOON}, "Withdrawn."),
        ({"visibility": Visibility.HIDDEN, "erased_at": make.NOON}, "Words erased."),
    ],
)
def test_words_that_may_not_be_read_are_named_though_they_were_answered(group, first, facts, said):
    row = make.submission(
        consultation=make.consultation(version=first), visibility=Visibility.PUBLIC
    )
    make.answer(row)
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()

    with translation.override("en"):
        paper = papers.register(group, "en", make.NOON)

    told = [text_of(piece.runs) for piece in paper.pieces if isinstance(piece, Words)]
    assert said in told
    assert "Parašykite ir valandas." not in told
    assert any("Pritariame" in words for words in told)


@pytest.mark.parametrize("count", [1, 40])
def test_the_register_asks_the_same_number_of_questions(
    group, first, count, django_assert_max_num_queries
):
    its = make.consultation(version=first)
    for number in range(count):
        make.submission(consultation=its, body=f"Mintis {number}.", visibility=Visibility.PUBLIC)

    with django_assert_max_num_queries(5):
        assert len(papers.register(group, "lt", make.NOON).pieces) > count


def test_a_closing_report_is_a_file_once_it_is_published(client, group, first):
    its = make.consultation(version=first)
    make.answer(make.submission(consultation=its, visibility=Visibility.PUBLIC, kind=Kind.COMMENT))
    report = make.report(its)
    assert get(client, "report_file", 1, "pdf").status_code == 404
    report.delete()
    make.report(its, published_at=make.NOON + timedelta(days=20))

    answer = get(client, "report_file", 1, "pdf")

    text = words(answer.content)
    for said in ("Įrašėme valandas.", "Parašykite ir valandas.", "Pritariame", "Skaičiais"):
        assert said in text
    assert "Parašykite ir valandas." in " ".join(of_word(get(client, "report_file", 1, "docx")))


def test_words_erased_after_publication_are_gone_from_the_report(client, group, first):
    its = make.consultation(version=first)
    submission = make.submission(consultation=its, visibility=Visibility.PUBLIC)
    make.answer(submission)
    report = make.report(its, published_at=make.NOON + timedelta(days=20))
    submission.visibility = Visibility.HIDDEN
    submission.save()

    paper = papers.closing_report(papers.closing.reporting.published(group).get(pk=report.pk))

    assert "Parašykite ir valandas." not in words(pdf.write(paper))


def test_a_file_is_made_once(client, first, monkeypatch):
    made = []
    slow = shelved.FORMATS["pdf"]
    counted = shelved.Format(lambda paper: made.append(1) or slow.write(paper), *_rest(slow))
    monkeypatch.setitem(shelved.FORMATS, "pdf", counted)

    one, two = (get(client, "version_file", 1, 1, "pdf") for _time in range(2))
    same = get(client, "version_file", 1, 1, "pdf", **{"if-none-match": one["ETag"]})

    assert len(made) == 1
    assert one.content == two.content
    assert (same.status_code, same.content) == (304, b"")
    assert one["Cache-Control"] == "public, no-cache"
    assert "sessionid" not in str(one.cookies)


def _rest(form):
    return form.media_type, form.disposition


def test_a_new_name_of_the_group_makes_a_new_file_and_removes_the_old(client, group, first):
    one = get(client, "version_file", 1, 1, "pdf")
    group.short_name = "Kitaip"
    group.save()

    two = get(client, "version_file", 1, 1, "pdf")

    assert one["ETag"] != two["ETag"]
    kept = [path for path in _made_files(group) if path.is_file()]
    assert len(kept) == 1


def _made_files(group):
    from django.conf import settings

    return (settings.MEDIA_ROOT / str(group.pk) / shelf.FOLDER).rglob("*")


def test_words_of_residents_leave_no_file_behind(client, group, first):
    make.submission(consultation=make.consultation(version=first), visibility=Visibility.PUBLIC)

    get(client, "register_pdf")

    assert list(_made_files(group)) == []


@pytest.fixture
def _counting(settings):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": memory, "LOCATION": "files"}}
    caches["limits"].clear()
    yield
    caches["limits"].clear()


@pytest.mark.usefixtures("_counting")
def test_a_network_cannot_have_files_made_without_end(client, first, monkeypatch):
    monkeypatch.setattr(files, "MADE_IN_AN_HOUR", 1)
    get(client, "version_file", 1, 1, "docx")

    refused = get(client, "version_file", 1, 1, "pdf")

    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert get(client, "version_file", 1, 1, "docx").status_code == 200


def test_a_paper_that_cannot_be_set_says_to_come_back(client, first, monkeypatch):
    def fail(_paper):
        raise pdf.NotWritten("no")

    failing = shelved.Format(fail, *_rest(shelved.FORMATS["pdf"]))
    monkeypatch.setitem(shelved.FORMATS, "pdf", failing)

    answer = get(client, "version_file", 1, 1, "pdf")

    assert (answer.status_code, answer["Retry-After"]) == (503, lending.AGAIN)


def test_waiting_for_others_ends(client, first, monkeypatch):
    monkeypatch.setattr(shelf, "PATIENCE", 0.01)
    with shelf._making:
        assert get(client, "version_file", 1, 1, "docx").status_code == 503


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_files_are_only_read(client, first, verb):
    answer = getattr(client, verb)(address("version_file", 1, 1, "pdf"), headers={"host": HOST})

    assert answer.status_code == 405
