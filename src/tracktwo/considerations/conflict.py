"""Assessment, continued: what conflict data say of the dynamics and the origins (rows A2 and A3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term, year_of
from tracktwo.methods.distance import distance_km
from tracktwo.methods.trend import QUIET, SPAN, episodes, trend
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Point, PointsMap, Series, Table, Trend
from tracktwo.model.finding import CountryRef, Evidence, Finding, Param, Quoted
from tracktwo.model.world import ConflictYear, ViolentEvent
from tracktwo.sources.ucdp import Conflicts

NEAR_KM = 50


def dynamics(q: Inquiry) -> Iterator[Finding]:
    """A2: which way violence goes in each country of the challenge, and whether a conflict is active."""
    conflicts = q.basis.shelf.conflicts
    if conflicts is None:
        yield from q.source_trouble("deaths", "A2", "strategy")
        return
    if q.of_friends:
        yield from _among_friends(q, conflicts)
        return
    yield from q.source_trouble("deaths", "A2 A9", "strategy")
    for country in q.initiative.countries:
        yield from _trend(q, conflicts, country)
        yield from _activity(q, conflicts, country)
        yield from _events(q, conflicts, country)
    if not q.initiative.countries:
        yield q.unknown("conflict.no-country", "A2", q.convenor(), "strategy", parties=listing(p.name for p in q.initiative.parties))


def _among_friends(q: Inquiry, conflicts: Conflicts) -> Iterator[Finding]:
    """Of a friendship only where people die of violence, since guests travel there; what its countries fought about is not its matter."""
    countries = [country for country in q.initiative.countries if trend(conflicts.deaths(country))]
    loud = [country for country in countries if any(year.total >= QUIET for year in conflicts.deaths(country)[-2 * SPAN :])]
    for country in loud:
        yield from _trend(q, conflicts, country)
    quiet = [country for country in countries if country not in loud]
    if quiet:
        years = conflicts.deaths(quiet[0])[-2 * SPAN :]
        yield q.known(
            "conflict.quiet-friends",
            "A2",
            [conflicts.death_source.evidence(f"{country}, {years[0].year}–{years[-1].year}") for country in quiet],
            countries=listing(CountryRef(country=country) for country in quiet),
            since=str(years[0].year),
            until=str(years[-1].year),
        )


def _trend(q: Inquiry, conflicts: Conflicts, country: str) -> Iterator[Finding]:
    years = conflicts.deaths(country)
    found = trend(years)
    if found is None:
        yield q.unknown("conflict.no-deaths-data", "A2", q.each_side(), "safety", country=CountryRef(country=country), places=q.place_names())
        return
    last = years[-1]
    statuses = {issue.status for issue in q.initiative.issues} - {"unknown"}
    evidence = [conflicts.death_source.evidence(f"{country}, {found.before_years[0]}–{found.recent_years[1]}")]
    params: dict[str, Param] = dict(
        country=CountryRef(country=country),
        recent=found.recent,
        before=found.before,
        since=str(found.recent_years[0]),
        until=str(found.recent_years[1]),
        before_since=str(found.before_years[0]),
        before_until=str(found.before_years[1]),
        peak=found.peak,
        peak_year=str(found.peak_year),
    )
    code = "conflict.quiet"
    if found.direction != "quiet":
        code, params = "conflict.trend", params | {"direction": term("trend", found.direction)}
    elif found.peak == 0:
        code, params = "conflict.none-counted", {key: params[key] for key in ("country", "before_since", "until")}
    yield q.known(code, "A2", evidence, severity="warning" if found.direction == "rising" and q.of_violence else "info", **params)
    if found.direction == "rising" and statuses and statuses <= {"easing", "ripening"}:
        yield q.conflicting(
            "conflict.trend-against-brief",
            "A2",
            [*evidence, *q.said(*q.initiative.issues)],
            severity="warning",
            country=CountryRef(country=country),
            statuses=listing(term("issue", status) for status in sorted(statuses)),
            recent=found.recent,
            before=found.before,
            ask=q.each_side(),
        )
    if last.total >= 25:
        yield q.known(
            "conflict.kinds",
            "A2",
            [conflicts.death_source.evidence(f"{country}, {last.year}")],
            country=CountryRef(country=country),
            year=str(last.year),
            state_based=last.state_based,
            non_state=last.non_state,
            one_sided=last.one_sided,
            total=last.total,
        )


def _activity(q: Inquiry, conflicts: Conflicts, country: str) -> Iterator[Finding]:
    by_conflict: dict[int, list[ConflictYear]] = {}
    for row in conflicts.of_country(country):
        by_conflict.setdefault(row.conflict_id, []).append(row)
    current = {key: rows for key, rows in by_conflict.items() if rows[-1].year == conflicts.last_year}
    for key, rows in sorted(current.items()):
        last = rows[-1]
        yield q.known(
            "conflict.active",
            "A2",
            [conflicts.conflict_source.evidence(f"conflict {key}, year {last.year}")],
            severity="warning" if last.intensity == "war" else "note",
            sides=msg("conflict.sides", one=last.side_a, other=last.side_b),
            over=_over(last),
            year=str(last.year),
            intensity=term("intensity", last.intensity),
            active=len({row.year for row in rows}),
        )
    if by_conflict and not current:
        last = max((rows[-1] for rows in by_conflict.values()), key=lambda row: (row.year, row.conflict_id))
        yield q.known(
            "conflict.inactive",
            "A2",
            [conflicts.conflict_source.evidence(f"conflict {last.conflict_id}, year {last.year}")],
            country=CountryRef(country=country),
            last=str(last.year),
            until=str(conflicts.last_year),
            over=_over(last),
        )


def _events(q: Inquiry, conflicts: Conflicts, country: str) -> Iterator[Finding]:
    events = conflicts.events_of(country)
    source = conflicts.event_source(country)
    if not events or source is None:
        return
    year = max(event.began.year for event in events)
    recent = [event for event in events if event.began.year == year and event.precision <= 3]
    where = Counter(event.where for event in recent if event.where).most_common(1)
    if where:
        yield q.known(
            "conflict.where",
            "A2 B7",
            [source.evidence(f"{country}, {year}, place known to the district")],
            country=CountryRef(country=country),
            year=str(year),
            count=len(recent),
            place=where[0][0],
            there=where[0][1],
        )
    named = {place.city: place for place in (*q.initiative.setting.places, *(venue.place for venue in q.initiative.venues))}
    for place in named.values():
        yield from _near(q, source.evidence(f"{country}, {year}"), place, [e for e in recent if place.country == country], year)


def _near(q: Inquiry, evidence: Evidence, place: b.Place, events: list[ViolentEvent], year: int) -> Iterator[Finding]:
    at = locate(q, place)
    if at is None or not events:
        return
    near = [event for event in events if distance_km(*at, event.latitude, event.longitude) <= NEAR_KM]
    yield q.known(
        "conflict.near-place",
        "A2 B7",
        [evidence],
        severity="warning" if near else "info",
        place=place.city,
        count=len(near),
        deaths=sum(event.deaths for event in near),
        kilometres=NEAR_KM,
        year=str(year),
    )


def locate(q: Inquiry, place: b.Place) -> tuple[float, float] | None:
    """Latitude and longitude of a place in degrees: as the brief says, else from the gazetteer; None where neither knows."""
    if place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    gazetteer = q.basis.shelf.gazetteer
    towns = gazetteer.find(place.city, place.country) if gazetteer else ()
    return (towns[0].latitude, towns[0].longitude) if towns else None


def origins(q: Inquiry) -> Iterator[Finding]:
    """A3: since when, in which episodes, over what. Of a well, a river or a friendship the wars that its countries fought say nothing."""
    if not q.of_violence:
        return
    conflicts = q.basis.shelf.conflicts
    if conflicts is None:
        yield from q.source_trouble("conflicts", "A3", "agenda")
        return
    for country in q.initiative.countries:
        by_conflict: dict[int, list[ConflictYear]] = {}
        for row in conflicts.of_country(country):
            by_conflict.setdefault(row.conflict_id, []).append(row)
        for key, rows in sorted(by_conflict.items(), key=lambda item: -item[1][-1].year)[:4]:
            parts = episodes([row.year for row in rows])
            yield q.known(
                "history.episodes",
                "A3",
                [conflicts.conflict_source.evidence(f"conflict {key}, {rows[0].year}–{rows[-1].year}")],
                sides=msg("conflict.sides", one=rows[0].side_a, other=rows[-1].side_b),
                over=_over(rows[-1]),
                began=rows[0].began,
                count=len(parts),
                episodes=listing(str(first) if first == last else f"{first}–{last}" for first, last in parts),
                wars=sum(row.intensity == "war" for row in rows),
            )
        if not by_conflict:
            yield q.known(
                "history.no-state-conflict",
                "A3",
                [conflicts.conflict_source.evidence(f"no row for {country}")],
                country=CountryRef(country=country),
                since=str(conflicts.first_year),
                until=str(conflicts.last_year),
                next_step=msg("history.ask-elders", places=q.place_names()),
            )


def _over(row: ConflictYear) -> Param:
    return msg("conflict.over-territory", territory=row.territory) if row.territory else term("incompatibility", row.incompatibility)


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The trend of each country and the timeline."""
    conflicts = q.basis.shelf.conflicts
    if conflicts is not None:
        for country in q.initiative.countries[:4]:
            years = conflicts.deaths(country)
            if any(year.total for year in years):
                yield Trend(
                    row="A2",
                    title=msg("figure.trend", country=CountryRef(country=country)),
                    evidence=(conflicts.death_source.evidence(f"{country}, {years[0].year}–{years[-1].year}"),),
                    years=tuple(year.year for year in years),
                    unit=msg("figure.deaths"),
                    series=tuple(
                        Series(name=term("violence", name.replace("_", "-")), values=tuple(getattr(year, name) for year in years))
                        for name in ("state_based", "non_state", "one_sided")
                    ),
                )
    yield from _timeline(q)


def _timeline(q: Inquiry) -> Iterator[AnyExhibit]:
    initiative = q.initiative
    lines: list[tuple[str, Param, Param, Param]] = []
    for event in initiative.history:
        teller: Param = (
            term("narrative", event.narrative_of) if event.narrative_of in ("shared", "outside") else initiative.side(event.narrative_of).name
        )
        lines.append((event.date, event.what, teller, Quoted(quoted=event.source.title) if event.source else "—"))
    for attempt in initiative.attempts:
        if attempt.start:
            lines.append(
                (
                    attempt.start,
                    msg("timeline.attempt", attempt=attempt.name),
                    term("narrative", "outside"),
                    Quoted(quoted=attempt.source.title) if attempt.source else "—",
                )
            )
    conflicts = q.basis.shelf.conflicts
    evidence = list(q.said(*initiative.history, *initiative.attempts)) if lines else []
    if conflicts is not None and q.of_violence:
        for country in initiative.countries:
            rows = conflicts.of_country(country)
            for first, last in episodes([row.year for row in rows]):
                if first >= min((year_of(line[0]) for line in lines), default=1989) - 1:
                    span = str(first) if first == last else f"{first}–{last}"
                    lines.append(
                        (
                            str(first),
                            msg("timeline.active", country=CountryRef(country=country), years=span),
                            term("narrative", "outside"),
                            "UCDP/PRIO",
                        )
                    )
        if initiative.countries:
            evidence.append(conflicts.conflict_source.evidence())
    if lines:
        yield Table(
            row="A3",
            title=msg("table.timeline"),
            evidence=tuple(evidence),
            header=(msg("column.date"), msg("column.event"), msg("column.narrative"), msg("column.source")),
            cells=tuple(sorted(lines, key=lambda line: line[0])),
        )


def points_map(q: Inquiry) -> Iterator[AnyExhibit]:
    """Where recent violence, venues and places lie: points, never borders."""
    points: list[Point] = []
    evidence: list[Evidence] = []
    conflicts, initiative = q.basis.shelf.conflicts, q.initiative
    if conflicts is not None:
        for country in initiative.countries:
            source, events = conflicts.event_source(country), conflicts.events_of(country)
            if source and events:
                last = max(event.began.year for event in events)
                recent = [event for event in events if event.began.year >= last - 1 and event.precision <= 3]
                points += [Point(latitude=e.latitude, longitude=e.longitude, kind="event", weight=1 + e.deaths**0.5) for e in recent]
                evidence.append(source.evidence(f"{country}, {last - 1}–{last}"))
    named: dict[tuple[float, float], Point] = {}
    seats = [initiative.convenor.seat] if initiative.convenor and initiative.convenor.seat else []
    kinds = (("venue", [venue.place for venue in initiative.venues]), ("seat", seats), ("place", initiative.setting.places))
    for kind, places in kinds:
        for place in places:
            at = locate(q, place)
            if at is not None and at not in named:
                named[at] = Point.model_validate({"latitude": at[0], "longitude": at[1], "kind": kind, "label": place.city})
    points += named.values()
    if any(point.label for point in points) and len(points) > 1:
        if q.basis.shelf.gazetteer is not None:
            evidence.append(q.basis.shelf.gazetteer.source.evidence())
        yield PointsMap(row="B7", title=msg("figure.map"), evidence=tuple(evidence), points=tuple(points))
