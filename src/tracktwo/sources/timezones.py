"""The time zone of a place, from the zone table of the IANA time zone database (public domain, shipped by tzdata)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COORDINATES = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?([+-])(\d{3})(\d\d)(\d\d)?")
"""ISO 6709 as zone.tab writes it: latitude ±DDMM or ±DDMMSS, then longitude ±DDDMM or ±DDDMMSS."""


@cache
def _zones() -> dict[str, tuple[tuple[str, float, float], ...]]:
    """Alpha-2 code → (zone, latitude, longitude) of its zones."""
    found: dict[str, list[tuple[str, float, float]]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, where, zone = line.split("\t")[:3]
            match = _COORDINATES.fullmatch(where)
            assert match is not None, f"zone.tab of tzdata has coordinates of another form: {where}"
            parts = match.groups(default="0")
            found.setdefault(country, []).append((zone, _degrees(*parts[:4]), _degrees(*parts[4:])))
    return {country: tuple(zones) for country, zones in found.items()}


def _degrees(sign: str, degrees: str, minutes: str, seconds: str) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds) / 3600
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
