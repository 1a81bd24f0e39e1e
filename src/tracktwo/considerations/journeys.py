"""Feasibility, continued: who can enter where, and where the sides could meet (rows B6 and B7)."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.conflict import locate
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.methods.distance import distance_km
from tracktwo.methods.venue import Option, Traveller, journey, shortlist
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, PersonRef
from tracktwo.sources.calendars import holiday_source, public_holidays

SHORTLIST = 5
VIOLENCE_YEARS = 3


def travellers(q: Inquiry) -> tuple[Traveller, ...]:
    """Everybody who would travel, by code; where nobody with a passport is entered, one traveller for each party's country."""
    people = [member for member in q.initiative.members if member.person.kind == "person"]
    if any(member.person.nationalities for member in people):
        return tuple(Traveller(member.code, member.person.nationalities) for member in people)
    return tuple(Traveller(country, (country,)) for country in q.initiative.countries)


def of_people(q: Inquiry) -> bool:
    """True where the travellers are people, False where they stand for the passports of the parties' countries."""
    return any(member.person.nationalities for member in q.initiative.members if member.person.kind == "person")


def options(q: Inquiry, countries: tuple[str, ...]) -> tuple[Option, ...]:
    """What is known of each country as a place to meet."""
    return tuple(_option(q, country, travellers(q)) for country in countries)


def _option(q: Inquiry, country: str, people: tuple[Traveller, ...]) -> Option:
    shelf = q.basis.shelf
    passports = shelf.passports
    journeys = tuple(journey(p, [passports.entry(passport, country) for passport in p.passports] if passports else []) for p in people)
    years = shelf.conflicts.deaths(country)[-VIOLENCE_YEARS:] if shelf.conflicts else ()
    grounds = set(q.initiative.countries)
    about = shelf.countries.get(country)
    return Option(
        country=country,
        journeys=journeys,
        deaths=sum(year.total for year in years) if years else None,
        counted=(str(years[0].year), str(years[-1].year)) if years else None,
        distance_km=_distance(q, country),
        party_ground=country in grounds,
        borders_a_party=bool(about and grounds & set(about.borders)),
        precedents=tuple(case.id for case in q.basis.cases if not case.is_stub and any(venue.iso3 == country for venue in case.venues)),
    )


def _distance(q: Inquiry, country: str) -> int | None:
    """Mean distance in km from the capitals of the challenge's countries to this country's capital."""
    here = _capital(q, country)
    homes = [at for home in q.initiative.countries if (at := _capital(q, home))]
    if here is None or not homes:
        return None
    return round(sum(distance_km(*here, *home) for home in homes) / len(homes))


def _capital(q: Inquiry, country: str) -> tuple[float, float] | None:
    about = q.basis.shelf.countries.get(country)
    if about is None or about.capital is None:
        return None
    return locate(q, b.Place(city=about.capital, country=country))


def entry(q: Inquiry) -> Iterator[Finding]:
    """B6: can everybody reach the same place?"""
    if q.basis.shelf.passports is None:
        yield from q.source_trouble("passports", "B6", "venue")
        return
    yield from q.source_trouble("passports", "B6", "venue")
    people = travellers(q)
    if not people:
        yield q.unknown("entry.no-passports", "B6", q.each_side(), "venue", severity="note", sides=q.side_names(), places=q.place_names())
        return
    grounds = tuple(dict.fromkeys(venue.place.country for venue in q.initiative.venues if venue.place.country))
    if not grounds and _at_home(q):
        grounds = q.initiative.countries
        if len(grounds) == 1:
            yield q.unknown("entry.at-home", "B6", q.each_side(), "venue", country=CountryRef(country=grounds[0]), sides=q.side_names())
            yield from _without_passport(q)
            return
    found = options(q, grounds) if grounds else shortlist(options(q, candidates(q)), 3)
    for option in found:
        yield from _entry_to(q, option, bool(grounds))
    yield from _without_passport(q)


def _entry_to(q: Inquiry, option: Option, proposed: bool) -> Iterator[Finding]:
    passports = q.basis.shelf.passports
    assert passports is not None
    total = len(option.journeys)
    barred, embassy, unknown = (option.count(burden) for burden in ("barred", "embassy", "unknown"))
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
    if not of_people(q):
        return
    for item in option.journeys:
        if item.burden == "unknown":
            person = PersonRef(person=item.traveller)
            country = CountryRef(country=option.country)
            yield q.unknown("entry.person-unknown", "B6", person, "venue", severity="note", personal=True, person=person, country=country)
        if item.burden in ("barred", "embassy"):
            yield q.known(
                f"entry.person-{item.burden}",
                "B6",
                [passports.source.evidence(f"destination {option.country}")],
                severity="serious" if item.burden == "barred" else "note",
                personal=True,
                person=PersonRef(person=item.traveller),
                country=CountryRef(country=option.country),
            )


def _without_passport(q: Inquiry) -> Iterator[Finding]:
    bare = [m.person for m in q.initiative.members if m.person.kind == "person" and not m.person.nationalities]
    if bare and of_people(q):
        yield q.unknown(
            "entry.no-nationality", "B6", [q.person(person) for person in bare], "venue", severity="warning", people=q.people(bare), count=len(bare)
        )


def candidates(q: Inquiry) -> tuple[str, ...]:
    """Every country that the passport source knows as a destination."""
    passports = q.basis.shelf.passports
    assert passports is not None
    return tuple(
        sorted(country.alpha3 for country in q.basis.shelf.countries if passports.entry(country.alpha3, country.alpha3).entry == "own country")
    )


def _at_home(q: Inquiry) -> bool:
    """True where nobody needs ground of no party: friends meet at each other's, and neighbours between their houses."""
    return q.initiative.opening.challenge in ("friendship", "community dispute")


def venues(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B7: is the place safe and neutral, and where else could it be?"""
    for venue in q.initiative.venues:
        yield from _venue(q, venue, arc)
    if q.basis.shelf.passports is None or not travellers(q) or _at_home(q):
        if not q.initiative.venues:
            yield q.unknown(q.fitting("venues.none"), "B7", q.each_side(), "venue", places=q.place_names())
        return
    for rank, option in enumerate(shortlist(options(q, candidates(q)), SHORTLIST), 1):
        if any(venue.place.country == option.country for venue in q.initiative.venues):
            continue
        yield q.assumed(
            "venues.candidate",
            "B7",
            evidence_for(q, option),
            rank=rank,
            country=CountryRef(country=option.country),
            reasons=listing(reasons(option)),
            decision="venue",
            ask=q.each_side(),
        )


def reasons(option: Option) -> Iterator[Message]:
    yield msg("venue.party-ground" if option.party_ground else "venue.no-party-ground")
    total = len(option.journeys)
    yield msg("venue.entry", free=option.count("none", "on arrival", "online"), total=total)
    if option.count("barred"):
        yield msg("venue.barred", count=option.count("barred"))
    if option.deaths is None:
        yield msg("venue.violence-unknown")
    else:
        since, until = option.counted or ("", "")
        yield msg("venue.violence", count=option.deaths, since=since, until=until)
    if option.distance_km is not None:
        yield msg("venue.distance", kilometres=option.distance_km)
    if option.borders_a_party:
        yield msg("venue.borders")
    if option.precedents:
        yield msg("venue.precedents", count=len(option.precedents))


def evidence_for(q: Inquiry, option: Option) -> list[Evidence]:
    shelf = q.basis.shelf
    found = [shelf.passports.source.evidence(f"destination {option.country}")] if shelf.passports else []
    if shelf.conflicts:
        found.append(shelf.conflicts.death_source.evidence(f"{option.country}, last {VIOLENCE_YEARS} years"))
    found += [evidence_of(case) for case in q.basis.cases if case.id in option.precedents[:1]]
    return found


def _venue(q: Inquiry, venue: b.Venue, arc: tuple[Round, ...]) -> Iterator[Finding]:
    country = venue.place.country
    if country is None:
        yield q.unknown("venues.no-country", "B7", q.convenor(), "venue", evidence=q.said(venue), venue=venue.name)
    else:
        option = options(q, (country,))[0]
        yield q.assumed(
            "venues.proposed",
            "B7",
            [*q.said(venue), *evidence_for(q, option)],
            severity="warning" if (option.party_ground and not _at_home(q)) or (option.deaths or 0) >= 25 else "info",
            venue=venue.name,
            city=venue.place.city,
            reasons=listing(reasons(option)),
            next_step=msg("venues.ask-sides", venue=venue.name),
            ask=q.each_side(),
            decision="venue",
        )
        yield from _holidays(q, venue, country, arc)
    if venue.safety is None:
        host: Param = venue.host or term("who", "host")
        yield q.unknown("venues.safety-unknown", "B7", host, "safety", evidence=q.said(venue), venue=venue.name, city=venue.place.city)


def _holidays(q: Inquiry, venue: b.Venue, country: str, arc: tuple[Round, ...]) -> Iterator[Finding]:
    if not arc:
        return
    days = public_holidays(country, arc[0].starts, arc[0].ends)
    if days is None:
        yield q.unknown(
            "venues.holidays-unknown",
            "B7 D9",
            venue.host or term("who", "host"),
            "dates",
            country=CountryRef(country=country),
            year=str(arc[0].starts.year),
        )
    for day in days or ():
        yield q.known(
            "venues.holiday",
            "B7 D9",
            [holiday_source().evidence(f"{country} {day.day.isoformat()}")],
            severity="note",
            country=CountryRef(country=country),
            day=day.day,
            holiday=day.name,
            venue=venue.name,
        )


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The shortlist, the venues side by side, and who needs which papers (with names only)."""
    if q.basis.shelf.passports is None or not travellers(q):
        return
    passports = q.basis.shelf.passports
    grounds = tuple(dict.fromkeys(venue.place.country for venue in q.initiative.venues if venue.place.country))
    short = () if _at_home(q) else shortlist(options(q, candidates(q)), SHORTLIST)
    rows = [*options(q, grounds), *(option for option in short if option.country not in grounds)]
    evidence = [passports.source.evidence()]
    if q.basis.shelf.conflicts:
        evidence.append(q.basis.shelf.conflicts.death_source.evidence())
    yield Table(
        row="B7",
        title=msg("table.venues"),
        evidence=tuple(evidence),
        header=tuple(
            msg(f"column.{name}")
            for name in ("country", "proposed", "party-ground", "no-visa", "embassy", "barred", "deaths", "distance", "precedents")
        ),
        cells=tuple(
            (
                CountryRef(country=o.country),
                o.country in grounds,
                o.party_ground,
                o.count("none"),
                o.count("embassy"),
                o.count("barred"),
                o.deaths if o.deaths is not None else term("list", "unknown"),
                o.distance_km if o.distance_km is not None else term("list", "unknown"),
                len(o.precedents),
            )
            for o in rows
        ),
    )
    columns = grounds or tuple(option.country for option in short)
    matrix = options(q, columns)
    yield Table(
        row="B6",
        title=msg("table.entry" if of_people(q) else "table.entry-passports"),
        evidence=(passports.source.evidence(),),
        personal=of_people(q),
        header=(msg("column.traveller"), *(msg("column.to", country=CountryRef(country=country)) for country in columns)),
        cells=tuple(
            (
                PersonRef(person=traveller.key) if of_people(q) else CountryRef(country=traveller.key),
                *(_cell(option, index) for option in matrix),
            )
            for index, traveller in enumerate(travellers(q))
        ),
    )


def _cell(option: Option, index: int) -> Param:
    rule = option.journeys[index].rule
    return term("entry", rule.entry) if rule else term("entry", "unknown")
