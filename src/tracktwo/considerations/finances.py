"""Feasibility, continued: money by month, the month it ends, and which meetings fall (row B5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from tracktwo.considerations.inquiry import Inquiry, listing, months_between, msg, term
from tracktwo.considerations.places import Places
from tracktwo.methods.arc import Round
from tracktwo.methods.calendar_months import month_of
from tracktwo.methods.money import VIEWS, Estimate, Meeting, Runway, by_programme, estimate, runway
from tracktwo.model import brief as b
from tracktwo.model import exhibit
from tracktwo.model.exhibit import AnyExhibit
from tracktwo.model.finding import Evidence, Finding, Listing, Message, Money, Month, Param

_RATE_AGE = 3
"""Months after which an exchange rate is said to be old."""


_TEAM = 3
"""People of the team who travel, where nobody is entered yet."""
_PER_SIDE = 6
_SESSION_HOURS = 8
"""Hours of a day on which an interpreter is at work or at hand; interpreters work in pairs."""


def outlook(q: Inquiry, arc: tuple[Round, ...], places: Places) -> Runway | None:
    """The runway of the initiative; None where there is no budget with costs, or no date to count from."""
    budget = budget_of(q, places)
    if budget is None or not budget.costs or not arc:
        return None
    return runway(budget, [item.month for item in arc], arc[0].month, arc[-1].month)


def budget_of(q: Inquiry, places: Places) -> b.Budget | None:
    """The budget, with what each meeting costs by its programme where prices are entered."""
    budget = q.initiative.budget
    return by_programme(budget, meeting_of(q, places)) if budget is not None and budget.tariff is not None else budget


def meeting_of(q: Inquiry, places: Places) -> Meeting:
    """What of the first meeting costs money: by the people entered, or by how many are wished of each side."""
    wish, initiative = q.initiative.wish, q.initiative
    invited = len([person for person in initiative.invited if person.kind == "person"]) or (wish.per_side or _PER_SIDE) * max(
        len(initiative.table), 1
    )
    people = invited + (len(initiative.team) or _TEAM)
    option = next(iter(places.proposed or places.short), None)
    known = [item for item in option.journeys if item.kilometres is not None and not item.lost] if option else []
    mean = sum(item.kilometres or 0 for item in known) / len(known) if known else 0
    asking = option.count("embassy", "online", "on arrival") / max(len(option.journeys), 1) if option else 0
    tongues = len(initiative.tongues.languages)
    return Meeting(
        people=people,
        days=wish.days,
        nights=wish.days + 1,
        interpreter_hours=2 * max(tongues - 1, 0) * _SESSION_HOURS * wish.days,
        kilometres=round(2 * mean * people),
        visas=round(asking * people),
    )


def money(q: Inquiry, arc: tuple[Round, ...], places: Places) -> Iterator[Finding]:
    """B5: is money there for years, not for one meeting?"""
    budget = budget_of(q, places)
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
    found = outlook(q, arc, places)
    if found is None:
        yield q.unknown(
            "money.no-dates" if budget.costs else "money.no-costs", "B5", q.convenor(), "budget", evidence=q.said(budget), pledges=len(budget.pledges)
        )
        return
    yield from _ending(q, found, arc)
    yield from _by_programme(q, places)
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


def _by_programme(q: Inquiry, places: Places) -> Iterator[Finding]:
    """What one meeting costs by its programme, where prices are entered."""
    tariff = q.initiative.budget.tariff if q.initiative.budget else None
    if tariff is None or q.initiative.budget is None:
        return
    meeting, currency = meeting_of(q, places), tariff.currency or q.initiative.budget.currency
    lines = estimate(tariff, meeting)
    yield q.assumed(
        "money.one-meeting",
        "B5",
        q.said(tariff),
        cost=_money(sum((line.amount for line in lines), Decimal(0)), currency),
        people=meeting.people,
        days=meeting.days,
        lines=listing(_line(line, currency) for line in lines),
        decision="budget",
    )


def _line(line: Estimate, currency: str) -> Message:
    return msg("money.line", item=term("item", line.item), units=line.units, unit=term("unit", line.item), amount=_money(line.amount, currency))


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


def exhibits(q: Inquiry, arc: tuple[Round, ...], places: Places) -> Iterator[AnyExhibit]:
    """The runway as a figure, and how it looks if nothing more comes, as is expected, and if every hope comes true."""
    found, budget = outlook(q, arc, places), q.initiative.budget
    if found is None or budget is None:
        return
    yield exhibit.Runway(
        row="B5",
        title=msg("figure.runway"),
        evidence=_evidence(q),
        currency=budget.currency,
        months=tuple(
            exhibit.MonthOfMoney(
                month=row.month, firm=int(row.firm.to_integral_value()), promised=int(row.with_promised.to_integral_value()), meeting=row.round
            )
            for row in found.months
        ),
        ends=found.ends,
    )
    cells: list[tuple[Param, ...]] = []
    for view in VIEWS:
        ends, falls, gap = found.seen(view)
        nothing = term("list", "nothing")
        lacking: Param = _money(gap, budget.currency) if gap else nothing
        cells.append((term("view", view), Month(month=ends) if ends else nothing, lacking, _rounds(falls, arc) if falls else nothing))
    yield exhibit.Table(
        row="B5",
        title=msg("table.money-views"),
        evidence=_evidence(q),
        header=tuple(msg(f"column.{name}") for name in ("view", "short-from", "lacking", "falling")),
        cells=tuple(cells),
    )
    if budget.tariff is not None:
        currency = budget.tariff.currency or budget.currency
        yield exhibit.Table(
            row="B5",
            title=msg("table.one-meeting"),
            evidence=q.said(budget.tariff),
            header=tuple(msg(f"column.{name}") for name in ("item", "units", "price", "amount")),
            cells=tuple(
                (
                    msg("money.item", item=term("item", line.item), unit=term("unit", line.item)),
                    line.units,
                    _exactly(line.price, currency),
                    _money(line.amount, currency),
                )
                for line in estimate(budget.tariff, meeting_of(q, places))
            ),
        )


def _exactly(amount: Decimal, currency: str) -> Money:
    return Money(amount=amount, currency=currency)
