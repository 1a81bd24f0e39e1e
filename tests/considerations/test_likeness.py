"""What the library is asked for an initiative."""

from __future__ import annotations

from typing import Any

from tests.considerations.planted import BASE, person, planted
from tests.making import shelf
from tracktwo.considerations.likeness import query_of
from tracktwo.methods.retrieval import Query


def _query(**fields: Any) -> Query:
    return query_of(planted(**fields).initiative, shelf())


def test_the_countries_and_their_part_of_the_world_are_asked_for() -> None:
    assert (_query().countries, _query(countries=["Switzerland"]).countries) == (frozenset({"MLI"}), frozenset({"CHE"}))
    assert len(_query().regions) == 1
    assert _query().regions != _query(countries=["Switzerland"]).regions


def test_the_year_is_that_of_the_first_round_or_else_of_the_brief() -> None:
    assert (_query().year, _query(wish=None).year) == (2027, 2026)


def test_an_armed_group_makes_it_a_question_about_armed_parties() -> None:
    armed = [*BASE["parties"], {"name": "The men", "kind": "armed group"}]
    assert _query(parties=armed, challenge="community dispute").has_armed_party
    assert not _query(challenge="community dispute").has_armed_party
    assert not _query(challenge="friendship").has_armed_party


def test_a_community_dispute_is_asked_for_on_the_third_track() -> None:
    assert (_query().tracks, _query(challenge="community dispute").tracks) == (frozenset({"2"}), frozenset({"3"}))


def test_who_takes_part_is_read_from_what_people_are_counted_as() -> None:
    invited = [person("Ada", "upper", gender="woman", groups=["Religious leader"]), person("Bo", "lower", youth=True)]
    assert _query(invited=invited).participant_types == frozenset({"women", "youth", "religious"})
    assert _query().participant_types == frozenset()


def test_an_insider_who_convenes_is_asked_for_as_one() -> None:
    assert _query(convenor={"name": "Union", "kind": "insider", "side": "upper"}).convenor_is_insider
    assert not _query(convenor={"name": "Union", "kind": "NGO"}).convenor_is_insider


def test_the_words_are_those_of_the_matter_and_hold_no_names_of_people() -> None:
    words = _query(invited=[person("Ada Lovelace", "upper")], issues=[{"name": "Pasture"}]).issue_words
    assert "Pasture" in words
    assert "Lovelace" not in words
