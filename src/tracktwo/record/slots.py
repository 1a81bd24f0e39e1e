"""Whom the words of a card or an invitation stand for, over all initiatives of a database."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tracktwo.record.keyring import SLOT
from tracktwo.record.store import Store
from tracktwo.vault.identity import INVITATION, PARTICIPANT, Identity, Slot, open_by_card, open_by_invitation, slot_from
from tracktwo.vault.primitives import CannotOpen
from tracktwo.vault.secret import Secret


class Recognised(NamedTuple):
    """Somebody whom words stand for."""

    initiative: bytes
    identity: Identity


def holder_of_card(store: Store, secret: Secret, words: str) -> Recognised | None:
    """Whose card it is; every card is tried, whether one before fits or not. Raises NotAWord."""
    found = None
    for initiative, slot in _slots(store, PARTICIPANT):
        try:
            found = Recognised(initiative, open_by_card(slot, words, secret.pepper))
        except CannotOpen:
            continue
    return found


def holder_of_invitation(store: Store, words: str, now: datetime) -> Recognised | None:
    """Who was invited by these words, if they are still good at `now`. Raises NotAWord."""
    found = None
    for initiative, slot in _slots(store, INVITATION):
        try:
            found = Recognised(initiative, open_by_invitation(slot, words, now))
        except CannotOpen:
            continue
    return found


def _slots(store: Store, kind: int) -> list[tuple[bytes, Slot]]:
    slots = [(initiative, slot_from(value)) for initiative, value in store.values(SLOT)]
    return [(initiative, slot) for initiative, slot in slots if slot.kind == kind]


def still_invited(store: Store, initiative: bytes, member: bytes) -> bool:
    """Whether an invitation has not been used yet."""
    return any(place == initiative and slot.member == member for place, slot in _slots(store, INVITATION))
