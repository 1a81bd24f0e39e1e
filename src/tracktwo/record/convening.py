"""Entries about who is convened and who sits with whom: the panel that was settled, and the plans of breakout rooms. They stay in the team's room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Noun, Text
from tracktwo.record.entry import BaseEntry, PersonCode

Helping = Annotated[str, StringConstraints(pattern=r"^([A-Z][0-9]{0,3}-[0-9]{2,4})?$")]
"""The code of an interpreter, or nothing where a room needs none."""
Balanced = Literal["side", "gender", "youth", "region"]
BALANCED: tuple[Balanced, ...] = ("side", "gender", "youth", "region")
"""What rooms can be balanced by."""


class Panel(Noun):
    """Who is on the panel and who in reserve, by codes: what speaks for and against somebody stays where it was entered."""

    people: tuple[PersonCode, ...] = Field(min_length=1, max_length=200)
    reserves: tuple[PersonCode, ...] = Field(default=(), max_length=200)
    """In the order in which they would be asked."""
    declined: tuple[PersonCode, ...] = Field(default=(), max_length=400)
    """Who has refused since the first panel was settled: nobody asks again who said no."""
    signed_by: Text

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        every = (*self.people, *self.reserves, *self.declined)
        if len(set(every)) < len(every):
            twice = next(code for code in every if every.count(code) > 1)
            raise PydanticCustomError("twice", "names {code} twice: on the panel, in reserve, or as somebody who declined", {"code": twice})
        return self


class PanelSettled(BaseEntry):
    """A panel that somebody settled. It is never changed, only followed by another one."""

    type: Literal["PanelSettled"] = "PanelSettled"
    room: Literal["team"] = "team"
    replaces: Annotated[tuple[str, ...], Field(max_length=0)] = ()
    body: Panel


class Coming(Noun):
    """Somebody who takes part, and in which rounds, counted from 1; without a last one until the end."""

    person: PersonCode
    first: Annotated[int, Field(ge=1, le=100)] = 1
    last: Annotated[int, Field(ge=1, le=100)] | None = None


class Seated(Noun):
    """One round. All tuples are as long as there are rooms."""

    rooms: tuple[tuple[PersonCode, ...], ...]
    interpreters: tuple[Helping, ...]
    facilitators: tuple[tuple[PersonCode, ...], ...]

    @model_validator(mode="after")
    def _as_many(self) -> Self:
        if not len(self.rooms) == len(self.interpreters) == len(self.facilitators):
            raise PydanticCustomError("rooms", "should say of each room who sits in it, who interprets and who facilitates")
        return self


class Pinned(Noun):
    """Somebody who has to sit in a room; rounds and rooms count from 1."""

    person: PersonCode
    round: Annotated[int, Field(ge=1, le=100)]
    room: Annotated[int, Field(ge=1, le=200)]


class RoomPlan(Noun):
    """A plan of breakout rooms with all that it was asked for, so that it can be planned again."""

    title: Text
    people: tuple[Coming, ...] = Field(min_length=2, max_length=200)
    interpreters: tuple[PersonCode, ...] = ()
    facilitators: tuple[PersonCode, ...] = ()
    balance: tuple[Balanced, ...] = ()
    pins: tuple[Pinned, ...] = ()
    held: Annotated[int, Field(ge=0, le=100)] = 0
    """How many rounds were over when it was saved."""
    rounds: tuple[Seated, ...] = Field(min_length=1, max_length=100)
    signed_by: Text

    @model_validator(mode="after")
    def _alike(self) -> Self:
        if len({len(one.rooms) for one in self.rounds}) > 1:
            raise PydanticCustomError("rooms", "should have as many rooms in each round")
        return self


class RoomsPlanned(BaseEntry):
    """A plan that somebody saved. A later version of it replaces it."""

    type: Literal["RoomsPlanned"] = "RoomsPlanned"
    room: Literal["team"] = "team"
    body: RoomPlan


CONVENING: tuple[type[BaseEntry], ...] = (PanelSettled, RoomsPlanned)


def panels_of(entries: Iterable[BaseEntry]) -> tuple[PanelSettled, ...]:
    """The panels that were settled, in the order of the record: the last one counts."""
    return tuple(entry for entry in entries if isinstance(entry, PanelSettled))


def plans_of(entries: Iterable[BaseEntry]) -> tuple[RoomsPlanned, ...]:
    """The plans of rooms among entries that count, in the order of the record."""
    return tuple(entry for entry in entries if isinstance(entry, RoomsPlanned))
