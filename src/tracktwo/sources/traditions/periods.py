"""What a calendar of a tradition answers with: periods of days, who decides them, what they ask; and what no computation can know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Tradition = Literal[
    "islam", "western christian", "eastern christian",
    "islam-sunni", "islam-shia", "judaism", "christian-orthodox", "christian-catholic", "christian-protestant", "christian-adventist",
    "christian-oriental", "hindu", "buddhist", "sikh", "bahai", "zoroastrian", "secular",
]  # fmt: skip
"""The fourteen slugs of the library's observances, and before them three wider words that earlier briefs and records hold."""
TRADITIONS: tuple[Tradition, ...] = get_args(Tradition)
Asks = Literal["rest", "worship", "fast", "food", "mourning", "feast", "season"]
"""rest: no work; worship: an hour in common; fast: nothing eaten for a part of the day; food: other food; mourning: no music and no merriment;
feast: kept with work going on, or free by custom; season: it colours the days."""
Hours = Literal["whole day", "sunset to nightfall", "sunset to sunset", "dawn to sunset", "dawn to nightfall", "sunrise to sunset", "morning", "noon"]
"""From when to when in each day: what begins at sunset begins on the eve, and `starts` is then the eve."""
Authority = Literal[
    "moon-sighting", "marja", "rabbinate", "church-synod", "church-calendar", "bishops-conference", "parish", "calendar-rule", "almanac", "sangha",
    "gurdwara-committee", "house-of-justice", "zoroastrian-association", "custom", "state",
]  # fmt: skip
"""Who decides the day in the end; the words stand in the catalogues."""
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6
WEDNESDAY = 2


@dataclass(frozen=True)
class ObservedPeriod:
    """An observance from its first to its last day; either may be off by `doubt_days`, where the moon is watched and not computed."""

    term: str
    """A term of tracktwo's vocabulary, such as observance.ramadan."""
    starts: date
    ends: date
    doubt_days: int
    authority: Authority = "calendar-rule"
    asks: Asks = "feast"
    hours: Hours = "whole day"
    rest_days: tuple[date, ...] = ()
    """Days of it on which the observant do no work; empty where it only colours the days."""

    @property
    def closes(self) -> bool:
        """True where it takes whole days out of a programme."""
        return bool(self.rest_days)

    @property
    def weekly(self) -> bool:
        """True for what comes every week."""
        return self.term in WEEKLY


@dataclass(frozen=True)
class NotComputed:
    """What a tradition keeps and no calendar here gives honestly: its term, and who can say the day."""

    term: str
    authority: Authority


WEEKLY = (
    "observance.friday-prayer", "observance.shabbat", "observance.sunday", "observance.sabbath-adventist", "observance.fast-wednesday-friday",
    "observance.friday-abstinence",
)  # fmt: skip
"""Terms of what comes every week: the days need room for it, and it is no clash."""


def weekly(
    term: str, weekday: int, start: date, end: date, *, eve: bool = False, asks: Asks = "worship", hours: Hours = "morning",
    authority: Authority = "parish", rests: bool = False,
) -> Iterator[ObservedPeriod]:  # fmt: skip
    """Every such day of the week that touches the days from `start` to `end`; with `eve` it begins on the day before."""
    day = start + timedelta((weekday - start.weekday()) % 7)
    while day <= end + timedelta(1):
        yield ObservedPeriod(term, day - timedelta(1) if eve else day, day, 0, authority, asks, hours, (day,) if rests else ())
        day += timedelta(7)


def days_from(first: date, count: int) -> tuple[date, ...]:
    """Return `count` days from the first on."""
    return tuple(first + timedelta(number) for number in range(count))
