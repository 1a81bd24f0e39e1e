"""Small SPECs for tests, and every programme of one, found by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from tracktwo.methods.programme.check import violations
from tracktwo.model.schedule import Schedule
from tracktwo.model.timetable import Placed, Timetable

MONDAY = {"date": "2027-02-01", "zone": "Europe/Zurich", "opens": "09:00", "closes": "13:00"}


def spec_of(**fields: Any) -> Schedule:
    """A SPEC of one Monday morning with one hall, unless the fields say otherwise."""
    given = {"title": "T", "transfer_minutes": 0, "step": 30, "days": [MONDAY], "rooms": [{"id": "hall", "seats": 10}], **fields}
    return Schedule.model_validate(given)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def everything(spec: Schedule) -> Iterator[Timetable]:
    """Every way to put the sessions of a SPEC (without daily items, pauses and needs) on its days, half hours and rooms; rules do not count."""
    rooms = [room.id for room in spec.rooms]
    places = []
    for session in spec.sessions:
        here = []
        for number, day in enumerate(spec.days, 1):
            for start in range(day.opens, day.closes - session.minutes + 1, spec.step):
                here += [
                    Placed(
                        id=session.id, title=session.id, kind=session.kind, stage=session.stage, day=number, date=day.date, start=clock(start),
                        end=clock(start + session.minutes), zone=day.zone, room=room, sensitive=session.sensitive,
                        who=tuple(sorted(spec.people_of(session.attendees) | set(session.speakers))),
                    )
                    for room in rooms
                ]  # fmt: skip
        places.append(here)
    for items in product(*places):
        yield Timetable(title=spec.title, status="feasible", reproducible=True, items=items)


def kept(spec: Schedule, *, monitored: bool = False) -> list[Timetable]:
    """Those that break no rule."""
    return [plan for plan in everything(spec) if not violations(spec, plan, monitored=monitored)]


def short(spec: Schedule, plan: Timetable) -> int:
    """Seats that lack."""
    demand = {session.id: session.demand or 0 for session in spec.sessions}
    seats = {room.id: room.seats for room in spec.rooms}
    return sum(max(0, demand[item.id] - seats[item.room]) for item in plan.items if item.room)
