"""XML that a stranger wrote."""

from __future__ import annotations

from lxml import etree

from .refusals import Refused


def parse(data: bytes) -> etree._Element:
    """Root of an XML part: no entities, no network, no huge trees. Raises Refused."""
    marks = ["<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be")]
    if any(mark in data for mark in marks):
        raise Refused("broken")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("broken") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("broken")
    return root


def dump(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def local(name: object) -> str:
    """Name of an element or attribute without its namespace; "" for comments."""
    return name.rsplit("}", 1)[-1] if isinstance(name, str) else ""
