"""The verb that plans breakout rooms: who sits with whom, round by round."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tracktwo.cli.shared import AsJson, BadInput, err, out, print_json, remark
from tracktwo.methods.rooms import Earlier, Effort, Infeasible, Plan, Request, conflicts, judge, meetings, moved, not_met, plan_rooms, told, why_not
from tracktwo.model.seating import Pair, Round
from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE as LEVELS
from tracktwo.sources import seating as read
from tracktwo.sources.table import UnreadableSource

SECONDS, SECONDS_AGAIN = 2.0, 0.7
"""How long to search if nobody says: for a new plan, and for one that is changed while people wait."""
COUNTED = {
    "quota": "quota_deviation",
    "apart": "no_contact",
    "language": "language_path",
    "interpreter": "interpreter_double_use",
    "acceptance": "interpreter_acceptance",
    "facilitator": "facilitators",
    "pin": "pins",
    "seat": "seats",
    "size": "sizes",
}
"""Rule → its name among the violations of the JSON."""
SHOWN = 12
"""Violations and pairs that are printed; the JSON has all."""

People = Annotated[
    Path,
    typer.Argument(
        help="A CSV of who takes part: id, languages as en;fr or ar:C1;en:B2, side, and columns to balance. Without id, people are 0, 1, 2 …",
        metavar="PEOPLE",
    ),
]
Rooms = Annotated[int, typer.Option("--rooms", min=1, max=200, help="How many rooms.", metavar="R")]
Rounds = Annotated[int, typer.Option("--rounds", min=1, max=100, help="How many rounds.", metavar="T")]
Balance = Annotated[
    list[str] | None,
    typer.Option("--balance", help="Columns to balance in each room, separated by commas; or give it again for several.", metavar="COLUMNS"),
]
Apart = Annotated[Path | None, typer.Option("--apart", help="A CSV of pairs that must not meet: a, b.", metavar="FILE")]
Interpreters = Annotated[
    Path | None, typer.Option("--interpreters", help="A CSV of interpreters: id, languages, accepted_by, refused_by (sides).", metavar="FILE")
]
Facilitators = Annotated[
    str | None,
    typer.Option(
        "--facilitators",
        help="A CSV of facilitators who do not take part, as of interpreters; or the column of PEOPLE that says yes for who can facilitate.",
        metavar="FILE|COLUMN",
    ),
]
Pinned = Annotated[Path | None, typer.Option("--pinned", help="A CSV of who has to sit where: id, round (empty: each), room.", metavar="FILE")]
Away = Annotated[
    Path | None,
    typer.Option("--away", help="A CSV of who is not there: id, from, to; rounds from 1, empty: the first or the last.", metavar="FILE"),
]
Sizes = Annotated[str | None, typer.Option("--sizes", help="Places of each room, such as 10,8,6; as even as can be if left out.", metavar="N,N,…")]
Languages = Annotated[
    str | None, typer.Option("--languages", help="The column of languages; 'languages' if left out and it is there.", metavar="COLUMN")
]
Level = Annotated[str, typer.Option("--level", help=f"From which level on a language counts: {', '.join(LEVELS)}.", metavar="LEVEL")]
Before = Annotated[
    Path | None, typer.Option("--before", help="A plan that this verb printed as JSON: change it as little as can be.", metavar="FILE")
]
Held = Annotated[int, typer.Option("--held", min=0, help="With --before: so many rounds are over and stay as they were.", metavar="N")]
Check = Annotated[
    Path | None,
    typer.Option("--check", help="A plan of the same form, edited by hand: say what it reaches and breaks, plan nothing.", metavar="FILE"),
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", min=0.05, max=3600, help="How long to search: 2 seconds, 0.7 with --before, if left out.", metavar="S")
]
Iterations = Annotated[
    int | None, typer.Option("--iterations", min=1, help="Search so many steps instead; the same seed gives the same plan.", metavar="N")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Where chance begins.", metavar="N")]


@dataclass(frozen=True)
class Files:
    """What a request is read from."""

    people: Path
    apart: Path | None
    interpreters: Path | None
    facilitators: str | None
    pinned: Path | None
    away: Path | None


def rooms(
    people: People,
    rooms: Rooms,
    rounds: Rounds,
    balance: Balance = None,
    apart: Apart = None,
    interpreters: Interpreters = None,
    facilitators: Facilitators = None,
    pinned: Pinned = None,
    away: Away = None,
    sizes: Sizes = None,
    languages: Languages = None,
    level: Level = "B2",
    before: Before = None,
    held: Held = 0,
    check: Check = None,
    seconds: Seconds = None,
    iterations: Iterations = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Plan breakout rooms over several rounds so that as many different pairs as possible meet and understand each other.

    Nobody sits with whom he must not meet; every pair in a room masters a language in common or has an interpreter whom their sides accept;
    columns are balanced. A round in which that cannot hold together is planned as well as it can be, with the smallest set of rules that conflict.
    """
    if held and before is None:
        raise BadInput("--held says how many rounds of --before are over; give --before too")
    if level not in LEVELS:
        raise BadInput(f"--level should be one of {', '.join(LEVELS)}, not '{level}'")
    earlier = Earlier(read.read_plan(before), held) if before else None
    columns = tuple(dict.fromkeys(column.strip() for text in balance or () for column in text.split(",") if column.strip()))
    files = Files(people, apart, interpreters, facilitators, pinned, away)
    request = _request(files, rooms, rounds, columns, _sizes(sizes), languages, level, earlier)
    try:
        plan = judge(request, read.read_plan(check)) if check else _searched(request, seconds, iterations, seed, earlier)
    except ValueError as error:
        raise BadInput(str(error)) from error
    if as_json:
        print_json(_json(request, plan, earlier, seed))
        return
    for line in _lines(request, plan, earlier):
        out.print(line, markup=False)


def _sizes(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and len(part) < 6 and int(part) > 0 for part in parts):
        raise BadInput(f"--sizes should be the places of each room, such as 10,8,6, not '{text[:60]}'")
    return tuple(map(int, parts))


def _request(
    files: Files,
    rooms: int,
    rounds: int,
    balance: tuple[str, ...],
    sizes: tuple[int, ...] | None,
    languages: str | None,
    level: str,
    earlier: Earlier | None,
) -> Request:
    keys = read.read_ids(files.people)
    away: Mapping[str, set[int]] = read.read_away(files.away, keys, rounds) if files.away else {}
    if earlier:
        away = _away_in_held(keys, away, earlier)
    sheet = read.read_sheet(files.people, "people")
    column = files.facilitators if files.facilitators and read.plain(files.facilitators) in sheet.columns else None
    people = read.read_people(files.people, balance=balance, languages=languages, facilitates=column, away=away)
    sides = {one.side for one in people if one.side}
    leading = files.facilitators if files.facilitators and not column else None
    if leading and not Path(leading).exists():
        raise BadInput(
            f"--facilitators '{leading[:60]}' is neither a file nor a column of {files.people.name}, whose columns are {', '.join(sheet.columns)}"
        )
    between = read.read_helpers(files.interpreters, "interpreters", sides) if files.interpreters else ()
    beside = read.read_helpers(Path(leading), "facilitators", sides) if leading else ()
    for helper in (*between, *beside):
        if sides and not any(map(helper.suits, sides)):
            remark(f"{helper.key} is accepted by no side, so that {helper.key} can be in no room")
    try:
        return Request(
            people=people,
            rooms=rooms,
            rounds=rounds,
            balance=balance,
            apart=read.read_apart(files.apart, keys) if files.apart else frozenset(),
            interpreters=between,
            facilitators=beside,
            pins=read.read_pins(files.pinned, keys, rounds, rooms) if files.pinned else (),
            sizes=sizes,
            level=level,
        )
    except UnreadableSource:
        raise
    except ValueError as error:
        raise BadInput(f"{files.people.name}: {error}") from error


def _away_in_held(keys: Sequence[str], away: Mapping[str, set[int]], earlier: Earlier) -> dict[str, set[int]]:
    """In a round that is over, everybody is away who did not sit in it. Raises BadInput for who sat in it and is not known any more."""
    found = {key: set(away.get(key, ())) for key in keys}
    for number, held in enumerate(earlier.rounds[: earlier.held]):
        seated = {key for room in held.rooms for key in room}
        for key in sorted(seated - set(keys)):
            raise BadInput(f"'{key}' sat in round {number + 1}, which is over; keep the row of who left, and give the rounds missed with --away")
        for key in keys:
            found[key] = found[key] - {number} if key in seated else found[key] | {number}
    gone = sorted({key for held in earlier.rounds for room in held.rooms for key in room} - set(keys))
    if gone:
        remark(f"{', '.join(gone)} of the earlier plan does not take part any more")
    return {key: rounds for key, rounds in found.items() if rounds}


def _searched(request: Request, seconds: float | None, iterations: int | None, seed: int, earlier: Earlier | None) -> Plan:
    length = seconds if seconds is not None else SECONDS_AGAIN if earlier else SECONDS
    if not request.languages_known:
        remark("no languages are known, so that nobody's understanding is looked after")
    with _clock(length if iterations is None else None) as now:
        return plan_rooms(request, Effort(iterations, length, now), seed=seed, earlier=earlier)


@contextmanager
def _clock(seconds: float | None) -> Iterator[Callable[[], float]]:
    """A clock that moves a bar on stderr whenever it is looked at; on a pipe, or where steps are counted, there is none."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=seconds is None or not err.is_terminal) as bar:
        task = bar.add_task("Seating people", total=seconds)
        start = time.perf_counter()

        def now() -> float:
            at = time.perf_counter()
            if not bar.disable:
                bar.update(task, completed=at - start)
            return at

        yield now


def _json(request: Request, plan: Plan, earlier: Earlier | None, seed: int) -> dict[str, Any]:
    missed = not_met(request, plan.rounds)
    return {
        "format": "rooms/1",
        "rounds": [[list(room) for room in held.rooms] for held in plan.rounds],
        "interpreters": [list(held.interpreters) for held in plan.rounds],
        "facilitators": [[list(room) for room in held.facilitators] for held in plan.rounds],
        "pairs_met": plan.pairs_met,
        "bound_simple": plan.bound_simple,
        "bound": plan.bound,
        "ratio": round(plan.ratio, 4),
        "violations": _counted(plan),
        "broken": [told(violation) for violation in plan.violations],
        "infeasible": [_infeasible(one) for one in plan.infeasible],
        "languages_checked": request.languages_known,
        "meetings": meetings(request, plan.rounds),
        "not_met": [list(both) for both in missed],
        "moves": None
        if earlier is None
        else [{"id": move.key, "round": move.round, "from": move.before, "to": move.after} for move in moved(earlier.rounds, plan.rounds)],
        "reproducible": plan.reproducible,
        "iterations": plan.iterations,
        "seed": seed,
    }


def _counted(plan: Plan) -> dict[str, int]:
    return {name: sum(one.off for one in plan.violations if one.rule == rule) for rule, name in COUNTED.items()}


def _infeasible(one: Infeasible) -> dict[str, Any]:
    rules = [{"rule": cause.rule, "people": list(cause.people), "column": cause.column, "room": cause.room} for cause in one.causes]
    return {"round": one.round, "rules": rules, "smallest": one.smallest, "sentence": why_not(one)}


def _lines(request: Request, plan: Plan, earlier: Earlier | None) -> Iterator[str]:
    """What people read: first what is broken, then the rooms, then who met whom."""
    for sentence in conflicts(plan.infeasible):
        yield f"CANNOT HOLD: {sentence}"
    if plan.violations:
        times = sum(one.off for one in plan.violations)
        yield f"THIS PLAN BREAKS RULES, {f'{times} times' if times > 1 else 'once'}:"
        yield from (f"  {told(violation)}" for violation in plan.violations[:SHOWN])
        if len(plan.violations) > SHOWN:
            yield f"  … and {len(plan.violations) - SHOWN} more; --json lists them"
        unexplained = {one.round for one in plan.violations} - {one.round for one in plan.infeasible}
        if plan.infeasible == () or unexplained:
            yield "  Whether another plan keeps them in these rounds was not decided; search longer, or give a rule up."
    else:
        yield "Every rule is kept."
    yield f"{plan.pairs_met} pairs meet, {plan.ratio:.0%} of the {plan.bound} that no plan within the rules can pass."
    for number, held in enumerate(plan.rounds):
        yield f"Round {number + 1}"
        yield from (f"  {line}" for line in _rooms(held))
    counts = meetings(request, plan.rounds)
    fewest = [key for key, count in counts.items() if count == min(counts.values())]
    yield f"Each meets {min(counts.values())} to {max(counts.values())} of the others; fewest: {', '.join(fewest[:SHOWN])}."
    missed = sorted(not_met(request, plan.rounds), key=lambda both: _same_side(request, both))
    if missed:
        rest = f" and {len(missed) - SHOWN} more pairs" if len(missed) > SHOWN else ""
        yield f"Have not met, other sides first: {', '.join(f'{one} with {other}' for one, other in missed[:SHOWN])}{rest}."
    if earlier:
        moves = moved(earlier.rounds, plan.rounds)
        yield f"{len(moves)} seats change:" if moves else "Nobody sits elsewhere than before."
        yield from (f"  {move.key}: round {move.round + 1}, from room {(move.before or 0) + 1} to room {(move.after or 0) + 1}" for move in moves)


def _same_side(request: Request, both: Pair) -> bool:
    """Whether two are of one side: a workshop is for the others, who come first."""
    one, other = (request.by_key[key].side for key in both)
    return one == other


def _rooms(held: Round) -> Iterator[str]:
    for room, (keys, interpreter, leading) in enumerate(zip(held.rooms, held.interpreters, held.facilitators, strict=True)):
        helpers = [f"interpreter {interpreter}"] * (interpreter is not None) + ([f"facilitator {', '.join(leading)}"] if leading else [])
        yield f"Room {room + 1}: {', '.join(keys)}" + (f" ({'; '.join(helpers)})" if helpers else "")
