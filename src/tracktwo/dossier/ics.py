"""The first programme as a calendar: `programme.ics` (RFC 5545). It tells times and nothing else: neutral titles, no place, nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event

from tracktwo.dossier.calendar_parts import event, new_calendar
from tracktwo.dossier.language import Voice
from tracktwo.dossier.reading import Reading
from tracktwo.model.exhibit import Day, Programme


def programme_ics(reading: Reading, voice: Voice) -> bytes | None:
    """`programme.ics`, or None where no programme has dates. The same input gives the same bytes. Raises MissingMessage.

    Times are local with the IANA zone of the venue; where the venue's zone is not known they float, and mean the clock of the place.
    """
    programmes = [exhibit.source for exhibit in reading.exhibits if isinstance(exhibit.source, Programme)]
    dated = [programme for programme in programmes if any(day.date for day in programme.days)]
    if not dated:
        return None
    calendar = new_calendar()
    maker = _Maker(reading, voice)
    for programme in dated:
        for day in programme.days:
            for item in maker.events(day, programme.zone):
                calendar.add_component(item)
        for number, (first, last) in enumerate(programme.later, 2):
            calendar.add_component(maker.round(number, date.fromisoformat(first), date.fromisoformat(last)))
    if any(programme.zone for programme in dated):
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


class _Maker:
    def __init__(self, reading: Reading, voice: Voice) -> None:
        released = reading.released
        self._voice = voice
        self._stamp = datetime.combine(released.as_of, time(), UTC)
        self._seed = f"{released.title}\n{released.written}"

    def events(self, day: Day, zone: str | None) -> list[Event]:
        """The items of a day; one that ends before it begins ends on the next."""
        if day.date is None:
            return []
        found = []
        for place, slot in enumerate(day.slots):
            start, end = (_moment(day.date, clock, zone) for clock in (slot.start, slot.end))
            if end <= start:
                end += timedelta(days=1)
            found.append(self._event(f"{day.number}/{place}", f"calendar.{slot.kind}", start, end))
        return found

    def round(self, number: int, first: date, last: date) -> Event:
        """A later round, by whole days; the end of such an event is the day after the last."""
        return self._event(f"round/{number}", "calendar.round", first, last + timedelta(days=1), number=number)

    def _event(self, key: str, code: str, start: datetime | date, end: datetime | date, **params: int) -> Event:
        return event(self._seed, key, self._stamp, start, end, self._voice.text(f"interface.{code}", **params))


def _moment(day: str, clock: str, zone: str | None) -> datetime:
    hours, minutes = (int(part) for part in clock.split(":"))
    moment = datetime.combine(date.fromisoformat(day), time(), ZoneInfo(zone) if zone else None)
    return moment + timedelta(hours=hours, minutes=minutes)
