"""The keys of a room: one symmetric key for each epoch, vouched for by the one before it, and what is derived from it."""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import (
    KEY,
    CannotOpen,
    KeyPair,
    derive,
    key_id,
    keystream,
    mac,
    packed,
    random_key,
    same_mac,
    seal,
    seal_to,
    unseal,
    unseal_from,
)

_STREAM = 4096
"""Bytes of the veil that are made at once."""


@dataclass(frozen=True, repr=False)
class RoomKey:
    """The key of one room in one epoch. A drop box has a key pair beside it: who holds the key can open what anybody sealed to the public half."""

    initiative: bytes
    room: bytes
    epoch: int
    secret: bytes

    @classmethod
    def fresh(cls, initiative: bytes, room: bytes, epoch: int) -> RoomKey:
        """A random key for a new epoch."""
        return cls(initiative, room, epoch, random_key())

    @cached_property
    def id(self) -> bytes:
        """16 bytes that name the key and commit to it."""
        return key_id(self.secret)

    @cached_property
    def box(self) -> KeyPair:
        """The key pair of a drop box."""
        return KeyPair.of(derive(self.secret, "drop box"))

    @cached_property
    def _wrap(self) -> bytes:
        return derive(self.secret, "body keys")

    @cached_property
    def _mac(self) -> bytes:
        return derive(self.secret, "mac")

    def veiled(self, body_key: bytes, replica: bytes, seq: int) -> bytes:
        """The id of a body key as a header shows it, and back: without the room's key nobody sees which entries share one.

        The veil is the keystream of ChaCha20 under a key of this room and replica, sixteen bytes for each entry of the chain.
        """
        start, stream = self._streams.get(replica, (0, b""))
        at = (seq - 1) * 16 - start
        if not 0 <= at <= len(stream) - 16:
            start = (seq - 1) * 16 // _STREAM * _STREAM
            stream = keystream(derive(self.secret, "veil", replica), start, _STREAM)
            self._streams[replica] = (start, stream)
            at = (seq - 1) * 16 - start
        return (int.from_bytes(body_key[:16], "big") ^ int.from_bytes(stream[at : at + 16], "big")).to_bytes(16, "big")

    @cached_property
    def _streams(self) -> dict[bytes, tuple[int, bytes]]:
        return {}

    def head_words_of(self, heads: bytes) -> bytes:
        """Ten bytes that two people with the same key and the same heads of chains both see."""
        return hmac.digest(derive(self.secret, "head words"), heads, "sha256")[:10]

    def seal_roster(self, roster: bytes) -> bytes:
        """Seal the list of who is in the room."""
        return seal(derive(self.secret, "roster"), roster, self._place(b"roster"))

    def open_roster(self, sealed: bytes) -> bytes:
        """Open the list of who is in the room. Raises CannotOpen."""
        return unseal(derive(self.secret, "roster"), sealed, self._place(b"roster"))

    def link_to(self, older: RoomKey) -> bytes:
        """The key of an earlier epoch, for newcomers who may read what was written then."""
        return seal(derive(self.secret, "link"), older.secret, self._place(b"link", older.id))

    def follow(self, link: bytes, older: bytes, epoch: int) -> RoomKey:
        """The key of an earlier epoch by its id. Raises CannotOpen."""
        found = RoomKey(self.initiative, self.room, epoch, unseal(derive(self.secret, "link"), link, self._place(b"link", older)))
        if found.id != older:
            raise CannotOpen("the room's history leads to another key")
        return found

    def vouch(self, statement: bytes) -> bytes:
        """An authenticator of a later epoch's statement: only who had this key can have made it."""
        return mac(self._mac, b"epoch", statement)

    def check_vouched(self, statement: bytes, authenticator: bytes) -> bool:
        """True where who made a later epoch had this key."""
        return same_mac(self.vouch(statement), authenticator)

    def wrap_body_key(self, key: bytes, label: bytes) -> bytes:
        """A body key and what it is for, under this room's key."""
        return seal(self._wrap, key + label, self._place(b"body key", key_id(key)))

    def unwrap_body_key(self, sealed: bytes, name: bytes) -> tuple[bytes, bytes]:
        """(body key, what it is for). Raises CannotOpen."""
        return _committed(unseal(self._wrap, sealed, self._place(b"body key", name)), name)

    def unbox_body_key(self, sealed: bytes, kept: bytes, name: bytes) -> tuple[bytes, bytes]:
        """The same for a body key that somebody put into the drop box, beside the copy that he kept. Raises CannotOpen."""
        return _committed(unseal_from(self.box, sealed, self._place(b"boxed key", name, kept)), name)

    def _place(self, *what: bytes) -> bytes:
        return place(self.initiative, self.room, self.epoch, *what)


def place(initiative: bytes, room: bytes, epoch: int, *what: bytes) -> bytes:
    """The context in which something of a room is sealed."""
    return packed(b"tracktwo room/1", initiative, room, epoch.to_bytes(4, "big"), *what)


def box_body_key(initiative: bytes, room: bytes, epoch: int, public: bytes, key: bytes, label: bytes, kept: bytes) -> bytes:
    """A body key for a drop box of which only the public half is known; `kept` is the writer's own copy, which cannot be changed unseen then."""
    return seal_to(public, key + label, place(initiative, room, epoch, b"boxed key", key_id(key), kept))


def keep_body_key(identity: Identity, initiative: bytes, room: bytes, epoch: int, box: bytes, key: bytes, label: bytes) -> bytes:
    """The writer's own copy of a body key that he put into a drop box; `box` is the id of the box's key in that epoch."""
    return seal(identity.self_wrap, key + label, place(initiative, room, epoch, b"kept key", box, key_id(key)))


def kept_body_key(identity: Identity, initiative: bytes, room: bytes, epoch: int, box: bytes, sealed: bytes, name: bytes) -> tuple[bytes, bytes]:
    """What `keep_body_key` kept. Raises CannotOpen."""
    return _committed(unseal(identity.self_wrap, sealed, place(initiative, room, epoch, b"kept key", box, name)), name)


def _committed(opened: bytes, name: bytes) -> tuple[bytes, bytes]:
    key, label = opened[:KEY], opened[KEY:]
    if key_id(key) != name:
        raise CannotOpen("a body key is not the one that its entry names")
    return key, label


@dataclass(frozen=True)
class Parent:
    """The epoch from which another one went on."""

    id: bytes
    statement: bytes
    """Hash of the earlier epoch's statement: nobody can change who was in the room then."""
    authenticator: bytes
    """Made with the earlier key; empty in what is being stated."""
    link: bytes
    """The earlier key sealed under the new one, or empty where newcomers may not read back."""


@dataclass(frozen=True)
class Epoch:
    """One row of the keyring: a room's key by its id, who was in the room, and from which epochs it went on. No name is readable in it."""

    number: int
    key_id: bytes
    maker: bytes
    """The member who gave the room this key."""
    box: bytes
    """The public half of the drop box, or empty for a room that is none."""
    roster: bytes
    """Sealed."""
    parents: tuple[Parent, ...]

    def statement(self, initiative: bytes, room: bytes) -> bytes:
        """SHA-256 of what the maker states, which the keys of earlier epochs and the shared keys with every member vouch for."""
        parents = packed(*(parent.id + parent.statement for parent in self.parents))
        links = packed(*(parent.link for parent in self.parents))
        stated = packed(b"tracktwo epoch/1", initiative, room, self.number.to_bytes(4, "big"), self.key_id, self.maker, self.box, parents, links)
        return hashlib.sha256(packed(stated, self.roster)).digest()

    def to_bytes(self) -> bytes:
        """As it stands in the keyring."""
        parents = (packed(parent.id, parent.statement, parent.authenticator, parent.link) for parent in self.parents)
        return packed(self.number.to_bytes(4, "big"), self.key_id, self.maker, self.box, self.roster, *parents)

    @classmethod
    def from_bytes(cls, value: bytes) -> Epoch:
        """Take a row apart. Raises CannotOpen."""
        number, name, maker, box, roster, *parents = unpacked(value, least=5)
        taken = tuple(Parent(*unpacked(parent, least=4)[:4]) for parent in parents)
        epoch = cls(int.from_bytes(number[:4], "big"), name, maker, box, roster, taken)
        if epoch.to_bytes() != value:
            raise CannotOpen("a row of the keyring holds more than it should")
        return epoch


def unpacked(value: bytes, *, least: int) -> list[bytes]:
    """The parts that `packed` joined. Raises CannotOpen where they are cut short or fewer than `least`."""
    parts, at = [], 0
    while at < len(value):
        if at + 4 > len(value):
            raise CannotOpen("a row of the keyring is cut short")
        (length,) = struct.unpack_from(">I", value, at)
        at += 4
        if at + length > len(value):
            raise CannotOpen("a row of the keyring is cut short")
        parts.append(value[at : at + length])
        at += length
    if len(parts) < least:
        raise CannotOpen("a row of the keyring is cut short")
    return parts


_SEALED, _KEPT = b"\x01", b"\x02"


def wrap_for(maker: Identity, key: RoomKey, member: bytes, public: bytes, statement: bytes) -> bytes:
    """A room's key sealed to one member, with the maker's tag: the member knows from whom it is, and could have made the tag himself."""
    sealed = seal_to(public, key.secret, place(key.initiative, key.room, key.epoch, b"wrap", key.id, member))
    tag = mac(maker.pair.shared(public, "wrap tag"), statement, member, sealed)
    return _SEALED + packed(sealed, tag)


def keep(identity: Identity, key: RoomKey, statement: bytes) -> bytes:
    """A room's key under the member's own key once it was opened: no key pair is left for whoever breaks X25519 later."""
    return _KEPT + seal(identity.self_wrap, key.secret + statement, place(key.initiative, key.room, key.epoch, b"kept", key.id, identity.member))


def is_kept(value: bytes) -> bool:
    """True for what `keep` made."""
    return value[:1] == _KEPT


def unwrap(identity: Identity, initiative: bytes, room: bytes, epoch: Epoch, value: bytes, makers: Sequence[bytes]) -> RoomKey:
    """The room's key for one member. `makers` are public halves that the epoch's maker is known to have.

    Raises CannotOpen where it does not open, is not the key that the epoch names, or does not come from a maker who is known.
    """
    statement = epoch.statement(initiative, room)
    if value[:1] not in (_SEALED, _KEPT):
        raise CannotOpen("the key is sealed in a way that this version does not know")
    if is_kept(value):
        opened = unseal(identity.self_wrap, value[1:], place(initiative, room, epoch.number, b"kept", epoch.key_id, identity.member))
        secret, known = opened[:KEY], opened[KEY:]
        if not same_mac(known, statement):
            raise CannotOpen("the list of who is in the room was changed after it was first opened")
    else:
        sealed, tag, *more = unpacked(value[1:], least=2)
        if more or not any(same_mac(mac(identity.pair.shared(maker, "wrap tag"), statement, identity.member, sealed), tag) for maker in makers):
            raise CannotOpen("the key does not come from anybody who may give the room a key")
        secret = unseal_from(identity.pair, sealed, place(initiative, room, epoch.number, b"wrap", epoch.key_id, identity.member))
    key = RoomKey(initiative, room, epoch.number, secret)
    if key.id != epoch.key_id:
        raise CannotOpen("the key is not the one that the epoch names")
    return key
