"""Entries of a hub: people who may be asked, when they can come, requests against the clock, and the teams that were put together."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, Language, Noun, Text
from tracktwo.model.undertaking import LanguageSkill
from tracktwo.record.entry import BaseEntry, EntryId, PersonCode
from tracktwo.record.keeping import MemberId
from tracktwo.record.placed import AboutOne


class Hub(Noun):
    """A standing roster that several initiatives can ask."""

    name: Text
    languages: tuple[Language, ...] = ()


class Expert(Noun):
    """Somebody on the roster, with what was asked and answered."""

    person: PersonCode
    name: Text
    member: MemberId | None = None
    """Whose card or account it is; None for somebody who was not let in yet."""
    roles: tuple[Literal["facilitator", "interpreter", "expert", "logistics", "evaluator"], ...] = ()
    competences: tuple[Text, ...] = ()
    languages: tuple[LanguageSkill, ...] = ()
    nationalities: tuple[CountryCode, ...] = ()
    regions: tuple[Text, ...] = ()
    """Regions that the person knows from work there."""
    interests: tuple[Text, ...] = ()
    """Ties that somebody could take for an interest in an outcome."""
    accepted_by: tuple[Text, ...] = ()
    refused_by: tuple[Text, ...] = ()
    consented_to_be_listed: date | None = None


class Availability(Noun):
    """When somebody on the roster can come, told by that person."""

    start: date
    end: date
    willing: bool
    consent_to_be_asked: bool

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("order", "should end on the day it begins or later")
        return self


class Request(Noun):
    """What somebody asks the hub for. The clock starts with the entry."""

    title: Text
    sides: int = Field(ge=1, le=20)
    start: date | None = None
    days: int = Field(ge=1, le=60)
    languages: tuple[Language, ...] = Field(min_length=1)
    country: CountryCode
    people: int = Field(default=4, ge=1, le=20)
    needs: Text | None = None


class Proposed(Noun):
    """A team that was put together for a request, and why."""

    request: EntryId
    people: tuple[PersonCode, ...] = Field(min_length=1)
    reasons: tuple[Text, ...] = ()


class Sent(Noun):
    """That somebody of the roster was asked to join a team."""

    request: EntryId
    person: PersonCode


class Replied(Noun):
    """What somebody who was asked said."""

    request: EntryId
    person: PersonCode
    answer: Literal["yes", "no"]
    reason: Text | None = None


class HubOpened(BaseEntry):
    type: Literal["HubOpened"] = "HubOpened"
    room: Literal["team"] = "team"
    body: Hub


class RosterEntered(AboutOne):
    type: Literal["RosterEntered"] = "RosterEntered"
    room: Literal["team"] = "team"
    body: Expert


class AvailabilityTold(BaseEntry):
    type: Literal["AvailabilityTold"] = "AvailabilityTold"
    room: Literal["surveys"] = "surveys"
    body: Availability


class RequestReceived(BaseEntry):
    type: Literal["RequestReceived"] = "RequestReceived"
    room: Literal["team"] = "team"
    body: Request

    @model_validator(mode="after")
    def _starts_the_clock(self) -> Self:
        if self.at is None:
            raise PydanticCustomError("clock", "should say at which second it came: the clock starts then")
        return self


class TeamProposed(BaseEntry):
    type: Literal["TeamProposed"] = "TeamProposed"
    room: Literal["team"] = "team"
    body: Proposed


class InvitationSent(AboutOne):
    type: Literal["InvitationSent"] = "InvitationSent"
    room: Literal["team"] = "team"
    body: Sent


class InvitationAnswered(AboutOne):
    type: Literal["InvitationAnswered"] = "InvitationAnswered"
    room: Literal["team"] = "team"
    body: Replied


HUB: tuple[type[BaseEntry], ...] = (HubOpened, RosterEntered, AvailabilityTold, RequestReceived, TeamProposed, InvitationSent, InvitationAnswered)
