"""Two copies become one again: by union, tried first, and nothing that does not verify comes in."""

from __future__ import annotations

import os

import pytest

from tests import recording as r
from tests.record.test_record import forge
from tests.recording import Machine, said, sentences, word
from tests.storing import Database
from tracktwo.record.bundle import Bundle
from tracktwo.record.keyring import PIN, SLOT, WRAP, pins_row, slot_row
from tracktwo.record.merge import NotMerged, merge
from tracktwo.record.store import KeyRow
from tracktwo.vault.identity import new_identity, recovery_slot


@pytest.fixture
def team() -> Machine:
    made = r.machine()
    made.record().append([r.opening(), word("BEGUN")])
    return made


def test_two_laptops_come_to_the_same_record(database: Database) -> None:
    team = r.machine(database.store())
    team.record().append([r.opening(), word("BEGUN")])
    other = r.another_laptop(team)
    team.record().append([word("HERE"), word("HERE TOO", "team")])
    other.record().append([word("THERE"), word("IN THE BOX", "sealed")])
    mine, theirs = team.bundle(), other.bundle()
    assert merge(team.record(), theirs).entries == 2
    assert merge(other.record(), mine).entries == 2
    assert said(team.record()) == said(other.record()) == {"BEGUN", "HERE", "HERE TOO", "THERE", "IN THE BOX"}
    assert team.record().read().initiative() == other.record().read().initiative()
    assert sentences(team.record()) == sentences(other.record()) == ()
    again = merge(team.record(), other.bundle())
    assert (again.entries, again.emptied, again.problems, again.renew) == (0, 0, (), False)
    team.store.close()


def test_a_bundle_of_another_initiative_is_refused(team: Machine) -> None:
    with pytest.raises(NotMerged, match=r"^the bundle is of another initiative, and two initiatives do not become one$"):
        merge(team.record(), r.machine().bundle())


def state(machine: Machine) -> object:
    return machine.store.keys(machine.initiative), list(machine.store.entries(machine.initiative)), machine.store.forks(machine.initiative)


def test_what_does_not_verify_changes_nothing_and_is_named(team: Machine) -> None:
    north = r.card(team.record(), "north")
    team.record()
    bundle = team.bundle()
    forged = forge(team, north, team.identity.member.hex(), "FORGED")
    gap = tuple(entry for entry in r.another_laptop(team).bundle().entries if entry.seq != 1)
    other = r.another_laptop(team)
    other.record().append([word("A"), word("B")])
    gap = tuple(entry for entry in other.bundle().entries if not (entry.replica == other.replica and entry.seq == 1))
    before = state(team)
    for entries, sentence in [((*bundle.entries, forged), "its author did not vouch for it"), (gap, "what stood between is missing")]:
        with pytest.raises(
            NotMerged, match=r"^the bundle does not verify, so nothing was merged: entry \d+ of the copy '[a-z-]+' in the room 'plenary' "
        ) as caught:
            merge(team.record(), Bundle(team.initiative, entries, bundle.keys))
        assert sentence in str(caught.value)
        assert state(team) == before


def test_a_bundle_writes_over_no_key_and_destroys_none(team: Machine) -> None:
    attacker = new_identity()
    rows = []
    for row in team.store.keys(team.initiative):
        rows.append(KeyRow(row.kind, row.id, None))
        rows.append(KeyRow(row.kind, row.id, b"\xff" * 200))
    forged = pins_row(attacker, team.initiative, {"0" * 16: attacker.pair.public})
    rows.append(KeyRow(PIN, team.identity.member, forged.value))
    before = state(team)
    for row in rows:
        merge(team.record(), Bundle(team.initiative, team.bundle().entries, (row,)))
        assert state(team) == before
    assert said(team.record()) == {"BEGUN"}


def test_a_bundle_cannot_burn_a_recovery_slot(team: Machine) -> None:
    code = r.with_recovery_code(team)
    (row,) = [row for row in team.store.keys(team.initiative, SLOT) if row.value]
    merge(team.record(), Bundle(team.initiative, (), (KeyRow(SLOT, row.id, None),)))
    assert r.by_recovery_code(team.bundle(), code) == team.identity


def test_a_slot_that_a_bundle_plants_opens_nothing_new(team: Machine) -> None:
    stranger = new_identity()
    code = r.new_secret_words(20)
    merge(team.record(), Bundle(team.initiative, (), (slot_row(recovery_slot(stranger, code)),)))
    assert said(team.record(stranger, os.urandom(16))) == set()
    assert team.record(stranger, os.urandom(16)).keyring.rooms == {}


def test_a_key_that_a_bundle_plants_is_told_and_not_merged(team: Machine) -> None:
    room = team.record().room("plenary")
    before = state(team)
    planted = KeyRow(WRAP, room.id + os.urandom(16) + team.identity.member, b"\1nonsense")
    with pytest.raises(NotMerged, match="is here without what belongs to it"):
        merge(team.record(), Bundle(team.initiative, (), (planted,)))
    assert state(team) == before


def test_one_copy_that_was_continued_twice_raises_an_alarm_and_loses_neither(team: Machine) -> None:
    clone = r.another_laptop(team)
    clone.replica = team.replica
    team.record().append([word("HERE")])
    clone.record().append([word("CLONE")])
    joined = merge(team.record(), clone.bundle())
    assert [problem.kind for problem in joined.problems] == ["fork"]
    assert joined.problems[0].sentence.endswith("contradicts the one that stands here: that copy of the record was continued twice")
    assert [fork.replica for fork in team.store.forks(team.initiative)] == [team.replica]
    assert said(team.record()) == {"BEGUN", "HERE"}
    merge(team.record(), clone.bundle())
    assert len(team.store.forks(team.initiative)) == 1


def test_a_copy_that_comes_back_with_entries_of_its_own_name_asks_for_a_new_name(team: Machine) -> None:
    older = r.another_laptop(team)
    older.replica = team.replica
    team.record().append([word("LATER")])
    joined = merge(older.record(), team.bundle())
    assert (joined.renew, joined.problems) == (True, ())
    assert "LATER" in said(older.record())
