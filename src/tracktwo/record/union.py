"""Which entries of another copy continue a chain that stands here, and which contradict it: pure, one chain at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracktwo.vault.header import START, SealedEntry


class Parted(NamedTuple):
    """The entries of one chain that are not here yet."""

    new: list[SealedEntry]
    forked: list[SealedEntry]
    """Each contradicts what is here, or follows one that does."""


def part(here: Iterable[SealedEntry], apart: Iterable[SealedEntry], arriving: Iterable[SealedEntry]) -> Parted:
    """Part what arrives for one chain (one room and replica), given what stands in it and what was kept apart before.

    An entry contradicts the chain if another one stands in its place, if it does not follow the one before it or is not followed by the one
    after it, if it follows one that was kept apart, or if it repeats another entry's request. So no link between neighbours ever breaks by a
    merge. A gap is no contradiction: its entries may come with the next merge. Bodies play no part. O(n log n).
    """
    hashes, before, requests = {0: START}, {}, set()
    for entry in here:
        hashes[entry.seq], before[entry.seq] = entry.hash, entry.prev_hash
        requests.add(entry.idem)
    aside = {entry.hash for entry in apart}
    parted = Parted([], [])
    for own, entry in sorted(((entry.hash, entry) for entry in arriving), key=lambda pair: (pair[1].seq, pair[0])):
        if hashes.get(entry.seq) == own:
            continue
        fits = (
            entry.seq not in hashes
            and hashes.get(entry.seq - 1, entry.prev_hash) == entry.prev_hash
            and before.get(entry.seq + 1, own) == own
            and entry.prev_hash not in aside
            and entry.idem not in requests
        )
        if not fits:
            aside.add(own)
            parted.forked.append(entry)
            continue
        hashes[entry.seq], before[entry.seq] = own, entry.prev_hash
        requests.add(entry.idem)
        parted.new.append(entry)
    return parted
