"""Process design, continued: a first plan of breakout rooms for the proposed panel, so that both sides have met before the last day (row D8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from tracktwo.considerations.inquiry import listing, msg
from tracktwo.considerations.panel import Proposal, people_of
from tracktwo.methods.panel.rules import AtMostOne
from tracktwo.methods.rooms import Effort, Helper, Plan, Request, Seat, pair, plan_rooms
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Finding, Param
from tracktwo.record.convening import Balanced

IN_ONE_ROOM = 4
"""People in a breakout room: few enough that everybody speaks."""
PER_DAY = 2
MOST_ROUNDS = 6
ITERATIONS = 150
"""Steps of the search: a fraction of a second for a dozen people, and the same plan each time."""
FEWEST, MOST = 8, 60
"""People for whom breakout rooms are planned: fewer are one circle, and for more each room needs a plan of its own."""


@dataclass(frozen=True)
class Breakouts:
    """The rooms of the proposed panel; worked out when first asked for."""

    proposal: Proposal

    @cached_property
    def people(self) -> tuple[b.Person, ...]:
        fit = self.proposal.fit
        codes = fit.people if fit else ()
        return tuple(member.person for member in self.proposal.asked if member.code in codes)

    @property
    def languages_known(self) -> bool:
        """Whether everybody has said what he speaks: where somebody has not, nobody can say who understands whom."""
        return all(any(skill.level for skill in person.languages) for person in self.people)

    @cached_property
    def request(self) -> Request | None:
        q, people = self.proposal.q, self.people
        sides = {side for person in people for side in person.sides}
        if not FEWEST <= len(people) <= MOST or len(sides) < 2 or q.initiative.wish.mode == "online":
            return None
        codes = {q.initiative.code_of(person) for person in people}
        known = self.languages_known
        return Request(
            people=tuple(self._seat(person) for person in people),
            rooms=len(people) // IN_ONE_ROOM,
            rounds=min(PER_DAY * q.initiative.wish.days, MOST_ROUNDS),
            balance=self._balance(),
            apart=frozenset(pair(*both) for rule in self._apart for both in combinations(sorted(rule.people & codes), 2)),
            interpreters=tuple(self._helpers("interpreter")) if known else (),
            facilitators=tuple(self._helpers("facilitator")),
        )

    @property
    def _apart(self) -> tuple[AtMostOne, ...]:
        return tuple(rule for rule in self.proposal.rules.at_most_one if rule.why == "apart")

    def _balance(self) -> tuple[Balanced, ...]:
        return ("side", "gender") if all(person.gender for person in self.people) else ("side",)

    def _seat(self, person: b.Person) -> Seat:
        values: dict[Balanced, str] = {"side": "+".join(person.sides), "gender": person.gender or ""}
        return Seat(
            key=self.proposal.q.initiative.code_of(person),
            languages={skill.tag.split("-")[0]: skill.level for skill in person.languages if skill.level} if self.languages_known else {},
            values={column: values[column] for column in self._balance()},
            side=person.sides[0] if person.sides else None,
        )

    def _helpers(self, role: b.TeamRole) -> Iterator[Helper]:
        """Whom a side refuses is in no room; whom it was not asked about is, and that is said."""
        q = self.proposal.q
        for person in q.initiative.team:
            if person.role == role and not person.refused_by:
                languages = {skill.tag.split("-")[0]: skill.level for skill in person.languages}
                yield Helper(q.initiative.code_of(person), languages)

    @cached_property
    def plan(self) -> Plan | None:
        """By search alone. Where rooms cannot be balanced and understand each other, understanding is worth more."""
        if self.request is None:
            return None
        plans = [plan_rooms(request, Effort(iterations=ITERATIONS), exact=False) for request in (self.request, replace(self.request, balance=()))]
        return plans[0] if not plans[0].violations else min(plans, key=self._standing)

    @cached_property
    def understood(self) -> Plan | None:
        """The plan if everybody understood everybody: what interpreters for every room would make possible."""
        if self.request is None:
            return None
        people = tuple(replace(one, languages={}) for one in self.request.people)
        return plan_rooms(replace(self.request, people=people, interpreters=()), Effort(iterations=ITERATIONS), exact=False)

    def _standing(self, plan: Plan) -> tuple[int, int]:
        """What a plan breaks beside its balance, and the pairs across the sides that it leaves apart."""
        return sum(one.rule != "quota" for one in plan.violations), len(self.missed(plan))

    def missed(self, plan: Plan) -> list[tuple[str, str]]:
        """Pairs of different sides that may meet and in no round sit together and understand each other."""
        assert self.request is not None
        by_key = self.request.by_key
        speechless = {(one.round, one.people) for one in plan.violations if one.rule == "language"}
        heard = {
            both
            for number, one in enumerate(plan.rounds)
            for room in one.rooms
            for both in (pair(*two) for two in combinations(room, 2))
            if (number, both) not in speechless
        }
        apart = set(self.request.apart)
        every = (pair(one, other) for one, other in combinations(sorted(by_key), 2) if by_key[one].side != by_key[other].side)
        return [both for both in every if both not in heard and both not in apart]


def findings(breakouts: Breakouts) -> Iterator[Finding]:
    """D8: how many pairs across the sides meet, who does not, and what stands in the way."""
    q, request, plan = breakouts.proposal.q, breakouts.request, breakouts.plan
    if request is None or plan is None:
        return
    missed = breakouts.missed(plan)
    across = sum(one.side != other.side for place, one in enumerate(request.people) for other in request.people[place + 1 :])
    yield q.assumed(
        "breakouts.planned",
        "D8 D6",
        q.said(*breakouts.people),
        rounds=request.rounds,
        rooms=request.rooms,
        met=across - len(missed),
        pairs=across,
        decision="programme",
    )
    spoken = breakouts.understood
    if spoken is not None and breakouts.languages_known and len(breakouts.missed(spoken)) < len(missed):
        yield q.assumed(
            "breakouts.too-few-interpreters",
            "D8",
            q.said(*breakouts.people),
            severity="warning",
            interpreters=len(request.interpreters),
            rooms=request.rooms,
            met=across - len(missed),
            then=across - len(breakouts.missed(spoken)),
            pairs=across,
            ask=q.team("interpreter"),
            decision="programme",
        )
    elif missed:
        pairs = listing(msg("breakouts.pair", one=people_of((one,)), other=people_of((other,))) for one, other in missed[:_SHOWN])
        yield q.assumed("breakouts.not-met", "D8", q.said(*breakouts.people), severity="note", count=len(missed), pairs=pairs, decision="programme")
    if not breakouts.languages_known:
        silent = [person for person in breakouts.people if not any(skill.level for skill in person.languages)]
        yield q.unknown("breakouts.languages-unknown", "D8", q.each_of(silent), "programme", evidence=q.said(*silent), people=q.people(silent))
    table = q.initiative.table
    waiting = [
        person
        for person in q.initiative.team
        if person.role == "interpreter" and any(side.id not in (*person.accepted_by, *person.refused_by) for side in table)
    ]
    if waiting and request.interpreters:
        yield q.unknown(
            "breakouts.interpreter-not-accepted", "D8 D3", q.each_side(), "programme", evidence=q.said(*waiting), people=q.people(waiting)
        )
    lost = [violation for violation in plan.violations if violation.rule == "language"]
    if lost:
        rooms = listing(msg("breakouts.room", round=one.round + 1, room=one.room + 1) for one in lost if one.room is not None)
        yield q.assumed(
            "breakouts.no-common-language",
            "D8",
            q.said(*breakouts.people),
            severity="warning",
            rooms=rooms,
            ask=q.team("interpreter"),
            decision="programme",
        )


_SHOWN = 6
"""Pairs that are named; of more the number is enough."""


def exhibits(breakouts: Breakouts) -> Iterator[AnyExhibit]:
    """D8: who sits in which room in each round, with whom who interprets and facilitates."""
    request, plan = breakouts.request, breakouts.plan
    if request is None or plan is None:
        return
    yield Table(
        row="D8",
        title=msg("table.breakouts"),
        evidence=breakouts.proposal.q.said(*breakouts.people),
        header=(msg("column.round"), *(msg("column.breakout-room", number=number + 1) for number in range(request.rooms))),
        cells=tuple(
            (
                number,
                *(
                    _room(one.rooms[room], one.interpreters[room], one.facilitators[room] if one.facilitators else ())
                    for room in range(request.rooms)
                ),
            )
            for number, one in enumerate(plan.rounds, 1)
        ),
    )


def _room(people: tuple[str, ...], interpreter: str | None, facilitators: tuple[str, ...]) -> Param:
    seated = people_of(people)
    if interpreter and facilitators:
        return msg("breakouts.seated-both", people=seated, interpreter=people_of((interpreter,)), facilitators=people_of(facilitators))
    if interpreter:
        return msg("breakouts.seated-interpreted", people=seated, interpreter=people_of((interpreter,)))
    if facilitators:
        return msg("breakouts.seated-led", people=seated, facilitators=people_of(facilitators))
    return seated
