"""Feasibility, continued: the rules of law that we hold, asked of each planned act, both ways (row B3).

It informs; it never forbids, and never says that something may be done. Whom a rule binds and whom it aims at is a person's own affair: the
table of people leaves with names only, as the list of participants does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import cast

from tracktwo.considerations.entry import TravelBan, passports_of
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.methods.law.answer import BothWays, MatchedRule, answer, answers_both_ways
from tracktwo.methods.law.base import RuleBase, rule_base
from tracktwo.model import brief as b
from tracktwo.model.finding import Evidence, Param, PersonRef
from tracktwo.model.law import (
    BARS,
    Alternatives,
    CounselAnswer,
    LawActor,
    LegalPlan,
    OfferedPerson,
    OfferedVenue,
    PlannedAct,
    Setting,
)
from tracktwo.model.vocabulary import LAW_ACTS, LawAct
from tracktwo.record.initiative import Member
from tracktwo.record.mask import same
from tracktwo.sources.law import Law, law_country, load_law

CONVENOR = "convenor"
PARTY = "party-"
BY_FACILITATORS: frozenset[LawAct] = frozenset({"facilitate", "carry-message", "draft-text"})
OF_THE_GUEST: frozenset[LawAct] = frozenset({"travel-of-listed-person", "entry-of-participant"})
"""Acts of the traveller alone."""
BETWEEN_GUESTS: tuple[LawAct, ...] = ("contact", "meet")
USUAL: tuple[LawAct, ...] = (
    "contact", "invite", "meet", "convene-meeting", "facilitate", "host-venue", "provide-lodging", "provide-meals", "provide-travel", "pay-per-diem",
    "travel-of-listed-person", "entry-of-participant",
)  # fmt: skip
"""What every workshop with guests comes to, where no act is planned in the brief."""
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})
ALONE = "·alone"
"""What is put behind a code where only the person is meant, without the organisations to which the person belongs."""


@dataclass(frozen=True)
class Line:
    """One answer: who, which act, with whom, and what the rules say both ways."""

    by: str
    act: str
    with_: str
    found: BothWays

    @property
    def rules(self) -> tuple[MatchedRule, ...]:
        return (*self.found.forward.matched, *(self.found.mirrored.matched if self.found.mirrored else ()))


class Legal:
    """The rules read for one initiative, at its first proposed venue or at none, on the first day of its first meeting or today."""

    def __init__(
        self,
        q: Inquiry,
        day: date | None = None,
        listed: Mapping[str, tuple[str, ...]] = _NONE,
        belonging: Mapping[str, tuple[str, ...]] = _NONE,
        looked: frozenset[str] = frozenset(),
    ) -> None:
        """`listed` are the lists on which somebody was decided to stand, by code, `belonging` those of an organisation that an affiliation
        was decided to be; `looked` are those of whom somebody has looked in every list."""
        self.q = q
        self.day = max(day or q.basis.as_of, q.basis.as_of)
        self._listed, self._belonging, self._looked = listed, belonging, looked

    @cached_property
    def law(self) -> Law:
        return load_law()

    @cached_property
    def base(self) -> RuleBase:
        return rule_base(self.law.rules, self.law.vocabulary)

    @cached_property
    def actors(self) -> dict[str, LawActor]:
        """Everybody who acts or is acted with: the convenor, the team, the invited and the parties."""
        q = self.q
        convenor = q.initiative.convenor
        seat = law_country(convenor.seat.country) if convenor and convenor.seat and convenor.seat.country else None
        found = [LawActor(id=CONVENOR, kind="organisation", role="convenor", seat=seat)]
        found += [self._person(member) for member in q.initiative.members]
        found += [self._alone(member) for member in q.initiative.members if self._own(member)]
        found += [self._party(number, party) for number, party in enumerate(q.initiative.parties, 1)]
        return {actor.id: actor for actor in found}

    def _person(self, member: Member) -> LawActor:
        person = member.person
        kind = "organisation" if person.kind == "organisation" else "person"
        own = [party for party in self.q.initiative.parties if _belongs(person, party)]
        keys = [*self._own(member), *(listed.on for party in own for listed in party.listings), *self._belonging.get(member.code, ())]
        classes = [*person.classes, *(word for party in own for word in _classes(party))]
        nationalities = tuple(dict.fromkeys((*person.nationalities, *passports_of(person))))
        return LawActor(
            id=member.code,
            kind=kind,
            role="team" if not member.invited else "participant",
            nationality=tuple(map(law_country, nationalities)),
            residence=law_country(person.residence) if person.residence else None,
            lists=tuple(dict.fromkeys(keys)) or (() if member.code in self._looked else None),
            official_of=law_country(person.official_of) if person.official_of else None,
            classes=tuple(dict.fromkeys(classes)),
        )

    def _own(self, member: Member) -> tuple[str, ...]:
        """The lists on which the person stands by name, and not only an organisation to which the person belongs: organisations do not travel."""
        return tuple(dict.fromkeys([*(listed.on for listed in member.person.listings), *self._listed.get(member.code, ())]))

    def _alone(self, member: Member) -> LawActor:
        """The person as a traveller, under the lists on which the person stands by name."""
        return self._person(member).model_copy(update={"id": f"{member.code}{ALONE}", "lists": self._own(member)})

    def _party(self, number: int, party: b.Party) -> LawActor:
        country = law_country(party.country) if party.country else None
        return LawActor(
            id=f"{PARTY}{number}",
            kind="organisation",
            role="counterpart",
            seat=country,
            lists=tuple(dict.fromkeys(listed.on for listed in party.listings)) or None,
            official_of=country if party.kind == "government" else None,
            classes=_classes(party),
        )

    @cached_property
    def setting(self) -> Setting:
        """The first proposed venue, the currencies and the donors' countries, as far as they are entered."""
        venue = next((venue for venue in self.q.initiative.venues if venue.place.country), None)
        return self.at(venue.place.country if venue else None, venue.transit if venue else ())

    def at(self, country: str | None, transit: Sequence[str] = ()) -> Setting:
        """The setting at a place, by alpha-3."""
        budget = self.q.initiative.budget
        costs, pledges = (budget.costs, budget.pledges) if budget else ((), ())
        named = [*(cost.currency for cost in costs), *(pledge.currency for pledge in pledges)]
        currencies = [budget.currency, *(one for one in named if one)] if budget else []
        funders = [pledge.country for pledge in budget.pledges if pledge.country] if budget else []
        return Setting(
            venue=law_country(country) if country else None,
            transit=tuple(map(law_country, transit)),
            currencies=tuple(dict.fromkeys(currencies)),
            funders=tuple(dict.fromkeys(map(law_country, funders))),
        )

    @cached_property
    def counterparts(self) -> tuple[str, ...]:
        """With whom a law might forbid something: parties that are contested, armed, listed or a state's, and those of the invited who are listed,
        officials, or declared to be of a class; all parties where none of them is."""
        parties = {f"{PARTY}{number}": party for number, party in enumerate(self.q.initiative.parties, 1)}
        delicate = [key for key, party in parties.items() if party.contested or party.kind in ("armed group", "government") or party.listings]
        people = [m.code for m in self.q.initiative.members if m.invited and (self.actors[m.code].lists or self.actors[m.code].classes)]
        people += [m.code for m in self.q.initiative.members if m.invited and m.person.official_of]
        return tuple(dict.fromkeys([*(delicate or parties), *people]))

    @cached_property
    def guests(self) -> tuple[str, ...]:
        return tuple(member.code for member in self.q.initiative.members if member.invited and member.person.kind == "person")

    @cached_property
    def plan(self) -> LegalPlan:
        """The acts that are planned, or what every workshop comes to: each by everybody of the team whom it could concern."""
        lines: dict[tuple[str, str, str], PlannedAct] = {}
        for act, by, with_, matters in self._acts():
            lines.setdefault((by, act, with_), PlannedAct(by=by, act=act, with_=with_, matters=matters))
        team = [member.code for member in self.q.initiative.members if not member.invited and member.person.kind == "person"]
        venues = [venue.place.country for venue in self.q.initiative.venues if venue.place.country]
        offered = [law_country(country) for country in dict.fromkeys(venues) if law_country(country) != self.setting.venue]
        return LegalPlan(
            id="initiative",
            title=self.q.initiative.opening.title,
            date=self.day,
            setting=self.setting,
            actors=tuple(self.actors.values()),
            plan=tuple(lines.values()),
            alternatives=Alternatives(
                venues=tuple(OfferedVenue(venue=code) for code in offered), people=tuple(OfferedPerson(id=code) for code in team)
            ),
            counsel=self._counsel(),
        )

    @property
    def usual(self) -> bool:
        """True where the brief plans no act of which a law speaks, so that the usual acts of a workshop are read."""
        return not any(_law_acts(act) for act in self.q.initiative.acts)

    def _acts(self) -> Iterator[tuple[LawAct, str, str, int]]:
        planned = [(kind, act) for act in self.q.initiative.acts for kind in _law_acts(act)]
        if not planned:
            for kind in USUAL:
                for with_ in self.counterparts:
                    yield from ((kind, by, at, 3) for by, at in self._who(kind, None, with_))
        for kind, act in planned:
            for with_ in self._with(act):
                yield from ((kind, by, at, act.matters) for by, at in self._who(kind, act.by, with_))
        yield from self._among_guests()

    def _among_guests(self) -> Iterator[tuple[LawAct, str, str, int]]:
        """What the guests do by coming: they meet those of other sides, and are bound by laws of their own, often harder than their hosts."""
        sides = {member.code: set(member.person.sides) for member in self.q.initiative.members}
        parties = {key: {self.q.initiative.parties[number_of(key)].side} for key in self.counterparts if key.startswith(PARTY)}
        for guest in self.guests:
            others = [other for other in self.guests if other != guest and not sides[guest] & sides[other]]
            for other in (*others, *(key for key, side in parties.items() if not side & sides[guest])):
                yield from ((act, guest, other, 5) for act in BETWEEN_GUESTS)

    def _with(self, act: b.Act) -> tuple[str, ...]:
        """Whom an act that names a party, a person or nobody is done with: a party also means those of the invited who belong to it."""
        if act.with_ is None:
            return self.counterparts
        member = self.q.initiative.member_of(act.with_)
        if member is not None:
            return (member.code,)
        for number, party in enumerate(self.q.initiative.parties, 1):
            if same(act.with_) in map(same, (party.name, *party.known_as)):
                own = [m.code for m in self.q.initiative.members if m.invited and _belongs(m.person, party)]
                return (f"{PARTY}{number}", *own)
        return ()

    def _who(self, kind: LawAct, by: str | None, with_: str) -> Iterator[tuple[str, str]]:
        """Who does an act with a counterpart; a traveller travels alone."""
        if kind in OF_THE_GUEST:
            traveller = f"{with_}{ALONE}" if kind == "travel-of-listed-person" else with_
            if not with_.startswith(PARTY) and traveller in self.actors:
                yield traveller, traveller
            return
        named = self.q.initiative.member_of(by) if by else None
        if named is not None:
            yield named.code, with_
            return
        yield CONVENOR, with_
        for member in self.q.initiative.members:
            if not member.invited and member.person.kind == "person" and (kind not in BY_FACILITATORS or member.person.role in ("facilitator", None)):
                yield member.code, with_

    def _counsel(self) -> tuple[CounselAnswer, ...]:
        known = self.base.rules
        found = []
        for said in self.q.initiative.counsel:
            rules = tuple(rule for rule in said.rules if rule in known)
            member = self.q.initiative.member_of(said.person) if said.person else None
            other = self._with(b.Act(what="counsel", with_=said.counterpart))[:1] if said.counterpart else ()
            if rules:
                found.append(
                    CounselAnswer(
                        rules=rules, words=said.answer, by=said.by, on=said.date, initiative="initiative", effect=said.effect,
                        acts=tuple(act for act in said.acts if act in self.law.vocabulary.acts), person=member.code if member else None,
                        counterpart=other[0] if other else None, until=said.until, scope=said.scope,
                    )
                )  # fmt: skip
        return tuple(found)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every answer, in the order of the plan."""
        answers = answers_both_ways(self.plan, self.base)
        return tuple(Line(act.by, act.act, act.with_, found) for act, found in zip(self.plan.plan, answers, strict=True))

    def of_party(self, key: str) -> tuple[Line, ...]:
        """The answers of what the convenor and the team would do with one party."""
        return tuple(line for line in self.lines if line.with_ == key and line.by not in self.guests)

    @property
    def of_guests(self) -> tuple[Line, ...]:
        """The answers of what the guests do with each other and with the parties of others."""
        return tuple(line for line in self.lines if line.by in self.guests and line.act in BETWEEN_GUESTS)

    def evidence(self, rules: Sequence[MatchedRule]) -> list[Evidence]:
        """Each rule as evidence, once."""
        once = {found.rule.id: found.rule for found in rules}
        source = self.law.provenance
        return [
            source.evidence(rule.id).model_copy(update={"as_of": rule.as_of, "url": rule.source[0].address if rule.source else None})
            for rule in once.values()
        ]


def _law_acts(act: b.Act) -> tuple[LawAct, ...]:
    """The acts of the rule base that a planned act means."""
    return LAW_ACTS.get(act.kind) or (() if act.kind == "other" else (cast(LawAct, act.kind),))


def _classes(party: b.Party) -> tuple[str, ...]:
    """What the party is declared to be: whoever calls it an armed group has declared that its members are of one."""
    return tuple(dict.fromkeys([*party.classes, *(["armed-group-member"] if party.kind == "armed group" else [])]))


def _belongs(person: b.Person, party: b.Party) -> bool:
    """True where the affiliation that is entered names the party."""
    names = {same(name) for name in (party.name, *party.known_as)}
    return any(same(part) in names for part in (person.affiliation or "").split(";"))


def travel_bans(legal: Legal) -> TravelBan:
    """Who is kept out of where by the rules on travel of listed people: asked of each traveller for each country."""

    def banned(key: str, country: str, transit: Sequence[str]) -> bool:
        traveller = f"{key}{ALONE}"
        if traveller not in legal.actors:
            return False
        planned = PlannedAct(by=traveller, act="travel-of-listed-person", with_=traveller)
        said = answer(planned, legal.actors, legal.at(country, transit), legal.day, legal.base)
        return said.effect in BARS

    return banned


def number_of(key: str) -> int:
    return int(key.removeprefix(PARTY)) - 1


def who(legal: Legal, key: str) -> Param:
    """An actor as a page shows it: the convenor, a party by its name, a person by the code."""
    if key == CONVENOR:
        return legal.q.convenor()
    if key.startswith(PARTY):
        return legal.q.initiative.parties[number_of(key)].name
    return PersonRef(person=key.removesuffix(ALONE))
