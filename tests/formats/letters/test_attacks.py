"""Letters made to break or to busy their reader: bounded, and never in our own process."""

from __future__ import annotations

import base64
import time

import pytest
from bench import attacks

from sutarta.formats import letters
from sutarta.formats.letters import heading
from sutarta.formats.letters.addressing import addressed

CHEAP = ["10,000 parts deep", "To of brackets", "encoded words", "html, a million deep"]


@pytest.mark.parametrize("name", CHEAP)
def test_25_mb_of_malice_cost_a_bounded_time(name):
    """All of them: python -m bench.attacks."""
    data = attacks.CASES[name]()

    ours, keys = attacks.here(data)
    before = attacks.spent()
    attacks.read(data, keys)

    assert ours < attacks.MOST_HERE
    assert attacks.spent() - before < attacks.MOST


@pytest.mark.parametrize("line", ["From", "To", "Cc", "Delivered-To", "Reply-To"])
def test_a_thousand_brackets_end_no_reading(line):
    data = b"Subject: s\r\nFrom: a@b.example\r\nX: y\r\n\r\nTako.\r\n"
    data = f"{line}: {'(' * 5_000}\r\n".encode() + data

    assert letters.read(data, "x.eml").text == "Tako."
    heading.heading(data)
    heading.recipients(data)


def test_rulers_without_end_end_no_reading():
    for ruler in ("-----------\n", "_____\n\n", "==========\n \n"):
        began = time.process_time()
        assert letters.pasted("Tako.\n" + ruler * 15_000, "Europe/Vilnius").text.startswith("Tako.")
        assert time.process_time() - began < 5


def test_words_nested_too_deep_or_too_long_are_not_lost():
    page = b"From: a@b.example\r\nSubject: s\r\nContent-Type: text/html\r\n\r\n"
    deep = page + b"<div>" * 3_000 + b"Tako &amp; suolo."
    long = page + b"<p>Tako.</p>" * 1_000_000

    assert letters.read(deep, "x.eml").text.strip() == "Tako & suolo."
    assert letters.read(long, "x.eml").text.startswith("Tako.")


def test_lines_of_addresses_are_looked_at_up_to_a_length():
    began = time.process_time()
    found = addressed(["a@b.example," * 10_000] * 1_000)

    assert 0 < len(found) < 40_000
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\x.exe", "x.exe"),
        ("C:\\x.pdf", "C: x.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\u2066x\u2069.pdf", "x.pdf"),
        ("..", "file"),
        ("/", "file"),
        ("a\r\nX-B: c.pdf", "a X-B: c.pdf"),
        ("x" * 5_000, "x" * 200),
    ],
)
def test_a_file_name_leads_nowhere_and_reads_as_it_is(named, kept):
    word = base64.b64encode(named.encode()).decode()
    data = (
        "From: a@b.example\r\nSubject: s\r\n"
        f'Content-Type: application/pdf; name="=?utf-8?B?{word}?="\r\n\r\nx'
    ).encode()

    assert [one.name for one in letters.read(data, "x.eml").attachments] == [kept]


def test_no_module_is_loaded_for_a_charset():
    data = b"From: a@b.example\r\nSubject: s\r\nContent-Type: text/plain; charset=%s\r\n\r\nTako."

    for name in (b"antigravity", b"zlib_codec", b"../x", b"idna", b"unicode_escape", b"x" * 9_000):
        assert letters.read(data % name, "x.eml").text == "Tako."
