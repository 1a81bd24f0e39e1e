"""Entries by which a team looks after people and itself: snapshots, contact, what was agreed for bad days, and decisions as they were signed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, Noun, SideId, Text
from tracktwo.record.dialogue import Digest
from tracktwo.record.entry import BaseEntry, EntryId, PersonCode
from tracktwo.record.keeping import MemberId
from tracktwo.record.placed import AboutOne, ForTheStewards, WherePeopleSpeak
from tracktwo.record.sessions import Timed


class Reflection(Noun):
    """A reflective question with what the team answered."""

    question: Text
    answer: Text


class LinkSeen(Noun):
    """What a meeting showed of one link of the theory of change."""

    link: Text
    seen: Literal["moved on", "stayed", "moved back", "cannot say"]
    evidence: Text | None = None


class Snapshot(Noun):
    """How the work stood after one meeting, as the team saw it."""

    day: date
    session: Text | None = None
    reflections: tuple[Reflection, ...] = ()
    links: tuple[LinkSeen, ...] = ()
    present: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.reflections and not self.links:
            raise PydanticCustomError("empty", "should answer one question at least, or say something of one link")
        return self


class Contact(Noun):
    """That somebody of the team was in touch with a participant between meetings."""

    person: PersonCode
    day: date
    by: Text
    how: Literal["in person", "telephone", "message", "through somebody else", "other"]
    worry: Text | None = None


class Reentry(Noun):
    """What was agreed with a participant for the time at home, and how often somebody gets in touch."""

    person: PersonCode
    plan: Text
    every_days: int | None = Field(default=None, ge=1, le=730)
    contact: Text | None = None
    """Who of the team keeps in touch."""


class NeutralItem(Timed):
    """One line of the neutral view: only what is true."""

    what: Literal["session", "meal", "break"]


class Neutral(Noun):
    """What may be shown of the programme to anybody who looks over a shoulder."""

    title: Text
    items: tuple[NeutralItem, ...] = ()
    agreed_with: tuple[PersonCode | SideId, ...] = Field(min_length=1)


class LeakPlan(Noun):
    """What everybody does when something leaks, agreed beforehand."""

    steps: tuple[Text, ...] = Field(min_length=1)
    spokesperson: Text
    """The role of whoever speaks; nobody else does."""
    line: Text
    """What is said, word for word."""


class Happening(Noun):
    """Something that calls for the agreed plan. Told by one press, so everything but the kind may be missing."""

    kind: Literal["leak", "detained", "device lost", "other"]
    member: MemberId | None = None
    """Whom it concerns."""
    note: Text | None = None
    rehearsal: bool = False


class Freezing(Noun):
    """Why nothing leaves the house for now, or why it may again."""

    reason: Text | None = None
    because_of: EntryId | None = None
    """What happened."""


class Decision(Noun):
    """What was decided, by whom and on what: it is never changed, only followed by another one."""

    decision: Literal["go", "not yet", "no"]
    reason: Text
    dissent: Text | None = None
    signed_by: tuple[Text, ...] = Field(min_length=1)
    as_of: date
    software: Text
    findings: Digest
    """SHA-256 of the findings as they stood, as JSON."""
    sources: tuple[tuple[str, str], ...] = ()
    """Name and version of every outside source that was read."""


class Travel(Noun):
    """What is needed to bring a person to a meeting and home again: for logistics, who see names and nothing that is said."""

    person: PersonCode
    name: Text
    passports: tuple[CountryCode, ...] = ()
    document: Text | None = None
    """Number of the document with which the person travels."""
    arrival: Text | None = None
    departure: Text | None = None
    needs: Text | None = None
    diet: Text | None = None


class SnapshotTaken(BaseEntry):
    type: Literal["SnapshotTaken"] = "SnapshotTaken"
    room: WherePeopleSpeak = "team"
    body: Snapshot


class ContactMade(AboutOne):
    type: Literal["ContactMade"] = "ContactMade"
    room: Literal["team"] = "team"
    body: Contact


class ReentryAgreed(AboutOne):
    type: Literal["ReentryAgreed"] = "ReentryAgreed"
    room: Literal["team"] = "team"
    body: Reentry


class NeutralAgreed(BaseEntry):
    type: Literal["NeutralAgreed"] = "NeutralAgreed"
    room: Literal["plenary"] = "plenary"
    body: Neutral


class LeakPlanAgreed(BaseEntry):
    type: Literal["LeakPlanAgreed"] = "LeakPlanAgreed"
    room: Literal["plenary"] = "plenary"
    body: LeakPlan


class SomethingHappened(BaseEntry):
    type: Literal["SomethingHappened"] = "SomethingHappened"
    room: ForTheStewards = "team"
    body: Happening


class PublishingFrozen(BaseEntry):
    type: Literal["PublishingFrozen"] = "PublishingFrozen"
    room: Literal["team"] = "team"
    body: Freezing


class PublishingResumed(BaseEntry):
    type: Literal["PublishingResumed"] = "PublishingResumed"
    room: Literal["team"] = "team"
    body: Freezing


class DecisionSigned(BaseEntry):
    type: Literal["DecisionSigned"] = "DecisionSigned"
    room: Literal["team"] = "team"
    replaces: Annotated[tuple[EntryId, ...], Field(max_length=0)] = ()
    body: Decision


class TravelNoted(AboutOne):
    type: Literal["TravelNoted"] = "TravelNoted"
    room: Literal["logistics"] = "logistics"
    body: Travel


CARE: tuple[type[BaseEntry], ...] = (
    SnapshotTaken,
    ContactMade,
    ReentryAgreed,
    NeutralAgreed,
    LeakPlanAgreed,
    SomethingHappened,
    PublishingFrozen,
    PublishingResumed,
    DecisionSigned,
    TravelNoted,
)
