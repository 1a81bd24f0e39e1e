"""The same answers as the reference matcher that comes with the data: over its scenarios, and over plans drawn at random."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings

from tests.methods.law.drawn import BASE, LAW, forward, scenarios
from tracktwo.methods.law.answer import Answer
from tracktwo.sources.law import read_plans

FIELDS = ("effect", "rules", "overridden", "duties", "stale")


def told(answer: Answer) -> dict[str, Any]:
    """An answer as the reference writes it."""
    shown = {field: getattr(answer, field) for field in FIELDS}
    return {**{key: list(value) if isinstance(value, tuple) else value for key, value in shown.items()}, "last_line": answer.last_line}


@pytest.fixture(scope="module")
def reference(test_data: Path) -> ModuleType:
    """check.py of the data set."""
    spec = importlib.util.spec_from_file_location("reference_of_law", test_data / "law" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_shipped_rules_are_those_of_the_data_set_but_for_one_condition(reference: ModuleType) -> None:
    theirs = {rule["id"]: rule for rule in reference.load_rules()}
    ours = {rule.id: json.loads(rule.model_dump_json()) for rule in LAW.rules}
    assert list(ours) == list(theirs)
    for name, rule in ours.items():
        rule["targets"] = [{key: value for key, value in target.items() if value} for target in rule["targets"]]
        differing = {field for field, value in theirs[name].items() if rule[field] != value}
        assert differing == ({"conditions"} if name == "LB-1955-BOYCOTT" else set()), name


def test_all_scenarios_are_answered_as_they_expect(test_data: Path) -> None:
    path = test_data / "law" / "scenarios.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    assert [plan.id for plan in read_plans(path, LAW.vocabulary, LAW.rules).plans] == [scene["id"] for scene in expected]
    for scene in expected:
        bare = {key: value for key, value in scene.items() if key not in ("expected", "why", "last_line")}
        for answer, line in zip(forward(bare), scene["expected"], strict=True):
            assert {"act": answer.planned.act, **told(answer)} == {**line, "last_line": scene["last_line"]}


def agree(reference: ModuleType, scene: dict[str, Any]) -> int:
    """Hold every answer of a scenario against the reference; returns how many."""
    rules, vocabulary = reference.load_rules(), reference.load_vocabulary()
    for answer, step in zip(forward(scene, BASE), scene["plan"], strict=True):
        assert told(answer) == reference.evaluate(scene, step, rules, vocabulary)
    return len(scene["plan"])


def agreeing(reference: ModuleType, examples: int) -> int:
    rules, vocabulary = reference.load_rules(), reference.load_vocabulary()
    reference.load_rules, reference.load_vocabulary = lambda: rules, lambda: vocabulary  # read once
    acts = 0

    @settings(max_examples=examples, deadline=None, database=None)
    @given(scenarios())
    def law(scene: dict[str, Any]) -> None:
        nonlocal acts
        acts += agree(reference, scene)

    law()
    return acts


def test_random_plans_are_answered_as_the_reference_answers_them(reference: ModuleType) -> None:
    assert agreeing(reference, 300) >= 300


@pytest.mark.gate
def test_ten_thousand_random_plans_are_answered_as_the_reference_answers_them(reference: ModuleType, figure: Callable[[str], None]) -> None:
    figure(f"{agreeing(reference, 10_000):,} planned acts of 10,000 random plans: effect, rules, overridden, duties and stale equal in all")
