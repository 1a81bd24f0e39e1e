"""The nouns of the landscape: sides, parties, issues, actors, what was tried, what connects and divides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from tracktwo.model.base import LINE, CountryCode, Language, SideId, Stated, Text
from tracktwo.model.precaution import Listed, RuleClass
from tracktwo.model.vocabulary import Day, GrievanceKind, IssueStatus, Level, PartialDate, PartyKind, RelationKind, Track


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
    communities: tuple[Text, ...] = ()
    """Peoples or groups whose culture this side calls its own."""
    languages: tuple[Language, ...] = ()
    """Languages in which this side hosts, the first one first."""
    religions: tuple[Text, ...] = ()
    """Religions that are at home on this side; nobody's diet or observance is read from them."""
    can_host: bool = True
    """False where this side cannot host an evening: the third party then hosts for all."""
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
    listings: tuple[Listed, ...] = ()
    classes: tuple[RuleClass, ...] = ()
    """What a law asks about a party that stands on no list: declared here, never guessed."""
    engagement: Engagement | None = None

    @property
    def delicate(self) -> bool:
        """Whether meeting it may be held against somebody: an armed group, or one over which the sides contend."""
        return self.contested or self.kind == "armed group"


def _without_line(value: Any) -> Any:
    """The mapping without the mark that the reader leaves in every group of fields: here the fields are languages."""
    return {key: words for key, words in value.items() if key != LINE} if isinstance(value, dict) else value


InLanguages = Annotated[Mapping[Language, Text], BeforeValidator(_without_line)]
"""The same name in further languages: BCP 47 tag → words."""


class NameForm(Stated):
    """The form of a contested name that one side uses, in the brief's language."""

    side: SideId
    form: Text
    also: tuple[Text, ...] = ()
    """Further spellings of this side's form, in any language; they are recognised, never shown."""
    in_: InLanguages = Field(default={}, alias="in")
    """This side's form in further languages: `{fr: …, ar: …}`."""


class ContestedName(Stated):
    """A place, people or war whose very name is disputed: one row of the table from which every text takes its words."""

    about: Text
    country: CountryCode | None = None
    """The country whose own name this is, where it is one."""
    forms: tuple[NameForm, ...] = Field(min_length=1)
    agreed: Text | None = None
    """The form agreed for this initiative; without one the forms of all sides are shown."""
    agreed_in: InLanguages = Field(default={})
    """The agreed form in further languages: `{fr: …, ar: …}`."""


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
