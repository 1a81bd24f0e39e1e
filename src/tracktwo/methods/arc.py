"""The arc of an initiative: rounds over months, each with a purpose and a stage, the same core and new people, officials briefed between.

The order of purposes is Kelman's for the single workshop stretched over rounds: needs and fears before joint thinking, joint thinking
before constraints, constraints before what is carried home (H. C. Kelman, interviews, 2003; H. and G. Burgess, 2010, steps 3–5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracktwo.methods.calendar_months import add_months, month_of

Purpose = Literal["needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home"]
PURPOSES: tuple[Purpose, ...] = ("needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home")
STAGES = {
    "needs-and-fears": "socialising",
    "joint-thinking": "filtering ideas home",
    "constraints": "filtering ideas home",
    "overcoming-constraints": "policy adjustment",
    "carrying-home": "policy adjustment",
}


@dataclass(frozen=True)
class Round:
    """One meeting of the arc. `newcomers` is the share of seats that may change hands; `briefing_by` when officials are to be briefed."""

    number: int
    starts: date
    ends: date
    purpose: Purpose
    stage: str
    newcomers: float
    briefing_by: date

    @property
    def month(self) -> str:
        return month_of(self.starts)


def plan_arc(starts: date, rounds: int, months: int, days: int) -> tuple[Round, ...]:
    """Spread `rounds` meetings of `days` days evenly over `months` months from `starts`, all on the same weekday.

    A round starts at the earliest in the first week after the one before has ended; an arc of more rounds than its months can hold runs on longer.
    The first round belongs to needs and fears and the last of two or more to carrying home; the purposes between keep Kelman's order.
    Officials are to be briefed within 21 days after each round, and never later than a week before the next; where a round follows so soon
    that this is past, on the last day of the round.
    """
    found: list[tuple[int, date, date, Purpose]] = []
    for number in range(1, rounds + 1):
        first = _evenly(starts, number, rounds, months)
        if found:
            first = max(first, found[-1][1] + timedelta(weeks=-(-days // 7)))
        found.append((number, first, first + timedelta(days=days - 1), purpose_of(number, rounds)))
    arc = []
    for index, (number, first, last, purpose) in enumerate(found):
        briefing = last + timedelta(days=21)
        if index + 1 < len(found):
            briefing = max(last, min(briefing, found[index + 1][1] - timedelta(days=7)))
        arc.append(Round(number, first, last, purpose, STAGES[purpose], 0.0 if number == 1 else 0.25, briefing))
    return tuple(arc)


def _evenly(starts: date, number: int, rounds: int, months: int) -> date:
    """Where round `number` falls: by whole months where each can have a month of its own, else by whole weeks."""
    if rounds == 1:
        return starts
    if rounds <= months:
        return _later(starts, round((number - 1) * (months - 1) / (rounds - 1)))
    # The last round keeps a fraction of a month free after it, as every other does.
    span = (_later(starts, months) - starts).days * (rounds - 1) / rounds
    return starts + timedelta(weeks=round((number - 1) * span / (rounds - 1) / 7))


def _later(start: date, months: int) -> date:
    """The same weekday `months` later, so that a meeting that avoids a day of worship goes on avoiding it."""
    month = add_months(month_of(start), months)
    year, number = int(month[:4]), int(month[5:])
    last = (date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)).day
    day = date(year, number, min(start.day, last))
    return day + timedelta(days=(start.weekday() - day.weekday() + 3) % 7 - 3)


def purpose_of(number: int, rounds: int) -> Purpose:
    """What round `number` of so many is for, in Kelman's order."""
    if rounds == 1:
        return PURPOSES[0]
    position = (number - 1) / (rounds - 1) * (len(PURPOSES) - 1)
    return PURPOSES[int(position + 0.5)]
