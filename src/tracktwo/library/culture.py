"""What people share and must be spared: activities for evenings and breaks, observances, diets, and practices that both sides claim."""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from tracktwo.library.cases import DATA
from tracktwo.model.base import Noun
from tracktwo.model.world import HeritageElement, Provenance
from tracktwo.sources.heritage import HeritageLists

Evidence = Literal["experiment", "case", "practice", "heritage"]
"""experiment: a controlled study; case: a documented dialogue; practice: a programme or guide; heritage: fits a joint inscription."""
Food = Literal[
    "pork", "beef", "other_meat", "poultry", "fish", "shellfish", "egg", "dairy", "alcohol", "caffeine", "allium", "root_vegetables", "honey",
    "meat_with_dairy", "gelatine_animal", "animal_rennet",
]  # fmt: skip


def _in_order(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError("should go from the smaller to the larger number")
    return span


Span = Annotated[tuple[int, int], AfterValidator(_in_order)]


class CultureSource(Noun):
    """A source; `seen` is false for what nobody read there yet."""

    key: str
    text: str
    seen: bool


class SharedActivity(Noun):
    """A kind of activity that brings people of the sides together outside the hall. Sizes, minutes and stage are a judgement of the compilers."""

    slug: str
    name: str
    moments: tuple[Literal["break", "meal", "evening", "closing", "excursion"], ...] = Field(min_length=1)
    group_size: Span
    duration_minutes: Span
    stage: Literal["early", "middle", "late", "any"]
    hosted_by: Literal["both", "third-party", "one-side-in-turn", "none"]
    shared_language: int = Field(ge=0, le=2)
    """0: none needed, 1: some, 2: needed."""
    heritage_domains: tuple[str, ...]
    evidence: Evidence
    needs: tuple[str, ...]
    cautions: tuple[str, ...] = Field(min_length=1)
    sources: tuple[CultureSource, ...] = Field(min_length=1)


class DailyDuty(Noun):
    """A duty of every day. `block_minutes` is a planning estimate."""

    name: str
    window: str
    block_minutes: int


class WeeklyDuty(Noun):
    """A duty of every week."""

    name: str
    when: str
    block_minutes: int


class Observance(Noun):
    """What the observant of a tradition need from a programme. Ask each person: a tradition says little about one."""

    slug: str
    name: str
    daily: tuple[DailyDuty, ...]
    weekly: tuple[WeeklyDuty, ...]
    annual: tuple[str, ...]
    space: tuple[str, ...]
    scheduling: tuple[str, ...]
    compute: dict[str, str]
    sources: tuple[CultureSource, ...]


class Fast(Noun):
    """A season of fasting and its rule."""

    season: str
    rule: str


class Diet(Noun):
    """What a tradition eats. A food that is not in `rules` has no rule known here."""

    slug: str
    name: str
    rules: dict[Food, Literal["no", "ok", "certified", "some"]]
    """no: not eaten; ok: eaten; certified: only from a certified source; some: differs by person or school."""
    preparation: tuple[str, ...]
    fasting: tuple[Fast, ...]
    how_much_it_varies: str
    sources: tuple[CultureSource, ...]


class Contested(Noun):
    """A practice that more than one country or people claims: never shown as the heritage of one."""

    slug: str
    practice: str
    kind: Literal["twin-inscription", "claimed", "symbol"]
    camps: tuple[tuple[str, ...], ...] = Field(min_length=2)
    """ISO alpha-3 of those who claim it. States of one camp hold it together and do not contest it among themselves."""
    ich_ids: tuple[str, ...]
    words: tuple[str, ...]
    """Words that give the practice away in a title or in a wish, in several spellings and scripts; see `methods.culture.names`."""
    what: str
    source: str

    @property
    def parties(self) -> tuple[str, ...]:
        """Every country that claims it, camp after camp."""
        return tuple(country for camp in self.camps for country in camp)


@functools.cache
def load_activities() -> tuple[SharedActivity, ...]:
    """Return all activities, in the order of the file: breaks and meals first."""
    return tuple(SharedActivity.model_validate(entry) for entry in _json("activities.json")["activities"])


@functools.cache
def load_observances() -> tuple[Observance, ...]:
    """Return what each tradition asks of a programme."""
    return tuple(Observance.model_validate(entry) for entry in _json("observance.json")["traditions"])


@functools.cache
def load_diets() -> tuple[Diet, ...]:
    """Return the diets of traditions."""
    return tuple(Diet.model_validate(entry) for entry in _json("diet.json")["traditions"])


def contested(countries: Iterable[str]) -> tuple[Contested, ...]:
    """Return the practices that at least two of these countries (alpha-3) claim against each other, in the order of the file."""
    asked = set(countries)
    return tuple(row for row in load_contested() if sum(not asked.isdisjoint(camp) for camp in row.camps) >= 2)


def _own(dataset: str) -> Provenance:
    return Provenance(publisher="tracktwo", dataset=dataset, version="1", as_of=date(2026, 11, 22), licence="Apache-2.0")


HERITAGE = _own("Living heritage: facts of UNESCO's lists")
"""Where the elements of `load_elements` come from: written for tracktwo; what each row rests on stands in its `basis`."""
CONTESTED = _own("Contested practices")
ACTIVITIES = _own("Activities for evenings and breaks")
DIETS = _own("Diets of traditions")


@functools.cache
def load_elements() -> tuple[HeritageElement, ...]:
    """Return the elements of living heritage that ship with tracktwo, in the order of their numbers: 581 of the 849 that UNESCO lists."""
    with (DATA / "ich.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            HeritageElement(
                id=row["id"],
                title=row["title_en"],
                countries=_parts(row["countries"]),
                year=int(row["year"]) if row["year"] else None,
                list=row["list"] or None,
                domains=_parts(row["domains"]),
                joint=row["joint"] == "true",
                also_practised=_parts(row["also_practised"]),
                basis=row["basis"],
            )
            for row in csv.DictReader(file)
        )


def heritage(own: HeritageLists | None) -> tuple[tuple[HeritageElement, Provenance], ...]:
    """Return every element with where it comes from, in the order of numbers.

    An element of the user's own export stands instead of ours of the same number; our domains and `also_practised` are kept beside it, since
    the export has neither. May raise UnreadableSource.
    """
    found = {element.id: (element, HERITAGE) for element in load_elements()}
    for element in own.all if own is not None else ():
        ours = found[element.id][0] if element.id in found else None
        if ours is not None:
            also = tuple(country for country in ours.also_practised if country not in element.countries)
            element = replace(element, domains=ours.domains or element.domains, also_practised=also)
        assert own is not None
        found[element.id] = (element, own.source)
    return tuple(found[number] for number in sorted(found))


@functools.cache
def load_contested() -> tuple[Contested, ...]:
    """Return every practice that more than one country claims. In the file `;` parts camps, `+` the states of one camp."""
    with (DATA / "contested.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Contested.model_validate(
                {
                    **{field: row[field] for field in ("slug", "practice", "kind", "what", "source")},
                    "camps": [camp.split("+") for camp in _parts(row["parties"])],
                    "ich_ids": _parts(row["ich_ids"]),
                    "words": _parts(row["words"]),
                }
            )
            for row in csv.DictReader(file)
        )


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _json(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content
