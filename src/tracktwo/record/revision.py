"""A brief that comes again: what it says now against what the record took from it before. People keep the codes they have."""

from __future__ import annotations

from collections.abc import Sequence

from tracktwo.record.entries import Entry, PersonInvited, TeamMemberAdded
from tracktwo.record.initiative import Initiative, replay, settled
from tracktwo.record.keeping import FactWithdrawn, KeysDestroyed, Withdrawal
from tracktwo.record.mask import same

_PEOPLE = (TeamMemberAdded, PersonInvited)


def stamped(fresh: Sequence[Entry], before: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """The entries of a brief with the code of the person on each entry about one: the code that the record gave before, or the next that is free."""
    known: dict[tuple[str, str], list[str]] = {}
    for entry in settled(before)[0]:
        if isinstance(entry, _PEOPLE) and entry.about:
            known.setdefault((entry.field, same(entry.body.name)), []).append(entry.about)
    kept = []
    for entry in fresh:
        codes = known.get((entry.field, same(entry.body.name))) if isinstance(entry, _PEOPLE) else None
        kept.append(entry.model_copy(update={"about": codes.pop(0)}) if codes else entry)
    taken = [entry.about for entry in before if entry.about]
    taken += [code for entry in before if isinstance(entry, KeysDestroyed) for code in entry.body.retired]
    state = replay(kept, taken=taken)
    codes_of = {id(member.person): member.code for member in state.members}
    return tuple(
        entry.model_copy(update={"about": codes_of[id(entry.body)]}) if isinstance(entry, _PEOPLE) else concerning(entry, state) for entry in kept
    )


def concerning(entry: Entry, state: Initiative) -> Entry:
    """An entry whose body names one person, under that person's code: so it is erased with the person, and a new spelling changes nothing."""
    person = getattr(entry.body, "person", None)
    member = state.member_of(person) if isinstance(person, str) and not entry.about else None
    if member is None:
        return entry
    return entry.model_copy(update={"about": member.code, "body": entry.body.model_copy(update={"person": member.code})})


def revision(fresh: Sequence[Entry], before: Sequence[Entry]) -> tuple[Entry, ...]:
    """What to append so that a record which took an earlier brief says what this one says.

    What did not change stays; what a person of that name or a field of one value says now replaces what it said; what is no longer there is taken
    back. Entries that came by another way than a brief are left alone. `fresh` are stamped.
    """
    live = [entry for entry in settled(before)[0] if entry.source == "brief"]
    there = {(type(entry), entry.body.model_dump_json()): entry for entry in live}
    by_field = {entry.field: entry for entry in live if not entry.many}
    by_code = {(type(entry), entry.about): entry for entry in live if isinstance(entry, _PEOPLE)}
    said: set[str] = set()
    added: list[Entry] = []
    for entry in fresh:
        unchanged = there.get((type(entry), entry.body.model_dump_json()))
        if unchanged is not None:
            said.add(unchanged.id)
            continue
        old = by_code.get((type(entry), entry.about)) if isinstance(entry, _PEOPLE) else by_field.get(entry.field)
        if old is not None:
            said.add(old.id)
            entry = entry.model_copy(update={"replaces": (old.id,)})
        added.append(entry)
    on = fresh[0].on
    gone = [entry for entry in live if entry.id not in said]
    return (*added, *(FactWithdrawn(on=on, lamport=0, room=old.room, about=old.about, body=Withdrawal(), replaces=(old.id,)) for old in gone))
