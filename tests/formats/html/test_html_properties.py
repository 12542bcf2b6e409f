"""Whatever a page holds, every word is taken once and in order, and nothing else is raised."""

import itertools
import re
import time

from hypothesis import given
from hypothesis import strategies as some
from lxml import html

from sutarta.formats.docx import Refused
from sutarta.formats.html import read

BLOCKS = (
    "div", "p", "section", "blockquote", "ul", "ol", "li", "h2", "h4", "table", "tr", "td", "th",
    "tbody", "thead", "tfoot", "caption", "figure", "figcaption", "dl", "dt", "dd", "pre", "center",
)  # fmt: skip
INLINE = ("span", "b", "i", "u", "s", "sup", "a", "font", "o:p", "code", "br", "ins", "del", "q")
WORD = some.just("{}")
TREES = some.recursive(
    WORD,
    lambda inner: some.builds(
        lambda name, children: f"<{name}>{' '.join(children)}</{name}>",
        some.sampled_from(BLOCKS + INLINE),
        some.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def words(text):
    return re.findall(r"w\d+w", text)


@given(some.lists(TREES, min_size=1, max_size=5))
def test_every_word_is_taken_once_and_but_for_strays_in_order(trees):
    counter = itertools.count()
    page = re.sub(r"\{\}", lambda _match: f"w{next(counter)}w", "<body>" + " ".join(trees))
    theirs = words(html.document_fromstring(page).text_content()) if "w0w" in page else []

    try:
        ours = words(" ".join(block.text for block in read(page.encode()).document.blocks))
    except Refused as refused:
        assert (refused.code, theirs) == ("no_text", [])
        return

    # What stands in a table outside its cells comes before it, rows of the head before others.
    is_strict = not re.search(r"<(?:table|tr|t[dhbf]|caption|figcaption)", page)
    assert (ours if is_strict else sorted(ours)) == (theirs if is_strict else sorted(theirs))


@given(some.text(alphabet="<>/!-[]abpdivtrlohu \"'=&;#1:\n", max_size=300))
def test_whatever_the_page_nothing_is_raised_but_a_refusal(text):
    try:
        assert read(text.encode()).document.blocks
    except Refused as refused:
        assert refused.code in ("no_text", "too_deep", "external_entity")


@given(some.binary(max_size=300))
def test_whatever_the_bytes_nothing_is_raised_but_a_refusal(data):
    try:
        assert read(data).document.blocks
    except Refused as refused:
        assert refused.code in ("no_text", "unknown_kind", "broken", "too_deep")


def test_a_paragraph_of_many_lines_is_read_as_fast_as_others():
    before = time.process_time()
    reading = read(("<p>" + "viena eilutė<br>" * 8000).encode())

    assert time.process_time() - before < 5
    assert len(reading.document.blocks[0].text.splitlines()) == 8000


def test_a_paragraph_changed_a_thousand_times_is_read_as_fast_as_others():
    change = '<ins cite="mailto:A.%20B." datetime="2026-01-02T10:00">du </ins>trys '

    before = time.process_time()
    reading = read(f"<p>{change * 1000}</p>".encode())

    assert time.process_time() - before < 5
    assert [told.start for told in reading.revisions[:3]] == [0, 5, 10]
