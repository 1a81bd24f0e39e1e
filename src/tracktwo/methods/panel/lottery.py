"""A fair lottery over panels, its certificate, and the draw that anybody can repeat from a seed.

`leximin` gives the least lucky the best chance there can be, then the next, and so on; `maximin` only the least lucky; `nash` the greatest product of
everybody's chances. Peers: Flanigan, Gölz, Gupta, Hennig, Procaccia (Nature 596, 2021).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import gcd
from typing import Literal

import numpy as np

from tracktwo.methods.panel.clash import Impossible
from tracktwo.methods.panel.finder import box_of
from tracktwo.methods.panel.kinds import Counts, Kinds, Values, kinds_of
from tracktwo.methods.panel.nash import relaxed_nash, staged_nash
from tracktwo.methods.panel.realise import Progress, Realised, Stop, realise
from tracktwo.methods.panel.relaxed import Infeasible, Level, relaxed_leximin
from tracktwo.methods.panel.rules import Candidate, Rules
from tracktwo.methods.panel.staged import staged_leximin

Fairness = Literal["leximin", "maximin", "nash"]
CERTIFIED = 1e-6
"""A lottery that comes this near to what is best in theory is certified."""
_NOBODY = 1e-9


@dataclass(frozen=True)
class Ticket:
    """A panel and its chance."""

    people: tuple[str, ...]
    chance: float


@dataclass(frozen=True)
class Certificate:
    """Why no lottery is fairer. Each level is proven by duals of a linear programme over divided people, or by a search over all panels.

    `max_shortfall` is the most that anybody's probability falls short of the proven bound; for `nash`, `welfare_gap` is the most by which the mean
    logarithm of the probabilities could be greater.
    """

    levels: tuple[Level, ...]
    max_shortfall: float
    welfare_gap: float | None = None

    @property
    def holds(self) -> bool:
        return self.max_shortfall <= CERTIFIED


@dataclass(frozen=True)
class Lottery:
    """Tickets in the order of their people, and the probability of everybody in the pool."""

    fairness: Fairness
    tickets: tuple[Ticket, ...]
    probabilities: Mapping[str, float]
    certificate: Certificate
    kinds: Kinds

    @property
    def min_probability(self) -> float:
        return min(self.probabilities.values())

    @property
    def gini(self) -> float:
        """The Gini coefficient of the probabilities: 0 where all are alike."""
        ordered = np.sort(list(self.probabilities.values()))
        size = len(ordered)
        return float((2 * np.arange(1, size + 1) - size - 1) @ ordered / (size * ordered.sum()))

    def draw(self, seed: str) -> tuple[str, ...]:
        """The panel that a seed draws: SHA-256 of the seed, read as a number from 0 to 1, laid along the tickets in their order."""
        mark = int.from_bytes(hashlib.sha256(seed.encode()).digest()) / 2**256
        passed = 0.0
        for ticket in self.tickets:
            passed += ticket.chance
            if mark < passed:
                return ticket.people
        return self.tickets[-1].people


def fair_lottery(
    candidates: Sequence[Candidate],
    rules: Rules,
    fairness: Fairness = "leximin",
    *,
    seed: int = 0,
    stop: Stop = lambda: False,
    progress: Progress = lambda shortfall: None,
) -> Lottery:
    """The fairest lottery over the panels that keep the rules.

    Repeats exactly for a seed, which only steers the search: the probabilities of a leximin are the same for every seed. `stop` is asked between
    steps; when it says so, the best lottery so far comes back and its certificate says how far it is from the best. Raises ValueError for rules
    that speak of nobody, and Impossible, with the smallest set of rules that conflict, where no panel keeps them.
    """
    rules.check(candidates)
    kinds = kinds_of(candidates, rules)
    gap = None
    try:
        target, levels = relaxed_leximin(kinds)
        if fairness == "nash":
            target, gap = relaxed_nash(kinds, target > _NOBODY)
    except Infeasible:  # or a linear programme on which the solver stumbled, where a search over panels does not
        exact, proven, gap = _by_stages(kinds, fairness, None, seed, stop, progress)
        return _lottery(fairness, kinds, exact, Certificate(proven, exact.shortfall, gap))
    goal = np.full(len(target), levels[0].probability) if fairness == "maximin" else target
    found = realise(kinds, target * kinds.count, goal, seed=seed, stop=stop, progress=progress)
    if fairness == "maximin":
        levels = levels[:1]
    if found is None or (found.shortfall > CERTIFIED and not stop()):
        found, levels, gap = _by_stages(kinds, fairness, found, seed, stop, progress)
    return _lottery(fairness, kinds, found, Certificate(levels if fairness != "nash" else (), found.shortfall, gap))


def _impossible(kinds: Kinds) -> Impossible:
    from tracktwo.methods.panel.conflict import explain  # its solver takes half a second to load, which a possible panel may not need

    return Impossible(explain(kinds))


def _by_stages(
    kinds: Kinds,
    fairness: Fairness,
    found: Realised | None,
    seed: int,
    stop: Stop,
    progress: Progress,
) -> tuple[Realised, tuple[Level, ...], float | None]:
    """Where real panels cannot reach what divided people could."""
    known = found.known if found else ()
    if not known:
        any_panel = box_of(kinds).heaviest(np.zeros(len(kinds.count)), seed=seed)
        if any_panel is None:
            raise _impossible(kinds)
        known = (any_panel.panel,)
    exact, proven = staged_leximin(kinds, known, first_only=fairness == "maximin", seed=seed, stop=stop, progress=progress)
    if fairness != "nash":
        return exact, proven, None
    welfare, gap = staged_nash(kinds, exact.known, seed=seed, stop=stop, progress=progress)
    return welfare, (), gap


def _lottery(fairness: Fairness, kinds: Kinds, found: Realised, certificate: Certificate) -> Lottery:
    by_people: dict[tuple[str, ...], float] = {}
    for panel, chance in zip(found.panels, found.chances.tolist(), strict=True):
        for people, share in spread(kinds, panel):
            by_people[people] = by_people.get(people, 0.0) + chance * share
    shares: Values = found.chances @ found.panels / kinds.count
    probabilities = {key: float(share) for members, share in zip(kinds.members, shares, strict=True) for key in members}
    tickets = tuple(Ticket(people, chance) for people, chance in sorted(by_people.items()))
    return Lottery(fairness, tickets, dict(sorted(probabilities.items())), certificate, kinds)


def spread(kinds: Kinds, panel: Counts) -> list[tuple[tuple[str, ...], float]]:
    """Panels of people and their shares of 1 that give everybody of a kind the same share of the kind's seats.

    Of n people for x seats, windows of x people in a row, each beginning where the last one ended, come round after n / gcd(n, x); the panels change
    wherever a window of some kind does.
    """
    turning = []
    always: list[str] = []
    for members, seats in zip(kinds.members, panel.tolist(), strict=True):
        if seats == len(members):
            always += members
        elif seats:
            turning.append((members, seats, len(members) // gcd(len(members), seats)))
    marks = sorted({(number / windows) for _, _, windows in turning for number in range(windows)} | {0.0, 1.0})
    found = []
    for begin, end in pairwise(marks):
        people = list(always)
        for members, seats, windows in turning:
            first = int((begin + end) / 2 * windows) * seats
            people += [members[(first + place) % len(members)] for place in range(seats)]
        found.append((tuple(sorted(people)), end - begin))
    return found


def commitment(candidates: Sequence[Candidate], rules: Rules, nonce: str) -> str:
    """SHA-256, in hexadecimal, over a nonce, the pool and the rules in canonical JSON: it binds a convenor to a pool without telling it.

    The nonce, at least 128 random bits kept in the team's room, keeps anybody from trying out pools.
    """
    pool = [[one.key, sorted((trait, sorted(values)) for trait, values in one.traits.items())] for one in sorted(candidates, key=lambda one: one.key)]
    kept = [
        rules.size,
        [[list(map(list, quota.where)), quota.minimum, quota.maximum] for quota in rules.quotas],
        [sorted(rule.people) for rule in rules.at_most_one],
        sorted(rules.must),
    ]
    return hashlib.sha256(json.dumps([nonce, pool, kept], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
