"""The nouns of feasibility that somebody has to state: entry, arrest, a side's word on a venue, harm, counsel's answer, how long data is kept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import CountryCode, PersonName, SideId, Stated, Text
from tracktwo.model.vocabulary import Day

DocumentKind = Literal[
    "passport", "diplomatic passport", "service passport", "refugee travel document", "stateless travel document", "laissez-passer", "other"
]  # fmt: skip
EntryRuling = Literal["can enter", "visa", "no admission", "exit ban", "transit barred", "travel ban", "ask"]
ExposureKind = Literal["warrant", "notice", "extradition", "prosecution at home", "detention on entry", "none found"]
RuleClass = Literal[
    "national-terrorist-list",
    "terrorist-group-by-conduct",
    "armed-group-member",
    "co-armed-group",
    "tr-armed-group",
    "occupation-authority",
    "terrorist-crime-in-preparation",
]
HeldKind = Literal["travel papers", "diets and observance", "contact", "screening", "roster", "notes", "surveys"]


class TravelDocument(Stated):
    """A document with which somebody can travel. A nationality alone counts as an ordinary passport of that country."""

    kind: DocumentKind = "passport"
    issuer: CountryCode
    valid_until: Day | None = None


class Listed(Stated):
    """That a party or a person stands on a list of sanctions or of proscribed organisations, as somebody stated it."""

    on: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9][A-Z0-9-]{0,39}$")]
    """The list by the key of the rule base, such as UN-SC1988; `tracktwo law lists` prints them."""
    entry: Text | None = None
    """The number of the entry in the list, where it has one."""
    source: Text | None = None
    as_of: Day | None = None
    """The day on which somebody looked."""


class EntryRuleStated(Stated):
    """What somebody found out about entry, exit or transit: it stands in place of what a table of passports says."""

    country: CountryCode
    """The destination, the country that is crossed, or for an exit ban the country that lets nobody out."""
    rule: EntryRuling
    person: PersonName | None = None
    """Whom it concerns; without a person everybody with the passport below."""
    passport: CountryCode | None = None
    days: Annotated[int, Field(ge=0, le=400)] | None = None
    """Days from the application to the paper in hand, where somebody knows."""
    note: Text | None = None
    source: Text
    as_of: Day

    @model_validator(mode="after")
    def _concerns_somebody(self) -> EntryRuleStated:
        if self.person is None and self.passport is None:
            raise PydanticCustomError("whom", "names neither a person nor a passport; write one of them")
        return self


class Exposure(Stated):
    """That somebody could be arrested, extradited or prosecuted somewhere, or that counsel looked and found nothing."""

    person: PersonName
    country: CountryCode
    kind: ExposureKind
    note: Text | None = None
    source: Text
    as_of: Day


class VenueAnswer(Stated):
    """What a side said when it was asked about a place: it outranks every computed reason."""

    venue: Text
    """A venue by its name, or a town or country where no venue is named yet."""
    country: CountryCode
    side: SideId
    answer: Literal["accepts", "refuses", "accepts on a condition"]
    condition: Text | None = None
    by: Text | None = None
    date: Day


class CountryIndex(Stated):
    """A value of an index that the convenor trusts, for one country: it is shown beside the others, never added to them."""

    name: Text
    country: CountryCode
    value: Text
    means: Text | None = None
    source: Text
    as_of: Day


class CounselSaid(Stated):
    """What counsel answered: it stands beside the rules, and overrides only in this initiative and only within its scope."""

    question: Text
    answer: Text
    effect: Literal["prohibited", "licence-needed", "unclear", "duty", "permitted-with-conditions", "exempt", "not-reached"] | None = None
    """What it means for the acts below; without it the answer is shown and changes nothing."""
    rules: tuple[Text, ...] = ()
    """Ids of the rules that were asked about."""
    acts: tuple[Text, ...] = ()
    """Acts in the words of the rule base, such as provide-lodging; without any, every act of those rules."""
    person: PersonName | None = None
    counterpart: Text | None = None
    by: Text
    jurisdiction: Text | None = None
    date: Day
    until: Day | None = None
    scope: Text | None = None


class Harm(Stated):
    """Something that the initiative itself could do to somebody, and what is done about it."""

    what: Text
    to: Text
    how: Literal["makes a target", "legitimises", "raises hopes", "divides", "takes people away", "money", "other"] = "other"
    side: SideId | None = None
    answer: Text | None = None
    stop_when: Text | None = None
    owner: Text | None = None


class Tool(Stated):
    """A device, service or channel that the initiative uses, and what it could give away."""

    what: Text
    used_for: Text
    shows: Text | None = None
    """What it could show of who takes part: numbers, places, times, contacts."""
    seen_by: Text | None = None
    safeguard: Text | None = None
    agreed: Day | None = None
    """The day on which those who use it agreed."""


class Retention(Stated):
    """How long a kind of data is kept after the last meeting, and why."""

    what: HeldKind
    days: Annotated[int, Field(ge=0, le=3650)]
    why: Text | None = None
