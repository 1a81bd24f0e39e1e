"""Entries about statements: proposed, made, translated, put to the vote and closed again. A vote itself is no entry: see `ballots`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Language, Noun, SideId, Text
from tracktwo.record.entry import BaseEntry, EntryId
from tracktwo.record.placed import AmongPeople

LONGEST = 1000
"""Letters of a statement: it has to fit a card."""

Short = Annotated[Text, Field(max_length=LONGEST)]


class Proposal(Noun):
    """A statement that somebody would like to put to everybody."""

    text: Short
    language: Language


class Statement(Noun):
    """A statement on which people can vote."""

    text: Short
    language: Language
    number: int = Field(ge=1)
    """How it is called aloud and on paper, within its room."""
    from_proposal: EntryId | None = None
    """Which proposal in the drop box it was taken from. Whoever made that one recognises it; nobody else of the room can look there."""


class Translation(Noun):
    """A statement in another language, and how far it can be trusted."""

    statement: EntryId
    language: Language
    text: Short
    status: Literal["machine", "pasted", "checked"]
    """`machine` and `pasted` say how it came here; `checked` that a reader has compared it."""
    checked_by_side: SideId | None = None
    """To which side the reader belongs who checked it; None for one of the team."""

    @model_validator(mode="after")
    def _a_side_only_where_it_was_checked(self) -> Self:
        if self.checked_by_side is not None and self.status != "checked":
            raise PydanticCustomError("checked", "names a side that checked it, so its status should be 'checked'")
        return self


class Ballot(Noun):
    """Statements that are put to the vote, or no longer are."""

    statements: tuple[EntryId, ...] = Field(min_length=1)


class StatementProposed(BaseEntry):
    type: Literal["StatementProposed"] = "StatementProposed"
    room: Literal["sealed"] = "sealed"
    body: Proposal


class StatementMade(BaseEntry):
    type: Literal["StatementMade"] = "StatementMade"
    room: AmongPeople = "plenary"
    body: Statement


class TranslationOffered(BaseEntry):
    type: Literal["TranslationOffered"] = "TranslationOffered"
    room: AmongPeople = "plenary"
    body: Translation


class VotingOpened(BaseEntry):
    type: Literal["VotingOpened"] = "VotingOpened"
    room: AmongPeople = "plenary"
    body: Ballot


class VotingClosed(BaseEntry):
    type: Literal["VotingClosed"] = "VotingClosed"
    room: AmongPeople = "plenary"
    body: Ballot


STATEMENTS: tuple[type[BaseEntry], ...] = (StatementProposed, StatementMade, TranslationOffered, VotingOpened, VotingClosed)


@dataclass(frozen=True)
class Put:
    """A statement with its translations and whether it can be voted on now."""

    id: str
    room: str
    body: Statement
    translations: tuple[Translation, ...]
    """The one that counts of each language, in the order in which the languages came."""
    state: Literal["not yet", "open", "closed"]

    def in_language(self, language: str) -> Translation | None:
        """The translation into a language; None where there is none, or the statement was made in it."""
        return next((one for one in self.translations if one.language == language and language != self.body.language), None)


def statements_of(live: Iterable[BaseEntry]) -> tuple[Put, ...]:
    """The statements of the entries that count, given in the order of the record: room by room, by number. Pure.

    Of several translations into one language the last one counts, but one that was checked gives way only to another that was checked. What is
    said of a statement in another room than its own does not count.
    """
    made: dict[str, StatementMade] = {}
    texts: dict[str, dict[str, Translation]] = {}
    states: dict[str, Literal["open", "closed"]] = {}
    for entry in live:
        match entry:
            case StatementMade():
                made[entry.id] = entry
            case TranslationOffered() if _beside(entry, made, entry.body.statement):
                known = texts.setdefault(entry.body.statement, {})
                before = known.get(entry.body.language)
                if before is None or before.status != "checked" or entry.body.status == "checked":
                    known[entry.body.language] = entry.body
            case VotingOpened() | VotingClosed():
                state: Literal["open", "closed"] = "open" if isinstance(entry, VotingOpened) else "closed"
                states.update({one: state for one in entry.body.statements if _beside(entry, made, one)})
    found = (Put(name, one.room, one.body, tuple(texts.get(name, {}).values()), states.get(name, "not yet")) for name, one in made.items())
    return tuple(sorted(found, key=lambda put: (put.room != "plenary", put.room, put.body.number, put.id)))


def _beside(entry: BaseEntry, made: dict[str, StatementMade], statement: str) -> bool:
    return statement in made and made[statement].room == entry.room
