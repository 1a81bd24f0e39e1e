"""Entries about what was found in lists: for each hit what was decided, on what, by whom, and whether the person was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Noun, Text
from tracktwo.record.dialogue import Digest
from tracktwo.record.entry import BaseEntry, PersonCode
from tracktwo.record.mask import same
from tracktwo.record.placed import AboutOne

Outcome = Literal["somebody else", "the same", "cannot tell"]
WhetherAsked = Literal["asked", "not asked yet", "could not be asked"]
Consequence = Literal["none", "seek advice", "apply for a licence", "change role or venue", "exclude"]


class Verdict(Noun):
    """What was decided on one hit. It is never changed, only followed by another one; what it rested on is kept as it was seen."""

    person: PersonCode
    list_key: Text
    """The list by the short name of its reader: un, ofac-sdn, eu-fsf, uk …"""
    entry: Text
    """The number of the entry in the list."""
    name: Text
    """The listed name that met, as the list writes it."""
    met: Text
    """The name or affiliation of the person that it met."""
    list_as_of: date | None = None
    entry_digest: Digest
    """SHA-256 of what the list said of the entry: a list that says something else opens the case again."""
    person_digest: Digest
    """SHA-256 of the names, birth date, nationalities and affiliations that were compared: new ones open the case again."""
    score: float = Field(ge=0, le=1)
    band: Literal["likely", "possible", "coincidence"]
    speaks_for: tuple[Text, ...] = ()
    speaks_against: tuple[Text, ...] = ()
    software: tuple[tuple[str, str], ...] = ()
    """Name and version of what compared."""
    outcome: Outcome
    consequence: Consequence = "none"
    reason: Text
    asked: WhetherAsked
    """Whether the person was asked before it was decided."""
    asked_note: Text | None = None
    signed_by: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        names = {same(name) for name in self.signed_by}
        if self.consequence == "exclude":
            if len(names) < 2:
                raise PydanticCustomError("two", "should be signed by two people, each by name: nobody is excluded by one person alone")
            if self.asked_note is None:
                raise PydanticCustomError("asked", "should say whether the person was asked, and what the person said, or why nobody could ask")
            if self.outcome == "somebody else":
                raise PydanticCustomError("outcome", "excludes somebody who is said to be somebody else than the listed person")
        return self

    @property
    def hit(self) -> tuple[str, str, str]:
        """What was decided on: person, list, entry."""
        return self.person, self.list_key, self.entry


class ScreeningDecided(AboutOne):
    type: Literal["ScreeningDecided"] = "ScreeningDecided"
    room: Literal["team"] = "team"
    replaces: Annotated[tuple[str, ...], Field(max_length=0)] = ()
    body: Verdict


SCREENING: tuple[type[BaseEntry], ...] = (ScreeningDecided,)


@dataclass(frozen=True)
class Screening:
    """What was decided on hits: the last verdict on each, and those before it."""

    verdicts: Mapping[tuple[str, str, str], Verdict] = field(default_factory=dict)
    earlier: tuple[Verdict, ...] = ()


def screening_of(entries: Iterable[BaseEntry]) -> Screening:
    """The verdicts among entries, which are in the order of the record."""
    last: dict[tuple[str, str, str], Verdict] = {}
    earlier: list[Verdict] = []
    for entry in entries:
        if isinstance(entry, ScreeningDecided):
            if entry.body.hit in last:
                earlier.append(last[entry.body.hit])
            last[entry.body.hit] = entry.body
    return Screening(last, tuple(earlier))
