"""A group's own colour and mark: who may choose them, what is refused, how they are served."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sutarta.apps.ledger import queries as ledger
from sutarta.apps.people import actions
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.apps.tenants import accent
from sutarta.apps.tenants.models import Group
from sutarta.formats import uploads
from tests import files, make
from tests.doors import read
from tests.make import NOON

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
GREEN = "#2b6e3f"


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def desk(client, group):
    client.force_login(make.member(of=group))
    client.cookies["sutarta_language"] = "en"
    client.defaults["HTTP_HOST"] = "ours.test"
    return client


def picture(width=600, height=300, kind="PNG", colour=(20, 90, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def send(desk, data: bytes, name="mark.png"):
    return desk.post(reverse("people:mark"), {"mark": SimpleUploadedFile(name, data)})


def keep(desk, **said):
    said = {"whose": "OWN", "accent": GREEN, "do": "keep", **said}
    return desk.post(reverse("people:look"), said)


# --- the colour


def test_a_colour_is_kept_logged_and_linked_on_every_page(desk, group):
    assert keep(desk, accent="2B6E3F").status_code == 302

    group.refresh_from_db()
    assert group.accent == GREEN
    assert ledger.facts(ledger.acts(group, "group.changed").get()) == {"fields": ["accent"]}
    address = reverse("tenants:look", args=[accent.digest(GREEN)])
    for page in ("/", "/desk/", "/missing/", reverse("web:privacy")):
        assert f'href="{address}"' in desk.get(page).content.decode(), page


def test_the_stylesheet_is_kept_for_ever_and_sets_no_cookie(client, desk):
    keep(desk)
    client.logout()

    answer = client.get(reverse("tenants:look", args=[accent.digest(GREEN)]), headers=HOST)

    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content.decode() == accent.stylesheet(GREEN)
    assert not answer.cookies
    assert "Vary" not in answer.headers


@pytest.mark.parametrize("digest", ["0" * 32, accent.digest("#6b4a86"), "x"])
def test_a_stylesheet_of_another_colour_is_not_found(client, desk, digest):
    keep(desk)

    assert client.get(reverse("tenants:look", args=[digest])).status_code == 404


def test_a_group_without_a_colour_asks_for_no_stylesheet(client, group):
    assert "/look/" not in client.get("/", headers=HOST).content.decode()


def test_the_same_colour_again_is_no_act(desk, group):
    keep(desk)
    keep(desk)

    assert ledger.acts(group, "group.changed").count() == 1


def test_going_back_to_ours(desk, group):
    keep(desk)
    keep(desk, whose="OURS")

    assert Group.objects.get().accent == ""


def test_a_preview_changes_nothing(desk, group):
    answer = keep(desk, do="preview")

    assert answer.status_code == 200
    assert "So it would look" in answer.content.decode()
    assert f'fill="{GREEN}"' in answer.content.decode()
    assert Group.objects.get().accent == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"accent": "#7ac142"}, "too light"),
        ({"accent": "#d98a00"}, "mean time here"),
        ({"accent": "#a8352b"}, "Red marks"),
        ({"accent": ""}, "such as #2b6e3f"),
        ({"accent": "green"}, "such as #2b6e3f"),
        ({"accent": "#12"}, "such as #2b6e3f"),
        ({"accent": "#2b6e3f;}"}, "7"),
        ({"accent": "url(x)"}, "such as #2b6e3f"),
        ({"whose": ""}, "Choose one."),
        ({"whose": "THEIRS"}, "Choose one."),
    ],
)
@pytest.mark.parametrize("do", ["keep", "preview"])
def test_a_colour_that_will_not_do_comes_back_with_the_reason(desk, said, told, do):
    answer = keep(desk, **{**said, "do": do})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Group.objects.get().accent == ""


@pytest.mark.parametrize("colour", ["#7ac142", "#d98a00", "#a8352b", "#ffffff"])
def test_the_nearest_one_is_offered_and_taken_by_one_press(desk, colour):
    offered = accent.nearest(colour)

    refused = keep(desk, accent=colour).content.decode()
    taken = desk.post(reverse("people:look"), {"whose": "OWN", "accent": colour, "take": offered})

    assert f'value="{offered}"' in refused
    assert taken.status_code == 302
    assert Group.objects.get().accent == offered


# --- the mark


@pytest.mark.parametrize(
    "data",
    [picture(), picture(kind="JPEG"), picture(kind="WEBP"), picture(30, 90), files.jpeg()],
    ids=["png", "jpeg", "webp", "tall", "with notes"],
)
def test_a_mark_becomes_a_small_square_on_every_page(desk, client, group, data):
    assert send(desk, data).status_code == 302

    group.refresh_from_db()
    address = reverse("tenants:mark", args=[group.mark_digest])
    page = client.get("/").content.decode()
    assert page.count(address) == 2  # beside the name, and in the tab
    assert 'alt=""' in page
    answer = client.get(address)
    drawn = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert drawn.format == "PNG"
    assert drawn.width == drawn.height <= 512
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert ledger.facts(ledger.acts(group, "group.changed").get()) == {"fields": ["mark"]}


def test_another_mark_takes_its_place_and_its_file(desk, group, django_capture_on_commit_callbacks):
    send(desk, picture())
    former = Group.objects.get().mark_path
    with django_capture_on_commit_callbacks(execute=True):
        send(desk, picture(colour=(90, 20, 60)))

    assert not default_storage.exists(former)
    assert default_storage.exists(Group.objects.get().mark_path)
    former_address = reverse("tenants:mark", args=[former.rsplit("/", 1)[1][:-4]])
    assert desk.get(former_address).status_code == 404


def test_a_removed_mark_gives_way_to_the_leaf(desk, client, django_capture_on_commit_callbacks):
    send(desk, picture())
    kept = Group.objects.get().mark_path
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("people:mark"), {"do": "remove"})

    assert Group.objects.get().mark_digest == ""
    assert not default_storage.exists(kept)
    assert 'class="leaf"' in client.get("/").content.decode()


SVG = b'<?xml version="1.0"?><SVG xmlns="http://www.w3.org/2000/svg"><script>1</script></SVG>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty."),
        (SVG, "A drawing (SVG) can carry a script"),
        (files.pdf(), "This is no picture"),
        (files.word(), "This is no picture"),
        (b"MZ\x90\x00" * 100, "This is no picture"),
        (picture()[:200], "damaged or cut short"),
        (b"\x89PNG\r\n\x1a\n" + bytes(uploads.MAX_MARK), "at most 2 MB"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(50), "HEIC"),
    ],
    ids=["empty", "svg", "pdf", "word", "program", "cut", "large", "heic"],
)
def test_what_is_no_mark_is_refused_in_a_sentence(desk, data, told):
    answer = send(desk, data)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Group.objects.get().mark_digest == ""


def test_no_file_at_all_is_told(desk):
    answer = desk.post(reverse("people:mark"), {})

    assert (answer.status_code, "Choose a file." in answer.content.decode()) == (422, True)


def test_a_mark_of_a_neighbour_is_not_found(desk, client):
    make.group(host="theirs.test")
    send(desk, picture())
    address = reverse("tenants:mark", args=[Group.objects.get(hosts__name="ours.test").mark_digest])

    answer = client.get(address, headers={"host": "theirs.test"})
    read(answer)

    assert answer.status_code == 404


# --- who may, and when


@pytest.mark.parametrize("role", [*Role.values, None])
def test_who_may_change_the_look(group, role):
    who = make.member(of=group, role=role) if role else make.member(of=make.group())
    may = role == Role.COORDINATOR
    tries = [
        lambda: actions.change_settings(actor=who, group=group, changed={"accent": GREEN}, at=NOON),
        lambda: actions.change_mark(actor=who, group=group, picture=picture(), at=NOON),
    ]

    for one in tries:
        if may:
            one()
        else:
            with pytest.raises(Refused):
                one()

    assert bool(Group.objects.get(pk=group.pk).accent) is may
    assert bool(Group.objects.get(pk=group.pk).mark_digest) is may


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.AUDITOR])
def test_others_see_how_it_looks_and_why_they_may_not_change_it(client, group, role):
    client.force_login(make.member(of=group, role=role))
    client.cookies["sutarta_language"] = "en"

    page = client.get(reverse("people:look"), headers=HOST).content.decode()

    assert "So it looks now" in page
    assert "Your role in this group does not include this step." in page
    assert "Keep the colour" not in page
