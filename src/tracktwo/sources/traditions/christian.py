"""The years of the churches: what moves with Easter (dateutil, after Oudin 1940), what stands on a day of either calendar, and the fasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from tracktwo.sources.sky import CalendarUnknown
from tracktwo.sources.traditions.periods import FRIDAY, SATURDAY, SUNDAY, WEDNESDAY, Asks, Authority, ObservedPeriod, days_from, weekly

_REACH = (1583, 4099)
"""The years for which the rule of Easter holds in dateutil."""

Moving = tuple[str, int, int, Asks, tuple[int, ...]]
"""Term, first and last day counted from Easter Sunday, what it asks, and which days, so counted, are days of rest."""
Fixed = tuple[str, int, int, int, Asks]
"""Term, month, first day, number of days, what it asks."""

_WESTERN: tuple[Moving, ...] = (
    ("observance.ash-wednesday", -46, -46, "food", ()),
    ("observance.lent", -46, -1, "season", ()),
    ("observance.palm-sunday", -7, -7, "worship", ()),
    ("observance.holy-thursday", -3, -3, "worship", ()),
    ("observance.good-friday", -2, -2, "rest", (-2,)),
    ("observance.easter", 0, 1, "rest", (0,)),
    ("observance.ascension", 39, 39, "feast", ()),
    ("observance.pentecost", 49, 49, "worship", ()),
)
_EASTERN: tuple[Moving, ...] = (
    ("observance.lent-orthodox", -48, -1, "food", ()),
    ("observance.palm-sunday-orthodox", -7, -7, "worship", ()),
    ("observance.good-friday-orthodox", -2, -2, "rest", (-2,)),
    ("observance.easter-orthodox", 0, 1, "rest", (0,)),
    ("observance.ascension-orthodox", 39, 39, "feast", ()),
    ("observance.pentecost-orthodox", 49, 49, "worship", ()),
)
_CHRISTMAS: Fixed = ("observance.christmas", 12, 24, 3, "rest")
_EPIPHANY: Fixed = ("observance.epiphany", 1, 6, 1, "feast")
_CATHOLIC: tuple[Fixed, ...] = (
    _EPIPHANY, _CHRISTMAS, ("observance.mary-mother-of-god", 1, 1, 1, "feast"), ("observance.assumption", 8, 15, 1, "feast"),
    ("observance.all-saints", 11, 1, 1, "feast"), ("observance.immaculate-conception", 12, 8, 1, "feast"),
)  # fmt: skip


def western(start: date, end: date) -> Iterator[ObservedPeriod]:
    """What earlier briefs call western Christian, without a church."""
    yield from weekly("observance.sunday", SUNDAY, start, end)
    for year in _years(start, end):
        yield from _around(_WESTERN, easter(year, EASTER_WESTERN), "calendar-rule")
        yield from _fixed((_EPIPHANY, _CHRISTMAS), year, "calendar-rule")


def eastern(start: date, end: date) -> Iterator[ObservedPeriod]:
    """What earlier briefs call eastern Christian, without a church."""
    yield from weekly("observance.sunday", SUNDAY, start, end)
    for year in _years(start, end):
        yield from _around(_EASTERN, easter(year, EASTER_ORTHODOX), "church-calendar")
        yield from _fixed((_CHRISTMAS,), year, "church-calendar")
        yield from _julian((("observance.christmas-julian", 12, 24, 3, "rest"), ("observance.epiphany-julian", 1, 6, 1, "feast")), year)


def catholic(start: date, end: date) -> Iterator[ObservedPeriod]:
    """The Roman year: which holy days bind, and to which Sunday they move, the conference of bishops decides."""
    yield from weekly("observance.sunday", SUNDAY, start, end)
    moving: tuple[Moving, ...] = (*_WESTERN, ("observance.corpus-christi", 60, 60, "feast", ()))
    for year in _years(start, end):
        sunday = easter(year, EASTER_WESTERN)
        yield from _around(moving, sunday, "bishops-conference")
        yield from _fixed(_CATHOLIC, year, "bishops-conference")
        for number in range(7):
            friday = sunday - timedelta(44 - 7 * number)
            yield ObservedPeriod("observance.friday-abstinence", friday, friday, 0, "bishops-conference", "food")


def protestant(start: date, end: date) -> Iterator[ObservedPeriod]:
    yield from weekly("observance.sunday", SUNDAY, start, end)
    kept = tuple(feast for feast in _WESTERN if feast[0] not in ("observance.ash-wednesday", "observance.lent"))
    for year in _years(start, end):
        yield from _around(kept, easter(year, EASTER_WESTERN), "church-synod")
        yield from _fixed((_CHRISTMAS, ("observance.reformation-day", 10, 31, 1, "feast")), year, "church-synod")


def adventist(start: date, end: date) -> Iterator[ObservedPeriod]:
    """The Sabbath from sunset to sunset, and no feast of the year: the church keeps none as a duty."""
    _years(start, end)
    yield from weekly(
        "observance.sabbath-adventist", SATURDAY, start, end, eve=True, asks="rest", hours="sunset to sunset", authority="church-synod", rests=True
    )


_FIXED_EASTERN: tuple[Fixed, ...] = (_CHRISTMAS, _EPIPHANY, ("observance.dormition", 8, 15, 1, "feast"))
_JULIAN: tuple[Fixed, ...] = tuple((f"{term}-julian", month, day, days, asks) for term, month, day, days, asks in _FIXED_EASTERN)


def orthodox(start: date, end: date) -> Iterator[ObservedPeriod]:
    """The Byzantine year by both calendars: which of them, the church decides. The four fasts and Wednesdays and Fridays are notes about food."""
    yield from weekly("observance.sunday", SUNDAY, start, end)
    free: set[date] = set()
    for year in _years(start, end):
        pascha = easter(year, EASTER_ORTHODOX)
        yield from _around(_EASTERN, pascha, "church-calendar")
        yield from _fixed(_FIXED_EASTERN, year, "church-calendar")
        yield from _julian(_JULIAN, year)
        yield from _fasts(year, pascha)
        # No fast in Bright Week, the week after Pentecost, the week of the publican and the Pharisee, and from Christmas to the eve of Theophany.
        for first, days in ((pascha, 7), (pascha + timedelta(49), 7), (pascha - timedelta(70), 7), (date(year, 12, 25), 11)):
            free.update(days_from(first, days))
    for day in (WEDNESDAY, FRIDAY):
        for period in weekly("observance.fast-wednesday-friday", day, start, end, asks="food", hours="whole day", authority="church-calendar"):
            if period.starts not in free:
                yield period


def _fasts(year: int, pascha: date) -> Iterator[ObservedPeriod]:
    """The fasts beside Great Lent, by the new calendar and thirteen days later by the old; the Apostles' fast may have no day by the new."""
    begins = pascha + timedelta(57)
    for end, term in ((date(year, 6, 28), ""), (from_julian(year, 6, 28), "-julian")):
        if begins <= end:
            yield ObservedPeriod(f"observance.fast-apostles{term}", begins, end, 0, "church-calendar", "food")
    for name, month, day, last_month, last in (("dormition", 8, 1, 8, 14), ("nativity", 11, 15, 12, 24)):
        for shift, term in ((date, ""), (from_julian, "-julian")):
            yield ObservedPeriod(
                f"observance.fast-{name}{term}", shift(year, month, day), shift(year, last_month, last), 0, "church-calendar", "food"
            )


_ORIENTAL: tuple[Moving, ...] = (
    ("observance.lent-oriental", -55, -1, "food", ()),
    ("observance.good-friday-orthodox", -2, -2, "rest", (-2,)),
    ("observance.easter-orthodox", 0, 1, "rest", (0,)),
)


def oriental(start: date, end: date) -> Iterator[ObservedPeriod]:
    """Coptic, Ethiopian and Armenian feasts, each named by its church; Syriac churches go by either Easter."""
    yield from weekly("observance.sunday", SUNDAY, start, end)
    for year in _years(start, end):
        pascha = easter(year, EASTER_ORTHODOX)
        yield from _around(_ORIENTAL, pascha, "church-synod")
        yield from _around((("observance.easter-armenian", 0, 1, "rest", (0,)),), easter(year, EASTER_WESTERN), "church-synod")
        yield from _fixed((("observance.nativity-armenian", 1, 6, 1, "rest"),), year, "church-synod")
        nativity = from_julian(year, 12, 25)
        yield ObservedPeriod("observance.nativity-coptic", nativity, nativity, 0, "church-synod", "rest", rest_days=(nativity,))
        new_year = coptic_new_year(year)
        for term, after, asks in (("new-year-coptic", 0, "feast"), ("meskel", 16, "feast"), ("timkat", 130, "rest")):
            day = new_year + timedelta(after)
            yield ObservedPeriod(f"observance.{term}", day, day, 0, "church-synod", asks, rest_days=(day,) if asks == "rest" else ())  # type: ignore[arg-type]


def coptic_new_year(year: int) -> date:
    """The first of Thout and Meskerem that falls into a year: 29 August of the Julian calendar, a day later before a Julian leap year."""
    return from_julian(year, 8, 29) + timedelta((year + 1) % 4 == 0)


def from_julian(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Julian date: later by the centuries' leap days that the Julian calendar kept."""
    counted_from = year if month > 2 else year - 1
    return date(year, month, day) + timedelta(counted_from // 100 - counted_from // 400 - 2)


def _years(start: date, end: date) -> range:
    """The years about the asked days; one more on each side, since a Julian Christmas falls into the year after."""
    first, last = _REACH
    if start.year - 1 < first or end.year + 1 > last:
        raise CalendarUnknown(f"Easter is known here from {first + 1} to {last - 1}; the asked days are outside")
    return range(start.year - 1, end.year + 2)


def _around(feasts: tuple[Moving, ...], sunday: date, authority: Authority) -> Iterator[ObservedPeriod]:
    for term, first, last, asks, rests in feasts:
        days = tuple(sunday + timedelta(number) for number in rests)
        yield ObservedPeriod(term, sunday + timedelta(first), sunday + timedelta(last), 0, authority, asks, rest_days=days)


def _fixed(feasts: tuple[Fixed, ...], year: int, authority: Authority) -> Iterator[ObservedPeriod]:
    for term, month, first, days, asks in feasts:
        starts = date(year, month, first)
        yield _standing(term, starts, days, asks, authority)


def _julian(feasts: tuple[Fixed, ...], year: int) -> Iterator[ObservedPeriod]:
    for term, month, first, days, asks in feasts:
        yield _standing(term, from_julian(year, month, first), days, asks, "church-calendar")


def _standing(term: str, starts: date, days: int, asks: Asks, authority: Authority) -> ObservedPeriod:
    """Of the three days of Christmas the middle one is the day of rest."""
    rest = () if asks != "rest" else (starts + timedelta(days // 2),)
    return ObservedPeriod(term, starts, starts + timedelta(days - 1), 0, authority, asks, rest_days=rest)
