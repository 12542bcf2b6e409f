"""What templates ask of `ui`: {% load ui %}."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sutarta.apps.ui import drawings, icons, marks, ties, wording

register = template.Library()

for _format in (
    wording.local_date,
    wording.local_day,
    wording.local_weekday,
    wording.local_time,
    wording.local_span,
    wording.local_hours,
    wording.local_date_time,
    wording.local_end,
    wording.local_end_day,
    wording.end_weekday,
    wording.money,
    wording.nr,
):
    register.filter(_format.__name__, _format)
register.filter("kb", wording.size)
register.filter("unbroken", ties.unbroken)


@register.simple_tag
def icon(name: str) -> SafeString:
    """{% icon "check" %}: a picture beside a word, silent for screen readers."""
    return icons.icon(name)


@register.simple_tag
def symbols(*names: str) -> SafeString:
    """{% symbols "comment" "down" %} once on a page, then {% use "comment" %} hundreds of times."""
    drawn = format_html_join("", "{}", ((icons.symbol(name),) for name in names))
    return format_html('<svg class="sprite" aria-hidden="true" focusable="false">{}</svg>', drawn)


@register.simple_tag
def use(name: str) -> SafeString:
    """{% use "comment" %}: an icon that {% symbols %} has put on the page."""
    return icons.use(name)


@register.simple_tag
def status(code: str) -> SafeString:
    """{% status "ACCEPTED" %}: word, icon and colour. An unknown code is an error."""
    return _status(marks.STATUSES[code])


@register.simple_tag
def work(code: str) -> SafeString:
    """{% work "WAITING" %}: the same state as those see it who have to do something about it."""
    return _status(marks.WORK.get(code) or marks.STATUSES[code])


def _status(mark: marks.Mark) -> SafeString:
    return format_html(
        '<span class="status" data-status="{}">{}{}</span>',
        mark.tone,
        icons.icon(mark.icon),
        mark.word,
    )


@register.simple_tag
def channel(code: str) -> SafeString:
    """{% channel "EMAIL" %}: how it reached us, as icon and word."""
    mark = marks.CHANNELS[code]
    return format_html(
        '<span class="channel">{}<span>{}</span></span>', icons.icon(mark.icon), mark.word
    )


@register.simple_tag
def when(value: datetime, form: str = "local_date_time") -> SafeString:
    """{% when instant %} or {% when instant "local_day" %}: a <time> that machines read too."""
    shown = getattr(wording, form)(value)
    return format_html('<time datetime="{}">{}</time>', _machine(value), shown)


@register.filter
def recent(value: datetime, at: datetime) -> str:
    """{{ received_at|recent:at }}: day and hour; the year only when it is not that of `at`."""
    same_year = timezone.localtime(value).year == timezone.localtime(at).year
    day = wording.local_day(value) if same_year else wording.local_date(value)
    return f"{day} {wording.local_time(value)}"


def _machine(value: date) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat()


@register.filter
def time_left(closes_at: datetime, at: datetime) -> str:
    """{{ closes_at|time_left:at }}: „8 d. 6 val.“, or nothing when the time is over."""
    return wording.remaining(closes_at - at) if at < closes_at else ""


@register.simple_tag
def zone() -> str:
    """{% zone %}: whose clock counts, „Lietuvos laiku“."""
    return wording.zone(timezone.get_current_timezone_name())


@register.inclusion_tag("ui/_elapsed.html")
def elapsed(opens_at: datetime, closes_at: datetime, at: datetime) -> dict[str, int]:
    """{% elapsed opens_at closes_at at %}: a line as long as the share of time that is gone."""
    share = (at - opens_at) / (closes_at - opens_at)
    return {"percent": min(100, max(0, int(share * 100)))}


@register.inclusion_tag("ui/_days_strip.html")
def days_strip(opens_at: datetime, closes_at: datetime, at: datetime) -> dict[str, Any]:
    """{% days_strip opens_at closes_at at %}: the days of a window; `closes_at` is exclusive."""
    first = timezone.localtime(opens_at).date()
    last = timezone.localtime(closes_at - timedelta(microseconds=1)).date()
    strip = drawings.strip(first, last, timezone.localtime(at).date())
    return {"strip": strip, "first": first, "last": last}


@register.inclusion_tag("ui/_flow_bar.html")
def flow_bar(changed: int, answered: int, waiting: int, by: date | None = None) -> dict[str, Any]:
    """{% flow_bar 19 28 17 by=day %}: changed the text, answered without a change, waiting until
    a day, where it is known.
    """
    counts = {"changed": changed, "answered": answered, "waiting": waiting}
    drawn = drawings.parts(list(counts.values()))
    return {**counts, "by": by, "parts": list(zip(drawn, counts, strict=True))}


@register.filter
def first_id(field: BoundField) -> str:
    """The id an error should lead to: the field's own, or that of its first choice."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """{{ page|page_numbers }}: numbers for a pager, with gaps where there are many."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
