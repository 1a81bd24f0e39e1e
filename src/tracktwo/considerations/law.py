"""Feasibility, continued: what the rules of law that we hold say of each planned act, both ways, and what small change takes a bar away (row B3).

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
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.law.answer import BothWays, MatchedRule, answer, answers_both_ways, strictest
from tracktwo.methods.law.base import RuleBase, rule_base
from tracktwo.methods.law.deadlines import Task
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, PersonRef, Severity
from tracktwo.model.law import (
    BARS,
    EFFECTS,
    NO_RULE,
    Alternatives,
    CounselAnswer,
    LawActor,
    LegalPlan,
    OfferedPerson,
    OfferedVenue,
    Outcome,
    PlannedAct,
    Setting,
)
from tracktwo.model.vocabulary import LAW_ACTS, LawAct
from tracktwo.record.initiative import Member
from tracktwo.record.mask import same
from tracktwo.sources.law import Law, law_country, load_law

CONVENOR = "convenor"
_PARTY = "party-"
BY_FACILITATORS: frozenset[LawAct] = frozenset({"facilitate", "carry-message", "draft-text"})
OF_THE_GUEST: frozenset[LawAct] = frozenset({"travel-of-listed-person", "entry-of-participant"})
"""Acts of the traveller alone."""
BETWEEN_GUESTS: tuple[LawAct, ...] = ("contact", "meet")
USUAL: tuple[LawAct, ...] = (
    "contact", "invite", "meet", "convene-meeting", "facilitate", "host-venue", "provide-lodging", "provide-meals", "provide-travel", "pay-per-diem",
    "travel-of-listed-person", "entry-of-participant",
)  # fmt: skip
"""What every workshop with guests comes to, where no act is planned in the brief."""
_SEVERITY: Mapping[Outcome, Severity] = {"prohibited": "serious", "licence-needed": "serious", "unclear": "warning", "duty": "warning"}
_MOST_TASKS = 8
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
            id=f"{_PARTY}{number}",
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
        parties = {f"{_PARTY}{number}": party for number, party in enumerate(self.q.initiative.parties, 1)}
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
        parties = {key: {self.q.initiative.parties[_number(key)].side} for key in self.counterparts if key.startswith(_PARTY)}
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
                return (f"{_PARTY}{number}", *own)
        return ()

    def _who(self, kind: LawAct, by: str | None, with_: str) -> Iterator[tuple[str, str]]:
        """Who does an act with a counterpart; a traveller travels alone."""
        if kind in OF_THE_GUEST:
            traveller = f"{with_}{ALONE}" if kind == "travel-of-listed-person" else with_
            if not with_.startswith(_PARTY) and traveller in self.actors:
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


def bars(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """B3: what the rules say of each act with each party, whom to ask for what by when, and what would change it."""
    initiative = q.initiative
    if not legal.plan.plan:
        yield q.unknown("law.no-acts", "B3", q.convenor(), "go-no-go", parties=listing(party.name for party in initiative.parties))
    if legal.usual and legal.plan.plan:
        yield q.assumed("law.usual-acts", "B3", severity="note", acts=listing(term("law-act", act) for act in USUAL), ask=q.convenor())
    silent: dict[tuple[str, ...], list[str]] = {}
    for number, party in enumerate(initiative.parties, 1):
        told = legal.of_party(f"{_PARTY}{number}")
        by_effect = _by_effect(told)
        for effect, lines in by_effect.items():
            if effect == "no-rule-found":
                silent.setdefault(tuple(dict.fromkeys(line.act for line in lines)), []).append(party.name)
            else:
                yield from _outcome(q, legal, f"law.party-{effect}", effect, lines, of=_doers(told), party=party.name)
    guests = _by_effect(legal.of_guests)
    for effect, lines in guests.items():
        if effect not in ("no-rule-found", "not-reached"):
            yield from _outcome(q, legal, f"law.guests-{effect}", effect, lines, of=_doers(legal.of_guests))
    for acts, parties in silent.items():
        named = listing(term("law-act", act) for act in acts)
        yield q.unknown("law.no-rule-found", "B3", q.counsel(), "go-no-go", severity="note", parties=listing(parties), acts=named, on=legal.day)
    yield from _unread(q, legal)
    yield from _tasks(q, legal)
    yield from _counselled(q, legal)
    yield from _smallest(q, legal)
    if legal.lines:
        yield q.unknown(
            "law.last-line", "B3", q.counsel(), "go-no-go", severity="note", evidence=[legal.law.provenance.evidence()],
            rules=len(legal.law.rules), on=legal.law.provenance.as_of, not_covered=listing(legal.law.not_covered),
        )  # fmt: skip


def _by_effect(lines: Sequence[Line]) -> dict[Outcome, list[Line]]:
    """The answers by the strictest outcome of their act, the strictest first; of an act only the answers that are as strict."""
    by_act: dict[str, list[Line]] = {}
    for line in lines:
        by_act.setdefault(line.act, []).append(line)
    found: dict[Outcome, list[Line]] = {}
    for told in by_act.values():
        effect = strictest(line.found.effect for line in told)
        found.setdefault(effect, []).extend(line for line in told if line.found.effect == effect)
    return dict(sorted(found.items(), key=lambda item: _order(item[0])))


def _doers(lines: Sequence[Line]) -> int:
    """How many would act."""
    return len({line.by for line in lines})


def _outcome(q: Inquiry, legal: Legal, code: str, effect: Outcome, lines: Sequence[Line], *, of: int, **params: Param) -> Iterator[Finding]:
    """One sentence for acts of one outcome: which acts, how many of those who would act, which rules."""
    rules = [found for line in lines for found in line.rules if found.counts_as == effect and not found.lifted_by]
    if not rules:
        return
    yield q.known(
        code,
        "B3",
        legal.evidence(rules),
        severity=_SEVERITY.get(effect, "note"),
        acts=listing(term("law-act", act) for act in dict.fromkeys(line.act for line in lines)),
        rules=listing(dict.fromkeys(found.rule.id for found in rules)),
        who=len({line.by for line in lines}),
        of=of,
        on=legal.day,
        ask=q.counsel(),
        decision="go-no-go",
        **params,
    )


def _order(effect: Outcome) -> int:
    return (*EFFECTS, NO_RULE).index(effect)


def _unread(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """What rules ask and nobody entered, and rules that nobody checked in time."""
    asked = dict.fromkeys(field.rpartition(".")[2] for line in legal.lines for field in line.found.forward.unknown)
    if asked:
        yield q.unknown("law.not-said", "B3", q.convenor(), "go-no-go", severity="warning", fields=listing(term("law-field", name) for name in asked))
    stale = {found.rule.id: found for line in legal.lines for found in line.rules if found.unchecked_since is not None}
    if stale:
        yield q.known(
            "law.stale", "B3", legal.evidence(list(stale.values())), severity="warning", count=len(stale), on=legal.day,
            rules=listing(msg("law.stale-rule", rule=name, on=found.unchecked_since or legal.day) for name, found in stale.items()),
            ask=q.counsel(), decision="go-no-go",
        )  # fmt: skip


def tasks(legal: Legal) -> tuple[Task, ...]:
    """Every request for an exemption that a bar leaves open, the earliest last day first; those without a published lead time before all."""
    found = dict.fromkeys(task for line in legal.lines for side in (line.found.forward, line.found.mirrored) if side for task in side.tasks)
    return tuple(sorted(found, key=lambda task: (task.latest is not None, task.latest or date.max, task.rule)))


def _tasks(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """A dated task with its owner for each exemption that could be asked for; it is hardly ever the convenor who can ask."""
    rules = legal.base.rules
    for task in tasks(legal)[:_MOST_TASKS]:
        late = task.is_late(q.basis.as_of)
        evidence = [legal.law.provenance.evidence(task.rule).model_copy(update={"as_of": rules[task.rule].as_of})]
        code = "law.task-late" if late else "law.task" if task.latest else "law.task-undated"
        yield q.known(
            code, "B3", evidence, severity="warning" if late else "note", owner=task.owner, authority=task.authority, what=task.what, rule=task.rule,
            **({"on": task.latest} if task.latest else {}), ask=task.owner, decision="go-no-go",
        )  # fmt: skip


def _counselled(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """What counsel answered, beside the rules; an answer whose day has passed says so."""
    for said in q.initiative.counsel:
        over = said.until is not None and said.until < legal.day
        yield q.known(
            "law.counsel-over" if over else "law.counsel" if said.effect else "law.counsel-heard",
            "B3",
            q.said(said),
            severity="warning" if over else "info",
            personal=said.person is not None,
            question=said.question,
            answer=said.answer,
            by=said.by,
            on=said.date,
            **({"until": said.until} if over and said.until else {}),
            **({"effect": term("effect", said.effect)} if said.effect and not over else {}),
            ask=said.by,
            decision="go-no-go",
        )


def _smallest(q: Inquiry, legal: Legal) -> Iterator[Finding]:
    """The smallest change to the plan that takes the strictest bars away; it names people, so it leaves with names only."""
    barred = [line for line in legal.lines if line.found.effect in BARS]
    if not barred:
        return
    from tracktwo.methods.law.smallest_change import smallest_change  # the solver takes longer to load than the rest of this takes

    advice = smallest_change(legal.plan, legal.base, q.basis.as_of)
    for proposal in advice.proposals:
        yield q.assumed(
            "law.smallest-exemptions" if proposal.by_exemptions_alone else "law.smallest",
            "B3",
            severity="note",
            personal=True,
            changes=listing(_change(legal, change) for change in proposal.changes),
            cost=proposal.cost,
            removed=len(proposal.removes),
            remain=len(proposal.remains),
            closing=term("law", "closing"),
            ask=q.counsel(),
            decision="go-no-go",
        )
    if advice.before and not advice.proposals:
        yield q.unknown("law.no-change-helps", "B3", q.counsel(), "go-no-go", severity="serious", count=len(advice.before), title=legal.plan.title)


def _change(legal: Legal, change: object) -> Message:
    """One change in words of the catalogues."""
    from tracktwo.methods.law.smallest_change import Change

    assert isinstance(change, Change)
    if change.task is not None:
        params: dict[str, Param] = dict(owner=change.task.owner, authority=change.task.authority, rule=change.task.rule)
        if change.task.latest is None:
            return msg("law.change-exemption-undated", **params)
        return msg("law.change-exemption", on=change.task.latest, **params)
    if change.kind == "venue":
        return msg("law.change-venue", venue=_place(legal, str(change.after)), instead=_place(legal, str(change.before)))
    if isinstance(change.after, date) and isinstance(change.before, date):
        return msg("law.change-date", on=change.after, instead=change.before)
    assert isinstance(change.before, PlannedAct)
    before = _act(legal, change.before)
    if not isinstance(change.after, PlannedAct):
        return msg("law.change-drop", act=before)
    return msg("law.change-act", act=_act(legal, change.after), instead=before)


def _place(legal: Legal, alpha2: str) -> Param:
    known = next((country for country in legal.q.basis.shelf.countries if country.alpha2 == alpha2), None)
    return CountryRef(country=known.alpha3) if known else alpha2


def _act(legal: Legal, planned: PlannedAct) -> Message:
    return msg("law.act-of", act=term("law-act", planned.act), by=who(legal, planned.by), partner=who(legal, planned.with_))


def _number(key: str) -> int:
    return int(key.removeprefix(_PARTY)) - 1


def who(legal: Legal, key: str) -> Param:
    """An actor as a page shows it: the convenor, a party by its name, a person by the code."""
    if key == CONVENOR:
        return legal.q.convenor()
    if key.startswith(_PARTY):
        return legal.q.initiative.parties[_number(key)].name
    return PersonRef(person=key.removesuffix(ALONE))


def exhibits(q: Inquiry, legal: Legal) -> Iterator[AnyExhibit]:
    """The legal table: acts with parties; with names each person, act and counterpart; and every rule that was read, whole."""
    if not legal.lines:
        return
    yield from _acts_with_parties(q, legal)
    strict = [line for line in legal.lines if line.found.effect not in ("no-rule-found", "not-reached")]
    if strict:
        yield Table(
            row="B3",
            title=msg("table.law-people"),
            personal=True,
            evidence=tuple(legal.evidence([found for line in strict for found in line.rules])),
            header=tuple(msg(f"column.{name}") for name in ("who-acts", "act", "counterpart", "day", "says", "rules", "lifted", "because")),
            cells=tuple(_line(legal, line) for line in strict),
        )
    yield from _rules(legal)


def _acts_with_parties(q: Inquiry, legal: Legal) -> Iterator[AnyExhibit]:
    cells: list[tuple[Param, ...]] = []
    used: list[MatchedRule] = []
    for number, party in enumerate(q.initiative.parties, 1):
        by_act: dict[str, list[Line]] = {}
        for line in legal.of_party(f"{_PARTY}{number}"):
            by_act.setdefault(line.act, []).append(line)
        for act, lines in by_act.items():
            effect = strictest(line.found.effect for line in lines)
            rules = [found for line in lines for found in line.rules]
            used += rules
            names = listing(dict.fromkeys(found.rule.id for found in rules if found.counts_as == effect and not found.lifted_by))
            cells.append(
                (party.name, term("law-act", act), term("effect", effect), sum(line.found.effect == effect for line in lines), len(lines),
                 names if names.items else term("list", "nothing"))
            )  # fmt: skip
    if cells:
        yield Table(
            row="B3",
            title=msg("table.law", on=legal.day),
            evidence=tuple(legal.evidence(used)) or (legal.law.provenance.evidence(),),
            header=tuple(msg(f"column.{name}") for name in ("party", "act", "says", "for-so-many", "of-so-many", "rules")),
            cells=tuple(cells),
        )


def _line(legal: Legal, line: Line) -> tuple[Param, ...]:
    effect = line.found.effect
    deciding = [found for found in line.rules if found.counts_as == effect and not found.lifted_by]
    nothing = term("list", "nothing")
    lifted = listing(dict.fromkeys(found.rule.id for found in line.rules if found.lifted_by))
    because = listing(dict.fromkeys(f"{found.rule.id}: {', '.join((*found.links, *found.aims))}" for found in deciding))
    return (
        who(legal, line.by), term("law-act", line.act), who(legal, line.with_) if line.with_ != line.by else nothing, legal.day,
        term("effect", effect), listing(dict.fromkeys(found.rule.id for found in deciding)), lifted if lifted.items else nothing, because,
    )  # fmt: skip


def _rules(legal: Legal) -> Iterator[AnyExhibit]:
    """Every rule that matched, with what it says, where it stands, how old it is, what of it nobody verified, and the way out that it names."""
    once = {found.rule.id: found.rule for line in legal.lines for found in line.rules}
    if not once:
        return
    nothing = term("list", "nothing")
    yield Table(
        row="B3",
        title=msg("table.rules"),
        evidence=(legal.law.provenance.evidence(),),
        header=tuple(msg(f"column.{name}") for name in ("rule", "says", "stands-in", "as-of", "not-verified", "conditions", "way-out")),
        cells=tuple(
            (
                rule.id, rule.explanation, rule.citation, rule.as_of,
                listing(rule.unverified) if rule.unverified else nothing, listing(rule.conditions) if rule.conditions else nothing,
                listing(_way_out(one.what, one.authority, one.who_applies, one.lead_time_working_days) for one in rule.exemptions)
                if rule.exemptions else nothing,
            )
            for rule in sorted(once.values(), key=lambda rule: rule.id)
        ),
    )  # fmt: skip


def _way_out(what: str, authority: str, who_applies: str, days: int | None) -> Message:
    params: dict[str, Param] = dict(what=what, authority=authority, who=who_applies)
    return msg("law.way-out-days", days=days, **params) if days is not None else msg("law.way-out", **params)
