"""Recording at the desk, the public proof, its copies, the table, and the settings."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sutarta.apps.consultations.actions import running
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.models import Publication
from sutarta.core import deadlines
from tests import files, make
from tests.doors import read

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
DESK, PUBLIC = "/desk/c/1/publications/", "/c/1/notices/"
NOW = make.now()


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def group():
    return make.group(host="ours.test", obligatory=["MUNICIPALITY", "NEWSPAPER"])


@pytest.fixture
def its(group):
    return make.consultation(
        version=make.version(group=group),
        opens_at=NOW - timedelta(days=9),
        announced_at=NOW - timedelta(days=9),
        last_day=(NOW + timedelta(days=8)).date(),
    )


@pytest.fixture
def desk(client, group):
    """A client signed in with a role, English chosen."""

    def sign_in(role=Role.EDITOR):
        client.force_login(make.member(of=group, role=role))
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client

    return sign_in


def seen(**more):
    day = (NOW - timedelta(days=3)).date().isoformat()
    return {"outlet": "NEWSPAPER", "where": "Alksnių žinios", "seen_on": day, **more}


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


# --- Recording ----------------------------------------------------------------------------------


def test_a_publication_with_its_copy_is_recorded_and_everybody_sees_it(desk, its):
    client = desk()
    copy = SimpleUploadedFile("iškarpa.png", files.png())
    answer = client.post(DESK, seen(cost="1 120,5", order_number="SK-118", copy=copy))

    assert answer.headers["Location"] == DESK
    page = text(client.get(PUBLIC))
    assert "EUR 1,120.50" in page
    assert "order No. SK-118" in page
    assert "Obligatory" in page
    assert "has not been seen yet everywhere" in page


def test_the_public_page_is_anew_after_each_act(client, desk, its):
    first = text(client.get(PUBLIC, headers=HOST))
    desk().post(DESK, seen())
    client.logout()

    assert "Alksnių žinios" not in first
    assert "Alksnių žinios" in text(client.get(PUBLIC, headers=HOST))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"outlet": "TELEPATHY"}, "Select a valid choice"),
        ({"outlet": ""}, "Choose one."),
        ({"where": " "}, "Write where it was published."),
        ({"where": "x" * 201}, "at most 200"),
        ({"seen_on": ""}, "Choose the day."),
        ({"seen_on": "vakar"}, "Write the day as year, month and day"),
        ({"seen_on": "2999-01-01"}, "That day has not come yet"),
        ({"cost": "-5"}, "Write euros and cents, such as 120,50."),
        ({"cost": "12,345"}, "Write euros and cents, such as 120,50."),
        ({"cost": "daug"}, "Write euros and cents, such as 120,50."),
        ({"cost": "1000000,01"}, "more than a million euros"),
        ({"link": "javascript:alert(1)"}, "Write the whole address"),
        ({"link": "ftp://a.lt/1"}, "Write the whole address"),
        ({"order_number": "9" * 61}, "at most 60"),
        ({"copy": SimpleUploadedFile("a.html", b"<script>")}, "a.html: We do not take files"),
        ({"copy": SimpleUploadedFile("b.pdf", files.pdf()[:99])}, "b.pdf: The file is damaged"),
        ({"copy": SimpleUploadedFile("c.docx", files.word())}, "Hand over a PDF or a picture"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(desk, its, more, reason):
    answer = desk().post(DESK, seen(**{"order_number": "SK-7", **more}))

    assert answer.status_code == 422
    assert reason in text(answer)
    assert (more.get("order_number") or "SK-7") in text(answer)
    assert Publication.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("", None), ("0", 0), ("120", 12000), ("120,5", 12050), ("120.50 €", 12050),
     ("1 250,05 Eur", 125005), ("1\u00a0250", 125000)],
)  # fmt: skip
def test_sums_are_read_as_people_write_them(desk, its, typed, cents):
    desk().post(DESK, seen(cost=typed))

    assert Publication.objects.get().cost_cents == cents


def test_the_form_begins_with_what_is_missing_and_known(desk, its):
    make.publication(its, where="Alksnių miesto savivaldybė", outlet="MUNICIPALITY")
    client = desk()

    first = client.get(DESK).context["form"].initial
    again = client.get(DESK + "?outlet=MUNICIPALITY").context["form"].initial
    own = client.get(DESK + "?outlet=SITE").context["form"].initial

    assert (first["outlet"], first["is_obligatory"]) == ("NEWSPAPER", True)
    assert again["where"] == "Alksnių miesto savivaldybė"
    assert own["link"] == "http://ours.test/c/1/"


def test_before_the_announcement_there_is_nothing_to_record(desk, its):
    its.announced_at = None
    its.save()

    page = text(desk().get(DESK))

    assert "Announce the consultation first" in page
    assert "<form class" not in page


# --- A moved deadline, a wrong record -----------------------------------------------------------


def test_after_an_extension_the_desk_says_what_to_publish_again(desk, its):
    client = desk(Role.COORDINATOR)
    client.post(DESK, seen())
    later = make.today(20)
    running.set_deadline(
        actor=make.member(of=its.group),
        consultation=its,
        deadline=deadlines.Deadline.of(later, deadlines.END_OF_DAY, its.group.zone),
        reason="Prašė gyventojai.",
        answers_by=later + timedelta(days=7),
        at=make.now(),
    )

    assert "Publish the notice again" in text(client.get("/desk/"))
    page = client.get(DESK)
    assert "Names a former deadline" in text(page)
    old = Publication.objects.get()
    form = client.get(f"{DESK}?again={old.pk}").context["form"]
    assert form.initial["where"] == "Alksnių žinios"
    today = make.today().isoformat()
    client.post(f"{DESK}?again={old.pk}", seen(seen_on=today, deadline=its.deadlines.last().pk))
    assert "To publish again" not in text(client.get(DESK))


def test_a_wrong_record_is_withdrawn_and_recorded_rightly(desk, its):
    client = desk()
    client.post(DESK, seen(copy=SimpleUploadedFile("a.png", files.png()), cost="48,40"))
    wrong = Publication.objects.get()
    page = f"{DESK}{wrong.pk}/withdraw/"

    assert client.post(page, {"reason": " ", "then": "correct"}).status_code == 422
    answer = client.post(page, {"reason": "Kita diena.", "then": "correct"})
    assert answer.headers["Location"] == f"{DESK}?again={wrong.pk}#record"
    form = client.get(f"{DESK}?again={wrong.pk}").context["form"]
    assert (form.initial["cost"], form.initial["seen_on"]) == ("48,40", wrong.seen_on)
    client.post(f"{DESK}?again={wrong.pk}", seen(keep_copy="on", cost="48,40", link="alksniai.lt"))

    right = Publication.objects.exclude(pk=wrong.pk).get()
    assert (right.copy_path, right.link) == (wrong.copy_path, "https://alksniai.lt")
    assert "Withdrawn on" in text(client.get(PUBLIC))
    assert "Kita diena." in text(client.get(PUBLIC))


def test_a_withdrawn_record_cannot_be_withdrawn_again(desk, its):
    wrong = make.publication(its, withdrawn_at=NOW, withdrawn_why="Ne ten.")

    answer = desk().post(f"{DESK}{wrong.pk}/withdraw/", {"reason": "Dar kartą."})

    assert answer.status_code == 403
    assert "This record has been withdrawn already." in text(answer)


# --- The proof ----------------------------------------------------------------------------------


def test_the_copy_opens_in_a_sandbox_and_a_withdrawn_one_for_staff_alone(client, desk, its):
    made = make.publication(its, copy=files.png())
    address = f"{PUBLIC}{made.pk}/copy/"
    answer = client.get(address, headers=HOST)
    read(answer)

    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    known = client.get(address, headers={**HOST, "If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304
    Publication.objects.update(withdrawn_at=NOW, withdrawn_why="Ne ten.")
    assert client.get(address, headers=HOST).status_code == 404
    shown = desk(Role.AUDITOR).get(address)
    read(shown)
    assert shown.status_code == 200


def test_a_pdf_is_saved_not_shown(client, its):
    made = make.publication(its, copy=b"%PDF-1.7", copy_type="application/pdf", copy_name="a.pdf")
    answer = client.get(f"{PUBLIC}{made.pk}/copy/", headers=HOST)
    read(answer)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_nothing_is_shown_of_what_is_not_announced(client, its):
    made = make.publication(its, copy=files.png())
    its.announced_at = None
    its.save()

    assert client.get(PUBLIC, headers=HOST).status_code == 404
    assert client.get(f"{PUBLIC}{made.pk}/copy/", headers=HOST).status_code == 404


def test_the_consultation_leads_there(client, desk, its):
    assert f'href="{PUBLIC}"' in text(client.get("/c/1/", headers=HOST))
    assert f'href="{DESK}"' in text(desk().get("/desk/c/1/"))


def test_search_engines_are_told_of_proofs_that_hold_something(client, its):
    assert PUBLIC not in text(client.get("/sitemap.xml", headers=HOST))
    make.publication(its)
    make.publication(its, where="Kitas laikraštis")

    assert text(client.get("/sitemap.xml", headers=HOST)).count(PUBLIC) == 1


@pytest.mark.parametrize("address", [DESK, PUBLIC, "/desk/"])
def test_pages_ask_as_much_for_three_hundred_as_for_one(desk, its, address):
    client = desk()

    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asking:
            assert client.get(address).status_code == 200
        return len(asking)

    make.publication(its)
    asked()
    one = asked()
    who = make.user()
    for n in range(299):
        make.publication(its, where=f"Laikraštis {n}", recorded_by=who)

    assert asked() == one


def test_the_table_holds_every_record_and_no_formula(desk, its):
    made = make.publication(its, where="=1+1", cost_cents=4840, copy=files.png())
    make.publication(its, withdrawn_at=NOW, withdrawn_why="Ne ten.")
    answer = desk(Role.AUDITOR).get(DESK + "export.csv")

    said = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(said)))
    formula = next(row for row in rows if row["Where"].startswith("'"))
    assert len(rows) == 2
    assert (formula["Where"], formula["Cost in euros"]) == ("'=1+1", "48.40")
    assert formula["Copy kept"] == f"http://ours.test{PUBLIC}{made.pk}/copy/"
    assert {row["Withdrawn because"] for row in rows} == {"", "Ne ten."}


# --- Settings -----------------------------------------------------------------------------------


def test_a_coordinator_sets_the_rule_and_the_log_names_it(desk, group):
    hosts = "www.Alksniai.lt\nalksniai.lt\n\nwww.alksniai.lt"
    facts = {"notice_days": "10", "obligatory": ["NEWSPAPER", "SITE"], "embed_hosts": hosts}
    answer = desk(Role.COORDINATOR).post("/desk/settings/notices/", facts)

    assert answer.status_code == 302
    group.refresh_from_db()
    assert (group.notice_days, group.obligatory) == (10, ["SITE", "NEWSPAPER"])
    assert group.embed_hosts == ["www.alksniai.lt", "alksniai.lt"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"notice_days": ""}, "Write a number of days; 0 when there is no rule."),
        ({"notice_days": "-1"}, "Write a number from 0 to 365."),
        ({"notice_days": "dvi"}, "Write a whole number of days."),
        ({"obligatory": ["TELEPATHY"]}, "Select a valid choice"),
        ({"embed_hosts": "https://www.alksniai.lt/"}, "write the name alone, www.alksniai.lt."),
        ({"embed_hosts": "savivaldybė.lt"}, "write the name alone, xn--savivaldyb-0mb.lt."),
        ({"embed_hosts": "alksniai.lt:8000"}, "write the name alone, alksniai.lt."),
        ({"embed_hosts": "*.alksniai.lt"}, "“*.alksniai.lt” is not the name of a site."),
        ({"embed_hosts": "10.0.0.1"}, "“10.0.0.1” is not the name of a site."),
        ({"embed_hosts": "a.lt; script-src *"}, "“*” is not the name of a site."),
        ({"embed_hosts": "[::1"}, "“[::1” is not the name of a site."),
        ({"embed_hosts": "\n".join(f"a{n}.lt" for n in range(31))}, "At most thirty sites."),
    ],
)
def test_bad_settings_are_told_and_stay_on_the_form(desk, group, more, reason):
    facts = {"notice_days": "14", "obligatory": [], "embed_hosts": "", **more}
    answer = desk(Role.COORDINATOR).post("/desk/settings/notices/", facts)

    assert answer.status_code == 422
    assert reason.replace("'", "&#x27;") in text(answer)
    group.refresh_from_db()
    assert (group.notice_days, group.embed_hosts) == (14, [])


def test_others_of_the_staff_read_the_settings(desk, group):
    page = text(desk(Role.EDITOR).get("/desk/settings/notices/"))

    assert "The municipality’s site, Newspaper" in page
    assert "Your role in this group does not include this step." in page
    assert "&lt;iframe src=&quot;http://ours.test/embed/&quot;" in page
