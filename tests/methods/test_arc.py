"""The arc: rounds over months, on one weekday, never one into the next, in Kelman's order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.arc import PURPOSES, plan_arc

STARTS = st.dates(min_value=date(1990, 1, 1), max_value=date(2150, 12, 31))
WISHES = st.tuples(STARTS, st.integers(1, 60), st.integers(1, 120), st.integers(1, 30))


def test_four_rounds_over_eighteen_months_start_on_the_same_weekday() -> None:
    arc = plan_arc(date(2027, 2, 1), rounds=4, months=18, days=3)
    assert [item.starts for item in arc] == [date(2027, 2, 1), date(2027, 8, 2), date(2028, 1, 3), date(2028, 7, 3)]
    assert [item.ends - item.starts for item in arc] == [timedelta(days=2)] * 4


def test_four_rounds_go_from_needs_to_carrying_home() -> None:
    arc = plan_arc(date(2027, 2, 1), rounds=4, months=18, days=3)
    assert [item.purpose for item in arc] == ["needs-and-fears", "joint-thinking", "overcoming-constraints", "carrying-home"]
    assert [item.stage for item in arc] == ["socialising", "filtering ideas home", "policy adjustment", "policy adjustment"]
    assert [item.newcomers for item in arc] == [0.0, 0.25, 0.25, 0.25]


def test_a_single_round_is_for_needs_and_fears() -> None:
    (only,) = plan_arc(date(2027, 2, 1), rounds=1, months=18, days=3)
    assert (only.purpose, only.starts, only.briefing_by) == ("needs-and-fears", date(2027, 2, 1), date(2027, 2, 24))


def test_two_rounds_begin_with_needs_and_end_with_carrying_home() -> None:
    assert [item.purpose for item in plan_arc(date(2027, 2, 1), 2, 6, 3)] == ["needs-and-fears", "carrying-home"]


def test_an_arc_that_starts_on_the_31st_stays_near_the_end_of_each_month() -> None:
    arc = plan_arc(date(2027, 1, 31), rounds=3, months=3, days=2)
    assert [item.starts for item in arc] == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 28)]


def test_more_rounds_than_months_are_spread_by_weeks() -> None:
    arc = plan_arc(date(2027, 1, 4), rounds=6, months=3, days=2)
    assert [(item.starts - arc[0].starts).days // 7 for item in arc] == [0, 2, 4, 6, 9, 11]


def test_rounds_that_do_not_fit_into_their_months_follow_each_other_week_by_week() -> None:
    arc = plan_arc(date(2027, 1, 4), rounds=60, months=1, days=10)
    assert {(later.starts - item.starts).days for item, later in pairwise(arc)} == {14}


def test_officials_are_briefed_a_week_before_the_next_round_where_rounds_are_close() -> None:
    arc = plan_arc(date(2027, 1, 4), rounds=6, months=3, days=2)
    assert arc[0].briefing_by == arc[1].starts - timedelta(days=7)
    assert arc[-1].briefing_by == arc[-1].ends + timedelta(days=21)


@given(WISHES)
@settings(max_examples=200)
def test_no_round_begins_before_the_one_before_has_ended(wish: tuple[date, int, int, int]) -> None:
    arc = plan_arc(*wish)
    assert [item.number for item in arc] == list(range(1, wish[1] + 1))
    assert all(item.ends < later.starts for item, later in pairwise(arc))


@given(WISHES)
def test_every_round_starts_on_the_weekday_of_the_first(wish: tuple[date, int, int, int]) -> None:
    assert {item.starts.weekday() for item in plan_arc(*wish)} == {wish[0].weekday()}


@given(WISHES)
def test_the_purposes_never_go_back(wish: tuple[date, int, int, int]) -> None:
    order = [PURPOSES.index(item.purpose) for item in plan_arc(*wish)]
    assert order == sorted(order)
    assert order[0] == 0
    assert order[-1] == (0 if wish[1] == 1 else 4)


@given(WISHES)
def test_officials_are_briefed_after_a_round_and_before_the_next(wish: tuple[date, int, int, int]) -> None:
    arc = plan_arc(*wish)
    assert all(item.ends <= item.briefing_by <= item.ends + timedelta(days=21) for item in arc)
    assert all(item.briefing_by < later.starts for item, later in pairwise(arc))


@given(STARTS, st.integers(2, 60), st.integers(0, 60), st.integers(1, 7))
def test_an_arc_with_a_month_for_every_round_ends_in_the_last_of_its_months(starts: date, rounds: int, more: int, days: int) -> None:
    months = rounds + more
    last = plan_arc(starts, rounds, months, days)[-1].starts
    expected = starts.year * 12 + starts.month - 1 + months - 1
    assert abs(last - date(expected // 12, expected % 12 + 1, min(starts.day, 28))) <= timedelta(days=6)


@pytest.mark.parametrize("days", [1, 7, 8, 30])
def test_the_month_of_a_round_is_the_month_in_which_it_starts(days: int) -> None:
    assert all(item.month == item.starts.isoformat()[:7] for item in plan_arc(date(2027, 10, 31), 12, 12, days))
