"""Votes: sealed, under a pseudonym, and never counted here. A vote is no entry of the record: it may be changed, and has no time and no author."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self, get_args

from tracktwo.record.keyring import EPOCH, OpenEpoch
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom, Record
from tracktwo.record.store import Store
from tracktwo.vault.ballots import Place, box_of, open_vote, own_vote, paper_pseudonym, seal_vote, vouched
from tracktwo.vault.identity import Identity
from tracktwo.vault.primitives import CannotOpen, KeyPair, packed
from tracktwo.vault.rooms import RoomKey, unpacked

Vote = Literal["agree", "disagree", "pass"]
"""What can be said of a statement."""

VOTES: tuple[Vote, ...] = get_args(Vote)


class Outdated(Exception):
    """The room or the drop box has a new key since the caster was made: make another one and cast again."""


@dataclass(frozen=True, repr=False)
class Caster:
    """All that is needed to cast votes as one member, taken once from an open record: no part of the record is read again."""

    identity: Identity
    initiative: bytes
    pseudonym: bytes
    side: str
    """The voter's side, or '' for none. Only who may open ballots ever sees it."""
    box: bytes
    box_id: bytes
    public: bytes
    keys: Mapping[str, RoomKey]
    """Rooms by their names, in which statements can stand."""
    epochs: Mapping[bytes, frozenset[bytes]]
    """Room → the keys that it had when the caster was made."""

    @classmethod
    def of(cls, record: Record) -> Self:
        """Take what is needed from a record. Raises NoSuchRoom; MustBeRekeyed where it is not sure who could read the votes."""
        box = record.keyring.box("ballots")
        if box is None:
            raise NoSuchRoom("ballots")
        opened = [room for room in record.keyring.rooms.values() if not room.box and not room.closed_to_me]
        if any(len(room.heads) > 1 for room in record.keyring.rooms.values()):
            raise MustBeRekeyed("two people changed who is in a room without knowing of each other; a steward has to give it a new key")
        sides = (reader.side for room in opened if (reader := room.head.roster.reader(record.me)))
        place = bytes.fromhex(box.room)
        return cls(
            identity=record.identity,
            initiative=record.initiative,
            pseudonym=record.identity.ballot_pseudonym(record.initiative),
            side=next((side for side in sides if side), ""),
            box=place,
            box_id=bytes.fromhex(box.key_id),
            public=bytes.fromhex(box.key),
            keys={room.name: room.head.key for room in opened if room.name == "plenary" or room.name.startswith("caucus:")},
            epochs={room: record.keyring.epoch_ids(room) for room in (place, *(room.id for room in opened))},
        )

    def for_paper(self, paper: str, side: str = "") -> Self:
        """The same for one paper that a steward types in; the words on `paper` are random, and lead to nobody."""
        return replace(self, pseudonym=paper_pseudonym(self.identity, self.initiative, paper.encode()), side=side)

    def cast(self, store: Store, statement: str, room: str, vote: Vote) -> None:
        """Cast a vote on a statement of a room, or change it: the same again changes nothing.

        Raises NoSuchRoom; MustBeRekeyed; Outdated; ValueError for no vote; StoreError.
        """
        if vote not in VOTES:
            raise ValueError(f"a vote is {', '.join(VOTES[:-1])} or {VOTES[-1]}")
        key = self.keys.get(room)
        if key is None:
            raise NoSuchRoom(room)
        place = self._place(statement)
        sealed = seal_vote(self.identity, place, self.box_id, self.public, key, packed(vote.encode(), self.side.encode()))
        with store.transaction():
            self._must_be_current(store, key.room, room)
            store.put_ballot(self.initiative, self.pseudonym, place.statement, sealed)

    def own(self, store: Store) -> dict[str, Vote]:
        """Statement → how this member, or this paper, voted; what cannot be opened is left out."""
        found: dict[str, Vote] = {}
        for statement, sealed in store.ballots_of(self.initiative, self.pseudonym):
            with suppress(CannotOpen):
                found[statement.hex()] = _read(own_vote(self.identity, self._place(statement.hex()), sealed))[0]
        return found

    def _place(self, statement: str) -> Place:
        return Place(self.initiative, bytes.fromhex(statement), self.pseudonym)

    def _must_be_current(self, store: Store, room: bytes, name: str) -> None:
        for place in (self.box, room):
            if store.key_names(self.initiative, EPOCH, place) != self.epochs[place]:
                raise Outdated
        stale = store.rooms(self.initiative)
        if stale.get(self.box) or stale.get(room):
            raise MustBeRekeyed(f"somebody left the room '{name}'; a steward has to give it a new key before anybody votes")


@dataclass(frozen=True)
class Cast:
    """One vote, opened."""

    pseudonym: bytes
    statement: str
    side: str
    """'' for none."""
    vote: Vote


@dataclass(frozen=True)
class Opened:
    """The votes that a steward's keys open."""

    votes: tuple[Cast, ...]
    refused: int
    """Ballots that were changed, or that nobody of the room made."""

    @cached_property
    def pseudonyms(self) -> frozenset[bytes]:
        """Everybody and every paper that voted."""
        return frozenset(vote.pseudonym for vote in self.votes)


def open_ballots(record: Record, statements: Mapping[str, str]) -> Opened:
    """Open the votes on these statements (id → room). For the common-ground engine behind its privacy gate; nothing else calls it.

    Raises NoSuchRoom for whoever does not hold the key of the drop box.
    """
    boxes = record.room("ballots").epochs
    votes, refused = [], 0
    for pseudonym, statement, sealed in record.store.ballots(record.initiative):
        room = record.keyring.named(statements.get(statement.hex(), ""))
        if room is None:
            continue
        place = Place(record.initiative, statement, pseudonym)
        try:
            key_id, authenticator, vote = open_vote(_pair_of(boxes, sealed), place, sealed)
            if key_id not in room.epochs or not vouched(room.epochs[key_id].key, place, authenticator, vote):
                raise CannotOpen("nobody of the room vouches for it")
            value, side = _read(vote)
        except CannotOpen:
            refused += 1
            continue
        votes.append(Cast(pseudonym, statement.hex(), side, value))
    return Opened(tuple(votes), refused)


def _pair_of(boxes: Mapping[bytes, OpenEpoch], sealed: bytes) -> KeyPair:
    opened = boxes.get(box_of(sealed))
    if opened is None:
        raise CannotOpen("it was sealed to another key")
    return opened.key.box


def _read(vote: bytes) -> tuple[Vote, str]:
    value, side = (part.decode() for part in unpacked(vote, least=2))
    if value not in VOTES:
        raise CannotOpen("it is no vote that this version knows")
    return value, side


def close(store: Store, initiative: bytes) -> None:
    """Write all ballots anew in a random order, when voting ends: not even the database's own pages keep the order in which they came.

    Raises StoreError where another program has the database open; the ballots were written anew all the same.
    """
    store.rewrite_ballots(initiative)
