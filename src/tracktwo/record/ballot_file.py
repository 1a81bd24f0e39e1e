"""Sealed votes in a backup: one file for each record, written over by the next. It opens nothing, and holds no time and no order."""

from __future__ import annotations

import hashlib

from tracktwo.record.bundle import NotABundle
from tracktwo.vault.primitives import CannotOpen, packed
from tracktwo.vault.rooms import unpacked

NAME = "ballots.t2"
_MAGIC = b"tracktwo ballots/1\n"
_SUM = 32

Ballots = tuple[tuple[bytes, bytes, bytes], ...]
"""(pseudonym, statement, sealed vote) of each."""


def to_file(initiative: bytes, ballots: Ballots) -> bytes:
    """The file: the same ballots give the same bytes, in whichever order they lay."""
    content = _MAGIC + packed(initiative, *(packed(*ballot) for ballot in sorted(ballots)))
    return content + hashlib.sha256(content).digest()


def from_file(content: bytes, initiative: bytes) -> Ballots:
    """Take the file apart. Raises NotABundle for one that is damaged, or of another record."""
    body, checksum = content[:-_SUM], content[-_SUM:]
    if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != checksum:
        raise NotABundle(f"{NAME} is damaged, or is no file of votes; take the one of another backup")
    try:
        whose, *rows = unpacked(body[len(_MAGIC) :], least=1)
        ballots = [unpacked(row, least=3) for row in rows]
    except CannotOpen as error:
        raise NotABundle(f"{NAME} is damaged: {error}") from error
    if whose != initiative:
        raise NotABundle(f"{NAME} belongs to another record than the keys beside it")
    return tuple((one, two, three) for one, two, three, *_ in ballots)
