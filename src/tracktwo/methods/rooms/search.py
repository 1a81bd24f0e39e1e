"""The search for a plan: tabu search on exchanges of two people in one round, over all exchanges of all rounds at once.

Method: F. Glover, Tabu Search, Part I (ORSA Journal on Computing, 1989), as I. Dotú and P. Van Hentenryck, Scheduling Social Golfers Locally
(CPAIOR 2005), used it for golfers, with quotas, languages and interpreters added. One step costs O(rounds · m² · rooms) in a handful of products
of matrices. Annealing on single exchanges was tried first: with quotas one exchange in six hundred was accepted, and it froze at fewer pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from tracktwo.methods.rooms.tables import Bools, Floats, Ints, Tables

NOWHERE = -1
_TENURE = (3, 9)
"""For how many steps somebody who was moved in a round stays: at least, and less than."""
_NOISE = np.float32(0.4)
"""Less than one pair: decides between exchanges that are equally good."""
_SWING, _HOLD = (0.4, 1.6), 25
"""Strategic oscillation: what breaking a rule costs is multiplied by a number between these, drawn anew after so many steps, so that the search
crosses from one seating that keeps the rules to another that no single exchange reaches."""
_NEVER = np.float32(-1e6)
_TABU = np.float32(1e5)
_AT_ONCE = 200_000
"""Exchanges that one step looks at; a large meeting is looked at some rounds at a time."""


@dataclass(frozen=True)
class Weights:
    """What breaking a rule costs, in pairs: a quota by one, a pair that must not sit together, somebody who sits elsewhere than before."""

    quota: float = 2.5
    forbidden: float = 3.5
    move: float = 0.0


@dataclass(frozen=True)
class Score:
    """How good a seating is; the smaller comes first. Forbidden pairs count before quotas, quotas before moves, moves before pairs."""

    forbidden: int
    quota: int
    moves: int
    missing: float

    @property
    def order(self) -> tuple[float, ...]:
        return (self.forbidden, self.quota, self.moves, self.missing)


@dataclass(frozen=True)
class Seating:
    """(rounds, m) the room of each person or NOWHERE, and (rounds, rooms) the number of each interpreter; q, the number after the last, for none."""

    room: Ints
    interpreter: Ints


class Search:
    """A seating that is changed step by step, and the best one so far."""

    def __init__(
        self, tables: Tables, start: Seating, fixed: Bools, weights: Weights, random: np.random.Generator, earlier: Seating | None = None
    ) -> None:
        """`fixed` (rounds, m) are not moved; `earlier` is a plan that is to change little, with NOWHERE for whoever sat in no room."""
        self._tables, self._usual, self._weights, self._random = tables, weights, weights, random
        self._rounds, self._m = start.room.shape
        self._rooms = tables.request.rooms
        self._room, self._interpreter = start.room.copy(), start.interpreter.copy()
        self._seat = (self._room[:, :, None] == np.arange(self._rooms)).astype(np.float32)
        helpers = np.arange(self._m) >= tables.taking_part
        self._stays = (fixed | (self._room == NOWHERE))[:, :, None] | (fixed | (self._room == NOWHERE))[:, None, :] | (helpers[:, None] != helpers)
        self._elsewhere = _elsewhere(earlier.room if earlier else None, self._rooms, self._rounds, self._m)
        self._kept = earlier.interpreter if earlier else None
        self._quotas = [tables.quotas(number, self._sizes(number)) for number in range(self._rounds)]
        self._together = self._seat @ self._seat.transpose(0, 2, 1)
        self._count = self._together.sum(0)
        self._static = np.empty((self._rounds, self._m, self._m), dtype=np.float32)
        self._broken = np.zeros((self._rounds, 3), dtype=np.int64)
        self._until = np.zeros((self._rounds, self._m), dtype=np.int64)
        self._noise = random.random(self._rounds * self._m * self._m * 4, dtype=np.float32) * _NOISE
        self._most = float(tables.worth.sum()) / 2
        self.steps = 0
        for number in range(self._rounds):
            self._assign(number)
            self._weigh(number)
        self.best, self.score = self._copy(), self._score()

    def _sizes(self, number: int) -> list[int]:
        taking_part = self._room[number, : self._tables.taking_part]
        return [int((taking_part == room).sum()) for room in range(self._rooms)]

    def run(self, go_on: Callable[[int], bool], enough: float) -> None:
        """Step while `go_on(steps)` holds, and stop where nothing is broken and `enough` pairs have met."""
        at_once = max(1, _AT_ONCE // (self._m * self._m))
        part = slice(0, self._rounds)
        while go_on(self.steps) and (any(self.score.order[:3]) or self._most - self.score.missing < enough):
            if at_once < self._rounds:
                first = int(self._random.integers(self._rounds - at_once + 1))
                part = slice(first, first + at_once)
            if not self._step(part):
                return

    def _step(self, part: slice) -> bool:
        """Make the best exchange of some rounds that is not tabu; False where nobody can be moved at all."""
        self.steps += 1
        if self.steps % _HOLD == 0:
            self._swing()
        gain = self._gains(part)
        offset = int(self._random.integers(self._noise.size - gain.size + 1))
        gain += self._noise[offset : offset + gain.size].reshape(gain.shape)
        rests = np.where(self._until[part] > self.steps, _TABU, np.float32(0))
        gain -= rests[:, :, None]
        gain -= rests[:, None, :]
        place = int(gain.argmax())
        if gain.flat[place] < _NEVER / 2:
            return False
        number, both = divmod(place, self._m * self._m)
        one, other = divmod(both, self._m)
        self._exchange(part.start + number, one, other)
        score = self._score()
        if score.order < self.score.order:
            self.best, self.score = self._copy(), score
        return True

    def _swing(self) -> None:
        factor = float(self._random.uniform(*_SWING))
        usual = self._usual
        self._weights = Weights(usual.quota * factor, usual.forbidden * factor, usual.move)
        for number in range(self._rounds):
            self._weigh(number)

    def _gains(self, part: slice) -> Floats:
        """(rounds of the part, m, m): by how much each exchange is better, new pairs less rules that it breaks."""
        seat = self._seat[part]
        new = ((self._count - self._together[part]) < 0.5) * self._tables.worth  # what each pair is worth that meets in no other round
        there = (new @ seat) @ seat.transpose(0, 2, 1)  # (., i, j): what i meets in the room of j
        there -= np.diagonal(there, axis1=1, axis2=2)[:, :, None].copy()
        there -= new  # j leaves that room
        gain = there + there.transpose(0, 2, 1)
        gain += self._static[part]
        return np.asarray(gain, dtype=np.float32)

    def _exchange(self, number: int, one: int, other: int) -> None:
        room, seat = self._room[number], self._seat[number]
        room[one], room[other] = room[other], room[one]
        seat[[one, other]] = seat[[other, one]]
        self._count -= self._together[number]
        np.matmul(seat, seat.T, out=self._together[number])
        self._count += self._together[number]
        self._until[number, [one, other]] = self.steps + self._random.integers(*_TENURE, size=2)
        if self._broken[number, 0] or self._random.random() < 0.1:
            self._assign(number)
        self._weigh(number)

    def _assign(self, number: int) -> None:
        """Give the rooms of a round the interpreters that leave the fewest pairs without a path; which of several best ones, chance decides."""
        seat, tables = self._seat[number], self._tables
        none = len(tables.request.interpreters)
        if none == 0:
            return
        cost = ((tables.forbidden @ seat) * seat).sum(1) / 2 + tables.refused @ seat  # (q + 1, rooms)
        cost += self._random.random(cost.shape) * 0.01
        if self._kept is not None:
            cost[self._kept[number], range(self._rooms)] -= 0.02
        choices = np.concatenate([cost[:none], np.repeat(cost[none:], self._rooms, axis=0)])
        rows, columns = linear_sum_assignment(choices)
        self._interpreter[number, columns] = np.minimum(rows, none)

    def _weigh(self, number: int) -> None:
        """What exchanges of a round break or mend of quotas, languages, no contact and moves; it changes with this round alone."""
        seat, room, tables, weights = self._seat[number], self._room[number], self._tables, self._weights
        forbidden = tables.forbidden[self._interpreter[number]]  # (rooms, m, m)
        refused = tables.refused[self._interpreter[number]].T  # (m, rooms)
        pairs = (forbidden @ seat.T[:, :, None])[:, :, 0].T  # (m, rooms): with how many of a room each one must not sit
        unary = np.float32(weights.forbidden) * refused + np.float32(weights.move) * self._elsewhere[number]
        cost = np.float32(weights.forbidden) * pairs + unary
        low, high = self._quotas[number]
        counts = seat.T @ tables.having
        off, more, fewer = _off(counts, low, high), _off(counts + 1, low, high), _off(counts - 1, low, high)
        joins, leaves = more - off, fewer - off
        cost += np.float32(weights.quota) * (tables.having @ joins.T)
        there = cost @ seat.T  # (i, j): what i costs in the room of j, where j still sits
        there -= np.diagonal(there)[:, None].copy()
        # Each room loses somebody as well: his values leave, but one that both have neither comes nor goes.
        mine = leaves[room] * tables.having  # (j, values)
        own = (mine.sum(1) * np.float32(weights.quota))[None, :]
        alike = tables.having @ ((joins + leaves)[room] * tables.having).T * np.float32(weights.quota)
        # joining costs were subtracted on the diagonal for i's own room, where i is not joining: put them back
        home = (joins[room] * tables.having).sum(1)[:, None] * np.float32(weights.quota)
        there += own - alike + home
        there -= np.float32(weights.forbidden) * forbidden[room, np.arange(self._m)].T  # (i, j): the room of j without j
        static = -(there + there.T)
        static[self._stays[number] | (self._together[number] > 0)] = _NEVER
        self._static[number] = static
        seated = seat > 0
        self._broken[number] = (
            round(float(pairs[seated].sum() / 2 + refused[seated].sum())),
            round(float(off.sum())),
            round(float(self._elsewhere[number][seated].sum())),
        )

    def _score(self) -> Score:
        met = float(((self._count > 0.5) * self._tables.worth).sum()) / 2
        forbidden, quotas, moves = (int(total) for total in self._broken.sum(0))
        return Score(forbidden, quotas, moves, self._most - met)

    def _copy(self) -> Seating:
        return Seating(self._room.copy(), self._interpreter.copy())

    def broken_rounds(self) -> tuple[int, ...]:
        """The rounds of the best seating in which a rule is broken; the search goes on from there."""
        self._go_back()
        return tuple(int(number) for number in np.flatnonzero(self._broken[:, :2].sum(1)))

    def _go_back(self) -> None:
        self._room, self._interpreter = self.best.room.copy(), self.best.interpreter.copy()
        self._seat = (self._room[:, :, None] == np.arange(self._rooms)).astype(np.float32)
        self._together = self._seat @ self._seat.transpose(0, 2, 1)
        self._count = self._together.sum(0)
        for number in range(self._rounds):
            self._weigh(number)


def _off(counts: Floats, low: Floats, high: Floats) -> Floats:
    return np.asarray(np.maximum(low - counts, 0) + np.maximum(counts - high, 0), dtype=np.float32)


def _elsewhere(before: Ints | None, rooms: int, rounds: int, m: int) -> Floats:
    """(rounds, m, rooms): 1 for a room in which somebody did not sit before, 0 everywhere for who sat in none."""
    if before is None:
        return np.zeros((rounds, m, rooms), dtype=np.float32)
    other = (before[:, :, None] != NOWHERE) & (before[:, :, None] != np.arange(rooms))
    return np.asarray(other, dtype=np.float32)


def first_seating(tables: Tables, sizes: Sequence[Sequence[int]], wanted: Ints, random: np.random.Generator) -> Seating:
    """Seat everybody: in the room `wanted` (rounds, m) while it has places, then one after the other where he breaks least and meets most."""
    rounds, m = wanted.shape
    rooms = tables.request.rooms
    room = np.full((rounds, m), NOWHERE, dtype=np.int64)
    met = np.eye(m, dtype=np.float32)
    none = tables.forbidden[-1]
    for number in range(rounds):
        seat = np.zeros((m, rooms), dtype=np.float32)
        free = np.array([sizes[number], tables.helper_places()], dtype=np.int64)
        low, high = tables.quotas(number, sizes[number])
        waiting = []
        for one in random.permutation(np.flatnonzero(tables.present[number])):
            kind, place = int(one >= tables.taking_part), int(wanted[number, one])
            if place != NOWHERE and free[kind, place] > 0:
                free[kind, place] -= 1
                seat[one, place] = 1
            else:
                waiting.append(int(one))
        for one in waiting:
            kind = int(one >= tables.taking_part)
            counts = seat.T @ tables.having
            quotas = (_off(counts + tables.having[one], low, high) - _off(counts, low, high)).sum(1)
            cost = 3 * (none[one] @ seat) + 2 * quotas - ((1 - met[one]) * tables.worth[one]) @ seat + random.random(rooms)
            place = int(np.where(free[kind] > 0, cost, np.inf).argmin())
            free[kind, place] -= 1
            seat[one, place] = 1
        room[number] = np.where(seat.any(1), seat.argmax(1), NOWHERE)
        met = np.maximum(met, seat @ seat.T)
    return Seating(room, np.full((rounds, rooms), len(tables.request.interpreters), dtype=np.int64))
