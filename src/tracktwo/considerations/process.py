"""Process design: which kind of meeting, who in it, led by whom, in which order, over which arc of rounds (rows D1 … D12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tracktwo.considerations import breakouts, days, panel, process_exhibits, tongues
from tracktwo.considerations.entry import of_people, travellers
from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.considerations.panel import PANEL
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.methods.retrieval import methods_used
from tracktwo.methods.venue import journey
from tracktwo.model import brief as b
from tracktwo.model.exhibit import Section
from tracktwo.model.finding import CountryRef, Finding, Message, Param
from tracktwo.record.initiative import Initiative

_SUGGESTED: dict[str, tuple[str, ...]] = {
    "armed conflict": ("problem-solving-workshop", "sustained-dialogue"),
    "political dispute": ("sustained-dialogue", "scenario-building"),
    "community dispute": ("people-to-people-meeting", "traditional-elders-process"),
    "shared resource": ("joint-fact-finding", "environmental-cooperation"),
    "friendship": ("cultural-exchange", "youth-encounter"),
}


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer D1 … D12 for the initiative."""
    q = Inquiry(initiative, basis)
    proposal = panel.Proposal(q)
    rooms = breakouts.Breakouts(proposal)
    return Section(
        consideration="process",
        findings=(
            *method(q),  # D1
            *composition(q),  # D2
            *panel.findings(proposal),  # D2
            *facilitation(q),  # D3
            *discipline(q),  # D4
            *ground_rules(q),  # D5
            *agenda(q),  # D6
            *pre_meetings(q, arc),  # D7
            *tongues.languages(q),  # D8
            *breakouts.findings(rooms),  # D8
            *observances(q, arc),  # D9
            *monitored(q),  # D10
            *mode(q),  # D11
            *the_arc(q, arc),  # D12
        ),
        exhibits=tuple(process_exhibits.exhibits(q, arc, proposal, rooms)),
    )


def method(q: Inquiry) -> Iterator[Finding]:
    """D1: which process, and what stood like it before."""
    suggested = _SUGGESTED[q.initiative.opening.challenge]
    used = dict(methods_used(q.basis.similar))
    chosen = next((name for name in suggested if name in used), suggested[0])
    yield q.assumed(
        "method.proposed",
        "D1",
        challenge=term("challenge", q.initiative.opening.challenge),
        method=term("method", chosen),
        meaning=q.basis.methods[chosen],
        other=term("method", next(name for name in suggested if name != chosen)),
        sides=q.side_names(),
        ask=q.each_side(),
        decision="method",
    )
    for name, cases in list(used.items())[:3]:
        found = [likeness.case for likeness in q.basis.similar if likeness.case.id in cases]
        yield q.known(
            "method.precedents",
            "D1",
            [evidence_of(case) for case in found],
            method=term("method", name),
            count=len(found),
            of=len(q.basis.similar),
            cases=listing(case.name for case in found),
        )
    for likeness in q.basis.similar[:3]:
        yield q.known(
            "method.similar-case",
            "D1 A4",
            [evidence_of(likeness.case)],
            case=likeness.case.name,
            since=str(likeness.case.start_year),
            like=listing(Message(code=reason.code, params=dict(reason.params)) for reason in likeness.like),
            unlike=listing(Message(code=reason.code, params=dict(reason.params)) for reason in likeness.unlike),
        )
    if not used:
        yield q.unknown("method.no-precedent", "D1", q.convenor(), "method", places=q.place_names(), count=len(q.basis.cases))


def composition(q: Inquiry) -> Iterator[Finding]:
    """D2: a balanced panel of influential people without office, able to meet for long."""
    table = q.initiative.table
    people = [m for m in q.initiative.members if m.invited and m.person.kind == "person"]
    wanted = q.initiative.wish.per_side or max(1, PANEL // max(len(table), 1))
    if not people:
        yield q.unknown("panel.nobody", "D2", q.each_side(), "panel", sides=q.side_names(), per_side=wanted, total=wanted * len(table))
        return
    counts = {side.id: sum(side.id in m.person.sides for m in people) for side in table}
    for side in table:
        if counts[side.id] < wanted:
            yield q.assumed(
                "panel.short",
                "D2",
                q.said(*(m.person for m in people if side.id in m.person.sides)) if counts[side.id] else (),
                severity="warning" if counts[side.id] * 2 <= wanted else "note",
                side=side.name,
                count=counts[side.id],
                wanted=wanted,
                ask=q.of_side(side),
                decision="panel",
            )
    if len(table) > 1 and max(counts.values()) > min(counts.values()):
        most, fewest = (pick(table, key=lambda side: counts[side.id]) for pick in (max, min))
        yield q.known(
            "panel.uneven",
            "D2",
            q.said(*(m.person for m in people)),
            severity="warning" if counts[most.id] >= 2 * max(counts[fewest.id], 1) else "note",
            most=most.name,
            most_count=counts[most.id],
            fewest=fewest.name,
            fewest_count=counts[fewest.id],
            decision="panel",
        )
    elif len(table) > 1:
        yield q.known("panel.even", "D2", q.said(*(m.person for m in people)), sides=q.side_names(), each=counts[table[0].id])
    yield from _regions(q, [m.person for m in people])


def _regions(q: Inquiry, people: list[b.Person]) -> Iterator[Finding]:
    regions = Counter(person.region for person in people if person.region)
    if not regions:
        yield q.unknown("panel.no-regions", "D2", q.each_side(), "panel", count=len(people), places=q.place_names())
        return
    region, count = max(regions.items(), key=lambda item: (item[1], item[0]))
    if count * 2 > sum(regions.values()):
        yield q.known(
            "panel.one-region",
            "D2",
            q.said(*(p for p in people if p.region)),
            severity="note",
            region=region,
            count=count,
            total=sum(regions.values()),
            decision="panel",
        )
    else:
        yield q.known("panel.regions", "D2", q.said(*(p for p in people if p.region)), count=len(regions), regions=listing(sorted(regions)))


def facilitation(q: Inquiry) -> Iterator[Finding]:
    """D3: who facilitates, does each side accept them, and have they an interest?"""
    facilitators = [person for person in q.initiative.team if person.role == "facilitator"]
    grounds = set(q.initiative.countries)
    for person in facilitators:
        waiting = [side for side in q.initiative.table if side.id not in person.accepted_by and side.id not in person.refused_by]
        refused = [side for side in q.initiative.table if side.id in person.refused_by]
        if refused:
            yield q.known(
                "facilitator.refused",
                "D3",
                q.said(person),
                severity="serious",
                person=q.person(person),
                sides=q.side_names(refused),
                decision="facilitators",
            )
        if waiting:
            yield q.unknown(
                "facilitator.not-accepted",
                "D3",
                [q.of_side(side) for side in waiting],
                "facilitators",
                severity="warning",
                evidence=q.said(person),
                person=q.person(person),
                sides=q.side_names(waiting),
            )
        if not (refused or waiting):
            yield q.known("facilitator.accepted", "D3", q.said(person), person=q.person(person), sides=q.side_names())
        if person.interest:
            yield q.assumed("facilitator.interest", "D3", q.said(person), severity="note", person=q.person(person), interest=person.interest)
        else:
            yield q.unknown("facilitator.no-declaration", "D3", q.person(person), "facilitators", evidence=q.said(person), person=q.person(person))
        own = sorted(grounds & set(person.nationalities))
        if own:
            yield q.known(
                "facilitator.of-party-country",
                "D3",
                q.said(person),
                severity="note",
                person=q.person(person),
                countries=listing(CountryRef(country=country) for country in own),
                decision="facilitators",
            )
    if not facilitators:
        yield q.unknown(
            "facilitator.none", "D3", q.each_side(), "facilitators", severity="warning", sides=q.side_names(), title=q.initiative.opening.title
        )
    if len(facilitators) == 1:
        yield q.assumed(
            "facilitator.alone", "D3 F11", q.said(*facilitators), severity="note", person=q.person(facilitators[0]), decision="facilitators"
        )


def discipline(q: Inquiry) -> Iterator[Finding]:
    """D4: the third party neither judges nor argues."""
    convenor = q.initiative.convenor
    if convenor and convenor.interest:
        yield q.assumed(
            "discipline.convenor-interest",
            "D4 D3",
            q.said(convenor),
            severity="note",
            convenor=convenor.name,
            interest=convenor.interest,
            ask=q.each_side(),
        )
    elif convenor:
        yield q.unknown("discipline.convenor-undeclared", "D4 D3", convenor.name, "facilitators", evidence=q.said(convenor), convenor=convenor.name)
    else:
        yield q.unknown("discipline.no-convenor", "D4", term("who", "convenor"), "facilitators", title=q.initiative.opening.title)
    experts = [person for person in q.initiative.team if person.role == "expert"]
    if experts:
        yield q.assumed("discipline.experts", "D4", q.said(*experts), people=q.people(experts), facilitator=q.team("facilitator"))


def ground_rules(q: Inquiry) -> Iterator[Finding]:
    """D5: ground rules read and accepted, in everybody's own language."""
    people = [person for person in q.initiative.invited if person.kind == "person"]
    spoken = tongues.needed(q)
    if not q.initiative.ground_rules:
        yield q.unknown(
            "rules.none", "D5 F7", q.each_side(), "confidentiality", severity="warning", sides=q.side_names(), title=q.initiative.opening.title
        )
    else:
        rules = listing(msg("rules.part", rule=term("rule", rule.rule), part=rule.applies_to) for rule in q.initiative.ground_rules)
        yield q.assumed(
            "rules.to-accept",
            "D5",
            q.said(*q.initiative.ground_rules),
            rules=rules,
            count=len(people),
            languages=listing(tongues.name(tag) for tag in spoken) if spoken else term("list", "unknown"),
            ask=q.team("facilitator"),
            decision="confidentiality",
        )


def agenda(q: Inquiry) -> Iterator[Finding]:
    """D6: the sessions in their order; among friends the same stages by other names."""
    for finding in days.agenda(q):
        if finding.code == "agenda.order":
            yield finding.model_copy(update={"message": Message(code=q.fitting("agenda.order"), params=finding.message.params)})
        elif not q.of_friends:
            yield finding


def observances(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """D9: what falls into the rounds; a day that begins and ends at once is told as a day."""
    for finding in days.observances(q, arc):
        params = dict(finding.message.params)
        if finding.code.startswith("observances.") and "last" in params and params["first"] == params["last"]:
            del params["last"]
            finding = finding.model_copy(update={"message": Message(code=f"{finding.code}-day", params=params)})
        yield finding


def pre_meetings(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """D7: each side alone before the first meeting."""
    if arc and arc[0].starts <= q.basis.as_of:
        yield q.unknown(
            "premeeting.passed",
            "D7",
            q.convenor(),
            "dates",
            severity="warning",
            evidence=q.said(q.initiative.wish),
            on=arc[0].starts,
            sides=q.side_names(),
            title=q.initiative.opening.title,
        )
    elif arc:
        yield q.assumed(
            q.fitting("premeeting.plan"),
            "D7",
            count=len(q.initiative.table),
            sides=q.side_names(),
            before=arc[0].starts,
            weeks=(arc[0].starts - q.basis.as_of).days // 7,
            ask=q.team("facilitator"),
            severity="warning" if (arc[0].starts - q.basis.as_of).days < 42 else "info",
            decision="dates",
        )
    else:
        yield q.unknown("premeeting.no-date", "D7", q.convenor(), "dates", sides=q.side_names(), title=q.initiative.opening.title)


def monitored(q: Inquiry) -> Iterator[Finding]:
    """D10: security people may be in the room. A split by kinds of grievance is a guess, so each side is asked before anything is said."""
    if q.of_friends:
        yield q.unknown("monitored.unknown-friends", "D10", q.each_side(), "programme", sides=q.side_names(), places=q.place_names())
        return
    tangible = [
        issue for issue in q.initiative.issues if {g.kind for g in issue.grievances} and {g.kind for g in issue.grievances} <= {"economic", "social"}
    ]
    delicate = [issue for issue in q.initiative.issues if {g.kind for g in issue.grievances} & {"political", "legal"}]
    who: Param = q.initiative.venues[0].host or term("who", "host") if q.initiative.venues else term("who", "host")
    if delicate:
        yield q.assumed(
            "monitored.split" if tangible else "monitored.all-delicate",
            "D10",
            q.said(*delicate, *tangible),
            delicate=listing(issue.name for issue in delicate),
            **({"tangible": listing(issue.name for issue in tangible)} if tangible else {}),
            ask=[who, *q.each_side()],
            decision="programme",
        )
    else:
        yield q.unknown("monitored.unknown", "D10", who, "programme", sides=q.side_names(), places=q.place_names())


def mode(q: Inquiry) -> Iterator[Finding]:
    """D11: in person, online or hybrid."""
    wish = q.initiative.wish
    if wish.mode != "in person":
        if wish.mode_reason:
            yield q.assumed("mode.reasoned", "D11", q.said(wish), mode=term("mode", wish.mode), reason=wish.mode_reason, sides=q.side_names())
        else:
            yield q.unknown(
                "mode.no-reason", "D11", q.each_side(), "programme", evidence=q.said(wish), mode=term("mode", wish.mode), sides=q.side_names()
            )
        return
    passports = q.basis.shelf.passports
    venue = next((venue for venue in q.initiative.venues if venue.place.country), None)
    people = travellers(q)
    if passports is None or venue is None or venue.place.country is None or not people:
        yield q.unknown("mode.unchecked", "D11", q.each_side(), "programme", sides=q.side_names(), title=q.initiative.opening.title)
        return
    burdens = [journey(t, [passports.entry(p, venue.place.country) for p in t.passports]).burden for t in people]
    absent = sum(burden in ("barred", "unknown") for burden in burdens)
    code = "mode.someone-absent" if absent else "mode.all-can-come"
    if not of_people(q):
        code = "mode.passports-barred" if absent else "mode.passports-admitted"
    yield q.known(
        code,
        "D11",
        [passports.source.evidence(f"destination {venue.place.country}")],
        severity="warning" if absent else "info",
        count=absent,
        total=len(burdens),
        venue=venue.name,
        decision="programme",
    )


def the_arc(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """D12: the arc over months and years."""
    wish = q.initiative.wish
    if not arc:
        yield q.unknown("arc.no-start", "D12", q.convenor(), "dates", rounds=wish.rounds, months=wish.months, title=q.initiative.opening.title)
        return
    yield q.assumed(
        "arc.plan",
        "D12",
        count=len(arc),
        first=arc[0].starts,
        last=arc[-1].ends,
        title=q.initiative.opening.title,
        ask=q.each_side(),
        decision="dates",
    )
    gaps = [(later.starts - earlier.ends).days for earlier, later in pairwise(arc)]
    if gaps and max(gaps) > 190:
        yield q.assumed(
            "arc.long-gap",
            "D12 E4",
            severity="warning",
            days=max(gaps),
            count=len(arc),
            ask=q.team("facilitator"),
            decision="dates",
            sides=q.side_names(),
        )
    if not (12 <= wish.months <= 36 or (q.of_friends and wish.months < 12)):
        code = "arc.short" if wish.months < 12 else "arc.beyond"
        yield q.assumed(
            code, "D12", q.said(wish), severity="note", months=wish.months, rounds=wish.rounds, title=q.initiative.opening.title, decision="dates"
        )
    long = [likeness.case for likeness in q.basis.similar if likeness.case.meetings and "meetings" in likeness.case.verified_fields]
    for case in long[:1]:
        yield q.known(
            "arc.precedent", "D12", [evidence_of(case)], case=case.name, count=case.meetings or 0, since=str(case.start_year), rounds=wish.rounds
        )
