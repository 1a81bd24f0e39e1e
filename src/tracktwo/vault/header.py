"""The clear part of a sealed entry: where it stands in its chain, and nothing about what it says.

An entry's header is the associated data of its body, so that neither can be moved, and the chain runs over header and hash of the body, so that
a body can be destroyed and the chain stays whole.
"""

from __future__ import annotations

import hashlib
import struct
from typing import NamedTuple

_LAYOUT = struct.Struct(">16s16s16s16sQI16s32s16s")
_FORMAT = b"tracktwo entry/1"
HEADER_BYTES = _LAYOUT.size - len(_FORMAT)
"""Bytes of a header without the name of its format."""
START = bytes(32)
"""What the first entry of a chain has for the hash of the one before it."""


class SealedEntry(NamedTuple):
    """One row of a record: a header, the hash of the body, and the sealed body, or None where it was destroyed."""

    initiative: bytes
    """16 bytes."""
    room: bytes
    """16 bytes."""
    replica: bytes
    """16 bytes: the copy of the record on which it was written."""
    seq: int
    """From 1, without gaps, in the chain of one replica in one room."""
    epoch: int
    """Number of the room's key under which it was written."""
    key_id: bytes
    """16 bytes: which body key, veiled by the room's key."""
    prev_hash: bytes
    """32 bytes: the hash of the entry before it in the chain, or zeros."""
    idem: bytes
    """16 random bytes, chosen by whoever asks for the entry: the same request twice makes one entry."""
    body_hash: bytes
    """SHA-256 of the sealed body."""
    body: bytes | None

    @property
    def header(self) -> bytes:
        """The canonical bytes of the header, which are the associated data of the body."""
        return header_bytes(*self[:8])

    @property
    def hash(self) -> bytes:
        """SHA-256 over header and hash of the body: 32 bytes."""
        return hashlib.sha256(self.header + self.body_hash).digest()


def header_bytes(initiative: bytes, room: bytes, replica: bytes, seq: int, epoch: int, key: bytes, prev_hash: bytes, idem: bytes) -> bytes:
    """The canonical bytes of a header: the format's name and the fields in this order, integers big-endian (seq 8 bytes, epoch 4)."""
    return _LAYOUT.pack(_FORMAT, initiative, room, replica, seq, epoch, key, prev_hash, idem)


def header_from(data: bytes) -> tuple[bytes, bytes, bytes, int, int, bytes, bytes, bytes]:
    """The fields of HEADER_BYTES bytes, a header without its format's name. Raises struct.error for another length."""
    fields = _LAYOUT.unpack(_FORMAT + data)
    return fields[1:]
