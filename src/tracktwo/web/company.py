"""Who takes part in an initiative and in which rooms: members with keys, people with or without a card, and letting them in and out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tracktwo.record.keeping import STEWARDS, MemberIntroduced, MemberRemoved, Role
from tracktwo.record.membership import invite, issue_card, remove
from tracktwo.record.slots import still_invited
from tracktwo.web import clock
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, once_of
from tracktwo.web.sessions import change, end_of_members
from tracktwo.web.who import Handing

INVITATION_HOURS = 72


@dataclass(frozen=True)
class Member:
    """Somebody who holds keys."""

    id: str
    name: str
    role: Role
    side: str | None
    code: str | None
    rooms: tuple[str, ...]
    me: bool
    steward: bool
    waiting: bool
    """Whether the invitation has not been taken up yet."""


@dataclass(frozen=True)
class Room:
    """A room with those who hold its key, by their pseudonyms."""

    name: str
    members: tuple[str, ...]
    box: bool
    mine: bool
    """Whether whoever asks may give it a new key."""


def rooms(desk: Desk) -> tuple[Room, ...]:
    """The rooms that are open, those where people speak before those into which they only put something."""
    found = []
    for room in desk.record.keyring.rooms.values():
        if not room.closed_to_me:
            roster = room.head.roster
            me = roster.reader(desk.me)
            found.append(Room(room.name, tuple(reader.member for reader in roster.readers), room.box, bool(me and me.steward)))
    order = {"team": 0, "plenary": 1, "logistics": 3}
    return tuple(sorted(found, key=lambda room: (room.box, order.get(room.name, 2), room.name)))


def members(desk: Desk) -> tuple[Member, ...]:
    """Everybody who holds a key of a room that is open, with the name under which the team knows him."""
    introduced = {entry.body.member: entry for entry in desk.settled if isinstance(entry, MemberIntroduced)}
    held: dict[str, list[str]] = {}
    kinds: dict[str, tuple[Role, str | None]] = {}
    for room in desk.record.keyring.rooms.values():
        if not room.closed_to_me:
            for reader in room.head.roster.readers:
                held.setdefault(reader.member, []).append(room.name)
                kinds[reader.member] = (reader.role, reader.side)
    found = []
    for member, names in held.items():
        role, side = kinds[member]
        entry = introduced.get(member)
        name, code = (entry.body.name, entry.about) if entry else (member, None)
        waiting = role in STEWARDS and still_invited(desk.store, desk.initiative_id, bytes.fromhex(member))
        found.append(Member(member, name, role, side, code, tuple(sorted(names)), member == desk.me, role in STEWARDS, waiting))
    return tuple(sorted(found, key=lambda one: (not one.steward, one.role, one.side or "", one.code or "", one.name)))


def gone(desk: Desk) -> tuple[str, ...]:
    """Pseudonyms of those who were let out."""
    return tuple(dict.fromkeys(entry.body.member for entry in desk.settled if isinstance(entry, MemberRemoved)))


def let_in_by_card(asked: Asked, desk: Desk, cards: Iterable[tuple[str, Role, str | None, str | None]]) -> None:
    """Make cards for people (name, role, side, code of the person); their words are shown on one page until they are handed over."""
    made = [
        Handing(kind="card", words=issue_card(desk.record, name, role, side, clock.today(), person=code).words, tag=desk.tag, code=code or name)
        for name, role, side, code in cards
    ]
    _hand(asked, desk, made)


def let_in_by_invitation(asked: Asked, desk: Desk, name: str, role: Role) -> None:
    """Make an invitation to the team; its words are shown on one page until they are handed over."""
    until = clock.now() + timedelta(hours=INVITATION_HOURS)
    admitted = invite(desk.record, name, role, clock.today(), until)
    _hand(asked, desk, [Handing(kind="invitation", words=admitted.words, tag=desk.tag, code=name)])


def done_already(asked: Asked) -> bool:
    """Whether this very form has made its words before."""
    return asked.who.visit is not None and asked.who.visit.done == once_of(asked)


def _hand(asked: Asked, desk: Desk, made: list[Handing]) -> None:
    desk.changed()
    visit = asked.who.visit
    if visit is not None:
        change(asked, visit.model_copy(update={"handing": (*visit.handing, *made), "done": once_of(asked)}))


def handed_over(asked: Asked, desk: Desk) -> None:
    """Forget the words that were shown."""
    visit = asked.who.visit
    if visit is not None:
        change(asked, visit.model_copy(update={"handing": tuple(one for one in visit.handing if one.tag != desk.tag)}))


def let_out(desk: Desk, member: str) -> tuple[str, ...]:
    """Let somebody out of every room: keys change, the card or account opens nothing here any more, and visits end at once."""
    names = remove(desk.record, member, clock.today())
    end_of_members(desk.initiative_id, [bytes.fromhex(member)])
    desk.changed()
    return names
