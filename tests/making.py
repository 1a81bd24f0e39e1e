"""How tests make initiatives and dossiers: from the briefs of the repository, or from a few lines."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tracktwo.constitute import Constituted, constitute, let_out
from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.language import voice
from tracktwo.model.brief import Brief
from tracktwo.model.finding import Finding
from tracktwo.sources.brief import parse_brief, read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import Shelf, open_shelf

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 26)
EXAMPLE = ROOT / "examples" / "central-african-republic.yaml"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BRIEFS = [*EXAMPLES, *sorted((ROOT / "tests" / "briefs").glob("*.yaml"))]


@cache
def shelf() -> Shelf:
    """The shipped sources alone."""
    return _shipped(TODAY)


def shelf_of(home: Path | None, day: date) -> Shelf:
    """What `open_shelf` opens, but the shipped sources are read once for all who have added none of their own."""
    return open_shelf(home, day) if home is not None and (home / "sources").exists() else _shipped(day)


@cache
def _shipped(day: date) -> Shelf:
    return open_shelf(None, day)


@cache
def constituted(path: Path) -> Constituted:
    """A brief of the repository, constituted once for all tests."""
    return constitute(read_brief(path, load_countries().resolve), shelf(), as_of=TODAY)


def brief(text: str) -> Brief:
    """A brief from YAML text."""
    return parse_brief(text, "brief.yaml", load_countries().resolve)


def from_text(text: str, base: Shelf | None = None) -> Constituted:
    """Constitute a brief from YAML text."""
    return constitute(brief(text), base or shelf(), as_of=TODAY)


def bare(country: str, title: str = "A dialogue") -> Constituted:
    """The barest brief: a country, two parties and a date."""
    parties = f"parties: [{{name: First of {country}}}, {{name: Second of {country}}}]"
    return from_text(f"title: {title}\ncountries: [{country}]\n{parties}\nwish: {{starts: 2027-03-01}}\n")


def findings(done: Constituted, row: str | None = None, code: str | None = None) -> list[Finding]:
    """The findings of a row, or of a code, or all."""
    return [f for section in done.sections for f in section.findings if (row is None or row in f.rows) and (code is None or f.code == code)]


def codes(done: Constituted, row: str | None = None) -> set[str]:
    return {finding.code for finding in findings(done, row)}


def sentences(done: Constituted) -> set[str]:
    """Every sentence of the findings that may leave."""
    return {voice().say(finding.message) for section in let_out(done, voice()).sections for finding in section.findings}


def as_json(done: Constituted, *, names: bool = False) -> dict[str, Any]:
    """The dossier as data."""
    loaded: dict[str, Any] = json.loads(dossier_json(let_out(done, voice(), names=names), voice()))
    return loaded
