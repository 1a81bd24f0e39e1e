"""Feasibility, continued: money by month, the month it ends, and which meetings fall (row B5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from tracktwo.considerations.inquiry import Inquiry, listing, months_between, msg, term
from tracktwo.methods.arc import Round
from tracktwo.methods.calendar_months import month_of
from tracktwo.methods.money import Runway, runway
from tracktwo.model import exhibit
from tracktwo.model.exhibit import AnyExhibit
from tracktwo.model.finding import Evidence, Finding, Listing, Money, Month, Param

_RATE_AGE = 3
"""Months after which an exchange rate is said to be old."""


def outlook(q: Inquiry, arc: tuple[Round, ...]) -> Runway | None:
    """The runway of the initiative; None where there is no budget with costs, or no date to count from."""
    budget = q.initiative.budget
    if budget is None or not budget.costs or not arc:
        return None
    return runway(budget, [item.month for item in arc], arc[0].month, arc[-1].month)


def money(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B5: is money there for years, not for one meeting?"""
    budget = q.initiative.budget
    if budget is None or not (budget.costs or budget.pledges):
        wish = q.initiative.wish
        yield q.unknown(
            "money.none",
            "B5",
            [q.convenor(), term("who", "donor")],
            "budget",
            severity="warning",
            rounds=wish.rounds,
            months=wish.months,
            title=q.initiative.opening.title,
        )
        return
    found = outlook(q, arc)
    if found is None:
        yield q.unknown(
            "money.no-dates" if budget.costs else "money.no-costs", "B5", q.convenor(), "budget", evidence=q.said(budget), pledges=len(budget.pledges)
        )
        return
    yield from _ending(q, found, arc)
    yield from _open_conditions(q, found)
    yield from _rates(q)


def _ending(q: Inquiry, found: Runway, arc: tuple[Round, ...]) -> Iterator[Finding]:
    budget = q.initiative.budget
    assert budget is not None
    evidence = _evidence(q)
    if found.ends:
        yield _end(q, found, found.ends, arc)
        if found.promised and found.ends_with_promised is None:
            yield q.assumed(
                "money.promises-would-do", "B5", evidence, severity="note", promised=_money(found.promised, budget.currency), count=len(found.falls)
            )
        elif found.promised and found.ends_with_promised:
            yield q.assumed(
                "money.promises-not-enough",
                "B5",
                evidence,
                severity="warning",
                promised=_money(found.promised, budget.currency),
                month=Month(month=found.ends_with_promised),
                count=len(found.falls_with_promised),
            )
    else:
        yield q.assumed(
            "money.lasts",
            "B5 D12",
            evidence,
            cost=_money(found.total_cost, budget.currency),
            firm=_money(found.firm, budget.currency),
            last=Month(month=found.months[-1].month),
            rounds=len(arc),
        )


def _end(q: Inquiry, found: Runway, ends: str, arc: tuple[Round, ...]) -> Finding:
    """The month from which firm money does not cover what is spent: for good, or until later payments come in."""
    budget = q.initiative.budget
    assert budget is not None
    params: dict[str, Param] = {
        "month": Month(month=ends),
        "nth": next(n for n, row in enumerate(found.months, 1) if row.month == ends),
        "months": len(found.months),
        "first": Month(month=found.months[0].month),
    }
    if not found.gap:
        code, severity = "money.comes-late", "warning"
        params["short"] = short = _money(-min(row.firm for row in found.months), budget.currency)
        next_step = msg("money.ask-earlier", short=short)
    else:
        code, severity = "money.ends" if found.falls else "money.ends-no-round", "serious"
        params["gap"] = gap = _money(found.gap, budget.currency)
        next_step = msg("money.ask-now", gap=gap)
        if found.falls:
            params |= {"count": len(found.falls), "falls": _rounds(found.falls, arc)}
    return q.assumed(code, "B5 D12", _evidence(q), severity=severity, next_step=next_step, ask=term("who", "donor"), decision="budget", **params)


def _open_conditions(q: Inquiry, found: Runway) -> Iterator[Finding]:
    budget = q.initiative.budget
    assert budget is not None
    for pledge in found.conditional:
        yield q.assumed(
            "money.condition",
            "B5",
            q.said(pledge),
            severity="warning",
            donor=pledge.donor,
            amount=_money(pledge.amount, pledge.currency or budget.currency),
            condition=pledge.condition or "",
            ask=pledge.donor,
            decision="budget",
        )
    if found.undated:
        yield q.unknown(
            "money.undated",
            "B5",
            listing(pledge.donor for pledge in found.undated).items,
            "budget",
            evidence=q.said(*found.undated),
            donors=listing(pledge.donor for pledge in found.undated),
            count=len(found.undated),
        )
    donors = {pledge.donor for pledge in budget.pledges}
    if len(donors) == 1:
        yield q.assumed("money.one-donor", "B5", q.said(*budget.pledges), severity="note", donor=next(iter(donors)), decision="budget")


def _rates(q: Inquiry) -> Iterator[Finding]:
    budget = q.initiative.budget
    assert budget is not None
    old = [rate for rate in budget.rates if months_between(rate.as_of, q.basis.as_of) >= _RATE_AGE]
    for rate in old:
        yield q.assumed(
            "money.rate-old",
            "B5",
            q.said(rate),
            severity="note",
            currency=rate.currency,
            budget=budget.currency,
            on=rate.as_of,
            months=months_between(rate.as_of, q.basis.as_of),
        )


def _evidence(q: Inquiry) -> tuple[Evidence, ...]:
    budget = q.initiative.budget
    assert budget is not None
    return q.said(budget, *budget.costs, *budget.pledges, *budget.rates)


def _rounds(numbers: tuple[int, ...], arc: tuple[Round, ...]) -> Listing:
    return listing(msg("money.round", number=number, month=Month(month=month_of(arc[number - 1].starts))) for number in numbers)


def _money(amount: Decimal, currency: str) -> Money:
    return Money(amount=amount.quantize(Decimal(1), ROUND_HALF_UP), currency=currency)


def exhibits(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    """The runway as a figure."""
    found = outlook(q, arc)
    if found is None or q.initiative.budget is None:
        return
    yield exhibit.Runway(
        row="B5",
        title=msg("figure.runway"),
        evidence=_evidence(q),
        currency=q.initiative.budget.currency,
        months=tuple(
            exhibit.MonthOfMoney(
                month=row.month, firm=int(row.firm.to_integral_value()), promised=int(row.with_promised.to_integral_value()), meeting=row.round
            )
            for row in found.months
        ),
        ends=found.ends,
    )
