"""Equations as plain text, in the linear way Word itself offers."""

from __future__ import annotations

from .ooxml import Element, q

_M = {name: q(f"m:{name}") for name in (
    "t", "r", "f", "num", "den", "sSup", "sSub", "sSubSup", "sPre", "e", "sup", "sub", "rad",
    "deg", "nary", "naryPr", "chr", "d", "dPr", "begChr", "endChr", "sepChr", "m", "mr", "func",
    "fName", "val", "oMath", "oMathPara", "acc", "accPr", "bar", "barPr", "pos", "limLow", "limUpp",
    "lim", "eqArr", "groupChr", "groupChrPr",
)}  # fmt: skip


def linear(element: Element) -> str:
    """The equation on one line, such as "a^2/(b+c)"."""
    reader = _READERS.get(str(element.tag))
    if reader is not None:
        return reader(element)
    if element.tag == _M["t"]:
        return element.text or ""
    return "".join(linear(each) for each in element)


def _part(element: Element, name: str) -> str:
    found = element.find(_M[name])
    return "" if found is None else linear(found)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _sign(element: Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{_M[properties]}/{_M[name]}")
    return default if found is None else str(found.get(_M["val"], ""))


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _script(element: Element) -> str:
    lower, upper = _part(element, "sub"), _part(element, "sup")
    text = _part(element, "e")
    text += f"_{_grouped(lower)}" if lower else ""
    return text + (f"^{_grouped(upper)}" if upper else "")


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    inner = _part(element, "e")
    return f"√({degree}&{inner})" if degree else f"√({inner})"


def _sum(element: Element) -> str:
    lower, upper = _part(element, "sub"), _part(element, "sup")
    text = _sign(element, "naryPr", "chr", "∫")
    text += f"_{_grouped(lower)}" if lower else ""
    text += f"^{_grouped(upper)}" if upper else ""
    return f"{text} {_part(element, 'e')}"


def _brackets(element: Element) -> str:
    between = _sign(element, "dPr", "sepChr", "|")
    inner = between.join(linear(each) for each in element.findall(_M["e"]))
    return _sign(element, "dPr", "begChr", "(") + inner + _sign(element, "dPr", "endChr", ")")


def _matrix(element: Element) -> str:
    rows = ("&".join(linear(cell) for cell in row) for row in element.findall(_M["mr"]))
    return f"■({'@'.join(rows)})"


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _accent(element: Element) -> str:
    """A sign over letters stands behind them, as Unicode has it."""
    return _part(element, "e") + _sign(element, "accPr", "chr", "\N{COMBINING CIRCUMFLEX ACCENT}")


def _bar(element: Element) -> str:
    below = _sign(element, "barPr", "pos", "bot") == "bot"
    return f"{'▁' if below else '¯'}{_grouped(_part(element, 'e'))}"


def _limit(element: Element) -> str:
    between = "┬" if element.tag == _M["limLow"] else "┴"
    return f"{_part(element, 'e')}{between}{_grouped(_part(element, 'lim'))} "


def _array(element: Element) -> str:
    return f"█({'@'.join(linear(each) for each in element.findall(_M['e']))})"


def _braced(element: Element) -> str:
    return _sign(element, "groupChrPr", "chr", "⏟") + _grouped(_part(element, "e"))


_READERS = {
    _M["acc"]: _accent,
    _M["bar"]: _bar,
    _M["limLow"]: _limit,
    _M["limUpp"]: _limit,
    _M["eqArr"]: _array,
    _M["groupChr"]: _braced,
    _M["f"]: _fraction,
    _M["sSup"]: _script,
    _M["sSub"]: _script,
    _M["sSubSup"]: _script,
    _M["sPre"]: _script,
    _M["rad"]: _root,
    _M["nary"]: _sum,
    _M["d"]: _brackets,
    _M["m"]: _matrix,
    _M["func"]: _function,
}
