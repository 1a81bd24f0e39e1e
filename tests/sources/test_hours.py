"""The hour check: which windows of a day a tradition asks for, at any place, and by which rule they were found."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.library.culture import load_observances
from tracktwo.sources.sky import CalendarUnknown
from tracktwo.sources.traditions import TRADITIONS
from tracktwo.sources.traditions.hours import BLOCK_MINUTES, windows

GENEVA, ZURICH = (46.20222, 6.14569), "Europe/Zurich"
OSLO, TROMSO = (59.9139, 10.7522), (69.6496, 18.956)
FRIDAY = date(2026, 12, 18)


def told(found):
    return [(w.term, w.starts.strftime("%a %H:%M"), w.ends.strftime("%a %H:%M"), w.keeps) for w in found]


def one(found, term):
    (window,) = [window for window in found if window.term == term]
    return window


def test_a_friday_has_its_prayer_in_common_in_place_of_the_noon_prayer():
    found = windows("islam-sunni", GENEVA, ZURICH, FRIDAY)
    friday = one(found, "prayer.jumua")
    assert (friday.starts.strftime("%H:%M"), friday.minutes, friday.flexible, friday.congregational) == ("12:33", 75, False, True)
    assert friday.latest_start == friday.starts
    assert "prayer.dhuhr" not in {window.term for window in found}
    assert "prayer.jumua" not in {window.term for window in windows("islam-sunni", GENEVA, ZURICH, FRIDAY + timedelta(1))}


def test_a_prayer_may_begin_as_late_as_its_minutes_fit():
    maghrib = one(windows("islam-sunni", GENEVA, ZURICH, FRIDAY), "prayer.maghrib")
    assert maghrib.flexible
    assert maghrib.ends - maghrib.latest_start == timedelta(minutes=maghrib.minutes)


def test_shia_maghrib_comes_later_and_with_isha():
    sunni = one(windows("islam-sunni", GENEVA, ZURICH, FRIDAY), "prayer.maghrib")
    shia = [w for w in windows("islam-shia", GENEVA, ZURICH, FRIDAY) if w.term == "prayer.maghrib-isha"]
    assert timedelta(minutes=15) < shia[-1].starts - sunni.starts < timedelta(minutes=30)


def test_in_ramadan_nothing_is_eaten_from_dawn_to_sunset_and_the_edges_are_not_sure():
    inside = one(windows("islam-sunni", GENEVA, ZURICH, date(2027, 2, 20)), "observance.ramadan")
    assert (inside.keeps, inside.sure, inside.doubt_days, inside.authority) == ("meals", True, 1, "moon-sighting")
    for day, there in (("2027-02-06", None), ("2027-02-07", False), ("2027-02-08", False), ("2027-02-09", True), ("2027-03-09", False)):
        found = [w.sure for w in windows("islam-sunni", GENEVA, ZURICH, date.fromisoformat(day)) if w.term == "observance.ramadan"]
        assert found == ([] if there is None else [there]), day


def test_in_the_first_ten_days_of_muharram_shia_islam_asks_for_no_music():
    assert one(windows("islam-shia", GENEVA, ZURICH, date(2026, 6, 20)), "observance.muharram-mourning").keeps == "music"


@pytest.mark.parametrize(("candles", "begins"), [(18, "16:32"), (40, "16:10")])
def test_a_sabbath_goes_from_candles_to_nightfall(candles, begins):
    for day in (FRIDAY, FRIDAY + timedelta(1)):
        sabbath = one(windows("judaism", GENEVA, ZURICH, day, candles=candles), "observance.shabbat")
        assert (sabbath.starts.strftime("%a %H:%M"), sabbath.ends.strftime("%a %H:%M")) == (f"Fri {begins}", "Sat 17:42")
        assert (sabbath.keeps, sabbath.flexible, sabbath.rule) == ("all", False, "sun")
    assert "observance.shabbat" not in {w.term for w in windows("judaism", GENEVA, ZURICH, FRIDAY + timedelta(2))}


def test_where_three_stars_never_show_a_sabbath_ends_in_the_middle_of_the_night_and_says_so():
    sabbath = one(windows("judaism", OSLO, "Europe/Oslo", date(2026, 6, 20)), "observance.shabbat")
    assert (sabbath.ends.strftime("%a %H:%M"), sabbath.rule) == ("Sun 01:19", "middle of the night")


def test_where_the_sun_does_not_set_the_hours_of_a_sabbath_are_counted_from_noon_and_say_so():
    sabbath = one(windows("judaism", TROMSO, "Europe/Oslo", date(2026, 6, 20)), "observance.shabbat")
    assert (sabbath.starts.strftime("%a %H:%M"), sabbath.rule) == ("Fri 18:27", "six hours from noon")


def test_an_adventist_sabbath_ends_at_sunset():
    sabbath = one(windows("christian-adventist", GENEVA, ZURICH, FRIDAY), "observance.sabbath-adventist")
    assert (sabbath.starts.strftime("%a %H:%M"), sabbath.ends.strftime("%a %H:%M")) == ("Fri 16:50", "Sat 16:51")


def test_yom_kippur_closes_the_day_and_the_kitchen():
    found = windows("judaism", GENEVA, ZURICH, date(2026, 9, 21))
    assert [w.keeps for w in found if w.term == "observance.yom-kippur"] == ["all", "meals"]


def test_the_middle_days_of_a_festival_are_not_closed():
    closed = [bool([w for w in windows("judaism", GENEVA, ZURICH, date(2026, 4, day)) if w.term == "observance.pesach"]) for day in range(1, 11)]
    assert closed == [True, True, True, False, False, False, True, True, True, False]


def test_an_orthodox_fast_is_a_note_about_food_and_takes_no_hour():
    found = windows("christian-orthodox", GENEVA, ZURICH, date(2026, 11, 20))
    assert {(w.term, w.keeps) for w in found} == {("observance.fast-nativity", "foods"), ("observance.fast-wednesday-friday", "foods")}


def test_under_the_midnight_sun_every_prayer_has_the_hours_of_the_nearest_latitude():
    found = windows("islam-sunni", TROMSO, "Europe/Oslo", date(2026, 6, 20))
    assert {w.rule for w in found} == {"nearest latitude"}
    assert [w.term for w in found] == [
        "prayer.isha", "prayer.fajr", "prayer.dhuhr", "prayer.asr", "prayer.maghrib", "prayer.isha",
    ]  # fmt: skip


def test_beyond_a_calendar_the_prayers_are_still_there():
    assert {w.term for w in windows("islam-sunni", GENEVA, ZURICH, date(1900, 6, 19))} == {
        f"prayer.{name}" for name in ("fajr", "dhuhr", "asr", "maghrib", "isha")
    }


def test_the_minutes_to_block_are_those_of_the_library():
    given_ = {}
    for kept in load_observances():
        for duty in (*kept.daily, *kept.weekly):
            given_[kept.slug, duty.name] = duty.block_minutes
    terms = {
        ("islam-sunni", "fajr"): "fajr", ("islam-sunni", "dhuhr"): "dhuhr", ("islam-sunni", "asr"): "asr", ("islam-sunni", "maghrib"): "maghrib",
        ("islam-sunni", "isha"): "isha", ("islam-sunni", "jumu'ah"): "jumua", ("islam-shia", "dhuhr+asr"): "dhuhr-asr",
        ("islam-shia", "maghrib+isha"): "maghrib-isha", ("islam-shia", "fajr"): "fajr-shia", ("islam-shia", "jumu'ah"): "jumua",
        ("judaism", "shacharit"): "shacharit", ("judaism", "mincha"): "mincha", ("judaism", "maariv"): "maariv",
        ("christian-orthodox", "liturgy"): "liturgy-orthodox", ("christian-catholic", "mass"): "mass", ("christian-catholic", "angelus"): "angelus",
        ("christian-protestant", "service"): "service", ("christian-oriental", "liturgy"): "liturgy-oriental", ("hindu", "puja"): "puja",
        ("buddhist", "meditation"): "meditation", ("sikh", "nitnem"): "nitnem", ("bahai", "obligatory prayer"): "obligatory-bahai",
        ("zoroastrian", "five gahs"): "gah",
    }  # fmt: skip
    assert {key: BLOCK_MINUTES[f"prayer.{terms[key]}"] for key in terms} == {key: given_[key] for key in terms}
    assert {f"prayer.{name}" for name in terms.values()} == set(BLOCK_MINUTES)
    # What is left is a rest or a fast, whose length is that of its own hours.
    assert set(given_) - set(terms) == {("judaism", "shabbat"), ("christian-orthodox", "fast"), ("christian-adventist", "sabbath")}


@given(
    st.sampled_from(TRADITIONS),
    st.one_of(st.floats(-90, 90), st.floats(60, 70), st.sampled_from([-90.0, 90.0])),
    st.floats(-180, 180),
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(1900, 1, 1), date(2100, 12, 30)),
)
def test_every_window_touches_its_day_and_leaves_room_for_what_it_asks(tradition, latitude, longitude, zone, day):
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp()
    for window in windows(tradition, (latitude, longitude), zone, day):
        assert window.starts.timestamp() < window.ends.timestamp()
        assert window.ends.timestamp() > begins - 3600  # an hour that the clocks skip may stand for another
        assert window.starts <= window.latest_start <= window.ends
        assert window.minutes > 0
        assert window.authority is not None or window.term.startswith("prayer.")


def test_a_place_that_is_none_is_refused():
    with pytest.raises(CalendarUnknown, match="a latitude from -90 to 90"):
        windows("islam-sunni", (200.0, 0.0), "UTC", FRIDAY)


@pytest.mark.gate
def test_windows_of_every_tradition_at_every_latitude_and_in_every_decade(figure):
    latitudes = [*range(-90, 91, 10), *range(61, 70), *range(-69, -60)]
    days = [date(number, month, 21) for number in range(1900, 2101, 10) for month in (3, 6, 9, 12)]
    asked = found = 0
    rules = Counter()
    for tradition in TRADITIONS:
        for latitude in latitudes:
            for day in days:
                got = windows(tradition, (latitude, 10.75), "UTC", day)
                assert all(window.starts < window.ends and window.starts <= window.latest_start <= window.ends for window in got)
                asked, found = asked + 1, found + len(got)
                rules.update(window.rule for window in got)
    assert asked == len(TRADITIONS) * len(latitudes) * len(days)
    assert {"sun", "nearest latitude", "six hours from noon", "middle of the night"} <= set(rules)
    figure(f"{asked:,} days of {len(TRADITIONS)} traditions at {len(latitudes)} latitudes, {found:,} windows, 0 crashes, 0 without room")
