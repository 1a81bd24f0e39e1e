"""The ledger of turns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.turns import THIRD_PARTY, Turn, ledger


def test_turns_that_go_on_from_round_to_round_are_even() -> None:
    first = [Turn("north", 90), Turn("south", 90), Turn("north", 90), Turn(THIRD_PARTY, 60)]
    book = ledger(first, ["north", "south"], ["north", "south"], rounds=5)
    assert [(a.host, a.turns, a.minutes, a.over_all) for a in book.accounts] == [
        ("north", 2, 180, 8),
        ("south", 1, 90, 7),
        (THIRD_PARTY, 1, 60, 5),
    ]
    assert book.even


def test_a_side_that_never_hosts_makes_it_uneven() -> None:
    book = ledger([Turn("north", 90), Turn("north", 90)], ["north", "south"], ["north"], rounds=2)
    assert (book.apart, book.even) == (4, False)


def test_where_the_third_party_hosts_all_nobody_is_apart() -> None:
    book = ledger([Turn(THIRD_PARTY, 90)] * 3, ["north", "south"], [], rounds=4)
    assert (book.apart, book.even, book.of(THIRD_PARTY).over_all) == (0, True, 12)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True), st.integers(1, 9), st.integers(1, 12))
def test_all_turns_are_counted_and_sides_that_take_turns_stay_within_one(sides: list[str], evenings: int, rounds: int) -> None:
    first = [Turn(sides[number % len(sides)], 90) for number in range(evenings)]
    book = ledger(first, sides, sides, rounds)
    assert sum(account.over_all for account in book.accounts) == evenings * rounds
    assert book.even
