"""What could be changed in a plan for the sake of a bar, and what each change costs. A payer, a currency or a route is never among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tracktwo.methods.law.answer import Answer, answer, has_two_ways, mirror
from tracktwo.methods.law.base import RuleBase
from tracktwo.methods.law.deadlines import Task
from tracktwo.model.law import BARS, TRAVEL_ACTS, Effect, LawActor, LegalPlan, PlannedAct, Setting

GIVES_VALUE = frozenset({
    "pay-per-diem", "pay-honorarium", "reimburse-travel", "transfer-funds", "pay-fees-taxes", "provide-travel", "provide-lodging", "provide-meals",
    "provide-communications", "give-goods", "host-venue", "humanitarian-assistance",
})  # fmt: skip
"""Acts by which somebody gets something of worth. Who gives it is never changed, and none is turned into another: that would be another payer."""
NARROWER: Mapping[str, tuple[str, ...]] = {
    "convene-meeting": ("meet", "contact"),
    "give-platform": ("meet", "contact"),
    "attend-event": ("meet", "contact"),
    "facilitate": ("meet", "contact"),
    "train": ("meet", "contact"),
    "expert-advice": ("meet", "contact"),
    "draft-text": ("meet", "contact"),
    "publish-jointly": ("meet", "contact"),
    "sign-joint-document": ("meet", "contact"),
    "meet": ("contact",),
    "invite": ("contact",),
    "carry-message": ("contact",),
}
"""What is left of an act when everything but the talking is taken out of it, step by step."""


@dataclass(frozen=True)
class Costs:
    """What a change costs, in points that a convenor can weigh; an offer may name its own cost instead.

    A point has no unit. What an act matters is 1 to 5, so that to drop the meeting itself costs 20.
    """

    drop: int = 4
    """Times what the act matters."""
    narrow: tuple[int, int] = (2, 3)
    """Times what it matters, for the first and for the second step."""
    person: int = 3
    venue: int = 8
    date: int = 4
    exemption: int = 1
    """With a published lead time that fits."""
    exemption_unknown: int = 2
    """With no published lead time."""


COSTS = Costs()


@dataclass(frozen=True, order=True)
class Application:
    """One request for an exemption from one rule, for one person bound and one counterpart; it serves every act between the two."""

    rule: str
    bound: str
    other: str


@dataclass(frozen=True, order=True)
class Bar:
    """A rule that prohibits an act or asks for a licence, and whom it binds: the one who acts, or the other side by its own law."""

    act: str
    by: str
    with_: str
    rule: str
    effect: Effect
    bound: str

    def asks(self, wanted: Application) -> bool:
        """True where the request is for an exemption from this bar."""
        return wanted == Application(self.rule, self.bound, self.with_ if self.bound == self.by else self.by)


@dataclass(frozen=True)
class Option:
    """One way to do one act, or not to do it."""

    kind: Literal["keep", "narrow", "person", "narrow and person", "drop"]
    act: PlannedAct | None
    """None: dropped."""
    cost: int
    bars: tuple[Bar, ...] = ()
    applications: frozenset[Application] = frozenset()
    """Requests that would clear the bars that a licence can clear."""
    licence_out_of_reach: bool = False
    """True where a bar asks for a licence for which nobody can apply in time."""

    @property
    def prohibited(self) -> bool:
        return any(bar.effect == "prohibited" for bar in self.bars)


@dataclass(frozen=True)
class Framing:
    """One venue and one day, with the options of every act there and the requests that can still be made for that day."""

    venue: str | None
    day: date
    venue_cost: int
    day_cost: int
    options: tuple[tuple[Option, ...], ...]
    """Act by act, each beginning with the act as it is planned."""
    tasks: Mapping[Application, Task] = field(default_factory=dict)
    late: Mapping[Application, Task] = field(default_factory=dict)
    """Requests whose last day has passed."""
    named: Mapping[Application, Task] = field(default_factory=dict)
    """Requests that a rule names although it prohibits the act: whether they reach it is a question for counsel."""
    prices: Mapping[Application, int] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        return self.venue_cost + self.day_cost


def framings(plan: LegalPlan, base: RuleBase, today: date, costs: Costs) -> tuple[Framing, ...]:
    """Every venue with every day that is planned or offered, the planned ones first."""
    venues: dict[str | None, int] = {plan.setting.venue: 0}
    days: dict[date, int] = {plan.date: 0}
    for place in plan.alternatives.venues:
        venues.setdefault(place.venue, costs.venue if place.cost is None else place.cost)
    for offered in plan.alternatives.dates:
        days.setdefault(offered.date, costs.date if offered.cost is None else offered.cost)
    return tuple(_framing(plan, base, today, costs, venue, day, v, d) for venue, v in venues.items() for day, d in days.items())


def _framing(plan: LegalPlan, base: RuleBase, today: date, costs: Costs, venue: str | None, day: date, v: int, d: int) -> Framing:
    reader = Reader(plan, base, plan.setting.model_copy(update={"venue": venue}), day, today)
    options = tuple(tuple(_options(plan, act, costs, reader)) for act in plan.plan)
    prices = {wanted: costs.exemption if task.latest is not None else costs.exemption_unknown for wanted, task in reader.tasks.items()}
    return Framing(venue, day, v, d, options, reader.tasks, reader.late, reader.named, prices)


class Reader:
    """Reads the bars of acts in one setting on one day, and collects the requests that they could be cleared by."""

    def __init__(self, plan: LegalPlan, base: RuleBase, setting: Setting, day: date, today: date) -> None:
        self.plan, self.base, self.setting, self.day, self.today = plan, base, setting, day, today
        self.actors: dict[str, LawActor] = {actor.id: actor for actor in plan.actors}
        self.tasks: dict[Application, Task] = {}
        self.late: dict[Application, Task] = {}
        self.named: dict[Application, Task] = {}

    def option(self, kind: Literal["keep", "narrow", "person", "narrow and person"], planned: PlannedAct, cost: int) -> Option:
        """The option of doing an act so, with its bars both ways, for people who stand on the ground of the venue."""
        bars: list[Bar] = []
        applications: set[Application] = set()
        out_of_reach = False
        for asked in (planned, mirror(planned)) if has_two_ways(planned) else (planned,):
            for found in self._answer(asked).here:
                if found.lifted_by or found.counts_as not in BARS:
                    continue
                bars.append(Bar(planned.act, planned.by, planned.with_, found.rule.id, found.counts_as, asked.by))
                wanted = Application(found.rule.id, asked.by, asked.with_)
                ways = [route.task for route in found.routes if route.task is not None]
                if found.counts_as == "prohibited":
                    self.named.update((wanted, task) for task in ways)
                    continue
                in_time = [task for task in ways if not task.is_late(self.today)]
                if in_time:
                    self.tasks[wanted] = min(in_time, key=lambda task: task.latest is None)
                    applications.add(wanted)
                else:
                    out_of_reach = True
                    if ways:
                        self.late[wanted] = ways[0]
        return Option(kind, planned, cost, tuple(sorted(bars)), frozenset(applications), out_of_reach)

    def _answer(self, planned: PlannedAct) -> Answer:
        return answer(planned, self.actors, self.setting, self.day, self.base, counsel=self.plan.counsel, initiative=self.plan.id)


def _options(plan: LegalPlan, planned: PlannedAct, costs: Costs, reader: Reader) -> Iterator[Option]:
    """As planned first; then by another person; then less of it; then not at all."""
    yield reader.option("keep", planned, 0)
    taken = {(line.by, line.act, line.with_) for line in plan.plan}
    for step, act in enumerate([planned.act, *(() if planned.needed else NARROWER.get(planned.act, ()))]):
        if step and (planned.by, act, planned.with_) in taken:
            break
        for who, price in {planned.by: 0, **_others(plan, planned, costs, reader)}.items():
            if (who, act, planned.with_) in taken:
                continue
            narrowed = costs.narrow[step - 1] * planned.matters if step else 0
            kind: Literal["narrow", "person", "narrow and person"] = "person" if not step else "narrow" if who == planned.by else "narrow and person"
            yield reader.option(kind, planned.model_copy(update={"by": who, "act": act}), narrowed + price)
    if not planned.needed:
        yield Option("drop", None, costs.drop * planned.matters)


def _others(plan: LegalPlan, planned: PlannedAct, costs: Costs, reader: Reader) -> dict[str, int]:
    """People of the team who are offered in place of one who acts, with what each costs; nobody for what only the planned one can do."""
    doer = reader.actors[planned.by]
    if planned.act in GIVES_VALUE | TRAVEL_ACTS or doer.kind != "person" or doer.role in ("counterpart", "participant"):
        return {}
    return {
        one.id: costs.person if one.cost is None else one.cost
        for one in plan.alternatives.people
        if one.id not in (planned.by, planned.with_) and reader.actors[one.id].kind == "person"
    }
