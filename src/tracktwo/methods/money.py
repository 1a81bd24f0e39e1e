"""Money month by month: what a meeting costs by its programme, what is firm, promised or hoped for, when it ends and which meetings fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tracktwo.methods.calendar_months import months_from
from tracktwo.model.brief import Budget, Cost, Pledge, Tariff

View = Literal["pessimistic", "expected", "optimistic"]
"""pessimistic: firm money alone; expected: and what is promised or waits for a condition; optimistic: and what is only hoped for."""
VIEWS: tuple[View, ...] = ("pessimistic", "expected", "optimistic")
Item = Literal["travel", "per-diem", "rooms", "interpretation", "visas"]
FIRM = frozenset({"received", "signed"})


@dataclass(frozen=True)
class MonthBalance:
    """Balances at the end of a month, in the budget's currency; spending of that month; the round held in it, if any."""

    month: str
    firm: Decimal
    with_promised: Decimal
    spent: Decimal
    round: int | None
    with_hoped: Decimal = Decimal(0)


@dataclass(frozen=True)
class Runway:
    """The months, the first month in which firm money does not cover what has been spent, and the rounds from there on.

    `total_cost`, `firm` and `promised` are sums over the whole budget, in its currency.
    """

    months: tuple[MonthBalance, ...]
    ends: str | None
    ends_with_promised: str | None
    falls: tuple[int, ...]
    falls_with_promised: tuple[int, ...]
    total_cost: Decimal
    firm: Decimal
    promised: Decimal
    gap: Decimal
    """Cost that firm money has not covered by the last of the months; zero or more."""
    conditional: tuple[Pledge, ...]
    """Signed or received pledges whose condition is not met: they do not count as firm."""
    undated: tuple[Pledge, ...]
    """Pledges, other than hoped ones, without a month of arrival: counted from the first month, which flatters the early months."""
    ends_with_hoped: str | None = None
    falls_with_hoped: tuple[int, ...] = ()
    hoped: Decimal = Decimal(0)

    def seen(self, view: View) -> tuple[str | None, tuple[int, ...], Decimal]:
        """How it looks: the first month that is not covered, the rounds that fall, and the cost not covered by the last month, zero or more."""
        last = self.months[-1]
        return {
            "pessimistic": (self.ends, self.falls, max(-last.firm, Decimal(0))),
            "expected": (self.ends_with_promised, self.falls_with_promised, max(-last.with_promised, Decimal(0))),
            "optimistic": (self.ends_with_hoped, self.falls_with_hoped, max(-last.with_hoped, Decimal(0))),
        }[view]


@dataclass(frozen=True)
class Meeting:
    """What of a programme costs money: people with those of the team, days, nights, hours of interpreting (each interpreter's), the way, visas."""

    people: int
    days: int
    nights: int
    interpreter_hours: int
    kilometres: int
    """Of all travellers together, there and back, on the great circle."""
    visas: int


@dataclass(frozen=True)
class Estimate:
    """One line of what a meeting costs: how many units, at which price, and what they come to in the tariff's currency."""

    item: Item
    units: int
    price: Decimal
    amount: Decimal


def estimate(tariff: Tariff, meeting: Meeting) -> tuple[Estimate, ...]:
    """What one meeting costs by its programme, line by line; a price that nobody entered gives no line."""
    units: dict[Item, tuple[int, Decimal | None, Decimal]] = {
        "travel": (meeting.kilometres, tariff.travel_1000_km, Decimal(1000)),
        "per-diem": (meeting.people * meeting.days, tariff.per_diem, Decimal(1)),
        "rooms": (meeting.people * meeting.nights, tariff.room, Decimal(1)),
        "interpretation": (meeting.interpreter_hours, tariff.interpreter_hour, Decimal(1)),
        "visas": (meeting.visas, tariff.visa, Decimal(1)),
    }
    return tuple(Estimate(item, count, price, count * price / per) for item, (count, price, per) in units.items() if price is not None)


def by_programme(budget: Budget, meeting: Meeting) -> Budget:
    """The budget with what each meeting costs by its programme added to the costs that are entered; as it is where it has no tariff."""
    if budget.tariff is None:
        return budget
    currency = budget.tariff.currency
    lines = tuple(
        Cost(what=line.item, amount=line.amount, currency=currency, every="round") for line in estimate(budget.tariff, meeting) if line.amount > 0
    )
    return budget.model_copy(update={"costs": (*budget.costs, *lines)})


def convert(amount: Decimal, currency: str | None, budget: Budget) -> Decimal:
    """Return the amount in the budget's currency, at the rate given there. The brief has checked that there is one."""
    if currency is None or currency == budget.currency:
        return amount
    rate = max((rate for rate in budget.rates if rate.currency == currency), key=lambda rate: rate.as_of)
    return amount * rate.rate


def is_firm(pledge: Pledge) -> bool:
    """True for money received or signed, with no condition still open."""
    return pledge.status in FIRM and (pledge.condition is None or pledge.condition_met)


def runway(budget: Budget, rounds: Sequence[str], first: str, last: str) -> Runway:
    """Compute the runway from `first` to `last` month (YYYY-MM), with round n held in month `rounds[n-1]`.

    Costs fall in their month: each round's in the month of the round, monthly ones in every month of the initiative (from the first to the
    last of `first`, `last` and the rounds), single ones where they are dated, undated single ones in the initiative's first month. The months
    of the runway are the initiative's, and those before and after that a single cost is dated in. Money that arrived earlier is at hand
    when they begin. A pledge that lapses (`until`) covers nothing after that month that was not spent by then.
    """
    own = months_from(min([first, *rounds]), max([first, last, *rounds]))
    dated = [cost.month for cost in budget.costs if cost.month]
    months = months_from(min([own[0], *dated]), max([own[-1], *dated]))
    held: dict[str, int] = {}
    for number, month in enumerate(rounds, 1):
        held.setdefault(month, number)
    spending = [_spent(budget, month, own, rounds) for month in months]
    firm = _balances(budget, [p for p in budget.pledges if is_firm(p)], months, spending)
    promised = _balances(budget, [p for p in budget.pledges if p.status != "hoped"], months, spending)
    hoped = _balances(budget, list(budget.pledges), months, spending)
    rows = zip(months, firm, promised, spending, hoped, strict=True)
    balances = tuple(MonthBalance(m, f, p, s, held.get(m), h) for m, f, p, s, h in rows)
    ends = next((row.month for row in balances if row.firm < 0), None)
    ends_promised = next((row.month for row in balances if row.with_promised < 0), None)
    ends_hoped = next((row.month for row in balances if row.with_hoped < 0), None)
    cost = sum(spending, Decimal(0))
    sure = sum((convert(p.amount, p.currency, budget) for p in budget.pledges if is_firm(p)), Decimal(0))
    rest = sum((convert(p.amount, p.currency, budget) for p in budget.pledges if not is_firm(p) and p.status != "hoped"), Decimal(0))
    return Runway(
        months=balances,
        ends=ends,
        ends_with_promised=ends_promised,
        falls=_falling(rounds, ends),
        falls_with_promised=_falling(rounds, ends_promised),
        total_cost=cost,
        firm=sure,
        promised=rest,
        gap=max(-firm[-1], Decimal(0)),
        conditional=tuple(p for p in budget.pledges if p.status in FIRM and p.condition is not None and not p.condition_met),
        undated=tuple(p for p in budget.pledges if p.arrives is None and p.status != "hoped"),
        ends_with_hoped=ends_hoped,
        falls_with_hoped=_falling(rounds, ends_hoped),
        hoped=sum((convert(p.amount, p.currency, budget) for p in budget.pledges if p.status == "hoped"), Decimal(0)),
    )


def _falling(rounds: Sequence[str], ends: str | None) -> tuple[int, ...]:
    return tuple(number for number, month in enumerate(rounds, 1) if ends is not None and month >= ends)


def _spent(budget: Budget, month: str, own: Sequence[str], rounds: Sequence[str]) -> Decimal:
    """What goes out in the month; `own` are the months of the initiative."""
    total = Decimal(0)
    for cost in budget.costs:
        once = int((cost.month or own[0]) == month)
        times = {"month": int(own[0] <= month <= own[-1]), "round": list(rounds).count(month), "once": once}[cost.every]
        total += times * convert(cost.amount, cost.currency, budget)
    return total


def _balances(budget: Budget, pledges: Sequence[Pledge], months: Sequence[str], spending: Sequence[Decimal]) -> list[Decimal]:
    """The balance at each month's end. Money that lapses soonest is spent first, and what is left of it at its last month is lost."""
    pots = sorted(((p.until or "9999-12", p.arrives or months[0], convert(p.amount, p.currency, budget)) for p in pledges), key=lambda pot: pot[:2])
    left = [amount for _, _, amount in pots]
    owed, balances = Decimal(0), []
    for month, spent in zip(months, spending, strict=True):
        owed += spent
        usable = [i for i, (until, arrives, _) in enumerate(pots) if arrives <= month <= until]
        for i in usable:
            paid = min(left[i], owed)
            left[i], owed = left[i] - paid, owed - paid
        at_hand = sum((left[i] for i in usable if pots[i][0] > month), Decimal(0))
        balances.append(at_hand - owed)
    return balances
