"""What colleagues left in a file while they worked on it: tracked changes and comments.

Readers tell them paragraph by paragraph, before they settle the text one way or the other, so that
both readings of a file hold the same remarks in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

INSERTION, DELETION, MOVE, FORMATTING = "insertion", "deletion", "move", "formatting"
ROW, CELL = "row", "cell"
FROM, TO = "from", "to"


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph that have one history.

    added     who inserted them, or moved them here; outermost first, empty for what was there
    removed   who deleted them, or moved them away
    """

    words: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def before(pieces: Iterable[Piece]) -> str:
    """The words as they were before anybody changed them.

    >>> before([Piece("Trys "), Piece("takai", removed=("A.",)), Piece("keliai", ("B.",))])
    'Trys takai'
    """
    return "".join(piece.words for piece in pieces if not piece.added)


def after(pieces: Iterable[Piece], author: str) -> str:
    """The words with the changes of one person alone, those of all others rejected.

    >>> pieces = [Piece("Trys "), Piece("takai", removed=("A.",)), Piece("keliai", ("B.",))]
    >>> after(pieces, "A."), after(pieces, "B.")
    ('Trys ', 'Trys takaikeliai')
    """
    return "".join(
        piece.words
        for piece in pieces
        if all(each == author for each in piece.added) and author not in piece.removed
    )


@dataclass(frozen=True)
class Revision:
    """One tracked change, as it stands in the file.

    kind     INSERTION, DELETION, MOVE or FORMATTING
    author   as the program wrote it, "" when it did not
    date     ISO 8601 as the program wrote it, "" when it did not; most write local time
    text     the words inserted, deleted, moved or given another look
    before   words of the whole paragraph (of a row: of the row, its cells parted by tabs) without
             any tracked change; after: the same with all changes of this author in it, no others
    start    where the change begins in `before`, in characters
    what     what was changed when not the words inside: ROW, CELL, "paragraph mark"; of a move
             which end it is: FROM, TO
    block    index into the document's blocks: of the paragraph, else the nearest one before it;
             depends on how the changes were settled
    part, index   the paragraph in the file, as in Block.source; the same however it was settled
    extent   paragraphs it covers, from `index` on: more than one for a row
    """

    kind: str
    author: str
    date: str
    text: str
    part: str
    index: int
    before: str = ""
    after: str = ""
    start: int = 0
    what: str = ""
    block: int | None = None
    extent: int = 1


@dataclass(frozen=True)
class Comment:
    """One comment in the margin.

    author, date   as the program wrote them
    text           what was said, one line for each paragraph
    quote          the words it was made on, on one line; "" for a mere place
    start          where the quote begins in the words of the block, in characters; None when it
                   is not in there exactly once
    replies_to     index of the comment it answers, None when it answers none
    is_resolved    whether somebody closed it, or the one it answers
    block          index into the document's blocks; None for a comment that stands nowhere
    part, index    the paragraph in the file; index -1 for a comment that stands nowhere
    initials       of its author; an export of ours writes the key of what it tells there
    """

    author: str
    date: str
    text: str
    part: str
    index: int = -1
    quote: str = ""
    start: int | None = None
    replies_to: int | None = None
    is_resolved: bool = False
    block: int | None = None
    initials: str = ""


@dataclass
class Review:
    """All remarks of one file, while it is read: blocks are not known yet."""

    revisions: list[Revision] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)

    def placed(
        self, texts: Sequence[str], nearest: Callable[[str, int], int | None]
    ) -> tuple[tuple[Revision, ...], tuple[Comment, ...]]:
        """The remarks with the block each one belongs to, in the order of the file.

        texts     the words of the blocks
        nearest   part and index of a paragraph -> its block
        """
        return (
            tuple(replace(one, block=nearest(one.part, one.index)) for one in self.revisions),
            tuple(_placed(one, texts, nearest) for one in self.comments),
        )


def _placed(
    one: Comment, texts: Sequence[str], nearest: Callable[[str, int], int | None]
) -> Comment:
    block = nearest(one.part, one.index) if one.index >= 0 else None
    if block is None or not one.quote or texts[block].count(one.quote) != 1:
        return replace(one, block=block)
    return replace(one, block=block, start=texts[block].index(one.quote))


@dataclass(frozen=True)
class Suggestion:
    """All that one person changed in one paragraph or row: what somebody decides on as one.

    revisions   at least one, in the order of the file
    before, after   words of the paragraph without any change, and with this person's
    """

    author: str
    date: str
    part: str
    index: int
    block: int | None
    before: str
    after: str
    revisions: tuple[Revision, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of its revisions, each once, in order."""
        return tuple(dict.fromkeys(one.kind for one in self.revisions))

    @property
    def text(self) -> str:
        """The words inserted, deleted and moved, one piece a line."""
        words = (one.text for one in self.revisions if one.kind != FORMATTING)
        return "\n".join(dict.fromkeys(filter(None, words)))

    @property
    def says_something(self) -> bool:
        """Whether there is anything to decide on: not where only paragraphs were parted."""
        if self.is_look_alone:
            return bool(self.before.strip())
        return bool(self.text) or self.before.strip() != self.after.strip()

    @property
    def is_look_alone(self) -> bool:
        """Whether only the look was changed, not a word."""
        return self.kinds == (FORMATTING,)


def suggestions(revisions: Sequence[Revision]) -> tuple[Suggestion, ...]:
    """The revisions put together by person and paragraph, in the order of the file.

    What was changed inside a row that the same person inserted or deleted belongs to the row. The
    date is that of the latest change. Those that say nothing, such as an empty paragraph that was
    inserted, are passed over.

    >>> one = Revision("insertion", "A. B.", "2026-03-01", "du", "p", 4, "x", "x du")
    >>> two = replace(one, kind="deletion", date="2026-03-02")
    >>> [(each.kinds, each.date) for each in suggestions([one, two])]
    [(('insertion', 'deletion'), '2026-03-02')]
    """
    rows = {
        (one.author, one.part, one.index + at): one
        for one in revisions
        if one.what == ROW
        for at in range(one.extent)
    }
    found: dict[tuple[str, str, int], list[Revision]] = {}
    for one in revisions:
        row = rows.get((one.author, one.part, one.index))
        found.setdefault((one.author, one.part, row.index if row else one.index), []).append(one)
    parts = list(dict.fromkeys(one.part for one in revisions))
    made = [_suggestion(together) for together in found.values()]
    made.sort(key=lambda one: (parts.index(one.part), one.index))
    return tuple(one for one in made if one.says_something)


def _suggestion(together: list[Revision]) -> Suggestion:
    first = next((one for one in together if one.what == ROW), together[0])
    return Suggestion(
        author=first.author,
        date=max(one.date for one in together),
        part=first.part,
        index=first.index,
        block=first.block,
        before=first.before,
        after=first.after,
        revisions=tuple(together),
    )


def dump(revisions: Iterable[Revision], comments: Iterable[Comment]) -> dict[str, object]:
    """The remarks as plain data, to be stored or sent; `load` reads them back."""
    return {
        "revisions": [asdict(one) for one in revisions],
        "comments": [asdict(one) for one in comments],
    }


def load(
    data: Mapping[str, list[dict[str, object]]],
) -> tuple[tuple[Revision, ...], tuple[Comment, ...]]:
    """What `dump` gave. Raises TypeError for anything else.

    >>> told = Comment("A. B.", "", "Kodėl trys?", "p", 4)
    >>> load(dump([], [told])) == ((), (told,))
    True
    """
    return (
        tuple(Revision(**one) for one in data.get("revisions", [])),  # type: ignore[arg-type]
        tuple(Comment(**one) for one in data.get("comments", [])),  # type: ignore[arg-type]
    )
