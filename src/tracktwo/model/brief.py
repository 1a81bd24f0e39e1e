"""The brief: what a convenor writes on one page, and everything that may be added to it later.

Only `title`, `parties` and one country or place are needed to begin; each further field turns an unknown of the dossier into an answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, Currency, Language, SideId, Stated, Text

FORMAT: Literal["brief/1"] = "brief/1"

Challenge = Literal["armed conflict", "community dispute", "shared resource", "friendship", "political dispute"]
"""What brings the parties together: a war, a dispute without one, a river or pasture, or a friendship with no dispute at all."""

PartyKind = Literal[
    "government", "armed group", "political movement", "community", "religious body", "institution", "municipality", "organisation", "other"
]
GrievanceKind = Literal["social", "economic", "political", "legal"]
Level = Literal["top", "middle", "grassroots"]
Track = Literal["1", "1.5", "2", "3"]
IssueStatus = Literal["escalating", "stuck", "ripening", "easing", "unknown"]
RelationKind = Literal["trusts", "talks to", "allied with", "commands", "family", "faith", "trades with", "finances", "rivals", "fights"]
ChangeLevel = Literal["persons", "relations", "society"]
Stage = Literal["socialising", "filtering ideas home", "policy adjustment"]
PledgeStatus = Literal["received", "signed", "promised", "hoped"]
TriggerKind = Literal["violence", "arrests", "unrest", "leak", "change of government", "other"]
ActKind = Literal["dialogue", "training", "advice", "travel", "per diem", "hosting", "payment", "equipment", "joint publication", "other"]
TeamRole = Literal["convenor", "facilitator", "interpreter", "expert", "evaluator", "logistics", "cultural animator", "other"]
Gender = Literal["woman", "man", "other"]

_YEAR_OR_MORE = re.compile(r"[0-9]{3,4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_MONTH = re.compile(r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")


def _digits(value: object) -> str:
    """The value as text, with digits of any script (٢٠٢٧, २०२७) as 0 to 9, for these are how many convenors write a date."""
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in str(value)).strip()


def _on_calendar(value: object, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("day", "'{value}' is not a day of the calendar", {"value": str(value)[:40]}) from error


def _partial_date(value: object) -> str:
    text = _digits(value)
    if not _YEAR_OR_MORE.fullmatch(text):
        raise PydanticCustomError("partial_date", "should be a date as YYYY, YYYY-MM or YYYY-MM-DD, not '{value}'", {"value": str(value)[:40]})
    if text.count("-") == 2:
        _on_calendar(value, text.zfill(10))
    return text


def _month(value: object) -> str:
    text = _digits(value)
    if not _MONTH.fullmatch(text):
        raise PydanticCustomError("month", "should be a month as YYYY-MM, not '{value}'", {"value": str(value)[:40]})
    return text


def _day(value: object) -> date:
    # Left to itself pydantic reads a bare number as seconds since 1970, so that a slip of the pen becomes a date nobody meant.
    text = value.isoformat() if type(value) is date else _digits(value)
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("day", "should be a date of the calendar written YYYY-MM-DD, not '{value}'", {"value": str(value)[:40]})
    return _on_calendar(value, text)


PartialDate = Annotated[str, BeforeValidator(_partial_date)]
"""A date known to the year, the month or the day: YYYY, YYYY-MM or YYYY-MM-DD."""
Month = Annotated[str, BeforeValidator(_month)]
"""A month as YYYY-MM, from 1900 to 2199."""
Day = Annotated[date, BeforeValidator(_day)]
"""A day as YYYY-MM-DD, from 1900 to 2199."""


class Citation(Stated):
    """Where a statement comes from: a public source, as the convenor cites it."""

    title: Text
    publisher: Text | None = None
    url: Text | None = None
    date: PartialDate | None = None


class Side(Stated):
    """One side of the conflict or challenge, as the initiative counts sides."""

    id: SideId
    name: Text
    constituencies: tuple[Text, ...] = ()
    readiness: Text | None = None
    """What is known of people with conviction and stamina on this side."""
    risk: Text | None = None
    """What can happen to people of this side who take part."""
    speaks_for: Text | None = None
    """Who may give or withdraw the consent of this side."""


class Forum(Stated):
    """A form of engagement short of a seat at the table."""

    form: Text
    why: Text | None = None


class Record(Stated):
    """One item of a party's record, with its source."""

    what: Text
    date: PartialDate | None = None
    source: Citation | None = None


class EngagementDecision(Stated):
    """What the team decided about engaging a contested party, and who disagreed."""

    decision: Text
    by: Text
    date: Day
    dissent: Text | None = None


class Engagement(Stated):
    """The engagement sheet of a contested ("offending") party."""

    can_block: Text | None = None
    legitimises: Text | None = None
    legitimised_for: tuple[Text, ...] = ()
    record: tuple[Record, ...] = ()
    victims_views: tuple[Text, ...] = ()
    short_of_the_table: tuple[Forum, ...] = ()
    decision: EngagementDecision | None = None


class Party(Stated):
    """A party to the conflict or challenge, with or without an ISO code."""

    name: Text
    kind: PartyKind = "other"
    country: CountryCode | None = None
    side: SideId | None = None
    known_as: tuple[Text, ...] = ()
    """Other names, among them the names that data publishers use."""
    at_the_table: bool = True
    contested: bool = False
    """True where somebody says that this party must not be engaged with."""
    engagement: Engagement | None = None


class NameForm(Stated):
    """The form of a contested name that one side uses."""

    side: SideId
    form: Text


class ContestedName(Stated):
    """A place, people or war whose very name is disputed."""

    about: Text
    forms: tuple[NameForm, ...] = Field(min_length=1)
    agreed: Text | None = None


class Grievance(Stated):
    """A grievance behind an issue: what kind, held by which side, perceived by whom, documented or disputed."""

    what: Text
    kind: GrievanceKind
    side: SideId | None = None
    perceived_by: tuple[Text, ...] = ()
    standing: Literal["documented", "disputed", "perceived"] = "perceived"
    source: Citation | None = None


class Issue(Stated):
    """An issue between the sides."""

    name: Text
    status: IssueStatus = "unknown"
    since: PartialDate | None = None
    grievances: tuple[Grievance, ...] = ()
    source: Citation | None = None


class PastEvent(Stated):
    """An event of the history, and whose narrative it is."""

    date: PartialDate
    what: Text
    narrative_of: SideId | Literal["shared", "outside"] = "outside"
    source: Citation | None = None


class Actor(Stated):
    """Somebody or some body that matters to the outcome, whether or not invited."""

    name: Text
    kind: Literal["person", "organisation", "office", "movement"] = "organisation"
    sides: tuple[SideId, ...] = ()
    level: Level | None = None
    role: Text | None = None
    decides: bool = False
    """True where this actor takes the official decision that the initiative wants to inform."""
    public: bool = True
    """False for a private person: the dossier then shows a code."""
    wants: Text | None = None
    source: Citation | None = None


class Relation(Stated):
    """A typed relation from one actor, party or person to another."""

    from_: Text = Field(alias="from")
    to: Text
    kind: RelationKind
    mutual: bool = True
    source: Citation | None = None


class Attempt(Stated):
    """An earlier attempt to deal with the conflict."""

    name: Text
    by: tuple[Text, ...] = ()
    track: Track | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    result: Text | None = None
    stalled_because: Text | None = None
    source: Citation | None = None


class Activity(Stated):
    """Work that somebody does now: who, on which issue, with which sides, at which level."""

    who: Text
    what: Text
    issue: Text | None = None
    sides: tuple[SideId, ...] = ()
    track: Track | None = None
    level: Level | None = None
    since: PartialDate | None = None
    told: bool = False
    """True where they know of this initiative."""
    source: Citation | None = None


class Tie(Stated):
    """Something that connects or divides the sides, and where harm could be done."""

    what: Text
    sides: tuple[SideId, ...] = ()
    harm: Text | None = None
    source: Citation | None = None


class Voice(Stated):
    """A group that is easily left out, and how it will be heard."""

    who: Text
    how: Literal["invited", "consulted", "testimony", "undecided"] = "undecided"


class Channel(Stated):
    """A digital or broadcast channel that shapes power in the conflict."""

    name: Text
    reach: Text | None = None
    risk: Text | None = None
    source: Citation | None = None


class Place(Stated):
    """A town or site, in a country where it has one."""

    city: Text
    country: CountryCode | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class Convenor(Stated):
    """Who convenes, from where, and whether it belongs to one of the sides."""

    name: Text
    kind: Literal["NGO", "university", "religious", "foundation", "state-supported", "insider", "business", "community"] = "NGO"
    seat: Place | None = None
    side: SideId | None = None
    interest: Text | None = None
    mandate: Text | None = None
    code_of_conduct: Text | None = None


class LanguageSkill(Stated):
    """A language and its level in the Common European Framework."""

    tag: Language
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2", "native"] | None = None


class Person(Stated):
    """A person or organisation that is invited or works in the team. A person may have no side, or several."""

    name: Text
    kind: Literal["person", "organisation"] = "person"
    sides: tuple[SideId, ...] = ()
    role: TeamRole | None = None
    nationalities: tuple[CountryCode, ...] = ()
    residence: CountryCode | None = None
    languages: tuple[LanguageSkill, ...] = ()
    gender: Gender | None = None
    youth: bool | None = None
    region: Text | None = None
    groups: tuple[Text, ...] = ()
    """What the person chose to be counted as: displaced, minority, victim, elder ..."""
    affiliation: Text | None = None
    expertise: tuple[Text, ...] = ()
    diets: tuple[Text, ...] = ()
    observance: Text | None = None
    interest: Text | None = None
    accepted_by: tuple[SideId, ...] = ()
    refused_by: tuple[SideId, ...] = ()
    agreed_to_come: bool | None = None
    leak_discussed: Day | None = None
    leak_plan: Text | None = None
    data_consent: Day | None = None
    re_entry: Text | None = None
    reached_by: Text | None = None
    """Who keeps contact with this person between the rounds."""
    fictional: bool = False


class Wish(Stated):
    """When, how often and how long the convenor would like to meet."""

    starts: Day | None = None
    days: Annotated[int, Field(ge=1, le=30)] = 3
    rounds: Annotated[int, Field(ge=1, le=60)] = 4
    months: Annotated[int, Field(ge=1, le=120)] = 18
    per_side: Annotated[int, Field(ge=1, le=60)] | None = None
    mode: Literal["in person", "online", "hybrid"] = "in person"
    mode_reason: Text | None = None


class Venue(Stated):
    """A venue that the convenor has in mind."""

    name: Text
    place: Place
    host: Text | None = None
    note: Text | None = None
    cost_per_day: Annotated[Decimal, Field(ge=0)] | None = None
    safety: Text | None = None
    consulate_note: Text | None = None


class Cost(Stated):
    """Money that goes out once, in each round or in each month."""

    what: Text
    amount: Annotated[Decimal, Field(gt=0)]
    currency: Currency | None = None
    every: Literal["round", "month", "once"] = "round"
    month: Month | None = None

    @model_validator(mode="after")
    def _once_needs_month(self) -> Cost:
        if self.month is not None and self.every != "once":
            raise PydanticCustomError("cost", "has a month but is not 'once'; write every: once")
        return self


class Pledge(Stated):
    """Money that a donor gives, signed or only hoped for, and on which condition."""

    donor: Text
    amount: Annotated[Decimal, Field(gt=0)]
    currency: Currency | None = None
    arrives: Month | None = None
    status: PledgeStatus = "promised"
    condition: Text | None = None
    condition_met: bool = False
    until: Month | None = None

    @model_validator(mode="after")
    def _lapses_after_it_arrives(self) -> Pledge:
        if self.until is not None and self.arrives is not None and self.until < self.arrives:
            raise PydanticCustomError(
                "pledge", "lapses in {until}, before it arrives in {arrives}; correct one", {"until": self.until, "arrives": self.arrives}
            )
        return self


class Rate(Stated):
    """One unit of `currency` in units of the budget's currency, on a day, from a source."""

    currency: Currency
    rate: Annotated[Decimal, Field(gt=0)]
    as_of: Day
    source: Text | None = None


class Budget(Stated):
    """Costs and pledges, in one currency or several with their rates."""

    currency: Currency
    costs: tuple[Cost, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    rates: tuple[Rate, ...] = ()


class Act(Stated):
    """Something the team plans to do with a party: the unit that a law may bar."""

    what: Text
    kind: ActKind = "other"
    with_: Text | None = Field(default=None, alias="with")
    date: PartialDate | None = None


class OfficialContact(Stated):
    """A line to the official track: which process or office, who holds the contact, what they know and think of us."""

    process: Text
    office: Text | None = None
    side: SideId | None = None
    held_by: Text | None = None
    agreed_line: Text | None = None
    sees_us_as: Text | None = None
    could_harm: Text | None = None


class Document(Stated):
    """A document that belongs to the initiative."""

    title: Text
    path: Text | None = None
    url: Text | None = None
    date: PartialDate | None = None
    language: Language | None = None


class Consent(Stated):
    """The consent of a side or of a body to a scope of work, and its withdrawal."""

    of: Text
    scope: Text
    given_by: Text | None = None
    date: Day
    withdrawn: Day | None = None


class TheoryLink(Stated):
    """One if-then link of the theory of change, with its assumption and its test."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")]
    if_: Text = Field(alias="if")
    then: Text
    after: tuple[str, ...] = ()
    """Ids of the links that this one rests on."""
    assumes: Text | None = None
    indicator: Text | None = None
    test_by: PartialDate | None = None
    evidence_for: tuple[Record, ...] = ()
    evidence_against: tuple[Record, ...] = ()
    rival: Text | None = None
    """What else could explain the same outcome."""


class Change(Stated):
    """The specific change that the initiative is for."""

    statement: Text
    level: ChangeLevel | None = None
    closes_gap: Text | None = None
    spreads_by: Text | None = None
    links: tuple[TheoryLink, ...] = ()
    success: tuple[Text, ...] = ()
    exit: tuple[Text, ...] = ()


class PublicMessage(Stated):
    """What reaches the public, said by whom and when; or what stays closed."""

    what: Text
    said_by: Text | None = None
    when: PartialDate | None = None
    indicator: Text | None = None
    closed: bool = False


class PauseTrigger(Stated):
    """Something that makes the team pause, and who watches it."""

    kind: TriggerKind
    what: Text
    owner: Text | None = None


class FollowUp(Stated):
    """Something agreed to be done after a meeting."""

    what: Text
    owner: Text | None = None
    due: PartialDate | None = None
    done: bool = False
    resource: Text | None = None


class EthicsAnswer(Stated):
    """The team's answer to one reflective question, or why it stays open."""

    question: Text
    answer: Text | None = None
    open_because: Text | None = None


class GroundRule(Stated):
    """The rule of confidentiality of the sessions, or of a part of them."""

    applies_to: Text = "all sessions"
    rule: Literal["Chatham House", "no notes", "notes destroyed", "summary only", "on the record"] = "Chatham House"


class Observance(Stated):
    """A religious or civil duty that the days must respect, for a side or for everybody."""

    tradition: Literal["islam", "western christian", "eastern christian", "judaism", "none", "other"]
    side: SideId | None = None
    note: Text | None = None


class Culture(Stated):
    """A cultural activity that the convenor or a side would like to host."""

    what: Text
    host: SideId | Literal["third party"] = "third party"
    note: Text | None = None


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
    languages: tuple[Language, ...] = ()
    venues: tuple[Venue, ...] = ()
    budget: Budget | None = None
    observances: tuple[Observance, ...] = ()
    diets: tuple[Text, ...] = ()
    culture: tuple[Culture, ...] = ()
    acts: tuple[Act, ...] = ()
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
        """Yield (line, sentence) for each side that nobody declared, each currency without a rate, each theory link missing or twice."""
        declared = [side.id for side in self.sides]
        for noun, field, side in _sides_named(self):
            if side not in declared:
                known = ", ".join(dict.fromkeys(declared)) if declared else "none is declared under sides"
                yield noun.line, f"{field} names the side '{side}', which nobody declared (sides: {known})"
        for twice in sorted({side for side in declared if declared.count(side) > 1}):
            second = [side for side in self.sides if side.id == twice][1]
            yield second.line, f"sides declares '{twice}' twice; each side is declared once"
        if self.budget is not None:
            rated = {self.budget.currency, *(rate.currency for rate in self.budget.rates)}
            amounts: tuple[Cost | Pledge, ...] = (*self.budget.costs, *self.budget.pledges)
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


def _sides_named(brief: Brief) -> Iterator[tuple[Stated, str, str]]:
    """Yield every place in the brief where a side is named: the noun, the field and the side's id."""
    for field in ("parties", "officials", "observances"):
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
    if brief.convenor is not None and brief.convenor.side is not None:
        yield brief.convenor, "convenor.side", brief.convenor.side
