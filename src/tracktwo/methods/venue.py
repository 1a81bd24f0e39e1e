"""Where the sides could meet: who can enter, how far it is, how quiet it has been, and whether the ground is anybody's own.

Countries are put in order by reasons that a person can read: a ground that belongs to no party first, then the fewest people who cannot
come at all, then how quiet it has been (under 25 deaths, under 500, unknown, more), then the usual burden of papers, then distance in steps
of 1,500 km, then whether past cases met there; among equals the exact papers, the exact distance and the code decide. There is no score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracktwo.model.world import EntryRule

Burden = Literal["none", "on arrival", "online", "embassy", "barred", "unknown"]

BURDEN: dict[str, Burden] = {
    "own country": "none",
    "visa free": "none",
    "visa on arrival": "on arrival",
    "electronic authorisation": "online",
    "e-visa": "online",
    "visa required": "embassy",
    "no admission": "barred",
    "unknown": "unknown",
}
_EASE = ("none", "on arrival", "online", "embassy", "unknown", "barred")
QUIET_DEATHS = 25


@dataclass(frozen=True)
class Traveller:
    """Somebody who would travel: a key and the passports held. The easiest passport counts."""

    key: str
    passports: tuple[str, ...]


@dataclass(frozen=True)
class Journey:
    """What one traveller needs for one country: the easiest rule among the passports, and its burden."""

    traveller: str
    rule: EntryRule | None
    burden: Burden


@dataclass(frozen=True)
class Option:
    """A country as a place to meet, with what was found about it. `deaths` are of organised violence in the years given; None is unknown."""

    country: str
    journeys: tuple[Journey, ...]
    deaths: int | None
    distance_km: int | None
    """Mean great-circle distance from the parties' places."""
    party_ground: bool
    """True where the country is a party's own, or where the challenge lies."""
    borders_a_party: bool
    precedents: tuple[str, ...]
    """Ids of past cases that met there."""
    counted: tuple[str, str] | None = None
    """The first and the last year of which deaths are counted."""

    def count(self, *burdens: Burden) -> int:
        return sum(journey.burden in burdens for journey in self.journeys)


def journey(traveller: Traveller, rules: Sequence[EntryRule]) -> Journey:
    """The easiest of the rules, one for each passport of the traveller; unknown where there is none."""
    if not rules:
        return Journey(traveller.key, None, "unknown")
    best = min(rules, key=lambda rule: (_EASE.index(BURDEN[rule.entry]), rule.passport))
    return Journey(traveller.key, best, BURDEN[best.entry])


def shortlist(options: Sequence[Option], limit: int) -> tuple[Option, ...]:
    """The options in order, at most `limit`."""
    return tuple(sorted(options, key=_order)[:limit])


def _order(option: Option) -> tuple[object, ...]:
    quiet = 2 if option.deaths is None else 0 if option.deaths < QUIET_DEATHS else 1 if option.deaths < 20 * QUIET_DEATHS else 3
    papers = sum({"none": 0, "on arrival": 1, "online": 2, "embassy": 4, "unknown": 4, "barred": 20}[j.burden] for j in option.journeys)
    distance = option.distance_km if option.distance_km is not None else 20_000
    return (
        option.party_ground,
        option.count("barred"),
        quiet,
        papers // max(len(option.journeys), 1),
        distance // 1500,
        -min(len(option.precedents), 1),
        papers,
        distance,
        option.country,
    )
