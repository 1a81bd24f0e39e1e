"""What moved against an earlier programme, and why; and how often each item has moved, which calendars must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.methods.programme.rules import Grid
from tracktwo.methods.programme.words import listed, of, sentence
from tracktwo.model.timetable import Move, Placed, Timetable


def sequences(before: Timetable, items: Sequence[Placed]) -> tuple[Placed, ...]:
    """The items with their sequence: as it was where they lie as they lay, one more where not; new items begin at zero."""
    was = {item.id: item for item in before.items}
    return tuple(
        item if (old := was.get(item.id)) is None else item.model_copy(update={"sequence": old.sequence + (_where(old) != _where(item))})
        for item in items
    )


def _where(item: Placed) -> tuple[object, ...]:
    return item.date, item.start, item.end, item.room, item.zone


def shown(item: Placed) -> str:
    """Day, clock and room of an item."""
    return f"{item.date} {item.start}–{item.end}{f' {item.room}' if item.room else ''}"


def moves(before: Timetable, items: Sequence[Placed], grid: Grid) -> tuple[Move, ...]:
    """Every item that is new, gone, or lies elsewhere, with why."""
    was, now = {item.id: item for item in before.items}, {item.id: item for item in items}
    found = [Move(id=name, before=shown(item), after=None, why="is no longer in the SPEC") for name, item in was.items() if name not in now]
    for name, item in now.items():
        old = was.get(name)
        if old is None:
            found.append(Move(id=name, before=None, after=shown(item), why="is new"))
        elif _where(old) != _where(item):
            found.append(Move(id=name, before=shown(old), after=shown(item), why=_why(old, item, items, grid)))
    return tuple(found)


def _why(old: Placed, item: Placed, items: Sequence[Placed], grid: Grid) -> str:
    """The first rule that its old place would break now; else what lies there now; else what it goes along with."""
    for reason in _barred(old, item, grid):
        return reason
    in_the_way = [
        other.id
        for other in items
        if other.id != item.id and other.date == old.date and other.start < old.end and old.start < other.end
        and (set(other.who) & set(item.who) or (old.room is not None and other.room == old.room))
    ]  # fmt: skip
    if in_the_way:
        return f"gives its place to {listed(in_the_way)}"
    return "goes along with what moved before or after it"


def _barred(old: Placed, item: Placed, grid: Grid) -> Iterator[str]:
    source = of(grid, item.id)
    day = next((number for number, one in enumerate(grid.spec.days, 1) if one.date == old.date), None)
    if day is None:
        yield f"{old.date} is no longer a day of the programme"
        return
    length = _minutes(old.end) - _minutes(old.start)
    if length != source.minutes:
        yield f"lasts {source.minutes} minutes instead of {length}"
    for start in grid.starts(source, loose=True):
        if start.day == day and grid.axis.clock(day, start.at) == old.start:
            yield from (sentence(breach.rule, grid) for breach in start.breaks)
            if old.room is not None and any(room.id == old.room for room in grid.spec.rooms):
                yield from (sentence(breach.rule, grid) for breach in grid.room_breaks(source, old.room))
                yield from (
                    sentence(blocked.rule, grid)
                    for blocked in grid.room_windows(source, old.room)
                    if start.at < blocked.span[1] and blocked.span[0] < start.at + source.minutes
                )
    if old.room is not None and all(room.id != old.room for room in grid.spec.rooms):
        yield f"there is no room '{old.room}' any more"


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])
