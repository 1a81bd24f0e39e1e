"""`tracktwo serve`: the house in the browser. Here is decided where it may answer, what has to be ready first, and what the terminal says."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from tracktwo.cli.shared import BadInput, home, out

if TYPE_CHECKING:
    from tracktwo.web.hosting import Hosting
    from tracktwo.web.serving import Serving

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NOT_INSTALLED = "the browser's part of tracktwo is not installed; 'pip install \"tracktwo[web]\"' adds it"


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port of the private entrance.")] = 8000,
    library_port: Annotated[int, typer.Option("--library-port", min=0, max=65535, help="The port of the public library; 0 for none.")] = 8001,
    demo: Annotated[
        bool, typer.Option("--demo", help="Open the example initiatives, with an account for every role, and forget them at the end.")
    ] = False,
    host: Annotated[
        str, typer.Option("--host", help="Where to answer; elsewhere than on this machine only with TLS or behind a proxy.")
    ] = "127.0.0.1",
    address: Annotated[
        str | None, typer.Option("--address", help="Where people reach it, as it is printed on cards: https://name.", metavar="URL")
    ] = None,
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", help="The certificate with its chain, PEM.", metavar="FILE")] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="The key of the certificate, PEM.", metavar="FILE")] = None,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="A proxy in front speaks TLS; it must set X-Forwarded-Proto itself.")] = False,
) -> None:
    """Open the house in the browser: on this machine alone, unless TLS or a proxy stands before it.

    Two addresses are printed, which do not know of each other: the private entrance, and the public library. Ctrl-C ends both.
    """
    try:
        from tracktwo.web.hosting import VARIABLE as HOSTING  # an extra: the rest of tracktwo works without it
        from tracktwo.web.hosting import Hosting
        from tracktwo.web.started import VARIABLE, told
    except ImportError as error:
        raise BadInput(_NOT_INSTALLED) from error
    where = _guarded(Hosting(host, port, library_port or None, _file(tls_cert), _file(tls_key)), behind_proxy=behind_proxy, demo=demo)
    serving = serving_for(where, address, behind_proxy=behind_proxy, folder=_demo_folder() if demo else home())
    if demo:
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("TRACKTWO_SECRET_FILE", None)
    for taken in filter(None, (where.port, where.library_port)):
        _must_be_free(where.address, taken)
    prepare(serving)
    if demo:
        from tracktwo.web.demo import furnish

        furnished = furnish(serving)
        where = Hosting(where.address, where.port, where.library_port, temporary=str(serving.folder), codes=furnished.secret.hex())
        for line in furnished.lines:
            out.print(line, markup=False)
    else:
        first_account(serving)
    _say_where(serving, where)
    sys.stdout.flush()
    os.environ[VARIABLE] = told(serving)
    os.environ[HOSTING] = where.told()
    os.execv(sys.executable, [sys.executable, "-m", "tracktwo.web.hosting"])  # noqa: S606 - what only watches needs none of this memory


def _file(path: Path | None) -> str | None:
    if path is None:
        return None
    if not path.is_file():
        raise BadInput(f"{path} is not there; --tls-cert and --tls-key name two PEM files")
    return str(path.resolve())


def _guarded(where: Hosting, *, behind_proxy: bool, demo: bool) -> Hosting:
    """Refuse to answer where others could listen."""
    if (where.certificate is None) != (where.key is None):
        raise BadInput("--tls-cert and --tls-key belong together; give both or neither")
    if where.address not in LOOPBACK and where.certificate is None and not behind_proxy:
        raise BadInput(f"without TLS everybody on the way to {where.address} could listen; add --tls-cert and --tls-key, or --behind-proxy")
    if demo and (where.address not in LOOPBACK or behind_proxy):
        raise BadInput("a demonstration has passphrases that everybody knows; it opens on this machine alone")
    if where.library_port == where.port:
        raise BadInput(f"the entrance and the library cannot both have port {where.port}; choose another --library-port, or 0 for no library")
    return where


def serving_for(where: Hosting, address: str | None, *, behind_proxy: bool, folder: Path) -> Serving:
    """What the process of the private entrance is to know of itself. Raises BadInput for an address that browsers could not go to."""
    from tracktwo.web.serving import Serving

    secure = where.certificate is not None or behind_proxy
    name = f"[{where.address}]" if ":" in where.address else where.address
    shown = (address or f"{'https' if secure else 'http'}://{name}:{where.port}").rstrip("/")
    parts = urlsplit(shown)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or (parts.scheme == "http" and secure):
        raise BadInput(f"--address should be where browsers go, such as https://name.example, not '{shown}'")
    secret_file = os.environ.get("TRACKTWO_SECRET_FILE")
    return Serving(
        folder=folder.resolve(),
        database=os.environ.get("DATABASE_URL") or None,
        secret_file=Path(secret_file) if secret_file else None,
        hosts=tuple(dict.fromkeys([parts.hostname, *("127.0.0.1", "localhost", "[::1]")])),
        tls=secure,
        behind_proxy=behind_proxy,
        address=shown,
    )


def _demo_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="tracktwo-demo-"))


def _must_be_free(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise BadInput(f"port {port} of {address} cannot be used ({error.strerror}); choose another by --port or --library-port") from error


def prepare(serving: Serving) -> None:
    """Bring the database to where this version wants it: refuse a newer one, back up an older one first, then migrate. Raises BadInput."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from tracktwo.record.backup import back_up
    from tracktwo.web.settings import configure

    with serving.home.open() as store:
        configure(serving)
        plan = MigrationExecutor(connection)
        unknown = sorted(
            name for label, name in plan.loader.applied_migrations if label == "tracktwo_web" and (label, name) not in plan.loader.disk_migrations
        )
        if unknown:
            raise BadInput(f"the database was written by a newer version of tracktwo ({unknown[-1]}); update tracktwo, nothing was changed")
        due = plan.migration_plan([node for node in plan.loader.graph.leaf_nodes() if node[0] == "tracktwo_web"])
        if due and store.initiatives():
            folder = serving.folder / "backups"
            back_up(store, folder, datetime.now(UTC).date())
            out.print(f"Before its tables change, the database was backed up into {folder}.", markup=False)
    if due:
        call_command("migrate", verbosity=0)
    connection.close()


def first_account(serving: Serving) -> None:
    """Where nobody has an account yet, print an invitation: whoever uses it runs this server, and may begin initiatives."""
    from django.db import connection

    from tracktwo.web import accounts
    from tracktwo.web.models import Account, Opening

    if Account.objects.exists():
        return
    Opening.objects.all().delete()
    words = accounts.invitation(operator=True)
    connection.close()
    out.print("Nobody has an account here yet. Open the private entrance, choose 'I have an invitation', and type in these words;", markup=False)
    out.print("they work once, for 72 hours:", markup=False)
    out.print(f"    {words}", markup=False)
    out.print(f"    {serving.address}/join", markup=False)


def _say_where(serving: Serving, where: Hosting) -> None:
    if where.library_port:
        out.print(f"Public library:   http://127.0.0.1:{where.library_port}", markup=False)
    out.print(f"Private entrance: {serving.address}", markup=False)
    out.print("Ctrl-C ends it.", markup=False)
