"""With which rooms a record begins."""

from __future__ import annotations

from collections.abc import Sequence

from tracktwo.record.entries import Entry
from tracktwo.record.initiative import replay


def rooms_for(entries: Sequence[Entry]) -> list[str]:
    """The rooms with which a record begins: the team's, the plenary, and a caucus for each side at the table."""
    sides = replay(entries).table
    return ["team", "plenary", *(f"caucus:{side.id}" for side in sides)] if len(sides) > 1 else ["team", "plenary"]
