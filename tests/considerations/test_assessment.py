"""Rows A1 … A11: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.considerations.planted import BASE, has, many, one, person, planted, said
from tests.making import findings


def test_an_armed_actor_that_ucdp_records_and_the_brief_leaves_out_is_named() -> None:
    finding = one(planted(), "parties.recorded-not-named")
    assert (finding.kind, finding.severity, finding.rows) == ("known", "warning", ("A1",))
    assert "JNIM" in said(planted(), "parties.recorded-not-named")


def test_a_party_is_matched_through_the_names_that_publishers_use() -> None:
    named = [*BASE["parties"], {"name": "The men of the forest", "kind": "armed group", "known_as": ["JNIM"]}]
    done = planted(parties=named)
    assert "JNIM" in said(done, "parties.in-ucdp")
    assert not any("JNIM" in sentence for sentence in many(done, "parties.recorded-not-named"))
    unknown = planted(parties=[*BASE["parties"], {"name": "The men of the forest", "kind": "armed group"}])
    assert one(unknown, "parties.not-in-ucdp").kind == "unknown"


def test_a_table_with_one_side_is_asked_with_whom_it_is_to_talk() -> None:
    done = planted(sides=None, parties=[{"name": "Council of the upper town"}])
    assert one(done, "parties.one-side").severity == "warning"
    assert has(planted(), "parties.one-side") == (False,)


def test_where_no_party_is_to_sit_at_the_table_each_is_still_a_side() -> None:
    done = planted(sides=None, parties=[{"name": "A", "at_the_table": False}, {"name": "B", "at_the_table": False}])
    assert [side.name for side in done.initiative.table] == ["A", "B"]


def test_a_party_without_a_side_and_one_that_stays_away_are_told() -> None:
    done = planted(parties=[*BASE["parties"], {"name": "Herders", "at_the_table": False}])
    assert "Herders" in said(done, "parties.no-side")
    assert "Herders" in said(done, "parties.not-at-table")
    assert has(planted(), "parties.no-side", "parties.not-at-table") == (False, False)


def test_somebody_with_a_line_into_both_sides_can_carry_a_message() -> None:
    lines = [
        {"from": "The imam", "to": "Council of the upper town", "kind": "trusts"},
        {"from": "The imam", "to": "Council of the lower town", "kind": "talks to"},
    ]
    assert said(planted(relations=lines), "actors.carrier").startswith("Could carry a message between Upper town and Lower town: The imam")
    hostile = [lines[0], lines[1] | {"kind": "fights"}]
    assert has(planted(relations=hostile), "actors.carrier", "actors.no-carrier") == (False, True)


def test_whoever_decides_is_reached_in_counted_steps_or_not_at_all() -> None:
    decider = [{"name": "The prefect", "decides": True}]
    invited = [person("Ada", "upper")]
    near = [{"from": "Ada", "to": "The imam", "kind": "talks to"}, {"from": "The imam", "to": "The prefect", "kind": "trusts"}]
    reached = planted(actors=decider, invited=invited, relations=near)
    assert "it is 2 steps" in said(reached, "actors.path")
    assert "Ada" not in said(reached, "actors.path")
    assert has(planted(actors=decider, invited=invited, relations=near[:1]), "actors.path", "actors.no-path") == (False, True)


def test_rising_deaths_stand_against_a_brief_that_calls_its_issues_easing() -> None:
    easing = planted(countries=["Ukraine"], issues=[{"name": "Pasture", "status": "easing"}])
    assert (one(easing, "conflict.trend-against-brief").kind, one(easing, "conflict.trend").severity) == ("conflicting", "warning")
    assert has(planted(countries=["Ukraine"], issues=[{"name": "Pasture", "status": "stuck"}]), "conflict.trend-against-brief") == (False,)
    assert has(planted(countries=["Switzerland"], issues=[{"name": "Pasture", "status": "easing"}]), "conflict.trend-against-brief") == (False,)


def test_rising_violence_is_no_warning_for_a_friendship() -> None:
    assert one(planted(countries=["Ukraine"], challenge="friendship"), "conflict.trend").severity == "info"


def test_a_quiet_country_is_called_quiet_and_the_dead_are_called_dead_of_violence() -> None:
    quiet = planted(countries=["Germany"])
    assert has(quiet, "conflict.quiet", "conflict.none-counted", "conflict.trend", "history.no-state-conflict") == (True, False, False, True)
    assert has(planted(countries=["Germany"], challenge="friendship"), "history.no-state-conflict") == (False,)
    nobody = planted(countries=["Switzerland"])
    assert has(nobody, "conflict.quiet", "conflict.none-counted", "conflict.trend", "history.no-state-conflict") == (False, True, False, True)
    assert "worst year" not in said(nobody, "conflict.none-counted")
    assert said(planted(), "conflict.kinds").startswith("By UCDP’s best estimate organised violence")


def test_a_ripening_issue_is_where_joint_thinking_may_begin() -> None:
    done = planted(issues=[{"name": "Pasture", "status": "ripening"}])
    assert one(done, "issues.ripening").next_step is not None
    assert said(done, "scenario.start").startswith("A first scenario can start from “Pasture”")
    assert has(planted(), "issues.none", "issues.ripening", "scenario.unknown") == (True, False, True)


def _event(year: str, side: str, **rest: Any) -> dict[str, Any]:
    return {"date": year, "what": f"What {side} tells", "narrative_of": side, **rest}


def test_a_thing_of_which_two_sides_tell_their_own_is_put_side_by_side() -> None:
    done = planted(history=[_event("2013-05-02", "upper"), _event("2013-05", "lower")])
    assert said(done, "history.told-differently").startswith("Told differently (May 2013). Upper town")
    assert one(done, "history.told-differently").kind == "conflicting"
    assert "“What upper tells”. Lower town: “What lower tells”" in said(done, "history.told-differently")
    for one_date, other_date, teller in (("2013-05", "2013-06", "lower"), ("2013", "2013", "lower"), ("2013-05", "2013-05", "shared")):
        assert has(planted(history=[_event(one_date, "upper"), _event(other_date, teller)]), "history.told-differently") == (False,)
    unrelated = [_event("2013-05", "upper", what="The mill burns"), _event("2013-05", "lower", what="A road is opened")]
    assert has(planted(history=unrelated), "history.told-differently") == (False,)


def test_a_side_whose_history_nobody_tells_is_asked_for_it() -> None:
    assert "told as the history of Lower town" in said(planted(history=[_event("2013", "upper")]), "history.side-silent")
    cited = {"source": {"title": "A book"}}
    both = planted(history=[_event("2013", "upper", **cited), _event("2014", "lower", **cited)])
    assert has(both, "history.side-silent", "history.uncited", "history.told-by-all") == (False, False, True)


def test_a_name_that_is_disputed_stays_open_until_a_form_is_agreed() -> None:
    name = {"about": "the river", "forms": [{"side": "upper", "form": "Bani"}, {"side": "lower", "form": "Bagoé"}]}
    assert one(planted(contested_names=[name]), "names.open").kind == "unknown"
    agreed = planted(contested_names=[name | {"agreed": "the water"}])
    assert has(agreed, "names.open", "names.agreed") == (False, True)


def test_only_attempts_that_are_entered_as_official_are_called_official() -> None:
    first = {"name": "The accord", "track": "1", "result": "signed"}
    assert has(planted(attempts=[first]), "attempts.all-official") == (True,)
    assert has(planted(attempts=[first, {"name": "The walk", "result": "a feast"}]), "attempts.all-official") == (False,)


def test_the_reason_why_an_attempt_stalled_asks_for_an_answer() -> None:
    done = planted(attempts=[{"name": "The walk", "start": "2019", "stalled_because": "the rains"}, {"name": "The accord"}])
    assert "The last of them, “The walk”: the rains" in said(done, "attempts.stalled")
    assert "The accord" in said(done, "attempts.end-unknown")


def test_a_gap_in_present_work_is_called_a_gap_in_what_is_known() -> None:
    issues = [{"name": "Pasture", "status": "stuck"}]
    work = {"who": "A union", "what": "mediates", "level": "grassroots", "sides": ["upper", "lower"]}
    done = planted(issues=issues, activities=[work])
    assert (one(done, "work.issue-without").kind, "not yet a gap on the ground" in said(done, "work.issue-without")) == ("assumed", True)
    covered = planted(issues=issues, activities=[work | {"issue": "Pasture", "level": level} for level in ("top", "middle", "grassroots")])
    assert has(covered, "work.issue-without", "work.level-without", "work.more") == (False, False, True)
    assert "Upper town only" in said(planted(activities=[work | {"sides": ["upper"]}]), "work.one-side-only")


def _held(upper: int, lower: int) -> list[dict[str, Any]]:
    sides = ["upper"] * upper + ["lower"] * lower
    return [{"name": "Pasture", "grievances": [{"what": f"Loss {n}", "kind": "social", "side": side} for n, side in enumerate(sides)]}]


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        (4, 1, "balance.lopsided"), (2, 0, "balance.lopsided"), (4, 2, "balance.lopsided"), (1, 0, "balance.too-few"), (3, 2, "balance.even"),
        (2, 2, "balance.even"), (0, 0, "balance.nothing-to-weigh"),
    ],
)  # fmt: skip
def test_a_picture_leans_where_one_side_is_told_at_twice_the_length(upper: int, lower: int, code: str) -> None:
    found = {finding.code for finding in findings(planted(issues=_held(upper, lower)), "A6") if finding.code.startswith("balance.")}
    assert found == {code}


def test_a_picture_that_leans_says_whom_to_hear() -> None:
    done = planted(issues=_held(4, 1))
    assert "least is known of Lower town" in said(done, "balance.lopsided")
    assert one(done, "balance.lopsided").severity == "warning"


def test_a_convenor_of_a_side_is_an_insider_and_is_told_to_find_another() -> None:
    done = planted(convenor={"name": "Union", "side": "upper"})
    assert one(done, "balance.convenor-of-side").rows == ("A6", "D3")
    assert has(planted(convenor={"name": "Union"}), "balance.convenor-of-side") == (False,)


def test_a_divider_asks_how_harm_could_be_done_until_it_is_written_down() -> None:
    assert one(planted(dividers=[{"what": "The well"}]), "ties.harm-unknown").kind == "unknown"
    done = planted(dividers=[{"what": "The well", "harm": "a meeting beside it"}])
    assert has(done, "ties.harm", "ties.harm-unknown") == (True, False)


def test_a_connector_says_whom_it_leaves_out() -> None:
    assert "connects Lower town" in said(planted(connectors=[{"what": "The market", "sides": ["upper"]}]), "ties.connector-misses")
    both = planted(connectors=[{"what": "The market", "sides": ["upper", "lower"]}])
    assert has(both, "ties.connector-misses", "ties.connector-holds") == (False, True)
    assert one(planted(connectors=[{"what": "The market"}]), "ties.connector-of-whom").kind == "unknown"


def test_countries_share_a_language_or_not() -> None:
    assert "French" in said(planted(countries=["Chad", "Cameroon"]), "ties.official-language")
    assert has(planted(countries=["Poland", "Ukraine"]), "ties.official-language", "ties.no-official-language") == (False, True)
    assert has(planted(), "ties.official-language", "ties.no-official-language") == (False, False)


def test_a_channel_with_a_risk_needs_a_plan() -> None:
    assert has(planted(channels=[{"name": "Radio", "risk": "rumours"}]), "channels.risk", "channels.risk-unknown") == (True, False)
    assert has(planted(channels=[{"name": "Radio"}]), "channels.risk", "channels.risk-unknown") == (False, True)


def test_a_first_dossier_is_due_again_before_the_first_meeting() -> None:
    assert one(planted(), "reassess.first").message.params["before"] == date(2027, 3, 1)
    assert has(planted(wish=None), "reassess.first", "reassess.first-undated") == (False, True)


def test_a_disputed_grievance_is_conflicting_and_a_documented_one_without_a_document_is_told() -> None:
    held = {"what": "Our field", "kind": "legal", "side": "upper"}
    disputed = planted(issues=[{"name": "Pasture", "grievances": [held | {"standing": "disputed"}]}])
    assert one(disputed, "grievances.disputed").kind == "conflicting"
    bare = planted(issues=[{"name": "Pasture", "grievances": [held | {"standing": "documented"}]}])
    assert "documented without a document" in said(bare, "grievances.documented-where")
    sourced = planted(issues=[{"name": "Pasture", "grievances": [held | {"standing": "documented", "source": {"title": "A judgment"}}]}])
    assert has(sourced, "grievances.documented", "grievances.documented-where", "grievances.disputed") == (True, False, False)


def test_a_side_without_grievances_has_usually_not_been_asked() -> None:
    done = planted(issues=_held(2, 0))
    assert "Lower town" in said(done, "grievances.side-none")
    assert "economic" in said(done, "grievances.kinds-missing")


def test_a_voice_that_is_to_be_invited_must_be_on_the_list() -> None:
    voices = [{"who": "displaced", "how": "invited"}]
    assert one(planted(voices=voices, invited=[person("Ada", "upper")]), "voices.invited-but-nobody").kind == "conflicting"
    there = planted(voices=voices, invited=[person("Ada", "upper", groups=["Displaced"])])
    assert has(there, "voices.invited-but-nobody", "voices.no-displaced") == (False, False)


@pytest.mark.parametrize(("women", "men", "severity"), [(1, 4, "warning"), (2, 4, "info"), (0, 1, "warning")])
def test_few_women_are_a_warning(women: int, men: int, severity: str) -> None:
    people = [person(f"P{n}", "upper", gender="woman" if n < women else "man") for n in range(women + men)]
    assert one(planted(invited=people), "voices.women").severity == severity


def test_where_no_gender_is_entered_nothing_is_said_of_women_but_asked() -> None:
    assert has(planted(invited=[person("Ada", "upper")]), "voices.women", "voices.gender-unknown") == (False, True)


def test_people_of_no_side_or_of_two_are_named_by_their_codes() -> None:
    done = planted(invited=[person("Ada"), person("Bo", "upper", "lower"), person("Cy", "upper")])
    assert one(done, "voices.no-single-side").message.params["count"] == 2
    assert has(planted(invited=[person("Cy", "upper")]), "voices.no-single-side") == (False,)
