"""A version as a Word file to go on in."""

from __future__ import annotations

from django.core.files.storage import default_storage

from sutarta.apps.strategies.models import Picture, Version
from sutarta.core.documents import Document
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.papers import Paper, notes_of, pieces_of


def word_file(version: Version) -> bytes:
    """The file the version was made of, with the words as they are now; else a new file.

    Either way lineage ids go along as bookmarks, so the next import knows every passage. A new
    file is written where the original cannot take the words: a table typed in here, a file
    damaged since. For the staff alone: what the author left in the margins is still in it.
    """
    with default_storage.open(version.original.path) as kept:
        original = kept.read()
    try:
        made = writing.patch(original, version.document)
        if _letters(docx.read(made).document) == _letters(version.document):
            return made
    except (docx.Refused, writing.NotPatched):
        pass
    return new_file(version)


def new_file(version: Version) -> bytes:
    """The version in a Word file of our own making, ids along as bookmarks."""
    return writing.write(_paper(version))


def _letters(document: Document) -> str:
    """What the document says, however its blanks and paragraphs are laid."""
    return "".join("".join(block.text.split()) for block in document.blocks)


def _paper(version: Version) -> Paper:
    document = version.document
    pictures = {}
    for row in Picture.objects.filter(group=version.group_id, digest__in=list(document.media)):
        with default_storage.open(row.path) as kept:
            pictures[row.digest] = kept.read()
    group = version.strategy.group
    return Paper(
        title=version.strategy.title,
        language=version.strategy.language,
        author=group.name,
        made_at=version.made_at,
        pieces=pieces_of(document, keep_levels=True),
        running=group.short_name,
        notes=notes_of(document),
        pictures=pictures,
    )
