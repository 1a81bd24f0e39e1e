"""Where sealed entries and keys lie: one class over any DB-API connection, for SQLite and PostgreSQL. It holds no key and reads no body."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tracktwo.record.dialects import POSTGRESQL, SCHEMA_VERSION, SQLITE, Connection, Dialect, StoreError, Transaction, connect_sqlite, sentence
from tracktwo.vault.header import START, SealedEntry

_COLUMNS = "initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body_hash, body"


class Head(NamedTuple):
    """The end of one chain."""

    seq: int
    hash: bytes


class KeyRow(NamedTuple):
    """One row of the keyring; without a value it is what remains of a destroyed key."""

    kind: int
    id: bytes
    value: bytes | None


@dataclass(frozen=True)
class Merged:
    """What a merge brought."""

    entries: int = 0
    keys: int = 0
    forks: tuple[SealedEntry, ...] = ()
    """Entries that stand where this copy has another one: somebody's chain was continued twice."""


class Chain:
    """The chain of one replica in one room while it is locked for writing."""

    def __init__(self, store: Store, initiative: bytes, room: bytes, replica: bytes) -> None:
        self._store, self._key = store, (initiative, room, replica)
        row = store._one(
            f"SELECT {_COLUMNS} FROM tracktwo_entries WHERE initiative = ? AND room = ? AND replica = ? ORDER BY seq DESC LIMIT 1",
            self._key,
        )
        last = row and _entry(row)
        self.head = Head(last.seq, last.hash) if last else Head(0, START)

    def find(self, idem: bytes) -> SealedEntry | None:
        """The entry that the same request has already made."""
        row = self._store._one(
            f"SELECT {_COLUMNS} FROM tracktwo_entries WHERE initiative = ? AND room = ? AND replica = ? AND idem = ?", (*self._key, idem)
        )
        return _entry(row) if row else None

    def add(self, entry: SealedEntry) -> None:
        """Insert the next entry. Raises ValueError for one that does not continue the chain."""
        if entry[:3] != self._key or entry.seq != self.head.seq + 1 or entry.prev_hash != self.head.hash:
            raise ValueError("the entry does not continue the chain that is locked")
        self._store._run(f"INSERT INTO tracktwo_entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
        self.head = Head(entry.seq, entry.hash)


class Store:
    """The tables of all records in one database."""

    def __init__(self, connection: Connection, dialect: Dialect = SQLITE, *, transaction: Transaction | None = None) -> None:
        """Use a connection in autocommit mode; `transaction` where its owner opens transactions himself. Raises StoreError for a newer schema."""
        self._connection, self.dialect, self._transaction = connection, dialect, transaction
        self._depth = 0
        self._prepare()

    @classmethod
    def sqlite(cls, path: Path) -> Store:
        """The store in a SQLite file, which is made where it is not there. Raises StoreError."""
        return cls(connect_sqlite(path))

    @classmethod
    def postgresql(cls, address: str) -> Store:
        """The store in a PostgreSQL database, by a connection string of libpq. Raises StoreError, also where the driver is not installed."""
        try:
            import psycopg  # an extra: who has no PostgreSQL needs no driver
        except ImportError as error:
            raise StoreError("PostgreSQL needs its driver; install tracktwo[postgres]") from error
        try:
            connection = psycopg.connect(address, autocommit=True)
            connection.execute("SET synchronous_commit = on")
        except psycopg.Error as error:
            raise StoreError(f"the PostgreSQL database cannot be reached: {sentence(error)}") from error
        return cls(connection, POSTGRESQL)

    def _prepare(self) -> None:
        try:
            row = self._one("SELECT version FROM tracktwo_meta", ())
        except StoreError:
            row = None
        if row is None:
            with self.transaction():
                for statement in self.dialect.schema():
                    self._run(statement, ())
                if self._one("SELECT version FROM tracktwo_meta", ()) is None:
                    self._run("INSERT INTO tracktwo_meta (version) VALUES (?)", (SCHEMA_VERSION,))
        elif row[0] > SCHEMA_VERSION:
            raise StoreError("the database was written by a newer version of tracktwo; update tracktwo, nothing was changed")

    # Entries

    @contextmanager
    def appending(self, initiative: bytes, room: bytes, replica: bytes) -> Iterator[Chain]:
        """Lock a room, then read the head of the replica's chain; what is added is there on leaving, durably, or not at all."""
        with self.transaction():
            self._lock(initiative, room)
            yield Chain(self, initiative, room, replica)

    def entries(self, initiative: bytes, room: bytes | None = None) -> Iterator[SealedEntry]:
        """The entries of an initiative or one of its rooms, chain by chain."""
        where, values = ("initiative = ?", (initiative,)) if room is None else ("initiative = ? AND room = ?", (initiative, room))
        with self._cursor() as cursor:
            self._execute(cursor, f"SELECT {_COLUMNS} FROM tracktwo_entries WHERE {where} ORDER BY initiative, room, replica, seq", values)
            while rows := cursor.fetchmany(2000):
                yield from map(_entry, rows)

    def forks(self, initiative: bytes) -> tuple[SealedEntry, ...]:
        """Entries that came with a merge and contradict one that was there."""
        rows = self._all(
            f"SELECT {_COLUMNS} FROM tracktwo_forks WHERE initiative = ? ORDER BY room, replica, seq, body_hash, prev_hash", (initiative,)
        )
        return tuple(map(_entry, rows))

    def merge(self, initiative: bytes, entries: Iterable[SealedEntry], keys: Iterable[KeyRow] = ()) -> Merged:
        """Add what is not there yet, all or nothing. Of a key the value of the higher bytes stays, and a destroyed one stays destroyed.

        An entry that contradicts one that is here is kept apart, with all that follows it in that chain.
        """
        new, forked, added = 0, [], 0
        ordered = sorted(entries, key=lambda entry: entry[:4])
        with self.transaction():
            for room in sorted({entry.room for entry in ordered}):
                self._lock(initiative, room)
            split: set[tuple[bytes, bytes]] = set()
            for entry in ordered:
                chain = (entry.room, entry.replica)
                row = self._one(f"SELECT {_COLUMNS} FROM tracktwo_entries WHERE initiative = ? AND room = ? AND replica = ? AND seq = ?", entry[:4])
                if row is not None and _entry(row).hash == entry.hash:
                    continue
                if row is not None or chain in split:
                    split.add(chain)
                    forked.append(entry)
                    self._run(f"INSERT INTO tracktwo_forks ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", entry)
                    continue
                self._run(f"INSERT INTO tracktwo_entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entry)
                new += 1
            for key in keys:
                added += self._merge_key(initiative, key)
        return Merged(new, added, tuple(forked))

    def forget_bodies(self, entries: Iterable[SealedEntry]) -> None:
        """Destroy bodies; headers and hashes stay, and with them the chain."""
        with self.transaction():
            for entry in entries:
                self._run("UPDATE tracktwo_entries SET body = NULL WHERE initiative = ? AND room = ? AND replica = ? AND seq = ?", entry[:4])

    def rooms(self, initiative: bytes) -> dict[bytes, bool]:
        """The rooms that have entries or were marked → whether nobody may write before a steward has given the room a new key."""
        return {bytes(room): bool(stale) for room, stale in self._all("SELECT room, stale FROM tracktwo_rooms WHERE initiative = ?", (initiative,))}

    def mark(self, initiative: bytes, room: bytes, *, stale: bool) -> None:
        """Say that a room needs a new key before the next write, or no longer."""
        with self.transaction():
            self._lock(initiative, room)
            self._run("UPDATE tracktwo_rooms SET stale = ? WHERE initiative = ? AND room = ?", (int(stale), initiative, room))

    def initiatives(self) -> tuple[bytes, ...]:
        """Every initiative with a keyring or entries."""
        rows = self._all("SELECT initiative FROM tracktwo_entries UNION SELECT initiative FROM tracktwo_keyring ORDER BY 1", ())
        return tuple(bytes(row[0]) for row in rows)

    # Keys

    def keys(self, initiative: bytes, kind: int | None = None) -> tuple[KeyRow, ...]:
        """The keyring of an initiative, or the rows of one kind, in the order of their ids."""
        where, values = ("", (initiative,)) if kind is None else (" AND kind = ?", (initiative, kind))
        rows = self._all(f"SELECT kind, id, value FROM tracktwo_keyring WHERE initiative = ?{where} ORDER BY kind, id", values)
        return tuple(KeyRow(kind, bytes(name), None if value is None else bytes(value)) for kind, name, value in rows)

    def put_keys(self, initiative: bytes, keys: Iterable[KeyRow]) -> None:
        """Write rows over those of the same kind and id, all or nothing; without a value they mark a key as destroyed."""
        with self.transaction():
            for key in keys:
                self._run(
                    "INSERT INTO tracktwo_keyring (initiative, kind, id, value) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (initiative, kind, id) DO UPDATE SET value = excluded.value",
                    (initiative, *key),
                )

    def drop_keys(self, initiative: bytes, keys: Iterable[tuple[int, bytes]]) -> None:
        """Take rows out without a trace, such as an invitation that was used."""
        with self.transaction():
            for kind, name in keys:
                self._run("DELETE FROM tracktwo_keyring WHERE initiative = ? AND kind = ? AND id = ?", (initiative, kind, name))

    def _merge_key(self, initiative: bytes, key: KeyRow) -> int:
        row = self._one("SELECT value FROM tracktwo_keyring WHERE initiative = ? AND kind = ? AND id = ?", (initiative, key.kind, key.id))
        if row is None:
            self._run("INSERT INTO tracktwo_keyring (initiative, kind, id, value) VALUES (?, ?, ?, ?)", (initiative, *key))
            return 1
        if row[0] is None or (key.value is not None and key.value <= bytes(row[0])):
            return 0
        self._run("UPDATE tracktwo_keyring SET value = ? WHERE initiative = ? AND kind = ? AND id = ?", (key.value, initiative, key.kind, key.id))
        return 1

    # Ballots

    def put_ballot(self, initiative: bytes, pseudonym: bytes, statement: bytes, sealed: bytes) -> None:
        """Cast a vote or change it: no time, and a random key, so that the table tells no order."""
        self._run(
            "INSERT INTO tracktwo_ballots (id, initiative, pseudonym, statement, sealed) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (initiative, pseudonym, statement) DO UPDATE SET sealed = excluded.sealed",
            (os.urandom(16), initiative, pseudonym, statement, sealed),
        )

    def ballots(self, initiative: bytes) -> tuple[tuple[bytes, bytes, bytes], ...]:
        """(pseudonym, statement, sealed vote) of every ballot, in no order of arrival."""
        rows = self._all("SELECT pseudonym, statement, sealed FROM tracktwo_ballots WHERE initiative = ? ORDER BY id", (initiative,))
        return tuple((bytes(one), bytes(two), bytes(three)) for one, two, three in rows)

    def rewrite_ballots(self, initiative: bytes) -> None:
        """Write all ballots anew under new random keys, so that not even the database's own pages keep the order in which they came."""
        ballots = self.ballots(initiative)
        with self.transaction():
            self._run("DELETE FROM tracktwo_ballots WHERE initiative = ?", (initiative,))
            for _, ballot in sorted((os.urandom(16), ballot) for ballot in ballots):
                self._run(
                    "INSERT INTO tracktwo_ballots (id, initiative, pseudonym, statement, sealed) VALUES (?, ?, ?, ?, ?)",
                    (os.urandom(16), initiative, *ballot),
                )
        self.settle(("tracktwo_ballots",))

    # The database itself

    def settle(self, tables: Sequence[str] = ("tracktwo_entries", "tracktwo_keyring")) -> None:
        """Let go of what was deleted or written over, as far as the database can: the write-ahead log of SQLite, dead rows of PostgreSQL."""
        if self.dialect is SQLITE:
            busy, *_ = self._one("PRAGMA wal_checkpoint(TRUNCATE)", ())
            if busy:
                raise StoreError(
                    "another program has the record open, so what was destroyed may still stand in the write-ahead log; close it and say it again"
                )
        else:
            for table in tables:
                self._run(f"VACUUM FULL {table}", ())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; one inside another is part of it. Raises StoreError with what is wrong; then nothing was changed."""
        if self._transaction is not None:
            with self._transaction():
                yield
            return
        if self._depth:
            yield
            return
        self._run(self.dialect.begin, ())
        self._depth = 1
        try:
            yield
            self._run("COMMIT", ())
        except BaseException:
            self._undo()
            raise
        finally:
            self._depth = 0

    def _undo(self) -> None:
        with suppress(StoreError):  # a full disk has already undone it
            self._run("ROLLBACK", ())

    def close(self) -> None:
        """Close the database; SQLite's write-ahead log is emptied into it first where nobody else needs it."""
        try:
            if self.dialect is SQLITE:
                self._one("PRAGMA wal_checkpoint(TRUNCATE)", ())
        except StoreError:
            pass
        finally:
            self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _lock(self, initiative: bytes, room: bytes) -> None:
        self._run("INSERT INTO tracktwo_rooms (initiative, room) VALUES (?, ?) ON CONFLICT DO NOTHING", (initiative, room))
        if self.dialect.lock_room:
            self._one(self.dialect.lock_room, (initiative, room))

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def _execute(self, cursor: Any, sql: str, values: Sequence[object]) -> None:
        try:
            cursor.execute(self.dialect.sql(sql), tuple(values))
        except Exception as error:
            if not any(cls.__name__ == "DatabaseError" for cls in type(error).__mro__):  # PEP 249: of whichever driver
                raise
            raise StoreError(f"the record cannot be read or written: {sentence(error)}; what was saved before is whole") from error

    def _run(self, sql: str, values: Sequence[object]) -> None:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)

    def _one(self, sql: str, values: Sequence[object]) -> Any:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)
            return cursor.fetchone()

    def _all(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)
            return list(cursor.fetchall())


def _entry(row: Sequence[Any]) -> SealedEntry:
    if type(row[0]) is bytes:
        return SealedEntry(*row)
    return SealedEntry._make(bytes(value) if isinstance(value, memoryview) else value for value in row)


def chains(entries: Iterable[SealedEntry]) -> Mapping[tuple[bytes, bytes], Sequence[SealedEntry]]:
    """(room, replica) → its entries by number."""
    found: dict[tuple[bytes, bytes], list[SealedEntry]] = {}
    for entry in sorted(entries, key=lambda entry: entry[:4]):
        found.setdefault((entry.room, entry.replica), []).append(entry)
    return found
