"""Blocks as HTML: nothing of a Word file gets through as markup."""

import re
from html.parser import HTMLParser

import pytest

from sutarta.apps.strategies import rendering
from sutarta.core.documents import Block, Cell, Document, Kind, Span
from tests import make

HOSTILE = '<script>alert("x")</script>\'"><img src=x onerror=alert(1)>'


def block(kind=Kind.PARAGRAPH, *spans, **facts):
    spans = tuple(Span(span) if isinstance(span, str) else span for span in spans)
    return Block(kind, spans, **{"id": "b1", **facts})


def rendered(*blocks, language="lt"):
    return rendering.render(Document(tuple(blocks), language=language), "/picture/{}/".format)


def html(*blocks, **facts):
    return rendered(*blocks, **facts)[0]["html"]


class Tags(HTMLParser):
    """Every tag and attribute a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_a_paragraph_is_told_with_its_numbers():
    heading = block(Kind.HEADING, "Poreikiai", level=1, number="2.")

    assert rendered(heading, block(Kind.PARAGRAPH, "Žmonėms trūksta.", id="b2")) == [
        {
            "id": "b1",
            "kind": "heading",
            "level": 1,
            "number": "2.",
            "shown": "2",
            "html": '<span class="hn">2.</span>Poreikiai',
            "text": "Poreikiai",
            "table": "",
            "header": False,
        },
        {
            "id": "b2",
            "kind": "paragraph",
            "level": 0,
            "number": "",
            "shown": "2.1",
            "html": "Žmonėms trūksta.",
            "text": "Žmonėms trūksta.",
            "table": "",
            "header": False,
        },
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        block(Kind.PARAGRAPH, HOSTILE),
        block(Kind.HEADING, HOSTILE, level=1, number=HOSTILE),
        block(Kind.ITEM, HOSTILE, number=HOSTILE),
        block(Kind.TABLE, HOSTILE),
        block(Kind.ROW, cells=(Cell(((Span(HOSTILE),),)),)),
        block(Kind.FIGURE, HOSTILE, image="a" * 64, alt=HOSTILE),
        block(Kind.FIGURE, HOSTILE, image=HOSTILE, alt=HOSTILE),
        block(Kind.FOOTNOTE, HOSTILE, label=HOSTILE, id=HOSTILE),
        block(Kind.PARAGRAPH, Span(HOSTILE, link=f"https://x.example/{HOSTILE}")),
        block(Kind.PARAGRAPH, Span(HOSTILE, link=f"#{HOSTILE}")),
    ],
)
def test_nothing_hostile_becomes_a_tag_or_an_attribute(hostile):
    note = block(Kind.PARAGRAPH, Span("1", note=hostile.label), id="b9")

    for one in rendered(hostile, note, block(Kind.HEADING, "Kitas", level=1, id=HOSTILE)):
        for tag, attributes in Tags(one["html"]).seen:
            assert tag not in {"script", "iframe", "object"}
            assert not any(name.startswith("on") for name in attributes)
            assert tag != "img" or set(attributes) == {"src", "alt", "loading"}
            assert attributes.get("src", "/picture/").startswith("/picture/")


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://a.example/b", '<a href="https://a.example/b" rel="nofollow noopener">čia</a>'),
        ("mailto:r@a.example", '<a href="mailto:r@a.example" rel="nofollow noopener">čia</a>'),
        ("tel:+37060000000", '<a href="tel:+37060000000" rel="nofollow noopener">čia</a>'),
        ("#b1", '<a href="#b1">čia</a>'),
        ("#elsewhere", "čia"),
        ("javascript:alert(1)", "čia"),
        ("JaVaScRiPt:alert(1)", "čia"),
        (" javascript:alert(1)", "čia"),
        ("data:text/html,<script>", "čia"),
        ("//a.example", "čia"),
        ("ftp://a.example", "čia"),
        ("https://a.example/\nx", "čia"),
    ],
)
def test_only_harmless_links_stay_links(link, shown):
    assert html(block(Kind.PARAGRAPH, Span("čia", link=link))) == shown


def test_marks_become_plain_elements():
    spans = (Span("a", ("bold", "italic")), Span("b", ("strike",)), Span("c", ("sub",)))

    assert html(block(Kind.PARAGRAPH, *spans)) == "<em><strong>a</strong></em><s>b</s><sub>c</sub>"


def test_one_link_of_several_looks_stays_one_link():
    spans = (Span("a", link="https://a.example"), Span("b", ("bold",), link="https://a.example"))

    assert html(block(Kind.PARAGRAPH, *spans)).count("<a ") == 1


def test_headings_leave_no_level_out():
    levels = [3, 5, 5, 4, 1, 2]
    headings = [block(Kind.HEADING, "x", level=level, id=f"b{n}") for n, level in enumerate(levels)]

    assert [one["level"] for one in rendered(*headings)] == [1, 2, 2, 2, 1, 2]


def test_header_cells_say_what_they_head():
    top = tuple(Cell(((Span(text),),)) for text in ("Rodiklis", "Reikšmė", ""))
    body = (Cell(((Span("Lankytojai"),),), header=True), Cell(((Span("140"),),), colspan=2))
    table = block(Kind.TABLE, "Rodikliai")
    head = block(Kind.ROW, cells=top, header=True, id="b2", table="b1")
    row = block(Kind.ROW, cells=body, id="b3", table="b1")

    shown = rendered(table, head, row)

    assert [one["html"] for one in shown] == [
        "Rodikliai",
        '<th scope="col">Rodiklis</th><th scope="col">Reikšmė</th><td></td>',
        '<th scope="row">Lankytojai</th><td colspan="2">140</td>',
    ]
    [piece] = rendering.grouped(shown)
    assert ([one["id"] for one in piece.heads], [one["id"] for one in piece.rows]) == (
        ["b2"],
        ["b3"],
    )


@pytest.mark.parametrize(
    ("above", "own", "name"),
    [
        ("2\N{NO-BREAK SPACE}lentelė. Lėšos", "", "2\N{NO-BREAK SPACE}lentelė. Lėšos"),
        ("1 priedo 3 lentelė. Kas <atsakė>", "", "1 priedo 3 lentelė. Kas &lt;atsakė&gt;"),
        ("Table 4: Money", "", "Table 4: Money"),
        ("Lentelėje – lėšos.", "", None),
        ("2 lentelė. Lėšos", "Sava", None),
    ],
)
def test_a_name_said_above_a_table_is_only_heard_again(above, own, name):
    shown = rendered(block(Kind.PARAGRAPH, above), block(Kind.TABLE, *([own] * bool(own)), id="b2"))

    *_, table = rendering.grouped(shown)

    heard = f'<span class="ds-sr-only">{name}</span>'
    assert rendering.table_name(table, "1.2 <lentelė>") == (
        heard if name else own or "1.2 &lt;lentelė&gt;"
    )


def test_paragraphs_of_a_cell_stay_apart():
    cell = Cell(((Span("Viena"),), (Span("Kita"),)), rowspan=2)

    assert html(block(Kind.ROW, cells=(cell,))) == '<td rowspan="2"><p>Viena</p><p>Kita</p></td>'


def test_a_footnote_leads_back_to_where_it_is_called():
    calls = block(Kind.PARAGRAPH, "Tekstas", Span("3", note="3"), Span("3", note="3"))
    note = block(Kind.FOOTNOTE, "Paaiškinimas", label="3", id="b7")

    first, last = (one["html"] for one in rendered(calls, note))

    assert re.findall(r'id="([^"]+)" href="([^"]+)"', first) == [
        ("ref-b7", "#b7"),
        ("ref-b7-2", "#b7"),
    ]
    assert last.startswith('<a class="note-label" role="doc-backlink" href="#ref-b7">3</a> ')


def test_a_footnote_nobody_calls_leads_nowhere():
    note = block(Kind.FOOTNOTE, "Paaiškinimas", label="3")

    assert html(note) == '<span class="note-label">3</span> Paaiškinimas'


def test_a_picture_carries_its_words():
    figure = block(Kind.FIGURE, "1 pav.", image="ab", alt="Miesto planas")

    assert html(figure) == (
        '<img src="/picture/ab/" alt="Miesto planas" loading="lazy"><figcaption>1 pav.</figcaption>'
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("lt", "Čia yra tai, ką rodo tik „Word“ failas."),
        ("en", "Here is something that only the Word file shows."),
    ],
)
def test_what_could_not_be_read_says_so_in_the_documents_language(language, words):
    assert html(block(Kind.FIGURE), language=language) == f'<p class="no-picture">{words}</p>'


@pytest.mark.django_db
def test_stored_blocks_come_back_as_they_were():
    version = make.version("Pagalba „namuose“ & <kita>")

    again = rendering.render(version.document, rendering.public_pictures(version))

    assert rendering.restored(version) == again


@pytest.mark.django_db
def test_public_pictures_have_the_address_of_the_public_site():
    version = make.version()
    digest = "0f" * 32

    assert rendering.public_pictures(version)(digest) == (
        f"/s/{version.strategy.number}/{version.number}/picture/{digest}/"
    )
