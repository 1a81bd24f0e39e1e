"""Rules that no panel keeps: the smallest set of them that conflict, and the least by which they would have to give way.

The smallest set is found by hitting sets (Ignatiev, Previti, Liffiton, Marques-Silva, Smallest MUS extraction with minimal hitting set dualization,
CP 2015): a set that meets every way of making the rules possible, and is impossible itself, is as small as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from tracktwo.methods.panel.clash import Bound, Clash
from tracktwo.methods.panel.kinds import Kinds
from tracktwo.methods.panel.rules import AtMostOne

_STEPS = 400
"""Hitting sets to try before a set that is small but perhaps not the smallest will do."""
_SEATS, _SEAT_OF_FEW = 1000, 500
"""The price of a seat by which a quota gives way, and what is added, divided by the quota, where a minimum sinks: few have more to lose."""
_LAST = 1_000_000
"""The price of a rule that is no quota: it gives way only where quotas alone do not help."""


@dataclass(frozen=True)
class _Rule:
    """One bound that may be left out: row of the kinds, and which end of it; or a kind that has to be there."""

    row: int | None
    end: Bound
    kind: int | None = None


def explain(kinds: Kinds) -> tuple[Clash, ...]:
    """The smallest set of rules that conflict, then other rules that have to give way too. Empty where a panel keeps them all."""
    bounds = tuple(_bounds(kinds))
    if _panel(kinds, bounds):
        return ()
    smallest = _smallest(kinds, bounds)
    too_few_people = {rule.end for rule in smallest} == {"size"}
    given_way = _least_relaxation(kinds, bounds, size_first=too_few_people)
    listed = [*sorted(smallest, key=bounds.index), *(rule for rule in bounds if rule in given_way and rule not in smallest)]
    return tuple(_clash(kinds, rule, given_way.get(rule), rule in smallest) for rule in listed)


def _bounds(kinds: Kinds) -> Iterable[_Rule]:
    for row, label in enumerate(kinds.labels):
        if label is None:
            yield _Rule(row, "size")
        elif isinstance(label, AtMostOne):
            yield _Rule(row, "apart")
        else:
            if kinds.lower[row] > 0:
                yield _Rule(row, "min")
            if kinds.upper[row] < (kinds.rows[row] * kinds.count).sum():
                yield _Rule(row, "max")
    for kind, least in enumerate(kinds.least):
        if least:
            yield _Rule(None, "must", kind)


class _Model:
    """Counts of kinds under some rules; a rule may be softened by a number of seats."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self.model = cp_model.CpModel()
        self.counts = [self.model.new_int_var(0, int(count), "") for count in kinds.count]

    def keep(self, rule: _Rule, slack: cp_model.IntVar | int = 0) -> None:
        kinds = self.kinds
        if rule.kind is not None:
            self.model.add(self.counts[rule.kind] + slack >= int(kinds.least[rule.kind]))
            return
        assert rule.row is not None
        total = cp_model.LinearExpr.sum([count for count, on in zip(self.counts, kinds.rows[rule.row], strict=True) if on])
        if rule.end in ("min", "size"):
            self.model.add(total + slack >= int(kinds.lower[rule.row]))
        if rule.end in ("max", "apart"):
            self.model.add(total - slack <= int(kinds.upper[rule.row]))
        if rule.end == "size":
            self.model.add(total <= int(kinds.upper[rule.row]))

    def solve(self) -> cp_model.CpSolver | None:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        return solver if solver.solve(self.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def _panel(kinds: Kinds, rules: Iterable[_Rule]) -> list[int] | None:
    """A panel under these rules alone."""
    model = _Model(kinds)
    for rule in rules:
        model.keep(rule)
    solver = model.solve()
    return [solver.value(count) for count in model.counts] if solver else None


def _smallest(kinds: Kinds, rules: Sequence[_Rule]) -> frozenset[_Rule]:
    """A smallest set of rules that no panel keeps together."""
    ways_out: list[frozenset[_Rule]] = []
    for _ in range(_STEPS):
        chosen = _hitting(rules, ways_out)
        panel = _panel(kinds, chosen)
        if panel is None:
            return frozenset(chosen)
        kept = set(_kept(kinds, rules, panel)) | set(chosen)
        for rule in rules:  # as many rules as possible beside these: what is left over is a way out
            if rule not in kept and (wider := _panel(kinds, [*kept, rule])) is not None:
                kept |= {rule, *_kept(kinds, rules, wider)}
        ways_out.append(frozenset(rules) - frozenset(kept))
    return _thinned(kinds, rules)


def _kept(kinds: Kinds, rules: Sequence[_Rule], panel: Sequence[int]) -> list[_Rule]:
    """The rules that a panel keeps."""
    found = []
    for rule in rules:
        if rule.kind is not None:
            holds = panel[rule.kind] >= kinds.least[rule.kind]
        else:
            assert rule.row is not None
            total = int(kinds.rows[rule.row] @ panel)
            low, high = total >= kinds.lower[rule.row], total <= kinds.upper[rule.row]
            holds = (low and high) if rule.end == "size" else low if rule.end == "min" else high
        if holds:
            found.append(rule)
    return found


def _hitting(rules: Sequence[_Rule], ways_out: Sequence[frozenset[_Rule]]) -> list[_Rule]:
    """As few rules as possible with one in each way out."""
    model = cp_model.CpModel()
    chosen = {rule: model.new_bool_var("") for rule in rules}
    for way in ways_out:
        model.add_bool_or([chosen[rule] for rule in rules if rule in way])
    model.minimize(cp_model.LinearExpr.sum(list(chosen.values())))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return [rule for rule, variable in chosen.items() if solver.value(variable)]


def _thinned(kinds: Kinds, rules: Sequence[_Rule]) -> frozenset[_Rule]:
    """A set of rules that conflict of which none can be left out: rule after rule is tried away."""
    left = list(rules)
    for rule in rules:
        rest = [other for other in left if other != rule]
        if _panel(kinds, rest) is None:
            left = rest
    return frozenset(left)


def _least_relaxation(kinds: Kinds, rules: Sequence[_Rule], *, size_first: bool) -> dict[_Rule, int]:
    """Rule → by how many seats it gives way, cheapest in all; a rule that is no quota only where it must.

    With `size_first` the size gives way before any quota does.
    """
    model = _Model(kinds)
    slacks = {}
    prices = []
    for rule in rules:
        slacks[rule] = slack = model.model.new_int_var(0, int(kinds.count.sum()), "")
        model.keep(rule, slack)
        prices.append((1 if size_first and rule.end == "size" else _price(kinds, rule)) * slack)
    model.model.minimize(cp_model.LinearExpr.sum(prices))
    solver = model.solve()
    assert solver is not None, "with every rule soft the empty panel is left"
    return {rule: solver.value(slack) for rule, slack in slacks.items() if solver.value(slack)}


def _price(kinds: Kinds, rule: _Rule) -> int:
    if rule.end == "min" and rule.row is not None:
        return _SEATS + _SEAT_OF_FEW // max(int(kinds.lower[rule.row]), 1)
    return _SEATS if rule.end == "max" else _LAST


def _clash(kinds: Kinds, rule: _Rule, slack: int | None, in_conflict: bool) -> Clash:
    moved = slack or 0
    if rule.kind is not None:
        now = int(kinds.least[rule.kind])
        return Clash("must", ", ".join(kinds.members[rule.kind]), "must", now, now - moved, in_conflict)
    assert rule.row is not None
    label = kinds.labels[rule.row]
    lower, upper = int(kinds.lower[rule.row]), int(kinds.upper[rule.row])
    if label is None:
        return Clash("size", "", "size", lower, lower - moved, in_conflict)
    if isinstance(label, AtMostOne):
        return Clash(label.why, " and ".join(sorted(label.people)), "apart", upper, upper + moved, in_conflict)
    if rule.end == "min":
        return Clash(label.category, label.value, "min", lower, lower - moved, in_conflict)
    return Clash(label.category, label.value, "max", upper, upper + moved, in_conflict)
