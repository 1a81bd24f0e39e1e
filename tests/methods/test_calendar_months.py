"""Arithmetic on months."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.calendar_months import add_months, month_of, months_from

MONTHS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)).map(month_of)


def test_a_year_has_the_months_from_january_to_december() -> None:
    assert months_from("2027-01", "2027-12") == tuple(f"2027-{number:02d}" for number in range(1, 13))


def test_december_is_followed_by_january_and_january_preceded_by_december() -> None:
    assert add_months("2027-12", 1) == "2028-01"
    assert add_months("2028-01", -1) == "2027-12"


def test_no_month_lies_from_a_later_to_an_earlier_one() -> None:
    assert months_from("2027-02", "2027-01") == ()


def test_the_last_month_that_can_be_written_ends_the_count() -> None:
    assert months_from("9999-11", "9999-12") == ("9999-11", "9999-12")


@given(MONTHS, st.integers(-500, 500), st.integers(-500, 500))
def test_adding_twice_is_adding_the_sum(month: str, one: int, other: int) -> None:
    assert add_months(add_months(month, one), other) == add_months(month, one + other)


@given(MONTHS, st.integers(0, 400))
def test_the_months_between_are_as_many_as_were_added_and_in_order(month: str, count: int) -> None:
    months = months_from(month, add_months(month, count))
    assert len(months) == count + 1
    assert list(months) == sorted(set(months))
