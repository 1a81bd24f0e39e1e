"""What must hold of every plan: more facts never make an answer milder, nor does time; order and bills change nothing."""

from __future__ import annotations

import copy
import random
import re
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.law.drawn import BASE, COUNTRIES, CURRENCIES, LAW, LISTS, base_of, forward, plan_of, rule, scenario, scenarios
from tracktwo.cli.law_words import advice_lines, plan_lines
from tracktwo.methods.law.answer import TRAVEL, Answer, answers_both_ways
from tracktwo.methods.law.base import rule_base
from tracktwo.methods.law.smallest_change import smallest_change
from tracktwo.model.law import EFFECTS, NO_RULE, PERMISSIONS

RANK = {effect: rank for rank, effect in enumerate((*EFFECTS, NO_RULE))}
NEVER = re.compile(r"\b(allow(s|ed)?|permitted|safe|lawful|caused)\b", re.IGNORECASE)
"""Words that no sentence on a plan uses."""
BILLS = rule_base([*LAW.rules, *(one.model_copy(update={"id": f"{one.id}-BILL", "status": "bill"}) for one in LAW.rules)], LAW.vocabulary)

MIXED = [rule_base(random.Random(seed).sample(LAW.rules, len(LAW.rules)), LAW.vocabulary) for seed in range(20)]
"""The base with its rules in other orders."""


def milder(before: Answer, after: Answer) -> bool:
    return RANK[after.effect] > RANK[before.effect]


def brings_a_permission(before: Answer, after: Answer) -> bool:
    """True where a live permission is among the rules that only the answer after has."""
    return any(one.effect in PERMISSIONS and one.rule.id not in before.rules for one in after.matched)


def own_venue(scene: dict[str, Any], answer: Answer) -> bool:
    """True where the traveller has become a national of the venue."""
    traveller = next(actor for actor in scene["actors"] if actor["id"] == answer.planned.with_)
    return answer.planned.act == TRAVEL and scene["setting"]["venue"] in traveller["nationality"]


def with_more(scene: dict[str, Any], field: str, value: str, actor: int | None) -> dict[str, Any]:
    changed = copy.deepcopy(scene)
    where = changed["setting"] if actor is None else changed["actors"][actor]
    if value not in where[field]:
        where[field].append(value)
    return changed


def ended_or_begun(answer: Answer, until: date) -> bool:
    """True where a rule on the act ends for good, or a permission on it begins, between the two days."""
    for reading in BASE.by_act.get(answer.planned.act, ()):
        one = reading.rule
        if one.in_force_to and not one.renewable and answer.day <= one.in_force_to < until:
            return True
        if reading.effect in PERMISSIONS and one.in_force_from and answer.day < one.in_force_from <= until:
            return True
    return False


def laws(scene: dict[str, Any], luck: random.Random) -> None:
    """Hold every law against one scenario."""
    before = forward(scene)
    who = luck.randrange(3)
    for field, value, actor in (
        ("lists", luck.choice(LISTS), who),
        ("currencies", luck.choice(CURRENCIES), None),
        ("transit", luck.choice(COUNTRIES), None),
        ("funders", luck.choice(COUNTRIES), None),
    ):
        for one, other in zip(before, forward(with_more(scene, field, value, actor)), strict=True):
            assert not milder(one, other), (field, value)
    citizen = with_more(scene, "nationality", luck.choice(COUNTRIES), who)
    for one, other in zip(before, forward(citizen), strict=True):
        assert not milder(one, other) or brings_a_permission(one, other) or own_venue(citizen, other)
    later = date.fromisoformat(scene["date"]) + timedelta(days=luck.choice((1, 30, 400, 3000)))
    for one, other in zip(before, forward({**scene, "date": later.isoformat()}), strict=True):
        assert not milder(one, other) or ended_or_begun(one, later)
    shuffled = copy.deepcopy(scene)
    luck.shuffle(shuffled["actors"])
    for found in (*shuffled["actors"], shuffled["setting"]):
        for value in found.values():
            if isinstance(value, list):
                luck.shuffle(value)
    assert forward(shuffled, luck.choice(MIXED)) == before
    assert [(found.effect, found.rules) for found in forward(scene, BILLS)] == [(found.effect, found.rules) for found in before]


def held(examples: int) -> int:
    plans = 0

    @settings(max_examples=examples, deadline=None, database=None)
    @given(scenarios(), st.randoms(use_true_random=False))
    def law(scene: dict[str, Any], luck: random.Random) -> None:
        nonlocal plans
        plans += 1
        laws(scene, luck)

    law()
    return plans


def test_more_facts_and_later_days_never_make_an_answer_milder_and_order_and_bills_change_nothing() -> None:
    assert held(100) >= 100


@pytest.mark.gate
def test_the_laws_hold_over_ten_thousand_random_plans(figure: Callable[[str], None]) -> None:
    figure(f"{held(10_000):,} random plans, each with one fact of five kinds more, on a later day, shuffled, and with 96 bills")


def test_the_citizenship_of_the_venue_makes_a_travel_ban_milder_for_the_traveller() -> None:
    ban = rule("BAN", TRAVEL, "licence-needed", unless_national_of_venue=True)
    scene = scenario(("guest", TRAVEL, "guest"))
    (before,) = forward(scene, base_of(ban))
    (after,) = forward(with_more(scene, "nationality", "NO", 3), base_of(ban))
    assert milder(before, after)
    assert own_venue(with_more(scene, "nationality", "NO", 3), after)


def test_a_citizenship_that_brings_a_permission_makes_an_answer_milder() -> None:
    bar = rule("BAR", "train", "prohibited")
    leave = rule("LEAVE", "train", "exempt", overrides=["BAR"], binds=[{"link": "nationality", "code": "CH"}])
    scene = scenario(("facilitator", "train", "guest"))
    (before,) = forward(scene, base_of(bar, leave))
    (after,) = forward(with_more(scene, "nationality", "CH", 1), base_of(bar, leave))
    assert (before.effect, after.effect) == ("prohibited", "exempt")
    assert brings_a_permission(before, after)


def test_the_end_of_a_rule_and_the_beginning_of_a_permission_make_a_later_day_milder() -> None:
    scene = scenario(("convenor", "train", "guest"), day="2026-03-01")
    later = {**scene, "date": "2026-05-01"}
    ended = base_of(rule("A", "train", "prohibited", in_force_to="2026-04-01"))
    begun = base_of(rule("A", "train", "prohibited"), rule("B", "train", "exempt", overrides=["A"], in_force_from="2026-04-01"))
    assert [forward(one, ended)[0].effect for one in (scene, later)] == ["prohibited", "no-rule-found"]
    assert [forward(one, begun)[0].effect for one in (scene, later)] == ["prohibited", "exempt"]


def test_a_law_that_does_not_hold_would_be_seen() -> None:
    """The controls: a permission without its bar's reach, and an ended rule, are what the laws above would trip over without their exceptions."""
    bar = rule("BAR", "train", "prohibited")
    leave = rule("LEAVE", "train", "exempt", overrides=["BAR"], targets=[{"kind": "list", "key": "US-TERR"}])
    scene = scenario(("convenor", "train", "guest"))
    (before,) = forward(scene, base_of(bar, leave))
    (after,) = forward(with_more(scene, "lists", "US-TERR", 3), base_of(bar, leave))
    assert milder(before, after)


def sentences(scene: dict[str, Any], today: date) -> Iterable[str]:
    plan = plan_of(scene)
    yield from plan_lines(plan, answers_both_ways(plan, BASE), LAW.vocabulary, LAW.not_covered, today)
    yield from advice_lines(plan, smallest_change(plan, BASE, today), LAW.vocabulary, LAW.not_covered, today)


def unspoken(examples: int) -> int:
    lines = 0

    @settings(max_examples=examples, deadline=None, database=None)
    @given(scenarios(), st.integers(0, 500))
    def law(scene: dict[str, Any], ahead: int) -> None:
        nonlocal lines
        told = list(sentences(scene, date.fromisoformat(scene["date"]) - timedelta(days=ahead)))
        lines += len(told)
        assert [line for line in told if NEVER.search(re.sub(r"https?://\S+", "", line))] == []
        assert told.count("This is not advice. Ask counsel.") == 2
        assert sum(line.startswith("This base does not cover: ") for line in told) == 2

    law()
    return lines


def test_no_sentence_on_a_plan_says_that_something_may_be_done() -> None:
    assert NEVER.search("this is allowed")
    assert unspoken(30) > 100


@pytest.mark.gate
def test_no_sentence_on_a_thousand_plans_says_that_something_may_be_done(figure: Callable[[str], None]) -> None:
    figure(f"{unspoken(1000):,} sentences on 1,000 random plans, none with a word such as allowed, permitted or safe")


def test_no_word_of_the_base_says_that_something_may_be_done() -> None:
    told = [text for one in LAW.rules for text in (one.title, one.explanation, *one.conditions, *one.unverified)]
    told += [text for one in LAW.rules for way in one.exemptions for text in (way.what, way.ground, way.authority, way.who_applies)]
    told += [*LAW.vocabulary.acts.values(), *LAW.vocabulary.classes.values(), *(row.meaning for row in LAW.vocabulary.effects_strictest_first)]
    assert [text for text in told if NEVER.search(text)] == []


@pytest.mark.gate
@pytest.mark.alone
def test_a_planned_act_is_answered_within_a_millisecond(figure: Callable[[str], None]) -> None:
    luck = random.Random(7)
    plans = [plan_of(crowded(luck)) for _ in range(200)]
    for plan in plans[:20]:
        answers_both_ways(plan, BASE)
    start = time.perf_counter()
    acts = sum(1 + (found.mirrored is not None) for plan in plans for found in answers_both_ways(plan, BASE))
    each = (time.perf_counter() - start) / acts * 1000
    figure(f"{each:.3f} ms per planned act, mean of {acts:,} with every actor on 5 lists and of 3 citizenships, {len(LAW.rules)} rules")
    assert each <= 1.0


def crowded(luck: random.Random) -> dict[str, Any]:
    """A scenario in which much matches."""
    scene = scenario(*((luck.choice(("facilitator", "colleague")), act, "guest") for act in LAW.vocabulary.acts))
    for actor in scene["actors"]:
        actor["lists"] = luck.sample(LISTS, 5)
        actor["nationality"] = luck.sample(COUNTRIES, 3)
    scene["setting"] = {"venue": luck.choice(COUNTRIES), "transit": luck.sample(COUNTRIES, 2), "currencies": CURRENCIES, "funders": ["US"]}
    return scene
