"""What a process of the server was started with: where its records are, which of the two sites it shows, and to whom it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from django.conf import settings

from tracktwo.record.home import Home
from tracktwo.vault.primitives import Stretching

Site = Literal["private", "public"]
"""The entrance to the initiatives, or the library that anybody may read. Neither knows the other's address."""


@dataclass(frozen=True)
class Serving:
    """One process of the server."""

    folder: Path
    """TRACKTWO_HOME."""
    database: str | None = None
    """A PostgreSQL address, or None for the file in the folder."""
    secret_file: Path | None = None
    site: Site = "private"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    """The names under which it answers."""
    tls: bool = False
    """True where browsers reach it by https, so that they may be told never to come by another way."""
    behind_proxy: bool = False
    address: str = "http://127.0.0.1:8000"
    """Where people reach it, as it is printed on cards."""
    cost: Stretching = field(default_factory=Stretching)
    """What a guess at a passphrase costs."""

    @cached_property
    def home(self) -> Home:
        """Where the records and the secret file are."""
        return Home(self.folder, database=self.database, secret_file=self.secret_file)


def serving() -> Serving:
    """What this process was started with."""
    found: Serving = settings.TRACKTWO
    return found
