"""One menu for everybody: who cannot eat what, and the smallest change that mends it. Ingredients only: never a person's faith."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Rule = Literal["no", "ok", "certified", "some"]
"""no: not eaten; ok: eaten; certified: only from a certified source; some: differs by person, so ask."""
MEATS = frozenset({"beef", "other_meat", "poultry"})
DAIRY, BOTH = "dairy", "meat_with_dairy"


@dataclass(frozen=True)
class Dish:
    """A dish by its ingredients, in the words of the rules."""

    name: str
    items: frozenset[str]


@dataclass(frozen=True)
class Rules:
    """What one diet asks. `by` is the certification that it accepts for what must be certified; of `refuses` it eats nothing so certified."""

    diet: str
    items: Mapping[str, Rule]
    by: str | None = None
    refuses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Change:
    """What to change in the whole kitchen: items to leave out of every dish, and items to buy from a certified source, with which."""

    leave_out: frozenset[str] = frozenset()
    certify: tuple[tuple[str, str], ...] = ()

    @property
    def size(self) -> int:
        return len(self.leave_out) + len(self.certify)


@dataclass(frozen=True, order=True)
class Violation:
    """A dish that a diet cannot eat as it is: because of an item, or because meat and dairy meet in it."""

    dish: str
    diet: str
    item: str
    why: Literal["not eaten", "not certified", "refused as certified", "meat with dairy"] = field(compare=False)


@dataclass(frozen=True)
class Check:
    """Every violation, in order; the smallest change after which there is none; and items to ask about, with the diets that differ on them."""

    violations: tuple[Violation, ...]
    change: Change
    ask: tuple[tuple[str, str], ...]


def violations(dishes: Iterable[Dish], rules: Iterable[Rules], change: Change = Change()) -> tuple[Violation, ...]:
    """Every violation that is left after a change, in alphabetical order of dish, diet and item."""
    bought, rules, found = dict(change.certify), tuple(rules), set()
    for dish in dishes:
        items = dish.items - change.leave_out
        for asked in rules:
            found |= {Violation(dish.name, asked.diet, item, why) for item in items if (why := _against(asked, item, bought.get(item)))}
            if asked.items.get(BOTH) == "no" and DAIRY in items and items & MEATS:
                found.add(Violation(dish.name, asked.diet, BOTH, "meat with dairy"))
    return tuple(sorted(found))


def _against(asked: Rules, item: str, bought: str | None) -> Literal["not eaten", "not certified", "refused as certified"] | None:
    rule = asked.items.get(item)
    if rule == "no":
        return "not eaten"
    if bought is not None and bought in asked.refuses and item in MEATS:
        return "refused as certified"
    return "not certified" if rule == "certified" and bought != asked.by else None


def menu(dishes: Sequence[Dish], rules: Sequence[Rules]) -> Check:
    """Find every violation and the smallest change of the kitchen that mends all of them.

    A cover of the violations by items: what somebody does not eat must go. What must be certified is certified where one certificate serves all,
    else it goes too. Where meat and dairy may not meet, either dairy goes or every meat that still meets it, whichever is fewer; dairy if equal.
    """
    items = {item for dish in dishes for item in dish.items}
    out = {item for item in items if any(_against(asked, item, None) == "not eaten" for asked in rules)}
    certify: dict[str, str] = {}
    for item in sorted(items - out):
        wanted = {asked.by for asked in rules if asked.items.get(item) == "certified"}
        (one,) = wanted if len(wanted) == 1 else (None,)
        if not wanted:
            continue
        if one is None or any(_against(asked, item, one) for asked in rules):
            out.add(item)
        else:
            certify[item] = one
    if any(asked.items.get(BOTH) == "no" for asked in rules) and DAIRY not in out:
        meeting = {item for dish in dishes if DAIRY in dish.items for item in dish.items & MEATS} - out
        # A meat that is bought certified and one that goes are one change each, so what meets dairy costs nothing more if it had to be certified.
        more = meeting - certify.keys()
        less = 1 - (DAIRY in certify)
        out |= set() if not meeting else meeting if len(more) < less else {DAIRY}
    change = Change(frozenset(out), tuple(sorted((item, by) for item, by in certify.items() if item not in out)))
    ask = sorted({(item, asked.diet) for item in items - out for asked in rules if asked.items.get(item) == "some"})
    return Check(violations(dishes, rules), change, tuple(ask))


def without(rules: Iterable[Rules], foods: Collection[str]) -> tuple[str, ...]:
    """The foods that the one menu for everybody leaves out: what any of the diets does not eat, eats only certified, or may not eat."""
    rules = tuple(rules)
    return tuple(food for food in foods if food != BOTH and any(asked.items.get(food) in ("no", "certified", "some") for asked in rules))
