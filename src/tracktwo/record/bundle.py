"""The interchange file `initiative.t2`: sealed entries, and the part of the keyring that its recipients can open. Written whole.

Layout, integers big-endian: the magic `tracktwo.t2` and a zero byte; a version of two bytes; the initiative's id of 16 bytes; sections, each a
kind of one byte (1 entries, 2 keyring, 3 keys of a backup), a length of eight bytes and that many bytes; SHA-256 over everything before it. The
sections are described byte by byte in docs/reference/bundle.md.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tracktwo.record.chain import check_chains
from tracktwo.record.keyring import BODY, EPOCH, PIN, SLOT, WRAP, slot_row
from tracktwo.record.problems import Problem
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.header import HEADER_BYTES, SealedEntry, header_from
from tracktwo.vault.identity import BUNDLE_PASSPHRASE, INVITATION, PASSPHRASE, RECOVERY, slot_from
from tracktwo.vault.secret import Secret

MAGIC = b"tracktwo.t2\0"
VERSION = 1
ENTRIES, KEYRING, BACKUP = 1, 2, 3
_CHECKSUM = 32
_LONGEST_BODY = 64 << 20
LARGEST = 1 << 30
"""Bytes of a bundle that are read at all."""


class NotABundle(ValueError):
    """The file is no bundle that can be read: one sentence."""


@dataclass(frozen=True)
class Bundle:
    """A bundle taken apart; nothing in it is opened."""

    initiative: bytes
    entries: tuple[SealedEntry, ...]
    keys: tuple[KeyRow, ...]

    def to_bytes(self) -> bytes:
        """The file: the same entries and keys give the same bytes."""
        entries = b"".join(_entry_bytes(entry) for entry in sorted(self.entries, key=lambda entry: entry[:4]))
        keys = b"".join(_key_bytes(row) for row in sorted(self.keys, key=lambda row: (row.kind, row.id)))
        return _with_checksum(self.initiative, _section(ENTRIES, entries) + _section(KEYRING, keys))

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the chains, as far as it shows without a key."""
        return tuple(check_chains(sorted(self.entries, key=lambda entry: entry[:4])).problems)


def bundle_of(
    store: Store, secret: Secret | None, initiative: bytes, *, recipients: Iterable[bytes] | None = None, slots: Sequence[bytes] = ()
) -> Bundle:
    """Put a record into a bundle for members by their pseudonyms, or for all; `slots` are further slots, such as one under a passphrase.

    A recipient's room keys, recovery slot and invitation go with it, and of the body keys, unwrapped from the erasure master, those of his rooms.
    """
    rows = store.keys(initiative)
    names = None if recipients is None else set(recipients)
    wraps = [row for row in rows if row.kind == WRAP and row.value is not None and (names is None or row.id[32:] in names)]
    chosen = list(wraps)
    for row in rows:
        if row.value is None:  # that a body key was destroyed, the entries say; that an invitation was used, only this
            chosen += [row] * (row.kind == SLOT)
        elif row.kind == EPOCH or (row.kind == PIN and (names is None or row.id in names)):
            chosen.append(row)
        elif row.kind == SLOT and _travels(row.value, names):
            chosen.append(slot_row(row.value))
        elif row.kind == BODY:
            chosen.append(KeyRow(BODY, row.id, row.value if secret is None else secret.unwrap(row.value, row.id)))
    chosen += [slot_row(slot) for slot in slots]
    entries = tuple(store.entries(initiative))
    return Bundle(initiative, entries, tuple(sorted({(row.kind, row.id): row for row in chosen}.values(), key=lambda row: (row.kind, row.id))))


def _travels(value: bytes, names: set[bytes] | None) -> bool:
    slot = slot_from(value)
    return slot.kind in (RECOVERY, INVITATION, BUNDLE_PASSPHRASE) and (names is None or slot.member in names)


def keys_for_store(bundle: Bundle, secret: Secret | None) -> tuple[KeyRow, ...]:
    """The keyring of a bundle as a database keeps it: body keys under the erasure master, and no slot under a passphrase without pepper."""
    taken = []
    for row in bundle.keys:
        if row.kind == BODY and row.value is not None and secret is not None:
            taken.append(KeyRow(BODY, row.id, secret.wrap(row.value, row.id)))
        elif row.kind != SLOT or row.value is None or slot_from(row.value).kind not in (BUNDLE_PASSPHRASE, PASSPHRASE):
            taken.append(row)
    return tuple(taken)


def read_bundle(path: Path) -> Bundle:
    """Read a bundle from a file. Raises NotABundle with one sentence, also for a file that cannot be read."""
    data = _bytes_of(path)
    try:
        return bundle_from(data)
    except NotABundle as error:
        raise NotABundle(f"{path} {error}") from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise NotABundle(f"{path} is larger than any bundle that is read ({LARGEST >> 20} MB)")
        return path.read_bytes()
    except OSError as error:
        raise NotABundle(f"{path} cannot be read: {error.strerror or error}") from error


def bundle_from(data: bytes) -> Bundle:
    """Take a bundle's bytes apart and check sizes and checksum. Raises NotABundle with the rest of a sentence that begins with the file's name."""
    initiative, sections = _sections_of(data)
    if [kind for kind, _ in sections] == [BACKUP]:
        raise NotABundle("is a backup of keys, not a bundle; 'tracktwo record restore' reads the folder in which it lies")
    if [kind for kind, _ in sections] != [ENTRIES, KEYRING]:
        raise NotABundle("does not have one part with entries and one with keys")
    return Bundle(initiative, tuple(_entries_from(sections[0][1], initiative)), _in_order(_keys_from(sections[1][1])))


_ID_BYTES = {EPOCH: 32, WRAP: 40, BODY: 32, SLOT: 16, PIN: 8}


def _in_order(rows: Iterable[KeyRow]) -> tuple[KeyRow, ...]:
    """The keyring of a bundle, which can be written in one way only. Raises NotABundle."""
    keys = tuple(rows)
    for row in keys:
        if _ID_BYTES.get(row.kind) != len(row.id):
            raise NotABundle("holds a key of a kind that there is not")
        if row.value is None and row.kind != SLOT:
            raise NotABundle("holds a key without its value")
        if row.value is not None and row.kind == SLOT and slot_row(row.value) != row:
            raise NotABundle("holds a key slot under another name than its own")
    names = [(row.kind, row.id) for row in keys]
    if any(one >= other for one, other in pairwise(names)):
        raise NotABundle("does not have its keys in order")
    return keys


def to_backup(initiative: bytes, keys: Iterable[KeyRow]) -> bytes:
    """A keyring as it stands in a database, with body keys under the erasure master, in the form of a bundle."""
    content = b"".join(_key_bytes(row) for row in sorted(keys, key=lambda row: (row.kind, row.id)))
    return _with_checksum(initiative, _section(BACKUP, content))


def read_backup(path: Path) -> tuple[bytes, tuple[KeyRow, ...]]:
    """(initiative, keyring) of a backup of keys. Raises NotABundle."""
    try:
        initiative, sections = _sections_of(_bytes_of(path))
        if [kind for kind, _ in sections] != [BACKUP]:
            raise NotABundle("is no backup of keys")
        return initiative, tuple(_keys_from(sections[0][1]))
    except NotABundle as error:
        raise NotABundle(str(error) if str(path) in str(error) else f"{path} {error}") from error


def _sections_of(data: bytes) -> tuple[bytes, list[tuple[int, bytes]]]:
    """(initiative, [(kind, content)]) of a file whose magic, version and checksum are right."""
    head = len(MAGIC) + 2 + 16
    if not data.startswith(MAGIC):
        raise NotABundle("is no bundle of tracktwo")
    if len(data) < head + _CHECKSUM:
        raise NotABundle("is cut short")
    (version,) = struct.unpack_from(">H", data, len(MAGIC))
    if version > VERSION:
        raise NotABundle(f"was written by a newer version of tracktwo (bundle version {version}; this one reads up to {VERSION}); update tracktwo")
    if version != VERSION:
        raise NotABundle(f"has the bundle version {version}, which never was")
    if hashlib.sha256(data[:-_CHECKSUM]).digest() != data[-_CHECKSUM:]:
        raise NotABundle("was changed or cut short after it was written: its checksum does not fit")
    at, end = head, len(data) - _CHECKSUM
    sections = []
    while at < end:
        kind, content, at = _take_section(data, at, end)
        sections.append((kind, content))
    return data[len(MAGIC) + 2 : head], sections


def _with_checksum(initiative: bytes, sections: bytes) -> bytes:
    body = MAGIC + struct.pack(">H", VERSION) + initiative + sections
    return body + hashlib.sha256(body).digest()


def _section(kind: int, content: bytes) -> bytes:
    return struct.pack(">BQ", kind, len(content)) + content


def _take_section(data: bytes, at: int, end: int) -> tuple[int, bytes, int]:
    if at + 9 > end:
        raise NotABundle("is cut short in the head of a part")
    kind, length = struct.unpack_from(">BQ", data, at)
    if at + 9 + length > end:
        raise NotABundle("is cut short inside a part")
    return kind, data[at + 9 : at + 9 + length], at + 9 + length


def _entry_bytes(entry: SealedEntry) -> bytes:
    """Header without the format's name and the initiative, hash of the body, whether there is a body, its length, the body."""
    body = b"" if entry.body is None else entry.body
    head = struct.pack(">16s16sQI16s32s16s", *entry[1:8])
    return head + entry.body_hash + struct.pack(">BI", entry.body is not None, len(body)) + body


def _entries_from(content: bytes, initiative: bytes) -> Iterable[SealedEntry]:
    fixed = HEADER_BYTES - 16 + 32 + 5
    at = 0
    before: tuple[bytes, bytes, int] | None = None
    while at < len(content):
        if at + fixed > len(content):
            raise NotABundle("is cut short in an entry")
        room, replica, seq, epoch, key_id, prev_hash, idem = header_from(initiative + content[at : at + HEADER_BYTES - 16])[1:]
        body_hash = content[at + HEADER_BYTES - 16 : at + HEADER_BYTES + 16]
        there, length = struct.unpack_from(">BI", content, at + HEADER_BYTES + 16)
        at += fixed
        if there > 1 or length > _LONGEST_BODY or at + length > len(content) or (length and not there):
            raise NotABundle("is cut short in the words of an entry")
        if before is not None and (room, replica, seq) <= before:
            raise NotABundle("does not have its entries in order")
        before = (room, replica, seq)
        body = content[at : at + length] if there else None
        yield SealedEntry(initiative, room, replica, seq, epoch, key_id, prev_hash, idem, body_hash, body)
        at += length


def _key_bytes(row: KeyRow) -> bytes:
    """Kind, length of the id, id, whether there is a value, its length, the value."""
    value = b"" if row.value is None else row.value
    return struct.pack(">BB", row.kind, len(row.id)) + row.id + struct.pack(">BI", row.value is not None, len(value)) + value


def _keys_from(content: bytes) -> Iterable[KeyRow]:
    at = 0
    while at < len(content):
        try:
            kind, length = struct.unpack_from(">BB", content, at)
            name = content[at + 2 : at + 2 + length]
            there, size = struct.unpack_from(">BI", content, at + 2 + length)
        except struct.error as error:
            raise NotABundle("is cut short in a key") from error
        at += 2 + length + 5
        if len(name) != length or there > 1 or at + size > len(content) or (size and not there):
            raise NotABundle("is cut short in a key")
        yield KeyRow(kind, name, content[at : at + size] if there else None)
        at += size
