"""Activities, observances, diets and contested practices."""

import json

import pytest
from pydantic import ValidationError

from tracktwo.library.cases import DATA
from tracktwo.library.culture import SharedActivity, contested, load_activities, load_diets, load_observances
from tracktwo.sources.countries import load_countries


def test_the_tables_are_whole():
    assert (len(load_activities()), len(load_observances()), len(load_diets())) == (32, 14, 18)
    for rows in (load_activities(), load_observances(), load_diets()):
        assert len({row.slug for row in rows}) == len(rows)


def test_every_activity_has_a_caution_and_a_source_that_was_seen():
    assert [a.slug for a in load_activities() if not a.cautions or not any(source.seen for source in a.sources)] == []


def test_a_range_that_is_turned_round_is_refused():
    entry = load_activities()[0].model_dump() | {"group_size": (60, 4)}
    with pytest.raises(ValidationError, match="smaller to the larger"):
        SharedActivity.model_validate(entry)


def test_halal_asks_for_certified_meat_and_no_alcohol():
    halal = next(diet for diet in load_diets() if diet.slug == "halal")
    assert (halal.rules["beef"], halal.rules["alcohol"], halal.rules.get("honey")) == ("certified", "no", None)


def test_the_foods_of_the_model_are_those_of_the_file():
    listed = set(json.loads((DATA / "diet.json").read_text(encoding="utf-8"))["items"])
    assert {food for diet in load_diets() for food in diet.rules} <= listed


def test_a_practice_is_contested_only_between_two_who_claim_it():
    assert "lavash" in {row.slug for row in contested(["ARM", "AZE"])}
    assert contested(["ARM"]) == contested(["FRA", "BRA"]) == ()


def test_parties_of_contested_practices_are_countries():
    codes = {country.alpha3 for country in load_countries()}
    everyone = contested(codes)
    assert everyone
    assert {party for row in everyone for party in row.parties} <= codes
