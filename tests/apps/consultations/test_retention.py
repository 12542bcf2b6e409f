"""What we say we forget, we forget: each rule of the page on privacy, at the edge of its day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from sutarta.apps.consultations.actions import erasing, forgetting, moderating
from sutarta.apps.consultations.models import (
    FormerText,
    Note,
    Objection,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import receipts, retention
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import moderating as may
from sutarta.apps.consultations.rules import retention as rules
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group
from sutarta.cli.jobs import all_jobs
from sutarta.cli.keeping.copies import KEPT_DAYS
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

YEAR = timedelta(days=365)
TICK = timedelta(microseconds=1)
PRIVATE = "Kaimynė Gegutienė serga."
COVERED = "Kaimynė [uždengta] serga."
HOST = {"host": "ours.test"}


def answered(**facts):
    group = make.group(host="ours.test")
    consultation = make.consultation(group=group, answered_at=NOON)
    return make.submission(consultation=consultation, body=PRIVATE, **facts)


def cover(its, visibility=Visibility.REDACTED, text=COVERED):
    Submission.objects.filter(pk=its.pk).update(visibility=visibility, public_body=text)
    its.refresh_from_db()
    return its


# --- sealed originals


@pytest.mark.parametrize(
    ("visibility", "text", "left"),
    [
        (Visibility.REDACTED, COVERED, COVERED),
        (Visibility.HIDDEN, "", ""),
        (Visibility.SET_ASIDE, "", ""),
    ],
)
@pytest.mark.parametrize("later", [YEAR - TICK, YEAR])
def test_the_words_under_a_cover_end_a_year_after_the_answers(visibility, text, left, later):
    its = cover(answered(), visibility, text)

    count = forgetting.forget_originals(NOON + later)

    its.refresh_from_db()
    over = later == YEAR
    assert (count, its.body, its.has_original) == ((1, left, False) if over else (0, PRIVATE, True))
    assert its.public_body == text


def test_former_words_and_what_undoing_kept_end_with_them():
    its = cover(answered())
    FormerText.objects.create(
        group=its.group, submission=its, body=PRIVATE, salt=b"x" * 32, digest="0" * 64,
        replaced_at=NOON,
    )  # fmt: skip
    deed = make.deed(of=its.group, actor=make.user(), at=NOON)
    deed.before = {str(its.number): {"public_body": PRIVATE}}
    deed.save()

    forgetting.forget_originals(NOON + YEAR)

    former = its.former_texts.get()
    assert (former.body, bytes(former.salt)) == ("", b"")
    deed.refresh_from_db()
    assert deed.before == {}


def test_what_was_withdrawn_ends_altogether():
    its = answered(visibility=Visibility.PUBLIC)
    Submission.objects.filter(pk=its.pk).update(withdrawn_at=NOON)

    forgetting.forget_originals(NOON + YEAR)

    its.refresh_from_db()
    assert (its.body, its.public_body, its.keys) == ("", "", "")


def test_what_is_public_stays():
    its = answered(visibility=Visibility.PUBLIC)

    assert forgetting.forget_originals(NOON + 10 * YEAR) == 0
    its.refresh_from_db()
    assert (its.body, its.has_original) == (PRIVATE, True)


def test_it_is_logged_once_and_fingerprints_stay():
    its = cover(answered())

    counts = [forgetting.forget_originals(NOON + YEAR) for _ in range(2)]

    its.refresh_from_db()
    assert counts == [1, 0]
    entry = ledger.acts(its.group, "originals.forgotten").get()
    assert ledger.facts(entry) == {"submissions": 1, "numbers": [1], "rule": "retention"}
    assert receipts.fingerprints(its) == [{"fingerprint": its.digest, "original_removed": True}]


def test_what_is_covered_afterwards_ends_too():
    its = cover(answered())
    forgetting.forget_originals(NOON + YEAR)
    its.refresh_from_db()
    moderating.moderate(
        actor=make.member(of=its.group), submission=its, visibility="REDACTED",
        public=Text("Kaimynė [uždengta]."), reason="Ir liga.", despite="Prašė.",
        seen=its.digest, at=NOON + YEAR,
    )  # fmt: skip

    assert forgetting.forget_originals(NOON + YEAR) == 1
    its.refresh_from_db()
    assert its.body == "Kaimynė [uždengta]."


def test_nobody_opens_what_is_gone_and_no_review_is_asked():
    its = cover(answered())
    forgetting.forget_originals(NOON + YEAR)
    its.refresh_from_db()
    who = make.member(of=its.group, role=Role.MODERATOR)
    decision = make.user()  # any, for it is looked at later

    gone = "The original was removed a year after the answers."
    assert str(may.may_open(who, its, NOON).reason) == gone
    assert str(may.may_ask_review(its, decision, None).reason) == gone


# --- every rule that is told has its job


def test_every_rule_has_a_job(tmp_path):
    jobs = {job.name for job in all_jobs(tmp_path)}

    needed = {"originals", "contacts", "files", "notes", "sent letters", "networks", "sessions",
              "uploaded letters", "backup"}  # fmt: skip
    assert needed <= jobs


def test_copies_are_kept_as_long_as_the_page_says():
    assert timedelta(days=KEPT_DAYS) == rules.BACKUPS_KEPT


def test_no_row_of_ours_holds_the_address_of_a_network():
    """One of allauth does, of staff alone; it is emptied after seven days."""
    holding = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.GenericIPAddressField | models.IPAddressField)
        or field.name in {"ip", "ip_address", "remote_addr", "user_ip", "network"}
    }

    assert holding == {"usersessions.UserSession.ip"}


def test_the_web_server_in_front_and_ours_log_no_request():
    source = Path(retention.__file__).parents[3]
    serve = (source / "cli" / "serve.py").read_text()
    caddy = (source / "cli" / "setup" / "Caddyfile.template").read_text()

    assert "access-log" not in serve
    assert "output discard" in caddy
    assert "exclude http.log.access http.log.error" in caddy


# --- the days


def test_the_day_counts_from_the_answers_and_before_them_from_the_promise():
    promised = make.consultation(answers_by=date(2026, 12, 14))
    done = make.consultation(answered_at=datetime(2026, 12, 1, 22, 30, tzinfo=UTC))

    assert rules.ends_on(promised) is None
    assert rules.ends_at_the_earliest(promised) == date(2027, 12, 14)
    assert rules.ends_on(done) == date(2027, 12, 2)  # 0.30 in Vilnius


def test_a_note_and_a_report_end_on_the_same_day():
    its = answered()
    Note.objects.create(
        group=its.group, submission=its, text="Tel. 600", actor=make.user(), at=NOON
    )
    Objection.objects.create(
        group=its.group, submission=its, kind="REPORT", said="Tel. 600", at=NOON
    )

    assert forgetting.forget_notes(NOON + YEAR - TICK) == 0
    assert forgetting.forget_notes(NOON + YEAR) == 2


def page_of(client, language="en"):
    client.cookies["sutarta_language"] = language
    text = client.get(reverse("web:privacy"), headers=HOST).content.decode()
    return " ".join(text.replace("\xa0", " ").split())


def test_the_page_on_privacy_names_every_rule_and_day(client):
    its = answered()
    page = page_of(client)

    for one in retention.general(its.group):
        assert one.what.replace("’", "’") in page
    assert "22 November 2027" in page
    assert "we will name the day here" in page
    assert "5 years" not in page


def test_the_group_names_the_day_of_the_programme(client):
    its = answered()
    Group.objects.filter(pk=its.group_id).update(records_until=date(2034, 12, 31))

    assert "until 31 December 2034" in page_of(client)


def test_erased_and_forgotten_words_are_not_counted_again():
    its = cover(answered())
    erasure = erasing.ask_own_erasure(submission=its, scope="WORDS", ground="", at=NOON)
    erasing.decide_erasure(
        actor=make.member(of=its.group), erasure=erasure, carry_out=True, at=NOON
    )

    assert forgetting.forget_originals(NOON + YEAR) == 0
