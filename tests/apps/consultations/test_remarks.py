"""Remarks of a working group as submissions: which, as what, received when; and the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from sutarta.apps.consultations.actions import remarks as actions
from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.models import Channel, Kind, Submission, Visibility
from sutarta.apps.consultations.queries import remarks as queries
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.strategies import remarks
from sutarta.apps.strategies.models import Import, StaffNote
from sutarta.apps.strategies.remarks import NOTE, OUT, SUBMISSION
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import dump, identify
from sutarta.formats import docx, reviewing
from tests import make, remarked
from tests.formats.docx.packages import paragraph, row, table, text, word_file
from tests.remarked import by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = make.now().replace(microsecond=0)
WRITTEN = NOW - timedelta(days=2)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def coordinator(group):
    return make.member(of=group)


@pytest.fixture
def version(group):
    return make.version(remarked.HELP, remarked.REST, "Pabaiga.", group=group)


@pytest.fixture
def consultation(version):
    return open_on(version)


def open_on(version, **facts):
    days = {"opens_at": NOW - timedelta(days=9), "last_day": (NOW + timedelta(days=9)).date()}
    return make.consultation(version=version, **{**days, **facts})


@pytest.fixture
def import_(version):
    return remarked.import_(version.strategy, WRITTEN)


def offered(import_, its, actor, at=NOW):
    found = queries.offers(import_, remarks.of(import_), its, actor, at)
    return {one.remark.key: one for one in found}


def settle(import_, actor, **chosen):
    return actions.settle(actor=actor, import_=import_, chosen=chosen, at=NOW)


def test_a_change_becomes_a_wording_a_comment_a_comment(
    import_, version, consultation, coordinator
):
    its = offered(import_, consultation, coordinator)
    _heading, help_, rest, _end = (block.id for block in version.document.blocks)

    assert (its["t0"].words.kind, its["t0"].words.lineage_id) == (Kind.WORDING, help_)
    assert its["t0"].words.proposed == remarked.BETTER
    assert (its["t1"].words.kind, its["t1"].words.lineage_id) == (Kind.COMMENT, rest)
    assert remarked.NEW in its["t1"].words.body
    assert its["t2"].why_not == "Only the look was changed."
    said = its["c0"].words
    assert (said.kind, said.lineage_id, said.body) == (Kind.COMMENT, rest, remarked.ASKED)
    assert said.quote == "laisvų valandų"
    assert said.quote_before.endswith("prašo kelių ")


def test_a_rejected_reading_offers_the_same(version, consultation, coordinator):
    accepted = offered(remarked.import_(version.strategy, WRITTEN), consultation, coordinator)
    rejected = offered(
        remarked.import_(version.strategy, WRITTEN, changes="reject"), consultation, coordinator
    )

    assert {key: one.words for key, one in accepted.items()} == {
        key: one.words for key, one in rejected.items()
    }


def test_what_the_version_does_not_say_is_not_proposed_for_it(group, coordinator):
    other = make.version("Visai kitas tekstas.", "Ir dar vienas.", group=group)
    import_ = remarked.import_(other.strategy, WRITTEN)

    its = offered(import_, open_on(other), coordinator)

    assert its["t0"].words is None
    assert its["c0"].words is None
    assert its["t0"].why_not.startswith("Its passage does not read like this")


def test_of_two_passages_that_read_the_same_neither_is_guessed(group, coordinator):
    twice = make.version(remarked.HELP, remarked.HELP, remarked.REST, group=group)
    import_ = remarked.import_(twice.strategy, WRITTEN)
    places = queries.Places.of(import_, open_on(twice))

    assert places.alike[remarked.HELP] == ""


def test_it_is_entered_like_any_that_came_another_way(import_, consultation, coordinator):
    done = settle(import_, coordinator, t0=SUBMISSION, c0=SUBMISSION, t1=NOTE, t2=OUT)

    first, second = Submission.objects.order_by("number")
    assert (done.notes, done.out, list(done.submissions)) == (1, 1, [first, second])
    assert (first.channel, first.kind, first.proposed) == (
        Channel.WORKGROUP,
        Kind.WORDING,
        remarked.BETTER,
    )
    assert (first.received_at, first.recorded_at, first.is_late) == (WRITTEN, NOW, False)
    assert (first.author_name, first.show_name, first.shown_author) == ("R. M.", False, "")
    assert (first.entered_by, first.visibility) == (coordinator, Visibility.CHECKING)
    acts = Entry.objects.filter(group=import_.group, event="submission.received")
    assert acts.count() == 2
    assert StaffNote.objects.get().key == "t1"
    assert Import.objects.get(pk=import_.pk).settled == {
        "t0": {"as": SUBMISSION, "number": first.number},
        "c0": {"as": SUBMISSION, "number": second.number},
        "t1": {"as": NOTE},
        "t2": {"as": OUT},
    }


def test_a_later_edition_of_the_file_enters_nothing_twice(version, consultation, coordinator):
    settle(remarked.import_(version.strategy, WRITTEN), coordinator, t0=SUBMISSION)
    later = remarked.import_(version.strategy, WRITTEN)

    done = settle(later, coordinator, t0=SUBMISSION)

    assert [one.number for one in done.submissions] == [Submission.objects.get().number]


def test_what_is_decided_stays_decided(import_, consultation, coordinator):
    settle(import_, coordinator, c0=OUT)

    done = settle(import_, coordinator, c0=SUBMISSION, no_such=NOTE)

    assert (done.notes, done.out, list(done.submissions)) == (0, 0, [])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (NOW - timedelta(days=30), "Earlier than that nothing can have come."),
        (NOW + timedelta(days=1), "This time is still ahead."),
    ],
)
def test_only_what_was_written_since_the_opening_is_received(
    version, consultation, coordinator, written, reason
):
    import_ = remarked.import_(version.strategy, written)

    assert reason in offered(import_, consultation, coordinator)["c0"].why_not
    with pytest.raises(Refused):
        settle(import_, coordinator, t1=NOTE, c0=SUBMISSION)
    assert (Submission.objects.count(), StaffNote.objects.count()) == (0, 0)


def test_without_a_date_it_is_a_note_only(import_, consultation, coordinator):
    import_.remarks["comments"][0]["date"] = ""

    assert offered(import_, consultation, coordinator)["c0"].why_not == (
        "The file does not say when it was written."
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"announced_at": None},
        {"opens_at": NOW + timedelta(days=1), "last_day": (NOW + timedelta(days=9)).date()},
        {"last_day": (NOW - timedelta(days=2)).date()},
        {"answered_at": NOW},
    ],
    ids=["not announced", "not open yet", "closed", "answered"],
)
def test_without_an_open_consultation_there_are_notes_only(version, import_, coordinator, facts):
    open_on(version, **facts)
    its = queries.open_on(version.strategy, NOW)

    assert its is None
    assert {one.words for one in offered(import_, its, coordinator).values()} == {None}


@pytest.mark.parametrize(
    ("role", "kept", "entered"),
    [
        (Role.COORDINATOR, True, True),
        (Role.EDITOR, True, False),
        (Role.MODERATOR, False, False),
        (Role.AUDITOR, False, False),
    ],
)
def test_who_keeps_and_who_enters(import_, consultation, group, role, kept, entered):
    who = make.member(of=group, role=role)

    assert _does(lambda: settle(import_, who, c0=NOTE)) is kept
    assert _does(lambda: settle(import_, who, t0=SUBMISSION)) is entered


def _does(act):
    try:
        act()
    except Refused:
        return False
    return True


@pytest.fixture
def desk(client, coordinator, import_):
    client.force_login(coordinator, backend=BACKEND)
    client.defaults["HTTP_HOST"] = "ours.test"
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.cookies["django_language"] = "en"
    return client


def address(import_, **more):
    found = reverse("consultations:desk_remarks", args=[import_.strategy.number])
    return found + "".join(f"?{name}={value}" for name, value in more.items())


def test_one_press_keeps_everything_as_notes(desk, import_):
    page = desk.get(address(import_)).content.decode()
    answer = desk.post(address(import_), {"every": NOTE, "t2": OUT})

    assert SUBMISSION not in _values(page)
    assert answer.status_code == 302
    assert set(StaffNote.objects.values_list("key", flat=True)) == {"t0", "t1", "c0"}


def _values(page):
    return {piece.partition('"')[0] for piece in page.split('value="')[1:]}


def test_all_as_submissions_keeps_the_rest_as_notes(desk, import_, consultation):
    desk.post(address(import_), {"every": SUBMISSION})

    assert Submission.objects.count() == 3
    assert list(StaffNote.objects.values_list("key", flat=True)) == ["t2"]


def test_single_ones_go_another_way(desk, import_, consultation):
    desk.post(address(import_), {"every": OUT, "t0": SUBMISSION, "c0": NOTE})

    assert Submission.objects.get().proposed == remarked.BETTER
    assert StaffNote.objects.get().key == "c0"


@pytest.mark.parametrize(
    "sent",
    [
        {"t0": NOTE},
        {"every": "drop"},
        {"every": NOTE, "t2": SUBMISSION},
        {"every": NOTE, "c0": "\x00"},
        {"every": NOTE, "c0": "x" * 5000},
    ],
    ids=["nothing for all", "no such way", "a look", "nul", "long"],
)
def test_a_bad_choice_comes_back_with_the_others(desk, import_, consultation, sent):
    answer = desk.post(address(import_), {"c0": NOTE, "t1": OUT, **sent})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in words
    assert '<option value="out" selected' in words
    assert (StaffNote.objects.count(), Submission.objects.count()) == (0, 0)


def test_what_was_closed_meanwhile_comes_back_and_nothing_is_done(desk, import_, version):
    its = open_on(version)
    page = desk.get(address(import_))
    its.answered_at = NOW
    its.save()

    answer = desk.post(address(import_), {"every": SUBMISSION, "c0": NOTE})

    assert page.status_code == 200
    assert answer.status_code == 422
    assert StaffNote.objects.count() == 0


def test_what_was_left_out_is_offered_again(desk, import_):
    desk.post(address(import_), {"every": OUT})
    empty = desk.get(address(import_)).content.decode()
    again = reverse("consultations:desk_remarks_again", args=[import_.strategy.number])
    desk.post(again)

    assert again in empty
    assert len(remarks.left(Import.objects.get(pk=import_.pk))) == 4


def test_three_hundred_are_paged_and_decided_at_once(desk, version):
    import_ = remarked.import_(version.strategy, WRITTEN, more=150)

    first = desk.get(address(import_)).content.decode()
    last = desk.get(address(import_, page=6)).content.decode()
    desk.post(address(import_, page=2), {"every": NOTE, "rest": "on"})

    assert first.count("<article") == 60
    assert last.count("<article") == 4
    assert len(first) < 400_000
    assert StaffNote.objects.count() == 303
    assert Import.objects.get(pk=import_.pk).settled["t2"] == {"as": OUT}  # a look


def test_only_the_page_is_decided_on_unless_said_so(desk, version):
    import_ = remarked.import_(version.strategy, WRITTEN, more=50)

    desk.post(address(import_), {"every": NOTE})

    assert StaffNote.objects.count() == 60


@pytest.mark.parametrize("more", [0, 40])
def test_the_page_asks_the_same_number_of_questions(desk, version, consultation, more):
    import_ = remarked.import_(version.strategy, WRITTEN, more=more)
    desk.get(address(import_))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.get(address(import_))

    assert len(asked) <= 40, len(asked)


def test_an_auditor_reads_and_is_offered_nothing(client, import_, group):
    client.force_login(make.member(of=group, role=Role.AUDITOR), backend=BACKEND)
    host = {"headers": {"host": "ours.test"}}

    page = client.get(address(import_), **host)
    sent = client.post(address(import_), {"every": NOTE}, **host)

    assert page.status_code == 200
    assert 'name="every"' not in page.content.decode()
    assert sent.status_code == 403


def test_the_register_tells_the_channel_and_no_name(desk, client, import_, consultation):
    desk.post(address(import_), {"every": OUT, "c0": SUBMISSION})
    number = Submission.objects.get().number
    client.logout()

    page = client.get(reverse("consultations:submission", args=[number])).content.decode()

    assert "K. L." not in page
    assert "Working group" in page or "Darbo grupė" in page


def in_table(*cells, properties=""):
    made = row(*(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells), properties=properties)
    return paragraph("Priemonės.") + table(row("Kas", "Kiek"), row("Takai", "12 km"), made)


def test_changes_in_a_table_are_proposed_for_its_rows(group, coordinator):
    there = identify(
        docx.read(word_file(in_table("Suolai prie tako", "40 vnt."))).document, seed="x"
    )
    version = make.version(document=there, group=group)
    import_ = remarked.import_(version.strategy, WRITTEN)
    more = by("A. B.", WRITTEN, text(" ir upės"))
    changed = docx.read(word_file(in_table(text("Suolai prie tako") + more, text("40 vnt."))))
    take(import_, changed)

    (said,) = (one.words for one in offered(import_, open_on(version), coordinator).values())

    assert (said.kind, said.lineage_id) == (Kind.WORDING, there.blocks[-1].id)
    assert said.proposed == "Suolai prie tako ir upės\t40 vnt."


@pytest.mark.parametrize(("kind", "says"), [("del", "Delete this."), ("ins", "Add this after it:")])
def test_a_row_struck_or_written_is_told_beside_a_row(group, coordinator, kind, says):
    words = ("Suolai prie tako", "40 vnt.")
    with_row = docx.read(word_file(in_table(*words))).document
    without = docx.read(
        word_file(paragraph("Priemonės.") + table(row("Kas", "Kiek"), row("Takai", "12 km")))
    ).document
    there = identify(with_row if kind == "del" else without, seed="x")
    version = make.version(document=there, group=group)
    import_ = remarked.import_(version.strategy, WRITTEN)
    mark = f'<w:{kind} w:id="1" w:author="A. B." w:date="{remarked.wall(WRITTEN)}"/>'
    take(import_, docx.read(word_file(in_table(*words, properties=mark))))
    its = open_on(version)

    (said,) = (one.words for one in offered(import_, its, coordinator).values())

    assert (said.kind, said.lineage_id) == (Kind.COMMENT, there.blocks[-1].id)
    assert said.body.startswith(_lt(says))


def _lt(sentence):
    with translation.override("lt"):
        return gettext(sentence)


def take(import_, reading):
    import_.read = canonical_bytes(dump(reading.document))
    import_.remarks = reviewing.dump(reading.revisions, reading.comments)
    import_.__dict__.pop("document", None)
    import_.save()


def test_what_is_too_long_for_a_submission_is_a_note(import_, consultation, coordinator):
    import_.remarks["comments"][0]["text"] = "ž" * (speaking.LONGEST + 1)

    assert queries.LONGEST == speaking.LONGEST
    assert offered(import_, consultation, coordinator)["c0"].why_not == (
        "It is too long for a submission."
    )


def test_both_ends_of_a_move_say_what_they_are(desk, version, consultation, coordinator):
    import_ = remarked.import_(version.strategy, WRITTEN)
    away = paragraph(by("A. B.", WRITTEN, text(remarked.HELP), "moveFrom"))
    here = paragraph(by("A. B.", WRITTEN, text(remarked.HELP), "moveTo"))
    heading = paragraph("Ko žmonėms trūksta")
    changed = docx.read(word_file(heading + away + paragraph(remarked.REST) + here))
    take(import_, changed)
    _heading, help_, rest, _end = (block.id for block in version.document.blocks)

    said = [one.words for one in offered(import_, consultation, coordinator).values()]
    page = desk.get(address(import_)).content.decode()

    assert [(one.kind, one.lineage_id) for one in said] == [
        (Kind.COMMENT, help_),
        (Kind.COMMENT, rest),
    ]
    assert said[0].body == _lt("Move this elsewhere.")
    assert said[1].body == f"{_lt('Move this here, after it:')}\n\n{remarked.HELP}"
    assert page.count("<article") == 2
