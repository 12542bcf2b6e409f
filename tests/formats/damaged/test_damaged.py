"""However a file is damaged, it is read or refused with a reason; nothing else is raised."""

import random
from copy import deepcopy
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from sutarta.formats.docx import REASONS, SENTENCES, Refused
from sutarta.formats.reading import kind_of
from tests.formats.docx.packages import unzipped, zipped

from .samples import SAMPLES

ZIPPED = ("docx", "odt")
VALUES = ("", "0", "-1", "9", "99999999999", "1.5", "ą", "%1%2%", "none", "l0", "#", "\ufffd")
SEEDS = some.integers(0, 2**32)


def outcome(kind, data, **more):
    """What the reader makes of it; anything but a reading or a refusal fails the test."""
    try:
        reading = import_module(f"sutarta.formats.{kind}").read(data, **more)
    except Refused as refused:
        assert refused.code in REASONS
        return refused.code
    places = {None, *range(len(reading.document.blocks))}
    assert {found.block for found in reading.findings} <= places
    assert {found.code for found in reading.findings} <= set(SENTENCES)
    return reading


def with_wrong_bytes(chance, data):
    """Cut, overwritten or doubled somewhere."""
    data = bytearray(data)
    for _time in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        length = min(chance.choice((1, 1, 2, 5, 40)), len(data) - start)
        piece = chance.choice(
            (b"", chance.randbytes(length), bytes(data[start : start + length]) * 2)
        )
        data[start : start + length] = piece
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.2 else data)


def with_wrong_elements(chance, data):
    """Elements lost, doubled, moved, renamed or with nonsense in their attributes."""
    root = etree.fromstring(data)
    for _time in range(chance.randint(1, 6)):
        elements = [each for each in root.iter(etree.Element) if each is not root]
        if not elements:
            break
        WRONGS[chance.randrange(len(WRONGS))](chance, chance.choice(elements), elements)
    return etree.tostring(root)


def _lose(_chance, element, _elements):
    element.getparent().remove(element)


def _double(_chance, element, _elements):
    element.addnext(deepcopy(element))


def _move(chance, element, elements):
    target = chance.choice(elements)
    if element not in (target, *target.iterancestors()):
        target.insert(0, element)


def _rename(chance, element, elements):
    element.tag = chance.choice(elements).tag


def _nonsense(chance, element, _elements):
    for name in element.attrib:
        element.set(name, chance.choice(VALUES).replace("\x00", ""))


WRONGS = (_lose, _double, _move, _rename, _nonsense, _nonsense)


def damaged_part(chance, data, damage):
    """The same package with one part damaged, or lost."""
    held = unzipped(data)
    name = chance.choice(sorted(held))
    if damage is None:
        del held[name]
    elif damage is with_wrong_bytes or name.endswith((".xml", ".rels")):
        held[name] = damage(chance, held[name])
    return zipped(held)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_sound_sample_is_read_whole(kind):
    found = {each.code for each in outcome(kind, SAMPLES[kind]).findings}

    assert kind_of("a.md" if kind == "markdown" else "a", SAMPLES[kind]) == kind
    assert len(found) >= 2


@pytest.mark.parametrize("kind", SAMPLES)
@given(seed=SEEDS)
def test_wrong_bytes_anywhere(kind, seed):
    outcome(kind, with_wrong_bytes(random.Random(seed), SAMPLES[kind]))


@pytest.mark.parametrize("damage", [with_wrong_bytes, with_wrong_elements, None])
@pytest.mark.parametrize("kind", ZIPPED)
@given(seed=SEEDS, changes=some.sampled_from(("accept", "reject")))
def test_a_part_damaged_inside_a_sound_package(kind, damage, seed, changes):
    outcome(kind, damaged_part(random.Random(seed), SAMPLES[kind], damage), changes=changes)
