"""PDF: written anew without titles, authors, scripts, actions and files inside."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from .pictures import without_notes
from .refusals import Refused

# Keys that hold metadata, or do something when a file, page or field is opened or left.
_DROPPED = (
    "/Metadata", "/PieceInfo", "/AA", "/OpenAction", "/AF", "/EF", "/XFA", "/JS",
    "/EmbeddedFiles", "/JavaScript", "/LastModified", "/Perms", "/DSS",
)  # fmt: skip
_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute", "/ResetForm", "/Hide", "/SetOCGState",
}  # fmt: skip
_PLAYERS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def clean(data: bytes) -> bytes:
    """The same pages and nothing behind them. Raises Refused."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if not len(pdf.pages):
                raise Refused("broken")
            return _written(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError) as error:
        raise Refused("broken") from error


def _written(pdf: Pdf) -> bytes:
    del pdf.docinfo
    for page in pdf.pages:
        _drop_players(page.obj)
    for item in list(pdf.objects):
        _strip(item, 0)
    _strip(pdf.Root, 0)
    out = io.BytesIO()
    pdf.save(
        out, fix_metadata_version=False, deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )  # fmt: skip
    return out.getvalue()


def _drop_players(page: Object) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = [one for one in annotations.as_list() if not _plays(one)]
    page["/Annots"] = Array(kept)


def _plays(annotation: Object) -> bool:
    return isinstance(annotation, Dictionary) and str(annotation.get("/Subtype")) in _PLAYERS


def _strip(item: Any, depth: int) -> None:
    """Take what does not belong out of one object and what lies directly in it."""
    if depth > 50:
        raise Refused("broken")
    if isinstance(item, Array):
        for inner in item.as_list():
            _inside(inner, depth)
    elif isinstance(item, (Dictionary, Stream)):
        _strip_keys(item)
        for key in list(item.keys()):
            _inside(item[key], depth)
        if isinstance(item, Stream):
            _strip_photo(item)


def _inside(item: Any, depth: int) -> None:
    if isinstance(item, (Array, Dictionary)) and not item.is_indirect:
        _strip(item, depth + 1)


def _strip_keys(item: Any) -> None:
    if isinstance(item, Dictionary) and str(item.get("/S")) in _ACTIONS:
        for key in list(item.keys()):
            del item[key]
        return
    for key in _DROPPED:
        if key in item:
            del item[key]
    if "/Rect" in item and item.get("/Subtype") != Name.Widget and "/T" in item:
        del item["/T"]  # who wrote the note


def _strip_photo(stream: Stream) -> None:
    if stream.get("/Filter") != Name.DCTDecode:
        return
    raw = stream.read_raw_bytes()
    cleaned = without_notes(raw)
    if cleaned != raw:
        parms = stream.get("/DecodeParms")
        kept = parms if isinstance(parms, (Array, Dictionary)) else None
        stream.write(cleaned, filter=Name.DCTDecode, decode_parms=kept)
