"""An open record: read what a member's keys open, and append to it. What changes who can read stands in `membership`."""

from __future__ import annotations

import gc
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracktwo.record.chain import Chains, check_chains
from tracktwo.record.dialects import StoreError
from tracktwo.record.entries import read_entry
from tracktwo.record.entry import BOXES, BaseEntry, Unknown
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.keeping import KeysDestroyed
from tracktwo.record.keyring import BODY, BOXED, EPOCH, MASTER, ROOMED, BodyKey, Keyring, OpenEpoch, OpenRoom
from tracktwo.record.problems import Problem, misplaced
from tracktwo.record.store import Chain, KeyRow, Store
from tracktwo.vault.body import TAG, seal_body, tag
from tracktwo.vault.header import SealedEntry, header_bytes
from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen, key_id, packed, random_key, same_mac
from tracktwo.vault.rooms import box_body_key, keep_body_key
from tracktwo.vault.secret import Secret
from tracktwo.vault.words import words


class NoSuchRoom(ValueError):
    """The reader holds no key of the room, or there is none of that name: one sentence, the same for both."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no room '{name}' here to which your keys belong")


class MustBeRekeyed(ValueError):
    """Nobody may write into the room before a steward has given it a new key."""


class Told(NamedTuple):
    """An entry as it was read, with where it stands."""

    entry: BaseEntry
    room: bytes
    replica: bytes
    seq: int
    attested: bool
    """True where the author vouched for it to this reader; False where the reader came later and has it from the record alone."""
    by_steward: bool
    """True where the author was a steward of the room when it was written."""


@dataclass(frozen=True)
class Reading:
    """What a member's keys open of a record, and what is wrong with it."""

    told: tuple[Told, ...]
    unknown: tuple[Unknown, ...]
    problems: tuple[Problem, ...]
    hidden: bool
    """True where there is more than this reader can open; how much and where is not said."""
    destroyed: frozenset[tuple[bytes, bytes]]
    """(room, body key) of what stewards destroyed with a record of it."""
    chains: Chains

    @property
    def entries(self) -> tuple[BaseEntry, ...]:
        return tuple(told.entry for told in self.told)

    def initiative(self) -> Initiative:
        """What the readable entries amount to. Raises ValueError where nothing opens the initiative and nothing is hidden."""
        with _without_collecting():
            return replay(self.entries, hidden=self.hidden)


@dataclass(frozen=True)
class Gone:
    """An entry whose body key is not there."""

    key: bytes
    sealed: SealedEntry
    room: str


@dataclass(frozen=True)
class _Target:
    """Where an entry is going: a room in its present epoch, and who will read it."""

    room: bytes
    number: int
    epoch_id: bytes
    readers: tuple[bytes, ...]
    epoch: OpenEpoch | None
    """None for a drop box."""
    box: bytes = b""
    """The public half of a drop box."""


class Record:
    """One initiative's record, opened by one member on one copy."""

    def __init__(self, store: Store, secret: Secret | None, identity: Identity, initiative: bytes, replica: bytes) -> None:
        """Open the keyring. `secret` is None where no erasure master wraps the body keys, as in a bundle."""
        self.store, self.secret, self.identity, self.initiative, self.replica = store, secret, identity, initiative, replica
        self.me = identity.member.hex()
        """The reader's pseudonym."""
        self._public = identity.pair.public
        self._tag_keys: dict[bytes, bytes] = {}
        self._clocks: dict[bytes, int] = {}
        self.reload()

    def reload(self) -> None:
        """Read the keyring again; room keys that were opened for the first time are kept under the reader's own key from now on.

        Raises StoreError where something was destroyed since this record was opened.
        """
        self._must_have_the_newest_master()
        self.keyring = Keyring(self.store.keys(self.initiative), self.identity, self.initiative, self.secret)
        if self.keyring.rewrapped:
            with suppress(StoreError):  # a store that may only be read can still be read
                self.store.put_keys(self.initiative, self.keyring.rewrapped)
            self.keyring.rewrapped.clear()

    def _must_have_the_newest_master(self) -> None:
        """Whoever holds an older secret would write what nobody can read once it is forgotten."""
        told = self.store.key(self.initiative, MASTER, b"")
        if self.secret is not None and told is not None and not self.secret.newest(told):
            raise StoreError("something was destroyed since this record was opened, and the secret has changed with it: open the record again")

    def room(self, name: str) -> OpenRoom:
        """An open room by its name. Raises NoSuchRoom."""
        room = self.keyring.named(name)
        if room is None:
            raise NoSuchRoom(name)
        return room

    # Reading

    def read(self) -> Reading:
        """Open everything that this member's keys open, check every chain and tag, and tell what is wrong.

        An entry that is refused is told as a problem and does not count.
        """
        self.reload()
        with _without_collecting():
            return self._read()

    def _read(self) -> Reading:
        chains, told, unknown, gone, hidden = Chains(), [], [], [], False
        problems = list(self.keyring.problems)
        for sealed in self.store.entries(self.initiative):
            room = self.keyring.rooms.get(sealed.room)
            name = room.name if room else None
            header = header_bytes(*sealed[:8])
            chains.follow(sealed, header, name)
            try:
                found = self._open(sealed, header, room)
            except CannotOpen as error:
                problems.append(misplaced(f"is refused: {error}", sealed, name, "forged"))
            except ValueError as error:
                problems.append(misplaced(f"cannot be read: {error}", sealed, name, "unreadable"))
            else:
                if isinstance(found, Told):
                    told.append(found)
                elif isinstance(found, Gone):
                    gone.append(found)
                elif isinstance(found, Unknown):
                    unknown.append(found)
                else:
                    hidden = True
                    if not self.keyring.epoch_ids(sealed.room):
                        problems.append(misplaced("stands in a room of which the keyring knows no key at all", sealed, name))
                    if room is not None and sealed.epoch > room.head.epoch.number and not room.closed_to_me:
                        lost = "was written under a newer key of the room, which is gone from the keyring"
                        problems.append(misplaced(lost, sealed, name, "rolled back"))
        recorded = _destroyed(told)
        for one in gone:
            if (one.sealed.room, one.key) not in recorded:
                problems.append(misplaced("has lost its words or their key, and nobody recorded destroying them", one.sealed, one.room, "key gone"))
        problems += self._forks()
        for one_told in told:
            room_id = one_told.room
            self._clocks[room_id] = max(self._clocks.get(room_id, 0), one_told.entry.lamport)
        return Reading(tuple(told), tuple(unknown), (*problems, *chains.problems), hidden, frozenset(recorded), chains)

    def _forks(self) -> list[Problem]:
        contradicts = "came with a merge and contradicts the one that stands here: that copy of the record was continued twice"
        found = []
        for fork in self.store.forks(self.initiative):
            room = self.keyring.rooms.get(fork.room)
            found.append(misplaced(contradicts, fork, room.name if room else None, "fork"))
        return found

    def _open(self, sealed: SealedEntry, header: bytes, room: OpenRoom | None) -> Told | Unknown | Gone | None:
        """The entry, or what is known of it; None where this reader holds no key for it. Raises CannotOpen, ValueError."""
        epochs: tuple[OpenEpoch, ...] = ()
        if room is None:
            key, name, lost = self.keyring.body_key(sealed.room, sealed.key_id), self._box_name(sealed.room), sealed.key_id
            if key is None:
                return None
        else:
            epochs, name = room.numbered(sealed.epoch), room.name
            if not epochs:
                return None
            key, epochs, lost = self._body_key_of(sealed, room, epochs)
            if key is None:
                return Gone(lost, sealed, room.name)
        if sealed.body is None:  # the key may have come back with an older bundle; what was destroyed does not
            return Gone(lost, sealed, room.name) if room is not None else None
        stored, tags = key.opener.open(header, sealed.body)
        entry = read_entry(stored)
        if entry.room != name:
            raise CannotOpen("it says that it belongs to another room")
        if isinstance(entry, Unknown):
            return entry
        if room is None:  # the writer's own copy of what he put into a drop box
            return Told(entry, sealed.room, sealed.replica, sealed.seq, attested=True, by_steward=False)
        attested, steward = False, False
        for epoch in epochs:
            author, mine = epoch.places.get(entry.author), epoch.places.get(self.me)
            steward = steward or (author is not None and author[1].steward)
            if mine is None or mine[2] != self._public:  # before this reader came, or took keys of his own
                continue
            at = mine[0] * TAG
            shown = tags[at : at + TAG]
            if room.box:
                attested = any(same_mac(tag(self._tag_key(public), header, stored), shown) for public in self.keyring.keys_of(entry.author))
            else:
                attested = author is not None and same_mac(tag(self._tag_key(author[2]), header, stored), shown)
            if not attested:
                raise CannotOpen("its author did not vouch for it: somebody else wrote it in that name")
            break
        return Told(entry, room.id, sealed.replica, sealed.seq, attested, steward)

    def _body_key_of(self, sealed: SealedEntry, room: OpenRoom, epochs: tuple[OpenEpoch, ...]) -> tuple[BodyKey | None, tuple[OpenEpoch, ...], bytes]:
        """The body key, the epoch under which it was written as far as that is known, and the id of the key."""
        if room.box:
            key = self.keyring.body_key(sealed.room, sealed.key_id)
            sealed_to = tuple(epoch for epoch in epochs if key is not None and epoch.key.id == key.epoch)
            return key, sealed_to or epochs, sealed.key_id
        name = b""
        for epoch in epochs:
            name = epoch.key.veiled(sealed.key_id, sealed.replica, sealed.seq)
            key = self.keyring.body_key(sealed.room, name)
            if key is not None:
                return key, (epoch,), name
        return None, epochs, name

    def _box_name(self, room: bytes) -> str | None:
        boxes = (self.keyring.box(name) for name in BOXES)
        return next((box.name for box in boxes if box is not None and box.room == room.hex()), None)

    def _tag_key(self, public: bytes) -> bytes:
        found = self._tag_keys.get(public)
        if found is None:
            found = self._tag_keys[public] = self.identity.tag_key(public)
        return found

    def head_words(self, name: str) -> str:
        """Five words for the present end of a room's chains, to be written down and compared at the next session. Raises NoSuchRoom."""
        room = self.room(name)
        heads = check_chains(self.store.entries(self.initiative, room.id)).heads
        told = packed(*(part for (_, replica), head in sorted(heads.items()) for part in (replica, head.seq.to_bytes(8, "big"), head.hash)))
        return words(room.head.key.head_words_of(told))

    # Writing

    def append(self, entries: Sequence[BaseEntry], idems: Sequence[bytes] = ()) -> tuple[str, ...]:
        """Append entries, all or none; they are there durably when this returns. Author and Lamport clock are set here.

        `idems` are 16 random bytes for each entry, chosen by whoever may ask twice: the same request again makes no second entry.
        Returns the ids under which they are stored. Raises NoSuchRoom, MustBeRekeyed, StoreError.
        """
        keys = list(idems) or [os.urandom(16) for _ in entries]
        if len(keys) != len(entries):
            raise ValueError("there should be one idempotency key for each entry")
        made: dict[int, str] = {}
        with self.store.transaction():
            for name in sorted({entry.room for entry in entries}):
                chosen = [number for number, entry in enumerate(entries) if entry.room == name]
                made.update(zip(chosen, self._append_to(name, [(entries[number], keys[number]) for number in chosen]), strict=True))
        return tuple(made[number] for number in range(len(entries)))

    def _append_to(self, name: str, entries: Sequence[tuple[BaseEntry, bytes]]) -> list[str]:
        target = self._target(name)
        with self.store.appending(self.initiative, target.room, self.replica) as chain:
            self._must_have_the_newest_master()
            if self.store.key_names(self.initiative, EPOCH, target.room) != self.keyring.epoch_ids(target.room):
                self.reload()
                target = self._target(name)
            if self.store.rooms(self.initiative).get(target.room):
                raise MustBeRekeyed(f"somebody left the room '{name}'; a steward has to give it a new key before anybody writes")
            return [self._append_one(target, chain, entry, idem) for entry, idem in entries]

    def _append_one(self, target: _Target, chain: Chain, entry: BaseEntry, idem: bytes) -> str:
        before = chain.find(idem)
        if before is not None:
            found = self._open(before, before.header, self.keyring.rooms.get(before.room))
            return found.entry.id if isinstance(found, Told) else ""
        self._clocks[target.room] = self._clock(target.room) + 1
        entry = entry.model_copy(update={"author": self.me, "lamport": self._clocks[target.room]})
        stored = entry.stored()
        name, key = self._body_key(target, entry.key_label)
        seq, prev_hash = chain.head.seq + 1, chain.head.hash
        shown = target.epoch.key.veiled(name, self.replica, seq) if target.epoch else name
        header = header_bytes(self.initiative, target.room, self.replica, seq, target.number, shown, prev_hash, idem)
        body = seal_body(key, header, stored, [self._tag_key(public) for public in target.readers])
        digest = hashlib.sha256(body).digest()
        chain.add(SealedEntry(self.initiative, target.room, self.replica, seq, target.number, shown, prev_hash, idem, digest, body))
        return entry.id

    def _clock(self, room: bytes) -> int:
        """The highest Lamport clock that this reader has seen in a room."""
        if room not in self._clocks:
            seen = [0]
            for sealed in self.store.entries(self.initiative, room):
                with suppress(ValueError):
                    found = self._open(sealed, sealed.header, self.keyring.rooms.get(room))
                    seen += [found.entry.lamport] if isinstance(found, Told) else []
            self._clocks[room] = max(seen)
        return self._clocks[room]

    def _target(self, name: str) -> _Target:
        if name in BOXES:
            box = self.keyring.box(name)
            if box is None:
                raise NoSuchRoom(name)
            forked = next((room.name for _, room in sorted(self.keyring.rooms.items()) if len(room.heads) > 1), None)
            if forked is not None:  # one of two rosters may name a drop box of somebody who was let out
                raise MustBeRekeyed(_forked(forked))
            readers = tuple(bytes.fromhex(reader.key) for reader in box.readers)
            return _Target(bytes.fromhex(box.room), box.epoch, bytes.fromhex(box.key_id), readers, None, bytes.fromhex(box.key))
        room = self.room(name)
        if room.closed_to_me:
            raise NoSuchRoom(name)
        if len(room.heads) > 1:
            raise MustBeRekeyed(_forked(name))
        head = room.head
        return _Target(room.id, head.epoch.number, head.key.id, tuple(bytes.fromhex(reader.key) for reader in head.roster.readers), head)

    def _body_key(self, target: _Target, label: tuple[str, ...]) -> tuple[bytes, bytes]:
        """(id, key) for what a label stands for in this epoch; in a drop box every entry has a key of its own, so that nothing links them."""
        if target.epoch:
            found = self.keyring.reusable(target.room, target.epoch_id, label)
            if found is not None and self.store.key(self.initiative, BODY, target.room + found[0]) is not None:
                return found
        key, told = random_key(), json.dumps(label).encode()
        name = key_id(key)
        if target.epoch:
            inner = ROOMED + packed(target.epoch_id, target.epoch.key.wrap_body_key(key, told))
        else:
            kept = keep_body_key(self.identity, self.initiative, target.room, target.number, target.epoch_id, key, told)
            boxed = box_body_key(self.initiative, target.room, target.number, target.box, key, told, kept)
            inner = BOXED + packed(target.epoch_id, target.number.to_bytes(4, "big"), boxed, kept)
        self.store.put_keys(self.initiative, [KeyRow(BODY, target.room + name, self.wrapped(inner, target.room, name))])
        self.keyring.learn(target.room, name, BodyKey(key, label, target.epoch_id if target.epoch else b""))
        return name, key

    def wrapped(self, inner: bytes, room: bytes, name: bytes) -> bytes:
        """A body key as this store keeps it: under the erasure master, where there is one."""
        return inner if self.secret is None else self.secret.wrap(inner, room + name)


def _forked(room: str) -> str:
    return f"two people changed who is in the room '{room}' without knowing of each other; a steward has to give it a new key"


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let the collector of cycles rest while many values are made that hold none: it would walk them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _destroyed(told: Iterable[Told]) -> set[tuple[bytes, bytes]]:
    """(room, body key) of everything that a steward of the room destroyed with a record of it."""
    found = [(one.room, one.entry.body.keys) for one in told if isinstance(one.entry, KeysDestroyed) and one.by_steward]
    return {(room, bytes.fromhex(name)) for room, names in found for name in names}


def remark_on_clock(entries: Iterable[BaseEntry], day: date) -> str | None:
    """A sentence where the record holds days that this computer's clock says are still to come."""
    last = max((entry.on for entry in entries), default=day)
    if last <= day:
        return None
    return f"this computer's clock says {day.isoformat()}, and the record has entries of {last.isoformat()}; set the clock. Nothing is lost by it"
