"""Feasibility, continued: where the sides met before, how a venue is reached, and what governments tell their own citizens (row B7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracktwo.considerations.attempts import NAMED, Recorded, negotiations
from tracktwo.considerations.conflict import locate
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.methods.distance import nearest
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, Severity
from tracktwo.model.world import Advisory, Airport
from tracktwo.sources.country_names import fold
from tracktwo.sources.peace_observatory import shown

FAR_KM = 150
"""From here on by road, the way from an airport is worth a question of its own."""
DIFFER_STEPS = 2
"""Two governments that are this many of four steps apart are said to differ; one step may be a matter of wording."""
_AIRPORTS = 2


def grounds(q: Inquiry) -> Iterator[Finding]:
    """B7: what is known of the proposed places beside entry and violence."""
    yield from _met_before(q)
    for venue in q.initiative.venues:
        yield from _airports(q, venue)
    yield from _advice(q)


# -- earlier talks ------------------------------------------------------------------------------------------------------


def _met_before(q: Inquiry) -> Iterator[Finding]:
    found = negotiations(q) if q.initiative.opening.challenge != "friendship" else None
    placed = [one for one in found.rows if one.venue_countries] if found else []
    if found is None or not placed:
        return
    here = set(q.initiative.countries)
    countries = Counter(country for one in placed for country in one.venue_countries)
    towns = Counter(fold(one.town) for one in placed if one.town)
    spelt = {fold(one.town): shown(one.town) for one in sorted(placed, key=lambda one: one.town or "", reverse=True) if one.town}
    yield q.known(
        "grounds.met-before" if found.by_parties else "grounds.met-before-by-country",
        "B7",
        found.evidence(placed),
        count=len(placed),
        places=q.place_names(),
        abroad=sum(here.isdisjoint(one.venue_countries) for one in placed),
        countries=listing(msg("grounds.times-in", place=CountryRef(country=code), count=count) for code, count in countries.most_common(NAMED)),
        towns=listing(msg("grounds.times-in", place=spelt[town], count=count) for town, count in towns.most_common(NAMED))
        if towns
        else term("list", "unknown"),
    )
    for country in dict.fromkeys(venue.place.country for venue in q.initiative.venues if venue.place.country):
        yield from _met_here(q, found, country)


def _met_here(q: Inquiry, found: Recorded, country: str) -> Iterator[Finding]:
    there = [one for one in found.rows if country in one.venue_countries]
    venues = [venue for venue in q.initiative.venues if venue.place.country == country]
    if there:
        cities = {fold(venue.place.city) for venue in venues}
        yield q.known(
            "grounds.met-here",
            "B7",
            found.evidence(there),
            count=len(there),
            country=CountryRef(country=country),
            cities=listing(venue.place.city for venue in venues),
            in_town=sum(one.town is not None and fold(one.town) in cities for one in there),
            agreed=sum(bool(one.agreement) for one in there),
            last=max((one.began[:4] for one in there if one.began), default="?"),
        )


# -- the way there ------------------------------------------------------------------------------------------------------


def _airports(q: Inquiry, venue: b.Venue) -> Iterator[Finding]:
    airports = q.basis.shelf.airports
    host: Param = venue.host or term("who", "host")
    if airports is None:
        return
    at = locate(q, venue.place)
    if at is None:
        yield q.unknown("grounds.no-place", "B7", host, "venue", evidence=q.said(venue), venue=venue.name, city=venue.place.city)
        return
    near = nearest(*at, airports.all, lambda airport: (airport.latitude, airport.longitude), _AIRPORTS)
    yield q.known(
        "grounds.airport",
        "B7",
        [airports.source.evidence(", ".join(airport.iata for _kilometres, airport in near)), *q.said(venue)],
        severity="note" if near[0][0] > FAR_KM else "info",
        venue=venue.name,
        city=venue.place.city,
        airports=listing(_airport(kilometres, airport) for kilometres, airport in near),
        next_step=msg("grounds.ask-the-way", city=venue.place.city),
        ask=host,
        decision="venue",
    )


def _airport(kilometres: int, airport: Airport) -> Message:
    return msg("grounds.airport-at", name=airport.name, iata=airport.iata, country=CountryRef(country=airport.country), kilometres=max(kilometres, 1))


# -- what governments tell their citizens -------------------------------------------------------------------------------


def _advice(q: Inquiry) -> Iterator[Finding]:
    countries = tuple(dict.fromkeys(venue.place.country for venue in q.initiative.venues if venue.place.country))
    if not countries:
        return
    if not q.basis.shelf.advisories:
        yield q.unknown(
            "grounds.advice-absent",
            "B7",
            q.convenor(),
            "safety",
            countries=listing(CountryRef(country=country) for country in countries),
            next_step=msg("grounds.add-advice"),
        )
        return
    yield from q.source_trouble("advisories", "B7", "safety")
    for country in countries:
        yield from _advice_on(q, country)


def _advice_on(q: Inquiry, country: str) -> Iterator[Finding]:
    found, evidence = advice_on(q, country)
    if not found:
        yield q.unknown(
            "grounds.advice-none",
            "B7",
            q.convenor(),
            "safety",
            country=CountryRef(country=country),
            issuers=listing(CountryRef(country=table.issuer) for table in q.basis.shelf.advisories),
        )
        return
    steps = [one.step for one in found if one.step is not None]
    differ = bool(steps) and max(steps) - min(steps) >= DIFFER_STEPS
    highest = max(steps, default=0)
    severity: Severity = "warning" if highest == 4 else "note" if highest == 3 or differ else "info"
    params: dict[str, Param] = dict(country=CountryRef(country=country), count=len(found), advice=listing(_said(one) for one in found))
    step = msg("grounds.read-advice", country=CountryRef(country=country))
    if differ:
        yield q.conflicting(
            "grounds.advice-differs", "B7", evidence, severity=severity, next_step=step, ask=q.each_side(), decision="safety", **params
        )
    else:
        yield q.known("grounds.advice", "B7", evidence, severity=severity, next_step=step, decision="safety", **params)


def advice_on(q: Inquiry, country: str) -> tuple[list[Advisory], list[Evidence]]:
    """Return what each government says of a country, in the order of the governments' codes, each with its evidence."""
    found: list[Advisory] = []
    evidence: list[Evidence] = []
    for table in q.basis.shelf.advisories:
        for one in dict.fromkeys(table.on(country)):
            found.append(one)
            evidence.append(table.source.evidence(one.destination).model_copy(update={"url": one.url or table.source.url}))
    return found, evidence


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The advice on each proposed country, one government a line."""
    countries = tuple(dict.fromkeys(venue.place.country for venue in q.initiative.venues if venue.place.country))
    lines: list[tuple[Param, ...]] = []
    evidence: list[Evidence] = []
    for country in countries:
        found, sources = advice_on(q, country)
        evidence += sources
        unknown = term("list", "unknown")
        lines += [(CountryRef(country=country), CountryRef(country=one.issuer), one.level_text or unknown, one.updated or unknown) for one in found]
    if lines:
        header = tuple(msg(f"column.{name}") for name in ("country", "citizens", "words", "since"))
        yield Table(row="B7", title=msg("table.advice"), evidence=tuple(evidence), header=header, cells=tuple(lines))


def _said(one: Advisory) -> Message:
    """One government's advice: its own words where the table has them, and since when."""
    issuer: dict[str, Param] = {"citizens": CountryRef(country=one.issuer)}
    if one.level_text and one.updated:
        return msg("grounds.advice-words", **issuer, words=one.level_text, on=one.updated)
    if one.level_text:
        return msg("grounds.advice-undated", **issuer, words=one.level_text)
    if one.updated:
        return msg("grounds.advice-unlevelled", **issuer, on=one.updated)
    return msg("grounds.advice-empty", **issuer)
