"""Pictures, drawings, formulas and other objects of a text."""

from __future__ import annotations

from sutarta.formats.building import picture_of, tidy_alternative
from sutarta.formats.building.equations import linear
from sutarta.formats.docx.drawings import Picture, media_type

from .names import Element, child, q
from .package import Package, address, embedded

FRAME, GROUP, LINK = q("draw:frame"), q("draw:g"), q("draw:a")
IMAGE, TEXT_BOX, OBJECT = q("draw:image"), q("draw:text-box"), q("draw:object")
OTHERS = {
    q("draw:object-ole"): "object", q("draw:plugin"): "object", q("draw:applet"): "object",
    q("draw:floating-frame"): "page", q("draw:control"): "control",
}  # fmt: skip
SHAPES = frozenset(
    q(f"draw:{name}")
    for name in (
        "custom-shape", "rect", "ellipse", "circle", "polygon", "regular-polygon", "path",
        "caption", "measure", "line", "polyline", "connector", "page-thumbnail",
    )
)  # fmt: skip
# Ruling lines are not worth telling.
LINES = frozenset(q(f"draw:{name}") for name in ("line", "polyline", "connector", "rect"))
DRAWN = frozenset({FRAME, GROUP, LINK, *SHAPES, *OTHERS})


def picture(frame: Element, package: Package) -> Picture | None:
    """The picture of a frame, the first of its forms that can be read; None when it has none."""
    images = frame.findall(IMAGE)
    if not images:
        return None
    found = [(embedded(each) or package.held(address(each)), address(each)) for each in images]
    data, name = next((each for each in found if media_type(each[0] or b"")), found[0])
    decorative = any(str(value) == "true" and "decorative" in str(key)
                     for key, value in frame.attrib.items())  # fmt: skip
    return picture_of(data, alternative(frame), name, decorative=decorative)


def alternative(frame: Element) -> str:
    """What the frame says for those who do not see it."""
    for name in ("svg:desc", "svg:title"):
        found = child(frame, name)
        text = tidy_alternative("".join(map(str, found.itertext()))) if found is not None else ""
        if text:
            return text
    return ""


def formula(frame: Element, package: Package) -> str:
    """The formula a frame shows, as one line; "" when it shows something else."""
    root = _embedded_root(frame, package)
    return linear(root) if root is not None and str(root.tag) == q("math:math") else ""


def words(frame: Element, package: Package) -> str:
    """What an embedded chart or drawing says."""
    root = _embedded_root(frame, package)
    paragraphs = () if root is None else root.iter(q("text:p"))
    return " ".join(" ".join("".join(map(str, each.itertext())) for each in paragraphs).split())


def _embedded_root(frame: Element, package: Package) -> Element | None:
    held = child(frame, "draw:object")
    if held is None:
        return None
    inside = next(iter(held), None)
    return package.part(address(held)) if inside is None else inside
