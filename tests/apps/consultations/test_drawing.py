"""The words of the reading page: what is kept drawn says the same as what is drawn anew."""

import pytest
from django.utils import translation

from sutarta.apps.consultations import drawing
from sutarta.apps.consultations.drawing import Drawing, Frame
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.reading import Marks
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    row = Block(Kind.ROW, cells=(Cell(((Span("Pagalba"),),)), Cell(((Span("220 000,00"),),))))
    blocks = (
        make.block("Tikslai", Kind.HEADING, level=1, number="1."),
        make.block("Pirma pastraipa."),
        make.block("Antra pastraipa."),
        make.block("Finansinis planas", Kind.TABLE),
        row,
        make.block("Pinigai", Kind.HEADING, level=1),
        make.block("Trečia pastraipa."),
    )
    return make.version(document=identify(Document(blocks), seed="test"))


def ids(version):
    return list(passages.of(version).by_id)


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize("counts", [(0, 0, 0, 0, 0, 0, 0), (0, 1, 2, 0, 5, 0, 11)])
def test_a_page_put_together_from_frames_is_the_page_drawn_whole(version, language, counts):
    marks = Marks(dict(zip(ids(version), counts, strict=True)))
    with translation.override(language):
        drawn = Drawing(version, marks)
        frames = drawing._frames(version, version.covered_at, language)

        whole = [
            part if isinstance(part, str)
            else drawn.whole(part.piece if isinstance(part, Frame) else part)
            for part in frames
        ]  # fmt: skip

        assert drawn.body() == "".join(whole)


def test_what_one_reader_opens_is_not_kept_for_the_next(version):
    first, second = ids(version)[1:3]
    marks = Marks({first: 3}, {first: [7]}, frozenset([first]))

    opened = Drawing(version, marks, second, "<p>Atverta</p>").body()
    plain = Drawing(version, Marks()).body()

    assert ("Atverta" in opened, "/p/7/" in opened) == (True, True)
    assert ("Atverta" in plain, "/p/7/" in plain, "is-open" in plain) == (False, False, False)


def test_a_page_holds_no_empty_slot(version):
    marks = Marks(dict.fromkeys(ids(version), 2))

    assert drawing.SLOT not in Drawing(version, marks).body()
