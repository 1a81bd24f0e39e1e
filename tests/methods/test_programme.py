"""The first programme: whole days, nothing on top of anything else, and what the observances ask for."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.methods.programme import ORDER, Needs, PlannedDay, plan_days, stages

MONDAY = date(2027, 2, 1)
THURSDAY = date(2027, 2, 4)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def items(day: PlannedDay) -> list[str]:
    return [f"{clock(slot.start)}-{clock(slot.end)} {slot.what}" for slot in day.slots]


def sessions(days: tuple[PlannedDay, ...]) -> list[str]:
    return [slot.stage or "" for day in days for slot in day.slots if slot.kind == "session"]


def test_an_ordinary_first_day_has_three_sessions_and_an_evening() -> None:
    assert items(plan_days(MONDAY, 3, ["north"], Needs())[0]) == [
        "08:30-09:00 opening",
        "09:00-10:30 session",
        "10:30-11:00 break",
        "11:00-12:30 session",
        "12:30-14:00 lunch",
        "14:00-15:30 session",
        "17:45-18:15 debrief",
        "19:00-20:15 dinner",
        "20:30-22:00 evening-together",
    ]


def test_the_last_day_closes_with_transfer_and_parting() -> None:
    assert items(plan_days(MONDAY, 3, [], Needs())[2])[-4:] == [
        "15:45-16:45 transfer-slot",
        "17:45-18:15 debrief",
        "19:00-20:15 dinner",
        "20:30-21:30 parting",
    ]


def test_the_sides_host_the_evenings_in_turn_and_the_third_party_where_nobody_does() -> None:
    def hosts(named: list[str]) -> list[str | None]:
        return [slot.host for day in plan_days(MONDAY, 4, named, Needs()) for slot in day.slots if slot.what == "evening-together"]

    assert hosts(["north", "south"]) == ["north", "south", "north"]
    assert hosts([]) == ["third party"] * 3


def test_days_without_a_start_have_no_date() -> None:
    assert [day.day for day in plan_days(None, 2, [], Needs())] == [None, None]
    assert [day.day for day in plan_days(MONDAY, 2, [], Needs())] == [MONDAY, MONDAY + timedelta(days=1)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, ""), (1, "n"), (2, "nh"), (3, "njh"), (4, "nnjh"), (5, "nnjch"), (10, "nnnnnjjcoh"), (-1, "")],
)
def test_about_half_of_the_sessions_are_for_needs_and_the_last_for_carrying_home(count: int, expected: str) -> None:
    letters = dict(zip(ORDER, "njcoh", strict=True))
    assert "".join(letters[stage] for stage in stages(count)) == expected


def test_the_friday_prayer_is_kept_free_and_lunch_waits() -> None:
    day = plan_days(THURSDAY, 3, [], Needs(muslim=True, friday_prayer=frozenset({2}), sunset=18 * 60))[1]
    assert items(day)[4:7] == ["12:30-14:00 friday-prayer", "14:00-14:45 lunch", "14:45-16:15 session"]


def test_on_a_day_of_fasting_there_is_no_lunch_and_the_meal_is_at_sunset() -> None:
    day = plan_days(MONDAY, 3, [], Needs(muslim=True, fasting=frozenset({1, 2, 3}), sunset=18 * 60 + 7))[1]
    assert items(day) == [
        "08:30-09:00 looking-back",
        "09:00-10:30 session",
        "10:30-11:00 quiet-break",
        "11:00-12:30 session",
        "12:30-14:00 quiet-midday",
        "14:00-15:30 session",
        "18:07-19:37 meal-at-sunset",
        "19:37-20:07 debrief",
        "20:07-21:37 evening-together",
    ]


def test_sunday_worship_comes_before_the_first_session() -> None:
    assert items(plan_days(MONDAY, 2, [], Needs(sunday=frozenset({1})))[0])[0] == "07:15-08:15 sunday-worship"


def test_no_work_is_planned_on_the_day_of_shabbat_and_none_after_its_eve_begins() -> None:
    thursday, friday, saturday, sunday = plan_days(THURSDAY, 4, [], Needs(shabbat=frozenset({2, 3}), sunset=18 * 60))
    assert [len(sessions((day,))) for day in (thursday, friday, saturday, sunday)] == [3, 2, 0, 3]
    assert items(saturday) == ["12:30-14:00 lunch", "19:00-20:15 dinner", "20:15-21:15 quiet-evening"]
    assert items(friday)[-1] == "20:15-21:15 quiet-evening"
    assert sessions((thursday, friday, saturday, sunday))[-1] == "carrying-home"


def test_without_a_date_the_second_of_two_days_of_shabbat_is_the_day_of_rest() -> None:
    days = plan_days(None, 4, [], Needs(shabbat=frozenset({2, 3})))
    assert [len(sessions((day,))) for day in days] == [3, 2, 0, 3]


def test_a_meal_at_a_late_sunset_ends_by_midnight_and_the_evening_gives_way() -> None:
    day = plan_days(MONDAY, 3, [], Needs(fasting=frozenset({1}), sunset=23 * 60))[0]
    assert items(day)[-1] == "23:00-24:00 meal-at-sunset"
    assert "evening-together" not in {slot.what for slot in day.slots}


def test_a_sunset_after_midnight_is_not_taken_for_one_of_this_evening() -> None:
    day = plan_days(MONDAY, 3, [], Needs(muslim=True, fasting=frozenset({1}), sunset=20))[0]
    assert "19:00-20:15 dinner" in items(day)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[tuple[PlannedDay, ...], int, Needs]:
    days = draw(st.integers(1, 10))
    numbers = st.frozensets(st.integers(1, days))
    needs = Needs(
        muslim=draw(st.booleans()),
        friday_prayer=draw(numbers),
        fasting=draw(numbers),
        shabbat=draw(numbers),
        sunday=draw(numbers),
        sunset=draw(st.none() | st.integers(0, 24 * 60 - 1)),
    )
    starts = draw(st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    return plan_days(starts, days, draw(st.lists(st.sampled_from(["north", "south"]))), needs), days, needs


@given(programmes())
@settings(max_examples=400)
def test_nothing_overlaps_and_every_day_ends_by_midnight(planned: tuple[tuple[PlannedDay, ...], int, Needs]) -> None:
    for day in planned[0]:
        assert all(0 <= slot.start < slot.end <= 24 * 60 for slot in day.slots)
        assert all(one.end <= other.start for one, other in pairwise(day.slots))


@given(programmes())
def test_the_stages_never_go_back_and_every_session_has_one(planned: tuple[tuple[PlannedDay, ...], int, Needs]) -> None:
    found = sessions(planned[0])
    assert tuple(found) == stages(len(found))
    assert [ORDER.index(stage) for stage in found] == sorted(ORDER.index(stage) for stage in found)


@given(programmes())
def test_every_friday_prayer_has_its_hour_and_nobody_eats_before_a_fast_ends(planned: tuple[tuple[PlannedDay, ...], int, Needs]) -> None:
    days, _, needs = planned
    for day in days:
        if day.number in needs.friday_prayer:
            assert "12:30-14:00 friday-prayer" in items(day)
        if day.number in needs.fasting:
            assert "lunch" not in {slot.what for slot in day.slots}
            if needs.sunset is not None and needs.sunset >= 6 * 60:
                assert min(slot.start for slot in day.slots if slot.kind == "meal") >= needs.sunset


@given(programmes())
def test_every_day_has_an_evening_meal(planned: tuple[tuple[PlannedDay, ...], int, Needs]) -> None:
    for day in planned[0]:
        assert len([slot for slot in day.slots if slot.what in ("dinner", "meal-at-sunset")]) == 1
