"""Whether two statements of a birth date agree: to the day, the month or the year, nearly, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from tracktwo.model.listing import BirthRange

Agreement = Literal["day", "swapped", "day-other-year", "month", "year", "near", "close", "far", "apart", "unknown"]
"""day: the same day · swapped: day and month exchanged · month, year: as far as the vaguer one goes · day-other-year: day and month alike, another
year
· near: at most a year apart · close: at most three · far: at most eight · apart: more."""
ORDER: tuple[Agreement, ...] = ("day", "swapped", "month", "day-other-year", "year", "near", "unknown", "close", "far", "apart")
_NEAR, _CLOSE, _FAR = 366, 3 * 366, 8 * 366


def agreement(one: BirthRange | None, others: Sequence[BirthRange]) -> Agreement:
    """Return the best agreement of a birth date with any of several that a list states."""
    if one is None or not others:
        return "unknown"
    return min((_compare(_year_of(one), _year_of(other)) for other in others), key=ORDER.index)


def _year_of(birth: BirthRange) -> BirthRange:
    """The first of January is how many registers write a year of which no day is known."""
    if birth.first == birth.last and (birth.first.month, birth.first.day) == (1, 1):
        return BirthRange(birth.first, date(birth.first.year, 12, 31), birth.circa)
    return birth


def _compare(one: BirthRange, other: BirthRange) -> Agreement:
    gap = max((other.first - one.last).days, (one.first - other.last).days, 0)
    if _is_day(one) and _is_day(other):
        return _days(one.first, other.first, gap)
    if gap == 0:
        if (_is_month(one) and (_is_month(other) or _is_day(other))) or (_is_month(other) and _is_day(one)):
            return "month"
        wide = max((one.last - one.first).days, (other.last - other.first).days)
        return "year" if wide <= 366 else "near"
    if one.circa or other.circa:
        gap = max(0, gap - 2 * 366)
    return _apart(gap)


def _days(one: date, other: date, gap: int) -> Agreement:
    if gap == 0:
        return "day"
    if one.year == other.year:
        if one.day == other.month and one.month == other.day:
            return "swapped"
        return "month" if one.month == other.month else "near"
    if (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) <= 10:
        return "day-other-year"
    return _apart(gap)


def _apart(gap: int) -> Agreement:
    return "near" if gap <= _NEAR else "close" if gap <= _CLOSE else "far" if gap <= _FAR else "apart"


def _is_day(birth: BirthRange) -> bool:
    return birth.first == birth.last and not birth.circa


def _is_month(birth: BirthRange) -> bool:
    return 0 < (birth.last - birth.first).days <= 31
