"""What concerns people, with their names, for those who decide: it leaves the team's room by no page and no file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal

from tracktwo import __version__
from tracktwo.model.base import Noun
from tracktwo.model.finding import Message
from tracktwo.model.listing import Band
from tracktwo.record.gate import Released
from tracktwo.record.screening import Verdict

COMPARED_BY = ("rapidfuzz",)
"""Libraries whose versions a verdict keeps, beside our own."""


class Effect(Noun):
    """What standing on the list under one regime means, by our table: information, not advice."""

    regime: str
    measures: tuple[str, ...]
    legal_basis: str
    source: str
    address: str
    as_of: date
    unverified: str = ""


class Case(Noun):
    """One hit, as those who decide see it: what speaks for and against it, what was decided, and whether that still stands."""

    person: str
    list_key: str
    list_name: str
    list_as_of: date | None
    entry: str
    entry_digest: str
    person_digest: str
    name: str
    met: str
    through: Literal["name", "affiliation"]
    score: float
    band: Band
    speaks_for: tuple[Message, ...] = ()
    speaks_against: tuple[Message, ...] = ()
    alignment: tuple[tuple[str, str, str], ...] = ()
    """Token sought, token listed, how they met; empty where a token met nothing."""
    programmes: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    law_keys: tuple[str, ...] = ()
    """Keys of the rule base to which the entry's programmes belong."""
    verdict: Verdict | None = None
    reopened: Literal["list", "person"] | None = None
    """What has changed since the verdict, so that it no longer stands."""

    @property
    def open(self) -> bool:
        return self.verdict is None or self.reopened is not None

    @property
    def id(self) -> str:
        """32 hexadecimal digits for person, list and entry, for addresses and the command line."""
        return hashlib.sha256("\x1f".join(self.hit).encode()).hexdigest()[:32]

    @property
    def hit(self) -> tuple[str, str, str]:
        return self.person, self.list_key, self.entry


class Inside(Noun):
    """Of the findings those of feasibility, whole, and the cases to be decided."""

    released: Released
    cases: tuple[Case, ...] = ()


def rested_on(case: Case, say: Callable[[Message], str]) -> dict[str, Any]:
    """The fields of a verdict that keep what it rests on, as it is seen now; `say` puts clues into words."""
    return {
        "person": case.person,
        "list_key": case.list_key,
        "entry": case.entry,
        "name": case.name,
        "met": case.met,
        "list_as_of": case.list_as_of,
        "entry_digest": case.entry_digest,
        "person_digest": case.person_digest,
        "score": case.score,
        "band": case.band,
        "speaks_for": tuple(map(say, case.speaks_for)),
        "speaks_against": tuple(map(say, case.speaks_against)),
        "software": software(),
    }


def software() -> tuple[tuple[str, str], ...]:
    """Name and version of what compares names."""
    found = [("tracktwo", __version__)]
    for name in COMPARED_BY:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)
