"""What every entry of a record has: one typed fact, with who, when, in which room and under which rule.

An entry class says in two words where its body belongs: `field` of the initiative, and whether there are `many`; an entry without a field
is about the record itself or about the dialogue, which have their own readers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Noun

RoomName = Annotated[str, Field(pattern=r"^(team|logistics|plenary|caucus:[a-z0-9][a-z0-9-]{0,39}|sealed|ballots|surveys)$")]
"""The rooms of an initiative. Into `sealed`, `ballots` and `surveys` everybody can write and only those who facilitate can look."""

BOXES = ("sealed", "ballots", "surveys")
"""The rooms that are drop boxes."""

EntryId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""The first half of the SHA-256 of an entry as it was first written, in hexadecimal digits."""

PersonCode = Annotated[str, Field(pattern=r"^[A-Z][0-9]{0,3}-[0-9]{2,4}$")]
"""What stands for a person outside the team's room, such as A-03."""


class Rule(Noun):
    """Under which rule words were said, agreed for a part of a session (the Chatham House Rule and the stricter ones beside it)."""

    attribution: Literal["none", "side", "name"] = "none"
    """Whether what is used outside may say nothing of the speaker, the side, or the name."""
    quotable: bool = False
    """Whether words may be quoted at all, each with the speaker's consent."""
    notes: bool = True
    """Whether notes may be taken."""
    keep_until: date | None = None
    """The day by which the notes are destroyed; None where they are kept."""


class BaseEntry(Noun):
    """Common to all entries. `lamport` is one more than the highest that its author had seen in the room: it orders what depends on each other.

    The lines of the brief that a body was read from are for whoever has that file open: stored entries do not keep them.
    """

    room: RoomName = "team"
    author: str = "convenor"
    on: date
    at: datetime | None = None
    """The second, in the team's room only: elsewhere a day is enough and a second could name a speaker."""
    lamport: int = Field(ge=0)
    version: Literal[1] = 1
    about: PersonCode | None = None
    """The one person whom the entry is about; to erase that person destroys the key of it."""
    replaces: tuple[EntryId, ...] = ()
    """Entries that this one puts right. Two that replace the same one are both shown."""
    rule: Rule | None = None
    source: Literal["brief"] | None = None
    """Where it was read from, when a file that can come again: a later brief replaces what an earlier one said and nothing else."""
    if TYPE_CHECKING:  # every type says of what kind its body is
        body: Any

    field: ClassVar[str] = ""
    many: ClassVar[bool] = True

    @field_validator("at")
    @classmethod
    def _coarse(cls, at: datetime | None, info: ValidationInfo) -> datetime | None:
        if at is not None:
            if info.data.get("room") != "team":
                raise PydanticCustomError("coarse", "should be left out: an exact time stands in the team's room only")
            if at.utcoffset() != timedelta(0):
                raise PydanticCustomError("utc", "should be a time in UTC")
        return at

    def stored(self) -> bytes:
        """The entry as it is sealed: JSON in UTF-8, without what is not known."""
        return self.model_dump_json(exclude_none=True).encode()

    @cached_property
    def id(self) -> str:
        """32 hexadecimal digits derived from the content: from the bytes that were first stored, whatever version reads them."""
        return id_of(self.stored())

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As pydantic's, but what was changed gets another id."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("id", None)
        return copy

    @property
    def key_label(self) -> tuple[str, ...]:
        """Which entries share a body key with this one, and so are destroyed with it: those of one author, about one person, of one part's notes."""
        return ("author", self.author, self.about or "")


@dataclass(frozen=True)
class Unknown:
    """An entry that this version of tracktwo cannot read. It is kept and travels on as it is."""

    id: str
    room: str
    type: str
    version: int

    @property
    def sentence(self) -> str:
        return f"an entry of the type '{self.type}' (version {self.version}) was written by a newer version of tracktwo; it is kept, not shown"


def id_of(stored: bytes) -> str:
    """The id of an entry by the bytes that were first stored."""
    return hashlib.sha256(stored).hexdigest()[:32]


def with_id(entry: BaseEntry, entry_id: str) -> BaseEntry:
    """Remember under which id an entry was stored; it is the one that later entries name."""
    entry.__dict__["id"] = entry_id
    return entry


Document = dict[str, Any]
"""An entry as JSON gives it, before it has a type."""
