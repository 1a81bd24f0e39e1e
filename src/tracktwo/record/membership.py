"""Who is in which room: founding a record, letting people in and out, and giving rooms new keys.

Every change of a roster starts a new epoch, also when somebody comes: so the roster of an epoch never changes, and who vouches for a key vouches
for the list of those who have it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime

from tracktwo.record.entry import BOXES, BaseEntry
from tracktwo.record.keeping import STEWARDS, Introduction, KeyGiving, Leaving, MemberIntroduced, MemberRemoved, Role, RoomRekeyed
from tracktwo.record.keyring import EPOCH, PIN, SLOT, WRAP, OpenEpoch, OpenRoom, pins_row, slot_row
from tracktwo.record.record import NoSuchRoom, Reading, Record
from tracktwo.record.roster import Box, Reader, Roster
from tracktwo.record.store import KeyRow, Store
from tracktwo.vault.identity import (
    CODE_BYTES,
    INVITATION,
    TOKEN_BYTES,
    Identity,
    invitation_slot,
    invited,
    new_identity,
    new_member,
    new_secret_words,
    participant,
    participant_slot,
    slot_from,
)
from tracktwo.vault.primitives import random_key
from tracktwo.vault.rooms import Epoch, Parent, RoomKey, keep, wrap_for
from tracktwo.vault.secret import Secret


class NotPossible(ValueError):
    """What is asked of a room or a member does not fit what there is: one sentence; nothing was changed."""


class NotASteward(ValueError):
    """Only who convenes or facilitates may let people in or out of a room."""


ReadersOf = Callable[[OpenRoom], tuple[Reader, ...]]
"""Who is to be in a room from now on."""


def rooms_of(role: Role, side: str | None, rooms: Iterable[str]) -> tuple[str, ...]:
    """The rooms, of those that there are, into which a role belongs: stewards into all, others into the plenary and their own side's caucus."""
    own = {"plenary", f"caucus:{side}"} if role != "logistics" else {"logistics"}
    return tuple(name for name in rooms if role in STEWARDS or name in own)


def found(
    store: Store,
    secret: Secret | None,
    replica: bytes,
    rooms: Sequence[str],
    *,
    name: str,
    on: date,
    identity: Identity | None = None,
    initiative: bytes | None = None,
) -> Record:
    """Begin a record with these rooms and its convenor alone in them. Drop boxes come with every record."""
    identity = identity or new_identity()
    initiative = initiative or os.urandom(16)
    me = Reader(member=identity.member.hex(), role="convenor", key=identity.pair.public.hex())
    rows = [pins_row(identity, initiative, {me.member: identity.pair.public})]
    boxes = []
    for box in BOXES:
        room = os.urandom(16)
        opened, made = new_epoch(identity, initiative, room, Roster(name=box, readers=(me,)), ())
        rows += made
        boxes.append(_as_box(room, opened))
    for other in rooms:
        rows += new_epoch(identity, initiative, os.urandom(16), Roster(name=other, readers=(me,), boxes=tuple(boxes)), ())[1]
    with store.transaction():
        store.put_keys(initiative, rows)
        record = Record(store, secret, identity, initiative, replica)
        record.append([introduction(me, name, on)])
    return record


def introduction(reader: Reader, name: str, on: date) -> BaseEntry:
    """Who stands behind a pseudonym: for the team's room."""
    return MemberIntroduced(on=on, lamport=0, body=Introduction(member=reader.member, name=name, role=reader.role, side=reader.side))


def new_epoch(
    maker: Identity, initiative: bytes, room: bytes, roster: Roster, parents: Sequence[OpenEpoch], kept_for: Identity | None = None
) -> tuple[OpenEpoch, list[KeyRow]]:
    """A new key for a room, vouched for by the keys before it and sealed to everybody in the roster, as rows of the keyring.

    `kept_for` is the maker under a new root, who need not seal to himself.
    """
    number = max((parent.epoch.number for parent in parents), default=0) + 1
    key = RoomKey.fresh(initiative, room, number)
    unvouched = tuple(Parent(old.key.id, old.statement, b"", key.link_to(old.key) if roster.history else b"") for old in parents)
    box = key.box.public if roster.name in BOXES else b""
    epoch = Epoch(number, key.id, maker.member, box, key.seal_roster(roster.model_dump_json().encode()), unvouched)
    statement = epoch.statement(initiative, room)
    vouched = tuple(replace(parent, authenticator=old.key.vouch(statement)) for parent, old in zip(unvouched, parents, strict=True))
    epoch = replace(epoch, parents=vouched)
    mine = kept_for or maker
    rows = [KeyRow(EPOCH, room + key.id, epoch.to_bytes()), KeyRow(WRAP, room + key.id + mine.member, keep(mine, key, statement))]
    for reader in roster.readers:
        member = bytes.fromhex(reader.member)
        if member != mine.member:
            rows.append(KeyRow(WRAP, room + key.id + member, wrap_for(maker, key, member, bytes.fromhex(reader.key), statement)))
    return OpenEpoch(epoch, key, roster, statement), rows


def _as_box(room: bytes, opened: OpenEpoch) -> Box:
    return Box(
        name=opened.roster.name,
        room=room.hex(),
        epoch=opened.epoch.number,
        key_id=opened.key.id.hex(),
        key=opened.epoch.box.hex(),
        readers=opened.roster.readers,
    )


def rekey(
    record: Record, readers_of: ReadersOf, *, on: date, history: bool = True, only: Iterable[str] = (), kept_for: Identity | None = None
) -> tuple[str, ...]:
    """Give a new key to every room whose readers change, to `only` those named beside them, and to those that two people changed at once.

    A change of a drop box reaches every room from which something can be put into it. Without `history` newcomers read from here on.
    Returns the names of the rooms, in order. Raises NotASteward; StoreError, and then nothing has changed.
    """
    wanted = set(only)
    rekeyed: list[str] = []
    with record.store.transaction(), ExitStack() as locks:
        for place in sorted(record.keyring.rooms):
            locks.enter_context(record.store.appending(record.initiative, place, record.replica))
        record.reload()
        rows: list[KeyRow] = []
        fresh = _boxes_of(record)
        for room in sorted(record.keyring.rooms.values(), key=lambda room: (not room.box, room.id)):
            if room.closed_to_me and room.name not in wanted:
                continue
            readers = readers_of(room)
            known = tuple(fresh[box.room] for box in _believed(room)[-1].roster.boxes)
            if readers == room.head.roster.readers and known == room.head.roster.boxes and room.name not in wanted and len(room.heads) == 1:
                continue
            _must_be_steward(record, room)
            roster = Roster(name=room.name, history=history, readers=readers, boxes=known)
            opened, made = new_epoch(record.identity, record.initiative, room.id, roster, room.heads, kept_for)
            rows += made
            rekeyed.append(room.name)
            if room.box:
                fresh[room.id.hex()] = _as_box(room.id, opened)
        record.store.put_keys(record.initiative, rows)
        if kept_for is not None:
            return tuple(rekeyed)
        record.reload()
        for name in rekeyed:
            record.store.mark(record.initiative, record.room(name).id, stale=False)
        record.append([RoomRekeyed(on=on, lamport=0, room=name, body=KeyGiving(epoch=record.room(name).head.epoch.number)) for name in rekeyed])
    return tuple(rekeyed)


def _boxes_of(record: Record) -> dict[str, Box]:
    """Every drop box by its room: as whoever looks into it knows it, or else as the newest roster tells."""
    told = (box for room in record.keyring.rooms.values() for head in _believed(room) for box in head.roster.boxes)
    boxes = {box.room: box for box in sorted(told, key=lambda box: box.epoch)}
    own = [room for room in record.keyring.rooms.values() if room.box and not room.closed_to_me]
    return boxes | {room.id.hex(): _as_box(room.id, _believed(room)[-1]) for room in own}


def _must_be_steward(record: Record, room: OpenRoom) -> None:
    if room.closed_to_me or not all((reader := head.roster.reader(record.me)) and reader.steward for head in room.heads):
        raise NotASteward(f"only who convenes or facilitates may change who is in the room '{room.name}'")


def _let_out(room: OpenRoom, head: OpenEpoch) -> frozenset[str]:
    """Whom an epoch and those before it put out of the room."""
    return frozenset(member for member in _before(room, head) if head.roster.reader(member) is None)


def _against(room: OpenRoom, head: OpenEpoch) -> tuple[OpenEpoch, ...]:
    """The other latest epochs that put out whoever made this one."""
    return tuple(other for other in room.heads if other is not head and head.epoch.maker.hex() in _let_out(room, other))


def _believed(room: OpenRoom) -> tuple[OpenEpoch, ...]:
    """The latest epochs that count.

    Who was let out still has the key before, and could plant an epoch beside the one that left him out: what it says does not count, unless it
    put out in turn whoever made the other one. Then nobody can tell who was first, and both are out.
    """
    if len(room.heads) == 1:
        return room.heads
    counted = tuple(head for head in room.heads if all(other.epoch.maker.hex() in _let_out(room, head) for other in _against(room, head)))
    return counted or room.heads


def _merged_readers(room: OpenRoom) -> tuple[Reader, ...]:
    """The readers of a room's heads: who was let out of any of them is out, who was let into any of them is in.

    By an epoch whose maker was let out himself nobody comes in.
    """
    if len(room.heads) == 1:
        return room.head.roster.readers
    heads = _believed(room)
    gone = {member for head in heads for member in _let_out(room, head)}
    readers: dict[str, Reader] = {}
    for head in heads:
        known = _before(room, head) if _against(room, head) else None
        for reader in head.roster.readers:
            if reader.member not in gone and (known is None or reader.member in known):
                readers.setdefault(reader.member, reader)
    return tuple(readers.values())


def _before(room: OpenRoom, head: OpenEpoch) -> frozenset[str]:
    """Everybody who was in the room in an epoch before this one."""
    todo, seen = [parent.id for parent in head.epoch.parents], set()
    members: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen or name not in room.epochs:
            continue
        seen.add(name)
        members.update(reader.member for reader in room.epochs[name].roster.readers)
        todo += [parent.id for parent in room.epochs[name].epoch.parents]
    return frozenset(members)


def rotate(record: Record, rooms: Iterable[str], on: date) -> tuple[str, ...]:
    """Give rooms new keys without changing who is in them. Raises NoSuchRoom, NotASteward."""
    names = tuple(rooms)
    for name in names:
        record.room(name)
    return rekey(record, _merged_readers, on=on, only=names)


def open_room(record: Record, name: str, on: date) -> None:
    """Add a room, such as the caucus of a side, with the stewards of the team in it. Raises NotPossible where it is there, NotASteward."""
    if record.keyring.named(name) is not None:
        raise NotPossible(f"there is a room '{name}' already")
    team = record.room("team")
    _must_be_steward(record, team)
    readers = tuple(reader for reader in team.head.roster.readers if reader.steward)
    roster = Roster(name=name, readers=readers, boxes=team.head.roster.boxes)
    opened, rows = new_epoch(record.identity, record.initiative, os.urandom(16), roster, ())
    with record.store.transaction():
        record.store.put_keys(record.initiative, rows)
        record.reload()
        record.append([RoomRekeyed(on=on, lamport=0, room=name, body=KeyGiving(epoch=opened.epoch.number))])


@dataclass(frozen=True)
class Admitted:
    """Somebody who was let in, and the words to hand over: they are shown once."""

    member: str
    words: str
    rooms: tuple[str, ...]


def invite(record: Record, name: str, role: Role, on: date, until: datetime, rooms: Sequence[str] = (), *, person: str | None = None) -> Admitted:
    """Let a steward into the team by an invitation: words that work once, until `until` (UTC). `person` is the code of somebody who is known.

    Raises NotASteward, NoSuchRoom; NotPossible for a role that is let in by a card.
    """
    if role not in STEWARDS:
        raise NotPossible(f"a {role} is let in by a card, not by an invitation")
    token, member = new_secret_words(TOKEN_BYTES), new_member()
    identity = invited(member, token)
    return _admit(
        record, identity, token, invitation_slot(identity, until), Introduction(member=member.hex(), name=name, role=role), on, rooms, person=person
    )


def issue_card(
    record: Record,
    name: str,
    role: Role,
    side: str | None,
    on: date,
    rooms: Sequence[str] = (),
    *,
    history: bool = True,
    person: str | None = None,
) -> Admitted:
    """Let a participant in by a card: words that work as long as the card is not voided, on the machine with this pepper.

    `person` is the code of somebody whom the record knows. Raises NotASteward, NoSuchRoom; NotPossible without a secret file, for a role that is
    let in by invitation, and for a room that is not for the role.
    """
    if record.secret is None:
        raise NotPossible("a card needs the secret file of the machine on which it will be used")
    if role in STEWARDS:
        raise NotPossible(f"a {role} is let in by an invitation, not by a card")
    code, member = new_secret_words(CODE_BYTES), new_member()
    identity = participant(member, code, record.secret.pepper)
    for room in rooms:
        if room == "team" or room in BOXES or (role == "participant" and room.startswith("caucus:") and room != f"caucus:{side}"):
            raise NotPossible(f"the room '{room}' is not for a {role}{f' of the side {side!r}' if side else ''}")
    about = Introduction(member=member.hex(), name=name, role=role, side=side)
    return _admit(record, identity, code, participant_slot(identity), about, on, rooms, history=history, person=person)


def _admit(
    record: Record,
    identity: Identity,
    words: str,
    slot: bytes,
    about: Introduction,
    on: date,
    rooms: Sequence[str],
    *,
    history: bool = True,
    person: str | None = None,
) -> Admitted:
    reader = Reader(member=about.member, role=about.role, side=about.side, key=identity.pair.public.hex())
    chosen = tuple(rooms) or rooms_of(about.role, about.side, [room.name for room in record.keyring.rooms.values()])
    for name in chosen:
        record.room(name)
    if not chosen:
        raise NoSuchRoom(f"caucus:{about.side}" if about.side else "logistics")
    with record.store.transaction():
        pins = {record.me: record.identity.pair.public, reader.member: identity.pair.public}
        record.store.put_keys(record.initiative, [slot_row(slot), pins_row(identity, record.initiative, pins)])
        rekey(record, lambda room: (*_merged_readers(room), *((reader,) * (room.name in chosen))), on=on, history=history)
        record.append([MemberIntroduced(on=on, lamport=0, about=person, body=about)])
    return Admitted(reader.member, words, chosen)


def accept(record: Record, on: date) -> Record:
    """Take up an invitation: a root of one's own, to which every room key is sealed anew; the invitation no longer opens anything.

    Returns the record as the new identity holds it; slots for a passphrase and a recovery code are still to be put.
    """
    old, new = record.identity, Identity(record.identity.member, random_key())
    mine = {"key": new.pair.public.hex()}

    def readers(room: OpenRoom) -> tuple[Reader, ...]:
        return tuple(r.model_copy(update=mine) if r.member == record.me else r for r in _merged_readers(room))

    with record.store.transaction():
        pins = {member: sorted(keys)[0] for member, keys in record.keyring.pins.items()} | {record.me: new.pair.public}
        kept = [
            KeyRow(WRAP, room.id + opened.key.id + new.member, keep(new, opened.key, opened.statement))
            for room in record.keyring.rooms.values()
            for opened in room.epochs.values()
            if opened.roster.reader(record.me)  # to what was before, the later keys lead
        ]
        rekey(record, readers, on=on, kept_for=new)
        used = [row for row in record.store.keys(record.initiative, SLOT) if _is_invitation(row, old.member)]
        burnt = [KeyRow(SLOT, row.id, None) for row in used]
        record.store.put_keys(record.initiative, [*kept, *burnt, pins_row(new, record.initiative, pins)])
        accepted = Record(record.store, record.secret, new, record.initiative, record.replica)
        held = sorted(room.name for room in accepted.keyring.rooms.values())
        accepted.append([RoomRekeyed(on=on, lamport=0, room=name, body=KeyGiving(epoch=accepted.room(name).head.epoch.number)) for name in held])
    return accepted


def _is_invitation(row: KeyRow, member: bytes) -> bool:
    if row.value is None:
        return False
    slot = slot_from(row.value)
    return slot.kind == INVITATION and slot.member == member


def remove(record: Record, member: str, on: date, rooms: Sequence[str] = ()) -> tuple[str, ...]:
    """Let somebody out of rooms, or of all: new keys at once where this steward holds the key, and before the next write everywhere else.

    Returns the rooms that have new keys. Raises NotASteward; NotPossible for somebody who is in none of the rooms.
    """
    record.reload()
    chosen = {name: record.room(name) for name in rooms}
    open_rooms = [room for room in record.keyring.rooms.values() if not room.closed_to_me]
    inside = [room for room in open_rooms if room.head.roster.reader(member) and (not rooms or room.name in chosen)]
    if not inside:
        raise NotPossible(f"there is no member {member} in {'these rooms' if rooms else 'any room that is open to you'}")
    names = tuple(sorted(room.name for room in inside))
    with record.store.transaction():
        record.append([MemberRemoved(on=on, lamport=0, body=Leaving(member=member, rooms=names if rooms else ()))])
        kept: Mapping[bytes, None] = dict.fromkeys(room.id for room in inside)
        rekeyed = rekey(record, lambda room: tuple(r for r in _merged_readers(room) if r.member != member or room.id not in kept), on=on, only=names)
        if not rooms:
            _let_go(record.store, record.initiative, bytes.fromhex(member))
            for room in record.store.rooms(record.initiative):
                if room not in {one.id for one in open_rooms}:
                    record.store.mark(record.initiative, room, stale=True)
    return rekeyed


def _let_go(store: Store, initiative: bytes, member: bytes) -> None:
    """Destroy what opens anything for somebody who left: slots, pins, and the room keys that were sealed to him."""
    slots = [row for row in store.keys(initiative, SLOT) if row.value is not None and slot_from(row.value).member == member]
    wraps = [row for row in store.keys(initiative, WRAP) if row.value is not None and row.id[32:] == member]
    pins = [row for row in store.keys(initiative, PIN) if row.id == member]
    left = [KeyRow(row.kind, row.id, None) for row in (*slots, *wraps, *pins) if row.value is not None]
    if left:
        store.put_keys(initiative, left)


def rekey_what_is_due(record: Record, on: date, reading: Reading | None = None) -> tuple[str, ...]:
    """What a steward does on opening a record: new keys for rooms in which somebody still is who was removed, or that two people changed at once."""
    gone: dict[str, set[str]] = {}
    for told in (reading or record.read()).told:
        # Only a steward's word counts: anybody in the plenary could write that somebody else left.
        if isinstance(told.entry, MemberRemoved) and told.by_steward and (told.attested or told.entry.room == "team"):
            gone.setdefault(told.entry.body.member, set()).update(told.entry.body.rooms or ("",))
    stale = {room for room, marked in record.store.rooms(record.initiative).items() if marked}
    mine = [
        room
        for room in record.keyring.rooms.values()
        if not room.closed_to_me and all((reader := head.roster.reader(record.me)) and reader.steward for head in room.heads)
    ]

    def out(room: OpenRoom, member: str) -> bool:
        return bool(gone.get(member, set()) & {"", room.name})

    for member in sorted(gone):
        if "" in gone[member] and mine:
            _let_go(record.store, record.initiative, bytes.fromhex(member))
    due = [room.name for room in mine if len(room.heads) > 1 or room.id in stale or any(out(room, r.member) for r in room.head.roster.readers)]
    if not due:
        return ()
    return rekey(record, lambda room: tuple(r for r in _merged_readers(room) if not out(room, r.member)), on=on, only=due)


def only_one_holder(record: Record) -> tuple[str, ...]:
    """Rooms whose key only one steward holds: if he forgets his passphrase and loses the recovery code, nobody can open them."""
    rooms = record.keyring.rooms.values()
    return tuple(sorted(room.name for room in rooms if sum(reader.steward for reader in room.head.roster.readers) < 2))
