"""Which way violence goes, and in which episodes it came."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.trend import episodes, trend
from tracktwo.model.world import CountryYear


def years(*deaths: int, first: int = 2019) -> list[CountryYear]:
    return [CountryYear("CAF", first + number, count, 0, 0, 0, ()) for number, count in enumerate(deaths)]


@pytest.mark.parametrize(
    ("deaths", "direction"),
    [
        ((100, 100, 100, 150, 150, 150), "rising"),
        ((100, 100, 100, 150, 150, 149), "steady"),
        ((150, 150, 150, 100, 100, 100), "falling"),
        ((149, 150, 150, 100, 100, 100), "steady"),
        ((24, 24, 24, 0, 0, 0), "quiet"),
        ((0, 0, 0, 24, 24, 24), "quiet"),
        ((0, 0, 0, 0, 0, 25), "rising"),
        ((25, 0, 0, 0, 0, 0), "falling"),
    ],
)
def test_half_as_much_again_is_a_rise_or_a_fall_and_under_25_is_quiet(deaths: tuple[int, ...], direction: str) -> None:
    found = trend(years(*deaths))
    assert found is not None
    assert found.direction == direction


def test_only_the_last_six_years_are_compared_but_the_peak_is_of_all() -> None:
    found = trend(years(900, 5, 10, 20, 30, 40, 50, 60))
    assert found is not None
    assert (found.before, found.before_years, found.recent, found.recent_years) == (60, (2021, 2023), 150, (2024, 2026))
    assert (found.peak, found.peak_year) == (900, 2019)


def test_of_two_years_as_bad_the_later_is_the_peak() -> None:
    found = trend(years(50, 70, 70, 1, 1, 1))
    assert found is not None
    assert found.peak_year == 2021


def test_all_three_kinds_of_violence_count() -> None:
    found = trend([CountryYear("CAF", 2019 + number, 10, 20, 30, 5, ()) for number in range(6)])
    assert found is not None
    assert (found.before, found.recent) == (180, 180)


def test_five_years_are_too_few_to_compare() -> None:
    assert trend(years(1, 2, 3, 4, 5)) is None


@given(st.lists(st.integers(0, 5000), min_size=6, max_size=6))
def test_time_backwards_turns_a_rise_into_a_fall(deaths: list[int]) -> None:
    one, other = trend(years(*deaths)), trend(years(*reversed(deaths)))
    assert one is not None
    assert other is not None
    assert other.direction == {"rising": "falling", "falling": "rising"}.get(one.direction, one.direction)


def test_two_silent_years_part_two_episodes_and_one_does_not() -> None:
    assert episodes([2001, 2002, 2004, 2007]) == ((2001, 2004), (2007, 2007))
    assert episodes([2001, 2002, 2004, 2007], gap=1) == ((2001, 2002), (2004, 2004), (2007, 2007))
    assert episodes([2007, 2001, 2001]) == ((2001, 2001), (2007, 2007))
    assert episodes([]) == ()


@given(st.lists(st.integers(1946, 2025)), st.integers(1, 5))
def test_every_active_year_lies_in_one_episode_and_episodes_lie_apart(active: list[int], gap: int) -> None:
    found = episodes(active, gap)
    assert all(sum(first <= year <= last for first, last in found) == 1 for year in active)
    assert all(later[0] - earlier[1] > gap for earlier, later in pairwise(found))
    assert {year for episode in found for year in episode} <= set(active)
