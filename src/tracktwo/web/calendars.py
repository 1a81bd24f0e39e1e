"""A day in the calendar that a reader has chosen: Gregorian, Islamic (Umm al-Qura) or Persian."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, get_args

from hijridate import Gregorian

from tracktwo.model.finding import Message, Param

Calendar = Literal["gregorian", "islamic", "persian"]

CALENDARS: tuple[Calendar, ...] = get_args(Calendar)
_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Years within each 33 that have a day more: so the Persian calendar falls from 1206 to 1498 (1827 to 2119)."""
_FIRST, _LAST = 1206, 1498


def in_calendar(day: date, calendar: Calendar) -> Param:
    """A day in words. Where a calendar does not reach it, the Gregorian day."""
    parts = {"islamic": islamic, "persian": persian}[calendar](day) if calendar != "gregorian" else None
    if parts is None:
        return day
    year, month, number = parts
    named = Message(code=f"interface.web.participant.month.{calendar}-{month}")
    return Message(code=f"interface.web.participant.date.{calendar}", params={"day": str(number), "month": named, "year": str(year)})


def islamic(day: date) -> tuple[int, int, int] | None:
    """(year, month, day) in the calendar of Umm al-Qura; None outside 1343 to 1500. Where the moon is watched, a day may be off by one."""
    try:
        return Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:
        return None


def persian(day: date) -> tuple[int, int, int] | None:
    """(year, month, day) in the Persian calendar by its cycle of 33 years; None outside 1206 to 1498."""
    year = day.year - 621
    start = _nowruz(year)
    if start is not None and day < start:
        year -= 1
        start = _nowruz(year)
    if start is None:
        return None
    number = (day - start).days
    month, left = divmod(number, 31) if number < 186 else divmod(number - 186, 30)
    return year, month + (1 if number < 186 else 7), left + 1


def _nowruz(year: int) -> date | None:
    """The first day of a Persian year."""
    if not _FIRST <= year <= _LAST:
        return None
    leaps = sum(1 for one in range(_FIRST, year) if one % 33 in _LEAP)
    return date(1827, 3, 22) + timedelta(days=365 * (year - _FIRST) + leaps)
