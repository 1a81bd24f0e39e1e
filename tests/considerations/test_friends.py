"""What a friendship is asked: every row, and nothing that only a conflict would be asked."""

from __future__ import annotations

import pytest

from tests.considerations.planted import has, many, one, person, planted, said
from tests.making import findings
from tracktwo.constitute import rounds_of

OF_A_CONFLICT = (
    "conflict.inactive", "conflict.quiet", "risk.civilians-killed", "screen.nobody", "leak.nobody-invited", "engagement.nobody-contested",
    "grievances.none", "stage.none", "officials.none", "public.none", "pause.missing", "pause.mark", "ethics.none", "agenda.order",
    "premeeting.plan", "monitored.unknown", "focus.none-shared", "scenario.unknown", "formula.needs-unknown", "briefings.none",
)  # fmt: skip


@pytest.mark.parametrize("code", [code for code in OF_A_CONFLICT if code not in {"conflict.inactive", "conflict.quiet", "pause.mark"}])
def test_a_conflict_is_asked_what_a_friendship_is_not(code: str) -> None:
    assert has(planted(countries=["Mali"]), code) == (True,)
    assert has(planted(countries=["Mali"], challenge="friendship"), code) == (False,)


def test_of_two_quiet_countries_of_friends_one_sentence_says_all_and_no_old_war_is_told() -> None:
    friends = planted(countries=["Germany", "Tunisia"], challenge="friendship")
    assert has(friends, *OF_A_CONFLICT) == (False,) * len(OF_A_CONFLICT)
    assert "For Germany and Tunisia UCDP’s best estimate is fewer than 25 deaths" in said(friends, "conflict.quiet-friends")
    assert has(planted(countries=["Germany", "Tunisia"]), "conflict.quiet", "conflict.quiet-friends") == (True, False)


def test_where_guests_would_travel_into_violence_friends_are_told() -> None:
    friends = planted(countries=["Mali"], challenge="friendship")
    assert (one(friends, "conflict.trend").severity, has(friends, "conflict.quiet-friends")) == ("info", (False,))


@pytest.mark.parametrize("challenge", ["community dispute", "shared resource", "friendship"])
def test_armed_actors_far_from_a_well_are_not_called_to_its_table(challenge: str) -> None:
    well, war = (one(planted(countries=["Mali"], challenge=kind), "parties.recorded-not-named") for kind in (challenge, "armed conflict"))
    assert (well.severity, war.severity) == ("note", "warning")
    assert (well.next_step and well.next_step.code, war.next_step and war.next_step.code) == ("parties.ask-whether-near", "parties.place-or-explain")
    assert has(planted(countries=["Mali"], challenge=challenge), "history.episodes") == (False,)


def test_two_villages_of_one_country_are_shown_no_capital_abroad() -> None:
    wish = {"starts": "2027-03-01"}
    near = planted(countries=["Kenya"], challenge="community dispute", wish=wish)
    assert has(near, "venues.candidate", "entry.passports-candidate", "entry.at-home", "venues.none") == (False, False, True, True)
    assert has(planted(countries=["Kenya"], wish=wish), "venues.candidate", "entry.at-home") == (True, False)


def test_a_short_friendship_is_not_too_short() -> None:
    wish = {"starts": "2027-03-01", "rounds": 2, "months": 6}
    assert has(planted(wish=wish), "arc.short") == (True,)
    assert has(planted(wish=wish, challenge="friendship"), "arc.short") == (False,)


def test_no_policy_waits_at_the_end_of_the_rounds_of_friends() -> None:
    assert {item.stage for item in rounds_of(planted(challenge="friendship").initiative)} == {"socialising"}
    assert "policy adjustment" in {item.stage for item in rounds_of(planted().initiative)}


def test_ten_people_are_asked_as_one_and_three_by_their_codes() -> None:
    people = [person(f"P{number}", "upper") for number in range(4)]
    assert [ask.code for ask in one(planted(invited=people), "leak.not-discussed").ask if hasattr(ask, "code")] == ["who.each-invited"]
    assert len(one(planted(invited=people[:3]), "leak.not-discussed").ask) == 3
    some = [*people, person("P4", "upper") | {"leak_discussed": "2026-10-01"}]
    assert [ask.code for ask in one(planted(invited=some), "leak.not-discussed").ask if hasattr(ask, "code")] == ["who.each-named"]


def test_a_handful_of_grievances_shows_no_leaning() -> None:
    told = [{"date": "2013", "what": "The flood", "narrative_of": "upper"}]
    assert has(planted(history=told), "balance.too-few", "balance.even") == (True, False)
    both = [{"date": "2013", "what": f"Event {number}", "narrative_of": side} for number in range(2) for side in ("upper", "lower")]
    assert has(planted(history=both), "balance.too-few", "balance.even") == (False, True)


def test_what_several_ties_and_voices_have_in_common_is_said_once() -> None:
    ties = [{"what": what, "sides": ["upper", "lower"]} for what in ("The market", "The language")]
    assert many(planted(connectors=ties), "ties.connector-holds") == [
        "Said to connect all sides (Upper town and Lower town): “The market” and “The language”."
    ]
    voices = [{"who": who, "how": "undecided"} for who in ("The young", "Widows")]
    assert len(many(planted(voices=voices), "voices.undecided")) == 1


def test_the_age_of_the_data_is_told_once() -> None:
    done = planted()
    ages = [finding for finding in findings(done, "A9") if finding.code in ("source.old", "reassess.data-age")]
    assert len(ages) == 1
    assert not [finding for finding in findings(planted(challenge="friendship"), "A9") if finding.code in ("source.old", "reassess.data-age")]
