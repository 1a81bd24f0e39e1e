"""Rows E1 … E9: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.considerations.planted import has, one, person, planted, said
from tracktwo.model.exhibit import Table


def _issue(*sides: str) -> list[dict[str, Any]]:
    return [{"name": "Pasture", "grievances": [{"what": f"Loss of {side}", "kind": "social", "side": side} for side in sides]}]


def test_what_every_side_has_a_grievance_about_is_a_common_focus() -> None:
    assert has(planted(issues=_issue("upper", "lower")), "focus.shared-grievance", "focus.none-shared") == (True, False)
    assert has(planted(issues=_issue("upper", "upper")), "focus.shared-grievance", "focus.none-shared") == (False, True)


def test_a_formula_must_answer_what_each_side_feels_and_a_silent_side_is_asked() -> None:
    done = planted(issues=_issue("upper"))
    assert "Loss of upper" in said(done, "formula.must-answer")
    assert one(done, "formula.needs-unknown").kind == "unknown"
    assert "Lower town" in said(done, "formula.needs-unknown")


def test_everybody_has_a_way_home_and_somebody_who_calls() -> None:
    planned = {"re_entry": "By the early bus", "reached_by": "Bo"}
    done = planted(invited=[person("Ada", "upper"), person("Cy", "lower", **planned)])
    assert one(done, "reentry.no-plan").message.params["count"] == 1
    assert one(done, "reentry.no-plan").severity == "warning"
    assert one(done, "reentry.nobody-calls").message.params["count"] == 1
    in_order = planted(invited=[person("Cy", "lower", **planned)])
    assert has(in_order, "reentry.no-plan", "reentry.nobody-calls", "reentry.planned") == (False, False, True)
    assert has(planted(), "reentry.nobody") == (True,)


def test_a_long_silence_between_rounds_asks_for_calls() -> None:
    invited = [person("Ada", "upper")]
    assert has(planted(invited=invited), "reentry.long-silence") == (True,)
    close = {"starts": "2027-03-01", "rounds": 3, "months": 3}
    assert has(planted(invited=invited, wish=close), "reentry.long-silence") == (False,)


def test_an_action_is_late_loose_or_in_order() -> None:
    late = planted(follow_up=[{"what": "Call them", "owner": "Ada", "due": "2026-11"}, {"what": "Write", "owner": "Ada", "due": "2026-10"}])
    assert (one(late, "actions.late").severity, one(late, "actions.late").message.params["count"]) == ("warning", 1)
    assert "Write" in said(late, "actions.late")
    assert has(planted(follow_up=[{"what": "Write", "owner": "Ada", "due": "2026-10", "done": True}]), "actions.late", "actions.in-order") == (
        False,
        True,
    )
    assert "Call them" in said(planted(follow_up=[{"what": "Call them", "due": "2027-03"}]), "actions.loose")
    assert has(planted(), "actions.none") == (True,)


def test_a_budget_that_ends_without_a_line_for_follow_up_is_told() -> None:
    budget = {"currency": "EUR", "costs": [{"what": "A round", "amount": 100}], "pledges": [{"donor": "D", "amount": 100, "status": "received"}]}
    assert has(planted(budget=budget), "actions.no-money") == (True,)
    budget["costs"] = [{"what": "A round and its follow-up", "amount": 100}]
    assert has(planted(budget=budget), "actions.no-money") == (False,)


def test_officials_are_briefed_after_each_round_once_they_are_entered() -> None:
    done = planted(officials=[{"process": "The accord"}])
    assert one(done, "briefings.plan").message.params["first"] == date(2027, 3, 24)
    assert has(planted(), "briefings.plan", "briefings.none") == (False, True)
    assert has(planted(officials=[{"process": "The accord"}], wish=None), "briefings.none") == (True,)


def test_results_go_back_within_ten_days() -> None:
    assert one(planted(), "results.due").message.params["first"] == date(2027, 3, 13)
    assert has(planted(wish=None), "results.due", "results.no-dates") == (False, True)


def test_a_speaker_is_named_or_asked_for() -> None:
    spoken = {"what": "That talks take place", "said_by": "Ada"}
    assert has(planted(public=[spoken]), "media.speakers", "media.none") == (True, False)
    assert has(planted(public=[spoken | {"closed": True}]), "media.speakers", "media.none") == (False, True)


def test_a_paper_is_due_where_the_arc_is_long_enough_to_come_to_it() -> None:
    assert has(planted(), "products.paper", "products.none") == (True, False)
    assert has(planted(wish={"starts": "2027-03-01", "rounds": 1}), "products.paper", "products.none") == (False, True)


def test_the_calendar_holds_what_is_still_to_come_in_order() -> None:
    actions = [{"what": "Later", "due": "2027-05-01"}, {"what": "Sooner", "due": "2027-01-15"}, {"what": "Gone", "due": "2026-01-15"}]
    done = planted(follow_up=[*actions, {"what": "Done", "due": "2027-01-16", "done": True}])
    (calendar,) = [x for s in done.sections for x in s.exhibits if isinstance(x, Table) and x.row == "E5"]
    days = [str(line[0]) for line in calendar.cells]
    assert days == sorted(days)
    assert min(days) == "2027-01-15"
    assert {"Sooner", "Later"} <= {line[1] for line in calendar.cells if isinstance(line[1], str)}
    assert not {"Gone", "Done"} & {line[1] for line in calendar.cells if isinstance(line[1], str)}
