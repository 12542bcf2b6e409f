"""Covering, warnings, sealed originals: what is opened, by whom, and what never leaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.actions import moderating, opening, speaking
from sutarta.apps.consultations.models import Kind, Moderation, Opening, Visibility
from sutarta.apps.consultations.queries import inbox, sealed
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.consultations.templatetags.consultations import covered
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.core.text import search_text
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SECRET = "Gegutienė"
TELLING = f"Kaimynė {SECRET} serga, jai 44-eri, gyvena viena."
SEALED = [Visibility.REDACTED, Visibility.HIDDEN, Visibility.SET_ASIDE]
LATER = NOON + timedelta(hours=1)


def decide(submission, visibility, actor=None, at=NOON, **facts):
    facts = {"reason": "Kito žmogaus duomenys.", "seen": submission.digest, **facts}
    if visibility == Visibility.REDACTED:
        facts.setdefault("public", Text(f"Kaimynė {covering.mark('vardas')} prašo pagalbos."))
    row = moderating.moderate(
        actor=actor or make.member(of=submission.group, role=Role.MODERATOR),
        submission=submission,
        visibility=visibility,
        at=at,
        **facts,
    )
    submission.refresh_from_db()
    return row


# --- the warning


def test_what_points_to_somebody_is_not_published_without_a_second_look():
    submission = make.submission(body=TELLING)

    with pytest.raises(moderating.PointsToSomebody):
        decide(submission, Visibility.PUBLIC)

    assert not Moderation.objects.exists()


def test_a_covered_text_that_still_points_to_somebody_warns_too():
    submission = make.submission(body=TELLING)

    with pytest.raises(moderating.PointsToSomebody):
        decide(submission, Visibility.REDACTED, public=Text("Ji serga, jai 44-eri."))


def test_the_reason_for_publishing_it_anyway_is_kept_and_not_told():
    submission = make.submission(body=TELLING, email="a@post.example")

    row = decide(submission, Visibility.PUBLIC, despite="Rašo apie save ir to nori.")

    assert row.despite == "Rašo apie save ir to nori."
    assert submission.public_body == TELLING


def test_nobody_is_asked_twice_about_what_is_hidden():
    submission = make.submission(body=TELLING)

    assert decide(submission, Visibility.HIDDEN).visibility == Visibility.HIDDEN


def test_what_the_passage_says_itself_is_no_hint():
    version = make.version("Liepų g. 7 veikia centras sergantiems; mano dukra ten.")
    its = make.consultation(version=version)
    submission = make.submission(
        consultation=its,
        kind=Kind.WORDING,
        body="",
        proposed="Liepų g. 7 veikia naujas centras, mano dukra ten.",
    )

    assert decide(submission, Visibility.PUBLIC).visibility == Visibility.PUBLIC


# --- sealed originals


@pytest.mark.parametrize("visibility", SEALED)
def test_lists_and_titles_do_not_say_what_is_sealed(visibility):
    submission = make.submission(body=TELLING)
    decide(submission, visibility)

    shown = sealed.words_for_desk(submission)

    assert SECRET not in " ".join((shown.body, shown.proposed, shown.why))
    assert SECRET not in sealed.title(submission)
    assert sealed.title(submission)


@pytest.mark.parametrize("visibility", [Visibility.CHECKING, Visibility.PUBLIC])
def test_what_is_checked_or_public_is_read_freely(visibility):
    submission = make.submission(body=TELLING, visibility=visibility)

    assert sealed.words_for_desk(submission).body == TELLING


def test_marks_are_not_found_and_say_what_they_cover():
    submission = make.submission(body=TELLING)
    decide(submission, Visibility.REDACTED)

    assert "vard" not in submission.keys.split()
    assert "uzdengta" not in submission.keys
    assert covered(submission.public_body) == (
        'Kaimynė <span class="removed">name</span> prašo pagalbos.'
    )
    assert covered(f"<b>{covering.mark()}") == '&lt;b&gt;<span class="removed">covered</span>'


WHO = [Role.COORDINATOR, Role.EDITOR, Role.MODERATOR, Role.AUDITOR]
NOT_THEIRS = "Your role in this group does not include this step."
NOT_SEALED = "This text is not sealed: the page shows it."


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_may_open_what(role, visibility):
    submission = make.submission(visibility=visibility)
    who = make.member(of=submission.group, role=role)

    reason = str(rules.may_open(who, submission, NOON).reason)

    if role == Role.EDITOR:
        assert reason == NOT_THEIRS
    else:
        assert reason == ("" if visibility in SEALED else NOT_SEALED)


def test_an_opening_is_kept_with_its_reason_and_logged_with_its_number_alone():
    submission = make.submission(body=TELLING)
    decide(submission, Visibility.HIDDEN)
    who = make.member(of=submission.group, role=Role.AUDITOR)

    opening.open_original(actor=who, submission=submission, reason="Tikrinu skundą.", at=LATER)

    row = Opening.objects.get()
    assert (row.actor, row.reason, row.at) == (who, "Tikrinu skundą.", LATER)
    entry = ledger.acts(submission.group, "original.opened").get()
    assert ledger.facts(entry) == {"number": submission.number}


def test_an_opening_needs_a_reason():
    submission = make.submission(visibility=Visibility.HIDDEN)
    who = make.member(of=submission.group)

    with pytest.raises(Refused, match="Write why you open it"):
        opening.open_original(actor=who, submission=submission, reason=" ", at=NOON)

    assert not Opening.objects.exists()


def test_what_is_sealed_is_published_only_by_whoever_has_opened_it():
    submission = make.submission(body="Mintis.")
    decide(submission, Visibility.HIDDEN)
    who = make.member(of=submission.group)
    with pytest.raises(Refused, match="Open the original"):
        decide(submission, Visibility.PUBLIC, actor=who, at=LATER)
    opening.open_original(actor=who, submission=submission, reason="Peržiūra.", at=LATER)

    decide(submission, Visibility.PUBLIC, actor=who, at=LATER)

    assert submission.public_body == "Mintis."


# --- taking back


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "CHECKING"), ("PUBLIC", "PUBLIC"), ("HIDDEN", "HIDDEN"), ("REDACTED", "CHECKING")],
)
def test_what_was_set_aside_is_again_what_it_was_where_that_can_be_had(before, after):
    submission = make.submission(body="Mintis apie kaimynę.")
    if before:
        decide(submission, before)
    decide(submission, Visibility.SET_ASIDE, at=LATER)
    who = make.member(of=submission.group)

    moderating.take_back(actor=who, submission=submission, at=LATER)

    submission.refresh_from_db()
    assert submission.visibility == after
    assert submission.public_body == ("Mintis apie kaimynę." if after == "PUBLIC" else "")
    assert Moderation.objects.order_by("id").last().visibility == after


def test_what_was_corrected_since_is_read_anew():
    submission = make.submission(body="Pirma.")
    decide(submission, Visibility.PUBLIC)
    speaking.correct(submission=submission, text=Text("Antra."), at=NOON + timedelta(minutes=5))
    submission.refresh_from_db()
    decide(submission, Visibility.SET_ASIDE, at=LATER)

    moderating.take_back(actor=make.member(of=submission.group), submission=submission, at=LATER)

    submission.refresh_from_db()
    assert (submission.visibility, submission.public_body) == ("CHECKING", "")


@pytest.mark.parametrize("visibility", ["CHECKING", "REDACTED", "HIDDEN"])
def test_only_what_is_published_or_set_aside_is_taken_back(visibility):
    submission = make.submission(visibility=visibility)

    with pytest.raises(Refused, match="Only what is published or set aside"):
        moderating.take_back(actor=make.member(of=submission.group), submission=submission, at=NOON)


def test_spam_set_aside_never_holds_the_gate_up():
    from sutarta.apps.consultations.queries import gates

    submission = make.submission(body="Pirkite.")
    assert gates.before_publishing(submission.consultation).proposals == 1

    decide(submission, Visibility.SET_ASIDE)

    assert gates.before_publishing(submission.consultation).proposals == 0


def test_public_holidays_give_the_check_more_time():
    """Friday the 30th of October: the 2nd of November is a holiday, so until Wednesday."""
    from datetime import UTC, datetime

    wednesday = datetime(2026, 11, 4, 12, tzinfo=UTC)

    limit = inbox.overdue_before(wednesday, "Europe/Vilnius")
    elsewhere = inbox.overdue_before(wednesday, "Europe/Warsaw")

    assert limit.date().isoformat() == "2026-10-29"  # midnight in Vilnius before the 30th
    assert limit < elsewhere


# --- pages


@pytest.fixture
def desk(client):
    """A client signed in at the desk of a group in which one telling text was received."""
    group = make.group(host="ours.test")
    its = make.consultation(group=group)
    submission = make.submission(consultation=its, body=TELLING)
    client.defaults["HTTP_HOST"] = "ours.test"
    client.cookies["sutarta_language"] = "en"

    def sign_in(role=Role.MODERATOR):
        client.force_login(
            make.member(of=group, role=role), "allauth.account.auth_backends.AuthenticationBackend"
        )
        return client, submission

    return sign_in


def url(name, submission):
    return reverse(f"consultations:{name}", args=[submission.number])


def facts(submission, **said):
    return {"seen": submission.digest, "visibility": "PUBLIC", "public_body": TELLING, **said}


def test_the_form_warns_once_and_keeps_what_was_typed(desk):
    client, submission = desk()

    answer = client.post(url("desk_moderate", submission), facts(submission, reason="Tinka."))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "may still point to one person" in page
    assert "Publish it anyway" in page
    assert "Tinka." in page
    assert "44-eri – age or year of birth" in page


BAD = [
    ({"visibility": ""}, "Choose what the public sees."),
    ({"visibility": "CHECKING"}, "CHECKING"),
    ({"anyway": "on"}, "Write why it may be published."),
    ({"anyway": "on", "despite": "x" * 301}, "300"),
    ({"visibility": "HIDDEN"}, "Write the reason"),
    ({"visibility": "REDACTED"}, "Write the reason"),
    ({"visibility": "REDACTED", "reason": "Vardas."}, "Nothing is covered yet"),
    ({"visibility": "REDACTED", "reason": "a" * 20_001}, "At most"),
    ({"seen": "0" * 64}, "corrected the text meanwhile"),
]


@pytest.mark.parametrize(("said", "told"), BAD)
def test_bad_input_is_told_and_what_was_typed_is_still_there(desk, said, told):
    client, submission = desk()

    answer = client.post(url("desk_moderate", submission), facts(submission, **said))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert told in page
    assert f"Kaimynė {SECRET} serga" in page
    assert not Moderation.objects.exists()


def test_ticked_words_are_covered_without_a_script(desk):
    client, submission = desk()

    answer = client.post(
        url("desk_moderate", submission),
        facts(
            submission, do="cover", cover=[f"Kaimynė {SECRET}", "serga", "44-eri", "gyvena viena"]
        ),
    )
    page = answer.content.decode()

    assert answer.status_code == 200
    box = page.split('id="moderation_public_body"')[1].split(">", 1)[1].split("<")[0].strip()
    assert box == (
        "„[uždengta: vardas]“ „[uždengta: sveikatos duomenys]“, "
        "jai „[uždengta: kita]“, „[uždengta: kita]“."
    )
    assert not Moderation.objects.exists()


def test_the_page_seals_opens_once_and_tells_who_did(desk):
    client, submission = desk()
    decide(submission, Visibility.REDACTED)
    page = client.get(url("desk_submission", submission)).content.decode()
    assert SECRET not in page

    opened = client.post(url("desk_open", submission), {"why": "Skundas dėl uždengimo."})
    again = client.get(url("desk_submission", submission)).content.decode()

    assert SECRET in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    assert SECRET not in again
    assert "Skundas dėl uždengimo." in again


def test_opening_without_a_reason_shows_nothing(desk):
    client, submission = desk()
    decide(submission, Visibility.HIDDEN)

    answer = client.post(url("desk_open", submission), {"why": " "})

    assert answer.status_code == 422
    assert SECRET not in answer.content.decode()
    assert "Write why you open it." in answer.content.decode()


def test_former_words_are_sealed_with_the_text(desk):
    client, submission = desk()
    speaking.correct(submission=submission, text=Text("Kitaip."), at=NOON)
    submission.refresh_from_db()
    decide(submission, Visibility.HIDDEN)

    assert SECRET not in client.get(url("desk_submission", submission)).content.decode()


@pytest.mark.parametrize("role", WHO)
def test_a_hidden_text_is_in_no_list_search_or_form_of_the_desk(desk, role):
    client, submission = desk(role)
    decide(submission, Visibility.HIDDEN)

    pages = [
        client.get(reverse("consultations:desk") + query).content.decode()
        for query in ("?show=all", f"?show=all&words={SECRET}")
    ]

    assert all(SECRET not in page.replace(f'value="{SECRET}"', "") for page in pages)
    assert search_text(SECRET) not in submission.keys
