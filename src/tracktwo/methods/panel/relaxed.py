"""The fairest probabilities that quotas allow if people could be divided: an upper bound on every lottery, level by level, with its proof.

Leximin after Flanigan, Gölz, Gupta, Hennig and Procaccia (Fair algorithms for selecting citizens' assemblies, Nature 596, 2021), but over the
linear relaxation and over kinds of people: each stage is one small linear programme. If a lottery over real panels reaches these probabilities,
they are the leximin of the lotteries too, and the linear programmes prove it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from tracktwo.methods.panel.kinds import Counts, Kinds, Values

_TIGHT = 1e-9
"""A dual above this holds its kind at the level."""


@dataclass(frozen=True)
class Level:
    """One level of the leximin: nobody who is not on an earlier one can have more than `probability` without somebody here having less.

    The proof: give each kind the weight `weights` (sum over people 1); over everything that keeps the quotas the weighted probability is at most
    `probability`, by the duals `prices` of the rows.
    """

    probability: float
    kinds: tuple[int, ...]
    weights: Values
    """(T,) weight of each kind, as a whole and not by head; those of earlier levels too, where they bound this one."""
    prices: Values | None
    """(R,) dual of each row; None where not a linear programme but a search over all panels proves it."""


class Infeasible(Exception):
    """Not even divided people keep the rules."""


def new_solver() -> pywraplp.Solver:
    """GLOP, which starts each linear programme from where the last one ended."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SuppressOutput()
    return solver


def solved(solver: pywraplp.Solver) -> bool:
    """Solve a linear programme; True where it has a best answer. Where it stumbles over the basis of the last one, it begins anew."""
    if (status := solver.Solve()) == pywraplp.Solver.ABNORMAL or status == pywraplp.Solver.NOT_SOLVED:
        anew = pywraplp.MPSolverParameters()
        anew.SetIntegerParam(anew.INCREMENTALITY, anew.INCREMENTALITY_OFF)
        anew.SetIntegerParam(anew.LP_ALGORITHM, anew.DUAL)
        status = solver.Solve(anew)
    return bool(status == pywraplp.Solver.OPTIMAL)


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
        self._solver = new_solver()
        self._shares = [self._solver.NumVar(float(least), float(count), "") for least, count in zip(kinds.least, kinds.count, strict=True)]
        self._z = self._solver.NumVar(0, 1, "")
        self._rows = add_rows(self._solver, self._shares, kinds.rows, kinds.lower, kinds.upper)
        self._floors = []
        for share, count in zip(self._shares, kinds.count, strict=True):
            floor = self._solver.Constraint(0, self._solver.infinity())
            floor.SetCoefficient(share, 1)
            floor.SetCoefficient(self._z, -float(count))
            self._floors.append(floor)
        self._solver.Objective().SetCoefficient(self._z, 1)
        self._solver.Objective().SetMaximization()
        self.open = set(range(len(kinds.members)))
        self.probability = np.full(len(kinds.members), np.nan)

    def stage(self) -> Level:
        if not solved(self._solver):
            raise Infeasible
        z = self._z.solution_value()
        duals = np.array([-floor.dual_value() for floor in self._floors])
        prices = np.array([row.dual_value() for row in self._rows])
        held = [kind for kind in sorted(self.open) if duals[kind] > _TIGHT] or sorted(self.open)
        for kind in held:
            self.probability[kind] = z
            self._floors[kind].SetCoefficient(self._z, 0)
            self._floors[kind].SetLb(float(z * self._kinds.count[kind]))
        self.open -= set(held)
        if not self.open:
            self.probability = np.minimum(self.probability, 1.0)
        return Level(float(z), tuple(held), np.maximum(duals, 0), prices)


def add_rows(
    solver: pywraplp.Solver, shares: list[pywraplp.Variable], rows: NDArray[np.bool_], lower: Counts, upper: Counts
) -> list[pywraplp.Constraint]:
    """Add `lower <= rows @ shares <= upper` to a linear programme."""
    made = []
    for row, least, most in zip(rows, lower, upper, strict=True):
        constraint = solver.Constraint(float(least), float(most))
        for kind in np.flatnonzero(row):
            constraint.SetCoefficient(shares[kind], 1)
        made.append(constraint)
    return made
