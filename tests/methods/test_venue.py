"""Where to meet: which reason comes before which, and the easiest passport."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.venue import Burden, Journey, Option, Traveller, journey, shortlist
from tracktwo.model.world import Entry, EntryRule


def rule(passport: str, entry: Entry) -> EntryRule:
    return EntryRule(passport=passport, destination="KEN", entry=entry, days=None, evidence=None)


def option(country: str, *burdens: Burden, **more: Any) -> Option:
    about: dict[str, Any] = dict(deaths=0, distance_km=1000, party_ground=False, borders_a_party=False, precedents=()) | more
    return Option(country=country, journeys=tuple(Journey(str(number), None, burden) for number, burden in enumerate(burdens)), **about)


BETTER_FIRST = {
    "a ground that is nobody's before all else": (option("ZZZ", "barred", deaths=9999), option("AAA", "none", party_ground=True)),
    "nobody barred before quiet": (option("ZZZ", "embassy", deaths=9999), option("AAA", "none", "barred")),
    "quiet before papers": (option("ZZZ", "embassy", deaths=24), option("AAA", "none", deaths=25)),
    "some violence before the unknown": (option("ZZZ", "embassy", deaths=499), option("AAA", "none", deaths=None)),
    "the unknown before much violence": (option("ZZZ", "embassy", deaths=None), option("AAA", "none", deaths=500)),
    "papers before distance": (option("ZZZ", "none", distance_km=15_000), option("AAA", "embassy", distance_km=10)),
    "distance in steps before precedents": (option("ZZZ", "none"), option("AAA", "none", distance_km=1500, precedents=("dartmouth",))),
    "precedents before exact papers": (option("ZZZ", "none", "on arrival", precedents=("dartmouth",)), option("AAA", "none", "none")),
    "one precedent as good as two": (option("ZZZ", "none", distance_km=1, precedents=("a",)), option("AAA", "none", precedents=("a", "b"))),
    "exact papers before exact distance": (option("ZZZ", "none", "none", distance_km=1400), option("AAA", "none", "on arrival", distance_km=1)),
    "exact distance before the code": (option("ZZZ", "none", distance_km=100), option("AAA", "none", distance_km=1400)),
    "a known distance before an unknown one": (option("ZZZ", "none", distance_km=19_000), option("AAA", "none", distance_km=None)),
    "the code at last": (option("AAA", "none"), option("ZZZ", "none")),
}


@pytest.mark.parametrize(("better", "other"), BETTER_FIRST.values(), ids=BETTER_FIRST)
def test_one_reason_decides_before_the_next(better: Option, other: Option) -> None:
    assert shortlist([other, better], 2) == (better, other)
    assert shortlist([better, other], 1) == (better,)


OPTIONS = [replace(item, country=f"{chr(65 + number)}AA") for number, item in enumerate(item for pair in BETTER_FIRST.values() for item in pair)]


@given(st.permutations(OPTIONS))
def test_the_order_does_not_depend_on_the_order_in_which_countries_were_found(options: list[Option]) -> None:
    assert shortlist(options, 99) == shortlist(OPTIONS, 99)


def test_the_easiest_of_several_passports_counts() -> None:
    traveller = Traveller("A-01", ("CAF", "FRA", "SDN"))
    rules = [rule("CAF", "visa required"), rule("FRA", "e-visa"), rule("SDN", "no admission")]
    for order in permutations(rules):
        assert journey(traveller, order) == Journey("A-01", rules[1], "online")


def test_a_visa_that_is_known_is_easier_than_a_rule_that_is_not_and_a_ban_is_the_hardest() -> None:
    traveller = Traveller("A-01", ("CAF", "FRA"))
    assert journey(traveller, [rule("CAF", "unknown"), rule("FRA", "visa required")]).burden == "embassy"
    assert journey(traveller, [rule("CAF", "unknown"), rule("FRA", "no admission")]).burden == "unknown"


def test_of_two_passports_that_are_as_easy_the_first_in_the_alphabet_is_named() -> None:
    assert journey(Traveller("A-01", ("MAR", "FRA")), [rule("MAR", "visa free"), rule("FRA", "visa free")]).rule == rule("FRA", "visa free")


def test_a_traveller_without_any_rule_is_unknown() -> None:
    assert journey(Traveller("A-01", ()), []) == Journey("A-01", None, "unknown")


def test_burdens_are_counted_by_person() -> None:
    found = option("KEN", "none", "embassy", "embassy", "unknown")
    assert (found.count("embassy"), found.count("embassy", "unknown"), found.count("barred")) == (2, 3, 0)
