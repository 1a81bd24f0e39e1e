"""Feasibility: can this begin, may it, can everybody come, and will the money last? (rows B1 … B12)"""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations import conflict, engagement, finances, grounds, journeys
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.methods.arc import Round
from tracktwo.model import brief as b
from tracktwo.model.base import Stated
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import CountryRef, Finding
from tracktwo.record.initiative import Initiative

SPAN_YEARS = 5


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer B1 … B12 for the initiative; `arc` is when its rounds are held, empty where no start is wished."""
    q = Inquiry(initiative, basis)
    return Section(
        consideration="feasibility",
        findings=(
            *readiness(q),  # B1
            *risk_to_participants(q),  # B2
            *legal_bars(q),  # B3
            *consent(q),  # B4
            *finances.money(q, arc),  # B5
            *journeys.entry(q),  # B6
            *journeys.venues(q, arc),  # B7
            *grounds.grounds(q),  # B7
            *leak(q),  # B8
            *go_or_not(q, arc),  # B9
            *engagement.sheets(q),  # B10
            *arrest(q),  # B11
            *personal_data(q),  # B12
            *unlisted_names(q),  # B12
        ),
        exhibits=(
            *_consents(q),
            *finances.exhibits(q, arc),
            *journeys.exhibits(q),
            *grounds.exhibits(q),
            *conflict.points_map(q),
            *engagement.exhibits(q),
        ),
    )


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


def legal_bars(q: Inquiry) -> Iterator[Finding]:
    """B3: who is bound by which law, and which acts wait for counsel. Names are not screened here, and that is said."""
    initiative = q.initiative
    bound = jurisdictions(q)
    armed = [party for party in initiative.parties if party.kind == "armed group" or party.contested]
    yield q.unknown(
        q.fitting("law.not-screened"),
        "B3",
        q.counsel(),
        "go-no-go",
        severity="serious" if armed else "note" if q.of_friends else "warning",
        parties=listing(party.name for party in (armed or initiative.parties)),
        people=len(initiative.members),
        next_step=msg(q.fitting("law.give-counsel"), title=initiative.opening.title),
    )
    if bound:
        team = [person for person in initiative.team if person.nationalities or person.residence]
        convenor = [initiative.convenor] if initiative.convenor else []
        yield q.known(
            "law.jurisdictions",
            "B3",
            q.said(*convenor, *team),
            count=len(bound),
            countries=listing(CountryRef(country=country) for country in bound),
            next_step=msg("law.ask-in-each"),
            decision="go-no-go",
        )
    for act in initiative.acts:
        partner = next((party for party in initiative.parties if act.with_ in (party.name, *party.known_as)), None)
        sensitive = partner is not None and (partner.kind == "armed group" or partner.contested)
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
    if not initiative.acts:
        yield q.unknown("law.no-acts", "B3", q.convenor(), "go-no-go", parties=listing(party.name for party in initiative.parties))


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


def leak(q: Inquiry) -> Iterator[Finding]:
    """B8: what happens to each person if the story leaks, agreed with the person."""
    people = [person for person in q.initiative.invited if person.kind == "person"]
    open_ = [person for person in people if not _leak_discussed(q, person)]
    for person in people:
        if person.leak_discussed and person not in open_:
            code = "leak.agreed" if person.leak_plan else "leak.talked-no-plan"
            severity = "info" if person.leak_plan else "warning"
            yield q.known(code, "B8", q.said(person), severity=severity, person=q.person(person), on=person.leak_discussed)
        if person.leak_plan:
            # What somebody would say and where somebody would hide is for the team alone.
            yield q.assumed("leak.plan", "B8", q.said(person), personal=True, person=q.person(person), plan=person.leak_plan)
    if open_:
        yield q.unknown(
            q.fitting("leak.not-discussed"),
            "B8",
            q.each_of(open_),
            "safety",
            severity="note" if q.of_friends else "serious",
            evidence=q.said(*open_),
            people=q.people(open_),
            count=len(open_),
            total=len(people),
            next_step=msg("leak.talk", who=q.team("facilitator")),
        )
    if not people:
        yield q.unknown(q.fitting("leak.nobody-invited"), "B8", q.each_side(), "safety", severity="note", sides=q.side_names())


def _leak_discussed(q: Inquiry, person: b.Person) -> bool:
    """True once the talk has taken place; a day that is still to come is only a plan."""
    return person.leak_discussed is not None and person.leak_discussed <= q.basis.as_of


def go_or_not(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """B9: what stands between today and a go, and who has decided."""
    initiative = q.initiative
    missing = listing(term("condition", name) for name, met in conditions(q, arc) if not met)
    yield q.assumed(
        "go.conditions-open",
        "B9",
        severity="warning",
        title=initiative.opening.title,
        count=len(missing.items),
        missing=missing,
        met=sum(met for _, met in conditions(q, arc)),
        ask=q.convenor(),
        decision="go-no-go",
    )
    if initiative.opening.decision:
        yield q.known("go.decided", "B9", q.said(what="field decision"), decided=initiative.opening.decision, on=initiative.opening.written)
    else:
        yield q.unknown("go.undecided", "B9", q.convenor(), "go-no-go", title=initiative.opening.title)


def conditions(q: Inquiry, arc: tuple[Round, ...]) -> list[tuple[str, bool]]:
    """The conditions that a go rests on, each met or not. Legal screening is never met here: it is not done here."""
    initiative = q.initiative
    people = [person for person in initiative.invited if person.kind == "person"]
    consented = {c.of.casefold() for c in initiative.consents if c.withdrawn is None and c.date <= q.basis.as_of}
    outlook = finances.outlook(q, arc)
    return [
        ("law", False),
        ("consent", all({side.id, side.name.casefold()} & consented for side in initiative.table)),
        ("leak", bool(people) and all(_leak_discussed(q, person) for person in people)),
        ("money", outlook is not None and outlook.ends is None),
        ("venue", bool(initiative.venues)),
        ("facilitators", any(_accepted_by_all(initiative, person) for person in initiative.team if person.role == "facilitator")),
        ("pause-triggers", bool(initiative.pause_triggers) and all(trigger.owner for trigger in initiative.pause_triggers)),
    ]


def _accepted_by_all(initiative: Initiative, person: b.Person) -> bool:
    return {side.id for side in initiative.table} <= set(person.accepted_by)


def arrest(q: Inquiry) -> Iterator[Finding]:
    """B11: could anyone be arrested, extradited or prosecuted for coming?"""
    initiative = q.initiative
    grounds = tuple(dict.fromkeys(venue.place.country for venue in initiative.venues if venue.place.country))
    homes = tuple(dict.fromkeys(person.residence for person in initiative.invited if person.residence))
    for country in grounds:
        yield q.unknown(
            "arrest.venue",
            "B11",
            msg("who.counsel-in", country=CountryRef(country=country)),
            "venue",
            severity="note" if q.of_friends else "warning",
            country=CountryRef(country=country),
            people=len([p for p in initiative.invited if p.kind == "person"]),
            venues=listing(venue.name for venue in initiative.venues if venue.place.country == country),
        )
    away = [country for country in homes if country not in grounds]
    delicate = [party for party in initiative.parties if party.contested or party.kind == "armed group"]
    if away:
        yield q.unknown(
            "arrest.at-home",
            "B11",
            [msg("who.counsel-in", country=CountryRef(country=country)) for country in away],
            "safety",
            countries=listing(CountryRef(country=country) for country in away),
            parties=listing(party.name for party in delicate or initiative.parties),
        )
    if not grounds and not away:
        yield q.unknown("arrest.nothing-entered", "B11", q.counsel(), "venue", severity="note", parties=listing(p.name for p in initiative.parties))


def personal_data(q: Inquiry) -> Iterator[Finding]:
    """B12: whose personal data do we hold, were they asked, until when?"""
    people = [member.person for member in q.initiative.members if member.person.kind == "person"]
    if not people:
        yield q.known("data.nobody", "B12", q.said(what="fields team and invited"), title=q.initiative.opening.title)
        return
    kinds = [
        ("nationality", "nationalities"),
        ("residence", "residence"),
        ("gender", "gender"),
        ("diet", "diets"),
        ("observance", "observance"),
        ("groups", "groups"),
    ]
    held = listing(
        msg("data.kind", kind=term("data", kind), count=count) for kind, field in kinds if (count := sum(bool(getattr(p, field)) for p in people))
    )
    sensitive = [person for person in people if person.diets or person.observance or person.groups]
    unasked = [person for person in people if person.data_consent is None]
    yield q.known(
        "data.held",
        "B12",
        q.said(*people),
        severity="note" if sensitive else "info",
        count=len(people),
        held=held,
        sensitive=len(sensitive),
        next_step=msg("data.delete-after") if sensitive else None,
    )
    if unasked:
        yield q.unknown(
            "data.not-asked",
            "B12",
            q.each_of(unasked),
            "consent",
            severity="warning",
            people=q.people(unasked),
            count=len(unasked),
            total=len(people),
        )


def unlisted_names(q: Inquiry) -> Iterator[Finding]:
    """B12, F10: names in the brief for which the gate has no code, since they stand neither in the team nor among invited or actors."""
    initiative = q.initiative
    listed = {member.person.name.casefold() for member in initiative.members} | {actor.name.casefold() for actor in initiative.actors}
    listed |= {party.name.casefold() for party in initiative.parties} | {side.name.casefold() for side in initiative.sides}
    listed |= {initiative.convenor.name.casefold()} if initiative.convenor else set()
    named: list[tuple[Stated, str | None]] = [(contact, contact.held_by) for contact in initiative.officials]
    named += [(trigger, trigger.owner) for trigger in initiative.pause_triggers] + [(action, action.owner) for action in initiative.follow_up]
    named += [(message, message.said_by) for message in initiative.public] + [(person, person.reached_by) for person in initiative.invited]
    named += [(consent, consent.given_by) for consent in initiative.consents]
    decisions = [party.engagement.decision for party in initiative.parties if party.engagement and party.engagement.decision]
    named += [(decision, decision.by) for decision in decisions]
    named += [(relation, end) for relation in initiative.relations for end in (relation.from_, relation.to)]
    unlisted = [noun for noun, name in named if name and name.casefold() not in listed]
    if unlisted:
        yield q.unknown(
            "data.unlisted-names",
            "B12 F10",
            q.convenor(),
            "confidentiality",
            severity="warning",
            evidence=q.said(*unlisted),
            count=len(unlisted),
            title=initiative.opening.title,
            next_step=msg("data.list-them"),
        )


def _consents(q: Inquiry) -> Iterator[AnyExhibit]:
    if q.initiative.consents:
        yield Table(
            row="B4",
            title=msg("table.consents"),
            evidence=q.said(*q.initiative.consents),
            header=tuple(msg(f"column.{name}") for name in ("of", "scope", "given-by", "date", "withdrawn")),
            cells=tuple((c.of, c.scope, c.given_by or "—", c.date, c.withdrawn or "—") for c in q.initiative.consents),
        )
