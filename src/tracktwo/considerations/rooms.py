"""Process design, continued: breakout rooms made from who is on the panel, who interprets and facilitates, and who must not meet (rows D2 and D8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracktwo.methods.rooms import (
    Cause,
    Earlier,
    Effort,
    Helper,
    Infeasible,
    Move,
    Pair,
    Pin,
    Plan,
    Request,
    Round,
    Seat,
    Violation,
    Why,
    judge,
    meetings,
    moved,
    not_met,
    pair,
    plan_rooms,
    why,
)
from tracktwo.model import brief as b
from tracktwo.record.convening import Balanced, Coming, Pinned, RoomPlan, Seated
from tracktwo.record.initiative import Initiative, Member

ITERATIONS = 2000
"""Steps of a search: a second or two for a dozen people, and the same plan each time."""
UNSAID = "–"
"""Who has not said what rooms are balanced by counts as a group of his own: nobody guesses."""
_YES = {True: "yes", False: "no", None: UNSAID}

__all__ = [
    "ITERATIONS", "UNSAID", "Cause", "Infeasible", "Move", "Pair", "Plan", "Request", "Violation", "Wanted", "Why", "across", "again", "apart_of",
    "helpers_of", "judged", "meetings", "met_fewest", "moved_between", "of_plan", "people_there", "planned", "request_of", "saved_as", "why_there",
]  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What a plan of rooms is wanted for, by codes; rounds and rooms count from 1, as people count."""

    people: tuple[Coming, ...]
    rooms: int
    rounds: int
    balance: tuple[Balanced, ...] = ()
    interpreters: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()
    pins: tuple[Pinned, ...] = ()
    held: int = 0


def people_there(wanted: Wanted, number: int) -> int:
    """How many people are there in a round, counted from 1."""
    return sum(one.first <= number <= (one.last or wanted.rounds) for one in wanted.people)


def helpers_of(initiative: Initiative, role: b.TeamRole) -> tuple[Member, ...]:
    """Interpreters or facilitators of the team."""
    once = {member.code: member for member in initiative.members if not member.invited and member.person.role == role}
    return tuple(once.values())


def apart_of(initiative: Initiative, codes: Sequence[str]) -> frozenset[Pair]:
    """Of the people who must not meet those pairs of which both take part."""
    found = []
    for one in (initiative.panel or b.PanelWish()).apart:
        both = initiative.member_of(one.one), initiative.member_of(one.other)
        if both[0] and both[1] and both[0].code != both[1].code and {both[0].code, both[1].code} <= set(codes):
            found.append(pair(both[0].code, both[1].code))
    return frozenset(found)


def request_of(initiative: Initiative, wanted: Wanted) -> Request:
    """The request of a plan. Raises ValueError in one sentence for what cannot be."""
    members = {member.code: member for member in initiative.members}
    codes = [one.person for one in wanted.people]
    return Request(
        people=tuple(_seat(members[one.person], one, wanted) for one in wanted.people),
        rooms=wanted.rooms,
        rounds=wanted.rounds,
        balance=wanted.balance,
        apart=apart_of(initiative, codes),
        interpreters=tuple(_helpers(initiative, wanted.interpreters)),
        facilitators=tuple(_helpers(initiative, wanted.facilitators)),
        pins=tuple(Pin(one.person, one.round - 1, one.room - 1) for one in wanted.pins),
    )


def _seat(member: Member, coming: Coming, wanted: Wanted) -> Seat:
    person = member.person
    values: Mapping[Balanced, str] = {
        "side": "+".join(person.sides) or UNSAID,
        "gender": person.gender or UNSAID,
        "youth": _YES[person.youth],
        "region": person.region or UNSAID,
    }
    there = range(coming.first - 1, coming.last or wanted.rounds)
    return Seat(
        key=member.code,
        languages={skill.tag: skill.level for skill in person.languages},
        values={column: values[column] for column in wanted.balance},
        side=person.sides[0] if person.sides else None,
        away=frozenset(range(wanted.rounds)) - frozenset(there),
    )


def _helpers(initiative: Initiative, codes: Sequence[str]) -> Iterator[Helper]:
    """Where sides were asked about anybody who helps, a helper is for those alone who said yes to him."""
    helping = [member for role in ("interpreter", "facilitator") for member in helpers_of(initiative, role)]
    asked = any(member.person.accepted_by or member.person.refused_by for member in helping)
    for member in helping:
        if member.code in codes:
            person = member.person
            languages = {skill.tag: skill.level for skill in person.languages}
            yield Helper(member.code, languages, frozenset(person.accepted_by) if asked else None, frozenset(person.refused_by))


def planned(initiative: Initiative, wanted: Wanted) -> tuple[Request, Plan]:
    """A new plan: the same answer for the same people and wishes. Raises ValueError."""
    request = request_of(initiative, wanted)
    return request, plan_rooms(request, Effort(iterations=ITERATIONS))


def again(initiative: Initiative, wanted: Wanted, before: Sequence[Seated]) -> tuple[Request, Plan]:
    """A plan made again with its pins, in which as few as possible sit elsewhere than before. Raises ValueError."""
    request = request_of(initiative, wanted)
    return request, plan_rooms(request, Effort(iterations=ITERATIONS), earlier=Earlier(_rounds(before), wanted.held))


def judged(initiative: Initiative, wanted: Wanted, rounds: Sequence[Seated]) -> tuple[Request, Plan]:
    """A plan as it stands, however it was made: what it reaches and what it breaks. Raises ValueError."""
    request = request_of(initiative, wanted)
    return request, judge(request, _rounds(rounds))


def _rounds(seated: Sequence[Seated]) -> tuple[Round, ...]:
    return tuple(Round(one.rooms, tuple(code or None for code in one.interpreters), one.facilitators) for one in seated)


def saved_as(plan: Plan) -> tuple[Seated, ...]:
    """The rounds of a plan as a record keeps them."""
    return tuple(
        Seated(rooms=one.rooms, interpreters=tuple(code or "" for code in one.interpreters), facilitators=one.facilitators) for one in plan.rounds
    )


def of_plan(body: RoomPlan) -> Wanted:
    """What a saved plan was wanted for."""
    return Wanted(
        people=body.people,
        rooms=len(body.rounds[0].rooms),
        rounds=len(body.rounds),
        balance=body.balance,
        interpreters=body.interpreters,
        facilitators=body.facilitators,
        pins=body.pins,
        held=body.held,
    )


def moved_between(before: Sequence[Seated], plan: Plan) -> tuple[Move, ...]:
    """Who sits elsewhere than before."""
    return moved(_rounds(before), plan.rounds)


def why_there(request: Request, plan: Plan, code: str, number: int) -> Why:
    """With whom somebody sits in a round, counted from 1, who of them is new to him, and by which language. Raises ValueError for strangers."""
    return why(request, plan.rounds, code, number - 1)


def across(request: Request, plan: Plan) -> tuple[Pair, ...]:
    """Pairs of different sides that may meet and have not."""
    return tuple((one, other) for one, other in not_met(request, plan.rounds) if request.by_key[one].side != request.by_key[other].side)


def met_fewest(request: Request, plan: Plan) -> tuple[int, int]:
    """How many different people each one meets: the fewest and the most."""
    counts = meetings(request, plan.rounds).values()
    return min(counts), max(counts)
