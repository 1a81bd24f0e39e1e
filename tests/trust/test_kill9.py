"""A writer that is killed at any moment loses nothing that it acknowledged, and a client that asks again gets no second entry."""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from tests import writer
from tests.postgres import Server, running_server
from tests.storing import INITIATIVE, Database, broken_links, repeated


@dataclass
class Client:
    """Whoever asks for entries: it remembers what was acknowledged, and asks again under the same request for what was not."""

    database: Database
    acknowledged: dict[str, str] = field(default_factory=dict)
    """Request → hash of its entry."""
    waiting: str = ""
    unheard: int = 0
    """How often an entry had been committed of which the client never heard."""
    _running: subprocess.Popen[str] | None = None

    def connect(self) -> None:
        """Start a writer and wait until it answers; then ask again for what is not acknowledged."""
        self._running = writer.start(writer.command(self.database.kind, self.database.address, "acknowledge"))
        assert self._running.stdout is not None
        assert self._running.stdout.readline() == "ready\n", self._running.communicate()[1]
        if self.waiting:
            self.send()
            self.hear(self._running.stdout.readline(), again=True)

    def ask(self) -> None:
        """Ask for one entry and wait until it is acknowledged."""
        self.send()
        assert self._running is not None
        assert self._running.stdout is not None
        self.hear(self._running.stdout.readline())

    def send(self) -> None:
        """Ask for one entry, under a new request unless one waits, and do not wait."""
        self.waiting = self.waiting or os.urandom(16).hex()
        assert self._running is not None
        assert self._running.stdin is not None
        self._running.stdin.write(self.waiting + "\n")

    def hear(self, line: str, *, again: bool = False) -> None:
        idem, entry, made = line.split()
        assert idem == self.waiting
        self.acknowledged[idem], self.waiting = entry, ""
        self.unheard += again and made == "0"

    def kill(self) -> None:
        """Kill the writer; what it had still said before is heard."""
        assert self._running is not None
        self._running.kill()
        self.end()

    def end(self) -> None:
        """Hear what the writer still says, until it is gone."""
        assert self._running is not None
        for line in self._running.communicate(timeout=60)[0].splitlines():
            self.hear(line)

    def judge(self) -> dict[str, int]:
        """What went wrong; all zeros is what must be."""
        with self.database.store() as store:
            found = list(store.entries(INITIATIVE))
        stored = {entry.idem.hex(): entry.hash.hex() for entry in found}
        return {
            "lost": sum(stored.get(idem) != entry for idem, entry in self.acknowledged.items()),
            "doubled": repeated(found),
            "unasked": len(found) - len(self.acknowledged),
            "broken": broken_links(found),
            "damaged": len(self.database.damage()),
        }


GOOD = {"lost": 0, "doubled": 0, "unasked": 0, "broken": 0, "damaged": 0}


def killed(database: Database, kills: int, seed: int) -> Client:
    """Kill a writer so often, each time at some moment of the work on a request that was sent."""
    chance, client = random.Random(seed), Client(database)
    for _ in range(kills):
        client.connect()
        for _ in range(chance.randrange(6)):
            client.ask()
        client.send()
        time.sleep(chance.random() * 0.002)
        client.kill()
    client.connect()
    client.ask()
    client.kill()
    return client


def test_a_killed_writer_loses_nothing_acknowledged_and_doubles_nothing(database: Database) -> None:
    client = killed(database, 5, seed=1)
    assert client.judge() == GOOD
    assert len(client.acknowledged) >= 6


def test_the_judgement_sees_what_is_lost_doubled_or_broken(database: Database) -> None:
    client = Client(database)
    client.connect()
    for _ in range(4):
        client.ask()
    client.kill()
    assert client.judge() == GOOD
    with database.store() as store:
        first = next(iter(store.entries(INITIATIVE)))
    seq = "SELECT max(seq) FROM tracktwo_entries"
    database.say(f"UPDATE tracktwo_entries SET seq = 9 WHERE seq = ({seq})")
    assert client.judge() == {**GOOD, "lost": 1, "broken": 1}
    database.say("DELETE FROM tracktwo_entries WHERE seq = 9")
    assert client.judge() == {**GOOD, "lost": 1, "unasked": -1}
    client.acknowledged.pop(first.idem.hex())
    assert client.judge() == {**GOOD, "lost": 1, "unasked": 0}


@pytest.mark.gate
def test_two_hundred_kills_lose_nothing_and_double_nothing(database: Database, figure: Callable[[str], None]) -> None:
    client = killed(database, 200, seed=9)
    judged = client.judge()
    figure(
        f"{database.kind}, 200 kills: {len(client.acknowledged)} acknowledged, {judged['lost']} lost, {judged['doubled']} doubled,"
        f" {judged['broken'] + judged['damaged']} corrupt; {client.unheard} times an entry was there of which the client had not heard"
    )
    assert judged == GOOD
    assert client.unheard > 0  # without the same request each of these would stand there twice


@pytest.fixture
def own() -> Iterator[Server]:
    """A server of the test's own, to be crashed."""
    with running_server() as server:
        yield server


def crashed(server: Server, crashes: int, seed: int) -> Client:
    """Kill the whole server so often while it works, start it again, and go on."""
    chance = random.Random(seed)
    client = Client(Database("PostgreSQL", server.address(server.fresh()), server))
    for _ in range(crashes):
        client.connect()
        for _ in range(chance.randrange(1, 12)):
            client.ask()
        client.send()
        time.sleep(chance.random() * 0.001)
        server.crash()
        client.kill()
        server.start()
    client.connect()
    client.ask()
    client.kill()
    return client


def test_a_server_that_is_killed_with_all_its_processes_loses_nothing_acknowledged(own: Server) -> None:
    assert crashed(own, 1, seed=1).judge() == GOOD


@pytest.mark.gate
def test_twenty_crashes_of_the_server_lose_nothing_and_double_nothing(own: Server, figure: Callable[[str], None]) -> None:
    client = crashed(own, 20, seed=3)
    figure(
        f"PostgreSQL, 20 kills of the whole server: {len(client.acknowledged)} acknowledged, {client.judge()['lost']} lost; {client.unheard} unheard"
    )
    assert client.judge() == GOOD
