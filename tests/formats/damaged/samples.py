"""One small file of each kind that holds nearly everything its reader knows."""

from tests.formats.docx import packages as word
from tests.formats.odt import packages as odf

MARK = '<w:bookmarkStart w:id="0" w:name="lesos"/><w:bookmarkEnd w:id="0"/>'
WHO = 'w:id="9" w:author="A. B." w:date="2026-05-04T10:00:00Z"'
EQUATION = (
    "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
    "</m:f><m:nary><m:sub><m:r><m:t>1</m:t></m:r></m:sub><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>"
    "</m:oMath>"
)
DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="Malūnas"/><a:graphic>'
    '<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
SIGN = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{word.item('Rėmelis')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox><w:txbxContent>{word.item('Rėmelis')}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)


def _field(code: str, shown: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark("begin") + instruction + mark("separate") + word.text(shown) + mark("end")


def _docx() -> bytes:
    properties = '<w:gridSpan w:val="2"/>'
    inner = word.table(word.row("vidinė"))
    body = (
        word.paragraph("Strategija", "Antrat1")
        + MARK
        + word.paragraph(_field(" REF lesos \\h ", "žr. lėšas") + _field(' TOC \\o "1-3" ', "1 2"))
        + word.item("Pirmas")
        + word.item("Antras", depth=1)
        + word.paragraph(f"<w:ins {WHO}>{word.text('nauja')}</w:ins><w:del {WHO}><w:r><w:delText>"
                         f"sena</w:delText></w:r></w:del>")
        + word.paragraph(DRAWING + BOX + EQUATION + SIGN)
        + word.paragraph('<w:commentRangeStart w:id="1"/>' + word.text("ginčas")
                         + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
                         + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + word.table(
            word.row("a", "b", "c", properties="<w:tblHeader/>"),
            word.row(word.cell("d", properties), word.cell("e", '<w:vMerge w:val="restart"/>')),
            word.row(word.cell(inner + word.paragraph("f"), properties),
                     word.cell("", "<w:vMerge/>"), properties=f"<w:ins {WHO}/>"),
        )
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{word.paragraph('laukas')}</w:sdtContent></w:sdt>"
        + '<w:sectPr><w:headerReference r:id="r-header"/></w:sectPr>'
    )  # fmt: skip
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%{at + 1}."/></w:lvl>' for at in range(2)
    )  # fmt: skip
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/>'
        "</w:lvlOverride></w:num>"
    )
    picture = f'<Relationship Id="p1" Type="{word.OFFICE}/image" Target="media/p.png"/>'
    return word.word_file(
        body, links=picture, media={"word/media/p.png": word.PNG}, numbering=numbering,
        styles=word.style("Antrat1", "heading 1", '<w:rPr><w:b/></w:rPr>'),
        footnotes=f'<w:footnote w:id="2">{word.paragraph("pastaba")}</w:footnote>',
        comments=f'<w:comment w:id="1" w:author="A. B.">{word.paragraph("kodėl?")}</w:comment>',
        header=word.paragraph("VVG"),
    )  # fmt: skip


def _odt() -> bytes:
    info = ("<office:change-info><dc:creator>A. B.</dc:creator><dc:date>2026-05-04T10:00:00"
            "</dc:date></office:change-info>")  # fmt: skip
    regions = (
        f'<text:changed-region text:id="c1"><text:insertion>{info}</text:insertion>'
        f'</text:changed-region><text:changed-region text:id="c2"><text:deletion>{info}'
        f"{odf.p('sena')}{odf.p('dar')}</text:deletion></text:changed-region>"
    )
    span = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
    body = (
        f"<text:tracked-changes>{regions}</text:tracked-changes>"
        + odf.h("Strategija")
        + odf.p('<text:change-start text:change-id="c1"/>nauja'
                '<text:change-end text:change-id="c1"/><text:change text:change-id="c2"/>, <text:a xlink:href="https://vvg.example/">čia'
                '</text:a><text:s text:c="3"/><text:tab/>')
        + odf.items("Pirmas", odf.items("Antras", style=""), more='text:continue-numbering="true"')
        + odf.p('<office:annotation office:name="k"><dc:creator>A. B.</dc:creator>'
                f"{odf.p('kodėl?')}</office:annotation>ginčas<office:annotation-end "
                'office:name="k"/><text:note text:id="n1" text:note-class="footnote">'
                f"<text:note-citation>1</text:note-citation><text:note-body>{odf.p('pastaba')}"
                "</text:note-body></text:note>")
        + odf.p('<draw:frame><draw:image xlink:href="Pictures/p.png"/><svg:desc>Malūnas</svg:desc>'
                f"</draw:frame><draw:frame><draw:text-box>{odf.p('Rėmelis')}</draw:text-box>"
                '</draw:frame><draw:frame><draw:object xlink:href="O1"/></draw:frame>')
        + "<table:table><table:table-header-rows><table:table-row>"
        f"<table:table-cell {span}>{odf.p('a')}</table:table-cell><table:covered-table-cell/>"
        "</table:table-row></table:table-header-rows><table:table-row>"
        f'<table:table-cell table:number-columns-repeated="2">{odf.p("b")}</table:table-cell>'
        "</table:table-row></table:table>"
        f'<text:section text:display="none">{odf.p("slapta")}</text:section>'
        f"<text:table-of-content><text:index-body>{odf.p('1 2')}</text:index-body>"
        "</text:table-of-content>"
    )  # fmt: skip
    master = (
        f'<style:master-page style:name="m"><style:header>{odf.p("VVG")}</style:header>'
        "</style:master-page>"
    )
    inner = "<mfrac><mi>a</mi><mi>b</mi></mfrac>"
    formula = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>'
    return odf.package(
        body, master=master, O1__content_dot_xml=formula, Pictures__p_dot_png=word.PNG
    )


HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Strategija</title>
<style>.b {font-weight: bold}</style></head><body><nav>Meniu</nav><main><h1>Strategija</h1>
<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">1.
</span>Pirmas</p><ol start="3" type="a"><li value="5">Antras<ul><li>gilyn</ul></ol>
<p><ins cite="mailto:A. B." datetime="2026-05-04">nauja</ins><del cite="mailto:A. B.">sena</del>
<a href="#n1" name="r1"><sup>1</sup></a><span class="b">stora</span><br><br>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""></p><table><thead><tr><th rowspan=2
colspan=0>a<th>b</thead><tr><td>c<table><tr><td>d</table></table>
<figure><img src="x.png"><figcaption>Malūnas</figcaption></figure>
<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math><div id="n1"><a href="#r1">1</a> pastaba</div>
</main></body></html>""".encode()
MARKDOWN = """---
title: Strategija
---
# Strategija

1) Pirmas
2) Antras
   - gilyn[^a]

| a | b |
|---|---|
| ~~c~~ | **d** |

[čia](https://vvg.example/ "t") ![Malūnas](p.png) <b>stora</b>

[^a]: pastaba
""".encode()

SAMPLES = {"docx": _docx(), "odt": _odt(), "html": HTML, "markdown": MARKDOWN}
