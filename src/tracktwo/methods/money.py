"""Money month by month: what is firm, what is only promised, when it ends and which meetings fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracktwo.methods.calendar_months import months_from
from tracktwo.model.brief import Budget, Pledge

FIRM = frozenset({"received", "signed"})


@dataclass(frozen=True)
class MonthBalance:
    """Balances at the end of a month, in the budget's currency; spending of that month; the round held in it, if any."""

    month: str
    firm: Decimal
    with_promised: Decimal
    spent: Decimal
    round: int | None


@dataclass(frozen=True)
class Runway:
    """The months, the first month in which firm money does not cover what has been spent, and the rounds from there on."""

    months: tuple[MonthBalance, ...]
    ends: str | None
    ends_with_promised: str | None
    falls: tuple[int, ...]
    falls_with_promised: tuple[int, ...]
    total_cost: Decimal
    firm: Decimal
    promised: Decimal
    gap: Decimal
    """Cost that firm money does not cover; zero or more."""
    conditional: tuple[Pledge, ...]
    """Signed or received pledges whose condition is not met: they do not count as firm."""
    undated: tuple[Pledge, ...]
    """Pledges without a month of arrival: counted from the first month, which flatters the early months."""


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

    Costs fall in their month: each round's in the month of the round, monthly ones in every month, single ones where they are dated,
    undated single ones in the first month. A pledge that lapses (`until`) covers nothing after that month that was not spent by then.
    """
    months = months_from(min([first, *rounds, *_dated(budget)]), max([last, *rounds]))
    held = {month: number for number, month in enumerate(rounds, 1)}
    firm = _balances(budget, [p for p in budget.pledges if is_firm(p)], months, rounds)
    promised = _balances(budget, [p for p in budget.pledges if p.status != "hoped"], months, rounds)
    spending = [_spent(budget, month, months[0], rounds) for month in months]
    balances = tuple(MonthBalance(m, f, p, s, held.get(m)) for m, f, p, s in zip(months, firm, promised, spending, strict=True))
    ends = next((row.month for row in balances if row.firm < 0), None)
    ends_promised = next((row.month for row in balances if row.with_promised < 0), None)
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
        gap=max(cost - sure, Decimal(0)),
        conditional=tuple(p for p in budget.pledges if p.status in FIRM and p.condition is not None and not p.condition_met),
        undated=tuple(p for p in budget.pledges if p.arrives is None),
    )


def _falling(rounds: Sequence[str], ends: str | None) -> tuple[int, ...]:
    return tuple(number for number, month in enumerate(rounds, 1) if ends is not None and month >= ends)


def _dated(budget: Budget) -> list[str]:
    return [p.arrives for p in budget.pledges if p.arrives] + [c.month for c in budget.costs if c.month]


def _spent(budget: Budget, month: str, first: str, rounds: Sequence[str]) -> Decimal:
    total = Decimal(0)
    for cost in budget.costs:
        times = {"month": 1, "round": list(rounds).count(month), "once": int((cost.month or first) == month)}[cost.every]
        total += times * convert(cost.amount, cost.currency, budget)
    return total


def _balances(budget: Budget, pledges: Sequence[Pledge], months: Sequence[str], rounds: Sequence[str]) -> list[Decimal]:
    """The balance at each month's end. Money that lapses soonest is spent first, and what is left of it at its last month is lost."""
    pots = sorted(((p.until or "9999-12", p.arrives or months[0], convert(p.amount, p.currency, budget)) for p in pledges), key=lambda pot: pot[:2])
    left = [amount for _, _, amount in pots]
    owed, balances = Decimal(0), []
    for month in months:
        owed += _spent(budget, month, months[0], rounds)
        usable = [i for i, (until, arrives, _) in enumerate(pots) if arrives <= month <= until]
        for i in usable:
            paid = min(left[i], owed)
            left[i], owed = left[i] - paid, owed - paid
        at_hand = sum((left[i] for i in usable if pots[i][0] > month), Decimal(0))
        balances.append(at_hand - owed)
    return balances
