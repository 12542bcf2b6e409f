"""Which letters a machine sent, which answer others, and who vouches for one."""

from __future__ import annotations

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from sutarta.formats import letters
from sutarta.formats.letters import signatures
from tests.formats.letters import post
from tests.formats.letters.outlook import compound, msg_tree
from tests.formats.letters.test_letters import FILE, OUTLOOK

SAID = post.part("text/plain", "Prašau tako.")
REPORT = post.several(
    "report",
    post.part("text/plain", "Your letter could not be delivered."),
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.post.example\r\n\r\n"
    b"Final-Recipient: rfc822; s.t@post.example\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    b"Content-Type: message/rfc822\r\n\r\nMessage-ID: <ours@alksniai.example>\r\n\r\nx",
    more="; report-type=delivery-status",
)


@pytest.mark.parametrize(
    ("line", "automatic"),
    [
        ("", ""),
        ("Auto-Submitted: no", ""),
        ("Auto-Submitted: auto-replied; owner-email=r.m@post.example", "reply"),
        ("Auto-Submitted: auto-generated", "reply"),
        ("X-Autoreply: yes", "reply"),
        ("X-Auto-Response-Suppress: All", ""),
        ("Precedence: auto_reply", "reply"),
        ("Precedence: bulk", "list"),
        ("List-Id: <kaimas.alksniai.example>", "list"),
        ("Return-Path: <>", "bounce"),
        ("Return-Path: <>\r\nAuto-Submitted: auto-replied", "reply"),
        ("Return-Path: <r.m@post.example>", ""),
        ("X-Failed-Recipients: s.t@post.example", "bounce"),
        ("List-Id: <k.a.example>\r\nAuto-Submitted: auto-replied", "reply"),
    ],
)
def test_letters_of_machines_are_known(line, automatic):
    data = post.whole(SAID, more=f"{line}\r\n" if line else "")

    assert letters.read(data, "x.eml").automatic == automatic


@pytest.mark.parametrize(
    ("subject", "automatic"),
    [
        ("Automatic reply: Takas", "reply"),
        ("=?utf-8?Q?Automatinis_atsakymas=3A_Takas?=", "reply"),
        ("Out of Office: Takas", "reply"),
        ("Re: Automatic doors", ""),
        ("Automatinis apšvietimas prie ežero", ""),
    ],
)
def test_an_absence_is_known_by_its_subject(subject, automatic):
    assert letters.read(post.whole(SAID, subject), "x.eml").automatic == automatic


def test_a_bounce_names_the_letter_that_came_back():
    found = letters.read(post.whole(REPORT, "Undelivered Mail Returned to Sender"), "x.eml")

    assert found.automatic == "bounce"
    assert found.references == ("ours@alksniai.example",)
    assert found.forwarded is None
    assert "Status: 5.1.1" in found.quoted


def test_headers_alone_of_a_letter_that_came_back_do():
    heads = b"Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@alksniai.example>\r\n"
    data = post.whole(post.several("report", SAID, heads, more="; report-type=delivery-status"))

    assert letters.read(data, "x.eml").references == ("ours@alksniai.example",)


def test_a_receipt_of_reading_is_an_automatic_answer():
    body = post.several("report", SAID, more="; report-type=disposition-notification")

    assert letters.read(post.whole(body), "x.eml").automatic == "reply"


def test_letters_answered_and_addresses_are_read():
    more = (
        "In-Reply-To: <c@a.example>\r\nReferences: <a@a.example> <b@a.example>\r\n"
        "\t<c@a.example>\r\n"
        "Delivered-To: vvg+c7@alksniai.example\r\nCc: =?utf-8?Q?R=C5=ABta?= <R.M@post.example>\r\n"
        "Reply-To: S T <s.t@post.example>\r\n"
    )

    found = letters.read(post.whole(SAID, more=more), "x.eml")

    assert found.references == ("c@a.example", "b@a.example", "a@a.example")
    assert found.reply_to == "s.t@post.example"
    assert found.recipients == (
        "vvg+c7@alksniai.example", "vvg@alksniai.example", "r.m@post.example"
    )  # fmt: skip


@pytest.fixture(scope="module")
def key():
    """A private key as PEM, and the record that publishes its other half."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, "v=DKIM1; k=rsa; p=" + "".join(public.decode().split("\n")[1:-2])


def signed(data: bytes, key, domain: bytes = b"post.example") -> bytes:
    return dkim.sign(data, b"n1", domain, key[0], include_headers=[b"from", b"subject"]) + data


def test_a_signature_that_holds_is_noted(key):
    data = signed(post.whole(SAID), key)
    (name,) = signatures.asked(data)

    found = letters.read_safely(data, "x.eml", {name: key[1]})

    assert name == "n1._domainkey.post.example"
    assert (found.signed, found.is_vouched, found.findings) == (("post.example",), True, ())


def test_a_signature_by_somebody_else_does_not_vouch(key):
    data = signed(post.whole(SAID), key, b"elsewhere.example")

    found = letters.read(data, "x.eml", dict.fromkeys(signatures.asked(data), key[1]))

    assert (found.signed, found.is_vouched) == (("elsewhere.example",), False)


def test_a_letter_changed_on_the_way_is_said(key):
    data = signed(post.whole(SAID), key)
    keys = dict.fromkeys(signatures.asked(data), key[1])
    changed = data.replace(b"tako", b"kelio")

    assert letters.read(changed, "x.eml", keys).findings == ("dkim",)
    assert letters.read(changed, "x.eml").findings == ()
    assert letters.read(data, "x.eml", dict.fromkeys(keys, "v=DKIM1; p=nonsense")).signed == ()


@pytest.mark.parametrize(
    "forged",
    [
        b"From: V K <v.k@post.example>\r\n",
        b"From: v.k@post.example, r.m@post.example\r\n",
    ],
)
def test_a_second_sender_borrows_no_signature(key, forged):
    """Whoever has an address at a provider could otherwise speak as any other there."""
    data = signed(post.whole(SAID), key)
    keys = dict.fromkeys(signatures.asked(data), key[1])

    assert letters.read(forged + data, "x.eml", keys).is_vouched is False


def test_words_added_below_a_signature_are_not_vouched_for(key):
    whole = post.whole(SAID)
    head = dkim.sign(whole, b"n1", b"post.example", key[0], include_headers=[b"from"], length=True)
    keys = dict.fromkeys(signatures.asked(head + whole), key[1])

    assert letters.read(head + whole + b"Ir dar.", "x.eml", keys).is_vouched is False


@pytest.mark.parametrize(
    ("hosts", "signed_by"),
    [((), ()), (("mx.alksniai.example",), ("post.example",)), (("mx.other.example",), ())],
)
def test_only_our_own_host_is_believed(hosts, signed_by):
    said = (
        "Authentication-Results: mx.alksniai.example (a host);\r\n\tdkim=pass (2048 bits)\r\n"
        " header.d=post.example; dkim=fail header.d=bad.example; spf=pass\r\n"
        "Authentication-Results: mx.other.example; dkim=pass header.d=forged.example\r\n"
    )

    assert letters.read(post.whole(SAID, more=said), "x.eml", hosts=hosts).signed == signed_by


@given(st.binary(max_size=300))
def test_no_signature_disturbs_the_reading(bad):
    data = (
        b"DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=b; " + bad + b"\r\n" + post.whole(SAID)
    )
    keys = dict.fromkeys([*signatures.asked(data), "b._domainkey.a.example"], "v=DKIM1; p=aa")

    try:
        letters.read(data, "x.eml", keys)
    except letters.Refused as refused:
        assert refused.code in letters.REASONS


@given(st.data())
def test_a_real_letter_damaged_anywhere_is_read_or_refused(data):
    whole = bytearray(post.whole(post.several("mixed", SAID, post.file(), REPORT)))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))

    try:
        assert isinstance(letters.read(bytes(whole), "x.eml"), letters.Letter)
    except letters.Refused as refused:
        assert refused.code in letters.REASONS


def test_a_letter_inside_an_outlook_letter_is_read():
    inner = {0x001A: "IPM.Note", 0x0037: "Suolai", 0x1000: "Prašau suolų.", 0x5D01: "s.t@p.example"}
    outside = msg_tree(OUTLOOK, [{0x3705: 5}])
    inside = msg_tree(inner, [FILE], is_inside=True)
    outside["__attach_version1.0_#00000000"]["__substg1.0_3701000D"] = inside

    found = letters.read(compound(outside), "x.msg")

    assert found.forwarded is not None
    assert (found.forwarded.sender_address, found.forwarded.text) == (
        "s.t@p.example", "Prašau suolų."
    )  # fmt: skip
    assert "Prašau suolų." in found.quoted
    assert [file.name for file in found.attachments] == ["Planas.pdf"]


def test_what_is_attached_without_bytes_is_said():
    found = letters.read(compound(msg_tree(OUTLOOK, [{0x3705: 4}])), "x.msg")

    assert found.findings == ("damaged",)
