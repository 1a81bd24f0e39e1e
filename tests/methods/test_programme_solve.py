"""The exact programme: no rule broken, nothing better to be found, and every conflict as small as it can be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.programming import MONDAY, clock, kept, short, spec_of
from tracktwo.methods.programme.check import violations
from tracktwo.methods.programme.conflict import crowded
from tracktwo.methods.programme.rules import grid_of
from tracktwo.methods.programme.solve import TooLarge, plan_programme
from tracktwo.model.schedule import STAGES, Schedule
from tracktwo.model.timetable import Timetable

ALL = ("A", "B", "C")


def people(**of: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"code": code, **of.get(code, {})} for code in ALL]


def starts(plan: Timetable) -> dict[str, str]:
    return {item.id: item.start for item in plan.items}


@st.composite
def small(draw: st.DrawFn) -> Schedule:
    """Two or three sessions on one or two mornings in two rooms, with absences, order, fixed hours and a watched window."""
    hours = st.integers(18, 24).map(lambda half: clock(half * 30))
    days = [MONDAY, {**MONDAY, "date": "2027-02-02", "closes": "11:00"}][: draw(st.integers(1, 2))]
    names = [f"s-{n}" for n in range(draw(st.integers(2, 3)))]
    sessions = []
    for n, name in enumerate(names):
        session: dict[str, Any] = {
            "id": name,
            "minutes": draw(st.sampled_from([60, 90])),
            "attendees": draw(st.lists(st.sampled_from(ALL), max_size=2)),
        }
        session["demand"] = draw(st.sampled_from([0, 5, 14]))
        session["sensitive"] = draw(st.booleans())
        if n and draw(st.booleans()):
            session["after"] = [draw(st.sampled_from(names[:n]))]
        if draw(st.integers(0, 3)) == 0:
            session["pinned"] = {"at": draw(hours)}
        if draw(st.booleans()):
            session["stage"] = draw(st.sampled_from(STAGES[:2]))
        sessions.append(session)
    away = {code: {"away": [{"from": "09:00", "until": draw(hours), "days": [1]}]} for code in ALL if draw(st.booleans())}
    away = {code: value for code, value in away.items() if value["away"][0]["until"] > "09:00"}
    return spec_of(
        days=days, sessions=sessions, people=people(**away), pause=draw(st.sampled_from([0, 30])),
        rooms=[{"id": "hall", "seats": 10}, {"id": "attic", "seats": 4, "place": "attic"}], walks=[{"from": "house", "to": "attic", "minutes": 45}],
        watched=[{"from": "09:00", "until": "10:00", "rooms": ["hall"]}],
    )  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(small(), st.booleans())
def test_no_rule_is_broken_and_nothing_better_exists_by_trying_everything(spec: Schedule, monitored: bool) -> None:
    plan = plan_programme(spec, monitored=monitored, explain=False, seconds=20)
    good = kept(spec, monitored=monitored)
    assert plan.status == ("optimal" if good else "infeasible")
    assert violations(spec, plan) == () if good else plan.items == ()
    if good:
        assert short(spec, plan) == min(short(spec, other) for other in good)
        assert [level.value for level in plan.objective if level.what == "seats short"] in ([], [short(spec, plan)])


@st.composite
def large(draw: st.DrawFn) -> Schedule:
    """A few days with meals, prayers, interpreters, hours in other zones, rest and security: too many to try, so that only rules are read."""
    zone = draw(st.sampled_from(["Europe/Zurich", "Asia/Kathmandu", "America/St_Johns"]))
    days = [{"date": f"2027-03-{27 + n}", "zone": zone, "opens": "08:30", "closes": "21:00", "kind": "work"} for n in range(3)]
    days[1]["kind"] = draw(st.sampled_from(["work", "rest", "travel"]))
    group = [{"code": f"N-{n}", "side": "north", "languages": ["ar"]} for n in range(3)]
    group += [{"code": f"S-{n}", "side": "south", "languages": ["fr"], "max_minutes": draw(st.sampled_from([240, 400]))} for n in range(3)]
    group += [{"code": f"I-{n}", "role": "interpreter", "languages": ["ar", "fr"], "max_minutes": 200} for n in range(3)]
    group.append({"code": "E-1", "role": "expert", "zone": "America/New_York", "hours": {"from": "06:00", "until": "12:00"}})
    sessions: list[dict[str, Any]] = [
        {"id": f"s-{n}", "minutes": draw(st.sampled_from([60, 75, 90])), "stage": STAGES[n], "sensitive": n % 2 == 0,
         "needs": [{"languages": ["ar", "fr"], "count": draw(st.integers(1, 2))}]}
        for n in range(draw(st.integers(2, 5)))
    ]  # fmt: skip
    sessions.append({"id": "talk", "minutes": 60, "speakers": ["E-1"], "attendees": ["side:south"]})
    sessions.append({"id": "north", "kind": "caucus", "minutes": 60, "attendees": ["side:north"], "together": ["south"]})
    sessions.append({"id": "south", "kind": "caucus", "minutes": 60, "attendees": ["side:south"]})
    prayer = draw(st.integers(24, 28)) * 30
    return spec_of(
        days=days, people=group, sessions=sessions, step=15, transfer_minutes=60,
        rooms=[{"id": "hall", "seats": 12, "watched": True}, {"id": "mill", "seats": 6, "place": "mill"}, {"id": "loft", "seats": 12}],
        walks=[{"from": "house", "to": "mill", "minutes": 20}],
        daily=[{"id": "lunch", "minutes": 60, "from": "11:30", "until": "14:30"}],
        observances=[
            {"what": "Prayer", "people": ["side:north"], "minutes": 15, "from": clock(prayer), "until": clock(prayer + 90)},
            {"what": "Rest", "people": ["S-0"], "days": [1], "from": "16:00", "keeps_from": "work"},
        ],
        security=[{"days": [3], "from": "09:00", "until": draw(st.sampled_from(["10:00", "12:00"]))}],
    )  # fmt: skip


@settings(max_examples=6, deadline=None)
@given(large(), st.booleans())
def test_no_programme_ever_breaks_a_hard_rule(spec: Schedule, monitored: bool) -> None:
    plan = plan_programme(spec, monitored=monitored, explain=False, seconds=20)
    assert plan.status in ("optimal", "infeasible")
    if plan.items:
        assert violations(spec, plan) == ()


WHOLE = {
    "people": people(A={"away": [{"from": "12:00", "until": "13:00"}]}),
    "rooms": [{"id": "hall", "seats": 10, "closed": [{"from": "12:30", "until": "13:00"}]}, {"id": "attic", "seats": 1}],
    "sessions": [
        {"id": "first", "minutes": 60, "stage": "needs-and-fears"},
        {"id": "second", "minutes": 60, "stage": "joint-thinking", "after": ["first"], "attendees": ["A", "B"]},
        {"id": "third", "minutes": 30, "kind": "breakout", "attendees": ["C"], "rooms": ["attic"], "pinned": {"at": "12:00"}, "sensitive": True},
    ],
    "observances": [{"what": "Kept", "people": ["B"], "from": "12:00", "until": "13:00"}],
    "security": [{"from": "09:00", "until": "09:30", "rooms": ["hall"]}],
    "watched": [{"from": "09:00", "until": "10:00"}],
}


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("first", {"start": "12:00", "end": "13:00"}, "away"),
        ("first", {"start": "08:30", "end": "09:30"}, "hours"),
        ("first", {"start": "09:00", "end": "10:00"}, "security"),
        ("first", {"start": "12:00", "end": "13:00"}, "closed"),
        ("first", {"start": "12:00", "end": "13:00"}, "order"),
        ("first", {"start": "12:00", "end": "13:00"}, "after"),
        ("first", {"start": "09:30", "end": "10:15"}, "length"),
        ("first", {"room": "attic"}, "seats"),
        ("first", {"room": None}, "room"),
        ("first", {"who": ("A",)}, "who"),
        ("first", {"date": "2027-02-02"}, "day"),
        ("second", {"start": "12:00", "end": "13:00"}, "kept"),
        ("second", {"start": "10:30", "end": "11:30"}, "pause"),
        ("second", {"start": "10:00", "end": "11:00"}, "two-places"),
        ("second", {"start": "10:00", "end": "11:00"}, "room-twice"),
        ("third", {"start": "11:00", "end": "11:30"}, "pinned"),
        ("third", {"start": "09:00", "end": "09:30"}, "watched"),
        ("third", {"room": "hall"}, "rooms"),
    ],
)  # fmt: skip
def test_the_second_reading_sees_what_is_wrong(name: str, change: dict[str, Any], code: str) -> None:
    spec = spec_of(**WHOLE)
    plan = plan_programme(spec, monitored=True)
    assert violations(spec, plan) == ()
    items = tuple(type(item).model_validate(item.model_dump() | change) if item.id == name else item for item in plan.items)
    if code in ("two-places", "room-twice", "pause"):
        items = tuple(item.model_copy(update={"start": "09:30", "end": "10:30"}) if item.id == "first" else item for item in items)
    assert code in {found.code for found in violations(spec, plan.model_copy(update={"items": items}))}


def test_what_is_missing_or_served_by_nobody_is_seen_too() -> None:
    spec = spec_of(
        people=[*people(), {"code": "I", "role": "interpreter", "languages": ["ar", "fr"], "max_minutes": 60}],
        sessions=[{"id": "talk", "minutes": 60, "needs": [{"languages": ["ar", "fr"]}]}],
        daily=[{"id": "tea", "kind": "break", "minutes": 30}],
    )
    plan = plan_programme(spec)
    assert violations(spec, plan) == ()
    assert {found.code for found in violations(spec, plan.model_copy(update={"items": plan.items[:1]}))} == {"missing"}
    unserved = tuple(item.model_copy(update={"serving": ()}) for item in plan.items)
    assert {found.code for found in violations(spec, plan.model_copy(update={"items": unserved}))} == {"staff"}


def test_a_session_never_begins_in_an_hour_that_the_clock_leaves_out_or_has_twice() -> None:
    for date, twice in (("2027-03-28", "02:00"), ("2027-10-31", "02:00")):
        night = {"date": date, "zone": "Europe/Zurich", "opens": "01:00", "closes": "05:00"}
        plan = plan_programme(spec_of(days=[night], people=people(), sessions=[{"id": f"s-{n}", "minutes": 30} for n in range(2)], pause=0))
        assert plan.status == "optimal"
        assert not [item for item in plan.items if twice <= item.start < "03:00"]


def test_the_hours_of_whoever_joins_from_elsewhere_are_theirs() -> None:
    far = {"code": "E", "role": "expert", "zone": "America/New_York", "hours": {"from": "06:00", "until": "07:00"}}
    spec = spec_of(people=[far], sessions=[{"id": "talk", "minutes": 60, "attendees": [], "speakers": ["E"]}])
    assert starts(plan_programme(spec)) == {"talk": "12:00"}


def test_the_monitored_variant_takes_what_is_sensitive_elsewhere() -> None:
    spec = spec_of(
        people=people(),
        rooms=[{"id": "hall", "seats": 10, "watched": True}, {"id": "loft", "seats": 5}],
        sessions=[{"id": "open", "minutes": 60}, {"id": "fears", "minutes": 60, "sensitive": True, "after": ["open"]}],
    )
    assert {item.room for item in plan_programme(spec, monitored=True).items if item.sensitive} == {"loft"}
    plain = plan_programme(spec)
    in_hall = [item.id for item in plain.items if item.room == "hall" and item.sensitive]
    assert [clash.items for clash in plain.clashes if clash.code == "watched"] == [(name,) for name in in_hall]


def test_a_round_has_a_transfer_slot_after_everything_with_a_stage() -> None:
    spec = spec_of(people=people(), transfer_minutes=30, sessions=[{"id": "fears", "minutes": 60, "stage": "needs-and-fears"}])
    plan = plan_programme(spec)
    assert [(item.id, item.kind) for item in plan.items] == [("fears", "plenary"), ("transfer", "transfer")]
    without = [item for item in plan.items if item.kind != "transfer"]
    assert "transfer" in {found.code for found in violations(spec, plan.model_copy(update={"items": without}))}


def impossible() -> Schedule:
    return spec_of(
        people=people(B={"away": [{"from": "00:00", "until": "12:00"}]}),
        sessions=[
            {"id": "one", "minutes": 60, "attendees": ["A", "B"]},
            {"id": "two", "minutes": 60, "attendees": ["A"], "after": ["one"]},
            {"id": "free", "minutes": 30, "attendees": ["C"]},
        ],
    )  # fmt: skip


def test_an_impossible_day_names_the_smallest_conflicting_set_and_the_least_that_each_rule_must_give() -> None:
    plan = plan_programme(impossible())
    assert (plan.status, plan.items, plan.reproducible) == ("infeasible", (), True)
    (conflict,) = plan.conflicts
    assert conflict.smallest
    assert {(rule.code, rule.subject): rule.relaxation for rule in conflict.rules} == {
        ("placed", ("one",)): "leave 'one' out",
        ("placed", ("two",)): "leave 'two' out",
        ("hours", ("1",)): "open day 1 from 09:00 to 14:30",
        ("away", ("B",)): "give 60 minutes of it to 'one'",
        ("after", ("two", "one")): "let 'two' begin 150 minutes before 'one' has ended",
    }
    assert not any("free" in rule.sentence for rule in conflict.rules)


@pytest.mark.parametrize("gone", ["away", "after", "two", "one", "longer"])
def test_without_any_one_of_the_rules_there_is_a_programme(gone: str) -> None:
    spec = impossible()
    sessions, crowd, days = list(spec.sessions), list(spec.people), list(spec.days)
    if gone == "away":
        crowd = [person.model_copy(update={"away": ()}) for person in crowd]
    elif gone == "longer":
        days = [days[0].model_copy(update={"closes": 14 * 60 + 30})]
    else:
        sessions = [session.model_copy(update={"after": ()}) for session in sessions if session.id != gone]
    left = spec.model_copy(update={"sessions": tuple(sessions), "people": tuple(crowd), "days": tuple(days)})
    plan = plan_programme(left)
    assert plan.status == "optimal"
    assert violations(left, plan) == ()


def test_after_a_change_as_little_as_can_be_moves_and_each_move_says_why() -> None:
    sessions = [{"id": f"s-{n}", "minutes": 60, "attendees": [ALL[n]]} for n in range(3)]
    first = plan_programme(spec_of(people=people(), sessions=sessions, pause=0))
    moving = next(item for item in first.items if item.start == "09:00")
    code = moving.who[0]
    ill = people(**{code: {"away": [{"from": "09:00", "until": "12:00", "why": "ill"}]}})
    spec = spec_of(people=ill, sessions=sessions, pause=0)
    plan = plan_programme(spec, before=first)
    assert [move.id for move in plan.moved] == [moving.id]
    assert plan.moved[0].why == f"{code} is away (ill) every day from 09:00 to 12:00"
    assert {item.id: item.sequence for item in plan.items} == {item.id: int(item.id == moving.id) for item in first.items}
    assert (plan.objective[0].what, plan.objective[0].value, plan.objective[0].proven) == ("moved items", 1, True)
    assert plan_programme(spec, before=plan).moved == ()


def test_what_is_new_and_what_is_gone_is_told() -> None:
    one, two = ({"id": name, "minutes": 60} for name in ("one", "two"))
    first = plan_programme(spec_of(people=people(), sessions=[one]))
    plan = plan_programme(spec_of(people=people(), sessions=[two]), before=first)
    assert [(move.id, move.why) for move in plan.moved] == [("one", "is no longer in the SPEC"), ("two", "is new")]


def test_the_same_spec_and_seed_give_the_same_programme() -> None:
    spec = spec_of(people=people(), sessions=[{"id": f"s-{n}", "minutes": 30, "attendees": [ALL[n % 3]], "demand": 12} for n in range(5)])
    assert plan_programme(spec, seed=3) == plan_programme(spec, seed=3)
    assert plan_programme(spec, seed=3).reproducible


def test_a_spec_that_would_not_fit_is_refused_before_it_is_built() -> None:
    days = [{"date": f"2027-{1 + n // 28:02d}-{1 + n % 28:02d}", "zone": "UTC"} for n in range(60)]
    spec = spec_of(days=days, step=5, sessions=[{"id": f"s-{n}", "attendees": []} for n in range(60)])
    with pytest.raises(TooLarge, match="take a larger step"):
        plan_programme(spec)


def test_needs_that_hundreds_could_meet_are_refused_before_they_are_built() -> None:
    crowd = [{"code": f"P-{n}"} for n in range(300)]
    spec = spec_of(people=crowd, sessions=[{"id": f"s-{n}", "attendees": [], "needs": [{"role": "participant"}]} for n in range(20)])
    with pytest.raises(TooLarge, match="name those who attend"):
        plan_programme(spec)


def test_more_items_than_rooms_can_hold_are_counted_where_a_search_over_rules_takes_long() -> None:
    sessions = [{"id": f"s-{n}", "minutes": 60, "kind": "breakout", "attendees": []} for n in range(30)]
    rooms = [{"id": f"r-{n}", "seats": 10} for n in range(4)]
    (conflict,) = crowded(grid_of(spec_of(sessions=sessions, rooms=rooms)))
    assert [rule.code for rule in conflict.rules] == ["capacity", "hours"]
    assert conflict.rules[0].sentence == "30 items of at least 60 minutes need a room, and 4 rooms hold at most 16 in these hours"
    assert not conflict.smallest
    assert crowded(grid_of(spec_of(sessions=sessions[:16], rooms=rooms))) == []
