"""The checklist that every dossier answers: the rows A1 … F12 of the six considerations."""

from __future__ import annotations

from typing import Literal

Consideration = Literal["assessment", "feasibility", "strategy", "process", "follow_up", "evaluation"]

CONSIDERATIONS: tuple[Consideration, ...] = ("assessment", "feasibility", "strategy", "process", "follow_up", "evaluation")

_LAST = {"A": 11, "B": 12, "C": 10, "D": 12, "E": 9, "F": 12}

ROWS: dict[Consideration, tuple[str, ...]] = {
    consideration: tuple(f"{letter}{number}" for number in range(1, _LAST[letter] + 1))
    for consideration, letter in zip(CONSIDERATIONS, _LAST, strict=True)
}
"""Consideration → its rows in order. The question of each row is message `row.<id>` of the catalogues."""

ALL_ROWS: tuple[str, ...] = tuple(row for rows in ROWS.values() for row in rows)
