"""The nouns of a plan of breakout rooms: what is asked for, the plan that answers it, and what in it breaks a rule."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tracktwo.model.seating import Helper, Languages, Pair, Pin, Round, Seat
from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE as LEVELS

Rule = Literal["seat", "size", "apart", "language", "interpreter", "acceptance", "quota", "facilitator", "pin"]
"""What a plan can break, in the order in which it is told: everybody sits in one room; sizes; no contact; a language path in every pair; an
interpreter in one room at a time; interpreters and facilitators whom every side of a room accepts; quotas; a facilitator in each room; pins."""
RULES: tuple[Rule, ...] = ("seat", "size", "apart", "language", "interpreter", "acceptance", "quota", "facilitator", "pin")


def mastered(languages: Languages, level: str) -> frozenset[str]:
    """The languages mastered at a level or above, without region or script: who masters ar-LB can talk with who masters ar."""
    lowest = LEVELS.index(level)
    return frozenset(tag.split("-")[0] for tag, shown in languages.items() if shown is None or LEVELS.index(shown) >= lowest)


@dataclass(frozen=True)
class Request:
    """What a plan is wanted for.

    Raises ValueError for keys that stand twice, unknown keys and columns, and numbers that cannot be, each in one sentence.
    """

    people: tuple[Seat, ...]
    rooms: int
    rounds: int
    balance: tuple[str, ...] = ()
    apart: Set[Pair] = frozenset()
    interpreters: tuple[Helper, ...] = ()
    facilitators: tuple[Helper, ...] = ()
    pins: tuple[Pin, ...] = ()
    sizes: tuple[int, ...] | None = None
    """Places of each room; None makes rooms as even as can be."""
    level: str = "B2"

    def __post_init__(self) -> None:
        keys = [one.key for one in self.people] + [one.key for one in (*self.interpreters, *self.facilitators)]
        if len(set(keys)) < len(keys):
            raise ValueError(f"'{next(key for key in keys if keys.count(key) > 1)}' stands twice among people, interpreters and facilitators")
        if self.rooms < 1 or self.rounds < 1:
            raise ValueError("a plan needs at least one room and one round")
        if self.level not in LEVELS:
            raise ValueError(f"the level should be one of {', '.join(LEVELS)}, not '{self.level}'")
        for column in self.balance:
            if any(column not in one.values for one in self.people):
                raise ValueError(f"not everybody has a value for '{column}', which is to be balanced")
        self._check_keys()
        self._check_sizes()

    def _check_keys(self) -> None:
        known = {one.key for one in self.people}
        for one, other in self.apart:
            if one == other or not {one, other} <= known:
                raise ValueError(f"the pair '{one}' and '{other}' should be two people who take part")
        for pin in self.pins:
            if pin.key not in known:
                raise ValueError(f"'{pin.key}' is pinned but does not take part")
            if not (0 <= pin.round < self.rounds and 0 <= pin.room < self.rooms):
                raise ValueError(f"'{pin.key}' is pinned to round {pin.round + 1}, room {pin.room + 1}, which there is not")

    def _check_sizes(self) -> None:
        for number in range(self.rounds):
            there = len(self.present(number))
            if there < self.rooms:
                raise ValueError(f"in round {number + 1} {there} people are there, too few for {self.rooms} rooms")
            if self.sizes is not None and len(self.sizes) != self.rooms:
                raise ValueError(f"there are {len(self.sizes)} sizes for {self.rooms} rooms")
            if self.sizes is not None and (min(self.sizes) < 1 or sum(self.sizes) < there):
                raise ValueError(
                    f"rooms of {', '.join(map(str, self.sizes))} hold {sum(self.sizes)}, and {there} people are there in round {number + 1}"
                )

    def present(self, number: int) -> tuple[Seat, ...]:
        """Who is there in a round, counted from 0."""
        return tuple(one for one in self.people if number not in one.away)

    def sizes_in(self, number: int) -> tuple[int, ...]:
        """How many people each room has in a round: as even as can be, or the places asked for, of which the largest rooms leave the spare ones."""
        there = len(self.present(number))
        if self.sizes is None:
            small, more = divmod(there, self.rooms)
            return tuple(small + (room < more) for room in range(self.rooms))
        sizes = list(self.sizes)
        for _ in range(sum(sizes) - there):
            sizes[max(range(self.rooms), key=lambda room: (sizes[room], room))] -= 1
        return tuple(sizes)

    @cached_property
    def by_key(self) -> Mapping[str, Seat]:
        return {one.key: one for one in self.people}

    @cached_property
    def tongues(self) -> Mapping[str, frozenset[str]]:
        """The languages that everybody masters, helpers included, by key."""
        spoken = [(one.key, one.languages) for one in self.people] + [(one.key, one.languages) for one in (*self.interpreters, *self.facilitators)]
        return {key: mastered(languages, self.level) for key, languages in spoken}

    @cached_property
    def languages_known(self) -> bool:
        """Whether the rule of languages is applied: somebody's languages are known."""
        return any(one.languages for one in self.people)

    def values(self, number: int) -> tuple[tuple[str, str, int], ...]:
        """Column, value and how many people of a round have it, for every column that is balanced."""
        there = self.present(number)
        return tuple(
            (column, value, sum(one.values[column] == value for one in there))
            for column in self.balance
            for value in sorted({one.values[column] for one in there})
        )


def quota(size: int, having: int, there: int) -> tuple[int, int]:
    """The fewest and the most people of a value in a room: its share among those present times the size, rounded down and up."""
    return size * having // there, -(-size * having // there)


@dataclass(frozen=True)
class Violation:
    """What a plan breaks. Rounds and rooms count from 0; `off` is how far: 1, or for a quota the people too many or too few."""

    rule: Rule
    round: int
    room: int | None
    people: tuple[str, ...]
    off: int = 1
    column: str | None = None
    value: str | None = None
    found: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Cause:
    """One rule that stands in the way: whom it concerns, and for a quota its column, for a pin its room."""

    rule: Rule
    people: tuple[str, ...] = ()
    column: str | None = None
    room: int | None = None


@dataclass(frozen=True)
class Infeasible:
    """Rules of one round that cannot hold together, however the other rules are changed; without any one of them the others can.

    `smallest` is False where the time did not suffice to leave out what is not needed.
    """

    round: int
    causes: tuple[Cause, ...]
    smallest: bool


@dataclass(frozen=True)
class Move:
    """Somebody sits elsewhere than before in one round; a room is None where the person was not or is no longer there."""

    key: str
    round: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Plan:
    """Who sits where, and how good that is."""

    rounds: tuple[Round, ...]
    pairs_met: int
    bound_simple: int
    """min(pairs that may meet, meetings that the rooms have room for): quotas and languages left aside."""
    bound: int
    """No plan that keeps the rules can meet more: see upper_bound()."""
    violations: tuple[Violation, ...]
    infeasible: tuple[Infeasible, ...]
    """For each round in which not all rules can hold, why; a violation in another round was not shown to be unavoidable."""
    reproducible: bool
    """Whether the same request, seed and iterations give the same plan; a search bounded by a clock does not."""
    iterations: int

    @property
    def ratio(self) -> float:
        """Pairs that met to the most that could, by the proven bound; 1 where nobody could."""
        return self.pairs_met / self.bound if self.bound else 1.0
