"""A comparison as one web page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import resources
from itertools import pairwise

from sutarta.core.documents import Comparison, Kind, Pair, Turn
from sutarta.formats.papers import Break, Figure, Heading, Piece, Table, Words

from .laying import lay
from .markup import Markup
from .wording import Wording, counted

MOST_BYTES = 8_000_000  # of pictures put into the page; of the others the description is said
SHOWN = 70  # characters of a passage in the list of changes
TYPES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


def page(
    comparison: Comparison,
    wording: Wording,
    *,
    names: tuple[str, str],
    language: str,
    pictures: Mapping[str, bytes] | None = None,
) -> str:
    """The whole newer text with every change marked, and a list of the changes above it.

    names      what the two versions are called, the older first
    language   of the texts; the fixed words are in that of `wording`
    pictures   SHA-256 in hex -> bytes

    Inserted and removed words are told by an element, a line, a colour and, to whoever hears the
    page, a word.
    """
    return "".join(_Page(comparison, wording, names, language, pictures or {}).parts())


class _Page:
    def __init__(
        self,
        comparison: Comparison,
        wording: Wording,
        names: tuple[str, str],
        language: str,
        pictures: Mapping[str, bytes],
    ) -> None:
        self._found, self._words, self._names = comparison, wording, names
        self._language = language
        self._pieces = lay(comparison, wording.sayings)
        self._pairs = {id: pair for pair in comparison.changes for id in pair.ids}
        self._following = _following(comparison.changes)
        self._markup = Markup(wording, dict(_sources(pictures)))
        self._met: set[str] = set()

    def parts(self) -> Iterator[str]:
        words = self._words
        title = escape(words.title)
        style = resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")
        yield f'<!doctype html>\n<html lang="{escape(words.language)}">\n<head>\n'
        yield '<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>{title}: {escape(' → '.join(self._names))}</title>\n"
        yield f"<style>\n{style}</style>\n</head>\n<body>\n"
        yield f'<a class="skip" href="#changes">{escape(words.to_changes)}</a>\n'
        yield f'<a class="skip" href="#text">{escape(words.to_text)}</a>\n'
        yield f"<header>\n<h1>{title}</h1>\n<p>{escape(' → '.join(self._names))}</p>\n"
        yield from self._figures()
        yield f"<p>{self._legend()}</p>\n</header>\n"
        yield from self._list()
        yield f'<main id="text" lang="{escape(self._language)}">\n'
        yield f'<h2 class="unseen" lang="{escape(words.language)}">{escape(words.text)}</h2>\n'
        for piece in self._pieces:
            yield from self._piece(piece)
        yield "</main>\n"
        yield from self._looks()
        yield "</body>\n</html>\n"

    def _figures(self) -> Iterator[str]:
        counts = counted(self._found)
        yield '<dl class="counts">\n'
        for name, label in self._words.counts.items():
            if counts[name] or name in (Turn.KEPT, Turn.REWORDED):
                yield f"<div><dt>{escape(label)}</dt><dd>{counts[name]}</dd></div>\n"
        yield "</dl>\n"

    def _legend(self) -> str:
        words = self._words
        return (
            f"{escape(words.how)} <del>{escape(words.struck)}</del>, "
            f"<ins>{escape(words.underlined)}</ins>."
        )

    def _list(self) -> Iterator[str]:
        words = self._words
        yield '<nav id="changes" aria-labelledby="changes-name">\n<h2 id="changes-name">'
        yield f"{escape(words.changes)}</h2>\n"
        if not self._found.changes:
            yield f"<p>{escape(words.no_changes)}</p>\n"
        yield "<ol>\n" * bool(self._found.changes)
        for pair in self._found.changes:
            text = " ".join((pair.new or pair.old)[0].text.split())
            shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
            yield (
                f'<li><a href="#{_anchor(pair)}">{escape(_number(pair))} {self._turn(pair)}</a> '
                f'<span class="soft" lang="{escape(self._language)}">{escape(shown)}</span></li>\n'
            )
        yield "</ol>\n" * bool(self._found.changes)
        yield "</nav>\n"

    def _turn(self, pair: Pair) -> str:
        said = self._words.numbers if pair.is_numbers else self._words.turns[pair.turn]
        return escape(said)

    def _piece(self, piece: Piece) -> Iterator[str]:
        if isinstance(piece, Break):
            return
        if isinstance(piece, Words) and piece.move and piece.move.side == "from":
            yield self._left(piece.move.name, piece.shown, piece.move.said)
            return
        pairs = [self._pairs[id] for id in _anchors(piece) if id in self._pairs]
        fresh = [pair for pair in pairs if pair.id not in self._met]
        self._met.update(pair.id for pair in fresh)
        rows = {} if not isinstance(piece, Table) else self._rows(piece)
        drawn = self._markup.piece(piece, rows)
        fresh = [pair for pair in fresh if not pair.ids & rows.keys()]
        if not pairs:
            yield f'<div class="passage">{drawn}</div>\n'
            return
        numbers = " numbers" * all(pair.is_numbers for pair in pairs)
        yield f'<div class="passage changed{numbers}">\n'
        yield from (self._name(pair) for pair in fresh)
        yield f"{drawn}</div>\n"

    def _rows(self, table: Table) -> dict[str, str]:
        """Anchor of a changed row -> its name."""
        changed = [row.anchor for row in table.rows if row.anchor in self._pairs]
        return {id: self._name(self._pairs[id]) for id in changed}

    def _left(self, name: str, shown: str, said: str) -> str:
        lang = escape(self._words.language)
        pair = self._pairs[name]
        return (
            f'<p class="told" id="from-{escape(name)}" lang="{lang}">{escape(shown)} '
            f'<a href="#{_anchor(pair)}">{escape(said)}</a></p>\n'
        )

    def _name(self, pair: Pair) -> str:
        words, number = self._words, _number(pair)
        said = [f"<b>{escape(words.passage.format(number=number))}</b>", self._turn(pair)]
        if pair.is_moved and len(pair.old) == 1 == len(pair.new):
            told = words.sayings.moved_from.format(place=pair.old_numbers[0])
            link = f'<a href="#from-{escape(pair.id)}">{escape(told)}</a>'
            said.append(escape(told) if pair.kind is Kind.ROW else link)
        if pair.has_other_picture and pair.old and pair.new:
            said.append(escape(words.other_picture))
        following = self._following.get(pair.id)
        if following:
            said.append(f'<a class="next" href="#{_anchor(following)}">{escape(words.next)}</a>')
        spans = "".join(f"<span>{each}</span>" for each in said)
        return f'<p class="name" id="{_anchor(pair)}" lang="{escape(words.language)}">{spans}</p>\n'

    def _looks(self) -> Iterator[str]:
        pairs = [pair for pair in self._found.pairs if pair.turn is Turn.LOOKS]
        if pairs:
            said = self._words.looks.format(n=len(pairs))
            yield f"<details>\n<summary>{escape(said)}</summary>\n<ul>\n"
            for pair in pairs:
                text = " ".join(pair.new[0].text.split())[:SHOWN]
                yield (
                    f'<li>{escape(_number(pair))} <span class="soft" '
                    f'lang="{escape(self._language)}">{escape(text)}</span></li>\n'
                )
            yield "</ul>\n</details>\n"


def _anchor(pair: Pair) -> str:
    return f"p-{escape(pair.id)}"


def _number(pair: Pair) -> str:
    return (pair.new_numbers or pair.old_numbers)[0]


def _following(changes: Iterable[Pair]) -> dict[str, Pair]:
    """Id of a changed passage -> the change after it."""
    return {pair.id: after for pair, after in pairwise(changes)}


def _anchors(piece: Heading | Words | Table | Figure) -> Iterator[str]:
    if piece.anchor:
        yield piece.anchor
    if isinstance(piece, Table):
        yield from (row.anchor for row in piece.rows if row.anchor)


def _sources(pictures: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Digest -> the picture as an address, as long as there is room."""
    room = MOST_BYTES
    for digest, data in pictures.items():
        kind = next((kind for start, kind in TYPES.items() if data.startswith(start)), "")
        if kind and len(data) <= room:
            room -= len(data)
            yield digest, f"data:{kind};base64,{base64.b64encode(data).decode()}"
