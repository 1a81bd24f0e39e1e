"""The panel that fits best: no chance, and every choice explained by what would be lost without it.

Panels that keep the rules are compared by reasons in a fixed order, each deciding before the next: competences that nobody brings, distance from
balance, people who have not said that they would come, influence, and how few are new. There is no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from ortools.sat.python import cp_model

from tracktwo.methods.panel.clash import Clash, Impossible
from tracktwo.methods.panel.conflict import explain
from tracktwo.methods.panel.kinds import kinds_of
from tracktwo.methods.panel.rules import Candidate, Quota, Rules

Ground = Literal["competences", "balance", "unsure", "influence", "newcomers", "order"]
GROUNDS: tuple[Ground, ...] = ("competences", "balance", "unsure", "influence", "newcomers", "order")
"""By what panels are compared, the first before the next; the order of the keys decides last, so that the answer is always the same."""


@dataclass(frozen=True)
class Fitness:
    """What a panel is wanted for, beside its rules."""

    competences: frozenset[str] = frozenset()
    """Each is to be brought by somebody."""
    brings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key → the competences of a person."""
    balanced: tuple[Quota, ...] = ()
    """Counts that should come near the middle of their range: the distance from it, rounded against the panel, counts."""
    influence: Mapping[str, int] = field(default_factory=dict)
    """Key → 0 to 10, from the team's own judgement: it stays in the team's room."""
    unsure: frozenset[str] = frozenset()
    """Who has not said that he would come."""
    before: frozenset[str] = frozenset()
    """Who sat on the panel before: the fewer are new the better, where all else is equal."""
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key → people without whom the person does not come."""


@dataclass(frozen=True)
class Standing:
    """How a panel stands on one ground: `cost` compares it with others, 0 or less is better; `what` names competences, counts or people."""

    ground: Ground
    cost: int
    what: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """People in the order of their keys, and how the panel stands on every ground."""

    people: tuple[str, ...]
    standing: tuple[Standing, ...]

    @property
    def order(self) -> tuple[int, ...]:
        return tuple(one.cost for one in self.standing)


def best_fit(
    candidates: Sequence[Candidate],
    rules: Rules,
    fitness: Fitness,
    *,
    staying: Set[str] = frozenset(),
    without: Set[str] = frozenset(),
    least_change_from: Set[str] = frozenset(),
) -> Fit:
    """The best panel, proven by search.

    `staying` sit on it in any case, nobody of `without` does; with `least_change_from` as few of these as possible lose their seat, before anything
    else is compared. Raises ValueError for rules that speak of nobody, and Impossible with the smallest set of rules that conflict.
    """
    rules.check(candidates)
    pool = [one for one in candidates if one.key not in without]
    search = _Search(pool, replace(rules, must=rules.must | staying), fitness)
    if least_change_from:
        gone = [seat.Not() for key, seat in search.seats.items() if key in least_change_from]
        if gone:
            search.settle(cp_model.LinearExpr.sum(gone))
    for ground in GROUNDS:
        search.settle(search.cost(ground))
    people = frozenset(key for key, seat in search.seats.items() if search.solver.value(seat))
    return Fit(tuple(sorted(people)), standing(pool, fitness, people))


def standing(candidates: Sequence[Candidate], fitness: Fitness, people: Set[str]) -> tuple[Standing, ...]:
    """How a set of people stands on every ground but the last, counted without any search."""
    panel = [one for one in candidates if one.key in people]
    brought = frozenset().union(*(fitness.brings.get(one.key, frozenset()) for one in panel)) if panel else frozenset()
    missing = tuple(sorted(fitness.competences - brought))
    leaning = []
    off = 0
    for quota in fitness.balanced:
        twice = abs(2 * sum(one.has(quota.where) for one in panel) - quota.minimum - quota.maximum)
        off += twice
        if twice > (quota.minimum + quota.maximum) % 2:
            leaning.append(quota.value)
    unsure = tuple(sorted(people & fitness.unsure))
    newcomers = tuple(sorted(people - fitness.before)) if fitness.before else ()
    influence = sum(fitness.influence.get(key, 0) for key in people)
    return (
        Standing("competences", len(missing), missing),
        Standing("balance", off, tuple(leaning)),
        Standing("unsure", len(unsure), unsure),
        Standing("influence", -influence, ()),
        Standing("newcomers", len(newcomers), newcomers),
    )


@dataclass(frozen=True)
class WhyNot:
    """What a panel would lose on the first ground that differs if somebody sat on it, or did not; None where it would only be another equal one."""

    person: str
    instead_of: tuple[str, ...]
    ground: Ground | None
    now: Standing | None
    then: Standing | None
    impossible: tuple[str, ...] = ()
    """The rules, in words, that no panel with the person keeps."""


def why_not(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, fit: Fit, person: str) -> WhyNot:
    """Compare the best panel with the best one that has `person` on it, or, where he sits on it, with the best one without him."""
    try:
        if person in fit.people:
            other = best_fit(candidates, rules, fitness, without={person})
        else:
            other = best_fit(candidates, rules, fitness, staying={person})
    except Impossible as impossible:
        return WhyNot(person, (), None, None, None, tuple(clash.sentence for clash in impossible.conflict))
    changed = tuple(sorted(set(fit.people) - set(other.people) - {person})) or tuple(sorted(set(other.people) - set(fit.people) - {person}))
    for now, then in zip(fit.standing, other.standing, strict=True):
        if now.cost != then.cost:
            return WhyNot(person, changed, now.ground, now, then)
    return WhyNot(person, changed, None, None, None)


class _Search:
    """One model; each ground is minimised in turn and then held."""

    def __init__(self, candidates: Sequence[Candidate], rules: Rules, fitness: Fitness) -> None:
        self._fitness = fitness
        self.model = cp_model.CpModel()
        self._pool = sorted(candidates, key=lambda one: one.key)
        self.seats = {one.key: self.model.new_bool_var(one.key) for one in self._pool}
        self._keep(rules)
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        if rules.must - self.seats.keys() or self.solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise Impossible(_conflict(self._pool, rules, fitness))

    def _keep(self, rules: Rules) -> None:
        seats = self.seats
        self.model.add(cp_model.LinearExpr.sum(list(seats.values())) == rules.size)
        for quota in rules.quotas:
            self.model.add_linear_constraint(self._count(quota), quota.minimum, quota.maximum)
        for rule in rules.at_most_one:
            self.model.add_at_most_one([seats[key] for key in sorted(rule.people) if key in seats])
        for key in rules.must & seats.keys():
            self.model.add(seats[key] == 1)
        for key, needed in self._fitness.needs.items():
            for other in needed if key in seats else ():
                self.model.add(seats[key] <= seats.get(other, 0))

    def _count(self, quota: Quota) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.sum([self.seats[one.key] for one in self._pool if one.has(quota.where)])

    def settle(self, cost: cp_model.LinearExprT) -> None:
        """Minimise a cost and hold it at that."""
        self.model.minimize(cost)
        if self.solver.solve(self.model) != cp_model.OPTIMAL:
            raise ArithmeticError("a panel that is possible was lost in the search")
        self.model.add(cost <= round(self.solver.objective_value))
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for seat in self.seats.values():
            self.model.add_hint(seat, self.solver.value(seat))

    def cost(self, ground: Ground) -> cp_model.LinearExprT:
        fitness, seats = self._fitness, self.seats
        if ground == "competences":
            return cp_model.LinearExpr.sum([self._missing(competence) for competence in sorted(fitness.competences)])
        if ground == "balance":
            return cp_model.LinearExpr.sum([self._distance(quota) for quota in fitness.balanced])
        if ground == "unsure":
            return cp_model.LinearExpr.sum([seat for key, seat in seats.items() if key in fitness.unsure])
        if ground == "influence":
            return cp_model.LinearExpr.weighted_sum(list(seats.values()), [-fitness.influence.get(key, 0) for key in seats])
        if ground == "newcomers":
            return cp_model.LinearExpr.sum([seat for key, seat in seats.items() if fitness.before and key not in fitness.before])
        return cp_model.LinearExpr.weighted_sum(list(seats.values()), list(range(len(seats))))

    def _missing(self, competence: str) -> cp_model.IntVar:
        missing = self.model.new_bool_var("")
        self.model.add_bool_or([missing, *(seat for key, seat in self.seats.items() if competence in self._fitness.brings.get(key, ()))])
        return missing

    def _distance(self, quota: Quota) -> cp_model.IntVar:
        distance = self.model.new_int_var(0, 2 * len(self.seats) + quota.minimum + quota.maximum, "")
        self.model.add_abs_equality(distance, 2 * self._count(quota) - quota.minimum - quota.maximum)
        return distance


def _conflict(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness) -> tuple[Clash, ...]:
    """Why there is no panel; of what people ask of each other as well, where the rules alone leave one."""
    here = {one.key for one in candidates}
    gone = tuple(Clash("must", key, "must", 1, 0, True) for key in sorted(rules.must - here))
    if gone:
        return gone
    found = explain(kinds_of(candidates, _among(rules, here)))
    if found:
        return found
    asked = [(key, other) for key, needed in sorted(fitness.needs.items()) if key in here for other in sorted(needed)]
    return tuple(Clash("comes only if", f"{key} with {other}", "needs", 1, 0, True) for key, other in asked)


def _among(rules: Rules, here: Set[str]) -> Rules:
    """The rules as far as they speak of people who are here."""
    groups = tuple(type(rule)(rule.people & here, rule.why) for rule in rules.at_most_one if len(rule.people & here) > 1)
    return Rules(rules.size, rules.quotas, groups, rules.must & here)
