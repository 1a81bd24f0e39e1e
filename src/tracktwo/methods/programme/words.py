"""The rules of a programme in words, and what it would take that one of them gives way."""

from __future__ import annotations

from collections.abc import Callable

from tracktwo.methods.programme.items import Item
from tracktwo.methods.programme.rules import Grid, Rule
from tracktwo.model.schedule import Window

MANY = 4
"""So many names stand in a sentence; of the others their number."""


def clock(minute: int) -> str:
    """HH:MM; 24:00 for the end of a day."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def listed(names: list[str]) -> str:
    """Names in a row, and how many more there are."""
    more = f" and {len(names) - MANY} more" if len(names) > MANY else ""
    return ", ".join(names[:MANY]) + more


def sentence(rule: Rule, grid: Grid, among: frozenset[str] = frozenset()) -> str:
    """What a rule asks. `among` are the items of a conflict: of all that a rule concerns, those are named."""
    return _SENTENCES[rule.code](rule, grid, among)


def titled(grid: Grid, name: str) -> str:
    """An item as sentences name it."""
    item = of(grid, name)
    return f"'{item.title}' on day {item.days[0]}" if item.own_days and item.kind != "transfer" else f"'{item.title}'"


def of(grid: Grid, name: str) -> Item:
    """The item of that id."""
    return next(item for item in grid.items if item.id == name)


def _window(window: Window, what: str) -> str:
    days = f"on day {', '.join(map(str, window.days))}" if window.days else "every day"
    return f"{what}{f' ({window.why})' if window.why else ''} {days} from {clock(window.from_)} to {clock(window.until)}"


def _placed(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    item = of(grid, rule.subject[0])
    return f"{titled(grid, item.id)} takes place and lasts {item.minutes} minutes"


def _hours(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    day = grid.spec.days[int(rule.subject[0]) - 1]
    return f"day {rule.subject[0]} ({day.date}) is open from {clock(day.opens)} to {clock(day.closes)}"


def _day_kind(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    day = grid.spec.days[int(rule.subject[0]) - 1]
    return f"day {rule.subject[0]} ({day.date}) is a day of {day.kind}, without work"


def _days(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    return f"{titled(grid, rule.subject[0])} is on day {', '.join(map(str, of(grid, rule.subject[0]).days))}"


def _between(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    item = of(grid, rule.subject[0])
    return f"{titled(grid, item.id)} lies between {clock(item.earliest)} and {clock(item.latest)}"


def _pinned(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    pin = of(grid, rule.subject[0]).pinned
    when = " ".join(part for part in (f"on day {pin.day}" if pin.day else "", f"at {clock(pin.at)}" if pin.at is not None else "") if part)
    return f"{titled(grid, rule.subject[0])} is fixed {when}"


def _away(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    return "; ".join(_window(window, f"{rule.subject[0]} is away") for window in grid.people[rule.subject[0]].away)


def _person_hours(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    person = grid.people[rule.subject[0]]
    assert person.hours is not None
    own = f" in {person.zone}" if person.zone else ""
    return f"{person.code} works from {clock(person.hours.from_)} to {clock(person.hours.until)} by the clock{own}"


def _kept(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    kept = grid.spec.observances[int(rule.subject[0]) - 1]
    from_ = {"all": "everything", "work": "work", "meals": "meals"}[kept.keeps_from]
    return _window(kept, f"'{kept.what}' is kept by {listed(sorted(grid.spec.people_of(kept.people)))}, free of {from_},")


def _security(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    window = grid.spec.security[int(rule.subject[0]) - 1]
    return _window(window, f"nothing may happen in {listed(list(window.rooms)) if window.rooms else 'any room'}")


def _watched(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    window = grid.spec.watched[int(rule.subject[0]) - 1]
    return _window(window, f"{listed(list(window.rooms)) if window.rooms else 'every room'} is watched, so nothing sensitive happens there")


def _closed(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    room = next(room for room in grid.spec.rooms if room.id == rule.subject[0])
    return "; ".join(_window(window, f"room '{room.id}' cannot be had") for window in room.closed)


def _seats(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    item = of(grid, rule.subject[0])
    return f"the room of {titled(grid, item.id)} has a seat for each of its {len(item.people)} people"


def _attends(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    named = [titled(grid, item.id) for item in grid.items if item.id in among and set(rule.subject) <= item.people]
    things = listed(named) if named else "all their items"
    return f"{listed(list(rule.subject))} cannot be at two things at a time: {things}"


def _load(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    return f"{rule.subject[0]} works at most {grid.people[rule.subject[0]].max_minutes} minutes a day"


def _staff(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    need = of(grid, rule.subject[0]).needs[int(rule.subject[1])]
    tongues = f" for {' and '.join(need.languages)}" if need.languages else ""
    can = [person.code for person in grid.spec.people if person.role == need.role and set(need.languages) <= set(person.languages)]
    return f"{titled(grid, rule.subject[0])} needs {need.count} × {need.role}{tongues} ({'of ' + listed(can) if can else 'nobody here can'})"


def _simple(text: str) -> Callable[[Rule, Grid, frozenset[str]], str]:
    def say(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
        names = [titled(grid, name) if any(item.id == name for item in grid.items) else name for name in rule.subject]
        return text.format(*names, pause=grid.spec.pause)

    return say


def _walk(rule: Rule, grid: Grid, among: frozenset[str]) -> str:
    minutes = next(walk.minutes for walk in grid.spec.walks if (walk.from_, walk.to) == rule.subject)
    return f"the way between '{rule.subject[0]}' and '{rule.subject[1]}' takes {minutes} minutes"


_SENTENCES: dict[str, Callable[[Rule, Grid, frozenset[str]], str]] = {
    "placed": _placed, "hours": _hours, "day-kind": _day_kind, "days": _days, "between": _between, "pinned": _pinned, "away": _away,
    "person-hours": _person_hours, "kept": _kept, "security": _security, "watched": _watched, "closed": _closed, "seats": _seats,
    "attends": _attends, "load": _load, "staff": _staff, "walk": _walk,
    "after": _simple("{0} comes after {1}"),
    "order": _simple("the stage {0} ends before the next begins"),
    "together": _simple("{0} and {1} begin together"),
    "pause": _simple("there are {pause} minutes between two items of work of the same person"),
    "rooms": _simple("{0} takes one of its rooms"),
    "pinned-room": _simple("{0} is fixed in its room"),
    "watched-room": _simple("room '{0}' is watched, so nothing sensitive happens in it"),
}  # fmt: skip
