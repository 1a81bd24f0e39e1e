"""Nash welfare: the lottery with the greatest product of everybody's probabilities, over divided people first.

The logarithm is bounded from above by its tangents, a few at first and one more for each person where the last answer lies: a linear programme
each time, whose answer is an upper bound (Kelley, The cutting-plane method for solving convex programs, 1960).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tracktwo.methods.panel.finder import QuickSearch, box_of
from tracktwo.methods.panel.kinds import Counts, Kinds, Values
from tracktwo.methods.panel.linear import LinearProgramme
from tracktwo.methods.panel.realise import Progress, Realised, Stop, with_chances
from tracktwo.methods.panel.relaxed import Infeasible, over_kinds

_FIRST = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
_CLOSE = 2e-9
"""The mean logarithm is this near its bound."""
_CLOSE_ENOUGH = 1e-5
"""The same over real panels, where each step costs a search."""
_ROUNDS = 60


def relaxed_nash(kinds: Kinds, able: NDArray[np.bool_]) -> tuple[Values, float]:
    """(T,) the probability of a person of each kind, and by how much the mean logarithm could be greater at most.

    `able` (T,) are the kinds that can have any probability at all; the others have none and count for nothing. Raises Infeasible.
    """
    programme, _ = over_kinds(kinds)
    people = float(kinds.count[able].sum())
    logs = {int(kind): programme.variable(-math.inf, 0, worth=float(kinds.count[kind] / people)) for kind in np.flatnonzero(able)}
    for kind, log in logs.items():
        for at in _FIRST:
            _tangent(programme, kind, log, float(kinds.count[kind]), at)
    best, gap, bound = np.zeros(len(kinds.members)), math.inf, math.inf
    for _ in range(_ROUNDS):
        if not programme.solve():
            raise Infeasible
        bound = min(bound, programme.best)
        found = programme.values()[: len(best)] / kinds.count
        reached = float(kinds.count[able] @ np.log(np.maximum(found[able], 1e-12)) / people)
        if bound - reached < gap:
            best, gap = found, max(bound - reached, 0.0)
        if gap <= _CLOSE:
            break
        for kind, log in logs.items():
            _tangent(programme, kind, log, float(kinds.count[kind]), max(float(found[kind]), 1e-6))
    return best, gap


def staged_nash(
    kinds: Kinds, known: tuple[Counts, ...], *, seed: int = 0, stop: Stop = lambda: False, progress: Progress = lambda gap: None
) -> tuple[Realised, float]:
    """The lottery over real panels with the greatest product, and by how much the mean logarithm could be greater at most.

    For where divided people could have what no lottery gives them. `known` are panels that give everybody a seat who can have one at all.
    The shortfall is 0: there is no goal.
    """
    box, quick = box_of(kinds), QuickSearch(box_of(kinds), seed)
    able = np.any(np.array(known) > 0, axis=0)
    people = float(kinds.count[able].sum())
    programme = LinearProgramme(maximise=True)
    shares = {int(kind): programme.variable() for kind in np.flatnonzero(able)}
    logs = {kind: programme.variable(-math.inf, 0, worth=float(kinds.count[kind] / people)) for kind in shares}
    links = {kind: programme.row(0, 0, [(share, -1)]) for kind, share in shares.items()}
    whole = programme.row(1, 1)
    for kind, log in logs.items():
        for at in _FIRST:
            _tangent(programme, shares[kind], log, float(kinds.count[kind]), at)
    panels: dict[bytes, Counts] = {}

    def add(panel: Counts) -> bool:
        if panel.tobytes() in panels:
            return False
        chance = programme.variable()
        for kind in np.flatnonzero(panel):
            programme.set(links[int(kind)], chance, float(panel[kind]))
        programme.set(whole, chance, 1)
        panels[panel.tobytes()] = panel
        return True

    for panel in known:
        add(panel)
    first = len(shares) + len(logs)
    best, left = None, math.inf
    for _ in range(_ROUNDS * 5):
        if not programme.solve():
            raise ArithmeticError("the linear programme over panels has no answer")
        chosen, chances = with_chances(list(panels.values()), programme.values(first=first))
        found = chances @ chosen / kinds.count
        slopes = np.where(able, 1 / np.maximum(found, 1e-9), 0.0)
        answer = box.heaviest(slopes, seed=seed)
        assert answer is not None, "a panel is known"
        gap = max(answer.bound / people - 1, 0.0)
        if gap < left:
            best, left = (chosen, chances), gap
        progress(left)
        if left <= _CLOSE_ENOUGH or stop():
            break
        add(answer.panel)
        duals = programme.duals()
        weights = np.zeros(len(kinds.count))
        weights[list(links)] = -duals[list(links.values())]
        if (lighter := quick.heavy(weights)) is not None:
            add(lighter)
        for kind, log in logs.items():
            _tangent(programme, shares[kind], log, float(kinds.count[kind]), max(float(found[kind]), 1e-6))
    assert best is not None
    return Realised(*best, 0.0, tuple(panels.values())), left


def _tangent(programme: LinearProgramme, share: int, log: int, count: float, at: float) -> None:
    """log <= ln(at) + (share / count - at) / at."""
    programme.row(-math.inf, math.log(at) - 1, [(log, 1), (share, -1 / (count * at))])
