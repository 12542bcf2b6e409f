"""Working days and the public holidays of Lithuania."""

from datetime import date, timedelta

import pytest

from sutarta.core.deadlines import public_holidays, working_day
from sutarta.core.deadlines.holidays import easter

# Dates as printed in calendars, the earliest and latest possible among them.
EASTERS = [
    (1818, 3, 22), (1886, 4, 25), (1943, 4, 25), (1954, 4, 18), (1981, 4, 19), (2000, 4, 23),
    (2008, 3, 23), (2011, 4, 24), (2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5),
    (2027, 3, 28), (2038, 4, 25), (2049, 4, 18), (2076, 4, 19),
]  # fmt: skip


@pytest.mark.parametrize(("year", "month", "day"), EASTERS)
def test_easter_stands_where_calendars_print_it(year, month, day):
    assert easter(year) == date(year, month, day)


def slow_easter(year: int) -> date:
    """The rule of Meeus, Jones and Butcher, step by step."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def test_easter_agrees_with_another_rule_for_four_centuries():
    assert [easter(year) for year in range(1800, 2200)] == [
        slow_easter(year) for year in range(1800, 2200)
    ]


def test_a_year_has_sixteen_public_holidays_unless_two_fall_together():
    fewer = [year for year in range(2020, 2031) if len(public_holidays(year)) < 16]

    assert fewer == [2022]  # Mother's Day was the first of May
    assert sorted(public_holidays(2026))[2:7] == [
        date(2026, 3, 11), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 3),
    ]  # fmt: skip


def test_offices_rest_on_weekends_and_holidays():
    christmas = [date(2026, 12, 23) + timedelta(days=n) for n in range(7)]

    assert [working_day(day, public_holidays(2026)) for day in christmas] == [
        True, False, False, False, False, True, True,
    ]  # fmt: skip
