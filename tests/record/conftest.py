"""A brief in which every field is filled, for tests that nothing gets lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tracktwo.model.brief import Brief
from tracktwo.sources.brief import parse_brief

FULL = Path(__file__).with_name("full.yaml")


@pytest.fixture(scope="session")
def full() -> Brief:
    """Every field of a brief filled, read with lines; `roster` names a file that nobody opens here."""
    return parse_brief(FULL.read_text(encoding="utf-8"), FULL.name, lambda value: value)


@pytest.fixture
def today() -> date:
    return date(2026, 11, 26)
