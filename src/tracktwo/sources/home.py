"""The user's own downloads: recognised by what is in them, kept under TRACKTWO_HOME/sources with who published them and for which day they speak."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from tracktwo.model.world import SourceState
from tracktwo.sources.countries import load_countries
from tracktwo.sources.gazetteer import GEONAMES_FIELDS, TOWN_COLUMNS, Gazetteer
from tracktwo.sources.ged import EventFile, split_events
from tracktwo.sources.passports import PASSPORT_COLUMNS, PassportIndex
from tracktwo.sources.table import GZIP_MAGIC, Table, UnreadableSource, header_of, open_text, provenance_of, read_records
from tracktwo.sources.ucdp import CONFLICT_COLUMNS, DEATH_COLUMNS, DYAD_COLUMNS, EVENT_COLUMNS, read_conflicts, read_deaths, read_dyads

Dataset = Literal["conflicts", "dyads", "deaths", "events", "passports", "towns"]
_UCDP = "Uppsala Conflict Data Program"
_UCDP_URL = "https://ucdp.uu.se/downloads/"
_CC_BY = "CC-BY-4.0"
_EVENTS = "events"
_ZIP_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True)
class Recognised:
    """What a file turned out to be, by its content."""

    name: Dataset
    publisher: str
    dataset: str
    licence: str
    url: str
    version: str | None
    """As the file states it; None where it states none."""
    speaks_until: date | None
    """The last day that the rows cover, where they have dates."""
    rows: int
    dump: bool = False
    """True for a GeoNames dump: separated by tabs, without a header."""


@dataclass(frozen=True)
class OwnSource:
    """One file of the user's own, as it is kept."""

    name: Dataset
    table: Table
    sha256: str
    event_countries: tuple[str, ...] = ()
    dump: bool = False

    def events(self, country: str) -> Table:
        """Return the table with the events of one country."""
        return Table(self.table.path.parent / f"{_stem(self.table.path.name)}.events" / f"{country}.csv.gz", self.table.provenance)


def recognise(path: Path) -> Recognised:
    """Say what a file is, and read it through once. Raises UnreadableSource with what is wrong and what would be right."""
    with tempfile.TemporaryDirectory() as scratch:
        return _recognise(path, Path(scratch))[0]


def _recognise(path: Path, scratch: Path) -> tuple[Recognised, EventFile | None]:
    """As `recognise`; of an event file the tables by country are left in `scratch`/events, since reading it once takes long enough."""
    if path.is_file() and path.stat().st_size == 0:
        raise UnreadableSource(f"{path.name} is empty; download it anew")
    if _starts_with(path, _ZIP_MAGIC):
        raise UnreadableSource(f"{path.name} is a zip archive or a spreadsheet; unpack it, or save the table as CSV, and give the .csv file")
    header = set(header_of(path))
    if set(EVENT_COLUMNS) <= header:
        split = split_events(path, scratch / _EVENTS, load_countries().from_gleditsch_ward)
        events = Recognised("events", _UCDP, "UCDP Georeferenced Event Dataset", _CC_BY, _UCDP_URL, None, split.last_day, split.rows)
        return events, split
    for columns, reader in _READERS:
        if set(columns) <= header:
            return reader(path), None
    if _is_dump(path):
        return _towns(path, dump=True), None
    raise UnreadableSource(_unlike_all(path, header))


def _unlike_all(path: Path, header: set[str]) -> str:
    known = [EVENT_COLUMNS, *(columns for columns, _reader in _READERS)]
    near = max(known, key=lambda columns: len(header.intersection(columns)))
    missing = [column for column in near if column not in header]
    if len(missing) * 2 < len(near):
        return f"{path.name}, line 1: {_listed(missing)} missing; download the table anew as its publisher offers it"
    return (
        f"{path.name} is none of the tables that tracktwo reads: UCDP conflicts, dyads, country-years or events, passport-index-tidy-iso3, "
        "or GeoNames towns, as .csv or .csv.gz"
    )


def add_source(path: Path, home: Path, *, as_of: date) -> SourceState:
    """Keep a copy of a downloaded table under `home`/sources and return its state.

    `as_of` is the day of the download. A table that covers days or years speaks for the last of them, or for `as_of` where that is earlier.
    Nothing is kept of a file that cannot be read. Raises UnreadableSource; OSError where the folder cannot be written.
    """
    (home / "sources").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home / "sources", prefix=".adding-") as staging:
        found, split = _recognise(path, Path(staging))
        entry = _note(path, found, split, as_of)
        folder = home / "sources" / found.name
        folder.mkdir(exist_ok=True)
        stem = _stem(entry["file"])
        if split is not None:
            shutil.rmtree(folder / f"{stem}.events", ignore_errors=True)
            (Path(staging) / _EVENTS).replace(folder / f"{stem}.events")
        shutil.copyfile(path, Path(staging) / entry["file"])
        _put(Path(staging) / entry["file"], folder)
        (Path(staging) / f"{stem}.json").write_text(json.dumps(entry, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        _put(Path(staging) / f"{stem}.json", folder)  # last, since a source counts from when its note is there
    return SourceState(found.name, "ready", provenance_of(entry, own_download=True), None, found.rows)


def _note(path: Path, found: Recognised, split: EventFile | None, as_of: date) -> dict[str, Any]:
    digest = _sha256(path)
    speaks = min(found.speaks_until, as_of) if found.speaks_until else as_of
    return {
        "format": "source/1", "name": found.name, "publisher": found.publisher, "dataset": found.dataset, "licence": found.licence,
        "url": found.url, "version": found.version or f"added {as_of.isoformat()}", "as_of": speaks.isoformat(), "obtained": as_of.isoformat(),
        "sha256": digest, "rows": found.rows, "file": digest[:16] + (".csv.gz" if _starts_with(path, GZIP_MAGIC) else ".csv"), "dump": found.dump,
        "event_countries": list(split.countries) if split is not None else [],
    }  # fmt: skip


def own_sources(home: Path) -> tuple[tuple[OwnSource, ...], tuple[SourceState, ...]]:
    """Return the user's own sources, and a state with a reason for each that can no longer be read. Newest first within a data set."""
    found: list[OwnSource] = []
    faults: list[SourceState] = []
    for note in sorted((home / "sources").glob("*/*.json")):
        try:
            found.append(_own_source(note))
        except UnreadableSource as error:
            faults.append(SourceState(f"{note.parent.name}/{note.name}", "unreadable", None, str(error)))
    found.sort(key=lambda own: (own.name, newness(own.table), own.sha256), reverse=True)
    return tuple(found), tuple(faults)


def newness(table: Table) -> tuple[date, tuple[int, ...]]:
    """Return what orders tables of one data set: the day they speak for, then the version."""
    numbers = "".join(letter if letter.isdecimal() else " " for letter in table.provenance.version).split()
    return table.provenance.as_of, tuple(int(number) for number in numbers)


_CHECKED_BYTES = 64 << 20
"""Larger files are not hashed at every start, only when they are added."""


def _own_source(note: Path) -> OwnSource:
    try:
        entry = json.loads(note.read_text(encoding="utf-8"))
        provenance = provenance_of(entry, own_download=True)
        table = Table(note.parent / entry["file"], provenance, int(entry["rows"]))
        own = OwnSource(entry["name"], table, entry["sha256"], tuple(entry.get("event_countries", ())), bool(entry.get("dump")))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UnreadableSource(f"{note} does not describe a source; add the file again with 'tracktwo sources add'") from error
    if not table.path.is_file():
        raise UnreadableSource(f"{table.path} is gone; add the file again with 'tracktwo sources add'")
    if table.path.stat().st_size <= _CHECKED_BYTES and _sha256(table.path) != own.sha256:
        raise UnreadableSource(f"{table.path} was changed after it was added; add the file again with 'tracktwo sources add'")
    return own


def _conflicts(path: Path) -> Recognised:
    rows = read_conflicts(_plain_table(path), load_countries().from_gleditsch_ward)
    return _ucdp("conflicts", "UCDP/PRIO Armed Conflict Dataset", path, max(row.year for row in rows), len(rows))


def _dyads(path: Path) -> Recognised:
    rows = read_dyads(_plain_table(path), load_countries().from_gleditsch_ward)
    return _ucdp("dyads", "UCDP Dyadic Dataset", path, max(row.year for row in rows), len(rows))


def _deaths(path: Path) -> Recognised:
    found = read_deaths(_plain_table(path), load_countries().from_gleditsch_ward)
    years = [row.year for rows in found.values() for row in rows]
    return _ucdp("deaths", "UCDP Organized Violence Country-Year Dataset", path, max(years), len(years))


def _ucdp(name: Dataset, dataset: str, path: Path, last_year: int, rows: int) -> Recognised:
    return Recognised(name, _UCDP, dataset, _CC_BY, _UCDP_URL, _version(path), date(last_year, 12, 31), rows)


def _passports(path: Path) -> Recognised:
    table = _plain_table(path)
    rows = PassportIndex(table).check()
    url = "https://github.com/ilyankou/passport-index-dataset"
    return Recognised("passports", "Passport Index", "Passport Index data set (I. Ilyankou)", "MIT", url, None, None, rows)


def _towns(path: Path, *, dump: bool = False) -> Recognised:
    rows = Gazetteer(_plain_table(path), {country.alpha2: country.alpha3 for country in load_countries()}.get, dump).check()
    return Recognised("towns", "GeoNames", "Towns", _CC_BY, "https://www.geonames.org/", None, None, rows, dump)


_READERS: tuple[tuple[tuple[str, ...], Callable[[Path], Recognised]], ...] = (
    (DEATH_COLUMNS, _deaths),
    (CONFLICT_COLUMNS, _conflicts),
    (DYAD_COLUMNS, _dyads),
    (PASSPORT_COLUMNS, _passports),
    (TOWN_COLUMNS, _towns),
)
"""The columns by which a table is known, besides event files."""


def _is_dump(path: Path) -> bool:
    with open_text(path) as file:
        values = next(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), [])
    return len(values) == GEONAMES_FIELDS and values[0].isdecimal()


def _version(path: Path) -> str | None:
    if "version" not in header_of(path):
        return None
    versions = {value.strip() for _line, (value,) in read_records(path, ("version",))}
    return versions.pop() if len(versions) == 1 else None


def _plain_table(path: Path) -> Table:
    nothing = {"publisher": "", "dataset": "", "version": "", "as_of": "1970-01-01", "licence": ""}
    return Table(path, provenance_of(nothing, own_download=True))


def _starts_with(path: Path, magic: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(magic)) == magic
    except FileNotFoundError:
        raise UnreadableSource(f"{path} does not exist") from None
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror}") from error


def _put(fresh: Path, folder: Path) -> None:
    """Move a file that was written on the same disk into its place, whole or not at all."""
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(folder / fresh.name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stem(name: str) -> str:
    return name.split(".", 1)[0]


def _listed(columns: list[str]) -> str:
    return f"the column {columns[0]} is" if len(columns) == 1 else f"the columns {', '.join(columns)} are"
