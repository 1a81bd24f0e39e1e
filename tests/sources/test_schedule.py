"""SPECs that people write wrongly: one sentence with the file, the line, the field and what would be right; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.sources.schedule import ScheduleError, parse_schedule, read_schedule

GOOD = """\
title: T
days: [{date: 2027-02-01, zone: Europe/Zurich}]
rooms: [{id: hall, seats: 9}]
people: [{code: N-01, side: north}]
sessions: [{id: one}]
"""

WRONG = {
    "empty": ("", "s.yaml is empty; a SPEC begins with 'title: …'"),
    "no fields": ("- a", "s.yaml is no list of fields"),
    "words": ("hello", "s.yaml is no list of fields"),
    "no title": (GOOD.replace("title: T\n", ""), "s.yaml line 1, title: is missing; every SPEC needs it"),
    "no days": (GOOD.replace("days:", "#"), "days is missing"),
    "nothing to place": (GOOD.replace("sessions:", "#"), "sessions is missing"),
    "unknown field": (GOOD + "sesions: []\n", "s.yaml line 6, sesions: is no field of a SPEC; did you mean 'sessions'?"),
    "unknown field within": (
        GOOD.replace("id: one", "id: one, minute: 5"),
        "line 5, sessions[1].minute: is no field of a SPEC; did you mean 'minutes'?",
    ),
    "wrong type": (GOOD.replace("[{id: one}]", "7"), "line 5, sessions: should be a list"),
    "huge number": (GOOD.replace("id: one", "id: one, minutes: 1e9"), "line 5, sessions[1].minutes: should be a whole number, not '1e9'"),
    "too long": (GOOD.replace("id: one", "id: one, minutes: 1000000000"), "sessions[1].minutes: should be at most 720"),
    "negative": (GOOD.replace("seats: 9", "seats: -1"), "line 3, rooms[1].seats: should be at least 1"),
    "no zone": (GOOD.replace("Europe/Zurich", "Mars/Base"), "line 2: days, zone: 'Mars/Base' is no time zone; write an IANA name"),
    "zone as path": (GOOD.replace("Europe/Zurich", "../../etc/passwd"), "is no time zone"),
    "zone of a person": (GOOD.replace("side: north", "zone: Nowhere"), "line 4: people 'N-01', zone: 'Nowhere' is no time zone"),
    "no such day": (GOOD.replace("2027-02-01", "2027-02-30"), "line 2, days[1].date"),
    "date as number": (GOOD.replace("2027-02-01", "1e9"), "line 2, days[1].date"),
    "days out of order": (GOOD.replace("days: [", "days: [{date: 2027-02-02, zone: UTC}, "), "2027-02-01 does not come after 2027-02-02"),
    "no time of day": (
        GOOD.replace("zone: Europe/Zurich", "zone: Europe/Zurich, opens: 25:00"),
        "days[1].opens: should be a time of day written HH:MM",
    ),
    "closes before it opens": (GOOD.replace("zone: Europe/Zurich", "zone: Europe/Zurich, opens: 12:00, closes: 9:00"), "closes before it opens"),
    "same id": (GOOD.replace("[{id: one}]", "[{id: one}, {id: one}]"), "line 5: 'one' stands twice among the sessions"),
    "same room": (GOOD.replace("seats: 9}", "seats: 9}, {id: hall, seats: 2}"), "line 3: 'hall' stands twice among the rooms"),
    "same code": (GOOD.replace("side: north}", "side: north}, {code: N-01}"), "'N-01' stands twice among the people"),
    "a name": (GOOD.replace("N-01", "'Ada Byron'"), "people[1].code"),
    "unknown session": (GOOD.replace("id: one", "id: one, after: [two]"), "line 5: sessions 'one', after: there is no 'two'; there are: one"),
    "unknown person": (GOOD.replace("id: one", "id: one, attendees: [N-09]"), "attendees: there is no 'N-09'; there are: N-01, all"),
    "unknown room": (GOOD.replace("id: one", "id: one, rooms: [attic]"), "rooms: there is no 'attic'; there are: hall"),
    "unknown day": (GOOD.replace("id: one", "id: one, days: [4]"), "line 5: there is no day 4; days are counted from 1 to 1"),
    "itself": (GOOD.replace("id: one", "id: one, after: [one]"), "sessions 'one' names itself"),
    "circle": (
        GOOD.replace("{id: one}", "{id: a, after: [c]}, {id: b, after: [a]}, {id: c, after: [b]}"),
        "wait for each other in a circle: a after c after b after a",
    ),
    "gap": (
        GOOD.replace("2027-02-01", "2027-03-28").replace("Zurich}", "Zurich, opens: 02:30}"),
        "02:30 on 2027-03-28 does not exist in Europe/Zurich",
    ),
    "overlap": (
        GOOD.replace("2027-02-01", "2027-10-31").replace("Zurich}", "Zurich, opens: 02:30}"),
        "02:30 on 2027-10-31 comes twice in Europe/Zurich",
    ),
    "window": (GOOD + "security: [{from: 10:00, until: 09:00}]\n", "line 6, security[1]: ends before it begins"),
    "tradition without a place": (
        GOOD + "observances: [{tradition: judaism}]\n",
        "line 6: observances: a tradition's hours are computed for a place",
    ),
    "anchor": (GOOD.replace("T\n", "&a T\n", 1), "line 1: YAML anchors and aliases (& and *) are not used in SPECs"),
    "not YAML": ("title: [", "this is not YAML"),
    "twice": (GOOD + "title: U\n", "line 6: 'title' stands twice"),
    "two documents": (GOOD + "---\n" + GOOD, "a file is one SPEC"),
    "control": ("title: \x00", "control character"),
    "budget without rate": (
        "title: T\narc: {first: 2027-01, last: 2028-01, rounds: 2, venues: [{name: A, cost: 1}], "
        "budget: {currency: EUR, costs: [{what: x, amount: 5, currency: USD}]}}",
        "has an amount in USD without a rate",
    ),
    "arc backwards": (
        "title: T\narc: {first: 2028-01, last: 2027-01, rounds: 2, venues: [{name: A, cost: 1}], budget: {currency: EUR}}",
        "line 2, arc: ends before it begins",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_in_one_sentence(name: str) -> None:
    text, told = WRONG[name]
    with pytest.raises(ScheduleError) as raised:
        parse_schedule(text, "s.yaml")
    assert any(told in problem for problem in raised.value.problems), raised.value.problems
    assert str(raised.value).startswith("s.yaml")
    assert "\n" not in str(raised.value)


def test_what_is_right_is_read_with_its_line() -> None:
    spec = parse_schedule(GOOD, "s.yaml")
    assert (spec.days[0].opens, spec.sessions[0].line, spec.people_of(("side:north",))) == (8 * 60, 5, {"N-01"})


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"\x89PNG\r\n\x1a\n", bytes(range(256)), b"a" * (2**20 + 1)], ids=["utf16", "png", "bytes", "large"]
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(content)
    with pytest.raises(ScheduleError, match=r"s\.yaml"):
        read_schedule(path)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(ScheduleError, match="does not exist"):
        read_schedule(tmp_path / "s.yaml")
    with pytest.raises(ScheduleError, match="is a folder"):
        read_schedule(tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_mangled_spec_ever_ends_in_anything_but_a_sentence(data: st.DataObject) -> None:
    words = GOOD.split(" ")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(words) - 1))
        words[place] = data.draw(
            st.sampled_from(["", "1e9", "-1", "[]", "{}", "null", "'", "0x1F", "99:99", "\t", "ا", "N-01", "{a: b}", "2027-13-45"])
        )
    told = ""
    try:
        parse_schedule(" ".join(words), "s.yaml")
    except ScheduleError as error:
        told = str(error)
    assert "\n" not in told
