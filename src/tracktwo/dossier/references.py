"""Numbers what statements rest on, in the order of reading, and remembers every place that leads there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracktwo.model.finding import Evidence


@dataclass(frozen=True)
class Use:
    """One place in the page that refers to a source: the source's number and which of its places this is."""

    number: int
    place: int

    @property
    def id(self) -> str:
        return f"use-{self.number}-{self.place}"


@dataclass(frozen=True)
class Source:
    """One entry of the list of sources, with how many places lead to it."""

    number: int
    evidence: Evidence
    places: int

    @property
    def uses(self) -> tuple[Use, ...]:
        return tuple(Use(self.number, place) for place in range(1, self.places + 1))


class References:
    """Counts sources while a page is built."""

    def __init__(self) -> None:
        self._places: dict[Evidence, int] = {}
        self._numbers: dict[Evidence, int] = {}

    def use(self, evidence: Iterable[Evidence]) -> tuple[Use, ...]:
        """Refer to each evidence once; equal evidence has one number."""
        uses = []
        for item in dict.fromkeys(evidence):
            number = self._numbers.setdefault(item, len(self._numbers) + 1)
            self._places[item] = self._places.get(item, 0) + 1
            uses.append(Use(number, self._places[item]))
        return tuple(uses)

    def sources(self) -> tuple[Source, ...]:
        """Every source used so far, by number."""
        return tuple(Source(number, item, self._places[item]) for item, number in self._numbers.items())
