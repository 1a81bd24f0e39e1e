"""The rules that a single item's time or room can break, with what each breach costs; and the beginnings that an item may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracktwo.methods.programme.axis import Axis, Span, axis_of
from tracktwo.methods.programme.items import Item, items_of
from tracktwo.model.schedule import DAY, ON_DAY, Kept, ProgrammePerson, Schedule


@dataclass(frozen=True)
class Rule:
    """A rule that can be named, and in a conflict be asked to give way: its code, what it concerns, its line in the SPEC."""

    code: str
    subject: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Breach:
    """A rule that a beginning would break, and by how much: minutes where it has a measure, else 1."""

    rule: Rule
    by: int


@dataclass(frozen=True)
class Start:
    """A beginning: its day, the minute of the axis, and which rules it would break."""

    day: int
    at: int
    breaks: tuple[Breach, ...] = ()


@dataclass(frozen=True)
class _Blocked:
    rule: Rule
    span: Span


@dataclass(frozen=True)
class Grid:
    """Everything that follows from a SPEC before a solver is asked: items, axis, and what blocks whom."""

    spec: Schedule
    monitored: bool
    items: tuple[Item, ...]
    axis: Axis
    people: Mapping[str, ProgrammePerson]
    away: Mapping[str, tuple[_Blocked, ...]]
    kept: tuple[tuple[Kept, frozenset[str], tuple[_Blocked, ...]], ...]
    everywhere: tuple[_Blocked, ...]
    watched: tuple[_Blocked, ...]
    """Watched wherever one is; empty where the programme is not monitored."""

    def starts(self, item: Item, *, loose: bool) -> tuple[Start, ...]:
        """The beginnings of an item on the grid: those that break nothing, or where `loose`, all that its days hold, with what each breaks."""
        days = item.days if item.own_days or not loose else range(1, len(self.spec.days) + 1)
        found = []
        for day in days:
            for minute in self._minutes(item, day, loose=loose):
                at = self.axis.moment(day, minute)
                if at is None:
                    continue
                breaks = tuple(self._breaks(item, day, minute, at))
                if loose or not breaks:
                    found.append(Start(day, at, breaks))
        return tuple(found)

    def _minutes(self, item: Item, day: int, *, loose: bool) -> Sequence[int]:
        """Clock times on the grid, counted from when the house opens, so that 9:10 is a beginning where it opens at 9:10; and one that is fixed."""
        step, opens = self.spec.step, self.spec.days[day - 1].opens
        first, last = (0, DAY) if loose else (max(item.earliest, 0), item.latest)
        # Whoever keeps an hour begins at it, whether or not it lies on the grid.
        anchors = {opens % step}
        if item.kind == "observance" or item.latest - item.earliest < item.minutes + step:
            anchors.add(item.earliest % step)
        found = {minute for anchor in anchors for minute in range(anchor, DAY, step)}
        if item.pinned.at is not None:
            found.add(item.pinned.at)
        return sorted(minute for minute in found if first <= minute and minute + item.minutes <= last)

    def _breaks(self, item: Item, day: int, minute: int, at: int) -> Iterator[Breach]:
        end = at + item.minutes
        shown = self.spec.days[day - 1]
        if item.kind not in ON_DAY[shown.kind]:
            yield Breach(Rule("day-kind", (str(day),), shown.line), 1)
        if item.kind != "observance":
            late = max(0, self.axis.edge(day, shown.opens) - at) + max(0, end - self.axis.edge(day, shown.closes))
            if late:
                yield Breach(Rule("hours", (str(day),), shown.line), late)
        if day not in item.days:
            yield Breach(Rule("days", (item.id,), item.line), 1)
        outside = max(0, self.axis.edge(day, item.earliest) - at) + max(0, end - self.axis.edge(day, item.latest))
        if outside:
            yield Breach(Rule("between", (item.id,), item.line), outside)
        yield from _unpinned(item, day, minute)
        for blocked in self.everywhere:
            yield from _meets(blocked, at, end)
        if item.sensitive:
            for blocked in self.watched:
                yield from _meets(blocked, at, end)
        yield from self.breaks_of_people(item, item.people, at, end)

    def breaks_of_people(self, item: Item, people: frozenset[str], at: int, end: int) -> Iterator[Breach]:
        """What the item would break of these people's absences, hours and observances."""
        if item.kind == "observance":
            return  # it is theirs
        for code in sorted(people):
            for blocked in self.away.get(code, ()):
                yield from _meets(blocked, at, end)
            late = self._beyond_hours(self.people[code], at, end) if item.work else 0
            if late:
                yield Breach(Rule("person-hours", (code,), self.people[code].line), late)
        for kept, keepers, spans in self.kept:
            if keepers & people and _keeps_from(kept, item):
                for blocked in spans:
                    yield from _meets(blocked, at, end)

    def _beyond_hours(self, person: ProgrammePerson, at: int, end: int) -> int:
        """Minutes outside a person's hours, by their own clock; those who named none have all."""
        if person.hours is None:
            return 0
        zone = person.zone or next(day.zone for number, day in reversed(list(enumerate(self.spec.days, 1))) if self.axis.edge(number, 0) <= at)
        start = self.axis.local(at, zone)
        begins = start.hour * 60 + start.minute
        return max(0, person.hours.from_ - begins) + max(0, begins + end - at - person.hours.until)

    def room_breaks(self, item: Item, room: str) -> Iterator[Breach]:
        """What the item would break in a room at whatever time."""
        shown = next(one for one in self.spec.rooms if one.id == room)
        if room not in item.rooms:
            yield Breach(Rule("rooms", (item.id,), item.line), 1)
        if len(item.people) > shown.seats:
            yield Breach(Rule("seats", (item.id,), item.line), len(item.people) - shown.seats)
        if item.pinned.room not in (None, room):
            yield Breach(Rule("pinned-room", (item.id,), item.line), 1)
        if self.monitored and item.sensitive and shown.watched:
            yield Breach(Rule("watched-room", (room,), shown.line), 1)

    def room_windows(self, item: Item, room: str) -> tuple[_Blocked, ...]:
        """Windows in which the item cannot be in this room, though it may be elsewhere."""
        shown = next(one for one in self.spec.rooms if one.id == room)
        found = [_Blocked(Rule("closed", (room,), window.line), span) for window in shown.closed for span in self.axis.spans(window)]
        for code, windows in (("security", self.spec.security), ("watched", self.spec.watched if self.monitored and item.sensitive else ())):
            for place, window in enumerate(windows, 1):
                if room in window.rooms:
                    found += [_Blocked(Rule(code, (str(place),), window.line), span) for span in self.axis.spans(window)]
        return tuple(found)


def grid_of(spec: Schedule, *, monitored: bool = False) -> Grid:
    """Work out what follows from a SPEC that has days."""
    axis = axis_of(spec)
    away = {
        person.code: tuple(_Blocked(Rule("away", (person.code,), window.line), span) for window in person.away for span in axis.spans(window))
        for person in spec.people
    }
    kept = tuple(
        (one, spec.people_of(one.people), tuple(_Blocked(Rule("kept", (str(place),), one.line), span) for span in axis.spans(one)))
        for place, one in enumerate(spec.observances, 1)
        if one.minutes is None and one.tradition is None
    )
    windows = [("security", spec.security)] + ([("watched", spec.watched)] if monitored else [])
    everywhere = {
        code: tuple(
            _Blocked(Rule(code, (str(place),), window.line), span)
            for place, window in enumerate(found, 1)
            if not window.rooms
            for span in axis.spans(window)
        )
        for code, found in windows
    }
    people = {person.code: person for person in spec.people}
    return Grid(spec, monitored, items_of(spec), axis, people, away, kept, everywhere["security"], everywhere.get("watched", ()))


def _keeps_from(kept: Kept, item: Item) -> bool:
    if kept.keeps_from == "meals":
        return item.kind == "meal"
    return kept.keeps_from == "all" or item.work or item.kind == "travel"


def _meets(blocked: _Blocked, at: int, end: int) -> Iterator[Breach]:
    shared = min(end, blocked.span[1]) - max(at, blocked.span[0])
    if shared > 0:
        yield Breach(blocked.rule, shared)


def _unpinned(item: Item, day: int, minute: int) -> Iterator[Breach]:
    pin = item.pinned
    if pin.day not in (None, day):
        yield Breach(Rule("pinned", (item.id,), item.line), DAY * abs(day - (pin.day or 0)))
    elif pin.at not in (None, minute):
        yield Breach(Rule("pinned", (item.id,), item.line), abs(minute - (pin.at or 0)))
