"""The least that one rule of a conflict would have to give so that the others can hold, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection

from ortools.sat.python import cp_model

from tracktwo.methods.programme.build import Build, Chosen
from tracktwo.methods.programme.items import Item
from tracktwo.methods.programme.rules import Rule
from tracktwo.methods.programme.words import clock, listed, titled


def relaxation(build: Build, rule: Rule, others: Collection[Rule], solver: cp_model.CpSolver) -> str | None:
    """How the rule would have to change, alone, that the others can hold; None where they cannot, or no answer was found in the solver's time."""
    answer = _least(build, rule, [other for other in others if other != rule], solver)
    return None if answer is None else _WORDS.get(rule.code, _by_measure)(build, rule, answer, solver)


def _least(build: Build, rule: Rule, others: Collection[Rule], solver: cp_model.CpSolver) -> int | None:
    model = build.model
    measures = [by * variable for variable, by in build.slack.get(rule, ())] + list(build.excess.get(rule, ()))
    model.clear_assumptions()
    model.clear_objective()  # type: ignore[no-untyped-call]
    model.add_assumptions([build.rules[other] for other in build.rules if other in others])
    if measures:
        model.minimize(cp_model.LinearExpr.sum(measures))
    status = solver.solve(model)
    model.clear_objective()  # type: ignore[no-untyped-call]
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return round(solver.objective_value) if measures else 0


Say = Callable[[Build, Rule, int, cp_model.CpSolver], str]


def _where(build: Build, name: str, solver: cp_model.CpSolver) -> tuple[Item, Chosen | None]:
    place = build.number[name]
    return build.items[place], next((one for one in build.starts[place] if solver.boolean_value(one.variable)), None)


def _breaking(build: Build, rule: Rule, solver: cp_model.CpSolver) -> list[tuple[Item, Chosen]]:
    """The items whose beginnings break the rule in the answer."""
    found = []
    for item in build.items:
        _, chosen = _where(build, item.id, solver)
        if chosen and any(breach.rule == rule for breach in chosen.start.breaks):
            found.append((item, chosen))
    return found


def _hours(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    day = int(rule.subject[0])
    shown, axis = build.grid.spec.days[day - 1], build.grid.axis
    broken = _breaking(build, rule, solver)
    opens = min([clock(shown.opens), *(axis.clock(day, one.start.at) for _, one in broken)])
    closes = max([clock(shown.closes), *(axis.clock(day, one.start.at + item.minutes) for item, one in broken)])
    return f"open day {day} from {opens} to {closes}"


def _moved(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    item, chosen = _where(build, rule.subject[0], solver)
    if chosen is None:
        return f"leave {titled(build.grid, item.id)} out"
    day, at, axis = chosen.start.day, chosen.start.at, build.grid.axis
    return f"let {titled(build.grid, item.id)} lie on day {day} from {axis.clock(day, at)} to {axis.clock(day, at + item.minutes)}"


def _shortened(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    names = [titled(build.grid, item.id) for item, _ in _breaking(build, rule, solver)]
    return f"give {amount} minutes of it to {listed(names)}" if names else f"give {amount} minutes of it"


def _placed(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    return f"leave {titled(build.grid, rule.subject[0])} out"


def _attends(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    return f"let {listed(list(rule.subject))} miss one of them"


def _by_measure(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
    return "let it go"


def _amount(text: str) -> Say:
    def say(build: Build, rule: Rule, amount: int, solver: cp_model.CpSolver) -> str:
        names = [titled(build.grid, name) if name in build.number else name for name in rule.subject]
        return text.format(*names, amount=amount)

    return say


_WORDS: dict[str, Say] = {
    "hours": _hours, "pinned": _moved, "between": _moved, "days": _moved, "placed": _placed, "attends": _attends,
    "away": _shortened, "kept": _shortened, "security": _shortened, "watched": _shortened, "closed": _shortened,
    "person-hours": _amount("work {amount} minutes beyond them"),
    "day-kind": _amount("let {amount} of the items of work be on it"),
    "after": _amount("let {0} begin {amount} minutes before {1} has ended"),
    "load": _amount("work {amount} minutes more"),
    "staff": _amount("do with {amount} fewer"),
    "seats": _amount("find {amount} more seats"),
    "together": _amount("let them begin at different times"),
    "order": _amount("let a later stage begin before {0} has ended"),
    "pause": _amount("make pauses shorter"),
    "rooms": _amount("let it be in another room"),
    "pinned-room": _amount("let it be in another room"),
    "watched-room": _amount("let {amount} sensitive item be in it"),
    "walk": _amount("find a quicker way"),
}  # fmt: skip
