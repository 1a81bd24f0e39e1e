"""Feasibility, continued: who can enter where, on which papers, by when they are applied for, and who cannot come at all (row B6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from tracktwo.considerations.conflict import locate
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.arc import Round
from tracktwo.methods.distance import distance_km
from tracktwo.methods.venue import Bar, Journey, Option, Stated, Traveller, journey
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Listing, Message, Param, PersonRef, Severity
from tracktwo.model.world import Country, Entry, EntryRule
from tracktwo.record.initiative import Member

ARRESTING = frozenset({"warrant", "notice", "extradition", "detention on entry"})
"""Kinds of exposure that keep somebody from a country; what waits at home keeps nobody from a venue, and is said elsewhere."""
VALID_AFTER_DAYS = 180
"""Many countries ask that a passport be valid for half a year after entry."""
_TABLE: dict[str, Entry] = {"can enter": "visa free", "visa": "visa required", "no admission": "no admission", "ask": "unknown"}

TravelBan = Callable[[str, str, Sequence[str]], bool]
"""From a traveller, a country and the countries crossed, whether a rule of law keeps the traveller out until an authority exempts the journey."""


def travellers(q: Inquiry) -> tuple[Traveller, ...]:
    """Everybody who would travel, by code; where nobody with a passport is entered, one traveller for each party's country."""
    if of_people(q):
        return tuple(_traveller(q, member) for member in _people(q))
    return tuple(Traveller(country, (country,), country) for country in q.initiative.countries)


def _people(q: Inquiry) -> list[Member]:
    return [member for member in q.initiative.members if member.person.kind == "person"]


def of_people(q: Inquiry) -> bool:
    """True where the travellers are people, False where they stand for the passports of the parties' countries."""
    return any(passports_of(member.person) for member in _people(q))


def _traveller(q: Inquiry, member: Member) -> Traveller:
    person = member.person
    grounds = [party.country for party in q.initiative.parties if party.side in person.sides and party.country]
    home = person.residence or next(iter((*passports_of(person), *grounds)), None)
    return Traveller(member.code, passports_of(person), home, person.sides)


def passports_of(person: b.Person) -> tuple[str, ...]:
    """Countries whose ordinary passports the person holds: of the documents where any are entered, else of every nationality."""
    if person.documents:
        return tuple(dict.fromkeys(paper.issuer for paper in person.documents if paper.kind == "passport"))
    return person.nationalities


@dataclass(frozen=True)
class Roads:
    """What journeys are worked out from, looked up once: entry rules, where capitals lie, what is entered, and whom a rule keeps out."""

    q: Inquiry
    banned: TravelBan

    @cached_property
    def capitals(self) -> dict[str, tuple[float, float]]:
        """Country → where its capital lies, in degrees, as far as the tables know."""
        return {about.alpha3: at for about in self.q.basis.shelf.countries if (at := _capital(self.q, about))}

    def to(self, traveller: Traveller, country: str, transit: Sequence[str] = (), at: tuple[float, float] | None = None) -> Journey:
        """The journey of a traveller to a country, across others, to a place where one is known."""
        q = self.q
        passports = q.basis.shelf.passports
        rules = [self._rule(passport, country) for passport in traveller.passports] if passports else []
        stated = self._stated(traveller, country, transit)
        bars: list[Bar] = ["arrest"] if self._exposed(traveller.key, country, transit) else []
        if self.banned(traveller.key, country, transit):
            bars.append("travel ban")
        return journey(traveller, rules, stated=stated, bars=bars, kilometres=self._kilometres(traveller.home, country, at))

    def _rule(self, passport: str, country: str) -> EntryRule:
        own = [r for r in self.q.initiative.entry_rules if r.person is None and r.passport == passport and r.country == country and r.rule in _TABLE]
        if own:
            newest = max(own, key=lambda rule: rule.as_of)
            evidence = Evidence(publisher=newest.source, dataset="brief", version=b.FORMAT, as_of=newest.as_of)
            return EntryRule(passport, country, _TABLE[newest.rule], None, evidence)
        passports = self.q.basis.shelf.passports
        assert passports is not None
        return passports.entry(passport, country)

    def _stated(self, traveller: Traveller, country: str, transit: Sequence[str]) -> tuple[Stated, ...]:
        found = []
        for rule in self.q.initiative.entry_rules:
            if not self._concerns(rule, traveller):
                continue
            where = {
                "exit ban": rule.country != country and (rule.person is not None or rule.country == traveller.home),
                "transit barred": rule.country in transit,
            }.get(rule.rule, rule.country == country)
            if where and (rule.person is not None or rule.rule not in _TABLE):
                found.append(Stated(rule.rule, rule.days, rule.as_of, rule.source))
        return tuple(sorted(found, key=lambda one: one.as_of, reverse=True))

    def _concerns(self, rule: b.EntryRuleStated, traveller: Traveller) -> bool:
        if rule.person is not None:
            member = self.q.initiative.member_of(rule.person)
            return member is not None and member.code == traveller.key
        return rule.passport in traveller.passports

    def _exposed(self, key: str, country: str, transit: Sequence[str]) -> bool:
        return any(one.kind in ARRESTING and one.country in (country, *transit) for one in exposures_of(self.q, key))

    def _kilometres(self, home: str | None, country: str, at: tuple[float, float] | None) -> int | None:
        start, end = self.capitals.get(home) if home else None, at or self.capitals.get(country)
        if start is None or end is None:
            return None
        return 0 if home == country and at is None else round(distance_km(*start, *end))


def exposures_of(q: Inquiry, code: str) -> tuple[b.Exposure, ...]:
    """What is entered of where a person could be arrested, extradited or prosecuted."""
    named = [(q.initiative.member_of(one.person), one) for one in q.initiative.exposures]
    return tuple(one for member, one in named if member is not None and member.code == code)


def _capital(q: Inquiry, country: Country) -> tuple[float, float] | None:
    return locate(q, b.Place(city=country.capital, country=country.alpha3)) if country.capital else None


def entry(q: Inquiry, found: Sequence[Option], proposed: bool, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B6: can everybody reach the same place? `found` are the venues that are proposed, or the first of the shortlist where none is."""
    yield from q.source_trouble("passports", "B6", "venue")
    if q.basis.shelf.passports is None:
        return
    if not travellers(q):
        yield q.unknown("entry.no-passports", "B6", q.each_side(), "venue", severity="note", sides=q.side_names(), places=q.place_names())
        return
    if not proposed and found and len(q.initiative.countries) == 1 and at_home(q):
        yield q.unknown("entry.at-home", "B6", q.each_side(), "venue", country=CountryRef(country=found[0].country), sides=q.side_names())
    else:
        if of_people(q):
            yield from _kept_out(q, found)
        for option in found:
            yield from _entry_to(q, option, proposed or at_home(q), arc)
    yield from _papers(q, arc)


def at_home(q: Inquiry) -> bool:
    """True where nobody needs ground of no party: friends meet at each other's, and neighbours between their houses."""
    return q.initiative.opening.challenge in ("friendship", "community dispute")


def _entry_to(q: Inquiry, option: Option, proposed: bool, arc: tuple[Round, ...]) -> Iterator[Finding]:
    passports = q.basis.shelf.passports
    assert passports is not None
    total = len(option.journeys)
    barred, embassy, unknown = len(option.lost), option.count("embassy"), option.count("unknown")
    code = ("entry.people" if of_people(q) else "entry.passports") + ("" if proposed else "-candidate")
    yield q.known(
        code,
        "B6",
        [passports.source.evidence(f"destination {option.country}")],
        severity="serious" if barred else "warning" if embassy * 2 > total or unknown else "info",
        country=CountryRef(country=option.country),
        total=total,
        free=option.count("none"),
        online=option.count("online", "on arrival"),
        embassy=embassy,
        barred=barred,
        open=unknown,
        next_step=msg("entry.apply-early", country=CountryRef(country=option.country)) if embassy else None,
        decision="venue",
    )
    if of_people(q):
        yield from _on_the_way(q, option, arc)


def _kept_out(q: Inquiry, options: Sequence[Option]) -> Iterator[Finding]:
    """Who cannot come where, and by what; the people's own, so it leaves with names only.

    Whoever could be arrested is told of once, where exposures are (row B11).
    """
    alike: dict[tuple[Bar, tuple[str, ...]], list[tuple[Option, list[Journey]]]] = {}
    for option in options:
        for bar in dict.fromkeys(bar for item in option.journeys for bar in item.bars):
            kept_out = [item for item in option.journeys if bar in item.bars]
            if bar != "arrest":
                alike.setdefault((bar, tuple(item.traveller for item in kept_out)), []).append((option, kept_out))
    for (bar, keys), found in alike.items():
        evidence: list[Evidence] = []
        for option, kept_out in found:
            evidence += [one for one in _together(q, kept_out, option.country) if one not in evidence]
        yield q.known(
            "entry.person-barred" if bar == "no admission" else f"entry.person-{bar.replace(' ', '-')}", "B6", evidence, severity="serious",
            personal=True, people=listing(PersonRef(person=key) for key in keys),
            countries=listing(CountryRef(country=option.country) for option, _ in found),
            next_step=msg("entry.ask-exemption") if bar == "travel ban" else None, ask=q.counsel(), decision="venue",
        )  # fmt: skip


def _on_the_way(q: Inquiry, option: Option, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """Which papers people need for one country, those together who need the same; their own, so it leaves with names only."""
    country = CountryRef(country=option.country)
    coming = [item for item in option.journeys if not item.bars]
    unknown = [item for item in coming if item.burden == "unknown"]
    if unknown:
        people = _codes(unknown)
        yield q.unknown("entry.person-unknown", "B6", people.items, "venue", severity="note", personal=True, people=people, country=country)
    for days in sorted({item.days for item in coming if item.burden == "embassy"}, key=lambda days: -(days or 0)):
        waiting = [item for item in coming if item.burden == "embassy" and item.days == days]
        severity: Severity = "note"
        step = None
        if arc and days is not None:
            last = arc[0].starts - timedelta(days=days)
            late = last < q.basis.as_of
            severity = "warning" if late else "note"
            step = msg("entry.apply-now" if late else "entry.apply-by", on=last, days=days)
        yield q.known(
            "entry.person-embassy", "B6", _together(q, waiting, option.country), severity=severity, personal=True, people=_codes(waiting),
            country=country, next_step=step, decision="venue",
        )  # fmt: skip


def _codes(journeys: Sequence[Journey]) -> Listing:
    return listing(PersonRef(person=item.traveller) for item in journeys)


def _together(q: Inquiry, journeys: Sequence[Journey], country: str) -> list[Evidence]:
    """What the verdicts of several rest on, each once."""
    found: list[Evidence] = []
    for item in journeys:
        found += [one for one in _evidence(q, item, country) if one not in found]
    return found


def _evidence(q: Inquiry, item: Journey, country: str) -> list[Evidence]:
    """What a verdict rests on: what somebody entered, a warrant, or the table of passports."""
    found: list[Evidence] = []
    if item.stated:
        found.append(Evidence(publisher=item.stated.source, dataset="brief", version=b.FORMAT, as_of=item.stated.as_of))
    if "arrest" in item.bars:
        found += [
            Evidence(publisher=one.source, dataset="brief", version=b.FORMAT, as_of=one.as_of)
            for one in exposures_of(q, item.traveller)
            if one.kind in ARRESTING
        ]
    if item.rule and item.rule.evidence and not item.stated:
        found.append(item.rule.evidence)
    return found or list(q.said(what="field invited"))


def _papers(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """Who has no passport entered, whose papers run out, and who travels on papers that no table knows."""
    if not of_people(q):
        return
    people = [member.person for member in _people(q)]
    bare = [person for person in people if not person.nationalities and not person.documents]
    if bare:
        yield q.unknown(
            "entry.no-nationality", "B6", [q.person(person) for person in bare], "venue", severity="warning", people=q.people(bare), count=len(bare)
        )
    for person in people:
        odd = [paper for paper in person.documents if paper.kind != "passport"]
        if odd and not passports_of(person):
            yield q.unknown(
                "entry.other-papers", "B6", q.person(person), "venue", severity="warning", personal=True, evidence=q.said(person),
                person=q.person(person), papers=listing(term("paper", paper.kind) for paper in odd),
            )  # fmt: skip
        yield from _running_out(q, person, arc[0].ends if arc else q.basis.as_of)


def _running_out(q: Inquiry, person: b.Person, meeting: date) -> Iterator[Finding]:
    until = [paper.valid_until for paper in person.documents if paper.valid_until]
    if until and len(until) == len(person.documents) and max(until) < meeting + timedelta(days=VALID_AFTER_DAYS):
        yield q.known(
            "entry.papers-run-out", "B6", q.said(person), severity="warning", personal=True, person=q.person(person), on=max(until),
            next_step=msg("entry.renew", days=VALID_AFTER_DAYS), decision="venue",
        )  # fmt: skip


def matrix(q: Inquiry, options: Sequence[Option]) -> Iterator[AnyExhibit]:
    """Who needs which papers for which place, and until when the verdict speaks; of people with names only."""
    passports = q.basis.shelf.passports
    if passports is None or not options:
        return
    on = passports.source.as_of
    title = "table.entry" if of_people(q) else "table.entry-passports"
    yield Table(
        row="B6",
        title=msg(title, on=on),
        evidence=(passports.source.evidence(),),
        personal=of_people(q),
        header=(msg("column.traveller"), *(msg("column.to", country=CountryRef(country=option.country)) for option in options)),
        cells=tuple(
            (
                PersonRef(person=traveller.key) if of_people(q) else CountryRef(country=traveller.key),
                *(cell(option.journeys[index], on) for option in options),
            )
            for index, traveller in enumerate(travellers(q))
        ),
    )


def cell(item: Journey, on: date) -> Message | Param:
    """A verdict as a cell: the word, the days to reckon with where papers are needed, and its day where that is not the day of the table."""
    word = term("entry", item.verdict)
    waits = bool(item.days) and not item.bars
    if item.as_of is None or item.as_of == on:
        return msg("entry.cell-days", verdict=word, days=item.days or 0) if waits else word
    return msg("entry.cell-days-on", verdict=word, days=item.days or 0, on=item.as_of) if waits else msg("entry.cell", verdict=word, on=item.as_of)
