"""Nothing of real files is lost: every visible word is in the blocks in order and once, or told.

The other reader is python-docx, over all parts of the package. It counts no numbers and draws no
signs of symbol fonts, so of those only how many there may be is checked.
"""

import contextlib
import re
from collections import Counter

import docx
import pytest
from lxml import etree

from sutarta.core.documents import Kind

pytestmark = pytest.mark.data

ENOUGH = 0.998
LONGEST_NUMBER = 6  # letters of an automatic number in a table cell
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
W = "{" + NAMESPACES["w"] + "}"
R = "{" + NAMESPACES["r"] + "}"


def path_to(path):
    return etree.XPath(path, namespaces=NAMESPACES)


GONE = "ancestor::w:del or ancestor::w:moveFrom or ancestor::mc:Fallback"
BLANK = "self::w:tab or self::w:br or self::w:cr or self::w:sym"
SHOWN = path_to(f".//w:t[not({GONE})] | .//w:r/*[{BLANK}]")
EQUATIONS = path_to(f".//m:t[not({GONE})]")
REFERRED = path_to(".//w:headerReference | .//w:footerReference")


def words(text):
    return re.findall(r"\w+", text)


def letters(text):
    return re.sub(r"[\W_]", "", text)


def lines(root):
    """Paragraph by paragraph what shows; a text box inside one is paragraphs of its own."""
    found = {}
    for each in SHOWN(root):
        text = each.text or "" if each.tag == f"{W}t" else " "
        found.setdefault(next(each.iterancestors(f"{W}p")), []).append(text)
    return {paragraph: "".join(pieces) for paragraph, pieces in found.items()}


def taken(reading):
    """Words of our blocks with the labels of notes taken off, notes apart."""
    body, notes = [], []
    for block in reading.document.blocks:
        spans = [*block.spans, *(s for c in block.cells for p in c.paragraphs for s in (*p, None))]
        text = "".join(" " if each is None else each.text for each in spans
                       if each is None or not each.note)  # fmt: skip
        (notes if block.kind is Kind.FOOTNOTE else body).append(text)
    return body, notes


def told(reading, codes=""):
    return " ".join(
        text for each in reading.findings if each.code.startswith(codes)
        for text in each.detail.values()
    )  # fmt: skip


def numbered_in_cells(root):
    marks = root.iter(f"{W}numPr", f"{W}pStyle")
    return sum(1 for each in marks if next(each.iterancestors(f"{W}tc"), None) is not None)


@pytest.fixture(scope="module")
def read_twice(shared_data, readings):
    """File -> python-docx's document and our reading, of the files that both can read."""
    found = {}
    for path, ours in readings.items():
        if isinstance(ours, str):
            continue
        with contextlib.suppress(KeyError, ValueError):
            found[path.stem] = (docx.Document(str(shared_data / path)), ours)
    return found


def is_within(part, whole):
    rest = iter(whole)
    return all(letter in rest for letter in part)


def test_enough_files_are_read_by_both(read_twice):
    assert len(read_twice) == 236


def test_of_every_file_enough_words_are_in_the_blocks_or_told(read_twice):
    seen = lost = 0
    for stem, (theirs, ours) in read_twice.items():
        body, _notes = taken(ours)
        there = Counter(w for line in lines(theirs.element.body).values() for w in words(line))
        here = Counter(words(" ".join(body))) + Counter(words(told(ours)))
        missing = (there - here).total()
        assert missing <= (1 - ENOUGH) * there.total(), (stem, there - here)
        seen, lost = seen + there.total(), lost + missing

    assert (seen > 170_000, lost) == (True, 0)


def test_every_word_is_taken_once(read_twice):
    for stem, (theirs, ours) in read_twice.items():
        body, _notes = taken(ours)
        there = sum(len(letters(line)) for line in lines(theirs.element.body).values())
        there += sum(len(letters(each.text or "")) for each in EQUATIONS(theirs.element.body))
        numbers = LONGEST_NUMBER * numbered_in_cells(theirs.element.body)
        here = sum(len(letters(text)) for text in body)
        assert here <= there + numbers, stem


def test_words_outside_text_boxes_are_in_order(read_twice):
    for stem, (theirs, ours) in read_twice.items():
        body, _notes = taken(ours)
        left_out = letters(told(ours, "left_out"))
        outside = [
            line for paragraph, line in lines(theirs.element.body).items()
            if next(paragraph.iterancestors(f"{W}txbxContent"), None) is None
            and letters(line) not in left_out
        ]  # fmt: skip
        assert is_within(letters("".join(outside)), letters("".join(body))), stem


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_every_note_referred_to_is_a_block(read_twice, kind):
    seen = 0
    for stem, (theirs, ours) in read_twice.items():
        parts = [p for p in theirs.part.package.iter_parts() if p.partname.endswith(f"{kind}s.xml")]
        wanted = {each.get(f"{W}id") for each in theirs.element.iter(f"{W}{kind}Reference")}
        for note in etree.fromstring(parts[0].blob).iter(f"{W}{kind}") if parts else ():
            if note.get(f"{W}id") in wanted:
                text = letters("".join(lines(note).values()))
                if not text:
                    continue
                assert any(text in letters(each) for each in taken(ours)[1]), (stem, text)
                seen += 1

    assert seen >= 10


def test_page_headers_and_comments_are_told_with_their_words(read_twice):
    edges = comments = 0
    for stem, (theirs, ours) in read_twice.items():
        here = Counter(words(told(ours)))
        for reference in REFERRED(theirs.element):
            part = theirs.part.related_parts[reference.get(f"{R}id")]
            text = " ".join(lines(etree.fromstring(part.blob)).values())
            if any(letter.isalpha() for letter in text):
                assert not Counter(words(text)).keys() - here.keys(), stem
                edges += 1
        for part in theirs.part.package.iter_parts():
            if part.partname.endswith("/comments.xml"):
                text = " ".join(lines(etree.fromstring(part.blob)).values())
                assert not Counter(words(text)) - here, stem
                comments += 1

    assert (edges > 20, comments >= 2) == (True, True)
