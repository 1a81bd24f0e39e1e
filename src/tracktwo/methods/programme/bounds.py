"""Bounds that small models of a part of the whole prove at once, where the relaxation of the whole takes long to see them."""

from __future__ import annotations

from ortools.sat.python import cp_model

from tracktwo.methods.programme.build import Build


def seats_short_at_least(build: Build) -> int | None:
    """Seats that lack in the best of all worlds: each item in one room, each room with no more items than its hours hold; None where even this
    cannot be.
    """
    model = cp_model.CpModel()
    seats = {room.id: room.seats for room in build.grid.spec.rooms}
    uses: dict[str, list[cp_model.IntVar]] = {room: [] for room in seats}
    short: list[cp_model.LinearExprT] = []
    for place, rooms in enumerate(build.rooms):
        here = {room: model.new_bool_var(f"{place} {room}") for room in rooms}
        if build.items[place].rooms:
            model.add_exactly_one(here.values())
        for room, is_here in here.items():
            uses[room].append(is_here)
            short.append(max(0, build.items[place].demand - seats[room]) * is_here)
    for room, used in uses.items():
        if used:
            model.add(sum(used) <= build.most_in(room))
    return _least(model, cp_model.LinearExpr.sum(short))


def longest_day_at_least(build: Build) -> int | None:
    """The longest day of work if nothing but days mattered: of each group of people, the best way to share its items out among the days that
    they can lie on; None where even this cannot be.
    """
    best = 0
    days = range(1, len(build.grid.spec.days) + 1)
    for places in build.groups:
        working = [place for place in sorted(places) if build.items[place].work]
        if sum(build.items[place].minutes for place in working) <= best:
            continue
        model = cp_model.CpModel()
        on = {(place, day): model.new_bool_var(f"{place} {day}") for place in working for day in days if build.on_day(place, day)}
        for place in working:
            model.add_exactly_one(on[place, day] for day in days if (place, day) in on)
        longest = model.new_int_var(0, 24 * 60, "longest")
        for day in days:
            model.add(sum(build.items[place].minutes * on[place, day] for place in working if (place, day) in on) <= longest)
        least = _least(model, longest)
        if least is None:
            return None
        best = max(best, least)
    return best


def _least(model: cp_model.CpModel, objective: cp_model.LinearExprT) -> int | None:
    """The bound that a short search proves."""
    model.minimize(objective)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = 1.0
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    return max(0, -(-round(solver.best_objective_bound * 1000) // 1000)) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 0
