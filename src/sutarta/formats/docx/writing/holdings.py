"""What a body refers to: notes, comments, lists, pictures, addresses; numbered as they come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from lxml import etree
from PIL import Image

from sutarta.formats.docx.ooxml import NAMESPACES, Element, q
from sutarta.formats.papers import emblem

from . import styles
from .making import root, w, words

EMU = 12_700  # to the point
WIDEST, TALLEST = 468, 600  # points
KINDS = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif"}
MAX_PIXELS = 60_000_000
BULLET = "•"
APART = timedelta(minutes=2)
CHANGES = {"new": "ins", "gone": "del", "from": "moveFrom", "to": "moveTo"}


class Holdings:
    """Everything beside the body, in the order it was asked for.

    author   who made the changes and comments: the group
    """

    def __init__(self, author: str, at: datetime, pictures: Mapping[str, bytes]) -> None:
        self._who = {"author": author, "date": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
        self._later = self._who | {"date": f"{at + APART:%Y-%m-%dT%H:%M:%SZ}"}
        self._pictures = pictures
        self._given = 0
        self._lists: dict[tuple[str, int, bool], int] = {}
        self._comments: list[Element] = []
        self._notes: dict[str, Element] = {}
        self._bookmarks: set[str] = set()
        self.addresses: dict[str, str] = {}
        self.media: dict[str, tuple[str, bytes]] = {}  # digest -> file name, bytes

    def change(self, kind: str, *, whole: bool = False) -> Element:
        """A tracked change to put runs into, or to mark a paragraph's end with.

        whole  of a paragraph whose end came or went, too. Other words are dated a little later:
               LibreOffice takes what one hand did within a minute at the end of one paragraph and
               at the beginning of the next for one change, and refuses the end between them, too.
        """
        return w(CHANGES[kind], id=self._next(), **(self._who if whole else self._later))

    def moved(self, side: str, name: str) -> tuple[Element, Element]:
        """The start and the end of the passage `name` at the place it left or came to."""
        change, number = CHANGES[side], self._next()
        start = w(f"{change}RangeStart", id=number, name=name, **self._who)
        return start, w(f"{change}RangeEnd", id=number)

    def bookmark(self, name: str) -> list[Element]:
        """An empty bookmark; none the second time, as names are given once."""
        if name in self._bookmarks:
            return []
        self._bookmarks.add(name)
        number = self._next()
        return [w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)]

    def comment(self, paragraphs: Iterable[Iterable[Element]]) -> int:
        """Number of a new comment with these paragraphs."""
        number = len(self._comments)
        style = w("pStyle", val=styles.COMMENT)
        made = [w("p", w("pPr", _copy(style)), *runs) for runs in paragraphs]
        self._comments.append(w("comment", *made, id=number, **self._who, initials=""))
        return number

    def reference(self, label: str, words_of: Callable[[], Iterable[Element]]) -> Element:
        """A run that refers to the footnote `label`; the same mark as in the original."""
        mark = w("rPr", w("rStyle", val=styles.NOTE_MARK))
        if label in self._notes:  # Word knows one reference for each note
            return w("r", mark, *words(label))
        number = len(self._notes) + 1
        own = [] if label == str(number) else words(label)
        style = w("pPr", w("pStyle", val=styles.NOTE))
        sign = w("r", _copy(mark), *([_copy(each) for each in own] or [w("footnoteRef")]))
        self._notes[label] = w("footnote", id=number)  # first, as its words may refer to it
        gap = w("r", *words(" "))
        self._notes[label].append(w("p", style, sign, gap, *words_of()))
        said = {"customMarkFollows": 1} if own else {}
        return w("r", mark, w("footnoteReference", id=number, **said), *own)

    def list_of(self, number: str, depth: int, *, is_hung: bool = True) -> int:
        """Id of a list whose items print `number` as it stands."""
        return self._lists.setdefault((number, depth, is_hung), len(self._lists) + 1)

    def address(self, link: str) -> str:
        return self.addresses.setdefault(link, f"rLink{len(self.addresses) + 1}")

    def drawing(self, digest: str, alt: str) -> Element | None:
        """The picture as it stands in a run; None when there is none that Word can show."""
        data = self._pictures.get(digest)
        picture = sound(data) if data else None
        if picture is None:
            return None
        kind, data, size = picture
        self.media.setdefault(digest, (f"{digest[:16]}.{kind}", data))
        return drawn(f"rImage{digest[:16]}", self._next(), alt, size)

    def emblem(self, alt: str) -> Element:
        self.media.setdefault("emblem", ("emblem.png", emblem.png()))
        return drawn("rImageemblem", self._next(), alt, (38, 25))

    def relations_of_media(self) -> dict[str, str]:
        return {f"rImage{digest[:16]}": f"media/{name}" for digest, (name, _) in self.media.items()}

    def comments(self) -> Element:
        return root("comments", *self._comments)

    def footnotes(self) -> Element:
        lines = [
            w("footnote", w("p", w("r", w(kind))), id=number, type=name)
            for number, kind, name in (
                (-1, "separator", "separator"),
                (0, "continuationSeparator", "continuationSeparator"),
            )
        ]
        return root("footnotes", *lines, *self._notes.values())

    def numbering(self) -> Element:
        """One list for each printed number: what is printed stays, whatever is added between."""
        abstract = [
            numbered_list(id, number, depth, is_hung=is_hung)
            for (number, depth, is_hung), id in self._lists.items()
        ]
        nums = [w("num", w("abstractNumId", val=id), numId=id) for id in self._lists.values()]
        return root("numbering", *abstract, *nums)

    def _next(self) -> int:
        self._given += 1
        return self._given


def numbered_list(id: int, number: str, depth: int, *, is_hung: bool = True) -> Element:
    """A w:abstractNum whose items print `number` as it stands.

    is_hung   whether the words stand behind it in a column of their own, as items do
    """
    left = 360 * (depth + 1)
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="bullet" if number == BULLET else "decimal"),
        None if is_hung else w("suff", val="space"),
        w("lvlText", val=number.replace("%", "")),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=360)) if is_hung else None,
        ilvl=depth,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=id)


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element))


def sound(data: bytes) -> tuple[str, bytes, tuple[float, float]] | None:
    """Kind, bytes and size in points of a picture Word can show; others are made PNG."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            kind, size = KINDS.get(picture.format or "", ""), _fitting(picture)
            if not kind:
                written = io.BytesIO()
                picture.convert("RGBA").save(written, "PNG")
                kind, data = "png", written.getvalue()
            return kind, data, size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _fitting(picture: Image.Image) -> tuple[float, float]:
    """Width and height in points: by its own dots an inch, no larger than the page."""
    dots = picture.info.get("dpi", (96, 96))[0] or 96
    width, height = picture.width * 72 / float(dots), picture.height * 72 / float(dots)
    shrink = min(1.0, WIDEST / max(width, 1), TALLEST / max(height, 1))
    return max(width * shrink, 1), max(height * shrink, 1)


def drawn(relation: str, number: int, alt: str, size: tuple[float, float]) -> Element:
    """A w:drawing of the picture that `relation` leads to; size in points."""
    width, height = (int(side * EMU) for side in size)
    drawing = root("drawing")
    inline = etree.SubElement(drawing, q("wp:inline"))
    etree.SubElement(inline, q("wp:extent"), cx=str(width), cy=str(height))
    etree.SubElement(inline, q("wp:docPr"), id=str(number), name=f"Picture {number}", descr=alt)
    graphic = etree.SubElement(inline, q("a:graphic"))
    data = etree.SubElement(graphic, q("a:graphicData"), uri=NAMESPACES["pic"])
    picture = etree.SubElement(data, q("pic:pic"))
    named = etree.SubElement(picture, q("pic:nvPicPr"))
    etree.SubElement(named, q("pic:cNvPr"), id=str(number), name=f"Picture {number}")
    etree.SubElement(named, q("pic:cNvPicPr"))
    fill = etree.SubElement(picture, q("pic:blipFill"))
    etree.SubElement(fill, q("a:blip")).set(q("r:embed"), relation)
    etree.SubElement(etree.SubElement(fill, q("a:stretch")), q("a:fillRect"))
    shape = etree.SubElement(picture, q("pic:spPr"))
    frame = etree.SubElement(shape, q("a:xfrm"))
    etree.SubElement(frame, q("a:off"), x="0", y="0")
    etree.SubElement(frame, q("a:ext"), cx=str(width), cy=str(height))
    geometry = etree.SubElement(shape, q("a:prstGeom"), prst="rect")
    etree.SubElement(geometry, q("a:avLst"))
    return drawing
