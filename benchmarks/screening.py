"""Listed people under a spelling that their list does not have, hidden among innocents: who finds them, and who raises false alarms?"""

from __future__ import annotations

import calendar
import csv
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from tracktwo.model.listing import BirthRange, ListedEntry, ListedName, ListSnapshot, Sought
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists import read_list

LISTED, INNOCENT, DRAWS = 100, 400, 5
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


def draw(listed: Sequence[Pair], free: Sequence[Sought], seed: int) -> tuple[list[Pair], list[Sought]]:
    """A hundred listed people and four hundred innocents."""
    chance = random.Random(seed)
    return chance.sample(list(listed), min(LISTED, len(listed))), chance.sample(list(free), INNOCENT)


def wilson(share: float, size: int) -> tuple[float, float]:
    """The 95 % interval of a share. Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927."""
    z = 1.96
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z / (1 + z * z / size) * (share * (1 - share) / size + z * z / (4 * size * size)) ** 0.5
    return middle - half, middle + half
