"""The leximin over real panels, stage by stage, where the relaxed one cannot be reached: slower, exact, and proven by search.

Column generation after Flanigan et al. (2021): a linear programme over known panels, and an exact search for a panel that would improve it.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp

from tracktwo.methods.panel.finder import QuickSearch, box_of
from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.realise import Progress, Realised, Stop
from tracktwo.methods.panel.relaxed import Level, new_solver, solved

_PROVEN = 1e-7
"""A level is proven when no panel could raise it by more than this."""
_TIGHT = 1e-9


class _Stages:
    """Maximise z over lotteries of known panels, where everybody not yet held has at least z and everybody else at least his level."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._solver = new_solver()
        self._z = self._solver.NumVar(0, 1, "")
        self._rows = [self._solver.Constraint(0, self._solver.infinity()) for _ in kinds.members]
        for row in self._rows:
            row.SetCoefficient(self._z, -1)
        self._whole = self._solver.Constraint(1, 1)
        self._solver.Objective().SetCoefficient(self._z, 1)
        self._solver.Objective().SetMaximization()
        self._chances: list[pywraplp.Variable] = []
        self.panels: dict[bytes, Counts] = {}

    def add(self, panel: Counts) -> bool:
        if panel.tobytes() in self.panels:
            return False
        chance = self._solver.NumVar(0, self._solver.infinity(), "")
        for kind in np.flatnonzero(panel):
            self._rows[kind].SetCoefficient(chance, float(panel[kind] / self._kinds.count[kind]))
        self._whole.SetCoefficient(chance, 1)
        self._chances.append(chance)
        self.panels[panel.tobytes()] = panel
        return True

    def solve(self) -> tuple[float, Values, float]:
        """z, the (T,) dual of each kind's row, and that of the whole."""
        if not solved(self._solver):
            raise ArithmeticError("the linear programme over panels has no answer")
        return self._z.solution_value(), np.maximum([-row.dual_value() for row in self._rows], 0), self._whole.dual_value()

    def hold(self, kind: int, level: float) -> None:
        self._rows[kind].SetCoefficient(self._z, 0)
        self._rows[kind].SetLb(level - 1e-10)

    def lottery(self) -> tuple[Counts, Values]:
        chances = np.maximum([chance.solution_value() for chance in self._chances], 0)
        used = np.flatnonzero(chances > 1e-12)
        panels = list(self.panels.values())
        return np.array([panels[number] for number in used]), chances[used] / chances[used].sum()


def staged_leximin(
    kinds: Kinds,
    known: tuple[Counts, ...],
    *,
    first_only: bool = False,
    seed: int = 0,
    stop: Stop = lambda: False,
    progress: Progress = lambda gap: None,
) -> tuple[Realised, tuple[Level, ...]]:
    """The leximin lottery and its levels, beginning with panels that are `known`, of which there is at least one.

    With `first_only` the first level alone is raised: the largest smallest probability. The shortfall is by how much the level at work, at most,
    could still be raised: `_PROVEN` or less unless `stop` said so.
    """
    stages = _Stages(kinds)
    for panel in known:
        stages.add(panel)
    quick, every = QuickSearch(box_of(kinds), seed), box_of(kinds)
    open_kinds = set(range(len(kinds.members)))
    levels: list[Level] = []
    gap = 0.0
    while open_kinds and not (first_only and levels):
        while True:
            z, weights, whole = stages.solve()
            by_head = weights / kinds.count
            lighter = quick.heavy(by_head)
            if lighter is not None and by_head @ lighter > whole + _PROVEN and stages.add(lighter):
                if stop():
                    gap = 1.0
                    break
                continue
            answer = every.heaviest(by_head, seed=seed)
            assert answer is not None, "a panel is known"
            gap = max(answer.bound - whole, 0.0)
            progress(gap)
            if gap <= _PROVEN or not stages.add(answer.panel) or stop():
                break
        held = tuple(kind for kind in sorted(open_kinds) if weights[kind] > _TIGHT) or tuple(sorted(open_kinds))
        levels.append(Level(z, held, weights, None))
        panels, chances = stages.lottery()
        for kind in held:
            stages.hold(kind, z)
        open_kinds -= set(held)
        if gap > _PROVEN:
            break
    return Realised(panels, chances, gap, tuple(stages.panels.values())), tuple(levels)
