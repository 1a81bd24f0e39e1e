"""The menu check: every planted violation is found and named in one sentence, with the change that mends it; nothing unknown is passed."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from tests.considerations.planted import BASE, person
from tests.making import TODAY, brief, shelf
from tracktwo.considerations import menu_check
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.constitute import look_around
from tracktwo.dossier.language import voice
from tracktwo.library.culture import Food, load_diets
from tracktwo.library.diets import read_diets
from tracktwo.library.kitchen import SWAPS, read_ingredient
from tracktwo.methods.menu import BOTH
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import replay
from tracktwo.sources.dishes import WrittenDish

SAID = {
    "halal": "halal", "kosher": "kosher", "hindu-vegetarian": "Hindu vegetarian", "hindu-nonvegetarian": "Hindu non-vegetarian", "jain": "Jain",
    "buddhist-vegetarian": "Buddhist vegetarian", "buddhist-monastic": "Buddhist monastic", "sikh": "no ritually slaughtered meat",
    "orthodox-fast": "Orthodox fast", "oriental-orthodox-fast": "Coptic fast", "roman-catholic-lent": "Lenten food", "adventist": "Adventist",
    "latter-day-saint": "Latter-day Saint", "rastafari": "ital", "vegetarian": "vegetarian", "vegan": "vegan", "abstinent": "no alcohol",
}  # fmt: skip
"""Diet of the table → the words in which somebody enters it. That of the Bahá'ís asks for what `no alcohol` asks, in those words."""
INGREDIENTS: dict[str, str] = {
    "pork": "bacon", "beef": "beef", "other_meat": "lamb", "poultry": "chicken", "fish": "salmon", "shellfish": "prawns", "egg": "eggs",
    "dairy": "milk", "alcohol": "white wine", "caffeine": "coffee", "allium": "garlic", "root_vegetables": "carrots", "honey": "honey",
    "gelatine_animal": "gelatine", "animal_rennet": "rennet",
}  # fmt: skip


def inquiry(*people: dict) -> Inquiry:
    written = json.dumps(BASE | {"invited": list(people)}, ensure_ascii=False)
    initiative = replay(entries_of(brief(written), TODAY))
    return Inquiry(initiative, look_around(initiative, shelf(), TODAY, None))


def dish(name: str, *ingredients: str) -> WrittenDish:
    return WrittenDish(name, ingredients, 2)


def told(q: Inquiry, *dishes: WrittenDish) -> list[tuple[str, str]]:
    """Code and sentence of every finding."""
    return [(finding.code.removeprefix("menu."), voice().say(finding.message)) for finding in menu_check.findings(q, dishes)]


MENU = [dish(f"Dish of {food}", ingredient) for food, ingredient in INGREDIENTS.items()]


def test_every_food_of_the_table_has_an_ingredient_that_is_read_as_it():
    assert {*INGREDIENTS, BOTH} == set(get_args(Food))
    assert all(food in read_ingredient(ingredient).foods for food, ingredient in INGREDIENTS.items())
    assert {slug: read_diets([words]).diets for slug, words in SAID.items()} == {slug: (slug,) for slug in SAID}
    assert {diet.slug for diet in load_diets()} - set(SAID) == {"bahai"}


@pytest.mark.parametrize("slug", SAID)
def test_every_planted_violation_of_every_diet_is_found_and_no_other(slug):
    """All foods of the table as a dish each: those that the diet does not eat, or only certified, are violations, and only those."""
    rules = next(diet for diet in load_diets() if diet.slug == slug).rules
    q = inquiry(person("Ada", "upper", diets=[SAID[slug]]))
    found = [f for f in menu_check.findings(q, MENU) if f.code in ("menu.not-eaten", "menu.not-certified")]
    said = {(str(f.message.params["dish"]), f.code) for f in found}
    codes = {"no": "menu.not-eaten", "certified": "menu.not-certified"}
    planted = {(f"Dish of {food}", codes[rule]) for food, rule in rules.items() if rule in codes and food != BOTH}
    assert said == planted
    assert all(f.message.params["number"] == 1 and f.severity == "warning" for f in found)
    asked = {f.message.params["food"].term.removeprefix("food.") for f in menu_check.findings(q, MENU) if f.code == "menu.differs"}
    assert asked == {food for food, rule in rules.items() if rule == "some"}


def test_meat_and_dairy_in_one_dish_is_named():
    q = inquiry(person("Ada", "upper", diets=["kosher"]))
    assert ("meat-with-dairy", "Stew: meat and dairy stand in one dish (kosher; people: 1).") in told(q, dish("Stew", "beef", "yogurt"))


def test_each_violation_is_one_sentence_with_the_number_of_people_and_no_name():
    people = [person("Zebrina", "upper", diets=["halal"]), person("Quagga", "lower", diets=["halal, no onions"])]
    lines = told(inquiry(*people), dish("Pie", "bacon", "onions"))
    assert ("not-eaten", "Pie: pork, not eaten (halal; people: 2).") in lines
    assert ("not-eaten", "Pie: onion and garlic, not eaten (a food that somebody named; people: 1).") in lines
    assert ("leave-out", "Leave out of every dish: pork. In its place can stand: mushrooms.") in lines
    assert not [line for _, line in lines if "Zebrina" in line or "Quagga" in line]
    assert all(line.count("\n") == 0 for _, line in lines)


def test_what_is_bought_certified_need_not_go():
    lines = told(inquiry(person("Ada", "upper", diets=["halal"])), dish("Pie", "lamb"))
    assert ("certify", "Buy other meat from a certified source (halal), and show the certificate.") in lines
    assert "leave-out" not in dict(lines)


def test_a_halal_written_on_the_menu_is_no_certificate():
    assert "not-certified" in dict(told(inquiry(person("Ada", "upper", diets=["halal"])), dish("Pie", "halal chicken")))


def test_an_allergy_is_the_gravest_finding():
    q = inquiry(person("Ada", "upper", diets=["nut allergy"]))
    (found,) = [f for f in menu_check.findings(q, [dish("Cake", "ground almonds")]) if f.code == "menu.allergen"]
    assert found.severity == "serious"
    assert voice().say(found.message) == "Cake: ground almonds holds or may hold tree nuts, and somebody entered an allergy to it."
    assert "clear" not in dict(told(q, dish("Cake", "ground almonds")))


def test_an_allergy_that_cannot_be_looked_for_is_asked():
    assert "kiwi allergy" in dict(told(inquiry(person("Ada", "upper", diets=["kiwi allergy"])), dish("Rice", "rice")))["allergy-unseen"]


def test_an_ingredient_that_nobody_knows_is_asked():
    lines = dict(told(inquiry(person("Ada", "upper", diets=["vegan"])), dish("Soup", "rice", "zorblat")))
    assert lines["unread"] == "Soup: what is in zorblat is not known here (zorblat), so it was checked for nobody. What is in it?"


def test_a_menu_that_serves_everybody_is_told_so():
    lines = dict(told(inquiry(person("Ada", "upper", diets=["vegan"])), dish("Soup", "rice", "lentils")))
    assert lines == {"clear": "No violation is found in the dishes (1), by their ingredients as written."}


def test_whoever_was_not_asked_gets_the_safe_default():
    people = [person("Ada", "upper", diets=["vegan"]), person("Ben", "lower")]
    default = dict(told(inquiry(*people), dish("Soup", "rice")))["safe-default"]
    assert default.startswith("Not everybody has said what they eat (1 of 2 have not). Until they have, cook without: pork, beef,")


def test_a_faith_brings_no_violation():
    lines = told(inquiry(person("Ada", "upper", diets=["vegan"], observance="observant Muslim")), dish("Glass", "red wine"))
    assert "not-eaten" not in dict(lines)


def test_the_change_with_its_swaps_serves_everybody_who_was_asked():
    people = [person(f"P{n}", "upper", diets=[words]) for n, words in enumerate(SAID.values())]
    q = inquiry(*people)
    change = menu_check.laid(q, MENU).check.change
    mended = [dish(food, SWAPS[food] if food in change.leave_out else ingredient) for food, ingredient in INGREDIENTS.items()]
    assert menu_check.laid(q, mended).check.violations == ()
