"""Check a plan against its request, however it was made or edited: every rule that it breaks, who has met whom, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tracktwo.methods.rooms.seating import RULES, Request, Violation, quota
from tracktwo.model.seating import Helper, Pair, Round, pair


def check(request: Request, rounds: Sequence[Round]) -> tuple[Violation, ...]:
    """Every violation of the rounds of a plan, by rule, round and room. Raises ValueError for people, helpers or numbers that the request has not."""
    _known(request, rounds)
    found = [
        violation
        for number, held in enumerate(rounds)
        for violation in (*_seats(request, number, held), *_people(request, number, held), *_helpers(request, number, held))
    ]
    return tuple(sorted(found, key=lambda one: (RULES.index(one.rule), one.round, -1 if one.room is None else one.room, one.people)))


def _known(request: Request, rounds: Sequence[Round]) -> None:
    if len(rounds) != request.rounds:
        raise ValueError(f"the plan has {len(rounds)} rounds, and {request.rounds} are asked for")
    people, interpreters = set(request.by_key), {one.key for one in request.interpreters}
    facilitators = {one.key for one in request.facilitators} | {one.key for one in request.people if one.facilitates}
    for number, held in enumerate(rounds):
        if not len(held.rooms) == len(held.interpreters) == len(held.facilitators) == request.rooms:
            raise ValueError(f"round {number + 1} of the plan has {len(held.rooms)} rooms, and {request.rooms} are asked for")
        for keys, known, what in (
            ([key for room in held.rooms for key in room], people, "does not take part"),
            ([key for key in held.interpreters if key is not None], interpreters, "is no interpreter"),
            ([key for room in held.facilitators for key in room], facilitators, "is no facilitator"),
        ):
            for key in keys:
                if key not in known:
                    raise ValueError(f"round {number + 1} of the plan names '{key}', who {what}")


def _seats(request: Request, number: int, held: Round) -> Iterator[Violation]:
    """Everybody who is there sits once, nobody who is away does, rooms have their sizes, and pins hold."""
    seated = [key for room in held.rooms for key in room]
    for one in request.people:
        if seated.count(one.key) != (number not in one.away):
            yield Violation("seat", number, None, (one.key,), found=seated.count(one.key))
    sizes = request.sizes_in(number)
    for room, (found, size) in enumerate(zip(_matched(request, [len(room) for room in held.rooms], sizes), sizes, strict=True)):
        if found != size:
            yield Violation("size", number, room, (), off=abs(found - size), found=found, low=size, high=size)
    for pin in request.pins:
        if pin.round == number and number not in request.by_key[pin.key].away and pin.key not in held.rooms[pin.room]:
            yield Violation("pin", number, pin.room, (pin.key,))


def _matched(request: Request, found: Sequence[int], sizes: Sequence[int]) -> Sequence[int]:
    """Where nobody asked for sizes it does not matter which of the even rooms have one place more."""
    return sizes if request.sizes is None and sorted(found) == sorted(sizes) else found


def _people(request: Request, number: int, held: Round) -> Iterator[Violation]:
    """No-contact pairs, language paths and quotas in every room."""
    for room, keys in enumerate(held.rooms):
        interpreter = next((one for one in request.interpreters if one.key == held.interpreters[room]), None)
        for one, other in combinations(keys, 2):
            if pair(one, other) in request.apart:
                yield Violation("apart", number, room, pair(one, other))
            if request.languages_known and not path(request, one, other, interpreter):
                yield Violation("language", number, room, pair(one, other))
        there = len(request.present(number))
        for column, value, having in request.values(number):
            low, high = quota(len(keys), having, there)
            found = sum(request.by_key[key].values[column] == value for key in keys)
            if not low <= found <= high:
                yield Violation("quota", number, room, (), max(low - found, found - high), column, value, found, low, high)


def path(request: Request, one: str, other: str, interpreter: Helper | None) -> tuple[str, ...]:
    """How two people understand each other: (language,) in common, (language, language) through an interpreter, () not at all."""
    mine, theirs = request.tongues[one], request.tongues[other]
    if mine & theirs:
        return (min(mine & theirs),)
    between = request.tongues[interpreter.key] if interpreter else frozenset()
    return (min(mine & between), min(theirs & between)) if mine & between and theirs & between else ()


def _helpers(request: Request, number: int, held: Round) -> Iterator[Violation]:
    """Interpreters and facilitators: in one room at a time, accepted by every side in it, understood by everybody, one facilitator at least."""
    named = [key for key in held.interpreters if key is not None]
    for key in sorted({key for key in named if named.count(key) > 1}):
        yield Violation("interpreter", number, None, (key,), off=named.count(key) - 1)
    helpers = {one.key: one for one in (*request.interpreters, *request.facilitators)}
    leading = [key for room in held.facilitators for key in room]
    for key in sorted({key for key in leading if leading.count(key) > 1}):
        yield Violation("facilitator", number, None, (key,), off=leading.count(key) - 1)
    asked = bool(request.facilitators) or any(one.facilitates for one in request.people)
    for room, keys in enumerate(held.rooms):
        interpreter = held.interpreters[room]
        for helper in (helpers[key] for key in (interpreter, *held.facilitators[room]) if key in helpers):
            refusing = tuple(one for one in keys if not helper.suits(request.by_key[one].side))
            if refusing:
                yield Violation("acceptance", number, room, (helper.key, *refusing))
        for key in held.facilitators[room]:
            if key in helpers and request.languages_known:
                for one in keys:
                    if not path(request, key, one, helpers.get(interpreter or "")):
                        yield Violation("language", number, room, (key, one))
            elif key in request.by_key and key not in keys:
                yield Violation("facilitator", number, room, (key,))
        if asked and not held.facilitators[room]:
            yield Violation("facilitator", number, room, ())


def met(rounds: Sequence[Round]) -> set[Pair]:
    """The pairs of people who take part that sat together at least once."""
    return {pair(*both) for held in rounds for room in held.rooms for both in combinations(room, 2)}


def not_met(request: Request, rounds: Sequence[Round]) -> tuple[Pair, ...]:
    """The pairs that may meet and did not."""
    every = {pair(one.key, other.key) for one, other in combinations(request.people, 2)}
    return tuple(sorted(every - set(request.apart) - met(rounds)))


def meetings(request: Request, rounds: Sequence[Round]) -> dict[str, int]:
    """How many different people each one met."""
    pairs = met(rounds)
    return {one.key: sum(one.key in both for both in pairs) for one in request.people}
