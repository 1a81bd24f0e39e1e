"""`tracktwo serve`: where it may answer, what happens to a database before it does, and that a demonstration leaves nothing behind."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, connections

from tests.recording import CHEAP
from tests.storing import Database
from tests.web.house import House, account, opened
from tests.web.test_work import readable
from tracktwo import cli
from tracktwo.cli.serve import first_account, prepare, serving_for
from tracktwo.cli.shared import BadInput
from tracktwo.web import accounts
from tracktwo.web.hosting import Hosting
from tracktwo.web.serving import Serving, serving
from tracktwo.web.started import told
from tracktwo.web.who import Held

COMMAND = [sys.executable, "-m", "tracktwo.cli", "serve"]


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run `tracktwo serve` and return the one sentence with which it refuses."""

    def run(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["tracktwo", "serve", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        assert (left.value.code, printed.out) == (2, "")
        (line,) = printed.err.splitlines()
        return line

    return run


def test_it_answers_elsewhere_only_with_tls_or_behind_a_proxy(refused: Callable[..., str]) -> None:
    assert "without TLS everybody on the way" in refused("--host", "0.0.0.0")
    assert "belong together" in refused("--tls-cert", __file__)
    assert "is not there" in refused("--tls-cert", "/nowhere.pem", "--tls-key", "/nowhere.pem")
    assert "a demonstration has passphrases that everybody knows" in refused("--demo", "--behind-proxy")
    assert "cannot both have port 8000" in refused("--library-port", "8000")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_port_that_is_taken_is_said_in_a_sentence(refused: Callable[..., str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert f"port {taken.getsockname()[1]} of 127.0.0.1 cannot be used" in refused("--port", str(taken.getsockname()[1]), "--library-port", "0")


@pytest.mark.parametrize("address", ["ftp://x", "https://name/path", "name.example", "https://"])
def test_an_address_to_which_no_browser_could_go_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--address should be where browsers go"):
        serving_for(Hosting("127.0.0.1", 8000), address, behind_proxy=True, folder=tmp_path)


def test_the_name_in_the_address_is_the_one_to_which_it_answers(tmp_path: Path) -> None:
    made = serving_for(Hosting("127.0.0.1", 8000), "https://walk.example", behind_proxy=True, folder=tmp_path)
    assert (made.hosts[0], made.tls, made.address) == ("walk.example", True, "https://walk.example")


def test_what_a_process_is_told_in_its_environment_holds_no_address_of_a_database_and_no_file_of_secrets(tmp_path: Path) -> None:
    planted = Serving(folder=tmp_path, database="postgresql://ZEBRA@host/x", secret_file=Path("/ZEBRA/secret"))
    assert "ZEBRA" not in told(planted)


def test_a_database_of_a_newer_version_is_refused_and_not_changed(home: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tracktwo_web', '0999_later', CURRENT_TIMESTAMP)")
    with pytest.raises(BadInput, match=r"newer version of tracktwo \(0999_later\)"):
        prepare(serving())


def test_an_older_database_is_backed_up_before_it_is_changed(home: House, capsys: pytest.CaptureFixture[str]) -> None:
    here = serving()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE tracktwo_web_draft")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tracktwo_web'")
        for name in ("belonging", "session", "account", "board", "opening", "attempt", "mark"):
            cursor.execute(f"DROP TABLE tracktwo_web_{name}")
    assert not (here.folder / "backups").exists()
    prepare(here)
    assert "backed up into" in capsys.readouterr().out
    assert len(list((here.folder / "backups").glob("*/entries-0001.t2"))) == 3  # the initiative, another one and the hub
    prepare(here)
    assert "backed up" not in capsys.readouterr().out


def test_a_fresh_database_of_each_kind_is_made_ready(database: Database, tmp_path: Path) -> None:
    here = Serving(folder=tmp_path, database=None if database.kind == "SQLite" else database.address, cost=CHEAP)
    prepare(here)
    prepare(here)
    words = accounts.invitation(operator=True)
    assert accounts.invited_by(words) is not None
    connections.close_all()


@contextmanager
def running(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    port, library = free_port(), free_port()
    environment = {**os.environ, "TRACKTWO_HOME": str(folder), "TMPDIR": str(folder), "NO_COLOR": "1"}
    command = [*COMMAND, "--port", str(port), "--library-port", str(library), *words]
    mine, its = pty.openpty()
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=its, text=True, env=environment)
    try:
        yield server, port, library
        os.write(mine, b"\n")  # Enter, at a terminal
        time.sleep(0.3)
    finally:
        os.close(its)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def _is_library_of(process: Path, server: int) -> bool:
    """Whether a process is that of the library, started by this server."""
    try:
        parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
        return parent == str(server) and b"library" in (process / "cmdline").read_bytes()
    except OSError:
        return False


def page(port: int) -> tuple[str, dict[str, str]]:
    end = time.monotonic() + 40
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
                return answer.read().decode(), dict(answer.headers)
        except OSError:
            assert time.monotonic() < end, "no page came"
            time.sleep(0.1)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_demonstration_opens_on_two_addresses_that_do_not_know_each_other_and_leaves_nothing(tmp_path: Path) -> None:
    with running(tmp_path, "--demo") as (server, port, library):
        body, headers = page(port)
        public, _ = page(library)
        assert "Morning walk" in body
        assert str(library) not in body
        assert str(port) not in public
        assert "Morning walk" not in public
        assert "default-src 'none'" in headers["content-security-policy"]
        assert [folder.name for folder in tmp_path.iterdir()] != []  # the control: its home is here while it runs
        beside = [other for other in Path("/proc").glob("[0-9]*") if _is_library_of(other, server.pid)]
        assert len(beside) == 1
        assert b"TRACKTWO_HOME" not in readable(beside[0] / "environ")
    printed = server.stdout.read() if server.stdout else ""
    assert len(re.findall(r"Code of the second factor now: \d{6}", printed)) == 2  # at the beginning, and when Enter was pressed
    assert "handles convenor, facilitator, coordinator" in printed
    assert len(re.findall(r"\b(?:[a-z]{5}-){6}[a-z]{5}\b", printed)) == 5
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_has_an_account_an_invitation_is_printed_that_is_the_only_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path) as here:
        first_account(here)
        first_account(here)
        printed = re.findall(r"\b(?:[a-z]{5}-){8}[a-z]{5}\b", capsys.readouterr().out)
        assert len(set(printed)) == 2
        assert accounts.invited_by(printed[0]) is None
        found = accounts.invited_by(printed[1])
        assert found is not None
        assert found[1].operator
        account(Held(), "somebody")
        first_account(here)
        assert capsys.readouterr().out == ""
