"""What is proposed to a set of sides: never what they claim against each other, and always something that is nobody's."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.considerations.culture import activities, claims
from tracktwo.library.culture import contested, load_contested, load_elements
from tracktwo.library.held_back import ALCOHOL, BRINGS, DISHES, HOLDS_BACK
from tracktwo.methods.culture import Ladder, Practice, Proposal, SideAtTable, is_nobodys, ladder, names, own_states

COUNTRIES = sorted({country for element in load_elements() for country in (*element.countries, *element.also_practised)})
CLAIMED = [(row.slug, pair) for row in load_contested() for one, other in combinations(row.camps, 2) for pair in ((a, b) for a in one for b in other)]


def side(name: str, *countries: str, languages: tuple[str, ...] = ()) -> SideAtTable:
    return SideAtTable(name, frozenset(countries), frozenset(languages))


def proposed(sides: list[SideAtTable], **more: Any) -> Ladder:
    return ladder(sides, load_elements(), activities(), claims(), HOLDS_BACK, BRINGS, dishes=DISHES, avoid=ALCOHOL, **more)


def between(one: str, other: str, **more: Any) -> Ladder:
    """The ladder for two sides, each of one state of its own."""
    return proposed([side("first", one), side("second", other)], **more)


def ids(proposals: tuple[Proposal, ...]) -> set[str]:
    return {element.id for proposal in proposals for element in proposal.elements}


def telling(proposal: Proposal) -> str:
    """Every word of a proposal that could name a practice."""
    titles = [element.title for element in proposal.elements]
    return " ".join([*titles, proposal.practice.what if proposal.practice else "", proposal.activity.slug if proposal.activity else ""])


def never_proposed(found: Ladder, slugs: set[str]) -> None:
    rows = [row for row in load_contested() if row.slug in slugs]
    for proposal in found.proposals:
        for row in rows:
            assert ids((proposal,)).isdisjoint(row.ich_ids), (row.slug, proposal)
            assert not names(row.words, telling(proposal)), (row.slug, telling(proposal))


def test_lavash_is_never_proposed_to_armenia_and_azerbaijan() -> None:
    found = between("ARM", "AZE")
    never_proposed(found, {"lavash", "kochari-yalli", "dolma", "ashiq", "karabakh-names"})
    assert "lavash" in {claim.slug for claim in found.claims}


def test_the_shared_bread_is_proposed_where_nobody_contests_it() -> None:
    """The control: the same element stands on the top rung between two states that inscribed it and of which none is in the quarrel."""
    calm = [c for c in claims() if c.slug != "lavash"]
    found = ladder([side("k", "KAZ"), side("i", "IRN")], load_elements(), activities(), calm, HOLDS_BACK, BRINGS)
    assert "01181" in ids(found.on("a"))
    assert "01181" not in ids(between("KAZ", "IRN").proposals)


@pytest.mark.parametrize(("slug", "pair"), CLAIMED, ids=[f"{slug}-{one}-{other}" for slug, (one, other) in CLAIMED])
def test_no_row_of_the_table_is_proposed_to_any_two_who_claim_it(slug: str, pair: tuple[str, str]) -> None:
    found = between(*pair, host="CHE")
    assert slug in {claim.slug for claim in found.claims}
    never_proposed(found, {claim.slug for claim in found.claims})


UNCONTESTED = {
    "couscous of Algeria and Tunisia": ("DZA", "TUN", "01602", "a"),
    "calligraphy among the Arab states that inscribed it together": ("OMN", "YEM", "01718", "a"),
    "the dutar of Turkmenistan beside music of Uzbekistan": ("TKM", "UZB", "01565", "c"),
    "minstrels of Azerbaijan and Russia": ("AZE", "RUS", "00253", "b"),
}


@pytest.mark.parametrize("what", UNCONTESTED)
def test_the_same_practice_is_proposed_to_those_who_do_not_contest_it(what: str) -> None:
    one, other, element, rung = UNCONTESTED[what]
    calm = ladder(
        [side("first", one), side("second", other)],
        [item for item in load_elements() if item.id == element or (rung == "c" and item.countries == (other,))],
        activities(),
        claims(),
        HOLDS_BACK,
        BRINGS,
    )
    assert element in ids(calm.on(rung)), what  # type: ignore[arg-type]


def test_the_koreas_get_their_joint_wrestling_on_the_top_rung() -> None:
    found = between("KOR", "PRK")
    assert [element.id for proposal in found.on("a") for element in proposal.elements] == ["01533"]
    assert found.on("a")[0].host == "both"


def test_a_third_side_without_a_state_takes_the_joint_element_down_until_its_own_evidence_stands() -> None:
    sides = [side("south", "KOR"), side("north", "PRK"), side("abroad")]
    assert not proposed(sides).on("a")
    said = Practice(0, "Wrestling", "01533", frozenset({"abroad"}), sourced=True)
    (top,) = proposed(sides, practices=[said]).on("a")
    assert (top.elements[0].id, top.by_evidence) == ("01533", ("abroad",))


SHARING = [side("government", "CAF"), side("movements", "CAF"), side("displaced", "CAF")]


def test_sides_that_share_a_state_start_with_what_is_nobodys() -> None:
    found = proposed(SHARING, host="CMR")
    assert not found.grounded
    assert {proposal.rung for proposal in found.proposals} == {"e"}


def test_what_a_shared_state_inscribed_is_asked_and_never_proposed() -> None:
    found = proposed([side("upper", "KEN"), side("lower", "KEN")])
    assert found.national
    assert {proposal.rung for proposal in found.proposals} == {"e"}
    assert all(set(whose) == {"upper", "lower"} and "KEN" in element.countries for element, whose in found.national)


def test_one_side_with_the_state_and_one_within_it_are_no_two_states() -> None:
    assert own_states([side("government", "COL"), side("movement", "COL"), side("neighbour", "VEN")]) == {"neighbour": "VEN"}
    assert not proposed([side("government", "COL"), side("movement", "COL", "VEN")]).grounded


def test_evidence_of_the_sides_makes_the_ladder_climb() -> None:
    every = frozenset({"government", "movements", "displaced"})
    said = Practice(0, "An evening in Sango", None, every, sourced=True)
    assert [p.practice for p in proposed(SHARING, practices=[said]).on("b")] == [said]
    some = Practice(0, "An evening in Sango", None, frozenset({"government", "displaced"}), sourced=True)
    assert not proposed(SHARING, practices=[some]).on("b")
    unsourced = Practice(0, "An evening in Sango", None, every, sourced=False)
    assert not proposed(SHARING, practices=[unsourced]).grounded


def test_a_national_element_climbs_only_when_every_side_is_named() -> None:
    sides = [side("upper", "KEN"), side("lower", "KEN")]
    number = proposed(sides).national[0][0].id
    one = Practice(0, "It", number, frozenset({"upper"}), sourced=True)
    both = Practice(0, "It", number, frozenset({"upper", "lower"}), sourced=True)
    assert number not in ids(proposed(sides, practices=[one]).proposals)
    assert number in ids(proposed(sides, practices=[both]).on("b"))


def test_evidence_does_not_bring_a_contested_practice_back() -> None:
    both = frozenset({"first", "second"})
    for said in (Practice(0, "Baking Lavaş", None, both, True), Practice(0, "The bread", "01181", both, True)):
        found = between("ARM", "AZE", practices=[said])
        never_proposed(found, {"lavash"})
        assert not found.on("b")


def test_a_country_from_which_people_come_counts_for_what_is_contested() -> None:
    assert not proposed([side("upper", "GEO"), side("lower", "GEO")]).claims
    assert "lavash" in {claim.slug for claim in proposed([side("upper", "GEO"), side("lower", "GEO")], also=["ARM", "AZE"]).claims}


def test_nothing_of_a_host_is_proposed_that_the_host_contests_with_a_side() -> None:
    found = between("ARM", "GRC", host="TUR")
    assert found.on("d")
    never_proposed(found, {row.slug for row in contested(["ARM", "GRC", "TUR"])})


def test_drinks_are_proposed_to_nobody() -> None:
    georgian = [e for e in load_elements() if e.countries == ("GEO",)]
    assert any("Wine" in element.title for element in georgian)
    assert not [e for p in between("ARM", "AZE", host="GEO").proposals for e in p.elements if "Wine" in e.title]


def test_activities_too_close_to_a_contested_practice_are_held_back_with_the_reason() -> None:
    held = {activity.slug: why for activity, why in between("ARM", "AZE").held}
    assert held["circle-dance"] == ("kochari-yalli",)
    assert held["cook-together"] == ("dolma", "lavash")
    assert "tea-and-coffee-table" in {activity.slug for activity, _ in between("GRC", "TUR").held}
    assert not between("DZA", "TUN").held


def test_every_activity_and_claim_of_the_tables_exists() -> None:
    slugs, claimed = {a.slug for a in activities()}, {row.slug for row in load_contested()}
    assert set(HOLDS_BACK) <= slugs
    assert {slug for slugs_ in BRINGS.values() for slug in slugs_} <= slugs
    assert {slug for held in HOLDS_BACK.values() for slug in held} <= claimed
    assert claimed >= DISHES


def test_every_claim_is_told_by_a_word_of_its_name_or_of_its_elements() -> None:
    titles = {element.id: element.title for element in load_elements()}
    for row in load_contested():
        for number in row.ich_ids:
            if number in titles and row.kind == "twin-inscription":
                assert names(row.words, titles[number]), (row.slug, titles[number])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We bake LAVASH together", True),
        ("Lavaş ekmeği", True),
        ("Печём лаваш вместе", True),
        ("Լավաշ թխենք", True),
        ("نخبز اللواش", True),
        ("A walk by the lava fields", False),
        ("Tea", False),
    ],
)
def test_a_practice_is_recognised_in_several_spellings_and_scripts(text: str, named: bool) -> None:
    words = next(row.words for row in load_contested() if row.slug == "lavash")
    assert names(words, text) == named


def test_a_word_of_three_letters_is_recognised_only_whole() -> None:
    assert names(["rai"], "Raï night")
    assert not names(["rai"], "A railway journey")


def test_free_activities_need_no_common_language_unless_there_is_one() -> None:
    walk = next(a for a in activities() if a.slug == "walk-and-talk")
    assert (is_nobodys(walk, False), is_nobodys(walk, True)) == (False, True)
    together = proposed([side("first", "FRA", languages=("fr",)), side("second", "BEL", languages=("fr", "nl"))])
    assert together.on("e")


def test_a_single_side_gets_no_heritage() -> None:
    assert {p.rung for p in proposed([side("only", "MLI")]).proposals} == {"e"}
    assert {p.rung for p in proposed([]).proposals} == {"e"}


tables = st.lists(st.lists(st.sampled_from(COUNTRIES), max_size=2), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(COUNTRIES), st.randoms(use_true_random=False))
def test_whatever_the_sides_nothing_contested_is_proposed_and_something_is_nobodys(table: list[list[str]], host: str, chance: Any) -> None:
    sides = [side(f"s{number}", *countries) for number, countries in enumerate(table)]
    found = proposed(sides, host=host)
    present = {country for countries in table for country in countries}
    assert {claim.slug for claim in found.claims} == {row.slug for row in contested(present)}
    never_proposed(found, {claim.slug for claim in found.claims})
    assert found.on("e")
    own = own_states(sides)
    for proposal in found.on("a"):
        assert all(own[s.id] in proposal.elements[0].countries for s in sides)
    assert all(len(found.on(rung)) <= 5 for rung in ("a", "b", "c", "d", "e"))
    shuffled, elements, kinds, claimed = list(sides), list(load_elements()), list(activities()), list(claims())
    for items in (shuffled, elements, kinds, claimed):
        chance.shuffle(items)
    again = ladder(shuffled, elements, kinds, claimed, HOLDS_BACK, BRINGS, host=host, dishes=DISHES, avoid=ALCOHOL)
    assert (again.proposals, again.national) == (found.proposals, found.national)
