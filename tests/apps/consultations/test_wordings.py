"""What the group's writer gets: which accepted wordings go into the text, and which stand aside."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Bundle, Kind, Outcome, Visibility
from sutarta.apps.consultations.queries import wordings
from sutarta.apps.consultations.rules import wordings as rules
from sutarta.core.documents import Cell, Document, Span, identify
from sutarta.core.documents import Kind as BlockKind
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HELP = "Pagalba į namus teikiama darbo dienomis."
DAILY = "Pagalba į namus teikiama kasdien."
ROAD = "Dviračių takas sujungs kvartalą su centru."


@pytest.fixture
def version():
    return make.version(HELP, ROAD)


@pytest.fixture
def its(version):
    return make.consultation(version=version)


def proposed(its, text=DAILY, *, outcome=Outcome.ACCEPTED, number=1, **facts):
    """An answered wording about a passage of the version spoken of."""
    published_at = facts.pop("published_at", NOON + timedelta(days=10))
    passage = make.passage(its.version, number)
    facts = {"visibility": Visibility.PUBLIC, "lineage_id": passage, **facts}
    facts = {"kind": Kind.WORDING, "proposed": text, "why": "Savaitgaliais irgi.", **facts}
    one = make.submission(consultation=its, **facts)
    make.answer(one, outcome=outcome, published_at=published_at)
    return one


def gathered(version):
    """number -> words it puts into the text, or why not, or "" for a comment alone."""
    found = wordings.handover(version).told
    return {one.number: one.blocks[0].text if one.blocks else one.why_not for one in found}


def test_an_accepted_wording_goes_into_the_text_whole_or_in_part(version, its):
    proposed(its)
    proposed(its, "Takas bus apšviestas.", number=2, outcome=Outcome.PARTLY)

    found = wordings.handover(version)

    assert gathered(version) == {1: DAILY, 2: "Takas bus apšviestas."}
    assert [one.passage.number for one in found.changes] == ["2.1", "2.2"]
    assert len(found.comments) == 2


def test_of_several_about_one_passage_the_wholly_accepted_and_then_the_first_goes_in(version, its):
    for outcome in (Outcome.PARTLY, Outcome.ACCEPTED, Outcome.ACCEPTED):
        proposed(its, outcome=outcome)

    assert gathered(version) == {1: "other", 2: DAILY, 3: "other"}


def test_what_was_not_accepted_or_proposes_no_wording_is_a_comment_alone(version, its):
    proposed(its, outcome=Outcome.NOT_ACCEPTED)
    make.answer(make.submission(consultation=its, visibility=Visibility.PUBLIC))
    make.answer(make.submission(consultation=its, kind=Kind.GENERAL, body="Ačiū."))

    assert gathered(version) == {1: "", 2: "", 3: ""}
    assert wordings.handover(version).aside == []


def test_what_waits_was_withdrawn_or_set_aside_is_not_in_it(version, its):
    make.submission(consultation=its)
    proposed(its, published_at=None)
    proposed(its, visibility=Visibility.SET_ASIDE)
    gone = proposed(its)
    gone.withdrawn_at = NOON
    gone.save()

    assert gathered(version) == {}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"visibility": Visibility.HIDDEN}, "unread"),
        ({"visibility": Visibility.CHECKING}, "unread"),
        ({"text": "Teikia „[uždengta: vardas]“ kasdien."}, "covered"),
        ({"text": "Help comes daily.", "language": "en"}, "language"),
        ({"text": HELP}, "same"),
        ({"text": "Pirma.\n\nAntra.", "number": 0}, "kind"),
    ],
)
def test_why_an_accepted_wording_stands_in_the_margin(version, its, facts, why):
    one = proposed(its, **facts)

    assert gathered(version) == {one.number: why}


def test_a_withheld_passage_takes_no_wording(version, its):
    proposed(its)
    make.withholding(version, lineage_id=make.passage(version))

    assert gathered(version) == {1: "withheld"}


def test_a_row_takes_as_many_cells_as_it_has():
    cells = tuple(Cell(((Span(text),),)) for text in ("Metai", "2026"))
    row = make.block("", BlockKind.ROW, cells=cells)
    title = make.block("Lėšos", BlockKind.TABLE)
    document = identify(Document((make.block("Lėšos"), title, row)), seed="t")
    its = make.consultation(version=make.version(document=document))
    proposed(its, "Metai\t2027", number=2)
    proposed(its, "Metai: 2027", number=2)
    proposed(its, "Visos lėšos", number=1)

    assert gathered(its.version) == {1: "Metai\t2027", 2: "kind", 3: "kind"}


def test_what_earlier_answers_left_to_do_goes_along_with_the_next_version(version, its):
    proposed(its)
    proposed(its, "Takas bus apšviestas.", number=2)
    proposed(its, "Takas bus asfaltuotas.", number=2, outcome=Outcome.NOT_ACCEPTED)
    late = proposed(its, published_at=NOON + timedelta(days=50))
    second = make.reworded(version, make.passage(version), "Pagalba į namus teikiama dažniau.")
    second.published_at = NOON + timedelta(days=40)
    for one in its.submissions.all():
        one.placements.create(group=one.group, version=second, outcome="kept",
                              lineage_id=one.lineage_id, placed_at=NOON)  # fmt: skip

    assert gathered(second) == {2: "Takas bus apšviestas.", late.number: "reworded"}

    second.change_reasons.create(
        group=second.group, lineage_id=make.passage(version, 2), cause="SUBMISSION",
        submission=its.submissions.get(number=2), made_by=make.user(), made_at=NOON,
    )  # fmt: skip
    assert gathered(second) == {late.number: "reworded"}


def test_an_answer_to_a_bundle_is_one_comment(version, its):
    bundle = Bundle.objects.create(
        group=its.group, consultation=its, made_by=make.user(), made_at=NOON
    )
    for outcome in (Outcome.NOTED, Outcome.NOTED, Outcome.NOT_ACCEPTED):
        proposed(its, outcome=outcome)
    its.submissions.update(bundle=bundle)

    comments = wordings.handover(version).comments

    assert [[one.number for one in together] for together in comments] == [[1, 2], [3]]


@pytest.mark.parametrize("count", [1, 3])
def test_gathering_asks_as_much_of_three_as_of_one(its, count, django_assert_num_queries):
    for _each in range(count):
        proposed(its)
    version = type(its.version).objects.get(pk=its.version.pk)
    wordings.handover(version)

    with django_assert_num_queries(4):
        found = wordings.handover(version)
        assert all(one.author and one.submission.group for one in found.told)


@pytest.mark.parametrize(
    ("role", "answered", "reason"),
    [
        ("COORDINATOR", 1, ""),
        ("EDITOR", 1, ""),
        ("MODERATOR", 1, ""),
        ("AUDITOR", 1, ""),
        (None, 1, "Only staff of this group may do this."),
        ("EDITOR", 0, "No answer about this strategy has been published yet."),
    ],
)
def test_who_may_take_it_along_and_when(version, role, answered, reason):
    actor = make.member(of=version.group, role=role) if role else make.user()

    assert str(rules.may_take_along(actor, version, answered, NOON).reason) == reason
