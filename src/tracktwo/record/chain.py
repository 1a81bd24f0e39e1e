"""What anybody can see of a record without a key: whether every chain is whole, and where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from tracktwo.record.problems import Problem, misplaced
from tracktwo.record.store import Head
from tracktwo.vault.header import START, SealedEntry

_NOTHING = Head(0, START)


class Chains:
    """Checks chains as they are read, one entry after the other."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.heads: dict[tuple[bytes, bytes], Head] = {}
        """(room, replica) → the end of the chain."""

    def follow(self, entry: SealedEntry, header: bytes, room: str | None = None) -> None:
        """Take the next entry of a chain; `header` are its canonical bytes, `room` the name of its room where that is open."""
        chain = (entry.room, entry.replica)
        before = self.heads.get(chain, _NOTHING)
        if entry.seq != before.seq + 1:
            self.problems.append(misplaced(f"does not follow entry {before.seq}: what stood between is missing", entry, room, "gap"))
        elif entry.prev_hash != before.hash:
            self.problems.append(misplaced("does not continue the entry before it, which was changed or put in its place", entry, room))
        if entry.body is not None and sha256(entry.body).digest() != entry.body_hash:
            self.problems.append(misplaced("has other bytes than those that were written", entry, room))
        self.heads[chain] = Head(entry.seq, sha256(header + entry.body_hash).digest())


def check_chains(entries: Iterable[SealedEntry]) -> Chains:
    """Check entries that come chain by chain, by number."""
    chains = Chains()
    for entry in entries:
        chains.follow(entry, entry.header)
    return chains
