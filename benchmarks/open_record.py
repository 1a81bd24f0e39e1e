"""Opening a long record: ours beside the least that opening sealed rows can cost.

Peer: a bare loop over the same SQLite file that reads each row, opens its body with the same cipher and lets the standard library parse the JSON;
no chain, no tag, no type, no keyring. Ours checks every chain and every author's tag, reads every entry as its type, and replays the initiative.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from benchmarks.harness import Contender, compare
from tracktwo.model.brief import PastEvent
from tracktwo.record.entries import EventRecounted, InitiativeOpened, Opening
from tracktwo.record.home import Home
from tracktwo.record.membership import found
from tracktwo.record.record import Record
from tracktwo.vault.header import header_bytes
from tracktwo.vault.identity import Identity

ENTRIES = 50_000
SEED = 4
DAY = date(2026, 11, 26)
ME = Identity(b"a member", bytes(range(32)))
_WORDS = "water well field road market border school festival harvest council river bridge elder winter promise letter".split()


def fill(folder: Path, entries: int = ENTRIES) -> None:
    """Write a record of so many entries of about 350 bytes into an empty home."""
    chance = random.Random(SEED)
    home = Home(folder)
    with home.open() as store:
        record = found(store, home.secret.read(), bytes(16), ["team", "plenary"], name="A convenor", on=DAY, identity=ME)
        record.append([InitiativeOpened(on=DAY, lamport=0, body=Opening(title="A long talk", challenge="community dispute", written=DAY))])
        told = (" ".join(chance.choices(_WORDS, k=40)) for _ in range(entries - 2))
        record.append([EventRecounted(on=DAY, lamport=0, body=PastEvent(date="1999", what=words)) for words in told])


def ours(folder: Path) -> int:
    """Open, check and replay; returns how many events the initiative holds."""
    home = Home(folder)
    with home.open() as store:
        (initiative,) = store.initiatives()
        reading = Record(store, home.secret.read(), ME, initiative, bytes(16)).read()
        if reading.problems:
            raise ValueError(reading.problems[0].sentence)
        return len(reading.initiative().history)


def bare(folder: Path) -> int:
    """Read, open and parse, and nothing else."""
    home = Home(folder)
    with home.open() as store:
        (initiative,) = store.initiatives()
        record = Record(store, home.secret.read(), ME, initiative, bytes(16))
        room = record.room("team")
        keys = {name: ChaCha20Poly1305(key.key) for name, key in record.keyring.body_keys(room.id)}
        (opener,) = (keys[name] for name in list(keys)[:1])
        connection = sqlite3.connect(home.file)
        count = 0
        for row in connection.execute(
            "SELECT initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body FROM tracktwo_entries WHERE room = ?", (room.id,)
        ):
            plain = opener.decrypt(row[8][:12], row[8][12:], header_bytes(*row[:8]))
            json.loads(plain[4 : 4 + int.from_bytes(plain[:4], "big")])
            count += 1
        connection.close()
    return count


def seconds_and_megabytes(folder: Path) -> tuple[float, float]:
    """What opening takes in a fresh process: seconds without starting Python, and the most memory that the process ever had."""
    words = [sys.executable, "-m", "benchmarks.open_record", str(folder)]
    printed = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent).stdout  # noqa: S603
    seconds, kilobytes = printed.split()
    return float(seconds), float(kilobytes) / 1024


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        gc.collect()
        size = f"{ENTRIES} entries of about 350 bytes, {Home(folder).file.stat().st_size >> 20} MB"
        contenders = [
            Contender("tracktwo: open, check, replay", lambda: ours(folder)),
            Contender("bare loop: read, open, parse", lambda: bare(folder), "cryptography"),
        ]
        print(compare("Opening a long record", contenders, size=size, repetitions=5, seed=SEED).table())
        seconds, megabytes = seconds_and_megabytes(folder)
        print(f"\nIn a process of its own: {seconds:.2f} s, {megabytes:.0f} MB at most.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        start = time.perf_counter()
        ours(Path(sys.argv[1]))
        print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        main()
