"""The calibration of the score, of 2026-11-27.

`tools.calibrate_screening` fitted it on 571 labelled pairs
and 2,500 synthetic innocents against 9,296 entries (UN of February 2026, OFAC of 2021), fitted with ridge, checked by list entry.
"""

from __future__ import annotations

INTERCEPT = -3.709
COEFFICIENTS: dict[str, float] = {
    "agreed": 3.158,
    "agreed_more": 2.005,
    "share": 0.524,
    "share_listed": 2.193,
    "first": 0.337,
    "acronym": 0.815,
    "birth_year": 2.359,
    "birth_month": 0.500,
    "birth_day": 1.200,
    "places_agree": 1.032,
    "alone": -3.017,
    "left": -1.243,
    "birth_off": -4.219,
    "birth_far": -2.021,
    "birth_apart": -1.000,
    "places_differ": -1.500,
    "other_kind": -1.217,
    "weak": -2.877,
}
SLOPE, OFFSET = 0.776, 0.546
"""With these a weighted sum of evidence becomes the share of pairs that were the same, on entries that were not fitted on."""
LIKELY = 0.7683
POSSIBLE = 0.5664
"""Scores that 0.1% and 0.85% of the innocents reach."""
