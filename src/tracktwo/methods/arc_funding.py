"""The arc as money allows: in which months and where rounds are held so that firm money pays for each, and again when some of it is lost.

An integer programme over months and venues (CP-SAT): a pledge is a source that flows into the months between its arrival and its lapse, and what
is spent in a month is covered in that month. In this order: least uncovered cost that falls due anyway, most rounds, fewest rounds that are not
as they were, shortest longest wait, evenest turns of the venues.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from ortools.sat.python import cp_model

from tracktwo.methods.arc import STAGES, purpose_of
from tracktwo.methods.calendar_months import add_months, months_from
from tracktwo.methods.money import convert, is_firm, runway
from tracktwo.model.rounds import ArcPlanned, ArcWish, MonthLeft, RoundHeld
from tracktwo.model.undertaking import Budget, Cost, Pledge

WORK = 20.0
"""The solver's deterministic seconds for each of the five levels."""


@dataclass
class _Model:
    wish: ArcWish
    months: tuple[str, ...]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)

    def __post_init__(self) -> None:
        self.held = {
            (month, place): self.model.new_bool_var(f"{month} {venue.name}")
            for month in self.months
            for place, venue in enumerate(self.wish.venues)
            if month not in self.wish.blackouts and month not in venue.closed
        }
        self.any = {month: self.model.new_bool_var(month) for month in self.months}
        for month in self.months:
            self.model.add(sum(self.at(month)) == self.any[month])
        self.count = sum(self.any.values())
        self.model.add(self.count <= self.wish.rounds)
        self.wait = self.model.new_int_var(0, self.wish.greatest_gap, "longest wait")
        self._gaps()
        self.uncovered = self._money()
        self.uneven = self._turns()

    def at(self, month: str) -> list[cp_model.IntVar]:
        return [held for (when, _), held in self.held.items() if when == month]

    def _gaps(self) -> None:
        """Rounds lie neither too near nor too far; two in a row are not at the same venue where there are others."""
        for n, month in enumerate(self.months):
            near = self.months[n : n + self.wish.least_gap]
            self.model.add(sum(self.any[other] for other in near) <= 1)
            for later in range(n + 1, len(self.months)):
                between = [self.any[self.months[k]] for k in range(n + 1, later)]
                follow = self.model.new_bool_var(f"{month} then {self.months[later]}")
                self.model.add(self.any[month] + self.any[self.months[later]] <= 1 + follow + sum(between))
                self.model.add(self.wait >= later - n).only_enforce_if(follow)
                if len(self.wish.venues) > 1:
                    for place in range(len(self.wish.venues)):
                        pair = [self.held[key] for key in ((month, place), (self.months[later], place)) if key in self.held]
                        if len(pair) == 2:
                            self.model.add(sum(pair) <= 1 + sum(between))

    def _money(self) -> cp_model.LinearExpr:
        """Flows of cents from firm pledges to months; what falls due anyway may stay uncovered, a round may not."""
        budget, first = self.wish.budget, self.months[0]
        firm = [pledge for pledge in budget.pledges if is_firm(pledge)]
        every = sum((convert(cost.amount, cost.currency, budget) for cost in budget.costs if cost.every == "round"), Decimal(0))
        flows: dict[int, list[cp_model.IntVar]] = {n: [] for n in range(len(firm))}
        short = []
        for month in self.months:
            fixed = sum((_cents(convert(cost.amount, cost.currency, budget)) for cost in budget.costs if _due(cost, month, first)), 0)
            paid = []
            for n, pledge in enumerate(firm):
                if (pledge.arrives or first) <= month <= (pledge.until or month):
                    paid.append(self.model.new_int_var(0, _cents(convert(pledge.amount, pledge.currency, budget)), f"{n} {month}"))
                    flows[n].append(paid[-1])
            lack = self.model.new_int_var(0, fixed, f"uncovered {month}")
            short.append(lack)
            rounds = [_cents(self.wish.venues[place].cost + every) * held for (when, place), held in self.held.items() if when == month]
            self.model.add(sum(paid) + lack == fixed + sum(rounds))
        for n, pledge in enumerate(firm):
            self.model.add(sum(flows[n]) <= _cents(convert(pledge.amount, pledge.currency, budget)))
        return cp_model.LinearExpr.sum(short)

    def _turns(self) -> cp_model.LinearExprT:
        most, least = (self.model.new_int_var(0, self.wish.rounds, name) for name in ("most", "least"))
        for place in range(len(self.wish.venues)):
            turns = sum(held for (_, where), held in self.held.items() if where == place)
            self.model.add(least <= turns)
            self.model.add(turns <= most)
        return most - least


def plan_funded_arc(
    wish: ArcWish, *, before: ArcPlanned | None = None, lost: Collection[str] = (), seed: int = 0, seconds: float = 30.0
) -> ArcPlanned:
    """As many rounds as firm money pays for, at best all that are wanted.

    `lost` are donors whose money does not come; `before` is the arc as it was, from which as few rounds as can be depart. Amounts are rounded to
    cents. Costs and pledges outside the months of the arc count as in `money.runway`: earlier ones in the first month.
    """
    budget = wish.budget.model_copy(update={"pledges": tuple(pledge for pledge in wish.budget.pledges if pledge.donor not in lost)})
    wish = wish.model_copy(update={"budget": budget})
    made = _Model(wish, months_from(wish.first, wish.last))
    were = {(one.month, one.venue) for one in before.rounds} if before else set()
    kept = [held for (month, place), held in made.held.items() if (month, wish.venues[place].name) in were]
    goals: list[cp_model.LinearExprT] = [made.uncovered, -made.count, len(were) - sum(kept), made.wait, made.uneven]
    solver: cp_model.CpSolver | None = None
    proven, spent, most = True, 0.0, wish.rounds
    for number, goal in enumerate(goals):
        made.model.minimize(goal)
        latest = cp_model.CpSolver()
        latest.parameters.num_workers = 1
        latest.parameters.random_seed = seed
        latest.parameters.max_deterministic_time = WORK
        latest.parameters.max_time_in_seconds = max(0.05, seconds - spent)
        status = latest.solve(made.model)
        spent += latest.wall_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            proven = False
            break
        solver = latest
        proven &= status == cp_model.OPTIMAL
        if number == 1:
            most = int(-latest.best_objective_bound + 1e-6)
        made.model.add(goal <= round(latest.objective_value))
    if solver is None:
        return ArcPlanned(status="timeout", wanted=wish.rounds, currency=budget.currency, reproducible=False)
    places = [key for key, held in made.held.items() if solver.boolean_value(held)]
    uncovered = Decimal(solver.value(made.uncovered)) / 100
    planned = _planned(wish, places, uncovered, most, "optimal" if proven else "feasible")
    return planned.model_copy(update={"reproducible": proven or spent < seconds, "sentences": tuple(_sentences(planned, before, lost))})


def without_round(wish: ArcWish, planned: ArcPlanned, number: int) -> ArcWish:
    """The wish after the money of one round is lost: so much is taken from firm pledges, from those that arrive last."""
    rest = next(one.cost for one in planned.rounds if one.number == number)
    pledges: list[Pledge] = []
    for pledge in sorted(wish.budget.pledges, key=lambda one: one.arrives or wish.first, reverse=True):
        amount = convert(pledge.amount, pledge.currency, wish.budget) if is_firm(pledge) else Decimal(0)
        taken = min(rest, amount)
        rest -= taken
        if taken < amount:
            pledges.append(pledge.model_copy(update={"amount": amount - taken, "currency": wish.budget.currency}))
        elif not amount:
            pledges.append(pledge)
    budget = wish.budget.model_copy(update={"pledges": tuple(reversed(pledges))})
    return wish.model_copy(update={"budget": budget})


def balances(wish: ArcWish, rounds: Sequence[RoundHeld]) -> tuple[MonthLeft, ...]:
    """What is left of firm money at each month's end, counted by `money.runway`."""
    if not wish.budget.pledges and not wish.budget.costs and not rounds:
        return ()
    single = tuple(cost for cost in wish.budget.costs if cost.every != "round")
    own = tuple(Cost(what=f"round {one.number}", amount=one.cost, every="once", month=one.month) for one in rounds if one.cost > 0)
    counted = runway(wish.budget.model_copy(update={"costs": (*single, *own)}), [], wish.first, wish.last)
    return tuple(MonthLeft(month=row.month, firm=row.firm) for row in counted.months)


def _planned(wish: ArcWish, places: Sequence[tuple[str, int]], uncovered: Decimal, most: int, status: str) -> ArcPlanned:
    every = sum((convert(cost.amount, cost.currency, wish.budget) for cost in wish.budget.costs if cost.every == "round"), Decimal(0))
    keeps = int(-(-wish.continuity * wish.seats // 1))
    rounds = []
    for number, (month, place) in enumerate(sorted(places), 1):
        purpose = purpose_of(number, len(places))
        end = _last_day(month)
        briefed = end + timedelta(weeks=wish.briefing_weeks)
        if number < len(places):  # officials hear of a round before the next, by a week where the months leave one
            following = sorted(places)[number][0]
            briefed = max(end, min(briefed, date(int(following[:4]), int(following[5:]), 1) - timedelta(days=7)))
        rounds.append(
            RoundHeld(
                number=number,
                month=month,
                venue=wish.venues[place].name,
                purpose=purpose,
                stage=STAGES[purpose],
                cost=wish.venues[place].cost + every,
                keeps=0 if number == 1 else keeps,
                new=wish.seats if number == 1 else wish.seats - keeps,
                briefed_by=briefed,
            )
        )
    return ArcPlanned.model_validate(
        {
            "status": status, "wanted": wish.rounds, "rounds": rounds, "most": most, "uncovered": uncovered, "currency": wish.budget.currency,
            "months": balances(wish, rounds),
        }
    )  # fmt: skip


def _sentences(planned: ArcPlanned, before: ArcPlanned | None, lost: Collection[str]) -> list[str]:
    """What a convenor should hear first."""
    told = []
    if lost:
        told.append(f"Without the money of {', '.join(sorted(lost))}.")
    if len(planned.rounds) < planned.wanted:
        told.append(
            f"{len(planned.rounds)} of {planned.wanted} rounds: no arc within these months, gaps and firm money has more than {planned.most}."
        )
    if planned.uncovered:
        told.append(f"{planned.uncovered} {planned.currency} of what falls due without any round is not covered by firm money.")
    if before is not None:
        now = {(one.month, one.venue) for one in planned.rounds}
        gone = [one for one in before.rounds if (one.month, one.venue) not in now]
        was = {(one.month, one.venue) for one in before.rounds}
        fresh = [one for one in planned.rounds if (one.month, one.venue) not in was]
        told += [f"Round {one.number} of {one.month} in {one.venue} is no longer there." for one in gone]
        told += [f"New: {one.month} in {one.venue}." for one in fresh]
    return told


def _due(cost: Cost, month: str, first: str) -> bool:
    """Whether a cost that needs no round falls due in the month; those dated before the arc count in its first month."""
    if cost.every == "month":
        return True
    return cost.every == "once" and (max(cost.month, first) if cost.month else first) == month


def _cents(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def _last_day(month: str) -> date:
    following = add_months(month, 1)
    return date(int(following[:4]), int(following[5:]), 1) - timedelta(days=1)


def stated(budget: Budget) -> tuple[str, ...]:
    """The donors of a budget, each once, in their order."""
    return tuple(dict.fromkeys(pledge.donor for pledge in budget.pledges))
