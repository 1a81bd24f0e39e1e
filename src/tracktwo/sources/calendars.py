"""Public holidays of countries, observances of traditions, and the sun at a place: when not to meet, and when to pause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from importlib.metadata import version
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from astral import Observer
from astral.sun import noon, sunrise, sunset
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from hijridate import Gregorian, Hijri
from hijridate.ummalqura import GREGORIAN_RANGE
from pyluach.dates import GregorianDate, HebrewDate
from pyluach.hebrewcal import Year

from tracktwo.model.world import Holiday, Provenance
from tracktwo.sources.countries import load_countries

Tradition = Literal["islam", "western christian", "eastern christian", "judaism"]

_HOLIDAYS_RELEASED = {"0.109": date(2026, 11, 17)}
"""Day of publication of the releases of the holidays library that were checked; another release counts as if it were the last of these."""

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


class CalendarUnknown(ValueError):
    """A calendar that does not reach the asked days, or does not exist; the message is one sentence."""


@dataclass(frozen=True)
class ObservedPeriod:
    """An observance from its first to its last day; either may be off by `doubt_days`, where the moon is watched and not computed."""

    term: str
    """A term of tracktwo's vocabulary, such as observance.ramadan."""
    starts: date
    ends: date
    doubt_days: int


@dataclass(frozen=True)
class SunTimes:
    """Sunrise, solar noon and sunset of one day, in the zone that was asked for."""

    sunrise: datetime
    noon: datetime
    sunset: datetime


def public_holidays(country: str, start: date, end: date) -> tuple[Holiday, ...] | None:
    """Return the public holidays of a country (alpha-3) from `start` to `end`, both included, in order; names in English where it has them.

    None where the library has no calendar of the country, or an empty one for one of the years: that is not known to mean that no day is kept.
    Source: the holidays library.
    """
    known = load_countries().get(country)
    if known is None or end < start:
        return None
    years = range(start.year, end.year + 1)
    try:
        languages = holidays.country_holidays(known.alpha2).supported_languages
        english = next((tag for tag in ("en_US", "en_GB", "en") if tag in languages), None)
        calendar = holidays.country_holidays(known.alpha2, years=list(years), language=english)
    except NotImplementedError:
        return None
    if set(years) - {day.year for day in calendar}:
        return None
    return tuple(Holiday(country, day, name) for day, name in sorted(calendar.items()) if start <= day <= end)


def holiday_source() -> Provenance:
    """Return the release of the holidays library that answers."""
    release = version("holidays")
    as_of = _HOLIDAYS_RELEASED.get(release, max(_HOLIDAYS_RELEASED.values()))
    return Provenance("Vacanza", "holidays", release, as_of, "MIT", "https://github.com/vacanza/holidays")


def observances(tradition: Tradition, start: date, end: date) -> tuple[ObservedPeriod, ...]:
    """Return the periods of a tradition that touch the days from `start` to `end`, in order of their first day; weekly ones each week.

    Islam: the Umm al-Qura calendar (hijridate), with a day of doubt either side of what depends on the new moon. Christianity: the
    Gregorian and the Julian Easter (dateutil). Judaism: the Hebrew calendar as kept outside Israel (pyluach); a period begins on the day
    at whose sunset it begins. Raises CalendarUnknown for days that the calendar does not reach.
    """
    if end < start:
        return ()
    found = (period for period in _CALENDARS[tradition](start, end) if period.starts <= end and period.ends >= start)
    return tuple(sorted(found, key=lambda period: (period.starts, period.ends, period.term)))


def sun(latitude: float, longitude: float, day: date, tz: str | tzinfo) -> SunTimes | None:
    """Return the times of the sun at a place in degrees, in the zone `tz` (an IANA name or a tzinfo); None where it does not rise or set that day.

    Raises CalendarUnknown for a zone that does not exist. Source: astral.
    """
    zone = _zone(tz)
    observer = Observer(latitude, longitude)
    middle = min(_near(noon, observer, day, zone), key=lambda time: abs((time.date() - day).days))
    try:
        rises = max(time for time in _near(sunrise, observer, day, zone) if time < middle)
        sets = min(time for time in _near(sunset, observer, day, zone) if time > middle)
    except ValueError:
        return None
    return SunTimes(rises, middle, sets) if sets - rises < timedelta(1) else None


def _near(event: Callable[..., datetime], observer: Observer, day: date, zone: tzinfo) -> list[datetime]:
    """Return an event of the sun on the day and its neighbours, to the second: in far zones and high summers astral may answer with a neighbour's."""
    days = (day + timedelta(offset) for offset in (-1, 0, 1))
    return [event(observer, each, tzinfo=zone).replace(microsecond=0) for each in days]


def _zone(tz: str | tzinfo) -> tzinfo:
    if isinstance(tz, tzinfo):
        return tz
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError):
        raise CalendarUnknown(f"'{tz}' is no time zone; write an IANA name such as Africa/Bangui") from None


def _weekly(term: str, weekday: int, start: date, end: date, *, eve: bool = False) -> Iterator[ObservedPeriod]:
    day = start + timedelta((weekday - start.weekday()) % 7)
    while day <= end + timedelta(1):
        yield ObservedPeriod(term, day - timedelta(1) if eve else day, day, 0)
        day += timedelta(7)


_ISLAM = (
    ("observance.islamic-new-year", 1, 1, 1),
    ("observance.ashura", 1, 10, 1),
    ("observance.mawlid", 3, 12, 1),
    ("observance.ramadan", 9, 1, 0),
    ("observance.eid-al-fitr", 10, 1, 3),
    ("observance.arafah", 12, 9, 1),
    ("observance.eid-al-adha", 12, 10, 4),
)
"""Term, Hijri month, first day, number of days; 0 days is the whole month."""


def _islam(start: date, end: date) -> Iterator[ObservedPeriod]:
    first, last = date(*GREGORIAN_RANGE[0]), date(*GREGORIAN_RANGE[1])
    margin = timedelta(31)
    if start - margin < first or end + margin > last:
        raise CalendarUnknown(f"the Umm al-Qura calendar is known here from {first + margin} to {last - margin}; the asked days are outside")
    yield from _weekly("observance.friday-prayer", FRIDAY, start, end)
    for year in range(_hijri_year(start - margin), _hijri_year(end + margin) + 1):
        for term, month, day, days in _ISLAM:
            begins = Hijri(year, month, day)
            starts = date(*begins.to_gregorian().datetuple())
            yield ObservedPeriod(term, starts, starts + timedelta((days or begins.month_length()) - 1), 1)


def _hijri_year(day: date) -> int:
    return Gregorian.fromdate(day).to_hijri().year


_EASTER_REACH = (1583, 4099)
"""The years for which the rule of Easter holds in dateutil (Oudin 1940, after Gauss)."""

_WESTERN = (
    ("observance.ash-wednesday", -46, -46),
    ("observance.lent", -46, -1),
    ("observance.palm-sunday", -7, -7),
    ("observance.holy-thursday", -3, -3),
    ("observance.good-friday", -2, -2),
    ("observance.easter", 0, 1),
    ("observance.ascension", 39, 39),
    ("observance.pentecost", 49, 49),
)
_EASTERN = (
    ("observance.lent-orthodox", -48, -1),
    ("observance.palm-sunday-orthodox", -7, -7),
    ("observance.good-friday-orthodox", -2, -2),
    ("observance.easter-orthodox", 0, 1),
    ("observance.ascension-orthodox", 39, 39),
    ("observance.pentecost-orthodox", 49, 49),
)
"""Term, first and last day counted from Easter Sunday."""


def _western_christian(start: date, end: date) -> Iterator[ObservedPeriod]:
    yield from _weekly("observance.sunday", SUNDAY, start, end)
    for year in _easter_years(start, end):
        yield from _around_easter(_WESTERN, easter(year, EASTER_WESTERN))
        yield ObservedPeriod("observance.epiphany", date(year, 1, 6), date(year, 1, 6), 0)
        yield ObservedPeriod("observance.christmas", date(year, 12, 24), date(year, 12, 26), 0)


def _eastern_christian(start: date, end: date) -> Iterator[ObservedPeriod]:
    yield from _weekly("observance.sunday", SUNDAY, start, end)
    for year in _easter_years(start, end):
        yield from _around_easter(_EASTERN, easter(year, EASTER_ORTHODOX))
        yield ObservedPeriod("observance.christmas", date(year, 12, 24), date(year, 12, 26), 0)
        for term, month, first, last in (("observance.christmas-julian", 12, 24, 26), ("observance.epiphany-julian", 1, 6, 6)):
            yield ObservedPeriod(term, _from_julian(year, month, first), _from_julian(year, month, last), 0)


def _easter_years(start: date, end: date) -> range:
    """The years about the asked days; one more on each side, since a Julian Christmas falls into the year after."""
    first, last = _EASTER_REACH
    if start.year - 1 < first or end.year + 1 > last:
        raise CalendarUnknown(f"Easter is known here from {first + 1} to {last - 1}; the asked days are outside")
    return range(start.year - 1, end.year + 2)


def _around_easter(feasts: tuple[tuple[str, int, int], ...], sunday: date) -> Iterator[ObservedPeriod]:
    for term, first, last in feasts:
        yield ObservedPeriod(term, sunday + timedelta(first), sunday + timedelta(last), 0)


def _from_julian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Julian date: later by the centuries' leap days that the Julian calendar kept."""
    counted_from = year if month > 2 else year - 1
    return date(year, month, day) + timedelta(counted_from // 100 - counted_from // 400 - 2)


_JUDAISM = (
    ("observance.rosh-hashanah", 7, 1, 2),
    ("observance.yom-kippur", 7, 10, 1),
    ("observance.sukkot", 7, 15, 7),
    ("observance.simchat-torah", 7, 22, 2),
    ("observance.hanukkah", 9, 25, 8),
    ("observance.pesach", 1, 15, 8),
    ("observance.shavuot", 3, 6, 2),
)
"""Term, Hebrew month (1 is Nisan), first day, number of days."""


def _judaism(start: date, end: date) -> Iterator[ObservedPeriod]:
    yield from _weekly("observance.shabbat", SATURDAY, start, end, eve=True)
    years = [GregorianDate(day.year, day.month, day.day).to_heb().year for day in (start, end)]
    for year in range(years[0] - 1, years[1] + 2):
        for term, month, day, days in (*_JUDAISM, ("observance.purim", 13 if Year(year).leap else 12, 14, 1)):
            yield _from_eve(term, HebrewDate(year, month, day).to_pydate(), days)
        ninth_of_av = HebrewDate(year, 5, 9).to_pydate()
        yield _from_eve("observance.tisha-bav", ninth_of_av + timedelta(ninth_of_av.weekday() == SATURDAY), 1)


def _from_eve(term: str, first: date, days: int) -> ObservedPeriod:
    return ObservedPeriod(term, first - timedelta(1), first + timedelta(days - 1), 0)


_CALENDARS: dict[Tradition, Callable[[date, date], Iterator[ObservedPeriod]]] = {
    "islam": _islam,
    "western christian": _western_christian,
    "eastern christian": _eastern_christian,
    "judaism": _judaism,
}
