"""A document as JSON, and the digest of a version that survives a withheld block."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sutarta.core.canonical import digest, fingerprint
from sutarta.core.documents.blocks import SCHEMA, Block, Cell, Document, Kind, Source, Span

MARKS = ("bold", "italic", "strike", "sub", "sup", "underline")
_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)\S|$")

T = TypeVar("T")


class BadDocument(ValueError):
    """The data is not a document of a schema known here; the message says where."""


def dump(document: Document) -> dict[str, object]:
    """Write `document` as plain JSON values; fields that are empty or default are left out.

    >>> dump(Document((Block(Kind.PARAGRAPH, (Span("Labas"),), id="b1"),)))["blocks"]
    [{'id': 'b1', 'kind': 'paragraph', 'spans': [{'text': 'Labas'}]}]
    """
    data: dict[str, object] = {"schema": SCHEMA, "language": document.language}
    if document.title:
        data["title"] = document.title
    if document.media:
        data["media"] = dict(document.media)
    data["blocks"] = [dump_block(block) for block in document.blocks]
    return data


def dump_block(block: Block) -> dict[str, object]:
    """One block as plain JSON values, as `dump` writes it."""
    return _present(
        id=block.id,
        kind=block.kind.value,
        level=block.level,
        number=block.number,
        spans=[_dump_span(span) for span in block.spans],
        cells=[_dump_cell(cell) for cell in block.cells],
        header=block.header,
        table=block.table,
        label=block.label,
        image=block.image,
        alt=block.alt,
        source=_dump_source(block.source),
    )


def load(data: Mapping[str, object]) -> Document:
    """Read what `dump` wrote.

    Raises BadDocument on another schema, an unknown field, kind or mark, a link of a
    scheme not allowed, or a value of the wrong shape.
    """
    fields = _fields(data, "document")
    if (schema := fields.pop("schema", None)) != SCHEMA:
        raise BadDocument(f"document: schema {schema!r} is not known here")
    document = Document(
        blocks=_take(fields, "blocks", _load_block),
        title=_text(fields, "title"),
        language=_text(fields, "language", "lt"),
        media=_media(fields.pop("media", {})),
    )
    return _finished(document, fields, "document")


def load_block(data: object) -> Block:
    """Read what `dump_block` wrote. Raises BadDocument."""
    return _load_block(data)


def dump_spans(spans: Sequence[Span]) -> list[dict[str, object]]:
    """The words of one paragraph as plain JSON values."""
    return [_dump_span(span) for span in spans]


def load_spans(data: object) -> tuple[Span, ...]:
    """Read what `dump_spans` wrote. Raises BadDocument."""
    return _load_spans(data)


def commitment(block: Block, salt: bytes) -> str:
    """Salted fingerprint of one block: proves its content later, betrays nothing now."""
    return fingerprint(salt, dump_block(block))


def document_digest(document: Document, salts: Mapping[str, bytes]) -> str:
    """Digest of a version: its title, language and the commitments of its blocks in order.

    salts   block id -> 32 random bytes, for every block

    Raises ValueError when a block has no id or no salt.
    """
    missing = [block.id for block in document.blocks if not block.id or block.id not in salts]
    if missing:
        raise ValueError(f"no salt for block {missing[0]!r}")
    pairs = [(block.id, commitment(block, salts[block.id])) for block in document.blocks]
    return document_digest_from(pairs, title=document.title, language=document.language)


def document_digest_from(
    commitments: Sequence[tuple[str, str]], *, title: str = "", language: str = "lt"
) -> str:
    """The same digest from commitments alone, so that a withheld block does not break it.

    commitments   (block id, commitment) in the order of the document
    """
    return digest(
        {
            "schema": SCHEMA,
            "title": title,
            "language": language,
            "blocks": [[block_id, committed] for block_id, committed in commitments],
        }
    )


def _present(**fields: object) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value}


def _dump_span(span: Span) -> dict[str, object]:
    return {"text": span.text} | _present(marks=list(span.marks), link=span.link, note=span.note)


def _dump_cell(cell: Cell) -> dict[str, object]:
    data: dict[str, object] = {
        "paragraphs": [[_dump_span(span) for span in spans] for spans in cell.paragraphs]
    }
    if cell.colspan != 1:
        data["colspan"] = cell.colspan
    if cell.rowspan != 1:
        data["rowspan"] = cell.rowspan
    return data | _present(header=cell.header)


def _dump_source(source: Source | None) -> dict[str, object]:
    if source is None:
        return {}
    return {"part": source.part, "index": source.index} | _present(para_id=source.para_id)


def _load_block(data: object) -> Block:
    fields = _fields(data, "block")
    block = Block(
        kind=_kind(fields.pop("kind", None)),
        spans=_take(fields, "spans", _load_span),
        id=_text(fields, "id"),
        level=_whole(fields, "level", 0, least=0),
        number=_text(fields, "number"),
        cells=_take(fields, "cells", _load_cell),
        header=_flag(fields, "header"),
        table=_text(fields, "table"),
        label=_text(fields, "label"),
        image=_text(fields, "image"),
        alt=_text(fields, "alt"),
        source=_load_source(fields.pop("source", None)),
    )
    return _finished(block, fields, "block")


def _load_span(data: object) -> Span:
    fields = _fields(data, "span")
    marks = _take(fields, "marks", str)
    link = _text(fields, "link")
    if not set(marks) <= set(MARKS) or list(marks) != sorted(marks):
        raise BadDocument(f"span: marks {list(marks)!r} are not known or not in order")
    if not _LINK.match(link):
        raise BadDocument(f"span: link {link!r} is not allowed")
    span = Span(_text(fields, "text"), marks, link, _text(fields, "note"))
    return _finished(span, fields, "span")


def _load_cell(data: object) -> Cell:
    fields = _fields(data, "cell")
    cell = Cell(
        paragraphs=_take(fields, "paragraphs", _load_spans),
        colspan=_whole(fields, "colspan", 1, least=1),
        rowspan=_whole(fields, "rowspan", 1, least=1),
        header=_flag(fields, "header"),
    )
    return _finished(cell, fields, "cell")


def _load_spans(data: object) -> tuple[Span, ...]:
    return _take({"paragraph": data}, "paragraph", _load_span)


def _load_source(data: object) -> Source | None:
    if data is None:
        return None
    fields = _fields(data, "source")
    source = Source(
        _text(fields, "part"), _whole(fields, "index", 0, least=0), _text(fields, "para_id")
    )
    return _finished(source, fields, "source")


def _media(data: object) -> dict[str, str]:
    fields = _fields(data, "media")
    return {name: _text(fields, name) for name in list(fields)}


def _fields(data: object, what: str) -> dict[str, Any]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise BadDocument(f"{what}: expected named fields, got {type(data).__name__}")
    return dict(data)


def _finished(thing: T, left: Mapping[str, object], what: str) -> T:
    if left:
        raise BadDocument(f"{what}: unknown field {min(left)!r}")
    return thing


def _take(fields: dict[str, Any], name: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    values = fields.pop(name, [])
    if not isinstance(values, list | tuple):
        raise BadDocument(f"{name}: expected a list, got {type(values).__name__}")
    return tuple(read(value) for value in values)


def _text(fields: dict[str, Any], name: str, default: str = "") -> str:
    value = fields.pop(name, default)
    if not isinstance(value, str):
        raise BadDocument(f"{name}: expected text, got {type(value).__name__}")
    return value


def _whole(fields: dict[str, Any], name: str, default: int, *, least: int) -> int:
    value: object = fields.pop(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadDocument(f"{name}: expected a whole number >= {least}, got {value!r}")
    return value


def _flag(fields: dict[str, Any], name: str) -> bool:
    value = fields.pop(name, False)
    if not isinstance(value, bool):
        raise BadDocument(f"{name}: expected true or false, got {value!r}")
    return value


def _kind(value: object) -> Kind:
    if not isinstance(value, str) or value not in set(Kind):
        raise BadDocument(f"block: kind {value!r} is not known here")
    return Kind(value)
