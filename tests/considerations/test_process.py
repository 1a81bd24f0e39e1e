"""Rows D1 … D12: what is planted is found, and what is taken away is no longer said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.considerations.planted import has, many, one, person, planted, said
from tests.making import findings
from tracktwo.constitute import Constituted
from tracktwo.model.exhibit import Programme


@pytest.mark.parametrize(
    ("challenge", "method"),
    [("armed conflict", "problem-solving-workshop"), ("shared resource", "joint-fact-finding"), ("friendship", "cultural-exchange")],
)
def test_the_kind_of_challenge_decides_which_methods_are_weighed(challenge: str, method: str) -> None:
    params = one(planted(challenge=challenge), "method.proposed").message.params
    assert f"method.{method}" in {getattr(params["method"], "term", ""), getattr(params["other"], "term", "")}
    assert one(planted(challenge=challenge), "method.proposed").kind == "assumed"


def _people(upper: int, lower: int, **fields: Any) -> list[dict[str, Any]]:
    return [person(f"P{n}", "upper" if n < upper else "lower", **fields) for n in range(upper + lower)]


def test_a_panel_is_uneven_even_or_short() -> None:
    uneven = planted(invited=_people(6, 2))
    assert (one(uneven, "panel.uneven").severity, one(uneven, "panel.uneven").kind) == ("warning", "known")
    assert "Invited from Lower town: 2 of 6 wanted" in said(uneven, "panel.short")
    assert has(planted(invited=_people(6, 6)), "panel.uneven", "panel.short", "panel.even") == (False, False, True)
    assert one(planted(invited=_people(6, 5)), "panel.uneven").severity == "note"
    assert has(planted(), "panel.nobody") == (True,)


def test_a_panel_from_one_region_is_told() -> None:
    assert has(planted(invited=_people(2, 2, region="Mopti")), "panel.one-region") == (True,)
    mixed = [person("A", "upper", region="Mopti"), person("B", "lower", region="Kayes")]
    assert has(planted(invited=mixed), "panel.one-region", "panel.regions") == (False, True)


def _team(**fields: Any) -> Constituted:
    return planted(team=[person("Ada", role="facilitator", **fields)])


def test_a_facilitator_is_accepted_awaited_or_refused_by_each_side() -> None:
    assert one(_team(refused_by=["upper"]), "facilitator.refused").severity == "serious"
    assert "is accepted as facilitator by Lower town" in said(_team(accepted_by=["upper"]), "facilitator.not-accepted")
    accepted = _team(accepted_by=["upper", "lower"])
    assert has(accepted, "facilitator.accepted", "facilitator.refused", "facilitator.not-accepted") == (True, False, False)
    assert has(planted(), "facilitator.none") == (True,)


def test_a_facilitator_declares_an_interest_or_is_asked_for_it() -> None:
    assert has(_team(), "facilitator.no-declaration", "facilitator.interest") == (True, False)
    assert "a field by the river" in said(_team(interest="a field by the river"), "facilitator.interest")
    assert has(_team(nationalities=["Mali"]), "facilitator.of-party-country") == (True,)
    assert has(_team(nationalities=["Kenya"]), "facilitator.of-party-country") == (False,)


def test_one_facilitator_alone_is_told_and_two_are_not() -> None:
    assert has(_team(), "facilitator.alone") == (True,)
    assert has(planted(team=[person(name, role="facilitator") for name in ("Ada", "Bo")]), "facilitator.alone") == (False,)


def test_a_convenor_declares_its_interest_in_its_own_words() -> None:
    done = planted(convenor={"name": "A trust", "interest": "None in land"})
    assert "A trust says of its own interest: None in land" in said(done, "discipline.convenor-interest")
    assert has(planted(convenor={"name": "A trust"}), "discipline.convenor-undeclared") == (True,)
    assert has(planted(), "discipline.no-convenor") == (True,)


def test_ground_rules_are_to_be_read_in_the_languages_of_those_invited() -> None:
    invited = [person("Ada", "upper", languages=[{"tag": "bm", "level": "native"}]), person("Bo", "lower", languages=[{"tag": "fr", "level": "C1"}])]
    done = planted(invited=invited, ground_rules=[{"rule": "Chatham House"}])
    assert all(language in said(done, "rules.to-accept") for language in ("Bambara", "French"))
    assert one(planted(), "rules.none").severity == "warning"


def _slots(done: Constituted) -> list[list[tuple[str, str, str]]]:
    (programme,) = [x for s in done.sections for x in s.exhibits if isinstance(x, Programme)]
    return [[(slot.start, slot.kind, getattr(slot.what, "code", "")) for slot in day.slots] for day in programme.days]


def test_the_sessions_come_in_the_order_of_needs_first_and_carrying_home_last() -> None:
    params = one(planted(), "agenda.order").message.params
    counted = [params[key] for key in ("needs", "joint", "constraints", "home")]
    assert sum(counted) == params["count"]  # type: ignore[arg-type]
    assert all(counted)
    assert has(planted(wish={"starts": "2027-03-01", "days": 1}), "agenda.too-short") == (True,)
    assert has(planted(), "agenda.too-short") == (False,)


def test_each_side_is_met_alone_before_a_round_that_is_still_to_come() -> None:
    assert one(planted(), "premeeting.plan").severity == "info"
    assert one(planted(wish={"starts": "2026-12-20"}), "premeeting.plan").severity == "warning"
    passed = planted(wish={"starts": "2026-09-01"})
    assert has(passed, "premeeting.plan", "premeeting.passed") == (False, True)
    assert has(planted(wish=None), "premeeting.no-date") == (True,)


def test_pairs_without_a_common_language_are_counted() -> None:
    speaks = [[{"tag": "fr", "level": "C1"}], [{"tag": "bm", "level": "native"}, {"tag": "fr", "level": "B1"}]]
    invited = [person("Ada", "upper", languages=speaks[0]), person("Bo", "lower", languages=speaks[1])]
    deaf = planted(invited=invited)
    assert (one(deaf, "tongues.pairs").severity, one(deaf, "tongues.pairs").message.params["count"]) == ("warning", 1)
    helped = planted(invited=invited, team=[person("Cy", role="interpreter", accepted_by=["upper"])])
    assert one(helped, "tongues.pairs").severity == "info"
    assert "Lower town" in said(helped, "tongues.interpreter-not-accepted")
    both = planted(invited=[invited[0], person("Bo", "lower", languages=speaks[0])])
    assert one(both, "tongues.pairs").message.params["count"] == 0


def test_whoever_does_not_follow_the_working_language_is_left_out() -> None:
    invited = [person("Ada", "upper", languages=[{"tag": "fr", "level": "B1"}])]
    assert one(planted(invited=invited, languages=["fr"]), "tongues.left-out").severity == "warning"
    assert has(planted(invited=invited), "tongues.left-out") == (False,)
    assert has(planted(invited=[person("Ada", "upper", languages=[{"tag": "fr"}])]), "tongues.no-level") == (True,)
    assert has(planted(invited=invited), "tongues.no-pairs") == (True,)


def test_ramadan_closes_the_midday_and_the_finding_says_so() -> None:
    done = planted(observances=[{"tradition": "islam"}], wish={"starts": "2027-02-15", "days": 3, "rounds": 1})
    assert "Ramadan" in said(done, "observances.falls")
    assert (one(done, "observances.falls").severity, one(done, "observances.falls").message.params["doubt"]) == ("warning", 1)
    assert {code for day in _slots(done) for _, _, code in day} >= {"programme.quiet-midday"}
    assert not {code for day in _slots(planted()) for _, _, code in day} & {"programme.quiet-midday", "programme.noon-prayer"}


def _weekly(done: Constituted) -> list[str]:
    """What is said of weekly days, of those that one date tells and of those that begin on the evening before."""
    return many(done, "observances.weekly") + many(done, "observances.weekly-day")


@pytest.mark.parametrize(
    ("tradition", "starts", "observance", "slot"),
    [
        ("islam", "2027-05-05", "Friday prayer", "programme.friday-prayer"),
        ("western christian", "2027-06-05", "Sunday", "programme.sunday-worship"),
        ("judaism", "2027-06-24", "Shabbat", "programme.quiet-evening"),
    ],
)
def test_the_weekly_day_of_a_tradition_has_its_room(tradition: str, starts: str, observance: str, slot: str) -> None:
    done = planted(observances=[{"tradition": tradition}], wish={"starts": starts, "days": 3, "rounds": 1})
    assert any(observance in sentence for sentence in _weekly(done))
    assert slot in {code for day in _slots(done) for _, _, code in day}


def test_a_day_that_is_kept_is_told_by_one_date() -> None:
    done = planted(observances=[{"tradition": "islam"}], wish={"starts": "2027-05-05", "days": 3, "rounds": 1})
    assert said(done, "observances.weekly-day") == "Round 1: Friday prayer on 7 May 2027; the day needs room for it."


def test_no_session_is_held_on_the_day_of_shabbat() -> None:
    done = planted(observances=[{"tradition": "judaism"}], wish={"starts": "2027-06-25", "days": 3, "rounds": 1})
    assert date(2027, 6, 26).weekday() == 5
    assert [kind for _, kind, _ in _slots(done)[1] if kind == "session"] == []
    assert [kind for _, kind, _ in _slots(planted(wish={"starts": "2027-06-25", "days": 3}))[1] if kind == "session"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Catholic", "Sunday"),
        ("muslim", "Friday prayer"),
        ("Jewish", "Shabbat"),
        ("Syriac Orthodox", "Sunday"),
        ("Orthodox Jew, Jewish law", "Shabbat"),
    ],
)
def test_a_person_s_own_words_for_what_they_keep_are_understood(words: str, kept: str) -> None:
    done = planted(invited=[person("Ada", "upper", observance=words)], wish={"starts": "2027-06-23", "days": 7, "rounds": 1})
    assert {sentence.split(": ")[1].split(",")[0].split(" on ")[0] for sentence in _weekly(done)} == {kept}


def test_a_duty_that_no_calendar_holds_is_asked_about_and_nothing_is_guessed() -> None:
    done = planted(observances=[{"tradition": "other", "side": "upper", "note": "The week of the masks"}])
    assert one(done, "observances.other").kind == "unknown"
    assert "Upper town" in said(done, "observances.other")
    assert "The week of the masks" in said(done, "observances.other")
    assert has(planted(), "observances.other", "observances.none") == (False, True)


def test_diets_and_hosts_are_told() -> None:
    assert "halal" in said(planted(invited=[person("Ada", "upper", diets=["halal"])]), "meals.diets")
    assert has(planted(), "meals.diets", "meals.not-asked") == (False, True)
    assert said(planted(culture=[{"what": "Tea", "host": "upper"}]), "culture.side-not-host").startswith("Lower town")
    assert has(planted(culture=[{"what": "Tea", "host": "upper"}, {"what": "Song", "host": "lower"}]), "culture.side-not-host") == (False,)


def test_what_can_be_said_before_security_people_is_parted_from_what_cannot() -> None:
    issues = [
        {"name": "Wells", "grievances": [{"what": "Dry", "kind": "economic", "side": "upper"}]},
        {"name": "Courts", "grievances": [{"what": "Far", "kind": "legal", "side": "lower"}]},
    ]
    done = planted(issues=issues)
    assert "alone there are Wells; with political or legal ones, and for a place without them, Courts" in said(done, "monitored.split")
    assert has(planted(issues=issues[:1]), "monitored.split", "monitored.unknown") == (False, True)
    assert "Courts" in said(planted(issues=issues[1:]), "monitored.all-delicate")


SWISS = [{"name": "A house", "place": {"city": "Geneva", "country": "Switzerland"}}]


def test_the_mode_is_reasoned_or_checked_against_passports_of_people_alone() -> None:
    online = {"starts": "2027-03-01", "mode": "online"}
    assert has(planted(wish=online), "mode.no-reason", "mode.reasoned") == (True, False)
    assert has(planted(wish=online | {"mode_reason": "No road is open"}), "mode.no-reason", "mode.reasoned") == (False, True)
    travels = planted(venues=SWISS, invited=[person("Ada", "upper", nationalities=["Mali"])])
    assert has(travels, "mode.all-can-come", "mode.passports-admitted") == (True, False)
    stand_in = planted(venues=SWISS)
    assert has(stand_in, "mode.all-can-come", "mode.passports-admitted") == (False, True)
    nowhere = planted(venues=SWISS, countries=None, places=[{"city": "Here"}])
    assert has(nowhere, "mode.all-can-come", "mode.passports-admitted", "mode.unchecked") == (False, False, True)


@pytest.mark.parametrize(
    ("rounds", "months", "codes"),
    [(2, 12, (True, False, False)), (6, 18, (False, False, False)), (4, 6, (False, True, False)), (20, 48, (False, False, True))],
)
def test_an_arc_has_a_long_gap_is_short_or_goes_beyond_what_can_be_planned(rounds: int, months: int, codes: tuple[bool, bool, bool]) -> None:
    done = planted(wish={"starts": "2027-03-01", "rounds": rounds, "months": months})
    assert has(done, "arc.long-gap", "arc.short", "arc.beyond") == codes


def test_an_arc_without_a_start_cannot_be_dated() -> None:
    assert {finding.code for finding in findings(planted(wish=None), "D12")} >= {"arc.no-start"}
    assert has(planted(), "arc.no-start", "arc.plan") == (False, True)
