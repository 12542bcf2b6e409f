"""Saying why passages changed: suggestions, many at once, and taking it back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import reasoning
from sutarta.apps.consultations.models import ChangeReason, Kind, Outcome
from sutarta.apps.consultations.queries import comparison, suggesting
from sutarta.apps.consultations.rules import reasoning as rules
from sutarta.apps.ledger.queries import acts, facts
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Passage, VersionReason
from sutarta.core.documents import Span
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HELP = "Pagalba į namus teikiama darbo dienomis."
ROAD = "Dviračių takas sujungs kvartalą su centru."
NEW = {1: "Pagalba į namus teikiama kasdien.", 2: "Takas bus apšviestas."}


def next_version(before, words=None, **given):
    """The next version, in which some passages of `before` read otherwise."""
    words = words or NEW
    ids = {make.passage(before, number): text for number, text in words.items()}
    blocks = tuple(
        replace(one, spans=(Span(ids[one.id]),)) if one.id in ids else one
        for one in before.document.blocks
    )
    document = replace(before.document, blocks=blocks)
    made = make.version(strategy=before.strategy, document=document, **given)
    for id in ids:
        Passage.objects.create(
            group=made.group, version=made, old_id=id, outcome="reworded", new_ids=[id],
            confidence=1,
        )  # fmt: skip
    return made


@pytest.fixture
def first():
    return make.version(HELP, ROAD)


@pytest.fixture
def second(first):
    return next_version(first)


@pytest.fixture
def editor(first):
    return make.member(of=first.group, role="EDITOR")


def explain(editor, version, *numbers, **given):
    passages = [make.passage(version, number) for number in numbers]
    defaults = {"cause": "EDITING", "at": NOON}
    return reasoning.explain(
        actor=editor, version=version, passages=passages, **{**defaults, **given}
    )


def written(version):
    return [
        (row.lineage_id, row.cause, row.submission and row.submission.number)
        for row in version.change_reasons.order_by("lineage_id", "cause")
    ]


def unexplained(version):
    return comparison.compared(comparison.before(version), version).unexplained


@pytest.mark.parametrize(
    ("role", "published", "reason"),
    [
        ("COORDINATOR", True, ""),
        ("COORDINATOR", False, ""),
        ("EDITOR", True, ""),
        ("EDITOR", False, ""),
        ("MODERATOR", True, ""),
        ("MODERATOR", False, ""),
        ("AUDITOR", True, "Your role in this group does not include this step."),
        ("AUDITOR", False, "Your role in this group does not include this step."),
        (None, True, "Only staff of this group may do this."),
        (None, False, "Only staff of this group may do this."),
    ],
)
def test_who_may_say_why_and_when(first, role, published, reason):
    version = next_version(first, published=published)
    actor = make.member(of=first.group, role=role) if role else make.user()

    assert str(rules.may_explain(actor, version, NOON).reason) == reason


def test_the_first_version_has_nothing_to_explain(first, editor):
    assert str(rules.may_explain(editor, first, NOON).reason) == (
        "The first version changed nothing."
    )


def test_one_reason_is_given_to_many_changes_at_once(second, editor):
    count = explain(editor, second, 1, 2, cause="GUIDELINES", note="Gairės pakeistos.")

    assert count == 2
    assert unexplained(second) == 0
    assert [facts(entry) for entry in acts(second.group, "change.explained")] == [
        {
            "strategy": second.strategy.number,
            "version": 2,
            "passages": 2,
            "causes": {"GUIDELINES": 2},
            "worded": 0,
        }
    ]


def test_the_same_reason_twice_is_kept_once_and_logged_once(second, editor):
    for _twice in range(2):
        explain(editor, second, 1)

    assert len(written(second)) == 1
    assert len(acts(second.group, "change.explained")) == 1


def test_a_change_may_have_several_reasons(first, second, editor):
    one = make.submission(consultation=make.consultation(version=first))
    explain(editor, second, 1, cause="SUBMISSION", number=one.number)
    explain(editor, second, 1, cause="EDITING", note="Skaitmenys buvo sukeisti.")

    assert {row[1:] for row in written(second)} == {("EDITING", None), ("SUBMISSION", one.number)}


def test_a_proposal_that_is_linked_already_gets_its_sentence(first, second, editor):
    one = make.submission(consultation=make.consultation(version=first))
    explain(editor, second, 1, cause="SUBMISSION", number=one.number)
    words = {"cause": "SUBMISSION", "number": one.number, "note": "Suderinta su 2.3 pastraipa."}

    assert [explain(editor, second, 1, **words) for _twice in range(2)] == [1, 0]

    [row] = second.change_reasons.all()
    assert row.note == "Suderinta su 2.3 pastraipa."
    assert [facts(entry)["worded"] for entry in acts(second.group, "change.explained")] == [1, 0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"numbers": ()}, "Tick at least one change."),
        ({"numbers": (0,)}, "One of the ticked passages did not change. Look again."),
        ({"cause": "WHIM"}, "Choose what caused the change."),
        ({"cause": "SUBMISSION"}, "Write the number of the proposal."),
        (
            {"cause": "SUBMISSION", "number": 999},
            "No proposal about an earlier version of this strategy has this number.",
        ),
        (
            {"cause": "DECISION", "note": "  "},
            "Say in one sentence what was decided or changed, and when.",
        ),
    ],
)
def test_a_reason_that_says_nothing_is_refused(second, editor, given, said):
    numbers = given.pop("numbers", (1,))

    with pytest.raises(Refused) as refused:
        explain(editor, second, *numbers, **given)

    assert str(refused.value.reason) == said
    assert written(second) == []


def test_a_proposal_about_another_strategy_is_no_reason(second, editor):
    other = make.submission(
        consultation=make.consultation(version=make.version(group=second.group))
    )

    with pytest.raises(Refused):
        explain(editor, second, 1, cause="SUBMISSION", number=other.number)


def test_answers_that_name_a_passage_are_suggested_published_or_not(first, second, editor):
    consultation = make.consultation(version=first)
    yes, no, partly = (make.submission(consultation=consultation) for _ in range(3))
    make.answer(yes, changed=[make.passage(first)], published_at=None)
    make.answer(no, changed=[make.passage(first)], outcome=Outcome.NOT_ACCEPTED)
    make.answer(partly, changed=[make.passage(first, 2)], outcome=Outcome.PARTLY)

    found = suggesting.suggested(comparison.compared(first, second))

    assert {id: [one.number for one in some] for id, some in found.items()} == {
        make.passage(first): [yes.number],
        make.passage(first, 2): [partly.number],
    }


def test_accepted_proposals_spoken_there_are_suggested_when_their_answer_names_nothing(
    first, second
):
    consultation = make.consultation(version=first)
    there = make.submission(consultation=consultation, lineage_id=make.passage(first, 2))
    make.answer(there, changed=[])
    general = make.submission(consultation=consultation, kind=Kind.GENERAL, lineage_id="")
    make.answer(general, changed=[])

    found = suggesting.suggested(comparison.compared(first, second))

    assert [(id, one.number, one.is_named) for id, some in found.items() for one in some] == [
        (make.passage(first, 2), there.number, False)
    ]


def test_all_suggestions_are_linked_with_one_press_and_only_once(first, second, editor):
    consultation = make.consultation(version=first)
    for number in (1, 2):
        one = make.submission(consultation=consultation)
        make.answer(one, changed=[make.passage(first, number)])

    counts = [
        reasoning.link_suggested(actor=editor, version=second, at=NOON) for _twice in range(2)
    ]

    assert counts == [2, 0]
    assert len(acts(second.group, "change.explained")) == 1
    assert suggesting.suggested(comparison.compared(first, second)) == {}


def test_a_single_suggestion_is_linked_by_itself(first, second, editor):
    consultation = make.consultation(version=first)
    ones = [make.submission(consultation=consultation) for _ in range(2)]
    for one in ones:
        make.answer(one, changed=[make.passage(first)])
    only = (make.passage(first), ones[1].number)

    reasoning.link_suggested(actor=editor, version=second, only=only, at=NOON)

    assert [row[2] for row in written(second)] == [ones[1].number]


def test_a_reason_is_taken_back_and_the_log_keeps_the_deed(second, editor):
    explain(editor, second, 1, 2)
    keys = [row.pk for row in second.change_reasons.all()]

    for _twice in range(2):
        reasoning.take_back(actor=editor, version=second, reasons=keys, at=NOON)

    assert written(second) == []
    assert [facts(entry)["reasons"] for entry in acts(second.group, "change.reason_withdrawn")] == [
        2
    ]


def test_a_draft_that_goes_takes_its_reasons_along(first, editor):
    draft = next_version(first, published=False)
    explain(editor, draft, 1)

    strategies.discard_draft(actor=editor, version=draft, at=NOON)

    assert ChangeReason.objects.count() == 0


def test_what_was_said_of_the_draft_holds_when_it_is_published(first, editor):
    draft = next_version(first, published=False)
    explain(editor, draft, 1)
    published = strategies.publish_version(actor=editor, version=draft, at=NOON + timedelta(days=1))

    assert unexplained(published) == 1
    explain(editor, published, 2)
    assert unexplained(published) == 0


def test_the_usual_cause_is_that_of_the_version(first):
    assert suggesting.usual_cause(next_version(first, reason=VersionReason.GUIDELINES)) == (
        "GUIDELINES"
    )
    assert suggesting.usual_cause(first) == ""


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    client.cookies["sutarta_language"] = "en"
    return client


def at(version, name="desk_reasons", **query):
    numbers = [version.strategy.number, version.number]
    return reverse(f"consultations:{name}", args=numbers, query=query)


def host(version):
    return {"host": version.group.hosts.get().name}


def post(desk, version, name="desk_reasons", **data):
    return desk.post(at(version, name), data, headers=host(version))


def test_the_page_takes_one_reason_for_all_that_is_ticked(desk, second):
    passages = [make.passage(second, 1), make.passage(second, 2)]
    answer = post(desk, second, passages=passages, cause="DECISION", note="Valdyba, spalio 22 d.")

    assert answer.status_code == 302
    assert {row.note for row in second.change_reasons.all()} == {"Valdyba, spalio 22 d."}


GOOD = {"cause": "EDITING", "note": "Rašto klaida"}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"passages": []}, "Tick at least one change."),
        ({"passages": ["bnowhere000"]}, "One of the ticked passages did not change. Look again."),
        ({"passages": ["x" * 5000]}, "One of the ticked passages did not change. Look again."),
        ({"cause": ""}, "Choose what caused the change."),
        ({"cause": "WHIM"}, "Select a valid choice."),
        ({"cause": "SUBMISSION"}, "Write the number of the proposal."),
        ({"cause": "SUBMISSION", "number": "septyni"}, "Write the number alone, such as 17."),
        ({"cause": "SUBMISSION", "number": "-1"}, "Write the number alone, such as 17."),
        ({"cause": "SUBMISSION", "number": "9" * 30}, "Write the number alone, such as 17."),
        ({"cause": "SUBMISSION", "number": "999"}, "No proposal about an earlier version"),
        ({"cause": "GUIDELINES", "note": ""}, "Say in one sentence"),
        ({"note": "x" * 501}, "at most 500 characters"),
        ({"link": "ne adresas"}, "Write the whole address"),
        ({"link": "javascript:alert(1)"}, "Write the whole address"),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(desk, second, bad, said):
    data = {"passages": [make.passage(second)], **GOOD, **bad}
    answer = post(desk, second, **data)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert said in page
    assert data["note"][:400] in page
    if bad.get("passages") is None:
        assert page.split(f'id="tick-{make.passage(second)}"')[1].split(">")[0].strip() == "checked"
    assert second.change_reasons.count() == 0


def test_suggestions_are_linked_from_the_page_and_the_step_is_taken_back(desk, first, second):
    one = make.submission(consultation=make.consultation(version=first))
    make.answer(one, changed=[make.passage(first)], published_at=None)
    page = desk.get(at(second), headers=host(second)).content.decode()
    assert "1 proposal seems to have caused a change" in page

    post(desk, second, "desk_reasons_link")
    page = desk.get(at(second), headers=host(second)).content.decode()
    step = page.split('name="step" value="')[1].split('"')[0]
    assert second.change_reasons.count() == 1

    post(desk, second, "desk_reasons_back", step=step)
    assert second.change_reasons.count() == 0


def test_a_step_that_is_not_the_last_any_more_is_not_taken_back(desk, second, editor):
    explain(editor, second, 1)

    answer = post(desk, second, "desk_reasons_back", step="2020-01-01 somebody")

    assert answer.status_code == 302
    assert second.change_reasons.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("desk_reasons_back", {"reason": "no key"}),
        ("desk_reasons_link", {"only": "nonsense"}),
        ("desk_reasons_link", {"only": "b1:x"}),
    ],
)
def test_nonsense_is_not_found(desk, second, name, data):
    assert post(desk, second, name, **data).status_code == 404


def test_everything_without_a_reason_can_be_ticked_without_a_script(desk, second, editor):
    explain(editor, second, 1)
    page = desk.get(at(second, show="all", tick="open"), headers=host(second)).content.decode()

    ticked = [part.split('"')[0] for part in page.split('id="tick-')[1:] if "checked" in part[:80]]
    assert ticked == [make.passage(second, 2)]


def test_a_single_version_with_changes_is_shown_at_once(desk, second):
    answer = desk.get(reverse("consultations:desk_reasons_all"), headers=host(second))

    assert answer["Location"] == at(second)


def test_before_there_are_changes_the_page_says_so(desk, first):
    page = desk.get(reverse("consultations:desk_reasons_all"), headers=host(first))

    assert "Nothing has changed yet" in page.content.decode()


@pytest.mark.parametrize("count", [1, 300])
def test_the_page_asks_the_same_for_any_number_of_changes(
    desk, editor, first, count, django_assert_num_queries
):
    texts = [f"Tai yra {at} pastraipa, kuri šiek tiek ilgesnė." for at in range(300)]
    old = make.version(*texts, strategy=make.strategy(group=first.group))
    new = next_version(old, {at + 1: f"Kita {at} pastraipa, nauja." for at in range(count)})
    consultation = make.consultation(version=old)
    for at_ in range(0, count, 5):
        for changed in ([make.passage(old, at_ + 1)], []):
            one = make.submission(consultation=consultation, lineage_id=make.passage(old, at_ + 1))
            make.answer(one, changed=changed)
    explain(editor, new, 1)
    desk.get(at(new), headers=host(new))  # both versions are compared

    with django_assert_num_queries(26):
        assert desk.get(at(new, show="all"), headers=host(new)).status_code == 200
