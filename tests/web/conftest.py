"""What the tests of the web share: a house on each kind of database."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.web.house import Browser, House, Placed, browser, house, opened

_LASTS = 600.0
"""Seconds for which a house serves as the pattern of others: the visits in it end when nothing is done for half an hour."""
_pattern: list[tuple[float, Path, House]] = []


@pytest.fixture
def home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with everybody in it, on SQLite: each test has a copy of its own of one that is built once."""
    if not _pattern or time.monotonic() - _pattern[-1][0] > _LASTS:
        folder = tmp_path_factory.mktemp("pattern")
        with opened(folder):
            _pattern.append((time.monotonic(), folder, house()))
    _, folder, built = _pattern[-1]
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with opened(tmp_path):
        yield _copied(built)


def _copied(built: House) -> House:
    """The same house with browsers of its own, in the midst of the same visits."""
    fresh: dict[int, Browser] = {}

    def again(one: Browser) -> Browser:
        if id(one) not in fresh:
            fresh[id(one)] = browser()
            for name, cookie in one.cookies.items():
                fresh[id(one)].cookies[name] = cookie.value
        return fresh[id(one)]

    people = {role: Placed(again(placed.browser), placed.membership) for role, placed in built.people.items()}
    browsers = {role: again(one) for role, one in built.browsers.items()}
    return House(built.tag, people["convenor"], people, browsers, hub=built.hub, other=built.other)


@pytest.fixture
def any_home(database: Database, tmp_path: Path) -> Iterator[House]:
    """The same on each kind of database."""
    with opened(tmp_path, None if database.kind == "SQLite" else database.address):
        yield house()
