"""Ingredients become foods and allergens; what is not known is asked and never taken for harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.library.culture import load_diets
from tracktwo.library.kitchen import ALLERGENS, SAFE_DEFAULT, SWAPS, read_allergies, read_ingredient
from tracktwo.methods.menu import BOTH


@pytest.mark.parametrize(
    ("written", "foods", "allergens", "unread"),
    [
        ("lamb shank", {"other_meat"}, set(), ()),
        ("Chicken stock", {"poultry"}, set(), ()),
        ("feta", {"dairy"}, {"milk"}, ()),
        ("parmesan", {"dairy", "animal_rennet"}, {"milk"}, ()),
        ("red wine", {"alcohol"}, {"sulphites"}, ()),
        ("soy sauce", set(), {"soya", "gluten"}, ()),
        ("Œufs", {"egg"}, {"eggs"}, ()),
        ("spring onions", {"allium"}, set(), ()),
        ("coconut milk", set(), set(), ()),
        ("butter beans", set(), set(), ()),
        ("peanut butter", set(), {"peanuts"}, ()),
        ("eggplants", set(), set(), ()),
        ("basil leaves", set(), set(), ()),
        ("pesto", set(), {"tree-nuts"}, ("pesto",)),
        ("grandmother's secret", set(), set(), ("grandmother", "secret")),
        ("fresh", set(), set(), ("fresh",)),
        ("lamb without bones", {"other_meat"}, set(), ("without", "bone")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_ingredient_is_read_by_its_longest_words(written, foods, allergens, unread):
    found = read_ingredient(written)
    assert (found.foods, found.allergens) == (foods, allergens)
    assert set(unread) <= set(found.unread)
    assert bool(found.unread) == bool(unread)


@given(st.text(max_size=40))
def test_nothing_is_passed_over_in_silence(text):
    found = read_ingredient(text)
    assert found.written == text
    if not any(sign.isalnum() for sign in text):
        assert found.unread


@given(st.from_regex(r"zz[a-z]{4,9}", fullmatch=True))
def test_a_word_that_nobody_knows_is_asked(word):
    assert read_ingredient(f"lamb {word}").unread
    assert read_ingredient(word).unread


def test_what_stands_in_the_place_of_a_food_is_left_out_by_no_diet():
    for swap in SWAPS.values():
        found = read_ingredient(swap)
        assert (found.foods, found.unread) == (frozenset(), ())
        assert not found.allergens


def test_the_safe_default_leaves_out_whatever_any_diet_of_the_table_does_not_eat_but_coffee():
    never = {food for diet in load_diets() for food, rule in diet.rules.items() if rule in ("no", "certified") and food != BOTH}
    assert never <= set(SAFE_DEFAULT)
    assert {food for diet in load_diets() for food in diet.rules} - set(SAFE_DEFAULT) == {"caffeine", BOTH}
    assert set(SWAPS) == {*SAFE_DEFAULT, "caffeine"}


@pytest.mark.parametrize("allergen", ALLERGENS)
def test_every_allergen_can_be_entered_and_found(allergen):
    word = {"tree-nuts": "walnuts", "gluten": "wheat flour", "milk": "cheese", "crustaceans": "prawns", "molluscs": "squid"}.get(allergen, allergen)
    assert allergen in read_ingredient(word).allergens
    entered = {"tree-nuts": "nut allergy", "crustaceans": "allergic to crustaceans"}.get(allergen, f"{allergen} allergy")
    assert allergen in read_allergies([entered])[0]


def test_an_allergy_that_no_ingredient_is_held_against_is_told():
    assert read_allergies(["kiwi allergy", "nuts"]) == (frozenset({"tree-nuts", "peanuts"}), ("kiwi allergy",))
