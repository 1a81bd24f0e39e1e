"""One vote, sealed twice: to the drop box of those who facilitate, and to the voter himself. Sealed votes all have the same size.

A vote is vouched for by the key of the room in which the statement stands: it comes from somebody who was let into that room, and it belongs to
this statement and this pseudonym. Nothing in it says which of them it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracktwo.vault.identity import Identity
from tracktwo.vault.padding import pad, unpad
from tracktwo.vault.primitives import CannotOpen, KeyPair, derive, mac, packed, same_mac, seal, seal_to, unseal, unseal_from
from tracktwo.vault.rooms import RoomKey, unpacked

_PLAIN = 128
"""Bytes of a vote before it is sealed."""
_BOX = 16
"""Bytes of the id of a drop box's key."""
_ENCAPSULATED, _TAG = 32, 16
_BOXED = _ENCAPSULATED + _PLAIN + _TAG
_KEPT = 12 + _PLAIN + _TAG
SEALED = _BOX + _BOXED + _KEPT
"""Bytes of every sealed vote."""


@dataclass(frozen=True)
class Place:
    """Where a vote belongs: it opens nowhere else."""

    initiative: bytes
    statement: bytes
    pseudonym: bytes

    def context(self, *what: bytes) -> bytes:
        return packed(b"tracktwo ballot/1", self.initiative, self.statement, self.pseudonym, *what)


def paper_pseudonym(identity: Identity, initiative: bytes, paper: bytes) -> bytes:
    """16 bytes that stand for one paper on ballots: whoever types it in again changes its votes, and it leads to no person."""
    return derive(identity.root, "paper ballot", initiative, paper)[:16]


def seal_vote(identity: Identity, place: Place, box: bytes, public: bytes, room: RoomKey, vote: bytes) -> bytes:
    """A vote in the drop box of this id and public half, with the voter's own copy. Raises ValueError for one that is too long."""
    plain = pad(packed(room.id, _vouch(room, place, vote), vote), _PLAIN)
    kept = seal(identity.self_wrap, plain, place.context(b"kept", box))
    return box + seal_to(public, plain, place.context(b"boxed", box, kept)) + kept


def box_of(sealed: bytes) -> bytes:
    """The id of the drop box's key to which a vote was sealed. Raises CannotOpen for what is no sealed vote."""
    if len(sealed) != SEALED:
        raise CannotOpen("a vote does not have the size of one")
    return sealed[:_BOX]


def open_vote(pair: KeyPair, place: Place, sealed: bytes) -> tuple[bytes, bytes, bytes]:
    """(id of the room's key, who vouches, the vote) as the drop box's key pair opens them; see `vouched`. Raises CannotOpen."""
    box, boxed, kept = box_of(sealed), sealed[_BOX : _BOX + _BOXED], sealed[_BOX + _BOXED :]
    return _parts(unseal_from(pair, boxed, place.context(b"boxed", box, kept)))


def own_vote(identity: Identity, place: Place, sealed: bytes) -> bytes:
    """The vote as the voter himself kept it. Raises CannotOpen."""
    box = box_of(sealed)
    return _parts(unseal(identity.self_wrap, sealed[_BOX + _BOXED :], place.context(b"kept", box)))[2]


def vouched(room: RoomKey, place: Place, authenticator: bytes, vote: bytes) -> bool:
    """True where somebody who holds the room's key made the vote for this place."""
    return same_mac(_vouch(room, place, vote), authenticator)


def _vouch(room: RoomKey, place: Place, vote: bytes) -> bytes:
    return mac(derive(room.secret, "votes"), place.context(b"vouched"), vote)[:16]


def _parts(plain: bytes) -> tuple[bytes, bytes, bytes]:
    try:
        name, authenticator, vote = unpacked(unpad(plain), least=3)
    except ValueError as error:
        raise CannotOpen("a vote is not one that this version has written") from error
    return name, authenticator, vote
