"""Sheets of answers: whatever program wrote them, the same cells are read, or a clear refusal."""

from __future__ import annotations

import io
import string
import zipfile
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.formats import sheets
from sutarta.formats.sheets import Refused, Row, Sheet, begin_of, guess, read, read_safely, table
from sutarta.formats.tables import write_csv, write_xlsx
from tests.formats.sheets.making import ods, separated, xlsx

HEADS = ("Laiko žymė", "Vardas", "Ką manote?")
ONE = ("2026-11-10 09:05:03", "J. Ą.", "Reikia suolo;\nir „šiukšliadėžės“, greitai")
VILNIUS = "Europe/Vilnius"


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(data).sheets[0].rows]


@pytest.mark.parametrize(
    "data",
    [
        xlsx(HEADS, ONE),
        ods(HEADS, ONE),
        separated(HEADS, ONE),
        separated(HEADS, ONE, separator=";", encoding="windows-1257"),
        separated(HEADS, ONE, separator="\t", encoding="utf-16"),
        separated(HEADS, ONE, separator="\t", encoding="utf-16-le"),
        separated(HEADS, ONE, separator=";", encoding="utf-16-be", end="\n"),
        separated(HEADS, ONE, encoding="utf-8-sig", end="\n"),
        b"sep=|\n" + separated(HEADS, ONE, separator="|"),
    ],
    ids=["xlsx", "ods", "csv", "1257", "utf-16", "utf-16-le", "utf-16-be", "bom", "sep"],
)
def test_the_same_answers_are_read_whatever_wrote_them(data):
    assert cells(data) == [HEADS, ONE]


def test_in_a_process_of_its_own_the_same_is_read():
    data = xlsx(HEADS, ONE)

    assert read_safely(data) == read(data)


def test_cells_are_read_as_one_sees_them():
    row = (
        5,
        0.5,
        True,
        date(2026, 1, 2),
        datetime(2026, 1, 2, 9, 5),  # noqa: DTZ001 - a sheet knows no zone
        time(9, 5),
        None,
        37060000000,
    )

    found = cells(xlsx(row))[0]

    shown = ("5", "0.5", "TRUE", "2026-01-02", "2026-01-02 09:05:00", "09:05:00", "", "37060000000")
    assert found == shown


def test_a_formula_is_what_it_came_to():
    data = xlsx(("Suma",), (0,))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            said = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                said = said.replace(b"<v>0</v>", b"<f>1+1</f><v>2</v>")
            new.writestr(part, said)

    assert cells(out.getvalue()) == [("Suma",), ("2",)]


def test_rows_keep_their_numbers_and_say_whether_they_are_hidden():
    def hide(sheet):
        sheet.row_dimensions[4].hidden = True

    of_xlsx = read(xlsx(HEADS, (), ONE, ONE, change=hide)).sheets[0]
    of_ods = read(ods(HEADS, (None,), ONE, ONE, attributes={4: 'table:visibility="filter"'}))

    expected = [(1, False), (3, False), (4, True)]
    assert [(row.number, row.is_hidden) for row in of_xlsx.rows] == expected
    assert [(row.number, row.is_hidden) for row in of_ods.sheets[0].rows] == expected


def test_a_table_that_begins_below_and_to_the_right_keeps_its_columns():
    def put(sheet):
        sheet["C3"], sheet["D3"], sheet["C4"], sheet["D4"] = "Vardas", "Nuomonė", "J", "Taip"

    sheet = read(xlsx(change=put)).sheets[0]

    assert begin_of(sheet) == (3, 1)
    assert table(sheet, 3).headings == ("A", "B", "Vardas", "Nuomonė")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_heading_merged_over_columns_stands_over_each(kind):
    heads = ("Nr", "Kas svarbu?", None, "Kita")
    below = (None, "Gatvės", "Parkai", None)
    if kind == "xlsx":
        data = xlsx(heads, below, (1, "x", "y", "z"), change=lambda s: s.merge_cells("B1:C1"))
    else:
        wide = (
            '<table:table-cell table:number-columns-spanned="2" office:value-type="string">'
            "<text:p>Kas svarbu?</text:p></table:table-cell><table:covered-table-cell/>"
        )
        data = ods(("Nr", wide, "Kita"), below, (1, "x", "y", "z"))

    sheet = read(data).sheets[0]
    found = table(sheet, *begin_of(sheet))

    assert found.headings == ("Nr", "Kas svarbu?: Gatvės", "Kas svarbu?: Parkai", "Kita")
    assert [row.cells for row in found.rows] == [("1", "x", "y", "z")]


def test_a_title_over_the_whole_is_no_heading():
    data = xlsx(("Apklausa",), HEADS, ONE, change=lambda sheet: sheet.merge_cells("A1:C1"))

    assert begin_of(read(data).sheets[0]) == (2, 1)


def test_several_sheets_are_read_and_empty_ones_left_out():
    def more(sheet):
        sheet.parent.create_sheet("Tuščias")
        second = sheet.parent.create_sheet("Antras")
        second["A1"] = "x"
        second.sheet_state = "hidden"

    found = read(xlsx(HEADS, ONE, change=more)).sheets

    assert [(one.name, one.is_hidden) for one in found] == [("Sheet", False), ("Antras", True)]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 250_000_000)
    return out.getvalue()


def _far() -> bytes:
    """One cell at the end of the sheet: every cell before it would have to be there."""
    return xlsx(change=lambda sheet: sheet.cell(1_048_576, 16_384, "x") and sheet.cell(1, 1, "x"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,\n,,\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
        (b'a,b\n"open,1\n2,3\n', "quotes"),
        (b"a,b\n" + b"x" * 32_768 + b",1\n", "too_long"),
        (b"a\n" + b"1\n" * 20_001, "too_many"),
        (b"," * 200 + b"1\n", "too_many"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (b"PK\x03\x04 cut", "broken"),
        (xlsx(HEADS)[:-200], "broken"),
        (b"x" * (sheets.MAX_FILE + 1), "too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(data, code):
    with pytest.raises(Refused) as refused:
        read(data)

    assert refused.value.code == code


def test_a_file_that_unpacks_to_far_more_is_refused():
    with pytest.raises(Refused, match="too large"):
        read_safely(_bomb())


def test_a_sheet_that_would_fill_the_memory_is_refused():
    with pytest.raises(Refused) as refused:
        read_safely(_far())

    assert refused.value.code in {"too_slow", "too_many"}


def test_one_long_cell_a_thousand_times_is_refused():
    data = xlsx(*[["x" * 30_000]] * 1_500)

    assert len(data) < 200_000
    with pytest.raises(Refused) as refused:
        read_safely(data)
    assert refused.value.code == "too_many"


def test_a_word_file_is_no_sheet():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<a/>")

    with pytest.raises(Refused) as refused:
        read(out.getvalue())

    assert refused.value.code == "neither"


WORDS = st.text(string.ascii_letters + 'ąčęėįšųūž„“0123456789 ;,"\n-', max_size=12).map(
    lambda said: said.strip().lstrip("-")
)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[WORDS] * width), min_size=1, max_size=5)
)


def _full(rows):
    """First row and column filled, so that nothing at the edges is cut."""
    width = len(rows[0])
    return [tuple(f"h{n}" for n in range(width)), *[("x" + row[0], *row[1:]) for row in rows]]


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_any_table_reads_back_as_it_was_written(rows):
    full = _full(rows)

    assert cells(b"".join(write_csv(full[0], full[1:]))) == full
    assert cells(write_xlsx(full[0], full[1:], "Lapas")) == full
    assert cells(xlsx(*full)) == full
    assert cells(ods(*full)) == [tuple(cell for cell in row) for row in full]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    try:
        read(data)
    except Refused as refused:
        assert refused.code in sheets.REASONS


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2026-11-10 09:05:03", datetime(2026, 11, 10, 7, 5, 3, tzinfo=UTC)),
        ("2026/11/10 9:05:03 AM GMT+2", datetime(2026, 11, 10, 7, 5, 3, tzinfo=UTC)),
        ("2026/07/10 12:05:03 AM EEST", datetime(2026, 7, 9, 21, 5, 3, tzinfo=UTC)),
        ("2026-11-10T09:05:03.250Z", datetime(2026, 11, 10, 9, 5, 3, tzinfo=UTC)),
        ("10.11.2026 09:05", datetime(2026, 11, 10, 7, 5, tzinfo=UTC)),
        ("11/23/2026 1:05:00 PM", datetime(2026, 11, 23, 11, 5, tzinfo=UTC)),
        ("2026 m. lapkričio 10 d. 9:05", datetime(2026, 11, 10, 7, 5, tzinfo=UTC)),
        ("2026 m. 11 10 d.", date(2026, 11, 10)),
        ("2026-10-25 03:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # shown twice
        ("2026-02-30", None),
        ("13 PM", None),
        ("2026-11-10 25:00", None),
    ],
)
def test_hours_are_read_as_survey_programs_write_them(words, instant):
    assert sheets.to_instant(words, VILNIUS) == instant


def test_day_and_month_are_told_apart_as_asked():
    assert sheets.is_ambiguous("11/10/2026 9:05")
    assert sheets.to_instant("11/10/2026", VILNIUS) == date(2026, 10, 11)
    assert sheets.to_instant("11/10/2026", VILNIUS, month_first=True) == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (
            ["Timestamp", "Username", "Your name", "What is your opinion?", "Do you have a child?"],
            {0: "received", 1: "email", 2: "name", 3: "words"},
        ),
        (
            ["Laiko žymė", "El. pašto adresas", "Vardas, pavardė", "Jūsų pasiūlymas", "Kodėl?",
             "Ar sutinkate, kad vardas būtų rodomas?", "Organizacija, kuriai atstovaujate"],
            {0: "received", 1: "email", 2: "name", 3: "words", 4: "why", 5: "consent",
             6: "organisation"},
        ),
        (
            ["Nr.", "Atsakymo data", "Kalba", "Punktas", "Pastabos", "Siūloma formuluotė"],
            {0: "row_id", 1: "received", 2: "language", 3: "passage", 4: "words", 5: "proposal"},
        ),
        (["Ar turite vaikų?", "Amžius"], {}),
        # Who agrees that data are processed has not agreed to be named.
        (["Sutinku, kad mano duomenys (vardas) būtų tvarkomi", "Sutinku gauti laiškus"], {}),
        (["I agree to the processing of my data", "May we show your name?"], {1: "consent"}),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_their_headings(headings, roles):
    assert guess(headings) == roles


def test_headings_are_never_empty_and_never_the_same():
    sheet = Sheet("", (Row(1, ("Kodėl?", "", "Kodėl?")), Row(2, ("a", "b", "c"))))

    assert table(sheet, 1).headings == ("Kodėl?", "B", "Kodėl? (C)")
