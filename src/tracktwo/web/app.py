"""The one Django application, and how its connections to SQLite are hardened."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tracktwo.record.dialects import HARDENED


class House(AppConfig):
    """tracktwo in the browser."""

    name = "tracktwo.web"
    label = "tracktwo_web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(_harden, dispatch_uid="tracktwo")


def _harden(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """The same pragmas as every other connection to a record, but for foreign keys, which are Django's own."""
    if connection.vendor == "sqlite":
        for name, value, _answer in HARDENED:
            connection.connection.execute(f"PRAGMA {name} = {value}")
