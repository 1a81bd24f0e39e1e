"""Who sees what: rooms, drop boxes, cards and invitations, removals, and keys that somebody planted."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import recording as r
from tests.recording import NOW, TODAY, Machine, said, sentences, word
from tests.storing import Database
from tracktwo.record.keeping import Introduction, Leaving, MemberIntroduced, MemberRemoved
from tracktwo.record.keyring import BODY, EPOCH, PIN, SLOT, WRAP, pins_row
from tracktwo.record.membership import (
    NotASteward,
    _as_box,
    invite,
    issue_card,
    new_epoch,
    only_one_holder,
    open_room,
    rekey,
    rekey_what_is_due,
    remove,
    rotate,
)
from tracktwo.record.merge import merge
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom, Record
from tracktwo.record.roster import Reader
from tracktwo.record.store import KeyRow
from tracktwo.vault.identity import Identity, new_identity, open_by_invitation, slot_from
from tracktwo.vault.rooms import wrap_for


@pytest.fixture
def team() -> Machine:
    return r.machine()


def words_in_every_room(record: Record) -> None:
    record.append([word(room.upper(), room) for room in (*r.ROOMS, "sealed", "ballots", "surveys")])


# Rooms


def test_each_person_sees_the_rooms_of_the_role_and_no_other(database: Database) -> None:
    team = r.machine(database.store())
    convenor = team.record()
    people = {
        "north": team.record(r.card(convenor, "north"), os.urandom(16)),
        "south": team.record(r.card(convenor, "south"), os.urandom(16)),
        "colleague": r.colleague(convenor),
    }
    words_in_every_room(team.record())
    everything = {"TEAM", "PLENARY", "CAUCUS:NORTH", "CAUCUS:SOUTH", "SEALED", "BALLOTS", "SURVEYS"}
    assert said(team.record()) == said(people["colleague"]) == everything
    assert said(people["north"]) == {"PLENARY", "CAUCUS:NORTH"}
    assert said(people["south"]) == {"PLENARY", "CAUCUS:SOUTH"}
    assert [sentences(record) for record in (team.record(), *people.values())] == [()] * 4
    assert people["north"].read().hidden
    assert not team.record().read().hidden
    team.store.close()


def test_a_participant_puts_something_into_a_drop_box_rereads_his_own_and_nobody_elses(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    south = team.record(r.card(team.record(), "south"), os.urandom(16))
    north.append([word("RED LINE", "sealed"), word("BALLOT", "ballots")])
    south.append([word("OTHER LINE", "sealed")])
    assert said(north) == {"RED LINE", "BALLOT"}
    assert said(south) == {"OTHER LINE"}
    assert said(team.record()) == {"RED LINE", "BALLOT", "OTHER LINE"}
    assert all(told.attested for told in team.record().read().told)
    again = Record(team.store, team.keeper.read(), north.identity, team.initiative, north.replica)
    assert said(again) == {"RED LINE", "BALLOT"}


def test_who_has_no_key_of_a_room_can_neither_write_there_nor_learn_whether_it_is_there(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    sentence = "there is no room '{}' here to which your keys belong"
    for name in ("team", "caucus:south", "caucus:nowhere"):
        with pytest.raises(NoSuchRoom) as caught:
            north.append([word("HELLO", name)])
        assert str(caught.value) == sentence.format(name)


def test_who_came_later_reads_back_only_where_that_was_wanted(team: Machine) -> None:
    team.record().append([word("BEFORE")])
    with_history = team.record(r.card(team.record(), "north"), os.urandom(16))
    without = team.record(r.card(team.record(), "south", history=False), os.urandom(16))
    team.record().append([word("AFTER")])
    assert said(with_history) == {"BEFORE", "AFTER"}
    assert said(without) == {"AFTER"}
    assert sentences(without) == sentences(with_history) == ()
    old = next(told for told in with_history.read().told if r._text(told.entry) == "BEFORE")
    assert not old.attested  # from the record alone: its author did not vouch for it to somebody who came later


def test_only_a_steward_lets_people_in_and_out_and_each_by_the_right_words(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    for act in (
        lambda: rotate(north, ["plenary"], TODAY),
        lambda: issue_card(north, "Friend", "participant", "north", TODAY),
        lambda: remove(north, team.identity.member.hex(), TODAY),
        lambda: invite(north, "Friend", "facilitator", TODAY, NOW, ["plenary"]),
    ):
        with pytest.raises(
            (NotASteward, NoSuchRoom), match=r"^only who convenes or facilitates may change who is in the room '|^there is no room 'team'"
        ):
            act()
    with pytest.raises(ValueError, match=r"^a participant is let in by a card, not by an invitation$"):
        invite(team.record(), "X", "participant", TODAY, NOW)
    with pytest.raises(ValueError, match=r"^a convenor is let in by an invitation, not by a card$"):
        issue_card(team.record(), "X", "convenor", None, TODAY)
    with pytest.raises(NoSuchRoom):
        issue_card(team.record(), "X", "logistics", None, TODAY)
    with pytest.raises(ValueError, match=r"^a card needs the secret file of the machine on which it will be used$"):
        issue_card(Record(team.store, None, team.identity, team.initiative, team.replica), "X", "participant", "north", TODAY)
    assert said(team.record()) == set()
    assert sentences(team.record()) == ()


def test_a_refused_change_leaves_no_trace(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    before = (team.store.keys(team.initiative), list(team.store.entries(team.initiative)))
    with pytest.raises(NotASteward):
        rotate(north, ["plenary"], TODAY)
    assert (team.store.keys(team.initiative), list(team.store.entries(team.initiative))) == before


def test_a_caucus_can_be_opened_later(team: Machine) -> None:
    open_room(team.record(), "caucus:east", TODAY)
    east = team.record(r.card(team.record(), "east"), os.urandom(16))
    east.append([word("EAST", "caucus:east"), word("BOX", "sealed")])
    assert said(team.record()) == {"EAST", "BOX"}
    with pytest.raises(ValueError, match=r"^there is a room 'caucus:east' already$"):
        open_room(team.record(), "caucus:east", TODAY)


def test_a_room_that_only_one_steward_can_open_is_named(team: Machine) -> None:
    assert only_one_holder(team.record()) == tuple(sorted((*r.ROOMS, "sealed", "ballots", "surveys")))
    r.colleague(team.record())
    assert only_one_holder(team.record()) == ()


# Invitations


def test_an_invitation_opens_once_and_then_nothing(team: Machine) -> None:
    admitted = invite(team.record(), "Colleague", "facilitator", TODAY, NOW + timedelta(hours=72))
    slot = next(slot_from(row.value) for row in team.store.keys(team.initiative, SLOT) if row.value)
    guest = open_by_invitation(slot, admitted.words, NOW)
    taken = r.accept(team.record(guest, os.urandom(16)), TODAY)
    team.record().append([word("AFTER", "team")])
    assert said(taken) == {"AFTER"}
    assert [row.value for row in team.store.keys(team.initiative, SLOT)] == [None]
    with_the_token = team.record(guest, os.urandom(16))
    assert said(with_the_token) == set()
    assert with_the_token.keyring.rooms == {}
    assert taken.identity.member == guest.member
    assert taken.identity.root != guest.root


def test_an_invitation_that_was_used_on_one_laptop_is_used_on_the_other_after_a_merge(team: Machine) -> None:
    invite(team.record(), "Colleague", "facilitator", TODAY, NOW + timedelta(hours=72))
    other = r.another_laptop(team)
    team.store.put_keys(team.initiative, [KeyRow(SLOT, row.id, None) for row in team.store.keys(team.initiative, SLOT)])
    assert all(row.value for row in other.store.keys(team.initiative, SLOT))
    merge(other.record(), team.bundle())
    assert [row.value for row in other.store.keys(team.initiative, SLOT)] == [None]


# Removal


def everything_that_opens(team: Machine, member: Identity, old_keys: tuple[KeyRow, ...]) -> set[str]:
    """What somebody reads with the database of today, every key that there ever was in it before, the secret, and his own root."""
    store = r.in_memory()
    store.merge(team.initiative, team.store.entries(team.initiative), team.store.keys(team.initiative))
    present = {(row.kind, row.id) for row in team.store.keys(team.initiative) if row.value is not None}
    store.put_keys(team.initiative, [row for row in old_keys if (row.kind, row.id) not in present and row.value is not None])
    return said(Record(store, team.keeper.read(), member, team.initiative, bytes(16)))


def test_nothing_written_after_a_removal_opens_with_every_old_key_and_the_new_database(database: Database) -> None:
    team = r.machine(database.store())
    former = r.colleague(team.record())
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    words_in_every_room(team.record())
    old = team.store.keys(team.initiative)
    assert "TEAM" in said(former)  # the control
    rekeyed = remove(team.record(), former.me, TODAY)
    assert set(rekeyed) == {*r.ROOMS, "sealed", "ballots", "surveys"}
    team.record().append([word(f"NEW {room}", room) for room in (*r.ROOMS, "sealed")])
    north.reload()
    north.append([word("NEW LINE", "sealed"), word("NEW NORTH", "caucus:north")])
    assert not {text for text in everything_that_opens(team, former.identity, old) if "NEW" in text}
    assert "TEAM" in everything_that_opens(team, former.identity, old)  # un-reading what he read is not promised
    assert said(team.record()) >= {"NEW LINE", "NEW NORTH", "NEW team", "NEW sealed"}
    assert "NEW plenary" in said(north)
    assert sentences(team.record()) == sentences(north) == ()
    kept = [row for row in team.store.keys(team.initiative, WRAP) if row.id[32:] == former.identity.member and row.value]
    assert kept == []
    team.store.close()


def test_nobody_writes_for_a_former_reader_with_a_record_that_was_opened_before(team: Machine) -> None:
    north, south = r.card(team.record(), "north"), r.card(team.record(), "south")
    open_since_morning = team.record(south, os.urandom(16))
    remove(team.record(), north.member.hex(), TODAY)
    open_since_morning.append([word("LATER")])
    assert "LATER" in said(team.record())
    assert "LATER" not in said(team.record(north, os.urandom(16)))


def test_somebody_is_let_out_of_one_room_and_stays_in_the_others(team: Machine) -> None:
    north = r.card(team.record(), "north")
    assert remove(team.record(), north.member.hex(), TODAY, ["caucus:north"]) == ("caucus:north",)
    team.record().append([word("PLENARY"), word("CAUCUS", "caucus:north")])
    assert said(team.record(north, os.urandom(16))) == {"PLENARY"}
    assert rekey_what_is_due(team.record(), TODAY) == ()
    with pytest.raises(NoSuchRoom):
        team.record(north, os.urandom(16)).append([word("X", "caucus:north")])
    with pytest.raises(ValueError, match=r"^there is no member .* in these rooms$"):
        remove(team.record(), north.member.hex(), TODAY, ["caucus:north"])
    with pytest.raises(ValueError, match=r"^there is no member 00 in any room that is open to you$"):
        remove(team.record(), "00", TODAY)


def test_to_be_let_out_of_the_plenary_alone_is_not_to_be_let_out_of_all(team: Machine) -> None:
    north = r.card(team.record(), "north")
    remove(team.record(), north.member.hex(), TODAY, ["plenary"])
    assert rekey_what_is_due(team.record(), TODAY) == ()
    team.record().append([word("CAUCUS", "caucus:north")])
    assert said(team.record(north, os.urandom(16))) == {"CAUCUS"}


def test_a_room_into_which_the_remover_cannot_look_waits_for_a_new_key(team: Machine) -> None:
    convenor = team.record()
    colleague = r.colleague(convenor)
    north = r.card(convenor, "north")
    remove(convenor, colleague.me, TODAY, ["caucus:north"])  # from here on the colleague holds no key of it
    colleague.reload()
    remove(colleague, north.member.hex(), TODAY)
    with pytest.raises(MustBeRekeyed, match=r"^somebody left the room 'caucus:north'; a steward has to give it a new key before anybody writes$"):
        team.record().append([word("CAUCUS", "caucus:north")])
    assert rekey_what_is_due(team.record(), TODAY) == ("caucus:north",)
    team.record().append([word("CAUCUS", "caucus:north")])
    assert "CAUCUS" not in said(team.record(north, os.urandom(16)))


def test_nobody_but_a_steward_can_say_that_somebody_left(team: Machine) -> None:
    colleague = r.colleague(team.record())
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    north.append([MemberRemoved(room="plenary", on=TODAY, lamport=0, body=Leaving(member=colleague.me, rooms=()))])
    assert rekey_what_is_due(team.record(), TODAY) == ()
    assert team.record().room("team").head.roster.reader(colleague.me)


# Two laptops that changed a room at once


def two_laptops() -> tuple[Machine, Machine, Identity]:
    team = r.machine()
    north = r.card(team.record(), "north")
    colleague = r.colleague(team.record())
    return team, r.another_laptop(team, colleague.identity), north


def exchange(one: Machine, other: Machine) -> None:
    mine, theirs = one.bundle(), other.bundle()
    merge(one.record(), theirs)
    merge(other.record(), mine)


def test_a_room_that_two_people_changed_at_once_is_healed_and_the_removed_stay_removed() -> None:
    here, there, north = two_laptops()
    remove(here.record(), north.member.hex(), TODAY)
    east = r.card(there.record(), "north", name="Late")
    exchange(here, there)
    for machine in (here, there):
        with pytest.raises(MustBeRekeyed, match=r"two people changed who is in the room 'plenary'"):
            machine.record().append([word("TOO EARLY")])
        with pytest.raises(MustBeRekeyed):
            machine.record().append([word("TOO EARLY", "sealed")])
    assert "plenary" in rekey_what_is_due(here.record(), TODAY)
    exchange(here, there)
    assert rekey_what_is_due(there.record(), TODAY) == ()
    there.record().append([word("HEALED"), word("BOXED", "sealed")])
    exchange(here, there)
    for machine in (here, there):
        members = {reader.member for reader in machine.record().room("plenary").head.roster.readers}
        assert members == {here.identity.member.hex(), there.identity.member.hex(), east.member.hex()}
        assert sentences(machine.record()) == ()
        assert "HEALED" in said(machine.record())
        assert "HEALED" not in said(machine.record(north, os.urandom(16)))
    assert said(there.record(east, os.urandom(16))) >= {"HEALED"}


def test_two_who_heal_at_once_come_to_one_room_in_the_end() -> None:
    here, there, north = two_laptops()
    remove(here.record(), north.member.hex(), TODAY)
    rotate(there.record(), ["plenary"], TODAY)
    exchange(here, there)
    for _ in range(3):
        rekey_what_is_due(here.record(), TODAY)
        rekey_what_is_due(there.record(), TODAY)
        exchange(here, there)
        rekey_what_is_due(here.record(), TODAY)
        exchange(here, there)
    assert here.record().room("plenary").head.key.id == there.record().room("plenary").head.key.id
    assert north.member.hex() not in {reader.member for reader in here.record().room("plenary").head.roster.readers}
    assert sentences(here.record()) == sentences(there.record()) == ()


# Planted keys and readers


def plant(team: Machine, *rows: KeyRow) -> None:
    team.store.put_keys(team.initiative, rows)


def stooge() -> tuple[Identity, Reader]:
    identity = new_identity()
    return identity, Reader(member=identity.member.hex(), role="facilitator", key=identity.pair.public.hex())


def planted_by(team: Machine, maker: Identity, room: str = "plenary", *, number: int | None = None) -> tuple[Identity, list[KeyRow]]:
    """An epoch after the present one, made by somebody who held the key before, with a reader of his own."""
    mine = team.record(maker, bytes(16)).room(room)
    friend, reader = stooge()
    roster = mine.head.roster.model_copy(update={"readers": (*mine.head.roster.readers, reader)})
    return friend, new_epoch(maker, team.initiative, mine.id, roster, (mine.head,))[1]


def test_a_key_that_no_earlier_key_vouches_for_is_refused(team: Machine) -> None:
    team.record().append([word("TRUE")])
    room = team.record().room("plenary")
    attacker, reader = stooge()
    roster = room.head.roster.model_copy(update={"readers": (*room.head.roster.readers, reader)})
    made, rows = new_epoch(attacker, team.initiative, room.id, roster, (replace_key(room.head),))
    plant(team, *rows)
    found = sentences(team.record())
    assert len(found) == 1
    assert "a key of the room 'plenary' is not believed: " in found[0]
    assert team.record().room("plenary").head.key.id == room.head.key.id != made.key.id
    team.record().append([word("STILL TRUE")])
    assert said(team.record()) == {"TRUE", "STILL TRUE"}
    assert "STILL TRUE" not in said(team.record(attacker, bytes(16)))


def replace_key(opened):  # type: ignore[no-untyped-def]
    """An epoch as it stands, with a key that somebody else made up."""
    return replace(opened, key=replace(opened.key, secret=os.urandom(32)))


def test_a_key_that_a_participant_makes_is_refused(team: Machine) -> None:
    north, south = r.card(team.record(), "north"), r.card(team.record(), "south")
    friend, rows = planted_by(team, north)
    plant(team, *rows)
    for who in (team.identity, south):
        record = team.record(who, os.urandom(16))
        assert [one for one in sentences(record) if "plenary" in one]
        assert record.room("plenary").head.roster.reader(friend.member.hex()) is None


def test_a_former_facilitators_epoch_brings_nobody_in_and_puts_nobody_out(team: Machine) -> None:
    former, south = r.colleague(team.record()), r.card(team.record(), "south")
    former.reload()
    old = {name: former.room(name) for name in ("plenary", "sealed")}
    friend, reader = stooge()
    remove(team.record(), former.me, TODAY)
    box_roster = old["sealed"].head.roster.model_copy(update={"readers": (reader,)})
    box, box_rows = new_epoch(former.identity, team.initiative, old["sealed"].id, box_roster, (old["sealed"].head,))
    mine = old["plenary"].head.roster
    stays = tuple(one for one in mine.readers if one.member == south.member.hex())
    his = mine.model_copy(update={"readers": (*stays, reader), "boxes": (_as_box(old["sealed"].id, box), *mine.boxes[1:])})
    plant(team, *box_rows, *new_epoch(former.identity, team.initiative, old["plenary"].id, his, (old["plenary"].head,))[1])
    with pytest.raises(MustBeRekeyed):  # nobody puts anything into a box that he made
        team.record(south, os.urandom(16)).append([word("RED LINE", "sealed")])
    assert any("is not believed" in sentence for sentence in sentences(team.record()))
    healed = team.record()
    rotate(healed, ["plenary"], TODAY)
    readers = {one.member for one in team.record().room("plenary").head.roster.readers}
    assert team.identity.member.hex() in readers
    assert friend.member.hex() not in readers
    assert former.me not in readers


def test_an_epoch_that_a_former_facilitator_made_for_all_of_us_is_healed_without_whom_he_let_in(team: Machine) -> None:
    former = r.colleague(team.record())
    room = former.room("plenary")
    friend, reader = stooge()
    remove(team.record(), former.me, TODAY)
    roster = room.head.roster.model_copy(update={"readers": (*room.head.roster.readers, reader)})
    plant(team, *new_epoch(former.identity, team.initiative, room.id, roster, (room.head,))[1])
    with pytest.raises(MustBeRekeyed):
        team.record().append([word("TOO EARLY")])
    assert rekey_what_is_due(team.record(), TODAY)
    team.record().append([word("HEALED")])
    assert {one.member for one in team.record().room("plenary").head.roster.readers} == {team.identity.member.hex()}
    assert "HEALED" not in said(team.record(friend, bytes(16))) | said(team.record(former.identity, bytes(16)))


def test_a_roster_that_was_changed_afterwards_is_refused(team: Machine) -> None:
    team.record().append([word("TRUE")])
    room = team.record().room("plenary")
    _, reader = stooge()
    roster = room.head.roster.model_copy(update={"readers": (*room.head.roster.readers, reader)})
    changed = replace(room.head.epoch, roster=room.head.key.seal_roster(roster.model_dump_json().encode()))
    plant(team, KeyRow(EPOCH, room.id + room.head.key.id, changed.to_bytes()))
    assert any("the list of who is in the room was changed after it was first opened" in sentence for sentence in sentences(team.record()))
    with pytest.raises(NoSuchRoom):
        team.record().append([word("NOT TO THE STRANGER")])


def test_wraps_that_were_swapped_between_members_or_rooms_are_refused(team: Machine) -> None:
    north, south = r.card(team.record(), "north"), r.card(team.record(), "south")
    room = team.record().room("plenary")
    name = room.id + room.head.key.id
    mine, theirs = (team.store.key(team.initiative, WRAP, name + who.member) for who in (north, south))
    plant(team, KeyRow(WRAP, name + north.member, theirs), KeyRow(WRAP, name + south.member, mine))
    for who in (north, south):
        assert any("is not believed" in sentence for sentence in sentences(team.record(who, os.urandom(16))))
    assert sentences(team.record()) == ()


def test_pins_that_were_changed_or_taken_out_are_missed(team: Machine) -> None:
    north = r.card(team.record(), "north")
    attacker = new_identity()
    forged = pins_row(attacker, team.initiative, {attacker.member.hex(): attacker.pair.public})
    plant(team, KeyRow(PIN, north.member, forged.value))
    record = team.record(north, os.urandom(16))
    assert "the list of whom you trust from the start was changed; nothing in it is believed" in sentences(record)
    assert record.keyring.rooms == {}
    team.store.drop_keys(team.initiative, [(PIN, team.identity.member)])
    assert any(
        "the list of whom you trust from the start is gone" in sentence or "is not believed" in sentence for sentence in sentences(team.record())
    )


def test_a_public_key_that_was_swapped_for_another_gets_nothing(team: Machine) -> None:
    """Whoever swaps a key must do it in the roster, which is sealed and vouched for; a wrap for a stranger's key opens for nobody."""
    north = r.card(team.record(), "north")
    room = team.record().room("plenary")
    attacker = new_identity()
    readers = tuple(
        one.model_copy(update={"key": attacker.pair.public.hex()}) if one.member == north.member.hex() else one for one in room.head.roster.readers
    )
    roster = room.head.roster.model_copy(update={"readers": readers})
    rows = new_epoch(attacker, team.initiative, room.id, roster, (room.head,))[1]
    plant(team, *rows)
    team.record().append([word("SECRET")])
    assert "SECRET" not in said(team.record(Identity(north.member, attacker.root), bytes(16)))
    assert any("is not believed" in sentence for sentence in sentences(team.record()))


def test_a_key_that_was_held_and_is_gone_is_missed(team: Machine) -> None:
    record = team.record()
    room = record.room("caucus:north")
    team.store.drop_keys(team.initiative, [(WRAP, room.id + room.head.key.id + team.identity.member)])
    (sentence,) = sentences(team.record())
    assert sentence.endswith("that you have held is gone from the keyring, or was changed")
    plant(team, KeyRow(EPOCH, bytes(32), b"nonsense"))
    assert any("cannot be read" in sentence for sentence in sentences(team.record()))


def test_an_epoch_with_a_number_that_is_not_the_next_is_refused(team: Machine) -> None:
    room = team.record().room("plenary")
    colleague = r.colleague(team.record())
    head = team.record().room("plenary").head
    opened, rows = new_epoch(colleague.identity, team.initiative, room.id, head.roster, (head,))
    far = replace(opened.epoch, number=9999)
    plant(team, *rows[1:], KeyRow(EPOCH, room.id + opened.key.id, far.to_bytes()))
    assert any("is not believed" in sentence for sentence in sentences(team.record()))
    assert team.record().room("plenary").head.epoch.number < 100


def test_a_reader_who_was_given_a_key_without_standing_in_the_roster_does_not_take_it(team: Machine) -> None:
    colleague = r.colleague(team.record())
    head = colleague.room("plenary").head
    without = head.roster.model_copy(update={"readers": tuple(one for one in head.roster.readers if one.member != team.identity.member.hex())})
    opened, rows = new_epoch(colleague.identity, team.initiative, colleague.room("plenary").id, without, (head,))
    wrap = wrap_for(colleague.identity, opened.key, team.identity.member, team.identity.pair.public, opened.statement)
    plant(team, *rows, KeyRow(WRAP, rows[0].id + team.identity.member, wrap))
    assert any("you are not among those in the room" in sentence for sentence in sentences(team.record()))


def test_who_introduces_somebody_says_it_in_the_teams_room_alone(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north", name="OKAPI"), os.urandom(16))
    names = [entry.body.name for entry in team.record().read().entries if isinstance(entry, MemberIntroduced)]
    assert "OKAPI" in names  # the control
    assert not [entry for entry in north.read().entries if isinstance(entry, MemberIntroduced)]
    assert isinstance(Introduction(member="0" * 16, name="x", role="convenor"), Introduction)


def test_nothing_in_a_keyring_is_ever_a_traceback(team: Machine) -> None:
    r.card(team.record(), "north")
    rows = team.store.keys(team.initiative)
    for row in rows:
        for value in (b"", b"\0", b"\xff" * 40, (row.value or b"")[:-1], (row.value or b"") + b"\0"):
            plant(team, KeyRow(row.kind, row.id, value))
            team.record().read()
        plant(team, row)
    assert sentences(team.record()) == ()
    assert {row.kind for row in rows} >= {EPOCH, WRAP, BODY, SLOT, PIN}


def test_rekeying_nothing_changes_nothing(team: Machine) -> None:
    before = team.store.keys(team.initiative)
    assert rekey(team.record(), lambda room: room.head.roster.readers, on=TODAY) == ()
    assert team.store.keys(team.initiative) == before
