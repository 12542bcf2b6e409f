"""Tables keep their merged cells, header rows and whatever the cells hold."""

import pytest

from sutarta.core.documents import Cell, Kind, Span
from sutarta.formats.docx import read

from .packages import cell, paragraph, row, table, text, word_file

HEADER = "<w:tblHeader/>"


def blocks(body):
    return read(word_file(body)).document.blocks


def shape(body):
    """For each row the words, columns and rows of each cell."""
    return [
        [(each.text, each.colspan, each.rowspan) for each in block.cells]
        for block in blocks(body)
        if block.kind is Kind.ROW
    ]


def span(words, columns=1, merge=""):
    down = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[merge]
    return cell(words, f'<w:gridSpan w:val="{columns}"/>{down}')


def test_a_table_is_followed_by_its_rows():
    found = blocks(paragraph("Prieš") + table(row("a", "b"), row("c", "d")) + paragraph("Po"))

    assert [block.kind for block in found] == [
        Kind.PARAGRAPH, Kind.TABLE, Kind.ROW, Kind.ROW, Kind.PARAGRAPH
    ]  # fmt: skip
    assert [block.source.index for block in found] == [0, 1, 1, 3, 5]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("a", "b")], [[("a", 1, 1), ("b", 1, 1)]]),
        ([row(span("a", 2), "b"), row("c", "d", "e")],
         [[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1), ("e", 1, 1)]]),
        ([row(span("a", 1, "restart"), "b"), row(span("", 1, "continue"), "c")],
         [[("a", 1, 2), ("b", 1, 1)], [("c", 1, 1)]]),
        ([row(span("a", 2, "restart"), "b"), row(span("", 2, "continue"), "c"),
          row(span("", 2, "continue"), "d")],
         [[("a", 2, 3), ("b", 1, 1)], [("c", 1, 1)], [("d", 1, 1)]]),
        ([row(span("a", 1, "restart"), "b"), row(span("c", 1, "restart"), "d")],
         [[("a", 1, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1)]]),
        ([row(span("a", 1, "continue"), "b")], [[("a", 1, 1), ("b", 1, 1)]]),
        ([row(span("a", 1, "restart"), "b"), row(span("c", 1, "continue"), "d")],
         [[("a\nc", 1, 2), ("b", 1, 1)], [("d", 1, 1)]]),
        ([row("a", "b"), row("c", properties='<w:gridBefore w:val="1"/>')],
         [[("a", 1, 1), ("b", 1, 1)], [("", 1, 1), ("c", 1, 1)]]),
        ([row(cell("a", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "b")],
         [[("a", 2, 1), ("b", 1, 1)]]),
        ([row(span("a", -3), "b")], [[("a", 1, 1), ("b", 1, 1)]]),
    ],
    ids=["plain", "across", "down", "both", "two merges", "loose continuation", "hidden words",
         "indented row", "old way", "nonsense"],
)  # fmt: skip
def test_merged_cells_are_listed_once(rows, expected):
    assert shape(table(*rows)) == expected


def test_every_row_covers_the_same_columns():
    body = table(
        row(span("a", 2, "restart"), span("b", 1), span("c", 1, "restart")),
        row(span("", 2, "continue"), span("d", 1), span("", 1, "continue")),
        row(span("e", 3), span("f", 1)),
    )
    covered = [0] * 3
    for place, cells in enumerate(shape(body)):
        for _words, columns, rows in cells:
            for below in range(place, place + rows):
                covered[below] += columns

    assert covered == [4, 4, 4]


def test_header_rows_are_those_at_the_top():
    body = table(
        row("Tikslas", properties=HEADER), row("Lėšos", properties=HEADER), row("1"),
        row("2", properties=HEADER),
    )  # fmt: skip
    rows = blocks(body)[1:]

    assert [each.header for each in rows] == [True, True, False, False]
    assert [each.cells[0].header for each in rows] == [True, True, False, False]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (table(row("a", "b"), row("c", "d")), ["table.no_header"]),
        (table(row("a", "b", properties=HEADER), row("c", "d")), []),
        (table(row("a", "b")), []),
        (table(row("a"), row("b")), []),
    ],
    ids=["none", "one", "one row", "one column"],
)
def test_a_table_without_a_header_row_is_told_at_the_table(body, codes):
    reading = read(word_file(paragraph("Prieš") + body))

    assert [(found.code, found.block) for found in reading.findings] == [
        (code, 1) for code in codes
    ]


def test_the_title_of_a_table_is_its_caption():
    body = table(row("a"), properties='<w:tblCaption w:val="Lėšos"/>')

    assert blocks(body)[0].spans == (Span("Lėšos"),)


def test_a_cell_keeps_its_paragraphs_and_marks():
    inner = cell(
        paragraph(text("a", "<w:b/>") + "<w:r><w:tab/></w:r>" + text("b")) + paragraph("c")
    )

    assert blocks(table(row(inner)))[1].cells == (
        Cell(((Span("a", ("bold",)), Span(" b")), (Span("c"),))),
    )


def test_a_table_in_a_table_becomes_paragraphs_of_its_cell():
    inner = table(row("x", "y"), row("z"))
    reading = read(word_file(table(row(cell(paragraph("a") + inner + paragraph("b"))))))

    assert reading.document.blocks[1].text == "a\nx\ny\nz\nb"
    assert [(found.code, found.block, found.detail) for found in reading.findings] == [
        ("table.nested", 1, {"rows": "2", "columns": "2"})
    ]


def test_rows_and_cells_in_content_controls_are_found():
    def control(inner):
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    inner = control(cell("a")) + cell("b")
    body = f"<w:tbl>{control(f'<w:tr>{inner}</w:tr>')}</w:tbl>"

    assert shape(body) == [[("a", 1, 1), ("b", 1, 1)]]


def test_an_empty_table_is_left_out_and_told():
    reading = read(word_file(paragraph("a") + table(row("", ""), row("", "")) + paragraph("b")))

    assert [block.text for block in reading.document.blocks] == ["a", "b"]
    assert [(each.code, each.detail) for each in reading.findings if each.code == "empty"] == [
        ("empty", {"kind": "table"})
    ]
