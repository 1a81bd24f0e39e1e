"""The snapshots of lists that the user keeps: which there are, without reading them, and the reading of one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tracktwo.model.listing import ListSnapshot
from tracktwo.sources.home import OwnSource, own_sources
from tracktwo.sources.lists.reading import read_list
from tracktwo.sources.lists.stored import read_back, write_down
from tracktwo.sources.recognise import LISTS
from tracktwo.sources.table import UnreadableSource

_READ = ".read"
"""How a file is named that holds a list as it was read, beside the folder of the list itself."""


@dataclass(frozen=True)
class KeptList:
    """One snapshot as it is kept."""

    key: str
    path: Path
    as_of: date
    """The day that the file states, or that of the download where that is earlier or nothing is stated."""
    sha256: str
    publisher: str
    dataset: str
    entries: int
    source: OwnSource


def snapshots(home: Path) -> tuple[KeptList, ...]:
    """Return the snapshots that can be read, by key, the newest of each first. No list is opened; damage shows when one is loaded."""
    found, _faults = own_sources(home, LISTS)
    return of_sources(found)


def of_sources(own: Iterable[OwnSource]) -> tuple[KeptList, ...]:
    """Return those of the user's sources that are lists, by key, the newest of each first."""
    kept = [_kept(source) for source in own if source.name == LISTS]
    kept.sort(key=lambda one: (one.as_of, one.sha256), reverse=True)
    return tuple(sorted(kept, key=lambda one: one.key))


def newest(kept: Iterable[KeptList]) -> tuple[KeptList, ...]:
    """Return of each list the newest snapshot."""
    first: dict[str, KeptList] = {}
    for one in kept:
        first.setdefault(one.key, one)
    return tuple(first.values())


def load(kept: KeptList) -> ListSnapshot:
    """Return the snapshot; what was once read of it is written down beside it, since a large list takes long to read.

    Raises UnreadableSource where the file, or one that belongs to it, was changed or lost since it was added.
    """
    for name, digest in {kept.path.name: kept.sha256, **_beside(kept)}.items():
        path = kept.path.parent / name
        if not path.is_file() or _sha256(path) != digest:
            raise UnreadableSource(f"{path} was changed or lost after it was added; add the file again with 'tracktwo sources add'")
    written = kept.path.parent.with_suffix(_READ)
    found = _read_back(written)
    if found is None:
        found = read_list(kept.path, as_of=kept.as_of)
        with suppress(OSError):  # where nothing can be written, it is read again the next time
            fresh = written.with_suffix(f".{os.getpid()}.new")
            fresh.write_bytes(write_down(found))
            fresh.replace(written)
    return replace(found, file=kept.path.name, as_of=kept.as_of, sha256=kept.sha256)


def _read_back(written: Path) -> ListSnapshot | None:
    try:
        return read_back(written.read_bytes())
    except OSError:
        return None


def _kept(source: OwnSource) -> KeptList:
    provenance = source.table.provenance
    return KeptList(
        key=source.part or "",
        path=source.table.path,
        as_of=provenance.as_of,
        sha256=source.sha256,
        publisher=provenance.publisher,
        dataset=provenance.dataset,
        entries=source.table.rows or 0,
        source=source,
    )


def _beside(kept: KeptList) -> dict[str, str]:
    note = kept.path.parent.with_suffix(".json")
    try:
        beside: dict[str, str] = json.loads(note.read_text(encoding="utf-8"))["beside"]
        return {Path(name).name: str(digest) for name, digest in beside.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSource(f"{note} does not describe a list; add the file again with 'tracktwo sources add'") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
