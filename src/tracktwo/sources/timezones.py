"""The time zone of a place, from the zone table of the IANA time zone database (public domain, shipped by tzdata)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


_COORDINATE = re.compile(r"([+-])(\d{2,3})(\d{2})(\d{2})?")


@cache
def _zones() -> dict[str, tuple[tuple[str, float, float], ...]]:
    """Alpha-2 code → (zone, latitude, longitude) of its zones."""
    found: dict[str, list[tuple[str, float, float]]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, where, zone = line.split("\t")[:3]
            latitude, longitude = (_degrees(*match) for match in _COORDINATE.findall(where))
            found.setdefault(country, []).append((zone, latitude, longitude))
    return {country: tuple(zones) for country, zones in found.items()}


def _degrees(sign: str, degrees: str, minutes: str, seconds: str) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -value if sign == "-" else value


def zone_of(alpha2: str, latitude: float, longitude: float) -> str | None:
    """The IANA zone of the country whose reference town is nearest to the place (degrees); None where the country has none.

    Near the line between two zones of one country this can be the wrong one: a programme says which zone it used.
    """
    zones = _zones().get(alpha2, ())
    return min(zones, key=lambda zone: (_apart(latitude, longitude, zone[1], zone[2]), zone[0]))[0] if zones else None


def _apart(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Squared distance in degrees, good enough to compare reference towns of one country; across the date line the short way."""
    east = abs(longitude - other_longitude)
    return (latitude - other_latitude) ** 2 + min(east, 360 - east) ** 2
