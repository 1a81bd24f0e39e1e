"""Sessions that share speakers, in rooms of several sizes: who leaves fewest people standing, and how long does it take?"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness import machine
from tracktwo.methods.programme.check import violations
from tracktwo.methods.programme.solve import plan_programme
from tracktwo.model.schedule import Schedule
from tracktwo.model.timetable import Timetable

PEER = "conference-scheduler==3.0.1"
SEEDS = (1, 2, 3, 4, 5)
HOUR = 60
OPENS = 9 * HOUR
CAPACITY = (120, 80, 40, 25)


@dataclass(frozen=True)
class Conference:
    """Events of an hour with an expected audience, speakers, and hours at which a speaker cannot; rooms; days of six or eight hours."""

    seed: int
    days: int
    hours: int
    rooms: int
    demand: tuple[int, ...]
    speakers: tuple[tuple[str, str], ...]
    away: Mapping[str, tuple[int, ...]]
    """Speaker → hours of all days, counted on, at which they cannot."""

    @property
    def size(self) -> str:
        return f"{len(self.demand)} events, {self.days * self.hours * self.rooms} slots"


def conference(seed: int, events: int, days: int, hours: int, rooms: int) -> Conference:
    """A conference by chance."""
    chance = random.Random(seed)
    crowd = [f"P-{n}" for n in range(int(events * 1.5))]
    away = {code: tuple(chance.sample(range(days * hours), 2)) for code in crowd if chance.random() < 0.3}
    speakers = tuple((a, b) for a, b in (chance.sample(crowd, 2) for _ in range(events)))
    demand = tuple(chance.choice((15, 25, 40, 60, 80, 100, 120)) for _ in range(events))
    return Conference(seed, days, hours, rooms, demand, speakers, away)


SMALL = tuple(conference(seed, 20, 1, 8, 3) for seed in SEEDS)
LARGE = tuple(conference(seed, 60, 3, 6, 4) for seed in SEEDS)


def spec_of(asked: Conference) -> Schedule:
    """The conference as a SPEC: beginnings on the hour, as the peer's slots have them."""
    away = {
        code: [
            {"days": [hour // asked.hours + 1], "from": _clock(hour % asked.hours), "until": _clock(hour % asked.hours + 1)} for hour in hours
        ]
        for code, hours in asked.away.items()
    }  # fmt: skip
    people = [{"code": code, "role": "expert", "away": away.get(code, [])} for code in sorted({code for pair in asked.speakers for code in pair})]
    return Schedule.model_validate(
        {
            "title": "A conference by chance", "step": 60, "pause": 0, "transfer_minutes": 0, "people": people,
            "days": [
                {"date": f"2027-02-{day + 1:02d}", "zone": "UTC", "opens": _clock(0), "closes": _clock(asked.hours)} for day in range(asked.days)
            ],
            "rooms": [{"id": f"r-{n}", "seats": CAPACITY[n]} for n in range(asked.rooms)],
            "sessions": [
                {"id": f"e-{n}", "kind": "breakout", "minutes": 60, "attendees": [], "speakers": list(pair), "demand": asked.demand[n]}
                for n, pair in enumerate(asked.speakers)
            ],
        }
    )  # fmt: skip


def _clock(hour: int) -> str:
    return f"{(OPENS + hour * HOUR) // 60:02d}:00"


def overflow(asked: Conference, rooms: Mapping[str, int]) -> int:
    """People without a seat: the sum over events of demand less capacity, where that is above zero."""
    return sum(max(0, asked.demand[int(name[2:])] - CAPACITY[room]) for name, room in rooms.items())


@dataclass(frozen=True)
class Answer:
    """What one contender made of one conference. `broken` counts rules, by our second reading; the bound is None where nothing was proven."""

    overflow: int | None
    broken: int
    seconds: float
    proven: bool = False


def ours(asked: Conference, seconds: float = 60) -> Answer:
    """Our answer."""
    spec = spec_of(asked)
    began = time.perf_counter()
    plan = plan_programme(spec, seconds=seconds, explain=False)
    took = time.perf_counter() - began
    if not plan.items:
        return Answer(None, 0, took)
    rooms = {item.id: int((item.room or "r-0")[2:]) for item in plan.items}
    proven = all(level.proven for level in plan.objective if level.what == "seats short")
    return Answer(overflow(asked, rooms), len(violations(spec, plan)), took, proven)


def peer(python: str, asked: Conference) -> Answer:
    """The answer of conference-scheduler in a process of its own. Raises CalledProcessError where the interpreter does not have it."""
    slots = [(day, hour, room) for day in range(asked.days) for hour in range(asked.hours) for room in range(asked.rooms)]
    question = {
        "slots": [
            {"id": f"{d}/{h}/{r}", "venue": f"r-{r}", "minute": d * 1440 + OPENS + h * HOUR, "capacity": CAPACITY[r], "session": f"{d}"}
            for d, h, r in slots
        ],
        "events": [
            {
                "id": f"e-{n}",
                "demand": asked.demand[n],
                "minutes": 60,
                "never": [f"{d}/{h}/{r}" for d, h, r in slots if any(d * asked.hours + h in asked.away.get(code, ()) for code in pair)],
                "apart": [f"e-{m}" for m, other in enumerate(asked.speakers) if m != n and set(other) & set(pair)],
            }
            for n, pair in enumerate(asked.speakers)
        ],
    }
    command = [python, "-m", "benchmarks.peers.conference_scheduler_programme"]
    ran = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, check=True)  # noqa: S603
    told: dict[str, Any] = json.loads(ran.stdout)
    rooms = {name: int(slot.split("/")[2]) for name, slot in told["places"].items()}
    return Answer(overflow(asked, rooms) if rooms else None, _broken(asked, told["places"]), told["seconds"])


def _broken(asked: Conference, places: Mapping[str, str]) -> int:
    """Rules that the peer's programme breaks, by the same second reading as ours."""
    spec = spec_of(asked)
    sessions = {session.id: session for session in spec.sessions}
    items = []
    for name, slot in places.items():
        day, hour, room = (int(part) for part in slot.split("/"))
        shown = spec.days[day]
        who = sorted(sessions[name].speakers)
        items.append(
            {
                "id": name, "title": name, "kind": "breakout", "day": day + 1, "date": shown.date, "zone": shown.zone, "start": _clock(hour),
                "end": _clock(hour + 1), "room": f"r-{room}", "who": who,
            }
        )  # fmt: skip
    return len(violations(spec, Timetable.model_validate({"title": "T", "status": "feasible", "reproducible": True, "items": items})))


def interpreter_with_peer(folder: Path) -> str:
    """An interpreter of its own environment with the peer in it, for its solver and ours cannot be in one process."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-input", PEER], check=True)  # noqa: S603
    return python


def line(name: str, answers: Sequence[Answer]) -> str:
    """A row of the table."""
    left = [answer.overflow for answer in answers if answer.overflow is not None]
    broken = sum(answer.broken for answer in answers)
    proven = f"{sum(answer.proven for answer in answers)} of {len(answers)}"
    seconds = statistics.median(answer.seconds for answer in answers)
    return f"| {name} | {', '.join(map(str, left))} | {sum(left)} | {broken} | {proven} | {seconds:.2f} |"


def sixty(seed: int = 1) -> Schedule:
    """Sixty sessions of ninety minutes in four rooms over three days, in steps of a quarter of an hour, with pauses, order and absences."""
    chance = random.Random(seed)
    people: list[dict[str, Any]] = [{"code": f"P-{n}", "role": "expert"} for n in range(90)]
    for person in people:
        if chance.random() < 0.2:
            day = chance.randrange(1, 4)
            person["away"] = [{"days": [day], "from": "09:00", "until": chance.choice(["11:00", "13:00"])}]
    sessions = []
    for n in range(60):
        pair = chance.sample([person["code"] for person in people], 2)
        demand = chance.choice([15, 25, 40, 60, 80, 100, 120])
        after = [f"s-{chance.randrange(n)}"] if n and chance.random() < 0.2 else []
        sessions.append({"id": f"s-{n}", "kind": "breakout", "minutes": 90, "attendees": [], "speakers": pair, "demand": demand, "after": after})
    days = [{"date": f"2027-02-0{day}", "zone": "Europe/Zurich", "opens": "09:00", "closes": "18:30"} for day in (1, 2, 3)]
    rooms = [{"id": f"r-{n}", "seats": seats} for n, seats in enumerate(CAPACITY)]
    return Schedule.model_validate(
        {"title": "Sixty", "step": 15, "pause": 15, "transfer_minutes": 0, "days": days, "rooms": rooms, "people": people, "sessions": sessions}
    )


def main() -> None:
    """Print what ours makes of conferences by chance, and beside it conference-scheduler."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python interpreter with conference-scheduler; one is made if left out")
    parser.add_argument("--no-peer", action="store_true", help="only ours")
    given = parser.parse_args()
    print(f"## Programmes\n\n- machine: {machine()}\n- seeds: {', '.join(map(str, SEEDS))}; one worker thread\n")
    with tempfile.TemporaryDirectory() as place:
        python = given.peer or ("" if given.no_peer else interpreter_with_peer(Path(place)))
        for many in (SMALL, LARGE):
            print(f"{many[0].size}\n\n| | people without a seat, by seed | sum | rules broken | proven | median s |")
            print("| --- | --- | ---: | ---: | ---: | ---: |", flush=True)
            print(line("ours", [ours(one) for one in many]))
            if python:
                print(line(PEER.replace("==", " "), [peer(python, one) for one in many]))
            print()
    for seed in (1, 3):
        began = time.perf_counter()
        plan = plan_programme(sixty(seed), seconds=60, explain=False)
        took = time.perf_counter() - began
        levels = ", ".join(f"{level.what} {level.value} (bound {level.bound})" for level in plan.objective)
        print(f"60 sessions in 4 rooms over 3 days by quarters of an hour, seed {seed}: {plan.status} in {took:.1f} s; {levels}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
