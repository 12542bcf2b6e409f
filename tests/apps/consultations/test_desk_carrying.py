"""Every submission has a place in every later version of its strategy."""

from collections import Counter
from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import carrying
from sutarta.apps.consultations.models import Kind, Placement, Submission
from sutarta.apps.consultations.queries import carrying as places
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import facts
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.actions import decide_passage
from sutarta.apps.strategies.models import Passage
from sutarta.core.documents import Document, Outcome, inherit
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

AFTER = NOON + timedelta(days=20)
HELP = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
ROAD = "Dviračių takas sujungs Gluosnių kvartalą su centru ir su mokykla."


def next_draft(before, *texts):
    """A draft after `before` with its passages matched, as an import would make it."""
    words = Document((before.document.blocks[0], *map(make.block, texts)))
    inherited = inherit(before.document, words, seed=f"v{before.number + 1}")
    draft = make.version(strategy=before.strategy, document=inherited.document, published=False)
    for fate in inherited.fates:
        if fate.outcome is not Outcome.KEPT:
            note(draft, before.document.blocks[fate.old].id, fate.outcome, [
                inherited.document.blocks[at].id for at in fate.new
            ])  # fmt: skip
    return draft


def note(draft, old_id, outcome, new_ids=(), candidates=()):
    return Passage.objects.create(
        group=draft.group, version=draft, old_id=old_id, outcome=outcome, confidence=0.5,
        new_ids=list(new_ids), candidates=list(candidates),
    )  # fmt: skip


def first():
    """A version of three passages with a closed consultation on it."""
    version = make.version(HELP, REST, ROAD)
    return version, make.consultation(version=version)


def test_every_submission_gets_a_place_and_none_is_dropped():
    version, consultation = first()
    for number in (1, 2, 3):
        lineage = make.passage(version, number)
        make.submission(consultation=consultation, lineage_id=lineage)
        make.submission(consultation=consultation, lineage_id=lineage, body="Dar viena mintis.")
    make.submission(consultation=consultation, kind=Kind.GENERAL, body="Visiems gerai.")
    draft = next_draft(version, HELP, ROAD.replace("mokykla", "stotimi"))
    editor = make.member(of=version.group, role=Role.EDITOR)

    published = carrying.publish_next(actor=editor, version=draft, at=AFTER)

    rows = Placement.objects.filter(version=published)
    assert rows.count() == Submission.objects.count() == 7
    assert Counter(rows.values_list("outcome", flat=True)) == {
        "kept": 2, "gone": 2, "reworded": 2, "general": 1,
    }  # fmt: skip
    assert set(rows.filter(outcome="gone").values_list("old_text", "lineage_id")) == {(REST, "")}


def test_placing_again_adds_nothing_and_logs_nothing():
    version, consultation = first()
    make.submission(consultation=consultation)
    editor = make.member(of=version.group, role=Role.EDITOR)
    published = carrying.publish_next(
        actor=editor, version=next_draft(version, HELP, REST, ROAD), at=AFTER
    )

    again = carrying.place_submissions(version=published, at=AFTER)

    assert again == Counter()
    carried = Entry.objects.filter(event="submissions.carried")
    assert [facts(entry)["outcomes"] for entry in carried] == [{"kept": 1}]


def test_what_went_in_one_version_stays_gone_in_the_next_and_is_still_listed():
    version, consultation = first()
    gone = make.submission(consultation=consultation, lineage_id=make.passage(version, 2))
    kept = make.submission(consultation=consultation, lineage_id=make.passage(version, 1))
    editor = make.member(of=version.group, role=Role.EDITOR)
    second = carrying.publish_next(actor=editor, version=next_draft(version, HELP, ROAD), at=AFTER)
    third = carrying.publish_next(
        actor=editor, version=next_draft(second, HELP, ROAD, "Visai naujas sakinys čia."), at=AFTER
    )

    found = Placement.objects.filter(version=third).values_list("submission", "outcome")

    assert dict(found) == {gone.pk: "gone", kept.pk: "kept"}
    assert [row.old_text for row in places.orphans(third)] == [REST]


def test_a_submission_follows_its_passage_through_versions():
    version, consultation = first()
    made = make.submission(consultation=consultation, lineage_id=make.passage(version, 1))
    editor = make.member(of=version.group, role=Role.EDITOR)
    newer = HELP.replace("kasdien", "kasdien ir naktimis")
    second = carrying.publish_next(
        actor=editor, version=next_draft(version, newer, REST, ROAD), at=AFTER
    )
    third = carrying.publish_next(
        actor=editor, version=next_draft(second, REST, newer, ROAD), at=AFTER
    )

    places_of = made.placements.order_by("version__number").values_list("version", "lineage_id")

    assert list(places_of) == [
        (second.pk, make.passage(version, 1)), (third.pk, make.passage(version, 1)),
    ]  # fmt: skip
    assert set(made.placements.values_list("old_text", flat=True)) == {HELP}


def test_a_late_one_on_an_old_version_is_placed_in_all_newer_ones():
    version, consultation = first()
    editor = make.member(of=version.group)
    second = carrying.publish_next(actor=editor, version=next_draft(version, HELP, ROAD), at=AFTER)
    third = carrying.publish_next(actor=editor, version=next_draft(second, HELP), at=AFTER)

    late = make.submission(consultation=consultation, lineage_id=make.passage(version, 3), at=AFTER)

    found = late.placements.order_by("version__number").values_list("version", "outcome")
    assert list(found) == [(second.pk, "kept"), (third.pk, "gone")]


def test_a_late_general_proposal_is_placed_in_newer_versions_too():
    version, consultation = first()
    editor = make.member(of=version.group)
    carrying.publish_next(actor=editor, version=next_draft(version, HELP), at=AFTER)

    late = make.submission(consultation=consultation, kind="GENERAL", at=AFTER)

    assert list(late.placements.values_list("outcome", flat=True)) == ["general"]


def test_a_late_one_under_words_nobody_decided_on_stands_under_its_old_words():
    version, consultation = first()
    draft = next_draft(version, HELP, REST)
    draft.passages.filter(old_id=make.passage(version, 3)).update(outcome=Outcome.DOUBTFUL)
    carrying.publish_next(actor=make.member(of=version.group), version=draft, at=AFTER)

    late = make.submission(consultation=consultation, lineage_id=make.passage(version, 3), at=AFTER)

    assert [row.old_text for row in places.orphans(draft)] == [ROAD]
    assert late.placements.get().outcome == "gone"


def test_while_people_speak_the_next_version_stays_a_draft():
    version, _consultation = first()
    draft = next_draft(version, HELP)
    editor = make.member(of=version.group, role=Role.EDITOR)

    with pytest.raises(Refused, match="stays a private draft"):
        carrying.publish_next(actor=editor, version=draft, at=NOON)

    draft.refresh_from_db()
    assert not draft.is_published


def test_a_doubtful_passage_somebody_spoke_of_must_be_decided_first():
    version, consultation = first()
    lineage = make.passage(version, 2)
    made = make.submission(consultation=consultation, lineage_id=lineage)
    draft = next_draft(version, HELP, ROAD, "Kelios laisvos valandos per mėnesį.")
    Passage.objects.filter(version=draft).delete()
    candidate = draft.document.blocks[3].id
    passage = note(draft, lineage, Outcome.DOUBTFUL, candidates=[[candidate, 0.41]])
    editor = make.member(of=version.group, role=Role.EDITOR)

    with pytest.raises(Refused, match="not decided yet"):
        carrying.publish_next(actor=editor, version=draft, at=AFTER)
    decide_passage(actor=editor, passage=passage, becomes=[candidate], at=AFTER)
    draft.refresh_from_db()
    carrying.publish_next(actor=editor, version=type(draft).objects.get(pk=draft.pk), at=AFTER)

    place = made.placements.get()
    assert (place.outcome, place.lineage_id) == ("reworded", lineage)


def test_a_doubtful_passage_nobody_spoke_of_does_not_hold_the_version_up():
    version, _consultation = first()
    draft = next_draft(version, HELP, REST)
    Passage.objects.filter(version=draft).update(outcome=Outcome.DOUBTFUL)
    editor = make.member(of=version.group, role=Role.EDITOR)

    published = carrying.publish_next(actor=editor, version=draft, at=AFTER)

    assert published.is_published
