"""The fairest probabilities that quotas allow if people could be divided: an upper bound on every lottery, level by level, with its proof.

Leximin after Flanigan, Gölz, Gupta, Hennig and Procaccia (Fair algorithms for selecting citizens' assemblies, Nature 596, 2021), but over the
linear relaxation and over kinds of people: each stage is one small linear programme. If a lottery over real panels reaches these probabilities,
they are the leximin of the lotteries too, and the linear programmes prove it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.linear import LinearProgramme

_TIGHT = 1e-9
"""A dual above this holds its kind at the level."""
_SLACK = 1e-10
"""By how much a level that is held may give, so that rounding does not make the next stage impossible."""


@dataclass(frozen=True)
class Level:
    """One level of the leximin: nobody who is not on an earlier one can have more than `probability` without somebody here having less.

    The proof: give each person the weight of his kind, so that those who are not on an earlier level weigh 1 together; over everything that
    keeps the quotas the weighted sum of probabilities is at most what the levels make of it, by the duals `prices` of the rows. A level at 1
    needs no proof and has no weights.
    """

    probability: float
    kinds: tuple[int, ...]
    weights: Values
    """(T,) the weight of one person of each kind; of earlier levels too, where they bound this one."""
    prices: Values | None
    """(R,) dual of each row; None where not a linear programme but a search over all panels proves it."""


class Infeasible(Exception):
    """Not even divided people keep the rules."""


def relaxed_leximin(kinds: Kinds, *, first_only: bool = False) -> tuple[Values, tuple[Level, ...]]:
    """(T,) the probability of a person of each kind, and the levels in order; with `first_only` the first level alone, the others unfinished.

    Exact to the tolerance of the solver (about 1e-9). Raises Infeasible.
    """
    programme = _Programme(kinds)
    levels = []
    while programme.open:
        levels.append(programme.stage())
        if first_only:
            break
    return programme.probability, tuple(levels)


class _Programme:
    """Maximise z, where everybody who is not held yet has at least z and everybody else at least his level."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._programme, self._rows = over_kinds(kinds)
        self._z = self._programme.variable(0, 1, worth=1)
        self._floors = [self._programme.row(0, math.inf, [(kind, 1), (self._z, -float(count))]) for kind, count in enumerate(kinds.count)]
        self.open = set(range(len(kinds.members)))
        self.probability = np.full(len(kinds.members), np.nan)

    def stage(self) -> Level:
        if not self._programme.solve():
            raise Infeasible
        z = float(self._programme.values()[self._z])
        duals = self._programme.duals()
        weights = np.maximum(-duals[self._floors], 0)
        held = [kind for kind in sorted(self.open) if weights[kind] > _TIGHT] or sorted(self.open)
        for kind in held:
            self.probability[kind] = min(z, 1.0)
            self._programme.set(self._floors[kind], self._z, 0)
            self._programme.at_least(self._floors[kind], z * float(self._kinds.count[kind]) - _SLACK)
        self.open -= set(held)
        return Level(z, tuple(held), weights, duals[self._rows])


def over_kinds(kinds: Kinds) -> tuple[LinearProgramme, list[int]]:
    """A linear programme to maximise, whose first variables are the counts of the kinds, with the rows of the rules and their numbers."""
    return over_box(kinds.least, kinds.count, kinds.rows, kinds.lower, kinds.upper)


def over_box(least: Counts, most: Counts, rows: NDArray[np.bool_], lower: Counts, upper: Counts) -> tuple[LinearProgramme, list[int]]:
    """The same for any `least <= x <= most` with `lower <= rows @ x <= upper`."""
    programme = LinearProgramme(maximise=True)
    for low, high in zip(least, most, strict=True):
        programme.variable(float(low), float(high))
    numbers = [
        programme.row(float(low), float(high), [(int(kind), 1.0) for kind in np.flatnonzero(row)])
        for row, low, high in zip(rows, lower, upper, strict=True)
    ]
    return programme, numbers
