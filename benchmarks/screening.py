"""Listed people under a spelling that their list does not have, hidden among innocents: who finds them, and who raises false alarms?"""

from __future__ import annotations

import argparse
import calendar
import csv
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from benchmarks.harness import machine
from tracktwo.methods.screening import compare, screen
from tracktwo.methods.screening.coefficients import POSSIBLE
from tracktwo.model.listing import BirthRange, ListedEntry, ListedName, ListSnapshot, Sought
from tracktwo.second_opinion.asking import as_entity, entity_of
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists import read_list

LISTED, INNOCENT, DRAWS = 100, 400, 5
PEER_DRAWS = 2
"""Draws for the peer: it needs minutes where we need seconds."""
UN = Path("screening") / "lists" / "un_consolidated_2026-02-27.xml.gz"
OFAC = ("sdn", "alt")


@dataclass(frozen=True)
class Pair:
    """A labelled pair: somebody sought, an entry without the tested alias, whether they are the same, and what the file says of the pair."""

    sought: Sought
    entry: ListedEntry
    same: bool
    script: str
    tags: frozenset[str]
    source: str


def pairs(folder: Path) -> list[Pair]:
    """The development pairs in record mode: name, partial birth date and country against the full entry without the tested alias."""
    find = load_countries().find
    with (folder / "screening" / "pairs_dev.csv").open(encoding="utf-8", newline="") as file:
        return [_pair(row, find) for row in csv.DictReader(file)]


def _pair(row: dict[str, str], find: Callable[[str], str | None]) -> Pair:
    kind: Literal["person", "organisation"] = "person" if row["schema"] == "Person" else "organisation"
    countries = {
        side: tuple(code for part in row[f"{side}_country"].upper().split("|") if part and (code := find(part))) for side in ("query", "list")
    }
    birth = birth_of(row["query_dob"]) if row["query_dob"] else None
    names = (row["list_name"], *(alias for alias in row["list_aliases"].split("|") if alias))
    entry = ListedEntry(
        row["list_id"],
        kind,
        tuple(ListedName(name, "primary" if name == row["list_name"] else "strong") for name in names),
        tuple(birth_of(text) for text in row["list_dob"].split("|") if text),
        countries=countries["list"],
    )
    tags = frozenset(row["tags"].split())
    script = "persian" if "persian" in tags else row["query_script"]
    sought = Sought(row["pair_id"], (row["query_name"],), birth, countries["query"], kind=kind)
    return Pair(sought, entry, row["label"] == "1", script, tags, row["source"])


def birth_of(text: str) -> BirthRange:
    """A birth date written YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    last_month = month or 12
    return BirthRange(date(year, month or 1, day or 1), date(year, last_month, day or calendar.monthrange(year, last_month)[1]))


def innocents(folder: Path) -> list[Sought]:
    """Synthetic people of whom none is meant to be listed."""
    find = load_countries().find
    with (folder / "screening" / "innocents_dev.csv").open(encoding="utf-8", newline="") as file:
        return [
            Sought(f"innocent-{number}", (row["full_name"],), birth_of(row["date_of_birth"]), tuple(filter(None, [find(row["nationality"])])))
            for number, row in enumerate(csv.DictReader(file))
        ]


def lists(folder: Path) -> list[ListSnapshot]:
    """The lists of the screening data: 9,296 persons and organisations."""
    with tempfile.TemporaryDirectory() as place:
        for part in OFAC:  # the reader finds the siblings of a list by their published names
            (Path(place) / f"{part}.csv.gz").write_bytes((folder / "screening" / "lists" / f"ofac_{part}.csv.gz").read_bytes())
        return [read_list(folder / UN), read_list(Path(place) / "sdn.csv.gz")]


def list_id(key: str, entry_id: str) -> str:
    """The id of an entry as the pairs write it."""
    return f"{'un' if key == 'un' else 'ofac'}-{entry_id}"


def folded(name: str) -> str:
    """A name for finding the alias that was tested: family name last, without case and signs."""
    family, comma, given = name.partition(", ")
    return re.sub(r"\W+", " ", f"{given} {family}" if comma else name).casefold().strip()


def hidden(snapshots: Sequence[ListSnapshot], tested: Iterable[Pair]) -> list[ListSnapshot]:
    """The lists without the aliases that are tested; misspelled names were made for the test and stand in no list."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for pair in tested:
        if pair.source != "constructed_noise":
            aliases[pair.entry.id].update(folded(name) for name in pair.sought.names)

    def without(key: str, entry: ListedEntry) -> ListedEntry:
        gone = aliases.get(list_id(key, entry.id))
        kept = tuple(name for name in entry.names if folded(name.text) not in gone) if gone else entry.names
        return entry if len(kept) == len(entry.names) else replace(entry, names=kept or entry.names[:1])

    return [
        replace(one, entries=tuple(without(one.key, entry) for entry in one.entries if entry.kind in ("person", "organisation"))) for one in snapshots
    ]


def in_lists(snapshots: Sequence[ListSnapshot], tested: Iterable[Pair], *, people_only: bool = True) -> list[Pair]:
    """The pairs that are the same and stand in these lists."""
    ids = {list_id(one.key, entry.id) for one in snapshots for entry in one.entries}
    return [pair for pair in tested if pair.same and pair.entry.id in ids and (pair.sought.kind == "person" or not people_only)]


def area(scores: Sequence[float], same: Sequence[bool]) -> float:
    """The area under the receiver's curve: how often a pair that is the same scores above one that is not; ties count half."""
    ranked = sorted(zip(scores, same, strict=True))
    total, at, below = 0.0, 0, 0
    while at < len(ranked):
        tied = [truth for score, truth in ranked[at:] if score == ranked[at][0]]
        alike = len(tied) - sum(tied)
        total += sum(tied) * (below + alike / 2)
        below += alike
        at += len(tied)
    return total / (sum(same) * (len(same) - sum(same)))


def recall_at(scores: Sequence[float], same: Sequence[bool], precision: float) -> float:
    """The best recall at a precision of at least so much."""
    best, right = 0, 0
    ranked = sorted(zip(scores, same, strict=True), reverse=True)
    for place, (score, truth) in enumerate(ranked, 1):
        right += truth
        if (place == len(ranked) or ranked[place][0] != score) and right / place >= precision:
            best = max(best, right)
    return best / sum(same)


@dataclass(frozen=True)
class Used:
    """What came of one draw: the share of listed people that were found, the share of innocents that were flagged, other hits on listed people."""

    recall: float
    flagged: float
    others: int


Draw = tuple[list[Pair], list[Sought]]


def draw(listed: Sequence[Pair], free: Sequence[Sought], seed: int) -> Draw:
    """A hundred listed people and four hundred innocents."""
    chance = random.Random(seed)
    return chance.sample(list(listed), min(LISTED, len(listed))), chance.sample(list(free), INNOCENT)


def wilson(share: float, size: int) -> tuple[float, float]:
    """The 95 % interval of a share. Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927."""
    z = 1.96
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * (share * (1 - share) / size + z * z / (4 * size * size)) ** 0.5
    return middle - half, middle + half


@dataclass(frozen=True)
class Answer:
    """What a matcher made of everything: scores of the pairs, and for each sought the entries it found with their scores."""

    name: str
    pairs: list[float]
    hits: dict[str, dict[str, float]]
    seconds: float
    peak: int


def ours(snapshots: Sequence[ListSnapshot], people: Sequence[Sought], tested: Sequence[Pair]) -> Answer:
    """Our answer; its scores are calibrated in the package, so that its threshold is that of the band `possible`."""
    scores = [hit.score if (hit := compare(pair.sought, pair.entry)) else 0.0 for pair in tested]
    began = time.perf_counter()
    found = screen(people, snapshots, all_=True)
    seconds = time.perf_counter() - began
    hits = {
        person.id: {list_id(hit.list_key, hit.entry_id): hit.score for hit in its if hit.band != "coincidence"}
        for person, its in zip(people, found, strict=True)
    }
    return Answer("ours", scores, hits, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def peer(python: str, snapshots: Sequence[ListSnapshot], people: Sequence[Sought], tested: Sequence[Pair]) -> Answer:
    """The answer of nomenklatura in a process of its own. Raises CalledProcessError where the interpreter does not have it."""
    asked = {
        "pairs": [{"sought": _entity(pair.sought), "listed": entity_of(pair.entry)} for pair in tested],
        "listed": [{"id": list_id(one.key, entry.id), **entity_of(entry)} for one in snapshots for entry in one.entries],
        "sought": [{"id": person.id, **_entity(person)} for person in people],
    }
    command = [python, "-m", "benchmarks.peers.nomenklatura_screening"]
    ran = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)  # noqa: S603
    told: dict[str, Any] = json.loads(ran.stdout)
    return Answer(told["matcher"], told["pairs"], told["hits"], told["seconds"], told["peak"])


def _entity(person: Sought) -> dict[str, Any]:
    schema = "Organization" if person.kind == "organisation" else "Person"
    return as_entity(schema, person.names, [person.birth] if person.birth else [], person.nationalities)


def used(answer: Answer, listed: Sequence[Pair], free: Sequence[Sought], threshold: float) -> Used:
    """What a draw comes to at a threshold of the score."""
    found = [any(other == pair.entry.id and score >= threshold for other, score in answer.hits.get(pair.sought.id, {}).items()) for pair in listed]
    flagged = [any(score >= threshold for score in answer.hits.get(person.id, {}).values()) for person in free]
    others = sum(other != pair.entry.id and score >= threshold for pair in listed for other, score in answer.hits.get(pair.sought.id, {}).items())
    return Used(sum(found) / len(listed), sum(flagged) / len(free), others)


def line(answer: Answer, threshold: float, told: Sequence[Used]) -> str:
    """A row of the table: means over the draws, with 95 % intervals for as many people as one draw has."""
    recall, flagged = (sum(getattr(one, name) for one in told) / len(told) for name in ("recall", "flagged"))
    shown = [f"{share:.3f} ({low:.2f}–{high:.2f})" for share, (low, high) in ((recall, wilson(recall, LISTED)), (flagged, wilson(flagged, INNOCENT)))]
    return f"| {answer.name} | {threshold:.2f} | {' | '.join(shown)} | {sum(one.others for one in told) / len(told):.0f} |"


def large(snapshots: Sequence[ListSnapshot], names: Sequence[Sought], size: int = 100_000) -> list[ListSnapshot]:
    """The lists, filled up with synthetic people to so many entries."""
    chance = random.Random(4)
    words = [person.names[0].split() for person in names if len(person.names[0].split()) > 1]
    missing = size - sum(len(one.entries) for one in snapshots)
    made = []
    for number in range(missing):
        given, family = chance.choice(words)[0], chance.choice(words)[-1]
        born = date(1940 + chance.randrange(60), 1 + chance.randrange(12), 1 + chance.randrange(28))
        made.append(ListedEntry(str(number), "person", (ListedName(f"{given} {family}"),), (BirthRange(born, born),)))
    return [*snapshots, ListSnapshot("own:synthetic", "nobody", "synthetic people", "none", None, tuple(made))]


def main() -> None:
    """Print what ours makes of pairs and draws, and beside it nomenklatura where an interpreter has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", help="a Python interpreter with nomenklatura")
    python = parser.parse_args().peer
    data = os.environ.get("TRACKTWO_TEST_DATA")
    if not data:
        print("screening: TRACKTWO_TEST_DATA is not set, so there are no lists to screen against")
        return
    tested, free = pairs(Path(data)), innocents(Path(data))
    whole = lists(Path(data))
    listed, snapshots = in_lists(whole, tested), hidden(whole, tested)
    drawn = [draw(listed, free, seed) for seed in range(DRAWS)]
    answers: list[tuple[Answer, list[Draw], tuple[float, ...]]] = [(ours(snapshots, _people(drawn), tested), drawn, (POSSIBLE,))]
    if python:
        some = drawn[:PEER_DRAWS]
        answers.append((peer(python, snapshots, _people(some), tested), some, (0.7, 0.45)))
    entries = sum(len(one.entries) for one in snapshots)
    print(f"## Screening\n\n- machine: {machine()}\n- entries: {entries:,}; draws: {DRAWS}, of the peer {PEER_DRAWS}; seeds from 0\n")
    print("| | threshold | recall | innocents flagged | other hits |\n| --- | ---: | ---: | ---: | ---: |")
    for answer, its_draws, thresholds in answers:
        for threshold in thresholds:
            print(line(answer, threshold, [used(answer, listed_ones, others, threshold) for listed_ones, others in its_draws]))
    _print_pairs([answer for answer, _, _ in answers], tested)
    print("\n| | people | seconds | MB |\n| --- | ---: | ---: | ---: |")
    for answer, its_draws, _ in answers:
        print(f"| {answer.name} | {len(_people(its_draws)):,} | {answer.seconds:.1f} | {answer.peak / 2**20:.0f} |")
    print(f"\n500 names against 100,000 entries: {in_a_process()}")


def _people(drawn: Sequence[Draw]) -> list[Sought]:
    """Everybody of some draws, once."""
    return list({person.id: person for listed, others in drawn for person in (*(pair.sought for pair in listed), *others)}.values())


def _print_pairs(answers: Sequence[Answer], tested: Sequence[Pair]) -> None:
    scripts = ["all", *sorted({pair.script for pair in tested})]
    print(f"\n| | recall at precision .95 | {' | '.join(f'AUC {script}' for script in scripts)} |")
    print(f"| --- |{' ---: |' * (len(scripts) + 1)}")
    for answer in answers:
        cells = [f"{recall_at(answer.pairs, [pair.same for pair in tested], 0.95):.3f}"]
        for script in scripts:
            some = [(score, pair.same) for score, pair in zip(answer.pairs, tested, strict=True) if script in ("all", pair.script)]
            both = len({same for _, same in some}) == 2
            cells.append(f"{area([score for score, _ in some], [same for _, same in some]):.3f}" if both else "–")
        print(f"| {answer.name} | {' | '.join(cells)} |")


@dataclass(frozen=True)
class Load:
    """What it took to screen many names against many entries, index included and reading apart."""

    seconds: float
    cpu: float
    peak: int

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.cpu:.1f} s of one core), {self.peak / 2**20:.0f} MB"


def in_a_process() -> Load:
    """Screen 500 names against 100,000 entries in a process of its own."""
    ran = subprocess.run([sys.executable, "-c", "from benchmarks.screening import load; load()"], capture_output=True, text=True, check=True)
    return Load(**json.loads(ran.stdout))


def load() -> None:
    """What `in_a_process` runs."""
    folder = Path(os.environ["TRACKTWO_TEST_DATA"])
    tested, free = pairs(folder), innocents(folder)
    whole = lists(folder)
    snapshots = large(hidden(whole, tested), free)
    people = [*free[:400], *(pair.sought for pair in in_lists(whole, tested)[:100])]
    began, cpu = time.perf_counter(), time.process_time()
    screen(people, snapshots)
    told = {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
