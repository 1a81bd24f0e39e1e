"""Small programmes in whole numbers, whose aims decide one after another: HiGHS, by way of SciPy."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Terms = Mapping[int, float]
"""Variable → coefficient."""


class WholeProgramme:
    """Variables by their numbers, in the order in which they were added. Exact, and the same answer each time."""

    def __init__(self) -> None:
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._rows: list[tuple[Terms, float, float]] = []
        self.values: NDArray[np.float64] = np.zeros(0)
        """The answer to the last question."""

    def variable(self, lower: int = 0, upper: float = 1) -> int:
        """Add a variable; one that is yes or no by default."""
        self._lower.append(lower)
        self._upper.append(upper)
        return len(self._lower) - 1

    def row(self, terms: Terms, lower: float = -math.inf, upper: float = math.inf) -> None:
        """Ask that `lower <= sum of coefficient × variable <= upper`."""
        self._rows.append((dict(terms), lower, upper))

    def possible(self) -> bool:
        """Whether anything keeps the rows."""
        return self._solve({})

    def settle(self, cost: Terms) -> int:
        """Make a whole cost as small as can be, hold it there for all that is asked later, and return it. Raises ArithmeticError where nothing is."""
        if not self._solve(cost):
            raise ArithmeticError("nothing keeps all rows together")
        least = round(float(sum(coefficient * self.values[variable] for variable, coefficient in cost.items())))
        self.row(cost, upper=least)
        return least

    def chosen(self, variable: int) -> bool:
        return bool(self.values[variable] > 0.5)

    def _solve(self, cost: Terms) -> bool:
        size = len(self._lower)
        if any(not terms and not low <= 0 <= high for terms, low, high in self._rows):
            return False
        if not size:
            return True
        objective = np.zeros(size)
        for variable, coefficient in cost.items():
            objective[variable] = coefficient
        places = [(number, variable, value) for number, (terms, _, _) in enumerate(self._rows) for variable, value in terms.items()]
        held = []
        if places:
            rows, columns, values = zip(*places, strict=True)
            matrix = sparse.csr_array((values, (rows, columns)), shape=(len(self._rows), size))
            held = [LinearConstraint(matrix, [low for _, low, _ in self._rows], [high for _, _, high in self._rows])]
        exact = {"mip_rel_gap": 0.0}
        answer = milp(objective, integrality=np.ones(size), bounds=Bounds(self._lower, self._upper), constraints=held, options=exact)
        if answer.x is None:
            return False
        self.values = np.round(answer.x)
        return True
