"""Redlines as HTML, for pages that show hundreds; the words are those of ui/_redline.html."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutarta.core.documents import Change

_LEFT_OUT = {"old": "new", "new": "gone", "": ""}


def marked(changes: Iterable[Change], side: str = "") -> SafeString:
    """What came and went, told by a word, a line and a colour alike.

    side   "old" or "new": only what stood or stands there; "" for both in one text
    """
    words = {"new": ("ins", _("inserted:")), "gone": ("del", _("removed:"))}
    left_out = _LEFT_OUT[side]
    drawn = []
    for change in changes:
        if change.op == left_out:
            continue
        text = escape(change.text).replace("\n", "<br>").replace("\t", " · ")
        if change.op == "same":
            drawn.append(text)
            continue
        tag, word = words[change.op]
        drawn.append(
            f'<{tag}><span class="ds-sr-only">[{word} </span>{text}'
            f'<span class="ds-sr-only">]</span></{tag}>'
        )
    return mark_safe("".join(drawn))  # noqa: S308 - every piece is escaped
