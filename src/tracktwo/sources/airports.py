"""Reader of airports: which towns can be reached by air, from the shipped table or the user's own download."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracktwo.model.world import Airport
from tracktwo.sources.row import Row
from tracktwo.sources.table import Resolve, Table, TableOfCountries, UnreadableSource, header_of, open_text, shipped_table

AIRPORT_COLUMNS = ("iata", "name", "city", "country", "latitude", "longitude")
"""The table that ships with tracktwo."""
OURAIRPORTS_COLUMNS = ("iata_code", "name", "municipality", "iso_country", "latitude_deg", "longitude_deg", "type", "scheduled_service")
IATA_COLUMNS = ("code", "name", "city", "country", "latitude", "longitude", "icao", "type")
"""The table of L. Xndrblz and A. Bilz, https://github.com/lxndrblz/Airports."""
_OPENFLIGHTS = (4, 1, 2, 3, 6, 7)
"""Places of the same six values in a line of OpenFlights' airports.dat, which has 14 fields and no header."""
OPENFLIGHTS_FIELDS = 14
_NULL = "\\N"
_SMALL = frozenset({"closed", "heliport", "seaplane_base", "balloonport"})
_CODE = re.compile(r"[A-Z0-9]{3}")


@dataclass(frozen=True)
class Airports(TableOfCountries):
    """Airports with an IATA code, read when the first is asked for. All methods may raise UnreadableSource."""

    @functools.cached_property
    def all(self) -> tuple[Airport, ...]:
        """Every airport in a country that is known here, by IATA code."""
        found = [airport for row in _rows(self.table) if (airport := self._airport(row)) is not None]
        if not found:
            raise UnreadableSource(f"{self.table.path.name} holds no airport with an IATA code; download it anew")
        return tuple(sorted(found, key=lambda airport: airport.iata))

    @functools.cached_property
    def lines(self) -> int:
        """How many rows the table has, those without a code included."""
        return sum(1 for _ in _rows(self.table))

    def _airport(self, row: Row) -> Airport | None:
        code = row["iata"]
        if code in ("", _NULL):
            return None
        if not _CODE.fullmatch(code):
            raise row.wrong("iata", "a code of three letters, for instance BGF")
        country = self._country(row["country"])
        if country is None:
            return None
        return Airport(code, row["name"], row["city"].replace(_NULL, ""), country, row.degrees("latitude", 90), row.degrees("longitude", 180))

    def _country(self, text: str) -> str | None:
        if text not in self._countries:
            self._countries[text] = self.resolve(text)
        return self._countries[text]

    @functools.cached_property
    def _countries(self) -> dict[str, str | None]:
        return {}


def is_openflights(path_text: str) -> bool:
    """True where the first line of a file is one of OpenFlights' airports.dat."""
    try:
        values = next(csv.reader([path_text]), [])
    except csv.Error:
        return False
    return len(values) == OPENFLIGHTS_FIELDS and values[0].isdecimal() and values[12] in ("airport", "station", "port", "unknown")


def _rows(table: Table) -> Iterator[Row]:
    header = header_of(table.path)
    name = table.path.name
    if set(AIRPORT_COLUMNS) <= set(header):
        for line, values in table.records(AIRPORT_COLUMNS):
            yield Row(name, line, AIRPORT_COLUMNS, values)
    elif set(OURAIRPORTS_COLUMNS) <= set(header):
        for line, (*values, kind, _scheduled) in table.records(OURAIRPORTS_COLUMNS):
            if kind not in _SMALL:
                yield Row(name, line, AIRPORT_COLUMNS, values)
    elif set(IATA_COLUMNS) <= set(header):
        for line, (*values, _icao, _kind) in table.records(IATA_COLUMNS):
            yield Row(name, line, AIRPORT_COLUMNS, values)
    else:
        yield from _openflights(table)


def _openflights(table: Table) -> Iterator[Row]:
    name = table.path.name
    with open_text(table.path) as file:
        reader = csv.reader(file)
        try:
            for values in reader:
                if len(values) != OPENFLIGHTS_FIELDS:
                    place = f"{name}, line {reader.line_num}"
                    raise UnreadableSource(
                        f"{place}: {len(values)} fields instead of {OPENFLIGHTS_FIELDS}; the file may be cut off, download it anew"
                    )
                if values[12] == "airport":
                    yield Row(name, reader.line_num, AIRPORT_COLUMNS, [values[place] for place in _OPENFLIGHTS])
        except (csv.Error, UnicodeError, EOFError, OSError) as error:
            raise UnreadableSource(f"{name}, line {reader.line_num + 1}: not readable ({error}); download the file anew") from error


def load_airports(resolve: Resolve) -> Airports:
    """Return the airports that ship with tracktwo. Nothing is read yet."""
    return Airports(shipped_table("openflights", "airports"), resolve)
