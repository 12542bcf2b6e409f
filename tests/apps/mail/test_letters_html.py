"""Letters in two forms, and leaving in one press: as a mail server hears them."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from sutarta.apps.mail import actions, pages
from sutarta.apps.mail.models import Letter
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

LEAVE = f"https://alksniu-miesto-vietos-veiklos-grupe.example/follow/{'k' * 43}/leave/"


class _Talk(socketserver.StreamRequestHandler):
    """A mail server that says yes to everything and keeps what it was told."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self._say("354 go on")
                self._listen()
            self._say("221 bye" if word == b"QUIT" else "250 yes")
            if word == b"QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _listen(self) -> None:
        said = []
        while (line := self.rfile.readline()) != b".\r\n":
            said.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.heard.append(b"".join(said))


@pytest.fixture
def heard(settings):
    """What a real conversation brings to a server."""
    with socketserver.TCPServer(("127.0.0.1", 0), _Talk) as server:
        server.heard = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server.heard
        server.shutdown()


def _post(**facts):
    defaults = {
        "group": make.group(),
        "to": "j.b@alksniai.example",
        "subject": "Ką nusprendė visuotinis susirinkimas ir kas bus toliau",
        "text": "Ačiū, kad sekate.\n",
        "kind": "follow.digest",
        "key": "1",
        "language": "lt",
        "at": NOON,
    }
    return actions.post(**{**defaults, **facts})


def _received(heard) -> EmailMessage:
    assert actions.send_due(NOON) == 1
    return message_from_bytes(heard[0], policy=policy.default)


def test_a_letter_has_both_forms_and_says_how_to_leave(heard):
    html = pages.framed("Naujienos", "<h1>Naujienos</h1><p>Ačiū.</p>", "lt")
    _post(html=html, leave_url=LEAVE)

    letter = _received(heard)

    assert letter.get_content_type() == "multipart/alternative"
    assert letter.get_body(("plain",)).get_content().strip() == "Ačiū, kad sekate."
    assert letter.get_body(("html",)).get_content().split() == html.split()
    assert letter["List-Unsubscribe"].strip() == f"<{LEAVE}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Subject"].strip() == "Ką nusprendė visuotinis susirinkimas ir kas bus toliau"


def test_the_address_of_leaving_stands_as_it_is_however_long(heard):
    """Programs read it from the raw line: an encoded word would be no address."""
    _post(leave_url=LEAVE)
    _received(heard)

    head = heard[0].split(b"\r\n\r\n")[0].decode("ascii")
    assert f" <{LEAVE}>\r\n" in head


def test_other_letters_stay_plain_and_offer_no_leaving(heard):
    _post()

    letter = _received(heard)

    assert letter.get_content_type() == "text/plain"
    assert letter["List-Unsubscribe"] is None


def test_the_frame_escapes_the_title_and_loads_nothing():
    html = pages.framed("<b>&", "<p>x</p>", "lt")

    assert "<title>&lt;b&gt;&amp;</title>" in html
    assert '<html lang="lt">' in html
    for loading in ("src=", "url(", "<link", "<img", "@import"):
        assert loading not in html


def test_many_letters_are_stored_in_few_questions(django_assert_max_num_queries):
    group = make.group()
    drafts = [
        actions.Draft(f"{n}@post.example", "a\nb", "x", "follow.digest", f"{n}", "lt", "<p>", LEAVE)
        for n in range(300)
    ]
    with django_assert_max_num_queries(8):
        actions.post_all(group=group, drafts=drafts, at=NOON)
    actions.post_all(group=group, drafts=drafts, at=NOON)

    assert Letter.objects.count() == 300
    assert set(Letter.objects.values_list("subject", "html", "next_at")) == {("a b", "<p>", NOON)}


def test_letters_to_an_address_are_forgotten_by_their_kind():
    group = make.group()
    for n, kind in enumerate(["follow.digest", "submission.receipt"]):
        _post(group=group, key=f"{n}", kind=kind)
    _post(to="k.l@alksniai.example")

    gone = actions.forget(group=group, to="j.b@alksniai.example", kinds=["follow.digest"])

    assert gone == 1
    assert set(Letter.objects.values_list("kind", "to")) == {
        ("submission.receipt", "j.b@alksniai.example"),
        ("follow.digest", "k.l@alksniai.example"),
    }
