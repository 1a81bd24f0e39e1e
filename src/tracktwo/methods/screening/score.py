"""From the evidence on a pair to one calibrated score and a band."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tracktwo.methods.screening.coefficients import COEFFICIENTS, INTERCEPT, LIKELY, OFFSET, POSSIBLE, SLOPE
from tracktwo.methods.screening.evidence import OF_NAMES
from tracktwo.model.listing import Band

_NAMES_AT_BEST = sum(max(0.0, COEFFICIENTS.get(name, 0.0)) for name in OF_NAMES) + 1e-9


def strength(features: Mapping[str, float]) -> float:
    """Return the weighted sum of the evidence: above 0 more speaks for a pair than against it."""
    return INTERCEPT + sum(COEFFICIENTS.get(name, 0.0) * value for name, value in features.items())


def at_most(beside: Mapping[str, float]) -> float:
    """Return a strength that no two names can exceed, given the evidence beside them."""
    return strength(beside) + _NAMES_AT_BEST


def score_of(strong: float) -> float:
    """Return the share, from 0 to 1, of pairs with this strength that were the same in the development pairs."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, SLOPE * strong + OFFSET))))


def band_of(score: float) -> Band:
    """Return the band of a score; the thresholds stand in `coefficients` with how they were found."""
    return "likely" if score >= LIKELY else "possible" if score >= POSSIBLE else "coincidence"
