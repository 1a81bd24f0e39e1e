"""The types of entries: what a brief states, what is said in the rooms, and what is done to the record itself.

Stored entries are never rewritten; a new version of a body gets a new `version` and an upcaster on reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, Union

from pydantic import Field, TypeAdapter, ValidationError

from tracktwo.model import brief as b
from tracktwo.model.base import Language, Noun, Text
from tracktwo.record.convening import CONVENING
from tracktwo.record.dialogue import DIALOGUE
from tracktwo.record.entry import BaseEntry, Document, Unknown, id_of, with_id
from tracktwo.record.keeping import KEEPING
from tracktwo.record.living import LIVING
from tracktwo.record.screening import SCREENING


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
    lists_days: Annotated[int, Field(ge=1, le=365)] | None = None
    """Days after which a list of sanctions is old; a record of an earlier release does not say, and means 7."""
    decision: Text | None = None


class Setting(Noun):
    """Where the challenge lies."""

    countries: tuple[str, ...] = ()
    places: tuple[b.Place, ...] = ()


class Tongues(Noun):
    """The languages of the meetings and the diets that anybody asked for."""

    languages: tuple[Language, ...] = ()
    diets: tuple[Text, ...] = ()


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


class PanelWished(BaseEntry):
    type: Literal["PanelWished"] = "PanelWished"
    body: b.PanelWish
    field, many = "panel", False


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


class VenueAnswered(BaseEntry):
    type: Literal["VenueAnswered"] = "VenueAnswered"
    body: b.VenueAnswer
    field = "venue_answers"


class EntryRuleFound(BaseEntry):
    type: Literal["EntryRuleFound"] = "EntryRuleFound"
    body: b.EntryRuleStated
    field = "entry_rules"


class ExposureNoted(BaseEntry):
    type: Literal["ExposureNoted"] = "ExposureNoted"
    body: b.Exposure
    field = "exposures"


class IndexEntered(BaseEntry):
    type: Literal["IndexEntered"] = "IndexEntered"
    body: b.CountryIndex
    field = "indices"


class CounselAnswered(BaseEntry):
    type: Literal["CounselAnswered"] = "CounselAnswered"
    body: b.CounselSaid
    field = "counsel"


class HarmForeseen(BaseEntry):
    type: Literal["HarmForeseen"] = "HarmForeseen"
    body: b.Harm
    field = "harms"


class ToolNoted(BaseEntry):
    type: Literal["ToolNoted"] = "ToolNoted"
    body: b.Tool
    field = "tools"


class RetentionSet(BaseEntry):
    type: Literal["RetentionSet"] = "RetentionSet"
    body: b.Retention
    field = "retention"


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


STATED: tuple[type[BaseEntry], ...] = tuple(
    sorted((cls for cls in BaseEntry.__subclasses__() if cls.__module__ == __name__), key=lambda cls: cls.__name__)
)
"""The types of what a brief can state."""

ENTRY_TYPES: tuple[type[BaseEntry], ...] = (*STATED, *KEEPING, *DIALOGUE, *SCREENING, *CONVENING, *LIVING)
"""Every type that this version can read."""

Entry = BaseEntry

_ANY: Any = Annotated[Union[ENTRY_TYPES], Field(discriminator="type")]  # noqa: UP007
ENTRY: TypeAdapter[Entry] = TypeAdapter(_ANY)
"""Reads one entry of a current version."""
ENTRIES: TypeAdapter[tuple[Entry, ...]] = TypeAdapter(tuple[_ANY, ...])
"""Reads and writes entries as JSON."""

Upcaster = Callable[[Document], Document]
UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(type, version) → a pure function from an entry of that version to one of the next."""

_VERSIONS = {cls.__name__: int(cls.model_fields["version"].default) for cls in ENTRY_TYPES}


def read_entry(stored: bytes) -> Entry | Unknown:
    """Read an entry as it was sealed, of this version or an older one; one of a newer version is `Unknown`, not an error.

    Raises ValueError for bytes that no version has written.
    """
    entry_id = id_of(stored)
    try:
        return with_id(ENTRY.validate_json(stored), entry_id)
    except ValidationError as error:
        document = _document(stored)
        kind, version = document["type"], document["version"]
        if version > _VERSIONS.get(kind, 0):
            return Unknown(entry_id, document["room"], kind, version)
        if version < 1 or version == _VERSIONS[kind]:
            raise ValueError(f"an entry of the type '{kind}' does not have the form of its version {version}") from error
        for step in range(version, _VERSIONS[kind]):
            document = UPCASTERS[kind, step](document)
        return with_id(ENTRY.validate_json(json.dumps(document)), entry_id)


def _document(stored: bytes) -> Document:
    try:
        document = json.loads(stored)
        if isinstance(document["type"], str) and type(document["version"]) is int and isinstance(document["room"], str):
            return dict(document)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ValueError("the bytes are no entry: type, version and room are not there")


_BY_FIELD = {cls.field: cls for cls in STATED}


def entries_of(brief: b.Brief, on: date) -> tuple[Entry, ...]:
    """Turn a brief into the entries that open an initiative, in the order of the brief, all dated `on`."""
    written = brief.written or on
    bodies: list[tuple[str, Noun]] = [
        ("opening", Opening(written=written, **_fields(brief, "title purpose challenge summary language fictional stage lists_days decision"))),
        ("setting", Setting(**_fields(brief, "countries places"))),
        ("tongues", Tongues(**_fields(brief, "languages diets"))),
        *_bodies(brief),
    ]
    return tuple(_BY_FIELD[field](on=on, lamport=number, source="brief", body=body) for number, (field, body) in enumerate(bodies))


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
