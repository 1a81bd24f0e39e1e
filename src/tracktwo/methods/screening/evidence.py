"""What a pair of a sought name and a listed entry shows: a handful of numbers from which the score is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from tracktwo.methods.screening.acronyms import fits
from tracktwo.methods.screening.alignment import Met, meetings
from tracktwo.methods.screening.birth import Agreement
from tracktwo.methods.screening.names import Name, Token
from tracktwo.methods.screening.rarity import Rarity

_BIRTH: dict[Agreement, dict[str, float]] = {
    "day": {"birth_year": 1.0, "birth_month": 1.0, "birth_day": 1.0},
    "swapped": {"birth_year": 1.0, "birth_month": 0.5},
    "month": {"birth_year": 1.0, "birth_month": 1.0},
    "day-other-year": {"birth_year": 0.7},
    "year": {"birth_year": 1.0},
    "near": {"birth_near": 1.0},
    "unknown": {},
    "close": {"birth_off": 1.0},
    "far": {"birth_off": 1.0, "birth_far": 1.0},
    "apart": {"birth_off": 1.0, "birth_far": 1.0, "birth_apart": 1.0},
}
"""Each step of agreement adds to the one before it, so that closer agreement can never count for less."""
Places = Literal["agree", "differ", "unknown"]
OF_NAMES = ("agreed", "agreed_more", "share", "share_listed", "quality", "alone", "left", "clash", "first", "acronym")
"""The features of two names, each from 0 to 1."""
_LETTER = 1.4
"""What a letter of an acronym weighs, in nats."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are. Weights in nats of rarity: what met, what of the sought and of the listed name met nothing."""

    sought: Name
    listed: Name
    reading: tuple[tuple[Token, ...], tuple[Token, ...]]
    met: tuple[Met, ...]
    agreed: float
    total_sought: float
    total_listed: float
    alone_sought: float
    alone_listed: float
    quality: float
    first: float
    """1 where the first words met each other, 0 where the first of one met nothing, between where it met another word."""
    acronym: float = 0.0

    def features(self) -> dict[str, float]:
        """The numbers of the calibration: each grows with the likeness, but for `alone`, `left` and `clash`."""
        share = self.agreed / max(self.total_sought, 0.01)
        return {
            "agreed": min(self.agreed, 8.0) / 8.0,
            "agreed_more": min(max(self.agreed - 8.0, 0.0), 12.0) / 12.0,
            "share": min(share, 1.0),
            "share_listed": min(self.agreed / max(self.total_listed, 0.01), 1.0),
            "quality": self.quality,
            "alone": min(self.alone_sought, 10.0) / 10.0,
            "left": min(self.alone_listed, 10.0) / 10.0,
            "clash": min(self.alone_sought, self.alone_listed, 8.0) / 8.0,
            "first": self.first,
            "acronym": self.acronym,
        }


def likeness(sought: Name, listed: Name, rarity: Rarity) -> Likeness | None:
    """Return how alike two names are in the reading in which they are most alike; None where nothing of them can be compared."""
    found = [_likeness(sought, listed, one, other, rarity) for one, other in _read_alike(sought, listed)]
    return max(found, key=lambda like: like.agreed - like.alone_sought * 0.5 - like.alone_listed * 0.2, default=None)


def _read_alike(one: Name, other: Name) -> Iterable[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """The readings to compare: two names in the same characters are read in the same way."""
    if len(one.readings) > 1 and len(one.readings) == len(other.readings):
        return zip(one.readings, other.readings, strict=True)
    return product(one.readings, other.readings)


def _likeness(sought: Name, listed: Name, one: Sequence[Token], other: Sequence[Token], rarity: Rarity) -> Likeness:
    heavy_one, heavy_other = [rarity.weight(token) for token in one], [rarity.weight(token) for token in other]
    met = meetings(one, other, heavy_one, heavy_other)
    agreed = sum(m.weight * _worth(m.near) for m in met)
    total_sought, total_listed = sum(heavy_one), sum(heavy_other)
    met_sought = {i for m in met for i in m.sought}
    met_listed = {j for m in met for j in m.listed}
    weight_met = sum(m.weight for m in met)
    quality = sum(m.weight * m.near for m in met) / weight_met if weight_met else 0.0
    lost = sum(m.weight * (1 - _worth(m.near)) for m in met)
    acronym = max(fits(one, listed), fits(other, sought))
    if acronym >= 0.5:
        short = min(one, other, key=len)[0].text
        weight = _LETTER * len(short.replace(".", "")) * acronym
        return Likeness(sought, listed, (tuple(one), tuple(other)), (), weight, weight, weight, 0.0, 0.0, acronym, 0.5, acronym)
    return Likeness(
        sought,
        listed,
        (tuple(one), tuple(other)),
        met,
        agreed,
        total_sought,
        total_listed,
        sum(weight for i, weight in enumerate(heavy_one) if i not in met_sought) + lost,
        sum(weight for j, weight in enumerate(heavy_other) if j not in met_listed) + lost,
        quality,
        _first(one, other, met),
    )


def _worth(near: float) -> float:
    """What of a word's weight a meeting is worth: all where they sound alike, nothing at nearness 0.5."""
    return float(max(0.0, (near - 0.5) / 0.5) ** 1.5)


def _first(one: Sequence[Token], other: Sequence[Token], met: Sequence[Met]) -> float:
    heads = [next((i for i, token in enumerate(tokens) if token.kind in ("name", "initial")), None) for tokens in (one, other)]
    by_sought = {i: m for m in met for i in m.sought}
    by_listed = {j: m for m in met for j in m.listed}
    if heads[0] is None or heads[1] is None:
        return 0.5
    score = 0.0
    if heads[0] in by_sought:
        score += 0.5 * by_sought[heads[0]].near
    if heads[1] in by_listed:
        score += 0.5 * by_listed[heads[1]].near
    return score


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for and against one pair."""

    like: Likeness
    birth: Agreement
    places: Places
    other_kind: bool
    weak: bool

    def features(self) -> dict[str, float]:
        """The numbers from which the score is made, by name."""
        return {**self.like.features(), **features_beside(self.birth, self.places, other_kind=self.other_kind, weak=self.weak)}


def features_beside(birth: Agreement, places: Places, *, other_kind: bool, weak: bool) -> dict[str, float]:
    """The numbers of what is known beside the names."""
    return {**_BIRTH[birth], f"places_{places}": 1.0, "other_kind": float(other_kind), "weak": float(weak)}
