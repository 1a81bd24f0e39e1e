"""The sun at a place and a day, the equinox of spring, and the phases of the moon: what calendars and hours of prayer are computed from.

The sun's declination and the equation of time are astral's (after NOAA, and so after Meeus, Astronomical Algorithms, 2nd edition, chapter 25).
What astral has no answer for is here: hours of any altitude at any latitude, the equinox (Meeus, chapter 27) and the moon (Meeus, chapter 49).
Moments are Julian days of universal time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from astral.sun import eq_of_time, sun_apparent_long, sun_declination

HORIZON = -0.8333
"""Altitude of the sun's centre in degrees when its upper edge stands on the horizon: refraction and half its width."""
REACH = (1600, 2400)
"""The years for which sun and moon are computed; the formulae are for some centuries about 2000."""
_J2000 = 2451545.0
_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
_ROUNDS = 12
"""Rounds of correcting an hour by the sun's own movement; two are enough but where the sun only grazes an altitude."""


class CalendarUnknown(ValueError):
    """A calendar that does not reach the asked days, or does not exist; the message is one sentence."""


def zone_named(zone: str | tzinfo) -> tzinfo:
    """Return a time zone by its IANA name; a tzinfo is returned as it is. Raises CalendarUnknown for a zone that does not exist."""
    if isinstance(zone, tzinfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the zone files, such as 'Europe', is an OSError
        raise CalendarUnknown(f"'{zone}' is no time zone; write an IANA name such as Africa/Bangui") from None


def moment_of(day: float) -> datetime:
    """Return the moment of a Julian day in universal time, to the second."""
    return _EPOCH + timedelta(seconds=round((day - _J2000) * 86400))


def julian(moment: datetime) -> float:
    """Return the Julian day of a moment."""
    return _J2000 + (moment - _EPOCH) / timedelta(1)


@dataclass(frozen=True)
class SunDay:
    """The sun over a latitude in degrees on one day; `noon` is the Julian day of its highest stand."""

    latitude: float
    noon: float

    @property
    def noon_altitude(self) -> float:
        """Altitude at noon in degrees, without refraction."""
        return 90 - abs(self.latitude - sun_declination(_century(self.noon)))

    def morning(self, altitude: float) -> float | None:
        """Return when the sun comes up to an altitude in degrees; None where it does not that day."""
        return self._crossing(lambda _: altitude, -1)

    def evening(self, altitude: float) -> float | None:
        """Return when the sun goes down to an altitude in degrees; None where it does not that day."""
        return self._crossing(lambda _: altitude, 1)

    def shadow(self, factor: int) -> float | None:
        """Return when a shadow has grown since noon by `factor` times what casts it; None where the sun is too low for it, or never comes so low."""
        if self.noon_altitude <= 0:
            return None

        def altitude(declination: float) -> float:
            return math.degrees(math.atan(1 / (factor + math.tan(math.radians(min(abs(self.latitude - declination), 89.99))))))

        return self._crossing(altitude, 1)

    def _crossing(self, altitude: Callable[[float], float], side: int) -> float | None:
        """Solve for the hour angle, again with the declination of the hour that was found. `altitude` is that of a declination, in degrees."""
        moment = self.noon
        sine, cosine = math.sin(math.radians(self.latitude)), math.cos(math.radians(self.latitude))
        for _ in range(_ROUNDS):
            declination = sun_declination(_century(moment))
            turn = cosine * math.cos(math.radians(declination))
            stands = math.sin(math.radians(altitude(declination))) - sine * math.sin(math.radians(declination))
            if abs(stands) >= abs(turn):
                return None
            # The sun's own day is up to half a minute longer or shorter than 24 hours.
            drift = (eq_of_time(_century(self.noon)) - eq_of_time(_century(moment))) / 1440
            found = self.noon + drift + side * math.degrees(math.acos(stands / turn)) / 360
            if abs(found - moment) < 1e-6:
                return found
            moment = found
        return moment


def sun_day(latitude: float, longitude: float, day: date, zone: tzinfo) -> SunDay:
    """Return the sun of a day: the one whose noon lies nearest to twelve o'clock of that day in the zone.

    Raises CalendarUnknown for years outside REACH, and for what is no latitude or longitude in degrees.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise CalendarUnknown("a place is given by a latitude from -90 to 90 and a longitude from -180 to 180 degrees")
    if not REACH[0] <= day.year <= REACH[1]:
        raise CalendarUnknown(f"the sun is computed here for the years {REACH[0]} to {REACH[1]}, and not for {day.year}")
    twelve = julian(datetime(day.year, day.month, day.day, 12, tzinfo=zone))
    mean = round(twelve + longitude / 360) - longitude / 360
    noon = mean - eq_of_time(_century(mean)) / 1440
    return SunDay(latitude, noon + round(twelve - noon))


def _century(day: float) -> float:
    return (day - _J2000) / 36525


# -- the equinox of spring ------------------------------------------------------------------------------------------------------------------------

_EQUINOX = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112), (156, 73.14, 45036.886),
    (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906), (70, 243.58, 9037.513), (58, 119.81, 33718.147),
    (52, 297.17, 150.678), (50, 21.02, 2281.226), (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417),
    (18, 155.12, 67555.328), (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip
"""Meeus, table 27.C: amplitude in 0.00001 days, phase in degrees, degrees a century."""


@lru_cache(maxsize=1024)
def spring_equinox(year: int) -> float:
    """Return the Julian day, in universal time, at which spring begins in the north: within about a minute for 1600 to 2400 (Meeus, chapter 27)."""
    y = (year - 2000) / 1000
    mean = 2451623.80984 + 365242.37404 * y + 0.05169 * y**2 - 0.00411 * y**3 - 0.00057 * y**4
    century = _century(mean)
    w = math.radians(35999.373 * century - 2.47)
    breadth = 1 + 0.0334 * math.cos(w) + 0.0007 * math.cos(2 * w)
    swing = sum(a * math.cos(math.radians(b + c * century)) for a, b, c in _EQUINOX)
    return mean + 0.00001 * swing / breadth - _clock_error(year)


def _clock_error(year: float) -> float:
    """Days by which dynamical time is ahead of universal time (after Espenak and Meeus 2006, coarse: within some ten seconds for 1900 to 2100)."""
    if year < 1961:
        seconds = -2.8 + 33 * (year - 1900) / 61 if year > 1900 else 10.0
    elif year < 2005:
        seconds = 33.5 + 31.2 * (year - 1961) / 44
    else:
        seconds = 62.92 + 0.32217 * (year - 2000) + 0.005589 * (year - 2000) ** 2
    return seconds / 86400


# -- the moon -------------------------------------------------------------------------------------------------------------------------------------

SYNODIC = 29.530588861
"""Days from new moon to new moon, on average."""
_NEW = (
    (-0.40720, 0, 0, 1, 0), (0.17241, 1, 1, 0, 0), (0.01608, 0, 0, 2, 0), (0.01039, 0, 0, 0, 2), (0.00739, 1, -1, 1, 0),
    (-0.00514, 1, 1, 1, 0), (0.00208, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2), (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2), (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0),
)  # fmt: skip
_FULL = (
    (-0.40614, 0, 0, 1, 0), (0.17302, 1, 1, 0, 0), (0.01614, 0, 0, 2, 0), (0.01043, 0, 0, 0, 2), (0.00734, 1, -1, 1, 0),
    (-0.00515, 1, 1, 1, 0), (0.00209, 2, 2, 0, 0), (-0.00111, 0, 0, 1, -2), (-0.00057, 0, 0, 1, 2), (0.00056, 1, 1, 2, 0),
    (-0.00042, 0, 0, 3, 0), (0.00042, 1, 1, 0, 2), (0.00038, 1, 1, 0, -2), (-0.00024, 1, -1, 2, 0),
)  # fmt: skip
"""Meeus, chapter 49, the larger terms: days; power of the eccentricity; multiples of the sun's anomaly, the moon's anomaly, the moon's latitude."""


def new_moon(number: int) -> float:
    """Return the Julian day, in universal time, of a new moon by its number; 0 is that of 6 January 2000. Within a few minutes."""
    return _phase(number, _NEW)


def full_moon(number: int) -> float:
    """Return the Julian day, in universal time, of the full moon that follows the new moon of this number. Within a few minutes."""
    return _phase(number + 0.5, _FULL)


def lunation(day: float) -> int:
    """Return the number of the last new moon at or before a Julian day."""
    number = math.floor((day - 2451550.09766) / SYNODIC) + 1
    while new_moon(number) > day:
        number -= 1
    return number


@lru_cache(maxsize=8192)
def _phase(k: float, terms: tuple[tuple[float, int, int, int, int], ...]) -> float:
    t = k / 1236.85
    mean = 2451550.09766 + SYNODIC * k + 0.00015437 * t**2 - 0.00000015 * t**3
    eccentricity = 1 - 0.002516 * t - 0.0000074 * t**2
    sun = math.radians(2.5534 + 29.1053567 * k - 0.0000014 * t**2)
    moon = math.radians(201.5643 + 385.81693528 * k + 0.0107582 * t**2)
    latitude = math.radians(160.7108 + 390.67050284 * k - 0.0016118 * t**2)
    node = math.radians(124.7746 - 1.56375588 * k + 0.0020672 * t**2)
    swing = sum(size * eccentricity**power * math.sin(a * sun + b * moon + c * latitude) for size, power, a, b, c in terms)
    return mean + swing - 0.00017 * math.sin(node) - _clock_error(2000 + k / 12.3685)


_MOON = (
    (6.288774, 0, 0, 1, 0), (1.274027, 2, 0, -1, 0), (0.658314, 2, 0, 0, 0), (0.213618, 0, 0, 2, 0), (-0.185116, 0, 1, 0, 0),
    (-0.114332, 0, 0, 0, 2), (0.058793, 2, 0, -2, 0), (0.057066, 2, -1, -1, 0), (0.053322, 2, 0, 1, 0), (0.045758, 2, -1, 0, 0),
    (-0.040923, 0, 1, -1, 0), (-0.034720, 1, 0, 0, 0), (-0.030383, 0, 1, 1, 0), (0.015327, 2, 0, 0, -2),
)  # fmt: skip
"""Meeus, table 47.A, the larger terms: degrees; multiples of the elongation, the sun's and the moon's anomaly, the moon's latitude."""


def elongation(day: float) -> float:
    """Return by how many degrees, 0 to 360, the moon is ahead of the sun on a Julian day: within 0.1 degrees, which the moon goes in 12 minutes."""
    t = _century(day + _clock_error(2000 + (day - _J2000) / 365.25))
    longitude = 218.3164477 + 481267.88123421 * t
    angles = (
        math.radians(297.8501921 + 445267.1114034 * t),
        math.radians(357.5291092 + 35999.0502909 * t),
        math.radians(134.9633964 + 477198.8675055 * t),
        math.radians(93.2720950 + 483202.0175233 * t),
    )
    swing = sum(size * math.sin(d * angles[0] + m * angles[1] + n * angles[2] + f * angles[3]) for size, d, m, n, f in _MOON)
    return (longitude + swing - sun_longitude(day)) % 360


def sun_longitude(day: float) -> float:
    """Return the apparent longitude of the sun in degrees, 0 to 360, on a Julian day (astral)."""
    return sun_apparent_long(_century(day)) % 360
