"""`sutarta demo --size large`: as many passages and submissions as it says, by the usual acts."""

from __future__ import annotations

from collections import Counter

import pytest

from sutarta.apps.consultations.models import Answer, Consultation, Submission
from sutarta.apps.strategies.models import Version
from sutarta.cli.demo import large
from sutarta.core.documents import Kind
from sutarta.formats import docx
from tests import make
from tests.cli.conftest import ROOT, sutarta

BUNDLED = ROOT / "src" / "sutarta" / "cli" / "demo" / large.BUNDLED


def test_the_text_is_repeated_until_it_is_long_enough():
    data = BUNDLED.read_bytes()
    usual = texts(data)

    assert texts(large.enlarged(data, len(usual) + 1)) == 2 * usual
    assert texts(large.enlarged(data, 3)) == usual


def texts(data: bytes) -> list[str]:
    """The words of every block but the footnotes, which stay one each."""
    blocks = docx.read(data).document.blocks
    return [block.text for block in blocks if block.kind is not Kind.FOOTNOTE]


@pytest.mark.django_db
def test_everybody_speaks_and_the_desk_is_at_work():
    said = []

    group = large.found(["large.test"], make.now(), said.append, spoken=40)

    version = Version.objects.get(group=group)
    submissions = Submission.objects.filter(group=group)
    assert len(version.document.blocks) >= large.BLOCKS
    assert submissions.count() == 40
    assert Counter(submissions.values_list("visibility", flat=True)) == {
        "PUBLIC": 36,
        "CHECKING": 4,
    }
    assert set(submissions.values_list("channel", flat=True)) == {
        "WEB", "EMAIL", "PAPER", "PHONE", "MEETING",
    }  # fmt: skip
    assert Answer.objects.filter(group=group).count() == 14
    assert Consultation.objects.get(group=group).is_open(make.now())
    assert group.is_demo
    assert said == ["A strategy of 1,500 passages", "Submissions 1 to 500"]


def test_nobody_speaks_in_the_future():
    assert large.SPOKEN * large.EVERY < large.OPENED


def test_a_large_demo_has_no_document_of_ones_own(tmp_path):
    done = sutarta("demo", "--size", "large", "--document", "x.docx", "--data", tmp_path / "data")

    assert done.returncode == 2
    assert "not allowed with argument" in done.stderr
    assert not (tmp_path / "data").exists()
