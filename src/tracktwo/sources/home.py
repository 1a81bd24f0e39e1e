"""The user's own downloads: kept under TRACKTWO_HOME/sources with who published them and for which day they speak."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tracktwo.model.world import SourceState
from tracktwo.sources.recognise import EVENTS, LISTS, Dataset, Recognised, recognise_into
from tracktwo.sources.table import GZIP_MAGIC, Table, UnreadableSource, provenance_of, starts_with


@dataclass(frozen=True)
class OwnSource:
    """One file of the user's own, as it is kept."""

    name: Dataset
    table: Table
    sha256: str
    part: str | None = None
    """As in `Recognised`."""
    remark: str | None = None
    event_countries: tuple[str, ...] = ()

    @property
    def dump(self) -> bool:
        """True for a GeoNames dump."""
        return self.part == "dump"

    def events(self, country: str) -> Table:
        """Return the table with the events of one country."""
        return Table(self.table.path.parent / f"{_stem(self.table.path.name)}.events" / f"{country}.csv.gz", self.table.provenance)


def add_source(path: Path, home: Path, *, as_of: date) -> SourceState:
    """Keep a copy of a downloaded table under `home`/sources and return its state.

    `as_of` is the day of the download. A table that covers days or years speaks for the last of them, or for `as_of` where that is earlier.
    Nothing is kept of a file that cannot be read. Raises UnreadableSource; OSError where the folder cannot be written.
    """
    (home / "sources").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home / "sources", prefix=".adding-") as staging:
        found = recognise_into(path, Path(staging))
        entry = _note(path, found, as_of)
        folder = home / "sources" / found.name
        folder.mkdir(exist_ok=True)
        stem = entry["file"].partition("/")[0] if found.name == LISTS else _stem(entry["file"])
        if found.events is not None:
            shutil.rmtree(folder / f"{stem}.events", ignore_errors=True)
            (Path(staging) / EVENTS).replace(folder / f"{stem}.events")
        for kept, original in {entry["file"]: path, **{f"{stem}/{one.name}": one for one in found.beside}}.items():
            (Path(staging) / kept).parent.mkdir(exist_ok=True)
            (folder / kept).parent.mkdir(exist_ok=True)
            shutil.copyfile(original, Path(staging) / kept)
            _put(Path(staging) / kept, (folder / kept).parent)
        (Path(staging) / f"{stem}.json").write_text(json.dumps(entry, indent=2, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
        _put(Path(staging) / f"{stem}.json", folder)  # last, since a source counts from when its note is there
    return SourceState(found.name, "ready", provenance_of(entry, own_download=True), found.remark, found.rows)


def _note(path: Path, found: Recognised, as_of: date) -> dict[str, Any]:
    digest = _sha256(path)
    beside = {one.name: _sha256(one) for one in found.beside}
    speaks = min(found.speaks_until, as_of) if found.speaks_until else as_of
    return {
        "format": "source/1", "name": found.name, "publisher": found.publisher, "dataset": found.dataset, "licence": found.licence,
        "url": found.url, "version": found.version or f"added {as_of.isoformat()}", "as_of": speaks.isoformat(), "obtained": as_of.isoformat(),
        "sha256": digest, "rows": found.rows, "part": found.part, "remark": found.remark,
        "file": _kept_name(path, found, digest, beside), "bytes": path.stat().st_size, "beside": beside,
        "event_countries": list(found.events.countries) if found.events is not None else [],
    }  # fmt: skip


def _kept_name(path: Path, found: Recognised, digest: str, beside: dict[str, str]) -> str:
    """How the copy is named: by its content; a list in a folder of its own, under its own name, by which its other files are found."""
    if found.name == LISTS:
        whole = hashlib.sha256("".join([digest, *sorted(beside.values())]).encode()).hexdigest()
        return f"{whole[:16]}/{path.name}"
    return digest[:16] + found.suffix + (".gz" if starts_with(path, GZIP_MAGIC) else "")


def own_sources(home: Path, name: str = "*") -> tuple[tuple[OwnSource, ...], tuple[SourceState, ...]]:
    """Return the user's own sources, of all data sets or of one, and a state with a reason for each that can no longer be read.

    Newest first within a data set.
    """
    found: list[OwnSource] = []
    faults: list[SourceState] = []
    for note in sorted((home / "sources").glob(f"{name}/*.json")):
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
"""Larger files are not hashed at every start, only when they are added; nor are lists, of which there may be many: those when they are read."""


def _own_source(note: Path) -> OwnSource:
    try:
        entry = json.loads(note.read_text(encoding="utf-8"))
        provenance = provenance_of(entry, own_download=True)
        table = Table(note.parent / entry["file"], provenance, int(entry["rows"]))
        part = "dump" if entry.get("dump") else entry.get("part")  # notes written before there were parts
        own = OwnSource(entry["name"], table, entry["sha256"], part, entry.get("remark"), tuple(entry.get("event_countries", ())))
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise UnreadableSource(f"{note} does not describe a source; add the file again with 'tracktwo sources add'") from error
    if not table.path.is_file():
        raise UnreadableSource(f"{table.path} is gone; add the file again with 'tracktwo sources add'")
    same = table.path.stat().st_size == entry.get("bytes") if own.name == LISTS else _is_whole(table.path, own.sha256)
    if not same:
        raise UnreadableSource(f"{table.path} was changed after it was added; add the file again with 'tracktwo sources add'")
    return own


def _is_whole(path: Path, digest: str) -> bool:
    return path.stat().st_size > _CHECKED_BYTES or _sha256(path) == digest


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
