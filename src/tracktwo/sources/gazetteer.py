"""Towns and where they lie, from GeoNames: so that a venue, a home or an event has a place without a map service."""

from __future__ import annotations

import csv
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracktwo.model.world import Provenance, Town
from tracktwo.sources.country_names import fold
from tracktwo.sources.table import SHIPPED, Table, UnreadableSource, open_text, shipped_table

TOWN_COLUMNS = ("country", "name", "lat", "lng")
GEONAMES_FIELDS = 19
"""Fields of a line of a GeoNames dump, such as cities5000.txt, which is separated by tabs and has no header."""

Alpha2 = Callable[[str], str | None]
"""From an alpha-2 code to alpha-3; None where it is no country."""


_Row = tuple[str, str, str, int]
"""Name, latitude, longitude and line of a town."""


def _local_names() -> dict[tuple[str, str], str]:
    with open_text(SHIPPED / "tracktwo" / "town-names.csv") as file:
        return {(row["country"], fold(row["name"])): fold(row["local"]) for row in csv.DictReader(file)}


_LOCAL = _local_names()
"""Names in other languages of towns where people meet, since the table knows each town by one name."""


@dataclass(frozen=True)
class Gazetteer:
    """Towns of over 5,000 people, read when the first is asked for."""

    table: Table
    alpha3: Alpha2
    dump: bool = False
    """True for a dump of GeoNames itself, False for a CSV with country, name, lat and lng."""

    @property
    def source(self) -> Provenance:
        return self.table.provenance

    def find(self, city: str, country: str | None = None) -> tuple[Town, ...]:
        """Return the towns of that name, in a country (alpha-3) or anywhere; case and accents do not matter, and Geneva finds Genève.

        Towns written exactly so come first, then by country and place in the table. May raise UnreadableSource.
        """
        asked = fold(city)
        found: list[Town] = []
        for code in [country] if country is not None else sorted(self._rows):
            local = _LOCAL.get((code, asked), asked)
            found += [self._town(code, row) for row in self._named(code).get(local, ())]
        return tuple(sorted(found, key=lambda town: (town.name != city, town.country)))

    def towns_in(self, country: str) -> int:
        """Return how many towns the table has in a country (alpha-3). May raise UnreadableSource."""
        return len(self._rows.get(country, ()))

    def check(self) -> int:
        """Read all and return the number of towns. Raises UnreadableSource."""
        towns = [self._town(country, row) for country, rows in self._rows.items() for row in rows]
        if not towns:
            raise UnreadableSource(f"{self.table.path.name} holds no town of a known country; give a table of GeoNames towns")
        return len(towns)

    def _town(self, country: str, row: _Row) -> Town:
        name, latitude, longitude, line = row
        return Town(name, country, _degrees(latitude, 90, self.table, line), _degrees(longitude, 180, self.table, line))

    @functools.cached_property
    def _rows(self) -> dict[str, list[_Row]]:
        rows: dict[str, list[_Row]] = {}
        for line, (alpha2, name, latitude, longitude) in self._lines():
            alpha3 = self.alpha3(alpha2)
            if alpha3 is not None:
                rows.setdefault(alpha3, []).append((name, latitude, longitude, line))
        return rows

    def _named(self, country: str) -> dict[str, list[_Row]]:
        if country not in self._by_name:
            named: dict[str, list[_Row]] = {}
            for row in self._rows.get(country, ()):
                named.setdefault(fold(row[0]), []).append(row)
            self._by_name[country] = named
        return self._by_name[country]

    @functools.cached_property
    def _by_name(self) -> dict[str, dict[str, list[_Row]]]:
        return {}

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        if not self.dump:
            yield from self.table.records(TOWN_COLUMNS)
            return
        with open_text(self.table.path) as file:
            for line, values in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
                if len(values) != GEONAMES_FIELDS:
                    place = f"{self.table.path.name}, line {line}"
                    raise UnreadableSource(f"{place}: {len(values)} fields; a GeoNames dump has {GEONAMES_FIELDS}, between tabs")
                yield line, [values[8], values[1], values[4], values[5]]

    @functools.cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        places: dict[str, list[int]] = {}
        for place, row in enumerate(self._rows):
            places.setdefault(fold(row[1]), []).append(place)
        return {name: tuple(found) for name, found in places.items()}


def _degrees(text: str, limit: int, table: Table, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        raise UnreadableSource(f"{table.path.name}, line {line}: a place should lie between -{limit} and {limit} degrees, not at '{text}'")
    return value


def load_gazetteer(alpha3: Alpha2) -> Gazetteer:
    """Return the towns that ship with tracktwo; `alpha3` resolves alpha-2 codes. Nothing is read yet."""
    return Gazetteer(shipped_table("geonames", "towns"), alpha3)
