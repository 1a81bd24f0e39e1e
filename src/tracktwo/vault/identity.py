"""What one member holds: a root of 32 bytes, the keys that come from it, and the slots in which the root lies sealed."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from tracktwo.vault.primitives import CannotOpen, KeyPair, Stretching, derive, random_key, seal, stretch, unseal
from tracktwo.vault.words import secret_from, secret_words, words

RECOVERY_BYTES = 20
"""160 random bits in ten words and a check."""
CODE_BYTES = 12
"""96 random bits in six words and a check: the card of a participant."""
TOKEN_BYTES = 16
"""128 random bits in eight words and a check: an invitation to the team."""

PASSPHRASE, BUNDLE_PASSPHRASE, RECOVERY, PARTICIPANT, INVITATION = range(1, 6)
"""Kinds of slots. Only the first rests on the pepper and a guess at Argon2id; the second is for a bundle and never stands in a database."""

_SLOT = struct.Struct(">B8s16sIBB")
MEMBER = 8
"""Bytes of a member's pseudonym."""


class WeakPassphrase(ValueError):
    """A passphrase that a thief would guess: one sentence on what would do."""


@dataclass(frozen=True, repr=False)
class Identity:
    """A member's root and what is derived from it."""

    member: bytes
    """8 bytes."""
    root: bytes
    """32 bytes."""

    @cached_property
    def pair(self) -> KeyPair:
        """The key pair to which room keys are sealed, and which vouches for what the member writes."""
        return KeyPair.of(derive(self.root, "key pair"))

    @cached_property
    def self_wrap(self) -> bytes:
        """The key for what the member keeps for himself: room keys once they were opened, his own copy of what he put into a drop box."""
        return derive(self.root, "self wrap")

    @cached_property
    def totp_key(self) -> bytes:
        """The key under which the member's TOTP secret is sealed."""
        return derive(self.root, "totp")

    def ballot_pseudonym(self, initiative: bytes) -> bytes:
        """16 bytes that stand for the member on ballots: the same each time, and nobody without the root can link them to him."""
        return derive(self.root, "ballot", initiative)[:16]

    def tag_key(self, other: bytes) -> bytes:
        """The key that this member and the holder of another public half share to vouch for entries: either could have made any tag."""
        return self.pair.shared(other, "entry tag")


def new_member() -> bytes:
    """A pseudonym: 8 random bytes."""
    return os.urandom(MEMBER)


def new_identity() -> Identity:
    """A new member with a random root."""
    return Identity(new_member(), random_key())


def new_secret_words(length: int) -> str:
    """A fresh secret of `length` bytes as words with a check."""
    return secret_words(os.urandom(length))


def suggested_passphrase() -> str:
    """Four random words of sixteen bits each."""
    return words(os.urandom(8))


def check_passphrase(passphrase: str) -> None:
    """Raise WeakPassphrase for one that a thief of a bundle would guess: it has no pepper to rest on."""
    parts = passphrase.replace("-", " ").split()
    if len(parts) < 4 or len("".join(parts)) < 16 or len(set(parts)) < 4:
        raise WeakPassphrase(f"a passphrase should have at least four different words and sixteen letters, such as '{suggested_passphrase()}'")


def passphrase_keys(passphrase: str, salt: bytes, cost: Stretching, pepper: bytes | None) -> tuple[bytes, bytes]:
    """(auth, wrap): of the first only a hash is ever stored, to check a login; the second opens the root. Without `pepper` as in a bundle."""
    stretched = stretch(passphrase, salt, cost)
    peppered = stretched if pepper is None else hmac.digest(pepper, stretched, "sha256")
    return derive(peppered, "auth"), derive(peppered, "wrap")


def verifier(auth: bytes) -> bytes:
    """What a login is checked against: SHA-256 of the `auth` key."""
    return hashlib.sha256(auth).digest()


def passphrase_slot(identity: Identity, passphrase: str, pepper: bytes | None, cost: Stretching) -> bytes:
    """The root sealed under a passphrase: with a pepper for this machine's database, without one for a bundle. Raises WeakPassphrase, CannotOpen."""
    if pepper is None:
        check_passphrase(passphrase)
    kind, salt = (BUNDLE_PASSPHRASE if pepper is None else PASSPHRASE), os.urandom(16)
    head = _SLOT.pack(kind, identity.member, salt, cost.memory, cost.passes, cost.lanes)
    return head + seal(passphrase_keys(passphrase, salt, cost, pepper)[1], identity.root, head)


def recovery_slot(identity: Identity, code: str) -> bytes:
    """The root sealed under a recovery code, which needs no pepper and no stretching. Raises NotAWord."""
    head = _SLOT.pack(RECOVERY, identity.member, bytes(16), 0, 0, 0)
    return head + seal(_recovery_key(code), identity.root, head)


def _recovery_key(code: str) -> bytes:
    return derive(secret_from(code, RECOVERY_BYTES), "recovery")


def participant(member: bytes, code: str, pepper: bytes) -> Identity:
    """The participant whom the code on a card stands for: nothing but the code and this machine's pepper is needed. Raises NotAWord."""
    return Identity(member, derive(secret_from(code, CODE_BYTES), "participant", pepper, member))


def invited(member: bytes, token: str) -> Identity:
    """Somebody who holds an invitation and no keys of his own yet. Raises NotAWord."""
    return Identity(member, derive(secret_from(token, TOKEN_BYTES), "invitation", member))


def participant_slot(identity: Identity) -> bytes:
    """What lets a code be recognised: nothing sealed under a key of the participant's."""
    head = _SLOT.pack(PARTICIPANT, identity.member, bytes(16), 0, 0, 0)
    return head + seal(identity.self_wrap, b"", head)


def invitation_slot(identity: Identity, until: datetime) -> bytes:
    """What lets an invitation be recognised, with the end of its validity sealed in it. `until` is in UTC."""
    head = _SLOT.pack(INVITATION, identity.member, bytes(16), 0, 0, 0)
    return head + seal(identity.self_wrap, until.isoformat(timespec="minutes").encode(), head)


@dataclass(frozen=True)
class Slot:
    """A slot taken apart."""

    kind: int
    member: bytes
    salt: bytes
    cost: Stretching
    head: bytes
    sealed: bytes


def slot_from(value: bytes) -> Slot:
    """Take a slot apart. Raises CannotOpen."""
    if len(value) <= _SLOT.size:
        raise CannotOpen("a key slot is cut short")
    head = value[: _SLOT.size]
    kind, member, salt, memory, passes, lanes = _SLOT.unpack(head)
    return Slot(kind, member, salt, Stretching(memory, passes, lanes), head, value[_SLOT.size :])


def open_by_passphrase(slot: Slot, passphrase: str, pepper: bytes | None) -> Identity:
    """The member whose passphrase it is. Raises CannotOpen, also for a slot of another kind."""
    if slot.kind != (BUNDLE_PASSPHRASE if pepper is None else PASSPHRASE):
        raise CannotOpen("the slot is not one of a passphrase")
    _, wrap = passphrase_keys(passphrase, slot.salt, slot.cost, pepper)
    return Identity(slot.member, unseal(wrap, slot.sealed, slot.head))


def open_by_recovery_code(slot: Slot, code: str) -> Identity:
    """The member whose recovery code it is. Raises CannotOpen, NotAWord."""
    if slot.kind != RECOVERY:
        raise CannotOpen("the slot is not one of a recovery code")
    return Identity(slot.member, unseal(_recovery_key(code), slot.sealed, slot.head))


def open_by_card(slot: Slot, code: str, pepper: bytes) -> Identity:
    """The participant whose card it is. Raises CannotOpen, NotAWord."""
    if slot.kind != PARTICIPANT:
        raise CannotOpen("the slot is not one of a participant's card")
    identity = participant(slot.member, code, pepper)
    unseal(identity.self_wrap, slot.sealed, slot.head)
    return identity


def open_by_invitation(slot: Slot, token: str, now: datetime) -> Identity:
    """Whoever was invited. Raises CannotOpen, also where the invitation is too old; NotAWord."""
    if slot.kind != INVITATION:
        raise CannotOpen("the slot is not one of an invitation")
    identity = invited(slot.member, token)
    until = datetime.fromisoformat(unseal(identity.self_wrap, slot.sealed, slot.head).decode())
    if now.astimezone(UTC) > until:
        raise CannotOpen(f"the invitation was good until {until:%Y-%m-%d %H:%M} UTC; ask for a new one")
    return identity
