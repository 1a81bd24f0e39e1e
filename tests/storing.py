"""What the tests of the store share: entries as a vault would seal them, a database of either kind, and what must hold of every chain."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracktwo.record.dialects import connect_sqlite
from tracktwo.record.store import Chain, Head, Store, chains
from tracktwo.vault.header import START, SealedEntry

if TYPE_CHECKING:
    from tests.postgres import Server  # a writer, which is started often, needs neither pytest nor the driver


def name(word: str) -> bytes:
    """The 16 bytes that stand for a word."""
    return sha256(word.encode()).digest()[:16]


INITIATIVE, ROOM, REPLICA = name("initiative"), name("plenary"), name("laptop")


def sealed(
    head: Head = Head(0, START),  # noqa: B008 - a constant
    body: bytes = b"sealed",
    *,
    room: bytes = ROOM,
    replica: bytes = REPLICA,
    idem: bytes | None = None,
    initiative: bytes = INITIATIVE,
) -> SealedEntry:
    """The entry that comes after a head, under a fresh request unless one is given."""
    request = os.urandom(16) if idem is None else idem
    return SealedEntry(initiative, room, replica, head.seq + 1, 1, name("key"), head.hash, request, sha256(body).digest(), body)


def head_of(entry: SealedEntry) -> Head:
    return Head(entry.seq, entry.hash)


def chain_of(length: int, *, room: bytes = ROOM, replica: bytes = REPLICA, word: str = "", after: SealedEntry | None = None) -> list[SealedEntry]:
    """A chain that is the same for the same words; with another word it tells another story in the same place."""
    made, head = [], Head(0, START) if after is None else head_of(after)
    for _ in range(length):
        idem = name(f"{word} {room.hex()} {replica.hex()} {head.seq}")
        made.append(sealed(head, f"{word} {head.seq}".encode(), room=room, replica=replica, idem=idem))
        head = head_of(made[-1])
    return made


def append(
    store: Store, body: bytes = b"sealed", *, room: bytes = ROOM, replica: bytes = REPLICA, idem: bytes | None = None
) -> tuple[SealedEntry, bool]:
    """Append as the record does: lock, look whether the request was already answered, add. Returns the entry and whether it was made now."""
    with store.appending(INITIATIVE, room, replica) as chain:
        found = chain.find(idem) if idem is not None else None
        if found is not None:
            return found, False
        return add(chain, body, room=room, replica=replica, idem=idem), True


def add(chain: Chain, body: bytes, *, room: bytes = ROOM, replica: bytes = REPLICA, idem: bytes | None = None) -> SealedEntry:
    entry = sealed(chain.head, body, room=room, replica=replica, idem=idem)
    chain.add(entry)
    return entry


def broken_links(entries: Iterable[SealedEntry]) -> int:
    """How many entries do not follow the one before them in their chain, stand in a taken place, or have a body that is not theirs."""
    broken = 0
    for chain in chains(entries).values():
        head = Head(0, START)
        for entry in chain:
            body_fits = entry.body is None or sha256(entry.body).digest() == entry.body_hash
            broken += (entry.seq, entry.prev_hash) != (head.seq + 1, head.hash) or not body_fits
            head = head_of(entry)
    return broken


def repeated(entries: Iterable[SealedEntry]) -> int:
    """How many requests were answered more than once in their chain."""
    return sum(count - 1 for count in Counter((entry.room, entry.replica, entry.idem) for entry in entries).values())


@dataclass(frozen=True)
class Database:
    """A fresh database of one kind."""

    kind: str
    """SQLite or PostgreSQL."""
    address: str
    """The path of the file, or the connection string."""
    server: Server | None = None

    def store(self) -> Store:
        """A new connection to it."""
        return open_store(self.kind, self.address)

    def plain(self) -> Any:
        """A connection in autocommit mode that knows nothing of the store."""
        if self.server is None:
            return connect_sqlite(Path(self.address))
        return self.server.connect(self.address.rsplit("=", 1)[1])

    def say(self, sql: str) -> list[Any]:
        """What the database answers to one statement."""
        connection = self.plain()
        try:
            answer = connection.execute(sql)
            return list(answer.fetchall()) if answer.description else []
        finally:
            connection.close()

    def damage(self) -> list[str]:
        """What the database itself finds wrong with its pages."""
        if self.server is None:
            connection = sqlite3.connect(self.address)
            try:
                return [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            finally:
                connection.close()
        self.say("CREATE EXTENSION IF NOT EXISTS amcheck")
        heaps = self.say("SELECT msg FROM verify_heapam('tracktwo_entries')")
        self.say("SELECT bt_index_check(indexrelid, true) FROM pg_index WHERE indrelid = 'tracktwo_entries'::regclass")
        return [str(row[0]) for row in heaps]


def open_store(kind: str, address: str) -> Store:
    return Store.sqlite(Path(address)) if kind == "SQLite" else Store.postgresql(address)
