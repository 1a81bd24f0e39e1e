"""The year of Islam by the Umm al-Qura calendar (hijridate), Sunni and Twelver Shia; the sighting of the moon may shift each day by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hijridate import Gregorian, Hijri
from hijridate.ummalqura import GREGORIAN_RANGE

from tracktwo.sources.sky import CalendarUnknown
from tracktwo.sources.traditions.periods import FRIDAY, Asks, Authority, Hours, ObservedPeriod, days_from, weekly

Feast = tuple[str, int, int, int, Asks, int]
"""Term, Hijri month, first day, number of days (0 is the whole month), what it asks, and on how many of its days no work is done."""

_ALL: tuple[Feast, ...] = (
    ("observance.islamic-new-year", 1, 1, 1, "feast", 0),
    ("observance.ashura", 1, 10, 1, "feast", 0),
    ("observance.mawlid", 3, 12, 1, "feast", 0),
    ("observance.ramadan", 9, 1, 0, "fast", 0),
    ("observance.eid-al-fitr", 10, 1, 3, "rest", 3),
    ("observance.arafah", 12, 9, 1, "feast", 0),
    ("observance.eid-al-adha", 12, 10, 4, "rest", 4),
)
_SUNNI: tuple[Feast, ...] = (*_ALL, ("observance.laylat-al-qadr", 9, 27, 1, "worship", 0))
_SHIA: tuple[Feast, ...] = (
    ("observance.islamic-new-year", 1, 1, 1, "mourning", 0),
    ("observance.muharram-mourning", 1, 1, 10, "mourning", 0),
    ("observance.ashura", 1, 10, 1, "mourning", 1),
    ("observance.arbaeen", 2, 20, 1, "mourning", 0),
    ("observance.mawlid-shia", 3, 17, 1, "feast", 0),
    ("observance.ramadan", 9, 1, 0, "fast", 0),
    ("observance.laylat-al-qadr-shia", 9, 19, 5, "worship", 0),
    ("observance.eid-al-fitr", 10, 1, 1, "rest", 1),
    ("observance.eid-al-adha", 12, 10, 1, "rest", 1),
    ("observance.ghadir", 12, 18, 1, "feast", 0),
)


def islam(start: date, end: date) -> Iterator[ObservedPeriod]:
    """What briefs call Islam without a school."""
    return _year(_ALL, "moon-sighting", start, end)


def sunni(start: date, end: date) -> Iterator[ObservedPeriod]:
    return _year(_SUNNI, "moon-sighting", start, end)


def shia(start: date, end: date) -> Iterator[ObservedPeriod]:
    return _year(_SHIA, "marja", start, end)


def _year(feasts: tuple[Feast, ...], authority: Authority, start: date, end: date) -> Iterator[ObservedPeriod]:
    first, last = date(*GREGORIAN_RANGE[0]), date(*GREGORIAN_RANGE[1])
    margin = timedelta(31)
    if start < first + margin or end > last - margin:
        raise CalendarUnknown(f"the Umm al-Qura calendar is known here from {first + margin} to {last - margin}; the asked days are outside")
    yield from weekly("observance.friday-prayer", FRIDAY, start, end, hours="noon")
    for year in range(_hijri_year(start - margin), _hijri_year(end + margin) + 1):
        for term, month, day, days, asks, rests in feasts:
            begins = Hijri(year, month, day)
            starts = date(*begins.to_gregorian().datetuple())
            ends = starts + timedelta((days or begins.month_length()) - 1)
            hours: Hours = "dawn to sunset" if term == "observance.ramadan" else "whole day"
            yield ObservedPeriod(term, starts, ends, 1, authority, asks, hours, days_from(starts, rests))


def _hijri_year(day: date) -> int:
    return Gregorian.fromdate(day).to_hijri().year
