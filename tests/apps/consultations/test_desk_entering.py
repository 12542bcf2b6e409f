"""Entering what came another way: who, when, what is kept, what the page does with bad input."""

from __future__ import annotations

import io
from base64 import encodebytes
from datetime import timedelta
from unittest.mock import ANY
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from sutarta.apps.consultations.actions import entering, keeping
from sutarta.apps.consultations.models import Channel, Kind, Note, Source, Submission, Visibility
from sutarta.apps.consultations.queries import receipts, showing
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.now()


def _png():
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return drawn.getvalue()


PIXEL = _png()
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENTER = "/desk/p/new/"
HELP = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
NOT_THEIRS = "Your role in this group does not include this step."


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def consultation(group):
    return running(group)


def running(group, **facts):
    version = make.version(HELP, REST, group=group)
    days = {"opens_at": NOW - timedelta(days=9), "last_day": (NOW + timedelta(days=9)).date()}
    return make.consultation(version=version, **{**days, **facts})


@pytest.fixture
def desk(client, group):
    """A client signed in as a moderator unless said otherwise, English chosen."""

    def sign_in(role=Role.MODERATOR):
        client.force_login(make.member(of=group, role=role), BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client

    return sign_in


def typed(its, **facts):
    """The least that has to be sent."""
    local = NOW.astimezone(ZoneInfo(its.group.zone))
    least = {
        "channel": "PHONE",
        "text": "Reikia suolo prie poliklinikos.",
        "received_at": f"{local - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "consultation": its.number,
        "request_key": "k" * 43,
    }
    return {**least, **facts}


def page(answer):
    return " ".join(answer.content.decode().replace("&nbsp;", " ").split())


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("role", "channel", "came", "entered", "reason"),
    [
        (Role.COORDINATOR, "PHONE", 0, 0, ""),
        (Role.MODERATOR, "PAPER", 0, 0, ""),
        (Role.MODERATOR, "MEETING", 0, 0, ""),
        (Role.MODERATOR, "EMAIL", 0, 0, ""),
        (Role.MODERATOR, "ELSEWHERE", 0, 0, ""),
        (Role.MODERATOR, "PAPER", 8, 40, ""),
        (Role.MODERATOR, "PAPER", 30, 40, ""),
        (Role.EDITOR, "PHONE", 0, 0, NOT_THEIRS),
        (Role.AUDITOR, "PHONE", 0, 0, NOT_THEIRS),
        (None, "PHONE", 0, 0, "Only staff of this group may do this."),
        (Role.MODERATOR, "WEB", 0, 0, "Choose how it came."),
        (Role.MODERATOR, "PHONE", 1, 0, "This time is still ahead. Write when it came."),
        (
            Role.MODERATOR,
            "PAPER",
            -21,
            0,
            "The consultation opens at 2 November 2026, 12:00. "
            "Earlier than that nothing can have come.",
        ),
    ],
)
def test_who_may_enter_what_and_when(role, channel, came, entered, reason):
    consultation = make.consultation()
    who = make.member(of=consultation.group, role=role) if role else make.user()
    days = [make.NOON + timedelta(days=count) for count in (came, entered)]

    verdict = rules.may_enter(who, consultation, channel, *days)

    assert str(verdict.reason).replace("\xa0", " ") == reason


def test_nothing_is_entered_in_a_consultation_that_is_only_prepared():
    consultation = make.consultation(announced_at=None)

    with pytest.raises(Refused):
        make.entered(consultation=consultation, at=make.NOON)

    assert not Submission.objects.exists()


def test_what_came_in_time_is_in_time_whenever_it_is_entered():
    consultation = make.consultation()
    last_minute = consultation.deadline.closes_at - timedelta(minutes=1)
    at = last_minute + timedelta(days=3)

    in_time = make.entered(
        consultation=consultation, channel=Channel.PAPER, received_at=last_minute, at=at
    )
    late = make.entered(
        consultation=consultation,
        channel=Channel.PAPER,
        received_at=last_minute + timedelta(minutes=1),
        at=at,
    )

    assert (in_time.is_late, late.is_late) == (False, True)
    assert (in_time.received_at, in_time.recorded_at) == (last_minute, at)


def test_the_log_tells_it_when_it_was_entered():
    consultation = make.consultation()
    came = make.NOON - timedelta(days=2)

    make.entered(consultation=consultation, received_at=came, at=make.NOON)

    assert Entry.objects.get(event="submission.received").at == make.NOON


def test_from_elsewhere_no_name_is_kept_unless_they_ask():
    consultation = make.consultation()
    known = {"consultation": consultation, "at": make.NOON, "author_name": "R M"}

    unnamed = make.entered(**known)
    named = make.entered(**known, show_name=True)

    assert (unnamed.author_name, named.author_name) == ("", "R M")
    assert named.source.place == "Alksnių kaimynai"


def test_who_called_keeps_name_and_telephone_for_the_staff():
    made = make.entered(
        at=make.NOON,
        consultation=make.consultation(),
        channel=Channel.PHONE,
        origin=entering.Origin(),
        author_name="R M",
        phone="+370 600 00000",
        post_address="Liepų g. 7",
    )

    kept = (made.author_name, made.phone, made.post_address, made.shown_author)
    assert kept == ("R M", "+370 600 00000", "Liepų g. 7", "")
    assert not Source.objects.exists()


def test_what_is_fit_is_published_at_once_and_everything_else_waits():
    consultation = make.consultation()

    waiting = make.entered(consultation=consultation, at=make.NOON)
    fit = make.entered(consultation=consultation, at=make.NOON, publish=True)

    fit.refresh_from_db()
    assert waiting.visibility == Visibility.CHECKING
    assert (fit.visibility, fit.public_body) == (Visibility.PUBLIC, fit.body)


def test_the_same_form_is_taken_once_and_the_same_letter_too():
    consultation = make.consultation()
    letter = {"consultation": consultation, "at": make.NOON, "channel": Channel.EMAIL}
    letter["origin"] = entering.Origin(message_id="<a@b>")

    first = make.entered(**letter, request_key="one")
    again = make.entered(**letter, request_key="one", actor=first.entered_by)
    with pytest.raises(entering.AlreadyEntered) as same:
        make.entered(**letter, request_key="two", body="Kiti žodžiai.")

    assert (again.pk, same.value.number) == (first.pk, first.number)
    assert Submission.objects.count() == 1


def test_the_same_letter_to_two_groups_is_entered_by_both():
    origin = entering.Origin(message_id="<a@b>")

    for _twice in range(2):
        make.entered(consultation=make.consultation(), at=make.NOON, origin=origin)

    assert Submission.objects.count() == 2


def test_quoted_words_are_kept_for_the_staff():
    made = make.entered(consultation=make.consultation(), at=make.NOON, left_out="> Senas laiškas")

    assert Note.objects.get(submission=made).text == "> Senas laiškas"


def test_one_with_an_address_gets_the_letter_with_the_number(django_capture_on_commit_callbacks):
    make.entered(consultation=make.consultation(), at=make.NOON, email="r.m@alksniai.example")

    assert [letter.kind for letter in Letter.objects.all()] == ["submission.receipt"]


def test_the_fingerprint_holds_no_contact():
    consultation = make.consultation()
    plain = {"consultation": consultation, "at": make.NOON, "channel": Channel.PAPER}
    made = make.entered(**plain, phone="+370 600 00000", post_address="Liepų g. 7")

    content = str(receipts.fingerprints(made))
    assert "600 00000" not in content
    assert "Liepų" not in content


def test_the_form_with_the_least_typed(desk, consultation):
    answer = desk().post(ENTER, typed(consultation))

    made = Submission.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"/desk/p/{made.number}/entered/",
    )
    assert (made.kind, made.channel, made.body) == (
        Kind.GENERAL,
        Channel.PHONE,
        "Reikia suolo prie poliklinikos.",
    )
    assert made.entered_by.name == "R M"


@pytest.mark.parametrize("asked", ["2.1", "2.1.", "savaitgaliais"])
def test_a_passage_by_number_or_words(desk, consultation, asked):
    desk().post(ENTER, typed(consultation, find=asked))

    made = Submission.objects.get()
    assert (made.kind, made.lineage_id) == (Kind.COMMENT, make.passage(consultation.version))


def test_several_passages_are_offered_and_one_is_chosen(desk, consultation):
    words = typed(consultation, find="teikiama")
    Submission.objects.all().delete()
    browser = desk()
    several = make.version(HELP, f"{HELP} Taip.", group=consultation.group)
    its = make.consultation(
        version=several, opens_at=NOW - timedelta(days=1), last_day=(NOW + timedelta(days=3)).date()
    )
    words["consultation"] = its.number

    unsure = browser.post(ENTER, words)
    browser.post(ENTER, {**words, "passage": make.passage(several, 2)})

    assert unsure.status_code == 422
    assert "Choose the passage, or empty the field above." in page(unsure)
    assert Submission.objects.get().lineage_id == make.passage(several, 2)


def test_looking_for_a_passage_keeps_what_was_typed_and_scolds_nobody(desk, consultation):
    answer = desk().post(
        ENTER, typed(consultation, text="", author_name="R M", find="2.2", do="find")
    )

    shown = page(answer)
    assert answer.status_code == 200
    assert "Please look at this first" not in shown
    assert 'value="R M"' in shown
    assert "prašo kelių laisvų valandų" in shown
    assert not Submission.objects.exists()


def test_a_wording_of_a_passage(desk, consultation):
    new = "Pagalba į namus teikiama visada."

    desk().post(ENTER, typed(consultation, text=new, kind="WORDING", find="2.1", why="Aiškiau."))

    made = Submission.objects.get()
    assert (made.kind, made.proposed, made.body, made.why) == ("WORDING", new, "", "Aiškiau.")


def test_another_one_begins_with_the_same_channel(desk, consultation):
    answer = desk().post(ENTER, typed(consultation, channel="PAPER", do="another"), follow=True)

    query = f"?channel=PAPER&consultation={consultation.number}&registered=1"
    assert answer.redirect_chain[0][0] == ENTER + query
    assert 'data-kept-done="enter"' in page(answer)
    assert "Registered as No. 1." in page(answer).replace("\xa0", " ")


def test_register_and_publish(desk, consultation):
    desk().post(ENTER, typed(consultation, do="publish"))

    assert Submission.objects.get().visibility == Visibility.PUBLIC


BAD = [
    ("channel", "", "Choose how it came."),
    ("channel", "WEB", "Select a valid choice"),
    ("text", "  ", "Write what they say."),
    ("text", "a" * 20_001, "At most 20000 characters fit here"),
    ("received_at", "", "Choose the day and hour."),
    ("received_at", "vakar", "Write the day and hour, such as 2026-11-10 09:00."),
    ("received_at", "0026-11-10T09:00", "Check the year."),
    ("received_at", "2096-11-10T09:00", "This time is still ahead."),
    ("received_at", "2020-11-10T09:00", "Earlier than that nothing can have come."),
    ("email", "r.m", "Write the whole e-mail address"),
    ("find", "9.9", "No passage has this number or these words."),
    ("passage", "nowhere", "Select a valid choice"),
    ("link", "ne nuoroda", "Copy the whole address"),
    ("link", "javascript:alert(1)", "Copy the whole address"),
    ("link", "ftp://a.lt/b", "Copy the whole address"),
    ("dated", "vakar", "Write the day as year, month and day"),
    ("dated", "1026-11-10", "Check the year."),
    ("kind", "POEM", "Select a valid choice"),
    ("kind", "WORDING", "Find the passage whose wording is to change."),
    ("consultation", "999", "Select a valid choice"),
    ("author_name", "a" * 121, "at most 120 characters"),
    ("phone", "1" * 41, "at most 40 characters"),
    ("taken", "0", "Select a valid choice"),
]


@pytest.mark.parametrize(("field", "value", "says"), BAD)
def test_bad_input_is_explained_and_kept(desk, consultation, field, value, says):
    words = {"author_name": "K L", "place": "Kaimynai", field: value}

    answer = desk().post(ENTER, typed(consultation, **words))

    shown = page(answer)
    assert answer.status_code == 422
    assert says in shown
    if field != "text":
        assert "Reikia suolo prie poliklinikos." in shown
    if field in {"email", "link", "find", "phone", "dated"}:
        assert f'value="{value}"' in shown
    assert not Submission.objects.exists()


def test_the_same_wording_is_no_proposal(desk, consultation):
    answer = desk().post(ENTER, typed(consultation, text=HELP, kind="WORDING", find="2.1"))

    assert "The wording is still the same as in the passage." in page(answer)


def test_elsewhere_needs_a_place_or_a_link(desk, consultation):
    browser, words = desk(), typed(consultation, channel="ELSEWHERE")

    bare = browser.post(ENTER, words)
    browser.post(ENTER, {**words, "link": "kaimynai.example/1", "dated": f"{NOW:%Y}-01-02"})

    assert "Write where it was said, or give the link." in page(bare)
    source = Source.objects.get()
    assert (source.link, source.dated.day) == ("https://kaimynai.example/1", 2)


def test_a_place_is_kept_for_comments_elsewhere_alone(desk, consultation):
    desk().post(ENTER, typed(consultation, place="Kaimynai"))

    assert not Source.objects.exists()


def test_a_scan_is_kept_and_nobody_outside_sees_it(desk, consultation):
    scan = SimpleUploadedFile("skenas.png", PIXEL)

    desk().post(ENTER, typed(consultation, files=[scan]))

    attachment = Submission.objects.get().attachments.get()
    assert (attachment.media_type, attachment.approved_at) == ("image/png", None)


def test_a_file_we_do_not_take_stops_the_entry_with_its_reason(desk, consultation):
    answer = desk().post(
        ENTER, typed(consultation, files=[SimpleUploadedFile("a.exe", b"MZ" * 99)])
    )

    assert answer.status_code == 422
    assert "We do not take files of this kind." in page(answer)
    assert not Submission.objects.exists()


def test_without_an_open_consultation_the_page_says_so(desk, group):
    running(group, opens_at=NOW + timedelta(days=1), announced_at=NOW)

    assert "No consultation has opened yet" in page(desk().get(ENTER))


def test_the_one_that_runs_stands_first_and_others_can_be_chosen(desk, group):
    over = running(group, last_day=(NOW - timedelta(days=2)).date())
    runs = running(group)
    running(group, last_day=(NOW - timedelta(days=3)).date())
    browser = desk()

    shown = browser.get(ENTER).context["form"]
    asked = browser.get(f"{ENTER}?consultation={over.number}").context["form"]

    assert shown.initial["consultation"] == runs.number
    assert asked.initial["consultation"] == over.number


@pytest.mark.parametrize("query", ["?channel=WEB", "?channel=", "?consultation=x", "?channel[]=1"])
def test_a_strange_address_opens_the_form_all_the_same(desk, consultation, query):
    answer = desk().get(ENTER + query)

    assert answer.status_code == 200
    assert answer.context["form"].initial["channel"] == "PHONE"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_others_are_told_why_not(desk, consultation, role):
    browser = desk(role)

    for answer in (browser.get(ENTER), browser.post(ENTER, typed(consultation))):
        assert answer.status_code == 403
        assert NOT_THEIRS in page(answer)


def eml(body="Prašau suolo.\n\n-- \nR. M.", attached=b"", **headers):
    lines = {
        "From": "R M <r.m@alksniai.example>",
        "Date": f"{NOW - timedelta(days=1):%a, %d %b %Y %H:%M:%S} +0000",
        "Subject": "Suolas",
        "Message-ID": "<suolas@alksniai.example>",
        **headers,
    }
    head = "".join(f"{name}: {line}\n" for name, line in lines.items())
    if not attached:
        return f"{head}Content-Type: text/plain; charset=utf-8\n\n{body}".encode()
    return (
        f'{head}Content-Type: multipart/mixed; boundary="b"\n\n--b\n'
        f"Content-Type: text/plain; charset=utf-8\n\n{body}\n--b\nContent-Type: image/png\n"
        'Content-Disposition: attachment; filename="planas.png"\n'
        f"Content-Transfer-Encoding: base64\n\n{encodebytes(attached).decode()}\n--b--\n"
    ).encode()


def fields(form):
    """What the browser would send back of a form as it was shown."""
    return {
        name: value
        for name in form.fields
        if (value := form[name].value()) not in (None, "") and name != "files"
    } | {"received_at": f"{form['received_at'].value():%Y-%m-%dT%H:%M}"}


LETTER = "/desk/p/letter/"


def test_a_saved_letter_is_shown_first_and_entered_with_its_file(desk, consultation):
    browser = desk()
    upload = SimpleUploadedFile("suolas.eml", eml(attached=PIXEL))

    preview = browser.post(LETTER, {"file": upload})
    assert not Submission.objects.exists()
    form = preview.context["form"]
    answer = browser.post(ENTER, fields(form))

    made = Submission.objects.get()
    assert answer.status_code == 302
    assert (made.channel, made.body, made.author_name) == ("EMAIL", "Prašau suolo.", "R M")
    assert made.email == "r.m@alksniai.example"
    assert made.received_at.date() == (NOW - timedelta(days=1)).date()
    assert made.attachments.get().name == "planas.png"
    assert made.notes.get().text == "-- \nR. M."
    assert keeping.kept_letter(made.group, form.initial["kept"]) is None


PASSED_ON = (
    "---------- Persiųstas laiškas ---------\nNuo: S T <s.t@alksniai.example>\n"
    "Data: 2026-11-20, pn, 10:12\nTema: Suolai\n\nPrašau suolų."
)


@pytest.mark.parametrize(
    ("body", "lines", "text", "email", "says"),
    [
        (PASSED_ON, {}, "Prašau suolų.", "s.t@alksniai.example", "without a word of their own"),
        (f"Pritariu.\n\n{PASSED_ON}", {}, "Pritariu.", "r.m@alksniai.example", "a letter of S T"),
        ("> Ar reikia?", {}, "", "r.m@alksniai.example", "wrote nothing of their own"),
        ("x", {"Auto-Submitted": "auto-replied"}, "x", "r.m@alksniai.example", "A machine sent"),
    ],
)
def test_the_preview_says_whose_words_a_letter_holds(
    desk, consultation, body, lines, text, email, says
):
    upload = SimpleUploadedFile("laiskas.eml", eml(body, **lines))

    preview = desk().post(LETTER, {"file": upload})

    form = preview.context["form"]
    assert (form.initial["text"], form.initial["email"]) == (text, email)
    assert says in page(preview)


def test_the_same_letter_again_is_noticed_in_the_preview_and_refused(desk, consultation):
    browser = desk()
    for _twice in range(2):
        preview = browser.post(LETTER, {"pasted": eml().decode()})
        answer = browser.post(ENTER, {**fields(preview.context["form"]), "text": "Kiti žodžiai."})

    assert "This letter is in the register already: No. 1." in page(preview).replace("\xa0", " ")
    assert answer.status_code == 422
    assert "This letter is in the register already: No. 1." in page(answer).replace("\xa0", " ")
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose the saved letter, or paste its text."),
        ({"pasted": "  "}, "Choose the saved letter, or paste its text."),
        ({"pasted": "a" * 200_001}, "at most 200000 characters"),
        ({"file": b"PK\x03\x04"}, "This is neither an .eml nor a .msg file."),
        ({"file": bytes.fromhex("d0cf11e0a1b11ae1")}, "The letter is damaged or cut short."),
    ],
)
def test_what_is_no_letter_is_explained(desk, consultation, sent, says):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("x.eml", sent["file"])}

    answer = desk().post(LETTER, sent)

    assert answer.status_code == 422
    assert says in page(answer)


def test_a_letter_too_large_is_refused_before_it_is_read(desk, consultation, monkeypatch):
    monkeypatch.setattr("sutarta.apps.consultations.forms.entering.LARGEST_LETTER", 10)

    answer = desk().post(LETTER, {"file": SimpleUploadedFile("x.eml", eml())})

    assert "The file is too large: at most 25 MB." in page(answer)


def test_an_uploaded_letter_is_found_by_its_own_group_alone_and_for_a_day(group):
    ticket = keeping.keep_letter(group, eml(), "x.eml", NOW)

    theirs = keeping.kept_letter(make.group(), ticket)
    ours = keeping.kept_letter(group, ticket)
    keeping.forget_old(NOW)
    early = keeping.forget_old(NOW + timedelta(hours=23))
    late = keeping.forget_old(NOW + timedelta(hours=25))

    assert (theirs, ours.subject, early) == (None, "Suolas", 0)
    assert late >= 1
    assert keeping.kept_letter(group, ticket) is None
    assert keeping.kept_letter(group, "../../secret") is None


def test_the_page_after_tells_number_times_and_where_to_see_it(desk, consultation):
    browser = desk()
    browser.post(ENTER, typed(consultation))

    shown = page(browser.get("/desk/p/1/entered/"))

    for words in ("Registered", "Received", "Entered", "ours.test/p/1", "By telephone"):
        assert words in shown


def test_what_came_by_itself_has_no_such_page(desk, consultation):
    number = make.submission(consultation=consultation, at=NOW).number

    assert desk().get(f"/desk/p/{number}/entered/").status_code == 404


def test_the_first_reply_to_paste_and_its_tick(desk, consultation):
    made = make.entered(consultation=consultation)
    browser, address = desk(), f"/desk/p/{made.number}/entered/"

    shown = page(browser.get(address))
    browser.post(f"/desk/p/{made.number}/pasted/")
    ticked = Source.objects.get().replied_at
    browser.post(f"/desk/p/{made.number}/pasted/", {"do": "undo"})

    assert "Ačiū. Jūsų komentarą užregistravome" in shown
    assert f"ours.test/p/{made.number}/" in shown
    assert (ticked, Source.objects.get().replied_at) == (ANY, None)
    assert ticked is not None


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_the_tick_is_for_moderators(desk, consultation, role):
    made = make.entered(consultation=consultation)

    assert desk(role).post(f"/desk/p/{made.number}/pasted/").status_code == 403
    assert Source.objects.get().replied_at is None


def test_the_form_asks_the_same_number_of_questions_for_any_register(desk, consultation):
    browser = desk()
    counts = []
    for more in (1, 29):
        for _n in range(more):
            make.entered(consultation=consultation)
        browser.get(ENTER)
        with CaptureQueriesContext(connection) as asked:
            browser.get(ENTER)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_public_page_tells_both_times_and_the_source(client, consultation):
    at = NOW - timedelta(days=1)
    shown = make.entered(
        consultation=consultation, at=at, received_at=at - timedelta(days=3), publish=True
    )
    hidden = make.entered(consultation=consultation, at=at)
    client.cookies["sutarta_language"] = "en"

    pages = [
        page(client.get(f"/p/{one.number}/", headers={"host": "ours.test"}))
        for one in (shown, hidden)
    ]

    assert "entered" in pages[0]
    assert 'href="https://kaimynai.example/1" rel="nofollow noopener"' in pages[0]
    assert "kaimynai.example" not in pages[1]
    assert showing.state(hidden) == "CHECKING"
    assert reverse("consultations:submission", args=[1]) == "/p/1/"
