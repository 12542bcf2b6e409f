"""Sheets as other programs write them, made by hand or with another library."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import openpyxl

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {"office": "office", "table": "table", "text": "text"}.items()
)


def xlsx(*rows: Sequence[object], change=lambda sheet: None) -> bytes:
    """A workbook; `change` does something to its sheet first."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def separated(*rows: Sequence[object], encoding="utf-8", separator=",", end="\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def ods(*rows: Sequence[object], attributes: dict[int, str] | None = None) -> bytes:
    """An OpenDocument sheet, written by hand; attributes: of rows, by number from 1."""
    said = attributes or {}
    lines = "".join(
        f"<table:table-row {said.get(number, '')}>{''.join(map(_cell, row))}</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    tail = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Lapas">{lines}{tail}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", _ODS)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    words = str(value)
    if words.startswith("<"):
        return words
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
