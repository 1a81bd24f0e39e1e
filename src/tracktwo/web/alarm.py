"""What one press does when something happened: visits end, keys change, cards are void, nothing leaves any more; and the plan that was agreed."""

from __future__ import annotations

from tracktwo.record.care import Freezing, Happening, LeakPlan, LeakPlanAgreed, Neutral, NeutralAgreed, PublishingResumed, SomethingHappened
from tracktwo.record.keeping import STEWARDS
from tracktwo.record.membership import NotPossible, remove, rotate
from tracktwo.web import clock
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, touch
from tracktwo.web.sessions import end_of_members


def happenings(desk: Desk) -> tuple[SomethingHappened, ...]:
    """What happened and is not settled yet, as far as the keys open it. To put it away in the inbox settles nothing."""
    settled = {entry.body.because_of for entry in desk.settled if isinstance(entry, PublishingResumed)}
    told = {entry.id: entry for entry in desk.entries if isinstance(entry, SomethingHappened)}
    return tuple(entry for name, entry in told.items() if name not in settled)


def frozen(desk: Desk) -> bool:
    """Whether nothing may leave for now."""
    return any(not entry.body.rehearsal for entry in happenings(desk))


def press(asked: Asked, desk: Desk, happening: Happening) -> tuple[str, ...]:
    """Write down what happened and do at once what can be done. Returns the rooms that have new keys.

    A steward lets out the member whom it concerns and changes every key; anybody else marks the rooms, so that nobody writes into them before a
    steward has changed their keys. A rehearsal writes it down and changes nothing.
    """
    steward = desk.own_role in STEWARDS
    desk.write(asked, SomethingHappened(room="team" if steward else "sealed", on=clock.today(), lamport=0, body=happening))
    if happening.rehearsal:
        return ()
    if happening.member and happening.member != desk.me and steward:
        rooms = list(remove(desk.record, happening.member, clock.today()))
    else:
        rooms = []
    if happening.member:
        end_of_members(desk.initiative_id, [bytes.fromhex(happening.member)])
    if steward:
        left = [room.name for room in desk.record.keyring.rooms.values() if not room.closed_to_me and room.name not in rooms]
        rooms += list(rotate(desk.record, left, clock.today()))
    else:
        for room in desk.store.rooms(desk.initiative_id):
            desk.store.mark(desk.initiative_id, room, stale=True)
    touch(desk.initiative_id)
    return tuple(sorted(rooms))


def resume(asked: Asked, desk: Desk, because_of: str) -> None:
    """Let things leave again after what happened is settled. Raises NotPossible."""
    if because_of not in {entry.id for entry in happenings(desk)}:
        raise NotPossible("this is settled already, or nothing of the kind is known")
    desk.write(asked, PublishingResumed(on=clock.today(), lamport=0, body=Freezing(because_of=because_of)))


def plan(desk: Desk) -> LeakPlan | None:
    """What was agreed last for the day when something leaks."""
    agreed = [entry.body for entry in desk.settled if isinstance(entry, LeakPlanAgreed)]
    return agreed[-1] if agreed else None


def neutral(desk: Desk) -> Neutral | None:
    """What was agreed last to be shown to anybody."""
    agreed = [entry.body for entry in desk.settled if isinstance(entry, NeutralAgreed)]
    return agreed[-1] if agreed else None
