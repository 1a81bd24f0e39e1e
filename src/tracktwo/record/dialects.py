"""What SQLite and PostgreSQL say differently: types, locks, how a connection is hardened, and what their errors mean."""

from __future__ import annotations

import os
import sqlite3
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


SQLITE = Dialect("SQLite", "BLOB", "?", "BEGIN IMMEDIATE", None, " WITHOUT ROWID")
POSTGRESQL = Dialect("PostgreSQL", "BYTEA", "%s", "BEGIN", "SELECT stale FROM tracktwo_rooms WHERE initiative = ? AND room = ? FOR UPDATE", "")

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

    `synchronous` is there for the test that shows what a lower setting would lose. Raises StoreError.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        mode = "rw" if writable else "ro"
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=20)
        for name, asked, _ in HARDENED:
            if writable or name != "journal_mode":
                connection.execute(f"PRAGMA {name}={synchronous if name == 'synchronous' else asked}")
        return connection
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path} cannot be opened as a record: {sentence(error)}") from error


def sentence(error: BaseException) -> str:
    """What a database's error means for whoever is waiting, in a few words."""
    text = str(error).strip().split("\n")[0]
    known = {
        "disk is full": "the disk is full",
        "no space left": "the disk is full",
        "could not extend": "the disk is full",
        "readonly": "it may only be read",
        "read-only": "it may only be read",
        "locked": "another program is writing to it",
        "not a database": "it is no database of ours",
        "malformed": "it is damaged; restore the last backup",
        "unable to open": "the file cannot be opened",
    }
    return next((meaning for sign, meaning in known.items() if sign in text.lower()), text or type(error).__name__)
