"""The Jewish year (pyluach): Sabbath, festivals and fasts, each from the evening before, as kept outside Israel or within."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pyluach.dates import GregorianDate, HebrewDate
from pyluach.hebrewcal import Year

from tracktwo.sources.sky import CalendarUnknown
from tracktwo.sources.traditions.periods import SATURDAY, Asks, ObservedPeriod, weekly

Festival = tuple[str, int, int, int, Asks, tuple[int, ...]]
"""Term, Hebrew month (1 is Nisan), first day, number of days, what it asks, and which of its days, counted from 0, are days of rest."""

_ABROAD: tuple[Festival, ...] = (
    ("observance.rosh-hashanah", 7, 1, 2, "rest", (0, 1)),
    ("observance.yom-kippur", 7, 10, 1, "rest", (0,)),
    ("observance.sukkot", 7, 15, 7, "rest", (0, 1)),
    ("observance.simchat-torah", 7, 22, 2, "rest", (0, 1)),
    ("observance.hanukkah", 9, 25, 8, "season", ()),
    ("observance.pesach", 1, 15, 8, "rest", (0, 1, 6, 7)),
    ("observance.shavuot", 3, 6, 2, "rest", (0, 1)),
)
_IN_ISRAEL: tuple[Festival, ...] = (
    ("observance.rosh-hashanah", 7, 1, 2, "rest", (0, 1)),
    ("observance.yom-kippur", 7, 10, 1, "rest", (0,)),
    ("observance.sukkot", 7, 15, 7, "rest", (0,)),
    ("observance.simchat-torah", 7, 22, 1, "rest", (0,)),
    ("observance.hanukkah", 9, 25, 8, "season", ()),
    ("observance.pesach", 1, 15, 7, "rest", (0, 6)),
    ("observance.shavuot", 3, 6, 1, "rest", (0,)),
)
_REACH = (1600, 2400)


def judaism(start: date, end: date, *, israel: bool = False) -> Iterator[ObservedPeriod]:
    """Festivals last a day longer outside Israel. A festival begins on the day at whose sunset it begins; a minor fast at dawn of its own day."""
    if start.year < _REACH[0] or end.year > _REACH[1]:
        raise CalendarUnknown(f"the Hebrew calendar is asked here for the years {_REACH[0]} to {_REACH[1]}; the asked days are outside")
    yield from weekly(
        "observance.shabbat", SATURDAY, start, end, eve=True, asks="rest", hours="sunset to nightfall", authority="rabbinate", rests=True
    )
    years = [GregorianDate(day.year, day.month, day.day).to_heb().year for day in (start, end)]
    for year in range(years[0] - 1, years[1] + 2):
        adar = 13 if Year(year).leap else 12
        for term, month, day, days, asks, rests in (*(_IN_ISRAEL if israel else _ABROAD), ("observance.purim", adar, 14, 1, "feast", ())):
            yield _from_eve(term, _day(year, month, day), days, asks, rests)
        ninth_of_av = _day(year, 5, 9)
        yield _from_eve("observance.tisha-bav", ninth_of_av + timedelta(ninth_of_av.weekday() == SATURDAY), 1, "fast", ())
        yield from _minor_fasts(year, adar)


def _minor_fasts(year: int, adar: int) -> Iterator[ObservedPeriod]:
    """Fasts from dawn to nightfall. On a Sabbath they wait for Sunday; that of Esther comes on the Thursday before."""
    for name, month, day in (("gedaliah", 7, 3), ("tevet", 10, 10), ("tammuz", 4, 17), ("esther", adar, 13)):
        fast = _day(year, month, day)
        if fast.weekday() == SATURDAY:
            fast += timedelta(-2 if name == "esther" else 1)
        yield ObservedPeriod(f"observance.fast-{name}", fast, fast, 0, "rabbinate", "fast", "dawn to nightfall")


def _day(year: int, month: int, day: int) -> date:
    found: date = HebrewDate(year, month, day).to_pydate()
    return found


def _from_eve(term: str, first: date, days: int, asks: Asks, rests: tuple[int, ...]) -> ObservedPeriod:
    rest = tuple(first + timedelta(number) for number in rests)
    return ObservedPeriod(term, first - timedelta(1), first + timedelta(days - 1), 0, "rabbinate", asks, "sunset to nightfall", rest)
