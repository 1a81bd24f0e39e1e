"""Feasibility, continued: what a leak would do to each person, what harm the initiative could do itself, and what its devices give away (row B8)."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Finding


def leak(q: Inquiry) -> Iterator[Finding]:
    """B8: what happens to each person if the story leaks, agreed with the person."""
    people = [person for person in q.initiative.invited if person.kind == "person"]
    open_ = [person for person in people if not discussed(q, person)]
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


def discussed(q: Inquiry, person: b.Person) -> bool:
    """True once the talk has taken place; a day that is still to come is only a plan."""
    return person.leak_discussed is not None and person.leak_discussed <= q.basis.as_of


def harm(q: Inquiry) -> Iterator[Finding]:
    """B8, A7: what the initiative itself could do to somebody, who answers for it, and when to stop."""
    for one in q.initiative.harms:
        yield q.assumed(
            "harm.answered" if one.answer else "harm.unanswered",
            "B8 A7",
            q.said(one),
            severity="info" if one.answer else "warning",
            what=one.what,
            to=one.to,
            **({"answer": one.answer} if one.answer else {}),
            next_step=msg("harm.stop-when", when=one.stop_when) if one.stop_when else None,
            ask=one.owner or q.team("facilitator"),
            decision="safety",
        )
    loose = [one for one in q.initiative.harms if one.owner is None]
    if loose:
        yield q.unknown("harm.no-owner", "B8", q.convenor(), "safety", evidence=q.said(*loose), harms=listing(one.what for one in loose))
    if not q.initiative.harms and not q.of_friends:
        yield q.unknown("harm.not-looked-at", "B8", q.each_side(), "safety", severity="note", sides=q.side_names(), places=q.place_names())


def devices(q: Inquiry) -> Iterator[Finding]:
    """B8, F10: could our devices identify people?"""
    for one in q.initiative.tools:
        bare = one.safeguard is None or one.agreed is None
        yield q.assumed(
            "tools.agreed" if not bare else "tools.not-agreed" if one.safeguard else "tools.no-safeguard",
            "B8 F10",
            q.said(one),
            severity="warning" if bare else "info",
            what=one.what,
            used_for=one.used_for,
            shows=one.shows or term("list", "unknown"),
            seen_by=one.seen_by or term("list", "unknown"),
            **({"safeguard": one.safeguard} if one.safeguard else {}),
            **({"on": one.agreed} if one.safeguard and one.agreed else {}),
            ask=q.each_side(),
            decision="safety",
        )
    if not q.initiative.tools and not q.of_friends:
        yield q.unknown("tools.none-entered", "B8 F10", q.team("facilitator"), "safety", severity="note", sides=q.side_names())


def exhibits(q: Inquiry) -> Iterator[AnyExhibit]:
    """The do-no-harm sheet."""
    if q.initiative.harms:
        unknown = term("list", "unknown")
        yield Table(
            row="B8",
            title=msg("table.harms"),
            evidence=q.said(*q.initiative.harms),
            header=tuple(msg(f"column.{name}") for name in ("harm", "to-whom", "how", "our-answer", "stop-when")),
            cells=tuple((one.what, one.to, term("harm", one.how), one.answer or unknown, one.stop_when or unknown) for one in q.initiative.harms),
        )
