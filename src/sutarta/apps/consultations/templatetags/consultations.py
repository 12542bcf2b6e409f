"""What templates of consultations ask: {% load consultations %}."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sutarta.apps.consultations import covering, tongues
from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries import sealed
from sutarta.apps.mail.queries import receiving

register = template.Library()


@register.filter
def covered(text: str) -> SafeString:
    """The text, with a black mark that says what it was where a place is covered."""
    pieces = [
        f'<span class="removed">{escape(mark)}</span>' if mark else str(escape(words))
        for words, mark in covering.pieces(text)
    ]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


@register.filter
def desk_title(submission: Submission) -> str:
    """The beginning of what the desk may read of it: nothing that is sealed."""
    return sealed.title(submission)


@register.simple_tag
def tongue(code: str) -> SafeString:
    """The name of a language in itself, marked as standing in that language."""
    return format_html(
        '<span lang="{}" dir="{}">{}</span>',
        code,
        tongues.direction(code),
        tongues.name_of(code),
    )


@register.simple_tag
def letters_to(consultation: Consultation) -> str:
    """Where letters about it are sent: the address from which they enter the register, else the
    one of the contact person or of the group; "" for none.
    """
    group = consultation.group
    own = receiving.address_of(group, consultation.number)
    return own or consultation.contact_email or group.email


@register.filter
def direction(code: str) -> str:
    """For the attribute `dir` of words in that language."""
    return tongues.direction(code)


@register.simple_tag
def theirs(said: tongues.Said) -> SafeString:
    """Words of a place of the form, marked with the language they stand in."""
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', said.language, said.direction, said.text
    )


@register.filter
def plain_end(at: datetime) -> str:
    """The end of a deadline in figures alone, read alike in every language: 2026-11-30 24:00."""
    local = timezone.localtime(at)
    if local.time() == time.min:
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"
