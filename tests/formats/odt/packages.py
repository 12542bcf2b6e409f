"""Small OpenDocument texts for the tests, made part by part."""

import io
import zipfile

from sutarta.formats.odt.names import NAMESPACES

XMLNS = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items() if name != "xml")
TEXT = "application/vnd.oasis.opendocument.text"
LEVELS = """<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"
 text:start-value="2"/>
<text:list-level-style-bullet text:level="3" text:bullet-char="-"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="I"
 style:num-prefix="(" style:num-suffix=")"/></text:list-style>"""
OUTLINE = """<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"
 style:num-suffix="."/>
<text:outline-level-style text:level="3" loext:num-list-format="%1%-%3%" style:num-format="A"/>
</text:outline-style>"""


def looks(name, properties, family="text"):
    """An automatic style."""
    inner = f"<style:text-properties {properties}/>"
    return f'<style:style style:name="{name}" style:family="{family}">{inner}</style:style>'


AUTOMATIC = "".join(
    (
        looks("B", 'fo:font-weight="bold"'),
        looks("I", 'fo:font-style="italic"'),
        looks("U", 'style:text-underline-style="solid"'),
        looks("S", 'style:text-line-through-style="solid"'),
        looks("Up", 'style:text-position="super 58%"'),
        looks("Down", 'style:text-position="-33% 58%"'),
        looks("N", 'fo:font-weight="normal"'),
        looks("H", 'text:display="none"'),
        looks("PB", 'fo:font-weight="bold"', "paragraph"),
        '<style:style style:name="Title" style:family="paragraph"/>',
        LEVELS,
    )
)


def content(body, automatic=AUTOMATIC):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {XMLNS}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def styles(inner=""):
    return (
        f"<office:document-styles {XMLNS}><office:styles>{OUTLINE}</office:styles>"
        f"<office:master-styles>{inner}</office:master-styles></office:document-styles>"
    )


def flat(body):
    """The same in one XML file."""
    return (
        f'<?xml version="1.0"?><office:document {XMLNS} office:mimetype="{TEXT}">'
        f"<office:automatic-styles>{AUTOMATIC}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def package(body, *, master="", mimetype=TEXT, **parts):
    """An .odt; `parts` are further ones, with / and . written as __ and _dot_."""
    held = {
        "mimetype": mimetype,
        "content.xml": content(body),
        "styles.xml": styles(master),
        "META-INF/manifest.xml": f"<manifest:manifest {XMLNS}/>",
    }
    held |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in held.items():
            zipped.writestr(name, data)
    return out.getvalue()


def p(words, style=""):
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(words, level=1, more=""):
    return f'<text:h text:outline-level="{level}" {more}>{words}</text:h>'


def items(*inner, style="L1", more=""):
    """A list; what is no element yet becomes a paragraph."""
    held = (each if each.startswith("<") else p(each) for each in inner)
    all_items = "".join(f"<text:list-item>{each}</text:list-item>" for each in held)
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{all_items}</text:list>"
