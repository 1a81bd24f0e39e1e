"""Process design, continued: similar cases, the composition, the first programme and the arc as figures and tables."""

from __future__ import annotations

from collections.abc import Iterator

from tracktwo.considerations import breakouts, days, panel
from tracktwo.considerations.inquiry import Inquiry, listing, msg, term
from tracktwo.considerations.panel import PANEL
from tracktwo.library.cases import evidence_of
from tracktwo.methods.arc import Round
from tracktwo.model import brief as b
from tracktwo.model.exhibit import AnyExhibit, Table
from tracktwo.model.finding import Message, Month, Param


def exhibits(q: Inquiry, arc: tuple[Round, ...], proposal: panel.Proposal, rooms: breakouts.Breakouts) -> Iterator[AnyExhibit]:
    """Similar cases, the composition, the order of invitations, breakout rooms, the first programme and the arc as figures and tables."""
    yield from _similar(q)
    yield from _composition_table(q)
    yield from panel.exhibits(proposal)
    yield from breakouts.exhibits(rooms)
    yield from days.exhibits(q, arc)
    yield from _arc_table(q, arc)


def _similar(q: Inquiry) -> Iterator[AnyExhibit]:
    if not q.basis.similar:
        return
    yield Table(
        row="D1",
        title=msg("table.similar"),
        evidence=tuple(evidence_of(likeness.case) for likeness in q.basis.similar),
        header=tuple(msg(f"column.{name}") for name in ("case", "from", "like", "unlike", "methods", "verified")),
        cells=tuple(
            (
                likeness.case.name,
                str(likeness.case.start_year),
                listing(_reason(reason.code, dict(reason.params)) for reason in likeness.like),
                listing(_reason(reason.code, dict(reason.params)) for reason in likeness.unlike),
                listing(term("method", name) for name in likeness.case.methods),
                msg("similar.verified") if likeness.case.verified else msg("similar.partly"),
            )
            for likeness in q.basis.similar
        ),
    )


def _reason(code: str, params: dict[str, Param]) -> Message:
    return Message(code=code, params=params)


def _composition_table(q: Inquiry) -> Iterator[AnyExhibit]:
    people = [m.person for m in q.initiative.members if m.invited and m.person.kind == "person"]
    if not people:
        return
    groups: list[tuple[Param, list[b.Person]]] = [(side.name, [p for p in people if side.id in p.sides]) for side in q.initiative.table]
    sideless = [p for p in people if not p.sides]
    if sideless:
        groups.append((msg("panel.no-side"), sideless))
    yield Table(
        row="D2",
        title=msg("table.composition"),
        evidence=q.said(*people),
        header=tuple(msg(f"column.{name}") for name in ("side", "people", "women", "youth", "agreed", "regions")),
        cells=tuple(
            (
                name,
                len(own),
                sum(p.gender == "woman" for p in own),
                sum(bool(p.youth) for p in own),
                sum(bool(p.agreed_to_come) for p in own),
                len({p.region for p in own if p.region}),
            )
            for name, own in groups
        ),
    )


def _arc_table(q: Inquiry, arc: tuple[Round, ...]) -> Iterator[AnyExhibit]:
    if not arc:
        return
    venues = q.initiative.venues
    seats = (q.initiative.wish.per_side or max(1, PANEL // max(len(q.initiative.table), 1))) * len(q.initiative.table)
    yield Table(
        row="D12",
        title=msg("table.arc"),
        header=tuple(msg(f"column.{name}") for name in ("round", "month", "dates", "purpose", "stage", "venue", "newcomers", "officials-by")),
        cells=tuple(
            (
                item.number,
                Month(month=item.month),
                msg("arc.dates", first=item.starts, last=item.ends),
                q.purpose(item.purpose),
                term("stage", item.stage),
                venues[(item.number - 1) % len(venues)].name if venues else term("list", "unknown"),
                round(item.newcomers * seats),
                item.briefing_by,
            )
            for item in arc
        ),
    )
