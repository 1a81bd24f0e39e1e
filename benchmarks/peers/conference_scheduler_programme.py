"""The peer of our programmes, run by an interpreter that has conference-scheduler: its integer programme, solved by CBC.

One JSON object on stdin: `slots` (id, venue, minute, capacity, session), `events` (id, demand, minutes, never: ids of slots, apart: ids of
events). One on stdout: `places` (event → slot), `seconds`, `version`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timedelta
from importlib import import_module, metadata
from typing import Any


def main() -> None:
    """Answer what stdin asks."""
    asked = json.load(sys.stdin)
    answer = os.dup(1)
    os.dup2(2, 1)  # its solver talks on stdout, where the answer belongs
    resources: Any = import_module("conference_scheduler.resources")
    scheduler: Any = import_module("conference_scheduler.scheduler")
    objectives: Any = import_module("conference_scheduler.lp_problem.objective_functions")
    start = datetime(2027, 2, 1)  # noqa: DTZ001 - the peer compares times without zones
    slots = [
        resources.Slot(
            venue=one["venue"], starts_at=start + timedelta(minutes=one["minute"]), duration=60, capacity=one["capacity"], session=one["session"]
        )
        for one in asked["slots"]
    ]
    by_slot = {one["id"]: slot for one, slot in zip(asked["slots"], slots, strict=True)}
    events = {one["id"]: resources.Event(name=one["id"], duration=one["minutes"], demand=one["demand"]) for one in asked["events"]}
    for one in asked["events"]:
        events[one["id"]].add_unavailability(*(by_slot[name] for name in one["never"]), *(events[name] for name in one["apart"]))
    began = time.perf_counter()
    objective = objectives.efficiency_capacity_demand_difference
    found = scheduler.schedule(list(events.values()), slots, objective_function=objective)
    seconds = time.perf_counter() - began
    names = [one["id"] for one in asked["slots"]]
    places = {item.event.name: names[slots.index(item.slot)] for item in found or ()}
    with os.fdopen(answer, "w") as told:
        json.dump({"places": places, "seconds": seconds, "version": metadata.version("conference-scheduler")}, told)


if __name__ == "__main__":
    main()
