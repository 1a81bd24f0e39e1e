"""Plans drawn at random from what the rules of the base speak of, and rules that are invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tracktwo.methods.law.answer import Answer, answers_both_ways
from tracktwo.methods.law.base import RuleBase, rule_base
from tracktwo.model.law import KEYED, LegalPlan, Rule
from tracktwo.sources.law import load_law

LAW = load_law()
BASE = rule_base(LAW.rules, LAW.vocabulary)
ACTS = sorted(LAW.vocabulary.acts)
LISTS = sorted(LAW.vocabulary.lists)
NAMED = sorted({target.key for rule in LAW.rules for target in rule.targets if target.kind == "list" and target.key})
CLASSES = sorted(LAW.vocabulary.classes)
COUNTRIES = sorted(
    {bind.code for rule in LAW.rules for bind in rule.binds if len(bind.code) == 2} - {"EU"}
    | {code for rule in LAW.rules for target in rule.targets if target.kind not in KEYED for code in target.codes if len(code) == 2}
    | {"XX", "FR", "IT", "QA"}
)
TERRITORIES = sorted({code for rule in LAW.rules for target in rule.targets if target.kind == "territory" for code in target.codes})
CURRENCIES = ["USD", "EUR", "CHF", "GBP"]
EDGES = sorted({day for rule in LAW.rules for day in (rule.in_force_from, rule.in_force_to, rule.review_by) if day})
"""Days on which a rule begins, ends or has to be checked again."""

countries = st.sampled_from(COUNTRIES)
some_countries = st.lists(countries, max_size=3, unique=True)
some_lists = st.lists(st.one_of(st.sampled_from(NAMED), st.sampled_from(LISTS)), max_size=4, unique=True)
days = st.builds(lambda edge, off: edge + timedelta(days=off), st.sampled_from(EDGES), st.sampled_from((-400, -1, 0, 1, 400))) | st.dates(
    date(2024, 1, 1), date(2029, 12, 31)
)
settings_drawn = st.fixed_dictionaries(
    {
        "venue": countries,
        "transit": st.lists(countries, max_size=2, unique=True),
        "currencies": st.lists(st.sampled_from(CURRENCIES), max_size=2, unique=True),
        "funders": st.lists(countries, max_size=2, unique=True),
        "territories": st.lists(st.sampled_from(TERRITORIES), max_size=2, unique=True),
    }
)


def actors(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """An actor with this id."""
    return st.fixed_dictionaries(
        {"id": st.just(name), "kind": st.sampled_from(("person", "organisation")), "nationality": some_countries, "lists": some_lists},
        optional={
            "residence": countries,
            "present_in": countries,
            "seat": countries,
            "official_of": countries,
            "classes": st.lists(st.sampled_from(CLASSES), max_size=2, unique=True),
            "role": st.sampled_from(("team", "convenor", "counterpart", "participant")),
        },
    )


def scenarios(acts: int = 3) -> st.SearchStrategy[dict[str, Any]]:
    """A scenario as its file has it."""
    who = st.sampled_from("abc")
    lines = st.fixed_dictionaries({"by": who, "act": st.sampled_from(ACTS), "with": who})
    return st.fixed_dictionaries(
        {
            "id": st.just("S"),
            "title": st.just("A scenario"),
            "date": days.map(date.isoformat),
            "setting": settings_drawn,
            "actors": st.tuples(*(actors(name) for name in "abc")).map(list),
            "plan": st.lists(lines, min_size=1, max_size=acts),
        }
    )


def plan_of(scenario: dict[str, Any]) -> LegalPlan:
    """The scenario as a plan, read as a file would be."""
    return LegalPlan.model_validate(scenario)


def forward(scenario: dict[str, Any], base: RuleBase = BASE) -> list[Answer]:
    """The answers to every act of a scenario, as it is asked."""
    return [found.forward for found in answers_both_ways(plan_of(scenario), base)]


def rule(name: str, act: str, effect: str, **more: Any) -> Rule:
    """An invented rule on one act: everybody is bound, and it aims at those on the list UN-SC1988."""
    return Rule.model_validate(
        {
            "id": name,
            "title": "An invented rule",
            "jurisdiction": "UN",
            "type": "statute",
            "status": "in-force",
            "addressee": "persons",
            "binds": [{"link": "any", "code": "*"}],
            "targets": [{"kind": "list", "key": "UN-SC1988"}],
            "acts": [{"act": act, "effect": effect}],
            "exemptions": [],
            "overrides": [],
            "conditions": [],
            "unless_national_of_venue": False,
            "citation": "An invented act, section 1",
            "source": [{"title": "An invented page", "address": "https://example.org/", "grade": "secondary"}],
            "as_of": "2026-01-01",
            "in_force_from": "2020-01-01",
            "in_force_to": None,
            "renewable": False,
            "review_by": "2027-01-01",
            "confidence": "seen",
            "unverified": [],
            "explanation": "An invented rule, so that a test can say what it does and nothing else.",
            **more,
        }
    )


def exemption(**more: Any) -> dict[str, Any]:
    """An invented way out."""
    return {
        "what": "a licence",
        "ground": "case by case",
        "authority": "an office",
        "who_applies": "the State of destination",
        "lead_time_working_days": 10,
        "citation": "section 2",
        "seen": True,
        **more,
    }


def base_of(*rules: Rule) -> RuleBase:
    """A base of these rules alone, in the words of the shipped vocabulary."""
    return rule_base(rules, LAW.vocabulary)


def scenario(*lines: tuple[str, str, str], day: str = "2026-06-01", **setting: Any) -> dict[str, Any]:
    """A scenario of a convenor, a facilitator and a listed guest, all invented."""
    return {
        "id": "S",
        "title": "A scenario",
        "date": day,
        "setting": {"venue": "NO", **setting},
        "actors": [
            {"id": "convenor", "kind": "organisation", "role": "convenor", "seat": "NO", "lists": []},
            {"id": "facilitator", "role": "team", "nationality": ["NO"], "lists": []},
            {"id": "colleague", "role": "team", "nationality": ["SE"], "lists": []},
            {"id": "guest", "role": "counterpart", "nationality": ["AF"], "lists": ["UN-SC1988"]},
        ],
        "plan": [{"by": by, "act": act, "with": other} for by, act, other in lines],
    }
