"""From a brief to entries and back: nothing is lost, nothing depends on order."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.model.base import Stated
from tracktwo.model.brief import Brief, Party, Person, Side, Wish
from tracktwo.record.entries import (
    ENTRIES,
    ENTRY_TYPES,
    STATED,
    Entry,
    InitiativeOpened,
    Opening,
    PartyAdded,
    PersonInvited,
    Setting,
    SideDeclared,
    Tongues,
    WishStated,
    entries_of,
)
from tracktwo.record.initiative import Initiative, replay

GROUPED = {"opening": Opening, "setting": Setting, "tongues": Tongues}
OF_THE_RECORD = {"members", "conflicts", "dialogue", "screening", "hidden"}
"""Fields of the initiative that replay works out."""
NOT_OF_THE_INITIATIVE = {"format", "roster", "line"}
"""How the file was written, not what it says: the people of the roster are invited."""


def value_of(initiative: Initiative, field: str) -> object:
    for group, noun in GROUPED.items():
        if field in noun.model_fields:
            return getattr(getattr(initiative, group), field)
    return getattr(initiative, field)


def test_the_brief_of_these_tests_fills_every_field(full: Brief) -> None:
    assert {field for field in Brief.model_fields if getattr(full, field) in (None, (), Wish())} == set()


@pytest.mark.parametrize("field", sorted(set(Brief.model_fields) - NOT_OF_THE_INITIATIVE))
def test_what_a_brief_says_reaches_the_initiative(full: Brief, today: date, field: str) -> None:
    assert value_of(replay(entries_of(full, today)), field) == getattr(full, field)


def test_every_field_of_a_brief_has_one_place_in_the_initiative() -> None:
    grouped = [field for noun in GROUPED.values() for field in noun.model_fields]
    alone = [field.name for field in fields(Initiative) if field.name not in {*GROUPED, *OF_THE_RECORD}]
    assert sorted([*grouped, *alone]) == sorted(set(Brief.model_fields) - NOT_OF_THE_INITIATIVE)


def test_every_field_of_the_initiative_has_one_entry_type_and_every_type_can_be_read() -> None:
    assert sorted(entry.field for entry in STATED) == sorted({field.name for field in fields(Initiative)} - OF_THE_RECORD)
    for entry in ENTRY_TYPES:
        assert entry.model_fields["type"].default == entry.__name__


def test_a_brief_without_a_date_was_written_on_the_day_it_came_in(full: Brief, today: date) -> None:
    assert replay(entries_of(full.model_copy(update={"written": None}), today)).opening.written == today


def without_lines(entry: Entry) -> str:
    return entry.model_dump_json()


def test_entries_survive_json_but_for_the_lines_of_the_file(full: Brief, today: date) -> None:
    entries = entries_of(full, today)
    back = ENTRIES.validate_json(ENTRIES.dump_json(entries))
    assert [without_lines(entry) for entry in back] == [without_lines(entry) for entry in entries]
    assert [entry.id for entry in back] == [entry.id for entry in entries]
    assert [type(entry) for entry in back] == [type(entry) for entry in entries]
    assert all(entry.body.line is None for entry in back if isinstance(entry.body, Stated))


def test_an_entry_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValueError, match="FutureThing"):
        ENTRIES.validate_json(json.dumps([{"type": "FutureThing", "on": "2026-01-01", "lamport": 0, "body": {}}]))


def test_ids_are_32_digits_and_differ(full: Brief, today: date) -> None:
    ids = [entry.id for entry in entries_of(full, today)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[0-9a-f]{32}", entry_id) for entry_id in ids)


def test_an_id_changes_with_each_part_of_the_entry() -> None:
    entry = PartyAdded(on=date(2026, 1, 1), lamport=1, body=Party(name="A"))
    others = [
        entry.model_copy(update=change) for change in ({"on": date(2026, 1, 2)}, {"lamport": 2}, {"author": "somebody"}, {"body": Party(name="B")})
    ]
    assert len({entry.id, *(other.id for other in others)}) == 5
    assert entry.id == entry.model_copy(update={"body": Party(name="A", line=7)}).id


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_the_order_nor_copies_of_entries_change_the_initiative(full: Brief, today: date, data: st.DataObject) -> None:
    entries = entries_of(full, today)
    copies = data.draw(st.lists(st.sampled_from(entries), max_size=20))
    shuffled = data.draw(st.permutations([*entries, *copies]))
    assert replay(shuffled) == replay(entries)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_of_a_stored_copy_and_one_that_knows_its_line_the_line_is_kept(full: Brief, today: date, data: st.DataObject) -> None:
    entries = entries_of(full, today)
    stored = ENTRIES.validate_json(ENTRIES.dump_json(entries))
    initiative = replay(data.draw(st.permutations([*stored, *entries])))
    assert [party.line for party in initiative.parties] == [party.line for party in full.parties]


def opened(on: date, title: str = "T", lamport: int = 0) -> InitiativeOpened:
    return InitiativeOpened(on=on, lamport=lamport, body=Opening(title=title, challenge="friendship", written=on))


def test_a_record_that_nobody_opened_is_no_initiative() -> None:
    entry = PartyAdded(on=date(2026, 1, 1), lamport=1, body=Party(name="A"))
    for entries in ([], [entry]):
        with pytest.raises(ValueError, match=r"^the record holds no InitiativeOpened entry$"):
            replay(entries)


def test_the_later_of_two_values_holds_by_lamport_clock_then_by_day() -> None:
    first = date(2026, 1, 1)
    later = WishStated(on=first + timedelta(days=1), lamport=9, body=Wish(days=5))
    earlier = [WishStated(on=first, lamport=9, body=Wish(days=4)), WishStated(on=first + timedelta(days=9), lamport=8, body=Wish(days=3))]
    assert replay([later, opened(first), *earlier]).wish.days == 5
    assert replay([opened(first), *earlier]).wish.days == 4


def test_things_stand_in_the_order_in_which_they_were_entered() -> None:
    first = date(2026, 1, 1)
    entries = [PartyAdded(on=first - timedelta(days=day), lamport=day, body=Party(name=f"P{day}")) for day in range(4)]
    assert [party.name for party in replay([*reversed(entries), opened(first)]).parties] == ["P0", "P1", "P2", "P3"]


def test_a_person_who_comes_later_does_not_change_the_codes_of_others(full: Brief, today: date) -> None:
    entries = entries_of(full, today)
    late = PersonInvited(on=today + timedelta(days=30), lamport=900, body=Person(name="Late Guest", sides=("up",)))
    before = [(member.code, member.person.name) for member in replay(entries).members]
    after = [(member.code, member.person.name) for member in replay([late, *entries]).members]
    assert after == [*before, ("A-03", "Late Guest")]


def test_a_side_declared_later_does_not_change_the_letters_of_others(full: Brief, today: date) -> None:
    late = SideDeclared(on=today + timedelta(days=1), lamport=900, body=Side(id="east", name="East"))
    entries = entries_of(full, today)
    assert [member.code for member in replay([late, *entries]).members] == [member.code for member in replay(entries).members]
