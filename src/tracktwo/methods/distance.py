"""Distance between two points on the earth."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""


def distance_km(latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float) -> float:
    """Return the great-circle distance in km between two points in degrees; the earth is taken as a ball, so the error stays below 0.6 %.

    Method: the haversine formula (R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68, 1984).
    """
    phi_1, phi_2 = radians(latitude_1), radians(latitude_2)
    half_phi, half_lambda = (phi_2 - phi_1) / 2, radians(longitude_2 - longitude_1) / 2
    chord = sin(half_phi) ** 2 + cos(phi_1) * cos(phi_2) * sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


Place = TypeVar("Place")


def nearest(
    latitude: float, longitude: float, places: Iterable[Place], where: Callable[[Place], tuple[float, float]], limit: int
) -> tuple[tuple[int, Place], ...]:
    """Return the `limit` places nearest to a point in degrees with their distance in whole km, the nearest first; of equals the earlier one.

    `where` gives latitude and longitude of a place. O(n) distances.
    """
    measured = ((distance_km(latitude, longitude, *where(place)), number, place) for number, place in enumerate(places))
    return tuple((round(kilometres), place) for kilometres, _number, place in heapq.nsmallest(limit, measured, key=lambda item: item[:2]))
