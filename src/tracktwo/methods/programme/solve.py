"""The exact programme: every rule holds, and in this order nothing moves without need, seats suffice, wishes are met, no day is too long.

Each of these levels is made as small as can be and held there for the next (lexicographic optimisation), by OR-Tools CP-SAT with one worker and
a seed. Rooms, clashes of people and prerequisites are the rules of timetabling (de Werra, 1985); the order of stages is Kelman's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from tracktwo.methods.programme.bounds import longest_day_at_least, seats_short_at_least
from tracktwo.methods.programme.build import Build
from tracktwo.methods.programme.change import moves, sequences
from tracktwo.methods.programme.clashes import clashes_of
from tracktwo.methods.programme.conflict import conflicts_of
from tracktwo.methods.programme.items import Item
from tracktwo.methods.programme.rules import Grid, Start, grid_of
from tracktwo.methods.programme.words import clock
from tracktwo.model.schedule import Need, Schedule
from tracktwo.model.timetable import DayShown, Level, LevelName, Placed, Status, Timetable

TIDY = 0.1
"""Work, in the solver's own deterministic seconds, that goes into letting items lie early once everything that is asked for is settled."""
EVENING = 18 * 60 + 30
_PARTS = {"morning": (0, 12 * 60 + 30), "afternoon": (12 * 60 + 30, 18 * 60), "evening": (18 * 60, 24 * 60)}
SLICES = ((False, 3.0), (True, 6.0), (False, 12.0), (True, 24.0), (False, 48.0), (True, 1e6))
"""Whether the linear relaxation is used, and how much work to spend, in the solver's deterministic seconds; then the next slice begins."""
GOAL = 4.0
"""Work that goes into reaching a bound before anything less is looked for."""
LARGEST = 120_000
"""Items times beginnings above which the model would not fit a laptop's memory."""
MOST_SERVING = 5_000
MOST_WAYS = 500_000
"""People who could be chosen, over all sessions, and pairs of items with a way between them, beyond which the same holds."""


class TooLarge(ValueError):
    """A SPEC with more possible beginnings than can be searched; the message is one sentence."""


@dataclass
class _Search:
    """What the levels share: the model, the solver's settings, what was found so far, and how much time is left."""

    build: Build
    seed: int
    seconds: float
    spent: float = 0.0
    cut: bool = False
    """True once the clock of the machine, and not work done, ended a search."""
    value: int | None = None
    bound: float | None = None
    solver: cp_model.CpSolver | None = None

    def minimise(self, objective: cp_model.LinearExprT | None, least: int = 0) -> int:
        """Make the objective as small as can be, by slices of growing work, each with the best found before as a hint; the status of the solver.

        `least` is a bound that is known from elsewhere: whoever reaches it is done.
        """
        status = int(cp_model.UNKNOWN)
        if objective is not None:
            reached = self.build.model.new_bool_var("the bound is reached")
            self.build.model.add(objective >= least)
            self.build.model.add(objective <= least).only_enforce_if(reached)
            status = self._slice(objective, False, GOAL, reached)
            if self.value == least:
                return int(cp_model.OPTIMAL)
        for linear, work in SLICES:
            status = self._slice(objective, linear, work)
            if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE) or self.spent >= self.seconds:
                break
        self.cut |= status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        if status == cp_model.UNKNOWN and self.value is not None:
            return int(cp_model.FEASIBLE)
        return status

    def improve(self, objective: cp_model.LinearExprT, work: float) -> None:
        """Make the objective smaller with so much work and no more; nothing is proven."""
        self._slice(objective, False, work)
        self.cut |= self.spent >= self.seconds

    def _slice(self, objective: cp_model.LinearExprT | None, linear: bool, work: float, goal: cp_model.IntVar | None = None) -> int:
        """One search; with a `goal` for anything that has it, which is often found long before the best is otherwise known for that."""
        model = self.build.model
        model.clear_assumptions()
        if goal is not None:
            model.add_assumptions([goal])
        if objective is None or goal is not None:
            model.clear_objective()  # type: ignore[no-untyped-call]
        else:
            model.minimize(objective)
        if self.solver is not None:
            model.clear_hints()  # type: ignore[no-untyped-call]
            for variable in self._variables():
                model.add_hint(variable, self.solver.value(variable))
        solver = settings(self.seed, max(0.05, self.seconds - self.spent), linear, work)
        status = int(solver.solve(model))
        self.spent += solver.wall_time
        self.value, self.bound = None, None
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solver = solver
            self.value = 0 if objective is None else round(solver.value(objective))
            self.bound = solver.best_objective_bound if objective is not None and goal is None else 0
        return status

    def _variables(self) -> list[cp_model.IntVar]:
        build = self.build
        found = [one.variable for starts in build.starts for one in starts] + list(build.begin)
        found += [here for rooms in build.rooms for here in rooms.values()]
        return found + [serves for needs in build.serving for able in needs for serves in able.values()]


def settings(seed: int, seconds: float, linear: bool, work: float) -> cp_model.CpSolver:
    """A solver with one worker. Where `linear`, with all of its relaxation; else presolving is short too, for it outlasts solving."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.linearization_level = 2 if linear else 0
    solver.parameters.cp_model_probing_level = 2 if linear else 0
    solver.parameters.max_presolve_iterations = 3 if linear else 1
    solver.parameters.symmetry_level = 2 if linear else 0
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.max_deterministic_time = work
    return solver


def plan_programme(
    spec: Schedule, *, before: Timetable | None = None, monitored: bool = False, seed: int = 0, seconds: float = 30.0, explain: bool = True
) -> Timetable:
    """Place every item of a SPEC with days, or name the smallest sets of rules that cannot hold together.

    `before` is an earlier programme: then as few items as can be lie elsewhere than there. `monitored` keeps what is sensitive out of watched
    rooms and windows. `seconds` bounds the search by the clock of the machine; an answer that this cut short says `reproducible: false`.
    Raises TooLarge.
    """
    grid = grid_of(spec, monitored=monitored)
    _refuse_too_large(grid)
    search = _Search(Build(grid), seed, seconds)
    levels: list[Level] = []
    status = _levels(search, before, levels)
    if status == "infeasible":
        found = conflicts_of(grid, seed=seed, seconds=seconds) if explain else None
        reproducible = found is None or found.finished
        return _answer(grid, status, seed, reproducible).model_copy(update={"conflicts": found.conflicts if found else ()})
    if search.solver is None:
        return _answer(grid, "timeout", seed, False)
    if status == "optimal":
        _tidy(search)
    items = _placed(search, before)
    answer = _answer(grid, status, seed, not search.cut)
    moved = moves(before, items, grid) if before else ()
    key = before.calendar_key if before is not None else answer.calendar_key
    return answer.model_copy(
        update={"calendar_key": key, "items": items, "objective": tuple(levels), "clashes": tuple(clashes_of(grid, items)), "moved": moved}
    )


def _refuse_too_large(grid: Grid) -> None:
    """Raise for a SPEC whose model would not fit, before it is built."""
    spec = grid.spec
    if sum(len(item.days) * 24 * 60 // spec.step for item in grid.items) > LARGEST:
        what = f"{len(grid.items)} items over {len(spec.days)} days in steps of {spec.step} minutes"
        raise TooLarge(f"{what} are too many to search; take a larger step, or name the days of items")
    able = [len(able_for(grid, need)) for item in grid.items for need in item.needs]
    if sum(able) > MOST_SERVING:
        raise TooLarge(f"sessions need people of whom {sum(able):,} could be chosen in all, more than {MOST_SERVING:,}; name those who attend")
    pool = max(able, default=0)
    if len(spec.walks) * len(grid.items) ** 2 * (1 + pool) > MOST_WAYS:
        raise TooLarge(f"{len(spec.walks)} ways between places for {len(grid.items)} items are too many to search; name only ways that take long")


def able_for(grid: Grid, need: Need) -> list[str]:
    """The people who could meet a need."""
    return [person.code for person in grid.spec.people if person.role == need.role and set(need.languages) <= set(person.languages)]


def _levels(search: _Search, before: Timetable | None, levels: list[Level]) -> Status:
    """Make each level as small as can be in its turn; optimal where all of them were proven."""
    build = search.build
    told = dict(_objectives(build, before))
    proven = True
    if not told:
        status = search.minimise(None)
        return "infeasible" if status == cp_model.INFEASIBLE else "optimal" if status == cp_model.OPTIMAL else "timeout"
    bounds: dict[LevelName, Callable[[Build], int | None]] = {"seats short": seats_short_at_least, "longest day of work": longest_day_at_least}
    units: dict[LevelName, Literal["items", "seats", "points", "minutes"]] = {
        "moved items": "items",
        "seats short": "seats",
        "wishes missed": "points",
        "longest day of work": "minutes",
    }
    for what, objective in told.items():
        least = bounds[what](build) if what in bounds else 0
        if least is None:
            return "infeasible"
        status = search.minimise(objective, least)
        if status == cp_model.INFEASIBLE:
            return "infeasible"
        if search.value is None or search.bound is None:
            return "feasible" if search.solver is not None else "timeout"
        bound = min(search.value, max(least, -(-round(search.bound * 1000) // 1000)))
        levels.append(Level(what=what, unit=units[what], value=search.value, bound=bound, proven=bound == search.value))
        proven &= bound == search.value
        build.model.add(objective <= search.value)
    return "optimal" if proven else "feasible"


def _objectives(build: Build, before: Timetable | None) -> list[tuple[LevelName, cp_model.LinearExpr]]:
    found: list[tuple[LevelName, cp_model.LinearExpr]] = []
    if before is not None:
        found.append(("moved items", cp_model.LinearExpr.sum(_moved(build, before))))
    seats = {room.id: room.seats for room in build.grid.spec.rooms}
    short = [max(0, build.items[n].demand - seats[room]) * here for n, rooms in enumerate(build.rooms) for room, here in rooms.items()]
    if any(item.demand for item in build.items):
        found.append(("seats short", cp_model.LinearExpr.sum(short)))
    missed = [
        (missed_by(build.grid, item, one.start), one.variable) for item, starts in zip(build.items, build.starts, strict=True) for one in starts
    ]
    if any(points for points, _ in missed):
        found.append(("wishes missed", cp_model.LinearExpr.sum([points * variable for points, variable in missed if points])))
    if len(build.grid.spec.days) > 1 and any(item.work for item in build.items):
        found.append(("longest day of work", _longest_day(build)))
    return found


def _moved(build: Build, before: Timetable) -> list[cp_model.LinearExpr]:
    """One minus the Boolean that an item lies where it lay; where it cannot, it moves."""
    was = {item.id: item for item in before.items}
    found = []
    for place, item in enumerate(build.items):
        old = was.get(item.id)
        if old is None:
            continue
        day = next((number for number, day in enumerate(build.grid.spec.days, 1) if day.date == old.date), 0)
        same = [one.variable for one in build.starts[place] if one.start.day == day and build.grid.axis.clock(day, one.start.at) == old.start]
        stays = build.model.new_bool_var(f"{item.id} stays")
        build.model.add(stays <= sum(same))
        if build.rooms[place]:
            build.model.add(stays <= (build.rooms[place].get(old.room or "", 0)))
        if build.items[place].minutes != minutes_of(old):
            build.model.add(stays == 0)
        found.append(1 - stays)
    return found


def minutes_of(item: Placed) -> int:
    """The length of a placed item by its clock."""
    start, end = ((int(text[:2]) * 60 + int(text[3:])) for text in (item.start, item.end))
    return end - start


def missed_by(grid: Grid, item: Item, start: Start) -> int:
    """What a beginning costs in points.

    4 for each day beside the wished one, 2 for another part of the day; 1 for each half hour, or part of one, that work goes on after half
    past six in the evening; 1 for work in the last two hours of a fast, for those who keep it.
    """
    shown = grid.spec.days[start.day - 1]
    local = grid.axis.local(start.at, shown.zone)
    begins = local.hour * 60 + local.minute
    points = 4 * abs(start.day - item.wish.day) if item.wish.day is not None else 0
    if item.wish.part is not None:
        low, high = _PARTS[item.wish.part]
        points += 0 if low <= begins < high else 2
    if not item.work:
        return points
    points += -(-max(0, begins + item.minutes - EVENING) // 30)
    for kept, keepers, spans in grid.kept:
        if kept.keeps_from == "meals" and keepers & item.people:
            points += any(start.at < blocked.span[1] and blocked.span[1] - 120 < start.at + item.minutes for blocked in spans)
    return points


def _longest_day(build: Build) -> cp_model.IntVar:
    longest = build.model.new_int_var(0, 24 * 60, "longest day")
    for places in build.groups:
        working = [place for place in places if build.items[place].work]
        for day in range(1, len(build.grid.spec.days) + 1):
            worked = [build.items[place].minutes * variable for place in working for variable in build.on_day(place, day)]
            if worked:
                build.model.add(sum(worked) <= longest)
    return longest


def _tidy(search: _Search) -> None:
    """Let items lie as early in their days as a short search finds; nothing is claimed of it, so that it is no level."""
    build = search.build
    first = {day: build.grid.axis.edge(day, shown.opens) for day, shown in enumerate(build.grid.spec.days, 1)}
    waits = [max(0, one.start.at - first[one.start.day]) // 5 * one.variable for starts in build.starts for one in starts]
    search.improve(cp_model.LinearExpr.sum(waits), TIDY)


def _placed(search: _Search, before: Timetable | None) -> tuple[Placed, ...]:
    build, solver = search.build, search.solver
    assert solver is not None
    found = []
    for place, item in enumerate(build.items):
        start = next(one.start for one in build.starts[place] if solver.boolean_value(one.variable))
        serving = sorted(code for able in build.serving[place] for code, serves in able.items() if solver.boolean_value(serves))
        room = next((room for room, here in build.rooms[place].items() if solver.boolean_value(here)), None)
        found.append(_shown(build.grid, item, start, room, serving))
    found.sort(key=lambda one: (one.date, one.start, one.end, one.id))
    return sequences(before, found) if before else tuple(found)


def _shown(grid: Grid, item: Item, start: Start, room: str | None, serving: Sequence[str]) -> Placed:
    day = grid.spec.days[start.day - 1]
    return Placed(
        id=item.id,
        title=item.title,
        kind=item.kind,
        stage=item.stage,
        day=start.day,
        date=day.date,
        start=grid.axis.clock(start.day, start.at),
        end=grid.axis.clock(start.day, start.at + item.minutes),
        zone=day.zone,
        room=room,
        who=tuple(sorted({*item.people, *serving})),
        serving=tuple(serving),
        sensitive=item.sensitive,
        host=item.host,
    )


def _answer(grid: Grid, status: Status, seed: int, reproducible: bool) -> Timetable:
    spec = grid.spec
    days = tuple(
        DayShown(number=number, date=day.date, zone=day.zone, kind=day.kind, opens=clock(day.opens), closes=clock(day.closes))
        for number, day in enumerate(spec.days, 1)
    )
    return Timetable(
        title=spec.title,
        calendar_key=f"{spec.title}\n{spec.days[0].date}",
        language=spec.language,
        fictional=spec.fictional,
        status=status,
        monitored=grid.monitored,
        seed=seed,
        reproducible=reproducible,
        days=days,
    )
