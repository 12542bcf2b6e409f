"""What Word and the sites of municipalities write into pages, taken in as a reader sees it."""

import pytest

from sutarta.core.documents import Kind
from sutarta.formats.html import read


def reading(body, head=""):
    """Numbers and texts of the blocks, and findings as code and details."""
    found = read(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    told = [(each.code, dict(each.detail)) for each in found.findings]
    return [(block.number, block.text) for block in found.document.blocks], told


@pytest.mark.parametrize(
    "condition",
    [
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->",
        "<!--[if gte vml 1]><v:shape><v:imagedata src='x.emz'/></v:shape><![endif]-->",
        "<!--[if !mso]><!--><!--<![endif]-->",
        "<!--[if !supportLists]--><!--[endif]-->",
        "<![if !vml]><![endif]>",
        "<![CDATA[]]>",
    ],
)
def test_conditions_of_word_hide_nothing_but_what_is_theirs(condition):
    body = f"<p>Prieš {condition}po.</p><p>Toliau.</p>"

    assert reading(body, head=condition)[0] == [("", "Prieš po."), ("", "Toliau.")]


def bullet(sign, font):
    shown = f"<span style='mso-list:Ignore'>{sign}<span>&nbsp;&nbsp; </span></span>"
    return (
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]>"
        f"<span style='font-family:{font};mso-fareast-font-family:{font}'>{shown}</span><![endif]>"
        "Takas</p>"
    )


@pytest.mark.parametrize(
    ("sign", "font", "number"),
    [
        ("·", "Symbol", "•"),
        ("ü", "Wingdings", "•"),
        ("v", "Wingdings", "•"),
        ("o", '"Courier New"', "•"),
        ("1.2.", '"Times New Roman",serif', "1.2."),
        ("iv)", "Arial", "iv)"),
        ("ą)", "Arial", "ą)"),
    ],
)
def test_numbers_and_bullets_word_wrote_out(sign, font, number):
    assert reading(bullet(sign, font))[0] == [(number, "Takas")]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<span style='font-family:Wingdings'>ü</span> taip", "✓ taip"),
        ("<font face=Symbol>abc</font> taip", "αβχ taip"),
        ("<span style='mso-symbol-font-family:Wingdings'>þ</span> taip", "☑ taip"),
        ("<span style='font-family:Symbol'>a<span style='font-family:Arial'>a</span></span>", "αa"),
        ("<span style='font-family:Symbol'>&nbsp;</span>taip", "taip"),
        ("<ruby>か<rp>(</rp><rt>ka</rt><rp>)</rp></ruby>", "か(ka)"),
        ("<ruby>か<rt>ka</ruby>.", "か(ka)."),
    ],
)  # fmt: skip
def test_signs_are_those_the_page_shows(page, shown):
    assert reading(f"<p>{page}</p>")[0] == [("", shown)]


NOTE = (
    "<p>Takas<a href='#_ftn1' name='_ftnref1'><![if !supportFootnotes]>[1]<![endif]></a></p>"
    "<p><!--[if gte vml 1]><v:shape/><![endif]--><![if !vml]><img src='f/schema.png' alt='Schema'>"
    "<![endif]></p><div style='mso-element:footnote-list'><div id=ftn1><p><a href='#_ftnref1' "
    "name='_ftn1'>[1]</a> Pastaba.</p></div></div>"
)


def test_pictures_beside_the_page_are_named_and_notes_after_them_are_kept():
    found = read(f"<html><body>{NOTE}</body></html>".encode())

    assert [(block.kind, block.text) for block in found.document.blocks] == [
        (Kind.PARAGRAPH, "Takas1"), (Kind.FIGURE, ""), (Kind.FOOTNOTE, "Pastaba.")
    ]  # fmt: skip
    assert [dict(each.detail) for each in found.findings] == [
        {"reason": "not in the file", "name": "schema.png", "alt": "Schema"}
    ]


SITE = """<a class="skip-link" href="#c">Pereiti prie turinio</a>
<header><nav><ul><li><a href="/">Pradžia</a></li></ul></nav></header>
<div class="breadcrumb">Pradžia / Strategija</div>
<div id="content"><h1><a class="header" href="#s">Strategija</a></h1><p>Apie&shy; kaimą.</p>
<ol style="list-style-type: upper-roman;"><li><p>Pirmas</p></li><li>Antras<ol type="a"><li>gilyn
</li></ol></li></ol><button>Rodyti</button><div style="display:none"><p>Suskleista.</p></div>
<details><summary>Klausimas</summary><p>Atsakymas</p></details></div>
<aside class="sidebar"><h3>Naujienos</h3><a href="/n">Naujiena</a></aside>
<footer><p>Tel. 8 000</p></footer><div class="cookie-bar">Slapukai</div>"""


def test_of_a_municipal_page_the_text_is_taken_and_the_rest_told():
    blocks, told = reading(SITE)

    assert blocks == [
        ("", "Strategija"), ("", "Apie kaimą."), ("I.", "Pirmas"), ("II.", "Antras"),
        ("a.", "gilyn"), ("", "Klausimas"), ("", "Atsakymas"),
    ]  # fmt: skip
    assert [(code, detail["text"]) for code, detail in told] == [
        ("left_out.page", "Pereiti prie turinio"),
        ("left_out.page", "Pradžia"),
        ("left_out.page", "Pradžia / Strategija"),
        ("left_out.page", "Naujienos Naujiena"),
        ("left_out.page", "Tel. 8 000"),
        ("left_out.page", "Slapukai"),
        ("left_out.page", "Rodyti"),
        ("left_out.hidden", "Suskleista."),
    ]
