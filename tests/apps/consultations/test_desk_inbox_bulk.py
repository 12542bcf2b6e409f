"""Many at once: what is done, what is left and why, and what undoing it brings back."""

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import bulk, moderating
from sutarta.apps.consultations.models import Deed, Kind, Moderation, Submission, Visibility
from sutarta.apps.consultations.queries import inbox
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def consultation(group):
    return make.consultation(group=group)


@pytest.fixture
def moderator(group):
    return make.member(of=group, role=Role.MODERATOR)


@pytest.fixture
def three(consultation):
    return [make.submission(consultation=consultation) for _ in range(3)]


def do(actor, submissions, kind, **facts):
    seen = {one.number: one.digest[: inbox.SEEN] for one in submissions}
    wish = bulk.Wish(kind, seen=facts.pop("seen", seen), **facts)
    rows = list(inbox.submissions(actor.memberships.get().group).order_by("number"))
    chosen = [one for one in rows if one.number in {its.number for its in submissions}]
    group = actor.memberships.get().group
    return bulk.do(actor=actor, group=group, submissions=chosen, wish=wish, at=NOON)


def seen_by_public():
    return list(Submission.objects.order_by("number").values_list("visibility", flat=True))


STATES = {
    "publish": ["PUBLIC"] * 3,
    "set_aside": ["SET_ASIDE"] * 3,
}


@pytest.mark.parametrize("kind", STATES)
def test_what_the_public_sees_is_decided_for_all_and_undone_for_all(moderator, three, kind):
    done = do(moderator, three, kind, reason="Reklama.")

    assert (len(done.changed), done.left) == (3, [])
    assert seen_by_public() == STATES[kind]
    undone = bulk.undo(actor=moderator, deed=done.deed, at=NOON)
    assert (len(undone.changed), undone.left) == (3, [])
    assert seen_by_public() == ["CHECKING"] * 3
    assert Moderation.objects.count() == 6  # undoing is an act of its own


def test_taking_back_is_undone_with_the_reason_of_before(moderator, three):
    do(moderator, three, "set_aside", reason="Reklama.")

    done = do(moderator, three, "take_back")

    assert seen_by_public() == ["CHECKING"] * 3
    bulk.undo(actor=moderator, deed=done.deed, at=NOON)
    assert seen_by_public() == ["SET_ASIDE"] * 3
    assert {row.reason for row in Moderation.objects.filter(visibility="SET_ASIDE")} == {"Reklama."}


def test_tags_and_work_go_back_to_what_they_were(moderator, group, three):
    colleague = make.member(of=group, role=Role.EDITOR)
    do(moderator, three[:1], "tag", tag="Keliai")
    do(moderator, three[:1], "assign", to=colleague)

    tagged = do(moderator, three, "tag", tag="keliai")
    given = do(moderator, three, "assign", to=moderator)
    for done in (tagged, given):
        bulk.undo(actor=moderator, deed=done.deed, at=NOON)

    assert tagged.changed == [2, 3]
    assert [one.taggings.count() for one in three] == [1, 0, 0]
    found = Submission.objects.order_by("number").values_list("assigned_to", flat=True)
    assert list(found) == [colleague.pk, None, None]


def test_a_bundle_is_taken_apart_into_the_bundles_of_before(moderator, three):
    do(moderator, three[:2], "bundle")
    before = dict(Submission.objects.values_list("number", "bundle"))

    done = do(moderator, three[1:], "bundle")
    bulk.undo(actor=moderator, deed=done.deed, at=NOON)

    assert done.changed == [3]
    assert dict(Submission.objects.values_list("number", "bundle")) == before


def test_what_was_changed_meanwhile_stays_and_is_named(moderator, three):
    done = do(moderator, three, "publish")
    second = Submission.objects.get(number=2)
    moderating.moderate(
        actor=moderator, submission=second, visibility="HIDDEN", reason="Vardas.",
        seen=second.digest, at=NOON,
    )  # fmt: skip

    undone = bulk.undo(actor=moderator, deed=done.deed, at=NOON)

    why = "Somebody has changed it since, so it stays as it is now."
    assert (undone.changed, undone.left) == ([1, 3], [(2, why)])
    assert seen_by_public() == ["CHECKING", "HIDDEN", "CHECKING"]


def test_undone_twice_or_by_somebody_else_is_refused(moderator, group, three):
    done = do(moderator, three, "publish")
    with pytest.raises(Refused, match="Only the person who did it"):
        bulk.undo(actor=make.member(of=group), deed=done.deed, at=NOON)
    bulk.undo(actor=moderator, deed=done.deed, at=NOON)

    with pytest.raises(Refused, match="undone already"):
        bulk.undo(actor=moderator, deed=done.deed, at=NOON)


def test_only_what_was_seen_as_it_is_now_is_published(moderator, three):
    seen = {1: three[0].digest[: inbox.SEEN], 2: "0" * inbox.SEEN}

    done = do(moderator, three, "publish", seen=seen)

    assert done.changed == [1]
    assert done.left == [
        (2, "The author has corrected the text meanwhile. Read it again."),
        (3, "Only what stands on the page before you is published together."),
    ]


def test_what_may_point_to_somebody_is_left_to_be_looked_at(moderator, consultation, three):
    words = "Mano mama, 84 metų, serga demencija ir gyvena viena Liepų gatvėje."
    telling = make.submission(consultation=consultation, body=words)

    done = do(moderator, [*three, telling], "publish")

    assert (done.changed, [number for number, _why in done.left]) == ([1, 2, 3], [4])


@pytest.mark.parametrize(
    ("kind", "facts", "why"),
    [
        ("", {}, "Choose what to do."),
        ("erase", {}, "Choose what to do."),
        ("set_aside", {"reason": " "}, "Write the reason."),
        ("tag", {"tag": ""}, "Write the tag."),
        ("untag", {"tag": ""}, "Write the tag."),
        ("take_back", {}, "Only what is published or set aside"),
    ],
)
def test_without_sense_nothing_is_done(moderator, three, kind, facts, why):
    with pytest.raises(Refused, match=why):
        do(moderator, three, kind, **facts)

    assert not Deed.objects.exists()


def test_an_editor_sorts_and_decides_nothing(group, three):
    editor = make.member(of=group, role=Role.EDITOR)

    assert do(editor, three, "tag", tag="Keliai").changed == [1, 2, 3]
    for kind in ("publish", "set_aside", "take_back", "bundle"):
        with pytest.raises(Refused, match="does not include this step"):
            do(editor, three, kind, reason="Reklama.")
    assert seen_by_public() == ["CHECKING"] * 3


def test_nobody_is_written_to_whose_address_is_not_known(moderator, consultation):
    spam = [make.submission(consultation=consultation, email="a@post.lt") for _ in range(2)]
    Letter.objects.all().delete()

    do(moderator, spam, "set_aside", reason="Reklama.")

    assert not Letter.objects.exists()


# the page

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def desk(client, group):
    def sign_in(role=Role.COORDINATOR):
        who = make.member(of=group, role=role)
        client.force_login(who, BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client, who

    return sign_in


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


def ticks(*submissions):
    return [f"{one.number}:{one.digest[: inbox.SEEN]}" for one in submissions]


def test_ticked_ones_are_tagged_told_and_undone(desk, three):
    client, _who = desk()

    answer = client.post(
        url("desk_bulk"), {"do": "tag", "tag": "Keliai", "ticked": ticks(*three[:2])}, follow=True
    )

    page = answer.content.decode()
    assert "Tag put on: 2." in page
    assert "show=tag%3AKeliai" in page
    deed = Deed.objects.get()
    answer = client.post(url("desk_undo", deed.pk), follow=True)
    assert "Undone: 2." in answer.content.decode()
    assert "Tag put on" not in answer.content.decode()


def test_enter_in_the_field_of_a_tag_does_nothing_but_tag(desk, three):
    client, _who = desk()

    client.post(url("desk_bulk"), {"do": "", "tag": "Keliai", "ticked": ticks(three[0])})

    assert [one.taggings.count() for one in three] == [1, 0, 0]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"do": "set_aside", "reason": ""}, "Write the reason."),
        ({"do": "tag", "tag": "x" * 41}, "at most 40 characters"),
        ({"do": "nonsense", "reason": "Reklama."}, "Choose what to do."),
        ({"do": "assign", "to": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
        ({"do": "take_back"}, "Only what is published or set aside"),
    ],
)
def test_after_bad_input_ticks_and_words_are_still_there(desk, three, typed, why):
    client, _who = desk()

    answer = client.post(url("desk_bulk"), {"ticked": ticks(three[1]), **typed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert why in page
    assert page.count("checked") == 2  # the ticked one, and that keys are used
    assert typed.get("reason", "") in page


@pytest.mark.parametrize("ticked", [[], ["x"], ["1"], ["999999999999:ab"], ["77:ab"], ["²:ab"]])
def test_nonsense_ticks_are_no_ticks(desk, three, ticked):
    client, _who = desk()

    answer = client.post(url("desk_bulk"), {"do": "publish", "ticked": ticked})

    assert answer.status_code == 422
    assert "Tick at least one submission." in answer.content.decode()


def test_everything_found_is_set_aside_also_on_other_pages(desk, consultation, monkeypatch):
    monkeypatch.setattr("sutarta.apps.consultations.views.desk.listing.PAGE", 2)
    for body in ("Pirkite padangas.", "Geros padangos.", "Reikia autobuso."):
        make.submission(consultation=consultation, body=body)
    client, _who = desk()

    address = f"{url('desk_bulk')}?show=all&words=padang"
    client.post(address, {"do": "set_aside", "reason": "Reklama.", "everything": "on"})

    assert seen_by_public() == ["SET_ASIDE", "SET_ASIDE", "CHECKING"]


def test_an_auditor_has_nothing_to_tick(desk, three):
    client, _who = desk(Role.AUDITOR)

    page = client.get(url("desk") + "?show=all").content.decode()

    assert "With the ticked ones" not in page
    assert 'name="ticked"' not in page
    assert client.post(url("desk_bulk"), {"do": "publish"}).status_code == 403


def test_the_tabs_hold_what_they_say(desk, group, consultation, three):
    client, who = desk()
    mine, _rest = three[0], three[1:]
    Submission.objects.filter(pk=mine.pk).update(assigned_to=who, visibility=Visibility.REDACTED)
    question = make.submission(consultation=consultation, kind=Kind.QUESTION, body="Kada?")

    def numbers(show):
        answer = client.get(url("desk"), {"show": show})
        return [row.submission.number for row in answer.context["rows"]]

    assert numbers("mine") == [mine.number]
    assert numbers("sensitive") == [mine.number]
    assert numbers("questions") == [question.number]
    assert numbers("nobody") == [4, 3, 2]
    assert numbers("all") == [4, 3, 2, 1]
    oldest = client.get(url("desk"), {"show": "all", "sort": "old"}).context["rows"]
    assert [row.submission.number for row in oldest] == [1, 2, 3, 4]


def test_nothing_to_moderate_the_list_begins_with_what_is_to_be_answered(desk, three):
    Submission.objects.update(visibility=Visibility.PUBLIC)
    client, _who = desk()

    answer = client.get(url("desk"))

    assert answer.context["show"] == "answer"
