"""What a programme does at a price: seats that lack, wishes that were not met, what is sensitive where somebody watches, evenings that go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.methods.programme.rules import Grid
from tracktwo.methods.programme.words import clock, of
from tracktwo.model.timetable import Clash, Placed


def clashes_of(grid: Grid, items: Sequence[Placed]) -> Iterator[Clash]:
    """Each with a sentence and the items concerned."""
    seats = {room.id: room.seats for room in grid.spec.rooms}
    for placed in items:
        item = of(grid, placed.id)
        if placed.room is not None and item.demand > seats[placed.room]:
            lack = item.demand - seats[placed.room]
            yield Clash(
                code="seats-short",
                items=(item.id,),
                sentence=f"'{item.title}' has {seats[placed.room]} seats in '{placed.room}' for {item.demand} expected: {lack} stand",
            )
        if item.wish.day not in (None, placed.day):
            yield Clash(code="wish-day", items=(item.id,), sentence=f"'{item.title}' was wished for day {item.wish.day} and is on day {placed.day}")
        if item.wish.part is not None and item.wish.part != part_of(placed.start):
            yield Clash(
                code="wish-part", items=(item.id,), sentence=f"'{item.title}' was wished for the {item.wish.part} and begins at {placed.start}"
            )
        if item.work and placed.end > "18:30":
            yield Clash(code="evening", items=(item.id,), sentence=f"'{item.title}' is work and ends at {placed.end}, after half past six")
        if item.sensitive and not grid.monitored:
            yield from _watched(grid, placed)


def part_of(start: str) -> str:
    """The part of the day in which a clock time lies: morning until half past twelve, evening from six."""
    return "morning" if start < "12:30" else "afternoon" if start < "18:00" else "evening"


def _watched(grid: Grid, placed: Placed) -> Iterator[Clash]:
    """Sensitive items where somebody watches, in a programme that is not the monitored variant."""
    rooms = {room.id for room in grid.spec.rooms if room.watched}
    if placed.room in rooms:
        yield Clash(code="watched", items=(placed.id,), sentence=f"'{placed.title}' is sensitive and room '{placed.room}' is watched")
    for window in grid.spec.watched:
        there = not window.days or placed.day in window.days
        meets = clock(window.from_) < placed.end and placed.start < clock(window.until)
        if there and meets and (not window.rooms or placed.room in window.rooms):
            why = f" ({window.why})" if window.why else ""
            yield Clash(
                code="watched",
                items=(placed.id,),
                sentence=f"'{placed.title}' is sensitive and lies where it is watched{why}, {clock(window.from_)} to {clock(window.until)}",
            )
