"""A first programme, day by day: sessions in Kelman's order, with breaks, meals, observances and culture between them.

Plain by design: fixed hours, one room, no solver. The first half of the sessions belongs to needs and fears, then joint thinking without
constraints, then constraints and how to overcome them, and the last session to what each carries home (Kelman interviews, 2003).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

SlotKind = Literal["session", "break", "meal", "culture", "observance", "team", "travel", "quiet"]
_MIDNIGHT = 24 * 60
_DAWN = 6 * 60
"""A sunset before this hour belongs to the evening before, as in the north in summer."""
_SHORTEST_MEAL = 1

ORDER = ("needs-and-fears", "joint-thinking", "constraints", "overcoming-constraints", "carrying-home")


@dataclass(frozen=True)
class PlannedSlot:
    """One item: local start and end in minutes after midnight, what it is (a key of the catalogues), and for sessions the stage."""

    start: int
    end: int
    what: str
    kind: SlotKind
    stage: str | None = None
    host: str | None = None
    """Whose turn it is to host a cultural item: a side id, or `third party`."""


@dataclass(frozen=True)
class PlannedDay:
    number: int
    day: date | None
    slots: tuple[PlannedSlot, ...]


@dataclass(frozen=True)
class Needs:
    """What the days must respect. Days are numbered from 1; `sunset` is in minutes after midnight on the first day, None where unknown."""

    muslim: bool = False
    friday_prayer: frozenset[int] = frozenset()
    """Numbers of the days that are Fridays on which somebody prays."""
    fasting: frozenset[int] = frozenset()
    """Numbers of the days on which somebody fasts until sunset."""
    shabbat: frozenset[int] = frozenset()
    """Numbers of the days on which somebody keeps Shabbat: the Friday, free from the evening on, and the Saturday, free of all work."""
    sunday: frozenset[int] = frozenset()
    sunset: int | None = None


def stages(sessions: int) -> tuple[str, ...]:
    """The stage of each session, in Kelman's order: about half needs and fears, the last one carrying home.

    One session is needs and fears alone; two add carrying home; no stage comes before an earlier one.
    """
    if sessions <= 0:
        return ()
    if sessions == 1:
        return (ORDER[0],)
    middle = sessions - 1
    first = max(1, (middle + 1) // 2)
    rest = middle - first
    joint = (rest + 1) // 2 if rest else 0
    constraints = (rest - joint + 1) // 2 if rest > joint else 0
    overcoming = rest - joint - constraints
    return (*[ORDER[0]] * first, *[ORDER[1]] * joint, *[ORDER[2]] * constraints, *[ORDER[3]] * overcoming, ORDER[4])


def plan_days(starts: date | None, days: int, hosts: Sequence[str], needs: Needs) -> tuple[PlannedDay, ...]:
    """Plan `days` days. Arrival is the evening before and departure the morning after; the last afternoon is for transfer and parting.

    `hosts` are the sides whose turn it is to host an evening, in order; with none the third party hosts.
    On a day of fasting the midday meal gives way to quiet time and the evening meal begins at sunset; a Friday prayer gets 12:30 to 14:00.
    On the day of Shabbat there are no sessions and no work of the team. All items end by midnight and none overlap.
    """
    resting = frozenset(number for number in needs.shabbat if _is_shabbat_day(number, starts, needs))
    per_day = [0 if number in resting else _sessions_of(number, days, needs) for number in range(1, days + 1)]
    order = iter(stages(sum(per_day)))
    planned = []
    for number, count in enumerate(per_day, 1):
        day = starts + timedelta(days=number - 1) if starts else None
        own = [next(order) for _ in range(count)]
        host = hosts[(number - 1) % len(hosts)] if hosts else "third party"
        slots = _day(number, days, own, host, needs)
        if number in resting:
            slots = [slot for slot in slots if slot.kind != "team" and slot.what != "break" and slot.what != "quiet-break"]
        planned.append(PlannedDay(number, day, _settled(slots)))
    return tuple(planned)


def _is_shabbat_day(number: int, starts: date | None, needs: Needs) -> bool:
    """True for the Saturday, False for the Friday on whose evening Shabbat begins."""
    if starts is not None:
        return (starts + timedelta(days=number - 1)).weekday() == 5
    return number - 1 in needs.shabbat


def _sessions_of(number: int, days: int, needs: Needs) -> int:
    if number in needs.shabbat:
        return 2
    return 3 if number in (1, days) or number in needs.fasting else 4


def _day(number: int, days: int, own: Sequence[str], host: str, needs: Needs) -> list[PlannedSlot]:
    slots = _morning(number, own[:2], needs)
    slots += _midday(number, needs)
    slots += _afternoon(number, days, own[2:], needs)
    return slots + _evening(number, days, host, needs)


def _settled(slots: Sequence[PlannedSlot]) -> tuple[PlannedSlot, ...]:
    """Let observances and the meal at sunset stand where they are; move whatever meets them to the first free time after.

    What is culture or quiet is left out where it would end after 23:00, for the night is quiet enough; nothing else is ever dropped.
    """
    placed: list[PlannedSlot] = []
    for slot in sorted(slots, key=_precedence):
        moved = _first_free(slot, placed)
        if slot.what == "meal-at-sunset":
            following = [other.start for other in placed if other.start > moved.start]
            moved = replace(moved, end=min([moved.start + slot.end - slot.start, _MIDNIGHT, *following]))
        if moved.end <= _at(23, 0) or moved.kind not in ("culture", "quiet"):
            placed.append(moved)
    return tuple(sorted(placed, key=lambda slot: (slot.start, slot.end)))


def _precedence(slot: PlannedSlot) -> tuple[int, int, int]:
    """The prayer of the congregation has its hour, other observances theirs, then the meal that the sun calls to, then all else by the clock."""
    if slot.kind == "observance":
        return (0 if slot.what == "friday-prayer" else 1), slot.start, slot.end
    return (2 if slot.what == "meal-at-sunset" else 3), slot.start, slot.end


def _first_free(slot: PlannedSlot, placed: Sequence[PlannedSlot]) -> PlannedSlot:
    """The slot at its own time, or as soon after as it fits; the meal at sunset needs no more room than its first minutes."""
    length = _SHORTEST_MEAL if slot.what == "meal-at-sunset" else slot.end - slot.start
    start = slot.start
    while blocker := next((other for other in placed if other.start < start + length and start < other.end), None):
        start = blocker.end
    return replace(slot, start=start, end=start + slot.end - slot.start)


def _morning(number: int, own: Sequence[str], needs: Needs) -> list[PlannedSlot]:
    opening = "opening" if number == 1 else "looking-back"
    slots = [PlannedSlot(_at(8, 30), _at(9, 0), opening, "team")]
    if number in needs.sunday:
        slots.append(PlannedSlot(_at(7, 15), _at(8, 15), "sunday-worship", "observance"))
    slots += [PlannedSlot(_at(9, 0), _at(10, 30), "session", "session", own[0])] if own else []
    slots.append(PlannedSlot(_at(10, 30), _at(11, 0), "quiet-break" if number in needs.fasting else "break", "break"))
    slots += [PlannedSlot(_at(11, 0), _at(12, 30), "session", "session", own[1])] if len(own) > 1 else []
    return slots


def _midday(number: int, needs: Needs) -> list[PlannedSlot]:
    lunch = PlannedSlot(_at(12, 30), _at(14, 0), "lunch", "meal")
    if number in needs.friday_prayer:
        prayer = PlannedSlot(_at(12, 30), _at(14, 0), "friday-prayer", "observance")
        return [prayer] if number in needs.fasting else [prayer, PlannedSlot(_at(14, 0), _at(14, 45), "lunch", "meal")]
    if number in needs.fasting:
        return [PlannedSlot(_at(12, 30), _at(14, 0), "quiet-midday", "quiet")]
    if needs.muslim:
        return [PlannedSlot(_at(12, 30), _at(13, 0), "noon-prayer", "observance"), PlannedSlot(_at(13, 0), _at(14, 0), "lunch", "meal")]
    return [lunch]


def _afternoon(number: int, days: int, own: Sequence[str], needs: Needs) -> list[PlannedSlot]:
    start = _at(14, 45) if number in needs.friday_prayer and number not in needs.fasting else _at(14, 0)
    slots = []
    for index, stage in enumerate(own):
        begin = start + index * 120
        slots.append(PlannedSlot(begin, begin + 90, "session", "session", stage))
        if index + 1 < len(own):
            slots.append(PlannedSlot(begin + 90, begin + 120, "afternoon-break", "break"))
    if number == days:
        end = slots[-1].end if slots else start
        slots.append(PlannedSlot(end + 15, end + 75, "transfer-slot", "team"))
    return slots


def _evening(number: int, days: int, host: str, needs: Needs) -> list[PlannedSlot]:
    sunset = needs.sunset if needs.sunset is not None and _DAWN <= needs.sunset < _MIDNIGHT else None
    slots = []
    dinner = _at(19, 0)
    if number in needs.fasting and sunset is not None:
        slots.append(PlannedSlot(sunset, sunset + 90, "meal-at-sunset", "meal"))
    else:
        if needs.muslim and sunset is not None:
            slots.append(PlannedSlot(sunset, min(sunset + 20, _MIDNIGHT), "sunset-prayer", "observance"))
        slots.append(PlannedSlot(dinner, dinner + 75, "dinner", "meal"))
    after = max(slots[-1].end, dinner)
    if number in needs.shabbat:
        slots.append(PlannedSlot(after, after + 60, "quiet-evening", "quiet"))
    elif number < days or days == 1:
        slots.append(PlannedSlot(after + 15, after + 105, "evening-together", "culture", host=host))
    else:
        slots.append(PlannedSlot(after + 15, after + 75, "parting", "culture", host="third party"))
    slots.append(PlannedSlot(_at(17, 45), _at(18, 15), "debrief", "team"))
    return slots


def _at(hour: int, minute: int) -> int:
    return hour * 60 + minute
