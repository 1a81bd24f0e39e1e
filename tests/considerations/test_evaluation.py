"""Rows F1 … F12: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.considerations.planted import has, many, one, person, planted, said

LINK = {"id": "one", "if": "they meet", "then": "they share the well"}


def _change(**link: Any) -> dict[str, Any]:
    return {"statement": "The well is shared", "links": [LINK | link]}


def test_a_plan_counts_what_is_measured_and_dated() -> None:
    bare = one(planted(change=_change()), "evaluation.coverage")
    assert (bare.severity, bare.message.params["measured"], bare.message.params["dated"]) == ("note", 0, 0)
    full = one(planted(change=_change(indicator="buckets", test_by="2027-10")), "evaluation.coverage")
    assert (full.severity, full.message.params["measured"], full.message.params["dated"]) == ("info", 1, 1)
    assert has(planted(), "evaluation.coverage", "evaluation.no-links") == (False, True)


def test_an_evaluator_is_in_the_team_or_asked_for() -> None:
    assert has(planted(), "evaluation.nobody") == (True,)
    assert has(planted(team=[person("Ada", role="evaluator")]), "evaluation.nobody") == (False,)


def test_documents_without_a_date_are_counted() -> None:
    done = planted(documents=[{"title": "Terms"}, {"title": "Minutes", "date": "2026-09"}])
    assert one(done, "log.documents").message.params["undated"] == 1
    assert has(planted(), "log.documents", "log.none") == (False, True)


@pytest.mark.parametrize(("upper", "lower", "small"), [(4, 6, ["Upper town"]), (5, 5, []), (1, 2, ["Upper town", "Lower town"])])
def test_a_side_smaller_than_five_is_never_shown_alone(upper: int, lower: int, small: list[str]) -> None:
    done = planted(invited=[person(f"P{n}", "upper" if n < upper else "lower") for n in range(upper + lower)])
    assert [sentence.split(":")[0].removeprefix("Invited from ") for sentence in many(done, "quality.side-too-small")] == small
    assert has(done, "quality.can-be-shown") == (not small,)


def test_people_without_a_side_show_nothing_of_balance() -> None:
    done = planted(invited=[person(f"P{n}") for n in range(6)])
    assert has(done, "quality.no-sides", "quality.can-be-shown") == (True, False)


def test_a_rival_explanation_is_kept_beside_the_link_or_asked_for() -> None:
    assert has(planted(change=_change(rival="The rains")), "traces.rival", "traces.no-rival") == (True, False)
    assert has(planted(change=_change()), "traces.rival", "traces.no-rival") == (False, True)
    assert has(planted(), "traces.nothing-to-trace") == (True,)


def test_donors_are_counted_once_each() -> None:
    pledges = [{"donor": "A", "amount": 1}, {"donor": "A", "amount": 1, "condition": "A report"}, {"donor": "B", "amount": 1}]
    params = one(planted(budget={"currency": "EUR", "pledges": pledges}), "reports.donors").message.params
    assert (params["count"], params["conditions"]) == (2, 1)
    assert has(planted(), "reports.no-donor") == (True,)


def test_chatham_house_guards_affiliations_and_another_rule_is_told_as_such() -> None:
    invited = [person("Ada", "upper", affiliation="a bank"), person("Bo", "upper", affiliation="a bank")]
    chatham = planted(invited=invited, ground_rules=[{"rule": "Chatham House"}])
    assert one(chatham, "attribution.chatham").message.params["affiliations"] == 1
    assert "a bank" not in said(chatham, "attribution.chatham")
    assert has(planted(ground_rules=[{"rule": "on the record"}]), "attribution.other-rule", "attribution.chatham") == (True, False)
    assert has(planted(), "attribution.no-rule") == (True,)


def test_a_stricter_rule_stands_beside_chatham_house() -> None:
    both = planted(ground_rules=[{"rule": "Chatham House"}, {"rule": "no notes", "applies_to": "testimony"}])
    assert has(both, "attribution.chatham", "strict.set", "strict.unknown") == (True, True, False)
    assert "testimony" in said(both, "strict.set")
    assert "testimony" not in said(both, "attribution.chatham")


def test_disputed_or_legal_grievances_ask_for_a_stricter_rule() -> None:
    grievance = {"what": "Our field", "kind": "legal", "side": "upper"}
    assert "Pasture" in said(planted(issues=[{"name": "Pasture", "grievances": [grievance]}]), "strict.consider")
    mild = planted(issues=[{"name": "Pasture", "grievances": [grievance | {"kind": "social"}]}])
    assert has(mild, "strict.consider", "strict.unknown") == (False, True)


def test_a_code_of_conduct_is_adopted_or_missing() -> None:
    convenor = {"name": "A trust"}
    assert has(planted(convenor=convenor), "conduct.none", "conduct.adopted") == (True, False)
    assert has(planted(convenor=convenor | {"code_of_conduct": "Our own"}), "conduct.none", "conduct.adopted") == (False, True)


def test_one_facilitator_for_long_days_is_a_heavy_load() -> None:
    alone = [person("Ada", role="facilitator")]
    long = {"starts": "2027-03-01", "days": 5, "rounds": 4}
    done = one(planted(team=alone, wish=long), "debrief.load")
    assert (done.severity, done.message.params["days"], done.message.params["each"]) == ("warning", 20, 20)
    two = one(planted(team=[*alone, person("Bo", role="facilitator")], wish=long), "debrief.load")
    assert (two.severity, two.message.params["each"]) == ("info", 10)
    assert has(planted(), "debrief.unknown") == (True,)


def test_lessons_come_only_from_cases_in_which_they_were_read() -> None:
    done = planted()
    verified = {likeness.case.name for likeness in done.basis.similar if "lessons" in likeness.case.verified_fields}
    told = many(done, "lessons.of-case")
    assert all(any(sentence.startswith(name) for name in verified) for sentence in told)
    assert len(told) == min(len(verified), 3)
