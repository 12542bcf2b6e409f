"""Footnotes of Markdown: a word[^1] and, on a line of its own, [^1]: the note.

Whatever they are called, notes are numbered in the order they are first referred to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

LABEL = r"\[\^([^\]\s^\[]{1,60})\]"
DEFINITION = re.compile(LABEL + r":[ \t]*")
REFERENCE = re.compile(LABEL)
INDENT = 4
KNOWN, COUNTS = "note labels", "note references"


def add_footnotes(reader: MarkdownIt) -> None:
    """Teach the reader footnotes; both ends become links that lead to one another."""
    reader.block.ruler.before(
        "reference", "footnote", _definition, {"alt": ["paragraph", "reference"]}
    )
    reader.inline.ruler.before("link", "footnote_reference", _reference)
    reader.add_render_rule("footnote_open", _render_open)
    reader.add_render_rule("footnote_close", _render_close)
    reader.add_render_rule("footnote_reference", _render_reference)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    first, last = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    match = DEFINITION.match(state.src[first:last])
    if match is None or state.is_code_block(start):
        return False
    if silent:
        return True
    state.env.setdefault(KNOWN, set()).add(match[1])
    opening = state.push("footnote_open", "div", 1)
    opening.meta = {"label": match[1]}
    kept = (state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType)
    state.bMarks[start], state.tShift[start] = first + match.end(), 0
    state.blkIndent += INDENT
    state.sCount[start] = state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, start, end)
    state.blkIndent -= INDENT
    state.bMarks[start], state.tShift[start], state.sCount[start], state.parentType = kept
    state.push("footnote_close", "div", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    match = REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None or match[1] not in state.env.get(KNOWN, ()):
        return False
    if not silent:
        counts: Counter[str] = state.env.setdefault(COUNTS, Counter())
        counts[match[1]] += 1
        token = state.push("footnote_reference", "", 0)
        number = list(counts).index(match[1]) + 1
        token.meta = {"label": match[1], "count": counts[match[1]], "number": number}
    state.pos = match.end()
    return True


def _render_reference(
    self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    label, meta = escapeHtml(tokens[at].meta["label"]), tokens[at].meta
    return f'<a id="note-{label}-{meta["count"]}" href="#note-{label}">{meta["number"]}</a>'


def _render_open(
    self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    label = tokens[at].meta["label"]
    name = escapeHtml(label)
    count = env.get(COUNTS, Counter())[label]
    ways = "".join(f'<a href="#note-{name}-{each + 1}">↩</a>' for each in range(count))
    return f'<div id="note-{name}">{ways}'


def _render_close(
    self: RendererProtocol, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return "</div>\n"
