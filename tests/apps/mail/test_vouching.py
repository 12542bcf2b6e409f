"""Keys for the signatures of letters, and which hosts are believed."""

from __future__ import annotations

import dkim
import pytest

from sutarta.apps.mail import vouching
from sutarta.apps.mail.models import Mailbox

LETTER = b"".join(
    b"DKIM-Signature: v=1; d=%s.example;\r\n\ts=k1; b=x\r\n" % name for name in (b"a", b"b", b"c")
)


def late(_name: str) -> str:
    raise dkim.DnsTimeoutError


def test_the_key_of_each_signature_is_asked_for():
    records = {"a._domainkey.x": "", "k1._domainkey.b.example": "v=DKIM1; p=" + "x" * 9_000}

    found = vouching.keys_of(LETTER, lambda name: records.get(name, ""))

    assert list(found) == ["k1._domainkey.b.example"]
    assert len(found["k1._domainkey.b.example"]) == vouching.MAX_KEY


def test_a_slow_dns_is_asked_once():
    asked = []

    assert vouching.keys_of(LETTER, lambda name: asked.append(name) or late(name)) == {}
    assert asked == ["k1._domainkey.a.example"]


@pytest.mark.parametrize(("outcome", "record"), [(b"v=DKIM1; p=aa", "v=DKIM1; p=aa"), (None, "")])
def test_no_search_domain_is_tried(monkeypatch, outcome, record):
    names = []
    monkeypatch.setattr(dkim, "get_txt", lambda name, timeout: names.append(name) or outcome)

    vouching.keys_of(LETTER)

    assert names[0] == b"k1._domainkey.a.example."
    assert vouching.keys_of(LETTER).get("k1._domainkey.a.example", "") == record


def test_only_a_provider_that_signs_its_findings_is_believed():
    assert vouching.hosts_of(Mailbox(host="imap.gmail.com")) == ["mx.google.com"]
    assert vouching.hosts_of(Mailbox(host="imap.alksniai.example")) == []
    assert vouching.hosts_of(None) == []
