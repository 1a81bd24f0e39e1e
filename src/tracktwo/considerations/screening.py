"""Feasibility, continued: who may stand on which list, why we think so, what speaks against it, and what was decided (row B3).

Nobody is ever called clear: a person is not screened, or no match was found in these lists as of these days, or a case is open, or somebody has
decided it. A list or a person that has changed since opens the case again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.library.regimes import RegimeRow, effects_of
from tracktwo.methods.screening import is_unread, screen, unread
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, PersonRef, Severity
from tracktwo.model.listing import Clue, EntryKind, Hit, ListedEntry, ListSnapshot, Sought, birth_range
from tracktwo.record.initiative import Member
from tracktwo.record.inside import Case, Effect
from tracktwo.sources.law import law_country, load_law
from tracktwo.sources.lists.kept import KeptList, load, newest
from tracktwo.sources.shelf import OLD_AFTER_DAYS
from tracktwo.sources.table import UnreadableSource

ListState = Literal["ready", "old", "absent", "unreadable"]
Standing = Literal["not screened", "no match", "open", "decided"]


@dataclass(frozen=True)
class Binding:
    """A list that binds the team or the meeting, and what brings it in: seats, citizenships, ground, money."""

    key: str
    because: tuple[str, ...]
    """Alpha-3 of the countries; empty for a list that binds everybody."""
    kept: KeptList | None
    state: ListState


_STANDINGS: tuple[Standing, ...] = ("open", "not screened", "decided", "no match")
_OF_COUNTRY = {"USA": "ofac-sdn", "GBR": "uk"}


class Screened:
    """The people of an initiative held against the lists that are kept, each list's newest snapshot. Read when the first result is asked for."""

    def __init__(self, q: Inquiry) -> None:
        self.q = q
        self.faults: dict[str, str] = {}

    @cached_property
    def kept(self) -> tuple[KeptList, ...]:
        return newest(self.q.basis.shelf.lists)

    @cached_property
    def snapshots(self) -> tuple[ListSnapshot, ...]:
        found = []
        for kept in self.kept:
            try:
                found.append(load(kept))
            except UnreadableSource as error:
                self.faults[kept.key] = str(error)
        return tuple(found)

    @cached_property
    def _unreadable(self) -> frozenset[str]:
        """Keys of the lists that are kept and cannot be read, once each was tried."""
        return frozenset(kept.key for kept in self.kept if kept.key not in {one.key for one in self.snapshots})

    @cached_property
    def people(self) -> tuple[Member, ...]:
        return self.q.initiative.members

    @cached_property
    def binding(self) -> tuple[Binding, ...]:
        """The lists that bind the team, whether they are kept and fresh."""
        reasons: dict[str, list[str]] = {"un": []}
        european = set(load_law().vocabulary.groups["EU"])
        for country in _countries(self.q):
            key = "eu-fsf" if law_country(country) in european else _OF_COUNTRY.get(country)
            if key is not None:
                reasons.setdefault(key, []).append(country)
        budget = self.q.initiative.budget
        if budget is not None and "USD" in {budget.currency, *(cost.currency for cost in budget.costs), *(one.currency for one in budget.pledges)}:
            reasons.setdefault("ofac-sdn", []).append("USA")
        return tuple(Binding(key, tuple(dict.fromkeys(countries)), *self._state(key)) for key, countries in reasons.items())

    def _state(self, key: str) -> tuple[KeptList | None, ListState]:
        kept = next((one for one in self.kept if one.key == key), None)
        if kept is None:
            return None, "absent"
        if key in self._unreadable:
            return kept, "unreadable"
        return kept, "old" if (self.q.basis.as_of - kept.as_of).days > days_of_lists(self.q) else "ready"

    @property
    def without_list(self) -> tuple[str, ...]:
        """Countries that bind the team and whose own list no reader knows: the user can bring it as a table."""
        european = set(load_law().vocabulary.groups["EU"])
        own = any(kept.key.startswith("own:") for kept in self.kept)
        named = (country for country in _countries(self.q) if law_country(country) not in european and country not in _OF_COUNTRY)
        return () if own else tuple(dict.fromkeys(named))

    @property
    def whole(self) -> bool:
        """True where every list that binds the team is kept and fresh."""
        return all(one.state == "ready" for one in self.binding)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every hit in the bands likely and possible, and every hit on which something was decided."""
        if not self.snapshots or not self.people:
            return ()
        sought = [sought_of(member) for member in self.people]
        found = screen(sought, self.snapshots)
        entries = {(one.key, entry.id): entry for one in self.snapshots for entry in one.entries}
        lists = {one.key: one for one in self.snapshots}
        return tuple(
            self._case(one, hit, lists[hit.list_key], entries[hit.list_key, hit.entry_id])
            for one, hits in zip(sought, found, strict=True)
            for hit in hits
        )

    def _case(self, sought: Sought, hit: Hit, snapshot: ListSnapshot, entry: ListedEntry) -> Case:
        verdict = self.q.initiative.screening.verdicts.get((sought.id, hit.list_key, hit.entry_id))
        listed, person, rows = digest(entry), digest(sought), effects_of(hit.list_key, entry)
        reopened: Literal["list", "person"] | None = None
        if verdict is not None:
            reopened = "list" if verdict.entry_digest != listed else "person" if verdict.person_digest != person else None
        return Case(
            person=sought.id, list_key=hit.list_key, list_name=f"{snapshot.publisher}, {snapshot.dataset}", list_as_of=snapshot.as_of,
            entry=hit.entry_id, entry_digest=listed, person_digest=person, name=hit.name, met=hit.met, through=hit.through, score=round(hit.score, 3),
            band=hit.band, speaks_for=_clues(hit.clues, "for"), speaks_against=_clues(hit.clues, "against"),
            alignment=tuple((one.sought or "", one.listed or "", one.by) for one in hit.alignment), programmes=entry.programmes,
            effects=tuple(_effect(row, entry.kind) for row in rows),
            law_keys=tuple(dict.fromkeys(key for row in rows for key in row.law_lists)), verdict=verdict,
            reopened=reopened,
        )  # fmt: skip

    def standing(self, code: str) -> Standing:
        """The headline of a person."""
        own = [case for case in self.cases if case.person == code]
        if any(case.open for case in own):
            return "open"
        if not self.whole or (not own and code in self.unread):
            return "not screened"
        return "decided" if own else "no match"

    @cached_property
    def unread(self) -> frozenset[str]:
        """Codes of those of whom not one name could be looked for: that no match was found says nothing of them."""
        return frozenset(member.code for member in self.people if is_unread(sought_of(member)))

    @property
    def listed(self) -> dict[str, tuple[str, ...]]:
        """Person → keys of the rule base, of the hits by name that were decided to be the same person and still stand."""
        return self._decided("name")

    @property
    def belonging(self) -> dict[str, tuple[str, ...]]:
        """Person → keys of the rule base, of the organisations that an affiliation was decided to be."""
        return self._decided("affiliation")

    def _decided(self, through: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for case in self.cases:
            if case.through == through and case.verdict is not None and not case.open and case.verdict.outcome == "the same":
                found.setdefault(case.person, []).extend(case.law_keys)
        return {person: tuple(dict.fromkeys(keys)) for person, keys in found.items()}

    @property
    def looked(self) -> frozenset[str]:
        """Codes of those for whom somebody has looked in every list that binds the team, with nothing left open."""
        return frozenset(member.code for member in self.people if self.whole and self.standing(member.code) in ("no match", "decided"))


def _effect(row: RegimeRow, kind: EntryKind) -> Effect:
    return Effect(
        regime=row.regime, measures=row.measures_on(kind), legal_basis=row.legal_basis, source=row.source, address=row.address, as_of=row.as_of,
        unverified=row.unverified,
    )  # fmt: skip


def _countries(q: Inquiry) -> tuple[str, ...]:
    """Alpha-3 of what brings a law in: the seat, the team's citizenships and homes, the venues, the ways there, the donors."""
    convenor = q.initiative.convenor
    budget = q.initiative.budget
    named = [convenor.seat.country if convenor and convenor.seat else None]
    named += [country for person in q.initiative.team for country in (*person.nationalities, person.residence)]
    named += [country for venue in q.initiative.venues for country in (venue.place.country, *venue.transit)]
    named += [pledge.country for pledge in budget.pledges] if budget else []
    return tuple(dict.fromkeys(country for country in named if country))


def sought_of(member: Member) -> Sought:
    """What of a person is looked for."""
    person = member.person
    return Sought(
        id=member.code,
        names=(person.name, *person.other_names),
        birth=birth_range(person.birth_date) if person.birth_date else None,
        nationalities=person.nationalities,
        affiliations=tuple(part.strip() for part in (person.affiliation or "").split(";") if part.strip()),
        kind="organisation" if person.kind == "organisation" else "person",
    )


def digest(what: ListedEntry | Sought) -> str:
    """SHA-256 of everything that a list says of an entry, or that is sought of a person."""
    text = json.dumps(asdict(what), ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _clues(clues: Sequence[Clue], speaks: str) -> tuple[Message, ...]:
    return tuple(
        Message(code=clue.code, params={name: _said(clue.code, words) for name, words in clue.params}) for clue in clues if clue.speaks == speaks
    )


def _said(code: str, words: str) -> Param:
    """A parameter of a clue: countries by their names, all else as the list or the brief has it."""
    if code.startswith("clue.nationality"):
        return listing(CountryRef(country=country) for country in words.split(", ") if country)
    return words


def screening(q: Inquiry, screened: Screened) -> Iterator[Finding]:
    """B3: who is screened, against what, what is open and what was decided."""
    if not screened.people:
        if q.of_friends:
            return
        yield q.unknown("screen.nobody", "B3", q.convenor(), "go-no-go", severity="note", title=q.initiative.opening.title)
        return
    cases = screened.cases
    standings = {member.code: screened.standing(member.code) for member in screened.people}
    of = {name: [code for code, standing in standings.items() if standing == name] for name in _STANDINGS}
    lists = listing(_dated(kept) for kept in screened.kept)
    if of["not screened"] and not screened.whole:
        yield q.unknown(
            q.fitting("screen.not-screened"), "B3", q.convenor(), "go-no-go",
            severity="note" if q.of_friends else "serious" if _delicate(q) else "warning", count=len(of["not screened"]), total=len(standings),
            next_step=msg("screen.add-lists"),
        )  # fmt: skip
    yield from _not_read(q, screened)
    if of["no match"]:
        yield q.known("screen.no-match", "B3", _evidence(screened), count=len(of["no match"]), total=len(standings), lists=lists, decision="go-no-go")
    if of["open"]:
        yield q.known(
            "screen.open", "B3", _evidence(screened), severity="serious", count=len(of["open"]), total=len(standings),
            cases=sum(case.open for case in cases), ask=q.convenor(), next_step=msg("screen.decide"), decision="go-no-go",
        )  # fmt: skip
    for case in cases:
        yield _of_case(q, screened, case)
    yield from _lists(q, screened)


def _not_read(q: Inquiry, screened: Screened) -> Iterator[Finding]:
    """What of the names was not looked for: how many people in all, and each name with whoever bears it."""
    if screened.unread:
        yield q.unknown(
            "screen.not-read", "B3", q.convenor(), "go-no-go", severity="note" if q.of_friends else "warning", count=len(screened.unread),
            total=len(screened.people), next_step=msg("screen.spell"),
        )  # fmt: skip
    for member in screened.people:
        for one in unread(sought_of(member)):
            yield q.unknown(
                "screen.unread", "B3", PersonRef(person=member.code), "go-no-go", severity="note", personal=True,
                person=PersonRef(person=member.code), name=one.name, part=one.part or one.name,
            )  # fmt: skip


def days_of_lists(q: Inquiry) -> int:
    """Days after which a list of sanctions is old: what the initiative says, else what holds for every list."""
    return q.initiative.opening.lists_days or OLD_AFTER_DAYS["lists"]


def _delicate(q: Inquiry) -> bool:
    return any(party.delicate for party in q.initiative.parties)


def _lists(q: Inquiry, screened: Screened) -> Iterator[Finding]:
    """Each list that binds the team: kept and fresh, old, absent or unreadable."""
    severity: Severity = "note" if q.of_friends else "warning"
    absent = [one for one in screened.binding if one.state == "absent"]
    old = [(one, one.kept) for one in screened.binding if one.state == "old" and one.kept is not None]
    if absent:
        yield q.unknown("screen.list-absent", "B3", q.convenor(), "go-no-go", severity=severity, lists=listing(map(_through, absent)))
    for one in screened.binding:
        if one.state == "unreadable":
            yield q.unknown(
                "screen.list-unreadable", "B3", q.convenor(), "go-no-go", severity=severity, list=_through(one), reason=screened.faults[one.key],
            )  # fmt: skip
    if old:
        yield q.known(
            "screen.list-old", "B3", [kept.source.table.provenance.evidence() for _, kept in old], severity="warning",
            most=days_of_lists(q), decision="go-no-go",
            lists=listing(
                msg("screen.list-aged", list=_through(one), on=kept.as_of, days=(q.basis.as_of - kept.as_of).days) for one, kept in old
            ),
        )  # fmt: skip
    if screened.without_list:
        yield q.unknown(
            "screen.no-reader", "B3", q.counsel(), "go-no-go", severity="note",
            countries=listing(CountryRef(country=country) for country in screened.without_list),
        )  # fmt: skip


def _through(one: Binding) -> Message:
    """A list, and what brings it in."""
    if not one.because:
        return msg("screen.list-all", list=term("list-key", one.key))
    return msg("screen.list-through", list=term("list-key", one.key), countries=listing(CountryRef(country=country) for country in one.because))


def _dated(kept: KeptList) -> Message:
    return msg("screen.dated", list=kept.dataset, publisher=kept.publisher, on=kept.as_of)


def _evidence(screened: Screened, key: str | None = None) -> list[Evidence]:
    kept = [one for one in screened.kept if key in (None, one.key)]
    return [one.source.table.provenance.evidence(f"{one.entries} entries, sha256 {one.sha256[:12]}") for one in kept]


def _of_case(q: Inquiry, screened: Screened, case: Case) -> Finding:
    """A hit as a finding: it is the person's own, so it leaves with names only."""
    severity: Severity = "info" if not case.open else "serious" if case.band == "likely" else "warning"
    belongs = case.through == "affiliation"
    code = ("screen.hit-affiliation" if belongs else "screen.hit") if case.verdict is None else "screen.reopened" if case.open else "screen.decided"
    params: dict[str, Param] = dict(
        person=PersonRef(person=case.person), name=case.name, list=case.list_name, entry=case.entry, met=case.met, band=term("band", case.band),
    )  # fmt: skip
    params["on"] = case.list_as_of or term("list", "unknown")
    if case.verdict is None or case.open:
        params["speaks_for"] = listing(case.speaks_for) if case.speaks_for else term("list", "nothing")
        params["against"] = listing(case.speaks_against) if case.speaks_against else term("list", "nothing")
    if case.verdict is not None:
        params |= {"outcome": term("outcome", case.verdict.outcome), "consequence": term("consequence", case.verdict.consequence)}
        params["by"] = listing(case.verdict.signed_by)
    if case.reopened:
        params["changed"] = term("reopened", case.reopened)
    return q.known(
        code,
        "B3",
        _evidence(screened, case.list_key),
        severity=severity,
        personal=True,
        ask=PersonRef(person=case.person),
        decision="go-no-go",
        **params,
    )


def exhibits(q: Inquiry, screened: Screened) -> Iterator[AnyExhibit]:
    """The headline of each person, and each case with what speaks for and against it. With names only."""
    if not screened.people:
        return
    evidence = tuple(_evidence(screened))
    kept = listing(_dated(one) for one in screened.kept)
    standings = {member.code: screened.standing(member.code) for member in screened.people}
    yield Table(
        row="B3",
        title=msg("table.screening", lists=kept) if kept.items else msg("table.screening-none"),
        personal=True,
        evidence=evidence,
        header=tuple(msg(f"column.{name}") for name in ("headline", "how-many", "people")),
        cells=tuple(
            (term("standing", standing), len(codes), listing(PersonRef(person=code) for code in codes))
            for standing in _STANDINGS
            if (codes := [code for code, own in standings.items() if own == standing])
        ),
    )
    if screened.cases:
        yield Table(
            row="B3",
            title=msg("table.cases"),
            personal=True,
            evidence=evidence,
            header=tuple(msg(f"column.{name}") for name in ("person", "about", "found")),
            cells=tuple(
                (PersonRef(person=case.person), msg(f"column.{about}"), words) for case in screened.cases for about, words in _case_in_words(case)
            ),
        )


def _case_in_words(case: Case) -> Iterator[tuple[str, Param]]:
    """A case line by line."""
    nothing = term("list", "nothing")
    yield "met-name", case.met
    yield "listed-as", case.name
    yield "in-list", msg("screen.entry", list=case.list_name, entry=case.entry, on=case.list_as_of or term("list", "unknown"))
    yield "band", term("band", case.band)
    yield "letter-by-letter", _aligned(case)
    yield "speaks-for", listing(case.speaks_for) if case.speaks_for else nothing
    yield "speaks-against", listing(case.speaks_against) if case.speaks_against else nothing
    verdict = case.verdict
    yield "decided", term("case", "open") if verdict is None else term("case", "reopened") if case.open else term("outcome", verdict.outcome)


def _aligned(case: Case) -> Param:
    return (
        listing(f"{sought or '–'} = {listed or '–'} ({by})" for sought, listed, by in case.alignment) if case.alignment else term("list", "nothing")
    )
