"""Reads an OpenDocument text into blocks."""

from __future__ import annotations

from sutarta.formats.building import Story
from sutarta.formats.docx.changes import Changes
from sutarta.formats.docx.findings import Reading

from . import margins
from .changes import settle
from .flow import Flow, flatten
from .inline import Sheet
from .names import INDEX, PARAGRAPHS, q
from .numbering import Numbering
from .package import Package
from .styles import Styles

PART = "content.xml"


def read(data: bytes, *, changes: Changes = "accept", language: str = "lt") -> Reading:
    """Read an .odt or .fodt into blocks, with what a person should look at.

    Takes the same arguments, gives the same and refuses as `docx.read` does. The place of a
    block is the position of its paragraph among the text:p and text:h elements of the text.
    """
    package = Package(data)
    body = package.body()
    for index, paragraph in enumerate(body.iter(*PARAGRAPHS)):
        paragraph.set(INDEX, str(index))
    story = Story(PART)
    margins.tell_headers(package.styles, story)
    margins.tell_comments(body, story)
    settle(body, story, changes)
    roots = [package.content]
    if package.styles is not None and package.styles is not package.content:
        roots.append(package.styles)
    sheet = Sheet(story, package, Styles(*roots), Numbering(*roots))
    Flow(sheet).walk(body)
    _read_notes(sheet)
    return story.reading(package.title(), language)


def _read_notes(sheet: Sheet) -> None:
    """Append the notes referred to; a note may refer to another, which then follows."""
    done: set[tuple[str, str]] = set()
    while waiting := [key for key in sheet.labels.order if key not in done]:
        for key in waiting:
            done.add(key)
            body = sheet.notes[key].find(q("text:note-body"))
            if body is None:
                continue
            place = next((int(each.get(INDEX, "0")) for each in body.iter(*PARAGRAPHS)), 0)
            flat = flatten(body, sheet)
            sheet.story.footnote(flat.paragraphs, sheet.labels.order[key], place)
            for picture, at in flat.pictures:
                sheet.story.figure(picture, at)
