"""Breakout rooms over several rounds: who sits with whom, so that the sides meet and can understand each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tracktwo.methods.rooms.bound import simple_bound, upper_bound
from tracktwo.methods.rooms.check import check, met, path
from tracktwo.methods.rooms.explain import place
from tracktwo.methods.rooms.search import NOWHERE, Search, Seating, Weights, first_seating
from tracktwo.methods.rooms.seating import Infeasible, Plan, Request
from tracktwo.methods.rooms.tables import ROTATION, Bools, Ints, Tables, helper_at
from tracktwo.model.seating import Pin, Round, pair

_KEEP = Weights(quota=100, forbidden=200, move=20)
"""Of a plan that people know already, somebody sits elsewhere only where a rule needs it: a move weighs more than the pairs it could bring."""
_FIRST_PART = 0.6
"""Share of the search after which a round that still breaks a rule is given to the solver."""


@dataclass(frozen=True)
class Effort:
    """How long to search: so many steps, which repeats exactly, or so many seconds of a clock; with both, the steps decide."""

    iterations: int | None = None
    seconds: float = 2.0
    now: Callable[[], float] | None = None
    """Seconds from some beginning; a method has no clock of its own."""

    def __post_init__(self) -> None:
        if self.iterations is None and self.now is None:
            raise ValueError("a search needs a number of iterations or a clock")

    def until(self, share: float) -> Callable[[int], bool]:
        """Whether to go on, asked with the steps made; the clock runs from when this is called."""
        if self.iterations is not None:
            most = round(self.iterations * share)
            return lambda steps: steps < most
        clock = self.now
        assert clock is not None
        end = clock() + self.seconds * share
        return lambda steps: clock() < end


@dataclass(frozen=True)
class Earlier:
    """A plan that is changed as little as can be; its first `held` rounds are over and stay as they were."""

    rounds: tuple[Round, ...]
    held: int = 0


def plan_rooms(request: Request, effort: Effort, *, seed: int = 0, earlier: Earlier | None = None, exact: bool = True) -> Plan:
    """Return a plan in which as many different pairs as possible meet, with whatever it breaks.

    Rules, in the order in which one counts before the next: nobody with whom he must not meet, everybody understood, helpers accepted; quotas to
    floor and ceil, a facilitator in each room; where there is an earlier plan, few who sit elsewhere; pairs that meet, and facilitators who rotate.
    A round that cannot keep the rules is planned as well as it can be and stands in `infeasible` with the smallest set of rules that conflict.
    With `exact` false no solver is loaded: rounds that break a rule stay as the search found them, and nothing stands in `infeasible`.
    Two who must not meet are never seated together: if it comes to that, one of them has no seat in the round, which is a violation.

    Raises ValueError for an earlier plan of another form. Method: see search, conflict and bound. Memory O(rounds · people²).
    """
    if earlier is not None:
        _fits(request, earlier)
    tables, random = Tables(request), np.random.default_rng(seed)
    kept = None if earlier is None else _seating_of(tables, earlier.rounds)
    before = None if kept is None else kept.room
    held = earlier.held if earlier else 0
    sizes = [_sizes(request, number, before) for number in range(request.rounds)]
    wanted = _wanted(tables, before, held)
    fixed = _fixed(tables, held)
    start = first_seating(tables, sizes, wanted, random)
    most_led = len(request.people) * min(len(request.facilitators), request.rounds)
    enough = upper_bound(request) + ROTATION * most_led
    weights = Weights() if earlier is None else _KEEP
    search = Search(tables, start, fixed & (start.room == wanted), weights, random, kept)
    search.run(effort.until(_FIRST_PART), enough)
    infeasible: list[Infeasible] = []
    best, steps = search.best, search.steps
    unpinned = {pin.round for pin in request.pins if start.room[pin.round, tables.index[pin.key]] not in (NOWHERE, pin.room)}
    broken = [number for number in sorted({*search.broken_rounds(), *unpinned}) if number >= held]
    if broken and exact:
        best, infeasible = _mended(tables, best, broken, sizes)
    rest = Search(tables, best, fixed & (best.room == wanted), weights, random, kept)
    rest.run(effort.until(1 - _FIRST_PART), enough)
    final = rest.best if unpinned or rest.score.order <= search.score.order else search.best
    planned = tuple(_round(tables, final, number) for number in range(held, request.rounds))
    return judge(request, (*(earlier.rounds[:held] if earlier else ()), *planned), infeasible, effort, steps + rest.steps)


def judge(
    request: Request, rounds: Sequence[Round], infeasible: Sequence[Infeasible] = (), effort: Effort | None = None, iterations: int = 0
) -> Plan:
    """Return the rounds of a plan, however they were made, with what they reach and break. Raises ValueError for what the request does not know."""
    violations = check(request, rounds)
    return Plan(
        rounds=tuple(rounds),
        pairs_met=len(met(rounds)),
        bound_simple=simple_bound(request),
        bound=upper_bound(request),
        violations=violations,
        infeasible=tuple(infeasible),
        reproducible=effort is None or effort.iterations is not None,
        iterations=iterations,
    )


def _fits(request: Request, earlier: Earlier) -> None:
    if not all(len(held.rooms) == request.rooms for held in earlier.rounds):
        raise ValueError(f"the earlier plan has other rooms than the {request.rooms} asked for")
    if not 0 <= earlier.held <= min(request.rounds, len(earlier.rounds)):
        raise ValueError(f"{earlier.held} rounds cannot be over: the earlier plan has {len(earlier.rounds)}, and {request.rounds} are asked for")
    for number, held in enumerate(earlier.rounds[: earlier.held]):
        differ = {one.key for one in request.present(number)} ^ {key for room in held.rooms for key in room}
        if differ:
            raise ValueError(f"round {number + 1} is over, and '{min(differ)}' should be there just if the earlier plan seats him in it")


def _seating_of(tables: Tables, rounds: Sequence[Round]) -> Seating:
    """An earlier plan; NOWHERE for who sat in no room, and for people and rounds that it does not know, and no interpreter for one not known now."""
    found = np.full((tables.request.rounds, len(tables.keys)), NOWHERE, dtype=np.int64)
    known = {one.key: number for number, one in enumerate(tables.request.interpreters)}
    interpreters = np.full((tables.request.rounds, tables.request.rooms), len(known), dtype=np.int64)
    for number, held in enumerate(rounds[: tables.request.rounds]):
        for one, key in enumerate(tables.keys):
            leading = next((room for room, keys in enumerate(held.facilitators) if key in keys), None)
            room = place(held, key) if one < tables.taking_part else leading
            found[number, one] = NOWHERE if room is None else room
        interpreters[number] = [known.get(key or "", len(known)) for key in held.interpreters]
    found[~tables.present] = NOWHERE
    return Seating(found, interpreters)


def _sizes(request: Request, number: int, before: Ints | None) -> tuple[int, ...]:
    """The sizes of the rooms of a round; of even rooms those that were fuller before have the place more, so that fewer people move."""
    sizes = request.sizes_in(number)
    if before is None or request.sizes is not None:
        return sizes
    taking_part = before[number, : len(request.people)]
    fullest = sorted(range(request.rooms), key=lambda room: (-int((taking_part == room).sum()), room))
    given = dict(zip(fullest, sorted(sizes, reverse=True), strict=True))
    return tuple(given[room] for room in range(request.rooms))


def _wanted(tables: Tables, before: Ints | None, held: int) -> Ints:
    """(rounds, m) where people should sit to begin with: where they sat before, and where they are pinned."""
    wanted = np.full((tables.request.rounds, len(tables.keys)), NOWHERE, dtype=np.int64) if before is None else before.copy()
    for pin in _safe_pins(tables.request):
        if pin.round >= held:
            wanted[pin.round, tables.index[pin.key]] = pin.room
    return wanted


def _fixed(tables: Tables, held: int) -> Bools:
    """(rounds, m) who must not be moved if he sits where he is wanted: in rounds that are over, and where he is pinned."""
    fixed = np.zeros((tables.request.rounds, len(tables.keys)), dtype=bool)
    fixed[:held] = True
    for pin in _safe_pins(tables.request):
        fixed[pin.round, tables.index[pin.key]] = True
    return fixed


def _safe_pins(request: Request) -> tuple[Pin, ...]:
    """The pins that bring no two together who must not meet: of others the later gives way, and is told of as broken."""
    kept: list[Pin] = []
    for pin in request.pins:
        if not any((one.round, one.room) == (pin.round, pin.room) and pair(one.key, pin.key) in request.apart for one in kept):
            kept.append(pin)
    return tuple(kept)


def _mended(tables: Tables, best: Seating, broken: Sequence[int], sizes: Sequence[Sequence[int]]) -> tuple[Seating, list[Infeasible]]:
    """Ask the solver about the rounds in which the search broke a rule: a seating that keeps all takes their place, or a reason says why none can."""
    # the solver takes longer to load than most plans take to find
    from tracktwo.methods.rooms.conflict import Decided, decide

    room, interpreter = best.room.copy(), best.interpreter.copy()
    infeasible = []
    known: dict[object, Infeasible] = {}
    for number in broken:
        pinned = frozenset((pin.key, pin.room) for pin in tables.request.pins if pin.round == number)
        alike = (tables.present[number].tobytes(), tuple(sizes[number]), pinned)  # what rounds differ by
        answer = known.get(alike) or decide(tables, number, sizes[number])
        if isinstance(answer, Decided):
            room[number], interpreter[number] = answer.room, answer.interpreter
        elif answer is not None:
            known[alike] = answer
            infeasible.append(replace(answer, round=number))
    return Seating(room, interpreter), infeasible


def _round(tables: Tables, seating: Seating, number: int) -> Round:
    """A round of a seating by keys; an interpreter whom nobody in the room needs is left free.

    Where two who must not meet could not be put in two rooms, one of them gets no seat, which is told of: nobody may read it as a seat.
    """
    request = tables.request
    seated = seating.room[number]
    rooms = tuple(_kept_apart(request, [one.key for at, one in enumerate(request.people) if seated[at] == room]) for room in range(request.rooms))
    helpers = list(enumerate(request.facilitators, tables.taking_part))
    leading = tuple(
        tuple(helper.key for at, helper in helpers if seated[at] == room)
        if helpers
        else tuple(key for key in rooms[room] if request.by_key[key].facilitates)
        for room in range(request.rooms)
    )
    chosen = [helper_at(request.interpreters, int(who)) for who in seating.interpreter[number]]
    interpreters = tuple(key if _needed(request, rooms[room], leading[room]) else None for room, key in enumerate(chosen))
    return Round(rooms, interpreters, leading)


def _kept_apart(request: Request, keys: Sequence[str]) -> tuple[str, ...]:
    """The people of a room without the fewest, one after the other, whom others in it must not meet."""
    kept = list(keys)
    while kept:
        against = {key: sum(pair(key, other) in request.apart for other in kept) for key in kept}
        worst = max(kept, key=lambda key: (against[key], key))
        if not against[worst]:
            break
        kept.remove(worst)
    return tuple(kept)


def _needed(request: Request, keys: Sequence[str], leading: Sequence[str]) -> bool:
    """Whether some pair of a room, or its facilitator with somebody, shares no language."""
    helpers = [one.key for one in request.facilitators if one.key in leading]
    pairs = any(not path(request, one, other, None) for at, one in enumerate(keys) for other in keys[:at])
    return request.languages_known and (pairs or any(not path(request, helper, key, None) for helper in helpers for key in keys))
