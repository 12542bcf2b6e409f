"""Whatever a text holds, every word is taken once and in order; changes go either way."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from sutarta.formats.docx import Refused
from sutarta.formats.odt import read
from tests.formats.odt import packages as odf

INLINE = ("text:span", "text:a", "text:meta", "text:bookmark-ref", "text:ruby", "text:date")


def element(name, inner):
    return f"<{name}>{''.join(inner)}</{name}>"


PHRASES = some.recursive(
    some.just("{} "),
    lambda inner: some.builds(element, some.sampled_from(INLINE), some.lists(inner, max_size=3)),
    max_leaves=5,
)
PARAGRAPHS = some.lists(PHRASES, max_size=4).map(lambda inner: element("text:p", inner))
PASSAGES = some.recursive(
    PARAGRAPHS,
    lambda inner: some.one_of(
        some.lists(inner, max_size=3).map(lambda many: element("text:section", many)),
        some.lists(inner, max_size=3).map(
            lambda many: element("text:list", [element("text:list-item", [one]) for one in many])
        ),
        some.lists(inner, max_size=3).map(
            lambda many: element(
                "table:table",
                [element("table:table-row", [element("table:table-cell", [o])]) for o in many],
            )
        ),
    ),
    max_leaves=12,
)


def words(text):
    return re.findall(r"w\d+w", text)


def counted(passages):
    counter = itertools.count()
    return re.sub(r"\{\}", lambda _match: f"w{next(counter)}w", "".join(passages))


def taken(data, **more):
    try:
        blocks = read(data, **more).document.blocks
    except Refused as refused:
        assert refused.code == "no_text"
        return []
    return words(" ".join(block.text for block in blocks))


@given(some.lists(PASSAGES, min_size=1, max_size=5))
def test_every_word_is_taken_once_and_in_order(passages):
    body = counted(passages)
    root = etree.fromstring(odf.content(body).encode())

    assert taken(odf.package(body)) == words(" ".join(map(str, root.itertext())))


@given(some.lists(some.lists(some.sampled_from("kid"), max_size=6), min_size=1, max_size=5))
def test_changes_leave_exactly_the_new_or_the_old_words(paragraphs):
    """Each word is kept, inserted or deleted; deletions of one paragraph stay within it."""
    regions, body, new, old = [], [], [], []
    counter = itertools.count()
    for paragraph in paragraphs:
        inner = ""
        for kind in paragraph:
            word = f"w{next(counter)}w"
            name = f"c{word}"
            new += [word] if kind != "d" else []
            old += [word] if kind != "i" else []
            if kind == "k":
                inner += f"{word} "
            elif kind == "i":
                regions.append(_region(name, "insertion", ""))
                inner += f'<text:change-start text:change-id="{name}"/><text:span>{word} '
                inner += f'</text:span><text:change-end text:change-id="{name}"/>'
            else:
                regions.append(_region(name, "deletion", odf.p(f"{word} ")))
                inner += f'<text:change text:change-id="{name}"/>'
        body.append(odf.p(inner))
    data = odf.package(element("text:tracked-changes", regions) + "".join(body))

    assert (taken(data), taken(data, changes="reject")) == (new, old)


def _region(name, kind, inner):
    return (
        f'<text:changed-region text:id="{name}"><text:{kind}><office:change-info/>{inner}'
        f"</text:{kind}></text:changed-region>"
    )
