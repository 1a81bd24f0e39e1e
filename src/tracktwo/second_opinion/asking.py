"""Asking the second matcher: pairs as JSON lines to a process of its own, which weighs some 600 MB and is gone afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracktwo.model.listing import BirthRange, Hit, ListedEntry, ListSnapshot, Sought

WORKER = "tracktwo.second_opinion.worker"
ABSENT = (
    "the second opinion needs nomenklatura, which is not installed: pip install 'tracktwo[screening]' "
    "(it compiles PyICU, which needs libicu-dev, pkg-config and g++)"
)
SECONDS = 1800
_KINDS = {"person": "Person", "organisation": "Organization"}


class NoSecondOpinion(ValueError):
    """The second matcher cannot be asked: one sentence."""


@dataclass(frozen=True)
class Opinion:
    """What the second matcher makes of one hit: its name and version, its score from 0 to 1, and its explanation in its own words."""

    matcher: str
    score: float
    detail: str


Asked = tuple[str, str, str]
"""The id of a person, the key of a list and the id of an entry."""


def second_opinions(
    people: Sequence[Sought], lists: Sequence[ListSnapshot], found: Sequence[Sequence[Hit]], *, python: str = sys.executable
) -> dict[Asked, Opinion]:
    """Return what the second matcher makes of every hit. `python` is the interpreter that has it. Raises NoSecondOpinion."""
    entries = {(one.key, entry.id): entry for one in lists for entry in one.entries}
    asked: list[Asked] = []
    lines: list[str] = []
    for person, hits in zip(people, found, strict=True):
        for hit in hits:
            asked.append((person.id, hit.list_key, hit.entry_id))
            lines.append(json.dumps(_question(person, hit, entries[hit.list_key, hit.entry_id])))
    return dict(zip(asked, _answers(lines, python), strict=True)) if lines else {}


def _question(person: Sought, hit: Hit, entry: ListedEntry) -> dict[str, Any]:
    if hit.through == "affiliation":
        return {"sought": as_entity("Organization", (hit.met,)), "listed": entity_of(entry)}
    schema = _KINDS["organisation" if entry.kind == "organisation" else "person"]
    return {"sought": as_entity(schema, person.names, [person.birth] if person.birth else [], person.nationalities), "listed": entity_of(entry)}


def entity_of(entry: ListedEntry) -> dict[str, Any]:
    """An entry as FollowTheMoney knows it."""
    names = tuple(name.text for name in entry.names)
    return as_entity(_KINDS.get(entry.kind, "LegalEntity"), names, entry.births, (*entry.nationalities, *entry.countries))


def as_entity(schema: str, names: Sequence[str], births: Sequence[BirthRange] = (), countries: Sequence[str] = ()) -> dict[str, Any]:
    """Somebody as FollowTheMoney knows it: the schema and its properties."""
    properties: dict[str, list[str]] = {"name": list(names[:1]), "alias": list(names[1:]), "country": list(countries)}
    if schema == "Person":
        properties["birthDate"] = [date for birth in births for date in _dates(birth)]
    return {"schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def _dates(birth: BirthRange) -> Iterator[str]:
    if birth.first == birth.last:
        yield birth.first.isoformat()
    elif (birth.first.year, birth.first.month) == (birth.last.year, birth.last.month):
        yield birth.first.isoformat()[:7]
    else:
        yield from (f"{year:04}" for year in range(birth.first.year, birth.last.year + 1))


def _answers(lines: Sequence[str], python: str) -> Iterator[Opinion]:
    try:
        ran = subprocess.run(  # noqa: S603 - our own module, by the interpreter that runs us
            [python, "-m", WORKER], input="\n".join(lines), capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoSecondOpinion(f"the second opinion took longer than {SECONDS // 60} minutes; ask for fewer people at once") from None
    if ran.returncode == 2:
        raise NoSecondOpinion(ABSENT)
    answers = ran.stdout.splitlines()
    if ran.returncode or len(answers) != len(lines):
        raise NoSecondOpinion(
            "nomenklatura stopped before it had answered everything; screen without --second-opinion, or install another version of it"
        )
    for answer in map(json.loads, answers):
        yield Opinion(answer["matcher"], answer["score"], answer["detail"])
