"""Letters in: charsets, parts, quotations, times, files, and what is refused."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.formats import letters
from sutarta.formats.letters import html
from sutarta.formats.letters.quoting import cut
from tests.formats.letters.outlook import msg_file

SENT = "Fri, 20 Nov 2026 10:12:00 +0200"
HEAD = f"From: =?UTF-8?Q?R=C5=ABta_M=2E?= <r.m@alksniai.example>\nDate: {SENT}\nSubject: Keltuvas\n"


def eml(body: str | bytes, head: str = HEAD, kind: str = "text/plain; charset=utf-8") -> bytes:
    data = body.encode() if isinstance(body, str) else body
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}\n\n".encode() + data


def test_a_plain_letter_is_read():
    found = letters.read(eml("Prašau keltuvo prie poliklinikos.\n"), "laiškas.eml")

    assert found == letters.Letter(
        sender_name="Rūta M.",
        sender_address="r.m@alksniai.example",
        subject="Keltuvas",
        sent_at=datetime(2026, 11, 20, 8, 12, tzinfo=UTC),
        text="Prašau keltuvo prie poliklinikos.",
    )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1257", "iso-8859-13", "UTF8", "utf-16"])
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
def test_lithuanian_letters_in_any_charset(charset, encoding):
    words = "Žąsinų šaligatvis įžūliai duobėtas."
    data = words.encode(charset)
    if encoding == "base64":
        data = base64.encodebytes(data)
    if encoding == "quoted-printable":
        data = b"".join(b"=%02X" % byte for byte in data)
    if encoding == "8bit" and charset == "utf-16":
        return  # bytes of zero do not travel unpacked
    head = f"{HEAD}Content-Transfer-Encoding: {encoding}\n"

    found = letters.read(eml(data, head, f"text/plain; charset={charset}"), "x.eml")

    assert (found.text, found.findings) == (words, ())


@pytest.mark.parametrize(
    "charset", ["", "; charset=nonsense", "; charset=zip", "; charset=us-ascii"]
)
@pytest.mark.parametrize("real", ["utf-8", "windows-1257"])
def test_a_charset_that_is_not_told_is_guessed_and_said(charset, real):
    found = letters.read(eml("Šiauliai".encode(real), HEAD, f"text/plain{charset}"), "x.eml")

    assert found.text == "Šiauliai"
    assert found.findings == ("charset",)


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("=?windows-1257?Q?=D0aligatvis?=", "Šaligatvis"),
        ("=?utf-8?B?xaBhbGlnYXR2aXM=?=", "Šaligatvis"),
        ("=?utf-8?Q?=C5=A0ali?=\n =?utf-8?Q?gatvis?=", "Šaligatvis"),
        ("=?nonsense?Q?=C5=A0?=", "Š"),
        ("=?utf-8?B?%%%?=", "=?utf-8?B?%%%?="),
    ],
)
def test_subjects_as_programs_write_them(line, subject):
    head = f"From: r@alksniai.example\nDate: {SENT}\nSubject: {line}\n"

    assert letters.read(eml("x", head), "x.eml").subject == subject


def test_raw_bytes_in_a_header_are_read_too():
    data = f"From: r@alksniai.example\nDate: {SENT}\nSubject: ".encode() + "Žolė".encode("cp1257")

    assert letters.read(data + b"\n\nx", "x.eml").subject == "Žolė"


def test_of_html_alone_the_words_are_taken():
    page = (
        "<html><head><style>p{color:red}</style></head><body><p>Sveiki,</p><p>prašau&nbsp;<b>keltuvo"
        "</b>.<br>Ačiū</p><ul><li>vienas</li></ul><div hidden>spąstai</div><script>x()</script>"
        "<blockquote>Jūsų laiškas</blockquote></body></html>"
    )

    found = letters.read(eml(page, HEAD, "text/html; charset=utf-8"), "x.eml")

    assert found.text == "Sveiki,\n\nprašau\xa0keltuvo.\nAčiū\n\n– vienas"
    assert found.quoted == "> Jūsų laiškas"
    assert found.findings == ("html",)


def test_an_entity_from_elsewhere_is_not_read():
    page = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><p>a&e;b</p>'

    assert html.words(page).endswith("a&e;b")


def test_files_keep_their_names():
    message = EmailMessage()
    message["From"], message["Date"], message["Subject"] = "r@alksniai.example", SENT, "Planas"
    message.set_content("Pridedu planą.")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", filename="a.png")
    message.make_mixed()
    plan = {"maintype": "application", "subtype": "pdf", "filename": "Šlaito planas.pdf"}
    message.add_attachment(b"%PDF-1.7", **plan)

    found = letters.read(message.as_bytes(), "x.eml")

    assert [(f.name, f.media_type, f.data, f.is_inline) for f in found.attachments] == [
        ("a.png", "image/png", b"\x89PNG", True),
        ("Šlaito planas.pdf", "application/pdf", b"%PDF-1.7", False),
    ]


def test_a_file_name_in_the_way_of_old_programs():
    part = (
        "--b\nContent-Type: text/plain\n\nŽr. priedą\n--b\n"
        'Content-Type: application/pdf; name="=?windows-1257?Q?=D0laitas=2Epdf?="\n'
        "Content-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n"
    )

    found = letters.read(eml(part, HEAD, 'multipart/mixed; boundary="b"'), "x.eml")

    assert [file.name for file in found.attachments] == ["Šlaitas.pdf"]


def test_words_of_a_letter_inside_the_letter_are_kept():
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "a@alksniai.example", "Senas"
    inner.set_content("Senieji žodžiai.")
    outer["From"], outer["Date"] = "r@alksniai.example", SENT
    outer.set_content("Žr. priede.")
    outer.add_attachment(inner)

    found = letters.read(outer.as_bytes(), "x.eml")

    assert (found.text, found.quoted.strip()) == ("Žr. priede.", "Senieji žodžiai.")


def test_the_moment_our_mail_server_took_it_counts():
    head = (
        "Received: from a by mx.alksniai.example; Fri, 20 Nov 2026 10:13:30 +0200\n"
        f"Received: from b by a; Fri, 20 Nov 2026 10:12:20 +0200\n{HEAD}"
    )

    found = letters.read(eml("x", head), "x.eml")

    assert found.received_at == datetime(2026, 11, 20, 8, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["", "vakar", "Fri, 99 Nov 2026 10:12", "1 Jan 1801 00:00:00 +0000"]
)
def test_a_time_that_cannot_be_is_no_time(said):
    assert (
        letters.read(eml("x", f"From: r@a.lt\nSubject: y\nDate: {said}\n"), "x.eml").sent_at is None
    )


QUOTES = [
    "2026-11-20, pn, 10:12 R M <r.m@alksniai.example> rašė:\n> Ar sutinkate?",
    "2026 m. lapkričio 20 d. 10:12 R M <r.m@alksniai.example> parašė:\nAr sutinkate?",
    "On Fri, Nov 20, 2026 at 10:12 AM R M <r.m@alksniai.example>\nwrote:\n\n> Do you agree?",
    "-----Original Message-----\nFrom: R M\nDo you agree?",
    "Nuo: R M <r.m@alksniai.example>\nIšsiųsta: 2026 m. lapkričio 20 d.\nKam: mums\nTema: x\n\nAr?",
    "From: R M\nSent: Friday\nTo: us\nSubject: x\n\nDo you?",
    "---------- Forwarded message ---------\nFrom: R M\n",
    "-- \nR. M.\n+370 600 00000",
    "Sent from my iPhone",
    "Išsiųsta iš mano „iPhone“",
    "> Ar sutinkate?",
]


@pytest.mark.parametrize("quoted", QUOTES)
def test_own_words_are_told_from_quoted_ones(quoted):
    own, apart = cut(f"Sutinku.\n\n{quoted}")

    assert own == "Sutinku."
    assert apart.split() == quoted.split()


@pytest.mark.parametrize(
    "words",
    [
        "Kaimynas man rašė:\nkiemas tamsus.",
        "Nuo: ryto iki vakaro triukšmas.\nPrašau tvarkos.",
        "Mano pasiūlymas – a) takas; b) suolai.",
        "From: my window I see the lake.",
    ],
)
def test_own_words_that_look_like_a_quotation_stay(words):
    assert cut(words) == (words, "")


def test_an_answer_between_quoted_lines_is_kept():
    text = (
        "2026-11-20 10:12 R M <r@post.lt> rašė:\n> Ar reikia tako?\nTaip, reikia.\n> O suolų?\nNe."
    )

    own, quoted = cut(text)

    assert own == "Taip, reikia.\nNe."
    assert quoted.count("\n") == 2


def test_words_of_a_forwarded_letter_are_its_authors():
    body = "---------- Forwarded message ---------\nNuo: R M\n\nPrašau keltuvo."

    found = letters.read(eml(body), "x.eml")

    assert (found.text, found.quoted) == ("", body)
    assert found.forwarded == letters.Forwarded(sender_name="R M", text="Prašau keltuvo.")
    assert found.findings == ("forwarded", "empty")


@given(
    st.lists(st.sampled_from([*"\n".join(QUOTES).split("\n"), "", "Žodis.", ">", "–"]), max_size=14)
)
def test_no_line_is_lost(lines):
    own, quoted = cut("\n".join(lines))

    kept = [line.strip() for line in f"{own}\n{quoted}".split("\n") if line.strip()]
    assert sorted(kept) == sorted(line.strip() for line in lines if line.strip())


OUTLOOK = {
    0x001A: "IPM.Note",
    0x0037: "Šaligatvis",
    0x0C1A: "Rūta M.",
    0x5D01: "r.m@alksniai.example",
    0x1000: "Duobėtas šaligatvis.\r\n\r\nNuo: VVG\r\nIšsiųsta: vakar\r\n\r\nKlausimas?",
    0x0039: datetime(2026, 11, 20, 8, 12, tzinfo=UTC),
    0x0E06: datetime(2026, 11, 20, 8, 13, tzinfo=UTC),
    0x1035: "<abc@alksniai.example>",
}
FILE = {0x3705: 1, 0x3707: "Planas.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF" * 2000}


def test_an_outlook_letter_is_read():
    found = letters.read(msg_file(OUTLOOK, [FILE]), "x.msg")

    assert found == letters.Letter(
        sender_name="Rūta M.",
        sender_address="r.m@alksniai.example",
        subject="Šaligatvis",
        sent_at=datetime(2026, 11, 20, 8, 12, tzinfo=UTC),
        received_at=datetime(2026, 11, 20, 8, 13, tzinfo=UTC),
        text="Duobėtas šaligatvis.",
        quoted="Nuo: VVG\nIšsiųsta: vakar\n\nKlausimas?",
        attachments=(letters.Attached("Planas.pdf", "application/pdf", b"%PDF" * 2000),),
        message_id="abc@alksniai.example",
    )


def test_an_outlook_letter_of_html_alone():
    facts = {**OUTLOOK, 0x1013: "<p>Šlapia</p>".encode(), 0x3FDE: 65001}
    del facts[0x1000]

    found = letters.read(msg_file(facts), "x.msg")

    assert (found.text, found.findings) == ("Šlapia", ("html",))


def test_the_source_that_came_with_an_outlook_letter_counts():
    lines = "Received: by mx; Fri, 20 Nov 2026 10:14:00 +0200\r\nFrom: A B <a@b.lt>\r\n\r\n"

    found = letters.read(msg_file({**OUTLOOK, 0x007D: lines}), "x.msg")

    assert found.sender_address == "a@b.lt"
    assert found.received_at == datetime(2026, 11, 20, 8, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.eml", "neither"),
        (b"PK\x03\x04 not a letter", "x.eml", "neither"),
        (b"Labas, tai ne laiskas.", "x.eml", "neither"),
        (b"From: a@b.lt\nDate: x\n\n", "x.msg", "neither"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "x.msg", "broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4000), "x.eml", "broken"),
        (eml("", "From: a@b.lt\nDate: x\n"), "x.eml", "no_text"),
        (b"From: a@b.lt\nDate: x\n\n" + bytes(letters.MAX_FILE), "x.eml", "too_large"),
    ],
)
def test_what_is_no_letter_is_refused_with_a_code(data, name, code):
    with pytest.raises(letters.Refused) as refused:
        letters.read(data, name)

    assert refused.value.code == code
    assert str(refused.value) == letters.REASONS[code]


def test_parts_are_bounded_in_depth_and_number():
    deep = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(40))
    many = "--b\nContent-Type: text/plain\n\nx\n" * 500

    codes = []
    for data in (f"{HEAD}{deep}".encode(), eml(many, HEAD, 'multipart/mixed; boundary="b"')):
        with pytest.raises(letters.Refused) as refused:
            letters.read(data, "x.eml")
        codes.append(refused.value.code)

    assert codes == ["too_deep", "too_many"]


@settings(max_examples=150)
@given(
    st.binary(max_size=2000),
    st.sampled_from([b"", HEAD.encode(), HEAD.encode() + b"Content-Type: "]),
)
def test_whatever_the_bytes_nothing_but_a_refusal(data, start):
    try:
        assert isinstance(letters.read(start + data, "x.eml"), letters.Letter)
    except letters.Refused as refused:
        assert refused.code in letters.REASONS


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_outlook_letter_is_read_or_refused(data):
    whole = bytearray(msg_file(OUTLOOK, [FILE]))
    places = data.draw(st.lists(st.integers(512, len(whole) - 1), min_size=1, max_size=30))
    for place in places:
        whole[place] = data.draw(st.integers(0, 255))

    try:
        assert isinstance(letters.read(bytes(whole), "x.msg"), letters.Letter)
    except letters.Refused as refused:
        assert refused.code in letters.REASONS


def test_the_bounded_reader_says_the_same():
    for data, name in ((msg_file(OUTLOOK, [FILE]), "x.msg"), (eml("Žodis"), "x.eml")):
        assert letters.read_safely(data, name) == letters.read(data, name)


def test_the_bounded_reader_refuses_in_time():
    with pytest.raises(letters.Refused) as neither:
        letters.read_safely(b"x", "x.eml")
    with pytest.raises(letters.Refused) as slow:
        letters.read_safely(eml("x"), "x.eml", seconds=0.001)

    assert (neither.value.code, slow.value.code) == ("neither", "too_slow")


@pytest.mark.parametrize(
    ("text", "sender", "address", "sent", "own"),
    [
        ("Prašau tako.", "", "", None, "Prašau tako."),
        (
            "Nuo: R M <r@post.lt>\nIšsiųsta: 2026-11-20 10:12\nKam: mums\n\nPrašau tako.",
            "R M",
            "r@post.lt",
            datetime(2026, 11, 20, 8, 12, tzinfo=UTC),
            "Prašau tako.",
        ),
        ("From: R M\nSubject: Takas\n\nPrašau.", "R M", "", None, "Prašau."),
        ("Tema: tai svarbu\nPrašau.", "", "", None, "Tema: tai svarbu\nPrašau."),
        (eml("Prašau.").decode(), "Rūta M.", "r.m@alksniai.example",
         datetime(2026, 11, 20, 8, 12, tzinfo=UTC), "Prašau."),
    ],
)  # fmt: skip
def test_a_pasted_letter(text, sender, address, sent, own):
    found = letters.pasted(text, "Europe/Vilnius")

    said = (found.sender_name, found.sender_address, found.sent_at, found.text)
    assert said == (sender, address, sent, own)


@given(st.text(max_size=400))
def test_whatever_is_pasted_nothing_but_a_refusal(text):
    try:
        letters.pasted(text, "Europe/Vilnius")
    except letters.Refused as refused:
        assert refused.code == "no_text"
