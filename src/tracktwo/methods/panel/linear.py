"""Linear programmes that grow and change, and start each time from where they ended: GLOP, the simplex solver of OR-Tools."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

Values = NDArray[np.float64]


class LinearProgramme:
    """Variables and rows by their numbers, in the order in which they were added."""

    def __init__(self, *, maximise: bool) -> None:
        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._objective = self._solver.Objective()
        if maximise:
            self._objective.SetMaximization()
        else:
            self._objective.SetMinimization()
        self._variables: list[Any] = []
        self._rows: list[Any] = []

    def variable(self, lower: float = 0.0, upper: float = math.inf, *, worth: float = 0.0) -> int:
        """Add a variable with its coefficient in the objective."""
        made = self._solver.NumVar(self._bound(lower), self._bound(upper), "")
        if worth:
            self._objective.SetCoefficient(made, worth)
        self._variables.append(made)
        return len(self._variables) - 1

    def row(self, lower: float, upper: float, terms: Iterable[tuple[int, float]] = ()) -> int:
        """Add `lower <= sum of coefficient × variable <= upper`."""
        made = self._solver.Constraint(self._bound(lower), self._bound(upper))
        for variable, coefficient in terms:
            made.SetCoefficient(self._variables[variable], float(coefficient))
        self._rows.append(made)
        return len(self._rows) - 1

    def set(self, row: int, variable: int, coefficient: float) -> None:
        self._rows[row].SetCoefficient(self._variables[variable], float(coefficient))

    def at_least(self, row: int, lower: float) -> None:
        self._rows[row].SetLb(float(lower))

    def worth(self, coefficients: Values) -> None:
        """Set the objective of the first variables, one coefficient each."""
        for variable, coefficient in zip(self._variables, coefficients.tolist(), strict=False):
            self._objective.SetCoefficient(variable, coefficient)

    def solve(self) -> bool:
        """True where there is a best answer. Where the solver finds none from the basis of the last answer, it begins anew, another way round."""
        if (status := self._solver.Solve()) != pywraplp.Solver.OPTIMAL:
            anew = pywraplp.MPSolverParameters()
            anew.SetIntegerParam(anew.INCREMENTALITY, anew.INCREMENTALITY_OFF)
            anew.SetIntegerParam(anew.LP_ALGORITHM, anew.DUAL)
            status = self._solver.Solve(anew)
        return bool(status == pywraplp.Solver.OPTIMAL)

    @property
    def best(self) -> float:
        return float(self._objective.Value())

    def values(self, first: int = 0) -> Values:
        """The values of the variables from number `first` on."""
        return np.array([variable.solution_value() for variable in self._variables[first:]], np.float64)

    def reduced_costs(self) -> Values:
        return np.array([variable.reduced_cost() for variable in self._variables], np.float64)

    def duals(self) -> Values:
        return np.array([row.dual_value() for row in self._rows], np.float64)

    def _bound(self, value: float) -> float:
        return float(value) if math.isfinite(value) else math.copysign(self._solver.infinity(), value)
