"""Hours of prayer: as published, in order everywhere, and never silent about what cannot be computed."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.sources import published
from tracktwo.sources.prayer import METHODS, PRAYERS, RULES, in_ramadan, method_named, prayer_times, season_minutes
from tracktwo.sources.sky import CalendarUnknown

OSLO, TROMSO = (59.9139, 10.7522), (69.6496, 18.956)
SUMMER, WINTER = date(2026, 6, 21), date(2026, 12, 21)
NAMES = [method.name for method in METHODS]
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ZONES = st.sampled_from(sorted(available_timezones()))
LATITUDES = st.one_of(st.floats(-90, 90), st.floats(60, 70), st.floats(-70, -60), st.sampled_from([-90.0, 90.0, 66.5, 67.4, 48.5, 0.0]))


def clock(times, prayer):
    at = times.of(prayer).at
    return at.strftime("%H:%M") if at else None


@pytest.mark.parametrize("place", published.places(), ids=lambda place: place.city)
def test_every_published_hour_is_met_within_two_minutes(place):
    seen = 0
    for row in published.rows(place):
        found = prayer_times(place.latitude, place.longitude, row.day, place.zone, place.method, shadow=place.shadow)
        for prayer, printed in zip(PRAYERS, row.times, strict=True):
            assert abs(found.of(prayer).at - printed) <= timedelta(minutes=2), (row.day, prayer)
        seen += 1
    assert seen in (12, 24, 366)


def test_in_london_in_may_the_season_decides_and_not_the_altitude():
    times = prayer_times(51.507194, -0.116711, date(2016, 5, 1), "Europe/London", "Moonsighting Committee", shadow=2)
    assert (times.of("fajr").by, times.of("isha").by) == ("season", "season")
    plain = prayer_times(51.507194, -0.116711, date(2016, 5, 1), "Europe/London", "Karachi")
    assert plain.of("isha").at > times.of("isha").at + timedelta(minutes=60)  # the altitude alone would be far off the table


def test_at_tehran_maghrib_is_later_than_sunset_by_altitude():
    place = (35.715298, 51.404343, date(2026, 6, 1), "Asia/Tehran")
    later = prayer_times(*place, "Tehran").of("maghrib").at - prayer_times(*place, "Karachi").of("maghrib").at
    assert timedelta(minutes=15) < later < timedelta(minutes=25)
    assert prayer_times(*place, "Jafari").of("maghrib").at < prayer_times(*place, "Tehran").of("maghrib").at


def test_in_ramadan_isha_at_makkah_is_two_hours_after_maghrib_and_else_one_and_a_half():
    place = (21.427009, 39.828685)
    for day, minutes in ((date(2026, 2, 17), 90), (date(2026, 2, 18), 120), (date(2026, 3, 19), 120), (date(2026, 3, 20), 90)):
        times = prayer_times(*place, day, "Asia/Riyadh", "Makkah")
        # Each is rounded to the minute for itself.
        assert abs(times.of("isha").at - times.of("maghrib").at - timedelta(minutes=minutes)) <= timedelta(minutes=1)
        assert times.of("isha").by == "minutes"


def test_the_shadow_of_the_hanafi_school_is_longer():
    first, second = (prayer_times(41.01, 28.98, date(2026, 3, 1), "Europe/Istanbul", "Turkey", shadow=shadow) for shadow in (1, 2))
    assert timedelta(minutes=30) < second.of("asr").at - first.of("asr").at < timedelta(minutes=90)
    assert [clock(first, p) for p in PRAYERS if p != "asr"] == [clock(second, p) for p in PRAYERS if p != "asr"]


@pytest.mark.parametrize(
    ("rule", "fajr", "isha"),
    [
        ("middle of the night", "01:19", "01:19"),
        ("seventh of the night", "03:09", "23:28"),
        ("angle based", "02:21", "00:12"),
        ("nearest latitude", "02:19", "00:10"),
    ],
)
def test_where_the_night_is_never_dark_a_rule_gives_the_hour_and_is_named(rule, fajr, isha):
    times = prayer_times(*OSLO, SUMMER, "Europe/Oslo", "Muslim World League", rule=rule)
    assert (clock(times, "fajr"), clock(times, "isha")) == (fajr, isha)
    assert (times.of("fajr").by, times.of("isha").by) == (rule, rule)
    assert times.of("maghrib").by == "sun"


def test_in_winter_oslo_needs_no_rule():
    assert {one.by for one in prayer_times(*OSLO, WINTER, "Europe/Oslo").times} == {"sun"}


def test_under_the_midnight_sun_what_cannot_be_given_is_said_in_one_sentence():
    times = prayer_times(*TROMSO, SUMMER, "Europe/Oslo")
    assert clock(times, "dhuhr") == "12:47"
    assert [one.prayer for one in times.times if one.at is None] == ["fajr", "sunrise", "maghrib", "isha"]
    assert times.of("maghrib").why == "the sun does not set here on 2026-06-21; ask whose hours they take"
    assert times.of("fajr").why.startswith("the sun does not sink 18 degrees low here on 2026-06-21")


def test_in_the_polar_night_dawn_and_nightfall_are_there_and_the_sun_is_not():
    times = prayer_times(*TROMSO, WINTER, "Europe/Oslo")
    assert [one.prayer for one in times.times if one.at is None] == ["sunrise", "asr", "maghrib"]
    assert times.of("sunrise").why.startswith("the sun does not rise")
    assert times.of("fajr").at < times.of("dhuhr").at < times.of("isha").at


def test_the_nearest_latitude_gives_all_six_where_the_sun_does_not_set():
    times = prayer_times(*TROMSO, SUMMER, "Europe/Oslo", rule="nearest latitude")
    there = prayer_times(45.0, TROMSO[1], SUMMER, "Europe/Oslo")
    assert [one.at for one in times.times] == [one.at for one in there.times]
    assert {one.by for one in times.times} == {"nearest latitude"}


@pytest.mark.parametrize("name", [*NAMES, "mwl", "Diyanet", "makkah", "MUIS", "Moonsighting", "Turkey (Diyanet)", " jafari "])
def test_a_method_is_found_by_its_names(name):
    assert method_named(name).name in NAMES


@pytest.mark.parametrize(
    ("changed", "telling"),
    [
        ({"method": "Atlantis"}, "'Atlantis' is no method for hours of prayer known here; name one of Muslim World League, ISNA"),
        ({"zone": "Mars/Olympus"}, "'Mars/Olympus' is no time zone"),
        ({"zone": "Europe"}, "'Europe' is no time zone"),
        ({"latitude": 91}, "a latitude from -90 to 90"),
        ({"longitude": float("nan")}, "a latitude from -90 to 90"),
        ({"rule": "by feeling"}, "the rule should be one of middle of the night"),
        ({"shadow": 3}, "the factor of the shadow 1 or 2"),
        ({"day": date(1, 1, 1)}, "for the years 1600 to 2400, and not for 1"),
        ({"day": date(9999, 12, 31)}, "and not for 9999"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(changed, telling):
    asked = {"latitude": 46.2, "longitude": 6.1, "day": SUMMER, "zone": "UTC"} | changed
    with pytest.raises(CalendarUnknown, match=telling):
        prayer_times(**asked)


@given(
    LATITUDES,
    st.floats(-180, 180),
    DAYS,
    st.sampled_from(sorted(available_timezones())),
    st.sampled_from(NAMES),
    st.sampled_from(RULES),
    st.sampled_from([1, 2]),
)
@example(90.0, 0.0, SUMMER, "UTC", "Umm al-Qura", "middle of the night", 1)
@example(67.4, 0.0, date(2026, 12, 7), "UTC", "Moonsighting Committee", "nearest latitude", 2)
@example(-13.83, -171.76, date(2011, 12, 30), "Pacific/Apia", "Turkey", "angle based", 1)  # a day that this zone never had
def test_prayers_are_in_order_or_have_a_reason_at_every_place_and_day(latitude, longitude, day, zone, method, rule, shadow):
    times = prayer_times(latitude, longitude, day, zone, method, rule=rule, shadow=shadow)
    given_ = [one.at for one in times.times if one.at is not None]
    assert given_ == sorted(given_, key=datetime.timestamp)
    assert times.of("dhuhr").at is not None
    for one in times.times:
        assert (one.at is None) == (one.by == "none") == (one.why is not None)
    if rule == "nearest latitude":
        assert len(given_) == 6
    assert given_[-1].timestamp() - given_[0].timestamp() <= 24 * 3600 + 60


@given(st.floats(-48, 48), DAYS, st.sampled_from(NAMES), st.sampled_from(RULES))
def test_where_nights_are_dark_the_hours_of_two_days_differ_by_minutes(latitude, day, method, rule):
    one, next_ = (prayer_times(latitude, 10.0, each, "UTC", method, rule=rule) for each in (day, day + timedelta(1)))
    for prayer in PRAYERS:
        if prayer == "isha" and in_ramadan(day) != in_ramadan(day + timedelta(1)):
            continue  # Umm al-Qura moves it by half an hour
        assert abs(next_.of(prayer).at - one.of(prayer).at - timedelta(1)) <= timedelta(minutes=8)


@given(st.floats(0, 55), DAYS)
def test_twilight_by_season_stays_between_the_least_and_the_most_of_its_bends(latitude, day):
    for morning, low, high in ((True, 75, 123.2), (False, 65.7, 100.7)):
        assert low <= season_minutes(latitude, day, morning=morning) <= high


@pytest.mark.gate
def test_hours_of_prayer_at_every_latitude_and_in_every_year(figure):
    """Whole latitudes, and tenths of a degree from 60 to 72, on each seventy-seventh day of 1900 to 2100, by methods and rules in turn."""
    latitudes = [*range(-90, 91), *(60 + tenth / 10 for tenth in range(121)), *(-60 - tenth / 10 for tenth in range(121))]
    turns = itertools.cycle(itertools.product(NAMES, RULES, (1, 2)))
    asked = without = 0
    for latitude in latitudes:
        for number in range(0, 73414, 77):
            day = date(1900, 1, 1) + timedelta(number + int(latitude * 10) % 77)
            if day.year > 2100:
                continue
            method, rule, shadow = next(turns)
            found = [one.at for one in prayer_times(latitude, 13.0, day, "UTC", method, rule=rule, shadow=shadow).times]
            hours = [at for at in found if at]
            assert hours == sorted(hours), (latitude, day, method, rule)
            asked, without = asked + 1, without + (len(hours) < 6)
    figure(f"{asked:,} days at {len(latitudes)} latitudes, 0 crashes, 0 out of order; {without:,} with an hour that is not and its reason")


@pytest.mark.gate
def test_hours_of_prayer_against_eight_published_tables(figure):
    worst = {}
    for place in published.places():
        for row in published.rows(place):
            found = prayer_times(place.latitude, place.longitude, row.day, place.zone, place.method, shadow=place.shadow)
            off = max(abs(found.of(p).at - printed) for p, printed in zip(PRAYERS, row.times, strict=True))
            worst[place.city] = max(worst.get(place.city, timedelta()), off)
    figure(", ".join(f"{city} {off // timedelta(minutes=1)}" for city, off in worst.items()) + " minutes at worst")
    assert len(worst) == 8
    assert max(worst.values()) <= timedelta(minutes=2)
