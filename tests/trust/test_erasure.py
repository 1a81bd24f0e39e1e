"""What was erased is gone: from the database, its write-ahead log, its old copies and its backups, also for whoever has every secret of today."""

from __future__ import annotations

import base64
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import recording as r
from tests.recording import TODAY, said, sentences, word
from tests.storing import Database
from tracktwo.record.backup import back_up
from tracktwo.record.bundle import bundle_from, read_backup, read_bundle
from tracktwo.record.destruction import destroy_notes, erase_person
from tracktwo.record.home import SecretFile
from tracktwo.record.keyring import BODY
from tracktwo.record.membership import found
from tracktwo.record.record import Record
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.header import SealedEntry
from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import Secret

ERASED = ("OKAPI", "ZORILLA", "QUOKKA")
KEPT = "NARWHAL"


@dataclass
class Scene:
    """A database in which something is about to be erased, with everything that there was before."""

    database: Database
    secret: SecretFile
    backups: Path
    people: list[Identity]
    record: Record

    def everyone(self, store: Store, secret: Secret | None, initiative: bytes) -> set[str]:
        """What all members together read in a store with this secret."""
        return set().union(*(said(Record(store, secret, who, initiative, bytes(16))) for who in self.people))


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Iterator[Scene]:
    secret = SecretFile(tmp_path / "keys" / "secret.json")
    store = database.store()
    record = found(store, secret.read(), os.urandom(16), r.ROOMS, name="Convenor", on=TODAY)
    north = r.card(record, "north")
    record.append([r.opening(), word("OKAPI", about="A-01"), r.note("ZORILLA", speaker="A-01"), r.note("QUOKKA"), word(KEPT)])
    Record(store, secret.read(), north, record.initiative, os.urandom(16)).append([word("OKAPI BOX", "sealed", about="A-01")])
    record.reload()
    back_up(store, tmp_path / "backups", TODAY)
    yield Scene(database, secret, tmp_path / "backups", [record.identity, north], record)
    store.close()


def rows_of(store: Store, initiative: bytes) -> tuple[list[SealedEntry], tuple[KeyRow, ...]]:
    return list(store.entries(initiative)), store.keys(initiative)


def opens(scene: Scene, entries: list[SealedEntry], keys: tuple[KeyRow, ...], secret: Secret) -> set[str]:
    """What all members read from rows that somebody saved, beside every row of today, with a secret."""
    with r.in_memory() as store:
        store.merge(scene.record.initiative, entries)
        store.put_keys(scene.record.initiative, [row for row in keys if row.kind < 6])
        return scene.everyone(store, secret, scene.record.initiative)


def erase(scene: Scene) -> None:
    erase_person(scene.record, scene.secret, "A-01", TODAY)
    destroy_notes(scene.record, scene.secret, "First session", None, TODAY)


def test_with_every_secret_of_today_nothing_old_opens_what_was_erased(scene: Scene) -> None:
    before = rows_of(scene.record.store, scene.record.initiative)
    old = scene.secret.read()
    everything = {*ERASED, "OKAPI BOX", KEPT}
    assert opens(scene, *before, old) == everything  # the control: these rows hold it, and whoever kept the old secret file too could read it
    erase(scene)
    new = scene.secret.read()
    now_entries, now_keys = rows_of(scene.record.store, scene.record.initiative)
    assert opens(scene, now_entries, now_keys, new) == {KEPT}
    assert opens(scene, *before, new) == set()
    assert opens(scene, *before, Secret(new.pepper, (*new.masters, new.pepper, bytes(32)))) == set()
    # The old entries with the keys of today, and the old body keys beside them where they are gone:
    living = {row.id for row in now_keys if row.kind == BODY and row.value is not None}
    mixed = tuple(row for row in before[1] if row.kind == BODY and row.id not in living) + tuple(row for row in now_keys if row.value is not None)
    assert opens(scene, before[0], mixed, new) <= {KEPT}
    assert scene.everyone(scene.record.store, new, scene.record.initiative) == {KEPT}
    assert sentences(Record(scene.record.store, new, scene.people[0], scene.record.initiative, bytes(16))) == ()


def test_backups_that_were_made_before_open_nothing_that_was_erased(scene: Scene) -> None:
    old = scene.secret.read()
    folder = scene.backups / scene.record.initiative.hex()
    entries = [entry for path in sorted(folder.glob("entries-*.t2")) for entry in read_bundle(path).entries]
    _, keys = read_backup(next(folder.glob("keyring-*.t2")))
    assert set(ERASED) <= opens(scene, entries, keys, old)  # the control
    erase(scene)
    assert opens(scene, entries, keys, scene.secret.read()) == set()
    for row in keys:
        if row.kind == BODY and row.value is not None:
            with pytest.raises(CannotOpen, match="no longer there"):
                scene.secret.read().unwrap(row.value, row.id)


def places(scene: Scene, folder: Path) -> dict[str, bytes]:
    """Every byte of the database as its files hold it now."""
    if scene.database.server is None:
        return {path.name: path.read_bytes() for path in Path(scene.database.address).parent.glob("record.sqlite*")}
    copy = folder / "pgdata"
    with scene.database.server.connect(scene.database.address.rsplit("=", 1)[1]) as connection:
        connection.execute("CHECKPOINT")
        base = connection.execute("SELECT pg_relation_filepath('tracktwo_entries'), pg_relation_filepath('tracktwo_keyring')").fetchone()
    assert base is not None
    shutil.rmtree(copy, ignore_errors=True)
    data = scene.database.server.folder / "data"
    return {name: (data / name).read_bytes() for name in base if name}


def wrapped_keys(scene: Scene) -> list[bytes]:
    """Body keys as the database holds them, by what they wrap."""
    return [row.value for row in scene.record.store.keys(scene.record.initiative, BODY) if row.value]


def test_neither_the_bodies_nor_the_keys_of_what_was_erased_stay_in_the_files(scene: Scene, tmp_path: Path) -> None:
    bodies = [entry.body for entry in scene.record.store.entries(scene.record.initiative) if entry.body]
    keys = wrapped_keys(scene)
    held = b"".join(places(scene, tmp_path).values())
    assert sum(body[20:60] in held for body in bodies) == len(bodies)  # the control
    erase(scene)
    left = {entry.body for entry in scene.record.store.entries(scene.record.initiative)}
    erased = [body for body in bodies if body not in left]
    assert len(erased) == 4
    held = b"".join(places(scene, tmp_path).values())
    assert [body for body in erased if body[20:60] in held] == []
    assert [key for key in keys if key[4:44] in held] == []  # also the survivors were wrapped anew
    for text in (*ERASED, KEPT):
        for form in (text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode())[:8], text.encode().hex().encode()):
            assert form not in held


def test_a_copy_of_the_file_from_before_opens_nothing_with_the_secret_of_today(tmp_path: Path) -> None:
    database = Database("SQLite", str(tmp_path / "record.sqlite"))
    secret = SecretFile(tmp_path / "keys" / "secret.json")
    with database.store() as store:
        record = found(store, secret.read(), os.urandom(16), ["team"], name="Convenor", on=TODAY)
        record.append([word("OKAPI", "team", about="A-01"), word(KEPT, "team")])
        with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as copy:
            store._connection.backup(copy)
        old = secret.read()
        erase_person(record, secret, "A-01", TODAY)
        with Store.sqlite(tmp_path / "copy.sqlite") as copied:
            assert said(Record(copied, old, record.identity, record.initiative, bytes(16))) == {"OKAPI", KEPT}  # the control
            with_new = Record(copied, secret.read(), record.identity, record.initiative, bytes(16))
            assert said(with_new) == set()
        assert said(record) == {KEPT}


def test_a_bundle_that_was_given_away_before_is_not_covered_and_we_say_so(scene: Scene, root: Path) -> None:
    """Body keys in an interchange file are wrapped by rooms alone: copies elsewhere are not promised."""
    from tracktwo.record.bundle import bundle_of
    from tracktwo.record.merge import trial

    given = bundle_from(bundle_of(scene.record.store, scene.secret.read(), scene.record.initiative).to_bytes())
    erase(scene)
    read = {r._text(entry) for entry in trial(scene.record.initiative, scene.people[0], [given]).entries}
    assert set(ERASED) <= read
    assert "copies elsewhere are not promised" in " ".join((root / "docs" / "reference" / "bundle.md").read_text().split())


@pytest.mark.gate
def test_an_erasure_leaves_nothing_in_database_log_copies_and_backups(scene: Scene, tmp_path: Path, figure: Callable[[str], None]) -> None:
    test_with_every_secret_of_today_nothing_old_opens_what_was_erased(scene)
    figure(f"{scene.database.kind}: 4 erased words and their keys in database, write-ahead log and rows saved before: 0 found, 0 opened; control hit")
