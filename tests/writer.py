"""A process that writes to a store and says so: what the tests kill, trace, race and starve.

Run as `python -m tests.writer KIND ADDRESS JOB …`: it answers every line on standard input, so that whoever started it sets the pace.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.storing import INITIATIVE, ROOM, append, name, open_store, sealed
from tracktwo.record.dialects import POSTGRESQL, connect_postgresql, connect_sqlite
from tracktwo.record.store import Chain, Store, StoreError

ROOT = Path(__file__).resolve().parent.parent
INSERT = (
    "INSERT INTO tracktwo_entries (initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body_hash, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def command(kind: str, address: str, job: str, *rest: str) -> list[str]:
    """The words that start a writer."""
    return [sys.executable, "-m", "tests.writer", kind, address, job, *rest]


def start(words: Sequence[str]) -> subprocess.Popen[str]:
    """A process with pipes for its input, its output and its errors, in the folder of the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True, bufsize=1)


def acknowledge(store: Store) -> None:
    """For each request on standard input append, and only after the commit print the request, the hash of the entry, and whether it is new."""
    print("ready", flush=True)
    for line in sys.stdin:
        entry, made = append(store, os.urandom(600), idem=bytes.fromhex(line.strip()))
        sys.stdout.write(f"{entry.idem.hex()} {entry.hash.hex()} {int(made)}\n")  # in one piece, so that it is said or not
        sys.stdout.flush()


def race(store: Store, replica: bytes, appends: int, *, late: bool) -> None:
    """Append as fast as it goes once a line has come; `late` locks the room only after the head was read, as one must not."""
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(appends):
        if not late:
            append(store, os.urandom(300), replica=replica)
            continue
        with store.transaction():
            entry = sealed(Chain(store, INITIATIVE, ROOM, replica).head, os.urandom(300), replica=replica)
            store._lock(INITIATIVE, ROOM)
            store._run(INSERT, entry)
    print("done", flush=True)


def read_and_write(store: Store) -> None:
    """Print how many entries can be read, then what came of an attempt to write."""
    print(len(list(store.entries(INITIATIVE))), flush=True)
    try:
        print(append(store)[0].seq, flush=True)
    except StoreError as error:
        print(error, flush=True)


def step_down(user: str) -> None:
    """Become somebody without rights, for whom the permissions of files count; root passes over them."""
    if user:
        found = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(found.pw_gid)
        os.setuid(found.pw_uid)


def main(kind: str, address: str, job: str, *rest: str) -> None:
    """Do one job."""
    if job == "acknowledge":
        acknowledge(_opened(kind, address, *rest))
    elif job == "race":
        replica, appends, how = rest
        race(open_store(kind, address), name(replica), int(appends), late=how == "late")
    elif job == "read":
        step_down(*rest)
        read_and_write(open_store(kind, address))
    else:
        raise SystemExit(f"{job} is no job")


def _opened(kind: str, address: str, synchronous: str = "") -> Store:
    """A store; `synchronous` is what a careless setup would say to save the wait for the disk."""
    if not synchronous:
        return open_store(kind, address)
    if kind == "SQLite":
        return Store(connect_sqlite(Path(address), synchronous=synchronous))
    connection = connect_postgresql(address)
    connection.execute(f"SET synchronous_commit = {synchronous}")
    return Store(connection, POSTGRESQL)


if __name__ == "__main__":
    main(*sys.argv[1:])
