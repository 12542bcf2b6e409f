"""Reads a Word file into blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sutarta.core.documents.blocks import Document

from . import lineage, margins
from .body import Blocks, read_note, read_story
from .changes import Changes, settle
from .context import Context, NoteLabels
from .dead import leave_out_dead_references
from .edges import tell_headers
from .fields import settle_fields
from .findings import Notebook, Place, Reading
from .headings import usual_letters
from .links import bookmarks, resolve
from .looks import Looks
from .numbering import Numbering
from .ooxml import W_ID, Element, child, number, q, value
from .package import Package
from .safe import Refused
from .styles import Styles
from .tidy import (
    choose_alternatives,
    leave_out_contents,
    leave_out_hidden_rows,
    number_paragraphs,
    take_off_wrappers,
)

NOTE_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}


def read(data: bytes, *, changes: Changes = "accept", language: str = "lt") -> Reading:
    """Read a .docx into blocks, with what a person should look at.

    changes   what becomes of tracked changes; each of them is a finding either way
    language  BCP 47 tag given to the document

    Blocks have no ids but those that bookmarks of ours bring back: hints, to be believed by
    nobody but `core.documents.inherit`. A link inside the document leads to "#" and the id of
    a block, or its index from 0 until an id is given. Footnotes and endnotes stand last, in the
    order they are referred to.

    Raises Refused for a file that is not a plain, sound .docx with words in it. Meant for
    files one trusts; for others use `formats.reading`, which also bounds time and memory.
    """
    return read_package(Package(data), changes=changes, language=language)


def read_package(
    package: Package,
    *,
    changes: Changes = "accept",
    language: str = "lt",
    watched: Callable[[Context], Context] = lambda context: context,
) -> Reading:
    """As `read`; `watched` may put another context in the place of the reader's own."""
    notes = Notebook()
    opened = _open(package, package.main, changes, notes)
    context = watched(_context(package, opened, notes))
    blocks = Blocks()
    body = child(opened.root, "body")
    read_story(opened.root if body is None else body, context, blocks)
    marks = opened.bookmarks | _read_notes(context, changes, blocks)
    if not any(block.text.strip() for block in blocks.found):
        raise Refused("no_text")
    ids = lineage.told(blocks.found, marks)
    found = [replace(block, id=ids.get(at, "")) for at, block in enumerate(blocks.found)]
    document = Document(
        blocks=resolve(found, marks, blocks.places),
        title=blocks.title or package.core_title(),
        language=language,
        media={digest: picture.type for digest, picture in blocks.pictures.items()},
    )
    pictures = {digest: picture.data for digest, picture in blocks.pictures.items()}
    reading = notes.reading(document, blocks.places, pictures)
    return replace(reading, keys=lineage.keys_told(blocks.places, marks))


@dataclass(frozen=True)
class _Opened:
    """A part made plain, with the bookmarks it had."""

    root: Element
    bookmarks: dict[str, Place]


def _open(package: Package, part: str, changes: Changes, notes: Notebook) -> _Opened:
    root = package.xml(part)
    number_paragraphs(root)
    choose_alternatives(root)
    marks = bookmarks(root, part)
    if part == package.main:
        tell_headers(root, package, notes)
        margins.tell_comments(root, package, notes)
    leave_out_contents(root, part, notes)
    take_off_wrappers(root)
    settle(root, part, changes, notes)
    leave_out_dead_references(root, part, package, notes)
    leave_out_hidden_rows(root, part, notes)
    settle_fields(root, part, notes)
    return _Opened(root, marks)


def _context(package: Package, opened: _Opened, notes: Notebook) -> Context:
    styles = Styles(package.optional(package.related("styles")))
    numbering = package.optional(package.related("numbering"))
    if numbering is not None:
        choose_alternatives(numbering)
    return Context(
        package=package,
        styles=styles,
        looks=Looks(styles),
        numbering=Numbering(numbering, styles),
        notebook=notes,
        labels=NoteLabels(_note_formats(package, opened.root)),
        part=package.main,
        relations=package.relations(package.main),
        story=package.main,
        usual_letters=usual_letters(opened.root, styles),
    )


def _note_formats(package: Package, root: Element) -> dict[str, tuple[str, int]]:
    """Number format and first number of each kind of note: by section, else by settings.

    Where both kinds would print the same, endnotes go Roman, so that a label is one note's.
    """
    settings = package.optional(package.related("settings"))
    found = {}
    for kind, usual in NOTE_FORMATS.items():
        properties = next(root.iter(q(f"w:{kind}Pr")), None)
        if properties is None:
            properties = child(settings, f"{kind}Pr")
        style = value(properties, "numFmt", usual)
        found[kind] = (style, number(value(properties, "numStart"), 1))
    if found["endnote"][0] == found["footnote"][0]:
        found["endnote"] = ("lowerRoman", found["endnote"][1])
    return found


def _read_notes(context: Context, changes: Changes, blocks: Blocks) -> dict[str, Place]:
    """Append the notes referred to; a note may refer to another, which then follows."""
    parts: dict[str, tuple[Context, dict[str, Element]]] = {}
    marks: dict[str, Place] = {}
    done: set[tuple[str, str]] = set()
    while waiting := [key for key in context.labels.order if key not in done]:
        for kind, identity in waiting:
            done.add((kind, identity))
            if kind not in parts:
                name = context.package.related(f"{kind}s")
                opened = _open(context.package, name, changes, context.notebook) if name else None
                marks |= opened.bookmarks if opened else {}
                parts[kind] = (context.for_part(name), _notes(opened, kind))
            inner, notes = parts[kind]
            if identity in notes:
                label = context.labels.order[kind, identity]
                read_note(notes[identity], label, inner, blocks)
    return marks


def _notes(opened: _Opened | None, kind: str) -> dict[str, Element]:
    if opened is None:
        return {}
    return {str(each.get(W_ID)): each for each in opened.root.iter(q(f"w:{kind}"))}
