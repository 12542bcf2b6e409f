"""What stands beside the text: comments, page headers and footers."""

from __future__ import annotations

from sutarta.formats.building import Story
from sutarta.formats.building.mixed import drop
from sutarta.formats.reviewing import Comment

from .changes import quotes
from .names import PARAGRAPHS, Element, get, position, q, shown

ANNOTATION, ANNOTATION_END = q("office:annotation"), q("office:annotation-end")
EDGES = {
    q("style:header"): "left_out.header", q("style:header-left"): "left_out.header",
    q("style:header-first"): "left_out.header", q("style:footer"): "left_out.footer",
    q("style:footer-left"): "left_out.footer", q("style:footer-first"): "left_out.footer",
}  # fmt: skip
LONGEST_QUOTE = 300


def tell_comments(body: Element, story: Story) -> None:
    """One finding for each comment, with the words it was made on; all are taken out."""
    quoted = quotes(body, ANNOTATION, ANNOTATION_END, "office:name")
    names: dict[str, int] = {}
    for comment in list(body.iter(ANNOTATION)):
        author = str(comment.findtext(q("dc:creator")) or "")
        date = str(comment.findtext(q("dc:date")) or "")
        text = "\n".join(filter(None, map(shown, comment.iter(*PARAGRAPHS))))
        name = get(comment, "office:name")
        quote = quoted.get(name, "")[:LONGEST_QUOTE]
        place = _place(comment)
        story.note("comment", place, author=author, date=date, text=text, quote=quote)
        told = Comment(
            author=author,
            date=date,
            text=text,
            part=story.part,
            index=place,
            quote=quote,
            replies_to=names.get(get(comment, "loext:parent-name")),
            is_resolved=get(comment, "loext:resolved") == "true",
        )
        if name:
            names[name] = len(story.notebook.review.comments)
        story.notebook.review.comments.append(told)
    for mark in list(body.iter(ANNOTATION, ANNOTATION_END)):
        drop(mark)


def tell_headers(styles: Element | None, story: Story) -> None:
    """The words of page headers and footers; a mere page number is not worth telling."""
    told = set()
    for edge in () if styles is None else styles.iter(*EDGES):
        if get(edge, "style:display") == "false":
            continue
        outer = (p for p in edge.iter(*PARAGRAPHS) if next(p.iterancestors(*PARAGRAPHS), p) is p)
        text = "\n".join(filter(None, map(shown, outer)))
        code = EDGES[str(edge.tag)]
        if any(letter.isalpha() for letter in text) and (code, text) not in told:
            told.add((code, text))
            story.note(code, None, text=text)


def _place(comment: Element) -> int:
    """The paragraph the comment stands in; its own words are none of the text."""
    above = comment.getparent()
    return position(comment if above is None else above)
