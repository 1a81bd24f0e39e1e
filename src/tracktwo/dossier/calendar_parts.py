"""What every calendar file of ours shares (RFC 5545): a private event with a neutral title, and a calendar that tells nothing of itself."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from icalendar import Calendar, Event, vText


def new_calendar(method: str | None = None) -> Calendar:
    """An empty calendar; `method` PUBLISH for one that others subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method is not None:
        calendar.add("method", method)
    return calendar


def event(seed: str, key: str, stamp: datetime, start: datetime | date, end: datetime | date, summary: str, sequence: int = 0) -> Event:
    """A private event. Its UID comes from `seed` and `key` alone, so that a moved event stays the same, and nobody reads either from it."""
    made = Event()
    made.add("uid", hashlib.sha256(f"{seed}\n{key}".encode()).hexdigest()[:32])
    made.add("dtstamp", stamp)
    made.add("dtstart", start)
    made.add("dtend", end)
    made.add("summary", vText(summary))
    made.add("class", "PRIVATE")
    made.add("sequence", sequence)
    return made
