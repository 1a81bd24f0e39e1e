"""A home on one machine: files for its owner alone, an old state that is noticed, an erasure that is finished at the next opening."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests import recording as r
from tests.recording import TODAY, said, word
from tracktwo.record.chain import check_chains
from tracktwo.record.destruction import erase_person
from tracktwo.record.home import Home, HomeError, SecretFile, inside, write_whole
from tracktwo.record.membership import found
from tracktwo.record.record import Record
from tracktwo.record.store import Head, Store
from tracktwo.vault.secret import NotASecret, Secret


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def begun(home: Home, store: Store) -> Record:
    record = found(store, home.secret.read(), bytes(15) + b"1", r.ROOMS, name="Convenor", on=TODAY)
    record.append([word("KEPT"), word("DOOMED", about="A-01")])
    return record


def reopened(home: Home, store: Store, record: Record) -> Record:
    return Record(store, home.secret.read(), record.identity, record.initiative, record.replica)


def test_a_home_keeps_the_record_and_only_its_owner_can_read_the_files(home: Home) -> None:
    with home.open() as store:
        record = begun(home, store)
        home.replica(record.initiative, record.identity.member)
    with home.open() as store:
        assert said(reopened(home, store, record)) == {"KEPT", "DOOMED"}
    for path in [home.file, *home.keys.iterdir()]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700


def test_an_erasure_that_stopped_half_way_is_finished_when_the_home_is_opened(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with home.open() as store:
        record = begun(home, store)

        def stop() -> None:
            raise InterruptedError

        with monkeypatch.context() as patch:
            patch.setattr(store, "settle", stop)
            with pytest.raises(InterruptedError):
                erase_person(record, home.secret, "A-01", TODAY)
    assert len(home.secret.read().masters) == 2
    with home.open() as store:
        assert len(home.secret.read().masters) == 1
        again = reopened(home, store, record)
        assert said(again) == {"KEPT"}
        assert again.read().problems == ()


def test_a_copy_has_one_name_for_each_member_until_it_is_renewed(home: Home) -> None:
    first = home.replica(b"i" * 16, b"m" * 8)
    assert home.replica(b"i" * 16, b"m" * 8) == Home(home.folder).replica(b"i" * 16, b"m" * 8) == first
    assert len({first, home.replica(b"i" * 16, b"n" * 8), home.replica(b"j" * 16, b"m" * 8)}) == 3
    fresh = home.renew(b"i" * 16, b"m" * 8)
    assert fresh != first
    assert home.replica(b"i" * 16, b"m" * 8) == fresh


CHAIN = (b"r" * 16, b"c" * 16)


def test_an_older_state_is_noticed_at_the_next_opening(home: Home, tmp_path: Path) -> None:
    with home.open() as store:
        record = begun(home, store)
    older = home.file.read_bytes()
    with home.open() as store:
        reopened(home, store, record).append([word("LATER")])
        heads = check_chains(store.entries(record.initiative)).heads
        home.remember(record.initiative, heads)
        assert home.older_than_seen(record.initiative, heads) == ()
    home.file.write_bytes(older)
    with home.open() as store:
        heads = check_chains(store.entries(record.initiative)).heads
        (problem,) = home.older_than_seen(record.initiative, heads)
        assert problem.kind == "old state"
        assert problem.sentence.endswith("in one room, and this machine has seen entry 3: the record is an older state")
        home.remember(record.initiative, heads)
        assert home.older_than_seen(record.initiative, heads) == (problem,)  # what was seen is never less
        home.forget_seen(record.initiative)
        assert home.older_than_seen(record.initiative, heads) == ()


@pytest.mark.parametrize(
    ("heads", "noticed"),
    [
        ({CHAIN: Head(5, b"h" * 32)}, False),
        ({CHAIN: Head(6, b"x" * 32)}, False),
        ({CHAIN: Head(5, b"x" * 32)}, True),
        ({CHAIN: Head(4, b"h" * 32)}, True),
        ({}, True),
        ({CHAIN: Head(5, b"h" * 32), (b"s" * 16, b"c" * 16): Head(1, b"y" * 32)}, False),
    ],
)
def test_a_chain_is_older_where_it_ends_earlier_or_otherwise(home: Home, heads: dict[tuple[bytes, bytes], Head], noticed: bool) -> None:
    home.remember(b"i" * 16, {CHAIN: Head(5, b"h" * 32)})
    assert bool(home.older_than_seen(b"i" * 16, heads)) == noticed
    assert home.older_than_seen(b"j" * 16, heads) == ()


def test_the_secret_file_is_made_once_and_anything_else_in_its_place_is_left_alone(home: Home) -> None:
    secret = home.secret.read()
    assert home.secret.read() == secret
    home.secret.path.write_text("something else")
    with pytest.raises(NotASecret, match=r"secret\.json: it is not a secret file of tracktwo \(secret/1\); nothing was changed$"):
        home.secret.read()
    assert home.secret.path.read_text() == "something else"
    home.secret.path.write_bytes(b"\xff\xfe")
    with pytest.raises((HomeError, NotASecret)):
        home.secret.read()
    with pytest.raises(HomeError, match="cannot be read"):
        SecretFile(home.folder).read()


def test_a_file_is_written_whole_and_what_stood_there_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "secret.json"
    write_whole(path, b"OLD MASTER")
    link = tmp_path / "link"
    link.hardlink_to(path)  # the old bytes on the disk, as whoever looks at the disk would see them
    write_whole(path, Secret.fresh().to_json().encode())
    assert b"OLD MASTER" not in link.read_bytes()
    assert link.read_bytes() == bytes(10)
    assert Secret.from_json(path.read_text())
    assert [one.name for one in path.parent.iterdir()] == ["secret.json"]


def test_a_write_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.json"
    write_whole(path, b"before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracktwo.record.home.os.fsync", full)
    with pytest.raises(HomeError, match=r"secret\.json cannot be written: No space left on device$"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_damaged_notes_of_the_home_are_begun_anew(home: Home) -> None:
    home.keys.mkdir(parents=True)
    for name in ("seen.json", "copies.json"):
        for wrong in ("", "[]", "{", '{"%s": 3}' % ("69" * 16), '{"%s": {"zz": [1, "x"]}}' % ("69" * 16)):
            (home.keys / name).write_text(wrong)
            assert home.older_than_seen(b"i" * 16, {}) == ()
            assert len(home.replica(b"i" * 16, b"m" * 8)) == 16


def test_a_path_in_or_beside_a_folder_is_told_from_one_elsewhere(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    assert inside(out / "x.code", [out])
    assert inside(out / "deep" / "x.code", [out])
    assert inside(tmp_path / "a" / "x.code", [out])
    assert not inside(tmp_path / "x.code", [out])
    assert not inside(tmp_path / "b" / "x.code", [out])
