"""Breakout rooms over rounds: how many pairs meet, how many rules break, ours and GroupSelect, on instances with sides, languages and no contact."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.harness import machine
from tracktwo.methods.rooms import Effort, Request, Round, judge, plan_rooms
from tracktwo.methods.rooms.check import path
from tracktwo.sources.seating import read_apart, read_helpers, read_ids, read_people

INSTANCES = {"rooms_40x5x6": (5, 6), "rooms_24x4x5": (4, 5), "groupselect_110": (14, 4)}
SEEDS = range(5)
SECONDS = (0.5, 2.0)
ATTEMPTS = 100


@dataclass(frozen=True)
class Reached:
    """What one plan comes to."""

    pairs: int
    simple: int
    bound: int
    quotas: int
    apart: int
    languages: int
    seconds: float


def request_of(folder: Path) -> Request:
    """An instance of the data for tests: people, pairs and interpreters as far as it has them."""
    rooms, rounds = INSTANCES[folder.name]
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    people = read_people(folder / "people.csv", balance=config["diversify"])
    keys = read_ids(folder / "people.csv")
    apart, helpers = folder / "nocontact.csv", folder / "interpreters.csv"
    return Request(
        people=people,
        rooms=rooms,
        rounds=rounds,
        balance=tuple(config["diversify"]),
        apart=read_apart(apart, keys) if apart.exists() else frozenset(),
        interpreters=read_helpers(helpers, "interpreters", {one.side for one in people if one.side}) if helpers.exists() else (),
    )


def reached(request: Request, rounds: Sequence[Round], seconds: float) -> Reached:
    """Count a plan by our check, which the tests compare with a second reading of the rules."""
    plan = judge(request, rounds)
    off = {rule: sum(one.off for one in plan.violations if one.rule == rule) for rule in ("quota", "apart", "language")}
    return Reached(plan.pairs_met, plan.bound_simple, plan.bound, off["quota"], off["apart"], off["language"], seconds)


def ours(request: Request, seed: int, seconds: float) -> Reached:
    """Our plan after so many seconds of search."""
    began = time.perf_counter()
    plan = plan_rooms(request, Effort(seconds=seconds, now=time.perf_counter), seed=seed)
    return reached(request, plan.rounds, time.perf_counter() - began)


def peer(request: Request, seed: int) -> Reached:
    """GroupSelect in a process of its own; it knows no interpreters, so its rooms are given the best ones that there are."""
    asked = {
        "people": [[one.values[column] for column in request.balance] for one in request.people],
        "rooms": request.rooms,
        "rounds": request.rounds,
        "seed": seed,
        "attempts": ATTEMPTS,
    }
    command = [sys.executable, "-m", "benchmarks.peers.groupselect_rooms"]
    ran = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)  # noqa: S603
    told = json.loads(ran.stdout)
    keys = [one.key for one in request.people]
    rounds = [with_interpreters(request, [[keys[one] for one in group] for group in groups]) for groups in told["rounds"]]
    return reached(request, rounds, told["seconds"])


def with_interpreters(request: Request, rooms: Sequence[Sequence[str]]) -> Round:
    """The rooms with the interpreters that leave the fewest pairs without a path."""
    helpers = [*request.interpreters, *[None] * len(rooms)]
    missing = [
        [sum(request.languages_known and not path(request, *both, helper) for both in combinations(room, 2)) for helper in helpers] for room in rooms
    ]
    _, chosen = linear_sum_assignment(np.array(missing))
    keys = [helper.key if (helper := helpers[place]) else None for place in chosen]
    return Round(tuple(map(tuple, rooms)), tuple(keys), ((),) * len(rooms))


def line(name: str, found: Sequence[Reached]) -> str:
    """A row of the table: medians over the seeds, and the range of the share."""
    shares = [one.pairs / one.simple for one in found]
    middle = [statistics.median(getattr(one, field) for one in found) for field in ("pairs", "quotas", "apart", "languages", "seconds")]
    share = f"{statistics.median(shares):.3f} ({min(shares):.3f}–{max(shares):.3f})"
    to_bound = statistics.median(one.pairs / one.bound for one in found)
    return f"| {name} | {middle[0]:.0f} | {share} | {to_bound:.3f} | {middle[1]:.0f} | {middle[2]:.0f} | {middle[3]:.0f} | {middle[4]:.2f} |"


def main() -> None:
    """Print one table an instance."""
    data = os.environ.get("TRACKTWO_TEST_DATA")
    if not data:
        print("rooms: TRACKTWO_TEST_DATA is not set, so there are no instances to plan")
        return
    print(f"## Breakout rooms\n\n- machine: {machine()}\n- seeds: {SEEDS.start} to {SEEDS.stop - 1}; medians over them, and in brackets the range")
    print(f"- GroupSelect is re-implemented from its description, {ATTEMPTS} attempts; its rooms get the best interpreters afterwards")
    for name, (rooms, rounds) in INSTANCES.items():
        request = request_of(Path(data) / "panels" / name)
        plans = {f"ours, {seconds:g} s": [ours(request, seed, seconds) for seed in SEEDS] for seconds in SECONDS}
        plans["GroupSelect (re-implemented)"] = [peer(request, seed) for seed in SEEDS]
        first = plans["GroupSelect (re-implemented)"][0]
        size = f"{len(request.people)} people, {rooms} rooms, {rounds} rounds, {len(request.apart)} no-contact pairs"
        print(f"\n**{name}**: {size}; simple bound {first.simple}, proven bound with quotas {first.bound}\n")
        print("| | pairs | of the simple bound | of the proven bound | quotas off | no contact | no language | seconds |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for label, found in plans.items():
            print(line(label, found))


if __name__ == "__main__":
    main()
