"""What comes of a programme's SPEC, format `programme/1`: the items placed, what was proven, what clashes, what moved."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tracktwo.model.base import Noun

FORMAT = "programme/1"
LevelName = Literal["moved items", "seats short", "wishes missed", "longest day of work"]
Status = Literal["optimal", "feasible", "infeasible", "timeout"]
"""optimal: placed, and proven that no programme does better; feasible: placed, not proven; infeasible: proven that none exists; timeout: neither."""

ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class Placed(Noun):
    """One item with its day, its local clock, its room and who is there, by code."""

    id: Annotated[str, Field(max_length=60)]
    title: Annotated[str, Field(max_length=2000)]
    kind: str
    stage: str | None = None
    day: Annotated[int, Field(ge=1, le=60)]
    date: date
    start: ClockText
    end: ClockText
    zone: Annotated[str, Field(max_length=60)]
    room: str | None = None
    who: tuple[str, ...] = ()
    """Everybody who is there, with those who serve it."""
    serving: tuple[str, ...] = ()
    """Those of them who interpret, facilitate or help because the session needs somebody who can."""
    sensitive: bool = False
    host: str | None = None
    sequence: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """How often the item has moved since it was first published; a calendar takes the higher for the newer."""


class Level(Noun):
    """One thing that was made as small as can be, in its turn: what it came to, and below what it cannot go."""

    what: LevelName
    unit: Literal["items", "seats", "points", "minutes"]
    value: int
    bound: int
    """No programme that does as well on what stands before can have less."""
    proven: bool


class RuleSaid(Noun):
    """One rule in words, the line of the SPEC it stands on, and how little it would have to give."""

    code: str
    subject: tuple[str, ...]
    sentence: str
    line: int | None = None
    relaxation: str | None = None
    """The least change of this rule alone that lets the others stand; None where it was not found in time."""


class Conflict(Noun):
    """Rules that cannot hold together. Where `smallest`, take any one away and the rest can."""

    rules: tuple[RuleSaid, ...]
    smallest: bool


class Clash(Noun):
    """What the programme could not do, or does at a price: a sentence, and the items concerned."""

    code: str
    items: tuple[str, ...]
    sentence: str


class Move(Noun):
    """An item that is not where it was: from where, to where, and why."""

    id: str
    before: str | None
    after: str | None
    why: str


class DayShown(Noun):
    number: int
    date: date
    zone: str
    kind: str
    opens: ClockText
    closes: ClockText


class Timetable(Noun):
    """The answer to a SPEC."""

    format: Literal["programme/1"] = "programme/1"
    title: str
    language: str = "en"
    fictional: bool = False
    status: Status
    monitored: bool = False
    seed: int = 0
    reproducible: bool
    """True where the same SPEC and seed give the same answer: no clock cut the search short."""
    calendar_key: Annotated[str, Field(max_length=3000)] = ""
    """What the UIDs of calendar events are made from; it goes from an earlier programme to the next, so that events stay the same."""
    days: tuple[DayShown, ...] = ()
    items: tuple[Placed, ...] = ()
    objective: tuple[Level, ...] = ()
    clashes: tuple[Clash, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    moved: tuple[Move, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def sequence(self) -> int:
        """The highest sequence of an item."""
        return max((item.sequence for item in self.items), default=0)

    def seen_by(self, code: str) -> tuple[Placed, ...]:
        """The items at which a person is, in their order."""
        return tuple(item for item in self.items if code in item.who)
