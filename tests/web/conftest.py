"""What the tests of the web share: a house on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.web.house import House, house, opened


@pytest.fixture
def home(tmp_path: Path) -> Iterator[House]:
    """A house with everybody in it, on SQLite."""
    with opened(tmp_path):
        yield house()


@pytest.fixture
def any_home(database: Database, tmp_path: Path) -> Iterator[House]:
    """The same on each kind of database."""
    with opened(tmp_path, None if database.kind == "SQLite" else database.address):
        yield house()
