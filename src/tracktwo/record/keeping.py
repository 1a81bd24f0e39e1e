"""Entries about the record itself: who its members are, what was taken back or destroyed, and which dossiers were made from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from tracktwo.model.base import Noun, SideId, Text
from tracktwo.record.entry import BaseEntry, PersonCode, RoomName

MemberId = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
"""The pseudonym of somebody who holds keys: sixteen random hexadecimal digits."""

Role = Literal["convenor", "facilitator", "participant", "evaluator", "interpreter", "logistics"]
"""What a member is in a room. Convenors and facilitators are its stewards: they let people in and out and open drop boxes."""

STEWARDS: frozenset[str] = frozenset({"convenor", "facilitator"})


class Introduction(Noun):
    """Who stands behind a member's pseudonym."""

    member: MemberId
    name: Text
    role: Role
    side: SideId | None = None


class Withdrawal(Noun):
    """Why something that was stated no longer counts; what, stands in `replaces`."""

    reason: Text | None = None


class Destruction(Noun):
    """Which body keys were destroyed. Nothing else remains of what they opened; of a person only the code that nobody else may get."""

    keys: tuple[str, ...]
    retired: tuple[PersonCode, ...] = ()
    what: Literal["a person's entries", "a session's notes", "travel papers"]
    session: Text | None = None
    part: Text | None = None


class Leaving(Noun):
    """Somebody who no longer belongs to a room."""

    member: MemberId
    rooms: tuple[RoomName, ...]
    """None named: he left them all, also those into which whoever wrote it cannot look."""


class KeyGiving(Noun):
    """That a room has a new key: from here on whoever left can read nothing."""

    epoch: int


class Making(Noun):
    """What a dossier was made from."""

    as_of: date
    software: Text
    language: Text
    names_people: bool
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Of dossier.json as it was written."""
    sources: tuple[tuple[str, str], ...] = ()
    """Name and version of every outside source that was read."""


class MemberIntroduced(BaseEntry):
    type: Literal["MemberIntroduced"] = "MemberIntroduced"
    body: Introduction


class MemberRemoved(BaseEntry):
    type: Literal["MemberRemoved"] = "MemberRemoved"
    body: Leaving


class RoomRekeyed(BaseEntry):
    type: Literal["RoomRekeyed"] = "RoomRekeyed"
    body: KeyGiving


class FactWithdrawn(BaseEntry):
    type: Literal["FactWithdrawn"] = "FactWithdrawn"
    body: Withdrawal


class KeysDestroyed(BaseEntry):
    type: Literal["KeysDestroyed"] = "KeysDestroyed"
    body: Destruction


class DossierConstituted(BaseEntry):
    type: Literal["DossierConstituted"] = "DossierConstituted"
    body: Making


KEEPING: tuple[type[BaseEntry], ...] = (MemberIntroduced, MemberRemoved, RoomRekeyed, FactWithdrawn, KeysDestroyed, DossierConstituted)
