"""Does a programme keep every rule of its SPEC? A second reading, in plain clock times, that shares nothing with the making of the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from tracktwo.model.schedule import ON_DAY, STAGES, WORK, Schedule, Window
from tracktwo.model.timetable import Placed, Timetable


@dataclass(frozen=True)
class Violation:
    """A rule that a programme breaks: its code, the items concerned, a sentence."""

    code: str
    items: tuple[str, ...]
    sentence: str


Times = tuple[datetime, datetime]


def violations(spec: Schedule, plan: Timetable, *, monitored: bool | None = None) -> tuple[Violation, ...]:
    """Every hard rule of the SPEC that the programme breaks; empty for one that keeps them all. `monitored` as the programme says, unless given."""
    reading = _Reading(spec, plan, plan.monitored if monitored is None else monitored)
    return tuple(reading.all())


class _Reading:
    def __init__(self, spec: Schedule, plan: Timetable, monitored: bool) -> None:
        self.spec, self.plan, self.monitored = spec, plan, monitored
        self.times = {item.id: self._times(item.day, item.start, item.end) for item in plan.items}
        self.sessions = {session.id: session for session in spec.sessions}
        self.rooms = {room.id: room for room in spec.rooms}

    def all(self) -> Iterator[Violation]:
        yield from self._complete()
        for item in self.plan.items:
            yield from self._day(item)
            yield from self._own(item)
            yield from self._room(item)
            yield from self._windows(item)
            yield from self._served(item)
        yield from self._pairs()
        yield from self._order()
        yield from self._loads()

    def _at(self, day: int, clock: str) -> datetime:
        shown = self.spec.days[day - 1]
        local = datetime.combine(shown.date, time()) + timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
        return local.replace(tzinfo=ZoneInfo(shown.zone)).astimezone(UTC)

    def _times(self, day: int, start: str, end: str) -> Times:
        return self._at(day, start), self._at(day, end)

    def _spans(self, window: Window) -> Iterator[Times]:
        for day in window.days or range(1, len(self.spec.days) + 1):
            yield self._at(day, _text(window.from_)), self._at(day, _text(window.until))

    def _complete(self) -> Iterator[Violation]:
        """Each session once, each daily item on each of its days, each pause that is kept."""
        wanted = {session.id for session in self.spec.sessions}
        for daily in self.spec.daily:
            wanted |= {f"{daily.id}/{day}" for day in daily.days or [n for n, shown in enumerate(self.spec.days, 1) if shown.kind != "travel"]}
        for place, kept in enumerate(self.spec.observances, 1):
            if kept.minutes is not None and kept.tradition is None:
                wanted |= {f"kept-{place}/{day}" for day in kept.days or range(1, len(self.spec.days) + 1)}
        have = [item.id for item in self.plan.items]
        for name in sorted(wanted - set(have)):
            yield Violation("missing", (name,), f"'{name}' is not in the programme")
        for name in sorted({name for name in have if have.count(name) > 1}):
            yield Violation("twice", (name,), f"'{name}' stands twice in the programme")

    def _day(self, item: Placed) -> Iterator[Violation]:
        shown = self.spec.days[item.day - 1]
        if item.date != shown.date or item.zone != shown.zone:
            yield Violation("day", (item.id,), f"'{item.id}' is on {item.date}, which is not day {item.day}")
        if item.kind not in ON_DAY[shown.kind]:
            yield Violation("day-kind", (item.id,), f"'{item.id}' is {item.kind} on a day of {shown.kind}")
        begins, ends = self.times[item.id]
        if item.kind != "observance" and (begins < self._at(item.day, _text(shown.opens)) or ends > self._at(item.day, _text(shown.closes))):
            yield Violation("hours", (item.id,), f"'{item.id}' lies outside the hours of day {item.day}")

    def _own(self, item: Placed) -> Iterator[Violation]:
        """What the session, daily item or pause asks for itself: length, days, window, where it is fixed, who is there."""
        name, _, number = item.id.partition("/")
        session = self.sessions.get(item.id)
        if session is not None:
            length, days, low, high = session.minutes, session.days, 0, 24 * 60
            if session.between is not None:
                low, high = session.between.from_, session.between.until
            people = self.spec.people_of(session.attendees) | set(session.speakers)
            pin = session.pinned
            if pin is not None and (
                pin.day not in (None, item.day) or (pin.at is not None and _text(pin.at) != item.start) or pin.room not in (None, item.room)
            ):
                yield Violation("pinned", (item.id,), f"'{item.id}' does not lie where it is fixed")
        elif (daily := next((one for one in self.spec.daily if one.id == name), None)) is not None:
            length, days, low, high = daily.minutes, (int(number),), daily.from_, daily.until
            people = self.spec.people_of(daily.attendees)
        elif name.startswith("kept-"):
            kept = self.spec.observances[int(name[5:]) - 1]
            length, days, low, high = kept.minutes or 0, (int(number),), kept.from_, kept.until
            people = self.spec.people_of(kept.people)
        else:
            length, days, low, high = self.spec.transfer_minutes, (), 0, 24 * 60
            people = self.spec.people_of(("all",))
        begins, ends = self.times[item.id]
        if ends - begins != timedelta(minutes=length):
            yield Violation("length", (item.id,), f"'{item.id}' does not last {length} minutes")
        if days and item.day not in days:
            yield Violation("days", (item.id,), f"'{item.id}' is on day {item.day}, which is none of its days")
        if begins < self._at(item.day, _text(low)) or ends > self._at(item.day, _text(high)):
            yield Violation("between", (item.id,), f"'{item.id}' lies outside its window")
        if not people <= set(item.who):
            yield Violation("who", (item.id,), f"somebody who belongs to '{item.id}' is not there")

    def _room(self, item: Placed) -> Iterator[Violation]:
        session = self.sessions.get(item.id)
        wanted = session.rooms if session else ()
        if ((item.kind in WORK and self.rooms) or wanted) and item.room is None:
            yield Violation("room", (item.id,), f"'{item.id}' has no room")
        if item.room is None:
            return
        room = self.rooms[item.room]
        if wanted and item.room not in wanted:
            yield Violation("rooms", (item.id,), f"'{item.id}' is in '{item.room}', which is none of its rooms")
        if len(item.who) - len(item.serving) > room.seats:
            yield Violation("seats", (item.id,), f"'{item.id}' has more people than '{item.room}' has seats")
        for window in room.closed:
            if any(_overlap(self.times[item.id], span) for span in self._spans(window)):
                yield Violation("closed", (item.id,), f"'{item.id}' is in '{item.room}' when it cannot be had")
        if self.monitored and item.sensitive and room.watched:
            yield Violation("watched-room", (item.id,), f"'{item.id}' is sensitive and in a room that is watched")

    def _windows(self, item: Placed) -> Iterator[Violation]:
        """Security, watching, absences, hours and what is kept."""
        mine = self.times[item.id]
        for code, windows in (("security", self.spec.security), ("watched", self.spec.watched if self.monitored and item.sensitive else ())):
            for guarded in windows:
                if (not guarded.rooms or item.room in guarded.rooms) and any(_overlap(mine, span) for span in self._spans(guarded)):
                    yield Violation(code, (item.id,), f"'{item.id}' meets a window of {code}")
        if item.kind == "observance":
            return
        for person in self.spec.people:
            if person.code not in item.who:
                continue
            for window in person.away:
                if any(_overlap(mine, span) for span in self._spans(window)):
                    yield Violation("away", (item.id,), f"{person.code} is away when '{item.id}' is on")
            if person.hours is not None and item.kind in WORK:
                start = mine[0].astimezone(ZoneInfo(person.zone or item.zone))
                minute = start.hour * 60 + start.minute
                if minute < person.hours.from_ or minute + (mine[1] - mine[0]) // timedelta(minutes=1) > person.hours.until:
                    yield Violation("person-hours", (item.id,), f"'{item.id}' lies outside the hours of {person.code}")
        for kept in self.spec.observances:
            if kept.minutes is not None or kept.tradition is not None or not self.spec.people_of(kept.people) & set(item.who):
                continue
            barred = {"all": True, "work": item.kind in WORK or item.kind == "travel", "meals": item.kind == "meal"}[kept.keeps_from]
            if barred and any(_overlap(mine, span) for span in self._spans(kept)):
                yield Violation("kept", (item.id,), f"'{item.id}' lies in '{kept.what}'")

    def _served(self, item: Placed) -> Iterator[Violation]:
        """Whoever serves can: enough people, each counted once, with the role and the languages."""
        session = self.sessions.get(item.id)
        needs = session.needs if session else ()
        if len(item.serving) != sum(need.count for need in needs):
            yield Violation("staff", (item.id,), f"'{item.id}' has {len(item.serving)} people who serve it")
        people = {person.code: person for person in self.spec.people}
        for need in needs:
            able = [code for code in item.serving if people[code].role == need.role and set(need.languages) <= set(people[code].languages)]
            if len(able) < need.count:
                yield Violation("staff", (item.id,), f"'{item.id}' has {len(able)} of {need.count} who can serve as {need.role}")

    def _pairs(self) -> Iterator[Violation]:
        """Two items of the same person or room do not meet; work keeps its pause; ways have their time."""
        ways = {frozenset((walk.from_, walk.to)): walk.minutes for walk in self.spec.walks}
        for one, other in combinations(self.plan.items, 2):
            first, second = sorted((one, other), key=lambda item: self.times[item.id])
            gap = (self.times[second.id][0] - self.times[first.id][1]) // timedelta(minutes=1)
            if one.room is not None and one.room == other.room and gap < 0:
                yield Violation("room-twice", (one.id, other.id), f"'{one.id}' and '{other.id}' are in '{one.room}' at once")
            if not set(one.who) & set(other.who):
                continue
            if gap < 0:
                yield Violation("two-places", (one.id, other.id), f"somebody is at '{one.id}' and '{other.id}' at once")
            elif one.kind in WORK and other.kind in WORK and gap < self.spec.pause:
                yield Violation("pause", (one.id, other.id), f"between '{first.id}' and '{second.id}' there are {gap} minutes")
            if one.room and other.room:
                way = ways.get(frozenset((self.rooms[one.room].place, self.rooms[other.room].place)), 0)
                if self.rooms[one.room].place != self.rooms[other.room].place and gap < way:
                    yield Violation("walk", (one.id, other.id), f"the way from '{first.id}' to '{second.id}' takes {way} minutes")

    def _order(self) -> Iterator[Violation]:
        for session in self.spec.sessions:
            if session.id not in self.times:
                continue
            for name in session.after:
                if name in self.times and self.times[name][1] > self.times[session.id][0]:
                    yield Violation("after", (session.id, name), f"'{session.id}' begins before '{name}' has ended")
            for name in session.together:
                if name in self.times and self.times[name][0] != self.times[session.id][0]:
                    yield Violation("together", (session.id, name), f"'{session.id}' and '{name}' do not begin together")
        staged = [item for item in self.plan.items if item.stage is not None]
        for one in staged:
            for other in staged:
                earlier, later = (STAGES.index(item.stage) for item in (one, other))
                if earlier < later and self.times[one.id][1] > self.times[other.id][0]:
                    yield Violation("order", (one.id, other.id), f"'{other.id}' begins before '{one.id}', of an earlier stage, has ended")
        if self.spec.transfer_minutes and staged and any(day.kind == "work" for day in self.spec.days):
            slots = [item for item in self.plan.items if item.kind == "transfer"]
            if not slots:
                yield Violation("transfer", (), "there is no transfer slot")

    def _loads(self) -> Iterator[Violation]:
        worked: dict[tuple[str, int], int] = defaultdict(int)
        for item in self.plan.items:
            if item.kind in WORK:
                for code in item.who:
                    worked[code, item.day] += (self.times[item.id][1] - self.times[item.id][0]) // timedelta(minutes=1)
        for person in self.spec.people:
            for day in range(1, len(self.spec.days) + 1):
                if person.max_minutes is not None and worked[person.code, day] > person.max_minutes:
                    yield Violation("load", (), f"{person.code} works {worked[person.code, day]} minutes on day {day}")


def _overlap(one: Times, other: Times) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
