"""Rows of a database and of a file as sealed entries, where what cannot be one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from tracktwo.record.dialects import StoreError
from tracktwo.vault.header import SealedEntry


def checked(initiative: bytes, entries: Iterable[SealedEntry]) -> Iterator[SealedEntry]:
    """The entries. Raises ValueError for what cannot be an entry of the initiative, whoever wrote it."""
    for entry in entries:
        if entry.initiative != initiative:
            raise ValueError("the entries are of another initiative; two initiatives cannot be merged")
        if not _is_whole(entry) or (entry.body is not None and sha256(entry.body).digest() != entry.body_hash):
            raise ValueError(f"entry {entry.seq} of a chain is damaged: body and header do not belong together; take the file again from its source")
        yield entry


def _is_whole(entry: SealedEntry) -> bool:
    """Whether every field has the type and size that it must have."""
    one, two, three, seq, epoch, key, before, idem, after, body = entry
    try:
        lengths = (len(one), len(two), len(three), len(key), len(before), len(idem), len(after))
        return lengths == (16, 16, 16, 16, 32, 16, 32) and 0 < seq < 2**63 and 0 <= epoch < 2**32 and (body is None or type(body) is bytes)
    except TypeError:
        return False


def entry_of(row: Sequence[Any]) -> SealedEntry:
    """The entry of a row with all ten columns, of whichever driver. Raises StoreError for what a damaged page made of it."""
    if type(row[0]) is bytes:
        entry = SealedEntry(*row)
    else:
        entry = SealedEntry._make(bytes(value) if isinstance(value, memoryview) else value for value in row)
    _, room, replica, seq, epoch, key, before, idem, after, body = entry
    try:  # what is not bytes cannot be put together: a quick look, for the rows are many
        if len(room + replica + key + before + idem + after) == 128 and type(seq) is type(epoch) is int and (body is None or type(body) is bytes):
            return entry
    except TypeError:
        pass
    raise StoreError(f"entry {entry.seq} of a chain is damaged; restore the last backup")


def chains(entries: Iterable[SealedEntry]) -> Mapping[tuple[bytes, bytes], Sequence[SealedEntry]]:
    """(room, replica) → its entries by number."""
    found: dict[tuple[bytes, bytes], list[SealedEntry]] = {}
    for entry in sorted(entries, key=lambda entry: entry[:4]):
        found.setdefault((entry.room, entry.replica), []).append(entry)
    return found
