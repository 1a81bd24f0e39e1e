"""Who sits where: people, interpreters and facilitators of breakout rooms as a file names them, and the rounds of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Languages = Mapping[str, str | None]
"""BCP 47 tag → level of the Common European Framework; a language that is named without a level counts as mastered."""
Pair = tuple[str, str]
"""Two keys, the smaller first."""


def pair(one: str, other: str) -> Pair:
    """Two keys as a pair."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Seat:
    """Somebody who takes part, by a key."""

    key: str
    languages: Languages
    """None at all, for everybody: nothing is known, and the rule of languages is not applied."""
    values: Mapping[str, str]
    """Column → value, for the columns that are balanced."""
    side: str | None = None
    facilitates: bool = False
    """Takes part, and can hold a room together as well."""
    away: frozenset[int] = frozenset()
    """Rounds, counted from 0, in which the person is not there: before coming late, after leaving, or between."""


@dataclass(frozen=True)
class Helper:
    """An interpreter, or a facilitator who does not take part: in one room at a time."""

    key: str
    languages: Languages
    accepted_by: frozenset[str] | None = None
    """Sides that said so: the helper is for rooms of these alone. None where nobody was asked, and all are taken to accept who do not refuse."""
    refused_by: frozenset[str] = frozenset()

    def suits(self, side: str | None) -> bool:
        """Whether a side accepts this helper. Whoever belongs to no side accepts everybody."""
        return side is None or (side not in self.refused_by and (self.accepted_by is None or side in self.accepted_by))


@dataclass(frozen=True)
class Pin:
    """Somebody has to sit in a room, counted from 0, in a round, counted from 0."""

    key: str
    round: int
    room: int


@dataclass(frozen=True)
class Round:
    """Who sits where in one round. All tuples are as long as there are rooms."""

    rooms: tuple[tuple[str, ...], ...]
    interpreters: tuple[str | None, ...]
    facilitators: tuple[tuple[str, ...], ...]
    """Who can facilitate each room; helpers stand here alone, people who take part stand in `rooms` as well."""
