"""A programme that is tried: placed with least disturbance, or the smallest set of wishes that cannot hold together, all within a few seconds.

Of what cannot be, a single day is looked at first: its rules are few, and each says the least it would have to give. Where every day is possible by
itself, the limit of those who interpret is lifted, for too few of them is what most programmes fail at; then what somebody tried is taken back one
thing after another (a deletion filter, Chinneck and Dravnieks 1991) until nothing more can be.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tracktwo.considerations.timetable import FACILITATING, INTERPRETING, Draft, Trial, schedule_of
from tracktwo.methods.programme.check import Violation, violations
from tracktwo.model.schedule import DAY, Pin, Schedule
from tracktwo.model.timetable import Conflict, Placed, Timetable

NEARBY, SECONDS = 2.5, 1.5
"""How long a programme is searched for near the plain one, then anywhere; and as long as that, at most, why there is none."""
EACH = 0.5
"""How long one question of why there is none may take."""

CauseKind = Literal["pinned", "hours", "late", "watched", "interpreting", "facilitating", "own", "sessions"]


@dataclass(frozen=True)
class Cause:
    """Something that somebody wants and that, with others, cannot be: a pin, the hours of a day, an arrival, a limit, the number of sessions."""

    kind: CauseKind
    subject: str = ""


@dataclass(frozen=True)
class Cannot:
    """Why there is no programme. `rules` of one day, or `causes` of all days; `fewer` sessions would do, if that many were found to."""

    spec: Schedule
    rules: tuple[Conflict, ...] = ()
    causes: tuple[Cause, ...] = ()
    smallest: bool = False
    fewer: int | None = None


@dataclass(frozen=True)
class Planned:
    """The answer to a trial."""

    draft: Draft
    trial: Trial
    spec: Schedule
    plan: Timetable
    before: Timetable | None = None
    cannot: Cannot | None = None

    @property
    def found(self) -> bool:
        return bool(self.plan.items)

    def moved(self) -> Iterator[Moved]:
        """What is new, gone or elsewhere against the programme before, with the rules that its old place would break now."""
        if self.before is None or not self.found:
            return
        was, now = ({item.id: item for item in plan.items} for plan in (self.before, self.plan))
        for name, old in was.items():
            if name not in now:
                yield Moved(old, None, ())
        for name, item in now.items():
            there = was.get(name)
            if there is None:
                yield Moved(None, item, ())
            elif _where(there) != _where(item):
                yield Moved(there, item, tuple(self._barred(there, item)))

    def _barred(self, old: Placed, item: Placed) -> Iterator[Violation]:
        """What the new programme would break if this one item lay where it lay."""
        day = next((shown.number for shown in self.plan.days if shown.date == old.date), None)
        if day is None:
            return
        back = item.model_copy(update={"day": day, "date": old.date, "start": old.start, "end": old.end})
        tried = self.plan.model_copy(update={"items": tuple(back if one.id == item.id else one for one in self.plan.items)})
        found = violations(self.spec, tried)
        yield from (broken for broken in found if item.id in broken.items)
        yield from (broken for broken in found if broken.code == "load")


@dataclass(frozen=True)
class Moved:
    """An item before and after; None where it was not, or is not any more."""

    before: Placed | None
    after: Placed | None
    broken: tuple[Violation, ...]

    @property
    def item(self) -> Placed:
        found = self.after or self.before
        assert found is not None
        return found


def _where(item: Placed) -> tuple[object, ...]:
    return item.date, item.start, item.end


def planned(draft: Draft, trial: Trial, before: Timetable | None = None) -> Planned:
    """Place what is tried, moving as little as can be against `before`. Raises TooLarge, a ValueError in one sentence."""
    from tracktwo.methods.programme.solve import plan_programme  # the solver takes a second to load, for which no other page shall wait

    spec = schedule_of(draft, trial)
    near = _near(spec)
    plan = plan_programme(_held(near, before), before=before, monitored=trial.monitored, seconds=NEARBY, explain=False) if before else None
    if plan is None or not plan.items:
        plan = plan_programme(near, before=before, monitored=trial.monitored, seconds=NEARBY, explain=False)
    if plan.status == "infeasible":
        plan = plan_programme(spec, before=before, monitored=trial.monitored, seconds=SECONDS, explain=False)
    if plan.status == "infeasible":
        return Planned(draft, trial, spec, plan, before, _why_not(draft, trial, spec))
    arrived = {one.code: (one.day, f"{one.at // 60:02d}:{one.at % 60:02d}") for one in trial.late}
    items = tuple(_with_arrivals(item, spec, arrived) for item in plan.items) if arrived else plan.items
    return Planned(draft, trial, spec, plan.model_copy(update={"items": items}), before)


def _near(spec: Schedule) -> Schedule:
    """The SPEC with sessions at most a day from their turn: most answers lie there, and are found in half the time."""

    def days(turn: int) -> tuple[int, ...]:
        return tuple(number for number in (turn - 1, turn, turn + 1) if 1 <= number <= len(spec.days))

    free = [one for one in spec.sessions if one.stage and not one.days and one.wish and one.wish.day]
    tied = {one.id: one.model_copy(update={"days": days(one.wish.day)}) for one in free if one.wish and one.wish.day}
    return spec.model_copy(update={"sessions": tuple(tied.get(one.id, one) for one in spec.sessions)})


def _held(spec: Schedule, before: Timetable) -> Schedule:
    """The SPEC with everything where it was that nobody puts elsewhere: where that is possible, nothing needs to move, and it is found at once."""
    was = {item.id: item for item in before.items}
    found = []
    for one in spec.sessions:
        old = was.get(one.id)
        day = next((number for number, day in enumerate(spec.days, 1) if old is not None and day.date == old.date), None)
        if old is not None and day is not None and one.pinned is None:
            at = int(old.start[:2]) * 60 + int(old.start[3:])
            found.append(one.model_copy(update={"pinned": Pin(day=day, at=at)}))
        else:
            found.append(one)
    return spec.model_copy(update={"sessions": tuple(found)})


def _with_arrivals(item: Placed, spec: Schedule, arrived: dict[str, tuple[int, str]]) -> Placed:
    """An item for everybody with those who have arrived by then: it did not wait for them, but they are there."""
    everybody = spec.people_of(("all",)) - set(arrived)
    if not everybody <= set(item.who):
        return item
    here = {code for code, since in arrived.items() if since <= (item.day, item.start)}
    return item.model_copy(update={"who": tuple(sorted({*item.who, *here}))})


# -- why not --------------------------------------------------------------------------------------------------------------


def _why_not(draft: Draft, trial: Trial, spec: Schedule) -> Cannot:
    until = time.monotonic() + SECONDS
    for number in range(1, draft.days + 1):
        few = _day_alone(spec, number)
        if not _possible(few, trial) and time.monotonic() < until:
            from tracktwo.methods.programme.conflict import conflicts_of
            from tracktwo.methods.programme.rules import grid_of

            found = conflicts_of(grid_of(few, monitored=trial.monitored), seed=0, seconds=SECONDS)
            if found.conflicts:
                return Cannot(few, rules=found.conflicts[:1], smallest=found.conflicts[0].smallest)
    if any(one.needs for one in spec.sessions) and _possible(schedule_of(draft, replace(trial, interpreting=DAY)), trial):
        return Cannot(spec, causes=(Cause("interpreting"), Cause("sessions")), fewer=_fewer(draft, trial, until + SECONDS / 2))
    kept, sure = _filtered(draft, trial, until)
    if not kept:
        return Cannot(spec, causes=(Cause("sessions"),), fewer=_fewer(draft, trial, until + SECONDS / 2))
    return Cannot(spec, causes=(*kept, Cause("sessions")), smallest=sure, fewer=_fewer(draft, trial, until + SECONDS / 2))


def _day_alone(spec: Schedule, number: int) -> Schedule:
    """What lies on one day and nowhere else: what is impossible of it is impossible of the whole."""
    sessions = tuple(one.model_copy(update={"after": ()}) for one in spec.sessions if one.days == (number,))
    kept = tuple(one for one in spec.observances if not one.days or number in one.days)
    return spec.model_copy(update={"sessions": sessions, "observances": kept})


def _possible(spec: Schedule, trial: Trial) -> bool:
    """Whether anything was found, or at least nothing refuted in the time there is."""
    from tracktwo.methods.programme.solve import plan_programme

    return plan_programme(spec, monitored=trial.monitored, seconds=EACH, explain=False).status != "infeasible"


def _filtered(draft: Draft, trial: Trial, until: float) -> tuple[list[Cause], bool]:
    """What of the wishes is needed for the conflict, and whether each was asked about; none where there is a conflict without any of them."""
    kept = list(_causes(draft, trial))
    if not kept or not _possible(schedule_of(draft, without(trial, kept)), trial):
        return [], True
    for cause in list(kept):
        if time.monotonic() > until:
            return kept, False
        left = [one for one in kept if one != cause]
        taken = [one for one in _causes(draft, trial) if one not in left]
        if not _possible(schedule_of(draft, without(trial, taken)), trial):
            kept = left
    return kept, True


def _causes(draft: Draft, trial: Trial) -> Iterator[Cause]:
    """Everything that somebody wished and could take back."""
    yield from (Cause("own", own.id) for own in draft.own if own.id not in trial.out)
    if trial.monitored and trial.watched:
        yield Cause("watched")
    if trial.interpreting != INTERPRETING:
        yield Cause("interpreting")
    if trial.facilitating != FACILITATING:
        yield Cause("facilitating")
    yield from (Cause("hours", str(number)) for number in trial.hours)
    yield from (Cause("pinned", name) for name in trial.pins)
    yield from (Cause("late", one.code) for one in trial.late)


def without(trial: Trial, causes: Sequence[Cause]) -> Trial:
    """The trial with these wishes taken back."""
    gone = {(cause.kind, cause.subject) for cause in causes}
    kinds = {cause.kind for cause in causes}
    return replace(
        trial,
        pins={name: pin for name, pin in trial.pins.items() if ("pinned", name) not in gone},
        out=trial.out | {subject for kind, subject in gone if kind == "own"},
        hours={number: hours for number, hours in trial.hours.items() if ("hours", str(number)) not in gone},
        late=tuple(one for one in trial.late if ("late", one.code) not in gone),
        watched=() if "watched" in kinds else trial.watched,
        interpreting=INTERPRETING if "interpreting" in kinds else trial.interpreting,
        facilitating=FACILITATING if "facilitating" in kinds else trial.facilitating,
    )


def _fewer(draft: Draft, trial: Trial, until: float) -> int | None:
    """How many sessions fewer would do, those of the longest stages first; None where that was not found in time."""
    left = [one for one in draft.sessions if one.stage and one.id not in trial.out and one.id not in trial.pins]
    out = set(trial.out)
    for count in range(1, len(left)):
        if time.monotonic() > until:
            return None
        stages = [one.stage for one in left]
        longest = max(left, key=lambda one: (stages.count(one.stage), one.id))
        left.remove(longest)
        out.add(longest.id)
        if _possible(schedule_of(draft, replace(trial, out=frozenset(out))), trial):
            return count
    return None
