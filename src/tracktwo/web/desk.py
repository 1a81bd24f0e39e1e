"""An open initiative for one request: what the visitor's own keys open of its record, and the way to write into it."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import connection, models, transaction

from tracktwo.record.ballots import Caster, Outdated, Vote
from tracktwo.record.destruction import SecretKeeper
from tracktwo.record.dialects import POSTGRESQL, SQLITE
from tracktwo.record.entry import BaseEntry
from tracktwo.record.home import Home
from tracktwo.record.initiative import HIDDEN, Initiative, replay, settled
from tracktwo.record.keeping import STEWARDS
from tracktwo.record.membership import rekey_what_is_due, rooms_of
from tracktwo.record.opened import look
from tracktwo.record.record import Reading, Record, Told
from tracktwo.record.store import Store
from tracktwo.vault.primitives import derive
from tracktwo.web import clock, marks
from tracktwo.web.asked import Asked
from tracktwo.web.models import Board
from tracktwo.web.serving import serving
from tracktwo.web.who import Membership


class NotYours(LookupError):
    """The visitor's keys open no room of the initiative, or none any more."""


class OnlyLooking(ValueError):
    """Whoever looks as somebody else writes nothing."""

    def __init__(self) -> None:
        super().__init__("you are looking as somebody else; go back to your own view to write")


_here = threading.local()


def store() -> Store:
    """The records in this thread's connection of the web's own database."""
    connection.ensure_connection()
    raw = connection.connection
    if getattr(_here, "raw", None) is not raw:
        dialect = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
        _here.store, _here.raw = Store(raw, dialect, transaction=transaction.atomic), raw
    found: Store = _here.store
    return found


def record_of(membership: Membership) -> Record:
    """The record as a member opens it."""
    home, identity = serving().home, membership.identity()
    with _copies:
        replica = home.replica(membership.key, identity.member)
    return Record(store(), home.secret.read(), identity, membership.key, replica)


_copies = threading.Lock()


@dataclass(frozen=True)
class _Kept:
    """What one member's keys opened at one state of the record."""

    state: tuple[tuple[int, ...], ...]
    reading: Reading
    remarks: tuple[str, ...]
    role: str
    side: str | None
    rooms: frozenset[str]
    used: float


class _Cache:
    """Opened readings in this process's memory only, found by a value that nobody has without the member's root."""

    IDLE, ENTRIES = 600.0, 60_000

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes, state: tuple[tuple[int, ...], ...]) -> _Kept | None:
        with self._lock:
            now = time.monotonic()
            for old in [name for name, kept in self._kept.items() if now - kept.used > self.IDLE]:
                del self._kept[old]
            found = self._kept.get(key)
            if found is None or found.state != state:
                return None
            self._kept[key] = replace(found, used=now)
            self._kept.move_to_end(key)
            return found

    def put(self, key: bytes, kept: _Kept) -> None:
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(len(one.reading.told) for one in self._kept.values()) > self.ENTRIES:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


cache = _Cache()


def _cache_key(membership: Membership) -> bytes:
    return derive(bytes.fromhex(membership.root), "cache", membership.key)


def _kept(membership: Membership) -> tuple[_Kept, Record | None]:
    """What the keys open, from memory where nothing has changed. Raises NotYours."""
    key = _cache_key(membership)
    found = cache.get(key, store().state(membership.key))
    if found is not None:
        return found, None
    record = record_of(membership)
    rooms = [room for room in record.keyring.rooms.values() if not room.closed_to_me]
    if not rooms:
        raise NotYours
    with _copies:
        looked = look(serving().home, record)
    reading, remarks = looked.reading, list(looked.sentences)
    me = next(reader for room in rooms for reader in [room.head.roster.reader(record.me)] if reader is not None)
    if me.role in STEWARDS:
        given = rekey_what_is_due(record, clock.today(), reading)
        if given:
            reading = record.read()
    rooms = [room for room in record.keyring.rooms.values() if not room.closed_to_me]
    # The state is asked for again: to open a room for the first time writes a key.
    kept = _Kept(store().state(membership.key), reading, tuple(remarks), me.role, me.side, frozenset(room.name for room in rooms), time.monotonic())
    cache.put(key, kept)
    return kept, record


class Desk:
    """One initiative as one member has it before him."""

    def __init__(self, membership: Membership, kept: _Kept, record: Record | None, view: str = "") -> None:
        self._membership, self._kept, self._record = membership, kept, record
        self.tag, self.me = membership.tag, membership.member
        self.initiative_id = membership.key
        self.view = view if kept.role in STEWARDS else ""
        """The role as which a steward is looking, such as `participant:north`; empty for his own."""

    @property
    def own_role(self) -> str:
        """What the visitor is, whatever he looks as."""
        return self._kept.role

    @property
    def role(self) -> str:
        return self.view.partition(":")[0] or self._kept.role

    @property
    def side(self) -> str | None:
        return self.view.partition(":")[2] or None if self.view else self._kept.side

    @property
    def steward(self) -> bool:
        return self.role in STEWARDS

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is wrong or odd with the record, each in one sentence."""
        return self._kept.remarks

    @property
    def reading(self) -> Reading:
        """Everything that the member's keys open, whatever he looks as."""
        return self._kept.reading

    @cached_property
    def rooms(self) -> frozenset[str]:
        """The names of the rooms that are open."""
        if not self.view:
            return self._kept.rooms
        return frozenset(rooms_of(self.role, self.side, self._kept.rooms))  # type: ignore[arg-type]

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The entries, with where they stand."""
        if not self.view:
            return self.reading.told
        return tuple(told for told in self.reading.told if told.entry.room in self.rooms)

    @cached_property
    def entries(self) -> tuple[BaseEntry, ...]:
        return tuple(told.entry for told in self.told)

    @cached_property
    def settled(self) -> tuple[BaseEntry, ...]:
        """The entries that count, in the order of the record."""
        return settled(self.entries)[0]

    @cached_property
    def initiative(self) -> Initiative:
        """What the entries amount to. Without the key to its opening an initiative has no title."""
        hidden = self.reading.hidden or bool(self.view)
        try:
            return replay(self.entries, hidden=True) if hidden else self.reading.initiative()
        except ValueError:
            return Initiative(opening=HIDDEN, hidden=True)

    @property
    def record(self) -> Record:
        """The record to write with. Raises OnlyLooking."""
        if self.view:
            raise OnlyLooking
        if self._record is None:
            self._record = record_of(self._membership)
        return self._record

    @property
    def owner(self) -> bytes:
        """The key to which the results of long work for this member belong: nobody has it who does not hold the root."""
        return owner_of(self._membership)

    @property
    def home(self) -> Home:
        return serving().home

    @property
    def keeper(self) -> SecretKeeper:
        return serving().home.secret

    @property
    def store(self) -> Store:
        return store()

    def write(self, asked: Asked, *entries: BaseEntry) -> tuple[str, ...]:
        """Append entries, all or none, once however often the form is sent. Returns their ids. Raises OnlyLooking, MustBeRekeyed, StoreError."""
        once = once_of(asked)
        idems = [hashlib.sha256(f"{once} {number}".encode()).digest()[:16] for number in range(len(entries))]
        ids = self.record.append(entries, idems)
        self.changed()
        return ids

    def changed(self) -> None:
        """Let everybody who looks at the initiative see that something changed, and forget what was read before."""
        touch(self.initiative_id)
        with _copies:
            serving().home.remember(self.initiative_id, store().heads(self.initiative_id))


def owner_of(membership: Membership) -> bytes:
    """The key to which the results of long work for a member belong."""
    return derive(bytes.fromhex(membership.root), "work", membership.key)


def open_desk(membership: Membership, view: str = "") -> Desk:
    """Open an initiative for a member. Raises NotYours where his keys open nothing of it."""
    kept, record = _kept(membership)
    return Desk(membership, kept, record, view)


def touch(initiative: bytes) -> None:
    """Count a change of what people look at together."""
    board = marks.of_board(initiative)
    if not Board.objects.filter(pk=board).update(version=models.F("version") + 1):
        Board.objects.get_or_create(pk=board, defaults={"version": 1})


def once_of(asked: Asked) -> str:
    """What makes a form arrive once: the random value with which it was shown."""
    sent = str(asked.POST.get("once", ""))
    return sent if re.fullmatch(r"[0-9a-f]{32}", sent) else secrets.token_hex(16)


# Light, for what happens often


@dataclass(frozen=True)
class Seat:
    """A participant's place: enough to vote, without the record."""

    membership: Membership
    caster: Caster
    board: str

    @property
    def initiative_id(self) -> bytes:
        return self.membership.key

    def cast(self, statement: str, room: str, vote: Vote) -> None:
        """Cast a vote, or change it. Raises NoSuchRoom, MustBeRekeyed, StoreError; ValueError for no vote; NotYours for somebody who was let out."""
        try:
            self.caster.cast(store(), statement, room, vote)
        except Outdated:
            with _casters_lock:
                _casters.clear()
            open_seat(self.membership).caster.cast(store(), statement, room, vote)

    def own(self) -> dict[str, Vote]:
        """Statement → one's own vote."""
        return self.caster.own(store())


_casters: OrderedDict[tuple[bytes, int], Caster] = OrderedDict()
_casters_lock = threading.Lock()
_CASTERS = 2000


def open_seat(membership: Membership) -> Seat:
    """The place of a participant. Raises NotYours."""
    board = marks.of_board(membership.key)
    version = Board.objects.filter(pk=board).values_list("version", flat=True).first() or 0
    key = (_cache_key(membership), version)
    with _casters_lock:
        caster = _casters.get(key)
    if caster is None:
        record = record_of(membership)
        if all(room.closed_to_me for room in record.keyring.rooms.values()):
            raise NotYours
        caster = Caster.of(record)
        with _casters_lock:
            _casters[key] = caster
            while len(_casters) > _CASTERS:
                _casters.popitem(last=False)
    return Seat(membership, caster, board)


def forget_everything() -> None:
    """Empty what this process remembers of opened rooms."""
    cache.clear()
    with _casters_lock:
        _casters.clear()
