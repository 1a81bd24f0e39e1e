"""What the tests of the record share: a team on one machine or two, with its rooms, its members and what they hold.

Everybody here is fictional.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tracktwo.model.brief import Issue, Person
from tracktwo.record.bundle import Bundle, bundle_from, bundle_of, keys_for_store
from tracktwo.record.destruction import destroy_notes, erase_person
from tracktwo.record.dialects import SQLITE, memory
from tracktwo.record.dialogue import Note, NoteTaken, Part, PartHeld
from tracktwo.record.entries import InitiativeOpened, IssueRaised, Opening, PersonInvited
from tracktwo.record.entry import BaseEntry, Rule
from tracktwo.record.keeping import Role
from tracktwo.record.keyring import SLOT, slot_row
from tracktwo.record.membership import accept, found, invite, issue_card, remove, rotate
from tracktwo.record.record import Record
from tracktwo.record.store import Store
from tracktwo.vault.identity import (
    Identity,
    Slot,
    new_secret_words,
    open_by_card,
    open_by_invitation,
    open_by_recovery_code,
    recovery_slot,
    slot_from,
)
from tracktwo.vault.primitives import CannotOpen, Stretching
from tracktwo.vault.secret import Secret

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
CHEAP = Stretching(memory=19 * 1024, passes=1)
"""The least that is accepted: tests need no more."""
ROOMS = ("team", "plenary", "caucus:north", "caucus:south")
RULE = Rule(attribution="none")


class Keeper:
    """Keeps the secret in memory; it can be told to stop before a step, as a machine does that loses its power."""

    def __init__(self, secret: Secret) -> None:
        self.secret, self.written = secret, [secret]

    def read(self) -> Secret:
        return self.secret

    def write(self, secret: Secret) -> None:
        self.secret = secret
        self.written.append(secret)


@dataclass
class Machine:
    """One laptop with a store, its secret, and one member's record open on it."""

    store: Store
    keeper: Keeper
    initiative: bytes
    identity: Identity
    replica: bytes = field(default_factory=lambda: os.urandom(16))

    def record(self, identity: Identity | None = None, replica: bytes | None = None) -> Record:
        """The record as a member holds it, the machine's own where none is named."""
        return Record(self.store, self.keeper.read(), identity or self.identity, self.initiative, replica or self.replica)

    def bundle(self, recipients: Iterable[bytes] | None = None, slots: Sequence[bytes] = ()) -> Bundle:
        return bundle_of(self.store, self.keeper.read(), self.initiative, recipients=recipients, slots=slots)


def in_memory() -> Store:
    return Store(memory(), SQLITE)


def machine(store: Store | None = None, rooms: Sequence[str] = ROOMS, name: str = "Convenor") -> Machine:
    """A new record with its convenor alone in it."""
    store, keeper = store or in_memory(), Keeper(Secret.fresh())
    replica = os.urandom(16)
    record = found(store, keeper.read(), replica, rooms, name=name, on=TODAY)
    return Machine(store, keeper, record.initiative, record.identity, replica)


def another_laptop(of: Machine, identity: Identity | None = None, store: Store | None = None) -> Machine:
    """A second machine with a secret of its own, onto which the record was carried as a bundle."""
    here, keeper = store or in_memory(), Keeper(Secret.fresh())
    bundle = bundle_from(of.bundle().to_bytes())
    here.merge(of.initiative, bundle.entries, keys_for_store(bundle, keeper.read()))
    return Machine(here, keeper, of.initiative, identity or of.identity)


def card(record: Record, side: str = "north", role: Role = "participant", name: str = "Somebody", *, history: bool = True) -> Identity:
    """Let a participant in; what his card opens."""
    admitted = issue_card(record, name, role, side, TODAY, history=history)
    assert record.secret is not None
    pepper = record.secret.pepper
    return _opened(record, lambda slot: open_by_card(slot, admitted.words, pepper))


def colleague(record: Record, name: str = "Colleague", role: Role = "facilitator", replica: bytes | None = None) -> Record:
    """Let a facilitator in by an invitation that is accepted at once; the record as the facilitator holds it."""
    admitted = invite(record, name, role, TODAY, NOW + timedelta(hours=72))
    identity = _opened(record, lambda slot: open_by_invitation(slot, admitted.words, NOW))
    taken = accept(Record(record.store, record.secret, identity, record.initiative, replica or os.urandom(16)), TODAY)
    record.reload()
    return taken


def _opened(record: Record, opens: Callable[[Slot], Identity]) -> Identity:
    for row in record.store.keys(record.initiative, SLOT):
        if row.value is not None:
            try:
                return opens(slot_from(row.value))
            except CannotOpen:
                continue
    raise AssertionError("no slot opens")


def with_recovery_code(team: Machine) -> str:
    """Give the machine's member a recovery code; the words."""
    code = new_secret_words(20)
    team.store.put_keys(team.initiative, [slot_row(recovery_slot(team.identity, code))])
    return code


def by_recovery_code(bundle: Bundle, code: str) -> Identity:
    """Whom a recovery code opens in a bundle. Raises CannotOpen."""
    for row in bundle.keys:
        if row.kind == SLOT and row.value is not None:
            try:
                return open_by_recovery_code(slot_from(row.value), code)
            except CannotOpen:
                continue
    raise CannotOpen("no key slot in the bundle opens with this code")


def opening(title: str = "Two banks, one river") -> InitiativeOpened:
    return InitiativeOpened(on=TODAY, lamport=0, body=Opening(title=title, challenge="political dispute", written=TODAY))


def word(text: str, room: str = "plenary", about: str | None = None) -> IssueRaised:
    """An entry that says one word."""
    return IssueRaised(room=room, on=TODAY, lamport=0, about=about, body=Issue(name=text))


def person(name: str, code: str, room: str = "team") -> PersonInvited:
    return PersonInvited(room=room, on=TODAY, lamport=0, about=code, body=Person(name=name))


def note(text: str, session: str = "First session", part: str = "Needs", speaker: str | None = None, room: str = "plenary") -> NoteTaken:
    return NoteTaken(
        room=room, on=TODAY, lamport=0, about=speaker, rule=RULE, body=Note(session=session, part=part, text=text, language="en", speaker=speaker)
    )


def part_held(session: str = "First session", part: str = "Needs", present: tuple[str, ...] = ("A-01",), room: str = "plenary") -> PartHeld:
    return PartHeld(room=room, on=TODAY, lamport=0, rule=RULE, body=Part(session=session, part=part, day=TODAY, present=present))


def said(record: Record) -> set[str]:
    """Every word that a member reads."""
    return {_text(entry) for entry in record.read().entries} - {""}


def _text(entry: BaseEntry) -> str:
    if isinstance(entry, IssueRaised):
        return entry.body.name
    if isinstance(entry, PersonInvited):
        return entry.body.name or ""
    if isinstance(entry, NoteTaken):
        return entry.body.text
    return ""


def sentences(record: Record) -> tuple[str, ...]:
    return tuple(problem.sentence for problem in record.read().problems)


def erase_something(team: Machine) -> None:
    """Say something about a person and erase it again."""
    team.record().append([word("ERASED", about="Z-01")])
    erase_person(team.record(), team.keeper, "Z-01", TODAY)


__all__ = ["destroy_notes", "erase_person", "remove", "rotate"]
