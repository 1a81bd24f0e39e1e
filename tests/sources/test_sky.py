"""Equinoxes and moons against published moments; the sun at the edges of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.sources.sky import (
    HORIZON,
    SYNODIC,
    SunDay,
    elongation,
    full_moon,
    julian,
    lunation,
    moment_of,
    new_moon,
    spring_equinox,
    sun_day,
    zone_named,
)

AT = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (the zone is given beside it)


def near(day: float, moment: str, minutes: int) -> bool:
    return abs(moment_of(day) - datetime.fromisoformat(moment + "+00:00")) <= timedelta(minutes=minutes)


@pytest.mark.parametrize("moment", ["2015-03-20T22:45", "2016-03-20T04:30", "2024-03-20T03:06", "2025-03-20T09:01", "2026-03-20T14:46"])
def test_spring_begins_when_the_almanacs_say(moment):
    assert near(spring_equinox(int(moment[:4])), moment, 2)


@pytest.mark.parametrize(
    ("new", "full"),
    [("2024-04-08T18:21", "2024-04-23T23:49"), ("2026-02-17T12:01", "2026-03-03T11:38"), ("2026-08-12T17:37", "2026-08-28T04:18")],
)
def test_the_moon_is_new_and_full_when_the_almanacs_say(new, full):
    number = lunation(julian(datetime.fromisoformat(new + "+00:00") + timedelta(hours=1)))
    assert near(new_moon(number), new, 6)
    assert near(full_moon(number), full, 6)


@given(AT)
def test_every_moment_lies_between_one_new_moon_and_the_next(moment):
    number = lunation(julian(moment))
    assert new_moon(number) <= julian(moment) < new_moon(number + 1)
    assert new_moon(number) < full_moon(number) < new_moon(number + 1)
    assert abs(new_moon(number + 1) - new_moon(number) - SYNODIC) < 0.4


@given(st.integers(-1200, 1200))
def test_the_moon_stands_with_the_sun_when_new_and_against_it_when_full(number):
    assert abs((elongation(new_moon(number)) + 180) % 360 - 180) < 0.2
    assert abs(elongation(full_moon(number)) - 180) < 0.2


@given(st.floats(-90, 90), st.floats(-180, 180), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_noon_lies_within_half_a_day_of_twelve_and_the_sun_is_even_about_it(latitude, longitude, day):
    sun = sun_day(latitude, longitude, day, UTC)
    assert abs(moment_of(sun.noon) - datetime(day.year, day.month, day.day, 12, tzinfo=UTC)) <= timedelta(hours=12, minutes=1)
    rises, sets = sun.morning(HORIZON), sun.evening(HORIZON)
    if rises is not None and sets is not None:
        assert sun.noon - 0.5 < rises < sun.noon < sets < sun.noon + 0.5


@pytest.mark.parametrize("latitude", [-90.0, 90.0])
def test_at_the_poles_no_hour_of_the_sun_crosses_anything(latitude):
    sun = SunDay(latitude, julian(datetime(2026, 6, 21, 12, tzinfo=UTC)))
    assert [sun.morning(HORIZON), sun.evening(HORIZON), sun.evening(-18), sun.shadow(1)] == [None] * 4


def test_a_zone_may_be_given_as_a_zone():
    assert zone_named(UTC) is UTC
