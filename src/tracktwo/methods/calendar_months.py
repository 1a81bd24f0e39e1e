"""Arithmetic on months written YYYY-MM."""

from __future__ import annotations

from datetime import date


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, count: int) -> str:
    """The month `count` months later (or earlier, where negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def months_from(first: str, last: str) -> tuple[str, ...]:
    """Every month from `first` to `last`, both included; empty where `last` is before `first`."""
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1
    return tuple(add_months(first, number) for number in range(count))
