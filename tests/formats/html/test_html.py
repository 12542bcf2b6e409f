"""Pages: pasted from Word, saved from a browser, written by an office program."""

import base64

import pytest

from sutarta.core.documents import Kind
from sutarta.formats.docx import Refused
from sutarta.formats.html import read
from tests.formats.docx.packages import PNG


def reading(body, **more):
    return read(body.encode(), **more)


def plain(body, **more):
    """Kind, level, number and words of every block."""
    return [
        (str(each.kind), each.level, each.number, each.text)
        for each in reading(body, **more).document.blocks
    ]


def codes(body, **more):
    return [found.code for found in reading(body, **more).findings]


def test_headings_and_paragraphs_keep_their_words_and_looks():
    page = """<html><head><title>Strategija – VVG</title><style>.c1 {font-weight:700}</style></head>
    <body><h1><b>Vietos plėtros strategija</b></h1>
    <p>Alksniai <b>auga</b> ir <i>keičia<u>si</u></i>, CO<sub>2</sub>
       ma&shy;žėja. <span class="c1">Svarbu</span> <span style="font-weight:normal">ne</span></p>
    pliki žodžiai<div>dar</div></body></html>"""

    document = reading(page).document

    assert document.title == "Vietos plėtros strategija"
    assert [each.text for each in document.blocks] == [
        "Vietos plėtros strategija",
        "Alksniai auga ir keičiasi, CO2 mažėja. Svarbu ne",
        "pliki žodžiai",
        "dar",
    ]
    assert [(each.text, each.marks) for each in document.blocks[1].spans if each.marks] == [
        ("auga", ("bold",)),
        ("keičia", ("italic",)),
        ("si", ("italic", "underline")),
        ("2", ("sub",)),
        ("Svarbu", ("bold",)),
    ]
    assert document.blocks[0].spans[0].marks == ()


@pytest.mark.parametrize(
    ("begin", "numbers"),
    [
        ("<ol>", ["1.", "2.", "3."]),
        ('<ol start="4" type="a">', ["d.", "e.", "f."]),
        ('<ol type="I">', ["I.", "II.", "III."]),
        ('<ol style="list-style-type:lower-roman">', ["i.", "ii.", "iii."]),
        ("<ol reversed>", ["3.", "2.", "1."]),
        ("<ul>", ["•", "•", "•"]),
        ('<ul style="list-style:none">', ["", "", ""]),
    ],
)
def test_lists_print_their_markers(begin, numbers):
    end = begin[:3].replace("<", "</") + ">"

    found = plain(f"{begin}<li>a</li><li>b</li><li>c</li>{end}")

    assert [number for _kind, _level, number, _words in found] == numbers


def test_lists_in_lists_know_their_depth_and_a_second_paragraph_has_no_number():
    found = plain(
        '<ol><li><p>vienas</p><p>dar</p><ul><li>po juo</li></ul></li><li value="7">septyni</ol>'
    )

    assert found == [
        ("item", 0, "1.", "vienas"),
        ("paragraph", 0, "", "dar"),
        ("item", 1, "•", "po juo"),
        ("item", 0, "7.", "septyni"),
    ]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1257">
<!--[if gte mso 9]><xml><w:WordDocument>slapta</w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0} --></style></head><body lang=LT><div class=WordSection1>
<p class=MsoTitle>Ąžuolų kaimo <o:p></o:p>planas</p>
<h2 style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Tikslai</h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;&nbsp; </span></span><!--[endif]-->pirmas</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level2 lfo2'><span
style='mso-list:Ignore'>a)<span>&nbsp;</span></span>antras</p>
<p class=MsoListParagraph>o&nbsp;&nbsp;&nbsp;be žymos</p>
<p class=MsoNormal><span></span><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Yra<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a> ir <ins cite="mailto:AB"
datetime="2026-01-02T10:00">nauja</ins>
<del cite="mailto:AB" datetime="2026-01-02T10:00">sena</del><a class=msocomanchor
href="#_msocom_1">[VV1]</a></p></div>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>
<p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1"
name="_ftn1"><span>[1]</span></a>
Išnaša.</p><p>Antra jos pastraipa.</p></div></div>
<div style='mso-element:comment-list'><div
style='mso-element:comment'><div id="_com_1" class=msocomtxt>
<p><a name="_msocom_1"></a><a href="#_msoanchor_1" class=msocomoff>[VV1]</a>Ar tikrai?</p>
</div></div></div>
</body></html>"""


def word(changes="accept"):
    return read(WORD.encode("windows-1257"), changes=changes)


def test_what_word_saves_is_read_as_word_shows_it():
    document = word().document

    assert document.title == "Ąžuolų kaimo planas"
    assert [(str(b.kind), b.level, b.number, b.text) for b in document.blocks] == [
        ("heading", 1, "", "Ąžuolų kaimo planas"),
        ("heading", 2, "2.1.", "Tikslai"),
        ("item", 0, "•", "pirmas"),
        ("item", 1, "a)", "antras"),
        ("item", 0, "•", "be žymos"),
        ("paragraph", 0, "", "Yra1 ir nauja"),
        ("footnote", 0, "", "Išnaša.\nAntra jos pastraipa."),
    ]
    assert [span.note for span in document.blocks[5].spans if span.note] == ["1"]
    assert document.blocks[6].label == "1"


def test_changes_and_comments_of_word_are_told_and_settled():
    findings = {each.code: (each.block, dict(each.detail)) for each in word().findings}
    when = {"author": "AB", "date": "2026-01-02T10:00"}

    assert findings["changes.insertion"] == (5, when | {"text": "nauja"})
    assert findings["changes.deletion"] == (5, when | {"text": "sena"})
    assert findings["comment"] == (5, {"author": "VV", "text": "Ar tikrai?"})
    assert word("reject").document.blocks[5].text == "Yra1 ir\nsena".replace("\n", " ")


FOOTNOTES = {
    "LibreOffice": '<p>Žodis<a class="anc" name="s1anc" href="#s1sym"><sup>1</sup></a></p>'
    '<div id="sdfootnote1"><p><a name="s1sym" href="#s1anc">1</a>Nota</p></div>',
    "pandoc": '<p>Žodis<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p>'
    '<section id="footnotes"><ol><li id="fn1"><p>Nota<a href="#fnref1">↩︎</a></p></li>'
    '<li id="x">kita</li></ol></section>',
    "wiki": '<p>Žodis<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup></p>'
    '<ol><li id="cite_note-1"><span><a href="#cite_ref-1">↑</a></span> <span>Nota</span></li></ol>',
}


@pytest.mark.parametrize("page", FOOTNOTES.values(), ids=FOOTNOTES)
def test_footnotes_are_two_links_that_lead_to_one_another(page):
    blocks = reading(page).document.blocks

    assert (blocks[0].text, [span.note for span in blocks[0].spans]) == ("Žodis1", ["", "1"])
    assert (blocks[-1].kind, blocks[-1].label, blocks[-1].text) == (Kind.FOOTNOTE, "1", "Nota")


def test_a_table_keeps_its_caption_heads_and_merged_cells():
    page = """<table><caption>Biudžetas</caption><tr><th>Kodas</th><th colspan=2>Suma</th></tr>
    <tr><td rowspan=0>A</td><td>1</td><td>2<br>3</td></tr><tr><td>4</td><td><ul><li>x</ul></td></tr>
    </table>"""

    table, head, first, second = reading(page).document.blocks

    assert (table.kind, table.text) == (Kind.TABLE, "Biudžetas")
    assert (head.header, [cell.colspan for cell in head.cells]) == (True, [1, 2])
    assert (first.text, first.cells[0].rowspan) == ("A\t1\t2\n3", 2)
    assert second.text == "4\t• x"
    assert codes(page) == []


def test_tables_that_arrange_the_page_and_tables_in_tables_are_told():
    arranged = "<table><tr><td><h1>Antraštė</h1></td><td>Tekstas</td></tr></table>"
    nested = "<table><tr><th>a<th>b<tr><td><table><tr><td>c<td>d</table><td>e</table>"

    assert [words for *_rest, words in plain(arranged)] == ["Antraštė", "Tekstas"]
    assert (codes(arranged), codes(nested)) == (["table.layout"], ["table.nested"])
    assert [words for *_rest, words in plain(nested)] == ["", "a\tb", "c\nd\te"]


PAGE = """<!doctype html><html><body><nav>Pradžia Naujienos</nav><div id="header">Logotipas</div>
<div class="wrap"><article><header><h1>Planas</h1></header><p>Tekstas, kurio yra daugiau nei viso
kito kartu sudėjus, kad būtų aišku, kas čia svarbu.</p><div style="display:none">slapta</div>
<button>Spausdinti</button></article><p>Skaitykite dar</p></div>
<footer>© savivaldybė</footer><script>alert(1)</script></body></html>"""


def test_what_surrounds_the_text_is_left_out_and_told():
    read_page = reading(PAGE)

    assert [each.text.split()[0] for each in read_page.document.blocks] == ["Planas", "Tekstas,"]
    told = {(each.code, each.detail["text"]) for each in read_page.findings}
    assert told == {
        ("left_out.page", "Pradžia Naujienos"),
        ("left_out.page", "Logotipas"),
        ("left_out.page", "Skaitykite dar"),
        ("left_out.page", "© savivaldybė"),
        ("left_out.page", "Spausdinti"),
        ("left_out.hidden", "slapta"),
    }


def test_pictures_are_kept_when_the_page_holds_them():
    inside = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    page = (
        f'<p>Prieš</p><figure><img src="{inside}" alt="Malūnas">'
        "<figcaption>1 pav.</figcaption></figure>"
        f'<p><img src="{inside}"><img src="https://x.lt/a/foto.png" alt="foto.png">'
        '<img src="t.gif" width="1" height="1"></p><iframe src="https://x.lt/zemelapis"></iframe>'
    )

    read_page = reading(page)

    assert [(b.alt, b.text, bool(b.image)) for b in read_page.document.blocks[1:]] == [
        ("Malūnas", "1 pav.", True),
        ("", "", True),
        ("", "", False),
    ]
    assert sorted(each.code for each in read_page.findings) == [
        "object.unreadable",
        "picture.no_alt",
        "picture.unreadable",
    ]
    assert list(read_page.pictures.values()) == [PNG]


def test_links_lead_where_they_may():
    page = """<h2 id="t">Tikslai</h2><p><a href="https://vvg.lt">a</a> <a href="#t">b</a>
    <a href="javascript:x()">c</a> <a href="#nera">d</a> <a href="mailto:a@b.lt">e</a></p>"""

    spans = reading(page).document.blocks[1].spans

    assert [span.link for span in spans if span.text.strip() in set("abcde")] == [
        "https://vvg.lt", "#0", "mailto:a@b.lt",
    ]  # fmt: skip
    assert "".join(span.text for span in spans) == "a b c d e"


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        ("<p>Žąsis".encode(), "Žąsis", []),
        ("\ufeff<p>Žąsis".encode("utf-16-le"), "Žąsis", []),
        ("<p>Žąsis".encode("windows-1257"), "Žąsis", ["charset.guessed"]),
        (b'<meta charset="windows-1257"><p>' + "Žąsis".encode("windows-1257"), "Žąsis", []),
        (b'<meta charset="rot13"><p>Zasis', "Zasis", []),
    ],
)
def test_letters_are_those_of_the_charset(data, text, told):
    found = read(data)

    assert found.document.blocks[0].text == text
    assert [each.code for each in found.findings] == told


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("", "no_text"),
        ("<html><body><script>x</script></body>", "no_text"),
        ("<div>" * 400 + "x", "too_deep"),
        ("<b>" * 100_000 + "x", "too_deep"),
        ('<!DOCTYPE h [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><p>&b;', "external_entity"),
    ],
)
def test_a_page_that_is_none_is_refused(page, code):
    with pytest.raises(Refused) as refused:
        reading(page)

    assert refused.value.code == code


def test_double_line_breaks_part_paragraphs_and_single_ones_stay():
    assert [words for *_rest, words in plain("<div>a<br>b<br><br> c<br/> <br>d</div>")] == [
        "a\nb",
        "c",
        "d",
    ]


def test_words_that_stand_where_they_should_not_are_kept():
    page = "<table>laisvi<tr><td>a<td>b</tr><p>tarp</p></table><ul>be punkto<li>c</ul><li>d"

    words = " ".join(words for *_rest, words in plain(page)).split()

    assert sorted(words) == sorted(["laisvi", "a", "b", "tarp", "be", "punkto", "c", "d"])


def test_a_table_of_contents_and_formulas_are_told():
    page = """<div id="toc"><p>Turinys<p>1 Tikslai</div><p class=MsoToc1>1 Tikslai 3</p>
    <p>Plotas <math><mi>S</mi><mo>=</mo><mi>ab</mi><annotation>S</annotation></math></p>"""

    assert plain(page) == [("paragraph", 0, "", "Plotas S=ab")]
    assert sorted(codes(page)) == [
        "equation.as_text",
        "left_out.contents",
        "left_out.contents",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><td>vienas</td> <td>du</td></table>",
        "<table><tbody><td>vienas</td><th>du</th></tbody></table>",
        "<table>vienas <td>du</td></table>",
        "<table><td>vienas</td> du</table>",
    ],
)
def test_cells_that_stand_in_no_row_lose_no_word(table):
    found = read(f"<p>Pradžia</p>{table}<p>Pabaiga</p>".encode()).document.blocks

    said = " ".join(block.text for block in found).split()
    assert sorted(said) == ["Pabaiga", "Pradžia", "du", "vienas"]


def test_who_changed_a_page_of_word_is_told_by_name():
    page = '<p>Yra <ins cite="mailto:A.%20B.%C5%BD." datetime="2026-01-02T10:00">nauja</ins></p>'

    reading = read(page.encode())

    assert reading.revisions[0].author == "A. B.Ž."
    assert reading.findings[0].detail["author"] == "A. B.Ž."
