"""From probabilities to a lottery: panels, each with its chance, that together give every kind what it should have, or as near as can be.

Column generation: a linear programme over the panels that are known finds the lottery with the smallest shortfall; its duals say which panel is
missing most. Panels are looked for near the target, where each count is the target rounded down or up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tracktwo.methods.panel.finder import QuickSearch, face_of
from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.linear import LinearProgramme

REACHED = 1e-9
"""A shortfall below this is none."""
_NONE = 1e-12
"""A chance below this is none."""
_BATCH = 6
"""Panels that are looked for between two lotteries: one by the duals, the others near them, which saves lotteries."""
_FIRST = 60
"""Panels to begin with, at least; half as many as kinds where that is more."""
_AGAIN = 10
"""Known panels in a row after which the first ones are enough."""

Stop = Callable[[], bool]
Progress = Callable[[float], None]
"""Called with the shortfall that is left."""


@dataclass(frozen=True)
class Realised:
    """A lottery over panels of kinds: `panels` (J, T), `chances` (J,) that sum to 1, and the largest shortfall of any kind from the goal."""

    panels: Counts
    chances: Values
    shortfall: float
    known: tuple[Counts, ...]
    """All panels that were found on the way, also those without a chance."""


class Master:
    """The linear programme over the known panels: which chances leave the smallest shortfall from `goal`, for each person of a kind."""

    def __init__(self, kinds: Kinds, goal: Values) -> None:
        self._kinds = kinds
        self._programme = LinearProgramme(maximise=False)
        self._shortfall = self._programme.variable(worth=1)
        self._rows = [self._programme.row(float(wanted), math.inf, [(self._shortfall, 1)]) for wanted in goal]
        self._whole = self._programme.row(1, 1)
        self.panels: list[Counts] = []
        self._known: set[bytes] = set()

    def add(self, panel: Counts) -> bool:
        """Add a panel; False where it is known."""
        name = panel.tobytes()
        if name in self._known:
            return False
        chance = self._programme.variable()
        for kind in np.flatnonzero(panel):
            self._programme.set(self._rows[kind], chance, panel[kind] / self._kinds.count[kind])
        self._programme.set(self._whole, chance, 1)
        self.panels.append(panel.copy())
        self._known.add(name)
        return True

    def solve(self) -> tuple[float, Values]:
        """The smallest shortfall, and the (T,) weight of each kind, by head, of a panel that would lessen it."""
        if not self._programme.solve():
            raise ArithmeticError("the linear programme over panels has no answer")
        weights: Values = self._programme.duals()[self._rows] / self._kinds.count
        return self._programme.best, weights

    def lottery(self) -> Realised:
        panels, chances = with_chances(self.panels, self._programme.values(first=1))
        return Realised(panels, chances, max(self._programme.best, 0.0), tuple(self.panels))


def with_chances(panels: Sequence[Counts], chances: Values) -> tuple[Counts, Values]:
    """Only the panels that have a chance, and the chances so that they sum to 1."""
    used = np.flatnonzero(chances > _NONE)
    shares: Values = chances[used] / chances[used].sum()
    return np.array([panels[int(number)] for number in used]), shares


def realise(
    kinds: Kinds, target: Values, goal: Values, *, seed: int = 0, stop: Stop = lambda: False, progress: Progress = lambda shortfall: None
) -> Realised | None:
    """The lottery over panels near `target` (T,), counts of kinds, that comes nearest to `goal` (T,), probabilities of a person of each kind.

    None where no panel is near the target. The shortfall is 0 up to `REACHED` where the goal is met; else no panel near the target lessens it
    or `stop` said so. Repeats exactly for a seed where nothing stops it.
    """
    chance = np.random.default_rng(seed)
    face = QuickSearch(face_of(kinds, target), seed)
    master = Master(kinds, goal)
    if not _first_panels(kinds, target, face, master, chance, stop):
        return None
    while True:
        shortfall, weights = master.solve()
        progress(max(shortfall, 0.0))
        if shortfall <= REACHED or stop():
            return master.lottery()
        found = False
        for number in range(_BATCH):
            panel = face.heavy(weights if number == 0 else _near(weights, chance))
            if panel is None:
                return master.lottery()
            found = master.add(panel) or found
        if not found:
            return master.lottery()


def _near(weights: Values, chance: np.random.Generator) -> Values:
    size = len(weights)
    moved: Values = weights * chance.uniform(0.5, 1.5, size) + chance.uniform(0, 0.3, size) * weights.mean()
    return moved


def _first_panels(kinds: Kinds, target: Values, face: QuickSearch, master: Master, chance: np.random.Generator, stop: Stop) -> bool:
    """Begin with panels that each make good what those before left short, in units of the kind's own spread. False where there is none."""
    spread = 1 / np.sqrt(np.maximum(target * np.clip(1 - target, 0.05, 1), 1e-3))
    served = np.zeros(len(target))
    again = 0
    for number in range(1, max(_FIRST, len(target) // 2) + 1):
        panel = face.heavy((target * number - served) * spread + chance.normal(0, 1e-3, len(target)))
        if panel is None:
            return False
        served += panel
        again = 0 if master.add(panel) else again + 1
        if again == _AGAIN or stop():
            break
    return True
