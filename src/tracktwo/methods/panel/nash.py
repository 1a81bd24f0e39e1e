"""Nash welfare: the lottery with the greatest product of everybody's probabilities, over divided people first.

The logarithm is bounded from above by its tangents, a few at first and one more for each person where the last answer lies: a linear programme
each time, whose answer is an upper bound (Kelley, The cutting-plane method for solving convex programs, 1960).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from tracktwo.methods.panel.kinds import Kinds, Values
from tracktwo.methods.panel.relaxed import Infeasible, add_rows, new_solver, solved

_FIRST = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_CLOSE = 2e-9
"""The mean logarithm is this near its bound."""
_ROUNDS = 60


def relaxed_nash(kinds: Kinds, able: NDArray[np.bool_]) -> tuple[Values, float]:
    """(T,) the probability of a person of each kind, and by how much the mean logarithm could be greater at most.

    `able` (T,) are the kinds that can have any probability at all; the others have none and count for nothing. Raises Infeasible.
    """
    solver = new_solver()
    shares = [solver.NumVar(float(least), float(count), "") for least, count in zip(kinds.least, kinds.count, strict=True)]
    add_rows(solver, shares, kinds.rows, kinds.lower, kinds.upper)
    people = float(kinds.count[able].sum())
    logs: dict[int, pywraplp.Variable] = {}
    for kind in np.flatnonzero(able):
        logs[int(kind)] = solver.NumVar(-solver.infinity(), 0, "")
        solver.Objective().SetCoefficient(logs[int(kind)], float(kinds.count[kind] / people))
        for at in _FIRST:
            _tangent(solver, shares[kind], logs[int(kind)], float(kinds.count[kind]), at)
    solver.Objective().SetMaximization()
    best, gap = np.zeros(len(shares)), math.inf
    bound = math.inf
    for _ in range(_ROUNDS):
        if not solved(solver):
            raise Infeasible
        bound = min(bound, solver.Objective().Value())
        found = np.array([share.solution_value() for share in shares]) / kinds.count
        reached = float(kinds.count[able] @ np.log(np.maximum(found[able], 1e-12)) / people)
        if bound - reached < gap:
            best, gap = found, max(bound - reached, 0.0)
        if gap <= _CLOSE:
            break
        for kind, log in logs.items():
            _tangent(solver, shares[kind], log, float(kinds.count[kind]), max(float(found[kind]), 1e-6))
    return best, gap


def _tangent(solver: pywraplp.Solver, share: pywraplp.Variable, log: pywraplp.Variable, count: float, at: float) -> None:
    """log <= ln(at) + (share / count - at) / at."""
    row = solver.Constraint(-solver.infinity(), math.log(at) - 1)
    row.SetCoefficient(log, 1)
    row.SetCoefficient(share, -1 / (count * at))
