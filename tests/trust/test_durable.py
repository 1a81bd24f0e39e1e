"""An acknowledgement means that the disk has it: seen in the system calls of the writer, with careless settings as controls that fail."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import writer
from tests.postgres import Server
from tests.storing import INITIATIVE, Database

NO_STRACE = "strace is not installed; 'make system-deps' installs it"


@pytest.fixture(scope="session")
def strace() -> str:
    """The path of strace. Without it the test is skipped, but in CI it fails."""
    path = shutil.which("strace")
    if path is None:
        assert not os.environ.get("CI"), NO_STRACE
        pytest.skip(NO_STRACE)
    return path


def acknowledged(words: list[str], count: int) -> None:
    """Run a writer and ask it for so many entries, one after the other."""
    process = writer.start(words)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    for _ in range(count):
        process.stdin.write(os.urandom(16).hex() + "\n")
        assert len(process.stdout.readline().split()) == 3
    assert process.communicate(timeout=60) == ("", "")


def synced_before_acknowledged(strace: str, path: Path, log: Path, writes: int, synchronous: str = "") -> tuple[int, int]:
    """(acknowledgements before which the write-ahead log had gone to the disk since the one before, all calls that wait for the disk)."""
    trace = [strace, "-f", "-y", "-qq", "-s", "40", "-e", "trace=write,fsync,fdatasync", "-e", "signal=none", "-o", str(log)]
    rest = [synchronous] if synchronous else []
    acknowledged([*trace, *writer.command("SQLite", str(path), "acknowledge", *rest)], writes)
    synced, good, calls, seen = False, 0, 0, 0
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if re.search(r"\b(fsync|fdatasync)\(\d+<[^>]*>\)\s+= 0", line):
            calls += 1
            synced = synced or "-wal>" in line
        elif re.search(r'\bwrite\(1<[^>]*>, "[0-9a-f]{32} ', line):
            seen, good, synced = seen + 1, good + synced, False
    assert seen == writes
    return good, calls


def test_sqlite_waits_for_the_disk_before_each_acknowledgement(strace: str, tmp_path: Path) -> None:
    good, calls = synced_before_acknowledged(strace, tmp_path / "record.sqlite", tmp_path / "trace", 25)
    assert good == 25
    assert calls >= 25


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_the_trace_shows_a_careless_setting_of_sqlite(strace: str, tmp_path: Path, synchronous: str) -> None:
    good, _ = synced_before_acknowledged(strace, tmp_path / "record.sqlite", tmp_path / "trace", 10, synchronous)
    assert good <= 1  # the first may wait for what the making of the tables left


def flushes(server: Server, writes: int, synchronous: str = "") -> int:
    """How often the server waited for the disk on behalf of its write-ahead log while so many entries were acknowledged."""
    database = Database("PostgreSQL", server.address(server.fresh()), server)
    database.store().close()
    before = settled(server)
    acknowledged(writer.command("PostgreSQL", database.address, "acknowledge", *([synchronous] if synchronous else [])), writes)
    after = settled(server)
    with database.store() as store:
        assert len(list(store.entries(INITIATIVE))) == writes
    return after - before


def settled(server: Server) -> int:
    """The count of the server's own statistics, once everybody else has left and has told what he did."""
    with server.connect() as connection:
        assert connection.execute("SHOW wal_sync_method").fetchone() == ("fdatasync",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        for _ in range(200):
            if connection.execute(others).fetchone() == (0,):
                break
            time.sleep(0.01)
        time.sleep(0.1)
        row = connection.execute("SELECT wal_sync FROM pg_stat_wal").fetchone()
        assert row is not None
        return int(row[0])


def test_postgresql_waits_for_the_disk_at_each_commit(postgres: Server) -> None:
    assert flushes(postgres, 25) >= 25


def test_the_count_shows_a_careless_setting_of_postgresql(postgres: Server) -> None:
    assert flushes(postgres, 25, "off") < 25


@pytest.mark.gate
def test_every_acknowledged_entry_has_waited_for_the_disk(strace: str, postgres: Server, tmp_path: Path, figure: Callable[[str], None]) -> None:
    good, calls = synced_before_acknowledged(strace, tmp_path / "record.sqlite", tmp_path / "trace", 100)
    figure(f"SQLite: {good} of 100 acknowledgements came after the log was on the disk, {calls} waits in all")
    controls = {}
    for setting in ("NORMAL", "OFF"):
        controls[setting] = synced_before_acknowledged(strace, tmp_path / f"{setting}.sqlite", tmp_path / setting, 100, setting)[0]
        figure(f"control {setting}: {controls[setting]} of 100")
    waited, careless = flushes(postgres, 100), flushes(postgres, 100, "off")
    figure(f"PostgreSQL: {waited} waits for 100 commits; control synchronous_commit=off: {careless}")
    assert good == 100
    assert waited >= 100
    assert max(controls.values()) < 10
    assert careless < 100
