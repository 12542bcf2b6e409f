"""Reads Markdown into blocks, as the page it stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sutarta.formats.building import Story
from sutarta.formats.docx.changes import Changes
from sutarta.formats.docx.findings import Reading
from sutarta.formats.docx.safe import MAX_FILE, Refused
from sutarta.formats.html import read_text
from sutarta.formats.html.decoding import decoded
from sutarta.formats.html.lists import NUMBER_END

from .footnotes import add_footnotes

PART = "markdown"
# Deeper than this the library says nothing and leaves words out.
DEEPEST = 60
METADATA = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def read(data: bytes, *, changes: Changes = "accept", language: str = "lt") -> Reading:
    """Read Markdown into blocks, with what a person should look at.

    Takes the same arguments, gives the same and refuses as `docx.read` does. HTML inside is read
    as a page is. The place of a block is that in the page made of the text.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    text, guessed = decoded(data, stated=False)
    story = Story(PART)
    text = _without_metadata(text.replace("\r\n", "\n").replace("\r", "\n"), story)
    page = _page(text)
    return read_text(page, story, changes=changes, language=language, charset=guessed)


def _without_metadata(text: str, story: Story) -> str:
    match = METADATA.match(text)
    if match is None:
        return text
    story.left_out("left_out.metadata", None, match[1])
    if title := TITLE.search(match[1]):
        story.title = title[1].strip("\"'")
    return text[match.end() :]


def _page(text: str) -> str:
    """The page the text stands for. Raises Refused("too_deep")."""
    reader = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    add_footnotes(reader)
    environment: dict[str, object] = {}
    tokens = reader.parse(text, environment)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise Refused("too_deep")
    _name_headings(tokens)
    for token in tokens:
        if token.type == "ordered_list_open":
            token.attrSet(NUMBER_END, token.markup)
    page = str(reader.renderer.render(tokens, reader.options, environment))
    # In Markdown an empty alternative text was forgotten; in HTML it is a decision.
    page = page.replace(' alt=""', "")
    return f"<body>{page}</body>"


def _name_headings(tokens: Sequence[Token]) -> None:
    """Let links such as #tikslai-ir-priemonės find their heading, as forges name them."""
    seen: Counter[str] = Counter()
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            words = re.sub(r"[^\w\- ]", "", inline.content.lower()).replace(" ", "-")
            name = f"{words}-{seen[words]}" if seen[words] else words
            seen[words] += 1
            opening.attrSet("id", name)
