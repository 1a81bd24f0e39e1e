"""A request as arrays: who is there, who may sit with whom under which interpreter, and how many of each value a room should have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tracktwo.methods.rooms.seating import Request, quota
from tracktwo.model.seating import Helper, Seat

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

ROTATION = 0.25
"""What it is worth, in pairs, that somebody sits with a facilitator with whom he did not sit before."""
APART = 20
"""How much worse it is that two sit together who must not meet than that two do not understand each other."""


@dataclass(frozen=True)
class Tables:
    """m people: first those who take part, in the order of the request, then facilitators who do not. q interpreters, and none as the last.

    Small whole numbers are held as float32, in which products of matrices are exact and fast.
    """

    request: Request

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return (*(one.key for one in self.request.people), *(one.key for one in self.request.facilitators))

    @cached_property
    def index(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys)}

    @property
    def taking_part(self) -> int:
        return len(self.request.people)

    @cached_property
    def present(self) -> Bools:
        """(rounds, m): who is there."""
        there = np.ones((self.request.rounds, len(self.keys)), dtype=bool)
        for number, one in enumerate(self.request.people):
            there[[away for away in one.away if 0 <= away < self.request.rounds], number] = False
        return there

    @cached_property
    def apart(self) -> Bools:
        """(m, m): who must never sit together, whatever they speak: no-contact pairs, and facilitators with whom they do not accept."""
        found = np.zeros((len(self.keys), len(self.keys)), dtype=bool)
        for one, other in self.request.apart:
            found[self.index[one], self.index[other]] = True
        for helper in self.request.facilitators:
            for person in self.request.people:
                found[self.index[helper.key], self.index[person.key]] = not helper.suits(person.side)
        return found | found.T

    @cached_property
    def common(self) -> Bools:
        """(m, m): who masters a language in common; everybody where no languages are known."""
        spoken = self._spoken([*self.request.people, *self.request.facilitators])
        return (spoken @ spoken.T > 0) if self.request.languages_known else np.ones((len(self.keys),) * 2, dtype=bool)

    @cached_property
    def bridged(self) -> Bools:
        """(q, m, m): who masters a language that the interpreter masters too."""
        between = self._spoken(self.request.interpreters) @ self._spoken([*self.request.people, *self.request.facilitators]).T > 0
        return np.asarray(between[:, :, None] & between[:, None, :], dtype=bool)

    def _spoken(self, people: Sequence[Seat | Helper]) -> NDArray[np.int64]:
        """(people, languages): 1 for a language mastered."""
        known = self.request.tongues
        tongues = sorted({tongue for spoken in known.values() for tongue in spoken})
        rows = [[tongue in known[one.key] for tongue in tongues] for one in people]
        return np.array(rows, dtype=np.int64).reshape(len(people), len(tongues))

    @cached_property
    def forbidden(self) -> Floats:
        """(q + 1, m, m): 1 for two who do not understand each other under an interpreter, or none; APART for two who must not meet; else 0."""
        under = [~(self.common | bridge) for bridge in self.bridged]
        found = np.where(self.apart, APART, np.array([*under, ~self.common])).astype(np.float32)
        found[:, range(len(self.keys)), range(len(self.keys))] = 0
        helpers = np.arange(len(self.keys)) >= self.taking_part
        found[:, np.outer(helpers, helpers)] = 0
        return found

    @cached_property
    def refused(self) -> Floats:
        """(q + 1, m): 1 where the side of a person does not accept an interpreter."""
        found = np.zeros((len(self.request.interpreters) + 1, len(self.keys)), dtype=np.float32)
        for row, helper in zip(found, self.request.interpreters, strict=False):
            row[: self.taking_part] = [not helper.suits(one.side) for one in self.request.people]
        return found

    @cached_property
    def worth(self) -> Floats:
        """(m, m): what a first meeting counts."""
        found = np.where(self.apart, 0, 1).astype(np.float32)
        helpers = np.arange(len(self.keys)) >= self.taking_part
        found[helpers] *= ROTATION
        found[:, helpers] *= ROTATION
        found[np.outer(helpers, helpers)] = 0
        np.fill_diagonal(found, 0)
        return found

    @cached_property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """Column and value of every quota."""
        return tuple(dict.fromkeys((column, value) for number in range(self.request.rounds) for column, value, _ in self.request.values(number)))

    @property
    def led_by_people(self) -> bool:
        """Whether people who take part are to facilitate: then each room needs one of them."""
        return not self.request.facilitators and any(one.facilitates for one in self.request.people)

    @cached_property
    def having(self) -> Floats:
        """(m, values): 1 for who has a value; a last column for who can facilitate, where people who take part do."""
        rows = [
            [*(one.values[column] == value for column, value in self.columns), *([one.facilitates] if self.led_by_people else [])]
            for one in self.request.people
        ]
        width = len(self.columns) + self.led_by_people
        return np.array([*rows, *([[0] * width] * len(self.request.facilitators))], dtype=np.float32).reshape(len(self.keys), width)

    def quotas(self, number: int, sizes: Sequence[int]) -> tuple[Floats, Floats]:
        """(rooms, values): the fewest and the most of each value in the rooms of a round."""
        counts = {(column, value): having for column, value, having in self.request.values(number)}
        there = sum(sizes)
        low = np.zeros((len(sizes), self.having.shape[1]), dtype=np.float32)
        high = low.copy()
        for place, column in enumerate(self.columns):
            for room, size in enumerate(sizes):
                low[room, place], high[room, place] = quota(size, counts.get(column, 0), there)
        if self.led_by_people:
            low[:, -1], high[:, -1] = 1, there
        return low, high

    def helper_places(self) -> tuple[int, ...]:
        """How many facilitators who do not take part each room has: as evenly as can be."""
        few, more = divmod(len(self.request.facilitators), self.request.rooms)
        return tuple(few + (room < more) for room in range(self.request.rooms))


def helper_at(helpers: Sequence[Helper], number: int) -> str | None:
    """The key of an interpreter by number; None for the number after the last."""
    return helpers[number].key if number < len(helpers) else None
