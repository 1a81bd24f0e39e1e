"""Years that begin with spring, from the computed equinox: the Bahá'í calendar, the Persian new year, and the calendars of Zoroastrians."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, timezone

from tracktwo.sources.sky import HORIZON, REACH, CalendarUnknown, lunation, moment_of, new_moon, spring_equinox, sun_day
from tracktwo.sources.traditions.periods import NotComputed, ObservedPeriod

TEHRAN = (35.6944, 51.4215)
_TEHRAN_ZONE = timezone(timedelta(hours=3, minutes=30))
_MERIDIAN = 52.5
"""Degrees east of the meridian whose noon decides the Persian new year."""

_HOLY_DAYS = (
    ("observance.naw-ruz", 1), ("observance.ridvan-first", 32), ("observance.ridvan-ninth", 40), ("observance.ridvan-twelfth", 43),
    ("observance.declaration-of-the-bab", 65), ("observance.ascension-of-bahaullah", 70), ("observance.martyrdom-of-the-bab", 112),
)  # fmt: skip
"""Term and day of the Bahá'í year, 1 for Naw-Rúz."""
_GAHAMBARS = (41, 101, 176, 206, 286, 361)
"""First days of the six seasons of five days, counted from 1 at the new year in the calendar that keeps with spring."""
_SHAHENSHAHI = date(2023, 8, 16)
"""One new year of the calendar of 365 days without leap days; that of the Kadmis is thirty days before it."""

BAHAI_UNKNOWN = (NotComputed("observance.nineteen-day-feast", "house-of-justice"),)
ZOROASTRIAN_UNKNOWN = (NotComputed("observance.gahambars-of-other-calendars", "zoroastrian-association"),)


def bahai(start: date, end: date) -> Iterator[ObservedPeriod]:
    """The nine holy days from sunset to sunset, and the nineteen days of fasting before the new year."""
    _within(start, end)
    for year in range(start.year - 1, end.year + 2):
        first = naw_ruz(year)
        holy = [(term, first + timedelta(day - 1)) for term, day in _HOLY_DAYS]
        birthdays = twin_birthdays(year)
        holy += [("observance.birth-of-the-bab", birthdays), ("observance.birth-of-bahaullah", birthdays + timedelta(1))]
        for term, day in holy:
            yield ObservedPeriod(term, day - timedelta(1), day, 0, "house-of-justice", "rest", "sunset to sunset", (day,))
        yield ObservedPeriod(
            "observance.nineteen-day-fast", first - timedelta(19), first - timedelta(1), 0, "house-of-justice", "fast", "sunrise to sunset"
        )


def zoroastrian(start: date, end: date) -> Iterator[ObservedPeriod]:
    """The new years of the three calendars in use, each named; the gahambars of the one that keeps with spring."""
    _within(start, end)
    for year in range(start.year - 1, end.year + 2):
        first = persian_new_year(year)
        yield ObservedPeriod("observance.nowruz", first, first, 0, "zoroastrian-association", "feast")
        for number in _GAHAMBARS:
            begins = first + timedelta(number - 1)
            yield ObservedPeriod("observance.gahambar", begins, begins + timedelta(4), 1, "zoroastrian-association", "feast")
        wandering = _SHAHENSHAHI + timedelta(365 * (year - _SHAHENSHAHI.year))
        for term, day in (("shahenshahi", wandering), ("kadmi", wandering - timedelta(30))):
            yield ObservedPeriod(f"observance.new-year-{term}", day, day, 0, "zoroastrian-association", "feast")


def naw_ruz(year: int) -> date:
    """The first day of the Bahá'í year: the day, from sunset to sunset, in which spring begins at Tehran. It starts on the evening before."""
    begins = spring_equinox(year)
    day = moment_of(begins).astimezone(_TEHRAN_ZONE).date()
    sets = sun_day(*TEHRAN, day, _TEHRAN_ZONE).evening(HORIZON)
    return day + timedelta(sets is not None and begins >= sets)


def twin_birthdays(year: int) -> date:
    """The first of the two days after the eighth new moon that follows Naw-Rúz, as at Tehran."""
    opens = sun_day(*TEHRAN, naw_ruz(year) - timedelta(1), _TEHRAN_ZONE).evening(HORIZON)
    assert opens is not None  # the sun sets at Tehran on every day
    eighth = new_moon(lunation(opens) + 8)
    day = moment_of(eighth).astimezone(_TEHRAN_ZONE).date()
    sets = sun_day(*TEHRAN, day, _TEHRAN_ZONE).evening(HORIZON)
    return day + timedelta(1 + (sets is not None and eighth >= sets))


def persian_new_year(year: int) -> date:
    """Nowruz: the day whose true noon on the meridian of Iran's clocks follows the beginning of spring."""
    begins = spring_equinox(year)
    day = moment_of(begins).astimezone(_TEHRAN_ZONE).date()
    return day + timedelta(begins >= sun_day(TEHRAN[0], _MERIDIAN, day, _TEHRAN_ZONE).noon)


def _within(start: date, end: date) -> None:
    if start.year - 1 < REACH[0] or end.year + 1 > REACH[1]:
        raise CalendarUnknown(f"the beginning of spring is computed here for the years {REACH[0]} to {REACH[1]}; the asked days are outside")
