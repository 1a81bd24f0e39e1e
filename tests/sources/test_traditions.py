"""The days of the fourteen traditions: as kept in years that are known, with doubt and who decides; and nothing passed over in silence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracktwo.library.culture import load_observances
from tracktwo.sources.calendars import CalendarUnknown, not_computed, observances
from tracktwo.sources.traditions import TRADITIONS, christian, judaism, solar
from tracktwo.sources.traditions.periods import WEEKLY

FOURTEEN = [kept.slug for kept in load_observances()]
DAYS = st.dates(date(1950, 1, 1), date(2070, 1, 1))


def year(tradition, number, *, weekly=False):
    """Term → first days in a year, written shortly."""
    found = {}
    for period in observances(tradition, date(number, 1, 1), date(number, 12, 31)):
        if weekly or not period.weekly:
            found.setdefault(period.term.removeprefix("observance."), []).append(period.starts.isoformat())
    return found


def test_the_fourteen_of_the_library_are_those_of_the_calendars():
    assert [slug for slug in TRADITIONS if " " not in slug and slug != "islam"] == FOURTEEN
    assert set(TRADITIONS) - set(FOURTEEN) == {"islam", "western christian", "eastern christian"}


@pytest.mark.parametrize("tradition", FOURTEEN)
def test_each_gives_days_or_says_whom_to_ask(tradition):
    found = observances(tradition, date(2026, 1, 1), date(2026, 12, 31))
    assert found or not_computed(tradition)
    assert all(period.starts <= period.ends for period in found)
    assert all(period.authority for period in found)
    assert all(period.starts <= day <= period.ends for period in found for day in period.rest_days)


def test_only_what_cannot_be_known_is_asked_and_it_names_who_knows():
    assert [(item.term, item.authority) for item in not_computed("sikh")] == [("observance.gurpurabs", "gurdwara-committee")]
    assert observances("secular", date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert [item.authority for item in not_computed("secular")] == ["state"]


def test_shia_islam_mourns_where_sunni_islam_fasts_or_feasts():
    sunni, shia = year("islam-sunni", 2026), year("islam-shia", 2026)
    assert (sunni["ashura"], shia["ashura"]) == (["2026-06-25"], ["2026-06-25"])
    mourning = next(p for p in observances("islam-shia", date(2026, 6, 20), date(2026, 6, 20)) if p.term == "observance.muharram-mourning")
    assert (mourning.starts, mourning.ends, mourning.asks) == (date(2026, 6, 16), date(2026, 6, 25), "mourning")
    assert {"arbaeen", "ghadir"} <= set(shia) - set(sunni)
    assert (sunni["mawlid"], shia["mawlid-shia"]) == (["2026-08-25"], ["2026-08-30"])


@pytest.mark.parametrize("tradition", ["islam", "islam-sunni", "islam-shia"])
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1924, 8, 15), date(2077, 11, 1), date(2100, 1, 1)], ids=str)
def test_beyond_the_umm_al_qura_calendar_islam_is_unknown(tradition, day):
    with pytest.raises(CalendarUnknown, match="the Umm al-Qura calendar is known here from 1924-"):
        observances(tradition, day, day)


def test_festivals_are_a_day_longer_outside_israel():
    abroad = {p.term: p for p in judaism.judaism(date(2026, 1, 1), date(2026, 12, 31))}
    within = {p.term: p for p in judaism.judaism(date(2026, 1, 1), date(2026, 12, 31), israel=True)}
    for name in ("pesach", "shavuot", "simchat-torah"):
        assert abroad[f"observance.{name}"].ends - within[f"observance.{name}"].ends == timedelta(1)
    assert abroad["observance.yom-kippur"] == within["observance.yom-kippur"]


def test_half_of_passover_may_be_worked_and_four_days_not():
    pesach = next(p for p in observances("judaism", date(2026, 4, 4), date(2026, 4, 4)) if p.term == "observance.pesach")
    assert pesach.rest_days == (date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 8), date(2026, 4, 9))
    assert pesach.starts == date(2026, 4, 1)


def test_minor_fasts_keep_off_the_sabbath():
    fasts = [
        p for number in range(2000, 2050) for p in observances("judaism", date(number, 1, 1), date(number, 12, 31)) if p.hours == "dawn to nightfall"
    ]
    assert len(fasts) > 150
    assert not [p for p in fasts if p.starts.weekday() == 5]


def test_orthodox_fasts_by_both_calendars_and_never_on_a_free_week():
    kept = year("christian-orthodox", 2026, weekly=True)
    assert kept["fast-apostles"] == ["2026-06-08"]
    assert kept["fast-nativity"][-1] == "2026-11-15"
    assert kept["fast-nativity-julian"][-1] == "2026-11-28"
    assert {"2026-04-15", "2026-04-17", "2026-06-03"}.isdisjoint(kept["fast-wednesday-friday"])  # Bright Week, and that after Pentecost
    assert {"2026-04-22", "2026-04-24"} <= set(kept["fast-wednesday-friday"])
    assert all(p.asks == "food" and not p.closes for p in observances("christian-orthodox", date(2026, 3, 1), date(2026, 3, 6)) if "fast" in p.term)


def test_the_apostles_fast_may_have_no_day_by_the_new_calendar():
    assert "fast-apostles" not in year("christian-orthodox", 2024)  # Easter on 5 May
    assert year("christian-orthodox", 2024)["fast-apostles-julian"] == ["2024-07-01"]


def test_timkat_waits_a_day_before_a_leap_year():
    assert [year("christian-oriental", number)["timkat"] for number in (2023, 2024, 2025)] == [["2023-01-19"], ["2024-01-20"], ["2025-01-19"]]
    assert christian.coptic_new_year(2023) == date(2023, 9, 12)
    assert year("christian-oriental", 2026)["nativity-coptic"] == ["2026-01-07"]


def test_the_first_day_of_the_bahai_year_and_the_twin_birthdays_are_those_of_its_published_table():
    first = ["03-21", "03-20", "03-20", "03-21", "03-21", "03-20", "03-20", "03-21", "03-21", "03-20", "03-20", "03-20"]
    twins = ["11-13", "11-01", "10-21", "11-09", "10-29", "10-18", "11-06", "10-26", "10-16", "11-02", "10-22", "11-10"]
    years = range(2015, 2027)
    assert [solar.naw_ruz(number).isoformat()[5:] for number in years] == first
    assert [solar.twin_birthdays(number).isoformat()[5:] for number in years] == twins


def test_the_new_years_of_zoroastrians_are_named_apart():
    kept = year("zoroastrian", 2026)
    assert (kept["nowruz"], kept["new-year-shahenshahi"], kept["new-year-kadmi"]) == (["2026-03-21"], ["2026-08-15"], ["2026-07-16"])


def test_vesak_has_two_days_in_a_year_in_which_countries_differ():
    assert year("buddhist", 2026)["vesak"] == ["2026-05-01", "2026-05-31"]
    assert year("buddhist", 2025)["vesak"] == ["2025-05-12"]


COUNTED = [
    ("IN", None, "Diwali", "hindu", "diwali"),
    ("IN", "MH", "Holi", "hindu", "holi"),
    ("IN", None, "Dussehra", "hindu", "dussehra"),
    ("IN", "UP", "Janmashtami", "hindu", "janmashtami"),
    ("IN", "UP", "Shivaratri", "hindu", "shivaratri"),
    ("IN", None, "Guru Nanak", "sikh", "guru-nanak"),
    ("LK", None, "Vesak Full", "buddhist", "vesak"),
    ("MY", None, "Vesak", "buddhist", "vesak"),
    ("HK", None, "Buddha", "buddhist", "buddha-birthday"),
    ("IR", None, "Nowruz", "zoroastrian", "nowruz"),
    ("ET", None, "Epiphany", "christian-oriental", "timkat"),
    ("ET", None, "True Cross", "christian-oriental", "meskel"),
]


@pytest.mark.parametrize(("country", "part", "name", "tradition", "term"), COUNTED, ids=[f"{row[0]}-{row[4]}" for row in COUNTED])
def test_every_computed_feast_lies_within_its_doubt_of_the_day_that_a_state_keeps(country, part, name, tradition, term):
    """The second source: public holidays of states, where they keep the feast, of the years that both know."""
    compared = 0
    for number in range(2015, 2031):
        calendar = holidays.country_holidays(country, subdiv=part, years=number, language="en_US")
        kept = [day for day, names in calendar.items() if name in names]
        periods = [p for p in observances(tradition, date(number, 1, 1), date(number, 12, 31)) if p.term == f"observance.{term}"]
        if kept:
            compared += 1
            # A state may add a day, or move a free one to a Monday: one of its days must be met.
            assert any(abs(p.starts - day) <= timedelta(p.doubt_days) for p in periods for day in kept), (number, kept, periods)
    assert compared >= 8


@pytest.mark.parametrize("tradition", TRADITIONS)
@given(start=DAYS, before=st.integers(0, 60), after=st.integers(0, 60))
def test_a_longer_span_holds_all_periods_of_a_shorter_one(tradition, start, before, after):
    end = start + timedelta(20)
    inner = observances(tradition, start, end)
    outer = observances(tradition, start - timedelta(before), end + timedelta(after))
    assert set(inner) == {p for p in outer if p.starts <= end and p.ends >= start}
    assert list(outer) == sorted(outer, key=lambda p: (p.starts, p.ends, p.term))
    assert len(outer) == len({(p.term, p.starts) for p in outer})


@pytest.mark.parametrize("tradition", TRADITIONS)
@given(day=st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_day_is_answered_or_refused(tradition, day):
    with suppress(CalendarUnknown):
        assert all(p.starts <= day <= p.ends for p in observances(tradition, day, day))


@pytest.mark.parametrize("tradition", TRADITIONS)
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)], ids=str)
def test_days_that_no_calendar_reaches_are_refused_in_one_sentence(tradition, day):
    with pytest.raises(CalendarUnknown) as refused:
        observances(tradition, day, day)
    assert "outside" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_comes_every_week_is_known_by_its_term():
    weekly = {p.term for tradition in TRADITIONS for p in observances(tradition, date(2026, 3, 1), date(2026, 3, 31)) if p.weekly}
    assert weekly == set(WEEKLY)
