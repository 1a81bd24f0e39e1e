"""The time zone of a place."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.sources.timezones import zone_of


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "zone"),
    [
        ("CF", 4.36, 18.55, "Africa/Bangui"),
        ("NO", 59.91, 10.75, "Europe/Oslo"),
        ("US", 40.71, -74.01, "America/New_York"),
        ("US", 37.77, -122.42, "America/Los_Angeles"),
        ("US", 61.2, -149.9, "America/Anchorage"),
        ("RU", 55.75, 37.62, "Europe/Moscow"),
        ("CD", -4.3, 15.3, "Africa/Kinshasa"),
        ("CD", -11.66, 27.48, "Africa/Lubumbashi"),
        ("ID", -8.65, 115.2, "Asia/Makassar"),
        ("CY", 35.17, 33.37, "Asia/Nicosia"),
        ("RU", 66.0, -172.0, "Asia/Anadyr"),
    ],
)
def test_a_town_has_the_zone_of_the_nearest_reference_town_of_its_country(country: str, latitude: float, longitude: float, zone: str) -> None:
    assert zone_of(country, latitude, longitude) == zone


def test_a_country_that_the_database_does_not_list_has_no_zone() -> None:
    assert zone_of("XK", 42.6, 21.1) is None


@given(st.sampled_from(["US", "RU", "BR", "CD", "CF", "NZ", "FJ"]), st.floats(-90, 90), st.floats(-180, 180))
def test_every_zone_is_one_that_python_knows(country: str, latitude: float, longitude: float) -> None:
    assert zone_of(country, latitude, longitude) in available_timezones()
