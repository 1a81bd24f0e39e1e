"""A PostgreSQL server of the tests' own: Debian's binaries, a temporary folder, a socket in it, and gone at the end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

MISSING = "PostgreSQL or setpriv is not installed; 'make system-deps' installs it"


def binaries() -> Path | None:
    """The folder of the newest server that Debian installed, which is not on the path; None where there is none."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None) if shutil.which("setpriv") else None


class Server:
    """A running server on which every commit waits for the disk; only processes on this machine that may enter its folder reach it."""

    def __init__(self, folder: Path, binary: Path, settings: Sequence[str] = (), log: Path | None = None) -> None:
        self.folder, self._binary, self._settings = folder, binary, settings
        self._numbers = itertools.count(1)
        # The server refuses to run as root. It ends with the process that started it, even where that one is killed.
        user = ["--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
        self._as_its_user = ["setpriv", *user, "--pdeathsig", "INT"]
        if user:
            shutil.chown(folder, "postgres", "postgres")
        elsewhere = [f"--waldir={log}", "--wal-segsize=1"] if log else []
        made = ["initdb", "--pgdata", str(folder / "data"), "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._say([*made, *elsewhere])
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers. Raises AssertionError with its log where it does not."""
        words = [
            *self._as_its_user,
            str(self._binary / "postgres"),
            *("-D", str(self.folder / "data"), "-k", str(self.folder)),
            *(word for setting in ("listen_addresses=", "fsync=on", "max_connections=40", *self._settings) for word in ("-c", setting)),
        ]
        log = self.folder / "server.log"
        with log.open("ab") as file:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd="/", start_new_session=True)
        for _ in range(600):
            with suppress(psycopg.Error), self.connect():
                return
            assert self.process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            time.sleep(0.05)
        raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))

    def stop(self) -> None:
        """End it in order; by force where it takes too long."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.crash()

    def crash(self) -> None:
        """Kill the server and all its processes at once; what the disk has stays."""
        mine = [self.process.pid, *_children(self.process.pid)]  # each child leads a group of its own, so there is no group to kill
        for pid in mine:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)
        for pid in mine[1:]:
            while Path(f"/proc/{pid}").exists() and "Z" not in _status(pid)[:1]:
                time.sleep(0.005)

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        """The connection string of libpq."""
        return f"host={self.folder} user={user} dbname={database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A plain connection in autocommit mode."""
        return psycopg.connect(self.address(database), autocommit=True)

    def fresh(self, end: str = "") -> str:
        """The name of a new and empty database; `end` goes behind the statement that makes it."""
        name = f"record_{next(self._numbers)}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} {end}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database with whoever is still in it."""
        with self.connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _say(self, words: list[str]) -> None:
        run = [*self._as_its_user, str(self._binary / words[0]), *words[1:]]
        done = subprocess.run(run, capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, done.stderr


@contextmanager
def running_server(*settings: str, log: Path | None = None) -> Iterator[Server]:
    """A server in a new folder, its write-ahead log elsewhere where that is asked, and nothing left. Without binaries: skipped, but failing in CI."""
    binary = binaries()
    if binary is None:
        assert not os.environ.get("CI"), MISSING
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="tracktwo-postgres-"))
    try:
        server = Server(folder, binary, settings, log)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _status(pid: int) -> list[str]:
    """State and parent of a process, and more; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _children(parent: int) -> list[int]:
    found = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return [pid for pid in found if _status(pid)[1:2] == [str(parent)]]


def nobody() -> str | None:
    """Somebody without rights, to whom a process of root's can step down; None where we are not root."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam("nobody").pw_name
    return "postgres"
