"""The menu check finds every violation, and no smaller change of the kitchen would mend them all."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.library.culture import Food, load_diets
from tracktwo.library.diets import read_diets, rules_of
from tracktwo.methods.menu import BOTH, Change, Dish, Rules, menu, violations, without

FOODS = [food for food in get_args(Food) if food != BOTH]


def rules(*entered: str) -> tuple[Rules, ...]:
    return rules_of(read_diets(entered))


def dish(name: str, *items: str) -> Dish:
    return Dish(name, frozenset(items))


STEW, PIE, SALAD = dish("stew", "beef", "allium"), dish("pie", "poultry", "dairy"), dish("salad", "fish", "egg")


def test_every_planted_violation_is_found_with_its_reason() -> None:
    check = menu([STEW, PIE, SALAD], rules("halal", "vegan"))
    assert [(v.dish, v.diet, v.item, v.why) for v in check.violations] == [
        ("pie", "halal", "poultry", "not certified"),
        ("pie", "vegan", "dairy", "not eaten"),
        ("pie", "vegan", "poultry", "not eaten"),
        ("salad", "vegan", "egg", "not eaten"),
        ("salad", "vegan", "fish", "not eaten"),
        ("stew", "halal", "beef", "not certified"),
        ("stew", "vegan", "beef", "not eaten"),
    ]
    assert check.change.leave_out == {"beef", "poultry", "dairy", "egg", "fish"}


def test_halal_alone_asks_for_certified_meat_and_not_for_none() -> None:
    assert menu([STEW], rules("halal")).change == Change(certify=(("beef", "halal"),))


def test_meat_that_one_wants_certified_and_another_refuses_so_goes() -> None:
    assert menu([STEW], rules("halal", "sikh")).change == Change(leave_out=frozenset({"beef"}))
    assert menu([STEW], rules("halal", "kosher")).change == Change(leave_out=frozenset({"beef"}))


def test_where_meat_and_dairy_meet_the_smaller_of_both_goes() -> None:
    both = [dish("one", "beef", "dairy"), dish("two", "poultry", "dairy")]
    assert menu(both, [Rules("kosher", {BOTH: "no"})]).change == Change(leave_out=frozenset({"dairy"}))
    cheese = menu([dish("one", "beef", "dairy")], [Rules("kosher", {BOTH: "no", "beef": "no"})])
    assert cheese.change == Change(leave_out=frozenset({"beef"}))


def test_what_differs_by_person_is_asked() -> None:
    assert menu([dish("soup", "shellfish")], rules("halal")).ask == (("shellfish", "halal"),)


def test_a_menu_without_rules_has_nothing_to_mend() -> None:
    check = menu([STEW, PIE], ())
    assert (check.violations, check.change) == ((), Change())


def test_the_safe_default_of_the_table_meets_what_it_says() -> None:
    met = "halal hindu-vegetarian hindu-nonvegetarian jain buddhist-vegetarian sikh orthodox-fast oriental-orthodox-fast adventist bahai"
    known = {diet.slug: diet for diet in load_diets()}
    asked = [Rules(slug, dict(known[slug].rules)) for slug in (*met.split(), "vegetarian", "vegan")]
    plants = Dish("plants", frozenset(FOODS) - set(without(asked, FOODS)))
    assert violations([plants], asked) == ()
    assert {"allium", "root_vegetables", "alcohol", "egg", "dairy"} <= set(without(asked, FOODS))


foods = ["beef", "poultry", "dairy", "egg", "fish"]
a_rule = st.sampled_from(["no", "ok", "certified", "some"])
some_rules = st.builds(
    Rules,
    st.sampled_from(["one", "other", "third"]),
    st.dictionaries(st.sampled_from([*foods, BOTH]), a_rule, max_size=4).map(lambda d: d | ({BOTH: "no"} if BOTH in d else {})),
    st.sampled_from([None, "halal", "kosher"]),
    st.sampled_from([frozenset(), frozenset({"halal"}), frozenset({"halal", "kosher"})]),
).map(lambda r: Rules(r.diet, {k: "no" if v == "certified" and r.by is None else v for k, v in r.items.items()}, r.by, r.refuses))
some_dishes = st.lists(st.builds(Dish, st.sampled_from(["a", "b", "c"]), st.frozensets(st.sampled_from(foods), max_size=4)), max_size=3)


@settings(max_examples=150, deadline=None)
@given(some_dishes, st.lists(some_rules, max_size=3))
def test_the_change_mends_everything_and_no_smaller_one_does(dishes: list[Dish], asked: list[Rules]) -> None:
    change = menu(dishes, asked).change
    assert violations(dishes, asked, change) == ()
    used = sorted({item for each in dishes for item in each.items})
    for what in product(["keep", "out", "halal", "kosher"], repeat=len(used)):
        out = frozenset(item for item, how in zip(used, what, strict=True) if how == "out")
        bought = tuple((item, how) for item, how in zip(used, what, strict=True) if how in ("halal", "kosher"))
        other = Change(out, bought)
        if other.size < change.size:
            assert violations(dishes, asked, other) != (), other


@pytest.mark.parametrize("word", ["Muslim", "Jewish", "islam", "Buddhist", "from Iran", "Armenian", "keto"])
def test_a_faith_or_a_country_is_never_read_as_a_diet(word: str) -> None:
    assert (read_diets([word]).diets, read_diets([word]).unread) == ((), (word,))


def test_diets_are_read_in_three_languages_and_part_by_part() -> None:
    read = read_diets(["Halal", "végétarienne, sans œufs", "بلا كحول", "gluten-free and nothing after noon", "no alcohol at the table"])
    assert read.diets == ("halal", "vegetarian", "abstinent", "buddhist-monastic")
    assert (read.foods, read.allergies, read.unread) == (("egg",), ("gluten-free",), ())
