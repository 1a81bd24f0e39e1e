"""Process design, continued: the panel that fits best, in which order to invite it, and what each refusal would mean (row D2).

The proposal is made from who is invited and can come. Influence and a side's veto decide in it and are told in no file: they stay in the team's room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.places import Places
from tracktwo.methods.panel.clash import Clash, Impossible
from tracktwo.methods.panel.fit import Fit, Fitness, WhyNot, best_fit, why_not
from tracktwo.methods.panel.invitation import Invitation, invitation_order, reserves
from tracktwo.methods.panel.rules import AtMostOne, Broken, Candidate, Excluded, Quota, Rules, pairs_as_rules
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Finding, LanguageRef, Listing, Message, Param, PersonRef
from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE
from tracktwo.record.initiative import Member

PANEL = 12
"""About a dozen people: the size of most problem-solving workshops (Kelman; Burgess 2010)."""
FOLLOWS = "B2"
"""From this level on somebody can follow a meeting in a language."""
_YES = {True: "yes", False: "no"}


class Proposal:
    """The panel that is proposed for an initiative: worked out once, and read by findings, tables and pages."""

    def __init__(self, q: Inquiry, *, pinned: frozenset[str] = frozenset(), left_out: frozenset[str] = frozenset()) -> None:
        """`pinned` are codes of people who are to be on it, `left_out` of people who are not: what somebody tries out on a page."""
        self.q = q
        self._pinned, self._left_out = pinned, left_out

    @cached_property
    def wish(self) -> b.PanelWish:
        return self.q.initiative.panel or b.PanelWish()

    @cached_property
    def asked(self) -> tuple[Member, ...]:
        """Each person once: of two versions that contradict each other the last, as wherever only one can be shown."""
        people = (member for member in self.q.initiative.members if member.invited and member.person.kind == "person")
        return tuple({member.code: member for member in people}.values())

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        """Who is not considered, each with the first reason that holds. For the team's room: some of these reasons concern single people."""
        return tuple(one for member in self.asked if (one := self._excluded(member)) is not None)

    def _excluded(self, member: Member) -> Excluded | None:
        person, q = member.person, self.q
        if person.agreed_to_come is False:
            return Excluded(member.code, "declined", "")
        decided = [verdict for hit, verdict in q.initiative.screening.verdicts.items() if hit[0] == member.code and verdict.consequence == "exclude"]
        if decided:
            return Excluded(member.code, "law", decided[0].reason)
        refusing = [side.name for side in q.initiative.table if side.id in person.refused_by]
        if refusing:
            return Excluded(member.code, "veto", ", ".join(refusing))
        options = self._venues.proposed
        journeys = [one for option in options for one in option.journeys if one.traveller == member.code]
        if journeys and all(journey.lost for journey in journeys):
            return Excluded(member.code, "travel", ", ".join(option.city or option.country for option in options))
        if member.code in self._left_out:
            return Excluded(member.code, "other", "")
        return None

    @cached_property
    def _venues(self) -> Places:
        return Places(self.q)

    @cached_property
    def pool(self) -> tuple[Candidate, ...]:
        gone = {one.key for one in self.excluded}
        return tuple(Candidate(member.code, traits(member.person)) for member in self.asked if member.code not in gone)

    @cached_property
    def seats(self) -> int:
        """As wished, else so many for each side, else about a dozen."""
        sides = max(len(self.q.initiative.table), 1)
        return self.wish.size or (self.q.initiative.wish.per_side or max(1, PANEL // sides)) * sides

    @property
    def size(self) -> int:
        """The seats that can be filled: never more than there are people."""
        return min(self.seats, len(self.pool))

    @property
    def choice(self) -> bool:
        """Whether there are more people than seats."""
        return len(self.pool) > self.seats

    @cached_property
    def rules(self) -> Rules:
        here = {one.key for one in self.pool}
        must = {code for name in self.wish.must if (code := self._code(name)) in here} | (self._pinned & here)
        return Rules(self.size, (*self._wished, *self._even), self._apart(here), frozenset(must))

    @cached_property
    def _wished(self) -> tuple[Quota, ...]:
        return tuple(Quota(quota.counted, min(quota.min, self.size), self.size if quota.max is None else quota.max) for quota in self.wish.quotas)

    @property
    def _even(self) -> tuple[Quota, ...]:
        """As many from each side, as far as there are people, where no quota of the brief speaks of sides alone."""
        table = self.q.initiative.table
        if not self.choice or len(table) < 2 or any(quota.where[0][0] == "side" and len(quota.where) == 1 for quota in self._wished):
            return ()
        there = {side.id: sum(one.has((("side", side.id),)) for one in self.pool) for side in table}
        share = self.size // len(table)
        if min(there.values()) < share or any(len(one.traits.get("side", ())) != 1 for one in self.pool):
            return ()
        return tuple(Quota((("side", side.id),), share, -(-self.size // len(table))) for side in table)

    def _apart(self, here: set[str]) -> tuple[AtMostOne, ...]:
        codes = [(self._code(pair.one), self._code(pair.other)) for pair in self.wish.apart]
        found = list(pairs_as_rules((one, other) for one, other in codes if one in here and other in here and one != other))
        for attribute in self.wish.one_of_each:
            values = sorted({value for one in self.pool for value in one.traits.get(attribute, ())})
            groups = [frozenset(one.key for one in self.pool if value in one.traits.get(attribute, ())) for value in values]
            found += [AtMostOne(group, attribute) for group in groups if len(group) > 1]
        return tuple(found)

    def _code(self, name: str) -> str:
        member = self.q.initiative.member_of(name)
        return member.code if member else ""

    @cached_property
    def fitness(self) -> Fitness:
        people = {member.code: member.person for member in self.asked}
        return Fitness(
            competences=frozenset(word.casefold() for word in self.wish.competences),
            brings={code: frozenset(word.casefold() for word in person.expertise) for code, person in people.items()},
            balanced=tuple(self._balanced()),
            influence={code: person.influence for code, person in people.items() if person.influence},
            unsure=frozenset(code for code, person in people.items() if not person.agreed_to_come),
            needs={code: frozenset(filter(None, map(self._code, person.comes_with))) for code, person in people.items() if person.comes_with},
        )

    def _balanced(self) -> Iterator[Quota]:
        """Women and men of each side about alike, where it is known who is what."""
        if not any(one.traits.get("gender") for one in self.pool):
            return
        for side in self.q.initiative.table:
            share = self.size // max(len(self.q.initiative.table), 1)
            for gender in ("woman", "man"):
                yield Quota((("side", side.id), ("gender", gender)), share // 2, -(-share // 2))

    @cached_property
    def conflict(self) -> tuple[Clash, ...]:
        """The smallest set of rules that no panel keeps; empty where there is a panel."""
        self.fit  # noqa: B018  finding the panel finds the conflict
        return self._conflict

    _conflict: tuple[Clash, ...] = ()

    @cached_property
    def fit(self) -> Fit | None:
        """The panel; None where nobody can be asked, or the rules conflict."""
        if self.size < 2:
            return None
        wished = replace(self.rules, quotas=self._wished)
        for rules in dict.fromkeys((self.rules, wished)):  # what nobody asked for gives way first
            try:
                fit = best_fit(self.pool, rules, self.fitness, explained=rules == wished)
            except Impossible as impossible:
                self._conflict = impossible.conflict
            else:
                self.rules, self._conflict = rules, ()
                return fit
        return None

    @cached_property
    def order(self) -> tuple[Invitation, ...]:
        """In which order to ask; nothing where everybody has a seat and nobody waits for another."""
        if not (self.choice or self.fitness.needs):
            return ()
        return invitation_order(self.pool, self.rules, self.fitness, self.fit) if self.fit else ()

    @cached_property
    def reserves(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is in reserve, and for whom of the panel none of them could step in."""
        if self.fit is None or not self.choice:
            return (), ()
        return reserves(self.pool, self.rules, self.fit.people, self.wish.reserves)

    def why(self, code: str) -> WhyNot | None:
        """Why somebody is, or is not, on the panel; None where there is none or the person is not considered."""
        if self.fit is None or code not in {one.key for one in self.pool}:
            return None
        return why_not(self.pool, self.rules, self.fitness, self.fit, code)


def traits(person: b.Person) -> dict[str, frozenset[str]]:
    """What quotas can count a person by; nothing where nobody has said it."""
    enough = LEVELS_OF_LANGUAGE[LEVELS_OF_LANGUAGE.index(FOLLOWS) :]
    follows = [skill.tag.split("-")[0] for skill in person.languages if skill.level in enough]
    said = {
        "side": person.sides,
        "gender": (person.gender,) if person.gender else (),
        "youth": (_YES[person.youth],) if person.youth is not None else (),
        "region": (person.region,) if person.region else (),
        "group": person.groups,
        "expertise": person.expertise,
        "language": tuple(dict.fromkeys(follows)),
        "affiliation": tuple(part.strip() for part in (person.affiliation or "").split(";") if part.strip()),
        "household": (person.household,) if person.household else (),
    }
    return {attribute: frozenset(values) for attribute, values in said.items() if values}


def findings(proposal: Proposal) -> Iterator[Finding]:
    """D2: who would be on the panel, who steps in, what cannot be had."""
    q, fit = proposal.q, proposal.fit
    people = [member.person for member in proposal.asked]
    if proposal.conflict:
        yield q.assumed(
            "panel.impossible",
            "D2",
            q.said(*people),
            severity="serious",
            seats=proposal.seats,
            rules=listing(clash_in_words(q, clash, inside=False) for clash in proposal.conflict),
            ask=q.convenor(),
            decision="panel",
        )
    if fit is None:
        return
    spares, uncovered = proposal.reserves
    told: dict[str, Param] = {"seats": proposal.seats, "among": len(proposal.pool)}
    if proposal.choice:
        told |= {"people": people_of(fit.people), "reserves": people_of(spares) if spares else msg("panel.nobody-restores")}
    code = "panel.proposed" if proposal.choice else "panel.proposed-all"
    yield q.assumed(code, "D2", q.said(*people), **told, ask=q.each_side(), decision="panel")
    missing = next(one.what for one in fit.standing if one.ground == "competences")
    if missing:
        yield q.assumed("panel.nobody-knows", "D2", q.said(*people), severity="warning", competences=listing(missing), decision="panel")
    alone = [one.person for one in proposal.order if not one.replaceable]
    if alone and proposal.choice:
        yield q.assumed("panel.irreplaceable", "D2", q.said(*people), severity="warning", people=people_of(alone), decision="panel")
    if spares and uncovered and set(uncovered) - set(alone):
        yield q.assumed("panel.reserve-gap", "D2", q.said(*people), severity="note", people=people_of(uncovered), decision="panel")
    if proposal.excluded:
        yield q.assumed("panel.left-out", "D2", q.said(*people), severity="note", count=len(proposal.excluded), of=len(proposal.asked))


def exhibits(proposal: Proposal) -> Iterator[AnyExhibit]:
    """D2: in which order to ask, who comes only with whom, what a refusal does, who restores it."""
    if not proposal.order:
        return
    q = proposal.q
    yield Table(
        row="D2",
        title=msg("table.invitations"),
        evidence=q.said(*(member.person for member in proposal.asked)),
        header=tuple(msg(f"column.{name}") for name in ("order", "person", "asked-after", "refusal-breaks", "restored-by")),
        cells=tuple(
            (
                number,
                PersonRef(person=one.person),
                people_of(one.after),
                listing(broken_in_words(q, broken) for broken in one.breaks if broken.rule != "size"),
                _restored(one),
            )
            for number, one in enumerate(proposal.order, 1)
        ),
    )


def _restored(one: Invitation) -> Param:
    if not one.restored_by:
        return msg("panel.nobody-restores")
    if one.moves:
        moved = listing(msg("panel.move", leaves=PersonRef(person=left), joins=PersonRef(person=new)) for left, new in one.moves)
        return msg("panel.restored-with-moves", person=PersonRef(person=one.restored_by[0]), moves=moved)
    return people_of(one.restored_by[:3])


def people_of(codes: tuple[str, ...] | list[str]) -> Listing:
    return listing(PersonRef(person=code) for code in codes)


def counted(q: Inquiry, where: tuple[tuple[str, str], ...]) -> Listing:
    """Whom a quota counts, in words."""
    return listing(_value(q, attribute, value) for attribute, value in where)


def _value(q: Inquiry, attribute: str, value: str) -> Param:
    if attribute == "side":
        return next((side.name for side in q.initiative.sides if side.id == value), value)
    if attribute == "gender":
        return term("gender", value)
    if attribute == "youth":
        return msg("panel.youth" if value == "yes" else "panel.no-youth")
    return LanguageRef(language=value) if attribute == "language" else value


def broken_in_words(q: Inquiry, broken: Broken) -> Message:
    """What a refusal breaks."""
    if broken.rule == "quota":
        return msg("panel.breaks-quota", whom=counted(q, broken.where), count=broken.count, minimum=broken.minimum, maximum=broken.maximum)
    if broken.rule == "size":
        return msg("panel.breaks-size", count=broken.count, seats=broken.minimum)
    return msg("panel.breaks-apart" if broken.rule == "apart" else "panel.breaks-must", people=people_of(broken.people))


def clash_in_words(q: Inquiry, clash: Clash, *, inside: bool = True) -> Message:
    """One rule of a conflict, with what would help. Who must not meet whom is told `inside` the team's room alone."""
    if clash.bound == "apart" and not inside:
        return msg("panel.clash-apart-unnamed")
    kept = "" if clash.relax_to != clash.now else "-kept"
    params: dict[str, Param] = {"now": clash.now} if kept else {"now": clash.now, "then": clash.relax_to}
    if clash.bound in ("min", "max"):
        where = tuple(zip(clash.category.split(" × "), clash.value.split(" × "), strict=True))
        return msg(f"panel.clash-{clash.bound}{kept}", whom=counted(q, where), **params)
    if clash.bound == "size":
        return msg(f"panel.clash-size{kept}", **params)
    separator = " with " if clash.bound == "needs" else ", " if clash.bound == "must" else " and "
    return msg(f"panel.clash-{clash.bound}", people=people_of(clash.value.split(separator)))
