"""Who is in a room: readers with their public keys, and the drop boxes into which they can put something."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tracktwo.model.base import Noun, SideId
from tracktwo.record.entry import RoomName
from tracktwo.record.keeping import STEWARDS, MemberId, Role

PublicKey = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""An X25519 public key in hexadecimal digits."""


class Reader(Noun):
    """Somebody who holds the key of a room."""

    member: MemberId
    role: Role
    key: PublicKey
    side: SideId | None = None

    @property
    def steward(self) -> bool:
        """True for who may give a room a new key."""
        return self.role in STEWARDS


class Box(Noun):
    """A drop box, as everybody in another room knows it: where to put something, and who will be able to look."""

    name: RoomName
    room: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    epoch: int
    key_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    key: PublicKey
    readers: tuple[Reader, ...]


class Roster(Noun):
    """A room in one epoch."""

    name: RoomName
    history: bool = True
    """Whether newcomers can read what was written before they came."""
    readers: tuple[Reader, ...]
    boxes: tuple[Box, ...] = ()

    def reader(self, member: str) -> Reader | None:
        """The reader of that pseudonym."""
        return next((reader for reader in self.readers if reader.member == member), None)
