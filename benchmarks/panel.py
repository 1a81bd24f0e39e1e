"""Fair panels: our certified leximin and maximin against those of sortition-algorithms, which finds panels with CBC and leximins with Gurobi."""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from math import exp
from pathlib import Path

from benchmarks.harness import machine
from tracktwo.cli.panel import candidates_of, quotas_of
from tracktwo.methods.panel.lottery import Fairness, Lottery, fair_lottery
from tracktwo.methods.panel.rules import Candidate, Rules, pairs_as_rules
from tracktwo.sources.pool import read_pool, read_quotas

PEER = ("sortition-algorithms==0.12.15", "mip==1.17.6", "gurobipy==13.0.3")
PEER_SECONDS = 150
"""How long the peer may take on one instance."""
REPETITIONS = 3
APART = 20
"""No-contact pairs that are added for a run of our own: the peer knows none."""
SEED = 1


@dataclass(frozen=True)
class Instance:
    """A pool, its quotas and the size of the panel."""

    name: str
    people: Path
    quotas: Path
    size: int

    def asked(self) -> tuple[tuple[Candidate, ...], Rules]:
        pool = read_pool(self.people)
        rows = read_quotas(self.quotas, pool)
        return candidates_of(pool, frozenset(), rows), Rules(self.size, quotas_of(rows))


def instances(data: Path, scratch: Path) -> list[Instance]:
    """The pools of the repository's test data, and one that is made here."""
    panels = data / "panels"
    made = synthetic(scratch / "track_b_60")
    fixture = panels / "sortition_algorithms_fixture"
    return [
        Instance("example_large_200", *_tables(panels / "example_large_200"), 200),
        Instance("fixture_22", fixture / "candidates.csv", fixture / "features.csv", 22),
        Instance("boot_a_45", *_tables(panels / "boot_a_45"), 45),
        Instance("track_a_24", *_tables(panels / "track_a_24"), 24),
        Instance("track_b_60", *_tables(made), 60),
    ]


def _tables(folder: Path) -> tuple[Path, Path]:
    return folder / "respondents.csv", folder / "categories.csv"


def synthetic(folder: Path) -> Path:
    """500 made-up people of whom some kinds come forward more readily than others, and quotas of ±1 around a panel that is there (seed 7)."""
    features = {"side": 4, "gender": 3, "age": 5, "region": 8, "profession": 6, "language": 4}
    chance = random.Random(7)
    population = {name: [chance.uniform(0.5, 1.5) for _ in range(count)] for name, count in features.items()}
    bias = {name: [chance.gauss(0, 0.6) for _ in range(count)] for name, count in features.items()}
    people: list[dict[str, str]] = []
    while len(people) < 500:
        person, weight, hidden = {}, 1.0, chance.gauss(0, 1)
        for place, name in enumerate(features):
            shares = [share * exp(0.4 * hidden * ((value + place) % 3 - 1)) for value, share in enumerate(population[name])]
            value = chance.choices(range(features[name]), shares)[0]
            person[name] = f"{name}{value}"
            weight *= exp(bias[name][value])
        if chance.random() < weight / (1 + weight):
            people.append(person)
    counts = {name: Counter(person[name] for person in people) for name in features}
    odds = [1.0] * len(people)
    for number, person in enumerate(people):
        for name in features:
            odds[number] *= (len(people) / (len(counts[name]) * counts[name][person[name]])) ** 0.35
    panel: list[int] = []
    left = list(range(len(people)))
    while len(panel) < 60:
        drawn = chance.choices(left, [odds[number] for number in left])[0]
        left.remove(drawn)
        panel.append(drawn)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "categories.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["category", "feature", "min", "max"])
        for name in features:
            held = Counter(people[number][name] for number in panel)
            writer.writerows([name, value, max(0, held[value] - 1), held[value] + 1] for value in sorted(counts[name]))
    with (folder / "respondents.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *features])
        writer.writerows([f"p{number}", *person.values()] for number, person in enumerate(people))
    return folder


def ours(instance: Instance, fairness: Fairness, *, apart: int = 0) -> tuple[float, Lottery]:
    """Median seconds over the repetitions, and the lottery; with `apart`, so many pairs drawn by the seed may not sit together."""
    candidates, rules = instance.asked()
    keys = [one.key for one in candidates]
    chance = random.Random(SEED)
    rules = Rules(rules.size, rules.quotas, pairs_as_rules((a, b) for a, b in (chance.sample(keys, 2) for _ in range(apart))))
    taken = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        lottery = fair_lottery(candidates, rules, fairness)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken), lottery


def peer(python: str, instance: Instance, fairness: str, backend: str) -> tuple[float, dict[str, float]] | str:
    """Seconds and probabilities of the peer; or why there are none: it did not finish in time, or failed, with its last words."""
    command = [python, "-m", "benchmarks.peers.sortition_panel", str(instance.people), str(instance.quotas), str(instance.size), fairness, backend]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PEER_SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"not in {PEER_SECONDS} s"
    if ran.returncode:
        return f"failed: {ran.stderr.strip().splitlines()[-1][-80:]}"
    told = json.loads(ran.stdout[ran.stdout.index("{") :])
    return told["seconds"], told["probabilities"]


def environment(folder: Path) -> str:
    """A virtual environment with the peer alone: it brings a solver that cannot live in one process with ours."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)  # noqa: S603
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)  # noqa: S603
    return python


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", help="a Python interpreter with sortition-algorithms, mip and gurobipy; one is made where none is given")
    parser.add_argument("--only", help="a part of the name of the instances to run")
    asked = parser.parse_args()
    data = os.environ.get("TRACKTWO_TEST_DATA")
    if not data:
        print("Panels: TRACKTWO_TEST_DATA is not set, so there are no pools to draw from.")
        return
    with tempfile.TemporaryDirectory() as scratch:
        python = asked.peer or environment(Path(scratch) / "peer")
        print(f"## Panels\n\n- machine: {machine()}\n- ours: one thread, median of {REPETITIONS}; peer: {', '.join(PEER)}, {PEER_SECONDS} s at most")
        print(f"- no-contact pairs: {APART}, seed {SEED}; track_b_60 is made with seed 7\n")
        print("| instance | | ours | peer | peer / ours | min. probability, ours / peer | Gini, ours / peer | our certificate |")
        print("| --- | --- | ---: | ---: | ---: | --- | --- | --- |")
        for instance in instances(Path(data), Path(scratch)):
            if asked.only and asked.only not in instance.name:
                continue
            fairness: Fairness
            for fairness in ("leximin", "maximin"):
                print(_line(python, instance, fairness), flush=True)
            seconds, lottery = ours(instance, "leximin", apart=APART)
            print(f"| {instance.name} | leximin, {APART} pairs apart | {seconds:.2f} s | knows none | | {lottery.min_probability:.6f} | "
                  f"{lottery.gini:.4f} | {lottery.certificate.max_shortfall:.0e} |", flush=True)  # fmt: skip


def _line(python: str, instance: Instance, fairness: Fairness) -> str:
    seconds, lottery = ours(instance, fairness)
    told = peer(python, instance, fairness, "mip-cbc")
    short = f"{lottery.certificate.max_shortfall:.0e}"
    if isinstance(told, str):
        least, gini = f"{lottery.min_probability:.6f} / –", f"{lottery.gini:.4f} / –"
        return f"| {instance.name} | {fairness} | {seconds:.2f} s | {told} | | {least} | {gini} | {short} |"
    chances = sorted(told[1].values())
    size = len(chances)
    theirs = sum((2 * place - size - 1) * value for place, value in enumerate(chances, 1)) / (size * sum(chances))
    least, gini = f"{lottery.min_probability:.6f} / {chances[0]:.6f}", f"{lottery.gini:.4f} / {theirs:.4f}"
    return f"| {instance.name} | {fairness} | {seconds:.2f} s | {told[0]:.2f} s | {told[0] / seconds:.1f} | {least} | {gini} | {short} |"


if __name__ == "__main__":
    main()
