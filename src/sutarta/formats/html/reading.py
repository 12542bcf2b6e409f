"""Reads a page into blocks."""

from __future__ import annotations

from sutarta.core.documents.blocks import Kind
from sutarta.formats.building import Story
from sutarta.formats.docx.changes import Changes
from sutarta.formats.docx.findings import Reading
from sutarta.formats.docx.safe import MAX_FILE, Refused

from .changes import settle
from .decoding import decoded
from .flow import Flow, Sheet, flatten
from .looks import Look, Looks
from .notes import find_notes, take_out_comments
from .page import after, at, content, parsed, words

PART = "html"


def read(data: bytes, *, changes: Changes = "accept", language: str = "lt") -> Reading:
    """Read a page into blocks, with what a person should look at.

    Takes the same arguments, gives the same and refuses as `docx.read` does. The place of a
    block is the position of its element among the beginnings and ends of all elements.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    text, guessed = decoded(data)
    return read_text(text, Story(PART), changes=changes, language=language, charset=guessed)


def read_text(
    text: str, story: Story, *, changes: Changes, language: str, charset: str = ""
) -> Reading:
    """The same from a page that is text already.

    story     begun by the caller, who may have written findings down
    charset   the one that was guessed, "" when none was
    """
    if charset:
        story.note("charset.guessed", None, charset=charset)
    root = parsed(text)
    looks = Looks(root)
    title = next((words(each) or each.text or "" for each in root.iter("title")), "")
    comments = take_out_comments(root)
    settle(root, story, changes)
    chosen = content(root, story)
    sheet = Sheet(story, looks, find_notes(chosen), comments)
    flow = Flow(sheet)
    flow.walk(chosen, Look())
    flow.place = after(chosen)
    flow.flush()
    _read_notes(sheet)
    return story.reading(_only_heading(story) or title, language)


def _read_notes(sheet: Sheet) -> None:
    """Append the notes referred to; a note may refer to another, which then follows."""
    holders = {str(at(each)): each for each in sheet.notes.holders}
    done: set[str] = set()
    while waiting := [key for key in sheet.labels.order if key[1] not in done]:
        for key in waiting:
            done.add(key[1])
            holder = holders[key[1]]
            flat = flatten(holder, sheet)
            if holder.get("id"):
                sheet.story.mark(str(holder.get("id")), at(holder))
            sheet.story.footnote(flat.paragraphs, sheet.labels.order[key], at(holder))
            for picture, place in flat.pictures:
                sheet.story.figure(picture, place)


def _only_heading(story: Story) -> str:
    """Words of the heading of level 1, when there is just one."""
    found = [each for each in story.found if each.kind is Kind.HEADING and each.level == 1]
    return found[0].text if len(found) == 1 else ""
