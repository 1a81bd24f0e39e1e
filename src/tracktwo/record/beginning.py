"""With what a record begins: the rooms of an initiative, and the first entries of a hub."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracktwo.record.entries import Entry, InitiativeOpened, Opening
from tracktwo.record.hub import Hub, HubOpened
from tracktwo.record.initiative import replay


def rooms_for(entries: Sequence[Entry]) -> list[str]:
    """The rooms with which a record begins: the team's, the plenary, and a caucus for each side at the table."""
    sides = replay(entries).table
    return ["team", "plenary", *(f"caucus:{side.id}" for side in sides)] if len(sides) > 1 else ["team", "plenary"]


def opening_of(hub: Hub, on: date) -> tuple[Entry, ...]:
    """The first entries of a hub: what it is, and, since it is kept as any record is, what it is called."""
    called = Opening(title=hub.name, challenge="friendship", written=on)
    return InitiativeOpened(on=on, lamport=0, body=called), HubOpened(on=on, lamport=0, body=hub)
