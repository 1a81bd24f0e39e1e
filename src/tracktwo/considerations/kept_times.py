"""Observances that a SPEC names by their tradition, turned into windows of its days by the sun and the calendars of the place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tracktwo.model.schedule import DAY, House, Kept, ProgrammeDay, Schedule
from tracktwo.sources.calendars import CalendarUnknown, Tradition, observances, sun
from tracktwo.sources.prayer import PrayerTimes, prayer_times

PRAYER = 15
FRIDAY_PRAYER = 75
"""Minutes that are left free for a prayer, and from noon on Fridays for that of the congregation. Ask: communities differ."""
CANDLES, NIGHTFALL = 18, 45
"""Minutes before sunset at which Shabbat begins, and after it at which it ends. Ask: communities differ."""
WORSHIP = (9 * 60, 10 * 60 + 30)
"""Sunday morning, as a proposal: services have no common hour."""
_CALENDARS: dict[str, Tradition] = {
    "islam-sunni": "islam", "islam-shia": "islam", "judaism": "judaism", "western christian": "western christian",
    "eastern christian": "eastern christian",
}  # fmt: skip


class TimesUnknown(ValueError):
    """No calendar here reaches the days; the message names the line and is one sentence."""


def with_times(spec: Schedule) -> tuple[Schedule, tuple[str, ...]]:
    """The SPEC with the windows of the traditions that it names, and what should be asked about them. Raises TimesUnknown."""
    found: list[Kept] = []
    remarks: list[str] = []
    for kept in spec.observances:
        if kept.tradition is None or spec.venue is None:
            found.append(kept)
            continue
        try:
            found += _windows(spec, kept, spec.venue)
        except CalendarUnknown as error:
            raise TimesUnknown(f"line {kept.line}, observances: {error}") from error
        remarks.append(f"The hours of {kept.tradition} are computed for {spec.venue.latitude}, {spec.venue.longitude}: ask those who keep them")
    return spec.model_copy(update={"observances": tuple(found)}), tuple(dict.fromkeys(remarks))


def _windows(spec: Schedule, kept: Kept, venue: House) -> Iterator[Kept]:
    assert kept.tradition is not None
    for number in kept.days or range(1, len(spec.days) + 1):
        day = spec.days[number - 1]
        terms = {period.term for period in observances(_CALENDARS[kept.tradition], day.date, day.date)}
        if kept.tradition in ("islam-sunni", "islam-shia"):
            method = kept.method or ("Tehran" if kept.tradition == "islam-shia" else "Muslim World League")
            yield from _prayers(kept, number, day, prayer_times(venue.latitude, venue.longitude, day.date, day.zone, method), terms)
        elif kept.tradition == "judaism":
            yield from _shabbat(kept, number, day, venue, terms)
        elif "observance.sunday" in terms:
            yield _window(kept, number, "Sunday worship", *WORSHIP)


def _prayers(kept: Kept, number: int, day: ProgrammeDay, times: PrayerTimes, terms: set[str]) -> Iterator[Kept]:
    """Noon, afternoon, sunset and night as pauses within their hours; on Fridays the congregation; in Ramadan no meals from dawn to sunset."""
    at = {one.prayer: _minute(one.at, day) for one in times.times}
    friday = "observance.friday-prayer" in terms and at["dhuhr"] is not None
    if friday:
        noon = at["dhuhr"] or 0
        yield _window(kept, number, "Friday prayer", noon, noon + FRIDAY_PRAYER)
    for name, begins, ends in (("Noon prayer", "dhuhr", "asr"), ("Afternoon prayer", "asr", "maghrib"), ("Sunset prayer", "maghrib", "isha")):
        low, high = at[begins], at[ends] if at[ends] is not None else DAY  # type: ignore[index]
        if low is not None and high is not None and high - low >= PRAYER and not (friday and begins == "dhuhr"):
            yield _window(kept, number, name, low, high, PRAYER)
    if "observance.ramadan" in terms and at["fajr"] is not None and at["maghrib"] is not None:
        fast = _window(kept, number, "Fast of Ramadan", at["fajr"], at["maghrib"])
        yield fast.model_copy(update={"keeps_from": "meals"})


def _shabbat(kept: Kept, number: int, day: ProgrammeDay, venue: House, terms: set[str]) -> Iterator[Kept]:
    if "observance.shabbat" not in terms:
        return
    times = sun(venue.latitude, venue.longitude, day.date, day.zone)
    sunset = _minute(times.sunset, day) if times else None
    if day.date.weekday() == 4:
        window = _window(kept, number, "Shabbat", sunset - CANDLES if sunset else 18 * 60, DAY)
    else:
        window = _window(kept, number, "Shabbat", 0, min(DAY, sunset + NIGHTFALL) if sunset else DAY)
    yield window.model_copy(update={"keeps_from": "work"})


def _window(kept: Kept, number: int, what: str, low: int, high: int, minutes: int | None = None) -> Kept:
    return Kept(what=what, people=kept.people, days=(number,), from_=low, until=min(high, DAY), minutes=minutes, line=kept.line)


def _minute(moment: datetime | None, day: ProgrammeDay) -> int | None:
    """The minute after midnight of a moment of that day; None for none, and the day's end for one of the next."""
    if moment is None:
        return None
    local = moment.replace(tzinfo=None)
    midnight = datetime.combine(day.date, datetime.min.time())
    passed = (local - midnight) // timedelta(minutes=1)
    return min(passed, DAY) if passed >= 0 else None
