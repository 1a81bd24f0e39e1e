"""Reader of SPECs: the YAML that a programme is made from in, a `Schedule` out, or sentences that name line and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from tracktwo.model.schedule import DAY, ProgrammeDay, Schedule, Window
from tracktwo.sources.lined import FileKind, LinedError, LinedTree, read_text, sentences
from tracktwo.sources.reasons import shown

MAX_BYTES = 1024 * 1024


class ScheduleError(LinedError):
    """A SPEC that cannot be read. `problems` holds one sentence each; the message is the first."""


_KIND = FileKind("SPEC", "SPECs", MAX_BYTES, ScheduleError, missing="; docs/how-to/programme.md shows how to write one")
_BEGINNING = "a SPEC begins with 'title: …' and has 'days:' and 'sessions:', see docs/reference/programme.md"


def read_schedule(path: Path) -> Schedule:
    """Read a SPEC from a YAML file. Raises ScheduleError."""
    return parse_schedule(read_text(path, _KIND), path.name)


def parse_schedule(text: str, name: str) -> Schedule:
    """Read a SPEC from YAML text; `name` is how errors call it. Raises ScheduleError."""
    tree = LinedTree(text, name, _KIND)
    if not isinstance(tree.value, dict):
        raise ScheduleError([f"{name} {'is empty' if tree.value is None else 'is no list of fields'}; {_BEGINNING}"])
    try:
        spec = Schedule.model_validate(tree.value, context={"resolve_country": _as_written})
    except ValidationError as error:
        raise ScheduleError(list(dict.fromkeys(sentences(error.errors(), tree, _schema())))) from error
    wrong = [f"{name} line {line}: {sentence}" if line else f"{name}: {sentence}" for line, sentence in _clocks(spec)]
    if wrong:
        raise ScheduleError(wrong)
    return spec


@cache
def _schema() -> Mapping[str, Any]:
    return Schedule.model_json_schema(by_alias=True)


def _as_written(country: str) -> str:
    return country


def _clocks(spec: Schedule) -> Iterator[tuple[int | None, str]]:
    """Zones that nobody knows, and times that a change of the clocks leaves out or has twice."""
    for day in spec.days:
        if not _known(day.zone):
            yield day.line, f"days, zone: '{shown(day.zone)}' is no time zone; write an IANA name such as Europe/Zurich"
    for person in spec.people:
        if person.zone is not None and not _known(person.zone):
            yield person.line, f"people '{person.code}', zone: '{shown(person.zone)}' is no time zone; write an IANA name such as Africa/Bangui"
    if not all(_known(day.zone) for day in spec.days):
        return
    for number, day in enumerate(spec.days, 1):
        for minute in (day.opens, day.closes):
            yield from _doubt(day, minute, day.line)
        for window in _windows(spec):
            if not window.days or number in window.days:
                for minute in (window.from_, window.until):
                    yield from _doubt(day, minute, window.line)
    for session in spec.sessions:
        pin = session.pinned
        if pin is not None and pin.at is not None:
            for number, day in enumerate(spec.days, 1):
                if pin.day == number:
                    yield from _doubt(day, pin.at, session.line)


def _windows(spec: Schedule) -> Iterator[Window]:
    yield from (window for person in spec.people for window in person.away)
    yield from (window for room in spec.rooms for window in room.closed)
    yield from (*spec.observances, *spec.security, *spec.watched)


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _doubt(day: ProgrammeDay, minute: int, line: int | None) -> Iterator[tuple[int | None, str]]:
    """A sentence where the clock of the place does not show this minute, or shows it twice; the ends of a day are taken as they come."""
    if minute in (0, DAY):
        return
    zone = ZoneInfo(day.zone)
    local = datetime.combine(day.date, time()) + timedelta(minutes=minute)
    early, late = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        yield line, f"{clock} on {day.date} does not exist in {day.zone}: the clocks go forward over it; write a time before or after the change"
    else:
        yield line, f"{clock} on {day.date} comes twice in {day.zone}: the clocks go back over it; write a time before or after the change"
