"""Explain a plan: why somebody sits where he sits, what changed between two plans, and every violation and conflict in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracktwo.methods.rooms.check import path
from tracktwo.methods.rooms.seating import Cause, Infeasible, Move, Request, Violation
from tracktwo.model.seating import Round


@dataclass(frozen=True)
class Meeting:
    """Somebody in the same room: whether it is the first time, in which other rounds they sit together, and how they understand each other."""

    key: str
    new: bool
    also_in: tuple[int, ...]
    path: tuple[str, ...]
    """(language,) in common, (own language, language of the other) through the interpreter of the room, () not at all or not known."""


@dataclass(frozen=True)
class Why:
    """The room of somebody in one round; None where the person is not there."""

    key: str
    round: int
    room: int | None
    interpreter: str | None
    facilitators: tuple[str, ...]
    meetings: tuple[Meeting, ...]


def why(request: Request, rounds: Sequence[Round], key: str, number: int) -> Why:
    """Who sits with somebody in a round, counted from 0, who of them is new to him, and by which language. Raises ValueError for unknown people."""
    if key not in request.by_key:
        raise ValueError(f"'{key}' does not take part")
    held = rounds[number]
    room = place(held, key)
    if room is None:
        return Why(key, number, None, None, (), ())
    interpreter = next((one for one in request.interpreters if one.key == held.interpreters[room]), None)
    found = []
    for other in held.rooms[room]:
        if other != key:
            shared = tuple(at for at, one in enumerate(rounds) if (mine := place(one, key)) is not None and mine == place(one, other))
            tongues = path(request, key, other, interpreter) if request.languages_known else ()
            found.append(Meeting(other, shared[0] == number, tuple(at for at in shared if at != number), tongues))
    return Why(key, number, room, held.interpreters[room], held.facilitators[room], tuple(found))


def place(held: Round, key: str) -> int | None:
    """The room of somebody in a round, counted from 0."""
    return next((room for room, keys in enumerate(held.rooms) if key in keys), None)


def difference(before: Sequence[Round], after: Sequence[Round]) -> tuple[Move, ...]:
    """Everybody who sits elsewhere than before, by round and key; rooms are compared by their numbers."""
    found = []
    for number, (old, new) in enumerate(zip(before, after, strict=False)):
        for key in sorted({key for held in (old, new) for room in held.rooms for key in room}):
            if place(old, key) != place(new, key):
                found.append(Move(key, number, place(old, key), place(new, key)))
    return tuple(found)


def moved(before: Sequence[Round], after: Sequence[Round]) -> tuple[Move, ...]:
    """Of the differences those of people who are there before and after: whom somebody has to tell that they sit elsewhere."""
    return tuple(move for move in difference(before, after) if move.before is not None and move.after is not None)


def told(violation: Violation) -> str:
    """What a violation is, in one sentence."""
    at = f"Round {violation.round + 1}" + ("" if violation.room is None else f", room {violation.room + 1}") + ": "
    names = " and ".join(violation.people)
    sentences = {
        "seat": f"{names} {_seated(violation)}.",
        "size": f"{violation.found} people where {violation.low} should be.",
        "apart": f"{names} must not meet and sit together.",
        "language": f"{names} have no language in common and no interpreter between them.",
        "interpreter": f"{names} interprets in {violation.off + 1} rooms at once.",
        "acceptance": f"{violation.people[0] if violation.people else ''} is not accepted by the side of {', '.join(violation.people[1:])}.",
        "quota": f"{violation.found} with {violation.column} {violation.value}, where {_between(violation.low, violation.high)} should be.",
        "facilitator": f"{names} facilitates here without sitting here alone." if violation.people else "nobody facilitates.",
        "pin": f"{names} is pinned here and sits elsewhere.",
    }
    return at + sentences[violation.rule]


def _seated(violation: Violation) -> str:
    if not violation.found:
        return "has no seat"
    return f"sits in {violation.found} places" if violation.found > 1 else "is away and has a seat"


def _between(low: int | None, high: int | None) -> str:
    return f"{low}" if low == high else f"{low} or {high}"


def conflicts(infeasible: Sequence[Infeasible]) -> tuple[str, ...]:
    """Why rounds cannot keep every rule, in a sentence or two for all rounds of which the same is to be said."""
    same: dict[tuple[tuple[Cause, ...], bool], list[int]] = {}
    for one in infeasible:
        same.setdefault((one.causes, one.smallest), []).append(one.round)
    return tuple(_conflict(causes, smallest, numbers) for (causes, smallest), numbers in same.items())


def why_not(infeasible: Infeasible) -> str:
    """Why a round cannot keep every rule, in one or two sentences."""
    return _conflict(infeasible.causes, infeasible.smallest, [infeasible.round])


def _conflict(causes: Sequence[Cause], smallest: bool, numbers: Sequence[int]) -> str:
    at = f"Round{'s' * (len(numbers) > 1)} {_listed([str(number + 1) for number in numbers])}"
    if not causes:
        return f"{at}: no seating has rooms of these sizes."
    if not smallest:
        end = "Perhaps fewer of them are enough: there was no time to try all."
    elif len(causes) == 1:
        end = "The sizes of the rooms alone stand against it."
    else:
        end = "Without any one of these the rest can be kept."
    return f"{at}: these cannot hold together: {'; '.join(_told_causes(causes))}. {end}"


def _told_causes(causes: Sequence[Cause]) -> Iterator[str]:
    yield from _told_apart([cause.people for cause in causes if cause.rule == "apart"])
    having = [cause.people[0] for cause in causes if cause.rule == "language"]
    if having:
        yield f"{_listed(having)} {'have' if len(having) > 1 else 'has'} to understand everybody in the room"
    for cause in causes:
        if cause.rule not in ("apart", "language"):
            yield _cause(cause)


def _told_apart(pairs: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Pairs one by one, but people of whom no two may meet together."""
    people = sorted({key for both in pairs for key in both})
    if len(pairs) > 1 and len(pairs) == len(people) * (len(people) - 1) // 2:
        yield f"no two of {_listed(people)} may meet"
    else:
        yield from (f"{_listed(both)} must not meet" for both in pairs)


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _cause(cause: Cause) -> str:
    return {
        "interpreter": "an interpreter works in one room at a time",
        "acceptance": f"not every side accepts {_listed(cause.people)}" if cause.people else "",
        "quota": f"{cause.column} is balanced in each room",
        "facilitator": "a facilitator is in each room",
        "pin": f"{_listed(cause.people)} is pinned to room {(cause.room or 0) + 1}" if cause.people else "",
    }[cause.rule]
