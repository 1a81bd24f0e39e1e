"""Why no programme exists: sets of rules that cannot hold together, each as small as it can be, and how little each rule would have to give.

Every rule hangs on an assumption; what the solver needed of them to refute the whole is a first set, and a deletion filter makes it irreducible
(Chinneck and Dravnieks, 1991): without any one of its rules the rest can hold. Several orders of deletion are tried and the shortest set kept.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from tracktwo.methods.programme.build import Build
from tracktwo.methods.programme.relax import relaxation
from tracktwo.methods.programme.rules import Grid, Rule
from tracktwo.methods.programme.words import sentence
from tracktwo.model.timetable import Conflict, RuleSaid

MOST = 3
"""So many conflicts that share no rule are looked for."""
ORDERS = 3
RELAXING = 0.5
"""The solver's deterministic seconds for each question about the whole."""
NOT_ALL = "; that may not be enough for the rest"


@dataclass(frozen=True)
class Found:
    """The conflicts, and whether the search came to its end rather than to that of its time."""

    conflicts: tuple[Conflict, ...]
    finished: bool


@dataclass
class Prober:
    """Asks whether rules can hold together, within an allowance of seconds."""

    build: Build
    seed: int
    seconds: float
    spent: float = 0.0
    unknown: bool = False

    def __post_init__(self) -> None:
        self._by_index = {literal.index: rule for rule, literal in self.build.rules.items()}

    def refuted(self, rules: Collection[Rule]) -> set[Rule] | None:
        """Those of the rules that the solver needed to refute them together; None where they can hold, or where it found neither in time."""
        model = self.build.model
        model.clear_objective()  # type: ignore[no-untyped-call]
        model.clear_assumptions()
        model.add_assumptions([self.build.rules[rule] for rule in self.build.rules if rule in rules])
        solver = self.solver()
        status = solver.solve(model)
        self.spent += solver.wall_time
        self.unknown |= status == cp_model.UNKNOWN
        if status != cp_model.INFEASIBLE:
            return None
        return {self._by_index[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in self._by_index}

    def solver(self) -> cp_model.CpSolver:
        """A solver for one question, with a share of what time is left; presolving is kept short, for it outlasts the refutation."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.symmetry_level = 0
        solver.parameters.max_time_in_seconds = max(0.05, min(self.seconds - self.spent, max(1.0, self.seconds / 5)))
        return solver

    @property
    def out_of_time(self) -> bool:
        return self.spent >= self.seconds


def conflicts_of(grid: Grid, *, seed: int, seconds: float) -> Found:
    """The conflicts of a grid for which no programme exists; none where the search did not even refute it in time."""
    prober = Prober(Build(grid, loose=True), seed, seconds)
    left = list(prober.build.rules)
    everything = set(left)
    found: list[Conflict] = []
    while len(found) < MOST and not prober.out_of_time:
        core = prober.refuted(left)
        if core is None:
            break
        inner = _within(prober, grid, core)
        smallest, proven = _smallest(inner, core, seed)
        found.append(_said(prober, inner, grid, smallest, everything, proven))
        prober.spent, prober.unknown = inner.spent, prober.unknown or inner.unknown
        left = [rule for rule in left if rule not in set(smallest)]
    if not found:
        found += crowded(grid)
    return Found(tuple(found), not prober.unknown and not prober.out_of_time)


def crowded(grid: Grid) -> list[Conflict]:
    """More items than all rooms can hold: a count that a search over rules takes long to see. Not the smallest set, for it names all items."""
    indoors = [item for item in grid.items if item.rooms]
    working = [day for day in grid.spec.days if day.kind == "work"]
    if not indoors:
        return []
    shortest = min(item.minutes for item in indoors)
    room_for = len(grid.spec.rooms) * sum((day.closes - day.opens) // shortest for day in working)
    if len(indoors) <= room_for:
        return []
    told = f"{len(indoors)} items of at least {shortest} minutes need a room, and {len(grid.spec.rooms)} rooms hold at most {room_for} in these hours"
    crowd = RuleSaid(code="capacity", subject=(), sentence=told, relaxation=f"leave {len(indoors) - room_for} out, find rooms, or open longer")
    hours = [Rule("hours", (str(number),), day.line) for number, day in enumerate(grid.spec.days, 1) if day.kind == "work"]
    said = [RuleSaid(code=rule.code, subject=rule.subject, sentence=sentence(rule, grid), line=rule.line) for rule in hours]
    return [Conflict(rules=(crowd, *said), smallest=False)]


def _within(prober: Prober, grid: Grid, core: set[Rule]) -> Prober:
    """Asks the same in a model of those items alone that the core places: nothing forces another one in, so that the answers are the same."""
    named = {rule.subject[0] for rule in core if rule.code == "placed"}
    few = replace(grid, items=tuple(item for item in grid.items if item.id in named))
    inner = Prober(Build(few, loose=True), prober.seed, prober.seconds, prober.spent)
    return inner if core <= set(inner.build.rules) else prober


def _smallest(prober: Prober, core: set[Rule], seed: int) -> tuple[list[Rule], bool]:
    """The shortest irreducible set that some orders of deletion lead to, and whether it is known to be one."""
    place = {rule: number for number, rule in enumerate(prober.build.rules)}
    ordered = sorted(core, key=place.__getitem__)
    orders = [ordered, ordered[::-1], random.Random(seed).sample(ordered, len(ordered))]  # noqa: S311 - no secret hangs on it
    best: list[Rule] | None = None
    for order in orders[:ORDERS]:
        if best is not None and prober.out_of_time:
            break
        before = prober.unknown
        prober.unknown = False
        kept = _filtered(prober, order)
        sure = not prober.unknown and not prober.out_of_time
        prober.unknown |= before
        if sure and (best is None or len(kept) < len(best)):
            best = kept
        elif best is None and not sure:
            return sorted(kept, key=place.__getitem__), False
    assert best is not None
    return sorted(best, key=place.__getitem__), True


def _filtered(prober: Prober, order: Sequence[Rule]) -> list[Rule]:
    """Take rules away one after another, and leave out for good each without which the others still cannot hold."""
    kept = list(order)
    for rule in order:
        if rule not in kept or prober.out_of_time:
            continue
        without = [other for other in kept if other != rule]
        needed = prober.refuted(without)
        if needed is not None:
            kept = [other for other in without if other in needed]
    return kept


def _said(whole: Prober, inner: Prober, grid: Grid, rules: Sequence[Rule], everything: set[Rule], proven: bool) -> Conflict:
    items = {item.id for item in grid.items}
    among = frozenset(name for rule in rules for name in rule.subject if name in items)
    told = []
    for rule in rules:
        least = None if inner.out_of_time else _relaxed(whole, inner, rule, rules, everything)
        line = rule.line
        told.append(RuleSaid(code=rule.code, subject=rule.subject, sentence=sentence(rule, grid, among), line=line, relaxation=least))
    return Conflict(rules=tuple(told), smallest=proven)


def _relaxed(whole: Prober, inner: Prober, rule: Rule, rules: Sequence[Rule], everything: set[Rule]) -> str | None:
    """What the rule must give that all others can hold; where that takes long to say or they cannot, that those of its conflict can."""
    solver = whole.solver()
    solver.parameters.max_deterministic_time = RELAXING
    told = relaxation(whole.build, rule, everything, solver)
    inner.spent += solver.wall_time
    if told is not None:
        return told
    solver = inner.solver()
    told = relaxation(inner.build, rule, rules, solver)
    inner.spent += solver.wall_time
    return None if told is None else told + NOT_ALL
