"""Between a programme and the record: what of it the record holds already, and the entries that would make the record hold it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from tracktwo.considerations.timetable import Draft, Own, with_own
from tracktwo.considerations.timetable_planned import Planned
from tracktwo.model.timetable import Placed, Timetable
from tracktwo.record.entry import BaseEntry
from tracktwo.record.keeping import FactWithdrawn, Withdrawal
from tracktwo.record.sessions import Item, ProgrammeEntered, Session, SessionPlanned

Entry = SessionPlanned | ProgrammeEntered

KINDS: Mapping[str, str] = {
    "break": "break", "meal": "meal", "culture": "culture", "observance": "prayer", "travel": "travel", "quiet": "rest", "team": "other",
    "plenary": "other", "transfer": "other",
}  # fmt: skip
"""Kind of an item → kind of an entry, for what has no stage."""
STAGES: Mapping[str, str] = {
    "needs-and-fears": "needs and fears", "joint-thinking": "joint thinking", "constraints": "constraints",
    "overcoming-constraints": "overcoming constraints", "carrying-home": "follow-up",
}  # fmt: skip
"""Stage of a session → stage of an entry."""
_BACK: Mapping[str, str] = {
    "meal": "meal",
    "break": "break",
    "prayer": "observance",
    "rest": "quiet",
    "culture": "culture",
    "travel": "travel",
    "other": "plenary",
}
NEAR = 45
"""So many minutes may an entry lie outside the hours of an item of its kind, to be taken for it."""


@dataclass(frozen=True)
class Matched:
    """What the record holds of a programme: item → entry; and the programme that it holds, as far as it is this one."""

    entries: Mapping[str, Entry]
    standing: Timetable | None


def matched(draft: Draft, live: Iterable[BaseEntry]) -> tuple[Draft, Matched]:
    """The draft with all that the record has planned for its days: the same items under the record's own words, and what stands beside them."""
    dates = {draft.day(number): number for number in range(1, draft.days + 1)}
    there = [one for one in live if isinstance(one, Entry) and one.body.day in dates and one.body.zone == draft.house.zone]
    there.sort(key=lambda one: (one.body.day, one.body.start, one.id))
    pairs = dict(_pairs(draft, there, dates))
    taken = {entry.id for entry in pairs.values()}
    own = [_own(draft, number, entry, dates[entry.body.day]) for number, entry in enumerate((one for one in there if one.id not in taken), 1)]
    entries: dict[str, Entry] = {**pairs, **dict(zip((one.id for one in own), (one for one in there if one.id not in taken), strict=True))}
    filled = with_own(draft, own, {name: (_said(entry), _length(entry)) for name, entry in pairs.items()})
    items = tuple(_placed(name, entry, dates[entry.body.day]) for name, entry in entries.items())
    standing = Timetable(title="–", status="feasible", reproducible=True, items=items) if items else None
    return filled, Matched(entries, standing)


def _pairs(draft: Draft, there: list[Entry], dates: Mapping[date, int]) -> Iterator[tuple[str, Entry]]:
    """Sessions by their stage, in their order; everything else by its kind, on its day, about its hour."""
    sessions = [one for one in draft.sessions if one.stage]
    for stage in dict.fromkeys(one.stage for one in sessions):
        mine = [entry for entry in there if isinstance(entry, SessionPlanned) and entry.body.stage == STAGES[stage or ""] and entry.room == "plenary"]
        yield from zip((one.id for one in sessions if one.stage == stage), mine, strict=False)
    left = [entry for entry in there if isinstance(entry, ProgrammeEntered)]
    for slot in _slots(draft):
        near = [entry for entry in left if slot.may_be(entry, dates[entry.body.day])]
        if near:
            best = min(near, key=lambda entry: (slot.far(entry), _said(entry) != slot.title, entry.body.start, entry.id))
            left.remove(best)
            yield slot.name, best


@dataclass(frozen=True)
class _Slot:
    """Where an item of one day may begin, and in which room of the record it would stand."""

    name: str
    title: str
    kind: str
    room: str
    day: int
    first: int
    last: int

    def far(self, entry: Entry) -> int:
        """Minutes from the hours in which it may begin."""
        start = _minute(entry.body.start)
        return max(self.first - start, start - self.last, 0)

    def may_be(self, entry: ProgrammeEntered, day: int) -> bool:
        return (_BACK[entry.body.kind], entry.room, day) == (self.kind, self.room, self.day) and self.far(entry) <= NEAR


def _slots(draft: Draft) -> Iterator[_Slot]:
    for one in draft.sessions:
        if one.stage is None and one.between:
            room = "team" if one.kind == "team" else "plenary"
            last = one.between.until - one.minutes
            yield _Slot(one.id, one.title or "", _BACK[KINDS[one.kind]], room, one.days[0], one.between.from_, last)
    for place, kept in enumerate(draft.observances, 1):
        room = "team" if f"kept-{place}" in draft.private else "plenary"
        for day in kept.days if kept.minutes else ():
            yield _Slot(f"kept-{place}/{day}", kept.what or "", "observance", room, day, kept.from_, kept.until - (kept.minutes or 0))


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _length(entry: Entry) -> int:
    """Its minutes, as far as a programme has items of that length."""
    return min(max(_minute(entry.body.end) - _minute(entry.body.start), 5), 12 * 60)


def _said(entry: Entry) -> str:
    return entry.body.session if isinstance(entry.body, Session) else entry.body.what


def _own(draft: Draft, number: int, entry: Entry, day: int) -> Own:
    """An entry that is nothing of the plain programme, where it stands."""
    side = entry.room.partition(":")[2]
    known = {person.side for person in draft.people if person.side}
    team = tuple(f"role:{role}" for role in ("facilitator", "interpreter", "team") if any(person.role == role for person in draft.people))
    who = (f"side:{side}",) if side in known else team if entry.room == "team" and team else ("all",)
    kind = "plenary" if isinstance(entry.body, Session) else _BACK[entry.body.kind]
    start, end = _minute(entry.body.start), _minute(entry.body.end)
    return Own(f"own-{number}", _said(entry), kind, day, start, min(max(end, start + 5), start + 12 * 60), who)


def _placed(name: str, entry: Entry, day: int) -> Placed:
    body = entry.body
    kind = "plenary" if isinstance(body, Session) else _BACK[body.kind]
    return Placed(id=name, title=_said(entry), kind=kind, day=day, date=body.day, start=body.start, end=body.end, zone=body.zone)


# -- and back -------------------------------------------------------------------------------------------------------------


def entries_of(planned: Planned, held: Matched, on: date, language: str) -> tuple[BaseEntry, ...]:
    """What must be written so that the record holds this programme and nothing else of these days: new items, moved ones, and what is left out."""
    found: list[BaseEntry] = []
    for item in planned.plan.items:
        old = held.entries.get(item.id)
        if old is None:
            found.append(_new(planned, item, on, language))
        elif (old.body.day, old.body.start, old.body.end) != (item.date, item.start, item.end):
            body = old.body.model_copy(update={"day": item.date, "start": item.start, "end": item.end})
            found.append(type(old)(on=on, lamport=0, room=old.room, replaces=(old.id,), body=body))
    placed = {item.id for item in planned.plan.items}
    gone = [old for name, old in held.entries.items() if name not in placed]
    return (*found, *(FactWithdrawn(on=on, lamport=0, room=old.room, body=Withdrawal(), replaces=(old.id,)) for old in gone))


def _new(planned: Planned, item: Placed, on: date, language: str) -> BaseEntry:
    """An item as an entry: for the plenary, but for what the team does alone and what single people keep, which are nobody else's."""
    when = {"day": item.date, "start": item.start, "end": item.end, "zone": item.zone}
    if item.stage is not None:
        return SessionPlanned(on=on, lamport=0, body=Session(session=item.title, stage=STAGES[item.stage], **when))
    kept, _, _ = item.id.partition("/")
    hidden = item.kind == "team" or kept in planned.draft.private
    body = Item(kind=KINDS[item.kind], what=item.title, language=language, side=_side(planned, item, kept), **when)
    return ProgrammeEntered(on=on, lamport=0, room="team" if hidden else "plenary", body=body)


def _side(planned: Planned, item: Placed, kept: str) -> str | None:
    """Who hosts it, or the one side whose observance it is."""
    if item.host is not None:
        return item.host
    place = kept.removeprefix("kept-")
    who = planned.draft.observances[int(place) - 1].people if place != kept and place.isdecimal() else ()
    return who[0].removeprefix("side:") if len(who) == 1 and who[0].startswith("side:") else None


def standing_at(draft: Draft, told: str) -> Timetable | None:
    """The programme that a page showed last, as its form says it: `id=day@HH:MM-HH:MM`, with spaces between; None where it cannot be read."""
    items = []
    for word in told.split()[:600]:
        name, _, rest = word.partition("=")
        day, _, hours = rest.partition("@")
        start, _, end = hours.partition("-")
        if not (day.isdecimal() and 1 <= int(day) <= draft.days):
            return None
        number = int(day)
        when = {"day": number, "date": draft.day(number), "start": start, "end": end, "zone": draft.house.zone}
        try:
            items.append(Placed(id=name, title=name, kind="–", **when))
        except ValidationError:
            return None
    known = {one.id: one for one in plain_of(draft).items} | {own.id: _own_placed(draft, own) for own in draft.own}
    known |= {one.id: one for one in _pauses(draft)}
    where = ("day", "date", "start", "end")
    found = tuple(known[one.id].model_copy(update={name: getattr(one, name) for name in where}) for one in items if one.id in known)
    return Timetable(title="–", status="feasible", reproducible=True, items=found) if found else None


def plain_of(draft: Draft) -> Timetable:
    """The items where they may begin at the earliest, for a page that has nothing better to show."""
    items = []
    for one in draft.sessions:
        day = one.days[0] if one.days else one.wish.day if one.wish and one.wish.day else 1
        start = one.between.from_ if one.between else 0
        items.append(_standing(draft, one.id, one.title or one.id, one.kind, day, start, start + one.minutes, one.stage))
    items += [_own_placed(draft, own) for own in draft.own]
    return Timetable(title="–", status="feasible", reproducible=True, items=tuple(items))


def _own_placed(draft: Draft, own: Own) -> Placed:
    return _standing(draft, own.id, own.title, own.kind, own.day, own.start, own.end)


def _pauses(draft: Draft) -> Iterator[Placed]:
    for place, kept in enumerate(draft.observances, 1):
        for day in kept.days if kept.minutes else ():
            yield _standing(draft, f"kept-{place}/{day}", kept.what or "", "observance", day, kept.from_, kept.from_ + (kept.minutes or 0))


def _standing(draft: Draft, name: str, title: str, kind: str, day: int, start: int, end: int, stage: str | None = None) -> Placed:
    clocks = (f"{minute // 60:02d}:{minute % 60:02d}" for minute in (start, end))
    at = dict(zip(("start", "end"), clocks, strict=True))
    return Placed(id=name, title=title, kind=kind, stage=stage, day=day, date=draft.day(day), zone=draft.house.zone, **at)


def told_of(plan: Timetable) -> str:
    """The same in writing."""
    return " ".join(f"{item.id}={item.day}@{item.start}-{item.end}" for item in plan.items)
