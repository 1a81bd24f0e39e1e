"""A menu against what everybody at the table eats: each violation by name, the smallest change that mends it, and the safe default (row D9).

Diets are told by kind and number of people, never by name. What the kitchen or a person wrote and nobody here knows is asked, never passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.considerations import meals
from tracktwo.considerations.inquiry import Inquiry, listing, term
from tracktwo.library.culture import DIETS
from tracktwo.library.diets import read_diets, rules_of
from tracktwo.library.kitchen import SAFE_DEFAULT, SWAPS, Allergen, Ingredient, read_allergies, read_ingredient
from tracktwo.methods.menu import Check, Dish, Violation, menu
from tracktwo.model import brief as b
from tracktwo.model.finding import Evidence, Finding, Param
from tracktwo.sources.dishes import WrittenDish

NAMED = "as entered"
"""The diet of foods that somebody left out by name."""


@dataclass(frozen=True)
class Table:
    """The dishes with their ingredients as read, and the check of them against the diets of everybody."""

    dishes: tuple[tuple[str, tuple[Ingredient, ...]], ...]
    check: Check
    allergens: frozenset[Allergen]
    unseen: tuple[str, ...]
    """Allergies as entered that no ingredient can be held against."""


def laid(q: Inquiry, written: Sequence[WrittenDish]) -> Table:
    """Read the dishes and check them against all diets that were entered."""
    dishes = tuple((dish.name, tuple(map(read_ingredient, dish.ingredients))) for dish in written)
    plain = [Dish(name, frozenset(food for one in ingredients for food in one.foods)) for name, ingredients in dishes]
    read = meals.eating(q)
    allergens, unseen = read_allergies(read.allergies)
    return Table(dishes, menu(plain, rules_of(read)), allergens, unseen)


def findings(q: Inquiry, written: Sequence[WrittenDish]) -> Iterator[Finding]:
    """D9: every violation in one sentence, what mends them, what must be asked, and what to serve where nobody could be asked."""
    table = laid(q, written)
    people = [member.person for member in q.initiative.members if member.person.kind == "person"]
    allergic = list(_allergic(q, table))
    for violation in table.check.violations:
        yield _violated(q, violation, people)
    yield from allergic
    if table.check.violations:
        yield from _mended(q, table)
    elif not allergic:
        yield q.assumed("menu.clear", "D9", _evidence(q), count=len(table.dishes), decision="programme")
    yield from _asked(q, table, people)


def _evidence(q: Inquiry) -> tuple[Evidence, ...]:
    return (*q.said(*(m.person for m in q.initiative.members if m.person.diets), what="field diets"), DIETS.evidence())


_CODES = {
    "not eaten": "menu.not-eaten",
    "not certified": "menu.not-certified",
    "refused as certified": "menu.refused",
    "meat with dairy": "menu.meat-with-dairy",
}


def _violated(q: Inquiry, violation: Violation, people: Sequence[b.Person]) -> Finding:
    food = {} if violation.why == "meat with dairy" else {"food": term("food", violation.item)}
    return q.known(
        _CODES[violation.why],
        "D9",
        _evidence(q),
        severity="warning",
        dish=violation.dish,
        diet=_diet(violation.diet),
        number=_eaters(violation, people),
        **food,
        decision="programme",
    )


def _diet(slug: str) -> Param:
    return term("diet", slug)


def _eaters(violation: Violation, people: Sequence[b.Person]) -> Param:
    """How many people entered the diet; unknown where it was said of the meeting and of nobody."""
    found = 0
    for person in people:
        read = read_diets(person.diets)
        found += violation.item in read.foods if violation.diet == NAMED else violation.diet in read.diets
    return found or term("list", "unknown")


def _allergic(q: Inquiry, table: Table) -> Iterator[Finding]:
    """Ingredients that hold, or may hold, what somebody is allergic to: the gravest thing a menu can get wrong."""
    for dish, ingredients in table.dishes:
        for ingredient in ingredients:
            for allergen in sorted(ingredient.allergens & table.allergens):
                yield q.known(
                    "menu.allergen",
                    "D9",
                    _evidence(q),
                    severity="serious",
                    dish=dish,
                    ingredient=ingredient.written,
                    allergen=term("allergen", allergen),
                    decision="programme",
                )


def _mended(q: Inquiry, table: Table) -> Iterator[Finding]:
    """The smallest change of the whole kitchen: what goes, with what can stand in its place, and what is bought certified."""
    change = table.check.change
    for food in (food for food in meals.FOODS if food in change.leave_out):
        swap = SWAPS[food]  # type: ignore[index]
        yield q.assumed("menu.leave-out", "D9", _evidence(q), food=term("food", food), swap=term("swap", swap), decision="programme")
    for food, by in change.certify:
        yield q.assumed("menu.certify", "D9", _evidence(q), food=term("food", food), diet=_diet(by), decision="programme")


def _asked(q: Inquiry, table: Table, people: Sequence[b.Person]) -> Iterator[Finding]:
    who: Param = q.initiative.venues[0].host or term("who", "host") if q.initiative.venues else term("who", "host")
    for food, diet in table.check.ask:
        yield q.unknown("menu.differs", "D9", q.each_side(), "programme", food=term("food", food), diet=_diet(diet))
    for dish, ingredients in table.dishes:
        for ingredient in ingredients:
            if ingredient.unread:
                yield q.unknown("menu.unread", "D9", who, "programme", dish=dish, ingredient=ingredient.written, words=listing(ingredient.unread))
    if table.unseen:
        yield q.unknown("menu.allergy-unseen", "D9", who, "programme", severity="warning", words=listing(table.unseen))
    silent = sum(not person.diets for person in people)
    if silent or not people or not meals.entered(q):
        foods = listing(term("food", food) for food in SAFE_DEFAULT)
        yield q.assumed("menu.safe-default", "D9", [DIETS.evidence()], number=silent, total=len(people), foods=foods, decision="programme")
