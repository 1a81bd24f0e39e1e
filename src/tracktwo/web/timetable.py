"""The days of a meeting as a grid, and as a calendar file that tells times and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Literal
from zoneinfo import ZoneInfo

from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import Programme
from tracktwo.record.entry import BaseEntry
from tracktwo.record.gate import Released
from tracktwo.record.sessions import Item, ProgrammeEntered, Session, SessionPlanned

Kind = Literal["session", "meal", "break", "prayer", "rest", "culture", "travel", "other"]


@dataclass(frozen=True)
class Line:
    """One item of a day."""

    entry: str
    room: str
    start: str
    end: str
    kind: Kind
    what: str
    place: str | None
    stage: str | None
    clash: bool
    """True where it overlaps something else in the same room of the record, or in the plenary."""


@dataclass(frozen=True)
class PlannedDay:
    day: date
    zone: str
    lines: tuple[Line, ...]


def days_of(live: Iterable[BaseEntry]) -> tuple[PlannedDay, ...]:
    """The days in order, each with its items by the clock. Of several zones on one day each is a day of its own."""
    planned = [entry for entry in live if isinstance(entry, SessionPlanned | ProgrammeEntered)]
    ordered = sorted(planned, key=lambda entry: (entry.body.day, entry.body.zone, entry.body.start, entry.body.end, entry.id))
    days = []
    for (day, zone), entries in groupby(ordered, key=lambda entry: (entry.body.day, entry.body.zone)):
        group = list(entries)
        days.append(PlannedDay(day, zone, tuple(_line(entry, group) for entry in group)))
    return tuple(days)


def _line(entry: SessionPlanned | ProgrammeEntered, others: Sequence[SessionPlanned | ProgrammeEntered]) -> Line:
    body = entry.body
    meets = [other for other in others if other is not entry and body.start < other.body.end and other.body.start < body.end]
    clash = any(other.room == entry.room or "plenary" in (other.room, entry.room) for other in meets)
    if isinstance(body, Session):
        return Line(entry.id, entry.room, body.start, body.end, "session", body.session, body.place, body.stage, clash)
    return Line(entry.id, entry.room, body.start, body.end, body.kind, body.what, body.place, None, clash)


_KINDS = {"break": "break", "meal": "meal", "culture": "culture", "observance": "prayer", "travel": "travel", "quiet": "rest", "team": "other"}
_STAGES = {
    "needs-and-fears": "needs and fears", "joint-thinking": "joint thinking", "constraints": "constraints",
    "overcoming-constraints": "overcoming constraints", "carrying-home": "follow-up",
}  # fmt: skip


def proposed(released: Released, voice: Voice, on: date, zone: str) -> tuple[BaseEntry, ...]:
    """The programme that the process design proposes, as entries for the plenary: only items with a date that end on their day."""
    programme = next((one for section in released.sections for one in section.exhibits if isinstance(one, Programme)), None)
    found: list[BaseEntry] = []
    if programme is None:
        return ()
    for day in programme.days:
        if day.date is None:
            continue
        for slot in day.slots:
            if slot.end <= slot.start:
                continue
            when = {"day": date.fromisoformat(day.date), "start": slot.start, "end": slot.end, "zone": programme.zone or zone}
            words = voice.word(slot.what)
            if slot.kind == "session":
                stage = _STAGES.get(slot.stage.term.rpartition(".")[2], "other") if slot.stage else "other"
                number = sum(isinstance(entry, SessionPlanned) for entry in found) + 1
                found.append(SessionPlanned(on=on, lamport=0, body=Session(session=f"{words} {number}", stage=stage, **when)))
            else:
                kind = _KINDS[slot.kind]
                found.append(ProgrammeEntered(on=on, lamport=0, body=Item(kind=kind, what=words, language=voice.language, **when)))
    return tuple(found)


def calendar_of(days: Sequence[PlannedDay], voice: Voice, seed: bytes, today: date) -> bytes:
    """A calendar file: neutral titles, no place, nobody's name, ids that say nothing. `seed` is the initiative, which the ids do not tell."""
    from icalendar import Calendar, Event, vText  # only who saves a calendar waits for its writer

    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for day in days:
        for line in day.lines:
            event = Event()
            event.add("uid", hashlib.sha256(seed + line.entry.encode()).hexdigest()[:32])
            event.add("dtstamp", datetime.combine(today, time(), UTC))
            event.add("dtstart", _moment(day, line.start))
            event.add("dtend", _moment(day, line.end))
            event.add("summary", vText(voice.text(f"interface.calendar.{_NEUTRAL.get(line.kind, 'team')}")))
            event.add("class", "PRIVATE")
            calendar.add_component(event)
    if days:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


_NEUTRAL = {"session": "session", "meal": "meal", "break": "break", "prayer": "quiet", "rest": "quiet", "culture": "culture", "travel": "travel"}


def _moment(day: PlannedDay, clock: str) -> datetime:
    hours, minutes = (int(part) for part in clock.split(":"))
    return datetime.combine(day.day, time(hours, minutes), ZoneInfo(day.zone))
