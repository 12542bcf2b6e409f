"""The worker is killed again and again while it reads a real mailbox: nothing lost or doubled."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.apps.mail import dovecot
from tests.cli.listening import program
from tests.conftest import go_without
from tests.make import NOON

KILLS, LETTERS = 6, 300
USER = "laiskai6@alksniai.example"
# Each reader is a process of its own, made by one that has loaded everything and read nothing. It
# dies without a word after so much work of its own, however busy the machine is with other things.
PLAY = """
import json, os, random, signal, sys
from datetime import UTC, datetime
from pathlib import Path
data, user, port, password, authority, kills = sys.argv[1:]
os.environ |= {"SUTARTA_MAIL_CA": authority, "SUTARTA_MAIL_INSIDE": "yes"}
from sutarta.cli import clock, place
place.enter(Path(data))
from django.db import connections
from sutarta.apps.mail import sealing
from sutarta.apps.mail.actions import reading
from sutarta.apps.mail.models import Door, Mailbox, RawLetter
from sutarta.apps.mail.queries.mailboxes import read_by_us
from sutarta.apps.tenants.models import Group

reading.BATCH, chance = 5, random.Random(7)
box = Mailbox(group=Group.objects.get(), address=user, user=user, door=Door.IMAP,
              host="localhost", port=int(port), added_at=datetime(2026, 11, 22, tzinfo=UTC))
box.secret = sealing.seal_secret(password, box)
box.save()
cut, left = 0, []
for _kill in range(int(kills)):
    connections.close_all()
    seconds = chance.uniform(0.01, 0.08)
    reader = os.fork()
    if not reader:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        os._exit(not reading.read(read_by_us().get(), clock.now()))
    cut += os.WIFSIGNALED(os.waitpid(reader, 0)[1])
    left.append(RawLetter.objects.count())
assert reading.read(read_by_us().get(), clock.now())
print(json.dumps([cut, left, [sealing.opened(one).decode() for one in RawLetter.objects.all()]]))
"""


@pytest.fixture
def server():
    if dovecot.program() is None:
        go_without("Dovecot is not installed: apt install dovecot-imapd")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    with dovecot.running(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


def test_whatever_moment_the_reader_is_killed_at_every_letter_is_there_once(
    server, group_once, tmp_path
):
    data = shutil.copytree(group_once, tmp_path / "data")
    sent = [f"Subject: {n}\r\n\r\nŽodžiai {n}\r\n" for n in range(LETTERS)]
    for n, words in enumerate(sent):
        server.deliver(USER, words.encode(), NOON + timedelta(seconds=n), f"{n:04}.m")

    said = program("-c", PLAY, data, USER, server.port, dovecot.PASSWORD, server.authority, KILLS)

    cut, left, stored = json.loads(said.splitlines()[-1])
    assert cut == KILLS and left[-1] < LETTERS  # every kill met a reader at work
    assert Counter(stored) == Counter(sent)
