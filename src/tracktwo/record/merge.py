"""Two copies of one record become one again. What comes in is tried first: nothing that does not verify reaches the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracktwo.record.bundle import Bundle, bundle_of, keys_for_store
from tracktwo.record.destruction import obey
from tracktwo.record.dialects import SQLITE, memory
from tracktwo.record.keyring import SLOT
from tracktwo.record.problems import Problem
from tracktwo.record.record import Reading, Record
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.identity import INVITATION, Identity, slot_from


class NotMerged(ValueError):
    """The bundle does not belong here, or what is in it does not verify: one sentence; nothing was changed."""


@dataclass(frozen=True)
class Joined:
    """What a merge brought."""

    entries: int
    emptied: int
    """Entries whose words were destroyed here because the other copy had destroyed them."""
    problems: tuple[Problem, ...]
    """What a person should look at, such as one copy that was continued twice."""
    renew: bool
    """True where the bundle holds entries of this very copy that it does not have: it is an older state or a clone, and needs a new name."""


def trial(initiative: bytes, identity: Identity, bundles: Iterable[Bundle]) -> Reading:
    """Read what these bundles amount to together, in memory. Raises ValueError for entries whose words and header do not belong together."""
    with Store(memory(), SQLITE) as store:
        for bundle in bundles:
            store.merge(initiative, bundle.entries, _new_keys(store, initiative, bundle.keys))
        return Record(store, None, identity, initiative, bytes(16)).read()


def merge(record: Record, bundle: Bundle) -> Joined:
    """Add what a bundle has and the record has not. Raises NotMerged where it is of another initiative or does not verify; StoreError."""
    if bundle.initiative != record.initiative:
        raise NotMerged("the bundle is of another initiative, and two initiatives do not become one")
    here = bundle_of(record.store, record.secret, record.initiative)
    before = {problem.sentence for problem in record.read().problems}
    try:
        read = trial(record.initiative, record.identity, (here, bundle))
    except ValueError as error:
        raise NotMerged(f"the bundle does not verify, so nothing was merged: {error}") from error
    fresh = [problem for problem in read.problems if problem.sentence not in before]
    worst = [problem for problem in fresh if problem.kind != "fork"]
    if worst:
        more = f" (and {len(worst) - 1} more)" if len(worst) > 1 else ""
        raise NotMerged(f"the bundle does not verify, so nothing was merged: {worst[0].sentence}{more}")
    known = {entry[:4] for entry in here.entries}
    renew = any(entry.replica == record.replica and entry[:4] not in known for entry in bundle.entries)
    rows = _new_keys(record.store, record.initiative, keys_for_store(bundle, record.secret))
    merged = record.store.merge(record.initiative, bundle.entries, rows)
    emptied = obey(record)
    return Joined(merged.entries, emptied, tuple(fresh), renew)


def _new_keys(store: Store, initiative: bytes, keys: Iterable[KeyRow]) -> list[KeyRow]:
    """The rows that are not there yet. A bundle writes over no key and destroys none: what is to be destroyed, the entries say.

    Only that an invitation was used is taken over, or it could be used once on every laptop.
    """
    here = {(row.kind, row.id): row.value for row in store.keys(initiative)}
    taken = []
    for row in keys:
        if (row.kind, row.id) not in here:
            if row.value is not None or row.kind == SLOT:
                taken.append(row)
        elif row.value is None and row.kind == SLOT:
            value = here[row.kind, row.id]
            if value is not None and slot_from(value).kind == INVITATION:
                taken.append(row)
    return taken
