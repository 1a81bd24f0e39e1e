"""The panel that fits best: no chance, and every choice explained by what would be lost without it.

Panels that keep the rules are compared by reasons in a fixed order, each deciding before the next: competences that nobody brings, distance from
balance, people who have not said that they would come, influence, and how few are new. There is no score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from tracktwo.methods.panel.clash import Clash, Impossible
from tracktwo.methods.panel.kinds import kinds_of
from tracktwo.methods.panel.rules import Candidate, Quota, Rules
from tracktwo.methods.whole import WholeProgramme

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
    explained: bool = True,
) -> Fit:
    """The best panel, proven by search.

    `staying` sit on it in any case, nobody of `without` does; with `least_change_from` as few of these as possible lose their seat, before anything
    else is compared. Raises ValueError for rules that speak of nobody, and Impossible with the smallest set of rules that conflict; where not
    `explained`, without it, which is quicker by far.
    """
    rules.check(candidates)
    pool = [one for one in candidates if one.key not in without]
    search = _Search(pool, replace(rules, must=rules.must | staying), fitness, explained)
    if least_change_from:
        search.programme.settle({seat: -1 for key, seat in search.seats.items() if key in least_change_from})
    for ground in GROUNDS:
        if cost := search.cost(ground):
            search.programme.settle(cost)
    people = search.people()
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
    """One programme; each ground is settled in turn."""

    def __init__(self, candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, explained: bool) -> None:
        self._fitness = fitness
        self._pool = sorted(candidates, key=lambda one: one.key)
        self.programme = WholeProgramme()
        self.seats = {one.key: self.programme.variable() for one in self._pool}
        self._keep(rules)
        if rules.must - self.seats.keys() or not self.programme.possible():
            raise Impossible(_conflict(self._pool, rules, fitness) if explained else ())

    def _keep(self, rules: Rules) -> None:
        seats, programme = self.seats, self.programme
        programme.row(dict.fromkeys(seats.values(), 1), rules.size, rules.size)
        for quota in rules.quotas:
            programme.row(self._counted(quota), quota.minimum, quota.maximum)
        for rule in rules.at_most_one:
            programme.row({seats[key]: 1 for key in sorted(rule.people) if key in seats}, upper=1)
        for key in sorted(rules.must & seats.keys()):
            programme.row({seats[key]: 1}, lower=1)
        for key, needed in self._fitness.needs.items():
            for other in sorted(needed) if key in seats else ():
                programme.row({seats[key]: 1, seats[other]: -1} if other in seats else {seats[key]: 1}, upper=0)

    def _counted(self, quota: Quota) -> dict[int, float]:
        return {self.seats[one.key]: 1 for one in self._pool if one.has(quota.where)}

    def people(self) -> frozenset[str]:
        return frozenset(key for key, seat in self.seats.items() if self.programme.chosen(seat))

    def cost(self, ground: Ground) -> dict[int, float]:
        fitness, seats = self._fitness, self.seats
        if ground == "competences":
            return {self._missing(competence): 1 for competence in sorted(fitness.competences)}
        if ground == "balance":
            return {self._distance(quota): 1 for quota in fitness.balanced}
        if ground == "unsure":
            return {seat: 1 for key, seat in seats.items() if key in fitness.unsure}
        if ground == "influence":
            return {seat: -fitness.influence[key] for key, seat in seats.items() if fitness.influence.get(key)}
        if ground == "newcomers":
            return {seat: 1 for key, seat in seats.items() if fitness.before and key not in fitness.before}
        return {seat: float(place) for place, seat in enumerate(seats.values())}

    def _missing(self, competence: str) -> int:
        """1 where nobody of the panel brings a competence."""
        missing = self.programme.variable()
        bringing = {seat: 1.0 for key, seat in self.seats.items() if competence in self._fitness.brings.get(key, ())}
        self.programme.row({missing: 1, **bringing}, lower=1)
        return missing

    def _distance(self, quota: Quota) -> int:
        """Twice the distance of a count from the middle of its range."""
        distance = self.programme.variable(0, 2 * len(self.seats) + quota.minimum + quota.maximum)
        twice = {seat: 2 * one for seat, one in self._counted(quota).items()}
        middle = quota.minimum + quota.maximum
        self.programme.row({distance: 1, **{seat: -value for seat, value in twice.items()}}, lower=-middle)
        self.programme.row({distance: 1, **twice}, lower=middle)
        return distance


def _conflict(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness) -> tuple[Clash, ...]:
    """Why there is no panel; of what people ask of each other as well, where the rules alone leave one."""
    from tracktwo.methods.panel.conflict import explain  # its solver takes half a second to load, which a possible panel does not need

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
