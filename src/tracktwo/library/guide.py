"""Guide to a brief: which field answers which rows, the template, and the example briefs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from tracktwo.model.brief import Brief

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "convenor": ("A6", "B3", "D3", "F9"),
    "sides": ("A1", "B1", "B2"),
    "issues": ("A2", "A10", "E1", "E3"),
    "history": ("A3", "A6"),
    "actors": ("A1", "C5"),
    "relations": ("A1",),
    "attempts": ("A4", "C4"),
    "activities": ("A5", "C8"),
    "connectors": ("A7", "E2"),
    "dividers": ("A7", "E2"),
    "channels": ("A8", "E9"),
    "voices": ("A11",),
    "invited": ("B3", "B6", "B8", "B12", "D2", "D8", "E4"),
    "team": ("B3", "D3", "D4", "F11"),
    "wish": ("D6", "D7", "D12", "F3"),
    "panel": ("D2",),
    "venues": ("B6", "B7", "B11"),
    "venue_answers": ("B7",),
    "entry_rules": ("B6",),
    "exposures": ("B11",),
    "indices": ("B7",),
    "budget": ("B5", "F6"),
    "acts": ("B3",),
    "counsel": ("B3",),
    "harms": ("B8", "A7"),
    "tools": ("B8", "F10"),
    "retention": ("B12",),
    "consents": ("B4",),
    "officials": ("C5", "C6", "E7"),
    "change": ("C1", "C2", "C3", "C7", "F1", "F5"),
    "public": ("C9", "E9"),
    "pause_triggers": ("C10",),
    "ground_rules": ("D5", "F7", "F8"),
    "observances": ("D9",),
    "culture": ("D9",),
    "shared_practices": ("D9",),
    "follow_up": ("E5",),
    "ethics": ("F9",),
    "documents": ("F2",),
}
"""Field of a brief → the rows that begin to have an answer once it is filled."""


def empty_fields(brief: Brief) -> tuple[str, ...]:
    """The fields of `ANSWERS` that this brief leaves empty, in the order of the rows that they answer."""
    return tuple(field for field in ANSWERS if not getattr(brief, field) or (field == "wish" and brief.wish.starts is None))


def template() -> str:
    """A brief to fill in, with comments."""
    return (files("tracktwo.library") / "templates" / "brief.yaml").read_text(encoding="utf-8")


def examples() -> dict[str, str]:
    """Name → YAML text of each example brief. The people in them are fictional and marked so."""
    folder = files("tracktwo.library") / "examples"
    return {
        item.name.removesuffix(".yaml"): item.read_text(encoding="utf-8")
        for item in sorted(folder.iterdir(), key=lambda i: i.name)
        if item.name.endswith(".yaml")
    }
