"""Rows B1 … B12: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.considerations.planted import BASE, has, many, one, person, planted, said
from tests.making import as_json, findings

SIDES = BASE["sides"]


def test_readiness_that_is_stated_agreed_or_unknown_is_told_apart() -> None:
    stated = planted(sides=[SIDES[0] | {"readiness": "Two elders asked for it"}, SIDES[1]])
    assert "Two elders asked for it" in said(stated, "readiness.stated")
    invited = [person("Ada", "upper", agreed_to_come=True), person("Bo", "upper"), person("Cy", "upper")]
    agreed = one(planted(invited=invited), "readiness.agreed")
    assert (agreed.kind, agreed.severity, agreed.message.params["count"]) == ("known", "warning", 1)
    assert has(planted(), "readiness.agreed", "readiness.stated", "readiness.unknown") == (False, False, True)


def test_civilians_killed_are_counted_where_they_were_and_not_where_they_were_not() -> None:
    assert one(planted(), "risk.civilians-killed").severity == "warning"
    assert has(planted(countries=["Switzerland"]), "risk.civilians-killed") == (False,)
    assert "lose the stall" in said(planted(sides=[SIDES[0] | {"risk": "lose the stall"}, SIDES[1]]), "risk.stated")


def test_nobody_is_ever_called_screened() -> None:
    ada = [person("Ada", "upper")]
    plain = one(planted(invited=ada), "screen.not-screened")
    assert (plain.kind, plain.severity) == ("unknown", "warning")
    armed = planted(invited=ada, parties=[*BASE["parties"], {"name": "The men", "kind": "armed group"}])
    assert one(armed, "screen.not-screened").severity == "serious"
    assert has(planted(), "screen.not-screened", "screen.nobody") == (False, True)


def test_the_laws_that_bind_are_those_of_seat_nationality_and_residence() -> None:
    done = planted(
        convenor={"name": "A trust", "seat": {"city": "Bern", "country": "Switzerland"}},
        team=[person("Ada", role="facilitator", nationalities=["Kenya"], residence="Norway")],
    )
    assert all(name in said(done, "law.jurisdictions") for name in ("Switzerland", "Kenya", "Norway"))
    assert has(planted(), "law.jurisdictions") == (False,)


def test_an_act_of_no_known_kind_with_an_armed_group_weighs_more_than_one_with_a_council() -> None:
    armed = [*BASE["parties"], {"name": "The men of the forest", "kind": "armed group", "known_as": ["MF"]}]

    def severity(partner: str) -> str:
        return one(planted(parties=armed, acts=[{"what": "A feast", "kind": "other", "with": partner}]), "law.act").severity

    assert (severity("MF"), severity("Council of the upper town")) == ("warning", "note")
    assert has(planted(acts=[{"what": "A feast", "kind": "other"}]), "law.act-alone", "law.act") == (True, False)


def _consent(scope: str, given: str, withdrawn: str | None = None) -> dict[str, str]:
    return {"of": "Upper town", "scope": scope, "date": given} | ({"withdrawn": withdrawn} if withdrawn else {})


def test_consent_is_given_and_can_be_withdrawn() -> None:
    given = planted(consents=[_consent("Two meetings", "2026-09-01")])
    assert "Two meetings" in said(given, "consent.given")
    gone = planted(consents=[_consent("Two meetings", "2026-09-01", "2026-10-01")])
    assert (one(gone, "consent.withdrawn").severity, one(gone, "consent.withdrawn").rows) == ("serious", ("B4", "B9"))
    assert has(gone, "consent.given") == (False,)


def test_a_part_that_was_withdrawn_is_told_beside_what_stands() -> None:
    both = planted(consents=[_consent("Two meetings", "2026-09-01"), _consent("A public summary", "2026-09-01", "2026-10-01")])
    assert has(both, "consent.given", "consent.withdrawn") == (True, False)
    assert "“A public summary”" in said(both, "consent.part-withdrawn")
    again = planted(consents=[_consent("Two meetings", "2026-09-01", "2026-10-01"), _consent("Two meetings", "2026-11-01")])
    assert has(again, "consent.given", "consent.part-withdrawn") == (True, False)


def test_consent_that_is_dated_in_the_future_is_not_yet_given() -> None:
    assert has(planted(consents=[_consent("Two meetings", "2027-02-01")]), "consent.given") == (False,)


def _budget(*pledges: dict[str, Any], costs: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"currency": "EUR", "costs": costs or [{"what": "Follow-up and a round", "amount": 100, "every": "round"}], "pledges": list(pledges)}


def _pledge(amount: int, arrives: str = "2027-01", status: str = "signed", **rest: Any) -> dict[str, Any]:
    return {"donor": "A foundation", "amount": amount, "arrives": arrives, "status": status, **rest}


def test_the_month_in_which_money_ends_and_the_meetings_that_fall_are_named() -> None:
    done = planted(budget=_budget(_pledge(250)))
    assert one(done, "money.ends").severity == "serious"
    assert "EUR 150 are missing in all, and 2 meetings fall: round 3" in said(done, "money.ends")
    assert has(planted(budget=_budget(_pledge(400))), "money.ends", "money.lasts") == (False, True)


def test_a_promise_is_weighed_apart_from_firm_money() -> None:
    enough = planted(budget=_budget(_pledge(250), _pledge(150, status="promised")))
    assert "EUR 150" in said(enough, "money.promises-would-do")
    short = planted(budget=_budget(_pledge(250), _pledge(100, status="promised")))
    assert has(short, "money.promises-would-do", "money.promises-not-enough") == (False, True)
    none = planted(budget=_budget(_pledge(250)))
    assert has(none, "money.promises-would-do", "money.promises-not-enough") == (False, False)


def test_a_pledge_with_an_open_condition_is_not_firm() -> None:
    open_ = planted(budget=_budget(_pledge(400, condition="A security plan")))
    assert "A security plan" in said(open_, "money.condition")
    assert has(open_, "money.ends") == (True,)
    met = planted(budget=_budget(_pledge(400, condition="A security plan", condition_met=True)))
    assert has(met, "money.condition", "money.ends") == (False, False)


def test_money_that_comes_late_is_not_called_missing() -> None:
    done = planted(budget=_budget(_pledge(150), _pledge(250, arrives="2028-06")))
    assert has(done, "money.ends", "money.comes-late") == (False, True)
    assert "EUR 150 are missing" in said(done, "money.comes-late")


def test_money_that_ends_after_the_last_round_lets_no_meeting_fall() -> None:
    costs = [{"what": "A round", "amount": 100, "every": "round"}, {"what": "Evaluation", "amount": 50, "every": "once", "month": "2028-12"}]
    done = planted(budget=_budget(_pledge(400), costs=costs))
    assert has(done, "money.ends", "money.ends-no-round") == (False, True)
    assert "after the last meeting. EUR 50 are missing" in said(done, "money.ends-no-round")


def test_an_old_rate_a_single_donor_and_an_undated_pledge_are_told() -> None:
    budget = _budget({"donor": "A foundation", "amount": 400, "currency": "USD", "status": "signed"})
    budget["rates"] = [{"currency": "USD", "rate": 1, "as_of": "2026-03-01"}]
    assert has(planted(budget=budget), "money.rate-old", "money.one-donor", "money.undated") == (True, True, True)
    budget["rates"] = [{"currency": "USD", "rate": 1, "as_of": "2026-11-01"}]
    assert has(planted(budget=budget), "money.rate-old") == (False,)
    assert has(planted(), "money.none") == (True,)


SWISS = [{"name": "A house", "place": {"city": "Geneva", "country": "Switzerland"}}]


def test_who_needs_an_embassy_is_counted_and_named_only_with_names() -> None:
    people = [person("Ada", "upper", nationalities=["Mali"]), person("Bo", "lower", nationalities=["Germany"])]
    done = planted(invited=people, venues=SWISS)
    assert "of 2 travellers: nothing needed beforehand 1; online or on arrival 0; at an embassy 1" in said(done, "entry.people")
    assert one(done, "entry.person-embassy").personal
    assert "entry.person-embassy" not in {finding["code"] for finding in as_json(done)["findings"]}
    assert "entry.person-embassy" in {finding["code"] for finding in as_json(done, names=True)["findings"]}


def test_a_passport_that_is_not_admitted_is_serious_and_may_part_the_meeting() -> None:
    people = [person("Ada", "upper", nationalities=["Israel"]), person("Bo", "lower", nationalities=["Germany"])]
    done = planted(invited=people, venues=[{"name": "A house", "place": {"city": "Dhaka", "country": "Bangladesh"}}])
    assert "not admitted 1" in said(done, "entry.people")
    assert one(done, "entry.people").severity == "serious"
    assert one(done, "entry.person-barred").personal
    assert has(done, "mode.someone-absent", "mode.all-can-come") == (True, False)


def test_a_person_without_a_nationality_is_asked_for_papers_and_never_called_known() -> None:
    done = planted(invited=[person("Ada", "upper", nationalities=["Mali"]), person("Bo", "lower")], venues=SWISS)
    assert one(done, "entry.no-nationality").kind == "unknown"
    assert (one(done, "entry.person-unknown").kind, one(done, "entry.person-unknown").personal) == ("unknown", True)


def test_an_organisation_does_not_travel() -> None:
    done = planted(invited=[{"name": "A union", "kind": "organisation", "nationalities": ["Mali"], "fictional": True}], venues=SWISS)
    assert has(done, "entry.passports", "entry.people") == (True, False)
    assert as_json(done, names=True)


def test_a_venue_on_the_ground_of_a_party_is_a_warning() -> None:
    at_home = planted(venues=[{"name": "The hall", "place": {"city": "Bamako", "country": "Mali"}}])
    proposed = "venues.proposed-ranked"
    assert (one(at_home, proposed).severity, "ground of a party" in said(at_home, proposed)) == ("warning", True)
    away = planted(venues=SWISS)
    assert (one(away, proposed).severity, "ground of no party" in said(away, proposed)) == ("info", True)
    assert has(planted(), proposed, "venues.candidate") == (False, True)


def test_a_public_holiday_in_the_first_round_is_told() -> None:
    done = planted(venues=SWISS, wish={"starts": "2027-07-31", "days": 3})
    assert one(done, "venues.holiday").message.params["day"] == date(2027, 8, 1)
    assert has(planted(venues=SWISS, wish={"starts": "2027-06-14", "days": 2}), "venues.holiday") == (False,)


def test_a_venue_asks_who_watches_it_until_somebody_says() -> None:
    assert has(planted(venues=SWISS), "venues.safety-unknown") == (True,)
    assert has(planted(venues=[SWISS[0] | {"safety": "Guarded"}]), "venues.safety-unknown") == (False,)
    assert has(planted(venues=[{"name": "A barge", "place": {"city": "Nowhere"}}]), "venues.no-country") == (True,)


def test_a_leak_is_talked_over_with_each_person_or_not_yet() -> None:
    people = [
        person("Ada", "upper", leak_discussed="2026-10-01", leak_plan="A cousin's house"),
        person("Bo", "upper", leak_discussed="2026-10-02"),
        person("Cy", "lower"),
        person("Di", "lower", leak_discussed="2027-02-01"),
    ]
    done = planted(invited=people)
    assert (one(done, "leak.agreed").severity, one(done, "leak.talked-no-plan").severity) == ("info", "warning")
    assert (one(done, "leak.not-discussed").severity, one(done, "leak.not-discussed").message.params["count"]) == ("serious", 2)
    assert "Cy" not in said(done, "leak.not-discussed")
    assert has(planted(invited=people[:1]), "leak.not-discussed") == (False,)


def test_a_go_names_what_is_open_and_law_is_always_among_it() -> None:
    done = planted(decision="Not yet.")
    assert "law and lists checked by counsel" in said(done, "go.conditions-open")
    assert "1 November 2026" in said(done, "go.decided")
    assert has(planted(), "go.decided", "go.undecided") == (False, True)
    owners = [{"kind": "leak", "what": "A list is out", "owner": "Ada"}]
    assert one(planted(pause_triggers=owners), "go.conditions-open").message.params["met"] == 1
    assert one(planted(), "go.conditions-open").message.params["met"] == 0


FULL_SHEET = {
    "can_block": "the road",
    "legitimises": "its flag",
    "legitimised_for": ["its villages"],
    "record": [{"what": "Burned a mill", "source": {"title": "A report"}}, {"what": "Gave back a mill"}],
    "victims_views": ["Only without its commander"],
    "short_of_the_table": [{"form": "an adviser"}],
    "decision": {"decision": "An adviser", "by": "the team", "date": "2026-10-01", "dissent": "One would have invited it"},
}
ASKED = [
    "engagement.block-unknown", "engagement.legitimacy-unknown", "engagement.no-record", "engagement.victims-not-heard",
    "engagement.forms-not-weighed", "engagement.undecided",
]  # fmt: skip


def test_a_contested_party_gets_a_sheet_whose_empty_lines_are_questions() -> None:
    contested = {"name": "The men", "kind": "armed group", "contested": True}
    empty = planted(parties=[*BASE["parties"], contested])
    assert has(empty, *ASKED) == (True,) * 6
    full = planted(parties=[*BASE["parties"], contested | {"engagement": FULL_SHEET}])
    assert has(full, *ASKED) == (False,) * 6
    assert "Dissent: One would have invited it" in said(full, "engagement.decided-dissent")
    assert (one(full, "engagement.record").kind, one(full, "engagement.record-unsourced").kind) == ("known", "assumed")
    assert has(planted(), "engagement.nobody-contested", "engagement.undecided") == (True, False)


@pytest.mark.parametrize(("venues", "homes"), [(SWISS, None), (None, "Mali")])
def test_arrest_is_never_called_known(venues: list[dict[str, Any]] | None, homes: str | None) -> None:
    done = planted(venues=venues, invited=[person("Ada", "upper", **({"residence": homes} if homes else {}))])
    assert {finding.kind for finding in findings(done, "B11")} == {"unknown"}
    assert has(done, "arrest.venue", "arrest.at-home") == (venues is not None, homes is not None)


def test_personal_data_are_counted_and_consent_to_keep_them_is_asked() -> None:
    people = [person("Ada", "upper", diets=["halal"], data_consent="2026-10-01"), person("Bo", "lower", gender="man")]
    done = planted(invited=people)
    assert "diet (1)" in said(done, "data.held")
    assert one(done, "data.held").message.params["sensitive"] == 1
    assert one(done, "data.not-asked").message.params["count"] == 1
    assert has(planted(invited=people[:1]), "data.not-asked") == (False,)
    assert has(planted(), "data.nobody", "data.held") == (True, False)
    assert not many(planted(), "data.not-asked")
