"""The items of a programme: every session once, daily items for each of their days, pauses that observances ask for, the transfer slot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracktwo.model.schedule import DAY, IN_A_ROOM, WORK, Daily, Kept, Need, Pin, Preference, ProgrammeSession, Schedule

TRANSFER = "transfer"


@dataclass(frozen=True)
class Item:
    """One thing to place. `people` are those who are fixed; `needs` are those who are chosen from whoever can."""

    id: str
    title: str
    kind: str
    minutes: int
    days: tuple[int, ...]
    """The days on which it may lie at all."""
    earliest: int = 0
    latest: int = DAY
    people: frozenset[str] = frozenset()
    needs: tuple[Need, ...] = ()
    stage: str | None = None
    after: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    """The rooms of which it takes one; none for an item that takes no room."""
    demand: int = 0
    sensitive: bool = False
    pinned: Pin = Pin()
    wish: Preference = Preference()
    host: str | None = None
    line: int | None = None
    own_days: bool = False
    """True where the days are part of what the item is (Tuesday's lunch), and not a rule that could give way."""

    @property
    def work(self) -> bool:
        return self.kind in WORK


def items_of(spec: Schedule) -> tuple[Item, ...]:
    """Every item of a SPEC, in its order."""
    sessions = [_session(spec, session) for session in spec.sessions]
    return (*sessions, *_transfer(spec, sessions), *_daily(spec), *_pauses(spec))


def _session(spec: Schedule, session: ProgrammeSession) -> Item:
    everywhere = tuple(room.id for room in spec.rooms)
    return Item(
        id=session.id,
        title=session.title or session.id,
        kind=session.kind,
        minutes=session.minutes,
        days=session.days or tuple(range(1, len(spec.days) + 1)),
        earliest=session.between.from_ if session.between else 0,
        latest=session.between.until if session.between else DAY,
        people=spec.people_of(session.attendees) | set(session.speakers),
        needs=session.needs,
        stage=session.stage,
        after=session.after,
        together=session.together,
        rooms=session.rooms or (everywhere if session.kind in IN_A_ROOM else ()),
        demand=session.demand or 0,
        sensitive=session.sensitive,
        pinned=session.pinned or Pin(),
        wish=session.wish or Preference(),
        host=session.host,
        line=session.line,
    )


def _transfer(spec: Schedule, sessions: list[Item]) -> Iterator[Item]:
    """What the round carries to officials: its own time, after everything that has a stage, on the last day of work."""
    staged = tuple(item.id for item in sessions if item.stage is not None)
    working = [number for number, day in enumerate(spec.days, 1) if day.kind == "work"]
    if not spec.transfer_minutes or not staged or not working or any(item.kind == "transfer" for item in sessions):
        return
    taken = {item.id for item in sessions} | {daily.id for daily in spec.daily}
    name = TRANSFER if TRANSFER not in taken else f"{TRANSFER}/1"
    rooms = tuple(room.id for room in spec.rooms)
    people = spec.people_of(("all",))
    yield Item(name, "Transfer", "transfer", spec.transfer_minutes, (working[-1],), people=people, after=staged, rooms=rooms, own_days=True)


def _daily(spec: Schedule) -> Iterator[Item]:
    for daily in spec.daily:
        for number in _days_of(spec, daily):
            yield Item(
                id=f"{daily.id}/{number}",
                title=daily.title or daily.id,
                kind=daily.kind,
                minutes=daily.minutes,
                days=(number,),
                earliest=daily.from_,
                latest=daily.until,
                people=spec.people_of(daily.attendees),
                rooms=tuple(room.id for room in spec.rooms) if daily.kind in IN_A_ROOM else (),
                line=daily.line,
                own_days=True,
            )


def _days_of(spec: Schedule, daily: Daily) -> tuple[int, ...]:
    return daily.days or tuple(number for number, day in enumerate(spec.days, 1) if day.kind != "travel")


def _pauses(spec: Schedule) -> Iterator[Item]:
    for place, kept in enumerate(spec.observances, 1):
        if kept.minutes is not None and kept.tradition is None:
            yield from _pauses_of(spec, kept, kept.minutes, place)


def _pauses_of(spec: Schedule, kept: Kept, minutes: int, place: int) -> Iterator[Item]:
    people = spec.people_of(kept.people)
    for number in kept.days or range(1, len(spec.days) + 1):
        yield Item(
            id=f"kept-{place}/{number}",
            title=kept.what or "kept",
            kind="observance",
            minutes=minutes,
            days=(number,),
            earliest=kept.from_,
            latest=kept.until,
            people=people,
            line=kept.line,
            own_days=True,
        )
