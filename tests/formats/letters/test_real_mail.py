"""Some hundreds of letters as programs write them: every word is where it belongs."""

from __future__ import annotations

import re

import pytest

from sutarta.formats import letters
from tests.formats.letters import post, programs

WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return WORD.findall(text)


@pytest.mark.parametrize("style", programs.BELOW)
def test_own_words_are_told_from_what_a_program_puts_below(style):
    for charset in post.CHARSETS:
        for encoding in post.ENCODINGS:
            sent = post.plain(style, charset, encoding)

            found = letters.read(sent.data, "x.eml")

            assert found.text == sent.text, (charset, encoding)
            assert words(found.quoted) == words(sent.quoted), (charset, encoding)
            assert found.findings == ()


@pytest.mark.parametrize("structure", post.STRUCTURES)
@pytest.mark.parametrize("style", programs.BELOW)
def test_words_and_files_are_found_in_any_structure(structure, style):
    sent = post.STRUCTURES[structure](style)

    found = letters.read(sent.data, "x.eml")

    assert found.text == sent.text
    assert words(found.quoted) == words(sent.quoted)
    assert tuple((file.name, file.data) for file in found.attachments) == sent.files
    assert found.findings == ()


@pytest.mark.parametrize("style", programs.RICH)
def test_own_words_are_told_from_quoted_ones_in_html(style):
    for charset in post.CHARSETS:
        for encoding in post.ENCODINGS:
            sent = post.rich(style, charset, encoding)

            found = letters.read(sent.data, "x.eml")

            assert found.text == sent.text, (charset, encoding)
            assert sent.quoted in found.quoted
            assert found.findings == ("html",)


@pytest.mark.parametrize("naming", post.NAMES)
def test_files_have_their_lithuanian_names(naming):
    body = post.several("mixed", post.part("text/plain", "x"), post.file(naming=post.NAMES[naming]))

    found = letters.read(post.whole(body), "x.eml")

    assert [(file.name, file.data) for file in found.attachments] == [
        ("Šlaito planas.pdf", post.PLAN)
    ]


def test_a_name_in_bytes_of_windows_is_read_too():
    data = post.whole(post.several("mixed", post.part("text/plain", "x"), post.file()))
    raw = data.replace(
        post.NAMES["rfc2231"].encode(), '; filename="Šlaito planas.pdf"'.encode("windows-1257")
    )

    assert letters.read(raw, "x.eml").attachments[0].name == "Šlaito planas.pdf"


@pytest.mark.parametrize("own", ["", "Persiunčiu kaimynės laišką."])
@pytest.mark.parametrize("program", programs.PASSED_ON)
def test_words_of_a_letter_passed_on_are_its_authors(program, own):
    subject, below = programs.PASSED_ON[program]
    marked = "\n".join(f"> {line}" for line in programs.INNER.split("\n"))
    below = below.format(inner=programs.INNER, marked=marked)

    found = letters.read(post.whole(post.part("text/plain", f"{own}\n\n{below}"), subject), "x.eml")

    assert found.text == own
    assert found.forwarded is not None
    assert found.forwarded.sender_name == "S T"
    assert found.forwarded.sender_address == "s.t@post.example"
    assert found.forwarded.text == programs.INNER
    assert "2026" in found.forwarded.sent
    assert words(found.quoted) == words(below)
    assert "forwarded" in found.findings


@pytest.mark.parametrize("program", ["outlook lt", "samsung en", "gmail lt"])
def test_a_letter_answered_is_not_taken_for_one_passed_on(program):
    found = letters.read(post.plain(program, "utf-8", "8bit").data, "x.eml")

    assert found.forwarded is None


@pytest.mark.parametrize("style", ["gmail lt", "thunderbird lt", "yahoo en", "apple lt"])
def test_an_answer_of_quoted_words_alone_says_nothing(style):
    data = post.whole(post.part("text/plain", programs.BELOW[style]))

    found = letters.read(data, "x.eml")

    assert (found.text, found.forwarded) == ("", None)
    assert words(found.quoted) == words(programs.BELOW[style])
    assert found.findings == ("empty",)


def test_words_below_and_between_quoted_lines_are_own():
    text = f"{programs.BELOW['gmail lt']}\n\n{post.OWN}\n> O suolų?\nSuolų ne."

    found = letters.read(post.whole(post.part("text/plain", text)), "x.eml")

    assert found.text == f"{post.OWN}\nSuolų ne."


def test_a_letter_attached_whole_is_one_passed_on():
    inner = (
        b"From: S T <s.t@post.example>\r\nDate: Fri, 20 Nov 2026 10:12:00 +0200\r\n"
        b"Subject: Suolai\r\n"
    ) + post.several("mixed", post.part("text/plain", "Prašau suolų."), post.file())
    attached = b"Content-Type: message/rfc822\r\n\r\n" + inner
    data = post.whole(post.several("mixed", post.part("text/plain", "Žr. priede."), attached))

    found = letters.read(data, "x.eml")

    assert found.text == "Žr. priede."
    assert found.forwarded == letters.Forwarded(
        "S T", "s.t@post.example", "Suolai", "Fri, 20 Nov 2026 10:12:00 +0200", "Prašau suolų."
    )
    assert found.quoted == "Prašau suolų."
    assert [file.name for file in found.attachments] == ["Šlaito planas.pdf"]


def test_lithuanian_letters_sent_as_western_ones_are_mended_and_said():
    body = post.part("text/plain", "x").replace(b"utf-8", b"iso-8859-1")[:-1]
    data = post.whole(body + "Šiauliuose žiemą slidu.".encode("windows-1257"))

    found = letters.read(data, "x.eml")

    assert (found.text, found.findings) == ("Šiauliuose žiemą slidu.", ("charset",))


def test_versions_that_say_different_things_are_both_kept():
    def both(plain, rich):
        parts = [post.part("text/plain", plain), post.part("text/html", post.page(rich))]
        return letters.read(post.whole(post.several("alternative", *parts)), "x.eml")

    long = "Prašau sutvarkyti šaligatvį prie poliklinikos iki žiemos."
    hint = both("Jūsų programa nerodo HTML.", long)
    empty = both(" ", long)
    more = both(f"{long} Ir suolų, medžių, šiukšliadėžių, žibintų.", long)

    assert (hint.text, hint.findings) == (
        f"Jūsų programa nerodo HTML.\n{long}", ("alternatives",)
    )  # fmt: skip
    assert (empty.text, empty.findings) == (long, ("html",))
    assert more.text.endswith("žibintų.")


def test_what_cannot_be_opened_is_named():
    said = post.part("text/plain", "Žr. priede.")
    winmail = post.file(b"\x78\x9f\x3e\x22", "; filename=winmail.dat", "application/ms-tnef")
    sealed = post.file(b"0\x82", "; filename=smime.p7m", "application/pkcs7-mime")
    broken = post.part("text/plain", "Prašau tako.", encoding="base64")[:-4] + b"\r\n"

    findings = [
        letters.read(post.whole(body), "x.eml").findings
        for body in (post.several("mixed", said, winmail), sealed, broken)
    ]

    assert findings == [("winmail",), ("encrypted", "empty"), ("damaged",)]


def test_a_letter_of_nothing_but_a_subject_is_empty():
    found = letters.read(post.whole(post.part("text/plain", "\n")), "x.eml")

    assert (found.text, found.subject, found.findings) == ("", "Re: Takas", ("empty",))


def test_the_same_letter_under_two_ids_has_one_fingerprint():
    first = post.plain("gmail lt", "utf-8", "8bit").data
    again = post.plain("nothing", "windows-1257", "base64").data.replace(b"<1@", b"<2@")
    other = first.replace(b"r.m@", b"s.t@")
    bare = [post.whole(post.part("text/plain", ""), subject) for subject in ("Ats: Taip", "Ne")]

    prints = [letters.read(data, "x.eml").fingerprint for data in (first, again, other, *bare)]

    assert prints[0] == prints[1]
    assert len(set(prints)) == 4
