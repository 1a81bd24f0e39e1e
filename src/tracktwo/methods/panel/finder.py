"""Finding the panel that weighs most: exactly, or quickly by a linear programme and a search over the few kinds on which it does not decide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.relaxed import over_box

_NEAR = 1e-7
"""A target this near to a whole number is one."""
_CORE_ROWS = 1.5
"""Undecided kinds of the first search, for each row of the rules."""
_CORE_MANY = 400
"""From this many kinds on the first search takes twice as many: panels are harder to find there."""
_GAP = 0.02
"""The quick search stops within this share of the best: any panel that improves the lottery will do."""
_COARSE, _FINE = 1e6, 1e10
"""The greatest weight as a whole number: for the quick search, and so that rounding hides less than any level shows."""


@dataclass(frozen=True)
class Answer:
    """A panel, its weight, and a bound: nothing in the box weighs more than `bound`."""

    panel: Counts
    weight: float
    bound: float


@dataclass(frozen=True)
class Box:
    """Whole vectors x with `least <= x <= most` and `lower <= rows @ x <= upper`."""

    least: Counts
    most: Counts
    rows: NDArray[np.bool_]
    lower: Counts
    upper: Counts

    def heaviest(self, weights: Values, *, gap: float = 0.0, seed: int = 0) -> Answer | None:
        """The heaviest vector, within a share `gap` of the best; None where the box is empty. One thread: the same answer each time."""
        from ortools.sat.python import cp_model  # half a second to load, which panels that linear programmes find do not need

        model = cp_model.CpModel()
        variables = [model.new_int_var(int(least), int(most), "") for least, most in zip(self.least, self.most, strict=True)]
        for row, lower, upper in zip(self.rows, self.lower.tolist(), self.upper.tolist(), strict=True):
            counted = [variables[place] for place in np.flatnonzero(row)]
            if counted:
                model.add_linear_constraint(cp_model.LinearExpr.sum(counted), lower, upper)
            elif lower > 0 or upper < 0:
                return None
        scale = (_COARSE if gap else _FINE) / (float(np.abs(weights).max()) or 1.0)
        whole = np.rint(weights * scale).astype(np.int64)
        model.maximize(cp_model.LinearExpr.weighted_sum(variables, whole.tolist()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed % (1 << 31)
        solver.parameters.relative_gap_limit = gap
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        panel = np.array([solver.value(variable) for variable in variables], np.int64)
        hidden = 0.5 / scale * float(self.most.sum())  # by rounding the weights
        return Answer(panel, float(weights @ panel), solver.best_objective_bound / scale + hidden)


def box_of(kinds: Kinds) -> Box:
    """All panels."""
    return Box(kinds.least, kinds.count, kinds.rows, kinds.lower, kinds.upper)


def face_of(kinds: Kinds, target: Values) -> Box:
    """The panels near a target: each count is it rounded down or up, and each row stays at it where it is whole."""
    sums = kinds.rows @ target
    return Box(
        np.maximum(kinds.least, np.floor(target + _NEAR)).astype(np.int64),
        np.minimum(kinds.count, np.ceil(target - _NEAR)).astype(np.int64),
        kinds.rows,
        np.maximum(kinds.lower, np.floor(sums + _NEAR)).astype(np.int64),
        np.minimum(kinds.upper, np.ceil(sums - _NEAR)).astype(np.int64),
    )


class QuickSearch:
    """Asks a box again and again for heavy panels; each linear programme starts where the last one ended."""

    def __init__(self, box: Box, seed: int) -> None:
        self._box, self._seed = box, seed
        self._programme, _ = over_box(box.least, box.most, box.rows, box.lower, box.upper)
        many = 2 if len(box.least) > _CORE_MANY else 1
        self._core = max(30, int(_CORE_ROWS * many * len(box.rows)))

    def heavy(self, weights: Values) -> Counts | None:
        """(T,) a panel whose weight is near the greatest; None where the box is empty."""
        self._programme.worth(weights)
        if not self._programme.solve():
            return None
        divided = self._programme.values()
        panel: Counts = np.rint(divided).astype(np.int64)
        undecided = np.abs(divided - panel) > _NEAR
        if not undecided.any():
            return panel
        price = np.abs(self._programme.reduced_costs())
        order = np.argsort(np.where(undecided, -1.0, price), kind="stable")
        size = max(self._core, int(undecided.sum()))
        while (found := self._complete(panel, order[:size], weights)) is None and size < len(order):
            size *= 2
        if found is None:
            return None
        panel[order[:size]] = found
        return panel

    def _complete(self, panel: Counts, core: NDArray[np.intp], weights: Values) -> Counts | None:
        """The counts of the kinds of the core that weigh most beside those that are decided; None where there are none."""
        box = self._box
        settled = np.ones(len(panel), bool)
        settled[core] = False
        sums = box.rows[:, settled] @ panel[settled]
        part = Box(box.least[core], box.most[core], box.rows[:, core], box.lower - sums, box.upper - sums)
        answer = part.heaviest(weights[core], gap=_GAP, seed=self._seed)
        return answer.panel if answer else None
