"""Reads the diets that people entered: words become rules, and what no rule is known for is asked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracktwo.library.culture import Diet, load_diets
from tracktwo.methods.culture import folded
from tracktwo.methods.menu import Rule, Rules

_DIETS = {
    "halal": "halal", "halaal": "halal", "hallal": "halal", "حلال": "halal",
    "kosher": "kosher", "casher": "kosher", "kasher": "kosher", "cacher": "kosher", "كوشير": "kosher", "כשר": "kosher",
    "vegetarian": "vegetarian", "végétarien": "vegetarian", "végétarienne": "vegetarian", "نباتي": "vegetarian", "نباتية": "vegetarian",
    "no meat": "vegetarian", "sans viande": "vegetarian", "بلا لحم": "vegetarian", "بدون لحم": "vegetarian",
    "vegan": "vegan", "végan": "vegan", "végane": "vegan", "végétalien": "vegan", "végétalienne": "vegan", "نباتي صرف": "vegan",
    "jain": "jain", "jaïn": "jain",
    "hindu vegetarian": "hindu-vegetarian", "hindu non vegetarian": "hindu-nonvegetarian", "lenten food": "roman-catholic-lent",
    "buddhist vegetarian": "buddhist-vegetarian",
    "buddhist monastic": "buddhist-monastic", "monastic": "buddhist-monastic", "nothing after noon": "buddhist-monastic",
    "amritdhari": "sikh", "no ritually slaughtered meat": "sikh", "sikh": "sikh",
    "orthodox fast": "orthodox-fast", "fasting food": "orthodox-fast", "carême orthodoxe": "orthodox-fast",
    "coptic fast": "oriental-orthodox-fast", "ethiopian fast": "oriental-orthodox-fast", "tsom": "oriental-orthodox-fast",
    "adventist": "adventist", "latter day saint": "latter-day-saint", "ital": "rastafari",
    "no alcohol": "abstinent", "sans alcool": "abstinent", "alcohol free": "abstinent", "بلا كحول": "abstinent", "بدون كحول": "abstinent",
}  # fmt: skip
"""Words → tradition of the table. Only words for food stand here: that somebody is a Muslim says nothing about their plate."""
_FOODS = {
    "pork": "pork", "porc": "pork", "لحم الخنزير": "pork", "beef": "beef", "bœuf": "beef", "لحم البقر": "beef", "fish": "fish", "poisson": "fish",
    "سمك": "fish", "shellfish": "shellfish", "seafood": "shellfish", "fruits de mer": "shellfish", "eggs": "egg", "egg": "egg", "œufs": "egg",
    "بيض": "egg", "dairy": "dairy", "milk": "dairy", "lait": "dairy", "حليب": "dairy", "coffee": "caffeine", "caffeine": "caffeine",
    "onion": "allium", "onions": "allium",
    "garlic": "allium", "oignon": "allium", "ail": "allium", "honey": "honey", "miel": "honey", "gelatine": "gelatine_animal",
    "gelatin": "gelatine_animal", "poultry": "poultry", "chicken": "poultry", "volaille": "poultry", "lamb": "other_meat", "mutton": "other_meat",
}  # fmt: skip
_ALLERGENS = frozenset(
    "gluten coeliac celiac cœliaque nut nuts peanut peanuts arachide lactose sesame sésame soya soy allergy allergic allergie allergique "
    "celery céleri mustard moutarde lupin sulphite sulphites sulfite sulfites crustacean crustaceans mollusc molluscs almond almonds walnut walnuts "
    "hazelnut hazelnuts cashew cashews pistachio pistachios".split()
)
_AROUND = re.compile(r" (?:at the table|in the food|please|food|meals?|menu|diet|régime|only|seulement)$")
_WITHOUT = re.compile(r"^(?:no|without|sans|pas de|ni|بلا|بدون) (.+)$")
_PARTS = re.compile(r"\s*(?:[,;/&+،؛]|\band\b|\bet\b)\s*")
_BY = {"halal": "halal", "kosher": "kosher"}
"""Tradition → the certification that it asks for."""
_REFUSES = {"sikh": frozenset({"halal", "kosher"})}
"""Tradition → certifications by ritual slaughter that its observant members refuse."""


@dataclass(frozen=True)
class Eating:
    """What the words of all people come to: traditions of the table, foods left out by name, allergies as entered, and words to ask about."""

    diets: tuple[str, ...]
    foods: tuple[str, ...]
    allergies: tuple[str, ...]
    unread: tuple[str, ...]


def read_diets(entered: Iterable[str]) -> Eating:
    """Read the diets as they were entered, in English, French or Arabic; each part of an entry for itself, each once, in order."""
    diets: dict[str, None] = {}
    foods: dict[str, None] = {}
    allergies: dict[str, None] = {}
    unread: dict[str, None] = {}
    for entry in entered:
        for part in filter(None, _PARTS.split(entry.strip())):
            words = _plain(part)
            without = _WITHOUT.match(words)
            if words in _BY_WORDS:
                diets[_BY_WORDS[words]] = None
            elif _ALLERGENS & set(words.split()):
                allergies[part] = None
            elif without and without[1] in _BY_FOOD:
                foods[_BY_FOOD[without[1]]] = None
            else:
                unread[part] = None
    return Eating(tuple(diets), tuple(foods), tuple(allergies), tuple(unread))


def rules_of(eating: Eating) -> tuple[Rules, ...]:
    """The rules behind what was read: one for each tradition, and one for the foods that were named alone."""
    known = {diet.slug: diet for diet in load_diets()}
    rules = [_rules(known[slug]) for slug in eating.diets]
    if eating.foods:
        rules.append(Rules("as entered", dict.fromkeys(eating.foods, "no")))
    return tuple(rules)


def _rules(diet: Diet) -> Rules:
    items: dict[str, Rule] = {str(food): rule for food, rule in diet.rules.items()}
    return Rules(diet.slug, items, by=_BY.get(diet.slug), refuses=_REFUSES.get(diet.slug, frozenset()))


def _plain(text: str) -> str:
    return _AROUND.sub("", folded(text).strip())


_BY_WORDS = {_plain(words): slug for words, slug in _DIETS.items()}
_BY_FOOD = {_plain(words): food for words, food in _FOODS.items()}
