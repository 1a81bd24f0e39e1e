"""Hours of prayer against published tables and in high latitudes: ours and adhanpy's, in its own environment; then the time for a year of days."""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.harness import machine
from tracktwo.sources.prayer import PRAYERS, prayer_times

TABLES = Path(__file__).resolve().parent.parent / "tests" / "sources" / "prayer_tables"
PEER = "adhanpy==1.0.5"
PEER_METHODS = {
    "Qatar": "QATAR", "Dubai": "DUBAI", "Kuwait": "KUWAIT", "Moonsighting Committee": "MOON_SIGHTING_COMMITTEE", "Umm al-Qura": "UMM_AL_QURA",
    "Singapore": "SINGAPORE", "Muslim World League": "MUSLIM_WORLD_LEAGUE",
}  # fmt: skip
"""Our methods → adhanpy's; it has none of Turkey and of Tehran."""
LATITUDES = tuple(range(-90, 91, 2))
DAYS = tuple(date(2026, month, 21) for month in range(1, 13))


@dataclass(frozen=True)
class Asked:
    """One day at a place, with the six times that a table has for it; none where it asks for an answer alone."""

    city: str
    method: str
    latitude: float
    longitude: float
    zone: str
    shadow: int
    day: date
    printed: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Answers:
    """Who answered, six times for each question or none, and the seconds that all took."""

    name: str
    times: tuple[tuple[datetime | None, ...] | None, ...]
    seconds: float


def published() -> list[Asked]:
    """Every day of the published tables that travel with the tests."""
    with (TABLES / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {row["city"]: row for row in csv.DictReader(file)}
    found = []
    with (TABLES / "times.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = places[row["city"]]
            zone = ZoneInfo(place["zone"])
            printed = tuple(datetime.strptime(f"{row['date']} {row[prayer]}", "%Y-%m-%d %H:%M").replace(tzinfo=zone) for prayer in PRAYERS)
            where = (float(place["latitude"]), float(place["longitude"]), place["zone"], int(place["shadow"]))
            found.append(Asked(row["city"], place["method"], *where, date.fromisoformat(row["date"]), printed))
    return found


def anywhere() -> list[Asked]:
    """Each second degree of latitude on a day of each month of 2026."""
    return [Asked("anywhere", "Muslim World League", latitude, 10.75, "UTC", 1, day) for latitude in LATITUDES for day in DAYS]


def a_year() -> list[Asked]:
    """Every day of a year in Geneva."""
    days = [date(2026, 1, 1) + timedelta(number) for number in range(365)]
    return [Asked("Geneva", "Muslim World League", 46.2, 6.15, "Europe/Zurich", 1, day) for day in days]


def ours(asked: Sequence[Asked], rule: Any = "middle of the night") -> Answers:
    def work() -> list[tuple[datetime | None, ...]]:
        found = [prayer_times(a.latitude, a.longitude, a.day, a.zone, a.method, rule=rule, shadow=a.shadow) for a in asked]
        return [tuple(one.at for one in times.times) for times in found]

    work()
    began = time.perf_counter()
    answers = work()
    return Answers("ours" if rule == "middle of the night" else f"ours, {rule}", tuple(answers), time.perf_counter() - began)


def peer(python: str, asked: Sequence[Asked]) -> Answers:
    """What adhanpy answers; nothing for the methods that it does not have."""
    known = [a for a in asked if a.method in PEER_METHODS]
    questions = [[a.latitude, a.longitude, a.day.isoformat(), PEER_METHODS[a.method], a.shadow] for a in known]
    command = [python, "-m", "benchmarks.peers.adhanpy_prayer"]
    ran = subprocess.run(command, input=json.dumps({"asked": questions}), capture_output=True, text=True, check=True)  # noqa: S603
    told = json.loads(ran.stdout)
    answered = iter(told["times"])
    times = [_moments(next(answered)) if a.method in PEER_METHODS else None for a in asked]
    return Answers(f"adhanpy {told['version']}", tuple(times), told["seconds"])


def _moments(answer: list[str] | str) -> tuple[datetime | None, ...]:
    return (None,) * len(PRAYERS) if isinstance(answer, str) else tuple(datetime.fromisoformat(text) for text in answer)


def errors(asked: Sequence[Asked], answers: Answers, city: str) -> list[float]:
    """Minutes by which each time of a city is off, the day aside; none where the method is not known."""
    found = []
    for a, times in zip(asked, answers.times, strict=True):
        if a.city == city and times is not None:
            for at, printed in zip(times, a.printed, strict=True):
                off = ((at - printed).total_seconds() / 60 + 720) % 1440 - 720 if at else float("inf")
                found.append(abs(off))
    return found


def whole(answers: Answers) -> tuple[int, int]:
    """How many days have all six times, and how many have them in order."""
    six = [[at for at in times if at] for times in answers.times if times is not None]
    return sum(len(at) == len(PRAYERS) for at in six), sum(len(at) == len(PRAYERS) and at == sorted(at) for at in six)


def environment(folder: Path) -> str:
    """A virtual environment with the peer alone."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", PEER, "tzdata"], check=True)  # noqa: S603
    return python


def main() -> None:
    """Print the errors against each table, the answers in every latitude, and the time for a year."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python interpreter with adhanpy; one is made where none is given")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        python = chosen.peer or environment(Path(scratch) / "peer")
        tables = published()
        both = (ours(tables), peer(python, tables))
        print(f"## Hours of prayer against published tables\n\n- size: {len(tables)} days, six times each\n- machine: {machine()}\n")
        print(f"| table | days | {' | '.join(f'{one.name}: worst, median (min)' for one in both)} |")
        print("| --- | ---: | ---: | ---: |")
        for city in dict.fromkeys(a.city for a in tables):
            cells = []
            for one in both:
                off = errors(tables, one, city)
                cells.append(f"{max(off):.0f}, {statistics.median(off):.0f}" if off else "no method")
            print(f"| {city} | {sum(a.city == city for a in tables)} | {' | '.join(cells)} |")
        wide = anywhere()
        print(f"\n## Every second latitude, one day a month of 2026\n\n- size: {len(wide)} days\n")
        print("| | all six times | of them in order |\n| --- | ---: | ---: |")
        for one in (ours(wide), ours(wide, "nearest latitude"), peer(python, wide)):
            six, ordered = whole(one)
            print(f"| {one.name} | {six} | {ordered} |")
        year = a_year()
        mine = statistics.median(ours(year).seconds for _ in range(5))
        theirs = statistics.median(peer(python, year).seconds for _ in range(5))
        print(
            f"\n## A year of days in Geneva\n\n- median of 5\n- ours {mine * 1000:.0f} ms, adhanpy {theirs * 1000:.0f} ms, ratio {theirs / mine:.2f}"
        )


if __name__ == "__main__":
    main()
