"""A programme as calendars (RFC 5545): one for everything, or one for one person, with times and neutral titles and nothing else.

No name, code, room, place or title of a session stands in them: telephones show calendars to whoever looks.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracktwo.dossier.calendar_parts import event, new_calendar
from tracktwo.dossier.language import Voice
from tracktwo.model.schedule import WORK
from tracktwo.model.timetable import Placed, Timetable


def neutral(kind: str) -> str:
    """The code of the word for a kind of item that says nothing of what is spoken about."""
    return f"interface.calendar.{'team' if kind == 'team' else 'session' if kind in WORK else kind}"


def programme_feed(plan: Timetable, voice: Voice, as_of: date, person: str | None = None, before: Timetable | None = None) -> bytes:
    """The programme, or what of it a person is at, as of a day; the same input gives the same bytes. Raises MissingMessage.

    An item keeps its UID when it moves, and its SEQUENCE rises. What stood in the feed `before` and no longer does is cancelled.
    """
    calendar = new_calendar("PUBLISH")
    stamp = datetime.combine(as_of, time(), UTC)
    seed = plan.calendar_key
    shown = _of(plan, person)
    for item in shown:
        calendar.add_component(event(seed, item.id, stamp, _at(item, item.start), _at(item, item.end), voice.text(neutral(item.kind)), item.sequence))
    here = {item.id for item in shown}
    for item in _of(before, person) if before else ():
        if item.id not in here:
            gone = event(seed, item.id, stamp, _at(item, item.start), _at(item, item.end), voice.text(neutral(item.kind)), item.sequence + 1)
            gone.add("status", "CANCELLED")
            calendar.add_component(gone)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _of(plan: Timetable, person: str | None) -> tuple[Placed, ...]:
    return plan.items if person is None else plan.seen_by(person)


def _at(item: Placed, clock: str) -> datetime:
    return datetime.combine(item.date, time(), ZoneInfo(item.zone)) + timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
