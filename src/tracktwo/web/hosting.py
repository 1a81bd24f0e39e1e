"""The processes that answer to browsers: one for the private entrance, and one for the public library, which has neither database nor secret.

Run as `python -m tracktwo.web.hosting` in place of `tracktwo serve` once everything is prepared: what only watches needs little memory, so nothing
of Django is imported here. The process that it starts imports the application.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.errors import FatalError

from tracktwo.memory import leave_no_core_file

VARIABLE = "TRACKTWO_HOSTING"
SERVING = "TRACKTWO_SERVING"
THREADS = 16
"""How many requests are worked on at once: each holds a connection to the database. With fewer, votes that wait for the disk keep polls waiting."""
_BACKLOG = 2048
_PRIVATE = ("DATABASE_URL", "TRACKTWO_SECRET_FILE", "TRACKTWO_PASSPHRASE_FD", "TRACKTWO_HOME")


@dataclass(frozen=True)
class Hosting:
    """Where a process answers."""

    address: str
    port: int
    library_port: int | None = None
    """The port of the public library, always on this machine alone; None for none."""
    certificate: str | None = None
    key: str | None = None
    temporary: str | None = None
    """A folder that is deleted when the server ends, as that of a demonstration."""
    codes: str | None = None
    """The secret behind the codes of a demonstration, which the terminal prints: it protects nothing, and no other ever stands here."""

    def told(self) -> str:
        return json.dumps(asdict(self))


def host(where: Hosting) -> None:
    """Answer until a signal ends it. A request that comes before the application is there waits for it."""
    Granian(
        target="tracktwo.web.wsgi:application",
        address=where.address,
        port=where.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=_BACKLOG,
        backpressure=_BACKLOG,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        log_access=False,
        ssl_cert=Path(where.certificate) if where.certificate else None,
        ssl_key=Path(where.key) if where.key else None,
        ssl_protocol_min=SSLProtocols.tls12,
        workers_kill_timeout=10,
    ).serve()


def _library(port: int) -> subprocess.Popen[bytes]:
    """The process of the library: it is told neither where the initiatives are nor under which address."""
    serving = {**json.loads(os.environ[SERVING]), "site": "public", "hosts": ["127.0.0.1", "localhost", "[::1]"], "address": "", "tls": False}
    environment = {name: value for name, value in os.environ.items() if name not in _PRIVATE}
    told = {VARIABLE: Hosting("127.0.0.1", port).told(), SERVING: json.dumps(serving)}
    return subprocess.Popen([sys.executable, "-m", "tracktwo.web.hosting", "library"], stdin=subprocess.PIPE, env={**environment, **told})


def _end_with_the_server() -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock a process that is forked meanwhile would wait for
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _print_codes(secret: bytes) -> None:
    """Print the code of now whenever somebody presses Enter."""
    from tracktwo.vault.one_time import code_at  # only a demonstration needs it; and never in a thread, whose lock a forked process would wait for

    def wait() -> None:
        while os.read(0, 1024):  # not by sys.stdin, as above
            os.write(1, f"Code of the second factor now: {code_at(secret, time.time())}\n".encode())

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Host what the environment says, and the library beside it."""
    leave_no_core_file()
    where = Hosting(**json.loads(os.environ[VARIABLE]))
    if "library" in sys.argv:
        threading.Thread(target=_end_with_the_server, daemon=True).start()
    if where.codes and sys.stdin.isatty():
        _print_codes(bytes.fromhex(where.codes))
    beside = _library(where.library_port) if where.library_port else None
    try:
        with suppress(FatalError):
            host(where)
    finally:
        if beside is not None:
            _end(beside)
        if where.temporary:
            shutil.rmtree(where.temporary, ignore_errors=True)


if __name__ == "__main__":
    main()
