"""What becomes of letters that came by mail: submissions, letters to sort, what is set aside."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.core.cache import caches
from PIL import Image

from sutarta.apps.consultations.actions import arriving, letters
from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.models import (
    Arrival,
    Attachment,
    Channel,
    Kind,
    Note,
    Reason,
    Submission,
    Tie,
)
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import threads
from sutarta.apps.mail.models import (
    Alias,
    Letter,
    LetterState,
    Mailbox,
    RawLetter,
    RawState,
)
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from tests import make, post
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def its():
    consultation = make.consultation()
    make.mailbox(of=consultation.group)
    return consultation


def arrive(its, raw: bytes, at=LATER, **facts) -> Arrival:
    """The letter comes and the worker looks at it."""
    facts = {"to": f"info+c{its.number}@alksniai.example", **facts}
    letter = make.raw_letter(raw, group=its.group, **facts)
    assert arriving.take_waiting(at) == 1
    return Arrival.objects.select_related("letter", "submission").get(letter=letter)


def how(arrival: Arrival) -> tuple[str, str, str]:
    return arrival.letter.state, arrival.letter.reason, arrival.tie


def test_a_letter_to_the_address_of_a_consultation_becomes_a_submission(its):
    words = "Reikia tako.\n\nPn, 2026-11-09 10:00, Grupė <info@alksniai.example> rašė:\n> Kvieslys"

    arrival = arrive(its, post.letter(words), received_at=NOON)

    made = arrival.submission
    assert how(arrival) == (RawState.TAKEN, "", Tie.BECAME)
    assert (made.body, made.channel, made.kind) == ("Reikia tako.", Channel.EMAIL, Kind.GENERAL)
    assert (made.received_at, made.recorded_at) == (NOON, LATER)
    assert (made.author_name, made.email, made.entered_by) == ("J. B.", "j.b@post.example", None)
    assert not made.show_name
    assert not made.is_late
    note = Note.objects.get(submission=made)
    assert "Kvieslys" in note.text
    assert note.actor is None


def test_a_second_round_finds_nothing_to_do(its):
    arrive(its, post.letter())

    assert arriving.take_waiting(LATER) == 0
    assert Submission.objects.count() == 1


def test_the_receipt_answers_the_letter_in_its_thread(its, settings):
    settings.MAIL_URL = "smtp://post.example"
    raw = post.letter(references="<z@post.example>", In_Reply_To="<z@post.example>")

    made = arrive(its, raw).submission
    letter = Letter.objects.get(kind="submission.receipt")
    mail.enclose(letter, "{}")
    mail.send_due(LATER)

    sent = outbox.outbox[0]
    assert (sent.subject, sent.to) == ("Re: Dėl tako", ["j.b@post.example"])
    assert sent.extra_headers["In-Reply-To"] == "<a1@post.example>"
    assert sent.extra_headers["References"] == "<z@post.example> <a1@post.example>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-replied"
    assert sent.reply_to == [f"info+c{its.number}@alksniai.example"]
    for words in (sent.body, sent.alternatives[0][0]):
        assert wording.nr(made.number) in words
        assert letters.own_page(made, groups.address(its.group)) in words
    assert [name for name, *_rest in sent.attachments] == [letter.file_name]


@pytest.mark.parametrize(
    ("subject", "ours"),
    [("Takas", "Re: Takas"), ("Re: RE: Takas", "Re: Takas"), ("Ats: Takas", "Re: Takas")],
)
def test_an_answer_says_re_once(its, subject, ours):
    arrive(its, post.letter(subject=subject))

    assert Letter.objects.get().subject == ours


@pytest.mark.parametrize("subject", ["", "Re:", "Ats: "])
def test_an_answer_to_a_letter_without_a_subject_names_the_number(its, subject):
    arrive(its, post.letter(subject=subject))

    assert Letter.objects.get().subject == "Nr. 1: gavome jūsų pasiūlymą"


def sign(monkeypatch, *to: str, by: str = "post.example") -> None:
    """The domain has signed whatever comes, for these addresses."""
    real = arriving.letters.read_safely
    monkeypatch.setattr(
        arriving.letters,
        "read_safely",
        lambda *given: arriving.replace(real(*given), signed=(by,), signed_to=to),
    )


@pytest.mark.parametrize(
    ("to", "came_to", "is_confirmed"),
    [
        (["info+c1@alksniai.example"], "info+c1@alksniai.example", True),
        (["s.t@kitur.example", "INFO+C1@alksniai.example"], "info+c1@Alksniai.Example", True),
        (["mintys@alksniai.example"], "info+c1@alksniai.example", True),  # another of its names
        (["info@alksniai.example"], "info+c1@alksniai.example", False),
        (["info+c2@alksniai.example"], "info+c1@alksniai.example", False),
        (["info+c1@kitur.example"], "info+c1@alksniai.example", False),
        (["s.t@kitur.example"], "info+c1@alksniai.example", False),
        ([], "info+c1@alksniai.example", False),
    ],
)
def test_a_sender_whose_domain_signed_for_us_needs_not_confirm_the_address(
    its, monkeypatch, to, came_to, is_confirmed
):
    its.number = 1
    its.save()
    box = Mailbox.objects.get()
    Alias.objects.create(
        group=its.group, mailbox=box, address="mintys@alksniai.example", consultation=1
    )
    sign(monkeypatch, *[one.lower() for one in to])

    made = arrive(its, post.letter(), to=came_to)

    assert (made.submission.confirmed_at == LATER) == is_confirmed == made.is_vouched


def test_who_signed_for_us_stands_for_no_other_sender(its, monkeypatch):
    sign(monkeypatch, f"info+c{its.number}@alksniai.example", by="kitur.example")

    assert arrive(its, post.letter()).submission.confirmed_at is None


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        (post.letter(Auto_Submitted="auto-replied"), (RawState.SET_ASIDE, Reason.AUTO_REPLY, "")),
        (post.letter(X_Autoreply="yes"), (RawState.SET_ASIDE, Reason.AUTO_REPLY, "")),
        (post.letter(sender="info@alksniai.example"), (RawState.SET_ASIDE, Reason.LOOP, "")),
        (post.letter(List_Id="<a.example>"), (RawState.TO_SORT, Reason.LISTED, "")),
    ],
)
def test_what_machines_write_is_never_answered(its, raw, outcome):
    assert how(arrive(its, raw)) == outcome
    assert not Letter.objects.exists()
    assert not Submission.objects.exists()


def test_a_list_that_wrote_to_the_general_address_is_set_aside(its):
    raw = post.letter(List_Id="<a.example>", to="info@alksniai.example")

    arrival = arrive(its, raw, to="info@alksniai.example")

    assert how(arrival) == (RawState.SET_ASIDE, Reason.LIST, "")


def test_our_own_letter_that_comes_back_is_set_aside(its):
    make.submission(consultation=its, email="k.l@post.example")
    ours = threads.own_id(Letter.objects.get().pk)

    assert how(arrive(its, post.letter(message_id=ours)))[1] == Reason.LOOP


def test_a_neighbours_letter_whose_id_looks_like_one_of_ours_is_taken(its):
    # Telephones name letters by a UUID and the sender's own domain, which may be ours, too.
    theirs = threads.own_id("0199A1B2-0000-4000-8000-000000000001")

    assert how(arrive(its, post.letter(message_id=theirs))) == (RawState.TAKEN, "", Tie.BECAME)


def test_a_letter_that_could_not_be_delivered_is_marked_so(its):
    made = make.submission(consultation=its, email="k.l@post.example")
    letter = Letter.objects.get()
    Letter.objects.update(state=LetterState.SENT, sent_at=NOON)
    raw = (
        b"From: MAILER-DAEMON@post.example\r\nTo: info@alksniai.example\r\nSubject: Undelivered\r\n"
        b"Return-Path: <>\r\nDate: Tue, 10 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        b"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n"
        b"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
        + threads.own_id(letter.pk).encode()
        + b"\r\nSubject: x\r\n--x--\r\n"
    )

    arrival = arrive(its, raw, to="info@alksniai.example")

    letter.refresh_from_db()
    assert how(arrival)[:2] == (RawState.SET_ASIDE, Reason.BOUNCE)
    assert (letter.state, letter.error) == (LetterState.FAILED, mail.CAME_BACK)
    assert Submission.objects.get() == made


def test_the_same_letter_twice_is_taken_once_and_the_copy_names_it(its):
    first = arrive(its, post.letter())
    by_id = arrive(its, post.letter())
    by_words = arrive(its, post.letter(message_id="<b2@post.example>", subject="Kitaip"))

    for copy in (by_id, by_words):
        assert how(copy) == (RawState.SET_ASIDE, Reason.DUPLICATE, Tie.REPEATS)
        assert copy.submission == first.submission
    assert Letter.objects.count() == 1


def test_two_people_who_say_the_same_are_both_taken(its):
    arrive(its, post.letter())
    arrive(its, post.letter(sender="k.l@post.example", message_id="<c3@post.example>"))

    assert Submission.objects.count() == 2


def test_another_text_under_the_same_id_is_left_to_a_person(its):
    arrive(its, post.letter())

    other = arrive(its, post.letter("Visai kitas siūlymas."))

    assert how(other) == (RawState.TO_SORT, Reason.SAME_ID, "")


def test_a_letter_entered_by_hand_before_is_known(its):
    made = make.entered(consultation=its, channel=Channel.EMAIL, at=LATER, received_at=NOON,
                        origin=Origin(message_id="a1@post.example"))  # fmt: skip

    arrival = arrive(its, post.letter())

    assert how(arrival) == (RawState.SET_ASIDE, Reason.DUPLICATE, Tie.REPEATS)
    assert arrival.submission == made


def test_a_copy_that_names_its_consultation_frees_the_first_from_the_staff(its):
    general = arrive(its, post.letter(to="info@alksniai.example"), to="info@alksniai.example")
    assert how(general)[0] == RawState.TO_SORT

    named = arrive(its, post.letter(message_id="<b2@post.example>"))

    general.refresh_from_db()
    assert how(named) == (RawState.TAKEN, "", Tie.BECAME)
    assert (general.letter.state, general.submission) == (RawState.SET_ASIDE, named.submission)


def test_what_was_sent_to_two_consultations_is_said_in_both(its):
    other = make.consultation(group=its.group)

    arrive(its, post.letter())
    second = arrive(other, post.letter())

    assert how(second) == (RawState.TAKEN, "", Tie.BECAME)
    assert Submission.objects.filter(consultation=other).count() == 1


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"answered_at": NOON - timedelta(days=1)}, Reason.OVER),
     ({"opens_at": NOON + timedelta(days=1)}, Reason.NOT_OPEN),
     ({"announced_at": None}, Reason.GENERAL)],
)  # fmt: skip
def test_what_no_consultation_takes_waits_for_a_person(facts, reason):
    its = make.consultation(**facts)
    make.mailbox(of=its.group)

    assert how(arrive(its, post.letter())) == (RawState.TO_SORT, reason, "")
    assert not Letter.objects.exists()


def test_a_letter_to_two_consultations_at_once_waits_for_a_person(its):
    other = make.consultation(group=its.group)
    to = ", ".join(f"info+c{one.number}@alksniai.example" for one in (its, other))

    assert how(arrive(its, post.letter(to=to), to=""))[:2] == (RawState.TO_SORT, Reason.SEVERAL)


def test_a_letter_passed_on_without_a_word_waits_for_a_person(its):
    words = (
        "---------- Forwarded message ---------\nFrom: K. L. <k.l@post.example>\n"
        "Date: Mon, Nov 9, 2026 at 10:00 AM\nSubject: Takas\nTo: <info@alksniai.example>\n\n"
        "Reikia tako."
    )

    assert how(arrive(its, post.letter(words)))[1] == Reason.PASSED_ON


def test_an_answer_to_our_receipt_waits_beside_its_submission(its):
    first = arrive(its, post.letter())
    ours = threads.own_id(Letter.objects.get().pk)

    raw = post.letter("Ir dar suoliukų.", message_id="<d4@post.example>", In_Reply_To=ours)
    answer = arrive(its, raw)

    assert how(answer) == (RawState.TO_SORT, Reason.REPLY, Tie.BESIDE)
    assert answer.submission == first.submission
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("last_day", [date(2026, 11, 24), date(2026, 10, 25)])
@pytest.mark.parametrize(
    ("before", "is_late"), [(timedelta(milliseconds=1), False), (timedelta(), True)]
)
def test_the_mailbox_and_not_the_fetching_decides_what_is_late(last_day, before, is_late):
    """24 November is an ordinary day; in the night to 26 October 2026 clocks go back."""
    its = make.consultation(
        last_day=last_day,
        opens_at=datetime(2026, 10, 1, tzinfo=UTC),
        announced_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    make.mailbox(of=its.group)
    closes_at = its.deadline.closes_at
    fetched_at = closes_at + timedelta(hours=9)
    forged = post.letter(
        sent_at=datetime(2026, 10, 2, tzinfo=UTC),
        files={"Planas.pdf": ("application/pdf", b"%PDF")},
    )

    arrival = arrive(its, forged, fetched_at, received_at=closes_at - before, fetched_at=fetched_at)

    assert (arrival.submission.is_late, arrival.submission.recorded_at) == (is_late, fetched_at)
    assert arrival.sent_at == datetime(2026, 10, 2, tzinfo=UTC)


def test_a_mailbox_whose_clock_is_ahead_is_not_believed(its):
    arrival = arrive(its, post.letter(), received_at=NOON + timedelta(hours=2), fetched_at=LATER)

    assert arrival.submission.received_at == LATER


def test_files_come_along_and_refused_ones_are_named(its):
    files = {
        "Planas ąčę.png": ("image/png", make_png()),
        "virus.exe": ("application/octet-stream", b"MZ" + b"\0" * 64),
    }

    made = arrive(its, post.letter(files=files)).submission

    assert [file.name for file in Attachment.objects.filter(submission=made)] == ["Planas ąčę.png"]
    assert "virus.exe: " in Note.objects.get(submission=made).text


def make_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(out, "PNG")
    return out.getvalue()


def test_files_of_a_letter_fetched_long_after_the_deadline_are_kept(its):
    closes_at = its.deadline.closes_at
    raw = post.letter(files={"a.png": ("image/png", make_png())})

    made = arrive(
        its, raw, closes_at + timedelta(days=1), received_at=closes_at - timedelta(seconds=1)
    ).submission

    assert (made.attachments.count(), made.is_late) == (1, False)


def test_a_letter_of_files_alone_says_its_subject(its):
    raw = post.letter("", files={"a.png": ("image/png", make_png())})

    assert arrive(its, raw).submission.body == "Dėl tako"


def test_a_long_letter_goes_on_in_a_note(its):
    words = "\n".join(f"{n} eilutė apie taką prie ežero" for n in range(1200))

    made = arrive(its, post.letter(words)).submission

    note = Note.objects.get(submission=made).text
    said = made.body.rsplit("\n\n", 1)[0] + "\n" + note
    assert said.split() == words.split()


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00 no letter at all", b""])
def test_what_cannot_be_read_enters_the_register_all_the_same(its, raw):
    arrival = arrive(its, raw + b"\n" if raw else b"\n\n")

    made = arrival.submission
    assert how(arrival) == (RawState.UNREADABLE, "", Tie.BECAME)
    assert made.body.startswith("[")
    assert made.visibility == "CHECKING"


def test_the_sender_of_an_unreadable_letter_gets_a_receipt(its, monkeypatch):
    def refuse(*_given):
        raise arriving.letters.Refused("too_deep")

    monkeypatch.setattr(arriving.letters, "read_safely", refuse)

    arrival = arrive(its, post.letter())

    receipt = Letter.objects.get()
    assert arrival.unread == "too_deep"
    assert (receipt.to, receipt.subject) == ("j.b@post.example", "Re: Dėl tako")
    assert "nepajėgė" in receipt.text or "could not read" in receipt.text


def test_an_unreadable_letter_to_nobody_in_particular_waits_for_a_person(its):
    arrival = arrive(its, b"\xff\xfe\n\n", to="info@alksniai.example")

    assert how(arrival) == (RawState.UNREADABLE, Reason.GENERAL, "")
    assert not Submission.objects.exists()


def test_a_letter_that_is_too_big_enters_by_its_header_lines(its, monkeypatch):
    monkeypatch.setattr(arriving.receiving, "MAX_LETTER", 2000)

    arrival = arrive(its, post.letter("x" * 3000))

    assert (arrival.letter.state, arrival.unread) == (RawState.UNREADABLE, "too_large")
    assert Letter.objects.get().to == "j.b@post.example"


@pytest.mark.parametrize(
    "sender", ["noreply@post.example", "no-reply@post.example", "postmaster@post.example", "x y"]
)
def test_nobody_writes_back_where_nobody_reads(its, sender):
    arrival = arrive(its, post.letter(sender=sender))

    assert arrival.submission.email == ""
    assert not Letter.objects.exists()


def test_a_subject_with_a_link_is_not_sent_back(its):
    """Else anybody could have us send their link to whom they please."""
    arrive(its, post.letter(subject="Pirkite: https://spam.example"))

    assert "spam" not in Letter.objects.get().subject


def test_one_address_does_not_make_us_write_without_end(its, settings):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": memory, "LOCATION": "arriving"}}
    caches["limits"].clear()
    for n in range(9):
        arrive(its, post.letter(f"Siūlymas {n}", message_id=f"<{n}@post.example>"))

    assert Submission.objects.count() == 9
    assert Letter.objects.count() == 5


def answering(its, count: int, **facts) -> int:
    """So many letters from one address, each another, six minutes apart; the receipts for them."""
    for n in range(count):
        at = LATER + n * timedelta(minutes=6)
        raw = post.letter(f"Atsakymas {n}: nesu biure.", message_id=f"<{n}@post.example>", **facts)
        arrive(its, raw, at, received_at=at)
    return Letter.objects.filter(kind="submission.receipt").count()


def test_a_program_that_answers_without_saying_so_is_answered_a_few_times_a_day(its):
    """Ten times an hour, with another id and other words each time, and in no thread of ours."""
    assert answering(its, 8) == 5
    assert Submission.objects.count() == 8  # nothing that comes is lost

    tomorrow = LATER + timedelta(days=1, hours=1)
    arrive(its, post.letter("Rytoj.", message_id="<r@post.example>"), tomorrow)
    assert Letter.objects.filter(kind="submission.receipt").count() == 6


def test_a_forged_sender_is_written_to_a_few_times_whatever_group_and_capitals(its):
    assert answering(its, 4) == 4
    other = make.consultation(group=make.group())
    make.mailbox(of=other.group, address="info@kitur.example")
    for n in range(4):
        sender = f"X <{'J.B' if n % 2 else 'j.b'}@Post.example>"
        raw = post.letter(f"Vėl {n}", message_id=f"<v{n}@x.example>", sender=sender)
        arrive(other, raw, LATER + timedelta(hours=n), to=f"info+c{other.number}@kitur.example")

    assert Letter.objects.filter(kind="submission.receipt").count() == 5


def test_who_is_known_to_have_written_it_is_answered_more_often(its, monkeypatch):
    sign(monkeypatch, f"info+c{its.number}@alksniai.example")

    assert answering(its, 7) == 7


def test_a_crash_before_the_end_leaves_nothing_half_done(its, monkeypatch):
    raw = make.raw_letter(post.letter(), group=its.group, to=f"info+c{its.number}@alksniai.example")
    with monkeypatch.context() as broken:
        broken.setattr(arriving.receiving, "settle", _crash)
        with pytest.raises(ZeroDivisionError):
            arriving.take_waiting(LATER)
    raw.refresh_from_db()
    assert (raw.state, Submission.objects.count(), Letter.objects.count()) == ("WAITING", 0, 0)

    arriving.take_waiting(LATER)

    assert (Submission.objects.count(), Letter.objects.count()) == (1, 1)


def _crash(*_given):
    raise ZeroDivisionError


def test_a_letter_that_breaks_the_program_does_not_hold_up_the_others(its, monkeypatch):
    to = f"info+c{its.number}@alksniai.example"
    bad = make.raw_letter(post.letter("Blogas"), group=its.group, to=to)
    make.raw_letter(
        post.letter("Geras", message_id="<b@post.example>"), group=its.group, to=to,
        received_at=NOON + timedelta(seconds=1),
    )  # fmt: skip
    real = arriving.letters.read_safely

    def read(data, *more):
        return _crash() if b"Blogas" in data else real(data, *more)

    monkeypatch.setattr(arriving.letters, "read_safely", read)
    for _round in range(arriving.MOST_TRIES):
        with pytest.raises(ZeroDivisionError):
            arriving.take_waiting(LATER)

    assert arriving.take_waiting(LATER) == 1
    assert Submission.objects.filter(body="Geras").count() == 1
    assert Arrival.objects.get(letter=bad).unread == "broken"
    assert not RawLetter.objects.filter(settled_at=None).exists()


def test_many_letters_that_break_the_program_do_not_fill_every_round(its, monkeypatch):
    to = f"info+c{its.number}@alksniai.example"
    make.raw_letter(post.letter("Blogas"), group=its.group, to=to)
    good = post.letter("Geras", message_id="<b@post.example>")
    make.raw_letter(good, group=its.group, to=to, received_at=NOON + timedelta(seconds=1))
    monkeypatch.setattr(arriving, "AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(arriving.judging, "judged", _crash)
        with pytest.raises(ZeroDivisionError):
            arriving.take_waiting(LATER)

    arriving.take_waiting(LATER)

    assert Submission.objects.get().body == "Geras"


@pytest.mark.parametrize("sender", [b"j\x00b@post.example", b"\xffb@post.example"])
def test_an_address_no_database_keeps_holds_no_letter_up(its, sender):
    raw = post.letter().replace(b"j.b@post.example", sender).replace(b"To: ", b"To: \xff\x00@x, ")

    assert how(arrive(its, raw, to="")) == (RawState.TAKEN, "", Tie.BECAME)
    assert "\x00" not in Arrival.objects.get().sender_address


def test_an_idea_call_gets_ideas():
    its = make.consultation(strategy=make.strategy())
    make.mailbox(of=its.group)

    assert arrive(its, post.letter()).submission.kind == Kind.IDEA


def test_words_of_letters_are_taken_as_they_are(its):
    """Control characters and what looks like markup do no harm."""
    made = arrive(its, post.letter("<b>Ne</b>\x00 ąčęėįšųūž „—“")).submission

    assert made.body == "<b>Ne</b> ąčęėįšųūž „—“"
