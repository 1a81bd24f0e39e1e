"""The brief: what a convenor writes on one page, and everything that may be added to it later.

Only `title`, `parties` and one country or place are needed to begin; each further field turns an unknown of the dossier into an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, Language, Stated, Text, nfc
from tracktwo.model.convening import NoContact, PanelQuota, PanelWish
from tracktwo.model.landscape import (
    Activity,
    Actor,
    Attempt,
    Channel,
    Citation,
    ContestedName,
    Engagement,
    EngagementDecision,
    Forum,
    Grievance,
    Issue,
    NameForm,
    Party,
    PastEvent,
    Record,
    Relation,
    Side,
    Tie,
    Voice,
)
from tracktwo.model.precaution import (
    CounselSaid,
    CountryIndex,
    EntryRuleStated,
    Exposure,
    Harm,
    Listed,
    Retention,
    Tool,
    TravelDocument,
    VenueAnswer,
)
from tracktwo.model.undertaking import (
    Act,
    Budget,
    Change,
    Consent,
    Convenor,
    Cost,
    Culture,
    Document,
    EthicsAnswer,
    FollowUp,
    GroundRule,
    LanguageSkill,
    Observance,
    OfficialContact,
    PauseTrigger,
    Person,
    Place,
    Pledge,
    PublicMessage,
    Rate,
    SharedPractice,
    Tariff,
    TheoryLink,
    Venue,
    Wish,
)
from tracktwo.model.vocabulary import (
    ActKind,
    Challenge,
    ChangeLevel,
    Day,
    Gender,
    GrievanceKind,
    IssueStatus,
    Level,
    Month,
    PartialDate,
    PartyKind,
    PledgeStatus,
    RelationKind,
    Stage,
    TeamRole,
    Track,
    TriggerKind,
)

__all__ = [
    "FORMAT", "Act", "ActKind", "Activity", "Actor", "Attempt", "Brief", "Budget", "Challenge", "Change", "ChangeLevel", "Channel", "Citation",
    "Consent", "ContestedName", "Convenor", "Cost", "CounselSaid", "CountryIndex", "Culture", "Day", "Document", "Engagement",
    "EngagementDecision", "EntryRuleStated", "EthicsAnswer", "Exposure", "FollowUp", "Forum", "Gender", "Grievance", "GrievanceKind",
    "GroundRule", "Harm", "Issue", "IssueStatus", "LanguageSkill", "Level", "Listed", "Month", "NameForm", "NoContact", "Observance",
    "OfficialContact", "PanelQuota", "PanelWish", "PartialDate", "Party", "PartyKind", "PastEvent", "PauseTrigger", "Person", "Place", "Pledge",
    "PledgeStatus", "PublicMessage", "Rate", "Record", "Relation", "RelationKind", "Retention", "SharedPractice", "Side", "Stage", "Tariff",
    "TeamRole", "TheoryLink", "Tie", "Tool", "Track", "TravelDocument", "TriggerKind", "Venue", "VenueAnswer", "Voice", "Wish",
]  # fmt: skip

FORMAT: Literal["brief/1"] = "brief/1"


class Brief(Stated):
    """A convenor's brief, format `brief/1`.

    Raises `pydantic.ValidationError` with a sentence per field; a side that nobody declared is such an error.
    """

    format: Literal["brief/1"] = FORMAT
    title: Text
    written: Day | None = None
    language: Language = "en"
    purpose: Text | None = None
    challenge: Challenge = "armed conflict"
    summary: Text | None = None
    fictional: bool = False
    """True for teaching examples: every page then says so."""
    countries: tuple[CountryCode, ...] = ()
    places: tuple[Place, ...] = ()
    parties: tuple[Party, ...] = Field(min_length=1)
    sides: tuple[Side, ...] = ()
    contested_names: tuple[ContestedName, ...] = ()
    issues: tuple[Issue, ...] = ()
    history: tuple[PastEvent, ...] = ()
    actors: tuple[Actor, ...] = ()
    relations: tuple[Relation, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    activities: tuple[Activity, ...] = ()
    connectors: tuple[Tie, ...] = ()
    dividers: tuple[Tie, ...] = ()
    voices: tuple[Voice, ...] = ()
    channels: tuple[Channel, ...] = ()
    convenor: Convenor | None = None
    team: tuple[Person, ...] = ()
    invited: tuple[Person, ...] = ()
    roster: Text | None = None
    """Path of a CSV or XLSX file with further invited people, relative to the brief."""
    wish: Wish = Wish()
    panel: PanelWish | None = None
    languages: tuple[Language, ...] = ()
    venues: tuple[Venue, ...] = ()
    venue_answers: tuple[VenueAnswer, ...] = ()
    entry_rules: tuple[EntryRuleStated, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    indices: tuple[CountryIndex, ...] = ()
    budget: Budget | None = None
    observances: tuple[Observance, ...] = ()
    diets: tuple[Text, ...] = ()
    culture: tuple[Culture, ...] = ()
    shared_practices: tuple[SharedPractice, ...] = ()
    acts: tuple[Act, ...] = ()
    counsel: tuple[CounselSaid, ...] = ()
    harms: tuple[Harm, ...] = ()
    tools: tuple[Tool, ...] = ()
    retention: tuple[Retention, ...] = ()
    officials: tuple[OfficialContact, ...] = ()
    documents: tuple[Document, ...] = ()
    consents: tuple[Consent, ...] = ()
    change: Change | None = None
    public: tuple[PublicMessage, ...] = ()
    pause_triggers: tuple[PauseTrigger, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    ethics: tuple[EthicsAnswer, ...] = ()
    ground_rules: tuple[GroundRule, ...] = ()
    stage: Stage | None = None
    lists_days: Annotated[int, Field(ge=1, le=365)] = 7
    """Days after which a list of sanctions is too old to screen people with."""
    decision: Text | None = None
    """Go, not yet or no, in the team's words, once it has been taken."""

    @model_validator(mode="after")
    def _references_hold(self) -> Brief:
        loose = list(self.loose_references())
        if loose:
            # One error can carry one message: the first; a reader that can show more finds them all under `loose`.
            raise PydanticCustomError("reference", "{sentence}", {"sentence": loose[0][1], "loose": loose})
        return self

    def loose_references(self) -> Iterator[tuple[int | None, str]]:
        """Yield (line, sentence) for each side nobody declared, each name given twice, each currency without a rate, each theory link loose."""
        declared = [side.id for side in self.sides]
        for noun, field, side in _sides_named(self):
            if side not in declared:
                known = ", ".join(dict.fromkeys(declared)) if declared else "none is declared under sides"
                yield noun.line, f"{field} names the side '{side}', which nobody declared (sides: {known})"
        for twice in sorted({side for side in declared if declared.count(side) > 1}):
            second = [side for side in self.sides if side.id == twice][1]
            yield second.line, f"sides declares '{twice}' twice; each side is declared once"
        yield from _names_at_odds(self.contested_names)
        yield from self._people_unknown()
        if self.budget is not None:
            rated = {self.budget.currency, *(rate.currency for rate in self.budget.rates)}
            tariff = (self.budget.tariff,) if self.budget.tariff else ()
            amounts: tuple[Cost | Pledge | Tariff, ...] = (*self.budget.costs, *self.budget.pledges, *tariff)
            for amount in amounts:
                if amount.currency is not None and amount.currency not in rated:
                    yield amount.line, f"budget uses {amount.currency} without a rate to {self.budget.currency}; add it under budget.rates"
        if self.change is not None:
            ids = [link.id for link in self.change.links]
            for number, link in enumerate(self.change.links):
                if link.id in ids[:number]:
                    yield link.line, f"change.links has two links '{link.id}'; each link has an id of its own"
                for before in link.after:
                    if before not in ids:
                        yield link.line, f"change.links '{link.id}' comes after '{before}', which is no link (links: {', '.join(ids)})"

    def _people_unknown(self) -> Iterator[tuple[int | None, str]]:
        """Yield (line, sentence) for each person named by what concerns one person, who stands neither in the team nor among the invited."""
        if self.roster is not None:  # its people are read afterwards, and asked about then
            return
        known = {nfc(person.name).casefold() for person in (*self.team, *self.invited)}
        for field in ("entry_rules", "exposures", "counsel"):
            for noun in getattr(self, field):
                if noun.person and noun.person.casefold() not in known and not _code(noun.person):
                    yield noun.line, f"{field}.person names '{noun.person}', who stands neither in team nor among invited"
        for line, field, name in self._named_for_the_panel():
            if nfc(name).casefold() not in known and not _code(name):
                yield line, f"{field} names '{name}', who stands neither in team nor among invited"

    def _named_for_the_panel(self) -> Iterator[tuple[int | None, str, str]]:
        """Yield (line, field, name) for each person whom the panel's rules name."""
        for person in self.invited:
            for name in person.comes_with:
                yield person.line, "invited.comes_with", name
        if self.panel is not None:
            for name in self.panel.must:
                yield self.panel.line, "panel.must", name
            for pair in self.panel.apart:
                for name in (pair.one, pair.other):
                    yield pair.line, "panel.apart", name


def _code(name: str) -> bool:
    """True of a person's code as a record gives it, such as A-03."""
    return re.fullmatch(r"[A-Z][0-9]{0,3}-[0-9]{2,4}", name) is not None


def _names_at_odds(names: tuple[ContestedName, ...]) -> Iterator[tuple[int | None, str]]:
    """Yield (line, sentence) for each spelling or country that two rows of the table claim: no text could then be given its form."""
    spelt: dict[str, ContestedName] = {}
    countries: dict[str, ContestedName] = {}
    for name in names:
        for form in name.forms:
            for spelling in dict.fromkeys((form.form, *form.also, *form.in_.values())):
                if spelt.setdefault(spelling, name) is not name:
                    yield form.line, f"contested_names has '{spelling}' for '{spelt[spelling].about}' and for '{name.about}'; give it to one of them"
        if name.country and countries.setdefault(name.country, name) is not name:
            other = countries[name.country].about
            yield name.line, f"contested_names gives the country {name.country} to '{other}' and to '{name.about}'; give it to one of them"
    for name in names:
        for agreed in dict.fromkeys((name.agreed, *name.agreed_in.values())):
            if agreed and (other_name := spelt.get(agreed, name)) is not name:
                yield name.line, f"contested_names agrees on '{agreed}' for '{name.about}', but it is a side's form of '{other_name.about}'"


def _sides_named(brief: Brief) -> Iterator[tuple[Stated, str, str]]:
    """Yield every place in the brief where a side is named: the noun, the field and the side's id."""
    for field in ("parties", "officials", "observances", "venue_answers", "harms"):
        for noun in getattr(brief, field):
            if noun.side is not None:
                yield noun, f"{field}.side", noun.side
    for field in ("actors", "activities", "connectors", "dividers", "team", "invited"):
        for noun in getattr(brief, field):
            for side in noun.sides:
                yield noun, f"{field}.sides", side
    for field in ("team", "invited"):
        for person in getattr(brief, field):
            for side in person.accepted_by:
                yield person, f"{field}.accepted_by", side
            for side in person.refused_by:
                yield person, f"{field}.refused_by", side
    for name in brief.contested_names:
        for form in name.forms:
            yield form, "contested_names.forms.side", form.side
    for issue in brief.issues:
        for grievance in issue.grievances:
            if grievance.side is not None:
                yield grievance, "issues.grievances.side", grievance.side
    for event in brief.history:
        if event.narrative_of not in ("shared", "outside"):
            yield event, "history.narrative_of", event.narrative_of
    for item in brief.culture:
        if item.host != "third party":
            yield item, "culture.host", item.host
    for practice in brief.shared_practices:
        for side in practice.practised_by:
            yield practice, "shared_practices.practised_by", side
        for side in practice.asked:
            yield practice, "shared_practices.asked", side
    for quota in brief.panel.quotas if brief.panel else ():
        if quota.side is not None:
            yield quota, "panel.quotas.side", quota.side
    if brief.convenor is not None and brief.convenor.side is not None:
        yield brief.convenor, "convenor.side", brief.convenor.side
