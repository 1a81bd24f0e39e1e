"""Entries about when people meet: the sessions by stage, and what else the days hold."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from tracktwo.model.base import Language, Noun, SideId, Text
from tracktwo.record.entry import BaseEntry
from tracktwo.record.placed import Clock, WherePeopleSpeak, Zone, in_order

Stage = Literal["needs and fears", "joint thinking", "constraints", "overcoming constraints", "follow-up", "other"]
"""What a session is for, in Kelman's order: constraints come only after thinking together without them."""

STAGES: tuple[Stage, ...] = ("needs and fears", "joint thinking", "constraints", "overcoming constraints", "follow-up", "other")


class Timed(Noun):
    """Something on one day from one time to another, by the clock of the place."""

    day: date
    start: Clock
    end: Clock
    zone: Zone

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        in_order(self.start, self.end)
        return self


class Session(Timed):
    """A session that is planned."""

    session: Text
    """What it is called here; parts and notes name it so."""
    stage: Stage
    place: Text | None = None
    """The room of the house in which it is."""
    neutral: Text | None = None
    """What it is called outside, as agreed with the participants."""


class Item(Timed):
    """Something in the programme that is no session."""

    kind: Literal["meal", "break", "prayer", "rest", "culture", "travel", "other"]
    what: Text
    language: Language | None = None
    place: Text | None = None
    side: SideId | None = None
    """Who hosts it, or for whom it is."""
    neutral: Text | None = None


class SessionPlanned(BaseEntry):
    type: Literal["SessionPlanned"] = "SessionPlanned"
    room: WherePeopleSpeak = "plenary"
    body: Session


class ProgrammeEntered(BaseEntry):
    type: Literal["ProgrammeEntered"] = "ProgrammeEntered"
    room: WherePeopleSpeak = "plenary"
    body: Item


SESSIONS: tuple[type[BaseEntry], ...] = (SessionPlanned, ProgrammeEntered)
