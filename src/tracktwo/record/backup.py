"""Backups of a home, as a command and never as a copy of its files: entries, which are added and kept, and keys and votes, which are replaced.

What was destroyed stays destroyed: body keys lie in a backup as they lie in the database, under the erasure master, and once that has changed an
older backup of the keys opens nothing. The secret file is not part of a backup. Without it a backup of keys opens nothing either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tracktwo.record import ballot_file
from tracktwo.record.bundle import Bundle, NotABundle, read_backup, read_bundle, to_backup
from tracktwo.record.home import Home, HomeError, write_whole
from tracktwo.record.keyring import BODY, MASTER
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import Secret

KEPT_KEYRINGS = 3
KEPT_DAYS = 30
_ENTRIES = re.compile(r"entries-(\d{4,})\.t2")
_KEYRING = re.compile(r"keyring-(\d{4}-\d\d-\d\d)-(\d\d)\.t2")


@dataclass(frozen=True)
class BackedUp:
    """What a backup wrote for one initiative."""

    initiative: bytes
    entries: int
    """New since the last backup into this folder."""
    files: tuple[Path, ...]
    dropped: tuple[Path, ...]
    """Older backups of the keys that were deleted: more than three, or older than thirty days."""


def back_up(store: Store, folder: Path, day: date) -> tuple[BackedUp, ...]:
    """Back up every record of a store into a folder of its own each. Raises HomeError, StoreError, NotABundle."""
    return tuple(_back_up_one(store, initiative, folder / initiative.hex(), day) for initiative in store.initiatives())


def _back_up_one(store: Store, initiative: bytes, folder: Path, day: date) -> BackedUp:
    older = _numbered(folder)
    have = {entry[:4] for path in older for entry in read_bundle(path).entries}
    with store.transaction():  # both of one moment
        entries = tuple(entry for entry in store.entries(initiative) if entry[:4] not in have)
        keys, ballots = store.keys(initiative), store.ballots(initiative)
    files = []
    if entries or not older:
        number = int(_ENTRIES.fullmatch(older[-1].name)[1]) + 1 if older else 1  # type: ignore[index]
        files.append(folder / f"entries-{number:04d}.t2")
        write_whole(files[-1], Bundle(initiative, entries, ()).to_bytes())
    today = [path for path in _keyrings(folder) if f"-{day.isoformat()}-" in path.name]
    files.append(folder / f"keyring-{day.isoformat()}-{len(today) + 1:02d}.t2")
    write_whole(files[-1], to_backup(initiative, keys))
    votes = folder / ballot_file.NAME
    if ballots or votes.exists():
        files.append(votes)
        write_whole(votes, ballot_file.to_file(initiative, ballots))
    return BackedUp(initiative, len(entries), tuple(files), _drop(folder, day))


def _drop(folder: Path, day: date) -> tuple[Path, ...]:
    """Delete backups of keys beyond the newest three, and those of more than thirty days ago but for the newest."""
    found = _keyrings(folder)
    old = [path for path in found[:-1] if _day_of(path) < day - timedelta(days=KEPT_DAYS)]
    doomed = tuple(dict.fromkeys([*found[:-KEPT_KEYRINGS], *old]))
    try:
        for path in doomed:
            path.unlink()
    except OSError as error:
        raise HomeError(f"{path} cannot be deleted: {error.strerror or error}") from error
    return doomed


def _day_of(path: Path) -> date:
    found = _KEYRING.fullmatch(path.name)
    return date.fromisoformat(found[1]) if found else date.min


def _numbered(folder: Path) -> list[Path]:
    found = [path for path in folder.glob("entries-*.t2") if _ENTRIES.fullmatch(path.name)]
    return sorted(found, key=lambda path: (len(path.name), path.name))


def _keyrings(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("keyring-*.t2") if _KEYRING.fullmatch(path.name))


@dataclass(frozen=True)
class Restored:
    """What a restore brought into an empty home."""

    initiative: bytes
    entries: int
    keys_of: date
    without_key: int
    """Body keys that no longer open: they were destroyed after this backup of the keys, or the secret file is another one."""


def restore(home: Home, store: Store, folder: Path) -> tuple[Restored, ...]:
    """Restore every record of a backup that the store does not have. Old entries and the newest keys fit together; a newer copy stays as it is.

    Raises NotABundle, CannotOpen where the secret file opens none of the keys, StoreError.
    """
    places = sorted({path.parent for path in folder.glob("*/keyring-*.t2")} | ({folder} if _keyrings(folder) else set()))
    if not places:
        raise NotABundle(f"{folder} holds no backup: there should be a folder for each record with entries-0001.t2 and a keyring in it")
    secret = home.secret.read()
    return tuple(_restore_one(home, store, secret, place) for place in places)


def _restore_one(home: Home, store: Store, secret: Secret, place: Path) -> Restored:
    bundles = [read_bundle(path) for path in _numbered(place)]
    newest = _keyrings(place)[-1]
    initiative, stored = read_backup(newest)
    keys = [row for row in stored if row.kind != MASTER]  # it names the master of that day, which may be gone
    if any(bundle.initiative != initiative for bundle in bundles):
        raise NotABundle(f"{place} mixes the backups of two records")
    if initiative in store.initiatives():
        raise NotABundle(f"the record in {place} is here already; a backup restores into a home that does not have it")
    bodies = [row for row in keys if row.kind == BODY and row.value is not None]
    dead = sum(not _opens(secret, row) for row in bodies)
    if bodies and dead == len(bodies):
        raise CannotOpen(
            f"{home.secret.path} is not the secret file of this backup: it opens none of its keys. Put the right one there and say it again"
        )
    entries = [entry for bundle in bundles for entry in bundle.entries]
    votes = place / ballot_file.NAME
    ballots = ballot_file.from_file(votes.read_bytes(), initiative) if votes.exists() else ()
    with store.transaction():
        merged = store.merge(initiative, entries, keys)
        for ballot in ballots:
            store.put_ballot(initiative, *ballot)
    home.forget_copies(initiative)
    home.forget_seen(initiative)
    return Restored(initiative, merged.entries, _day_of(newest), dead)


def _opens(secret: Secret, row: KeyRow) -> bool:
    try:
        secret.unwrap(row.value or b"", row.id)
    except CannotOpen:
        return False
    return True
