"""Public holidays, observances and the sun."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.sources.calendars import CalendarUnknown, holiday_source, observances, public_holidays, sun

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
TRADITIONS = ["islam", "western christian", "eastern christian", "judaism"]
WEEKLY = {"observance.friday-prayer": 4, "observance.sunday": 6, "observance.shabbat": 5}


def dates(tradition, start=YEAR[0], end=YEAR[1]):
    return {
        p.term.removeprefix("observance."): (p.starts.isoformat(), p.ends.isoformat())
        for p in observances(tradition, start, end)
        if p.term not in WEEKLY
    }


def test_holidays_are_named_in_english_and_in_order():
    found = public_holidays("CAF", date(2026, 11, 1), date(2027, 1, 31))
    assert [(day.day.isoformat(), day.name) for day in found] == [
        ("2026-11-01", "All Saints' Day"), ("2026-12-01", "National Day"), ("2026-12-25", "Christmas Day"), ("2027-01-01", "New Year's Day"),
    ]  # fmt: skip


def test_an_empty_calendar_is_unknown_and_not_a_year_without_holidays():
    assert public_holidays("UKR", date(2026, 1, 1), date(2026, 12, 31)) is None


def test_a_country_without_a_calendar_is_unknown():
    assert public_holidays("BVT", *YEAR) is None
    assert public_holidays("ZZZ", *YEAR) is None


def test_days_without_a_holiday_in_a_known_calendar_are_empty_and_not_unknown():
    assert public_holidays("CAF", date(2026, 11, 3), date(2026, 11, 20)) == ()


def test_the_library_of_holidays_is_named_with_its_release():
    source = holiday_source()
    assert (source.dataset, source.licence) == ("holidays", "MIT")
    assert source.version != "0.109" or source.as_of == date(2026, 11, 17)


def test_the_feasts_of_islam_are_those_of_umm_al_qura():
    found = dates("islam")
    # 1 Ramadan 1448 and 1 Shawwal 1448 in the published Umm al-Qura calendar.
    assert (found["ramadan"], found["eid-al-fitr"]) == (("2027-02-08", "2027-03-08"), ("2027-03-09", "2027-03-11"))
    assert all(p.doubt_days == (0 if p.term in WEEKLY else 1) for p in observances("islam", *YEAR))


def test_easter_differs_between_west_and_east():
    west, east = dates("western christian"), dates("eastern christian")
    assert (west["good-friday"][0], west["easter"][0]) == ("2027-03-26", "2027-03-28")
    assert (east["good-friday-orthodox"][0], east["easter-orthodox"][0]) == ("2027-04-30", "2027-05-02")
    assert east["lent-orthodox"] == ("2027-03-15", "2027-05-01")
    assert east["christmas-julian"] == ("2027-01-06", "2027-01-08")


def test_days_of_judaism_begin_on_the_eve():
    found = dates("judaism")
    assert (found["yom-kippur"], found["pesach"]) == (("2026-09-20", "2026-09-21"), ("2027-04-21", "2027-04-29"))
    shabbat = observances("judaism", date(2026, 11, 20), date(2026, 11, 20))
    assert [(p.term, p.starts, p.ends) for p in shabbat] == [("observance.shabbat", date(2026, 11, 20), date(2026, 11, 21))]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2090, 1, 1)])
def test_days_beyond_the_islamic_calendar_are_refused_and_not_called_free(day):
    with pytest.raises(CalendarUnknown, match="Umm al-Qura"):
        observances("islam", day, day)


DAYS = st.dates(date(1950, 1, 1), date(2070, 1, 1))


@given(st.sampled_from(TRADITIONS), DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_longer_span_holds_all_periods_of_a_shorter_one_in_it(tradition, start, before, after):
    end = start + timedelta(20)
    inner = observances(tradition, start, end)
    outer = observances(tradition, start - timedelta(before), end + timedelta(after))
    assert set(inner) == {p for p in outer if p.starts <= end and p.ends >= start}
    assert list(outer) == sorted(outer, key=lambda p: (p.starts, p.ends, p.term))
    assert len(outer) == len(set(outer))


@given(st.sampled_from(TRADITIONS), DAYS)
def test_every_week_has_its_day(tradition, start):
    weekly = [
        p for p in observances(tradition, start, start + timedelta(6)) if p.term in WEEKLY and p.ends >= start and p.ends <= start + timedelta(6)
    ]
    assert [p.ends.weekday() for p in weekly] == [WEEKLY[p.term] for p in weekly]
    assert len(weekly) == 1


def test_the_sun_over_geneva_is_as_observed():
    times = sun(46.20222, 6.14569, date(2026, 11, 22), "Europe/Zurich")
    assert [time.strftime("%H:%M") for time in (times.sunrise, times.noon, times.sunset)] == ["07:46", "12:21", "16:56"]


def test_where_the_sun_does_not_set_or_rise_there_are_no_times():
    assert sun(69.65, 18.96, date(2026, 6, 22), "Europe/Oslo") is None
    assert sun(69.65, 18.96, date(2026, 12, 22), "Europe/Oslo") is None


def test_a_sunset_after_midnight_stays_with_the_day_whose_sun_it_is():
    times = sun(64.15, -21.94, date(2026, 6, 22), "Atlantic/Reykjavik")
    assert times.noon.date() == date(2026, 6, 22)
    assert times.sunset.date() == date(2026, 6, 23)


@given(
    st.floats(-60, 60),
    DAYS,
    st.sampled_from([("Pacific/Kiritimati", -157.4), ("Pacific/Honolulu", -157.8), ("Europe/Zurich", 6.1), ("Asia/Tokyo", 139.7)]),
)
def test_noon_lies_on_the_asked_day_between_sunrise_and_sunset(latitude, day, place):
    zone, longitude = place
    times = sun(latitude, longitude, day, zone)
    assert times.sunrise < times.noon < times.sunset < times.sunrise + timedelta(1)
    assert times.noon.date() == day


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(CalendarUnknown, match="'Mars/Olympus' is no time zone"):
        sun(0, 0, YEAR[0], "Mars/Olympus")
