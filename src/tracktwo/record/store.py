"""Where sealed entries and keys lie: one class over any DB-API connection, for SQLite and PostgreSQL. It holds no key and reads no body."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tracktwo.record.dialects import (
    POSTGRESQL,
    SCHEMA_VERSION,
    SQLITE,
    Connection,
    Dialect,
    StoreError,
    Transaction,
    connect_postgresql,
    connect_sqlite,
    is_of_a_database,
    sentence,
)
from tracktwo.record.rows import chains as chains  # whoever reads a store groups what it gives
from tracktwo.record.rows import checked, entry_of
from tracktwo.record.union import part
from tracktwo.vault.header import START, SealedEntry

_HEADERS = "initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body_hash"
_COLUMNS = f"{_HEADERS}, body"
_CHAIN = "initiative = ? AND room = ? AND replica = ?"


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
            f"SELECT {_HEADERS}, NULL FROM tracktwo_entries WHERE {_CHAIN} ORDER BY seq DESC LIMIT 1",
            self._key,
        )
        last = row and entry_of(row)
        self.head = Head(last.seq, last.hash) if last else Head(0, START)

    def find(self, idem: bytes) -> SealedEntry | None:
        """The entry that the same request has already made."""
        row = self._store._one(f"SELECT {_COLUMNS} FROM tracktwo_entries WHERE {_CHAIN} AND idem = ?", (*self._key, idem))
        return entry_of(row) if row else None

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
        self._reopen: Callable[[], Connection] | None = None
        self._within = self._failed = False
        self._prepare()

    @classmethod
    def sqlite(cls, path: Path) -> Store:
        """The store in a SQLite file, which is made where it is not there. Raises StoreError."""
        return cls(connect_sqlite(path))

    @classmethod
    def postgresql(cls, address: str) -> Store:
        """The store in a PostgreSQL database, by a connection string of libpq; a connection that breaks is made anew.

        Raises StoreError, also where the driver is not installed.
        """
        store = cls(connect_postgresql(address), POSTGRESQL)
        store._reopen = lambda: connect_postgresql(address)
        return store

    def _prepare(self) -> None:
        if self._one(self.dialect.is_prepared, ())[0] is None:
            with self.transaction():
                if self.dialect.lock_schema:
                    self._one(self.dialect.lock_schema, ())
                for statement in self.dialect.schema():
                    self._run(statement, ())
                if self._one("SELECT version FROM tracktwo_meta", ()) is None:
                    self._run("INSERT INTO tracktwo_meta (version) VALUES (?)", (SCHEMA_VERSION,))
        row = self._one("SELECT max(version) FROM tracktwo_meta", ())
        if type(row[0]) is not int:
            raise StoreError("the database does not say of which version it is; it is damaged: restore the last backup")
        if row[0] > SCHEMA_VERSION:
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
                yield from map(entry_of, rows)

    def heads(self, initiative: bytes) -> dict[tuple[bytes, bytes], Head]:
        """(room, replica) → the end of each chain, as it stands there: nothing before it is checked."""
        last = "SELECT room, replica, max(seq) FROM tracktwo_entries WHERE initiative = ? GROUP BY room, replica"
        rows = self._all(
            f"SELECT {_HEADERS}, NULL FROM tracktwo_entries WHERE initiative = ? AND (room, replica, seq) IN ({last})", (initiative,) * 2
        )
        return {(entry.room, entry.replica): Head(entry.seq, entry.hash) for entry in map(entry_of, rows)}

    def forks(self, initiative: bytes) -> tuple[SealedEntry, ...]:
        """Entries that came with a merge and contradict one that was there."""
        rows = self._all(
            f"SELECT {_COLUMNS} FROM tracktwo_forks WHERE initiative = ? ORDER BY room, replica, seq, body_hash, prev_hash", (initiative,)
        )
        return tuple(map(entry_of, rows))

    def merge(self, initiative: bytes, entries: Iterable[SealedEntry], keys: Iterable[KeyRow] = ()) -> Merged:
        """Add what is not there yet, all or nothing. Of a key the value of the higher bytes stays, and a destroyed one stays destroyed.

        An entry that contradicts one that is here is kept apart, with all that follows it in that chain. Of an entry that is here nothing
        changes: a body that was destroyed does not come back, and none is destroyed because it is missing in what comes; anybody could take
        bodies out of a file, so destruction travels with the keys. Raises ValueError for what cannot be an entry of this initiative.
        """
        arriving = chains(checked(initiative, entries))
        new: list[SealedEntry] = []
        forked: list[SealedEntry] = []
        with self.transaction():
            for room in sorted({room for room, _ in arriving}):  # in this order, so that two merges never wait for each other
                self._lock(initiative, room)
            for (room, replica), chain in arriving.items():
                parted = part(self._headers("entries", initiative, room, replica), self._headers("forks", initiative, room, replica), chain)
                new += parted.new
                forked += parted.forked
            insert = f"({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            self._run_each(f"INSERT INTO tracktwo_entries {insert}", new)
            self._run_each(f"INSERT INTO tracktwo_forks {insert} ON CONFLICT DO NOTHING", forked)
            added = sum([self._merge_key(initiative, key) for key in keys])
        return Merged(len(new), added, tuple(forked))

    def _headers(self, table: str, initiative: bytes, room: bytes, replica: bytes) -> Iterable[SealedEntry]:
        return map(entry_of, self._all(f"SELECT {_HEADERS}, NULL FROM tracktwo_{table} WHERE {_CHAIN}", (initiative, room, replica)))

    def forget_bodies(self, entries: Iterable[SealedEntry]) -> None:
        """Destroy bodies, also of entries that were kept apart; headers and hashes stay, and with them the chain."""
        rows = [(*entry[:4], entry.body_hash) for entry in entries]
        with self.transaction():
            for table in ("entries", "forks"):
                self._run_each(f"UPDATE tracktwo_{table} SET body = NULL WHERE {_CHAIN} AND seq = ? AND body_hash = ?", rows)

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

    def values(self, kind: int) -> tuple[tuple[bytes, bytes], ...]:
        """(initiative, value) of the rows of one kind in all keyrings, without those that were destroyed."""
        rows = self._all("SELECT initiative, value FROM tracktwo_keyring WHERE kind = ? AND value IS NOT NULL ORDER BY initiative, id", (kind,))
        return tuple((bytes(initiative), bytes(value)) for initiative, value in rows)

    def state(self, initiative: bytes) -> tuple[tuple[int, ...], ...]:
        """Numbers of which one changes whenever an entry, a key or a mark is added or destroyed: what was read before is then no longer all."""
        entries = self._one("SELECT count(*), count(body) FROM tracktwo_entries WHERE initiative = ?", (initiative,))
        forks = self._one("SELECT count(*), count(body) FROM tracktwo_forks WHERE initiative = ?", (initiative,))
        rooms = self._one("SELECT count(*), coalesce(sum(stale), 0) FROM tracktwo_rooms WHERE initiative = ?", (initiative,))
        keys = self._all("SELECT kind, count(*), count(value) FROM tracktwo_keyring WHERE initiative = ? GROUP BY kind ORDER BY kind", (initiative,))
        return tuple(tuple(int(number) for number in row) for row in (entries, forks, rooms, *keys))

    def key(self, initiative: bytes, kind: int, name: bytes) -> bytes | None:
        """The value of one row; None where it is not there or was destroyed."""
        row = self._one("SELECT value FROM tracktwo_keyring WHERE initiative = ? AND kind = ? AND id = ?", (initiative, kind, name))
        return None if row is None or row[0] is None else bytes(row[0])

    def key_names(self, initiative: bytes, kind: int, first: bytes) -> frozenset[bytes]:
        """The ids of rows of one kind that begin with `first`, without it."""
        last = first + b"\xff" * 64
        rows = self._all("SELECT id FROM tracktwo_keyring WHERE initiative = ? AND kind = ? AND id >= ? AND id <= ?", (initiative, kind, first, last))
        return frozenset(bytes(row[0])[len(first) :] for row in rows)

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

    def ballots_of(self, initiative: bytes, pseudonym: bytes) -> tuple[tuple[bytes, bytes], ...]:
        """(statement, sealed vote) of every ballot under one pseudonym."""
        rows = self._all("SELECT statement, sealed FROM tracktwo_ballots WHERE initiative = ? AND pseudonym = ?", (initiative, pseudonym))
        return tuple((bytes(statement), bytes(sealed)) for statement, sealed in rows)

    def rewrite_ballots(self, initiative: bytes) -> None:
        """Write all ballots anew under new random keys, so that not even the database's own pages keep the order in which they came."""
        with self.transaction():
            # What is taken out is what comes back: a vote that is cast meanwhile is neither lost nor doubled.
            ballots = self._all("DELETE FROM tracktwo_ballots WHERE initiative = ? RETURNING pseudonym, statement, sealed", (initiative,))
            self._run_each(
                "INSERT INTO tracktwo_ballots (id, initiative, pseudonym, statement, sealed) VALUES (?, ?, ?, ?, ?)",
                [(os.urandom(16), initiative, *ballot) for _, *ballot in sorted((os.urandom(16), *ballot) for ballot in ballots)],
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
        """All or nothing; one within another joins it. Raises StoreError with what is wrong; then nothing was changed."""
        if self._within:
            try:
                yield
            except BaseException:
                self._failed = True
                raise
            return
        self._within, self._failed = True, False
        try:
            with self._owned(self._transaction) if self._transaction is not None else self._begun():
                yield
                if self._failed:  # PostgreSQL would take a commit for a rollback without a word
                    raise StoreError("a part of it could not be written, so nothing was changed")
        finally:
            self._within = False

    @contextmanager
    def _begun(self) -> Iterator[None]:
        self._connected()
        self._run(self.dialect.begin, ())
        try:
            yield
            self._run("COMMIT", ())
        except BaseException:
            with suppress(StoreError):  # a full disk has already undone it
                self._run("ROLLBACK", ())
            raise

    @contextmanager
    def _owned(self, transaction: Transaction) -> Iterator[None]:
        try:
            with transaction():
                yield
        except Exception as error:
            if not is_of_a_database(error):
                raise
            raise _unwritten(error) from error

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
        lock = self.dialect.lock_room
        if lock and self._one(lock, (initiative, room)):
            return
        self._run("INSERT INTO tracktwo_rooms (initiative, room) VALUES (?, ?) ON CONFLICT DO NOTHING", (initiative, room))
        if lock:  # whoever else made the room just now may hold it
            self._one(lock, (initiative, room))

    def _connected(self) -> None:
        """Connect anew where the server went away: never within a transaction, of which the new connection would know nothing."""
        if self._reopen and getattr(self._connection, "closed", False):
            self._connection = self._reopen()

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        if not self._within:
            self._connected()
        try:
            cursor = self._connection.cursor()
            try:
                yield cursor
            finally:
                cursor.close()
        except Exception as error:
            if not is_of_a_database(error):
                raise
            self._failed = True
            raise _unwritten(error) from error

    def _execute(self, cursor: Any, sql: str, values: Sequence[object]) -> None:
        cursor.execute(self.dialect.sql(sql), tuple(values))

    def _run(self, sql: str, values: Sequence[object]) -> None:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)

    def _run_each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            with self._cursor() as cursor:
                cursor.executemany(self.dialect.sql(sql), rows)

    def _one(self, sql: str, values: Sequence[object]) -> Any:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)
            return cursor.fetchone()

    def _all(self, sql: str, values: Sequence[object]) -> list[Any]:
        with self._cursor() as cursor:
            self._execute(cursor, sql, values)
            return list(cursor.fetchall())


def _unwritten(error: Exception) -> StoreError:
    return StoreError(f"the record cannot be read or written: {sentence(error)}; what was saved before is whole")
