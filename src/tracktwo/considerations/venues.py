"""Feasibility, continued: where the sides could meet, ranked for this group with its reasons, what speaks against it, and who is lost (row B7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.considerations.entry import at_home, of_people, travellers
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.places import LATELY_YEARS, VIOLENCE_YEARS, Places
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.methods.venue import VIOLENT_DEATHS, Option, Waiver, best, trade_off, waivers
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import CountryRef, Evidence, Finding, Message, Param, PersonRef, Severity
from tracktwo.sources.calendars import holiday_source, public_holidays


def venues(q: Inquiry, places: Places, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B7: is the place safe and neutral, and where else could it be?"""
    for venue in q.initiative.venues:
        yield from _venue(q, places, venue, arc)
    yield from _not_entered(q)
    if not places.short:
        if not q.initiative.venues:
            yield q.unknown(q.fitting("venues.none"), "B7", q.each_side(), "venue", places=q.place_names())
        return
    proposed = {venue.place.country for venue in q.initiative.venues}
    others = [(rank, option) for rank, option in enumerate(places.short, 1) if option.country not in proposed]
    if others:
        yield q.assumed(
            "venues.candidate",
            "B7",
            _evidence_for_all(q, [option for _, option in others]),
            places=listing(_candidate(rank, option) for rank, option in others),
            next_step=msg("venues.ask-of-each"),
            decision="venue",
            ask=q.each_side(),
        )
    yield from _sensitivity(q, places)


def _candidate(rank: int, option: Option) -> Message:
    params: dict[str, Param] = dict(rank=rank, country=CountryRef(country=option.country), answered=term("answered", option.answered))
    if not option.weakest:
        return msg("venues.candidate-place", **params)
    return msg("venues.candidate-weak", points=listing(term("point", name) for name in option.weakest), **params)


def _sensitivity(q: Inquiry, places: Places) -> Iterator[Finding]:
    """Who is lost where, and what one waiver would change; a person's papers are the person's own."""
    if not of_people(q):
        return
    shown = (*places.proposed, *(one for one in places.short if one.country not in {option.country for option in places.proposed}))
    lost: dict[tuple[str, ...], list[Option]] = {}
    for option in shown:
        if option.lost:
            lost.setdefault(option.lost, []).append(option)
    for keys, options in lost.items():
        yield q.known(
            "venues.lost", "B7 B6", _evidence_for_all(q, options), severity="warning", personal=True,
            countries=listing(CountryRef(country=option.country) for option in options), people=listing(PersonRef(person=key) for key in keys),
            count=len(keys), total=len(options[0].journeys), decision="venue",
        )  # fmt: skip
    helped: dict[tuple[str, bool], list[Waiver]] = {}
    for waiver in waivers(shown, places.ranked):
        helped.setdefault((waiver.traveller, waiver.regained), []).append(waiver)
    for (key, regained), found in helped.items():
        yield q.assumed(
            "venues.waiver-regains" if regained else "venues.waiver", "B7 B6", personal=True, person=PersonRef(person=key),
            places=listing(
                msg("venues.rank-then", country=CountryRef(country=one.country), before=one.before, rank=one.rank)
                if one.rank < one.before
                else CountryRef(country=one.country)
                for one in found
            ),
            ask=term("who", "host"), decision="venue",
        )  # fmt: skip


_DECIDING = (
    "venue.refused", "venue.accepted", "venue.on-condition", "venue.party-ground", "venue.barred", "venue.fought", "venue.close",
    "venue.violent-lately", "venue.before-council", "venue.nobody-asked", "venue.weakest", "venue.no-party-ground",
)  # fmt: skip
_MOST_REASONS = 3


def deciding(q: Inquiry, option: Option) -> list[Message]:
    """Of the reasons the few that decide, what people said of it first; the table of places holds the rest."""
    found = sorted((one for one in reasons(q, option) if one.code in _DECIDING), key=lambda one: _DECIDING.index(one.code))
    return found[:_MOST_REASONS]


def reasons(q: Inquiry, option: Option) -> Iterator[Message]:
    """Why a place stands where it stands, what people said of it first."""
    names = {side.id: side.name for side in q.initiative.sides}
    for code, sides in (("venue.refused", option.refused_by), ("venue.accepted", option.accepted_by), ("venue.on-condition", option.conditions)):
        if sides:
            yield msg(code, sides=listing(names.get(side, side) for side in sides))
    if option.answered == "nobody asked":
        yield msg("venue.nobody-asked")
    yield msg("venue.party-ground" if option.party_ground else "venue.no-party-ground")
    total = len(option.journeys)
    yield msg("venue.entry", free=option.count("none", "on arrival", "online"), total=total)
    if option.lost:
        yield msg("venue.barred", count=len(option.lost))
    if option.worst_days:
        yield msg("venue.worst-papers", days=option.worst_days)
    if option.worst_hours:
        yield msg("venue.worst-journey", hours=round(option.worst_hours))
    if option.deaths is None:
        yield msg("venue.violence-unknown")
    else:
        since, until = option.counted or ("", "")
        yield msg("venue.violence", count=option.deaths, since=since, until=until)
    if option.violent_lately and (option.deaths or 0) < VIOLENT_DEATHS:
        yield msg("venue.violent-lately", years=LATELY_YEARS)
    if option.before_council:
        yield msg("venue.before-council")
    if option.distance_km is not None:
        yield msg("venue.distance", kilometres=option.distance_km)
    yield from _ties(option)
    if option.precedents:
        yield msg("venue.precedents", count=len(option.precedents))
    if option.hosted:
        yield msg("venue.hosted", count=option.hosted)
    if option.weakest:
        yield msg("venue.weakest", points=listing(term("point", name) for name in option.weakest))


def _ties(option: Option) -> Iterator[Message]:
    if option.borders_a_party:
        yield msg("venue.borders")
    if option.fought:
        yield msg("venue.fought")
    if option.close_to:
        yield msg("venue.close", to=listing(option.close_to))


def evidence_for(q: Inquiry, option: Option) -> list[Evidence]:
    """What the reasons rest on."""
    shelf = q.basis.shelf
    found = [shelf.passports.source.evidence(f"destination {option.country}")] if shelf.passports else []
    if shelf.conflicts:
        found.append(shelf.conflicts.death_source.evidence(f"{option.country}, last {VIOLENCE_YEARS} years"))
    found += [evidence_of(case) for case in q.basis.cases if case.id in option.precedents[:1]]
    return found


def _evidence_for_all(q: Inquiry, options: Sequence[Option]) -> list[Evidence]:
    """What the reasons for several places rest on, each once."""
    found: list[Evidence] = []
    for option in options:
        found += [one for one in evidence_for(q, option) if one not in found]
    return found


def _venue(q: Inquiry, places: Places, venue: b.Venue, arc: tuple[Round, ...]) -> Iterator[Finding]:
    country = venue.place.country
    if country is None:
        yield q.unknown("venues.no-country", "B7", q.convenor(), "venue", evidence=q.said(venue), venue=venue.name)
    else:
        option = next(one for one in places.proposed if one.country == country)
        poor = (option.party_ground and not at_home(q)) or (option.deaths or 0) >= 25 or option.refused_by
        severity: Severity = "warning" if poor else "info"
        rank = None if at_home(q) else places.rank(country)
        yield q.assumed(
            "venues.proposed" if rank is None else "venues.proposed-ranked",
            "B7",
            [*q.said(venue), *evidence_for(q, option)],
            severity=severity,
            venue=venue.name,
            city=venue.place.city,
            reasons=listing(deciding(q, option)),
            next_step=msg("venues.ask-sides", venue=venue.name) if option.answered != "accepted" else None,
            ask=q.each_side(),
            decision="venue",
            **({} if rank is None else {"rank": rank, "of": len(places.ranked)}),
        )
        yield from _said_of(q, venue, country)
        yield from _for_people(q, venue, option)
        yield from _holidays(q, venue, country, arc)
        yield from _indices(q, country)
    yield from _house(q, venue)


def _said_of(q: Inquiry, venue: b.Venue, country: str) -> Iterator[Finding]:
    """What each side answered when it was asked, and a venue about which nobody asked."""
    names = {side.id: side.name for side in q.initiative.sides}
    told = [one for one in q.initiative.venue_answers if one.country == country and one.date <= q.basis.as_of]
    for one in told:
        code = {"accepts": "venues.accepted", "refuses": "venues.refused", "accepts on a condition": "venues.on-condition"}[one.answer]
        severity: Severity = "serious" if one.answer == "refuses" else "warning" if one.answer == "accepts on a condition" else "info"
        yield q.known(
            code, "B7", q.said(one), severity=severity, side=names.get(one.side, one.side), venue=one.venue, on=one.date,
            by=one.by or names.get(one.side, one.side), **({"condition": one.condition or ""} if one.answer == "accepts on a condition" else {}),
        )  # fmt: skip
    silent = [side for side in q.initiative.table if side.id not in {one.side for one in told}]
    if silent:
        yield q.unknown(
            "venues.nobody-asked", "B7", [q.of_side(side) for side in silent], "venue", severity="warning", evidence=q.said(venue),
            venue=venue.name, sides=q.side_names(silent),
        )  # fmt: skip


def _for_people(q: Inquiry, venue: b.Venue, option: Option) -> Iterator[Finding]:
    """Whom the ground itself concerns: another side's own, or a state that fought the person's state. Exposure is told of at row B11."""
    if not of_people(q):
        return
    country = CountryRef(country=option.country)
    owners = {party.side for party in q.initiative.parties if party.country == option.country and party.side}
    strangers = [one for one in travellers(q) if owners and one.sides and not owners & set(one.sides)]
    if strangers:
        people = listing(PersonRef(person=one.key) for one in strangers)
        yield q.assumed(
            "venues.other-sides-ground", "B7", q.said(venue), severity="warning", personal=True, people=people, venue=venue.name, country=country,
            ask=people.items, decision="safety",
        )  # fmt: skip
    fought: dict[int, list[Param]] = {}
    for one in travellers(q):
        if year := _fought(q, one.passports, option.country):
            fought.setdefault(year, []).append(PersonRef(person=one.key))
    for year, codes in fought.items():
        yield q.known(
            "venues.at-war", "B7", [q.basis.shelf.conflicts.conflict_source.evidence()] if q.basis.shelf.conflicts else [], severity="warning",
            personal=True, people=listing(codes), venue=venue.name, country=country, year=str(year), ask=codes, decision="safety",
        )  # fmt: skip


def _fought(q: Inquiry, passports: tuple[str, ...], country: str) -> int | None:
    """The last year in which a state of the person fought the state of the venue, of the last ten that are counted; None where none did."""
    conflicts = q.basis.shelf.conflicts
    if conflicts is None or country in passports:
        return None
    years = [row.year for own in passports for row in conflicts.between((own, country)) if row.kind == "interstate"]
    last = max(years, default=0)
    return last if last > conflicts.last_year - LATELY_YEARS else None


def _house(q: Inquiry, venue: b.Venue) -> Iterator[Finding]:
    """What is entered of the house: safety, profile, what the host does, what days of prayer and rest need, what it costs."""
    host: Param = venue.host or term("who", "host")
    for field in ("safety", "surveillance", "host_helps", "observance"):
        words = getattr(venue, field)
        if words:
            severity: Severity = "warning" if field == "surveillance" else "info"
            code = f"venues.{field.replace('_', '-')}"
            yield q.assumed(code, "B7", q.said(venue), severity=severity, venue=venue.name, words=words, ask=host, decision="safety")
    if venue.low_profile is not None:
        code = "venues.low-profile" if venue.low_profile else "venues.high-profile"
        yield q.assumed(code, "B7", q.said(venue), severity="info" if venue.low_profile else "warning", venue=venue.name)


def _not_entered(q: Inquiry) -> Iterator[Finding]:
    """What nobody has entered of the houses: who watches them, and which countries are crossed."""
    unseen = [venue for venue in q.initiative.venues if venue.safety is None]
    if unseen:
        yield q.unknown(
            "venues.safety-unknown", "B7", listing(venue.host or term("who", "host") for venue in unseen).items, "safety", evidence=q.said(*unseen),
            venues=listing(msg("venues.named", venue=venue.name, city=venue.place.city) for venue in unseen),
        )  # fmt: skip
    untold = [venue for venue in q.initiative.venues if not venue.transit and venue.place.country]
    if untold:
        yield q.unknown(
            "venues.transit-unknown", "B6", q.team("logistics"), "venue", severity="note", evidence=q.said(*untold),
            venues=listing(msg("venues.named", venue=venue.name, city=venue.place.city) for venue in untold),
        )  # fmt: skip


def _indices(q: Inquiry, country: str) -> Iterator[Finding]:
    """Indices that the convenor trusts: shown beside the others with their own words, never added up."""
    for one in q.initiative.indices:
        if one.country == country:
            yield q.assumed(
                "venues.index" if one.means is None else "venues.index-means",
                "B7",
                [Evidence(publisher=one.source, dataset=one.name, version=None, as_of=one.as_of)],
                country=CountryRef(country=country),
                name=one.name,
                value=one.value,
                **({} if one.means is None else {"means": one.means}),
            )


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


def exhibits(q: Inquiry, places: Places) -> Iterator[AnyExhibit]:
    """The shortlist and the venues side by side, with what each is better and worse at than the first."""
    if q.basis.shelf.passports is None or not places.travellers:
        return
    proposed = {option.country for option in places.proposed}
    rows = [*places.proposed, *(option for option in places.short if option.country not in proposed)]
    if not rows:
        return
    evidence = [q.basis.shelf.passports.source.evidence()]
    if q.basis.shelf.conflicts:
        evidence.append(q.basis.shelf.conflicts.death_source.evidence())
    names = "country answered lost no-visa embassy worst-papers worst-journey deaths neutrality record"
    yield Table(
        row="B7",
        title=msg("table.venues"),
        evidence=tuple(evidence),
        header=tuple(msg(f"column.{name}") for name in names.split()),
        cells=tuple(_line(option, option.country in proposed) for option in rows),
    )
    first = rows[0]
    if len(rows) > 1:
        unbeaten = best(rows)
        yield Table(
            row="B7",
            title=msg("table.trade-offs", country=CountryRef(country=first.country)),
            header=tuple(msg(f"column.{name}") for name in ("country", "towns", "better", "worse", "unbeaten")),
            cells=tuple(_trade(places, first, option, option in unbeaten) for option in rows),
        )


def _line(option: Option, proposed: bool) -> tuple[Param, ...]:
    unknown = term("list", "unknown")
    classes = option.classes()
    days, hours = option.worst_days, option.worst_hours
    country = CountryRef(country=option.country)
    return (
        msg("venues.in-brief", country=country) if proposed else country, term("answered", option.answered), len(option.lost), option.count("none"),
        option.count("embassy"), unknown if days is None else days, unknown if hours is None else round(hours),
        unknown if option.deaths is None else option.deaths, term("class", str(classes["neutrality"])), option.hosted,
    )  # fmt: skip


def _trade(places: Places, first: Option, option: Option, unbeaten: bool) -> tuple[Param, ...]:
    better, worse = trade_off(first, option)
    nothing = term("list", "nothing")
    return (
        CountryRef(country=option.country), listing(town.name for town in places.towns(option.country)),
        listing(term("point", name) for name in better) if better else nothing,
        listing(term("point", name) for name in worse) if worse else nothing, unbeaten,
    )  # fmt: skip
