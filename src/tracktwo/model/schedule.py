"""What a programme is made from, format `programme-spec/1`: days, rooms, people by code, sessions, observances, windows, and the arc of rounds.

Clock times are local to the day they stand in, written HH:MM and kept as minutes after midnight; 24:00 is the end of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Language, SideId, Stated, Text
from tracktwo.model.rounds import ArcWish
from tracktwo.model.vocabulary import Day

FORMAT = "programme-spec/1"
DAY = 24 * 60

ItemKind = Literal["plenary", "breakout", "caucus", "meal", "culture", "transfer", "team", "quiet", "break", "travel", "observance"]
WORK: frozenset[str] = frozenset(("plenary", "breakout", "caucus", "transfer", "team"))
"""Kinds of items that count as work: they need pauses, count for hours, and have no place on days of rest or travel."""
IN_A_ROOM: frozenset[str] = WORK
"""Kinds that need a room of their own wherever the programme has rooms; others only where they name rooms."""
DayKind = Literal["work", "rest", "travel"]
ON_DAY: dict[str, frozenset[str]] = {
    "work": frozenset((*WORK, "meal", "culture", "quiet", "break", "travel", "observance")),
    "rest": frozenset(("meal", "culture", "quiet", "break", "travel", "observance")),
    "travel": frozenset(("meal", "quiet", "break", "travel", "observance")),
}
"""Kind of a day → kinds of items that it may hold."""
Stage = Literal["needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home"]
STAGES: tuple[Stage, ...] = ("needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home")
"""Kelman's order: each stage ends before the next begins."""
Role = Literal["participant", "facilitator", "interpreter", "expert", "observer", "team"]
SpecTradition = Literal["islam-sunni", "islam-shia", "judaism", "western christian", "eastern christian"]

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|24:00")


def _clock(value: Any) -> Any:
    if isinstance(value, int) and 0 <= value <= DAY:
        return value
    if not isinstance(value, str) or not _CLOCK.fullmatch(value.strip()):
        raise PydanticCustomError("clock", "should be a time of day written HH:MM, from 00:00 to 24:00")
    hours, minutes = value.strip().split(":")
    return int(hours) * 60 + int(minutes)


Clock = Annotated[int, BeforeValidator(_clock, json_schema_input_type=str)]
DayNumber = Annotated[int, Field(ge=1, le=60)]
ItemId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,19}$")]
"""Code of a person, such as N-01: never a name."""
Who = Annotated[str, Field(pattern=r"^(all|side:[a-z0-9][a-z0-9-]{0,39}|role:[a-z]{1,20}|[A-Za-z][A-Za-z0-9-]{0,19})$")]
"""A code, `side:north`, `role:observer`, or `all`: every participant and facilitator."""
Step = Annotated[Literal[5, 10, 15, 20, 30, 60], BeforeValidator(lambda value: int(value) if str(value).isdecimal() else value)]
Minutes = Annotated[int, Field(ge=5, le=12 * 60)]


class Window(Stated):
    """A stretch of clock time on some days (all of them where none is named); the whole day where no times are given."""

    days: Annotated[tuple[DayNumber, ...], Field(max_length=60)] = ()
    from_: Clock = Field(default=0, alias="from")
    until: Clock = DAY
    why: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Window:
        if self.until <= self.from_:
            raise PydanticCustomError("window", "ends before it begins; a window over midnight is written as two, one a day")
        return self


class ProgrammeDay(Stated):
    """One day at one place: its date, its clock, when the house is open, and whether it is for work, rest or travel."""

    date: Day
    zone: Annotated[str, Field(max_length=60)]
    """IANA time zone, such as Europe/Zurich."""
    opens: Clock = 8 * 60
    closes: Clock = 22 * 60
    kind: DayKind = "work"

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> ProgrammeDay:
        if self.closes <= self.opens:
            raise PydanticCustomError("window", "closes before it opens; 'opens' should be the earlier time")
        return self


class Room(Stated):
    """A room: seats, the place it belongs to (for the way between places), when it cannot be had, whether it is watched."""

    id: ItemId
    name: Text | None = None
    seats: Annotated[int, Field(ge=1, le=100_000)]
    place: ItemId = "house"
    closed: Annotated[tuple[Window, ...], Field(max_length=200)] = ()
    watched: bool = False
    """Security people or others may be in this room: in the monitored variant nothing sensitive happens in it."""


class Walk(Stated):
    """The way between two places, in minutes, in both directions."""

    from_: ItemId = Field(alias="from")
    to: ItemId
    minutes: Annotated[int, Field(ge=0, le=12 * 60)]


class Hours(Stated):
    """The hours of a day at which a person can work, by the clock of their own zone."""

    from_: Clock = Field(default=8 * 60, alias="from")
    until: Clock = 20 * 60

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Hours:
        if self.until <= self.from_:
            raise PydanticCustomError("window", "ends before it begins; 'until' should be the later time")
        return self


class ProgrammePerson(Stated):
    """Somebody who takes part, by code: part played, side, languages, own clock and hours, absences, minutes of work a day."""

    code: Code
    role: Role = "participant"
    side: SideId | None = None
    languages: Annotated[tuple[Language, ...], Field(max_length=20)] = ()
    zone: Annotated[str, Field(max_length=60)] | None = None
    """Their own clock, for people who join from elsewhere; the clock of the day where it is left out."""
    hours: Hours | None = None
    away: Annotated[tuple[Window, ...], Field(max_length=200)] = ()
    max_minutes: Annotated[int, Field(ge=0, le=DAY)] | None = None
    """Most minutes of work on one day: an interpreter's or facilitator's hours."""


class Need(Stated):
    """People whom a session needs from those who can do it: so many of a role who speak all these languages."""

    role: Role = "interpreter"
    count: Annotated[int, Field(ge=1, le=50)] = 1
    languages: Annotated[tuple[Language, ...], Field(max_length=10)] = ()


class Preference(Stated):
    """When a session would be best: a wish, not a rule."""

    day: DayNumber | None = None
    part: Literal["morning", "afternoon", "evening"] | None = None


class Pin(Stated):
    """Where a session is fixed: its day, its beginning and its room, each only if given."""

    day: DayNumber | None = None
    at: Clock | None = None
    room: ItemId | None = None


class ProgrammeSession(Stated):
    """One item that happens once."""

    id: ItemId
    title: Text | None = None
    kind: ItemKind = "plenary"
    stage: Stage | None = None
    minutes: Minutes = 90
    after: Annotated[tuple[ItemId, ...], Field(max_length=200)] = ()
    """Sessions that must have ended before."""
    together: Annotated[tuple[ItemId, ...], Field(max_length=50)] = ()
    """Sessions that begin at the same time, such as the caucuses of all sides."""
    attendees: Annotated[tuple[Who, ...], Field(max_length=1000)] = ("all",)
    speakers: Annotated[tuple[Code, ...], Field(max_length=100)] = ()
    needs: Annotated[tuple[Need, ...], Field(max_length=10)] = ()
    sensitive: bool = False
    demand: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """How many are expected where more come than are named; seats that lack are counted and made as few as can be."""
    rooms: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()
    """Rooms that will do; any where none is named."""
    days: Annotated[tuple[DayNumber, ...], Field(max_length=60)] = ()
    between: Hours | None = None
    """Clock times within which it must lie."""
    pinned: Pin | None = None
    wish: Preference | None = None
    host: SideId | None = None
    """The side whose turn it is to host."""


class Daily(Stated):
    """An item of every day that is named, such as lunch, tea or quiet time, somewhere within its window."""

    id: ItemId
    title: Text | None = None
    kind: ItemKind = "meal"
    minutes: Minutes = 60
    from_: Clock = Field(default=0, alias="from")
    until: Clock = DAY
    days: Annotated[tuple[DayNumber, ...], Field(max_length=60)] = ()
    """Days that have it; every day that is not for travel where none is named."""
    attendees: Annotated[tuple[Who, ...], Field(max_length=1000)] = ("all",)


class Kept(Window):
    """What some people keep: a window that is theirs, or a pause within it, or a tradition whose times are computed for the place.

    With `minutes` they need so long somewhere in the window (a prayer); without, the window is theirs whole (a Friday prayer, Shabbat, a fast).
    """

    what: Text | None = None
    people: Annotated[tuple[Who, ...], Field(max_length=1000)] = ("all",)
    minutes: Minutes | None = None
    keeps_from: Literal["all", "work", "meals"] = "all"
    """What does not happen in a window kept whole: anything, work, or meals (a fast)."""
    tradition: SpecTradition | None = None
    method: Text | None = None
    """Convention for the hours of prayer, such as Muslim World League; only with `tradition`."""


class Security(Window):
    """A window in which nothing may happen, in some rooms or, where none is named, anywhere."""

    rooms: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()


class House(Stated):
    """Where the house stands, in degrees: what sunsets and prayers are computed for."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Schedule(Stated):
    """A SPEC: what a programme must respect and what it would like."""

    format: Literal["programme-spec/1"] = "programme-spec/1"
    title: Text
    language: Language = "en"
    fictional: bool = False
    """True for teaching examples: every file then says so."""
    step: Step = 15
    """Minutes between possible beginnings."""
    pause: Annotated[int, Field(ge=0, le=240)] = 15
    """Least minutes between two items of work of the same person."""
    transfer_minutes: Annotated[int, Field(ge=0, le=240)] = 60
    """Length of the transfer slot that is added on the last day of work where no session is one; 0 for none."""
    venue: House | None = None
    days: Annotated[tuple[ProgrammeDay, ...], Field(max_length=60)] = ()
    rooms: Annotated[tuple[Room, ...], Field(max_length=60)] = ()
    walks: Annotated[tuple[Walk, ...], Field(max_length=200)] = ()
    people: Annotated[tuple[ProgrammePerson, ...], Field(max_length=1000)] = ()
    sessions: Annotated[tuple[ProgrammeSession, ...], Field(max_length=500)] = ()
    daily: Annotated[tuple[Daily, ...], Field(max_length=40)] = ()
    observances: Annotated[tuple[Kept, ...], Field(max_length=500)] = ()
    security: Annotated[tuple[Security, ...], Field(max_length=200)] = ()
    watched: Annotated[tuple[Security, ...], Field(max_length=200)] = ()
    """Windows in which rooms are watched: in the monitored variant nothing sensitive happens in them."""
    arc: ArcWish | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Schedule:
        loose = list(_loose(self))
        if loose:
            raise PydanticCustomError("reference", "does not hold together", {"loose": loose})
        return self

    def people_of(self, who: tuple[str, ...]) -> frozenset[str]:
        """The codes that a list of codes, sides, roles and `all` means."""
        found: set[str] = set()
        for word in who:
            group, _, name = word.partition(":")
            for person in self.people:
                everybody = word == "all" and person.role in ("participant", "facilitator")
                in_group = (group == "side" and person.side == name) or (group == "role" and person.role == name)
                if everybody or (name and in_group) or person.code == word:
                    found.add(person.code)
        return frozenset(found)


Loose = tuple[int | None, str]


def _loose(spec: Schedule) -> Iterator[Loose]:
    """What does not hold together: the line and a sentence that says what would be right."""
    yield from _twice(spec)
    yield from _unknown(spec)
    yield from _unordered(spec)
    if not spec.days and spec.arc is None:
        yield None, "days is missing; a programme has at least one day, such as {date: 2027-02-01, zone: Europe/Zurich}, or an arc"
    if spec.days and not (spec.sessions or spec.daily):
        yield None, "sessions is missing; a programme places at least one session or daily item"
    dates = [day.date for day in spec.days]
    for earlier, day in zip(dates, spec.days[1:], strict=False):
        if day.date <= earlier:
            yield day.line, f"days: {day.date} does not come after {earlier}; write the days in their order, each once"


def _twice(spec: Schedule) -> Iterator[Loose]:
    named = {
        "sessions and daily items": [(s.id, s.line) for s in spec.sessions] + [(daily.id, daily.line) for daily in spec.daily],
        "rooms": [(room.id, room.line) for room in spec.rooms],
        "people": [(person.code, person.line) for person in spec.people],
    }
    for what, found in named.items():
        seen: set[str] = set()
        for name, line in found:
            if name in seen:
                yield line, f"'{name}' stands twice among the {what}; give each its own"
            seen.add(name)


def _unknown(spec: Schedule) -> Iterator[Loose]:
    """References to what the SPEC does not have."""
    sessions, rooms = {session.id for session in spec.sessions}, {room.id for room in spec.rooms}
    places, codes = {room.place for room in spec.rooms}, {person.code for person in spec.people}
    known = {"all", *codes, *(f"side:{p.side}" for p in spec.people if p.side), *(f"role:{p.role}" for p in spec.people)}
    for session in spec.sessions:
        for field, wanted, there in (
            ("after", session.after, sessions), ("together", session.together, sessions), ("rooms", session.rooms, rooms),
            ("speakers", session.speakers, codes), ("attendees", session.attendees, known),
            ("pinned.room", (session.pinned.room,) if session.pinned and session.pinned.room else (), rooms),
        ):  # fmt: skip
            for name in wanted:
                if name not in there:
                    yield session.line, f"sessions '{session.id}', {field}: there is no '{name}'; {_those(there)}"
        if session.id in (*session.after, *session.together):
            yield session.line, f"sessions '{session.id}' names itself under after or together; name other sessions"
    groups = [(daily.line, daily.attendees) for daily in spec.daily] + [(kept.line, kept.people) for kept in spec.observances]
    for line, who in groups:
        for name in who:
            if name not in known:
                yield line, f"people: there is no '{name}'; {_those(known)}"
    for window in (*spec.security, *spec.watched):
        for name in window.rooms:
            if name not in rooms:
                yield window.line, f"rooms: there is no room '{name}'; {_those(rooms)}"
    for walk in spec.walks:
        for name in (walk.from_, walk.to):
            if name not in places:
                yield walk.line, f"walks: no room is at '{name}'; {_those(places)}"
    yield from _no_such_day(spec)


def _no_such_day(spec: Schedule) -> Iterator[Loose]:
    last = len(spec.days)
    everywhere: tuple[Window, ...] = (*spec.security, *spec.watched, *spec.observances)
    windows = [(window.line, window.days) for window in everywhere] + [(daily.line, daily.days) for daily in spec.daily]
    windows += [(session.line, session.days) for session in spec.sessions]
    windows += [(s.line, (s.pinned.day,)) for s in spec.sessions if s.pinned and s.pinned.day]
    windows += [(s.line, (s.wish.day,)) for s in spec.sessions if s.wish and s.wish.day]
    windows += [(w.line, w.days) for owner in spec.people for w in owner.away] + [(w.line, w.days) for room in spec.rooms for w in room.closed]
    for line, days in windows:
        for day in days:
            if day > last:
                yield line, f"there is no day {day}; days are counted from 1 to {last}"
    for kept in spec.observances:
        if kept.tradition is None and kept.what is None:
            yield kept.line, "observances: 'what' is missing; say what is kept, or name a tradition"
        if kept.tradition is not None and spec.venue is None:
            yield kept.line, "observances: a tradition's hours are computed for a place; give venue: {latitude: …, longitude: …}"
        if kept.minutes is not None and kept.until - kept.from_ < kept.minutes:
            yield kept.line, f"observances: {kept.minutes} minutes do not fit between 'from' and 'until'"
    for daily in spec.daily:
        if daily.until - daily.from_ < daily.minutes:
            yield daily.line, f"daily '{daily.id}': {daily.minutes} minutes do not fit between 'from' and 'until'"


def _unordered(spec: Schedule) -> Iterator[Loose]:
    """Prerequisites that go round in a circle."""
    after = {session.id: session.after for session in spec.sessions}
    lines = {session.id: session.line for session in spec.sessions}
    done: set[str] = set()
    for first in after:
        path: list[str] = []
        stack: list[tuple[str, bool]] = [(first, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                path.pop()
                done.add(name)
            elif name in path:
                circle = [*path[path.index(name) :], name]
                if len(circle) > 2:
                    yield lines[name], f"sessions, after: these wait for each other in a circle: {' after '.join(circle[:8])}; take one 'after' out"
                done.update(circle)
                return
            elif name not in done:
                path.append(name)
                stack.append((name, True))
                stack += [(other, False) for other in after.get(name, ()) if other not in done or other in path]


def _those(names: set[str]) -> str:
    shown = sorted(names)
    return f"there are: {', '.join(shown[:8])}{' …' if len(shown) > 8 else ''}" if shown else "there are none"
