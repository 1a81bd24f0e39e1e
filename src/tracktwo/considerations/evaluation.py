"""Evaluation: planned at the start, tied to the theory's links, kept in confidence, fit to learn from (rows F1 … F12)."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.inquiry import Basis, Inquiry, listing, msg, term
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.model.exhibit import AnyExhibit, Section, Table
from tracktwo.model.finding import Finding
from tracktwo.record.initiative import Initiative

SMALLEST_GROUP = 5
"""Smallest group of which anything is shown (threat model): fewer people can be told apart."""


def consider(initiative: Initiative, basis: Basis, arc: tuple[Round, ...]) -> Section:
    """Answer F1 … F12 for the initiative."""
    q = Inquiry(initiative, basis)
    return Section(
        consideration="evaluation",
        findings=(
            *plan(q),  # F1
            *activity_log(q),  # F2
            *snapshots(q, arc),  # F3
            *process_quality(q),  # F4
            *traces(q),  # F5
            *reports(q),  # F6
            *attribution(q),  # F7
            *stricter_rules(q),  # F8
            *conduct(q),  # F9
            *devices(q),  # F10
            *debriefing(q, arc),  # F11
            *lessons(q),  # F12
        ),
        exhibits=tuple(_plan_table(q)),
    )


def plan(q: Inquiry) -> Iterator[Finding]:
    """F1: what is measured, from the start, failures included."""
    links = q.initiative.change.links if q.initiative.change else ()
    measured = [link for link in links if link.indicator]
    dated = [link for link in measured if link.test_by]
    evaluators = [person for person in q.initiative.team if person.role == "evaluator"]
    if links:
        yield q.assumed(
            "evaluation.coverage",
            "F1",
            q.said(*links),
            severity="note" if len(dated) < len(links) else "info",
            total=len(links),
            measured=len(measured),
            dated=len(dated),
        )
    else:
        yield q.unknown(
            "evaluation.no-links", "F1", q.team("evaluator"), "evaluation", title=q.initiative.opening.title, rounds=q.initiative.wish.rounds
        )
    if not evaluators:
        yield q.unknown("evaluation.nobody", "F1", q.convenor(), "evaluation", title=q.initiative.opening.title, sides=q.side_names())


def activity_log(q: Inquiry) -> Iterator[Finding]:
    """F2: what was done, by whom, with whom."""
    documents = q.initiative.documents
    undated = [document for document in documents if document.date is None]
    if documents:
        yield q.known(
            "log.documents",
            "F2",
            q.said(*documents),
            severity="note" if undated else "info",
            count=len(documents),
            undated=len(undated),
            first=documents[0].title,
        )
    else:
        yield q.unknown("log.none", "F2", q.convenor(), "evaluation", title=q.initiative.opening.title, attempts=len(q.initiative.attempts))


def snapshots(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """F3: a reflective snapshot after each meeting, then the trend."""
    links = q.initiative.change.links if q.initiative.change else ()
    if arc:
        yield q.assumed(
            "snapshot.plan",
            "F3",
            count=len(arc),
            first=arc[0].ends,
            last=arc[-1].ends,
            links=len(links),
            sides=q.side_names(),
            ask=q.team("evaluator"),
            decision="evaluation",
        )
    else:
        yield q.unknown("snapshot.no-dates", "F3", q.team("evaluator"), "evaluation", rounds=q.initiative.wish.rounds, sides=q.side_names())


def process_quality(q: Inquiry) -> Iterator[Finding]:
    """F4: attendance, balance, ideas: what can be counted in so small a group without telling people apart."""
    people = [p for p in q.initiative.invited if p.kind == "person"]
    for side in q.initiative.table:
        own = [p for p in people if side.id in p.sides]
        if people and 0 < len(own) < SMALLEST_GROUP:
            yield q.known(
                "quality.side-too-small",
                "F4 F7",
                q.said(*own),
                severity="warning",
                side=side.name,
                count=len(own),
                smallest=SMALLEST_GROUP,
                next_step=msg("quality.never-alone", side=side.name),
                decision="confidentiality",
            )
    if not people:
        yield q.unknown("quality.nobody", "F4", q.team("evaluator"), "evaluation", sides=q.side_names(), smallest=SMALLEST_GROUP)
    elif not any(side.id in p.sides for p in people for side in q.initiative.table):
        yield q.unknown(
            "quality.no-sides", "F4", q.team("evaluator"), "evaluation", evidence=q.said(*people), sides=q.side_names(), count=len(people)
        )
    elif not any(0 < len([p for p in people if side.id in p.sides]) < SMALLEST_GROUP for side in q.initiative.table):
        yield q.assumed("quality.can-be-shown", "F4", q.said(*people), sides=q.side_names(), smallest=SMALLEST_GROUP, count=len(people))


def traces(q: Inquiry) -> Iterator[Finding]:
    """F5: which ideas appear later in official language; with what they could have come from instead."""
    links = q.initiative.change.links if q.initiative.change else ()
    rivals = [link for link in links if link.rival]
    without = [link for link in links if not link.rival]
    if rivals:
        yield q.assumed("traces.rival", "F5", q.said(*rivals), then=rivals[0].then, rival=rivals[0].rival or "", count=len(rivals), total=len(links))
    if without:
        yield q.unknown(
            "traces.no-rival",
            "F5",
            q.team("evaluator"),
            "evaluation",
            evidence=q.said(*without),
            count=len(without),
            total=len(links),
            then=without[0].then,
        )
    if not links:
        processes = (
            listing(contact.process for contact in q.initiative.officials)
            if q.initiative.officials
            else msg("traces.officials-in", places=q.place_names())
        )
        yield q.unknown("traces.nothing-to-trace", "F5", q.team("evaluator"), "evaluation", processes=processes, title=q.initiative.opening.title)


def reports(q: Inquiry) -> Iterator[Finding]:
    """F6: funders want other proof than practitioners."""
    budget = q.initiative.budget
    if budget and budget.pledges:
        with_condition = [pledge for pledge in budget.pledges if pledge.condition]
        yield q.assumed(
            "reports.donors",
            "F6",
            q.said(*budget.pledges),
            donors=listing(pledge.donor for pledge in budget.pledges),
            count=len({pledge.donor for pledge in budget.pledges}),
            conditions=len(with_condition),
            ask=term("who", "donor"),
            decision="evaluation",
        )
    else:
        yield q.unknown("reports.no-donor", "F6", q.convenor(), "evaluation", title=q.initiative.opening.title, rounds=q.initiative.wish.rounds)


def attribution(q: Inquiry) -> Iterator[Finding]:
    """F7: what was said may be used; who said it, and who was there, may not be told."""
    rules = [rule for rule in q.initiative.ground_rules if rule.rule == "Chatham House"]
    affiliations = sorted({p.affiliation for p in q.initiative.invited if p.affiliation})
    if rules:
        yield q.assumed(
            "attribution.chatham",
            "F7",
            q.said(*rules),
            parts=listing(rule.applies_to for rule in rules),
            affiliations=len(affiliations),
            sides=q.side_names(),
        )
    elif q.initiative.ground_rules:
        other = listing(term("rule", rule.rule) for rule in q.initiative.ground_rules)
        yield q.assumed("attribution.other-rule", "F7", q.said(*q.initiative.ground_rules), rules=other, title=q.initiative.opening.title)
    else:
        yield q.unknown("attribution.no-rule", "F7", q.each_side(), "confidentiality", title=q.initiative.opening.title, sides=q.side_names())


def stricter_rules(q: Inquiry) -> Iterator[Finding]:
    """F8: sessions without notes, or with notes destroyed."""
    strict = [rule for rule in q.initiative.ground_rules if rule.rule in ("no notes", "notes destroyed", "summary only")]
    delicate = [issue for issue in q.initiative.issues if any(g.standing == "disputed" or g.kind == "legal" for g in issue.grievances)]
    if strict:
        parts = listing(msg("rules.part", rule=term("rule", rule.rule), part=rule.applies_to) for rule in strict)
        yield q.assumed("strict.set", "F8", q.said(*strict), parts=parts, owner=q.team("facilitator"))
    elif delicate:
        yield q.unknown(
            "strict.consider",
            "F8",
            q.each_side(),
            "confidentiality",
            severity="note",
            evidence=q.said(*delicate),
            issues=listing(i.name for i in delicate),
            sides=q.side_names(),
        )
    else:
        yield q.unknown("strict.unknown", "F8", q.each_side(), "confidentiality", sides=q.side_names(), title=q.initiative.opening.title)


def conduct(q: Inquiry) -> Iterator[Finding]:
    """F9: the code of conduct of the third party."""
    convenor = q.initiative.convenor
    if convenor and convenor.code_of_conduct:
        yield q.known("conduct.adopted", "F9", q.said(convenor), convenor=convenor.name, code=convenor.code_of_conduct, team=len(q.initiative.team))
    else:
        yield q.unknown(
            "conduct.none", "F9", q.convenor(), "facilitators", who=q.convenor(), team=len(q.initiative.team), title=q.initiative.opening.title
        )


def devices(q: Inquiry) -> Iterator[Finding]:
    """F10: could our own devices identify people?"""
    people = len([m for m in q.initiative.members if m.person.kind == "person"])
    homes = sorted({p.residence for p in q.initiative.invited if p.residence})
    yield q.unknown(
        "devices.unknown",
        "F10",
        q.team("logistics"),
        "confidentiality",
        severity="note",
        people=people,
        countries=len(homes),
        title=q.initiative.opening.title,
        sides=q.side_names(),
    )


def debriefing(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[Finding]:
    """F11: debrief facilitators, watch isolation and burn-out."""
    facilitators = [p for p in q.initiative.team if p.role == "facilitator"]
    days = len(arc) * q.initiative.wish.days
    if facilitators and arc:
        load = days / len(facilitators)
        heavy = q.initiative.wish.days > 3 and len(facilitators) < 2
        yield q.assumed(
            "debrief.load",
            "F11",
            q.said(*facilitators),
            severity="warning" if heavy else "info",
            days=days,
            count=len(facilitators),
            each=round(load),
            people=q.people(facilitators),
            decision="facilitators",
        )
    else:
        yield q.unknown(
            "debrief.unknown",
            "F11",
            q.convenor(),
            "facilitators",
            rounds=q.initiative.wish.rounds,
            days=q.initiative.wish.days,
            title=q.initiative.opening.title,
        )


def lessons(q: Inquiry) -> Iterator[Finding]:
    """F12: what similar cases learned, and what this one could give back."""
    taught = [likeness.case for likeness in q.basis.similar if "lessons" in likeness.case.verified_fields]
    for case in taught[:3]:
        yield q.known("lessons.of-case", "F12", [evidence_of(case)], case=case.name, since=str(case.start_year), lesson=case.lessons[0])
    alone = sum(bool(set(case.countries) & set(q.initiative.countries)) for case in q.basis.cases)
    yield q.assumed(
        "lessons.give-back", "F12", title=q.initiative.opening.title, places=q.place_names(), count=alone, ask=q.convenor(), decision="library"
    )


def _plan_table(q: Inquiry) -> Iterator[AnyExhibit]:
    links = q.initiative.change.links if q.initiative.change else ()
    if links:
        yield Table(
            row="F1",
            title=msg("table.evaluation"),
            evidence=q.said(*links),
            header=tuple(msg(f"column.{name}") for name in ("link", "indicator", "test-by", "for", "against", "rival")),
            cells=tuple(
                (link.then, link.indicator or "—", link.test_by or "—", len(link.evidence_for), len(link.evidence_against), link.rival or "—")
                for link in links
            ),
        )
