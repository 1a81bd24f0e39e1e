"""The calibration of the score, of 2026-11-27.

`tools.calibrate_screening` fitted it on 571 labelled pairs
and 2,500 synthetic innocents against 9,296 entries (UN of February 2026, OFAC of 2021), fitted with ridge, checked by list entry.
"""

from __future__ import annotations

INTERCEPT = -3.890
COEFFICIENTS: dict[str, float] = {
    "agreed": 3.148,
    "agreed_more": 1.940,
    "share": 0.480,
    "share_listed": 2.575,
    "first": 0.320,
    "acronym": 0.770,
    "birth_year": 2.227,
    "birth_month": 0.500,
    "birth_day": 1.200,
    "places_agree": 1.025,
    "alone": -3.164,
    "left": -1.199,
    "birth_off": -4.221,
    "birth_far": -2.043,
    "birth_apart": -0.992,
    "places_differ": -1.500,
    "other_kind": -1.353,
    "weak": -2.925,
}
SLOPE, OFFSET = 0.760, 0.594
"""With these a weighted sum of evidence becomes the share of pairs that were the same, on entries that were not fitted on."""
LIKELY = 0.8143
POSSIBLE = 0.5978
"""Scores that 0.1% and 0.85% of the innocents reach."""
