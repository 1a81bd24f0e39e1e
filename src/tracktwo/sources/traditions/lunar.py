"""Feasts that go by the moon in India and beyond: Hindu, Buddhist and Sikh, from computed moons, each with a day of doubt.

The months are those from new moon to new moon, named by the sidereal sign of the sun (Lahiri's zero point), the days by the moon's elongation in
steps of twelve degrees. Printed almanacs differ by region and school: the date of the participant's own almanac holds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

from tracktwo.sources.sky import REACH, SYNODIC, CalendarUnknown, elongation, full_moon, julian, lunation, moment_of, new_moon, sun_longitude
from tracktwo.sources.traditions.periods import Asks, Authority, NotComputed, ObservedPeriod

INDIA = timezone(timedelta(hours=5, minutes=30))
CHINA = timezone(timedelta(hours=8))
SHRAVANA, ASHWIN, KARTIKA, MAGHA, PHALGUNA = 4, 6, 7, 10, 11
"""Months counted from 0, Chaitra."""
_SUNRISE, _AFTERNOON, _MIDNIGHT = time(6, 15), time(14, 30), time(23, 59)
"""Hours of India at which the day of the moon is looked up: at sunrise, in the afternoon, at night."""

HINDU_UNKNOWN = (NotComputed("observance.regional-feasts", "almanac"),)
BUDDHIST_UNKNOWN = (NotComputed("observance.losar", "sangha"), NotComputed("observance.vassa", "sangha"))
SIKH_UNKNOWN = (NotComputed("observance.gurpurabs", "gurdwara-committee"),)
"""Gurpurabs differ by weeks between the calendars in use."""


def hindu(start: date, end: date) -> Iterator[ObservedPeriod]:
    for number in _moons(start, end):
        month = _month(number)
        if month == SHRAVANA:
            yield _one("observance.janmashtami", _on(number, 22, _MIDNIGHT), "almanac")
        if month == ASHWIN:
            first = _on(number, 0, _SUNRISE)
            yield ObservedPeriod("observance.navaratri", first, first + timedelta(8), 1, "almanac", "season")
            yield _one("observance.dussehra", _on(number, 9, _AFTERNOON), "almanac")
            yield _diwali(number, "observance.diwali", "almanac")
        if month == MAGHA:
            yield _one("observance.shivaratri", _on(number, 28, _MIDNIGHT), "almanac", "fast")
        if month == PHALGUNA:
            yield _one("observance.holi", _holi(number), "almanac")
        for day_of_moon in (10, 25):
            yield _one("observance.ekadashi", _on(number, day_of_moon, _SUNRISE), "almanac", "food")


def sikh(start: date, end: date) -> Iterator[ObservedPeriod]:
    for year in range(start.year, end.year + 1):
        yield ObservedPeriod("observance.vaisakhi", date(year, 4, 14), date(year, 4, 14), 1, "gurdwara-committee")
    for number in _moons(start, end):
        month = _month(number)
        if month == ASHWIN:
            yield _diwali(number, "observance.bandi-chhor", "gurdwara-committee")
        if month == KARTIKA:
            yield _one("observance.guru-nanak", _full(number), "gurdwara-committee")
        if month == PHALGUNA:
            first = _holi(number)
            yield ObservedPeriod("observance.hola-mohalla", first, first + timedelta(2), 1, "gurdwara-committee")


def buddhist(start: date, end: date) -> Iterator[ObservedPeriod]:
    """Vesak can stand on two full moons of one year, since countries count their leap months apart; both are given."""
    for number in _moons(start, end):
        full = _full(number)
        yield _one("observance.poya", full, "sangha", "worship")
        if (4, 28) <= (full.month, full.day) <= (6, 6):
            yield _one("observance.vesak", full, "sangha", "feast")
        if (6, 29) <= (full.month, full.day) <= (8, 3):
            yield _one("observance.asalha", full, "sangha", "worship")
        begins = moment_of(new_moon(number)).astimezone(CHINA).date()
        follows = moment_of(new_moon(number + 1)).astimezone(CHINA).date()
        if _longitude_on(begins, CHINA) <= 60 < _longitude_on(follows, CHINA) < 180:
            yield _one("observance.buddha-birthday", begins + timedelta(7), "sangha")
    for year in range(start.year, end.year + 1):
        for month in (7, 8):
            yield ObservedPeriod("observance.obon", date(year, month, 13), date(year, month, 16), 1, "custom", "season")


def _moons(start: date, end: date) -> range:
    if start.year <= REACH[0] or end.year >= REACH[1]:
        raise CalendarUnknown(f"the moon is computed here for the years {REACH[0] + 1} to {REACH[1] - 1}; the asked days are outside")
    first, last = (lunation(julian(datetime.combine(day, time(), UTC))) for day in (start, end))
    return range(first - 2, last + 2)


def _month(number: int) -> int | None:
    """The month that begins with a new moon, 0 for Chaitra; None for a leap month, in which the sun enters no sign and no feast stands."""
    sign, following = _sign(new_moon(number)), _sign(new_moon(number + 1))
    return None if sign == following else (sign + 1) % 12


def _sign(day: float) -> int:
    zero_point = 23.853 + 0.013969 * (day - 2451545.0) / 365.25
    return math.floor((sun_longitude(day) - zero_point) % 360 / 30)


def _on(number: int, day_of_moon: int, hour: time) -> date:
    """The civil day of India on which, at an hour, the moon's day (0 to 29) of this month stands; the day that is nearest where it never does."""
    start = _local(new_moon(number) + SYNODIC * day_of_moon / 30)
    candidates = [start + timedelta(offset) for offset in (-2, -1, 0, 1, 2)]
    middle = 12 * day_of_moon + 6

    def off(day: date) -> float:
        ahead = elongation(julian(datetime.combine(day, hour, INDIA)))
        return abs((ahead - middle + 180) % 360 - 180)

    return min(candidates, key=off)


def _full(number: int) -> date:
    """The day on which the moon's fifteenth day stands for the longer part: that of the hours before it is full."""
    return _local(full_moon(number) - 0.5)


def _holi(number: int) -> date:
    """The day after the evening of the full moon; a moon that is full before the late afternoon was so on the evening before."""
    return _local(full_moon(number) + 8 / 24)


def _diwali(number: int, term: str, authority: Authority) -> ObservedPeriod:
    """The evening before the moon is new again."""
    day = _local(new_moon(number + 1) - 18.5 / 24)
    return _one(term, day, authority)


def _one(term: str, day: date, authority: Authority, asks: Asks = "feast") -> ObservedPeriod:
    return ObservedPeriod(term, day, day, 1, authority, asks)


def _local(day: float) -> date:
    return moment_of(day).astimezone(INDIA).date()


def _longitude_on(day: date, zone: timezone) -> float:
    return sun_longitude(julian(datetime.combine(day, time(), zone)))
