"""Destroying words for good: what goes, what stays, and what happens when the machine stops half way."""

from __future__ import annotations

import os

import pytest

from tests import recording as r
from tests.recording import TODAY, Keeper, Machine, said, sentences, word
from tests.storing import Database
from tracktwo.record.care import Travel, TravelNoted
from tracktwo.record.destruction import NothingToDestroy, destroy_notes, destroy_travel_papers, erase_person, finish, obey
from tracktwo.record.dialects import StoreError
from tracktwo.record.keeping import Destruction, KeysDestroyed
from tracktwo.record.keyring import BODY
from tracktwo.record.merge import merge
from tracktwo.record.record import Record
from tracktwo.vault.primitives import CannotOpen


def filled(team: Machine) -> None:
    record = team.record()
    record.append([r.opening(), r.person("AMAL", "A-01"), r.person("BASIM", "A-02"), word("ABOUT AMAL", about="A-01"), word("KEPT")])
    record.append([r.note("AMAL SAID", speaker="A-01"), r.note("SOMEBODY SAID"), r.note("FEARS", part="Fears"), r.note("SECOND", session="Second")])


@pytest.fixture
def team() -> Machine:
    made = r.machine()
    filled(made)
    return made


EVERYTHING = {"AMAL", "BASIM", "ABOUT AMAL", "KEPT", "AMAL SAID", "SOMEBODY SAID", "FEARS", "SECOND"}


def test_a_persons_entries_go_whoever_wrote_them_and_the_rest_verifies(database: Database) -> None:
    team = r.machine(database.store())
    filled(team)
    colleague = r.colleague(team.record())
    colleague.append([word("COLLEAGUE ON AMAL", "team", about="A-01")])
    assert said(team.record()) == EVERYTHING | {"COLLEAGUE ON AMAL"}  # the control
    record = team.record()
    done = erase_person(record, team.keeper, "A-01", TODAY)
    assert (done.keys, done.entries, done.rooms, done.closed) == (4, 4, ("plenary", "team"), 0)
    with pytest.raises(StoreError, match=r"^something was destroyed since this record was opened, and the secret has changed with it: open the"):
        colleague.append([word("UNDER A MASTER THAT IS GONE")])
    for who in (record, team.record(), team.record(colleague.identity, colleague.replica)):
        assert said(who) == EVERYTHING - {"AMAL", "ABOUT AMAL", "AMAL SAID"}
        assert sentences(who) == ()
    assert len(team.keeper.read().masters) == 1
    assert [sealed.body for sealed in team.store.entries(team.initiative)].count(None) == 4
    record.append([word("AND ON")])
    assert "AND ON" in said(team.record())
    team.store.close()


def test_a_sessions_notes_go_in_one_act_that_stays_on_record(team: Machine) -> None:
    done = destroy_notes(team.record(), team.keeper, "First session", None, TODAY)
    assert (done.entries, done.rooms) == (3, ("plenary",))
    assert said(team.record()) == EVERYTHING - {"AMAL SAID", "SOMEBODY SAID", "FEARS"}
    (told,) = [entry for entry in team.record().read().entries if isinstance(entry, KeysDestroyed)]
    assert (told.body.what, told.body.session, told.body.part, len(told.body.keys)) == ("a session's notes", "First session", None, done.keys)
    assert sentences(team.record()) == ()


def travel(code: str, document: str) -> TravelNoted:
    return TravelNoted(on=TODAY, lamport=0, about=code, body=Travel(person=code, name="AMAL", document=document))


def test_travel_papers_go_and_who_was_invited_and_what_was_said_stays() -> None:
    team = r.machine(rooms=(*r.ROOMS, "logistics"))
    filled(team)
    team.record().append([travel("A-01", "PASSPORT 1"), travel("A-02", "PASSPORT 2")])
    before = [entry for entry in team.record().read().entries if isinstance(entry, TravelNoted)]
    assert [entry.body.document for entry in before] == ["PASSPORT 1", "PASSPORT 2"]  # the control
    done = destroy_travel_papers(team.record(), team.keeper, TODAY)
    assert (done.entries, done.rooms) == (2, ("logistics",))
    entries = team.record().read().entries
    assert not [entry for entry in entries if isinstance(entry, TravelNoted)]
    assert [entry.body.what for entry in entries if isinstance(entry, KeysDestroyed)] == ["travel papers"]
    assert said(team.record()) == EVERYTHING
    assert sentences(team.record()) == ()
    with pytest.raises(NothingToDestroy):
        destroy_travel_papers(team.record(), team.keeper, TODAY)


def test_one_part_of_a_session_can_go_alone(team: Machine) -> None:
    destroy_notes(team.record(), team.keeper, "First session", "Fears", TODAY)
    assert said(team.record()) == EVERYTHING - {"FEARS"}


def test_where_there_is_nothing_to_destroy_nothing_changes(team: Machine) -> None:
    before = (team.store.keys(team.initiative), list(team.store.entries(team.initiative)), team.keeper.read())
    for act in (
        lambda: erase_person(team.record(), team.keeper, "Z-99", TODAY),
        lambda: destroy_notes(team.record(), team.keeper, "No", None, TODAY),
    ):
        with pytest.raises(ValueError, match=r"^there is nothing of that kind that your keys open, so nothing was destroyed$"):
            act()
    with pytest.raises(ValueError, match=r"^nothing can be destroyed in a bundle: merge it into a record first$"):
        erase_person(Record(team.store, None, team.identity, team.initiative, team.replica), team.keeper, "A-01", TODAY)
    assert (team.store.keys(team.initiative), list(team.store.entries(team.initiative)), team.keeper.read()) == before


def test_what_stands_in_rooms_that_are_closed_to_whoever_erases_is_counted(team: Machine) -> None:
    north = r.card(team.record(), "north")
    north_record = team.record(north, os.urandom(16))
    north_record.append([word("OWN WORD ON A-02", "caucus:north", about="A-02")])
    done = erase_person(north_record, team.keeper, "A-02", TODAY)
    assert done.rooms == ("caucus:north",)
    assert done.closed >= 1
    assert "BASIM" in said(team.record())


def test_old_secrets_open_nothing_of_what_is_left_once_it_is_done(team: Machine) -> None:
    old = team.keeper.read()
    rows = {row.id: row.value for row in team.store.keys(team.initiative, BODY)}
    erase_person(team.record(), team.keeper, "A-01", TODAY)
    new = team.keeper.read()
    assert old.pepper == new.pepper
    for row in team.store.keys(team.initiative, BODY):
        if row.value is None:
            with pytest.raises(CannotOpen, match="no longer there"):  # from an old copy of the table
                new.unwrap(rows[row.id] or b"", row.id)
            assert old.unwrap(rows[row.id] or b"", row.id)  # the control: whoever kept the old secret file as well could
        elif row.id in rows:
            with pytest.raises(CannotOpen):
                old.unwrap(row.value, row.id)


class Stopped(Exception):
    """The machine lost its power."""


STEPS = ("before the new master", "after the new master", "within the transaction", "before the database lets go", "before the old master goes")


@pytest.mark.parametrize("step", STEPS)
def test_an_erasure_that_stops_between_two_steps_loses_nothing_and_is_finished_at_the_next_opening(
    database: Database, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    team = r.machine(database.store())
    filled(team)

    def stop(*_: object, **__: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        written: list[object] = []

        def write(secret: object) -> None:
            if (step == STEPS[0] and not written) or (step == STEPS[4] and written):
                raise Stopped
            written.append(secret)
            Keeper.write(team.keeper, secret)  # type: ignore[arg-type]

        patch.setattr(team.keeper, "write", write)
        if step == STEPS[1]:
            patch.setattr(team.store, "transaction", stop)
        if step == STEPS[2]:
            patch.setattr(team.store, "forget_bodies", stop)
        if step == STEPS[3]:
            patch.setattr(team.store, "settle", stop)
        with pytest.raises(Stopped):
            erase_person(team.record(), team.keeper, "A-01", TODAY)
    team.store.close()
    team.store = database.store()
    finish(team.store, team.keeper)
    done = step in STEPS[3:]
    assert said(team.record()) == (EVERYTHING - {"AMAL", "ABOUT AMAL", "AMAL SAID"} if done else EVERYTHING)
    assert sentences(team.record()) == ()
    assert len(team.keeper.read().masters) == 1
    if not done:
        erase_person(team.record(), team.keeper, "A-01", TODAY)
    assert said(team.record()) == EVERYTHING - {"AMAL", "ABOUT AMAL", "AMAL SAID"}
    assert sentences(team.record()) == ()
    team.store.close()


def test_nothing_is_finished_where_nothing_was_begun(team: Machine) -> None:
    before = team.keeper.written[:]
    finish(team.store, team.keeper)
    assert team.keeper.written == before


def test_a_destruction_reaches_the_other_laptop_with_the_next_merge(team: Machine) -> None:
    other = r.another_laptop(team)
    assert "AMAL" in said(other.record())
    erase_person(team.record(), team.keeper, "A-01", TODAY)
    joined = merge(other.record(), team.bundle())
    assert joined.emptied == 3
    assert said(other.record()) == EVERYTHING - {"AMAL", "ABOUT AMAL", "AMAL SAID"}
    assert sentences(other.record()) == ()
    assert obey(other.record()) == 0


def test_what_was_destroyed_does_not_come_back_with_an_older_bundle(team: Machine) -> None:
    older = team.bundle()
    erase_person(team.record(), team.keeper, "A-01", TODAY)
    merge(team.record(), older)
    assert said(team.record()) == EVERYTHING - {"AMAL", "ABOUT AMAL", "AMAL SAID"}
    assert sentences(team.record()) == ()


def test_a_participant_cannot_destroy_by_saying_that_it_was_destroyed(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    record = team.record()
    room = record.room("plenary")
    names = tuple(name.hex() for name, _ in record.keyring.body_keys(room.id))
    north.append([KeysDestroyed(room="plenary", on=TODAY, lamport=0, body=Destruction(keys=names, what="a person's entries"))])
    assert obey(team.record()) == 0
    assert said(team.record()) == EVERYTHING


def test_two_records_in_one_database_are_both_wrapped_anew(team: Machine) -> None:
    second = r.found(team.store, team.keeper.read(), os.urandom(16), r.ROOMS, name="Other", on=TODAY)
    second.append([word("OTHER RECORD")])
    erase_person(team.record(), team.keeper, "A-01", TODAY)
    again = Record(team.store, team.keeper.read(), second.identity, second.initiative, second.replica)
    assert said(again) == {"OTHER RECORD"}
    assert sentences(again) == ()
