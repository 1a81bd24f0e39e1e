"""What SQLite and PostgreSQL say differently: types, locks, how a connection is hardened, and what their errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

SCHEMA_VERSION = 1


class StoreError(OSError):
    """The database cannot do it: one sentence on what is wrong and what was kept."""


class Cursor(Protocol):
    """A cursor of the DB-API (PEP 249)."""

    rowcount: int

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...
    def fetchmany(self, size: int, /) -> Any: ...
    def close(self) -> None: ...


class Connection(Protocol):
    """A connection of the DB-API in autocommit mode: sqlite3's, psycopg's, or Django's."""

    def cursor(self) -> Any: ...
    def close(self) -> None: ...


Transaction = Callable[[], AbstractContextManager[Any]]
"""Opens a transaction around a block; for connections whose owner keeps account of them, such as Django's."""


@dataclass(frozen=True)
class Dialect:
    """One kind of database."""

    name: str
    blob: str
    placeholder: str
    begin: str
    lock_room: str | None
    """What locks the row of a room until the end of the transaction; None where `begin` locks everything."""
    lock_schema: str | None
    """What keeps others from making the tables at the same time; None where `begin` does."""
    is_prepared: str
    """Asks for the name of the table that tells the version: a row with None where there is none."""
    table_end: str

    def sql(self, text: str) -> str:
        """The statement with this database's placeholders."""
        return text.replace("?", self.placeholder)

    def schema(self) -> tuple[str, ...]:
        """The statements that make the tables, each harmless where they are there."""
        blob, end = self.blob, self.table_end
        entry = (
            f"initiative {blob} NOT NULL, room {blob} NOT NULL, replica {blob} NOT NULL, seq BIGINT NOT NULL, epoch BIGINT NOT NULL,"
            f" key_id {blob} NOT NULL, prev_hash {blob} NOT NULL, idem {blob} NOT NULL, body_hash {blob} NOT NULL, body {blob}"
        )
        return (
            "CREATE TABLE IF NOT EXISTS tracktwo_meta (version BIGINT NOT NULL)",
            f"CREATE TABLE IF NOT EXISTS tracktwo_rooms (initiative {blob} NOT NULL, room {blob} NOT NULL, stale BIGINT NOT NULL DEFAULT 0,"
            f" PRIMARY KEY (initiative, room)){end}",
            f"CREATE TABLE IF NOT EXISTS tracktwo_entries ({entry}, PRIMARY KEY (initiative, room, replica, seq),"
            f" UNIQUE (initiative, room, replica, idem)){end}",
            f"CREATE TABLE IF NOT EXISTS tracktwo_forks ({entry}, PRIMARY KEY (initiative, room, replica, seq, body_hash, prev_hash)){end}",
            f"CREATE TABLE IF NOT EXISTS tracktwo_keyring (initiative {blob} NOT NULL, kind BIGINT NOT NULL, id {blob} NOT NULL, value {blob},"
            f" PRIMARY KEY (initiative, kind, id)){end}",
            f"CREATE TABLE IF NOT EXISTS tracktwo_ballots (id {blob} NOT NULL, initiative {blob} NOT NULL, pseudonym {blob} NOT NULL,"
            f" statement {blob} NOT NULL, sealed {blob} NOT NULL, PRIMARY KEY (id), UNIQUE (initiative, pseudonym, statement)){end}",
        )


SQLITE = Dialect(
    name="SQLite",
    blob="BLOB",
    placeholder="?",
    begin="BEGIN IMMEDIATE",
    lock_room=None,
    lock_schema=None,
    is_prepared="SELECT max(name) FROM sqlite_master WHERE type = 'table' AND name = 'tracktwo_meta'",
    table_end=" WITHOUT ROWID",
)
POSTGRESQL = Dialect(
    name="PostgreSQL",
    blob="BYTEA",
    placeholder="%s",
    begin="BEGIN ISOLATION LEVEL READ COMMITTED",  # a head that is read after the lock must be the newest, not that of an older snapshot
    lock_room="SELECT stale FROM tracktwo_rooms WHERE initiative = ? AND room = ? FOR UPDATE",
    lock_schema=f"SELECT pg_advisory_xact_lock({int.from_bytes(b'tracktwo', 'big')})",
    is_prepared="SELECT to_regclass('tracktwo_meta')::text",
    table_end="",
)

HARDENED = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("busy_timeout", "20000", 20000),
)
"""Pragmas of every SQLite connection: name, what is asked, what the database then answers."""


def connect_sqlite(path: Path, *, synchronous: str = "FULL") -> sqlite3.Connection:
    """Open or make a database that only its owner can read, hardened; a file that may not be written is opened for reading.

    `synchronous` is there for the test that shows what a lower setting would lose. Raises StoreError, also for the database of another program.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            connection = _for_reading(path)
            pragmas = [pragma for pragma in HARDENED if pragma[0] != "journal_mode"]
        else:
            connection = _connect(path, "mode=rw")
            pragmas = list(HARDENED)
    except (sqlite3.Error, OSError) as error:
        raise _unopened(path, error) from error
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "tracktwo_meta" not in tables:
            raise StoreError(f"{path} is the database of another program and holds no record; give another path")
        for name, asked, _ in pragmas:
            patiently(connection, f"PRAGMA {name}={synchronous if name == 'synchronous' else asked}")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        connection.close()
        raise _unopened(path, error) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=_PATIENCE)


_PATIENCE = 20.0
"""Seconds that one program waits for another one to finish writing."""


def _for_reading(path: Path) -> sqlite3.Connection:
    """Open what may not be written. Where SQLite cannot put its index of the write-ahead log beside the file and there is no such log,
    the file is whole by itself and is read as one that does not change."""
    connection = _connect(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        return _connect(path, "mode=ro&immutable=1")
    return connection


def patiently(connection: sqlite3.Connection, statement: str) -> None:
    """Run a statement for which SQLite does not wait by itself, such as the change to a write-ahead log while another program makes it too."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _unopened(path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path} cannot be opened as a record: {sentence(error)}")


def connect_postgresql(address: str) -> Any:
    """A connection in autocommit mode on which every commit waits for the disk, by a connection string of libpq.

    Raises StoreError, also where the driver is not installed. The address, which may hold a password, is never repeated.
    """
    try:
        import psycopg  # an extra: who has no PostgreSQL needs no driver
    except ImportError as error:
        raise StoreError("PostgreSQL needs its driver; install tracktwo[postgres]") from error
    try:
        connection = psycopg.connect(address, autocommit=True)
        connection.execute("SET synchronous_commit = on")
        connection.execute(f"SET lock_timeout = '{_PATIENCE:.0f}s'")
    except psycopg.ProgrammingError:
        raise StoreError("the address of the PostgreSQL database is not understood; it reads like postgresql://user@host/name") from None
    except psycopg.Error as error:
        raise StoreError(f"the PostgreSQL database cannot be reached: {sentence(error)}") from error
    return connection


def is_of_a_database(error: BaseException) -> bool:
    """Whether an error was raised by a driver of the DB-API, whichever it is: PEP 249 fixes the names alone.

    The one of Python's own is what sqlite3 raises where damaged pages give it a message that is no text.
    """
    return isinstance(error, UnicodeDecodeError) or any(cls.__name__ in {"DatabaseError", "InterfaceError"} for cls in type(error).__mro__)


def memory() -> sqlite3.Connection:
    """A database that is never on a disk, for trying what came in."""
    return sqlite3.connect(":memory:", isolation_level=None)


def sentence(error: BaseException) -> str:
    """What a database's error means for whoever is waiting, in a few words."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    text = said.strip().split("\n")[0]
    return next((meaning for sign, meaning in _MEANINGS.items() if sign in text.lower()), text or type(error).__name__)


_MEANINGS = {
    "disk is full": "the disk is full",
    "no space left": "the disk is full",
    "could not extend": "the disk is full",
    "readonly": "it may only be read",
    "read-only": "it may only be read",
    "lock timeout": "another program is writing to it",
    "locked": "another program is writing to it",
    "not a database": "it is no database of ours",
    "malformed": "it is damaged; restore the last backup",
    "can't decode": "it is damaged; restore the last backup",
    "invalid page": "it is damaged; restore the last backup",
    "disk i/o error": "the disk cannot be read or written",
    "unable to open": "the file cannot be opened",
    "permission denied": "whoever runs this has no permission for it",
    "unique constraint": "an entry stands there already",
}
"""What stands in the errors of SQLite, PostgreSQL and the system → what it means; the first that fits."""
