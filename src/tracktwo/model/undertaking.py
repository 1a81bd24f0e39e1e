"""The nouns of the undertaking itself: who convenes, who comes, where, with which money, to change what."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, Currency, Language, SideId, Stated, Text
from tracktwo.model.landscape import Citation, Record
from tracktwo.model.precaution import Listed, RuleClass, TravelDocument
from tracktwo.model.vocabulary import ActKind, ChangeLevel, Day, Gender, Month, PartialDate, PledgeStatus, TeamRole, TriggerKind


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
    other_names: tuple[Text, ...] = ()
    """Other names and spellings, in any script: lists of sanctions are searched for each."""
    kind: Literal["person", "organisation"] = "person"
    sides: tuple[SideId, ...] = ()
    role: TeamRole | None = None
    birth_date: PartialDate | None = None
    nationalities: tuple[CountryCode, ...] = ()
    residence: CountryCode | None = None
    documents: tuple[TravelDocument, ...] = ()
    official_of: CountryCode | None = None
    """The state whose organ or official the person is."""
    listings: tuple[Listed, ...] = ()
    classes: tuple[RuleClass, ...] = ()
    """What a law asks about a person that stands on no list: declared here, never guessed."""
    languages: tuple[LanguageSkill, ...] = ()
    gender: Gender | None = None
    youth: bool | None = None
    region: Text | None = None
    groups: tuple[Text, ...] = ()
    """What the person chose to be counted as: displaced, minority, victim, elder ..."""
    affiliation: Text | None = None
    """The organisations to which the person belongs, separated by semicolons."""
    expertise: tuple[Text, ...] = ()
    household: Text | None = None
    """A word that people of one household share."""
    influence: Annotated[int, Field(ge=0, le=10)] | None = None
    """How far the person's word carries at home, 0 to 10: the team's own judgement, which leaves its room in no file."""
    comes_with: tuple[Text, ...] = ()
    """People, by name, without whom this one does not come."""
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
    transit: tuple[CountryCode, ...] = ()
    """Countries that people cross on their way."""
    host_helps: Text | None = None
    """What the host state or institution does for entry, safety and transit."""
    observance: Text | None = None
    """What the house has for prayer, fast, rest and diets."""
    low_profile: bool | None = None
    surveillance: Text | None = None


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
    country: CountryCode | None = None
    """Where the donor is: its law comes with its money."""

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


class Tariff(Stated):
    """Prices from which the cost of a meeting is worked out by its programme, in one currency."""

    currency: Currency | None = None
    per_diem: Annotated[Decimal, Field(ge=0)] | None = None
    """For one person and one day."""
    room: Annotated[Decimal, Field(ge=0)] | None = None
    """For one person and one night."""
    interpreter_hour: Annotated[Decimal, Field(ge=0)] | None = None
    """For one interpreter and one hour."""
    travel_1000_km: Annotated[Decimal, Field(ge=0)] | None = None
    """For one person and 1,000 km of the great circle, one way."""
    visa: Annotated[Decimal, Field(ge=0)] | None = None
    """For one person who needs one."""


class Budget(Stated):
    """Costs and pledges, in one currency or several with their rates."""

    currency: Currency
    tariff: Tariff | None = None
    costs: tuple[Cost, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    rates: tuple[Rate, ...] = ()


class Act(Stated):
    """Something the team plans to do with a party: the unit that a law may bar."""

    what: Text
    kind: ActKind = "other"
    with_: Text | None = Field(default=None, alias="with")
    by: Text | None = None
    """Who does it: somebody of the team by name; the convenor where nobody is named."""
    matters: Annotated[int, Field(ge=1, le=5)] = 3
    """How much would be lost if it were left out, 1 (little) to 5 (the meeting itself)."""
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

    tradition: Literal[
        "islam", "western christian", "eastern christian", "judaism", "none", "other",
        "islam-sunni", "islam-shia", "christian-orthodox", "christian-catholic", "christian-protestant", "christian-adventist", "christian-oriental",
        "hindu", "buddhist", "sikh", "bahai", "zoroastrian", "secular",
    ]  # fmt: skip
    """A slug where the side named its own church or school, else one of the wider words that stand first."""
    side: SideId | None = None
    note: Text | None = None


class Culture(Stated):
    """A cultural activity that the convenor or a side would like to host."""

    what: Text
    host: SideId | Literal["third party"] = "third party"
    note: Text | None = None


class SharedPractice(Stated):
    """A practice that several sides live, by a source that can be named: what lets heritage be matched to a side and not only to its state."""

    what: Text
    element: Text | None = None
    """The number of the element on UNESCO's lists of living heritage, such as 01533, where it has one."""
    practised_by: tuple[SideId, ...] = Field(min_length=1)
    source: Citation | None = None
    """Without a source it stays a question."""
    asked: tuple[SideId, ...] = ()
    """Sides that were asked and would like it in the programme."""
    note: Text | None = None
