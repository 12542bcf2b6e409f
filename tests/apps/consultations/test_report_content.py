"""What the closing report says: numbers, outcomes, and words only as long as they may be read."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Channel, Kind, Outcome, Report, Support, Visibility
from sutarta.apps.consultations.queries import reporting, tallies
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AFTER = NOON + timedelta(days=10)


def spoken():
    """A consultation in which everything happened once."""
    its = make.consultation()
    said = {"consultation": its, "visibility": Visibility.PUBLIC}
    first = make.submission(email="a@post.lt", body="Reikia valandų.", **said)
    make.answer(first, changed=[first.lineage_id])
    second = make.submission(
        email="A@post.lt", body="REIKIA valandų!", organisation="Draugija",
        channel=Channel.EMAIL, **said,
    )  # fmt: skip
    make.answer(second, outcome=Outcome.PARTLY, reason="Iš dalies.")
    question = make.submission(kind=Kind.QUESTION, body="Kada?", **said)
    make.answer(question, outcome=Outcome.NOTED)
    gone = make.submission(body="Atsiimtas.", **said)
    gone.withdrawn_at = NOON
    gone.save()
    make.submission(consultation=its, body="Reklama.", visibility=Visibility.SET_ASIDE)
    Support.objects.create(group=its.group, submission=first, device="d", given_at=NOON)
    its.answered_at = AFTER
    its.save()
    return its


def written(its, **facts):
    return Report.objects.create(
        group=its.group, consultation=its, written_by=make.user(), written_at=AFTER, **facts
    )


def test_the_numbers_count_everything_once():
    said = reporting.content(spoken())

    assert said["numbers"] == {
        "received": 5, "people": 2, "texts": 2, "support": 1, "proposals": 2, "questions": 1,
        "answered": 3, "questions_answered": 1, "changed": 1, "late": 0, "hidden": 0,
        "covered": 0, "set_aside": 1, "withdrawn": 1, "erased": 0,
    }  # fmt: skip
    assert said["by"] == {
        "channel": [["WEB", 4], ["EMAIL", 1]],
        "kind": [["COMMENT", 4], ["QUESTION", 1]],
        "outcome": [["ACCEPTED", 1], ["PARTLY", 1]],
        "speaker": [["RESIDENT", 2], ["ORGANISATION", 1]],
        "section": [["2. Ko žmonėms trūksta", 2], ["", 1]],
    }
    assert said["consultation"]["days_open"] == 29


def test_every_submission_but_spam_stands_with_outcome_and_reason():
    said = reporting.content(spoken())

    assert [(one["number"], one["state"], one["reason"]) for one in said["submissions"]] == [
        (1, "ACCEPTED", "Pritariame: valandas įrašome."),
        (2, "PARTLY", "Iš dalies."),
        (3, "NOTED", "Pritariame: valandas įrašome."),
        (4, "WITHDRAWN", ""),
    ]
    assert said["submissions"][0]["text"]["body"] == "Reikia valandų."
    assert said["submissions"][3]["text"] is None


def test_a_change_stands_with_its_words_once_the_next_version_is_published():
    its = spoken()
    lineage = make.passage(its.version)
    before = reporting.content(its)["changes"]
    make.reworded(its.version, lineage, "Pagalba teikiama kasdien nuo 8 val.")

    after = reporting.content(its)["changes"]

    assert (before[0]["new"], before[0]["submissions"]) == (None, [1])
    assert (after[0]["number"], after[0]["new"]) == ("2.1", "Pagalba teikiama kasdien nuo 8 val.")
    assert after[0]["old"].startswith("Pagalba į namus")
    assert after[0]["url"] == f"/s/1/2/{lineage}/history/"


def test_a_change_promised_in_a_published_report_is_shown_once_it_is_made():
    its = spoken()
    report = written(its)
    report.content, report.published_at = reporting.freeze(report), AFTER
    report.save()
    lineage = make.passage(its.version)
    make.reworded(its.version, lineage, "Pagalba teikiama kasdien.")
    make.reworded(its.version.strategy.versions.get(number=2), lineage, "Dar kitaip.")

    change = reporting.content(reporting.report_of(its))["changes"][0]

    assert (change["new"], change["version"]) == ("Pagalba teikiama kasdien.", 2)


def test_a_published_report_keeps_outcomes_and_lets_words_go():
    its = spoken()
    report = written(its, what_changed="Valandos.")
    report.content, report.published_at = reporting.freeze(report), AFTER
    report.save()
    first = its.submissions.get(number=1)
    first.answer.reason = "Kitaip."
    first.answer.save()
    first.visibility = Visibility.HIDDEN
    first.save()
    make.submission(consultation=its, visibility=Visibility.PUBLIC, at=AFTER)

    said = reporting.content(reporting.report_of(its))

    one = said["submissions"][0]
    assert (one["reason"], one["state"], one["text"]) == (
        "Pritariame: valandas įrašome.", "ACCEPTED", None,
    )  # fmt: skip
    assert "Reikia valandų" not in str(report.content)
    assert (len(said["submissions"]), said["since"]) == (4, 1)


@pytest.mark.parametrize("rows", [1, 300])
def test_a_report_asks_as_many_questions_for_one_row_as_for_many(django_assert_num_queries, rows):
    its = make.consultation()
    for number in range(rows):
        one = make.submission(consultation=its, visibility=Visibility.PUBLIC, body=f"Nr {number}")
        make.answer(one, changed=[one.lineage_id])
    reporting.content(its)  # passages are read once in a process
    fresh = reporting.report_of(its) or its

    with django_assert_num_queries(7):
        reporting.content(fresh)


@pytest.mark.parametrize(
    ("population", "told"),
    [
        ([["Jaunimas", 100, 12], ["Kiti", 300, 18]],
         [(12, False, 25, 40), (18, False, 75, 60)]),
        ([["Jaunimas", 100, 11], ["Kiti", 300, 18]],
         [(11, False, None, None), (18, False, None, None)]),
        ([["Jaunimas", 100, 4], ["Kiti", 300, 80]],
         [(None, True, None, None), (80, False, None, None)]),
        ([["Jaunimas", None, 0], ["Kiti", 300, None]],
         [(0, False, None, None), (None, False, None, None)]),
        ([], []),
    ],
)  # fmt: skip
def test_counts_come_before_percentages_and_small_groups_are_not_told(population, told):
    rows = tallies.turnout(population)

    assert [
        (row["took_part"], row["too_few"], row["people_share"], row["took_part_share"])
        for row in rows
    ] == told
