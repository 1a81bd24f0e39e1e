"""Rows C1 … C10: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from typing import Any

from tests.considerations.planted import has, many, one, person, planted, said
from tests.making import findings

STATEMENT = {"statement": "By 2028 the pasture is shared by a rule that both towns wrote"}
PASTURE = [{"name": "Pasture", "status": "stuck"}]


def test_a_change_is_tied_to_a_gap_and_to_an_issue_or_not() -> None:
    done = planted(change=STATEMENT | {"closes_gap": "No rule says who waters first"}, issues=PASTURE)
    assert has(done, "change.closes-gap", "change.no-gap", "change.touches-no-issue") == (True, False, False)
    elsewhere = planted(change=STATEMENT, issues=[{"name": "Well"}])
    assert has(elsewhere, "change.closes-gap", "change.no-gap", "change.touches-no-issue") == (False, True, True)
    assert one(planted(), "change.none").severity == "warning"


def test_a_change_of_society_must_say_how_it_spreads_from_a_dozen() -> None:
    society = STATEMENT | {"level": "society"}
    assert one(planted(change=society), "level.society-no-spread").severity == "warning"
    assert has(planted(change=society | {"spreads_by": "radio"}), "level.society-no-spread", "level.spreads") == (False, True)
    assert one(planted(change=STATEMENT | {"level": "persons"}), "level.no-spread").kind == "unknown"
    assert has(planted(change=STATEMENT), "level.none") == (True,)


def _link(name: str, *after: str, **rest: Any) -> dict[str, Any]:
    return {"id": name, "if": f"the {name} happens", "then": f"what follows {name}", "after": list(after), **rest}


def test_the_untested_link_on_which_most_rests_comes_first() -> None:
    proof = {"evidence_for": [{"what": "It worked in the valley"}]}
    done = planted(change=STATEMENT | {"links": [_link("one", **proof), _link("two", "one"), _link("three", "two"), _link("four", "three")]})
    params = one(done, "theory.untested").message.params
    assert (params["count"], params["total"], params["if_"], params["carries"]) == (3, 4, "the two happens", 2)
    tested = planted(change=STATEMENT | {"links": [_link("one", indicator="cows counted", **proof)]})
    assert has(tested, "theory.untested", "theory.no-indicator", "theory.all-tested") == (False, False, True)


def test_a_theory_that_explains_itself_is_told_so() -> None:
    circular = planted(change=STATEMENT | {"links": [_link("one", "two"), _link("two", "one")]})
    assert one(circular, "theory.circular").kind == "conflicting"
    assert "one → two" in said(circular, "theory.circular")
    assert has(planted(change=STATEMENT | {"links": [_link("one"), _link("two", "one")]}), "theory.circular") == (False,)


def test_a_link_with_evidence_against_it_is_conflicting() -> None:
    against = {"evidence_against": [{"what": "It failed in the valley"}]}
    done = planted(change=STATEMENT | {"links": [_link("one", **against), _link("two", "one")]})
    assert one(done, "theory.contradicted").kind == "conflicting"
    assert "It failed in the valley" in said(done, "theory.contradicted")
    assert one(done, "theory.contradicted").message.params["carries"] == 1


def test_policy_cannot_be_adjusted_without_a_line_to_officials() -> None:
    assert one(planted(stage="policy adjustment"), "stage.no-officials").kind == "conflicting"
    held = [{"process": "The accord", "held_by": "Ada"}]
    assert has(planted(stage="policy adjustment", officials=held), "stage.no-officials", "stage.declared") == (False, True)
    assert has(planted(), "stage.none") == (True,)


def test_a_side_without_a_carrier_to_its_officials_is_named() -> None:
    done = planted(officials=[{"process": "The accord", "side": "upper", "held_by": "Ada"}])
    assert "For Upper town" in said(done, "transfer.carrier")
    assert "Lower town" in " ".join(many(done, "transfer.no-carrier"))
    assert "Upper town" not in " ".join(many(done, "transfer.no-carrier"))


def test_officials_of_one_side_alone_are_uneven() -> None:
    upper = {"process": "The prefecture", "side": "upper"}
    done = planted(officials=[upper])
    assert one(done, "officials.uneven").severity == "warning"
    assert "those of Lower town are not" in said(done, "officials.uneven")
    assert has(planted(officials=[upper, upper | {"side": "lower"}]), "officials.uneven") == (False,)
    assert has(planted(officials=[{"process": "The United Nations"}]), "officials.uneven") == (False,)


def test_harm_to_the_official_track_is_a_warning_and_an_agreed_line_is_told() -> None:
    done = planted(officials=[{"process": "The accord", "could_harm": "A second table"}])
    assert (one(done, "officials.harm").severity, has(done, "officials.no-line", "officials.view-unknown")) == ("warning", (True, True))
    in_order = planted(officials=[{"process": "The accord", "agreed_line": "We listen", "sees_us_as": "useful"}])
    assert has(in_order, "officials.line", "officials.harm", "officials.no-line") == (True, False, False)


def test_success_without_a_number_or_a_date_is_vague() -> None:
    vague = planted(change=STATEMENT | {"success": ["People get on", "Six families return"]})
    assert one(vague, "success.undated").message.params["count"] == 2
    assert has(planted(change=STATEMENT | {"success": ["6 families return by 2028"]}), "success.undated", "success.stated") == (False, True)
    assert has(planted(change=STATEMENT | {"exit": ["Both sides stay away"]}), "exit.none", "exit.stated") == (False, True)


def test_others_who_work_here_are_told_or_not() -> None:
    work = {"who": "A union", "what": "mediates", "issue": "Pasture"}
    assert "initiative: 1 of 1 (A union)" in said(planted(activities=[work]), "deconflict.untold")
    assert has(planted(activities=[work | {"told": True}]), "deconflict.untold", "deconflict.all-told") == (False, True)
    assert has(planted(activities=[work | {"track": "3"}]), "deconflict.untold") == (False,)
    both = planted(issues=PASTURE, activities=[work | {"told": True}, work | {"who": "A church", "told": True}])
    assert "A union and A church" in said(both, "deconflict.same-issue")


def test_a_public_message_needs_a_speaker_and_something_stays_closed() -> None:
    message = {"what": "That talks take place"}
    done = planted(public=[message])
    assert has(done, "public.no-speaker", "public.no-indicator", "public.nothing-closed") == (True, True, True)
    spoken = message | {"said_by": "Ada", "when": "2027-06", "indicator": "calls to the radio"}
    complete = planted(public=[spoken, {"what": "The names", "closed": True}])
    assert has(complete, "public.no-speaker", "public.no-indicator", "public.nothing-closed", "public.closed") == (False, False, False, True)


def test_a_trigger_without_an_owner_and_kinds_that_are_missing_are_told() -> None:
    done = planted(pause_triggers=[{"kind": "leak", "what": "A list is out"}])
    assert "A list is out" in said(done, "pause.no-owner")
    assert "violence" in said(done, "pause.missing")
    assert "leak" not in said(done, "pause.missing")
    kinds = ("violence", "arrests", "unrest", "leak", "change of government")
    watched = planted(pause_triggers=[{"kind": kind, "what": f"Some {kind}", "owner": "Ada"} for kind in kinds])
    assert has(watched, "pause.no-owner", "pause.missing", "pause.watched") == (False, False, True)


def test_a_mark_for_violence_comes_from_the_last_years_of_the_country() -> None:
    params = one(planted(), "pause.mark").message.params
    assert params["deaths"] <= params["monthly"] * 12 < params["deaths"] + 12  # type: ignore[operator]
    assert has(planted(countries=["Switzerland"]), "pause.mark") == (False,)


def test_a_reflective_question_is_open_until_it_is_answered() -> None:
    question = {"question": "Whose idea of peace is this?"}
    assert has(planted(ethics=[question]), "ethics.open", "ethics.none") == (True, False)
    assert "Because: nobody was asked" in said(planted(ethics=[question | {"open_because": "nobody was asked"}]), "ethics.open-because")
    answered = planted(ethics=[question | {"answer": "Theirs"}])
    assert has(answered, "ethics.open", "ethics.open-because", "ethics.none") == (False, False, False)


def test_people_are_not_needed_for_a_strategy_to_be_asked_about() -> None:
    assert {row for finding in findings(planted(invited=[person("Ada")])) for row in finding.rows} >= {f"C{n}" for n in range(1, 11)}
