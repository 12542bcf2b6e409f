"""For whom a letter was signed: one sent on to us, though made for another, proves nothing."""

from __future__ import annotations

import time

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sutarta.formats import letters
from sutarta.formats.letters import signatures

US, OTHER = "info+c7@alksniai.example", "s.t@kitur.example"
USUAL = (b"from", b"to", b"cc", b"subject")


@pytest.fixture(scope="module")
def key():
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


def letter(to: str = US, cc: str = "", sender: str = "R M <r.m@post.example>") -> bytes:
    lines = [f"From: {sender}", f"To: {to}", *([f"Cc: {cc}"] if cc else []), "Subject: Takas"]
    return "\r\n".join([*lines, "", "Prašau tako.", ""]).encode()


def signed(
    key, data: bytes, lines=USUAL, domain: bytes = b"post.example", algorithm=b"rsa-sha256", **more
) -> bytes:
    """Signed over those of the lines that are there; more: as dkim.sign takes it."""
    there = [one for one in lines if one + b":" in data.lower()]
    return (
        dkim.sign(
            data,
            b"n1",
            domain,
            key[0],
            include_headers=there,
            signature_algorithm=algorithm,
            **more,
        )
        + data
    )


def until(key, data: bytes, seconds: int) -> bytes:
    """Signed until so many seconds from now."""
    made = dkim.DKIM(data, signature_algorithm=b"rsa-sha256")
    real = made.gen_header

    def with_end(fields, *rest):
        fields.insert(4, (b"x", str(int(time.time()) + seconds).encode()))
        fields[5:] = [(k, v) for k, v in fields[5:] if k != b"t"]
        return real(fields, *rest)

    made.gen_header = with_end
    return made.sign(b"n1", b"post.example", key[0], include_headers=list(USUAL[:2])) + data


def read(key, data: bytes):
    return letters.read(data, "x.eml", dict.fromkeys(signatures.asked(data), key[1]))


CASES = {
    "to us alone": (lambda k: signed(k, letter()), (US,)),
    "to us and another": (lambda k: signed(k, letter(f"{OTHER}, Mes <{US}>")), (OTHER, US)),
    "a copy to us": (lambda k: signed(k, letter(OTHER, US)), (OTHER, US)),
    "in capitals": (lambda k: signed(k, letter(US.upper())), (US,)),
    "by the domain above": (
        lambda k: signed(k, letter(sender="r@padalinys.post.example")), (US,),
    ),
    "until tomorrow": (lambda k: until(k, letter(), 86_400), (US,)),
    "to another, handed to us": (lambda k: signed(k, letter(OTHER)), (OTHER,)),
    "to nobody said": (lambda k: signed(k, letter("")), ()),
    "the line To is not signed": (lambda k: signed(k, letter(), (b"from", b"subject")), ()),
    "the line Cc that names us is not signed": (
        lambda k: signed(k, letter(OTHER, US), (b"from", b"to")), (OTHER,),
    ),
    "a line To put above later": (
        lambda k: f"To: {US}\r\n".encode() + signed(k, letter(OTHER)), (),
    ),
    "a line Cc put above later": (
        lambda k: f"Cc: {US}\r\n".encode() + signed(k, letter(OTHER)), (OTHER,),
    ),
    "a line Delivered-To put above later": (
        lambda k: f"Delivered-To: {US}\r\n".encode() + signed(k, letter(OTHER)), (OTHER,),
    ),
    "signed for a part of the words": (lambda k: signed(k, letter(), length=True), ()),
    "by a method that proves nothing": (
        lambda k: signed(k, letter(), algorithm=b"rsa-sha1"), (),
    ),
    "by another domain": (lambda k: signed(k, letter(), domain=b"kitur.example"), ()),
    "by a domain below": (lambda k: signed(k, letter(), domain=b"x.post.example"), ()),
    "by a domain that ends alike": (
        lambda k: signed(k, letter(sender="r@blogaspost.example")), (),
    ),
    "a second sender put above": (
        lambda k: b"From: v.k@post.example\r\n" + signed(k, letter()), (),
    ),
    "two senders in one line": (
        lambda k: signed(k, letter(sender="r.m@post.example, v.k@post.example")), (),
    ),
    "words changed": (lambda k: signed(k, letter()).replace(b"tako", b"kelio"), ()),
    "over since an hour": (lambda k: until(k, letter(), -3_600), ()),
    "over since yesterday": (lambda k: until(k, letter(), -86_400), ()),
    "not signed": (lambda k: letter(), ()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_letter_is_vouched_for_where_it_was_signed_for_its_reader(key, case):
    make, expected = CASES[case]

    assert read(key, make(key)).signed_to == expected


def test_through_the_bounded_process_it_is_the_same(key):
    data = signed(key, letter())
    keys = dict.fromkeys(signatures.asked(data), key[1])

    assert letters.read_safely(data, "x.eml", keys).signed_to == (US,)


RESULT = b"Authentication-Results: mx.alksniai.example; dkim=pass header.d=post.example\r\n"
SIGNATURE = b"DKIM-Signature: v=1; a=rsa-sha256; d=post.example; s=a;%s bh=x; b=x\r\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([b" h=From:To:Subject;"], (US,)),
        ([b" h=to:from : cc;"], (US,)),
        ([b" h=From:Subject;"], ()),
        ([b" h=to:subject;"], ()),
        ([b" h=From:To; l=20;"], ()),
        ([b" h=From:To; x=1000;"], ()),
        ([b" h=From:To; x=9999999999999999;"], ()),
        ([b" h=From:To;", b" h=From;"], ()),  # which of the two is meant is not said
        ([], ()),
    ],
)
def test_what_the_receiving_host_found_counts_where_every_signature_is_for_us(lines, expected):
    data = RESULT + b"".join(SIGNATURE % line for line in lines) + letter()

    found = letters.read(data, "x.eml", hosts=["mx.alksniai.example"])

    assert (found.signed, found.signed_to) == (("post.example",), expected)
