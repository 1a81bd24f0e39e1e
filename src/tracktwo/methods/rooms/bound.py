"""How many pairs can meet at most: a bound that no plan can pass that keeps the rules, with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from tracktwo.methods.rooms.check import path
from tracktwo.methods.rooms.seating import Request, quota
from tracktwo.model.seating import pair

Signature = tuple[tuple[str, str], ...]
"""For every balanced column the two values of a pair, the smaller first."""


def simple_bound(request: Request) -> int:
    """Return min(pairs that may meet, meetings that the rooms have room for)."""
    people = len(request.people)
    return min(people * (people - 1) // 2 - len(request.apart), _meetings(request))


def upper_bound(request: Request) -> int:
    """Return a number of pairs that no plan can pass which keeps sizes, quotas, no contact, languages, pins and absences.

    Proof. Take any such plan. Say that a pair meets if it sits together at least once, and group the pairs by the values that the two have in each
    balanced column. Let z(g) be how many pairs of group g meet. Then

    1. z(g) ≤ pairs of g that can meet at all: that may, that some interpreter or language in common lets understand each other, and that are there
       and not pinned to two rooms in at least one round.
    2. Σ z ≤ Σ over rounds and rooms of C(size, 2), since a pair that meets takes up one of these places at least.
    3. For a column and a value v: Σ z over groups in which both have v ≤ Σ over rounds of the most places for such pairs, Σ over rooms C(k, 2), where
       the counts k of v in the rooms lie between their quotas and sum to those present: its greatest value is taken by rounding up the rooms with
       the greatest quotas, because C(k + 1, 2) − C(k, 2) = k grows with k.
    4. For a column: Σ z over groups in which the two differ ≤ Σ over rounds of Σ C(size, 2) less the *fewest* places that pairs of the same value
       take, which rounding up the rooms with the smallest quotas gives, value by value.
    5. For a column and two values v ≠ w: Σ z over groups that have the two ≤ Σ over rounds and rooms of (most of v) · (most of w).

    So z satisfies a linear programme, and its optimum, rounded down since the number of pairs is whole, is at least the pairs of the plan.

    Where the counts of a value cannot sum to those present under its quotas, no plan keeps them; the column is then left out, which can only raise
    the bound. Complexity: one linear programme with a variable a group and at most values² rows a column. Raises nothing.
    """
    groups = Counter(_groups(request))
    if not groups:
        return 0
    keys = sorted(groups)
    rows: list[list[int]] = [list(range(len(keys)))]
    limits: list[float] = [_meetings(request)]
    for place, column in enumerate(request.balance):
        places = _places(request, column)
        if places is None:
            continue
        sames = [number for number, key in enumerate(keys) if key[place][0] == key[place][1]]
        rows.append(sorted(set(range(len(keys))) - set(sames)))
        limits.append(_meetings(request) - places.fewest)
        for values, limit in places.most.items():
            rows.append([number for number, key in enumerate(keys) if key[place] == values])
            limits.append(limit)
    matrix = csr_matrix(
        (np.ones(sum(map(len, rows))), ([row for row, some in enumerate(rows) for _ in some], [number for some in rows for number in some])),
        shape=(len(rows), len(keys)),
    )
    solved = linprog(-np.ones(len(keys)), A_ub=matrix, b_ub=limits, bounds=[(0, groups[key]) for key in keys], method="highs")
    most = int(np.floor(-solved.fun + 1e-6)) if solved.status == 0 else sum(groups.values())
    return min(most, simple_bound(request))


def _meetings(request: Request) -> int:
    return sum(size * (size - 1) // 2 for number in range(request.rounds) for size in request.sizes_in(number))


def _groups(request: Request) -> Iterator[Signature]:
    """The signature of every pair that can meet at all."""
    pinned = {(pin.key, pin.round): pin.room for pin in request.pins}
    for one, other in combinations(request.people, 2):
        if pair(one.key, other.key) in request.apart or not _understand(request, one.key, other.key):
            continue
        for number in set(range(request.rounds)) - one.away - other.away:
            rooms = {pinned.get((one.key, number)), pinned.get((other.key, number))} - {None}
            if len(rooms) < 2:
                both = ((one.values[column], other.values[column]) for column in request.balance)
                yield tuple((min(values), max(values)) for values in both)
                break


def _understand(request: Request, one: str, other: str) -> bool:
    """Whether two people share a language, or some interpreter whom both accept stands between them."""
    if not request.languages_known:
        return True
    sides = [request.by_key[key].side for key in (one, other)]
    between = [helper for helper in request.interpreters if all(helper.suits(side) for side in sides)]
    return any(path(request, one, other, helper) for helper in (None, *between))


@dataclass(frozen=True)
class _Places:
    """Of one column, over all rounds: the fewest places of pairs of the same value, and the most of each two values."""

    fewest: int
    most: dict[tuple[str, str], int]


def _places(request: Request, column: str) -> _Places | None:
    """None where the counts of some value cannot keep its quotas."""
    fewest = 0
    most: Counter[tuple[str, str]] = Counter()
    for number in range(request.rounds):
        sizes, there = request.sizes_in(number), len(request.present(number))
        values = {value: having for name, value, having in request.values(number) if name == column}
        bounds = {value: [quota(size, having, there) for size in sizes] for value, having in values.items()}
        for value, having in values.items():
            low, high = (_rounded(bounds[value], having, greatest) for greatest in (False, True))
            if low is None or high is None:
                return None
            fewest += low
            most[value, value] += high
        for one, other in combinations(sorted(values), 2):
            most[one, other] += sum(mine[1] * theirs[1] for mine, theirs in zip(bounds[one], bounds[other], strict=True))
    return _Places(fewest, dict(most))


def _rounded(bounds: list[tuple[int, int]], having: int, greatest: bool) -> int | None:
    """The most or the fewest places of pairs with a value, of which every room has a number in its bounds, one apart at most; together `having`."""
    spare = having - sum(low for low, _ in bounds)
    open_rooms = sorted((low for low, high in bounds if high > low), reverse=greatest)
    if not 0 <= spare <= len(open_rooms):
        return None
    return sum(low * (low - 1) // 2 for low, _ in bounds) + sum(open_rooms[:spare])
