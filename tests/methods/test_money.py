"""The runway: what is firm, when it ends, which meetings fall. Every figure here was worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.calendar_months import add_months
from tracktwo.methods.money import convert, is_firm, runway
from tracktwo.model.brief import Budget, Cost, Pledge, Rate

ROUNDS = ("2027-02", "2027-05", "2027-08")


def budget(costs: list[Cost], pledges: list[Pledge], rates: tuple[Rate, ...] = ()) -> Budget:
    return Budget(currency="EUR", costs=tuple(costs), pledges=tuple(pledges), rates=rates)


def cost(amount: int, every: str = "round", month: str | None = None, currency: str | None = None) -> Cost:
    return Cost.model_validate({"what": "hall", "amount": amount, "every": every, "month": month, "currency": currency})


def pledge(amount: int, status: str = "signed", **more: object) -> Pledge:
    return Pledge.model_validate({"donor": "a foundation", "amount": amount, "status": status, **more})


def test_money_for_one_round_ends_at_the_second() -> None:
    found = runway(budget([cost(100)], [pledge(150, arrives="2027-01")]), ROUNDS, "2027-01", "2027-08")
    assert [(row.month, int(row.firm), row.round) for row in found.months] == [
        ("2027-01", 150, None),
        ("2027-02", 50, 1),
        ("2027-03", 50, None),
        ("2027-04", 50, None),
        ("2027-05", -50, 2),
        ("2027-06", -50, None),
        ("2027-07", -50, None),
        ("2027-08", -150, 3),
    ]
    assert (found.ends, found.falls, found.total_cost, found.firm, found.gap) == ("2027-05", (2, 3), 300, 150, 150)


def test_money_that_covers_everything_never_ends() -> None:
    found = runway(budget([cost(100)], [pledge(300, arrives="2027-01")]), ROUNDS, "2027-01", "2027-08")
    assert (found.ends, found.falls, found.gap) == (None, (), 0)


def test_costs_fall_by_round_by_month_and_once() -> None:
    costs = [cost(100), cost(10, "month"), cost(7, "once"), cost(5, "once", "2027-04")]
    found = runway(budget(costs, []), ROUNDS, "2027-01", "2027-08")
    assert [int(row.spent) for row in found.months] == [17, 110, 10, 15, 110, 10, 10, 110]
    assert found.total_cost == 300 + 80 + 7 + 5


def test_two_rounds_in_one_month_cost_twice() -> None:
    found = runway(budget([cost(100)], []), ("2027-02", "2027-02"), "2027-02", "2027-02")
    assert [(row.spent, row.round) for row in found.months] == [(200, 1)]


def test_amounts_in_other_currencies_count_at_the_latest_rate() -> None:
    rates = (
        Rate.model_validate({"currency": "USD", "rate": "0.5", "as_of": "2026-01-01"}),
        Rate.model_validate({"currency": "USD", "rate": "0.9", "as_of": "2026-06-01"}),
        Rate.model_validate({"currency": "XAF", "rate": "0.0015", "as_of": "2026-06-01"}),
    )
    money = budget([cost(100_000, currency="XAF")], [pledge(1000, currency="USD", arrives="2027-01")], rates)
    assert convert(Decimal(1000), "USD", money) == 900
    found = runway(money, ROUNDS, "2027-01", "2027-08")
    assert (found.total_cost, found.firm) == (450, 900)
    assert found.months[-1].firm == 450


def test_a_pledge_whose_condition_is_open_is_not_firm_but_promised() -> None:
    held = pledge(500, condition="a report", arrives="2027-01")
    met = pledge(40, condition="a registration", condition_met=True, arrives="2027-01")
    found = runway(budget([cost(100)], [held, met]), ROUNDS, "2027-01", "2027-08")
    assert (is_firm(held), is_firm(met)) == (False, True)
    assert (found.firm, found.promised, found.conditional) == (40, 500, (held,))
    assert (found.ends, found.ends_with_promised) == ("2027-02", None)
    assert (found.falls, found.falls_with_promised) == ((1, 2, 3), ())


def test_hoped_money_counts_nowhere() -> None:
    found = runway(budget([cost(100)], [pledge(9999, "hoped")]), ROUNDS, "2027-01", "2027-08")
    assert (found.firm, found.promised, found.ends_with_promised, found.undated) == (0, 0, "2027-02", ())


def test_money_that_comes_after_the_round_it_should_pay_does_not_save_that_month() -> None:
    found = runway(budget([cost(100)], [pledge(300, arrives="2027-03")]), ROUNDS, "2027-01", "2027-08")
    assert found.ends == "2027-02"
    assert found.months[-1].firm == 0
    assert found.gap == 0


def test_what_is_left_of_a_pledge_when_it_lapses_is_lost() -> None:
    found = runway(budget([cost(100)], [pledge(250, arrives="2027-01", until="2027-05")]), ROUNDS, "2027-01", "2027-08")
    assert [int(row.firm) for row in found.months] == [250, 150, 150, 150, 0, 0, 0, -100]
    assert (found.ends, found.gap) == ("2027-08", 100)


def test_money_that_lapses_soonest_is_spent_first() -> None:
    lasting, lapsing = pledge(200, arrives="2027-01"), pledge(100, arrives="2027-01", until="2027-02")
    found = runway(budget([cost(100)], [lasting, lapsing]), ROUNDS, "2027-01", "2027-08")
    assert found.ends is None
    assert found.months[-1].firm == 0


def test_a_pledge_without_a_month_counts_from_the_first_month_and_is_named() -> None:
    open_date = pledge(300)
    found = runway(budget([cost(100)], [open_date]), ROUNDS, "2027-01", "2027-08")
    assert found.months[0].firm == 300
    assert found.undated == (open_date,)


def test_money_received_long_ago_is_at_hand_and_does_not_lengthen_the_runway() -> None:
    found = runway(budget([cost(10, "month")], [pledge(100, "received", arrives="2025-01")]), ROUNDS, "2027-01", "2027-08")
    assert found.months[0].month == "2027-01"
    assert (found.total_cost, found.months[0].firm) == (80, 90)


def test_a_single_cost_before_or_after_the_initiative_is_counted() -> None:
    costs = [cost(5, "once", "2026-11"), cost(7, "once", "2028-01"), cost(1, "month")]
    found = runway(budget(costs, []), ROUNDS, "2027-01", "2027-08")
    assert (found.months[0].month, found.months[-1].month, found.total_cost) == ("2026-11", "2028-01", 5 + 7 + 8)


AMOUNTS = st.integers(1, 10_000)
MONTHS = st.integers(0, 23).map(lambda count: add_months("2027-01", count))
COSTS = st.one_of(st.builds(cost, AMOUNTS, st.sampled_from(["round", "month", "once"])), st.builds(lambda a, m: cost(a, "once", m), AMOUNTS, MONTHS))
PLEDGES = st.builds(
    lambda amount, status, window, dated, lapses: pledge(
        amount, status, arrives=min(window) if dated else None, until=max(window) if lapses else None
    ),
    AMOUNTS,
    st.sampled_from(["received", "signed", "promised", "hoped"]),
    st.tuples(MONTHS, MONTHS),
    st.booleans(),
    st.booleans(),
)
BUDGETS = st.builds(budget, st.lists(COSTS, min_size=1, max_size=5), st.lists(PLEDGES, max_size=5))
HELD = st.lists(MONTHS, min_size=1, max_size=6).map(lambda months: tuple(sorted(months)))


@given(BUDGETS, HELD, PLEDGES)
@settings(max_examples=300)
def test_another_firm_pledge_never_makes_the_money_end_earlier(money: Budget, rounds: tuple[str, ...], more: Pledge) -> None:
    firm = more.model_copy(update={"status": "signed"})
    before = runway(money, rounds, rounds[0], rounds[-1])
    after = runway(money.model_copy(update={"pledges": (*money.pledges, firm)}), rounds, rounds[0], rounds[-1])
    assert (after.ends or "9999-99") >= (before.ends or "9999-99")
    assert after.gap <= before.gap
    assert len(after.falls) <= len(before.falls)


@given(BUDGETS, HELD, st.integers(2, 50))
def test_when_all_amounts_grow_alike_the_end_stays(money: Budget, rounds: tuple[str, ...], factor: int) -> None:
    grown = money.model_copy(
        update={
            "costs": tuple(item.model_copy(update={"amount": item.amount * factor}) for item in money.costs),
            "pledges": tuple(item.model_copy(update={"amount": item.amount * factor}) for item in money.pledges),
        }
    )
    small, large = (runway(each, rounds, rounds[0], rounds[-1]) for each in (money, grown))
    assert (small.ends, small.ends_with_promised, small.falls) == (large.ends, large.ends_with_promised, large.falls)
    assert large.gap == small.gap * factor


@given(BUDGETS, HELD)
def test_the_total_is_the_sum_of_what_the_months_spend(money: Budget, rounds: tuple[str, ...]) -> None:
    found = runway(money, rounds, rounds[0], rounds[-1])
    assert found.total_cost == sum(row.spent for row in found.months)
    months = int(rounds[-1][:4]) * 12 + int(rounds[-1][5:]) - int(rounds[0][:4]) * 12 - int(rounds[0][5:]) + 1
    times = {"round": len(rounds), "month": months, "once": 1}
    assert found.total_cost == sum(item.amount * times[item.every] for item in money.costs)


@given(BUDGETS, HELD)
def test_money_promised_on_top_never_leaves_less(money: Budget, rounds: tuple[str, ...]) -> None:
    found = runway(money, rounds, rounds[0], rounds[-1])
    assert all(row.with_promised >= row.firm for row in found.months)
    assert found.gap >= max(found.total_cost - found.firm, 0)
