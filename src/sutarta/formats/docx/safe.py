"""What we refuse to open, and how to read XML that a stranger wrote."""

from __future__ import annotations

from lxml import etree

from sutarta.formats.bounded.refusing import Refusal

from .ooxml import Element

MEGABYTE = 2**20
MAX_FILE = 30 * MEGABYTE
MAX_UNZIPPED = 300 * MEGABYTE
MAX_PART = 100 * MEGABYTE
MAX_ENTRIES = 5_000
# Word's own XML seldom shrinks to less than a fortieth.
MAX_RATIO = 150
RATIO_COUNTS_FROM = 5 * MEGABYTE

REASONS = {
    "unknown_kind": "This is no document we can read. Save it as .docx, .odt, .html or .md.",
    "not_docx": "This is not a Word document (.docx). Open it in Word and save it as .docx.",
    "old_doc": "This is an old Word file (.doc). Open it in Word and save it as .docx.",
    "encrypted": "The file is locked with a password. Remove the password in Word and save again.",
    "broken": "The file is damaged or cut short. Open it in Word and save it under a new name.",
    "too_large": "The file is too large: at most 30 MB, or 300 MB unpacked. Shrink its pictures.",
    "bomb": "The file unpacks to far more than it could honestly hold.",
    "macros": "The file carries macros. Save it as a plain .docx without macros.",
    "external_entity": "The file holds a document type definition, which Word never writes.",
    "too_deep": "The file nests its parts deeper than we follow. Save it as .docx in Word.",
    "too_slow": "Reading the file took too long. Split it, or save it again in Word.",
    "too_hungry": "Reading the file took too much memory. Split it, or make its pictures smaller.",
    "no_text": "No words were found in the file. A scanned document has to be recognised first.",
}


class Refused(Refusal):
    """A file that is not read; `code` is one of REASONS and stable, str() is its sentence."""

    reasons = REASONS


def parse(data: bytes) -> Element:
    """Root of an XML part: no entities, no network, no DTD, no huge trees.

    Raises Refused: "external_entity" when there is a DTD, "broken" when it is not XML.
    """
    refuse_dtd(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise Refused("broken") from error
    except ValueError as error:
        raise Refused("broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("external_entity")
    return root


def refuse_dtd(data: bytes) -> None:
    """Raise Refused("external_entity") when the bytes of an XML part hold a DTD."""
    mark = "<!DOCTYPE"
    if any(mark.encode(coding) in data for coding in ("ascii", "utf-16-le", "utf-16-be")):
        raise Refused("external_entity")
