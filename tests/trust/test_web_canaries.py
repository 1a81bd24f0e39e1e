"""Words, names and handles that were typed into pages stand nowhere outside the sealed rooms: in no table, log, cookie or temporary file."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.trust.test_canaries import hits
from tests.web.house import PASSPHRASE, House, browser, house, opened

CANARIES = [f"CANARY{word}" for word in ("TITLEX", "PERSONX", "WORRYX", "STATEMENTX", "NOTEX", "HANDLEX", "HELPERX", "DIETX", "HAPPENEDX")]


@pytest.fixture
def home(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    with opened(tmp_path / "home", None if database.kind == "SQLite" else database.address):
        yield house()


def _use(home: House) -> list[str]:
    """Type every word into a page; what the browsers hold and where they were sent."""
    title, person, worry, statement, note, handle, helper, diet, happened = CANARIES
    tag, once = home.tag, iter(f"{number:032x}" for number in range(1, 100))
    answers = [
        home.post("convenor", f"/i/{tag}/people", {"name": person, "side": "north", "once": next(once)}),
        home.post("convenor", f"/i/{tag}/people/helper", {"name": helper, "role": "interpreter", "once": next(once)}),
        home.post("convenor", f"/i/{tag}/journeys/A-01", {"name": person, "diet": diet, "once": next(once)}),
        home.post("participant A", f"/p/{tag}/word", {"text": worry, "once": next(once)}),
        home.post("participant B", f"/p/{tag}/propose", {"text": statement, "language": "en", "once": next(once)}),
        home.post("convenor", "/server", {}),
        browser().post("/team", {"handle": handle, "passphrase": PASSPHRASE}),
        browser().post("/", {"words": f"{title} {note}"}),
        home.post("participant A", f"/i/{tag}/happened", {"kind": "other", "note": happened, "once": next(once)}),
    ]
    kept = [f"{name}={morsel.value}" for made in home.browsers.values() for name, morsel in made.cookies.items()]
    return [*kept, *(str(answer.headers) for answer in answers)]


def test_no_word_is_found_outside_the_rooms(
    home: House,
    database: Database,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    figure: Callable[[str], None],
) -> None:
    caplog.set_level(logging.DEBUG)
    held = _use(home)
    places = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    places["log"] = caplog.text.encode()
    written = capfd.readouterr()
    places["output"] = (written.out + written.err).encode()
    places["cookies and headers"] = "\n".join(held).encode()
    if database.server is not None:
        with database.server.connect(database.address.rsplit("=", 1)[1]) as connection:
            connection.execute("CHECKPOINT")
        places |= {
            f"server {path.name}": path.read_bytes() for path in database.server.folder.rglob("*") if path.is_file() and "pg_wal" in path.parts
        }
    found = {place: hits(content, CANARIES) for place, content in places.items()}
    figure(f"{database.kind}: {len(CANARIES)} words, {len(places)} places, {sum(map(len, found.values()))} hits")
    assert {place: hit for place, hit in found.items() if hit} == {}


def test_the_search_would_find_them(home: House, tmp_path: Path) -> None:
    _use(home)
    shown = b"".join(home.get("convenor", f"/i/{home.tag}/{page}").content for page in ("people", "dialogue/inbox", "dialogue/statements"))
    assert {word for word, _ in hits(shown, CANARIES)} >= {"CANARYPERSONX", "CANARYHELPERX", "CANARYWORRYX", "CANARYSTATEMENTX"}
