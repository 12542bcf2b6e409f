"""OpenDocument texts, as LibreOffice and others write them."""

import pytest

from sutarta.core.documents import Kind
from sutarta.formats.docx import Refused
from sutarta.formats.odt import read
from tests.formats.docx.packages import PNG
from tests.formats.odt.packages import flat, h, items, p, package


def reading(body, **more):
    return read(package(body), **more)


def plain(body, **more):
    """Kind, level, number and words of every block."""
    return [
        (str(each.kind), each.level, each.number, each.text)
        for each in reading(body, **more).document.blocks
    ]


def found(body, **more):
    """Code, block and details of every finding."""
    return [(each.code, each.block, dict(each.detail)) for each in reading(body, **more).findings]


def test_words_keep_their_looks_blanks_and_breaks():
    inner = (
        'Alksniai <text:span text:style-name="B">auga<text:span text:style-name="I">!</text:span>'
        '</text:span> CO<text:span text:style-name="Down">2</text:span><text:s text:c="2"/>x'
        '<text:tab/>y<text:line-break/>z\n   <text:span text:style-name="S">ne</text:span>'
        '<text:span text:style-name="Up">2</text:span><text:span text:style-name="U">u</text:span>'
    )

    block = reading(p(inner) + p("visa", "PB")).document.blocks[0]

    assert block.text == "Alksniai auga! CO2  x\ty\nz ne2u"
    assert [(span.text, span.marks) for span in block.spans if span.marks] == [
        ("auga", ("bold",)),
        ("!", ("bold", "italic")),
        ("2", ("sub",)),
        ("ne", ("strike",)),
        ("2", ("sup",)),
        ("u", ("underline",)),
    ]


def test_headings_have_levels_and_the_numbers_of_the_outline():
    body = (
        p("Planas", "Title") + h("Pirmas") + h("Po juo", 2) + h("Gilus", 3) + h("Antras")
        + h("Be numerio", 1, 'text:is-list-header="true"')
        + h("Penktas", 1, 'text:restart-numbering="true" text:start-value="5"')
    )  # fmt: skip

    document = reading(body).document

    assert document.title == "Planas"
    assert [(each.level, each.number, each.text) for each in document.blocks] == [
        (1, "", "Planas"),
        (1, "1.", "Pirmas"),
        (2, "1.1.", "Po juo"),
        (3, "1-A", "Gilus"),
        (1, "2.", "Antras"),
        (1, "", "Be numerio"),
        (1, "5.", "Penktas"),
    ]


def test_lists_count_continue_and_begin_anew():
    body = (
        items("vienas" , p("du") + p("dar") + items("b", "c" , style=""), more='xml:id="x"')
        + p("tarp")
        + items("trys", more='text:continue-list="x"')
        + items("vėl", items(items("taškas", style=""), style=""))
        + items("keturi", more='text:continue-numbering="true"')
        + items("romėniškas", style="L2")
    )  # fmt: skip

    assert [(number, level, words) for _kind, level, number, words in plain(body)] == [
        ("1.", 0, "vienas"),
        ("2.", 0, "du"),
        ("", 0, "dar"),
        ("b)", 1, "b"),
        ("c)", 1, "c"),
        ("", 0, "tarp"),
        ("3.", 0, "trys"),
        ("1.", 0, "vėl"),
        ("•", 2, "taškas"),
        ("2.", 0, "keturi"),
        ("(I)", 0, "romėniškas"),
    ]


CELL = "<table:table-cell {}>{}</table:table-cell>"


def test_tables_keep_header_rows_merged_cells_and_what_cells_hold():
    inner = (
        f"<table:table><table:table-row>{CELL.format('', p('x'))}</table:table-row></table:table>"
    )
    body = (
        "<table:table><table:title>Biudžetas</table:title><table:table-header-rows><table:table-row>"
        + CELL.format("", p("Kodas"))
        + CELL.format('table:number-columns-spanned="2"', p("Suma"))
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        + CELL.format('table:number-rows-spanned="9"', p("A"))
        + CELL.format("", items("pirma"))
        + CELL.format("", p("1<text:tab/>2") + inner)
        + "</table:table-row></table:table>"
    )

    table, head, row = reading(body).document.blocks

    assert (table.kind, table.text, head.header) == (Kind.TABLE, "Biudžetas", True)
    assert ([cell.colspan for cell in head.cells], row.cells[0].rowspan) == ([1, 2], 1)
    assert row.text == "A\t1. pirma\t1 2\nx"
    assert [code for code, *_rest in found(body)] == ["table.nested"]


def note(label, inner, kind="footnote"):
    return (
        f'<text:note text:id="{label}{kind}" text:note-class="{kind}"><text:note-citation>{label}'
        f"</text:note-citation><text:note-body>{inner}</text:note-body></text:note>"
    )


def test_notes_stand_last_in_the_order_they_are_referred_to():
    body = p(f"a{note('1', p('Pirma') + p('dar'))} b{note('i', p('Galo'), 'endnote')}") + p("c")

    blocks = reading(body).document.blocks

    assert [(str(b.kind), b.label, b.text) for b in blocks] == [
        ("paragraph", "", "a1 bi"),
        ("paragraph", "", "c"),
        ("footnote", "1", "Pirma\ndar"),
        ("footnote", "i", "Galo"),
    ]
    assert [span.note for span in blocks[0].spans] == ["", "1", "", "i"]


def region(name, kind, inner=""):
    return (
        f'<text:changed-region xml:id="{name}" text:id="{name}"><text:{kind}><office:change-info>'
        "<dc:creator>V. V.</dc:creator><dc:date>2026-03-01T10:00:00</dc:date></office:change-info>"
        f"{inner}</text:{kind}></text:changed-region>"
    )


def tracked(*regions):
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"


def mark(kind, name):
    return f'<text:{kind} text:change-id="{name}"/>'


WITHIN = tracked(region("i", "insertion"), region("d", "deletion", p("sena"))) + p(
    f"Yra {mark('change-start', 'i')}nauja{mark('change-end', 'i')}{mark('change', 'd')} eilutė."
)
ACROSS = tracked(
    region("i", "insertion"), region("d", "deletion", p("galas") + p("vidus") + p("pra"))
) + (
    p(f"Vienas {mark('change-start', 'i')}du")
    + p("trys")
    + p(f"ke{mark('change-end', 'i')}turi")
    + p(f"Pusė {mark('change', 'd')}<text:span>džia</text:span>.")
)


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (WITHIN, ["Yra nauja eilutė."], ["Yra sena eilutė."]),
        (
            ACROSS,
            ["Vienas du", "trys", "keturi", "Pusė džia."],
            ["Vienas turi", "Pusė galas", "vidus", "pradžia."],
        ),
    ],
    ids=["within a paragraph", "across paragraphs"],
)
def test_changes_are_accepted_or_rejected_as_asked(body, accepted, rejected):
    assert [words for *_rest, words in plain(body)] == accepted
    assert [words for *_rest, words in plain(body, changes="reject")] == rejected


@pytest.mark.parametrize("changes", ["accept", "reject"])
def test_changes_are_told_with_who_when_and_what(changes):
    who = {"author": "V. V.", "date": "2026-03-01T10:00:00"}

    assert found(WITHIN, changes=changes) == [
        ("changes.insertion", 0, who | {"text": "nauja"}),
        ("changes.deletion", 0, who | {"text": "sena"}),
    ]


def test_comments_headers_hidden_words_and_contents_are_told_not_taken():
    comment = (
        '<office:annotation office:name="k"><dc:creator>A. B.</dc:creator><dc:date>2026-01-01'
        f"</dc:date>{p('Ar tikrai?')}</office:annotation>žodis"
        '<office:annotation-end office:name="k"/>'
    )
    body = (
        "<text:table-of-content><text:index-body><text:p>1 Tikslai</text:p></text:index-body>"
        f"</text:table-of-content>{p(f'Yra {comment}.')}"
        + p('matoma <text:span text:style-name="H">slapta</text:span>')
    )
    master = (
        f"<style:master-page><style:header>{p('Alksnių VVG')}</style:header></style:master-page>"
    )

    got = read(package(body, master=master))

    assert [each.text for each in got.document.blocks] == ["Yra žodis.", "matoma"]
    assert [(each.code, each.block, dict(each.detail)) for each in got.findings] == [
        ("left_out.header", None, {"text": "Alksnių VVG"}),
        (
            "comment",
            0,
            {"author": "A. B.", "date": "2026-01-01", "text": "Ar tikrai?", "quote": "žodis"},
        ),
        ("left_out.contents", 0, {"lines": "1", "text": "1 Tikslai"}),
        ("left_out.hidden", 1, {"text": "slapta"}),
    ]


def test_pictures_boxes_formulas_and_charts():
    def frame(inner):
        return f"<draw:frame>{inner}</draw:frame>"

    held = '<draw:object xlink:href="./Object 1"/>'
    picture = '<draw:image xlink:href="Pictures/a.png"/><svg:desc>Malūnas</svg:desc>'
    body = p("Tekstas" + frame(picture) + frame('<draw:image xlink:href="Pictures/nera.svm"/>')) + (
        p(f"Formulė {frame(held)} ir")
        + p("Dėžė" + frame(f"<draw:text-box>{p('jos žodžiai')}</draw:text-box>"))
        + p(f"<draw:custom-shape>{p('formos žodžiai')}</draw:custom-shape>")
        + p("<draw:custom-shape/>")
    )
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>S</mi><mo>=</mo>'
        "<msup><mi>a</mi><mn>2</mn></msup></mrow><annotation>S=a^2</annotation></semantics></math>"
    )
    parts = {"Pictures__a_dot_png": PNG, "Object 1__content_dot_xml": formula}

    got = read(package(body, **parts))

    assert [(str(b.kind), b.text or b.alt, bool(b.image)) for b in got.document.blocks] == [
        ("paragraph", "Tekstas", False),
        ("figure", "Malūnas", True),
        ("figure", "", False),
        ("paragraph", "Formulė S=a^2 ir", False),
        ("paragraph", "Dėžė", False),
        ("paragraph", "jos žodžiai", False),
        ("paragraph", "formos žodžiai", False),
    ]
    assert [each.code for each in got.findings] == [
        "picture.unreadable",
        "equation.as_text",
        "textbox.moved",
        "textbox.moved",
        "object.unreadable",
    ]
    assert list(got.pictures.values()) == [PNG]


def test_links_lead_where_they_may():
    def link(address):
        return f'<text:a xlink:href="{address}">{address[:2]}</text:a> '

    body = h('<text:bookmark text:name="t"/>Tikslai') + p(
        link("https://vvg.lt") + link("#t") + link("../file.odt") + link("#nera")
        + '<text:bookmark-ref text:ref-name="t">žr.</text:bookmark-ref>'
    )  # fmt: skip

    spans = reading(body).document.blocks[1].spans

    assert [span.link for span in spans if span.link] == ["https://vvg.lt", "#0", "#0"]
    assert "".join(span.text for span in spans) == "ht #t .. #n žr."


def test_the_flat_form_is_the_same():
    body = p("Žodžiai") + items("vienas")

    assert read(flat(body)).document.blocks == reading(body).document.blocks


BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package(""), "no_text"),
        (
            package(p("x"), mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "unknown_kind",
        ),
        (package(p("x"), content_dot_xml=BOMB), "external_entity"),
        (package(p("x"), Basic__a_dot_xml="<x/>"), "macros"),
        (package(p("x"), content_dot_xml="<x"), "broken"),
        (package(p("x"), big_dot_txt="0" * 6_000_000), "bomb"),
        (package("<text:section>" * 300 + "</text:section>" * 300), "broken"),
        (package(p("x"))[:300], "broken"),
        (
            package(
                p("x"),
                **{
                    "META-INF__manifest_dot_xml": '<m xmlns="urn:oasis:names:tc:opendocument:xmlns:'
                    'manifest:1.0"><encryption-data/></m>'
                },
            ),
            "encrypted",
        ),
    ],
    ids=["empty", "sheet", "entities", "macros", "xml", "bomb", "deep", "cut", "password"],
)
def test_what_is_no_plain_text_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        read(data)

    assert refused.value.code == code
