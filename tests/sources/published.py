"""The published hours of prayer that travel with the tests; see prayer_tables/README.md."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).with_name("prayer_tables")
PRAYERS = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")


@dataclass(frozen=True)
class Place:
    city: str
    method: str
    latitude: float
    longitude: float
    zone: str
    shadow: int


@dataclass(frozen=True)
class Row:
    day: date
    times: tuple[datetime, ...]
    """In the order of PRAYERS, in the zone of the place."""


def places() -> list[Place]:
    with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        return [
            Place(row["city"], row["method"], float(row["latitude"]), float(row["longitude"]), row["zone"], int(row["shadow"]))
            for row in csv.DictReader(file)
        ]


def rows(place: Place) -> Iterator[Row]:
    zone = ZoneInfo(place.zone)
    with (FOLDER / "times.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["city"] == place.city:
                times = tuple(datetime.strptime(f"{row['date']} {row[prayer]}", "%Y-%m-%d %H:%M").replace(tzinfo=zone) for prayer in PRAYERS)
                yield Row(date.fromisoformat(row["date"]), times)
