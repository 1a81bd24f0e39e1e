"""In which order people are asked, what a refusal does, who restores the balance, and how a panel is mended after somebody has left."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from tracktwo.methods.panel.clash import Impossible
from tracktwo.methods.panel.fit import Fit, Fitness, Standing, best_fit, standing
from tracktwo.methods.panel.rules import Broken, Candidate, Rules
from tracktwo.methods.whole import WholeProgramme


@dataclass(frozen=True)
class Invitation:
    """One person of the panel: who has to be asked before, and what a refusal would mean.

    `breaks` are the rules that the others alone do not keep. `restored_by` is who takes the seat with the least change, best fit first;
    `moves` are further changes that this would need; empty where one for one is enough. `lost` is how the restored panel then stands worse.
    """

    person: str
    after: tuple[str, ...]
    breaks: tuple[Broken, ...]
    restored_by: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]
    lost: tuple[Standing, ...]

    @property
    def replaceable(self) -> bool:
        return bool(self.restored_by)


def invitation_order(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, fit: Fit) -> tuple[Invitation, ...]:
    """The people of a panel in the order in which to ask them.

    Nobody is asked before those without whom he does not come. Beyond that: who has to be there; then who could not be replaced; then those on whom
    most others wait; then those whose refusal would cost most; then the more influential. Each is one exact search.
    """
    made = {person: _invitation(candidates, rules, fitness, fit, person) for person in fit.people}
    waiting = {person: set(one.after) for person, one in made.items()}
    for person in waiting:  # two who each come only with the other are asked together: neither can wait
        waiting[person] -= {other for other in waiting[person] if person in _before(other, waiting)}
    ordered: list[Invitation] = []
    left = set(fit.people)
    while left:
        ready = [person for person in left if not waiting[person] & left]
        first = min(ready, key=lambda person: _urgency(person, made, waiting, rules, fitness))
        ordered.append(made[first])
        left.remove(first)
    return tuple(ordered)


def _before(person: str, waiting: dict[str, set[str]]) -> set[str]:
    """Everybody on whom somebody waits, directly or not."""
    found: set[str] = set()
    edge = [person]
    while edge:
        for other in waiting.get(edge.pop(), ()):
            if other not in found:
                found.add(other)
                edge.append(other)
    return found


def _urgency(
    person: str, made: dict[str, Invitation], waiting: dict[str, set[str]], rules: Rules, fitness: Fitness
) -> tuple[int, int, int, tuple[int, ...], int, str]:
    dependents = sum(person in after for after in waiting.values())
    lost = tuple(-one.cost for one in made[person].lost)
    return (person not in rules.must, made[person].replaceable, -dependents, lost, -fitness.influence.get(person, 0), person)


def _invitation(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, fit: Fit, person: str) -> Invitation:
    others = set(fit.people) - {person}
    by_key = {one.key: one for one in candidates}
    breaks = rules.broken_by([by_key[key] for key in sorted(others)])
    after = tuple(sorted(fitness.needs.get(person, frozenset()) & others))
    try:
        mended = mend(candidates, rules, fitness, fit.people, gone={person}, explained=False)
    except Impossible:
        return Invitation(person, after, breaks, (), (), ())
    new = [key for key in mended.people if key not in fit.people]
    left = [key for key in others if key not in mended.people]
    able = [one for one in candidates if one.key != person]
    restored = tuple(_one_for_one(able, rules, fitness, others, mended)) if len(new) == 1 else tuple(new[:1])
    moves = tuple(zip(sorted(left), sorted(new)[1:], strict=False))
    lost = tuple(
        Standing(then.ground, then.cost - now.cost, then.what)
        for now, then in zip(fit.standing, mended.standing, strict=True)
        if then.cost > now.cost
    )
    return Invitation(person, after, breaks, restored, moves, lost)


def _one_for_one(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, others: Set[str], mended: Fit) -> list[str]:
    """Everybody who could take the one seat that is free, the best fit first."""
    by_key = {one.key: one for one in candidates}
    rules = Rules(rules.size, rules.quotas, rules.at_most_one, rules.must & (others | set(mended.people)))
    able = []
    for key in sorted(by_key.keys() - others):
        people = others | {key}
        if fitness.needs.get(key, frozenset()) <= people and not rules.broken_by([by_key[one] for one in people]):
            able.append((tuple(one.cost for one in standing(candidates, fitness, people)), key))
    first = [key for key in mended.people if key not in others]
    return first + [key for _, key in sorted(able) if key not in first and len(others) + 1 == rules.size and key not in mended.people]


def mend(candidates: Sequence[Candidate], rules: Rules, fitness: Fitness, panel: Sequence[str], *, gone: Set[str], explained: bool = True) -> Fit:
    """The panel after some have left: as few of the others lose their seat as can be, and among such panels the one that fits best.

    Whoever has left has no longer to be there. Raises Impossible where no panel keeps the rules without them, and says why where `explained`.
    """
    left = set(panel) - gone
    kept = Rules(rules.size, rules.quotas, rules.at_most_one, rules.must - gone)
    return best_fit(candidates, kept, fitness, without=gone, least_change_from=left, explained=explained)


def reserves(candidates: Sequence[Candidate], rules: Rules, panel: Sequence[str], count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """At most `count` people in reserve, and the people of the panel for whom none of them could step in, one for one.

    As many seats as possible are covered, then covered twice, by people who are not on the panel: a cover by exact search.
    """
    by_key = {one.key: one for one in candidates}
    spare = sorted(by_key.keys() - set(panel))
    fills: dict[str, list[str]] = {}
    for person in panel:
        loosened = Rules(rules.size, rules.quotas, rules.at_most_one, rules.must - {person})
        others = [by_key[key] for key in panel if key != person]
        fills[person] = [key for key in spare if not loosened.broken_by([*others, by_key[key]])]
    programme = WholeProgramme()
    chosen = {key: programme.variable() for key in spare}
    programme.row(dict.fromkeys(chosen.values(), 1), upper=count)
    once: dict[int, float] = {}
    twice: dict[int, float] = {}
    for able in fills.values():
        seats = {chosen[key]: 1.0 for key in able}
        for times, worth in ((1, once), (2, twice)):
            covered = programme.variable()
            programme.row({**seats, covered: -times}, lower=0)
            worth[covered] = -1.0
    for cost in (once, twice, {chosen[key]: float(place) for place, key in enumerate(spare, 1)}):
        programme.settle(cost)
    found = tuple(key for key in spare if programme.chosen(chosen[key]))
    return found, tuple(person for person, able in fills.items() if not set(able) & set(found))
