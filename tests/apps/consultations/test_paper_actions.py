"""Forms printed with codes, sheets typed in, slips of typing put right."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from sutarta.apps.consultations.actions import erasing, paper, speaking
from sutarta.apps.consultations.actions.paper import About, BadSheet
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.models import (
    Channel,
    ErasureScope,
    Kind,
    OnPaper,
    PaperRun,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def its():
    return make.consultation()


@pytest.fixture
def who(its):
    return make.member(of=its.group, role=Role.MODERATOR)


def typed(its, who, body="Reikia suolo.", **facts):
    name = facts.pop("author_name", "")
    defaults = {
        "channel": Channel.PAPER,
        "received_at": NOON - timedelta(hours=1),
        "at": NOON,
        "request_key": f"k-{body}",
        "words": Words(kind=Kind.GENERAL, body=body, author_name=name),
    }
    return paper.type_in(actor=who, consultation=its, **{**defaults, **facts})


def printed(its, who, count=3):
    return paper.print_forms(actor=who, consultation=its, language="lt", count=count, at=NOON)


def test_codes_go_on_from_run_to_run(its, who):
    first, second = printed(its, who, 3), printed(its, who, 2)

    assert (first.first, first.last, second.first, second.last) == (1, 3, 4, 5)
    assert queries.consultation_of(its.group, 5) == its
    assert queries.consultation_of(its.group, 6) is None
    assert queries.consultation_of(make.group(), 1) is None


@pytest.mark.parametrize("count", [0, -1, 201])
def test_none_and_too_many_are_not_printed(its, who, count):
    with pytest.raises(BadSheet):
        printed(its, who, count)
    assert not PaperRun.objects.exists()


def test_forms_are_printed_by_moderators_of_what_is_announced(its):
    with pytest.raises(Refused):
        printed(its, make.member(of=its.group, role=Role.EDITOR))
    hidden = make.consultation(group=its.group, announced_at=None)
    with pytest.raises(Refused):
        printed(hidden, make.member(of=its.group, role=Role.MODERATOR))


def test_proposals_of_one_sheet_stay_linked_each_with_its_number(its, who):
    one = typed(its, who, "Reikia suolo.")
    two = typed(its, who, "Reikia tako.", sheet=one.on_paper.sheet)
    other = typed(its, who, "Reikia lempos.")

    assert [row.place for row in queries.on_sheet(its.group, one.on_paper.sheet)] == [1, 2]
    others = queries.same_sheet([one, two, other])
    assert others == {one.pk: [two.number], two.pk: [one.number]}
    entry = Entry.objects.get(event="paper.typed_in", about=f"p/{two.number}")
    assert ledger.facts(entry) == {"number": two.number, "place": 2}


@pytest.mark.parametrize("gone", ["erased_at", "withdrawn_at"])
def test_what_is_gone_is_tied_to_nothing_any_more(its, who, gone):
    one = typed(its, who, "Reikia suolo.")
    two = typed(its, who, "Reikia tako.", sheet=one.on_paper.sheet)
    Submission.objects.filter(pk=one.pk).update(**{gone: NOON})

    assert queries.same_sheet([one, two]) == {}


def test_the_public_is_told_only_of_those_it_reads(its, who):
    one = typed(its, who, "Reikia suolo.")
    two = typed(its, who, "Reikia tako.", sheet=one.on_paper.sheet)
    Submission.objects.filter(pk=two.pk).update(visibility="PUBLIC")

    assert queries.same_sheet([two], is_public=True) == {}
    Submission.objects.filter(pk=one.pk).update(visibility="REDACTED")
    assert queries.same_sheet([two], is_public=True) == {two.pk: [one.number]}


def test_the_same_code_is_the_same_sheet(its, who):
    printed(its, who)
    one = typed(its, who, "Reikia suolo.", printed=2)
    two = typed(its, who, "Reikia tako.", printed=2)

    assert one.on_paper.sheet == two.on_paper.sheet
    assert [row.submission for row in queries.printed_before(its.group, 2)] == [one, two]


def test_a_form_sent_twice_is_one_row(its, who):
    one, again = typed(its, who), typed(its, who)

    assert one == again
    assert OnPaper.objects.count() == 1


def test_a_code_of_another_consultation_is_refused(its, who):
    printed(make.consultation(group=its.group), who)

    with pytest.raises(BadSheet):
        typed(its, who, printed=1)
    with pytest.raises(BadSheet):
        typed(its, who, printed=9)
    assert not Submission.objects.exists()


def test_a_sheet_of_another_group_or_consultation_is_not_taken_for_ours(its, who):
    strange = make.consultation()
    theirs = typed(strange, make.member(of=strange.group, role=Role.MODERATOR))
    elsewhere = typed(make.consultation(group=its.group), who, "Kitas.")

    made = typed(its, who, sheet=theirs.on_paper.sheet)
    assert made.on_paper.place == 1
    assert queries.same_sheet([made]) == {}
    with pytest.raises(BadSheet):
        typed(its, who, "Dar.", sheet=elsewhere.on_paper.sheet)


def test_a_sheet_does_not_hold_a_hundred(its, who, monkeypatch):
    monkeypatch.setattr(paper, "MOST_ON_ONE", 1)
    sheet = uuid4()
    typed(its, who, sheet=sheet)

    with pytest.raises(BadSheet):
        typed(its, who, "Dar.", sheet=sheet)


def test_a_slip_is_put_right_and_what_stood_before_is_kept(its, who):
    made = typed(its, who, "Reikia uolo.", author_name="R M")
    about = About(author_name="R. M.", phone="8 600")

    changed = paper.retype(
        actor=who, submission=made, text=Text("Reikia suolo."), about=about, at=NOON
    )

    made.refresh_from_db()
    former = made.former_texts.get()
    assert changed
    assert (made.body, made.author_name, made.phone) == ("Reikia suolo.", "R. M.", "8 600")
    assert (former.body, former.replaced_by) == ("Reikia uolo.", who)
    assert Entry.objects.filter(event="submission.retyped").count() == 1
    acts = details.acts(details.submissions(its.group).get())
    assert [act.note for act in acts if act.note] == ["Reikia uolo."]


def test_putting_nothing_right_leaves_no_trace(its, who):
    made = typed(its, who)

    changed = paper.retype(actor=who, submission=made, text=Text.of(made), about=About(), at=NOON)

    assert not changed
    assert not Entry.objects.filter(event="submission.retyped").exists()


def test_nothing_is_put_in_place_of_something(its, who):
    with pytest.raises(BadWords):
        paper.retype(actor=who, submission=typed(its, who), text=Text(), about=About(), at=NOON)


def _own(its, who):
    return make.submission(consultation=its)


def _read(its, who):
    return typed(its, who, publish=True)


def _withdrawn(its, who):
    made = typed(its, who)
    speaking.withdraw(submission=made, at=NOON)
    return made


def _answered(its, who):
    made = typed(its, who)
    make.answer(made, published_at=NOON)
    return made


def _hidden(its, who):
    made = typed(its, who)
    made.visibility = Visibility.HIDDEN
    made.save()
    return made


@pytest.mark.parametrize("kind", [_own, _read, _withdrawn, _answered, _hidden])
def test_what_others_wrote_read_or_answered_stays_as_it_is(its, who, kind):
    made = kind(its, who)

    with pytest.raises(Refused):
        paper.retype(actor=who, submission=made, text=Text("Kita."), about=About(), at=NOON)


def test_only_moderators_put_slips_right(its, who):
    made = typed(its, who)
    editor = make.member(of=its.group, role=Role.EDITOR)

    with pytest.raises(Refused):
        paper.retype(actor=editor, submission=made, text=Text("Kita."), about=About(), at=NOON)


def test_today_lists_what_oneself_typed_in(its, who):
    mine = typed(its, who)
    typed(its, make.member(of=its.group, role=Role.MODERATOR), "Kito.")
    typed(its, who, "Vakar.", received_at=NOON - timedelta(days=2), at=NOON - timedelta(days=1))
    typed(its, who, "Skambutis.", channel=Channel.PHONE)

    assert queries.typed_today(its.group, who, NOON) == [mine]
    assert mine.visibility == Visibility.CHECKING


def test_what_the_author_erased_meanwhile_does_not_come_back(its, who):
    made = typed(its, who, "Reikia uolo.", author_name="R. M.")
    erasing.ask_own_erasure(submission=made, scope=ErasureScope.CONTACT, ground="", at=NOON)

    text, about = Text(body="Reikia suolo."), About(author_name="R. M.", email="r@post.example")
    assert paper.retype(actor=who, submission=made, text=text, about=about, at=NOON)

    made.refresh_from_db()
    assert (made.body, made.author_name, made.email) == ("Reikia suolo.", "", "")
