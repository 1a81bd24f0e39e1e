"""The six hours of prayer in Islam for a place and a day, by a named method, with the rule by which each was found.

A method is a convention of one authority: the sun's altitude at dawn and nightfall, or minutes after sunset, and minutes of safety. The angles
stand as their authorities publish them; those of batoulapps/adhan-js (MIT) agree for the ones it has. In high latitudes, where the sun does not
sink so low, a second convention is needed and always told. In force for a person is what their own authority says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, get_args

from hijridate import Gregorian

from tracktwo.sources.sky import HORIZON, CalendarUnknown, SunDay, moment_of, sun_day, zone_named

Prayer = Literal["fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha"]
PRAYERS: tuple[Prayer, ...] = get_args(Prayer)
Rule = Literal["middle of the night", "seventh of the night", "angle based", "nearest latitude"]
RULES: tuple[Rule, ...] = get_args(Rule)
By = Literal["sun", "minutes", "season", "middle of the night", "seventh of the night", "angle based", "nearest latitude", "none"]
"""How a time was found: by the sun's altitude, minutes after maghrib, minutes by season, a rule of high latitudes, or not at all."""

NEAREST = 45.0
"""The latitude whose proportions serve beyond it under the rule of the nearest latitude (Islamic Fiqh Council, Makkah 1986)."""
_SEASONAL_TO = 55.0
"""From here on the Moonsighting Committee takes the seventh of the night."""
_NOMINAL = 18.0
"""The altitude that stands for minutes after sunset where those would reach into the morning."""


@dataclass(frozen=True)
class Method:
    """A convention: altitudes below the horizon in degrees, minutes of isha after maghrib in place of one, minutes added to what is computed."""

    name: str
    fajr: float
    isha: float | None = None
    isha_minutes: int | None = None
    ramadan_minutes: int | None = None
    """Minutes of isha after maghrib in Ramadan."""
    maghrib: float | None = None
    """Altitude below the horizon at which the redness is gone; None for sunset."""
    added: tuple[tuple[Prayer, int], ...] = ()
    seasonal: bool = False
    """True where dawn and nightfall are minutes from sunrise and sunset that change with season and latitude, if nearer than the altitude."""
    rounds_up: bool = False
    words: tuple[str, ...] = ()
    """Other names by which it is asked for."""


METHODS: tuple[Method, ...] = (
    Method("Muslim World League", 18, 17, added=(("dhuhr", 1),), words=("mwl",)),
    Method("ISNA", 15, 15, added=(("dhuhr", 1),), words=("islamic society of north america", "north america")),
    Method("Umm al-Qura", 18.5, isha_minutes=90, ramadan_minutes=120, words=("makkah", "mecca", "umm al-qura (makkah)")),
    Method("Egypt", 19.5, 17.5, added=(("dhuhr", 1),), words=("egyptian",)),
    Method("Karachi", 18, 18, added=(("dhuhr", 1),)),
    Method("Dubai", 18.2, 18.2, added=(("sunrise", -3), ("dhuhr", 3), ("asr", 3), ("maghrib", 3))),
    Method("Qatar", 18, isha_minutes=90),
    Method("Kuwait", 18, 17.5),
    Method("Singapore", 20, 18, added=(("dhuhr", 1),), rounds_up=True, words=("muis",)),
    Method("Turkey", 18, 17, added=(("sunrise", -7), ("dhuhr", 5), ("asr", 4), ("maghrib", 7)), words=("diyanet", "turkey (diyanet)")),
    Method("Tehran", 17.7, 14, maghrib=4.5),
    Method("Moonsighting Committee", 18, 18, added=(("dhuhr", 5), ("maghrib", 3)), seasonal=True, words=("moonsighting",)),
    Method("Jafari", 16, 14, maghrib=4, words=("shia", "leva", "qum")),
    Method("UOIF", 12, 12, words=("france",)),
)
"""Every method that can be named. The minutes of Dubai, Turkey and the Moonsighting Committee are their tables' own safety."""


@dataclass(frozen=True)
class PrayerTime:
    """One hour of prayer, to the minute, in the zone that was asked for; None with one sentence why where it cannot be given."""

    prayer: Prayer
    at: datetime | None
    by: By
    why: str | None = None


@dataclass(frozen=True)
class PrayerTimes:
    """The six of one day, in order, each not before the one ahead of it."""

    method: str
    day: date
    times: tuple[PrayerTime, ...]

    def of(self, prayer: Prayer) -> PrayerTime:
        return self.times[PRAYERS.index(prayer)]


def method_named(name: str) -> Method:
    """Return a method by its name or another word for it, in any case. Raises CalendarUnknown with the names that there are."""
    sought = " ".join(name.casefold().split())
    for method in METHODS:
        if sought in (method.name.casefold(), *method.words):
            return method
    raise CalendarUnknown(f"'{name}' is no method for hours of prayer known here; name one of {', '.join(method.name for method in METHODS)}")


def prayer_times(
    latitude: float,
    longitude: float,
    day: date,
    zone: str | tzinfo,
    method: str = "Muslim World League",
    *,
    rule: Rule = "middle of the night",
    shadow: int = 1,
) -> PrayerTimes:
    """Return the six times at a place in degrees on a day, in the zone `zone` (an IANA name or a tzinfo), to the minute as the tables print them.

    `shadow` is the factor of asr: 1, or 2 for the Hanafi school. `rule` holds fajr and isha (and a maghrib by altitude) within a part of the
    night: half of it, a seventh, the altitude as sixtieths, or beyond 45 degrees the part that they take of the night at 45 degrees. Where the
    sun does not rise or set, only the nearest latitude gives every time: all six are then those of 45 degrees.

    Raises CalendarUnknown for an unknown method, rule, factor or zone, for what is no place, and for years outside sky.REACH.
    """
    convention = method_named(method)
    if rule not in RULES or shadow not in (1, 2):
        raise CalendarUnknown(f"the rule should be one of {', '.join(RULES)}, and the factor of the shadow 1 or 2")
    local = zone_named(zone)
    sun = sun_day(latitude, longitude, day, local)
    nights = _Night(sun, convention, rule, shadow, day)
    found = nights.times()
    if rule == "nearest latitude" and nights.sunset is None:
        nearer = SunDay(math.copysign(NEAREST, latitude), sun.noon)
        found = {prayer: (at, "nearest latitude", None) for prayer, (at, _, _) in _Night(nearer, convention, rule, shadow, day).times().items()}
    return PrayerTimes(convention.name, day, tuple(_printed(prayer, *found[prayer], convention, local) for prayer in PRAYERS))


Found = tuple[float | None, By, str | None]


def _printed(prayer: Prayer, at: float | None, by: By, why: str | None, method: Method, zone: tzinfo) -> PrayerTime:
    if at is None:
        return PrayerTime(prayer, None, "none", why)
    exact = moment_of(at)
    past = timedelta(seconds=exact.second)
    up = past > timedelta() if method.rounds_up else past >= timedelta(seconds=30)
    return PrayerTime(prayer, (exact - past + timedelta(minutes=up)).astimezone(zone), by)


class _Night:
    """One day of the sun under one method: its times as Julian days, with how each was found."""

    def __init__(self, sun: SunDay, method: Method, rule: Rule, shadow: int, day: date) -> None:
        self.sun, self.method, self.rule, self.shadow, self.day = sun, method, rule, shadow, day
        rises, sets = sun.morning(HORIZON), sun.evening(HORIZON)
        whole = rises is not None and sets is not None
        self.sunrise, self.sunset = (rises, sets) if whole else (None, None)
        self.high = sun.noon_altitude > HORIZON

    def times(self) -> dict[Prayer, Found]:
        maghrib = self._maghrib()
        found: dict[Prayer, Found] = {
            "fajr": self._fajr(),
            "sunrise": (self.sunrise, "sun", self._no_sun()),
            "dhuhr": (self.sun.noon, "sun", None),
            "asr": self._asr(),
            "maghrib": maghrib,
            "isha": self._isha(maghrib),
        }
        return self._in_order(self._with_minutes(found))

    def _with_minutes(self, found: dict[Prayer, Found]) -> dict[Prayer, Found]:
        """Add the method's own minutes. An isha counted in minutes has been counted from the maghrib that people hear."""
        added = dict(self.method.added)
        return {prayer: (None if at is None else at + added.get(prayer, 0) / 1440, by, why) for prayer, (at, by, why) in found.items()}

    @staticmethod
    def _in_order(found: dict[Prayer, Found]) -> dict[Prayer, Found]:
        """Let no prayer come before the one ahead of it: near the poles a method's minutes are longer than what lies between them."""
        at, by, why = found["fajr"]
        rises = found["sunrise"][0]
        ordered: dict[Prayer, Found] = {"fajr": (min(at, rises) if at is not None and rises is not None else at, by, why)}
        last = -math.inf
        for prayer in PRAYERS[1:]:
            at, by, why = found[prayer]
            last = last if at is None else max(last, at)
            ordered[prayer] = (None if at is None else last, by, why)
        return ordered

    def _no_sun(self) -> str | None:
        if self.sunset is not None:
            return None
        return f"the sun does not {'set' if self.high else 'rise'} here on {self.day}; ask whose hours they take"

    def _part(self, altitude: float, *, rule: Rule | None = None) -> float:
        """The part of the night within which a rule holds a time of this altitude."""
        rule = rule or self.rule
        if rule == "middle of the night":
            return 0.5
        if rule == "seventh of the night":
            return 1 / 7
        if rule == "angle based":
            return min(altitude / 60, 0.5)
        if abs(self.sun.latitude) <= NEAREST:
            return 0.5
        nearer = SunDay(math.copysign(NEAREST, self.sun.latitude), self.sun.noon)
        sets, falls = nearer.evening(HORIZON), nearer.evening(-altitude)
        if sets is None or falls is None:
            return 0.5
        return min((falls - sets) / (2 * (self.sun.noon + 0.5 - sets)), 0.5)

    def _before_sunrise(self, part: float) -> float | None:
        return None if self.sunrise is None else self.sunrise - part * 2 * (self.sunrise - (self.sun.noon - 0.5))

    def _after_sunset(self, part: float) -> float | None:
        return None if self.sunset is None else self.sunset + part * 2 * (self.sun.noon + 0.5 - self.sunset)

    def _fajr(self) -> Found:
        by_sun = self.sun.morning(-self.method.fajr)
        held = self._before_sunrise(self._part(self.method.fajr))
        by: By = self.rule
        if self.method.seasonal:
            held, by = self._seasonal(morning=True)
        if by_sun is not None and (held is None or by_sun >= held):
            return by_sun, "sun", None
        return held, by, None if held is not None else self._no_dark(self.method.fajr)

    def _isha(self, maghrib: Found) -> Found:
        minutes = self._isha_minutes()
        if minutes is not None:
            if self.sunset is None or maghrib[0] is None:
                return None, "none", self._no_sun()
            counted, latest = maghrib[0] + minutes / 1440, self._after_sunset(max(self._part(_NOMINAL), 0.25))
            # Near the poles ninety minutes can be longer than the night; only there does a rule bind what is counted.
            if latest is not None and counted > self.sun.noon + 0.5:
                return max(latest, maghrib[0]), self.rule, None
            return counted, "minutes", None
        altitude = self.method.isha or _NOMINAL
        by_sun = self.sun.evening(-altitude)
        held = self._after_sunset(self._part(altitude))
        by: By = self.rule
        if self.method.seasonal:
            held, by = self._seasonal(morning=False)
        if by_sun is not None and (held is None or by_sun <= held):
            return by_sun, "sun", None
        return held, by, None if held is not None else self._no_dark(altitude)

    def _isha_minutes(self) -> int | None:
        if self.method.ramadan_minutes is not None and in_ramadan(self.day):
            return self.method.ramadan_minutes
        return self.method.isha_minutes

    def _maghrib(self) -> Found:
        altitude = self.method.maghrib
        if altitude is None:
            return self.sunset, "sun", self._no_sun()
        by_sun = self.sun.evening(-altitude)
        # Half a night is no answer to where the redness goes: what an altitude of 4.5 takes of the night is small under every rule.
        narrow: Rule = "nearest latitude" if self.rule == "nearest latitude" else "angle based"
        held = self._after_sunset(self._part(altitude, rule=narrow))
        if by_sun is not None and (held is None or by_sun <= held):
            return by_sun, "sun", None
        return held, narrow, None if held is not None else self._no_sun()

    def _asr(self) -> Found:
        at = self.sun.shadow(self.shadow) if self.sunset is not None or self.high else None
        if at is not None and (self.sunset is None or at <= self.sunset):
            return at, "sun", None
        if self.sunset is not None:  # a sun that refraction alone lifts above the horizon throws no shadow to measure
            return self.sunset, "sun", None
        return None, "none", self._no_sun()

    def _no_dark(self, altitude: float) -> str:
        return f"the sun does not sink {altitude:g} degrees low here on {self.day}, nor is there a night to divide; ask whose hours they take"

    def _seasonal(self, *, morning: bool) -> tuple[float | None, By]:
        """Dawn or nightfall by season (Shaukat, Moonsighting Committee Worldwide): minutes that bend with the latitude between four seasons."""
        if abs(self.sun.latitude) >= _SEASONAL_TO:
            return (self._before_sunrise(1 / 7) if morning else self._after_sunset(1 / 7)), "seventh of the night"
        from_sun = self.sunrise if morning else self.sunset
        if from_sun is None:
            return None, "season"
        minutes = season_minutes(self.sun.latitude, self.day, morning=morning)
        return from_sun + (-minutes if morning else minutes) / 1440, "season"


_BENDS = {True: (28.65, 19.44, 32.74, 48.10), False: (25.60, 2.05, -9.21, 6.14)}
"""Minutes that 55 degrees of latitude add to 75 at the winter solstice, 91 days later, 137 days later and at the summer solstice."""


def season_minutes(latitude: float, day: date, *, morning: bool) -> float:
    """Return the minutes of twilight that the Moonsighting Committee counts before sunrise (`morning`) or after sunset, to 55 degrees of latitude."""
    start = date(day.year, 12, 21) if latitude >= 0 else date(day.year, 6, 21)
    passed = (day - start).days % 365
    passed = min(passed, 366 - passed)
    winter, spring, later, summer = (75 + bend / 55 * abs(latitude) for bend in _BENDS[morning])
    for end, begin, length, low, high in ((91, 0, 91, winter, spring), (137, 91, 46, spring, later), (183, 137, 46, later, summer)):
        if passed < end:
            return low + (high - low) / length * (passed - begin)
    return summer


def in_ramadan(day: date) -> bool | None:
    """Return whether a day lies in Ramadan by the Umm al-Qura calendar; None where that calendar does not reach."""
    try:
        return Gregorian.fromdate(day).to_hijri().month == 9
    except OverflowError:
        return None
