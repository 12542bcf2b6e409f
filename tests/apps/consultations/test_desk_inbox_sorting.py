"""Keeping order: who may, when, and what it does; likeness; bundles; other passages."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import bundling, carrying, sorting
from sutarta.apps.consultations.models import Filing, Kind, Submission, Tag, Visibility
from sutarta.apps.consultations.queries import reading, similar
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOT_THEIRS = "Your role in this group does not include this step."
STRANGER = "Only staff of this group may do this."


@pytest.fixture
def group():
    return make.group()


@pytest.fixture
def consultation(group):
    return make.consultation(group=group)


@pytest.fixture
def moderator(group):
    return make.member(of=group, role=Role.MODERATOR)


def _who(name, group):
    return make.user() if name == "stranger" else make.member(of=group, role=name)


@pytest.mark.parametrize(
    ("who", "sort", "decide"),
    [
        ("COORDINATOR", "", ""),
        ("EDITOR", "", NOT_THEIRS),
        ("MODERATOR", "", ""),
        ("AUDITOR", NOT_THEIRS, NOT_THEIRS),
        ("stranger", STRANGER, STRANGER),
    ],
)
def test_who_may_sort_and_who_may_bundle(group, consultation, who, sort, decide):
    actor, its = _who(who, group), make.submission(consultation=consultation)

    assert str(rules.may_sort(actor, group, NOON).reason) == sort
    assert str(rules.may_file(actor, its, NOON).reason) == sort
    assert str(rules.may_decide(actor, group, NOON).reason) == decide
    assert str(rules.may_bundle(actor, its, NOON).reason) == decide


WITHDRAWN = "The author has withdrawn this submission."
ERASED = "The words of this submission have been erased."
ASIDE = "This submission is set aside as spam or abuse."
ANSWERED = "The answer is published and stays as it is."
QUESTION = "A question gets an answer of its own."


@pytest.mark.parametrize(
    ("when", "file", "bundle"),
    [
        ("waiting", "", ""),
        ("withdrawn", WITHDRAWN, WITHDRAWN),
        ("erased", ERASED, ERASED),
        ("aside", ASIDE, ASIDE),
        ("answered", "", ANSWERED),
        ("question", "", QUESTION),
    ],
)
def test_what_may_be_filed_and_bundled_when(moderator, consultation, when, file, bundle):
    facts = {"kind": Kind.QUESTION} if when == "question" else {}
    its = make.submission(consultation=consultation, **facts)
    its.withdrawn_at = NOON if when == "withdrawn" else None
    its.erased_at = NOON if when == "erased" else None
    its.visibility = Visibility.SET_ASIDE if when == "aside" else its.visibility
    if when == "answered":
        make.answer(its)

    assert str(rules.may_file(moderator, its, NOON).reason) == file
    assert str(rules.may_bundle(moderator, its, NOON).reason) == bundle


def test_a_tag_is_one_word_however_it_is_typed(moderator, consultation):
    its = make.submission(consultation=consultation)

    first = sorting.tag(actor=moderator, submission=its, name="  Keliai ", at=NOON)
    again = sorting.tag(actor=moderator, submission=its, name="keliai", at=NOON)

    assert (first, again) == (True, False)
    assert [tag.name for tag in Tag.objects.all()] == ["Keliai"]
    assert sorting.untag(actor=moderator, submission=its, name="KELIAI", at=NOON)
    assert not sorting.untag(actor=moderator, submission=its, name="keliai", at=NOON)


@pytest.mark.parametrize(
    ("name", "why"),
    [(" ", "Write the tag."), ("x" * 41, "A tag has at most 40 characters.")],
)
def test_a_tag_without_sense_is_refused(moderator, consultation, name, why):
    its = make.submission(consultation=consultation)

    with pytest.raises(Refused, match=why):
        sorting.tag(actor=moderator, submission=its, name=name, at=NOON)


def test_work_is_given_to_somebody_of_the_desk_alone(moderator, group, consultation):
    its = make.submission(consultation=consultation)
    colleague = make.member(of=group, role=Role.EDITOR)

    sorting.assign(actor=moderator, submission=its, to=colleague, at=NOON)
    with pytest.raises(Refused, match="does not work at this desk"):
        sorting.assign(actor=moderator, submission=its, to=make.user(), at=NOON)

    its.refresh_from_db()
    assert its.assigned_to == colleague


def test_notes_are_only_added(moderator, consultation):
    its = make.submission(consultation=consultation)

    sorting.note(actor=moderator, submission=its, text=" Skambinau. ", at=NOON)
    with pytest.raises(Refused):
        sorting.note(actor=moderator, submission=its, text=" ", at=NOON)

    assert [note.text for note in its.notes.all()] == ["Skambinau."]


ONE = "Prašome įrengti apšvietimą prie mokyklos, nes vakarais vaikams tamsu eiti namo."
LIKE = "Prie mokyklos tamsu! Įrenkite apšvietimą, vaikai vakarais eina namo."
OTHER = "Reikia nemokamų autobusų į polikliniką senjorams."


def test_alike_texts_are_proposed_and_others_are_not(consultation):
    one, like, _other, _question = (
        make.submission(consultation=consultation, body=text, kind=kind)
        for text, kind in [
            (ONE, Kind.GENERAL), (LIKE, Kind.GENERAL), (OTHER, Kind.GENERAL), (ONE, Kind.QUESTION),
        ]
    )  # fmt: skip

    found = similar.to(one)

    assert [it.submission.number for it in found] == [like.number]
    assert 35 <= found[0].percent <= 100
    assert [it.submission.number for it in similar.to(like)] == [one.number]


def test_at_most_five_are_proposed_the_lowest_number_first_among_equals(consultation):
    first, *others = (make.submission(consultation=consultation, body=ONE) for _ in range(8))

    found = similar.to(first)

    assert [it.submission.number for it in found] == [one.number for one in others[:5]]
    assert {it.percent for it in found} == {100}


def test_words_under_cover_take_no_part(consultation):
    one, hidden = (make.submission(consultation=consultation, body=ONE) for _ in range(2))
    Submission.objects.filter(pk=hidden.pk).update(visibility=Visibility.HIDDEN)

    assert similar.to(one) == []


def test_a_bundle_takes_whole_bundles_along_and_one_left_alone_goes_too(moderator, consultation):
    one, two, three = (make.submission(consultation=consultation) for _ in range(3))

    its = bundling.bundle(actor=moderator, submissions=[one, two], at=NOON)
    two.refresh_from_db()
    bundling.bundle(actor=moderator, submissions=[three, two], at=NOON)

    assert set(Submission.objects.values_list("bundle", flat=True)) == {its.pk}
    bundling.leave(actor=moderator, submission=three, at=NOON)
    assert Submission.objects.filter(bundle=its).count() == 2
    bundling.leave(actor=moderator, submission=one, at=NOON)
    assert Submission.objects.filter(bundle=its).count() == 0
    events = list(Entry.objects.order_by("id").values_list("event", flat=True))
    assert events[-4:] == ["submissions.bundled"] * 2 + ["submissions.parted"] * 2


def test_what_is_alone_or_elsewhere_is_not_put_together(moderator, group, consultation):
    one = make.submission(consultation=consultation)
    elsewhere = make.submission(consultation=make.consultation(group=group))

    for chosen, why in [([one], "at least two"), ([one, elsewhere], "different consultations")]:
        with pytest.raises(Refused, match=why):
            bundling.bundle(actor=moderator, submissions=chosen, at=NOON)


def test_a_filed_one_is_counted_and_shown_at_both_passages(moderator, consultation):
    version = consultation.version
    home, there = make.passage(version, 1), make.passage(version, 2)
    its = make.submission(consultation=consultation, visibility=Visibility.PUBLIC)

    sorting.file(actor=moderator, submission=its, lineage_id=there, at=NOON)
    sorting.file(actor=moderator, submission=its, lineage_id=there, at=NOON)

    marks = reading.marks(version, None)
    assert (dict(marks.counts), marks.filed) == ({home: 1, there: 1}, 1)
    (shown,) = reading.said_about(version, there, [version], [consultation]).here
    (own,) = reading.said_about(version, home, [version], [consultation]).here
    assert (shown.filed, own.filed) == (True, False)
    assert Entry.objects.filter(event="submission.filed").count() == 1


@pytest.mark.parametrize(
    ("where", "why"), [("home", "stands at this passage already"), ("", "not in the published")]
)
def test_it_is_not_filed_where_it_stands_or_nowhere(moderator, consultation, where, why):
    its = make.submission(consultation=consultation)
    lineage = its.lineage_id if where == "home" else "nera"

    with pytest.raises(Refused, match=why):
        sorting.file(actor=moderator, submission=its, lineage_id=lineage, at=NOON)


def test_a_filing_goes_with_its_passage_to_the_next_version(moderator, consultation):
    version = consultation.version
    there = make.passage(version, 2)
    its = make.submission(consultation=consultation, visibility=Visibility.PUBLIC)
    sorting.file(actor=moderator, submission=its, lineage_id=there, at=NOON)

    after = make.reworded(version, there, "Šeimoms reikia valandų.")
    for _time in range(2):
        carrying.place_submissions(version=after, at=NOON + timedelta(days=9))

    assert list(Filing.objects.filter(version=after).values_list("lineage_id", flat=True)) == [
        there
    ]
    assert reading.marks(after, version).counts[there] == 1


def test_taken_away_it_stands_at_its_own_passage_alone(moderator, consultation):
    its = make.submission(consultation=consultation)
    there = make.passage(consultation.version, 2)
    filing = sorting.file(actor=moderator, submission=its, lineage_id=there, at=NOON)

    sorting.unfile(actor=moderator, filing=filing, at=NOON)

    assert dict(reading.marks(consultation.version, None).counts) == {its.lineage_id: 1}
    assert Entry.objects.filter(event="submission.unfiled").count() == 1
