"""Law on contact with listed or offending parties: rules, whom they bind, at whom they aim, and a plan of acts to read them for.

Countries in this module are ISO 3166-1 **alpha-2**, as the rules are written, with `EU` for the 27 and subdivisions such as `GE-AB`; the rest of
tracktwo speaks alpha-3, and `sources.law.law_country` turns one into the other.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Noun, Text

Effect = Literal["prohibited", "licence-needed", "unclear", "duty", "permitted-with-conditions", "exempt", "not-reached"]
EFFECTS: tuple[Effect, ...] = get_args(Effect)
"""The strictest first."""
PERMISSIONS: frozenset[Effect] = frozenset({"permitted-with-conditions", "exempt"})
"""What lifts the rules that it names while it is live, and becomes unclear when nobody checked it in time."""
BARS: tuple[Effect, Effect] = ("prohibited", "licence-needed")
NO_RULE: Literal["no-rule-found"] = "no-rule-found"
Outcome = Effect | Literal["no-rule-found"]
"""The strictest effect that is left; no-rule-found means only that this base holds no rule."""


def _day(value: Any) -> Any:
    if isinstance(value, date) or value is None:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "should be a day of the calendar written YYYY-MM-DD, not '{value}'", {"value": str(value)[:40]})


Day = Annotated[date, BeforeValidator(_day)]
"""A day of any century: some rules are old."""

Link = Literal["nationality", "residence", "presence", "seat", "currency", "funding", "venue", "transit", "any-later-in", "any"]
TargetKind = Literal["list", "state", "national-of", "resident-of", "seat-in", "territory", "class", "conduct", "any"]
KEYED: frozenset[TargetKind] = frozenset({"list", "class", "conduct"})
"""Kinds of target that name a key; the others but `any` name codes."""

LawCode = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,12})*$")]
"""A country as alpha-2, a subdivision, or another territory by a code of the rules. XX: not known, or of no country."""
ListKey = Annotated[str, Field(pattern=r"^([A-Z]{2}-[A-Za-z0-9.-]{1,40}|own:[a-z0-9-]{1,40})$")]
"""A list by the key of the vocabulary, or one of the user's own as `own:name`."""
RuleId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.:-]{0,59}$")]
TRAVEL_ACTS = frozenset({"travel-of-listed-person", "entry-of-participant", "travel-to-area"})
"""Acts that only the traveller can do."""
_FOR_A_TRIP = ("entry", "single trip", "special validation for one trip", "religious travel")

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
"""A word of the vocabulary: an act, or a class that the user declares."""


class Bind(Noun):
    """One way in which a rule reaches somebody: a link and a country, `*` for every country, `EU` for the 27."""

    link: Link
    code: Annotated[str, Field(pattern=r"^(\*|[A-Z]{2,3}(-[A-Z0-9]{1,12})*)$")]


class Target(Noun):
    """One way in which a rule aims at the other side."""

    kind: TargetKind
    key: Annotated[str, Field(min_length=1)] | None = None
    codes: tuple[Annotated[str, Field(pattern=r"^(\*|[A-Z]{2}(-[A-Z0-9]{1,12})*)$")], ...] = ()

    @model_validator(mode="after")
    def _names_what_it_aims_at(self) -> Target:
        if self.kind in KEYED and not self.key:
            raise PydanticCustomError("target", "names no key; a target of this kind needs one")
        if self.kind not in KEYED and self.kind != "any" and not self.codes:
            raise PydanticCustomError("target", "names no codes; a target of this kind needs at least one")
        return self


class ActEffect(Noun):
    """What a rule says of one act."""

    act: Word
    effect: Effect


class Exemption(Noun):
    """A way out that a rule names, who decides and who can ask."""

    what: Text
    ground: Text
    authority: Text
    who_applies: Text
    lead_time_working_days: Annotated[int, Field(ge=0, le=1000)] | None
    """None where none was published."""
    citation: Text
    seen: bool

    @property
    def is_applied_for(self) -> bool:
        """False for what holds by itself, and for a defence that is first heard in court."""
        return not self.who_applies.startswith(("nobody", "self-executing", "the accused"))

    def serves(self, act: str) -> bool:
        """False where the exemption is for a trip and the act is another one."""
        return act in TRAVEL_ACTS or not self.what.startswith(_FOR_A_TRIP)


class LawSource(Noun):
    """A page that was read for a rule."""

    title: Text
    address: Text
    grade: Literal["primary", "official", "secondary"]


class Rule(Noun):
    """A dated rule of law in our own words, with where it stands and what of it was not seen."""

    id: RuleId
    title: Text
    jurisdiction: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    """Alpha-2, UN or EU."""
    type: Literal["statute", "sanctions-regime", "general-licence", "exemption", "guidance", "policy", "immigration", "travel-restriction", "bill"]
    status: Literal["in-force", "ended", "bill"]
    addressee: Literal["persons", "states"]
    """states: a measure that reaches people only through national law."""
    binds: Annotated[tuple[Bind, ...], Field(min_length=1)]
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    acts: Annotated[tuple[ActEffect, ...], Field(min_length=1)]
    exemptions: tuple[Exemption, ...]
    overrides: tuple[RuleId, ...]
    """Rules that it lifts, if it is a permission and live."""
    conditions: tuple[Text, ...]
    unless_national_of_venue: bool
    """A travel ban that does not oblige a State to refuse its own nationals."""
    citation: Text
    source: tuple[LawSource, ...]
    as_of: Day
    in_force_from: Day | None
    in_force_to: Day | None
    renewable: bool
    review_by: Day | None
    """The day after which the rule counts as unchecked."""
    confidence: Literal["seen", "memory"]
    unverified: tuple[Text, ...]
    explanation: Annotated[Text, Field(min_length=40, max_length=400)]

    @model_validator(mode="after")
    def _holds_together(self) -> Rule:
        acts = [said.act for said in self.acts]
        doubled = next((act for act in acts if acts.count(act) > 1), None)
        if doubled is not None:
            raise PydanticCustomError("acts", "has two effects for the act '{act}'; keep one", {"act": doubled})
        if self.confidence == "seen" and not self.source:
            raise PydanticCustomError("source", "was seen but names no source; name the page, or write memory")
        if self.confidence == "memory" and not self.unverified:
            raise PydanticCustomError("unverified", "rests on memory but marks nothing as unverified; say what was not seen")
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise PydanticCustomError("in_force_to", "ends before it begins; in_force_to should be the later day")
        if self.status == "ended" and self.in_force_to is None:
            raise PydanticCustomError("in_force_to", "has ended but says not when; write in_force_to")
        return self


class LawList(Noun):
    """A list of sanctions or of proscribed organisations that rules name."""

    title: Text
    opensanctions_key: str | None
    includes: tuple[ListKey, ...]
    """Lists of which it is the umbrella."""


class EffectMeaning(Noun):
    """What an effect means."""

    effect: Effect
    meaning: Text


class Vocabulary(Noun):
    """The words in which rules and plans are written."""

    version: int
    made: Day
    last_line: Text
    """Ends every answer."""
    acts: dict[Word, Text]
    effects_strictest_first: tuple[EffectMeaning, ...]
    links: dict[Link, Text]
    target_kinds: dict[TargetKind, Text]
    classes: dict[Word, Text]
    lists: dict[ListKey, LawList]
    groups: dict[str, tuple[LawCode, ...]]
    rule_types: tuple[str, ...]
    statuses: tuple[str, ...]
    confidence: tuple[str, ...]
    source_grades: tuple[str, ...]

    @model_validator(mode="after")
    def _orders_the_effects(self) -> Vocabulary:
        if tuple(row.effect for row in self.effects_strictest_first) != EFFECTS:
            raise PydanticCustomError("effects", "orders the effects otherwise than the rules are read; the strictest first: {all}", {"all": EFFECTS})
        return self


class LawActor(Noun):
    """Somebody who does an act, or with whom it is done. What nobody said is None or empty, and is reported as not known."""

    id: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Literal["person", "organisation", "group", "state"] = "person"
    role: Text | None = None
    name: Text | None = None
    note: Text | None = None
    nationality: tuple[LawCode, ...] = ()
    """Every citizenship."""
    residence: LawCode | None = None
    present_in: LawCode | None = None
    """Where the actor is when acting."""
    seat: LawCode | None = None
    lists: tuple[ListKey, ...] | None = None
    """None: nobody looked. Empty: looked, and on none."""
    official_of: LawCode | None = None
    classes: tuple[Word, ...] = ()


class Setting(Noun):
    """Where and with what a meeting is held."""

    venue: LawCode | None = None
    transit: tuple[LawCode, ...] = ()
    currencies: tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...] = ()
    funders: tuple[LawCode, ...] = ()
    territories: tuple[LawCode, ...] = ()


class PlannedAct(Noun):
    """One act that somebody means to do with somebody; with itself for a traveller."""

    by: str
    act: Word
    with_: str = Field(alias="with")
    matters: Annotated[int, Field(ge=1, le=5)] = 3
    """How much would be lost without it: 1 little, 5 the meeting itself."""
    needed: bool = False
    """True where the plan cannot do without it: it is then never dropped or narrowed."""


Cost = Annotated[int, Field(ge=0, le=1000)]


class OfferedVenue(Noun):
    """A country in which the meeting could be held as well."""

    venue: LawCode
    cost: Cost | None = None


class OfferedDate(Noun):
    """A day on which the meeting could be held as well."""

    date: Day
    cost: Cost | None = None


class OfferedPerson(Noun):
    """An actor of the plan who could do acts of the team in place of another."""

    id: str
    cost: Cost | None = None


class Alternatives(Noun):
    """What the convenor has to offer in place of what is planned. A payer, a currency or a route is never among it."""

    venues: tuple[OfferedVenue, ...] = ()
    dates: tuple[OfferedDate, ...] = ()
    people: tuple[OfferedPerson, ...] = ()


class CounselAnswer(Noun):
    """What counsel answered: shown beside the rules it names, and overriding them only in its initiative and within its scope."""

    rules: Annotated[tuple[RuleId, ...], Field(min_length=1)]
    words: Text
    by: Text
    on: Day
    initiative: Text
    """The id of the plan or initiative for which counsel was asked."""
    effect: Effect | None = None
    """What the named rules mean for the acts below; None: shown, and changes nothing."""
    acts: tuple[Word, ...] = ()
    """Empty: every act of those rules."""
    person: str | None = None
    """Who acts; None: whoever does."""
    counterpart: str | None = None
    until: Day | None = None
    scope: Text | None = None


class LegalPlan(Noun):
    """A planned meeting as far as the law asks about it."""

    id: Text
    title: Text
    date: Day
    setting: Setting
    actors: Annotated[tuple[LawActor, ...], Field(min_length=1)]
    plan: tuple[PlannedAct, ...]
    alternatives: Alternatives = Alternatives()
    counsel: tuple[CounselAnswer, ...] = ()

    @model_validator(mode="after")
    def _names_its_actors(self) -> LegalPlan:
        known = [actor.id for actor in self.actors]
        doubled = next((name for name in known if known.count(name) > 1), None)
        if doubled is not None:
            raise PydanticCustomError("actors", "has two actors with the id '{id}'; give each its own", {"id": doubled})
        named = [(f"plan[{n}]", who) for n, line in enumerate(self.plan, 1) for who in (line.by, line.with_)]
        named += [(f"alternatives.people[{n}]", one.id) for n, one in enumerate(self.alternatives.people, 1)]
        for place, who in named:
            if who not in known:
                words = {"place": place, "who": who, "known": ", ".join(known)}
                raise PydanticCustomError("actor", "names '{who}' at {place}, who is none of its actors ({known})", words)
        return self

    def actor(self, name: str) -> LawActor:
        """The actor with this id. Raises KeyError for one whom the plan does not have."""
        return {actor.id: actor for actor in self.actors}[name]
