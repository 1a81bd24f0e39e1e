"""The programme as a CP-SAT model: which beginning and room each item takes, and who serves it.

Strict, every rule holds. Loose, every rule that can be named hangs on a literal of its own, so that `conflict` can ask which rules cannot hold
together. A beginning is a Boolean of its own (a time-indexed model: Sousa and Wolsey, 1992), which gives tight relaxations where people clash;
rooms are optional intervals. Booleans: about items times beginnings, plus items times rooms.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, count

from ortools.sat.python import cp_model

from tracktwo.methods.programme.items import Item
from tracktwo.methods.programme.rules import Grid, Rule, Start
from tracktwo.model.schedule import STAGES, Need, ProgrammePerson

Boolean = cp_model.IntVar
Literal = cp_model.LiteralT


@dataclass(frozen=True)
class Chosen:
    """A Boolean for one beginning of an item."""

    start: Start
    variable: Boolean


class Build:
    """The model of a grid. Public attributes are read by `solve` and `conflict`; nothing changes them after building but objectives."""

    def __init__(self, grid: Grid, *, loose: bool = False) -> None:
        self.grid, self.loose = grid, loose
        self.model = cp_model.CpModel()
        self.rules: dict[Rule, Boolean] = {}
        self.slack: dict[Rule, list[tuple[Boolean, int]]] = defaultdict(list)
        """Rule → Booleans of beginnings that break it, with by how much; only where loose."""
        self.excess: dict[Rule, list[cp_model.IntVar]] = defaultdict(list)
        """Rule → by how much what it bounds goes beyond, zero where the rule holds; only where loose."""
        self.items = grid.items
        self.number = {item.id: place for place, item in enumerate(self.items)}
        self.starts: list[list[Chosen]] = []
        self.takes: list[Boolean | None] = []
        self.begin: list[cp_model.IntVar] = []
        self.rooms: list[dict[str, Boolean]] = []
        self.serving: list[list[dict[str, Boolean]]] = []
        for item in self.items:
            self._place(item)
        for place, item in enumerate(self.items):
            self.rooms.append(self._rooms_of(place, item))
        self._one_at_a_time_in_rooms()
        self.groups = self._groups()
        self._one_place_at_a_time()
        self._in_order()
        for place, item in enumerate(self.items):
            self.serving.append([self._needed(place, item, which, need) for which, need in enumerate(item.needs)])
        self._serve_one_at_a_time()
        self._hours_a_day()
        self._ways()

    # Rules and their literals

    def _when(self, rule: Rule, *more: Literal) -> list[Literal]:
        """What a constraint of this rule hangs on."""
        if not self.loose:
            return list(more)
        if rule not in self.rules:
            self.rules[rule] = self.model.new_bool_var(f"rule {rule.code} {rule.subject}")
        return [self.rules[rule], *more]

    def _beyond(self, rule: Rule, most: int) -> cp_model.IntVar | int:
        """How far a bound may be passed: not at all but where the rule gives way."""
        if not self.loose:
            return 0
        excess = self.model.new_int_var(0, most, f"beyond {rule.code} {rule.subject}")
        self.model.add(excess == 0).only_enforce_if(self._when(rule))
        self.excess[rule].append(excess)
        return excess

    def _taken(self, *places: int) -> list[Literal]:
        return [takes for place in places if (takes := self.takes[place]) is not None]

    # Beginnings

    def _place(self, item: Item) -> None:
        chosen = [Chosen(start, self.model.new_bool_var(f"{item.id} at {start.at}")) for start in self.grid.starts(item, loose=self.loose)]
        self.starts.append(chosen)
        ats = [one.start.at for one in chosen] or [0]
        begin = self.model.new_int_var_from_domain(cp_model.Domain.from_values(ats), f"begin {item.id}")
        self.begin.append(begin)
        total = sum(one.start.at * one.variable for one in chosen)
        if not self.loose:
            self.takes.append(None)
            self.model.add_exactly_one(one.variable for one in chosen)
            self.model.add(begin == total)
            return
        takes = self.model.new_bool_var(f"{item.id} is placed")
        self.takes.append(takes)
        self.model.add(sum(one.variable for one in chosen) == takes)
        self.model.add(begin == total).only_enforce_if(takes)
        self.model.add_bool_or(takes).only_enforce_if(self._when(Rule("placed", (item.id,), item.line)))
        for one in chosen:
            for breach in one.start.breaks:
                self.slack[breach.rule].append((one.variable, breach.by))
                self.model.add_bool_or(one.variable.negated()).only_enforce_if(self._when(breach.rule))

    # Rooms

    def _rooms_of(self, place: int, item: Item) -> dict[str, Boolean]:
        if not item.rooms:
            return {}
        found: dict[str, Boolean] = {}
        for room in self.grid.spec.rooms:
            breaks = tuple(self.grid.room_breaks(item, room.id))
            if breaks and not self.loose:
                continue
            here = found[room.id] = self.model.new_bool_var(f"{item.id} in {room.id}")
            for breach in breaks:
                self.slack[breach.rule].append((here, breach.by))
                self.model.add_bool_or(here.negated()).only_enforce_if(self._when(breach.rule))
            for blocked in self.grid.room_windows(item, room.id):
                low, high = blocked.span
                meeting = [one.variable for one in self.starts[place] if one.start.at < high and low < one.start.at + item.minutes]
                if meeting:
                    self.model.add(sum(meeting) + here <= 1).only_enforce_if(self._when(blocked.rule))
        takes = self.takes[place]
        if takes is None:
            self.model.add_exactly_one(found.values())
        else:
            self.model.add(sum(found.values()) == takes)
        return found

    def _one_at_a_time_in_rooms(self) -> None:
        for room in self.grid.spec.rooms:
            uses = [(place, here[room.id]) for place, here in enumerate(self.rooms) if room.id in here]
            self.model.add_no_overlap(
                self.model.new_optional_fixed_size_interval_var(self.begin[place], self.items[place].minutes, here, f"{room.id} {place}")
                for place, here in uses
            )
            if not self.loose and uses:
                self.model.add(sum(here for _, here in uses) <= self.most_in(room.id))
        if not self.loose:
            self._no_more_than_rooms()

    def most_in(self, room: str) -> int:
        """How many items a room can hold at most: by day, what lies between the first beginning and the last end, in units of the shortest item."""
        uses = [place for place, here in enumerate(self.rooms) if room in here]
        spans: dict[int, tuple[int, int]] = {}
        for place in uses:
            for one in self.starts[place]:
                low, high = spans.get(one.start.day, (one.start.at, 0))
                spans[one.start.day] = min(low, one.start.at), max(high, one.start.at + self.items[place].minutes)
        shortest = min(self.items[place].minutes for place in uses)
        return sum((high - low) // shortest for low, high in spans.values())

    def _no_more_than_rooms(self) -> None:
        """Of the items that need a room no more at any time than rooms: implied, and what the relaxation sees of rooms."""
        places = [place for place, here in enumerate(self.rooms) if here]
        for _, covering in self._covering(places, 0):
            if len(covering) > len(self.grid.spec.rooms):
                self.model.add(sum(covering) <= len(self.grid.spec.rooms))

    # People

    def _groups(self) -> dict[frozenset[int], list[str]]:
        """The items that the same people attend → those people; a group within another one is left out, for the other says as much."""
        attended: dict[str, set[int]] = defaultdict(set)
        for place, item in enumerate(self.items):
            for code in item.people:
                attended[code].add(place)
        groups: dict[frozenset[int], list[str]] = defaultdict(list)
        for code in sorted(attended):
            groups[frozenset(attended[code])].append(code)
        return {places: codes for places, codes in groups.items() if not any(places < other for other in groups)}

    def _covering(self, places: Iterable[int], pad: int) -> Iterator[tuple[int, list[Boolean]]]:
        """For each beginning of these items, the beginnings with which an item would be on at that minute, or `pad` minutes after its end."""
        known = [(self.items[place].minutes + pad, [one.start.at for one in self.starts[place]], self.starts[place]) for place in places]
        last: list[int] = []
        for minute in sorted({at for _, ats, _ in known for at in ats}):
            covering = [one.variable for length, ats, all_ in known for one in all_[bisect_right(ats, minute - length) : bisect_right(ats, minute)]]
            indices = [variable.index for variable in covering]
            if indices != last:
                yield minute, covering
            last = indices

    def _one_place_at_a_time(self) -> None:
        pause = self.grid.spec.pause
        for places, codes in self.groups.items():
            if len(places) < 2:
                continue
            rule = Rule("attends", tuple(codes))
            for _, covering in self._covering(sorted(places), 0):
                self._at_most_one(covering, self._when(rule))
            working = [place for place in sorted(places) if self.items[place].work]
            if pause and len(working) > 1:
                for _, covering in self._covering(working, pause):
                    self._at_most_one(covering, self._when(rule, *self._when(Rule("pause"))))

    def _at_most_one(self, literals: list[Boolean], when: list[Literal]) -> None:
        if len(literals) > 1:
            if when:
                self.model.add(sum(literals) <= 1).only_enforce_if(when)
            else:
                self.model.add_at_most_one(literals)

    # Order

    def _in_order(self) -> None:
        for place, item in enumerate(self.items):
            for name in (name for name in item.after if name in self.number):
                first = self.number[name]
                beyond = self._beyond(Rule("after", (item.id, name), item.line), 10**6)
                ends = self.begin[first] + self.items[first].minutes
                self.model.add(ends <= self.begin[place] + beyond).only_enforce_if(self._taken(first, place))
            for name in (name for name in item.together if name in self.number):
                when = self._when(Rule("together", (item.id, name), item.line), *self._taken(self.number[name], place))
                self.model.add(self.begin[self.number[name]] == self.begin[place]).only_enforce_if(when)
        staged = [[place for place, item in enumerate(self.items) if item.stage == stage] for stage in STAGES]
        for k, earlier in enumerate(staged):
            later = [place for group in staged[k + 1 :] for place in group]
            if not earlier or not later:
                continue
            turn = self.model.new_int_var(-(10**7), 10**7, f"end of {STAGES[k]}")
            for place in earlier:
                when = self._when(Rule("order", (STAGES[k],)), *self._taken(place))
                self.model.add(self.begin[place] + self.items[place].minutes <= turn).only_enforce_if(when)
            for place in later:
                when = self._when(Rule("order", (STAGES[k],)), *self._taken(place))
                self.model.add(turn <= self.begin[place]).only_enforce_if(when)

    # Those who serve

    def _needed(self, place: int, item: Item, which: int, need: Need) -> dict[str, Boolean]:
        able = [person for person in self.grid.spec.people if _can(person, need) and person.code not in item.people]
        found = {person.code: self.model.new_bool_var(f"{person.code} serves {item.id} {which}") for person in able}
        rule = Rule("staff", (item.id, str(which)), item.line)
        beyond = self._beyond(rule, need.count)
        self.model.add(sum(found.values()) + beyond >= need.count).only_enforce_if(self._taken(place))
        self.model.add(sum(found.values()) <= need.count)
        for code, serves in found.items():
            if (takes := self.takes[place]) is not None:
                self.model.add_implication(serves, takes)
            blocked: dict[Rule, list[Boolean]] = defaultdict(list)
            for one in self.starts[place]:
                for broken in {b.rule for b in self.grid.breaks_of_people(item, frozenset((code,)), one.start.at, one.start.at + item.minutes)}:
                    blocked[broken].append(one.variable)
            for broken, variables in blocked.items():
                self.model.add(sum(variables) + serves <= 1).only_enforce_if(self._when(broken))
        return found

    def serves(self, place: int, code: str) -> list[Boolean]:
        """The Booleans that say that a person serves an item, one for each need they could meet."""
        return [found[code] for found in self.serving[place] if code in found]

    def _pool(self) -> list[str]:
        return sorted({code for needs in self.serving for found in needs for code in found})

    def _serve_one_at_a_time(self) -> None:
        for code in self._pool():
            shown: list[tuple[int, Boolean | None]] = [(place, None) for place, item in enumerate(self.items) if code in item.people]
            for place in range(len(self.items)):
                own = self.serves(place, code)
                if len(own) > 1:
                    self.model.add_at_most_one(own)
                shown += [(place, serves) for serves in own]
            self.model.add_no_overlap(self._interval(place, serves, 0) for place, serves in shown)
            if self.grid.spec.pause:
                working = [(place, serves) for place, serves in shown if self.items[place].work]
                self.model.add_no_overlap(self._interval(place, serves, self.grid.spec.pause) for place, serves in working)

    def _interval(self, place: int, serves: Boolean | None, pad: int) -> cp_model.IntervalVar:
        there = serves if serves is not None else self.takes[place]
        length = self.items[place].minutes + pad
        if there is None:
            return self.model.new_fixed_size_interval_var(self.begin[place], length, f"{place}")
        return self.model.new_optional_fixed_size_interval_var(self.begin[place], length, there, f"{place}")

    def on_day(self, place: int, day: int) -> list[Boolean]:
        """The beginnings of an item on a day."""
        return [one.variable for one in self.starts[place] if one.start.day == day]

    def _hours_a_day(self) -> None:
        for person in self.grid.spec.people:
            if person.max_minutes is None:
                continue
            for day in range(1, len(self.grid.spec.days) + 1):
                worked: list[cp_model.LinearExprT] = []
                for place, item in enumerate(self.items):
                    there = self.on_day(place, day) if item.work else []
                    if there and person.code in item.people:
                        worked += [item.minutes * variable for variable in there]
                    elif there:
                        for serves in self.serves(place, person.code):
                            both = self.model.new_bool_var(f"{person.code} serves {item.id} on {day}")
                            self.model.add(both >= sum(there) + serves - 1)
                            worked.append(item.minutes * both)
                if worked:
                    beyond = self._beyond(Rule("load", (person.code,), person.line), 24 * 60)
                    self.model.add(sum(worked) <= person.max_minutes + beyond)

    # The way between places

    def _ways(self) -> None:
        ways = {frozenset((walk.from_, walk.to)): walk for walk in self.grid.spec.walks if walk.minutes and walk.from_ != walk.to}
        if not ways:
            return
        place_of = {room.id: room.place for room in self.grid.spec.rooms}
        houses = [
            {house: [var for room, var in here.items() if place_of[room] == house] for house in {place_of[room] for room in here}}
            for here in self.rooms
        ]
        names = count()
        for one, other, shared in self._meeting_people():
            before = self.model.new_bool_var(f"order {next(names)}")
            for way in ways.values():
                for first, second in ((way.from_, way.to), (way.to, way.from_)):
                    for here in houses[one].get(first, ()):
                        for there in houses[other].get(second, ()):
                            when = self._when(Rule("walk", (way.from_, way.to), way.line), here, there, *shared)
                            end_one, end_other = self.items[one].minutes + way.minutes, self.items[other].minutes + way.minutes
                            self.model.add(self.begin[one] + end_one <= self.begin[other]).only_enforce_if([*when, before])
                            self.model.add(self.begin[other] + end_other <= self.begin[one]).only_enforce_if([*when, before.negated()])

    def _meeting_people(self) -> Iterator[tuple[int, int, list[Literal]]]:
        """Pairs of items that somebody is at, and the Booleans that say so where it is not fixed."""
        indoors = [place for place, here in enumerate(self.rooms) if here]
        pool = self._pool()
        for one, other in combinations(indoors, 2):
            if self.items[one].people & self.items[other].people:
                yield one, other, self._taken(one, other)
                continue
            for code in pool:
                for literals in _both(self._there(one, code), self._there(other, code)):
                    yield one, other, literals

    def _there(self, place: int, code: str) -> list[list[Literal]]:
        if code in self.items[place].people:
            return [self._taken(place)]
        return [[serves] for serves in self.serves(place, code)]


def _both(one: list[list[Literal]], other: list[list[Literal]]) -> Iterator[list[Literal]]:
    for first in one:
        for second in other:
            yield [*first, *second]


def _can(person: ProgrammePerson, need: Need) -> bool:
    return person.role == need.role and set(need.languages) <= set(person.languages)
