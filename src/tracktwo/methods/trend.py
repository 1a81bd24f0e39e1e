"""Which way deaths from organised violence go: the last three years against the three before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tracktwo.model.world import CountryYear

Direction = Literal["rising", "falling", "steady", "quiet"]

SPAN = 3
"""Years on each side of the comparison: long enough to smooth one bad year, short enough to see a turn."""

RATIO = 1.5
"""A change by this factor counts as rising or falling; below it UCDP's own range of estimates can explain the difference."""

QUIET = 25
"""UCDP's threshold of deaths in a year; both spans below it in every year read as quiet."""


@dataclass(frozen=True)
class Trend:
    """Deaths summed over two spans of years, and the direction between them."""

    direction: Direction
    recent: int
    before: int
    recent_years: tuple[int, int]
    before_years: tuple[int, int]
    peak_year: int
    peak: int


def trend(years: Sequence[CountryYear]) -> Trend | None:
    """Compare the last three years with the three before. None where fewer than six years are given.

    `years` are consecutive and in order; deaths are UCDP best estimates of all three kinds of organised violence.
    """
    if len(years) < 2 * SPAN:
        return None
    recent, before = years[-SPAN:], years[-2 * SPAN : -SPAN]
    now, then = sum(year.total for year in recent), sum(year.total for year in before)
    peak = max(years, key=lambda year: (year.total, year.year))
    return Trend(
        direction=_direction(now, then, max(year.total for year in (*recent, *before))),
        recent=now,
        before=then,
        recent_years=(recent[0].year, recent[-1].year),
        before_years=(before[0].year, before[-1].year),
        peak_year=peak.year,
        peak=peak.total,
    )


def _direction(now: int, then: int, highest: int) -> Direction:
    if highest < QUIET:
        return "quiet"
    if now >= RATIO * then:
        return "rising"
    return "falling" if then >= RATIO * now else "steady"


def episodes(active_years: Sequence[int], gap: int = 2) -> tuple[tuple[int, int], ...]:
    """Group years of activity into episodes: (first, last), split where `gap` or more years lie silent between (UCDP's own rule is one)."""
    years = sorted(set(active_years))
    found: list[tuple[int, int]] = []
    for year in years:
        if found and year - found[-1][1] <= gap:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return tuple(found)
