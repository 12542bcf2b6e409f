"""Colleagues' remarks as notes of the staff: kept, placed, followed, ticked off, forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.strategies import actions, remarks
from sutarta.apps.strategies.models import Import, StaffNote, VersionReason
from sutarta.apps.strategies.queries import noting
from tests import make, remarked
from tests.make import NOON

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
YEAR = timedelta(days=366)


@pytest.fixture
def strategy():
    return make.strategy(group=make.group(host="ours.test"))


@pytest.fixture
def editor(strategy):
    return make.member(of=strategy.group, role=Role.EDITOR)


def keep(import_, editor, *, keys=None, way=remarks.NOTE, at=NOON):
    chosen = {one.key: way for one in remarks.of(import_) if keys is None or one.key in keys}
    return actions.settle_remarks(actor=editor, import_=import_, chosen=chosen, at=at)


def draft(import_, editor, **facts):
    import_.refresh_from_db()
    import_.changes = import_.changes or "accept"
    import_.save()
    reason = facts.pop("reason", VersionReason.FIRST)
    return actions.make_draft(
        actor=editor, import_=import_, reason=reason, note="Nauja.", at=NOON, **facts
    )


def test_remarks_are_one_for_each_person_and_paragraph(strategy):
    found = remarks.of(remarked.import_(strategy, NOON))

    assert [(one.key, one.author, one.kinds) for one in found] == [
        ("t0", "R. M.", ("deletion", "insertion")),
        ("t1", "R. M.", ("insertion",)),
        ("t2", "S. T.", ("formatting",)),
        ("c0", "K. L.", ()),
    ]
    assert (found[0].before, found[0].after) == (remarked.HELP, remarked.BETTER)
    assert (found[3].text, found[3].quote) == (remarked.ASKED, "laisvų valandų")
    assert {one.at for one in found} == {NOON}


def test_remarks_keep_their_keys_when_the_changes_are_settled_otherwise(strategy):
    accepted = remarks.of(remarked.import_(strategy, NOON))
    rejected = remarks.of(remarked.import_(strategy, NOON, changes="reject"))

    assert [(one.key, one.before, one.after) for one in accepted] == [
        (one.key, one.before, one.after) for one in rejected
    ]


def test_answers_stand_under_the_comment_they_answer(strategy):
    import_ = remarked.import_(strategy, NOON, more=2)
    import_.remarks["comments"][1]["replies_to"] = 0
    import_.remarks["comments"][2]["replies_to"] = 1

    (talk,) = (one for one in remarks.of(import_) if one.is_comment)

    assert talk.text == f"{remarked.ASKED}\nK. L.: Pastaba 1.\nK. L.: Pastaba 2."


def test_comments_that_answer_one_another_in_a_ring_are_told_once(strategy):
    import_ = remarked.import_(strategy, NOON, more=1)
    import_.remarks["comments"][0]["replies_to"] = 1
    import_.remarks["comments"][1]["replies_to"] = 0

    assert len([one for one in remarks.of(import_) if one.is_comment]) == 1


def test_notes_are_kept_once_and_leave_no_trace_in_the_log(strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    acts = Entry.objects.count()

    kept = keep(import_, editor)
    again = keep(import_, editor)

    assert (len(kept), again) == (4, [])
    assert StaffNote.objects.get(key="c0").text == remarked.ASKED
    assert remarks.left(Import.objects.get(pk=import_.pk)) == []
    assert Entry.objects.count() == acts


def test_what_a_later_edition_of_the_file_repeats_is_no_second_note(strategy, editor):
    keep(remarked.import_(strategy, NOON), editor)
    later = remarked.import_(strategy, NOON, more=1)

    keep(later, editor)

    assert StaffNote.objects.filter(file=later).count() == 2
    assert StaffNote.objects.count() == 6
    assert remarks.left(Import.objects.get(pk=later.pk)) == []


def test_what_was_left_out_may_be_offered_again(strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    keep(import_, editor, keys={"t2"}, way=remarks.OUT)
    keep(import_, editor, keys={"c0"})

    actions.offer_again(actor=editor, import_=import_, at=NOON)

    left = remarks.left(Import.objects.get(pk=import_.pk))
    assert [one.key for one in left] == ["t0", "t1", "t2"]


@pytest.mark.parametrize("changes", ["accept", "reject"])
def test_notes_find_their_passages_when_the_file_becomes_a_draft(strategy, editor, changes):
    import_ = remarked.import_(strategy, NOON, changes=changes)
    keep(import_, editor)

    version = draft(import_, editor)

    words = {one.note.key: one.words for one in noting.placed(noting.of(strategy), version)}
    assert words == {
        "t0": remarked.BETTER if changes == "accept" else remarked.HELP,
        "c0": remarked.REST,
        "t1": remarked.NEW if changes == "accept" else remarked.REST,  # the one before it
        "t2": "Pabaiga.",
    }


def test_notes_kept_after_the_draft_was_made_find_theirs_too(strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    version = draft(import_, editor)

    keep(import_, editor)

    (help_note,) = (one for one in noting.beside(version, version.document.blocks[1].id))
    assert help_note.note.key == "t0"


def test_notes_go_with_their_passage_to_the_next_version(strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    keep(import_, editor)
    first = actions.publish_version(actor=editor, version=draft(import_, editor), at=NOON)
    changed = make.import_(
        "# Ko žmonėms trūksta", remarked.REST, f"{remarked.BETTER} Visada.", strategy=strategy
    )
    second = draft(changed, editor, reason=VersionReason.EDITING)

    found = {one.note.key: one.words for one in noting.placed(noting.of(strategy), second)}

    assert first.number == 1
    assert found["c0"] == remarked.REST
    assert found["t0"] == f"{remarked.BETTER} Visada."
    assert found["t2"] == ""  # gone


def test_a_removed_draft_leaves_its_notes_waiting_for_the_next(strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    keep(import_, editor)
    actions.discard_draft(actor=editor, version=draft(import_, editor), at=NOON)

    version = draft(import_, editor)

    assert {one.lineage != "" for one in noting.placed(noting.of(strategy), version)} == {True}


def test_a_note_is_ticked_off_and_taken_back(strategy, editor):
    (note, *_rest) = keep(remarked.import_(strategy, NOON), editor)
    other = make.member(of=strategy.group, role=Role.MODERATOR)

    actions.tick(actor=editor, note=note, done=True, at=NOON)
    actions.tick(actor=other, note=note, done=True, at=NOON + timedelta(hours=1))
    note.refresh_from_db()
    first = (note.done_by, note.done_at)
    actions.tick(actor=other, note=note, done=False, at=NOON)
    note.refresh_from_db()

    assert first == (editor, NOON)
    assert (note.done_by, note.done_at) == (None, None)


@pytest.mark.parametrize(
    ("role", "may_keep", "may_tick"),
    [
        (Role.COORDINATOR, True, True),
        (Role.EDITOR, True, True),
        (Role.MODERATOR, False, True),
        (Role.AUDITOR, False, False),
    ],
)
def test_who_keeps_notes_and_who_ticks_them_off(strategy, editor, role, may_keep, may_tick):
    import_ = remarked.import_(strategy, NOON)
    (note,) = keep(import_, editor, keys={"c0"})
    who = make.member(of=strategy.group, role=role)

    assert _does(lambda: keep(import_, who, keys={"t0"})) is may_keep
    assert _does(lambda: actions.tick(actor=who, note=note, done=True, at=NOON)) is may_tick


def _does(act):
    try:
        act()
    except Refused:
        return False
    return True


def test_a_closed_file_is_decided_on_no_more(strategy, editor):
    import_ = remarked.import_(strategy, NOON, closed_at=NOON)

    with pytest.raises(Refused):
        keep(import_, editor)


def test_notes_end_a_year_after_they_were_ticked_off_others_after_two(strategy, editor):
    done, _open, *_rest = keep(remarked.import_(strategy, NOON), editor)
    actions.tick(actor=editor, note=done, done=True, at=NOON)

    counts = [
        actions.forget_notes(NOON + timedelta(days=days)) for days in (364, 365, 729, 730, 731)
    ]

    assert counts == [0, 1, 0, 3, 0]


def test_what_was_read_of_colleagues_ends_a_year_after_the_preview(strategy):
    closed = remarked.import_(strategy, NOON, closed_at=NOON)
    waiting = remarked.import_(make.strategy(group=strategy.group), NOON)

    counts = [actions.forget_remarks(NOON + timedelta(days=days)) for days in (364, 365, 366)]

    closed.refresh_from_db()
    waiting.refresh_from_db()
    assert counts == [0, 1, 0]
    assert (closed.remarks, closed.findings) == ({}, [])
    assert remarks.of(waiting)


def sign_in(client, user):
    client.force_login(user, backend=BACKEND)
    return {"headers": {"host": "ours.test"}}


def test_the_preview_says_who_left_how_much(client, strategy, editor):
    remarked.import_(strategy, NOON, more=1)
    host = sign_in(client, editor)

    page = client.get(reverse("strategies:preview", args=[strategy.number]), **host)

    words = " ".join(page.content.decode().split())
    assert "Pakeistos 4 pastraipos:" in words and "2 komentarai:" in words
    assert "R. M." in words and "K. L." in words
    assert reverse("consultations:desk_remarks", args=[strategy.number]) in words


def test_the_list_and_the_tick_beside_the_passage(client, strategy, editor):
    import_ = remarked.import_(strategy, NOON)
    keep(import_, editor)
    version = draft(import_, editor)
    host = sign_in(client, editor)
    note = StaffNote.objects.get(key="t0")
    beside = reverse("strategies:edit", args=[strategy.number, note.lineage_id])
    notes = reverse("strategies:notes", args=[strategy.number])

    listed = client.get(notes, **host).content.decode()
    shown = client.get(beside, **host).content.decode()
    address = reverse("strategies:note", args=[strategy.number, note.pk])
    answer = client.post(address, {"do": "done", "back": beside}, **host)
    after = client.get(beside, **host).content.decode()
    done = client.get(f"{notes}?show=done", **host).content.decode()

    assert version.number == 1
    assert "kiekvieną dieną" in listed and "K. L." in listed
    assert address in shown and address not in after
    assert (answer.status_code, answer["Location"]) == (302, beside)
    assert address in done


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test", "/s/1/", ""])
def test_a_tick_leads_back_to_the_desk_alone(client, strategy, editor, back):
    (note, *_rest) = keep(remarked.import_(strategy, NOON), editor)
    host = sign_in(client, editor)
    address = reverse("strategies:note", args=[strategy.number, note.pk])

    answer = client.post(address, {"do": "done", "back": back}, **host)

    assert answer["Location"] == reverse("strategies:notes", args=[strategy.number])


@pytest.mark.parametrize("do", ["", "drop", "done\x00"])
def test_anything_but_a_tick_is_not_found(client, strategy, editor, do):
    (note, *_rest) = keep(remarked.import_(strategy, NOON), editor)
    host = sign_in(client, editor)

    answer = client.post(
        reverse("strategies:note", args=[strategy.number, note.pk]), {"do": do}, **host
    )

    assert answer.status_code == 404


@pytest.mark.parametrize("more", [1, 12])
def test_the_list_asks_the_same_number_of_questions(
    client, strategy, editor, more, django_assert_max_num_queries
):
    import_ = remarked.import_(strategy, NOON, more=more)
    keep(import_, editor)
    draft(import_, editor)
    host = sign_in(client, editor)
    client.get(reverse("strategies:notes", args=[strategy.number]), **host)

    with django_assert_max_num_queries(26):
        client.get(reverse("strategies:notes", args=[strategy.number]), **host)


def test_words_that_stand_in_neither_text_are_told_all_the_same(strategy):
    """C. D. strikes what A. B. has just written."""
    import_ = remarked.import_(strategy, NOON)
    first = import_.remarks["revisions"][0]
    twice = {
        **first,
        "kind": "deletion",
        "author": "C. D.",
        "text": "visai",
        "after": first["before"],
    }
    import_.remarks["revisions"].append(twice)

    (struck,) = (one for one in remarks.of(import_) if one.author == "C. D.")

    assert (struck.before == struck.after, struck.text) == (True, "visai")
