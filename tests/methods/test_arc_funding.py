"""The arc as money allows: no round that firm money does not pay for, none fewer than it must be, and little that moves when some is lost."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.arc_funding import balances, plan_funded_arc, without_round
from tracktwo.methods.calendar_months import months_from
from tracktwo.model.rounds import ArcPlanned, ArcWish

FIRM = {"donor": "A", "amount": 100, "status": "received", "arrives": "2027-01"}


def wish(**fields: Any) -> ArcWish:
    given: dict[str, Any] = {
        "first": "2027-01", "last": "2027-08", "rounds": 3, "least_gap": 2, "greatest_gap": 3,
        "venues": [{"name": "Lake", "cost": 30}, {"name": "Mill", "cost": 40}], "budget": {"currency": "EUR", "pledges": [FIRM]},
    }  # fmt: skip
    return ArcWish.model_validate(given | fields)


def held(planned: ArcPlanned) -> list[tuple[str, str]]:
    return [(one.month, one.venue) for one in planned.rounds]


def possible(asked: ArcWish, months: tuple[str, ...], venues: tuple[int, ...]) -> bool:
    """Whether rounds in these months at these venues keep gaps, venues' months and turns, and money, counted by the runway of `money`."""
    order = months_from(asked.first, asked.last)
    places = [order.index(month) for month in months]
    gaps = [later - earlier for earlier, later in pairwise(places)]
    open_ = all(m not in asked.blackouts and m not in asked.venues[v].closed for m, v in zip(months, venues, strict=True))
    turns = all(one != other for one, other in pairwise(venues)) or len(asked.venues) == 1
    if not (open_ and turns and all(asked.least_gap <= gap <= asked.greatest_gap for gap in gaps)):
        return False
    planned = plan_funded_arc(asked)
    rounds = [
        planned.rounds[0].model_copy(update={"number": n, "month": m, "cost": asked.venues[v].cost})
        for n, (m, v) in enumerate(zip(months, venues, strict=True))
    ]
    return all(row.firm >= 0 for row in balances(asked, rounds))


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(20, 70), st.integers(0, 5), st.one_of(st.none(), st.integers(5, 7))), min_size=1, max_size=3),
    st.sets(st.integers(0, 7), max_size=2),
    st.integers(1, 3),
)
def test_no_arc_has_more_rounds_by_trying_all_of_them(money: list[tuple[int, int, int | None]], closed: set[int], least: int) -> None:
    order = months_from("2027-01", "2027-08")
    pledges = [
        {"donor": f"D{n}", "amount": amount, "status": "signed", "arrives": order[at], **({"until": order[until]} if until is not None else {})}
        for n, (amount, at, until) in enumerate(money)
    ]
    asked = wish(budget={"currency": "EUR", "pledges": pledges}, blackouts=[order[n] for n in closed], least_gap=least)
    planned = plan_funded_arc(asked)
    assert planned.status == "optimal"
    assert all(row.firm >= 0 for row in planned.months)
    if planned.rounds:
        assert possible(asked, tuple(m for m, _ in held(planned)), tuple(["Lake", "Mill"].index(v) for _, v in held(planned)))
        more = len(planned.rounds) + 1
        if more <= asked.rounds:
            tried = product(combinations(order, more), product(range(2), repeat=more))
            assert not any(possible(asked, months, venues) for months, venues in tried)


def test_money_that_is_only_promised_pays_for_no_round() -> None:
    promised = {**FIRM, "status": "promised"}
    planned = plan_funded_arc(wish(budget={"currency": "EUR", "pledges": [promised]}))
    assert (planned.status, planned.rounds) == ("optimal", ())
    assert planned.sentences == ("0 of 3 rounds: no arc within these months, gaps and firm money has more than 0.",)


def test_costs_that_fall_due_without_a_round_come_first_and_what_is_not_covered_is_told() -> None:
    costs = [{"what": "office", "amount": 20, "every": "month"}]
    planned = plan_funded_arc(wish(budget={"currency": "EUR", "pledges": [FIRM], "costs": costs}))
    assert (planned.rounds, planned.uncovered) == ((), Decimal(60))


def test_purposes_keep_kelmans_order_and_the_core_stays() -> None:
    planned = plan_funded_arc(wish())
    assert [one.purpose for one in planned.rounds] == ["needs-and-fears", "constraints", "carrying-home"]
    assert [(one.keeps, one.new) for one in planned.rounds] == [(0, 16), (12, 4), (12, 4)]
    starts = [one.month for one in planned.rounds[1:]]
    assert all(one.briefed_by.isoformat() < f"{start}-01" for one, start in zip(planned.rounds, starts, strict=False))


def test_when_the_money_of_a_round_is_lost_only_what_must_goes() -> None:
    asked = wish(budget={"currency": "EUR", "pledges": [{**FIRM, "amount": 110}]})
    before = plan_funded_arc(asked)
    less = without_round(asked, before, 2)
    assert sum(pledge.amount for pledge in less.budget.pledges) == 110 - before.rounds[1].cost
    after = plan_funded_arc(less, before=before)
    assert len(after.rounds) == 2
    assert set(held(after)) < set(held(before))


def test_a_donor_that_is_lost_is_named_before_and_after() -> None:
    two = wish(budget={"currency": "EUR", "pledges": [{**FIRM, "amount": 70}, {**FIRM, "donor": "B", "amount": 30}]})
    before = plan_funded_arc(two)
    after = plan_funded_arc(two, before=before, lost=("B",))
    assert (len(before.rounds), len(after.rounds)) == (3, 2)
    assert after.sentences[0] == "Without the money of B."
