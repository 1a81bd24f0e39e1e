"""A server that is killed in the middle of anything has lost nothing that it acknowledged."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pytest

import tests.web.configured  # noqa: F401 - before any model
from tests.storing import Database
from tests.web.house import House, house, opened
from tests.web.live import free_port, running
from tests.web.planted import plant
from tracktwo.record.ballots import Caster
from tracktwo.web import desk
from tracktwo.web.sessions import COOKIE


def _post(port: int, path: str, cookie: str, typed: dict[str, str]) -> int:
    """Send a form as a browser does that has its token."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"{COOKIE}={cookie}; __Host-form={'a' * 32}",
        "X-Part": "vote",
        "Origin": f"http://127.0.0.1:{port}",
    }
    try:
        connection.request("POST", path, urlencode({**typed, "csrfmiddlewaretoken": "a" * 32}), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _kills(home: House, folder: Path, address: str | None, statement: str, kills: int, seed: int) -> tuple[int, int]:
    """How many votes and proposals were acknowledged, over so many kills."""
    chance, port = random.Random(seed), free_port()
    cookie = home.browsers["participant A"].cookies[COOKIE].value
    votes, proposals = 0, 0
    for number in range(kills):
        with running(folder, address, port=port) as live:
            until = time.monotonic() + 0.2 + chance.random() * 0.8
            while time.monotonic() < until:
                value = ("agree", "disagree", "pass")[votes % 3]
                assert _post(port, "/p/vote", cookie, {"statement": statement, "vote": value}) == 204
                votes, _LAST[:] = votes + 1, [value]
                once = f"{number:016x}{proposals:016x}"
                typed = {"text": f"Proposal {once}", "language": "en", "once": once}
                for _ in range(2):  # the same form again, as somebody does who is not sure that it arrived
                    assert _post(port, f"/p/{home.tag}/propose", cookie, typed) == 303
                proposals += 1
            live.kill()
    return votes, proposals


_LAST: list[str] = []


def _hold(database: Database, folder: Path, kills: int) -> str:
    address = None if database.kind == "SQLite" else database.address
    with opened(folder, address):
        home = house()
        statement = plant(home)
    try:
        votes, proposals = _kills(home, folder, address, statement, kills, seed=kills)
    except HTTPException as error:  # pragma: no cover - a server that breaks off by itself
        raise AssertionError("the server broke off an answer") from error
    with opened(folder, address):
        record = home.people["participant A"].record
        assert Caster.of(record).own(desk.store())[statement] == _LAST[0]
        reading = record.read()
        made = [entry.body.text for entry in reading.entries if entry.type == "StatementProposed"]  # type: ignore[attr-defined]
        assert (len(made), len(set(made))) == (proposals, proposals)
        assert reading.problems == ()
        assert (
            sum(pseudonym == record.identity.ballot_pseudonym(record.initiative) for pseudonym, _, _ in desk.store().ballots(record.initiative)) == 1
        )
    return f"{database.kind}: {kills} kills of the server, {votes} votes and {proposals} proposals (each sent twice) acknowledged, 0 lost, 0 doubled"


def test_a_killed_server_has_lost_and_doubled_nothing(database: Database, tmp_path: Path) -> None:
    _hold(database, tmp_path, 1)


@pytest.mark.gate
@pytest.mark.alone
def test_thirty_kills_of_the_server_lose_and_double_nothing(database: Database, tmp_path: Path, figure: Callable[[str], None]) -> None:
    figure(_hold(database, tmp_path, 30))
