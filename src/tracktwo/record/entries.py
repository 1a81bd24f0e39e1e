"""The entries of a record: one typed fact each, with who, when and in which room.

An entry class says in two words where its body belongs: `field` of the initiative, and whether there are `many`.
Stored entries are never rewritten; a new version of a body gets a new `version` and an upcaster on reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from tracktwo.model import brief as b
from tracktwo.model.base import Language, Noun, Text


class Opening(Noun):
    """What an initiative is called and what it is for."""

    title: Text
    purpose: Text | None = None
    challenge: b.Challenge
    summary: Text | None = None
    language: Language = "en"
    fictional: bool = False
    written: date
    stage: b.Stage | None = None
    decision: Text | None = None


class Setting(Noun):
    """Where the challenge lies."""

    countries: tuple[str, ...] = ()
    places: tuple[b.Place, ...] = ()


class Tongues(Noun):
    """The languages of the meetings and the diets that anybody asked for."""

    languages: tuple[Language, ...] = ()
    diets: tuple[Text, ...] = ()


class BaseEntry(Noun):
    """Common to all entries. `sequence` orders the entries of one author.

    The lines of the brief that a body was read from are for whoever has that file open: stored entries do not keep them.
    """

    room: Literal["team"] = "team"
    author: str = "convenor"
    on: date
    sequence: int
    version: Literal[1] = 1

    field: ClassVar[str]
    many: ClassVar[bool] = True

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits derived from the content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class InitiativeOpened(BaseEntry):
    type: Literal["InitiativeOpened"] = "InitiativeOpened"
    body: Opening
    field, many = "opening", False


class SettingNamed(BaseEntry):
    type: Literal["SettingNamed"] = "SettingNamed"
    body: Setting
    field, many = "setting", False


class LanguagesAgreed(BaseEntry):
    type: Literal["LanguagesAgreed"] = "LanguagesAgreed"
    body: Tongues
    field, many = "tongues", False


class ConvenorNamed(BaseEntry):
    type: Literal["ConvenorNamed"] = "ConvenorNamed"
    body: b.Convenor
    field, many = "convenor", False


class WishStated(BaseEntry):
    type: Literal["WishStated"] = "WishStated"
    body: b.Wish
    field, many = "wish", False


class BudgetEntered(BaseEntry):
    type: Literal["BudgetEntered"] = "BudgetEntered"
    body: b.Budget
    field, many = "budget", False


class ChangeStated(BaseEntry):
    type: Literal["ChangeStated"] = "ChangeStated"
    body: b.Change
    field, many = "change", False


class SideDeclared(BaseEntry):
    type: Literal["SideDeclared"] = "SideDeclared"
    body: b.Side
    field = "sides"


class PartyAdded(BaseEntry):
    type: Literal["PartyAdded"] = "PartyAdded"
    body: b.Party
    field = "parties"


class NameContested(BaseEntry):
    type: Literal["NameContested"] = "NameContested"
    body: b.ContestedName
    field = "contested_names"


class IssueRaised(BaseEntry):
    type: Literal["IssueRaised"] = "IssueRaised"
    body: b.Issue
    field = "issues"


class EventRecounted(BaseEntry):
    type: Literal["EventRecounted"] = "EventRecounted"
    body: b.PastEvent
    field = "history"


class ActorAdded(BaseEntry):
    type: Literal["ActorAdded"] = "ActorAdded"
    body: b.Actor
    field = "actors"


class RelationDrawn(BaseEntry):
    type: Literal["RelationDrawn"] = "RelationDrawn"
    body: b.Relation
    field = "relations"


class AttemptRecorded(BaseEntry):
    type: Literal["AttemptRecorded"] = "AttemptRecorded"
    body: b.Attempt
    field = "attempts"


class ActivityReported(BaseEntry):
    type: Literal["ActivityReported"] = "ActivityReported"
    body: b.Activity
    field = "activities"


class ConnectorNoted(BaseEntry):
    type: Literal["ConnectorNoted"] = "ConnectorNoted"
    body: b.Tie
    field = "connectors"


class DividerNoted(BaseEntry):
    type: Literal["DividerNoted"] = "DividerNoted"
    body: b.Tie
    field = "dividers"


class VoiceMissed(BaseEntry):
    type: Literal["VoiceMissed"] = "VoiceMissed"
    body: b.Voice
    field = "voices"


class ChannelNoted(BaseEntry):
    type: Literal["ChannelNoted"] = "ChannelNoted"
    body: b.Channel
    field = "channels"


class TeamMemberAdded(BaseEntry):
    type: Literal["TeamMemberAdded"] = "TeamMemberAdded"
    body: b.Person
    field = "team"


class PersonInvited(BaseEntry):
    type: Literal["PersonInvited"] = "PersonInvited"
    body: b.Person
    field = "invited"


class VenueProposed(BaseEntry):
    type: Literal["VenueProposed"] = "VenueProposed"
    body: b.Venue
    field = "venues"


class ObservanceNoted(BaseEntry):
    type: Literal["ObservanceNoted"] = "ObservanceNoted"
    body: b.Observance
    field = "observances"


class CultureOffered(BaseEntry):
    type: Literal["CultureOffered"] = "CultureOffered"
    body: b.Culture
    field = "culture"


class PracticeShared(BaseEntry):
    type: Literal["PracticeShared"] = "PracticeShared"
    body: b.SharedPractice
    field = "shared_practices"


class ActPlanned(BaseEntry):
    type: Literal["ActPlanned"] = "ActPlanned"
    body: b.Act
    field = "acts"


class OfficialContactNoted(BaseEntry):
    type: Literal["OfficialContactNoted"] = "OfficialContactNoted"
    body: b.OfficialContact
    field = "officials"


class DocumentAttached(BaseEntry):
    type: Literal["DocumentAttached"] = "DocumentAttached"
    body: b.Document
    field = "documents"


class ConsentGiven(BaseEntry):
    type: Literal["ConsentGiven"] = "ConsentGiven"
    body: b.Consent
    field = "consents"


class MessagePlanned(BaseEntry):
    type: Literal["MessagePlanned"] = "MessagePlanned"
    body: b.PublicMessage
    field = "public"


class PauseTriggerSet(BaseEntry):
    type: Literal["PauseTriggerSet"] = "PauseTriggerSet"
    body: b.PauseTrigger
    field = "pause_triggers"


class FollowUpAgreed(BaseEntry):
    type: Literal["FollowUpAgreed"] = "FollowUpAgreed"
    body: b.FollowUp
    field = "follow_up"


class EthicsAnswered(BaseEntry):
    type: Literal["EthicsAnswered"] = "EthicsAnswered"
    body: b.EthicsAnswer
    field = "ethics"


class GroundRuleSet(BaseEntry):
    type: Literal["GroundRuleSet"] = "GroundRuleSet"
    body: b.GroundRule
    field = "ground_rules"


ENTRY_TYPES: tuple[type[BaseEntry], ...] = tuple(sorted(BaseEntry.__subclasses__(), key=lambda cls: cls.__name__))

Entry = Annotated[
    InitiativeOpened
    | SettingNamed
    | LanguagesAgreed
    | ConvenorNamed
    | WishStated
    | BudgetEntered
    | ChangeStated
    | SideDeclared
    | PartyAdded
    | NameContested
    | IssueRaised
    | EventRecounted
    | ActorAdded
    | RelationDrawn
    | AttemptRecorded
    | ActivityReported
    | ConnectorNoted
    | DividerNoted
    | VoiceMissed
    | ChannelNoted
    | TeamMemberAdded
    | PersonInvited
    | VenueProposed
    | ObservanceNoted
    | CultureOffered
    | PracticeShared
    | ActPlanned
    | OfficialContactNoted
    | DocumentAttached
    | ConsentGiven
    | MessagePlanned
    | PauseTriggerSet
    | FollowUpAgreed
    | EthicsAnswered
    | GroundRuleSet,
    Field(discriminator="type"),
]

ENTRIES: TypeAdapter[tuple[Entry, ...]] = TypeAdapter(tuple[Entry, ...])
"""Reads and writes entries as JSON."""

_BY_FIELD = {cls.field: cls for cls in ENTRY_TYPES}


def entries_of(brief: b.Brief, on: date) -> tuple[Entry, ...]:
    """Turn a brief into the entries that open an initiative, in the order of the brief, all dated `on`."""
    written = brief.written or on
    bodies: list[tuple[str, Noun]] = [
        ("opening", Opening(written=written, **_fields(brief, "title purpose challenge summary language fictional stage decision"))),
        ("setting", Setting(**_fields(brief, "countries places"))),
        ("tongues", Tongues(**_fields(brief, "languages diets"))),
        *_bodies(brief),
    ]
    return tuple(_BY_FIELD[field](on=on, sequence=number, body=body) for number, (field, body) in enumerate(bodies))  # type: ignore[call-arg,misc]


def _fields(brief: b.Brief, names: str) -> dict[str, object]:
    return {name: getattr(brief, name) for name in names.split()}


def _bodies(brief: b.Brief) -> Iterator[tuple[str, Noun]]:
    for field in type(brief).model_fields:
        if field not in _BY_FIELD:
            continue
        value = getattr(brief, field)
        if _BY_FIELD[field].many:
            yield from ((field, item) for item in value)
        elif value is not None:
            yield field, value
