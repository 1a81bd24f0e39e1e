"""The hour check: when, on one day at one place, the observant of a tradition need time, rest or an empty table, in local hours.

Nothing here says what a person keeps: ask each, and pass only what they named. Hours of the clock, where a tradition sets them by custom, say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Literal

from tracktwo.sources.prayer import Prayer, PrayerTimes, Rule, in_ramadan, prayer_times
from tracktwo.sources.sky import HORIZON, CalendarUnknown, SunDay, moment_of, sun_day, zone_named
from tracktwo.sources.traditions import observances
from tracktwo.sources.traditions.periods import FRIDAY, Authority, ObservedPeriod, Tradition

Keeps = Literal["pause", "all", "meals", "foods", "music"]
"""pause: so many minutes somewhere in the window; all: nothing else happens; meals: nothing is eaten; foods: other food; music: no music."""
NIGHTFALL = -8.5
"""Altitude of the sun at which three stars are seen and a Sabbath ends."""
_DAWN = -16.1
"""Altitude of the sun at which the minor fasts of Judaism begin."""
CANDLES = 18
"""Minutes before sunset at which candles are lit; 40 by the custom of Jerusalem."""
DEFAULT_METHOD: dict[Tradition, str] = {"islam": "Muslim World League", "islam-sunni": "Muslim World League", "islam-shia": "Jafari"}
"""The method of prayer hours where nobody named one."""

BLOCK_MINUTES: dict[str, int] = {
    "prayer.fajr": 15, "prayer.dhuhr": 15, "prayer.asr": 15, "prayer.maghrib": 15, "prayer.isha": 15, "prayer.jumua": 75,
    "prayer.fajr-shia": 10, "prayer.dhuhr-asr": 20, "prayer.maghrib-isha": 20,
    "prayer.shacharit": 45, "prayer.mincha": 15, "prayer.maariv": 15,
    "prayer.liturgy-orthodox": 120, "prayer.mass": 60, "prayer.service": 75, "prayer.liturgy-oriental": 150, "prayer.angelus": 5,
    "prayer.puja": 20, "prayer.meditation": 20, "prayer.nitnem": 20, "prayer.obligatory-bahai": 5, "prayer.gah": 10,
}  # fmt: skip
"""Minutes to keep free for each, a planning estimate: those of the library's observances, with which a test holds them equal."""


@dataclass(frozen=True)
class ObservedWindow:
    """A window of one day, from `starts` to `ends` in local time."""

    term: str
    """A term of tracktwo's vocabulary: prayer.maghrib, observance.shabbat."""
    starts: datetime
    ends: datetime
    minutes: int
    """Minutes to keep free: of a pause somewhere in the window, else of all of it."""
    keeps: Keeps
    flexible: bool
    """True where the pause may lie anywhere in the window; False where it begins with it."""
    congregational: bool = False
    rule: str = "clock"
    """How the hours were found: the sun, minutes, a rule of high latitudes, or the clock, which is custom and to be asked."""
    doubt_days: int = 0
    sure: bool = True
    """False on the days before and after, which are of it only if the day is decided otherwise."""
    authority: Authority | None = None

    @property
    def latest_start(self) -> datetime:
        """The last moment at which what is asked can begin."""
        return max(self.starts, self.ends - timedelta(minutes=self.minutes)) if self.flexible else self.starts


@dataclass(frozen=True)
class _Day:
    """One day at a place, with what its hours are computed by."""

    latitude: float
    longitude: float
    zone: tzinfo
    day: date
    method: str
    rule: Rule
    shadow: int
    candles: int

    def on(self, offset: int) -> _Day:
        return replace(self, day=self.day + timedelta(offset))

    def sun(self) -> SunDay:
        return sun_day(self.latitude, self.longitude, self.day, self.zone)

    def local(self, moment: float) -> datetime:
        return moment_of(moment).astimezone(self.zone).replace(second=0)

    def clock(self, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(self.day, time(hour, minute), self.zone)

    def prayers(self) -> PrayerTimes:
        """Every prayer of the day: where the rule gives none because the sun does not set or rise, those of the nearest latitude."""
        found = prayer_times(self.latitude, self.longitude, self.day, self.zone, self.method, rule=self.rule, shadow=self.shadow)
        if all(one.at for one in found.times):
            return found
        return prayer_times(self.latitude, self.longitude, self.day, self.zone, self.method, rule="nearest latitude", shadow=self.shadow)

    def sunrise(self) -> tuple[datetime, str]:
        """Sunrise, else six hours before noon, with how it was found."""
        sun = self.sun()
        at = sun.morning(HORIZON)
        return (self.local(at), "sun") if at is not None else (self.local(sun.noon - 0.25), "six hours from noon")

    def sunset(self) -> tuple[datetime, str]:
        """Sunset, else six hours after noon, with how it was found."""
        sun = self.sun()
        at = sun.evening(HORIZON)
        return (self.local(at), "sun") if at is not None else (self.local(sun.noon + 0.25), "six hours from noon")

    def nightfall(self) -> tuple[datetime, str]:
        """Nightfall at 8.5 degrees, else the middle of the night; a begun minute counts, since a rest ends with it."""
        sun = self.sun()
        at = sun.evening(NIGHTFALL)
        if at is not None and sun.evening(HORIZON) is not None:
            return self.local(at + 59 / 86400), "sun"
        return self.local(sun.noon + 0.5 + 59 / 86400), "middle of the night"

    def dawn(self) -> tuple[datetime, str]:
        sun = self.sun()
        at = sun.morning(_DAWN)
        return (self.local(at), "sun") if at is not None else (self.local(sun.noon - 0.5), "middle of the night")


def windows(
    tradition: Tradition,
    place: tuple[float, float],
    zone: str | tzinfo,
    day: date,
    *,
    method: str | None = None,
    rule: Rule = "middle of the night",
    shadow: int = 1,
    candles: int = CANDLES,
) -> tuple[ObservedWindow, ...]:
    """Return the windows of a tradition that touch a local day at a place (latitude, longitude in degrees), in order of their beginning.

    `method`, `rule` and `shadow` are those of prayer_times; without a method it is the Muslim World League's, for Shia Islam the Jafari.
    `candles` are the minutes before sunset at which a Sabbath begins. Windows that began the day before are given whole. Where the calendar of a
    tradition does not reach the day, its hours are given without its feasts, and CalendarUnknown is raised by `observances`, which tells of it.

    Raises CalendarUnknown for what prayer_times raises it. No latitude and no year of sky.REACH is without an answer.
    """
    named = method or DEFAULT_METHOD.get(tradition, "Muslim World League")
    at = _Day(*place, zone_named(zone), day, named, rule, shadow, candles)
    found = [*_DAILY[tradition](at), *_of_periods(tradition, at)]
    begins, ends = at.clock(0), at.on(1).clock(0)
    kept = {window for window in found if window.starts < ends and window.ends > begins}
    return tuple(sorted(kept, key=lambda window: (window.starts, window.ends, window.term, window.keeps)))


def _pause(term: str, starts: datetime, ends: datetime, rule: str, *, congregational: bool = False, flexible: bool = True) -> ObservedWindow:
    minutes = BLOCK_MINUTES[term]
    least = starts + timedelta(minutes=minutes)
    return ObservedWindow(term, starts, max(ends, least) if flexible else least, minutes, "pause", flexible, congregational, rule)


def _between(at: _Day, term: str, first: Prayer, last: Prayer) -> ObservedWindow:
    times = at.prayers()
    starts, ends = times.of(first), times.of(last)
    assert starts.at is not None  # the nearest latitude gives every time
    assert ends.at is not None
    return _pause(term, starts.at, ends.at, starts.by)


def _sunni(at: _Day) -> Iterator[ObservedWindow]:
    yield _between(at, "prayer.fajr", "fajr", "sunrise")
    yield _friday(at) if at.day.weekday() == FRIDAY else _between(at, "prayer.dhuhr", "dhuhr", "asr")
    yield _between(at, "prayer.asr", "asr", "maghrib")
    yield _between(at, "prayer.maghrib", "maghrib", "isha")
    # Isha may be said until dawn; what began last evening reaches into this day.
    for each in (at.on(-1), at):
        isha, dawn = each.prayers().of("isha"), each.on(1).prayers().of("fajr")
        if isha.at and dawn.at:
            yield _pause("prayer.isha", isha.at, dawn.at, isha.by)
    yield from _ramadan(at)


def _shia(at: _Day) -> Iterator[ObservedWindow]:
    yield _between(at, "prayer.fajr-shia", "fajr", "sunrise")
    if at.day.weekday() == FRIDAY:
        yield _friday(at)
    yield _between(at, "prayer.dhuhr-asr", "dhuhr", "maghrib")
    for each in (at.on(-1), at):
        maghrib = each.prayers().of("maghrib")
        middle = each.local(each.sun().noon + 0.5)
        if maghrib.at:
            yield _pause("prayer.maghrib-isha", maghrib.at, middle, maghrib.by)
    yield from _ramadan(at)


def _friday(at: _Day) -> ObservedWindow:
    dhuhr = at.prayers().of("dhuhr")
    assert dhuhr.at is not None
    return _pause("prayer.jumua", dhuhr.at, dhuhr.at, dhuhr.by, congregational=True, flexible=False)


def _ramadan(at: _Day) -> Iterator[ObservedWindow]:
    """The fast from dawn to sunset; the days about the month are of it if the moon is seen otherwise than computed."""
    near = [in_ramadan(at.day + timedelta(offset)) for offset in (-1, 0, 1)]
    if any(near):
        times = at.prayers()
        starts, ends = times.of("fajr"), times.of("maghrib")
        if starts.at and ends.at:
            minutes = _minutes(starts.at, ends.at)
            yield ObservedWindow("observance.ramadan", starts.at, ends.at, minutes, "meals", False, False, ends.by, 1, all(near), "moon-sighting")


def _jewish(at: _Day) -> Iterator[ObservedWindow]:
    (rises, how), (sets, _) = at.sunrise(), at.sunset()
    hour = (sets - rises) / 12
    yield _pause("prayer.shacharit", rises, rises + 4 * hour, how, congregational=True)
    yield _pause("prayer.mincha", rises + 6.5 * hour, sets, how, congregational=True)
    for each in (at.on(-1), at):
        falls, by = each.nightfall()
        yield _pause("prayer.maariv", falls, each.local(each.sun().noon + 0.5), by, congregational=True)


def _sunday(term: str) -> Callable[[_Day], Iterator[ObservedWindow]]:
    def hours(at: _Day) -> Iterator[ObservedWindow]:
        if at.day.weekday() == 6:
            yield _pause(term, at.clock(7), at.clock(13), "clock", congregational=True)

    return hours


def _catholic(at: _Day) -> Iterator[ObservedWindow]:
    yield from _sunday("prayer.mass")(at)
    for hour in (6, 12, 18):
        yield _pause("prayer.angelus", at.clock(hour), at.clock(hour, 15), "clock")


def _hindu(at: _Day) -> Iterator[ObservedWindow]:
    return _about_sunrise_and_sunset(at, "prayer.puja")


def _sikh(at: _Day) -> Iterator[ObservedWindow]:
    yield from _about_sunrise_and_sunset(at, "prayer.nitnem")
    yield _pause("prayer.nitnem", at.clock(21), at.clock(23), "clock")


def _about_sunrise_and_sunset(at: _Day, term: str) -> Iterator[ObservedWindow]:
    for moment, how in (at.sunrise(), at.sunset()):
        yield _pause(term, moment - timedelta(minutes=60), moment + timedelta(minutes=60), how)


def _buddhist(at: _Day) -> Iterator[ObservedWindow]:
    yield _pause("prayer.meditation", at.clock(6), at.clock(22), "clock")


def _bahai(at: _Day) -> Iterator[ObservedWindow]:
    sets, how = at.sunset()
    yield _pause("prayer.obligatory-bahai", at.local(at.sun().noon), sets, how)


def _zoroastrian(at: _Day) -> Iterator[ObservedWindow]:
    """The five watches: to noon, to the middle of the afternoon, to sunset, to midnight, to sunrise."""
    for each in (at.on(-1), at):
        (rises, how), (sets, _), sun = each.sunrise(), each.sunset(), each.sun()
        noon = each.local(sun.noon)
        afternoon = (noon + (sets - noon) / 2).replace(second=0, microsecond=0)
        watches = (rises, noon, afternoon, sets, each.local(sun.noon + 0.5), each.on(1).sunrise()[0])
        for starts, ends in pairwise(watches):
            yield _pause("prayer.gah", starts, ends, how)


def _none(at: _Day) -> Iterator[ObservedWindow]:
    return iter(())


_DAILY: dict[Tradition, Callable[[_Day], Iterator[ObservedWindow]]] = {
    "islam": _sunni,
    "islam-sunni": _sunni,
    "islam-shia": _shia,
    "judaism": _jewish,
    "western christian": _sunday("prayer.service"),
    "eastern christian": _sunday("prayer.liturgy-orthodox"),
    "christian-orthodox": _sunday("prayer.liturgy-orthodox"),
    "christian-catholic": _catholic,
    "christian-protestant": _sunday("prayer.service"),
    "christian-adventist": _none,
    "christian-oriental": _sunday("prayer.liturgy-oriental"),
    "hindu": _hindu,
    "buddhist": _buddhist,
    "sikh": _sikh,
    "bahai": _bahai,
    "zoroastrian": _zoroastrian,
    "secular": _none,
}

# -- what comes with a feast, a fast or a Sabbath -------------------------------------------------------------------------------------------------

_KEEPS: dict[str, Keeps] = {"fast": "meals", "food": "foods", "mourning": "music"}


def _of_periods(tradition: Tradition, at: _Day) -> Iterator[ObservedWindow]:
    """Rests, fasts and mourning of the periods about the day; with their doubt, on the days either side as well."""
    try:
        found = observances(tradition, at.day - timedelta(2), at.day + timedelta(2))
    except CalendarUnknown:
        return
    for period in found:
        for rest in _runs(period.rest_days):
            yield from _shifted(period, rest[0], rest[-1], "all", at)
        # The fast of Ramadan has its own hours of prayer, and what a rest asks is more than what a fast does.
        if (keeps := _KEEPS.get(period.asks)) and period.term != "observance.ramadan":
            eve = period.hours in ("sunset to nightfall", "sunset to sunset")
            yield from _shifted(period, period.starts + timedelta(eve), period.ends, keeps, at)
        if period.term == "observance.yom-kippur":
            yield from _shifted(period, period.ends, period.ends, "meals", at)


def _runs(days: tuple[date, ...]) -> Iterator[tuple[date, ...]]:
    """Days of rest in a row, as one rest."""
    run: list[date] = []
    for day in days:
        if run and day - run[-1] > timedelta(1):
            yield tuple(run)
            run = []
        run.append(day)
    if run:
        yield tuple(run)


def _shifted(period: ObservedPeriod, first: date, last: date, keeps: Keeps, at: _Day) -> Iterator[ObservedWindow]:
    """The window of the days as computed, and of the days of doubt about them, which are not sure."""
    doubt = timedelta(period.doubt_days)
    yield _whole(period, first, last, keeps, at, sure=True)
    if doubt:
        yield _whole(period, first - doubt, first - timedelta(1), keeps, at, sure=False)
        yield _whole(period, last + timedelta(1), last + doubt, keeps, at, sure=False)


def _whole(period: ObservedPeriod, first: date, last: date, keeps: Keeps, at: _Day, *, sure: bool) -> ObservedWindow:
    opening, closing = replace(at, day=first), replace(at, day=last)
    how = "clock"
    if period.hours in ("sunset to nightfall", "sunset to sunset"):
        before, how = opening.on(-1).sunset()
        starts = before - timedelta(minutes=at.candles) if period.hours == "sunset to nightfall" else before
        ends, by = closing.nightfall() if period.hours == "sunset to nightfall" else closing.sunset()
        how = how if how != "sun" else by
    elif period.hours == "sunrise to sunset":
        (starts, how), (ends, _) = opening.sunrise(), closing.sunset()
    elif period.hours == "dawn to nightfall":
        (starts, how), (ends, by) = opening.dawn(), closing.nightfall()
        how = how if how != "sun" else by
    else:
        starts, ends = opening.clock(0), closing.on(1).clock(0)
    minutes = _minutes(starts, ends)
    return ObservedWindow(period.term, starts, ends, minutes, keeps, False, False, how, period.doubt_days, sure, period.authority)


def _minutes(starts: datetime, ends: datetime) -> int:
    return int((ends.timestamp() - starts.timestamp()) // 60)
