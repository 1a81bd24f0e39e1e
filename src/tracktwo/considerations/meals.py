"""Process design, continued: what people eat, the one menu that serves all, and what no menu can do (row D9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.library.culture import DIETS, Food
from tracktwo.library.diets import Eating, read_diets, rules_of
from tracktwo.methods.menu import without
from tracktwo.model.finding import Finding, Param

FOODS: tuple[str, ...] = get_args(Food)


def entered(q: Inquiry) -> tuple[str, ...]:
    """Every diet that somebody entered, for the meeting or for a person, each once. A religion or a country is never read as a diet."""
    people = [m.person for m in q.initiative.members if m.person.kind == "person"]
    return tuple(dict.fromkeys([*q.initiative.tongues.diets, *(diet for person in people for diet in person.diets)]))


def eating(q: Inquiry) -> Eating:
    return read_diets(entered(q))


def left_out(q: Inquiry) -> tuple[str, ...]:
    """The foods that the one menu for everybody leaves out, in the order of the table."""
    return without(rules_of(eating(q)), FOODS)


def findings(q: Inquiry, fasting: Collection[int]) -> Iterator[Finding]:
    """D9: who was asked, the menu that serves all by its ingredients, and where ingredients are not enough. `fasting` are days of the round."""
    people = [m.person for m in q.initiative.members if m.person.kind == "person"]
    fed = [person for person in people if person.diets]
    if not entered(q):
        yield q.unknown("meals.not-asked", "D9", q.each_side(), "programme", count=len(people), sides=q.side_names())
        return
    yield q.assumed(
        "meals.diets",
        "D9",
        q.said(*fed, what="field diets"),
        diets=listing(entered(q)),
        asked=len(fed),
        total=len(people),
        sides=q.side_names(),
        decision="programme",
    )
    read = eating(q)
    evidence = [*q.said(*fed, what="field diets"), DIETS.evidence()]
    foods = left_out(q)
    if foods:
        yield q.assumed("meals.menu", "D9", evidence, foods=listing(term("food", food) for food in foods), decision="programme")
    yield from _beyond(q, read, fasting)
    if read.unread:
        yield q.unknown("meals.unread", "D9", q.each_side(), "programme", evidence=q.said(*fed, what="field diets"), words=listing(read.unread))
    if read.allergies:
        yield q.assumed("meals.allergies", "D9", q.said(*fed, what="field diets"), severity="warning", words=listing(read.allergies))
    else:
        yield q.unknown("meals.allergies-not-asked", "D9", q.each_side(), "programme", sides=q.side_names(), count=len(people))


def _beyond(q: Inquiry, read: Eating, fasting: Collection[int]) -> Iterator[Finding]:
    """What ingredients cannot do: supervision, the hour of noon, a fast, and slaughter that one diet asks for and another refuses."""
    who: Param = q.initiative.venues[0].host or term("who", "host") if q.initiative.venues else term("who", "host")
    evidence = [DIETS.evidence()]
    said = {"kosher": "meals.kosher", "buddhist-monastic": "meals.noon"}
    for diet, code in said.items():
        if diet in read.diets:
            yield q.unknown(code, "D9", who, "programme", severity="warning", evidence=evidence)
    if fasting:
        yield q.assumed("meals.fasting", "D9", evidence, severity="note", count=len(fasting), next_step=msg("meals.eat-after-sunset"))
    if "sikh" in read.diets and {"halal", "kosher"} & set(read.diets):
        yield q.known("meals.slaughter", "D9", evidence, severity="warning", decision="programme")
