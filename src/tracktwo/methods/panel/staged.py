"""The leximin over real panels, stage by stage, where the relaxed one cannot be reached: slower, exact, and proven by search.

Column generation after Flanigan et al. (2021): a linear programme over known panels, and an exact search for a panel that would improve it.
"""

from __future__ import annotations

import math

import numpy as np

from tracktwo.methods.panel.finder import QuickSearch, box_of
from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.linear import LinearProgramme
from tracktwo.methods.panel.realise import Progress, Realised, Stop, with_chances
from tracktwo.methods.panel.relaxed import Level

_PROVEN = 1e-7
"""A level is proven when no panel could raise it by more than this."""
_TIGHT = 1e-9
_SLACK = 1e-10
"""By how much a level that is held may give, so that rounding does not make the next stage impossible."""


class _Stages:
    """Maximise z over lotteries of known panels, where everybody not yet held has at least z and everybody else at least his level."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._programme = LinearProgramme(maximise=True)
        self._z = self._programme.variable(0, 1, worth=1)
        self._rows = [self._programme.row(0, math.inf, [(self._z, -1)]) for _ in kinds.members]
        self._whole = self._programme.row(1, 1)
        self.panels: dict[bytes, Counts] = {}

    def add(self, panel: Counts) -> bool:
        if panel.tobytes() in self.panels:
            return False
        chance = self._programme.variable()
        for kind in np.flatnonzero(panel):
            self._programme.set(self._rows[kind], chance, panel[kind] / self._kinds.count[kind])
        self._programme.set(self._whole, chance, 1)
        self.panels[panel.tobytes()] = panel
        return True

    def solve(self) -> tuple[float, Values, float]:
        """z, the (T,) dual of each kind's row, and that of the whole."""
        if not self._programme.solve():
            raise ArithmeticError("the linear programme over panels has no answer")
        duals = self._programme.duals()
        return self._programme.best, np.maximum(-duals[self._rows], 0), float(duals[self._whole])

    def hold(self, kind: int, level: float) -> None:
        self._programme.set(self._rows[kind], self._z, 0)
        self._programme.at_least(self._rows[kind], level - _SLACK)

    def lottery(self) -> tuple[Counts, Values]:
        return with_chances(list(self.panels.values()), self._programme.values(first=1))


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
        levels.append(Level(z, held, by_head, None))
        panels, chances = stages.lottery()
        for kind in held:
            stages.hold(kind, z)
        open_kinds -= set(held)
        if gap > _PROVEN:
            break
    return Realised(panels, chances, gap, tuple(stages.panels.values())), tuple(levels)
