"""What each consideration works with: the initiative, the basis it rests on, and the words in which findings are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracktwo.methods.retrieval import Likeness
from tracktwo.model import brief as b
from tracktwo.model.base import Stated
from tracktwo.model.case import Case
from tracktwo.model.finding import CountryRef, Evidence, Finding, Kind, Listing, Message, Param, PersonRef, Severity, Term
from tracktwo.model.world import SourceState
from tracktwo.record.initiative import Initiative
from tracktwo.sources.shelf import Shelf


@dataclass(frozen=True)
class Earlier:
    """An earlier dossier of the same initiative: its date and language, row → finding id → statement, and finding id → code.

    `names_people` is true where it was let out with names: what it says must not come back into a dossier of codes.
    """

    as_of: date
    language: str
    names_people: bool
    statements: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Basis:
    """Everything outside the brief that findings rest on. `similar` is ranked once and read by several considerations."""

    shelf: Shelf
    cases: tuple[Case, ...]
    methods: Mapping[str, str]
    similar: tuple[Likeness, ...]
    as_of: date
    earlier: Earlier | None = None


@dataclass(frozen=True)
class Inquiry:
    """One initiative under one consideration: reads like a notebook, writes findings."""

    initiative: Initiative
    basis: Basis

    # -- writing ----------------------------------------------------------------------------------------------------

    def known(self, code: str, rows: str, evidence: Iterable[Evidence], /, **rest: Any) -> Finding:
        """A finding that evidence supports. Raises ValueError without evidence."""
        evidence = tuple(evidence)
        if not evidence:
            raise ValueError(f"{code} is called known but rests on nothing")
        return self._finding(code, rows, "known", evidence, **rest)

    def conflicting(self, code: str, rows: str, evidence: Iterable[Evidence], /, **rest: Any) -> Finding:
        """A finding in which evidence stands against evidence."""
        return self._finding(code, rows, "conflicting", tuple(evidence), **rest)

    def assumed(self, code: str, rows: str, evidence: Iterable[Evidence] = (), /, **rest: Any) -> Finding:
        """A finding that we or the brief suppose, or that follows from what happens to be entered."""
        return self._finding(code, rows, "assumed", tuple(evidence), **rest)

    def unknown(self, code: str, rows: str, ask: Param | Sequence[Param], decision: str, /, **rest: Any) -> Finding:
        """An open question: whom to ask, and which decision waits for the answer."""
        return self._finding(code, rows, "unknown", tuple(rest.pop("evidence", ())), ask=ask, decision=decision, **rest)

    def _finding(
        self,
        code: str,
        rows: str,
        kind: Kind,
        evidence: tuple[Evidence, ...],
        /,
        *,
        severity: Severity = "info",
        next_step: Message | None = None,
        ask: Param | Sequence[Param] = (),
        decision: str | None = None,
        personal: bool = False,
        **params: Param,
    ) -> Finding:
        asked = tuple(ask) if isinstance(ask, (tuple, list)) else (ask,)
        return Finding(
            message=Message(code=code, params=params),
            rows=tuple(rows.split()),
            kind=kind,
            severity=severity,
            evidence=evidence,
            as_of=min((item.as_of for item in evidence), default=self.basis.as_of),
            next_step=next_step,
            ask=asked,
            decision=Term(term=f"decision.{decision}") if decision else None,
            personal=personal,
        )

    def said(self, *nouns: Stated, what: str | None = None) -> tuple[Evidence, ...]:
        """The brief itself as evidence, with its lines."""
        return self.initiative.said(*nouns, what=what)

    # -- what the challenge is ---------------------------------------------------------------------------------------

    @property
    def of_friends(self) -> bool:
        """True of a friendship with no dispute at all, of which few questions about a conflict make sense."""
        return self.initiative.opening.challenge == "friendship"

    @property
    def of_violence(self) -> bool:
        """True where the challenge itself is, or could become, what conflict data count."""
        return self.initiative.opening.challenge in ("armed conflict", "political dispute")

    def fitting(self, code: str) -> str:
        """The code whose words fit the challenge: among friends the one that asks the same without a conflict in mind."""
        return f"{code}-friends" if self.of_friends else code

    def purpose(self, purpose: str) -> Term:
        """The word for what a session or a round is for, as it fits the challenge."""
        if self.of_friends:
            return term("purpose-friends", purpose)
        return term("purpose", purpose)

    # -- whom to ask ------------------------------------------------------------------------------------------------

    def person(self, person: b.Person) -> PersonRef:
        return PersonRef(person=self.initiative.code_of(person))

    def convenor(self) -> Param:
        """The convening organisation by its name, or the word convenor."""
        return self.initiative.convenor.name if self.initiative.convenor else Term(term="who.convenor")

    def team(self, role: b.TeamRole) -> Param:
        """Whoever has this role in the team, or else the convenor."""
        for person in self.initiative.team:
            if person.role == role:
                return self.person(person)
        return self.convenor()

    def of_side(self, side: b.Side) -> Param:
        """Somebody of the side: who speaks for it, else the first person invited from it, else its constituency, else a role to be filled."""
        if side.speaks_for:
            return side.speaks_for
        for member in self.initiative.of_side(side.id):
            return PersonRef(person=member.code)
        if side.constituencies:
            return msg("who.constituency", constituency=side.constituencies[0], side=side.name)
        return msg("who.somebody-of-side", side=side.name)

    def each_side(self) -> tuple[Param, ...]:
        """Somebody of each side that is to meet, each once; the convenor where no side is."""
        return listing(self.of_side(side) for side in self.initiative.table).items or (self.convenor(),)

    def each_of(self, people: Sequence[b.Person]) -> tuple[Param, ...]:
        """These people by their codes; more than three as one answer, for a list of ten codes is read by nobody."""
        if len(people) <= 3:
            return tuple(self.person(person) for person in people)
        invited = [person for person in self.initiative.invited if person.kind == "person"]
        code = "who.each-invited" if list(people) == invited else "who.each-named"
        return (msg(code, count=len(people)),)

    def counsel(self) -> Param:
        """Legal counsel at the convenor's seat, or counsel wherever that will be."""
        convenor = self.initiative.convenor
        if convenor and convenor.seat and convenor.seat.country:
            return msg("who.counsel-in", country=CountryRef(country=convenor.seat.country))
        return Term(term="who.counsel")

    def official_contact(self) -> Param:
        """Who holds the line to the official track, or else the convenor."""
        for contact in self.initiative.officials:
            if contact.held_by:
                return contact.held_by
        return self.convenor()

    # -- reading ----------------------------------------------------------------------------------------------------

    def state(self, source: str) -> SourceState:
        return self.basis.shelf.state(source)

    def source_trouble(self, source: str, rows: str, decision: str) -> list[Finding]:
        """A finding where the source is absent, unreadable or old; nothing where it is ready."""
        state = self.state(source)
        if state.state == "ready":
            return []
        if state.state == "old" and state.provenance:
            provenance = state.provenance
            return [
                self.known(
                    "source.old",
                    rows,
                    [provenance.evidence()],
                    severity="note",
                    dataset=provenance.dataset,
                    publisher=provenance.publisher,
                    until=provenance.as_of,
                    months=months_between(provenance.as_of, self.basis.as_of),
                    next_step=msg("source.refresh", dataset=provenance.dataset),
                    decision=decision,
                )
            ]
        return [
            self.unknown(
                f"source.{state.state}",
                rows,
                self.convenor(),
                decision,
                severity="warning",
                source=Term(term=f"source.{source}"),
                reason=state.reason or "",
                title=self.initiative.opening.title,
            )
        ]

    def place_names(self) -> Listing:
        """The countries of the challenge, or its towns, or its parties, in that order of preference."""
        if self.initiative.countries:
            return listing(CountryRef(country=country) for country in self.initiative.countries)
        if self.initiative.setting.places:
            return listing(place.city for place in self.initiative.setting.places)
        return listing(party.name for party in self.initiative.parties)

    def side_names(self, sides: Iterable[b.Side] | None = None) -> Listing:
        return listing(side.name for side in (self.initiative.table if sides is None else sides))

    def people(self, persons: Iterable[b.Person]) -> Listing:
        return listing(self.person(person) for person in persons)


def msg(code: str, **params: Param) -> Message:
    """A message of the catalogues."""
    return Message(code=code, params=params)


def listing(items: Iterable[Param]) -> Listing:
    """Several parameters as one, each once, in order."""
    once: list[Param] = []
    for item in items:
        if item not in once:
            once.append(item)
    return Listing(items=tuple(once))


def term(table: str, value: str) -> Term:
    """The word of a code table: `term('stage', 'filtering ideas home')`."""
    return Term(term=f"{table}.{value.replace(' ', '-')}")


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`, never negative."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(months, 0)


def year_of(partial: str) -> int:
    """The year of a partial date."""
    return int(partial[:4])
