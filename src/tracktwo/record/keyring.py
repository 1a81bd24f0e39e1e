"""The keyring opened for one member: which rooms are his, in which epochs, and whether each key comes from somebody who may give it.

A database can hold keys that somebody planted. A key counts only where the epoch before it vouches for it and a steward of that epoch made it
for this reader; the first key that a reader gets must come from somebody whom the one who let him in has pinned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from tracktwo.record.entry import BOXES
from tracktwo.record.problems import Problem
from tracktwo.record.roster import Box, Reader, Roster
from tracktwo.record.store import KeyRow
from tracktwo.vault.body import Opener
from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen, packed, seal, unseal
from tracktwo.vault.rooms import Epoch, RoomKey, is_kept, keep, kept_body_key, unpacked, unwrap
from tracktwo.vault.secret import Secret
from tracktwo.vault.words import words

EPOCH, WRAP, BODY, SLOT, PIN, MASTER = range(1, 7)
"""Kinds of rows in a keyring. The last one names the erasure master of today, and is of no use outside its database."""

ROOMED, BOXED = b"\x01", b"\x02"
"""How a body key is wrapped: under a room's key, or sealed into a drop box with a copy for the writer."""


@dataclass(frozen=True)
class OpenEpoch:
    """An epoch whose key this reader holds."""

    epoch: Epoch
    key: RoomKey
    roster: Roster
    statement: bytes

    @cached_property
    def places(self) -> dict[str, tuple[int, Reader, bytes]]:
        """Member → at which place his tag stands in every entry, who he is, and his public key."""
        return {reader.member: (place, reader, bytes.fromhex(reader.key)) for place, reader in enumerate(self.roster.readers)}


class OpenRoom:
    """A room of which this reader holds at least one key."""

    def __init__(self, room: bytes) -> None:
        self.id = room
        self.epochs: dict[bytes, OpenEpoch] = {}
        self.closed_to_me = False
        """True where a later epoch is vouched for, and leaves this reader out."""
        self._numbered: dict[int, tuple[OpenEpoch, ...]] = {}

    def enter(self, opened: OpenEpoch) -> None:
        """Add an epoch."""
        self.epochs[opened.key.id] = opened
        self._numbered[opened.epoch.number] = (*self._numbered.get(opened.epoch.number, ()), opened)
        self._changed()

    def leave(self, opened: OpenEpoch) -> None:
        """Take an epoch out again that is not to be believed."""
        del self.epochs[opened.key.id]
        number = opened.epoch.number
        self._numbered[number] = tuple(other for other in self._numbered[number] if other is not opened)
        self._changed()

    def _changed(self) -> None:
        for derived in ("heads", "name", "box"):
            self.__dict__.pop(derived, None)

    def numbered(self, number: int) -> tuple[OpenEpoch, ...]:
        """The epochs of one number: one, but where two people changed the room at once."""
        return self._numbered.get(number, ())

    @cached_property
    def heads(self) -> tuple[OpenEpoch, ...]:
        """The latest epochs: one, or several after two people changed the room without knowing of each other."""
        older = {parent.id for opened in self.epochs.values() for parent in opened.epoch.parents}
        return tuple(sorted((opened for name, opened in self.epochs.items() if name not in older), key=lambda o: (o.epoch.number, o.key.id)))

    @property
    def head(self) -> OpenEpoch:
        """The latest epoch; of several the one with the highest number and id."""
        return self.heads[-1]

    @cached_property
    def name(self) -> str:
        return self.head.roster.name

    @cached_property
    def box(self) -> bool:
        """True for a drop box."""
        return bool(self.head.epoch.box)


@dataclass(frozen=True)
class BodyKey:
    """A body key, what it is for, and whether it is ours to use for more entries."""

    key: bytes
    label: tuple[str, ...]
    epoch: bytes
    """Id of the room's key that wraps it; empty for the writer's own copy of one in a drop box."""

    @cached_property
    def opener(self) -> Opener:
        """Opens the bodies that were sealed under it."""
        return Opener(self.key)


class Keyring:
    """What one member can open of the keyring of one initiative."""

    def __init__(self, rows: Iterable[KeyRow], identity: Identity, initiative: bytes, secret: Secret | None) -> None:
        """Open what can be opened. Without a `secret` body keys must be wrapped by their room alone, as in a bundle."""
        self.identity, self.initiative, self._secret = identity, initiative, secret
        self.me = identity.member.hex()
        self.rooms: dict[bytes, OpenRoom] = {}
        self.problems: list[Problem] = []
        self.rewrapped: list[KeyRow] = []
        """Wraps that were opened for the first time, now under the reader's own key: to be stored in place of the first ones."""
        self._epochs: dict[bytes, dict[bytes, Epoch]] = {}
        self._wraps: dict[tuple[bytes, bytes], bytes] = {}
        self._bodies: dict[tuple[bytes, bytes], bytes | None] = {}
        self._opened: dict[tuple[bytes, bytes], BodyKey | None] = {}
        self._by_label: dict[tuple[bytes, bytes], dict[tuple[str, ...], tuple[bytes, bytes]]] = {}
        self.pins: dict[str, set[bytes]] = {}
        """Member → public keys: of whoever let this reader in, and of himself."""
        self._remembered: set[bytes] | None = None
        """Room and id of every latest key that this reader held when he last looked; None where nothing tells."""
        self._sort(rows)
        self._open_rooms()
        self._miss()

    # Opening

    def _sort(self, rows: Iterable[KeyRow]) -> None:
        for row in rows:
            if row.kind == BODY:
                self._bodies[row.id[:16], row.id[16:]] = row.value
            elif row.value is None:
                continue
            elif row.kind == EPOCH:
                try:
                    epoch = Epoch.from_bytes(row.value)
                except CannotOpen as error:
                    self.problems.append(Problem("unreadable", f"a key of the room {words(row.id[:4])} cannot be read: {error}"))
                    continue
                if epoch.key_id == row.id[16:]:
                    self._epochs.setdefault(row.id[:16], {})[epoch.key_id] = epoch
                else:
                    self._planted(row.id[:16], "stands under the name of another key")
            elif row.kind == WRAP and row.id[32:] == self.identity.member:
                self._wraps[row.id[:16], row.id[16:32]] = row.value
            elif row.kind == PIN and row.id == self.identity.member:
                self._pin(row.value)

    def _pin(self, value: bytes) -> None:
        try:
            pinned = json.loads(unseal(self.identity.self_wrap, value, packed(b"tracktwo pins/1", self.initiative, self.identity.member)))
        except CannotOpen:
            self.problems.append(Problem("planted key", "the list of whom you trust from the start was changed; nothing in it is believed"))
            return
        for member, key in pinned["trusted"].items():
            self.pins.setdefault(member, set()).add(bytes.fromhex(key))
        self._remembered = {bytes.fromhex(head) for head in pinned["held"]}

    def _miss(self) -> None:
        """Tell of keys that this reader has held and that are gone: somebody took out the row with which they would open."""
        remembered = self._remembered or set()
        if self._remembered is None and self._wraps and not self.problems:
            self.problems.append(Problem("planted key", "the list of whom you trust from the start is gone; nobody new is believed"))
        held = {room.id + key for room in self.rooms.values() for key in room.epochs}
        for head in sorted(remembered - held):
            name = self.rooms[head[:16]].name if head[:16] in self.rooms else words(head[:4])
            self.problems.append(Problem("rolled back", f"a key of the room '{name}' that you have held is gone from the keyring, or was changed"))
        for place, key in sorted(self._wraps):
            if key not in self._epochs.get(place, {}):
                self.problems.append(Problem("unreadable", f"a key of the room {words(place[:4])} is here without what belongs to it"))
        now = {room.id + head.key.id for room in self.rooms.values() for head in room.heads} | (remembered - held)
        if self._remembered is not None and now != remembered:
            pins = {member: sorted(keys)[0] for member, keys in self.pins.items()}
            self.rewrapped.append(pins_row(self.identity, self.initiative, pins, now))

    def _open_rooms(self) -> None:
        # A roster that was opened can name the maker of a key in another room, so it goes on until nothing more opens.
        pending = {(room, name) for room, epochs in self._epochs.items() for name in epochs if (room, name) in self._wraps}
        while pending:
            before = len(pending)
            for room, name in sorted(pending, key=lambda item: (self._epochs[item[0]][item[1]].number, item)):
                try:
                    opened = self._open_wrapped(room, self._epochs[room][name])
                except CannotOpen:
                    continue
                self._enter(room, opened)
                pending.discard((room, name))
            if len(pending) == before:
                break
        for room, name in sorted(pending):
            try:
                self._open_wrapped(room, self._epochs[room][name])
            except CannotOpen as error:
                self._planted(room, f"is not believed: {error}")
        self._doubt_newcomers()
        for open_room in self.rooms.values():
            self._read_back(open_room)
            self._see_whether_closed(open_room)

    def _doubt_newcomers(self) -> None:
        """A key that nothing before it vouches for must come from somebody who is still a steward elsewhere: a former one could have made it."""
        for room in sorted(self.rooms):
            others = [head.roster for other in self.rooms.values() if other.id != room for head in other.heads]
            for head in self.rooms[room].heads:
                maker = head.epoch.maker.hex()
                orphan = bool(head.epoch.parents) and not any(parent.id in self.rooms[room].epochs for parent in head.epoch.parents)
                known = any((reader := roster.reader(maker)) and reader.steward for roster in others)
                if orphan and others and not known:
                    self._planted(room, "is not believed: who made it is a steward of no other room")  # while the room still has a name
                    self.rooms[room].leave(head)
            if not self.rooms[room].epochs:
                del self.rooms[room]

    def _open_wrapped(self, room: bytes, epoch: Epoch) -> OpenEpoch:
        held = [opened for parent in epoch.parents for opened in self._held(room, parent.id)]
        statement = epoch.statement(self.initiative, room)
        for parent in epoch.parents:
            for opened in self._held(room, parent.id):
                if not opened.key.check_vouched(statement, parent.authenticator) or opened.statement != parent.statement:
                    raise CannotOpen("the key before it does not vouch for it")
        maker = epoch.maker.hex()
        if held:
            stewards = {reader.key for opened in held for reader in opened.roster.readers if reader.steward and reader.member == maker}
            makers = [bytes.fromhex(key) for key in sorted(stewards)]
        else:
            makers = sorted(self.pins.get(maker, set()) | self._stewards(maker))
        if not makers:
            raise CannotOpen("who made it may not give the room a key")
        latest = max((opened.epoch.number for opened in held), default=0)
        if epoch.number <= latest or (len(held) == len(epoch.parents) and epoch.number != latest + 1):
            raise CannotOpen("it does not have the number that comes next")
        value = self._wraps[room, epoch.key_id]
        key = unwrap(self.identity, self.initiative, room, epoch, value, makers)
        if not is_kept(value):
            row = KeyRow(WRAP, room + epoch.key_id + self.identity.member, keep(self.identity, key, statement))
            self.rewrapped.append(row)
        roster = self._roster(key, epoch)
        if roster.reader(self.me) is None:
            raise CannotOpen("it was given to you, and you are not among those in the room")
        if any(opened.roster.name != roster.name for opened in held):
            raise CannotOpen("it gives the room another name")
        return OpenEpoch(epoch, key, roster, statement)

    def _roster(self, key: RoomKey, epoch: Epoch) -> Roster:
        try:
            roster = Roster.model_validate_json(key.open_roster(epoch.roster))
        except ValidationError as error:
            raise CannotOpen("the list of who is in the room cannot be read") from error
        if bool(epoch.box) != (roster.name in BOXES) or (epoch.box and epoch.box != key.box.public):
            raise CannotOpen("its drop box is not the one of the key")
        return roster

    def _held(self, room: bytes, name: bytes) -> Iterator[OpenEpoch]:
        opened = self.rooms[room].epochs.get(name) if room in self.rooms else None
        if opened is not None:
            yield opened

    def _stewards(self, member: str) -> set[bytes]:
        readers = (reader for room in self.rooms.values() for opened in room.epochs.values() for reader in opened.roster.readers)
        return {bytes.fromhex(reader.key) for reader in readers if reader.steward and reader.member == member}

    def _enter(self, room: bytes, opened: OpenEpoch) -> None:
        self.rooms.setdefault(room, OpenRoom(room)).enter(opened)

    def _read_back(self, room: OpenRoom) -> None:
        """Follow the links to earlier keys, where the room lets newcomers read back."""
        todo = list(room.epochs.values())
        while todo:
            later = todo.pop()
            for parent in later.epoch.parents:
                epoch = self._epochs.get(room.id, {}).get(parent.id)
                if parent.id in room.epochs or not parent.link or epoch is None:
                    continue
                try:
                    if epoch.statement(self.initiative, room.id) != parent.statement:
                        raise CannotOpen("what it stated was changed later")
                    key = later.key.follow(parent.link, parent.id, epoch.number)
                    opened = OpenEpoch(epoch, key, self._roster(key, epoch), parent.statement)
                except CannotOpen as error:
                    self._planted(room.id, f"is not believed: {error}")
                    continue
                self._enter(room.id, opened)
                todo.append(opened)

    def _see_whether_closed(self, room: OpenRoom) -> None:
        for epoch in self._epochs.get(room.id, {}).values():
            if epoch.key_id in room.epochs:
                continue
            for parent in epoch.parents:
                for opened in self._held(room.id, parent.id):
                    vouched = opened.key.check_vouched(epoch.statement(self.initiative, room.id), parent.authenticator)
                    if (room.id, epoch.key_id) in self._wraps:
                        continue  # told already: it was given to this reader, and is not believed
                    if not vouched:
                        self._planted(room.id, "is not believed: the key before it does not vouch for it")
                    elif not self._may_close(room, opened, epoch.maker.hex()):
                        self._planted(room.id, "is not believed: who made it may not give the room a key")
                    else:
                        room.closed_to_me = True

    def _may_close(self, room: OpenRoom, before: OpenEpoch, maker: str) -> bool:
        """Whether somebody who made an epoch without this reader was a steward, and still is one where the room went on otherwise."""
        rosters = [before.roster, *(head.roster for head in room.heads if before is not head)]
        return all((reader := roster.reader(maker)) and reader.steward for roster in rosters)

    def _planted(self, room: bytes, why: str) -> None:
        name = self.rooms[room].name if room in self.rooms else words(room[:4])
        self.problems.append(Problem("planted key", f"a key of the room '{name}' {why}"))

    # Looking things up

    def named(self, name: str) -> OpenRoom | None:
        """The open room of that name; of several, made on two laptops at once, the one with the lower id."""
        return next((room for _, room in sorted(self.rooms.items()) if room.name == name), None)

    def box(self, name: str) -> Box | None:
        """A drop box by its name, as the rosters of the open rooms know it: the newest."""
        found = [box for room in self.rooms.values() for head in room.heads for box in head.roster.boxes if box.name == name]
        return max(found, key=lambda box: (box.epoch, box.key), default=None)

    def keys_of(self, member: str) -> set[bytes]:
        """Every public key that a verified roster gives for a member."""
        readers = (reader for room in self.rooms.values() for opened in room.epochs.values() for reader in opened.roster.readers)
        known = {bytes.fromhex(reader.key) for reader in readers if reader.member == member}
        return known | ({self.identity.pair.public} if member == self.me else set())

    def body_key(self, room: bytes, name: bytes) -> BodyKey | None:
        """A body key by its id; None where it was destroyed or this reader cannot open it. Raises CannotOpen for one that was changed."""
        if (room, name) not in self._opened:
            self._opened[room, name] = self._open_body(room, name)
        return self._opened[room, name]

    def body_keys(self, room: bytes) -> Iterator[tuple[bytes, BodyKey]]:
        """Every body key of a room that this reader can open, with its id."""
        for place, name in list(self._bodies):
            if place == room:
                try:
                    found = self.body_key(room, name)
                except CannotOpen:
                    continue
                if found is not None:
                    yield name, found

    def reusable(self, room: bytes, epoch: bytes, label: tuple[str, ...]) -> tuple[bytes, bytes] | None:
        """(id, key) of a body key of this epoch that stands for a label already. A key of an earlier epoch is known to whoever left since."""
        if (room, epoch) not in self._by_label:
            found = {key.label: (name, key.key) for name, key in self.body_keys(room) if key.epoch == epoch}
            self._by_label[room, epoch] = found
        return self._by_label[room, epoch].get(label)

    def epoch_ids(self, room: bytes) -> frozenset[bytes]:
        """The ids of a room's epochs that the keyring showed, whether they open or not."""
        return frozenset(self._epochs.get(room, ()))

    def destroyed(self, room: bytes, name: bytes) -> bool:
        """True where there is nothing of a body key, or what remains of a destroyed one."""
        return self._bodies.get((room, name)) is None

    def learn(self, room: bytes, name: bytes, key: BodyKey) -> None:
        """Remember a body key that was just made."""
        self._opened[room, name] = key
        self._bodies.setdefault((room, name), b"")
        if key.epoch and (room, key.epoch) in self._by_label:
            self._by_label[room, key.epoch][key.label] = (name, key.key)

    def _open_body(self, room: bytes, name: bytes) -> BodyKey | None:
        value = self._bodies.get((room, name))
        if value is None:
            return None
        inner = value if self._secret is None else self._secret.unwrap(value, room + name)
        form, *parts = inner[:1], *unpacked(inner[1:], least=2)
        opened = self.rooms.get(room)
        key, label, epoch = b"", b"", parts[0]
        if form == ROOMED and len(parts) == 2:
            if opened is None or epoch not in opened.epochs:
                return None
            key, label = opened.epochs[epoch].key.unwrap_body_key(parts[1], name)
        elif form == BOXED and len(parts) == 4:
            number = int.from_bytes(parts[1][:4], "big")
            if opened is not None and epoch in opened.epochs:
                if parts[1] != opened.epochs[epoch].epoch.number.to_bytes(4, "big"):
                    raise CannotOpen("a body key does not belong to the key that it names")
                key, label = opened.epochs[epoch].key.unbox_body_key(parts[2], parts[3], name)
            else:
                try:
                    key, label = kept_body_key(self.identity, self.initiative, room, number, epoch, parts[3], name)
                except CannotOpen:
                    return None
        else:
            raise CannotOpen("a body key is wrapped in a way that this version does not know")
        return BodyKey(key, _label(label), epoch)


def _label(told: bytes) -> tuple[str, ...]:
    try:
        label = json.loads(told)
    except (ValueError, RecursionError):
        label = None
    if not isinstance(label, list) or len(label) < 3 or not all(isinstance(part, str) for part in label):
        raise CannotOpen("a body key does not say what it is for")
    return tuple(label)


def slot_row(slot: bytes) -> KeyRow:
    """A slot under its own fingerprint, so that it cannot stand under another name."""
    return KeyRow(SLOT, hashlib.sha256(slot).digest()[:16], slot)


def pins_row(identity: Identity, initiative: bytes, pins: dict[str, bytes], held: Iterable[bytes] = ()) -> KeyRow:
    """Whom a new member trusts from the start (pseudonym → public key) and the latest keys that he held, sealed under his own key."""
    told = {"trusted": {member: key.hex() for member, key in sorted(pins.items())}, "held": sorted(head.hex() for head in held)}
    pinned = json.dumps(told).encode()
    return KeyRow(PIN, identity.member, seal(identity.self_wrap, pinned, packed(b"tracktwo pins/1", initiative, identity.member)))
