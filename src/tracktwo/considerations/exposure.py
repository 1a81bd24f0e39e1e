"""Feasibility, continued: could anyone be arrested, extradited or prosecuted for coming, on the way, or at home? (row B11)

Nobody's table holds it, so it is what somebody entered with a source and a day, or it is not known. That it is not known makes no place better
or worse than another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.considerations.entry import ARRESTING, exposures_of
from tracktwo.considerations.inquiry import Inquiry, listing, months_between, msg, term
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Param, PersonRef, Severity
from tracktwo.record.initiative import Member

OLD_MONTHS = 6
"""A warrant can be issued on any day: what somebody found longer ago is said to be old."""
_MOST_COUNSEL = 3


def arrest(q: Inquiry) -> Iterator[Finding]:
    """B11: what is entered, and for whom and where nobody has asked."""
    initiative = q.initiative
    for one in initiative.exposures:
        yield from _entered(q, one)
    people = [member for member in initiative.members if member.person.kind == "person"]
    grounds = tuple(dict.fromkeys(venue.place.country for venue in initiative.venues if venue.place.country))
    crossed = tuple(dict.fromkeys(country for venue in initiative.venues for country in venue.transit if country not in grounds))
    homes = tuple(dict.fromkeys(member.person.residence for member in people if member.invited and member.person.residence))
    for code, countries in (("arrest.venue", grounds), ("arrest.transit", crossed)):
        unasked = {country: _unasked(q, people, country) for country in countries}
        open_ = [country for country in countries if unasked[country] or not people]
        if open_:
            yield q.unknown(
                code,
                "B11",
                _counsel_in(open_),
                "venue",
                severity="note" if q.of_friends else "warning",
                countries=listing(
                    msg("arrest.of-so-many", country=CountryRef(country=one), count=len(unasked[one])) if people else CountryRef(country=one)
                    for one in open_
                ),
            )
    away = [country for country in homes if country not in grounds and not _asked_at_home(q, country)]
    delicate = [party for party in initiative.parties if party.delicate]
    if away:
        yield q.unknown(
            "arrest.at-home",
            "B11",
            _counsel_in(away),
            "safety",
            countries=listing(CountryRef(country=country) for country in away),
            parties=listing(party.name for party in delicate or initiative.parties),
        )
    if not grounds and not away and not initiative.exposures:
        yield q.unknown("arrest.nothing-entered", "B11", q.counsel(), "venue", severity="note", parties=listing(p.name for p in initiative.parties))


def _unasked(q: Inquiry, people: Sequence[Member], country: str) -> list[Member]:
    """Those of whom nothing is entered for a country, not even that somebody looked."""
    return [member for member in people if not any(one.country == country for one in exposures_of(q, member.code))]


def _counsel_in(countries: Sequence[str]) -> tuple[Param, ...]:
    """Counsel in each country; where they are many, in each of those that the sentence names."""
    if len(countries) > _MOST_COUNSEL:
        return (msg("who.counsel-in-each", count=len(countries)),)
    return tuple(msg("who.counsel-in", country=CountryRef(country=country)) for country in countries)


def _asked_at_home(q: Inquiry, country: str) -> bool:
    """True where for everybody who lives there something is entered of that country."""
    there = [member for member in q.initiative.members if member.invited and member.person.residence == country]
    return all(any(one.country == country for one in exposures_of(q, member.code)) for member in there)


def _entered(q: Inquiry, one: b.Exposure) -> Iterator[Finding]:
    member = q.initiative.member_of(one.person)
    if member is None:
        return
    age = months_between(one.as_of, q.basis.as_of)
    found = one.kind != "none found"
    severity: Severity = "serious" if one.kind in ARRESTING else "warning" if found or age >= OLD_MONTHS else "info"
    yield q.known(
        "arrest.entered" if found else "arrest.none-found",
        "B11 B6 B7" if one.kind in ARRESTING and one.country in reached(q) else "B11",
        [_evidence(one)],
        severity=severity,
        personal=True,
        person=PersonRef(person=member.code),
        country=CountryRef(country=one.country),
        **({"kind": term("exposure", one.kind)} if found else {}),
        on=one.as_of,
        next_step=msg("arrest.ask-again", months=age) if age >= OLD_MONTHS else None,
        ask=msg("who.counsel-in", country=CountryRef(country=one.country)),
        decision="safety",
    )


def reached(q: Inquiry) -> tuple[str, ...]:
    """Countries in which the meeting is proposed, or which are crossed on the way, each once, as entered."""
    named = (country for venue in q.initiative.venues for country in (venue.place.country, *venue.transit))
    return tuple(dict.fromkeys(country for country in named if country is not None))


def _evidence(one: b.Exposure) -> Evidence:
    return Evidence(publisher=one.source, dataset="brief", version=b.FORMAT, as_of=one.as_of)


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """Person by venue, transit and home: what is entered, else that it is not known and whom to ask. With names only."""
    countries = reached(q)
    people = [member for member in q.initiative.members if member.person.kind == "person"]
    if not countries or not people:
        return
    cells: list[tuple[Param, ...]] = []
    told = [member for member in people if exposures_of(q, member.code)]
    for member in told:
        entered = exposures_of(q, member.code)
        line = [_cell([one for one in entered if one.country == country]) for country in countries]
        cells.append((PersonRef(person=member.code), *line, _cell([one for one in entered if one.country == member.person.residence])))
    if len(told) < len(people):
        nobody = msg("arrest.everybody-else" if told else "arrest.everybody", count=len(people) - len(told))
        cells.append((nobody, *(_cell([]) for _ in (*countries, "home"))))
    yield Table(
        row="B11",
        title=msg("table.exposure"),
        evidence=tuple(_evidence(one) for one in q.initiative.exposures),
        personal=True,
        header=(
            msg("column.traveller"), *(msg("column.to", country=CountryRef(country=country)) for country in countries), msg("column.at-home"),
        ),
        cells=tuple(cells),
    )  # fmt: skip


def _cell(told: list[b.Exposure]) -> Param:
    if not told:
        return term("exposure", "unknown")
    return listing(msg("arrest.cell", kind=term("exposure", one.kind), on=one.as_of) for one in sorted(told, key=lambda one: one.as_of, reverse=True))
