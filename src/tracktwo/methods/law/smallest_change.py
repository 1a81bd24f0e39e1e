"""The smallest change to a plan that takes its strictest bars away, found by a small integer programme."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tracktwo.methods.law.base import RuleBase
from tracktwo.methods.law.deadlines import Task
from tracktwo.methods.law.options import COSTS, Application, Bar, Costs, Framing, Option, framings
from tracktwo.methods.whole import WholeProgramme
from tracktwo.model.law import LegalPlan, PlannedAct

CLOSING = "A change made in order to avoid a rule can itself break it. Ask counsel before making it, and before writing it down."
"""Ends every proposal."""


@dataclass(frozen=True, order=True)
class Weight:
    """How a changed plan is judged, the first first: acts that stay prohibited, acts that still need a licence, what the changes cost."""

    prohibited: int
    licence_needed: int
    cost: int


@dataclass(frozen=True)
class Change:
    """One change, and what it costs."""

    kind: Literal["exemption", "venue", "date", "person", "narrow", "narrow and person", "drop"]
    cost: int
    before: PlannedAct | str | date | None
    after: PlannedAct | str | date | None
    """None: dropped. Of a request for an exemption both are None."""
    application: Application | None = None
    task: Task | None = None


@dataclass(frozen=True)
class Proposal:
    """Changes that belong together: requests for exemptions first, then where and when, then act by act."""

    changes: tuple[Change, ...]
    weight: Weight
    removes: tuple[Bar, ...]
    """A bar that asks for a licence counts as removed where the licence is asked for; it falls only when it is granted."""
    remains: tuple[Bar, ...]
    by_exemptions_alone: bool
    closing: str = CLOSING

    @property
    def cost(self) -> int:
        return self.weight.cost


@dataclass(frozen=True)
class Advice:
    """What the plan meets as it is, the proposals, and what none of them can remove."""

    before: tuple[Bar, ...]
    weight_before: Weight
    proposals: tuple[Proposal, ...]
    """By exemptions alone, where they clear anything; then the smallest change of all, where it is another one. May be empty."""
    immovable: tuple[Bar, ...]
    """Bars of acts that stay barred whatever is changed, as they stand in the plan."""
    named: tuple[Task, ...]
    """Exemptions that a rule names although it prohibits the act: counsel says whether they reach it; no proposal counts on them."""
    late: tuple[Task, ...]
    """Exemptions for which the last day has passed."""


@dataclass(frozen=True)
class Choice:
    """An option for every act and the requests to make, in one framing."""

    weight: Weight
    options: tuple[int, ...]
    applications: frozenset[Application]


def smallest_change(plan: LegalPlan, base: RuleBase, today: date, costs: Costs = COSTS) -> Advice:
    """Find the cheapest set of changes that leaves the fewest acts prohibited and, of those, the fewest in need of a licence.

    Ties go to the venue and day offered first, then act by act to what changes less. Bars count both ways, and for people who stand on the ground
    of the venue. `today` is the day on which exemptions could be asked for. Exact: one mixed-integer programme for each venue and day, solved in
    stages (lexicographic goal programming) by HiGHS; acts × options binaries each.
    """
    offered = framings(plan, base, today, costs)
    planned = offered[0]
    asked = _choose(planned, keep=True)
    chosen = [_choose(framing) for framing in offered]
    best = min(range(len(offered)), key=lambda n: _total(offered[n], chosen[n]))
    before = Weight(*_counts([options[0] for options in planned.options], frozenset()), 0)
    proposals: list[Proposal] = []
    if asked.weight < Weight(before.prohibited, before.licence_needed, 0):
        proposals.append(_proposal(plan, planned, planned, asked))
    total = _total(offered[best], chosen[best])
    if total < before and (not proposals or total < proposals[0].weight):
        proposals.append(_proposal(plan, planned, offered[best], _in_order(offered[best], chosen[best])))
    kept = [option for options in planned.options for option in options[:1]]
    return Advice(
        before=tuple(sorted({bar for option in kept for bar in option.bars})),
        weight_before=before,
        proposals=tuple(proposals),
        immovable=tuple(sorted({bar for n, option in enumerate(kept) if _stays_barred(n, offered) for bar in option.bars})),
        named=tuple(dict.fromkeys(task for option in kept for wanted, task in planned.named.items() if _asks(option, wanted))),
        late=tuple(dict.fromkeys(task for option in kept for wanted, task in planned.late.items() if _asks(option, wanted))),
    )


def changed(plan: LegalPlan, proposal: Proposal) -> LegalPlan:
    """The plan with the changes of a proposal made; requests for exemptions change nothing in it."""
    lines = list(plan.plan)
    day, setting = plan.date, plan.setting
    for change in proposal.changes:
        if isinstance(change.before, PlannedAct):
            place = next(n for n, line in enumerate(lines) if line is change.before)
            lines[place : place + 1] = [change.after] if isinstance(change.after, PlannedAct) else []
        elif change.kind == "venue":
            setting = setting.model_copy(update={"venue": change.after})
        elif isinstance(change.after, date):
            day = change.after
    return plan.model_copy(update={"plan": tuple(lines), "date": day, "setting": setting})


def _total(framing: Framing, choice: Choice) -> Weight:
    return Weight(choice.weight.prohibited, choice.weight.licence_needed, choice.weight.cost + framing.cost)


def _asks(option: Option, wanted: Application) -> bool:
    return any(bar.asks(wanted) for bar in option.bars)


def _stays_barred(act: int, offered: tuple[Framing, ...]) -> bool:
    return all(option.prohibited or option.licence_out_of_reach for framing in offered for option in framing.options[act])


def _counts(options: list[Option], applications: frozenset[Application]) -> tuple[int, int]:
    """Acts that are prohibited, and other acts whose licence nobody asks for."""
    prohibited = sum(option.prohibited for option in options)
    wanting = sum(not option.prohibited and (option.licence_out_of_reach or not option.applications <= applications) for option in options)
    return prohibited, wanting


def _choose(framing: Framing, keep: bool = False) -> Choice:
    """The best choice in one framing; with `keep` among requests for exemptions alone."""
    programme = _Programme(framing, keep)
    return programme.solve()


def _in_order(framing: Framing, choice: Choice) -> Choice:
    """Of the choices that weigh the same, the one that leaves the first acts as they are as far as can be."""
    programme = _Programme(framing)
    return programme.first(choice)


class _Programme:
    """One framing as an integer programme: a binary for each option of each act, for each request, and for each act that still needs a licence."""

    def __init__(self, framing: Framing, keep: bool = False) -> None:
        self.framing = framing
        # An act without a bar stays as it is: that costs nothing and stands in nobody's way.
        self.open = [not keep and bool(options[0].bars) for options in framing.options]
        self.places = [(act, n) for act, options in enumerate(framing.options) for n in range(len(options) if self.open[act] else 1)]
        self.of_act: dict[int, dict[int, float]] = {}
        for place, (act, n) in enumerate(self.places):
            self.of_act.setdefault(act, {})[place] = float(n)
        self.requests = sorted({wanted for place in range(len(self.places)) for wanted in self._option(place).applications})
        self.acts = len(framing.options)
        self.size = len(self.places) + len(self.requests) + self.acts
        self.whole = WholeProgramme()
        for _ in range(self.size):
            self.whole.variable()
        self._say_what_holds()

    def _option(self, place: int) -> Option:
        act, n = self.places[place]
        return self.framing.options[act][n]

    def _request(self, wanted: Application) -> int:
        return len(self.places) + self.requests.index(wanted)

    def _wanting(self, act: int) -> int:
        return len(self.places) + len(self.requests) + act

    def _row(self, row: dict[int, float], low: float, high: float) -> None:
        self.whole.row(row, low, high)

    def _say_what_holds(self) -> None:
        """One option an act; an act needs a licence still unless its option needs none or all its requests are made; no act twice."""
        again: dict[tuple[str, str, str], list[int]] = {}
        for places in self.of_act.values():
            self._row(dict.fromkeys(places, 1.0), 1, 1)
        for place, (act, n) in enumerate(self.places):
            option = self._option(place)
            if n and option.act is not None:
                again.setdefault((option.act.by, option.act.act, option.act.with_), []).append(place)
            if option.prohibited:
                continue
            if option.licence_out_of_reach:
                self._row({place: 1.0, self._wanting(act): -1.0}, -math.inf, 0)
            for wanted in sorted(option.applications):
                self._row({place: 1.0, self._request(wanted): -1.0, self._wanting(act): -1.0}, -math.inf, 0)
        for same in again.values():
            if len(same) > 1:
                self._row(dict.fromkeys(same, 1.0), -math.inf, 1)

    def _goals(self) -> Iterator[dict[int, float]]:
        """What is made small, the first first."""
        yield {place: 1.0 for place in range(len(self.places)) if self._option(place).prohibited}
        yield {self._wanting(act): 1.0 for act in range(self.acts)}
        yield {
            **{place: float(self._option(place).cost) for place in range(len(self.places))},
            **{self._request(wanted): float(self._price(wanted)) for wanted in self.requests},
        }

    def _price(self, wanted: Application) -> int:
        return self.framing.prices[wanted]

    def solve(self) -> Choice:
        """Make one goal small after the other, each within what the goals before it reached."""
        for goal in self._goals() if self.size else ():
            self.whole.settle(goal)
        return self._read(self.whole.values)

    def first(self, choice: Choice) -> Choice:
        """Fix act after act to the first option with which the goals are still reached."""
        weight = choice.weight
        for goal, reached in zip(self._goals(), (weight.prohibited, weight.licence_needed, weight.cost), strict=True):
            self._row(goal, -math.inf, reached + 0.5)
        for act, order in self.of_act.items():
            if self.open[act]:
                self.whole.settle(order)
        if not any(self.open):
            assert self.whole.possible(), "keeping everything as it is always is a choice"
        return self._read(self.whole.values)

    def _read(self, values: Any) -> Choice:
        options = [0] * self.acts
        for place, (act, n) in enumerate(self.places):
            if values[place]:
                options[act] = n
        made = frozenset(wanted for wanted in self.requests if values[self._request(wanted)])
        picked = [self.framing.options[act][n] for act, n in enumerate(options)]
        needed = frozenset(wanted for option in picked for wanted in option.applications) & made
        cost = sum(option.cost for option in picked) + sum(self._price(wanted) for wanted in needed)
        return Choice(Weight(*_counts(picked, needed), cost), tuple(options), needed)


def _proposal(plan: LegalPlan, planned: Framing, framing: Framing, choice: Choice) -> Proposal:
    picked = [framing.options[act][n] for act, n in enumerate(choice.options)]
    before = {bar for options in planned.options for bar in options[0].bars}
    after = {bar for option in picked for bar in option.bars if not _cleared(bar, choice.applications)}
    changes = tuple(_changes(plan, planned, framing, choice, picked))
    alone = all(change.kind == "exemption" for change in changes)
    return Proposal(changes, _total(framing, choice), tuple(sorted(before - after)), tuple(sorted(after)), alone)


def _cleared(bar: Bar, applications: frozenset[Application]) -> bool:
    return bar.effect == "licence-needed" and any(bar.asks(wanted) for wanted in applications)


def _changes(plan: LegalPlan, planned: Framing, framing: Framing, choice: Choice, picked: list[Option]) -> Iterator[Change]:
    for wanted in sorted(choice.applications):
        yield Change("exemption", framing.prices[wanted], None, None, wanted, framing.tasks[wanted])
    if framing.venue != planned.venue:
        yield Change("venue", framing.venue_cost, planned.venue, framing.venue)
    if framing.day != planned.day:
        yield Change("date", framing.day_cost, planned.day, framing.day)
    for line, option in zip(plan.plan, picked, strict=True):
        if option.kind != "keep":
            yield Change(option.kind, option.cost, line, option.act)
