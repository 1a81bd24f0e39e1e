"""Destroying words for good: the keys of what is about one person, or of one session's notes, and with them every old copy of those keys.

The order matters. A new erasure master is written to the secret file beside the old one; one transaction records the destruction, marks the keys as
gone, empties the bodies and wraps the surviving keys under the new master; the database lets go of what it wrote over; then the old master is
forgotten. Whoever stops in between loses nothing: the next opening goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tracktwo.record.keeping import Destruction, KeysDestroyed
from tracktwo.record.keyring import BODY, MASTER
from tracktwo.record.record import Record
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.header import SealedEntry
from tracktwo.vault.secret import Secret


class NothingToDestroy(ValueError):
    """There is nothing of that kind within reach: one sentence; nothing was changed."""


class SecretKeeper(Protocol):
    """Whoever keeps the secret file."""

    def read(self) -> Secret: ...
    def write(self, secret: Secret) -> None: ...


@dataclass(frozen=True)
class Destroyed:
    """What a destruction reached."""

    keys: int
    entries: int
    rooms: tuple[str, ...]
    closed: int
    """Rooms into which this steward cannot look, so that what is in them stays: how many."""


Label = tuple[str, ...]


def erase_person(record: Record, keeper: SecretKeeper, code: str, on: date) -> Destroyed:
    """Destroy every entry about one person, whoever wrote it, and what that person said in sessions. Raises NothingToDestroy where there is nothing.

    Mentions in the free text of other entries stay: they are for a person to find and take back.
    """
    told = Destruction(keys=(), retired=(code,), what="a person's entries")
    return _destroy(record, keeper, lambda label, _room: label[-1] == code and len(label) > 2, told, on)


def destroy_notes(record: Record, keeper: SecretKeeper, session: str, part: str | None, on: date) -> Destroyed:
    """Destroy the notes of a session or of one part of it; that they were destroyed stays on record. Raises NothingToDestroy where there are none."""

    def chosen(label: Label, _room: str) -> bool:
        return label[0] == "notes" and label[2] == session and part in (None, label[3])

    return _destroy(record, keeper, chosen, Destruction(keys=(), what="a session's notes", session=session, part=part), on)


def destroy_travel_papers(record: Record, keeper: SecretKeeper, on: date) -> Destroyed:
    """Destroy what is kept of everybody's journeys: numbers of documents, flights, needs and diets in the room of those who look after them.

    Who was invited and what was said stays. Raises NothingToDestroy where nothing of the kind is kept.
    """
    return _destroy(record, keeper, lambda label, room: room == "logistics" and label[-1] != "", Destruction(keys=(), what="travel papers"), on)


def _destroy(record: Record, keeper: SecretKeeper, chosen: Callable[[Label, str], bool], told: Destruction, on: date) -> Destroyed:
    if record.secret is None:
        raise NothingToDestroy("nothing can be destroyed in a bundle: merge it into a record first")
    record.reload()
    rooms = record.keyring.rooms.values()
    doomed = {room.id: {name for name, key in record.keyring.body_keys(room.id) if chosen(key.label, room.name)} for room in rooms}
    doomed = {room: names for room, names in doomed.items() if names}
    if not doomed:
        raise NothingToDestroy("there is nothing of that kind that your keys open, so nothing was destroyed")
    entries = [sealed for sealed in record.store.entries(record.initiative) if sealed.room in doomed and _name(record, sealed) & doomed[sealed.room]]
    fresh = keeper.read().with_new_master()
    keeper.write(fresh)
    record.secret = fresh
    names = {room: record.keyring.rooms[room].name for room in doomed}
    with record.store.transaction(), _every_room(record.store):
        _name_master(record.store, fresh)
        for room, keys in sorted(doomed.items(), key=lambda item: names[item[0]]):
            body = told.model_copy(update={"keys": tuple(sorted(key.hex() for key in keys))})
            record.append([KeysDestroyed(on=on, lamport=0, room=names[room], body=body)])
        record.store.put_keys(record.initiative, [KeyRow(BODY, room + key, None) for room, keys in doomed.items() for key in keys])
        record.store.forget_bodies(entries)
        for initiative in record.store.initiatives():
            _wrap_anew(record.store, fresh, initiative)
    finish(record.store, keeper)
    record.secret = keeper.read()
    record.reload()
    every = set(record.store.rooms(record.initiative))
    reached = sum(len(keys) for keys in doomed.values())
    return Destroyed(reached, len(entries), tuple(sorted(names.values())), len(every - set(record.keyring.rooms)))


@contextmanager
def _every_room(store: Store) -> Iterator[None]:
    """Keep everybody from writing anywhere, so that no key is wrapped under a master that is about to go."""
    with ExitStack() as locks:
        for initiative in store.initiatives():
            for room in sorted(store.rooms(initiative)):
                locks.enter_context(store.appending(initiative, room, bytes(16)))
        yield


def _name_master(store: Store, secret: Secret) -> None:
    for initiative in store.initiatives():
        store.put_keys(initiative, [KeyRow(MASTER, b"", secret.newest_name)])


def _name(record: Record, sealed: SealedEntry) -> set[bytes]:
    """The ids of the body key that an entry may have been written under."""
    room = record.keyring.rooms[sealed.room]
    if room.box:
        return {sealed.key_id}
    return {epoch.key.veiled(sealed.key_id, sealed.replica, sealed.seq) for epoch in room.numbered(sealed.epoch)}


def _wrap_anew(store: Store, secret: Secret, initiative: bytes) -> None:
    """Wrap every body key that is left under the newest master; no room's key is needed for it."""
    rows = (row for row in store.keys(initiative, BODY) if row.value is not None and not secret.newest(row.value))
    store.put_keys(initiative, [KeyRow(BODY, row.id, secret.wrap(secret.unwrap(row.value or b"", row.id), row.id)) for row in rows])


def finish(store: Store, keeper: SecretKeeper) -> None:
    """Finish a destruction that stopped half way, if there is one: wrap what is left, let the database let go, forget the old master."""
    secret = keeper.read()
    if len(secret.masters) == 1:
        return
    with store.transaction(), _every_room(store):
        _name_master(store, secret)
        for initiative in store.initiatives():
            _wrap_anew(store, secret, initiative)
    store.settle()
    keeper.write(secret.settled())


def obey(record: Record) -> int:
    """Destroy here what the record says was destroyed, after a merge brought it: keys first, then bodies. Returns how many entries it emptied."""
    destroyed = record.read().destroyed
    present = [
        KeyRow(BODY, room + name, None) for room, name in sorted(destroyed) if record.store.key(record.initiative, BODY, room + name) is not None
    ]
    rooms = {room for room, _ in destroyed}
    doomed = [
        sealed
        for sealed in record.store.entries(record.initiative)
        if sealed.room in rooms and sealed.body is not None and any((sealed.room, name) in destroyed for name in _name(record, sealed))
    ]
    if present or doomed:
        with record.store.transaction():
            record.store.put_keys(record.initiative, present)
            record.store.forget_bodies(doomed)
        record.store.settle()
        record.reload()
    return len(doomed)
