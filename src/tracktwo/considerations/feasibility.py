"""Feasibility: can this begin, may it, can everybody come, and will the money last? (rows B1 … B12)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracktwo.considerations import (
    bars,
    conflict,
    data_protection,
    deadlines,
    engagement,
    entry,
    exposure,
    finances,
    grounds,
    law,
    law_exhibits,
    safety,
    screening,
    venues,
)
from tracktwo.considerations.bars_lifted import Lifted
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.considerations.places import Places
from tracktwo.methods.arc import Round
from tracktwo.methods.venue import Option
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import CountryRef, Finding, Severity
from tracktwo.model.vocabulary import LAW_ACTS
from tracktwo.record.initiative import Initiative
from tracktwo.record.inside import Case

SPAN_YEARS = 5
SEVERITIES: tuple[Severity, ...] = ("serious", "warning", "note", "info")


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer B1 … B12 for the initiative; `arc` is when its rounds are held, empty where no start is wished."""
    return with_cases(initiative, basis, arc)[0]


def with_cases(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> tuple[Section, tuple[Case, ...]]:
    """The answers, and beside them the cases on which those who decide have to decide."""
    q = Inquiry(initiative, basis)
    screened = screening.Screened(q)
    legal = law.Legal(q, arc[0].starts if arc else None, screened.listed, screened.belonging, screened.looked)
    lifted = Lifted(q, legal)
    places = Places(q, law.travel_bans(legal))
    section = Section(
        consideration="feasibility",
        findings=(
            *readiness(q),  # B1
            *risk_to_participants(q),  # B2
            *loudest_first([*bars.bars(q, legal), *lifted.findings(), *screening.screening(q, screened), *bound(q)]),  # B3
            *bars.last_line(q, legal),  # B3
            *consent(q),  # B4
            *finances.money(q, arc, places),  # B5
            *entry.entry(q, grounds_of(q, places), bool(places.proposed), arc),  # B6
            *venues.venues(q, places, arc),  # B7
            *grounds.grounds(q),  # B7
            *safety.leak(q),  # B8
            *safety.harm(q),  # B8
            *safety.devices(q),  # B8
            *go_or_not(q, arc, places, screened),  # B9
            *engagement.sheets(q),  # B10
            *exposure.arrest(q),  # B11
            *data_protection.personal_data(q, arc),  # B12
            *data_protection.unlisted_names(q),  # B12
        ),
        exhibits=(
            *screening.exhibits(q, screened),
            *law_exhibits.exhibits(q, legal),
            *lifted.exhibits(),
            *_consents(q),
            *finances.exhibits(q, arc, places),
            *venues.exhibits(q, places),
            *entry.matrix(q, places.proposed or places.short or grounds_of(q, places)),
            *grounds.exhibits(q),
            *safety.exhibits(q),
            *exposure.exhibits(q),
            *data_protection.exhibits(q, arc),
            *deadlines.exhibits(q, legal, places, arc),
            *conflict.points_map(q),
            *engagement.exhibits(q),
        ),
    )
    return section, screened.cases


def loudest_first(findings: Sequence[Finding]) -> list[Finding]:
    """The findings by how serious they are; what is alike stays in its order."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def grounds_of(q: Inquiry, places: Places) -> tuple[Option, ...]:
    """The countries whose entry is looked at: of the proposed venues, else at home, else the first of the shortlist."""
    if places.proposed:
        return places.proposed
    return places.options(q.initiative.countries) if entry.at_home(q) else places.short[:3]


def readiness(q: Inquiry) -> Iterator[Finding]:
    """B1: are there people with conviction and stamina on each side?"""
    silent: list[b.Side] = []
    for side in q.initiative.table:
        members = q.initiative.of_side(side.id)
        asked = [member.person for member in members if member.person.agreed_to_come is not None]
        yes = [person for person in asked if person.agreed_to_come]
        if side.readiness:
            yield q.assumed("readiness.stated", "B1", q.said(side), side=side.name, readiness=side.readiness, ask=q.of_side(side))
        if asked:
            thin = len(yes) * 2 < len(members)
            yield q.known(
                "readiness.agreed",
                "B1",
                q.said(*asked),
                severity="warning" if thin else "info",
                side=side.name,
                count=len(yes),
                invited=len(members),
            )
        if not side.readiness and not asked:
            silent.append(side)
    if silent:
        yield q.unknown("readiness.unknown", "B1", [q.of_side(side) for side in silent], "go-no-go", severity="note", sides=q.side_names(silent))


def risk_to_participants(q: Inquiry) -> Iterator[Finding]:
    """B2: is it dangerous to take part?"""
    conflicts = None if q.of_friends else q.basis.shelf.conflicts
    for country in q.initiative.countries if conflicts else ():
        assert conflicts is not None
        years = conflicts.deaths(country)[-SPAN_YEARS:]
        civilians, by_state = sum(year.one_sided for year in years), sum(year.one_sided_by_government for year in years)
        if civilians:
            yield q.known(
                "risk.civilians-killed",
                "B2",
                [conflicts.death_source.evidence(f"{country}, {years[0].year}–{years[-1].year}")],
                severity="warning" if by_state else "note",
                country=CountryRef(country=country),
                civilians=civilians,
                by_state=by_state,
                since=str(years[0].year),
                until=str(years[-1].year),
                next_step=msg("risk.ask-each", country=CountryRef(country=country)),
                decision="safety",
            )
    for side in q.initiative.table:
        if side.risk:
            yield q.assumed(
                "risk.stated", "B2", q.said(side), severity="warning", side=side.name, risk=side.risk, ask=q.of_side(side), decision="safety"
            )
    silent = [side for side in q.initiative.table if not side.risk]
    if silent:
        yield q.unknown(
            "risk.unknown",
            "B2",
            [q.of_side(side) for side in silent],
            "safety",
            severity="note" if q.of_friends else "warning",
            sides=q.side_names(silent),
            places=q.place_names(),
        )


def bound(q: Inquiry) -> Iterator[Finding]:
    """B3: whose law binds the convenor and the team, and acts of which no rule speaks by their kind."""
    initiative = q.initiative
    countries = jurisdictions(q)
    if countries:
        team = [person for person in initiative.team if person.nationalities or person.residence]
        convenor = [initiative.convenor] if initiative.convenor else []
        yield q.known(
            "law.jurisdictions",
            "B3",
            q.said(*convenor, *team),
            count=len(countries),
            countries=listing(CountryRef(country=country) for country in countries),
            next_step=msg("law.ask-in-each"),
            decision="go-no-go",
        )
    for act in initiative.acts:
        if LAW_ACTS.get(act.kind, (act.kind,)):
            continue
        partner = next((party for party in initiative.parties if act.with_ in (party.name, *party.known_as)), None)
        sensitive = partner is not None and partner.delicate
        yield q.unknown(
            "law.act" if act.with_ else "law.act-alone",
            "B3",
            q.counsel(),
            "go-no-go",
            severity="warning" if sensitive else "note",
            evidence=q.said(act),
            act=act.what,
            kind=term("act", act.kind),
            **({"partner": act.with_} if act.with_ else {}),
        )


def jurisdictions(q: Inquiry) -> tuple[str, ...]:
    """Countries whose law may bind the convenor or a member of the team: seat, nationality, residence."""
    convenor = q.initiative.convenor
    seats = [convenor.seat.country] if convenor and convenor.seat else []
    of_team = [country for person in q.initiative.team for country in (*person.nationalities, person.residence)]
    return tuple(dict.fromkeys(country for country in (*seats, *of_team) if country))


def consent(q: Inquiry) -> Iterator[Finding]:
    """B4: whose consent is needed, was it given, was it withdrawn?"""
    initiative = q.initiative
    silent: list[b.Side] = []
    for side in initiative.table:
        own = [c for c in initiative.consents if c.of.casefold() in (side.id, side.name.casefold()) and c.date <= q.basis.as_of]
        standing = [c for c in own if c.withdrawn is None]
        if standing:
            last = max(standing, key=lambda c: c.date)
            for partly in (c for c in own if c.withdrawn and c.scope not in {s.scope for s in standing}):
                yield q.known(
                    "consent.part-withdrawn",
                    "B4",
                    q.said(partly),
                    severity="warning",
                    side=side.name,
                    scope=partly.scope,
                    on=partly.withdrawn,
                    ask=q.of_side(side),
                    decision="consent",
                )
            yield q.known("consent.given", "B4", q.said(*own), side=side.name, scope=last.scope, on=last.date, by=last.given_by or side.name)
        elif own:
            last = max(own, key=lambda c: c.withdrawn or c.date)
            assert last.withdrawn is not None
            yield q.known(
                "consent.withdrawn",
                "B4 B9",
                q.said(*own),
                severity="serious",
                side=side.name,
                on=last.withdrawn,
                ask=q.of_side(side),
                decision="go-no-go",
            )
        else:
            silent.append(side)
    if silent:
        yield q.unknown(
            "consent.none",
            "B4",
            [q.of_side(side) for side in silent],
            "consent",
            severity="warning",
            sides=q.side_names(silent),
            title=initiative.opening.title,
        )


def go_or_not(q: Inquiry, arc: tuple[Round, ...], places: Places, screened: screening.Screened) -> Iterator[Finding]:
    """B9: what stands between today and a go, and who has decided."""
    initiative = q.initiative
    missing = listing(term("condition", name) for name, met in conditions(q, arc, places, screened) if not met)
    yield q.assumed(
        "go.conditions-open",
        "B9",
        severity="warning",
        title=initiative.opening.title,
        count=len(missing.items),
        missing=missing,
        met=sum(met for _, met in conditions(q, arc, places, screened)),
        ask=q.convenor(),
        decision="go-no-go",
    )
    if initiative.opening.decision:
        yield q.known("go.decided", "B9", q.said(what="field decision"), decided=initiative.opening.decision, on=initiative.opening.written)
    else:
        yield q.unknown("go.undecided", "B9", q.convenor(), "go-no-go", title=initiative.opening.title)


def conditions(q: Inquiry, arc: tuple[Round, ...], places: Places, screened: screening.Screened) -> list[tuple[str, bool]]:
    """The conditions that a go rests on, each met or not. Screening is met once every person is held against every
    list that binds the team and no case is open; what the law bars stays a question to counsel."""
    initiative = q.initiative
    people = [person for person in initiative.invited if person.kind == "person"]
    consented = {c.of.casefold() for c in initiative.consents if c.withdrawn is None and c.date <= q.basis.as_of}
    outlook = finances.outlook(q, arc, places)
    return [
        ("law", bool(people) and all(screened.standing(member.code) in ("no match", "decided") for member in screened.people)),
        ("consent", all({side.id, side.name.casefold()} & consented for side in initiative.table)),
        ("leak", bool(people) and all(safety.discussed(q, person) for person in people)),
        ("money", outlook is not None and outlook.ends is None),
        ("venue", bool(initiative.venues)),
        ("facilitators", any(_accepted_by_all(initiative, person) for person in initiative.team if person.role == "facilitator")),
        ("pause-triggers", bool(initiative.pause_triggers) and all(trigger.owner for trigger in initiative.pause_triggers)),
    ]


def _accepted_by_all(initiative: Initiative, person: b.Person) -> bool:
    return {side.id for side in initiative.table} <= set(person.accepted_by)


def _consents(q: Inquiry) -> Iterator[AnyExhibit]:
    if q.initiative.consents:
        yield Table(
            row="B4",
            title=msg("table.consents"),
            evidence=q.said(*q.initiative.consents),
            header=tuple(msg(f"column.{name}") for name in ("of", "scope", "given-by", "date", "withdrawn")),
            cells=tuple((c.of, c.scope, c.given_by or "—", c.date, c.withdrawn or "—") for c in q.initiative.consents),
        )
