"""The days that traditions keep: fourteen, and the three wider words of earlier briefs; each with its doubt and who decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from tracktwo.sources.sky import CalendarUnknown
from tracktwo.sources.traditions import christian, islam, judaism, lunar, solar
from tracktwo.sources.traditions.periods import TRADITIONS, WEEKLY, NotComputed, ObservedPeriod, Tradition

__all__ = ["TRADITIONS", "WEEKLY", "CalendarUnknown", "NotComputed", "ObservedPeriod", "Tradition", "not_computed", "observances"]

_REACH = (1584, 4098)
"""The years for which the rule of Easter holds; the other calendars know less, and say so."""
_STATE = NotComputed("observance.national-days", "state")
_PATRON = NotComputed("observance.patron-feast", "parish")


def _nothing(start: date, end: date) -> Iterator[ObservedPeriod]:
    """Who keeps no tradition keeps no day of one; days of states are those of public_holidays."""
    return iter(())


_CALENDARS: dict[Tradition, Callable[[date, date], Iterator[ObservedPeriod]]] = {
    "islam": islam.islam,
    "western christian": christian.western,
    "eastern christian": christian.eastern,
    "islam-sunni": islam.sunni,
    "islam-shia": islam.shia,
    "judaism": judaism.judaism,
    "christian-orthodox": christian.orthodox,
    "christian-catholic": christian.catholic,
    "christian-protestant": christian.protestant,
    "christian-adventist": christian.adventist,
    "christian-oriental": christian.oriental,
    "hindu": lunar.hindu,
    "buddhist": lunar.buddhist,
    "sikh": lunar.sikh,
    "bahai": solar.bahai,
    "zoroastrian": solar.zoroastrian,
    "secular": _nothing,
}
_UNKNOWN: dict[Tradition, tuple[NotComputed, ...]] = {
    "islam-shia": (NotComputed("observance.commemorations-of-the-imams", "marja"),),
    "christian-orthodox": (_PATRON,),
    "christian-oriental": (NotComputed("observance.syriac-feasts", "church-synod"), _PATRON),
    "hindu": lunar.HINDU_UNKNOWN,
    "buddhist": lunar.BUDDHIST_UNKNOWN,
    "sikh": lunar.SIKH_UNKNOWN,
    "bahai": solar.BAHAI_UNKNOWN,
    "zoroastrian": solar.ZOROASTRIAN_UNKNOWN,
    "secular": (_STATE,),
}


def observances(tradition: Tradition, start: date, end: date) -> tuple[ObservedPeriod, ...]:
    """Return the periods of a tradition that touch the days from `start` to `end`, in order of their first day; weekly ones each week.

    Islam: the Umm al-Qura calendar (hijridate), with a day of doubt either side of what depends on the new moon. Christianity: the Gregorian
    and the Julian Easter (dateutil). Judaism: the Hebrew calendar as kept outside Israel (pyluach). Hindu, Buddhist and Sikh feasts: computed
    moons, with a day of doubt. Bahá'í and Zoroastrian: the computed equinox. What begins at sunset begins on the day of that sunset.

    Nothing in the answer does not mean that nothing is kept: see `not_computed`. Raises CalendarUnknown for days that the calendar does not reach.
    """
    if end < start:
        return ()
    if start.year < _REACH[0] or end.year > _REACH[1]:
        raise CalendarUnknown(f"no calendar here reaches beyond the years {_REACH[0]} to {_REACH[1]}; the asked days are outside")
    found = {period for period in _CALENDARS[tradition](start, end) if period.starts <= end and period.ends >= start}
    return tuple(sorted(found, key=lambda period: (period.starts, period.ends, period.term)))


def not_computed(tradition: Tradition) -> tuple[NotComputed, ...]:
    """Return what a tradition keeps and no calendar here can give, with who can say it."""
    return _UNKNOWN.get(tradition, ())
