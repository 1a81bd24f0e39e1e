"""Public holidays of countries, observances of traditions, and the sun at a place: when not to meet, and when to pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from importlib.metadata import version

import holidays
from astral import Observer
from astral.sun import noon, sunrise, sunset

from tracktwo.model.world import Holiday, Provenance
from tracktwo.sources.countries import load_countries
from tracktwo.sources.sky import CalendarUnknown, zone_named
from tracktwo.sources.traditions import NotComputed, ObservedPeriod, Tradition, not_computed, observances

__all__ = [
    "CalendarUnknown", "NotComputed", "ObservedPeriod", "SunTimes", "Tradition", "holiday_source", "not_computed", "observances", "public_holidays",
    "sun",
]  # fmt: skip

_HOLIDAYS_RELEASED = {"0.109": date(2026, 11, 17)}
"""Day of publication of the releases of the holidays library that were checked; another release counts as if it were the last of these."""


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


def sun(latitude: float, longitude: float, day: date, tz: str | tzinfo) -> SunTimes | None:
    """Return the times of the sun at a place in degrees, in the zone `tz` (an IANA name or a tzinfo); None where it does not rise or set that day.

    Raises CalendarUnknown for a zone that does not exist. Source: astral.
    """
    zone = zone_named(tz)
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
