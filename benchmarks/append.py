"""Appending durably: our store on SQLite and PostgreSQL beside bare inserts that wait for the same disk.

Peers: a loop over sqlite3 with the same pragmas, table and transaction but without lock, look-up and chain (the least that a durable append
can cost), the same over psycopg, and the disk itself: a write and fdatasync of one page. Every append is one commit.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.harness import Contender, compare
from tracktwo.record.dialects import POSTGRESQL, SQLITE, Dialect, connect_postgresql, connect_sqlite
from tracktwo.record.store import Store
from tracktwo.vault.header import START, SealedEntry

APPENDS = 200
"""Commits of one repetition."""
REPETITIONS = 7
BODY = 768
"""Bytes of a body: a statement of a few lines, sealed and padded."""
SEED = 4
INSERT = (
    "INSERT INTO tracktwo_entries (initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body_hash, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
Step = Callable[[], object]


class Timed:
    """Repeats one step, and remembers how long each took."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self.seconds: list[float] = []

    def __call__(self) -> None:
        for _ in range(APPENDS):
            start = time.perf_counter()
            self._step()
            self.seconds.append(time.perf_counter() - start)

    def percentile(self, hundredth: int) -> float:
        """Milliseconds within which so many of a hundred steps were done; needs a hundred steps."""
        return statistics.quantiles(self.seconds, n=100)[hundredth - 1] * 1e3


def ours(store: Store, chance: random.Random) -> Step:
    """Append as a record does: lock the room, look whether the request was answered, add the next entry of the chain."""
    initiative, room, replica = (chance.randbytes(16) for _ in range(3))

    def step() -> None:
        idem, body = chance.randbytes(16), chance.randbytes(BODY)
        with store.appending(initiative, room, replica) as chain:
            assert chain.find(idem) is None
            head = chain.head
            chain.add(SealedEntry(initiative, room, replica, head.seq + 1, 1, room, head.hash, idem, sha256(body).digest(), body))

    return step


def bare(connection: Any, dialect: Dialect, chance: random.Random) -> Step:
    """One insert into the same table in one transaction, without lock, look-up and chain."""
    initiative, room, replica, seq = *(chance.randbytes(16) for _ in range(3)), 0
    say = connection.execute

    def step() -> None:
        nonlocal seq
        seq += 1
        body = chance.randbytes(BODY)
        say(dialect.begin)
        say(dialect.sql(INSERT), (initiative, room, replica, seq, 1, room, START, chance.randbytes(16), sha256(body).digest(), body))
        say("COMMIT")

    return step


def disk(path: Path, chance: random.Random) -> Step:
    """A page and the wait for it, which nobody who promises durability can go below."""
    file = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)

    def step() -> None:
        os.write(file, chance.randbytes(4096))
        os.fdatasync(file)

    return step


def main() -> None:
    """Print the medians of 200 commits, then how long single commits took."""
    chance = random.Random(SEED)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = stack.enter_context(Store.sqlite(folder / "ours.sqlite"))
        Store.sqlite(folder / "bare.sqlite").close()
        timed = {
            "our store on SQLite": Timed(ours(store, chance)),
            "bare insert on SQLite": Timed(bare(connect_sqlite(folder / "bare.sqlite"), SQLITE, chance)),
            "the disk alone": Timed(disk(folder / "page", chance)),
        }
        address = _server(stack)
        if address:
            timed["our store on PostgreSQL"] = Timed(ours(stack.enter_context(Store.postgresql(address)), chance))
            timed["bare insert on PostgreSQL"] = Timed(bare(connect_postgresql(address), POSTGRESQL, chance))
        size = f"{APPENDS} commits of one entry with a body of {BODY} bytes, each waiting for the disk"
        print(
            compare("Durable appends", [Contender(name, work) for name, work in timed.items()], size=size, seed=SEED, repetitions=REPETITIONS).table()
        )
        print()
        print("| single commits | p50, ms | p99, ms | longest, ms |\n| --- | ---: | ---: | ---: |")
        for name, work in timed.items():
            print(f"| {name} | {work.percentile(50):.2f} | {work.percentile(99):.2f} | {max(work.seconds) * 1e3:.2f} |")


def _server(stack: ExitStack) -> str:
    """The address of a fresh database of PostgreSQL, if its binaries are here."""
    try:
        from tests.postgres import binaries, running_server
    except ImportError:
        print("psycopg is not installed and PostgreSQL left out.", file=sys.stderr)
        return ""
    if binaries() is None:
        print("PostgreSQL is not installed and left out.", file=sys.stderr)
        return ""
    server = stack.enter_context(running_server())
    return server.address(server.fresh())


if __name__ == "__main__":
    main()
