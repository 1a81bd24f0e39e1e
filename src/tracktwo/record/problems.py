"""What can be wrong with a record, each told in a sentence that says where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracktwo.vault.header import SealedEntry
from tracktwo.vault.words import words

Kind = Literal["gap", "changed", "fork", "forged", "key gone", "planted key", "rolled back", "unreadable", "misplaced", "old state"]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: what kind, and a sentence for people."""

    kind: Kind
    sentence: str


def copy_name(replica: bytes) -> str:
    """What people call one copy of a record, such as a laptop's: two words."""
    return words(replica[:4])


def where(entry: SealedEntry, room: str | None = None) -> str:
    """How an entry is named: its number, the copy on which it was written, its room where that is open."""
    place = f"the room '{room}'" if room else f"a room that is not open here ({words(entry.room[:4])})"
    return f"entry {entry.seq} of the copy '{copy_name(entry.replica)}' in {place}"


def misplaced(problem: str, entry: SealedEntry, room: str | None = None, kind: Kind = "changed") -> Problem:
    """A problem with one entry."""
    return Problem(kind, f"{where(entry, room)} {problem}")
