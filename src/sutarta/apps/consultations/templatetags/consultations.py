"""What templates of consultations ask: {% load consultations %}."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import COVERED

register = template.Library()


@register.filter
def covered(text: str) -> SafeString:
    """The text, with a black mark where a moderator has covered a place."""
    word = _("covered")  # not inside the f-string below: xgettext does not look there
    mark = f'<span class="removed">{escape(word)}</span>'
    pieces = [str(escape(piece)) for piece in text.split(COVERED)]
    return mark_safe(mark.join(pieces))  # noqa: S308 - every piece is escaped
