"""The interchange file: the same content gives the same bytes, recipients get their rooms, and what is no bundle is one sentence."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from tests import recording as r
from tests.recording import Machine, said, word
from tracktwo.record.bundle import MAGIC, Bundle, NotABundle, bundle_from, keys_for_store, read_bundle
from tracktwo.record.keyring import BODY, EPOCH, PIN, SLOT, WRAP, slot_row
from tracktwo.record.merge import trial
from tracktwo.record.store import KeyRow
from tracktwo.vault.identity import open_by_passphrase, passphrase_slot, recovery_slot, slot_from
from tracktwo.vault.primitives import CannotOpen


@pytest.fixture
def team() -> Machine:
    made = r.machine()
    made.record().append([r.opening(), word("PLENARY"), word("TEAM", "team"), word("BOX", "sealed")])
    return made


def checked(body: bytes) -> bytes:
    return body + hashlib.sha256(body).digest()


def test_a_bundle_comes_back_as_it_was_written(team: Machine) -> None:
    r.card(team.record(), "north")
    bundle = team.bundle()
    data = bundle.to_bytes()
    assert bundle_from(data) == bundle
    assert bundle_from(data).to_bytes() == data
    shuffled = Bundle(bundle.initiative, bundle.entries[::-1], bundle.keys[::-1])
    assert shuffled.to_bytes() == data
    assert bundle.problems() == ()
    assert data.startswith(MAGIC + b"\0\1" + team.initiative)


def test_a_recovery_code_opens_the_whole_record(team: Machine) -> None:
    code = r.with_recovery_code(team)
    bundle = bundle_from(team.bundle().to_bytes())
    identity = r.by_recovery_code(bundle, code)
    assert identity == team.identity
    reading = trial(bundle.initiative, identity, [bundle])
    assert {r._text(entry) for entry in reading.entries} >= {"PLENARY", "TEAM", "BOX"}
    assert reading.problems == ()
    with pytest.raises(CannotOpen):
        r.by_recovery_code(bundle, "-".join(["babab"] * 10 + ["papum"]))


def test_a_passphrase_opens_a_bundle_and_its_slot_enters_no_database(team: Machine) -> None:
    slot = passphrase_slot(team.identity, "river lantern walnut bridge", None, r.CHEAP)
    bundle = bundle_from(team.bundle(slots=[slot]).to_bytes())
    assert slot_row(slot) in bundle.keys
    found = [slot_from(row.value) for row in bundle.keys if row.kind == SLOT and row.value]
    assert open_by_passphrase(found[0], "river lantern walnut bridge", None) == team.identity
    assert slot_row(slot) not in keys_for_store(bundle, team.keeper.read())


def test_recipients_get_the_rooms_that_are_theirs_and_nobody_elses_way_in(team: Machine) -> None:
    north = r.card(team.record(), "north")
    code = r.with_recovery_code(team)
    his = team.bundle([north.member], [recovery_slot(north, code)])
    assert {row.id[32:] for row in his.keys if row.kind == WRAP} == {north.member}
    assert {row.id for row in his.keys if row.kind == PIN} == {north.member}
    assert [slot_from(row.value).member for row in his.keys if row.kind == SLOT and row.value] == [north.member]
    # The epochs of all rooms, in which nothing is readable: so that an entry that was moved to no room at all is told from one of a closed room.
    assert {row.id[:16] for row in his.keys if row.kind == EPOCH} >= {entry.room for entry in his.entries}
    assert {r._text(entry) for entry in trial(team.initiative, north, [his]).entries} - {""} == {"PLENARY"}
    assert trial(team.initiative, team.identity, [his]).entries == ()


def test_body_keys_in_a_bundle_need_no_secret_file_and_in_a_database_they_do(team: Machine) -> None:
    other = r.another_laptop(team)
    assert said(other.record()) == said(team.record())
    assert other.keeper.read().pepper != team.keeper.read().pepper
    bodies = {row.id: row.value for row in team.bundle().keys if row.kind == BODY}
    assert not bodies.items() & {row.id: row.value for row in other.store.keys(team.initiative, BODY)}.items()


def test_what_remains_of_destroyed_keys_does_not_travel_and_that_an_invitation_was_used_does(team: Machine) -> None:
    r.colleague(team.record())
    r.erase_something(team)
    rows = team.store.keys(team.initiative)
    assert {row.kind for row in rows if row.value is None} >= {BODY, SLOT}  # the control
    assert {row.kind for row in team.bundle().keys if row.value is None} == {SLOT}


def sections(data: bytes) -> tuple[bytes, bytes]:
    length = struct.unpack_from(">Q", data, 31)[0]
    return data[39 : 39 + length], data[39 + length + 9 : -32]


def put_together(initiative: bytes, *parts: tuple[int, bytes], version: int = 1) -> bytes:
    return checked(MAGIC + struct.pack(">H", version) + initiative + b"".join(struct.pack(">BQ", kind, len(part)) + part for kind, part in parts))


def row(kind: int, name: bytes, value: bytes | None) -> bytes:
    held = value or b""
    return struct.pack(">BB", kind, len(name)) + name + struct.pack(">BI", value is not None, len(held)) + held


def refused(team: Machine) -> dict[str, tuple[bytes, str]]:
    """What is no bundle, and the sentence that says so."""
    good = team.bundle().to_bytes()
    entries, keys = sections(good)
    here, one = team.initiative, bytes(32)
    twice = Bundle(here, team.bundle().entries[:1] * 2, ()).to_bytes()
    return {
        "nothing": (b"", "is no bundle of tracktwo"),
        "a text": (b"tracktwo", "is no bundle of tracktwo"),
        "only the beginning": (MAGIC + b"\0\1", "is cut short"),
        "a newer version": (
            put_together(here, version=2),
            "was written by a newer version of tracktwo (bundle version 2; this one reads up to 1); update tracktwo",
        ),
        "version nought": (put_together(here, version=0), "has the bundle version 0, which never was"),
        "cut short": (good[:-1], "was changed or cut short after it was written: its checksum does not fit"),
        "cut long": (good + b"\0", "was changed or cut short after it was written: its checksum does not fit"),
        "no parts": (put_together(here), "does not have one part with entries and one with keys"),
        "one part": (put_together(here, (1, entries)), "does not have one part with entries and one with keys"),
        "parts in another order": (put_together(here, (2, keys), (1, entries)), "does not have one part with entries and one with keys"),
        "a third part": (put_together(here, (1, entries), (2, keys), (9, b"")), "does not have one part with entries and one with keys"),
        "a backup": (put_together(here, (3, keys)), "is a backup of keys, not a bundle; 'tracktwo record restore' reads the folder in which it lies"),
        "a part cut short": (checked(good[:-33]), "is cut short inside a part"),
        "a head cut short": (checked(MAGIC + b"\0\1" + here + b"\1\0"), "is cut short in the head of a part"),
        "an entry cut short": (put_together(here, (1, entries[:50]), (2, keys)), "is cut short in an entry"),
        "words cut short": (put_together(here, (1, entries[:-1]), (2, keys)), "is cut short in the words of an entry"),
        "an entry twice": (twice, "does not have its entries in order"),
        "a key cut short": (put_together(here, (1, entries), (2, keys[:-1])), "is cut short in a key"),
        "half a key": (put_together(here, (1, entries), (2, b"\1")), "is cut short in a key"),
        "a key twice": (put_together(here, (1, b""), (2, row(BODY, one, b"v") * 2)), "does not have its keys in order"),
        "an unknown kind": (put_together(here, (1, b""), (2, row(7, one, b"v"))), "holds a key of a kind that there is not"),
        "a master": (put_together(here, (1, b""), (2, row(6, b"", b"abcd"))), "holds a key of a kind that there is not"),
        "a short name": (put_together(here, (1, b""), (2, row(BODY, one[1:], b"v"))), "holds a key of a kind that there is not"),
        "a destroyed key": (put_together(here, (1, b""), (2, row(BODY, one, None))), "holds a key without its value"),
        "a slot elsewhere": (put_together(here, (1, b""), (2, row(SLOT, bytes(16), b"v"))), "holds a key slot under another name than its own"),
    }


def test_what_is_no_bundle_is_refused_in_one_sentence_that_begins_with_the_file(team: Machine, tmp_path: Path) -> None:
    for what, (data, sentence) in refused(team).items():
        with pytest.raises(NotABundle) as caught:
            bundle_from(data)
        assert str(caught.value) == sentence, what
        path = tmp_path / "initiative.t2"
        path.write_bytes(data)
        with pytest.raises(NotABundle) as caught:
            read_bundle(path)
        assert str(caught.value) == f"{path} {sentence}"


def test_a_file_that_cannot_be_read_is_one_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team: Machine) -> None:
    with pytest.raises(NotABundle, match=r"nothing\.t2 cannot be read: No such file or directory$"):
        read_bundle(tmp_path / "nothing.t2")
    with pytest.raises(NotABundle, match=r"cannot be read: Is a directory$"):
        read_bundle(tmp_path)
    path = tmp_path / "initiative.t2"
    path.write_bytes(team.bundle().to_bytes())
    assert read_bundle(path) == team.bundle()
    monkeypatch.setattr("tracktwo.record.bundle.LARGEST", 100)
    with pytest.raises(NotABundle, match=r"is larger than any bundle that is read \(0 MB\)$"):
        read_bundle(path)


def test_a_bundle_shows_without_a_key_where_a_chain_is_broken(team: Machine) -> None:
    bundle = team.bundle()
    longest = max({entry.room for entry in bundle.entries}, key=lambda room: sum(entry.room == room for entry in bundle.entries))
    chain = [entry for entry in bundle.entries if entry.room == longest]
    assert len(chain) >= 3
    without = Bundle(bundle.initiative, tuple(entry for entry in bundle.entries if entry != chain[1]), bundle.keys)
    (problem,) = without.problems()
    assert problem.kind == "gap"
    assert problem.sentence.endswith("does not follow entry 1: what stood between is missing")
    changed = Bundle(bundle.initiative, tuple(e._replace(body=b"x") if e == chain[1] else e for e in bundle.entries), bundle.keys)
    assert [one.kind for one in changed.problems()] == ["changed"]
    assert "has other bytes than those that were written" in changed.problems()[0].sentence


def test_rows_of_a_bundle_are_keys_of_the_five_kinds(team: Machine) -> None:
    assert {one.kind for one in team.bundle().keys} <= {EPOCH, WRAP, BODY, SLOT, PIN}
    assert isinstance(team.bundle().keys[0], KeyRow)
