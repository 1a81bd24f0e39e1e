"""The peer of our hours of prayer, run by an interpreter that has adhanpy: the six times of many days at places with a method.

One JSON object on stdin: `asked`, a list of latitude, longitude, ISO date, name of the method (of adhanpy's own), factor of the shadow. One on
stdout: `times` (for each six ISO datetimes in UTC, or the class of the error), `seconds` of the second of two passes, `version`.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from importlib import import_module, metadata
from typing import Any

PRAYERS = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")


def main() -> None:
    """Answer what stdin asks."""
    asked = json.load(sys.stdin)["asked"]
    times: Any = import_module("adhanpy.PrayerTimes").PrayerTimes
    methods: Any = import_module("adhanpy.calculation.CalculationMethod").CalculationMethod
    parameters: Any = import_module("adhanpy.calculation.CalculationParameters").CalculationParameters
    madhabs: Any = import_module("adhanpy.calculation.Madhab").Madhab

    def one(latitude: float, longitude: float, day: str, method: str, shadow: int) -> list[str] | str:
        chosen = parameters(method=methods[method])
        chosen.madhab = madhabs.HANAFI if shadow == 2 else madhabs.SHAFI
        try:
            found = times((latitude, longitude), datetime.fromisoformat(day).replace(tzinfo=UTC), calculation_parameters=chosen)
        except Exception as error:
            return type(error).__name__
        return [getattr(found, prayer).isoformat() for prayer in PRAYERS]

    for _ in range(2):  # the first pass is not counted
        began = time.perf_counter()
        answers = [one(*each) for each in asked]
        seconds = time.perf_counter() - began
    json.dump({"times": answers, "seconds": seconds, "version": metadata.version("adhanpy")}, sys.stdout)


if __name__ == "__main__":
    main()
