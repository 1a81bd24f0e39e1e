"""Entry rules, towns and distances."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.methods.distance import EARTH_RADIUS_KM, distance_km, nearest
from tracktwo.sources.countries import load_countries
from tracktwo.sources.gazetteer import _LOCAL, load_gazetteer
from tracktwo.sources.passports import load_passports

COUNTRIES = load_countries()
TOWNS = load_gazetteer({country.alpha2: country.alpha3 for country in COUNTRIES}.get)
PASSPORTS = load_passports()


def test_an_entry_rule_has_its_evidence_with_the_pair():
    rule = PASSPORTS.entry("CAF", "CHE")
    assert (rule.entry, rule.days, rule.evidence.locator, rule.evidence.as_of.isoformat()) == ("visa required", None, "CAF,CHE", "2025-01-12")


def test_a_number_of_days_is_a_stay_without_a_visa():
    rule = PASSPORTS.entry("FRA", "GBR")
    free = PASSPORTS.entry("XKX", "CHE")
    assert rule.entry in ("visa free", "electronic authorisation")
    assert (free.entry, free.days) == ("visa free", 90)


def test_a_pair_that_the_index_does_not_know_is_unknown_and_without_evidence():
    rule = PASSPORTS.entry("CAF", "ESH")
    assert (rule.entry, rule.evidence) == ("unknown", None)


def test_nobody_needs_a_visa_at_home_even_where_the_index_is_silent():
    assert PASSPORTS.entry("ESH", "ESH").entry == PASSPORTS.entry("FRA", "FRA").entry == "own country"


def test_every_code_of_the_passport_index_is_a_country():
    assert {code for pair in PASSPORTS._rules for code in pair} <= {country.alpha3 for country in COUNTRIES}


def test_a_town_is_found_without_its_accents_and_in_another_language():
    assert [town.name for town in TOWNS.find("geneve", "CHE")] == ["Genève"]
    assert [town.name for town in TOWNS.find("Geneva", "CHE")] == ["Genève"]
    assert {town.country for town in TOWNS.find("GENEVA")} == {"CHE", "USA"}


def test_a_town_written_exactly_so_comes_first():
    assert TOWNS.find("San José")[0].name == "San José"
    assert TOWNS.find("San Jose")[0].name == "San Jose"


def test_an_unknown_town_is_not_found():
    assert TOWNS.find("Xyzzy") == TOWNS.find("Bangui", "CHE") == ()


def test_every_capital_with_more_than_5000_people_is_found():
    small = {"El-Aaiun", "Diego Garcia", "Macao", "Melekeok"}
    missing = [c.capital for c in COUNTRIES if c.capital and c.capital not in small and not TOWNS.find(c.capital, c.alpha3)]
    assert missing == []


def test_every_name_in_our_own_table_of_towns_leads_to_a_town():
    assert [(country, name) for country, name in _LOCAL if not TOWNS.find(name, country)] == []


POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def unit_vector(latitude, longitude):
    phi, lam = math.radians(latitude), math.radians(longitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


@given(POINTS, POINTS)
def test_the_distance_is_the_angle_between_two_points_seen_from_the_centre(one, two):
    # Another way to it: half the angle from the chord between the two points on a ball of radius 1.
    chord = math.dist(unit_vector(*one), unit_vector(*two))
    assert distance_km(*one, *two) == pytest.approx(2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2)), abs=0.5)


def test_a_degree_of_a_great_circle_is_111_kilometres():
    assert distance_km(0, 179.5, 0, -179.5) == pytest.approx(111.195, abs=0.001)


@given(POINTS, POINTS, POINTS)
def test_distance_is_a_metric_and_never_more_than_half_the_earth(one, two, three):
    there = distance_km(*one, *two)
    assert there == pytest.approx(distance_km(*two, *one), abs=1e-6)
    assert 0 <= there <= 3.14159266 * EARTH_RADIUS_KM
    assert there <= distance_km(*one, *three) + distance_km(*three, *two) + 1e-4
    assert distance_km(*one, *one) == 0


@given(POINTS, st.lists(POINTS, max_size=12), st.integers(0, 5))
def test_the_nearest_places_are_those_that_no_other_is_nearer_than(here, places, limit):
    found = nearest(*here, range(len(places)), lambda number: places[number], limit)
    every = sorted((distance_km(*here, *place), number) for number, place in enumerate(places))
    assert [number for _kilometres, number in found] == [number for _distance, number in every[:limit]]
    assert [kilometres for kilometres, _number in found] == [round(distance) for distance, _number in every[:limit]]
