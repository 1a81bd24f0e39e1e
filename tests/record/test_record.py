"""An open record: what is appended is read, in its order and by its author, and whatever does not verify is told with its place."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date, timedelta
from typing import Any

import pytest

from tests import recording as r
from tests.recording import TODAY, Machine, said, sentences, word
from tests.storing import Database
from tracktwo.record import entries as kinds
from tracktwo.record.entry import Unknown
from tracktwo.record.keyring import BODY
from tracktwo.record.merge import merge
from tracktwo.record.record import Record, remark_on_clock
from tracktwo.vault.body import seal_body
from tracktwo.vault.header import SealedEntry, header_bytes
from tracktwo.vault.identity import Identity


@pytest.fixture
def team() -> Machine:
    return r.machine()


def test_entries_come_back_with_author_and_clock_and_amount_to_the_initiative(database: Database) -> None:
    team = r.machine(database.store())
    record = team.record()
    ids = record.append([r.opening(), word("ONE", "team"), word("TWO", "team")])
    reading = team.record().read()
    assert [entry.id for entry in reading.entries if entry.id in ids] == list(ids)
    assert {entry.author for entry in reading.entries} == {record.me}
    clocks = [told.entry.lamport for told in reading.told if told.entry.room == "team"]
    assert clocks == sorted(set(clocks))
    initiative = reading.initiative()
    assert [issue.name for issue in initiative.issues] == ["ONE", "TWO"]
    assert (initiative.opening.title, initiative.hidden, reading.problems) == ("Two banks, one river", False, ())
    team.store.close()


def test_a_reader_without_every_key_sees_that_something_is_hidden_and_not_what(team: Machine) -> None:
    team.record().append([r.opening(), word("SECRET", "team")])
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    reading = north.read()
    assert reading.hidden
    assert reading.initiative().hidden
    assert "SECRET" not in repr(reading) + repr(north.__dict__)
    assert "SECRET" in repr(team.record().read())  # the control


def test_the_same_request_twice_makes_one_entry_with_one_id(team: Machine) -> None:
    record, idem = team.record(), os.urandom(16)
    first = record.append([word("ONCE")], [idem])
    again = team.record().append([word("ONCE")], [idem])
    assert first == again
    assert sum(told.entry.id == first[0] for told in record.read().told) == 1
    with pytest.raises(ValueError, match=r"^there should be one idempotency key for each entry$"):
        record.append([word("A"), word("B")], [idem])


def test_entries_for_several_rooms_are_there_all_or_none(team: Machine) -> None:
    north = team.record(r.card(team.record(), "north"), os.urandom(16))
    with pytest.raises(ValueError, match="there is no room 'team'"):
        north.append([word("ONE", "plenary"), word("TWO", "team")])
    assert said(north) == said(team.record()) == set()


def test_a_clock_goes_on_from_what_was_read_on_another_copy(team: Machine) -> None:
    other = r.another_laptop(team)
    team.record().append([word(str(number)) for number in range(5)])
    merge(other.record(), team.bundle())
    last = max(told.entry.lamport for told in team.record().read().told if told.entry.room == "plenary")
    other.record().append([word("LATER")])
    assert next(told.entry.lamport for told in other.record().read().told if r._text(told.entry) == "LATER") == last + 1


def test_nothing_but_the_header_stands_in_clear(team: Machine) -> None:
    record = team.record()
    record.append([r.person("ZEBRA", "A-01"), word("OKAPI")])
    assert said(record) == {"ZEBRA", "OKAPI"}  # the control
    for sealed in team.store.entries(team.initiative):
        for clear in (b"ZEBRA", b"OKAPI", record.me.encode(), b"plenary", b"IssueRaised", b"2026"):
            assert clear not in b"".join(part for part in sealed if isinstance(part, bytes))
    assert len({len(sealed.body or b"") for sealed in team.store.entries(team.initiative)}) <= 2


def test_no_header_tells_which_entries_share_a_key(team: Machine) -> None:
    team.record().append([word(str(number)) for number in range(20)])
    shown = [sealed.key_id for sealed in team.store.entries(team.initiative)]
    assert len(set(shown)) == len(shown)
    bodies = team.store.keys(team.initiative, BODY)
    assert len(bodies) < len(shown)  # and yet they share one


# Body keys


def labels(record: Record) -> set[tuple[str, ...]]:
    return {key.label for room in record.keyring.rooms for _, key in record.keyring.body_keys(room)}


def test_keys_are_by_author_and_by_person_and_by_part_of_a_session(team: Machine) -> None:
    record = team.record()
    before = labels(record)
    record.append([word("ONE"), word("TWO"), word("ABOUT", about="A-01"), r.person("Amal", "A-01")])
    record.append([r.note("N1"), r.note("N2"), r.note("N3", part="Fears"), r.note("N4", speaker="A-01")])
    me = record.me
    assert labels(team.record()) - before == {
        ("author", me, "A-01"),
        ("notes", me, "First session", "Needs", ""),
        ("notes", me, "First session", "Fears", ""),
        ("notes", me, "First session", "Needs", "A-01"),
    } | ({("author", me, "")} - before)


def test_in_a_drop_box_every_entry_has_a_key_of_its_own(team: Machine) -> None:
    before = len(team.store.keys(team.initiative, BODY))
    team.record().append([word(str(number), "ballots") for number in range(4)])
    assert len(team.store.keys(team.initiative, BODY)) == before + 4


# Authors


def forge(machine: Machine, writer: Identity, claimed: str, text: str, room: str = "plenary", epoch: int | None = None) -> SealedEntry:
    """What a member with the room's key and a free hand can write in another member's name, as the next entry of a copy of his own."""
    record = machine.record(writer, os.urandom(16))
    open_room = record.room(room)
    head = next(one for one in open_room.epochs.values() if (epoch is None and one is open_room.head) or one.epoch.number == epoch)
    entry = word(text, room).model_copy(update={"author": claimed, "lamport": 50})
    name, key = next((name, key) for name, key in record.keyring.body_keys(open_room.id) if key.epoch == head.key.id)
    header = header_bytes(
        machine.initiative, open_room.id, record.replica, 1, head.epoch.number, head.key.veiled(name, record.replica, 1), bytes(32), bytes(16)
    )
    tags = [record._tag_key(bytes.fromhex(reader.key)) for reader in head.roster.readers]
    body = seal_body(key.key, header, entry.stored(), tags)
    shown = head.key.veiled(name, record.replica, 1)
    digest = hashlib.sha256(body).digest()
    return SealedEntry(machine.initiative, open_room.id, record.replica, 1, head.epoch.number, shown, bytes(32), bytes(16), digest, body)


def test_what_a_member_writes_in_anothers_name_is_refused_by_everybody_and_named(team: Machine) -> None:
    north, south = r.card(team.record(), "north"), r.card(team.record(), "south")
    team.record().append([word("TRUE")])
    honest = forge(team, north, north.member.hex(), "MINE")
    team.store.merge(team.initiative, [honest])
    assert said(team.record()) == {"TRUE", "MINE"}  # the control: the same bytes in his own name are believed
    team.store.merge(team.initiative, [forge(team, north, team.identity.member.hex(), "FORGED")])
    for who in (team.identity, south):
        record = team.record(who, os.urandom(16))
        assert "FORGED" not in said(record)
        (sentence,) = sentences(record)
        assert sentence.startswith("entry 1 of the copy '")
        assert sentence.endswith("in the room 'plenary' is refused: its author did not vouch for it: somebody else wrote it in that name")


def test_who_came_later_has_it_from_the_record_alone_and_is_told_so(team: Machine) -> None:
    north = r.card(team.record(), "north")
    team.record().append([word("TRUE")])
    team.store.merge(team.initiative, [forge(team, north, team.identity.member.hex(), "FORGED")])
    late = team.record(r.card(team.record(), "south"), os.urandom(16))
    told = {r._text(one.entry): one.attested for one in late.read().told}
    assert told["TRUE"] is told["FORGED"] is False
    late.append([word("NEW")])
    assert {r._text(one.entry): one.attested for one in late.read().told}["NEW"] is True


def test_an_entry_that_says_it_belongs_to_another_room_is_refused(team: Machine) -> None:
    north = r.card(team.record(), "north")
    team.record().append([word("SEED", "caucus:north")])
    entry = forge(team, north, north.member.hex(), "HELLO", "caucus:north")
    record = team.record(north, entry.replica)
    room = record.room("caucus:north")
    name, key = next((name, key) for name, key in record.keyring.body_keys(room.id) if key.epoch == room.head.key.id)
    header = entry.header
    body = seal_body(key.key, header, word("HELLO", "plenary").model_copy(update={"author": record.me}).stored(), [])
    team.store.merge(team.initiative, [entry._replace(body=body, body_hash=hashlib.sha256(body).digest())])
    assert any(sentence.endswith("is refused: it says that it belongs to another room") for sentence in sentences(team.record()))
    assert name


# Versions


class _NewerVersion:
    """A later version of tracktwo, in which an issue has a second form."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def writes(self, record: Record, document: dict[str, Any]) -> str:
        """Append bytes that this version would not write."""
        stored = json.dumps(document).encode()
        with self._patch.context() as patch:
            patch.setattr(kinds.IssueRaised, "stored", lambda self: stored)
            return record.append([word("ANY")])[0]


def test_an_entry_of_a_newer_version_is_kept_told_and_carried_on_byte_by_byte(team: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    record = team.record()
    document = {"type": "MoonObserved", "version": 7, "room": "plenary", "author": record.me, "body": {"phase": "full"}}
    _NewerVersion(monkeypatch).writes(record, document)
    reading = team.record().read()
    (unknown,) = reading.unknown
    assert unknown.sentence == "an entry of the type 'MoonObserved' (version 7) was written by a newer version of tracktwo; it is kept, not shown"
    assert reading.problems == ()
    other = r.another_laptop(team)
    third = r.another_laptop(other)
    for copy in (other, third):
        assert list(copy.store.entries(team.initiative)) == list(team.store.entries(team.initiative))
        assert copy.record().read().unknown == reading.unknown
    assert isinstance(unknown, Unknown)


def test_an_entry_of_an_older_version_is_read_by_steps(team: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    record = team.record()
    old = json.loads(word("HEADLINE").model_copy(update={"author": record.me, "lamport": 9}).stored())
    old["version"], old["body"] = -1, {"headline": "HEADLINE"}
    with pytest.raises(ValueError, match="does not have the form of its version"):
        kinds.read_entry(json.dumps(old).encode())
    # Let the present form be the third: 1 had a headline, 2 a title.
    monkeypatch.setitem(kinds._VERSIONS, "IssueRaised", 3)
    monkeypatch.setitem(kinds.UPCASTERS, ("IssueRaised", 1), lambda one: one | {"version": 2, "body": {"title": one["body"]["headline"]}})
    monkeypatch.setitem(kinds.UPCASTERS, ("IssueRaised", 2), lambda one: one | {"version": 1, "body": {"name": one["body"]["title"]}})
    old["version"] = 1
    stored = json.dumps(old).encode()
    entry = kinds.read_entry(stored)
    assert isinstance(entry, kinds.IssueRaised)
    assert entry.body.name == "HEADLINE"
    assert entry.id == hashlib.sha256(stored).hexdigest()[:32]  # the id is that of what was first stored
    ident = _NewerVersion(monkeypatch).writes(record, old)
    assert "HEADLINE" in said(team.record())
    assert ident


@pytest.mark.parametrize(
    "stored", [b"", b"[]", b"null", b"{}", b'{"type": 1}', b"\xff", b"[" * 10_000, b'{"type":"Nothing","version":0,"room":"team"}']
)
def test_bytes_that_no_version_has_written_are_a_sentence(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r"the bytes are no entry|does not have the form of its version"):
        kinds.read_entry(stored)


# Head words and clocks


def test_head_words_are_equal_on_both_laptops_after_a_merge_and_differ_after_a_change(team: Machine) -> None:
    other = r.another_laptop(team)
    other.record().append([word("THERE")])
    team.record().append([word("HERE")])
    assert team.record().head_words("plenary") != other.record().head_words("plenary")
    mine = team.bundle()
    merge(team.record(), other.bundle())
    merge(other.record(), mine)
    told = team.record().head_words("plenary")
    assert told == other.record().head_words("plenary")
    assert len(told.split("-")) == 5
    assert told != team.record().head_words("team")
    team.record().append([word("ONE MORE")])
    assert team.record().head_words("plenary") != told


def test_a_clock_that_was_set_back_is_remarked_on_and_loses_nothing(team: Machine) -> None:
    record = team.record()
    record.append([word("TODAY")])
    earlier = TODAY - timedelta(days=400)
    record.append([word("BACK").model_copy(update={"on": earlier})])
    entries = team.record().read().entries
    remark = remark_on_clock(entries, earlier)
    assert remark == f"this computer's clock says {earlier}, and the record has entries of {TODAY}; set the clock. Nothing is lost by it"
    assert remark_on_clock(entries, TODAY) is None
    assert remark_on_clock([], date(1990, 1, 1)) is None
    order = [r._text(entry) for entry in sorted(entries, key=lambda entry: (entry.room, entry.lamport)) if r._text(entry)]
    assert order == ["TODAY", "BACK"]  # by the record's own clock, not by the computer's
    assert sentences(team.record()) == ()


def test_a_key_that_was_taken_out_without_a_record_of_it_is_missed(team: Machine) -> None:
    record = team.record()
    record.append([word("GONE", about="A-01"), word("KEPT")])
    room = record.room("plenary")
    name = next(name for name, key in record.keyring.body_keys(room.id) if key.label[-1] == "A-01")
    team.store.drop_keys(team.initiative, [(BODY, room.id + name)])
    (sentence,) = sentences(team.record())
    assert sentence.endswith("in the room 'plenary' has lost its words or their key, and nobody recorded destroying them")
    assert said(team.record()) == {"KEPT"}
