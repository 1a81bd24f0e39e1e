"""By when an exemption has to be asked for: working days counted back from the day of the act, and whose task it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracktwo.model.law import Exemption, Rule

_SATURDAY = 5


@dataclass(frozen=True)
class Task:
    """Somebody has to ask an authority for an exemption."""

    rule: str
    what: str
    authority: str
    owner: str
    """Who applies by the rule's own words: seldom the convenor."""
    day: date
    """The day of the act."""
    working_days: int | None
    """None where no lead time was published."""
    latest: date | None
    """The last day on which to apply; None where no lead time was published."""

    def is_late(self, today: date) -> bool:
        """True where the last day has passed; with no lead time, where the day of the act is not ahead."""
        return today >= self.day if self.latest is None else today > self.latest


def working_days_before(day: date, working_days: int) -> date:
    """Return the last day that leaves so many working days before the day; for 0 the day itself, or the Friday before a weekend.

    A working day is one from Monday to Friday. Holidays of the authority are not known here and make it earlier.
    """
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    weeks, rest = divmod(working_days, 5)
    day -= timedelta(weeks=weeks)
    for _ in range(rest):
        day -= timedelta(days=3 if day.weekday() == 0 else 1)
    return day


def task_of(rule: Rule, exemption: Exemption, act: str, day: date) -> Task | None:
    """Return the task that an exemption means for an act on a day; None where nobody can apply for it beforehand, or it is for other acts."""
    if not exemption.is_applied_for or not exemption.serves(act):
        return None
    lead = exemption.lead_time_working_days
    latest = None if lead is None else working_days_before(day, lead)
    return Task(rule.id, exemption.what, exemption.authority, exemption.who_applies, day, lead, latest)
