"""The benchmark of rooms measures what it says: its peer does as it is described, and is given the best interpreters there are."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from benchmarks import rooms
from benchmarks.peers import groupselect_rooms as peer
from tracktwo.methods.rooms import Helper, Request, Seat

FOUR = (Seat("a", {"ar": None}, {}), Seat("b", {"fr": None}, {}), Seat("c", {"ar": None}, {}), Seat("d", {"en": None}, {}))


def test_the_most_common_value_is_nought() -> None:
    assert peer.ranked([["x", "p"], ["y", "q"], ["y", "q"]]) == [(1, 1), (0, 0), (0, 0)]


@pytest.mark.parametrize("seed", range(5))
def test_the_peer_fills_groups_and_spreads_the_first_field_evenly(seed: int) -> None:
    values = [(number % 3, number % 2) for number in range(12)]
    groups = peer.one_round(values, 4, random.Random(seed))
    assert sorted(one for group in groups for one in group) == list(range(12))
    assert [sorted(values[one][0] for one in group) for group in groups] == [[0, 1, 2]] * 4


def test_the_peer_keeps_the_sample_in_which_most_pairs_meet() -> None:
    people = [["x"]] * 9
    few, many = (peer.pairs(peer.select(people, 3, 3, 1, attempts)) for attempts in (1, 100))
    assert few <= many <= 27
    assert peer.pairs([[[0, 1], [2, 3]], [[1, 0], [3, 2]]]) == 2


def test_rooms_that_know_no_interpreters_are_given_those_that_help_most() -> None:
    helpers = (Helper("i", {"ar": None, "fr": None}), Helper("j", {"ar": None, "en": None}))
    held = rooms.with_interpreters(Request(FOUR, 2, 1, interpreters=helpers), [["a", "b"], ["c", "d"]])
    assert held.interpreters == ("i", "j")


def test_what_a_plan_reaches_is_counted_by_pairs_and_rules() -> None:
    request = Request(FOUR, 2, 1, apart=frozenset({("a", "b")}))
    found = rooms.reached(request, [rooms.with_interpreters(request, [["a", "b"], ["c", "d"]])], 0.0)
    assert (found.pairs, found.simple, found.apart, found.languages) == (2, min(len(list(combinations("abcd", 2))) - 1, 2), 1, 2)
