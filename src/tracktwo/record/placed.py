"""In which rooms a type of entry may stand, and how a moment of a meeting is written."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.record.entry import BaseEntry, RoomName

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of the day as HH:MM, in the zone that stands beside it."""

Zone = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_+-]{1,29}(/[A-Za-z0-9_+-]{1,30}){0,2}$")]
"""A time zone by its name in the IANA database. Whether there is one of that name is asked where it is written, not where an old record is read."""


def _among_people(room: str) -> str:
    if room == "plenary" or room.startswith("caucus:"):
        return room
    raise PydanticCustomError("room", "should stand in the plenary or in a caucus")


def _where_people_speak(room: str) -> str:
    return room if room == "team" else _among_people(room)


def _for_the_stewards(room: str) -> str:
    if room in ("team", "sealed"):
        return room
    raise PydanticCustomError("room", "should stand in the team's room, or be put into the drop box")


AmongPeople = Annotated[RoomName, AfterValidator(_among_people)]
"""The plenary or a caucus."""
WherePeopleSpeak = Annotated[RoomName, AfterValidator(_where_people_speak)]
"""The plenary, a caucus, or the team's room."""
ForTheStewards = Annotated[RoomName, AfterValidator(_for_the_stewards)]
"""The team's room, or the drop box into which anybody can put something for the team."""


def in_order(start: str, end: str) -> None:
    """Raise where an end is not after its beginning; both are HH:MM of one day."""
    if end <= start:
        raise PydanticCustomError("order", "should end after it begins, on the same day")


class AboutOne(BaseEntry):
    """An entry about the person whom its body names, so that to erase the person erases it."""

    @model_validator(mode="after")
    def _about_that_person(self) -> Self:
        if self.about != self.body.person:
            raise PydanticCustomError("about", "should be about the person whom it names, so that to erase the person erases it")
        return self
