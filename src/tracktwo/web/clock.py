"""The one clock of the web, so that a test can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def minute() -> int:
    """Minutes since 1970."""
    return int(now().timestamp()) // 60


def today() -> date:
    """This day, in UTC."""
    return now().date()
