"""Places to meet for a group: what the sides said comes first, hard bars lose people, and what is not known makes no place better."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.considerations.planted import BASE, has, many, one, person, planted, said
from tests.making import TODAY, brief, findings, shelf
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.law import Legal, travel_bans
from tracktwo.considerations.places import Places
from tracktwo.constitute import look_around
from tracktwo.dossier.language import voice
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import replay

PEOPLE = [person("Ada", "upper", nationalities=["Mali"], residence="Mali"), person("Ben", "lower", nationalities=["France"], residence="France")]
INN = {"name": "The inn", "place": {"city": "Dakar", "country": "Senegal"}, "transit": ["Morocco"]}


def places(**fields: Any) -> Places:
    import json

    made = brief(json.dumps(BASE | {"invited": PEOPLE} | fields))
    initiative = replay(entries_of(made, TODAY))
    q = Inquiry(initiative, look_around(initiative, shelf(), TODAY, None))
    return Places(q, travel_bans(Legal(q)))


def answer(side: str, word: str, country: str = "Senegal", **fields: Any) -> dict[str, Any]:
    return {"venue": "The inn", "country": country, "side": side, "answer": word, "date": "2026-10-01", **fields}


def rule(word: str, country: str = "Senegal", **fields: Any) -> dict[str, Any]:
    return {"country": country, "rule": word, "source": "An embassy", "as_of": "2026-10-01", **fields}


def exposure(kind: str, country: str = "Senegal", who: str = "Ada") -> dict[str, Any]:
    return {"person": who, "country": country, "kind": kind, "source": "A lawyer", "as_of": "2026-10-01"}


def test_every_country_of_the_passport_table_is_ranked_once() -> None:
    ranked = [option.country for option in places().ranked]
    assert len(ranked) == len(set(ranked)) == 199


def test_a_place_that_a_side_refused_stands_behind_every_other_and_one_that_all_accept_before() -> None:
    first = places().ranked[0].country
    assert places(venue_answers=[answer("upper", "refuses", first)]).rank(first) == 199
    assert places(venue_answers=[answer("upper", "accepts", "Chad"), answer("lower", "accepts", "Chad")]).rank("TCD") == 1
    assert places(venue_answers=[answer("upper", "accepts", "Chad")]).ranked[0].country == "TCD"


def test_the_last_answer_of_a_side_counts_and_one_that_is_still_to_come_does_not() -> None:
    refused, accepted = answer("upper", "refuses"), answer("upper", "accepts") | {"date": "2026-11-01"}
    assert places(venue_answers=[refused, accepted]).options(("SEN",))[0].accepted_by == ("upper",)
    later = accepted | {"date": "2027-01-01"}
    assert places(venue_answers=[refused, later]).options(("SEN",))[0].refused_by == ("upper",)


def test_of_several_houses_in_a_country_the_kindest_answer_counts_and_for_a_proposed_one_its_own() -> None:
    told = [answer("upper", "refuses", venue="The barracks"), answer("upper", "accepts", venue="The school")]
    assert places(venue_answers=told).options(("SEN",))[0].accepted_by == ("upper",)
    proposed = [INN | {"name": "The barracks"}]
    assert places(venue_answers=told, venues=proposed).options(("SEN",))[0].refused_by == ("upper",)


def test_a_refusal_is_serious_and_a_venue_nobody_was_asked_about_says_so() -> None:
    done = planted(venues=[INN], venue_answers=[answer("upper", "refuses", by="the elders")], invited=PEOPLE)
    assert one(done, "venues.refused").severity == "serious"
    assert "the elders" in said(done, "venues.refused")
    assert "Lower town" in said(done, "venues.nobody-asked")
    asked = planted(venues=[INN], venue_answers=[answer("upper", "accepts"), answer("lower", "accepts on a condition", condition="No flag")])
    assert has(asked, "venues.nobody-asked", "venues.on-condition") == (False, True)
    assert "No flag" in said(asked, "venues.on-condition")


@pytest.mark.parametrize(
    ("fields", "bar"),
    [
        ({"entry_rules": [rule("no admission", person="Ada")]}, "no admission"),
        ({"entry_rules": [rule("exit ban", country="Mali", person="Ada")]}, "exit ban"),
        ({"entry_rules": [rule("transit barred", country="Morocco", person="Ada")]}, "transit barred"),
        ({"entry_rules": [rule("travel ban", person="Ada")]}, "travel ban"),
        ({"exposures": [exposure("warrant")]}, "arrest"),
        ({"exposures": [exposure("notice", country="Morocco")]}, "arrest"),
    ],
)
def test_what_is_entered_bars_the_one_whom_it_concerns_and_nobody_else(fields: dict[str, Any], bar: str) -> None:
    (option,) = places(venues=[INN], **fields).options(("SEN",))
    ada, ben = option.journeys
    assert (ada.verdict, ada.lost, ben.lost) == (bar, True, False)
    assert option.lost == (ada.traveller,)
    done = planted(venues=[INN], invited=PEOPLE, **fields)
    assert all(finding.personal for finding in findings(done, code="venues.lost"))
    assert has(done, "venues.lost") == (True,)
    told_by = {"no admission": "entry.person-barred", "arrest": "arrest.entered"}
    code = told_by.get(bar, f"entry.person-{bar.replace(' ', '-')}")
    assert {finding.severity for finding in findings(done, code=code)} == {"serious"}


def test_a_transit_counts_only_where_somebody_crosses_it() -> None:
    barred = [rule("transit barred", country="Morocco", person="Ada")]
    assert places(entry_rules=barred, venues=[INN | {"transit": []}]).options(("SEN",))[0].lost == ()


def test_a_passport_level_rule_stands_in_place_of_the_table_with_its_own_day() -> None:
    (option,) = places(entry_rules=[rule("visa", passport="France")], venues=[INN]).options(("SEN",))
    ben = option.journeys[1]
    assert (ben.verdict, ben.as_of) == ("visa required", date(2026, 10, 1))
    both = [person("Ben", "lower", nationalities=["France", "Mali"])]
    (easy,) = places(invited=both, entry_rules=[rule("no admission", passport="France")], venues=[INN]).options(("SEN",))
    assert not easy.journeys[0].lost


def test_a_listed_traveller_is_kept_out_by_the_rule_and_not_out_of_the_own_country() -> None:
    listed = [person("Ada", "upper", nationalities=["Senegal"], listings=[{"on": "UN-SCISIL"}]), PEOPLE[1]]
    made = places(invited=listed, venues=[INN | {"transit": []}])
    senegal, kenya = made.options(("SEN", "KEN"))
    assert kenya.journeys[0].bars == ("travel ban",)
    assert senegal.journeys[0].bars == ()
    through = places(invited=listed, venues=[INN]).options(("SEN",))[0]
    assert through.journeys[0].bars == ("travel ban",)


def test_that_nobody_knows_of_arrests_makes_no_place_better_or_worse() -> None:
    plain = [option.country for option in places().ranked]
    looked = places(exposures=[exposure("none found", "Kenya"), exposure("prosecution at home", "Mali")])
    assert [option.country for option in looked.ranked] == plain


def test_indices_are_shown_and_count_for_nothing() -> None:
    index = {"name": "Quiet index", "country": "Senegal", "value": "9 of 10", "source": "Its house", "as_of": "2026-01-01"}
    assert [o.country for o in places(indices=[index]).ranked] == [o.country for o in places().ranked]
    assert "9 of 10" in said(planted(venues=[INN], invited=PEOPLE, indices=[index]), "venues.index")


def test_documents_stand_in_place_of_nationalities_and_say_when_they_run_out() -> None:
    paper = {"kind": "refugee travel document", "issuer": "Kenya", "valid_until": "2027-03-20"}
    done = planted(venues=[INN], invited=[person("Ada", "upper", nationalities=["Mali"], documents=[paper]), PEOPLE[1]])
    assert has(done, "entry.other-papers", "entry.papers-run-out") == (True, True)
    two = [paper | {"kind": "passport"}, paper | {"valid_until": "2031-01-01"}]
    fresh = planted(venues=[INN], invited=[person("Ada", "upper", documents=two), PEOPLE[1]])
    assert has(fresh, "entry.papers-run-out") == (False,)


def test_papers_have_a_day_by_which_they_are_applied_for() -> None:
    slow = [rule("visa", person="Ada", days=100)]
    done = planted(venues=[INN], invited=PEOPLE, entry_rules=slow)
    step = one(done, "entry.person-embassy").next_step
    assert step is not None
    assert "The day to apply was 21 November 2026" in voice().say(step).replace("\xa0", " ")
    assert one(done, "entry.person-embassy").severity == "warning"


def test_a_microstate_nobody_met_in_does_not_head_a_ranking_for_its_visas_alone() -> None:
    for parties in (("Colombia", "Venezuela"), ("Haiti", "Dominican Republic"), ("Guyana", "Venezuela"), ("Venezuela", "United States")):
        made = places(
            invited=[],
            countries=[],
            parties=[{"name": name, "country": name, "side": side} for name, side in zip(parties, ("upper", "lower"), strict=True)],
        )
        rank = made.rank("DMA")
        assert rank is not None
        assert rank > 40, parties


def test_a_towns_list_says_where_past_talks_met() -> None:
    towns = places().towns("CHE")
    assert any(town.precedents for town in towns)
    assert len(towns) <= 3


def test_a_tie_of_the_host_to_a_party_is_told() -> None:
    ties = [{"from": "Kenya", "to": "Council of the upper town", "kind": "finances"}]
    (kenya,) = places(relations=ties).options(("KEN",))
    assert kenya.close_to == ("Council of the upper town",)
    assert kenya.classes()["neutrality"] == 2


def test_other_sides_ground_is_told_to_those_whom_it_concerns() -> None:
    parties = [BASE["parties"][0] | {"country": "Mali"}, BASE["parties"][1] | {"country": "France"}]
    done = planted(parties=parties, invited=PEOPLE, venues=[{"name": "The hall", "place": {"city": "Bamako", "country": "Mali"}}])
    sentences = list(findings(done, code="venues.other-sides-ground"))
    assert len(sentences) == 1
    assert sentences[0].personal


def test_waivers_say_what_one_persons_papers_would_change() -> None:
    done = planted(invited=PEOPLE, entry_rules=[rule("no admission", person="Ada")], venues=[INN])
    assert any("have A-01 back" in sentence for sentence in many(done, "venues.waiver-regains"))


def test_who_meets_the_same_bar_in_several_places_is_told_of_once() -> None:
    two = [INN, {"name": "The school", "place": {"city": "Accra", "country": "Ghana"}}]
    bars = [rule("travel ban", person="Ada"), rule("travel ban", country="Ghana", person="Ada")]
    done = planted(venues=two, invited=PEOPLE, entry_rules=bars)
    assert "keeps A-01 out of Senegal and Ghana" in said(done, "entry.person-travel-ban")
    assert "lose A-01 (1 of 2) in Senegal and Ghana" in said(done, "venues.lost")
    only = planted(venues=two, invited=PEOPLE, entry_rules=bars[:1])
    assert "Ghana" not in said(only, "entry.person-travel-ban")


def test_a_proposed_place_is_told_with_the_few_reasons_that_decide_and_the_shortlist_in_one_sentence() -> None:
    done = planted(venues=[INN], venue_answers=[answer("upper", "refuses")], invited=PEOPLE)
    proposed = one(done, "venues.proposed-ranked").message.params["reasons"]
    assert 1 <= len(proposed.items) <= 3  # type: ignore[union-attr]
    assert proposed.items[0].code == "venue.refused"  # type: ignore[union-attr]
    shortlist = one(done, "venues.candidate").message.params["places"]
    assert len(shortlist.items) == 5  # type: ignore[union-attr]


def test_that_somebody_looked_and_found_nothing_endangers_nobody() -> None:
    done = planted(venues=[INN], invited=PEOPLE, exposures=[exposure("none found")])
    assert not [finding for finding in findings(done, "B7") if finding.severity == "serious"]
    wanted = planted(venues=[INN], invited=PEOPLE, exposures=[exposure("warrant")])
    assert "B7" in one(wanted, "arrest.entered").rows
    elsewhere = planted(venues=[INN], invited=PEOPLE, exposures=[exposure("warrant", country="Ghana")])
    assert one(elsewhere, "arrest.entered").rows == ("B11",)
