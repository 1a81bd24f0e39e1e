"""Decide whether one round can keep every rule: a seating that does, or the smallest set of rules that cannot hold together.

Method: the round as a constraint model with an assumption for each rule (OR-Tools CP-SAT); of a core of assumptions that cannot hold, each is left
out in turn and stays out where the rest still cannot hold (deletion filter, J. Chinneck and E. Dravnieks, Locating Minimal Infeasible Constraint
Sets in Linear Programs, 1991). Rounds do not bind each other by hard rules, so that each can be decided alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from tracktwo.methods.rooms.seating import Cause, Infeasible
from tracktwo.methods.rooms.tables import Ints, Tables

_FIRST, _LATER = 4.0, 1.0
"""How long the solver may think of a round, and of each rule that is left out, in its own units of work, which no clock bounds: about a second."""


@dataclass(frozen=True)
class Decided:
    """(m,) rooms and (rooms,) numbers of interpreters of a round that keeps every rule."""

    room: Ints
    interpreter: Ints


def decide(tables: Tables, number: int, sizes: Sequence[int]) -> Decided | Infeasible | None:
    """Return a seating of a round, counted from 0, in rooms of these sizes, or why there is none; None where the solver did not decide."""
    model = _Model(tables, number, sizes)
    status, core = model.solve(model.causes, _FIRST)
    if status == "found":
        return model.decided()
    if status == "unknown":
        return None
    needed, sure = list(core), True
    for cause in core:
        fewer = [one for one in needed if one != cause]
        status, smaller = model.solve(fewer, _LATER)
        if status == "none":
            needed = [one for one in fewer if one in smaller]
        sure &= status != "unknown"
    return Infeasible(number, tuple(sorted(needed, key=lambda one: (one.rule, one.people, one.column or ""))), sure)


class _Model:
    """Who sits in which room, who interprets where, and a literal for each rule that is on."""

    def __init__(self, tables: Tables, number: int, sizes: Sequence[int]) -> None:
        self._tables, self._number, self._sizes = tables, number, sizes
        self._model = cp_model.CpModel()
        self._solver = cp_model.CpSolver()
        self._on: dict[Cause, cp_model.IntVar] = {}
        self._there = [int(one) for one in np.flatnonzero(tables.present[number])]
        self._rooms = range(len(sizes))
        self._sits = {(one, room): self._bool() for one in self._there for room in self._rooms}
        self._works = {(who, room): self._bool() for who in range(len(tables.request.interpreters)) for room in self._rooms}
        for rule in (self._seats, self._interpreters, self._apart, self._languages, self._accepted, self._quotas, self._facilitators, self._pins):
            rule()

    @property
    def causes(self) -> list[Cause]:
        return list(self._on)

    def _bool(self) -> cp_model.IntVar:
        return self._model.new_bool_var("")

    def _when(self, cause: Cause) -> cp_model.IntVar:
        return self._on.setdefault(cause, self._bool())

    def solve(self, causes: Sequence[Cause], work: float) -> tuple[str, list[Cause]]:
        """Whether the rules can hold: 'found', 'unknown', or 'none' with those of them that suffice for it."""
        self._model.clear_assumptions()
        self._model.add_assumptions([self._on[cause] for cause in causes])
        self._solver.parameters.num_workers = 1  # one thread, and the same answer every time
        self._solver.parameters.random_seed = 1
        self._solver.parameters.max_deterministic_time = work
        status = self._solver.solve(self._model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return "found", []
        if status != cp_model.INFEASIBLE:
            return "unknown", []
        core = set(self._solver.sufficient_assumptions_for_infeasibility())
        return "none", [cause for cause in causes if self._on[cause].index in core]

    def decided(self) -> Decided:
        """The seating of the last answer that was 'found'."""
        room = np.full(len(self._tables.keys), -1, dtype=np.int64)
        interpreter = np.full(len(self._sizes), len(self._tables.request.interpreters), dtype=np.int64)
        for (one, at), sits in self._sits.items():
            if self._solver.boolean_value(sits):
                room[one] = at
        for (who, at), works in self._works.items():
            if self._solver.boolean_value(works):
                interpreter[at] = who
        return Decided(room, interpreter)

    def _seats(self) -> None:
        taking_part = [one for one in self._there if one < self._tables.taking_part]
        for one in self._there:
            self._model.add_exactly_one(self._sits[one, room] for room in self._rooms)
        for room, size in zip(self._rooms, self._sizes, strict=True):
            self._model.add(sum(self._sits[one, room] for one in taking_part) == size)

    def _interpreters(self) -> None:
        who = range(len(self._tables.request.interpreters))
        for room in self._rooms:
            self._model.add_at_most_one(self._works[one, room] for one in who)
        for one in who:
            self._model.add(sum(self._works[one, room] for room in self._rooms) <= 1).only_enforce_if(self._when(Cause("interpreter")))

    def _apart(self) -> None:
        for one, other in sorted(self._tables.request.apart):
            both = [self._tables.index[key] for key in (one, other)]
            if all(place in self._there for place in both):
                on = self._when(Cause("apart", (one, other)))
                for room in self._rooms:
                    self._model.add_bool_or([~self._sits[place, room] for place in both]).only_enforce_if(on)

    def _languages(self) -> None:
        """People who speak the same are one kind: a rule for every two kinds in a room is far less than one for every two people."""
        tables = self._tables
        kinds: dict[bytes, list[int]] = {}
        for one in self._there:
            kinds.setdefault(b"".join((tables.common[one].tobytes(), tables.bridged[:, one, one].tobytes())), []).append(one)
        members = list(kinds.values())
        kept = [[self._bool() for _ in self._rooms] for _ in members]
        for people, here in zip(members, kept, strict=True):
            for one in people:
                on = self._when(Cause("language", (tables.keys[one],)))
                for room in self._rooms:
                    self._model.add_implication(self._sits[one, room], here[room]).only_enforce_if(on)
        for first, people in enumerate(members):
            for second, others in enumerate(members[: first + 1]):
                one, other = people[0], others[0]  # of a kind, who takes part comes first
                alone = first == second and len(people) == 1
                helpers = min(one, other) >= tables.taking_part
                if alone or helpers or tables.common[one, other]:
                    continue
                bridges = [who for who, bridge in enumerate(tables.bridged) if bridge[one, other]]
                for room in self._rooms:
                    between = [self._works[who, room] for who in bridges]
                    self._model.add_bool_or([~kept[first][room], ~kept[second][room], *between])

    def _accepted(self) -> None:
        for who, helper in enumerate(self._tables.request.interpreters):
            for one in self._there:
                if self._tables.refused[who, one]:
                    on = self._when(Cause("acceptance", (helper.key,)))
                    for room in self._rooms:
                        self._model.add_bool_or([~self._sits[one, room], ~self._works[who, room]]).only_enforce_if(on)
        for helper in self._tables.request.facilitators:
            for person in self._tables.request.present(self._number):
                if not helper.suits(person.side):
                    on = self._when(Cause("acceptance", (helper.key,)))
                    for room in self._rooms:
                        both = [~self._sits[self._tables.index[key], room] for key in (helper.key, person.key)]
                        self._model.add_bool_or(both).only_enforce_if(on)

    def _quotas(self) -> None:
        low, high = self._tables.quotas(self._number, self._sizes)
        for place, (column, _) in enumerate(self._tables.columns):
            on = self._when(Cause("quota", column=column))
            having = [one for one in self._there if self._tables.having[one, place]]
            for room in self._rooms:
                count = sum(self._sits[one, room] for one in having)
                self._model.add(count >= int(low[room, place])).only_enforce_if(on)
                self._model.add(count <= int(high[room, place])).only_enforce_if(on)

    def _facilitators(self) -> None:
        tables = self._tables
        if not tables.request.facilitators and not tables.led_by_people:
            return
        leads: Callable[[int], bool] = (
            (lambda one: one >= tables.taking_part) if tables.request.facilitators else (lambda one: bool(tables.having[one, -1]))
        )
        for room in self._rooms:
            leading = [self._sits[one, room] for one in self._there if leads(one)]
            self._model.add(sum(leading) >= 1).only_enforce_if(self._when(Cause("facilitator")))

    def _pins(self) -> None:
        for pin in self._tables.request.pins:
            one = self._tables.index[pin.key]
            if pin.round == self._number and one in self._there:
                self._model.add_bool_or([self._sits[one, pin.room]]).only_enforce_if(self._when(Cause("pin", (pin.key,), room=pin.room)))
