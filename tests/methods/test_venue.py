"""Where to meet: which reason comes before which, the easiest passport, hard bars, trade-offs and waivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.venue import (
    CRITERIA,
    LEAD_DAYS,
    Bar,
    Burden,
    Journey,
    Option,
    Stated,
    Traveller,
    best,
    journey,
    shortlist,
    trade_off,
    waivers,
)
from tracktwo.model.world import Entry, EntryRule

DAY = date(2026, 11, 1)


def rule(passport: str, entry: Entry) -> EntryRule:
    return EntryRule(passport=passport, destination="KEN", entry=entry, days=None, evidence=None)


def stated(rule: Any, days: int | None = None, on: date = DAY) -> Stated:
    return Stated(rule, days, on, "an embassy")


def option(country: str, *burdens: Burden, km: int = 1000, **more: Any) -> Option:
    about: dict[str, Any] = dict(
        deaths=0, distance_km=1000, party_ground=False, borders_a_party=False, precedents=(), hosted=3, sides=2
    ) | more  # fmt: skip
    journeys = tuple(
        Journey(str(number), None, burden, ("no admission",) if burden == "barred" else (), LEAD_DAYS.get(burden), kilometres=km)
        for number, burden in enumerate(burdens)
    )
    return Option(country=country, journeys=journeys, **about)


BETTER_FIRST = {
    "what a side accepted before all computed reasons": (
        option("ZZZ", "barred", "embassy", deaths=9999, party_ground=True, accepted_by=("n", "s")), option("AAA", "none", "none"),
    ),
    "a place that one side accepts before one nobody asked about": (
        option("ZZZ", "embassy", deaths=9999, accepted_by=("n",)), option("AAA", "none"),
    ),
    "a place nobody asked about before one that a side refused": (
        option("ZZZ", "barred", party_ground=True), option("AAA", "none", accepted_by=("s",), refused_by=("n",)),
    ),
    "a ground that is nobody's before everybody there": (option("ZZZ", "barred"), option("AAA", "none", party_ground=True)),
    "everybody there before every other point": (option("ZZZ", "embassy", deaths=9999, hosted=0), option("AAA", "barred")),
    "a ground that is nobody's before every other point": (option("ZZZ", "embassy", deaths=9999, hosted=0), option("AAA", "none", party_ground=True)),
    "the less weak weakest point": (option("ZZZ", "online", "online", borders_a_party=True), option("AAA", "none", "none", deaths=25)),
    "experience before visas alone": (option("ZZZ", "online", km=6000), option("AAA", "none", km=6000, hosted=0, towns=3)),
    "a country that is violent is last but for what people said": (
        option("ZZZ", "none", "none", "none", "embassy", km=8000, hosted=0), option("AAA", "none", deaths=500),
    ),
    "the strictest advice weighs like violence": (option("ZZZ", "online", "none"), option("AAA", "none", "none", advice=(("FRA", 4),))),
    "the Security Council's agenda weighs": (option("ZZZ", "online"), option("AAA", "none", before_council=True)),
    "a known quiet before the unknown": (option("ZZZ", "online"), option("AAA", "none", deaths=None)),
    "neither friend nor foe": (option("ZZZ", "online"), option("AAA", "none", close_to=("A party",))),
    "nobody's comrade in arms": (option("ZZZ", "online"), option("AAA", "none", fought=True)),
    "a case of the library before more talks of others": (option("ZZZ", "none", precedents=("dartmouth",)), option("AAA", "none", hosted=9)),
    "distance in steps before papers": (option("ZZZ", "on arrival"), option("AAA", "none", distance_km=1500)),
    "exact papers before exact distance": (option("ZZZ", "none", distance_km=1400), option("AAA", "on arrival", distance_km=1)),
    "exact distance before the code": (option("ZZZ", "none", distance_km=100), option("AAA", "none", distance_km=1400)),
    "the code at last": (option("AAA", "none"), option("ZZZ", "none")),
}  # fmt: skip


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
        assert journey(traveller, order) == Journey("A-01", rules[1], "online", days=LEAD_DAYS["online"])


def test_without_any_rule_nothing_is_known() -> None:
    found = journey(Traveller("A-01", ()), [])
    assert (found.burden, found.verdict, found.days, found.as_of, found.lost) == ("unknown", "unknown", None, None, False)


def test_only_if_no_passport_is_admitted_the_traveller_is_lost() -> None:
    both = [rule("CAF", "no admission"), rule("SDN", "no admission")]
    found = journey(Traveller("A-01", ("CAF", "SDN")), both)
    assert found.bars == ("no admission",)
    assert found.lost
    assert not journey(Traveller("A-01", ("CAF", "SDN")), [both[0], rule("SDN", "visa required")]).lost


@pytest.mark.parametrize(
    ("ruling", "verdict", "burden"),
    [("can enter", "visa free", "none"), ("visa", "visa required", "embassy"), ("ask", "ask", "unknown"), ("no admission", "no admission", "barred")],
)
def test_what_somebody_found_out_stands_in_place_of_the_table(ruling: str, verdict: str, burden: str) -> None:
    found = journey(Traveller("A-01", ("CAF",)), [rule("CAF", "e-visa")], stated=[stated(ruling, 12)])
    assert (found.verdict, found.burden, found.as_of) == (verdict, burden, DAY)
    assert found.days == 12
    assert found.lost == (ruling == "no admission")


def test_the_newest_ruling_counts_and_every_ban_bars() -> None:
    found = journey(Traveller("A-01", ("CAF",)), [rule("CAF", "visa free")], stated=[stated("can enter"), stated("no admission"), stated("exit ban")])
    assert found.bars == ("exit ban",)
    assert found.verdict == "exit ban"


@given(st.lists(st.sampled_from(["exit ban", "transit barred", "travel ban"]), max_size=4), st.lists(st.sampled_from(["arrest", "travel ban"])))
def test_more_bans_never_let_anybody_in(bans: list[str], bars: list[Bar]) -> None:
    found = journey(Traveller("A-01", ("CAF",)), [rule("CAF", "visa free")], stated=[stated(ban) for ban in bans], bars=bars)
    assert found.lost == bool(bans or bars)
    assert set(found.bars) == {*bans, *bars}


def test_hours_on_the_great_circle_are_none_at_home_and_unknown_without_a_distance() -> None:
    assert Journey("A", None, "none", kilometres=0).hours == 0
    assert Journey("A", None, "none").hours is None
    assert Journey("A", None, "none", kilometres=7500).hours == pytest.approx(14)


def test_the_worst_person_is_who_can_come_and_waits_longest() -> None:
    found = option("KEN", "none", "embassy", "barred")
    assert found.worst_days == LEAD_DAYS["embassy"]
    assert found.lost == ("2",)
    assert option("KEN", "none", "unknown").worst_days is None


WORSE: dict[str, dict[str, Any]] = {
    "violence": {"deaths": 600}, "advice": {"advice": (("FRA", 3),)}, "a war of its own": {"fought": True}, "a party's own": {"party_ground": True},
    "no record": {"hosted": 0}, "a border": {"borders_a_party": True}, "violent lately": {"violent_lately": True},
}  # fmt: skip


@pytest.mark.parametrize("change", WORSE.values(), ids=WORSE)
@given(burdens=st.lists(st.sampled_from(["none", "on arrival", "online", "embassy", "unknown"]), min_size=1, max_size=12), km=st.integers(0, 15_000))
def test_what_speaks_against_a_place_never_moves_it_up(change: dict[str, Any], burdens: list[Burden], km: int) -> None:
    before = option("KEN", *burdens, km=km)
    after = replace(before, **change)
    assert all(after.classes()[name] >= before.classes()[name] for name in CRITERIA)
    others = [replace(one, country=f"{one.country}X") for one in OPTIONS]
    assert shortlist([*others, after], 99).index(after) >= shortlist([*others, before], 99).index(before)


@given(st.lists(st.sampled_from(["none", "online", "embassy", "barred", "unknown"]), min_size=1, max_size=8), st.integers(0, 7))
def test_harder_papers_for_one_never_make_a_place_better(burdens: list[Burden], which: int) -> None:
    which %= len(burdens)
    harder = [*burdens]
    harder[which] = "barred"
    before, after = option("KEN", *burdens), option("KEN", *harder)
    first = shortlist([replace(after, country="AAA"), replace(before, country="ZZZ")], 1)[0]
    assert first.country == "ZZZ" or harder == burdens


def test_a_place_that_another_beats_at_everything_is_not_among_the_best() -> None:
    good, beaten, other = option("AAA", "none"), option("BBB", "embassy", deaths=30), option("CCC", "none", km=100, borders_a_party=True)
    assert best([good, beaten, other]) == (good, other)


@given(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=12, unique_by=lambda one: one.country))
def test_something_is_always_unbeaten(options: list[Option]) -> None:
    found = best(options)
    assert found
    assert set(found) <= set(options)


def test_trade_offs_say_in_which_points_another_place_is_better_or_worse() -> None:
    first, other = option("AAA", "embassy"), option("BBB", "none", deaths=600)
    assert trade_off(first, other) == (("entry", "burden"), ("safety",))
    assert trade_off(other, first) == (("safety",), ("entry", "burden"))


def test_a_waiver_says_what_one_persons_papers_are_worth() -> None:
    needs = option("AAA", "none", "barred")
    among = [needs, option("BBB", "none", "none", deaths=30), option("CCC", "embassy", "embassy")]
    (found,) = waivers([needs], among)
    assert (found.country, found.traveller, found.before, found.rank, found.regained) == ("AAA", "1", 3, 1, True)


def test_no_host_can_waive_a_warrant_or_an_exit_ban() -> None:
    for bar in ("arrest", "exit ban"):
        held = replace(option("AAA", "none"), journeys=(Journey("0", None, "none", (bar,)),))  # type: ignore[arg-type]
        assert waivers([held], [held, option("BBB", "none")]) == ()


def test_a_place_without_a_table_is_not_better_than_a_fair_one() -> None:
    nothing = Option("AAA", (Journey("0", None, "unknown"),), None, None, False, False, ())
    assert all(nothing.classes()[name] >= 1 for name in ("entry", "burden", "journey", "safety", "record"))
