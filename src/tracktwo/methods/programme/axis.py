"""One line of minutes for all the days of a programme, whatever their time zones and changes of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from tracktwo.model.schedule import ProgrammeDay, Schedule, Window

Span = tuple[int, int]
"""Minutes from the beginning of the axis, the second not included."""


@dataclass(frozen=True)
class Axis:
    """Translates clock times of days, which are numbered from 1, to minutes after the first day's midnight, and back."""

    days: tuple[ProgrammeDay, ...]

    @cached_property
    def _origin(self) -> datetime:
        return _at(self.days[0], 0, 0).astimezone(UTC)

    def edge(self, day: int, minute: int) -> int:
        """The minute of the axis at which the clock of day `day` shows `minute`; of two the first, and of none as if the clock had not changed."""
        return self._minutes(_at(self.days[day - 1], minute, 0))

    def moment(self, day: int, minute: int) -> int | None:
        """The same; None where the clock never shows this minute or shows it twice, so that nobody could be told to come then."""
        early, late = (_at(self.days[day - 1], minute, fold) for fold in (0, 1))
        return self._minutes(early) if early.utcoffset() == late.utcoffset() else None

    def spans(self, window: Window) -> tuple[Span, ...]:
        """The spans of a window, one for each of its days."""
        numbers = window.days or range(1, len(self.days) + 1)
        return tuple((self.edge(day, window.from_), self.edge(day, window.until)) for day in numbers)

    def local(self, minute: int, zone: str) -> datetime:
        """What the clock of a zone shows at a minute of the axis."""
        return (self._origin + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))

    def clock(self, day: int, minute: int) -> str:
        """HH:MM by the clock of the day; 24:00 for the midnight that ends it."""
        local = self.local(minute, self.days[day - 1].zone)
        return "24:00" if local.date() > self.days[day - 1].date else f"{local:%H:%M}"

    def _minutes(self, moment: datetime) -> int:
        return int((moment.astimezone(UTC) - self._origin).total_seconds()) // 60


def _at(day: ProgrammeDay, minute: int, fold: int) -> datetime:
    local = datetime.combine(day.date, time()) + timedelta(minutes=minute)
    return local.replace(tzinfo=ZoneInfo(day.zone), fold=fold)


def axis_of(spec: Schedule) -> Axis:
    """The axis of a SPEC that has days."""
    return Axis(spec.days)
