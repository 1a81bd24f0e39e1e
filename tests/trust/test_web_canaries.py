"""Words, names and handles that were typed into pages stand nowhere outside the sealed rooms: in no table, log, cookie or temporary file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.trust.test_canaries import hits
from tests.trust.test_permission_matrix import _addresses
from tests.trust.web_rows import ROWS
from tests.web.forms import fill, forms_of
from tests.web.house import PASSPHRASE, House, browser, house, opened
from tests.web.planted import WORDS, plant

HANDLE = "CANARYHANDLEX"
TYPED = "CANARYTYPED"
AWAY = {"leave", "neutral", "people-out", "erase", "resting", "happened", "own-view"}
"""What ends visits, or stops everybody from writing: tried by other tests."""


@pytest.fixture
def home(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with opened(tmp_path / "home", None if database.kind == "SQLite" else database.address):
        yield house()


def _use(home: House) -> tuple[list[str], list[str]]:
    """Fill in every form of every page, as several roles. Returns the words that were typed, and what browsers were told and hold."""
    words: list[str] = []

    def fresh() -> Iterator[str]:
        for number in range(100_000):
            words.append(f"{TYPED}{number:05d}X")
            yield words[-1]

    typed, told = fresh(), []
    every = _addresses(home)
    addresses, names = {name: path for name, path in every.items() if name not in AWAY}, {path: name for name, path in every.items()}
    for role in ("participant A", "participant B", "logistics", "evaluator", "operator", "convenor"):
        for name, path in addresses.items():
            for form in forms_of(home.browsers[role], path) if role in ROWS[name] else ():
                if names.get(form.action.split("#")[0], form.action.strip("/")) not in AWAY:
                    answer = fill(home.browsers[role], form, typed)
                    assert answer.status_code < 500, (role, form.action)
                    told.append(str(answer.headers))
    told.append(str(browser().post("/team", {"handle": HANDLE, "passphrase": PASSPHRASE}).headers))
    kept = [f"{name}={morsel.value}" for made in home.browsers.values() for name, morsel in made.cookies.items()]
    return [*words, HANDLE], [*kept, *told]


def _places(database: Database, folder: Path) -> dict[str, bytes]:
    """Every file that the server could have written, and what the database's own server keeps."""
    places = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    if database.server is not None:
        with database.server.connect(database.address.rsplit("=", 1)[1]) as connection:
            connection.execute("CHECKPOINT")
        places |= {
            f"server {path.name}": path.read_bytes() for path in database.server.folder.rglob("*") if path.is_file() and "pg_wal" in path.parts
        }
    return places


def _hold(home: House, database: Database, folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> str:
    caplog.set_level(logging.DEBUG)
    plant(home)
    words, held = _use(home)
    written = capfd.readouterr()
    places = _places(database, folder) | {
        "log": caplog.text.encode(),
        "output": (written.out + written.err).encode(),
        "cookies and headers": "\n".join(held).encode(),
    }
    door = home.get("anonymous", "/").content.decode()
    private = [word for word in words if word not in door]  # an operator has chosen what stands over the entrance, for anybody to read
    assert len(words) - len(private) == 1
    planted = [*(word for word in WORDS.values() if word), "Zelda"]
    found = {place: hits(content, private) | {(word, "raw") for word in planted if word.encode() in content} for place, content in places.items()}
    assert {place: hit for place, hit in found.items() if hit} == {}
    shown = b"".join(home.get("convenor", path).content for name, path in _addresses(home).items() if "convenor" in ROWS[name])
    seen = [word for word in private if word.encode() in shown]
    assert len(seen) > 25  # they are really kept, and the search would find them
    assert hits(shown, seen[:1])
    return f"{database.kind}: {len(private)} words typed into every form of every page, {len(planted)} planted, {len(places)} places, 0 hits"


@pytest.mark.parametrize("database", ["SQLite"], indirect=True)
def test_no_word_that_was_typed_is_found_outside_the_rooms(
    home: House, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    _hold(home, database, tmp_path, caplog, capfd)


@pytest.mark.gate
@pytest.mark.parametrize("database", ["PostgreSQL"], indirect=True)
def test_no_word_that_was_typed_is_found_outside_the_rooms_of_a_server(
    home: House,
    database: Database,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
) -> None:
    figure(_hold(home, database, tmp_path, caplog, capfd))
