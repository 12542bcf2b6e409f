"""Tables for spreadsheets: what is written is what is read back, and nothing is reckoned."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from sutarta.formats.tables import LONGEST, write_csv, write_xlsx

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
DAY = datetime(2026, 11, 22)  # noqa: DTZ001 - as openpyxl reads a day
ROW = [7, "Ne, „ačiū“", date(2026, 11, 22), AT, None, True]
COLUMNS = ["Nr.", "Žodžiai", "Diena", "Kada", "Tuščia", "Ar"]
WICKED = ["=1+1", "+370 600", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "\n=1"]


def read_csv(columns, rows):
    text = b"".join(write_csv(columns, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(columns, rows, title="Lentelė"):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(columns, rows, title)))
    return book.active


def test_a_csv_reads_back_as_it_was_written():
    found = read_csv(COLUMNS, [ROW])

    said = ["7", "Ne, „ačiū“", "2026-11-22", "2026-11-22T10:30:00+00:00", "", "True"]
    assert found == [COLUMNS, said]


def test_excel_knows_the_csv_for_utf_8():
    assert b"".join(write_csv(["Ž"], [])).startswith(b"\xef\xbb\xbf")


def test_a_workbook_keeps_numbers_as_numbers_and_dates_as_dates():
    sheet = read_xlsx(COLUMNS, [ROW])

    cells = [cell.value for cell in sheet[2]]
    assert cells == [
        7, "Ne, „ačiū“", DAY, AT.replace(tzinfo=None), None, True
    ]  # fmt: skip
    assert [cell.is_date for cell in sheet[2]] == [False, False, True, True, False, False]


@pytest.mark.parametrize("text", WICKED)
def test_no_text_becomes_a_formula(text):
    assert read_csv(["a"], [[text]])[1] == [f"'{text}"]
    cell = read_xlsx(["a"], [[text]])["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_a_text_longer_than_a_cell_is_cut_and_the_file_opens():
    assert len(read_xlsx(["a"], [["ž" * 40_000]])["A2"].value) == LONGEST


@pytest.mark.parametrize("writer", [read_csv, read_xlsx])
def test_a_row_of_another_length_is_an_error(writer):
    with pytest.raises(ValueError, match="2 values under 1 columns"):
        writer(["a"], [[1, 2]])


def test_a_table_without_rows_has_its_head():
    assert [cell.value for cell in read_xlsx(["a", "b"], [])[1]] == ["a", "b"]
